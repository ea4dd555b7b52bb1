"""The logs of data, decisions, checks and risks: complete, from the answers alone, and nobody and nothing made up."""

from __future__ import annotations

import functools
import re
from collections import Counter
from pathlib import Path

import pytest
from made_assurance import BARS, Answers, answers, row_of

from simulator.documents.assurance import Log, logs_of
from simulator.documents.assurance.decisions import decided, decision_log, decision_records
from simulator.documents.assurance.quality import qa_log
from simulator.documents.assurance.readings import preferred
from simulator.documents.assurance.risks import band_of, risk_log
from simulator.documents.assurance.sources import data_log
from simulator.evaluation.audit import Verdict, audit
from simulator.places import data_folder
from simulator.report.named import named, without_names
from simulator.report.text import pounds

ROOT = data_folder("scenarios").parent


@functools.cache
def shipped() -> Answers:
    return answers()


@functools.cache
def logs() -> dict[str, Log]:
    return {log.name: log for log in logs_of(shipped())}


# Data.


def test_every_source_is_in_the_data_log_with_all_that_was_taken_from_it() -> None:
    comparison, log = shipped()["comparison"], logs()["data"]
    taken = Counter(row["source"] for row in comparison["inputs"] if row["source"])
    assert {row["Source ID"]: int(row["Number of values"]) for row in log.rows} == dict(taken)
    for row in log.rows:
        assert sum(map(int, re.findall(r"(\d+) \w+", row["How the values were seen"]))) == taken[row["Source ID"]]
    assert row_of(log, "horr99")["Superseded by"] == "ho_2019_20"
    assert "4 unverified" in row_of(log, "horr99")["How the values were seen"]


def test_the_data_log_says_what_the_audit_found() -> None:
    findings = audit(data_folder("evidence") / "southwark_2018.yaml")
    row = row_of(data_log(shipped()), "southwark_2018")
    follow = sum(each.verdict is Verdict.FOLLOWS for each in findings)
    assert row["Checks of its own figures"].startswith(f"{len(findings)} checks: {follow} follow, ")
    doubtful = [each.relation.figure for each in findings if each.verdict is Verdict.DOES_NOT_FOLLOW]
    assert doubtful
    assert all(f"{figure}: " in row["Figures not to quote as they stand"] for figure in doubtful)
    assert row_of(logs()["data"], "green_book_2026")["Checks of its own figures"].startswith("Not audited")


# Decisions.


def test_every_decision_record_is_in_the_log_with_its_own_date() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert len(records) >= 9
    for path in records:
        row, text = row_of(logs()["decisions"], f"D-{path.name[:4]}"), path.read_text("utf-8")
        assert row["Decision name"] in text.splitlines()[0]
        assert f"*Decided* {row['Date of decision']}." in text
        assert row["Plain English description of decision"].endswith(f"docs/decisions/{path.name}.")


def test_a_decision_is_told_in_whole_sentences(tmp_path: Path) -> None:
    path = tmp_path / "0042-x.md"
    path.write_text(
        "# 42. A *title*\n\nIt is so. Because of\nthis: and\n\nNot told.\n\n*Told* `too`. It is.\n", "utf-8"
    )
    found = decided(path)
    assert (found.number, found.date, found.words) == ("0042", "", "It is so. Told too. It is.")
    path.write_text("No title.\n", "utf-8")
    with pytest.raises(ValueError, match="first line"):
        decision_records(tmp_path)


def test_a_record_without_a_date_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "0042-x.md").write_text("# 42. A title\n\nIt is so.\n", "utf-8")
    monkeypatch.setattr("simulator.documents.assurance.decisions.data_folder", lambda name: tmp_path)
    assert row_of(decision_log(shipped()), "D-0042")["Date of decision"] == "not stated in the record"


@pytest.mark.parametrize(("choice", "other"), [("costing", "inclusive"), ("counting", "multiplied")])
def test_a_choice_says_what_its_alternative_gives(choice: str, other: str) -> None:
    comparison = shipped()["comparison"]
    beside = {"costing": comparison["costing"], "counting": comparison["counting"], choice: other}
    (row,) = [each for each in comparison["alternatives"] if {**each, **beside} == each and each["name"] == "as_run"]
    said = row_of(logs()["decisions"], f"R-{choice}")["Plain English description of decision"]
    assert f"{pounds(row['npsv_gbp'])} with {other}" in said


def test_the_preferred_arm_is_the_one_with_the_highest_npsv() -> None:
    comparison = shipped()["comparison"]
    assert preferred(comparison, {"as_run": 1.0, "cut_a_quarter": 2.0}) == "Cut a quarter"
    assert preferred(comparison, {"as_run": -1.0}) == "No IOM"


def test_values_set_by_hand_are_decisions() -> None:
    made = answers()
    made["comparison"]["run"]["overrides"] = {"programme.places": "120"}
    row = row_of(decision_log(made), "R-set-programme.places")
    assert row["Plain English description of decision"].startswith("programme.places = 120")


def test_the_columns_are_those_of_the_template() -> None:
    assert logs()["decisions"].headings == (
        "Decision ID", "Decision name", "Date of decision", "Plain English description of decision",
        "Name of person or group signing off", "Role of person or group signing off", "Decision Status",
        "Date of last review or update", "Reviewed by", "Date of next review",
    )  # fmt: skip
    assert logs()["qa"].headings == (
        "QA Round", "QA Type", "Name of reviewer(s)", "Contact email for review team", "Start Date", "End Date",
        "Summary of Findings", "URL link(s) to review results", "Sign off By Assurer",
    )  # fmt: skip


def test_nobody_and_no_date_is_made_up() -> None:
    for row in logs()["decisions"].rows:
        people = [row[name] for name in ("Name of person or group signing off", "Reviewed by")]
        dates = [row["Date of last review or update"], row["Date of next review"]]
        dates += [row["Date of decision"]] if row["Decision ID"].startswith("R-") else []
        assert all(cell.startswith("To be filled in by the ") for cell in (*people, *dates))
        assert "not signed off" in row["Decision Status"]
    for row in logs()["qa"].rows:
        assert row["Name of reviewer(s)"] in ("None: checked by the program", "To be filled in by the reviewer")
        cells = [row["Start Date"], row["End Date"], row["Sign off By Assurer"]]
        assert all(cell.startswith("To be filled in by ") for cell in cells)


# Quality assurance.


def test_the_qa_log_has_every_kind_of_verification_and_what_people_have_to_do() -> None:
    kinds = " ".join(row["QA Type"] for row in logs()["qa"].rows)
    for word in ("informal", "static", "unit", "integration", "stress", "symbolic", "constraint", "formal"):
        assert word in kinds
    assert "Validation: conceptual" in kinds
    people = [row for row in logs()["qa"].rows if row["QA Round"].startswith("3")]
    assert people
    assert all(row["Summary of Findings"].startswith("Not yet done.") for row in people)


def test_checks_of_the_program_claim_no_result_and_name_files_that_exist() -> None:
    rows = [row for row in logs()["qa"].rows if row["QA Round"].startswith("1")]
    for row in rows:
        assert "run `python run.py check`" in row["Summary of Findings"]
        for path in row["URL link(s) to review results"].split("; "):
            assert (ROOT / path).exists(), path


def test_the_qa_log_counts_the_misses_of_the_fit() -> None:
    made = answers()
    target = {"figure": "a", "reported": 1.0, "modelled": 2.0, "standard_error": 1.0, "miss": -2.5, "role": "fitted"}
    made["comparison"]["fit"]["targets"] = [
        target,
        {**target, "figure": "b", "miss": 2.0},
        {**target, "figure": "c", "miss": None},
        {**target, "figure": "d", "role": "predicted", "miss": 1.0},
    ]
    said = [row["Summary of Findings"] for row in qa_log(made).rows]
    assert any(
        "1 of 3 figures of bedfordshire_2019 that were fitted miss" in each and "a (−2.5)" in each for each in said
    )
    assert any("0 of 1 figure of bedfordshire_2019 that were predicted miss" in each for each in said)
    made["comparison"]["fit"] = None
    assert any(row["Summary of Findings"].startswith("No fit:") for row in qa_log(made).rows)


def test_the_qa_log_holds_what_the_answers_show_and_no_more() -> None:
    said = " ".join(row["Summary of Findings"] for row in logs()["qa"].rows)
    assert "falls of 11% to 78% over 2 structural choices, beside a reported fall of 71%" in said
    assert f"{len(BARS)} inputs moved one at a time" in said
    assert "More." not in said
    assert "In 300 draws it pays back in 36%." in said
    alone = " ".join(row["Summary of Findings"] for row in qa_log({"comparison": shipped()["comparison"]}).rows)
    assert "draws" not in alone
    assert "one at a time" not in alone
    assert "southwark_2018.profile_not_included.without_records" in alone


# Risks.


@pytest.mark.parametrize(
    ("score", "band"), [(1, "Green"), (10, "Green"), (11, "Amber"), (14, "Amber"), (15, "Red"), (25, "Red")]
)
def test_bands_are_those_of_the_template(score: int, band: str) -> None:
    assert band_of(score) == band


def test_scores_are_products_in_their_band_the_highest_first() -> None:
    log = logs()["risks"]
    scores = []
    for row in log.rows:
        likelihood, impact = (int(row[f"{name} (1 to 5, our judgement)"]) for name in ("Likelihood", "Impact"))
        assert 1 <= likelihood <= 5 and 1 <= impact <= 5
        assert int(row["Score"]) == likelihood * impact
        assert row["Band"] == band_of(likelihood * impact)
        scores.append(likelihood * impact)
    assert scores == sorted(scores, reverse=True)
    assert "assumed judgement" in log.about[0]


def risk_names(made: Answers) -> set[str]:
    return {row["Risk ID"] for row in risk_log(made).rows}


def test_a_risk_is_listed_only_where_it_holds() -> None:
    made = answers()
    comparison = made["comparison"]
    assert {"superseded-costs", "unverified", "before-after", "fit"} <= risk_names(made)
    for source in comparison["sources"]:
        source["superseded_by"] = None
    for row in comparison["inputs"]:
        row["standing"] = "read"
    comparison["reported_fall"] = comparison["fit"] = None
    for row in comparison["alternatives"]:
        row["npsv_gbp"] = -1.0
    names = risk_names(made)
    assert not names & {"superseded-costs", "unverified", "before-after", "fit", "counting", "costing"}
    for row in comparison["alternatives"]:
        if row["counting"] == "multiplied":
            row["npsv_gbp"] = 1.0
    assert "counting" in risk_names(made)


def test_noise_is_a_greater_risk_where_it_is_as_large_as_the_answer() -> None:
    made = answers()
    (arm,) = [arm for arm in made["comparison"]["arms"] if arm["name"] == "as_run"]
    found = []
    for half in (0.05, 0.5, 2.0):
        arm["simulation_interval"]["npsv_gbp"] = [arm["npsv_gbp"] - half * 1e6, arm["npsv_gbp"] + half * 1e6]
        arm["npsv_gbp"] = -1e6
        found.append(row_of(risk_log(made), "noise")["Likelihood (1 to 5, our judgement)"])
    arm["simulation_interval"]["npsv_gbp"] = None
    assert [*found, row_of(risk_log(made), "noise")["Likelihood (1 to 5, our judgement)"]] == ["1", "3", "5", "5"]


# All.


def test_numbers_that_know_their_names_give_the_same_words() -> None:
    marked = logs_of({name: named(answer, name) for name, answer in shipped().items()})
    for plain, log in zip(logs().values(), marked, strict=True):
        assert [{key: without_names(cell) for key, cell in row.items()} for row in log.rows] == list(plain.rows)


def test_rows_have_their_headings_and_ids_are_unique() -> None:
    for log in logs().values():
        assert all(tuple(row) == log.headings for row in log.rows)
        assert all(isinstance(cell, str) for row in log.rows for cell in row.values())
    for name in ("assumptions", "data", "decisions", "risks"):
        ids = [row[logs()[name].headings[0]] for row in logs()[name].rows]
        assert len(ids) == len(set(ids))


def test_words_keep_to_what_may_be_said() -> None:
    said = " ".join(cell for log in logs().values() for row in log.rows for cell in row.values()).lower()
    assert "proves" not in said
    assert "saves £" not in said
    assert "−£0" not in said
