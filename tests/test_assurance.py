"""The assumptions log: ratings by their stated rules, and every input value that is not a choice in its place."""

from __future__ import annotations

import functools
import re
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_assurance import BARS, Answers, answers, bar, row_of

from simulator.documents.assurance import Log, logs_of
from simulator.documents.assurance.assumptions import advice, assumptions_log
from simulator.documents.assurance.grouping import NOT_OCCURRING, assumptions_of
from simulator.documents.assurance.ratings import (
    GRADES,
    IMPACTS,
    SAME,
    bars_of,
    impact_of,
    impact_of_swing,
    quality_of,
)
from simulator.documents.assurance.structure import STRUCTURE
from simulator.places import data_folder

ROOT = data_folder("scenarios").parent


@functools.cache
def shipped() -> Answers:
    return answers()


@functools.cache
def logs() -> dict[str, Log]:
    return {log.name: log for log in logs_of(shipped())}


# Ratings.


def value(**changes: Any) -> dict[str, Any]:
    row = {"name": "x.y", "value": 10.0, "low": 8.0, "high": 12.0, "standing": "read", "source": "s", "where": ""}
    return {**row, **changes}


@pytest.mark.parametrize(
    ("row", "grade"),
    [
        (value(), "Green"),
        (value(standing="derived"), "Green"),
        (value(standing="transcribed"), "Amber"),
        (value(standing="assumed"), "Amber"),
        (value(standing="unverified"), "Red"),
        (value(standing="derived", where="Table E1, not seen"), "Red"),
        (value(low=5.0, high=15.0), "Green"),  # as wide as the value, and no wider
        (value(low=4.9, high=15.0), "Amber"),
        (value(standing="assumed", low=4.9, high=15.0), "Red"),
        (value(standing="unverified", low=0.0, high=30.0), "Red"),
        (value(value=0.0, low=0.0, high=1.0), "Amber"),
        (value(low=None, high=None), "Green"),
        (value(standing="assumed", low=None, high=None), "Red"),
        (value(source="old"), "Amber"),
        (value(name="old.burglary"), "Amber"),
        (value(source="old", standing="unverified"), "Red"),
    ],
)
def test_quality_follows_its_rule(row: dict[str, Any], grade: str) -> None:
    assert quality_of(row, {"old": "new"}).grade == grade


def test_a_superseded_source_is_named_with_what_replaces_it() -> None:
    assert quality_of(value(source="old"), {"old": "new"}).why == "read; source superseded by new"


@pytest.mark.parametrize(
    ("swing", "flips", "noise", "impact"),
    [
        (25.0, False, False, "High"),
        (24.9, False, False, "Medium"),
        (5.0, False, False, "Medium"),
        (4.9, False, False, "Low"),
        (4.9, True, False, "High"),
        (4.9, True, True, "Low"),
        (0.0, False, False, "Low"),
    ],
)
def test_impact_follows_its_rule(swing: float, flips: bool, noise: bool, impact: str) -> None:
    assert impact_of_swing(swing, 100.0, flips, noise) == impact


@given(st.floats(0, 1e7), st.floats(0, 1e7), st.floats(1, 1e7), st.booleans())
def test_a_wider_swing_never_matters_less(one: float, other: float, largest: float, flips: bool) -> None:
    low, high = (IMPACTS.index(impact_of_swing(each, largest, flips, False)) for each in sorted((one, other)))
    assert low <= high


def test_of_several_inputs_the_highest_impact_counts_and_is_named() -> None:
    bars = {each["name"]: each for each in (bar("a", 100.0), bar("b", 4.0), bar("c", 6.0))}
    assert impact_of(["b"], bars).grade == "Low"
    assert impact_of(["b", "c", "z"], bars).grade == "Medium"
    assert impact_of(["b", "c", "z"], bars).why.startswith("largest of 2, c: ")
    assert impact_of(["z"], bars).grade == impact_of(["a"], {}).grade == impact_of([], bars).grade == "Not tested"


@pytest.mark.parametrize("name", SAME)
def test_a_tornado_of_something_else_is_not_used(name: str) -> None:
    made = answers()
    assert len(bars_of(made)) == len(BARS)
    made["tornado"][name] = "other"
    assert bars_of(made) == {}
    log = assumptions_log(made)
    tested = [row for row in log.rows if not row["Assumption ID"].startswith("S.") and row["Impact"] != "Not tested"]
    assert [row["Assumption ID"] for row in tested] == [f"horr99.{NOT_OCCURRING}"]
    assert any("no input has been tested" in words for words in log.about)


# Assumptions.


def test_every_input_that_is_not_a_choice_is_in_one_assumption() -> None:
    comparison = shipped()["comparison"]
    held = Counter(row["name"] for each in assumptions_of(comparison) for row in each.rows)
    assert held == Counter(row["name"] for row in comparison["inputs"] if row["standing"] != "choice")


def test_what_stands_or_falls_together_is_one_assumption() -> None:
    sizes = {each.name: len(each.rows) for each in assumptions_of(shipped()["comparison"])}
    together = {
        "sentence_bands": 12,
        "cohort.people": 15,
        "cohort.rate_ratio": 15,
        "horr99.multipliers": 21,
        "horr99.robbery": 9,
    }
    assert {name: sizes[name] for name in together} == together
    assert {"deflators", "offence_types.severity_tier", "offence_mixes.burglary_led", "population.served_share"} <= set(
        sizes
    )


def test_an_assumption_has_the_quality_of_its_worst_value() -> None:
    made = answers()
    (share,) = [row for row in made["comparison"]["inputs"] if row["name"] == "offence_mixes.burglary_led.robbery"]
    assert row_of(assumptions_log(made), "offence_mixes.burglary_led")["Standing"] == "assumed"
    share["standing"] = "unverified"
    row = row_of(assumptions_log(made), "offence_mixes.burglary_led")
    assert (row["Quality RAG"], row["Standing"]) == ("Red", "assumed; unverified")


def test_ratings_reach_the_log() -> None:
    log = logs()["assumptions"]
    assert row_of(log, "effect.occasions_ratio")["Impact"] == "High"
    assert (
        row_of(log, "programme.place_year")["Impact"] == "High"
    )  # its bar is costs.place_year; a quarter of the largest
    assert row_of(log, "population.pool_per_place")["Impact"] == "Medium"
    assert row_of(log, "offence_mixes.burglary_led")["Impact"] == "Low"
    assert row_of(log, "population.recalls_per_year")["Impact"] == "Low"  # flips, but within noise
    assert row_of(log, "population.served_share")["Impact"] == "Not tested"
    assert row_of(log, "population.served_share")["Quality RAG"] == "Red"
    assert row_of(log, "S.pool")["Impact"] == "Medium"
    assert row_of(log, "S.deselection")["Reason for impact"] == "no single value stands for it"


def test_values_come_in_order_of_impact_after_the_structure() -> None:
    rows = logs()["assumptions"].rows
    assert [row["Assumption ID"] for row in rows[: len(STRUCTURE)]] == [f"S.{item.name}" for item in STRUCTURE]
    order = [IMPACTS.index(row["Impact"]) for row in rows[len(STRUCTURE) :]]
    assert order == sorted(order, reverse=True)
    assert rows[len(STRUCTURE)]["Assumption ID"] == "effect.occasions_ratio"


def test_values_are_printed_with_unit_price_year_and_range() -> None:
    log = logs()["assumptions"]
    place = row_of(log, "programme.place_year")
    assert (place["Value"], place["Range"]) == ("£500 per place per year (2015/16 prices)", "0 to 2,000")
    assert row_of(log, "horr99.domestic_burglary")["Value"] == "£5,930 per crime (2015/16 prices)"
    assert row_of(log, "effect.offences_per_occasion_ratio")["Range"] == "None: both ends are the value"
    people = row_of(log, "cohort.people")
    assert (people["Value"], people["Range"]) == ("15 values, from 0 to 17 people", "0 of 15 have a range of their own")


def test_offences_that_do_not_occur_are_one_row_that_moves_nothing() -> None:
    row = row_of(logs()["assumptions"], f"horr99.{NOT_OCCURRING}")
    assert row["Impact"] == "Low"
    assert not any(row["Assumption ID"] == "horr99.homicide" for row in logs()["assumptions"].rows)


def test_owners_and_reviews_are_left_to_the_reader() -> None:
    for row in logs()["assumptions"].rows:
        assert row["Owner"] == "To be filled in by the reader"
        assert row["Date of last review"] == "Not reviewed: to be filled in by the owner"


def test_every_pair_of_grades_has_advice() -> None:
    said = {(quality, impact): advice(quality, impact) for quality in GRADES for impact in IMPACTS}
    assert all(said.values())
    assert said["Red", "High"] != said["Green", "High"] != said["Green", "Low"]


def test_structural_assumptions_name_files_that_exist_and_inputs_that_are_there() -> None:
    names = {row["name"] for row in shipped()["comparison"]["inputs"]}
    for item in STRUCTURE:
        for word in re.findall(r"\b(?:docs|simulator|scenarios)/[\w./-]+", item.source):
            assert (ROOT / word).exists(), word
        assert set(item.levers) <= names
        assert {name.replace("costs.", "programme.") for name in item.bars} <= names
        assert item.quality in GRADES
