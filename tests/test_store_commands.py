"""`runs` and `results`: what is there, what to type, and the rows in every form."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from pathlib import Path

import pytest
from commands import Answer, Run
from test_store import JOBS, begun, columns_of, completed, fill

import simulator.cli.runs  # noqa: F401  (registers the commands)

ROWS = sum(len(columns_of(number)["job"]) for number in range(JOBS))


def two_runs(base: Path) -> tuple[str, str]:
    """A finished run and one with two jobs done; their names."""
    completed(base)
    (finished,) = (path.name for path in base.iterdir())
    with begun(base, seed=2, command="python run.py sweep leeds --seed 2") as run:
        fill(run, [0, 5])
        return finished, run.folder.name


def one_liners(answer: Answer) -> list[str]:
    return [line.strip() for line in answer.out.splitlines() if line.strip().startswith(("pd.", "duckdb."))]


def test_runs_lists_what_is_there_and_what_to_type(run: Run, tmp_path: Path) -> None:
    finished, stopped = two_runs(tmp_path / "runs")
    answer = run("runs")
    lines = {line.split()[0]: line for line in answer.out.splitlines() if line.startswith("leeds")}
    assert (answer.code, answer.err) == (0, "")
    assert "6 of 6  finished" in lines[finished]
    assert "2 of 6  stopped" in lines[stopped]
    assert all("sweep  Places in Leeds" in line and line.endswith(" kB") for line in lines.values())
    assert answer.out.rstrip().endswith(
        "type its command again; what is done is kept:\n  python run.py sweep leeds --seed 2"
    )


def test_runs_in_other_forms_are_plain_values(run: Run, tmp_path: Path) -> None:
    finished, stopped = two_runs(tmp_path / "elsewhere")
    rows = json.loads(run("runs", "--runs", "elsewhere", "--format", "json").out)
    assert {row["run"]: (row["jobs_done"], row["jobs"], row["state"]) for row in rows} == {
        finished: (6, 6, "finished"),
        stopped: (2, 6, "stopped"),
    }
    size = sum(path.stat().st_size for path in (tmp_path / "elsewhere" / finished).rglob("*") if path.is_file())
    assert next(row["bytes"] for row in rows if row["run"] == finished) == size
    table = list(csv.DictReader(io.StringIO(run("runs", "--runs", "elsewhere", "--format", "csv").out)))
    assert [row["command"] for row in table] == [row["command"] for row in rows]


def test_a_run_at_work_says_so_and_is_not_disturbed(run: Run, tmp_path: Path) -> None:
    with begun(tmp_path / "runs") as mine:
        fill(mine, [0])
        assert "at work, pid" in run("runs").out
        assert "To go on" not in run("runs").out
        assert "1 of 6 jobs" in run("results", "leeds").err
        fill(mine, mine.missing())
        mine.finish()
    assert "finished" in run("runs").out


def test_the_folder_of_runs_may_come_from_the_environment(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finished, _ = two_runs(tmp_path / "mine")
    monkeypatch.setenv("IOM_RUNS", str(tmp_path / "mine"))
    assert finished in run("runs").out
    assert run("results", finished).code == 0
    assert finished not in run("runs", "--runs", "elsewhere").out


def test_no_runs_is_no_error_and_makes_no_folder(run: Run, tmp_path: Path) -> None:
    for form, out in (("table", ""), ("csv", "\n"), ("json", "[]\n")):
        answer = run("runs", "--format", form)
        assert (answer.code, answer.out) == (0, out)
        assert "There are no runs in runs yet" in answer.err
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_run_is_left_out_with_a_word(run: Run, tmp_path: Path) -> None:
    finished, stopped = two_runs(tmp_path / "runs")
    (tmp_path / "runs" / "photos").mkdir()
    (tmp_path / "runs" / "notes.txt").write_text("x", "utf-8")
    (tmp_path / "runs" / stopped / "ledger.sqlite").write_bytes(b"garbage" * 1000)
    answer = run("runs")
    assert answer.code == 0
    assert finished in answer.out
    assert stopped not in answer.out
    assert "photos is no run, and left out" in answer.err
    assert f"{stopped}: the ledger is damaged" in answer.err
    assert "notes.txt" not in answer.err


def test_results_are_shown_with_what_reads_them_elsewhere(run: Run, tmp_path: Path) -> None:
    finished, _ = two_runs(tmp_path / "runs")
    answer = run("results", finished)
    assert (answer.code, answer.err) == (0, "")
    assert f"{ROWS} rows, of which the first 20 are shown" in answer.out
    assert "npsv_gbp: NPSV, £ in 2019/20 prices" in answer.out
    assert one_liners(answer) == [
        f'pd.read_parquet("runs/{finished}/results.parquet")',
        f"duckdb.sql(\"from 'runs/{finished}/results.parquet'\")",
    ]
    assert len(re.findall(r"arm \d", answer.out)) == 20
    assert len(re.findall(r"arm \d", run("results", finished, "--rows", "3").out)) == 3
    assert f"{ROWS} rows. To read" in run("results", finished, "--rows", "1000").out


@pytest.mark.parametrize("which", [0, 1])
def test_the_one_liners_read_the_rows_as_they_are(run: Run, tmp_path: Path, which: int) -> None:
    duckdb = pytest.importorskip("duckdb")
    import pandas as pd

    name = two_runs(tmp_path / "it's a run")[which]
    with_pandas, with_duckdb = one_liners(run("results", name, "--runs", "it's a run"))
    rows = json.loads(run("results", name, "--runs", "it's a run", "--format", "json").out)["rows"]
    frames = [eval(with_pandas, {"pd": pd}), eval(with_duckdb, {"duckdb": duckdb}).df()]
    for frame in frames:
        assert sorted(frame["job"]) == [row["job"] for row in rows]
        known = [value for value in frame["npsv_gbp"] if math.isfinite(value)]
        assert sorted(known) == sorted(row["npsv_gbp"] for row in rows if row["npsv_gbp"] is not None)


def test_results_in_other_forms_hold_every_row_to_the_last_digit(run: Run, tmp_path: Path) -> None:
    finished, _ = two_runs(tmp_path / "runs")
    document = json.loads(run("results", finished, "--format", "json").out)
    assert document["run"]["state"] == "finished"
    assert document["columns"] == {
        "job": "number of the job",
        "npsv_gbp": "NPSV, £ in 2019/20 prices",
        "arm": "",
        "pays": "",
    }
    table = list(csv.DictReader(io.StringIO(run("results", finished, "--format", "csv").out)))
    values = [float(value) for number in range(JOBS) for value in columns_of(number)["npsv_gbp"]]
    assert [row["npsv_gbp"] for row in document["rows"]] == [None if math.isnan(value) else value for value in values]
    assert [row["npsv_gbp"] for row in table] == ["" if math.isnan(value) else repr(value) for value in values]
    assert {row["pays"] for row in document["rows"]} == {True, False}
    for form in ("json", "csv"):
        few = run("results", finished, "--format", form, "--rows", "2").out
        assert len(json.loads(few)["rows"] if form == "json" else few.splitlines()[1:]) == 2


def test_an_unfinished_run_shows_what_there_is_and_says_so(run: Run, tmp_path: Path) -> None:
    _, stopped = two_runs(tmp_path / "runs")
    answer = run("results", stopped, "--format", "csv")
    jobs = [row["job"] for row in csv.DictReader(io.StringIO(answer.out))]
    assert list(dict.fromkeys(jobs)) == ["0", "5"]
    assert answer.code == 0
    assert "unfinished: these are the rows of 2 of 6 jobs" in answer.err
    assert "To go on: python run.py sweep leeds --seed 2" in answer.err
    with begun(tmp_path / "new"):
        pass
    empty = run("results", "leeds", "--runs", "new")
    assert empty.code == 0
    assert "0 rows" in empty.out


def test_a_run_is_found_by_folder_name_or_a_beginning_that_only_one_has(run: Run, tmp_path: Path) -> None:
    finished, stopped = two_runs(tmp_path / "runs")
    only = finished[: next(place for place in range(len(finished)) if finished[place] != stopped[place]) + 1]
    for name in (finished, only, f"runs/{finished}", str(tmp_path / "runs" / finished)):
        assert json.loads(run("results", name, "--format", "json").out)["run"]["run"] == finished
    several = run("results", "leeds")
    assert several.code == 2
    assert "several runs begin with 'leeds'" in several.err
    assert finished in several.err
    assert stopped in several.err


@pytest.mark.parametrize(("wanted", "hint"), [("leads", "Did you mean 'leeds'?"), ("runs/leedz", "Known here: leeds")])
def test_a_mistyped_run_is_refused_with_the_nearest(run: Run, tmp_path: Path, wanted: str, hint: str) -> None:
    two_runs(tmp_path / "runs")
    answer = run("results", wanted)
    assert answer.code == 2
    assert f"there is no run '{wanted}'" in answer.err
    assert hint in answer.err
    assert "There are no runs here." in run("results", "x", "--runs", "nowhere").err


def test_damaged_results_are_refused_with_what_to_type(run: Run, tmp_path: Path) -> None:
    finished, _ = two_runs(tmp_path / "runs")
    path = tmp_path / "runs" / finished / "results.parquet"
    path.write_bytes(path.read_bytes()[:-1])
    answer = run("results", finished)
    assert answer.code == 2
    assert "results.parquet does not match its digest" in answer.err
    assert "Run the same command again: python run.py sweep leeds\n" in answer.err
