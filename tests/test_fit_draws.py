"""The errors of a fit on their way to every interval, and what is said of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fit_texts import (
    FIT,
    NAMES,
    NAMING,
    TOP,
    drawn_tasks,
    evidence_of,
    read,
    without_errors,
    written,
)
from small_runs import library, scenario_with, write_scenario

from simulator.appraisal import comparison as comparing
from simulator.evidence import (
    PARAMETERS,
    Reading,
    load_fit,
    load_reports,
    write_fit,
)
from simulator.experiment import Plan, Task
from simulator.model.rates import Values
from simulator.model.records import fields_of, get
from simulator.places import data_folder
from simulator.rates import draw_of, drawn_inputs, people_of
from simulator.report import explanation
from simulator.report.results import results_of
from simulator.report.text import brackets, comparison_text
from simulator.scenario import fits as scenario_fits
from simulator.scenario.fields import QUANTITIES
from simulator.scenario.read import read_scenario


def numbers(task: Task) -> list[object]:
    """Every number of every arm of a task, histories included; equal numbers are equal to the bit."""
    names = [name for name, _, size in fields_of(Values) if not size]
    return [get(record, 0, name) for arm in task.arms for record in (arm.values, arm.history) for name in names]


# Draws.


def test_names_that_a_fit_may_have_are_rates_of_the_population_that_move_the_rules() -> None:
    scenario = scenario_with(name="leeds")
    plain = people_of(scenario, scenario.baseline, {})
    for name in PARAMETERS:
        assert f"population.{name}" in QUANTITIES
        moved = people_of(scenario, scenario.baseline, {f"population.{name}": 0.123})
        assert [field for field in plain if moved[field] != plain[field]], name
    rest = {name.removeprefix("population.") for name in QUANTITIES if name.startswith("population.")} - set(PARAMETERS)
    assert rest == {"pool_per_place"}


def test_without_any_error_a_drawn_run_is_the_plain_run_to_the_bit(tmp_path: Path) -> None:
    exact = read(tmp_path, NAMING, fit=without_errors(FIT))
    drawn = drawn_tasks(exact, 3)
    written(tmp_path, without_errors(FIT))
    same = "".join(
        f"  {name}: {{value: {value}, standing: choice}}\n"
        for name, value in zip(NAMES, (1.3, 2.6, 2.3, 0.58), strict=True)
    )
    plain = read_scenario(write_scenario(tmp_path, TOP + "population:\n" + same, "plain.yaml"), library().known())
    assert [numbers(task) for task in drawn] == [numbers(task) for task in drawn_tasks(plain, 3)]
    assert drawn_inputs(exact.baseline) == ["effect.occasions_ratio", "effect.custody_ratio"]
    small = ("appraisal.horizon_years=2", "population.history_years=1", "population.pool_per_place=1")
    pair = [
        read(tmp_path, NAMING, *small, fit=without_errors(FIT)),
        read_scenario(str(plain.path), library().known(), small),
    ]
    one, other = (comparing.run(each, library(), 2, Plan(2, seed=7, workers=1)) for each in pair)
    assert one.drawn is not None
    assert other.drawn is not None
    assert all(np.array_equal(a.totals, b.totals) for a, b in zip(one.drawn, other.drawn, strict=True))


def test_drawn_logarithms_have_the_errors_and_correlations_of_the_fit(tmp_path: Path) -> None:
    settings = read(tmp_path).baseline
    reading, count = settings.reading, 2000
    assert reading is not None
    draws = [draw_of(settings, 3, number).rates for number in range(count)]
    logs = np.log([[draw[f"population.{name}"] for name in NAMES] for draw in draws])
    values = np.array([each.value for each in reading.parameters.values()])
    errors = np.array([each.log_error for each in reading.parameters.values()])
    z = (logs.mean(axis=0) - np.log(values)) / (errors / math.sqrt(count))
    assert np.abs(z).max() < 4.0
    assert np.abs((logs.std(axis=0) / errors - 1.0) * math.sqrt(2.0 * count)).max() < 4.0
    wanted, got = np.array(reading.correlations), np.corrcoef(logs.T)
    off = ~np.eye(len(NAMES), dtype=bool)
    assert np.abs(((got - wanted) * math.sqrt(count))[off] / (1.0 - wanted[off] ** 2)).max() < 4.0
    ratios = np.log([draw_of(settings, 3, number).ratios["occasions_ratio"] for number in range(count)])
    together = [np.corrcoef(ratios, column)[0, 1] * math.sqrt(count) for column in logs.T]
    assert np.abs(together).max() < 4.0  # effect and fit are drawn independently


def test_the_order_in_the_file_and_a_rate_more_or_less_move_no_other_draw(tmp_path: Path) -> None:
    whole = draw_of(read(tmp_path).baseline, 1, 5).rates
    fit = load_fit(written(tmp_path))
    reading = fit.readings["with_spells"]

    def draw_with(*names: str) -> Mapping[str, float]:
        rows = tuple(map(tuple, reading.correlations_of(names)))
        part = Reading({name: reading.parameters[name] for name in names}, rows)
        return draw_of(read(tmp_path, fit=write_fit(replace(fit, readings={"with_spells": part}))).baseline, 1, 5).rates

    assert draw_with(*reversed(NAMES)) == whole
    assert draw_with(*NAMES[:2]) == {name: whole[name] for name in list(whole)[:2]}  # the third is correlated with both
    assert draw_with(*NAMES[:3]) == {name: whole[name] for name in whole if "custody" not in name}
    assert draw_with(NAMES[3]) == {name: whole[name] for name in whole if "custody" in name}  # correlated with no other


def test_draw_k_is_the_same_whatever_the_number_of_draws_and_moves_all_arms_and_the_history_alike(
    tmp_path: Path,
) -> None:
    scenario = read(tmp_path)
    many = drawn_tasks(scenario, 6)
    assert numbers(many[4]) == numbers(drawn_tasks(scenario, 1, first=4)[0])
    assert many[4].first_replication == 4
    for task in many:
        for field in ("occasions_per_year", "frailty_shape", "offences_per_occasion", "later_custody_chance"):
            seen = {float(get(record, 0, field)) for arm in task.arms for record in (arm.values, arm.history)}
            assert len(seen) == 1, field
    assert len({float(get(task.arms[0].values, 0, "frailty_shape")) for task in many}) == len(many)
    central = comparing.tasks_of(scenario, library(), 0, 1, Plan(5, seed=7))[0][0]
    assert float(get(central.arms[0].values, 0, "frailty_shape")) == 2.6


def test_drawn_values_stay_within_their_limits(tmp_path: Path) -> None:
    wide = FIT.replace("log_error: 0.02}", "log_error: 5}").replace("log_error: 0.026", "log_error: 5")
    settings = read(tmp_path, fit=wide).baseline
    draws = [draw_of(settings, 1, number) for number in range(200)]
    assert min(draw.rates["population.offences_per_occasion"] for draw in draws) == 1.0
    assert max(draw.rates["population.later_custody_chance"] for draw in draws) == 1.0
    highest = [
        max(draw.rates["population.later_custody_chance"], 0.477) * draw.ratios["custody_ratio"] for draw in draws
    ]
    assert max(highest) <= 1.0


def test_a_fit_alone_gives_intervals_too(tmp_path: Path) -> None:
    scenario = read(tmp_path, NAMING, "effect=none")
    assert drawn_inputs(scenario.baseline) == [f"population.{name}" for name in NAMES]
    assert len(drawn_tasks(scenario, 2)) == 2
    assert comparing.work_in(scenario, 10) == 2 * 10 * len(scenario.arms)
    assert drawn_tasks(read(tmp_path, NAMING, "effect=none", fit=without_errors(FIT)), 2) == []


# What is said of it.


def compared(folder: Path, *settings: str) -> dict:  # type: ignore[type-arg]
    small = ("appraisal.horizon_years=1", "population.history_years=1", "population.pool_per_place=1")
    scenario = read(folder, NAMING, *small, *settings)
    runs = comparing.run(scenario, library(), 2, Plan(1, seed=1, workers=1))
    return results_of(comparing.appraise(runs, library()))


def test_results_say_what_the_brackets_hold(tmp_path: Path) -> None:
    document = compared(tmp_path)
    assert document["drawn_inputs"] == [
        *(f"population.{name}" for name in NAMES),
        "effect.occasions_ratio",
        "effect.custody_ratio",
    ]
    assert document["fit"]["made_by"] == "python run.py calibrate leeds --seed 1"
    assert [row["miss"] for row in document["fit"]["targets"]] == [0.3, 4.0]
    assert {row["name"]: row["value"] for row in document["inputs"]}["fit"] == "leeds_fit"
    said = " ".join(document["warnings"])
    assert "fitted to leeds_2017 (leeds, matched comparison): leeds_fit.yaml" in said
    assert (
        "misses 1 of 2 reported figures by more than 2 standard errors, worst table_8.custody (predicted, +4.0)" in said
    )
    assert "do not hold: spells: 1.5 to 8 years fit as well" in said
    assert "Only rates are drawn" not in said
    assert "the effect's ratios on occasions and custody and the fitted occasions_per_year, frailty_shape" in said
    assert "of the effect's evidence and of the fitted rates" in comparison_text(document).replace("\n", " ")


def test_without_effect_or_reading_the_words_change_with_what_is_drawn(tmp_path: Path) -> None:
    document = compared(tmp_path, "effect=none")
    assert "brackets hold the fitted occasions_per_year" in " ".join(document["warnings"])
    assert "Only rates are drawn" in " ".join(document["warnings"])
    document = compared(tmp_path, "population.spells=false", "effect=none")
    said = " ".join(document["warnings"])
    assert "has no reading with spells off: the scenario's own rates stand" in said
    assert "No input is drawn" in said
    assert (document["drawn_inputs"], document["fit"]["rates"], document["arms"][1]["npsv_interval"]) == ([], [], None)
    assert brackets([]).startswith("No brackets")
    assert brackets(["effect.custody_ratio"]) == "Brackets: 95% interval of the effect's evidence."
    assert "the effect is not drawn" in brackets(["population.frailty_shape"])


def test_explain_shows_the_fit_behind_a_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (scenario_fits, explanation):
        monkeypatch.setattr(module, "data_folder", lambda name: tmp_path / name)
    evidence_of(tmp_path)
    scenario = read(tmp_path, TOP + "fit: leeds\n")
    quantity = explanation.values_in(scenario)["mine.population.frailty_shape"]
    found = explanation.fit_behind("mine.population.frailty_shape", quantity)
    assert (found["fit"], found["fit_made_by"]) == (
        "evidence/fits/leeds.yaml",
        "python run.py calibrate leeds --seed 1",
    )
    assert found["fit_targets"][1] == "table_8.custody reported 1.9 modelled 2.3 +4.00 standard errors (predicted)"
    others = ["occasions_per_year -0.30", "offences_per_occasion +0.20", "later_custody_chance +0.00"]
    assert found["fit_correlated"] == others
    assert found["not_identified"] == ["spells: 1.5 to 8 years fit as well"]
    own = explanation.values_in(scenario)["mine.population.first_custody_chance"]
    assert explanation.fit_behind("mine.population.first_custody_chance", own) == {}


def test_a_figure_that_a_fit_was_fitted_to_is_used_by_the_scenario(tmp_path: Path) -> None:
    scenario, reports = read(tmp_path), load_reports(data_folder("evidence"))
    figure = replace(reports["sussex_2013"].figures.popitem()[1], name="table_1.rate")
    assert explanation.rests_on(figure, scenario)
    assert not explanation.rests_on(replace(figure, name="table_8.custody"), scenario)  # predicted, not fitted


def test_assumptions_move_a_fitted_rate_to_the_ends_of_its_interval(tmp_path: Path) -> None:
    from simulator.uncertainty.inputs import uncertain_inputs
    from simulator.uncertainty.points import Point, at_point

    scenario = read(tmp_path)
    name = "population.frailty_shape"
    each = uncertain_inputs(scenario, library())[name]
    assert (each.low, each.high) == (1.9, 3.5)
    moved = [at_point(scenario, library(), Point({name: end}))[0] for end in (each.low, each.high)]
    assert [one.baseline.value(name) for one in moved] == [1.9, 3.5]


def test_an_interval_that_is_wider_on_one_side_is_drawn_so() -> None:
    """The 2.5th and 97.5th percentiles of the draws are the ends, whatever lies between."""
    scenario = scenario_with("effect=sussex_before_after", "fit=none")
    ratio = scenario.baseline.effect.ratios["occasions_ratio"]
    drawn = np.array([draw_of(scenario.baseline, 1, k).ratios["occasions_ratio"] for k in range(4000)])
    assert ratio.low is not None and ratio.high is not None
    assert ratio.high / ratio.value > 1.5 * ratio.value / ratio.low
    assert np.quantile(drawn, [0.025, 0.5, 0.975]) == pytest.approx([ratio.low, ratio.value, ratio.high], rel=0.08)
