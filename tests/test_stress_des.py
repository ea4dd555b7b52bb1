"""The STRESS-DES table: all 24 rows, every state, clock and group of inputs in it, and nothing of another run."""

from __future__ import annotations

import functools
import re

import pytest
from made_assurance import Answers, answers
from small_runs import scenario_with

from simulator.charts.transitions import STATES
from simulator.documents.assurance.stress import ITEMS, stress_markdown, stress_table
from simulator.documents.assurance.stress_logic import ATTRIBUTES, RULE_WORDS
from simulator.documents.assurance.stress_run import INPUT_GROUPS
from simulator.model.person import Person
from simulator.model.states import (
    DESELECTION_CODES,
    EVENTS,
    JUSTICE_STATES,
    RAG_STATUSES,
    SCHEME_STATES,
    SELECTION_RULES,
)
from simulator.scenario.fields import COST_TABLES, SECTIONS
from simulator.scenario.layers import scheme_names

NUMBERS = [
    "1.1", "1.2", "1.3",
    "2.1", "2.2", "2.3", "2.4", "2.5.1", "2.5.2", "2.5.3", "2.5.4", "2.5.5",
    "3.1", "3.2", "3.3", "3.4",
    "4.1", "4.2", "4.3",
    "5.1", "5.2", "5.3", "5.4",
    "6.1",
]  # fmt: skip


@functools.cache
def shipped() -> Answers:
    return answers()


def said(number: str, made: Answers | None = None) -> str:
    (row,) = [row for row in stress_table(made or shipped()).rows if row["Item"] == number]
    return row["Description"]


def changed(name: str, value: object) -> Answers:
    made = answers()
    (row,) = [row for row in made["comparison"]["inputs"] if row["name"] == name]
    row["value"] = value
    return made


def test_it_has_all_24_rows_in_order() -> None:
    assert [item.number for item in ITEMS] == NUMBERS
    assert all(item.section.startswith(item.number[0]) for item in ITEMS)
    assert all(row["Description"] for row in stress_table(shipped()).rows)


def test_every_state_clock_and_code_of_the_model_is_named() -> None:
    diagram = said("2.1")
    for name in (*JUSTICE_STATES, *SCHEME_STATES, *RAG_STATUSES, *DESELECTION_CODES):
        assert name in diagram
    assert all(name in diagram for part in STATES.values() for name in part)
    for event in EVENTS:
        assert event in said("2.4")
        assert f"{event[0].upper()}{event[1:]}: " in said("2.5.2")
    assert all(name in said("2.5.4") for name in SELECTION_RULES)


def test_every_selection_rule_and_attribute_has_words() -> None:
    assert set(RULE_WORDS) == set(SELECTION_RULES)
    assert set(ATTRIBUTES) <= set(Person.__annotations__)
    assert all(name in said("2.5.1") for name in ATTRIBUTES)


def test_every_group_of_inputs_is_named_and_counted() -> None:
    for row in shipped()["comparison"]["inputs"]:
        assert f"{row['name'].partition('.')[0]}: " in said("3.3")
    numbers = [int(each) for each in re.findall(r"\((\d+)\)", said("3.3"))]
    assert sum(numbers) == len(shipped()["comparison"]["inputs"])


@pytest.mark.parametrize("name", scheme_names())
def test_no_scheme_has_a_group_of_inputs_without_words(name: str) -> None:
    base = scenario_with(name=name).baseline
    groups = {each.partition(".")[0] for each in (*base.quantities, *base.levers)} - {"costs"}
    assert groups <= set(INPUT_GROUPS) | set(COST_TABLES)
    assert set(SECTIONS) <= set(INPUT_GROUPS)


def test_an_unknown_group_of_inputs_is_not_passed_over() -> None:
    made = answers()
    made["comparison"]["inputs"].append({**made["comparison"]["inputs"][0], "name": "weather.rain"})
    with pytest.raises(KeyError, match="weather"):
        said("3.3", made)


def test_rows_follow_the_answers() -> None:
    made = answers()
    comparison = made["comparison"]
    comparison["seed"], comparison["replications"], comparison["horizon_years"] = 77, 1234, 9
    comparison["run"]["engine"] = "simpy"
    comparison["run"]["packages"] = {"simpy": "9.9"}
    assert "Seed 77;" in said("5.2", made)
    assert said("4.3", made).startswith("1,234 independent replications")
    assert said("4.2", made).startswith("9 years")
    assert "This report: simpy." in said("5.3", made)
    assert "simpy 9.9" in said("5.1", made)
    assert "--replications 1234 --seed 77" in said("6.1", made)


def test_rows_follow_the_inputs() -> None:
    assert "Discipline here: first come: the longest in line first;" in said(
        "2.5.4", changed("programme.selection_rule", "first come")
    )
    assert "by cohort priority" in said("2.5.4", changed("programme.by_priority", True))
    assert "do not return" in said("2.5.4", changed("programme.reselection", False))
    assert "0.05 a year" in said("2.5.5", changed("population.arrivals_per_year", 0.05))
    assert "nobody arrives" in said("2.5.5")
    assert "GREEN after 2 months" in said("2.2", changed("programme.green_months", 2.0))
    assert "GREEN after 1 month," in said("2.2")
    assert said("4.1", changed("population.history_years", 12.0)).startswith(
        "Terminating. Every replication starts 12 years"
    )
    assert "run since 7 years" in said("4.1")
    assert "starts no earlier" in said("4.1", changed("programme.start_year", 0.0))


def test_what_each_choice_changes_is_said() -> None:
    assert "'Cut a quarter': programme.offender_managers = 3.75" in said("2.3")
    assert "'As run': nothing" in said("2.3")


def test_only_experiments_that_were_made_are_listed() -> None:
    assert "each uncertain input at both ends of its range" in said("1.3")
    assert "numbers of places" not in said("1.3")
    assert "Besides" not in said("1.3", {"comparison": shipped()["comparison"]})


def test_as_markdown_it_is_a_table_for_each_section_and_shows_the_map() -> None:
    lines = stress_markdown(shipped()).splitlines()
    assert [line.split(" | ")[0][2:] for line in lines if re.match(r"\| \d", line)] == NUMBERS
    assert len([line for line in lines if line.startswith("## ")]) == 7
    assert all(len(re.split(r"(?<!\\)\|", line)) == 5 for line in lines if line.startswith("| "))
    assert any(line.startswith("![") and "(model_map.svg)" in line for line in lines)
