"""The JSON of ``compare``: every documented field, strict, adding up, and every value behind it named with its origin."""

from __future__ import annotations

import functools
import json
import math
from pathlib import Path
from typing import Any

import pytest
from small_runs import compared, library, scenario_with, write_scenario

from simulator.appraisal import comparison as comparing
from simulator.cli.loading import load
from simulator.experiment import Plan
from simulator.places import data_folder
from simulator.report.arms import arm_rows
from simulator.report.results import results_of
from simulator.scenario.fields import LEVERS, QUANTITIES

TOP_FIELDS = {
    "comparator",
    "horizon_years",
    "price_base",
    "discount_rate",
    "seed",
    "replications",
    "arms",
    "inputs",
    "warnings",
    "run",
}
ARM_FIELDS = {
    "name",
    "programme_cost_gbp",
    "benefit_gbp",
    "npsv_gbp",
    "npsv_interval",
    "benefit_per_pound",
    "benefit_per_pound_interval",
    "simulation_interval",
    "denominator",
    "ratio_reason",
    "effect",
    "payback_year",
    "break_even",
    "crimes",
    "proven_offences",
    "arrests",
    "custody_days",
    "people_reoffending",
    "by_year",
    "by_agency",
    "by_offence_type",
}
COUNTS = ("crimes", "proven_offences", "arrests", "custody_days", "people_reoffending")
PENNY = 0.005


@functools.cache
def document(*settings: str, comparator: str | None = None) -> dict[str, Any]:
    return results_of(compared(*settings, comparator=comparator))


def leaves(value: Any, path: str = "") -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        return [leaf for name, each in value.items() for leaf in leaves(each, f"{path}.{name}")]
    if isinstance(value, list):
        return [leaf for each in value for leaf in leaves(each, f"{path}[]")]
    return [(path, value)]


def test_every_field_is_there() -> None:
    assert set(document()) >= TOP_FIELDS
    for arm in document()["arms"]:
        assert set(arm) >= ARM_FIELDS
    assert set(document()["run"]) >= {"version", "digest", "scenario_digest", "data_digest", "engine"}


def test_every_count_has_a_level_and_an_increment_over_the_comparator() -> None:
    base = next(arm for arm in document()["arms"] if arm["name"] == document()["comparator"])
    for arm in document()["arms"]:
        for name in COUNTS:
            assert set(arm[name]) == {"level", "increment"}
            assert arm[name]["level"] >= 0.0
            assert arm[name]["increment"] == pytest.approx(arm[name]["level"] - base[name]["level"], abs=1e-6)


@pytest.mark.parametrize(
    "settings",
    [(), ("effect=none",), ("appraisal.counting=multiplied",), ("appraisal.horizon_years=1",), ("programme.places=0",)],
)
def test_the_document_is_strict_json(settings: tuple[str, ...]) -> None:
    text = json.dumps(document(*settings), allow_nan=False)
    assert json.loads(text) == document(*settings)
    assert not [
        path for path, value in leaves(document(*settings)) if isinstance(value, float) and not math.isfinite(value)
    ]


def test_a_single_replication_gives_strict_json_without_intervals() -> None:
    one = results_of(compared(replications=1))
    json.dumps(one, allow_nan=False)
    arm = one["arms"][1]
    assert arm["npsv_interval"] is None
    assert arm["simulation_interval"] == {"npsv_gbp": None, "benefit_per_pound": None}


def test_a_refused_ratio_is_null_and_has_a_reason_and_a_given_one_has_none() -> None:
    for found in (document(), document(comparator="as_run"), document("programme.places=0")):
        for arm in found["arms"]:
            assert (arm["benefit_per_pound"] is None) == bool(arm["ratio_reason"])
            if arm["benefit_per_pound"] is None:
                assert arm["benefit_per_pound_interval"] is None
                assert arm["simulation_interval"]["benefit_per_pound"] is None
    assert all(arm["benefit_per_pound"] is not None for arm in document()["arms"][1:])
    assert any("saves £" in str(arm["ratio_reason"]) for arm in document(comparator="as_run")["arms"])


def test_npsv_is_benefit_less_cost_and_the_ratio_is_one_over_the_other() -> None:
    for arm in document()["arms"][1:]:
        assert arm["npsv_gbp"] == arm["benefit_gbp"] - arm["programme_cost_gbp"]
        assert arm["benefit_per_pound"] == pytest.approx(arm["benefit_gbp"] / arm["programme_cost_gbp"], rel=1e-9)
        assert arm["denominator"]["gbp"] == pytest.approx(arm["programme_cost_gbp"], abs=PENNY)


@pytest.mark.parametrize("table", ["by_year", "by_agency", "by_kind", "by_offence_type", "by_line"])
@pytest.mark.parametrize("comparator", ["no_iom", "as_run"])
def test_every_table_adds_up_to_the_totals_to_the_penny(table: str, comparator: str) -> None:
    for arm in document(comparator=comparator)["arms"]:
        for name, total in (("programme_cost_gbp", None), ("benefit_gbp", None), ("net_gbp", "npsv_gbp")):
            parts = math.fsum(row[name] for row in arm[table])
            assert parts == pytest.approx(arm[total or name], abs=PENNY), (arm["name"], name)


def test_counts_by_year_add_up_to_those_of_the_horizon() -> None:
    for arm in document()["arms"]:
        assert [row["year"] for row in arm["by_year"]] == [1, 2, 3, 4, 5]
        for name in ("crimes", "proven_offences", "arrests", "custody_days"):
            for part in ("level", "increment"):
                total = math.fsum(row[name][part] for row in arm["by_year"])
                assert total == pytest.approx(arm[name][part], abs=1e-6)


def test_offences_by_type_add_up_to_those_of_the_arm() -> None:
    for arm in document()["arms"]:
        rows = [row for row in arm["by_offence_type"] if "proven_offences" in row]
        for name in ("crimes", "proven_offences"):
            assert math.fsum(row[name]["level"] for row in rows) == pytest.approx(arm[name]["level"], abs=1e-6)


def test_the_comparator_is_nothing_against_itself() -> None:
    arm = document()["arms"][0]
    assert arm["name"] == document()["comparator"] == "no_iom"
    assert (arm["programme_cost_gbp"], arm["benefit_gbp"], arm["npsv_gbp"]) == (0.0, 0.0, 0.0)
    assert arm["npsv_interval"] == [0.0, 0.0]
    assert arm["ratio_reason"] == "this is the comparator"


def test_one_of_the_four_readings_is_the_headline() -> None:
    found = document()
    same = [
        each
        for each in found["alternatives"]
        if (each["costing"], each["counting"]) == (found["costing"], found["counting"])
    ]
    assert len(found["alternatives"]) == 4 * len(found["arms"])
    for each, arm in zip(same, found["arms"], strict=True):
        assert (each["name"], each["npsv_gbp"]) == (arm["name"], arm["npsv_gbp"])


# Where the values come from.


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
        assert f"sentence_bands.{band.name}.share" in found
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


# The record of the run.


def test_the_digest_names_inputs_and_luck_not_the_machine() -> None:
    assert document()["run"]["digest"] == results_of(compared())["run"]["digest"]
    assert document()["run"]["digest"] != document("effect=none")["run"]["digest"]
    assert document()["run"]["digest"] != results_of(compared(replications=2))["run"]["digest"]
    assert document()["run"]["digest"] != document(comparator="as_run")["run"]["digest"]


def test_both_engines_give_the_same_answer() -> None:
    (scenario,), tables = load(["bedfordshire:as_run"], ["appraisal.horizon_years=2"])
    found = [
        results_of(comparing.appraise(comparing.run(scenario, tables, 1, Plan(2, 1, engine, workers=1)), tables))
        for engine in ("simpy", "compiled")
    ]
    assert found[0]["arms"] == found[1]["arms"]
    assert found[0]["run"]["digest"] == found[1]["run"]["digest"]
    assert found[0]["run"]["engine"] != found[1]["run"]["engine"]


# Warnings.


def test_warnings_say_what_a_reader_must_know() -> None:
    said = " ".join(document()["warnings"])
    assert "superseded by ho_2019_20" in said
    assert "unverified" in said
    assert "not cashable" in said
    assert "replications" in said
    set_by_hand = " ".join(document("programme.places=60")["warnings"])
    assert "programme.places=60" in set_by_hand
    assert "cut_a_quarter, add_a_quarter" in set_by_hand
    assert "keep the size" not in said


def test_one_row_for_each_arm_in_csv() -> None:
    rows = arm_rows(document())
    assert [row["arm"] for row in rows] == [arm["name"] for arm in document()["arms"]]
    assert rows[1]["npsv_gbp"] == document()["arms"][1]["npsv_gbp"]
    assert rows[1]["npsv_interval_low"] == document()["arms"][1]["npsv_interval"][0]


# The document that describes it.


def described() -> str:
    return (data_folder("scenarios").parent / "docs" / "json.md").read_text("utf-8")


def test_every_field_of_the_document_is_described() -> None:
    text = described()
    fields = {path.replace("[]", "").rpartition(".")[2] for path, _ in leaves(document())}
    named = {"deselections", "packages", "overrides", "ratios"}
    inside = {
        path.rpartition(".")[2]
        for path, _ in leaves(document())
        if any(f".{each}." in path for each in named) and ".ratios." not in path
    }
    missing = sorted(field for field in fields - inside if f"`{field}`" not in text)
    assert not missing
    for field in [*document(), *document()["arms"][1]]:
        assert f"`{field}`" in text, field


def test_a_file_of_one_s_own_is_named_in_the_document(tmp_path: Path) -> None:
    path = write_scenario(tmp_path, "extends: leeds\ntitle: Mine\nwhy: w\n")
    (scenario,), tables = load([path], ["appraisal.horizon_years=1"])
    found = results_of(comparing.appraise(comparing.run(scenario, tables, 2, Plan(1, 1, workers=1)), tables))
    assert (found["scenario"], found["title"]) == ("mine", "Mine")
    (people,) = [row for row in found["inputs"] if row["name"] == "cohort.all.people"]
    assert (people["value"], people["source"]) == (142, "leeds_2017")
