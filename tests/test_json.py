"""The JSON of ``compare``: every documented field, strict, adding up, and every value behind it named with its origin."""

from __future__ import annotations

import functools
import json
import math
from pathlib import Path
from typing import Any

import pytest
from commands import described
from small_runs import compared, write_scenario

from simulator.appraisal import comparison as comparing
from simulator.cli.loading import load
from simulator.experiment import Plan
from simulator.report.arms import arm_rows
from simulator.report.results import results_of

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
    assert "keep the size" not in said + set_by_hand


def test_one_row_for_each_arm_in_csv() -> None:
    rows = arm_rows(document())
    assert [row["arm"] for row in rows] == [arm["name"] for arm in document()["arms"]]
    assert rows[1]["npsv_gbp"] == document()["arms"][1]["npsv_gbp"]
    assert rows[1]["npsv_interval_low"] == document()["arms"][1]["npsv_interval"][0]


# The document that describes it.


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
