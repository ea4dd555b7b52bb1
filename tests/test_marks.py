"""Marks of results that rest on unverified or superseded figures: where they stand, and where they must not."""

from __future__ import annotations

import csv
import functools
import io
import json
from typing import Any

import pytest
from commands import SMALL, Run
from small_runs import compared, library, scenario_with

from simulator.report.arms import arm_rows
from simulator.report.mark_words import explained, marked, noted, signs, under
from simulator.report.marks import MEASURES, marks_before
from simulator.report.results import results_of
from simulator.report.text import about, comparison_text, table

U, OLD = "[u]", "[old]"
COUNTS = ("crimes", "proven_offences", "arrests", "custody_days", "people_reoffending", "managed_person_years")
MONEY = ("benefit_gbp", "npsv_gbp", "benefit_per_pound")


@functools.cache
def document(*settings: str, name: str = "leeds:as_run") -> dict[str, Any]:
    return results_of(compared(*settings, "appraisal.horizon_years=2", name=name, replications=2))


def marks_on(field: str, *settings: str) -> list[str]:
    return list(document(*settings)["arms"][1]["marks"][field])


def test_money_of_a_superseded_table_carries_its_mark_and_counts_do_not() -> None:
    for field in MONEY:
        assert marks_on(field) == [U, OLD]
    for field in (*COUNTS, "programme_cost_gbp"):
        assert marks_on(field) == [U], field


def test_the_newest_table_carries_no_old_mark() -> None:
    assert {OLD} & {sign for field in MONEY for sign in marks_on(field, "appraisal.cost_table=ho_2019_20")} == set()
    multiplied = ("appraisal.cost_table=ho_2019_20", "appraisal.counting=multiplied")
    assert marks_on("npsv_gbp", *multiplied) == [U, OLD]  # multipliers of commercial crimes come from the 2011 toolkit


def test_a_value_set_by_hand_is_a_choice_and_no_longer_remembered() -> None:
    chosen = ("population.served_share=0.5",)
    for field in (*COUNTS, "programme_cost_gbp"):
        assert marks_on(field, *chosen) == [], field
    assert marks_on("npsv_gbp", *chosen) == [U, OLD]  # unit costs remembered are still behind it
    through = {mark["sign"]: mark["through"] for mark in document(*chosen)["marks"]}
    assert through[U] == ["horr99.violence_without_injury", "horr99.theft_from_person"]


def test_an_offence_that_nobody_commits_marks_nothing() -> None:
    through = {mark["sign"]: mark["through"] for mark in document()["marks"]}
    assert "horr99.homicide" not in through[U]  # unverified, and in no mix
    assert "horr99.fraud" not in through[U]
    assert "horr99.commercial_burglary" not in through[OLD]  # a figure of the later edition, though in the old table
    assert "horr99.domestic_burglary" in through[OLD]  # quoted by a report, but a figure of the old table


def test_the_comparator_carries_no_mark() -> None:
    assert all(found == [] for found in document()["arms"][0]["marks"].values())


def test_every_mark_says_what_it_means_and_what_carries_it() -> None:
    marks = {mark["sign"]: mark for mark in document()["marks"]}
    assert set(marks) == {U, OLD}
    assert (marks[U]["name"], marks[OLD]["name"]) == ("unverified", "superseded")
    assert "population.served_share" in marks[U]["meaning"]
    assert "horr99 (by ho_2019_20)" in marks[OLD]["meaning"]
    assert set(marks[U]["fields"]) == set(MEASURES)
    assert set(marks[OLD]["fields"]) == set(MONEY)


def test_signs_stand_under_headings_and_are_explained_above_the_table() -> None:
    text = comparison_text(document())
    lines = text.splitlines()
    top = next(number for number, line in enumerate(lines) if line.startswith("Funding choice"))
    assert lines[top + 1].split() == [U, U, U, U + OLD, U + OLD, U + OLD]
    assert text.index("[u] = low reliability") < text.index("Funding choice")
    assert text.index("[old] = ") < text.index("Funding choice")
    assert "Benefits, NPSV, benefit per £1 carry [u][old]; programme costs, counts carry [u]." in " ".join(text.split())
    assert all(U in sentence for sentence in about(document()["arms"][1]))


def test_signs_are_never_those_that_statistics_use_for_something_else() -> None:
    taken = {f"[{each}]" for each in ("b", "c", "e", "er", "f", "low", "ns", "p", "r", "s", "ss", "sss", "w", "x", "z")}
    assert {mark["sign"] for mark in document()["marks"]} & taken == set()


def test_rows_have_their_marks_in_a_column_of_notes() -> None:
    rows = arm_rows(document())
    assert list(rows[0])[-1] == "marks"
    assert rows[0]["marks"] == ""
    assert rows[1]["marks"].startswith("[u] programme_cost_gbp, ")
    assert rows[1]["marks"].endswith("; [old] benefit_gbp, npsv_gbp, benefit_per_pound")
    assert noted({}) == ""


ANSWERS = {
    "funding": ["funding", "leeds", "--places", "10,20", "--draws", "0"],
    "difference": ["difference", "leeds:as_run"],
    "decision": ["decision", "leeds:as_run", "--draws", "20"],
    "tornado": ["sweep", "leeds:as_run", "--tornado", "--only", "effect"],
    "chances": ["sweep", "leeds:as_run", "--psa", "20", "--only", "effect"],
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_every_other_answer_is_marked_in_json_and_in_words(
    run: Run, answer: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = [*ANSWERS[answer], "-n", "2", "--set", "appraisal.horizon_years=1"]
    found = json.loads(run(*words, "--format", "json").out)
    assert [mark["sign"] for mark in found["marks"]] == [U, OLD]
    text = run(*words).out
    assert "[old] = rests on figures of" in text
    before, _, table_on = text.partition("carry [u].")
    assert U + OLD in table_on.partition("---")[0], before


def test_without_such_figures_another_answer_has_no_mark(
    run: Run, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    clean = ["--set", "appraisal.cost_table=ho_2019_20", "--set", "population.served_share=0.5"]
    said = run(*ANSWERS["difference"], "-n", "2", "--set", "appraisal.horizon_years=1", *clean).out
    assert "By what the programme does" in said
    assert not {U, OLD} & set(said.replace("]", "] ").split())


def test_prison_and_supervision_do_not_carry_the_mark_of_the_crime_table() -> None:
    marks = {mark["sign"]: mark["fields"] for mark in marks_before(scenario_with(name="leeds"), library())}
    assert "crime_gbp" in marks[OLD]
    assert not {"prison_gbp", "supervision_gbp", "police_and_courts_gbp", "programme_gbp"} & set(marks[OLD])
    assert {"prison_gbp", "supervision_gbp", "police_and_courts_gbp", "programme_gbp"} <= set(marks[U])


def test_what_is_known_before_a_run_is_what_the_run_finds() -> None:
    before = {mark["sign"]: mark["through"] for mark in marks_before(scenario_with(name="leeds"), library())}
    after = {mark["sign"]: mark["through"] for mark in document(name="leeds")["marks"]}
    assert {sign: set(names) for sign, names in after.items()} == {sign: set(names) for sign, names in before.items()}


def test_without_marks_nothing_is_said_and_tables_are_as_they_were() -> None:
    assert explained({}) == signs({}, "npsv_gbp") == ""
    assert under("NPSV", {}, "npsv_gbp") == "NPSV"
    assert marked(("NPSV", "NPSV"), document(), {"NPSV": "npsv_gbp"}) == ["NPSV", f"NPSV\n{U}{OLD}"]
    assert table(("A", "B\nb"), [("x", "1")]) == "A  B\n   b\n-  -\nx  1"


def test_the_csv_of_the_command_has_the_notes(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("compare", "leeds:as_run", *SMALL, "--format", "csv").out)))
    assert "[old]" in rows[1]["marks"]
