"""The inputs in the JSON: every value once, with its origin, and each of them moves the answer."""

from __future__ import annotations

import functools
import json
from typing import Any

import pytest
from small_runs import compared, library, scenario_with

from simulator.appraisal import comparison as comparing
from simulator.report.results import results_of
from simulator.scenario.fields import LEVERS, QUANTITIES


@functools.cache
def document(*settings: str, comparator: str | None = None) -> dict[str, Any]:
    return results_of(compared(*settings, comparator=comparator))


def test_every_input_has_a_standing_and_a_source_unless_assumed_or_chosen() -> None:
    standings = {"read", "transcribed", "derived", "assumed", "unverified", "choice"}
    for row in document()["inputs"]:
        assert row["standing"] in standings, row["name"]
        if row["standing"] not in ("assumed", "unverified", "choice"):
            assert row["source"] in library().sources, row["name"]
        if row["standing"] in ("assumed", "unverified", "derived"):
            assert row["why"] or row["source"], row["name"]
        if row["source"]:
            assert row["source"] in library().sources, row["name"]


def test_every_input_is_there_once_and_money_has_its_price_year() -> None:
    names = [row["name"] for row in document()["inputs"]]
    assert len(set(names)) == len(names)
    for row in document()["inputs"]:
        if row["unit"].startswith("gbp"):
            assert row["price_year"], row["name"]
        if row["standing"] == "assumed":
            assert row["low"] <= row["value"] <= row["high"], row["name"]


def names_of(*settings: str) -> set[str]:
    return {row["name"] for row in document(*settings)["inputs"]}


def test_every_value_of_the_scenario_is_among_the_inputs() -> None:
    found = names_of()
    scenario = scenario_with()
    assert set(QUANTITIES) <= found
    assert {name for name in LEVERS if scenario.baseline.levers[name] is not None} <= found
    assert {f"arms.{arm.name}.{name}" for arm in scenario.arms for name in arm.changes} <= found
    for group in scenario.cohort:
        assert {
            f"cohort.{group.name}.{each}" for each in ("people", "statutory_share", "rate_ratio", "priority")
        } <= found
    for band in scenario.sentence_bands:
        assert {f"sentence_bands.{band.name}.{each}" for each in ("share", "from_months", "to_months")} <= found
    for kind in library().offence_types:
        assert f"offence_types.{kind}.severity_tier" in found
    for row in scenario.cohort:
        assert {f"offence_mixes.{row.offence_mix}.{kind}" for kind in scenario.mixes[row.offence_mix].shares} <= found
    assert {f"effect.{name}" for name in scenario.baseline.effect.ratios} | {"effect"} <= found


def test_every_price_factor_and_deflator_is_among_the_inputs() -> None:
    found = names_of()
    for each in compared().arms:
        for line in each.pair.arm.costs.lines:
            assert {price.source.name for price in line.prices} <= found
            assert {f"deflators.{price.source.price_year}" for price in line.prices} <= found
    assert {"horr99.domestic_burglary", "appraisal.recorded_per_proven", "appraisal.discount_rate"} <= found
    assert "horr99.domestic_burglary.multiplier" in found
    assert "justice.prison_wing_places" in names_of("appraisal.prison_cost=step_fixed")
    assert "appraisal.discount_rate_health" in found


def test_the_published_5930_is_an_input_with_its_source() -> None:
    (row,) = [row for row in document()["inputs"] if row["name"] == "horr99.domestic_burglary"]
    assert (row["value"], row["price_year"], row["source"]) == (5930.0, "2015/16", "bedfordshire_2019")
    assert row["where"]


# Where an end of the range cannot stand with the other values, what is tried instead.
INSTEAD = {"population.pool_per_place": 8.0}


def answer_with(name: str, value: float) -> str:
    """The whole answer of a short run with one value moved, without the inputs and the record of the run."""
    settings = (f"{name}={value!r}", "appraisal.horizon_years=2")
    found = results_of(compared(*settings, replications=2))
    return json.dumps([found["arms"], found["alternatives"]])


@pytest.mark.slow
@pytest.mark.parametrize("name", QUANTITIES)
def test_moving_an_uncertain_value_moves_the_answer(name: str) -> None:
    quantity = scenario_with().baseline.quantities[name]
    high = INSTEAD.get(
        name, quantity.high if quantity.high is not None and quantity.high > quantity.value else quantity.low
    )
    assert high is not None
    assert answer_with(name, high) != answer_with(name, quantity.value), name


@pytest.mark.parametrize(
    "name", ["effect.occasions_ratio", "effect.custody_ratio", "effect.offences_per_occasion_ratio"]
)
def test_moving_a_ratio_of_the_effect_moves_the_answer(name: str) -> None:
    assert answer_with(name, 0.7) != answer_with(name, 0.9)


@pytest.mark.slow
def test_moving_any_price_factor_or_rate_among_the_inputs_moves_the_answer() -> None:
    runs, plain = compared().runs, results_of(compared())
    used = {kind for mix in runs.scenario.mixes.values() for kind, share in mix.shares.items() if share}
    known = library().cost_names()
    moved = 0
    for row in plain["inputs"]:
        name = row["name"]
        kind = name.partition(".")[2]
        if name not in known or name.startswith("programme.") or (name.startswith("horr99.") and kind not in used):
            continue  # a scheme's own costs are tried below; a type that nobody commits costs nothing
        changed = results_of(comparing.appraise(runs, library().with_cost(name, row["value"] * 1.5 + 1.0)))
        assert [changed["arms"], changed["alternatives"]] != [plain["arms"], plain["alternatives"]], name
        moved += 1
    assert moved > 15


@pytest.mark.parametrize("name", ["offender_manager_year", "place_year", "selection", "fixed_year"])
def test_moving_a_cost_of_the_scheme_moves_the_answer(name: str) -> None:
    value = library().programme[name].value
    changed = document(f"programme.{name}={value + 100!r}")
    assert changed["arms"][1]["programme_cost_gbp"] > document()["arms"][1]["programme_cost_gbp"]
    (row,) = [row for row in changed["inputs"] if row["name"] == f"programme.{name}"]
    assert (row["value"], row["standing"]) == (value + 100, "choice")
