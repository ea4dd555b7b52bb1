"""Scenarios that name a fit: what lies over what, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from fit_texts import (
    FIT,
    NAMES,
    NAMING,
    TOP,
    WITHOUT,
    evidence_of,
    line_of,
    read,
    refused,
    written,
)
from small_runs import library, scenario_with, write_scenario

from simulator.evidence import load_fit
from simulator.places import data_folder
from simulator.quantities import Standing
from simulator.rates import draw_of
from simulator.scenario import fits as scenario_fits
from simulator.scenario.read import read_scenario


def test_a_fit_lies_over_what_a_scenario_inherits(tmp_path: Path) -> None:
    mine, plain = read(tmp_path).baseline, scenario_with("fit=none", name="leeds").baseline
    fitted = load_fit(tmp_path / "leeds_fit.yaml").readings["with_spells"].parameters
    for name in NAMES:
        quantity, each = mine.quantity(f"population.{name}"), fitted[name]
        assert (quantity.value, quantity.low, quantity.high) == (each.value, each.low, each.high)
        assert (quantity.standing, quantity.source) == (Standing.DERIVED, "leeds_2017")
        assert quantity.where == "leeds_fit.yaml"
        assert "Fitted" in quantity.why
        assert "python run.py calibrate leeds --seed 1" in quantity.why
    assert list(mine.fitted) == list(NAMES)
    assert all(list(arm.settings.fitted) == list(NAMES) for arm in read(tmp_path).arms)
    assert mine.quantity("population.first_custody_chance") == plain.quantity("population.first_custody_chance")
    assert mine.without_spells == plain.without_spells


def test_a_rate_in_the_file_that_names_the_fit_is_refused_and_in_one_above_it_stands(tmp_path: Path) -> None:
    own = "population: {frailty_shape: {value: 3, range: [2, 4], standing: assumed, why: x}}\n"
    said = refused(tmp_path, NAMING + own)
    assert "mine.yaml:5:14: population.frailty_shape is stated here, and by fit: leeds_fit in the same file" in said
    assert f"leeds_fit.yaml, line {line_of('frailty_shape: {')}" in said
    assert "Delete frailty_shape here" in said
    read(tmp_path)
    above = write_scenario(tmp_path, TOP.replace("leeds", "mine") + own, "above.yaml")
    made = read_scenario(above, library().known()).baseline
    assert made.value("population.frailty_shape") == 3.0
    assert list(made.fitted) == [name for name in NAMES if name != "frailty_shape"]


def test_the_last_fit_named_counts_and_none_takes_it_away(tmp_path: Path) -> None:
    read(tmp_path)
    written(tmp_path, FIT.replace("value: 1.3,", "value: 1.4,"), "other.yaml")
    top = TOP.replace("leeds", "mine")
    other = read_scenario(write_scenario(tmp_path, top + "fit: other.yaml\n", "top.yaml"), library().known())
    assert other.baseline.value("population.occasions_per_year") == 1.4
    without = read_scenario(write_scenario(tmp_path, top + "fit: none\n", "top.yaml"), library().known())
    assert without.baseline == scenario_with("fit=none", name="leeds").baseline
    assert without.baseline.fit is None


def test_values_and_fits_set_on_the_command_line_win(tmp_path: Path) -> None:
    mine = read(tmp_path, NAMING, "population.occasions_per_year=1")
    assert mine.baseline.value("population.occasions_per_year") == 1.0
    assert "population.occasions_per_year" not in draw_of(mine.baseline, 1, 0).rates
    plain = draw_of(read(tmp_path).baseline, 1, 0).rates
    assert draw_of(mine.baseline, 1, 0).rates == {
        name: plain[name] for name in list(plain) if "occasions_per_year" not in name
    }
    assert read(tmp_path, NAMING, "fit=none").baseline == scenario_with("fit=none", name="leeds").baseline
    path = str(written(tmp_path, FIT.replace("value: 1.3,", "value: 1.4,"), "other.yaml"))
    assert read(tmp_path, NAMING, f"fit={path}").baseline.value("population.occasions_per_year") == 1.4
    both = read(tmp_path, TOP, f"fit={path}", "population.occasions_per_year=2")
    assert both.baseline.value("population.occasions_per_year") == 2.0
    assert both.overrides == {"fit": path, "population.occasions_per_year": "2"}


def test_a_fit_is_found_by_name_and_the_nearest_is_suggested(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenario_fits, "data_folder", lambda name: tmp_path / name)
    evidence_of(tmp_path)
    named = read(tmp_path, TOP + "fit: leeds\n").baseline
    assert named.quantity("population.frailty_shape").where == "evidence/fits/leeds.yaml"
    said = refused(tmp_path, TOP + "fit: leedz\n")
    assert "mine.yaml:4:6: fit: there is no fit 'leedz'" in said
    assert "Did you mean 'leeds'?" in said
    assert "Fits: leeds, none" in refused(tmp_path, TOP, "fit=zzz")
    assert "is not the name of a fit" in refused(tmp_path, TOP + "fit: 3\n")
    assert "there is no fit 'x/y.yaml'" in refused(tmp_path, TOP + "fit: x/y.yaml\n")


def test_only_fits_of_the_evidence_need_a_known_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = FIT.replace("report: leeds_2017", "report: my_area")
    assert read(tmp_path, fit=mine).baseline.quantity("population.frailty_shape").source == "my_area"
    monkeypatch.setattr(scenario_fits, "data_folder", lambda name: tmp_path / name)
    evidence_of(tmp_path, mine)
    assert "'my_area' is not a source" in refused(tmp_path, TOP + "fit: leeds\n")


def test_a_fitted_value_beyond_what_a_scenario_may_have_is_refused_in_the_file_of_the_fit(tmp_path: Path) -> None:
    said = refused(tmp_path, fit=FIT.replace("high: 0.61", "high: 1.2"))
    assert f"leeds_fit.yaml:{line_of('later_custody_chance')}" in said
    assert "1.2 is above 1" in said


def test_without_spells_a_fit_with_spells_leaves_the_scenarios_own_rates(tmp_path: Path) -> None:
    off, plain = (
        read(tmp_path, NAMING, "population.spells=false"),
        scenario_with("population.spells=false", "fit=none", name="leeds"),
    )
    for name in NAMES:
        assert off.baseline.quantity(f"population.{name}") == plain.baseline.quantity(f"population.{name}")
    assert draw_of(off.baseline, 1, 0).rates == {}
    both = read(tmp_path, NAMING, "population.spells=false", fit=FIT + WITHOUT).baseline
    assert both.value("population.frailty_shape") == 0.9
    assert list(draw_of(both, 1, 0).rates) == ["population.frailty_shape"]
    assert list(read(tmp_path, fit=FIT + WITHOUT).baseline.fitted) == list(NAMES)


def test_a_rate_of_the_scenarios_own_stays_for_when_spells_are_off(tmp_path: Path) -> None:
    fit = FIT.replace(
        "later_custody_chance", "first_custody_chance"
    )  # for which leeds has nothing under without_spells
    off = read(tmp_path, NAMING, "population.spells=false", fit=fit).baseline
    assert off.value("population.first_custody_chance") == 0.477
    assert read(tmp_path, fit=fit).baseline.value("population.first_custody_chance") == 0.58


def test_without_spells_and_without_any_rate_for_that_a_scenario_is_refused(tmp_path: Path) -> None:
    shared = (data_folder("scenarios") / "england_and_wales.yaml").read_text("utf-8")
    start, end = shared.index("  occasions_per_year"), shared.index("  frailty_shape")
    off = shared.index("# With population.spells false")
    written(tmp_path, shared[:start] + shared[end:off] + shared[shared.index("\nsentence_bands:") :], "shared.yaml")
    leeds = (data_folder("scenarios") / "leeds.yaml").read_text("utf-8")
    bare = leeds.replace("extends: england_and_wales", "extends: shared").replace("fit: leeds ", "# ")
    only = FIT[: FIT.index("      frailty")] + "    correlations: [[1]]\n"
    assert (
        read(tmp_path, "fit: leeds_fit.yaml\n" + bare, fit=only).baseline.value("population.occasions_per_year") == 1.3
    )
    said = refused(tmp_path, "fit: leeds_fit.yaml\n" + bare, "population.spells=false", fit=only)
    assert "says nothing of occasions_per_year without spells, and nor does the scenario" in said


def test_errors_and_correlations_are_part_of_the_digest(tmp_path: Path) -> None:
    digests = {read(tmp_path, fit=FIT.replace("0.155", error)).digest for error in ("0.155", "0.156")}
    assert len(digests) == 2
    assert read(tmp_path).digest in digests
