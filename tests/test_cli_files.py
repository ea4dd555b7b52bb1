"""What commands write: folders of results and new scenarios, whole or not at all, and never over anything."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from commands import SMALL, TWO_ARMS, Run, command, left_in

from simulator.scenario.layers import scheme_names

# Folders of results.


def test_a_folder_of_results_holds_the_document_the_tables_and_the_summary(run: Run, tmp_path: Path) -> None:
    answer = run(*TWO_ARMS, "--format", "json", "--out", "results")
    folder = tmp_path / "results"
    assert answer.code == 0
    assert "Written to results" in answer.err
    assert json.loads((folder / "results.json").read_text("utf-8")) == json.loads(answer.out)
    assert {"results.json", "summary.txt", "arms.csv", "inputs.csv", "costs.csv"} <= set(left_in(folder))
    assert [path.name for path in tmp_path.iterdir()] == ["results"]
    rows = list(csv.DictReader(io.StringIO((folder / "costs.csv").read_text("utf-8"))))
    mine = sum(
        float(row["present_value_gbp"]) for row in rows if row["arm"] == "as_run" and row["section"] == "programme"
    )
    assert mine == pytest.approx(json.loads(answer.out)["arms"][1]["programme_cost_gbp"], abs=0.01)


def test_a_folder_that_holds_something_is_refused_before_anything_is_simulated(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("simulated all the same")

    from simulator.appraisal import comparison

    monkeypatch.setattr(comparison, "run", never)
    monkeypatch.setattr(comparison, "run_to_precision", never)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine", "utf-8")
    (tmp_path / "file").write_text("mine", "utf-8")
    for folder, message in (("full", "something here already"), ("file", "already"), ("file/x", "cannot be made")):
        answer = run(*TWO_ARMS, "--out", folder)
        assert answer.code == 2
        assert message in answer.err
        assert answer.out == ""
    assert left_in(tmp_path) == ["file", "full", "mine.txt"]


def test_an_empty_folder_is_filled(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run(*TWO_ARMS, "--out", "empty").code == 0
    assert "results.json" in left_in(tmp_path / "empty")


def test_nothing_is_left_behind_when_writing_fails(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from simulator.cli import output

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(output, "costs_table", full)
    answer = run(*TWO_ARMS, "--out", "deep/down/results")
    assert answer.code == 2
    assert "No space left on device" in answer.err
    assert left_in(tmp_path) == []


@pytest.mark.slow
def test_several_scenarios_are_written_whole_or_not_at_all(run: Run, tmp_path: Path) -> None:
    assert run("compare", "leeds:as_run", "southwark:as_run", *SMALL, "--out", "both").code == 0
    assert sorted(path.name for path in (tmp_path / "both").iterdir()) == ["leeds", "southwark"]
    assert run("compare", "leeds:as_run", "nowhere", *SMALL, "--out", "none").code == 2
    assert not (tmp_path / "none").exists()


def test_two_scenarios_of_one_name_cannot_share_a_folder(run: Run, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.yaml").write_text("extends: leeds\ntitle: t\nwhy: w\n", "utf-8")
    answer = run("compare", "a/x.yaml", "b/x.yaml", *SMALL, "--out", "both")
    assert answer.code == 2
    assert "two scenarios are named 'x'" in answer.err


# New.


@pytest.mark.parametrize("scheme", scheme_names())
def test_a_new_scenario_from_any_scheme_is_taken_by_compare(run: Run, tmp_path: Path, scheme: str) -> None:
    made = run("new", "my_area", "--from", scheme)
    assert made.code == 0
    assert left_in(tmp_path) == ["my_area.yaml"]
    options = ["-n", "1", "--workers", "1", "--set", "appraisal.horizon_years=1", "--format", "json"]
    mine = json.loads(run("compare", "my_area.yaml:as_run", *options).out)
    theirs = json.loads(run("compare", f"{scheme}:as_run", *options).out)
    assert mine["arms"][0]["proven_offences"]["level"] == theirs["arms"][0]["proven_offences"]["level"]
    people = [row for row in mine["inputs"] if row["name"].endswith(".people")]
    assert people
    assert all((row["standing"], row["source"]) == ("choice", "") for row in people)


def test_a_new_scenario_may_have_the_name_of_the_scheme_it_stands_on(run: Run) -> None:
    assert run("new", "leeds", "--from", "leeds").code == 0
    assert run("compare", "leeds.yaml:as_run", "-n", "1", "--set", "appraisal.horizon_years=1").code == 0


def test_a_file_that_is_there_is_never_written_over(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("precious", "utf-8")
    for name in ("mine", "mine.yaml"):
        answer = run("new", name)
        assert answer.code == 2
        assert "nothing is written over it" in answer.err
    assert (tmp_path / "mine.yaml").read_text("utf-8") == "precious"


@pytest.mark.slow
def test_new_works_from_any_folder_in_a_process_of_its_own(tmp_path: Path) -> None:
    made = command("new", "my_area", "--from", "southwark", folder=tmp_path)
    assert made.code == 0
    assert command("compare", "my_area.yaml:as_run", *SMALL, folder=tmp_path).code == 0
