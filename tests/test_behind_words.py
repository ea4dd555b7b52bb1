"""What is said of a figure: meaning, unit, making, sources, standing; for every number of every answer."""

from __future__ import annotations

import functools
import json
from typing import Any

import pytest
from behind_runs import SHORT, world
from commands import Run
from small_runs import compared

from simulator.report.behind import Background, behind
from simulator.report.behind.fields import described, field
from simulator.report.behind.paths import figures, parts_of, steps_to, trail
from simulator.report.cost_rows import cost_rows
from simulator.report.results import results_of
from simulator.tables import InputProblems

COMMANDS = {
    "tornado": ["sweep", "bedfordshire:as_run", "--tornado", "--only", "effect"],
    "chances": ["sweep", "bedfordshire:as_run", "--psa", "40", "--only", "effect"],
    "decision": ["decision", "bedfordshire:as_run", "--draws", "20"],
    "difference": ["difference", "bedfordshire:as_run"],
    "funding": ["funding", "bedfordshire", "--places", "20,94", "--draws", "20"],
}


@functools.cache
def background() -> Background:
    comparison = compared(SHORT, name="bedfordshire:as_run", replications=2)
    return Background({"comparison": results_of(comparison), "costs": cost_rows(comparison)})


def test_every_number_of_a_comparison_has_a_meaning_a_unit_a_making_and_a_standing() -> None:
    found = [background().behind(path) for path in world().figures]
    assert len(found) > 1000
    for each in found:
        assert each.meaning and each.unit and each.how and each.standing, each.name
        assert set(each.inputs) <= set(background().rests.rows)
        assert {source.name for source in each.sources} == {
            background().rests.rows[name]["source"] for name in each.inputs
        } - {""}


def test_every_number_of_the_costs_has_a_making() -> None:
    costs = {"costs": background().answers["costs"]}
    found = {path: background().behind(path) for path, _ in figures(costs)}
    assert all(each.how and each.standing for each in found.values())
    factor = next(
        each for path, each in found.items() if "arrest_detained" in path and path.endswith("deflator_factor")
    )
    assert set(factor.inputs) == {"deflators.2006/07", "deflators.2015/16", "appraisal.cost_table"}
    factors = [each.inputs for path, each in found.items() if path.startswith("costs.discount_factors.")]
    assert factors == [("appraisal.discount_rate",)] * 2


@pytest.mark.parametrize("answer", COMMANDS)
def test_every_number_of_the_other_answers_is_explained_too(
    run: Run, answer: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run(*COMMANDS[answer], "-n", "2", "--set", SHORT, "--format", "json")
    assert said.code == 0, said.err
    here = Background({"comparison": background().document, answer: json.loads(said.out)})
    found = {path: here.behind(path) for path, _ in figures({answer: here.answers[answer]})}
    assert len(found) > 20
    for path, each in found.items():
        assert each.meaning and each.unit and each.how, path
    money = [each for each in found.values() if "npsv" in each.name and "no_iom" not in each.name and each.value]
    assert money
    assert all(each.inputs and each.marks for each in money if not each.name.endswith("places"))
    prevented = ("reoffences_prevented", "crimes_prevented", "custody_days_saved")
    counts = [each for each in found.values() if each.name.rpartition(".")[2] in prevented and each.value]
    assert all("population.served_share" in each.inputs for each in counts)
    assert all("horr99.robbery" not in each.inputs for each in counts)


def test_the_meaning_is_the_one_in_the_document_that_describes_the_fields() -> None:
    found = background().behind("comparison.arms.as_run.benefit_per_pound")
    (line,) = [each for each in described("Each entry of `arms`").items() if each[0] == "benefit_per_pound"]
    assert found.meaning == line[1].meaning
    assert found.unit == line[1].unit == "£ for each £1"


@pytest.mark.parametrize(
    ("path", "unit", "words"),
    [
        ("arms.as_run.proven_offences.increment", "offences", "mean difference from the comparator"),
        ("arms.as_run.npsv_interval.low", "£", "lower end"),
        ("arms.as_run.by_agency.police.net_gbp", "£", "for each `agency` the three amounts"),
        ("arms.as_run.break_even.achieved_per_person_year", "offences a managed person-year", "those prevented"),
        ("arms.as_run.by_line.custody_day.quantity.level", "days", "the mean in this arm"),
        ("arms.as_run.by_line.place_year.quantity.level", "place per year", "the mean in this arm"),
        ("arms.as_run.denominator.gbp", "£", "what the benefit is divided by"),
        ("inputs.population.served_share.value", "share", "the number"),
        ("discount_rate", "a year, real", "0.035 for 3.5%"),
    ],
)
def test_units_and_meanings(path: str, unit: str, words: str) -> None:
    found = background().behind(f"comparison.{path}")
    assert found.unit == unit
    assert words in found.meaning


def test_a_field_described_in_passing_has_the_words_behind_it() -> None:
    found = field("lead_gbp", ["`decision`"])
    assert found is not None
    assert found.meaning == "ahead by"


def test_the_standing_counts_the_inputs() -> None:
    found = background().behind("comparison.arms.as_run.npsv_gbp")
    assert found.standing.startswith(f"simulated from {len(found.inputs)} inputs, of which ")
    counts = [int(part.split()[0]) for part in found.standing.partition("of which ")[2].split(", ")]
    assert sum(counts) == len(found.inputs)
    assert background().behind("comparison.inputs.population.served_share.value").standing == (
        "rests on one input, unverified"
    )
    assert background().behind("comparison.arms.as_run.by_line.place_year.net_gbp").standing.startswith("computed from")


def test_arithmetic_with_figures_rests_on_all_of_them() -> None:
    one, other = "comparison.arms.as_run.proven_offences.level", "comparison.arms.as_run.programme_cost_gbp"
    found = background().behind(f"{one} − {other} turned")
    assert set(found.inputs) == {*background().behind(one).inputs, *background().behind(other).inputs}
    assert parts_of(f"{one} × 100", background().answers) == [one]


def test_an_unknown_figure_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputProblems) as refused:
        behind(background().answers, "comparison.arms.as_run.npsv_gb")
    assert "comparison.arms.as_run.npsv_gbp" in str(refused.value)


def test_names_with_dots_are_found() -> None:
    steps = steps_to(
        background().answers, "comparison.inputs.cohort.Luton · High Impact.rate_ratio.value".replace(" ", "_")
    )
    assert steps[-1].value == pytest.approx(1.279)
    assert trail({"a": {"b.c": {"d": 1}, "b": {"c": {"e": 2}}}}, "a.b.c.e")[-1].value == 2  # type: ignore[index]
