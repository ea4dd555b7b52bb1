"""How sure the best split is, and how it is told and drawn."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from commands import Run
from split_budgets import SHORT, SMALL, plan, split, task, two_cohorts

import simulator.cli.funding  # noqa: F401  (registers the command)
from simulator.appraisal.intervals import student_t
from simulator.charts.funding import figures_of
from simulator.report.budget_split import bought_words, split_document, split_rows, split_text
from simulator.report.text import pounds
from simulator.uncertainty.budget_split import (
    PRESENT,
    Difference,
    Drawn,
    difference,
    split_of,
    work_in,
)

# How sure.


def drawn(net: list[list[float]], noise: float = 0.0, fixed: float = 10.0) -> Drawn:
    values = np.array([[0.0, *row] for row in net])
    covariance = noise * np.diag([0.0, *([1.0] * (values.shape[1] - 1))])
    return Drawn(
        tuple(5 * number for number in range(values.shape[1])), values, covariance, np.full(len(values), fixed)
    )


def test_a_difference_pays_the_fixed_costs_once_and_only_where_something_is_bought() -> None:
    both = [drawn([[1.0, 5.0], [2.0, 7.0]]), drawn([[10.0], [20.0]])]
    assert difference(both, [10, 5], [0, 0]).quiet.tolist() == [5.0, 17.0]
    assert difference(both, [10, 5], [5, 0]).quiet.tolist() == [14.0, 25.0]
    assert difference(both, [0, 0], [5, 5]).quiet.tolist() == [-1.0, -12.0]
    assert difference(both, [10, 5], [0, 0], with_fixed=False).quiet.tolist() == [15.0, 27.0]
    assert difference(both, [10, 5], [0, 0]).chance == 1.0


def test_noise_of_cohorts_adds_up_and_a_chance_that_it_decides_is_not_told() -> None:
    both = [drawn([[1.0], [-1.0]], noise=4.0, fixed=0.0), drawn([[1.0], [-2.0]], noise=5.0, fixed=0.0)]
    assert difference(both, [5, 5], [0, 0]).noise == 9.0
    assert difference(both, [5, 5], [5, 0]).noise == 5.0
    assert difference(both, [5, 5], [0, 0]).chance is None
    assert Difference(np.array([1.0, -1.0, 3.0]), 0.0).chance == pytest.approx(2 / 3)


def test_chances_and_intervals_are_of_splits_that_buy_something() -> None:
    found = split(*SHORT)
    for each in found.plans:
        assert (each.interval is None) == (each.places == 0)
        assert all((share.chance_pays is None) or share.places for share in each.shares)
    assert plan(found, PRESENT).beats_present is None


def test_without_draws_there_are_no_chances() -> None:
    found = split(*SHORT, effort=SMALL._replace(draws=0))
    for each in found.plans:
        assert each.interval is each.chance_positive is each.beats_present is None


def test_no_more_is_run_than_the_bar_was_told() -> None:
    mine, done = task(*SHORT), []
    split_of(mine, SMALL, done.append)
    assert 0 < sum(done) <= work_in(mine, SMALL)


# The document, the words and the figure.


def test_the_document_is_strict_json_and_says_what_is_left_over() -> None:
    found = split_document(split(*SHORT), task(*SHORT), SMALL)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    for each in found["splits"]:
        assert each["spent_gbp_per_year"] + each["left_over_gbp_per_year"] == pytest.approx(150_000.0)
        assert each["npsv_gbp"] == pytest.approx(each["benefit_gbp"] - each["cost_gbp"], abs=1e-6)
    assert len(split_rows(found)) == 3 * 5
    text = split_text(found)
    assert max(len(line) for line in text.split("\n")) <= 110
    assert "fixed costs of £50,000 a year and what selections cost" in " ".join(text.split())
    assert "superseded by ho_2019_20" in text
    half = student_t(found["replications"] // 2 - 1) * plan(split(*SHORT), PRESENT).noise
    assert found["splits"][0]["npsv_noise_gbp"] == pytest.approx(half, rel=1e-9)
    assert "spend nothing" in text and "not lent to another" in text
    assert "£-" not in text and "None" not in text and "nan" not in text


def test_a_best_split_that_buys_something_says_how_much_it_leaves(tmp_path: Path) -> None:
    strong = ("effect.occasions_ratio=0.05", "effect.custody_ratio=1", "programme.start_year=0", *SHORT)
    name, effort = two_cohorts(tmp_path, 8.0, 0.0), SMALL._replace(draws=0)
    mine = task(*strong, name=name, budget=90_000.0)
    text = split_text(split_document(split_of(mine, effort), mine, effort))
    assert "The best split at central values spends £" in text
    assert "no draws" in text


def test_a_best_split_that_is_the_present_one_is_not_said_to_be_above_it_by_luck() -> None:
    plans = split_document(split(*SHORT), task(*SHORT), SMALL)["splits"]
    assert "above" in bought_words(plans[1], plans[0], 6) or "below" in bought_words(plans[1], plans[0], 6)
    same = bought_words({**plans[0], "split": "all_spent"}, plans[0], 6)
    assert "is the one by published people" in same and "luck" not in same


def test_the_figure_has_both_splits_in_words() -> None:
    found = split_document(split(*SHORT), task(*SHORT), SMALL)
    ((chart, picture),) = figures_of(found, pounds)
    assert chart.name == "budget-split"
    assert "Spending nothing is better" in chart.description and "noise ±" in chart.description
    assert ET.fromstring(chart.svg).get("role") == "img"
    assert picture.startswith(b"\x89PNG")
    for share in found["splits"][0]["shares"]:
        assert f"{share['cohort']}: {share['places']} by published people" in chart.description


def test_the_command_splits_a_budget(run: Run) -> None:
    words = [
        "funding",
        "leicestershire",
        "--split-budget",
        "90000",
        "--draws",
        "20",
        "-n",
        "2",
        "--workers",
        "1",
        "--set",
        SHORT[0],
    ]
    found = json.loads(run(*words, "--format", "json").out)
    assert [cohort["cohort"] for cohort in found["cohorts"]] == ["Priority", "Enhanced"]
    assert run("funding", "bedfordshire", "--split-budget", "1000").code == 2
