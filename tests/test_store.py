"""Long runs: jobs in any order and any number of sittings give the same results, to the byte."""

from __future__ import annotations

import itertools
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow")

import pyarrow.parquet as pq

from simulator.store import ledger, parquet
from simulator.store.readings import read_partial, read_results, summary_of
from simulator.store.recipes import digest_of
from simulator.store.runs import Run, open_run
from simulator.tables import InputProblems

JOBS = 6
RECIPE: dict[str, object] = {
    "scenario": "leeds",
    "seed": 1,
    "command": "python run.py sweep leeds",
    "columns": {"job": "number of the job", "npsv_gbp": "NPSV, £ in 2019/20 prices"},
}


def columns_of(number: int) -> dict[str, Any]:
    """Rows of a job, by its number alone; job 4 has none."""
    rows = (number * 5 + 3) % 23
    drawn = np.random.default_rng(number).normal(size=rows)
    drawn[:1] = np.nan
    return {
        "job": np.full(rows, number),
        "npsv_gbp": drawn,
        "arm": np.array([f"arm {row % 3}" for row in range(rows)], dtype="<U5"),
        "pays": drawn > 0,
    }


def begun(base: Path, jobs: int = JOBS, **changes: object) -> Run:
    return open_run(base, "leeds", "sweep", "Places in Leeds", {**RECIPE, **changes}, jobs)


def fill(run: Run, numbers: Iterable[int], of: Callable[[int], Mapping[str, Any]] = columns_of) -> None:
    for number in numbers:
        run.add(number, of(number), 0.5)


def completed(base: Path, jobs: int = JOBS) -> bytes:
    """Begin a run or go on with it to its end; the bytes of its results."""
    with begun(base, jobs) as run:
        fill(run, run.missing())
        return run.finish().read_bytes()


def test_jobs_come_back_as_rows_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    with begun(tmp_path) as run:
        fill(run, [3, 0, 5, 4, 1, 2])
        frame = read_results(run.finish().parent)
    assert list(frame["job"]) == [number for number in range(JOBS) for _ in range((number * 5 + 3) % 23)]
    for number in range(JOBS):
        rows, told = frame[frame["job"] == number], columns_of(number)
        assert np.array_equal(rows["npsv_gbp"], told["npsv_gbp"], equal_nan=True)
        assert list(rows["arm"]) == list(told["arm"])
        assert list(rows["pays"]) == list(told["pays"])


def test_a_job_may_have_no_rows() -> None:
    assert len(columns_of(4)["job"]) == 0


@settings(max_examples=12, deadline=None)
@given(st.permutations(range(JOBS)), st.sets(st.integers(0, JOBS)))
def test_any_order_and_any_sittings_give_the_same_bytes(order: list[int], stops: set[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        plain = completed(Path(folder) / "plain")
        edges = [0, *sorted(stops), JOBS]
        for first, last in itertools.pairwise(edges):
            with begun(Path(folder)) as run:
                assert run.missing() == sorted(order[first:])
                assert run.notes == ()
                fill(run, order[first:last])
        assert completed(Path(folder)) == plain


def test_no_byte_depends_on_the_time_or_on_what_a_job_took(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = completed(tmp_path / "one")
    monkeypatch.setattr(ledger, "now", lambda: "1999-01-01T00:00:00+00:00")
    with begun(tmp_path / "two", command="another") as run:
        for number in run.missing():
            run.add(number, columns_of(number), 99.0)
        assert run.finish().read_bytes() == one
    shards = [sorted((tmp_path / name).rglob("shards/*.parquet")) for name in ("one", "two")]
    assert [path.name for path in shards[0]] == [path.name for path in shards[1]]
    assert [path.read_bytes() for path in shards[0]] == [path.read_bytes() for path in shards[1]]


def test_the_recipe_names_the_folder_and_the_command_does_not(tmp_path: Path) -> None:
    with begun(tmp_path) as run:
        assert run.folder == tmp_path / f"leeds-{run.digest[:10]}"
        known = run.digest
    with begun(tmp_path, command="python run.py sweep leeds --workers 2") as again:
        assert again.digest == known
        assert summary_of(again.folder).command.endswith("--workers 2")
    assert digest_of("sweep", dict(reversed(RECIPE.items())), JOBS) == known
    others = [
        digest_of("morris", RECIPE, JOBS),
        digest_of("sweep", RECIPE, JOBS + 1),
        digest_of("sweep", {**RECIPE, "seed": 2}, JOBS),
    ]
    assert len({known, *others}) == 4


@pytest.mark.parametrize(
    ("name", "folder"), [("my area/../x", "my_area_.._x"), ("..", "run"), ("Ü-1", "Ü-1"), ("x" * 300, "x" * 60)]
)
def test_any_name_makes_a_folder_of_one_level(tmp_path: Path, name: str, folder: str) -> None:
    with open_run(tmp_path, name, "sweep", "t", {}, 1) as run:
        assert run.folder.parent == tmp_path
        assert run.folder.name.rpartition("-")[0] == folder


def test_a_recipe_that_has_no_spelling_in_json_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="JSON"):
        begun(tmp_path, seed=float("nan"))
    with pytest.raises(TypeError):
        begun(tmp_path, seed=object())
    with pytest.raises(ValueError, match="at least one job"):
        begun(tmp_path, jobs=0)
    assert list(tmp_path.iterdir()) == []


def test_a_job_is_added_once_and_only_if_there_is_such_a_job(tmp_path: Path) -> None:
    with begun(tmp_path) as run:
        fill(run, [2])
        for number, said in ((2, "done already"), (JOBS, "no job"), (-1, "no job")):
            with pytest.raises(RuntimeError, match=said):
                run.add(number, columns_of(3), 0.0)
        assert run.missing() == [0, 1, 3, 4, 5]
        assert len(list(run.folder.rglob("*.parquet"))) == 1


def test_columns_that_make_no_table_are_refused_and_nothing_is_kept(tmp_path: Path) -> None:
    bad: list[tuple[dict[str, Any], str]] = [
        ({}, "at least one column"),
        ({"a": [1, 2], "b": [1]}, "unequal length"),
        ({"a": np.zeros((2, 2))}, "column 'a'"),
        ({"a": [1, "x"]}, "column 'a'"),
        ({"a": []}, "has no type"),
    ]
    with begun(tmp_path) as run:
        for columns, said in bad:
            with pytest.raises(ValueError, match=said):
                run.add(0, columns, 0.0)
        assert run.missing() == list(range(JOBS))


def test_every_job_has_the_columns_of_the_first(tmp_path: Path) -> None:
    with begun(tmp_path) as run:
        run.add(0, {"a": [1], "b": ["x"]}, 0.0)
    bad: list[tuple[dict[str, Any], str]] = [
        ({"a": [1.0], "b": ["x"]}, "'a' is double, was int64"),
        ({"a": [1]}, "columns a where earlier jobs have a, b"),
        ({"b": ["x"], "a": [1]}, "columns b, a where"),
    ]
    with begun(tmp_path) as run:
        for columns, said in bad:
            with pytest.raises(RuntimeError, match=f"job 1: .*{said}"):
                run.add(1, columns, 0.0)
        assert run.missing() == [1, 2, 3, 4, 5]


def test_a_run_is_finished_when_every_job_is_done_and_stays_so(tmp_path: Path) -> None:
    with begun(tmp_path) as run:
        fill(run, range(JOBS - 1))
        with pytest.raises(RuntimeError, match="1 of 6 jobs are missing, the first of them 5"):
            run.finish()
        assert not (run.folder / "results.parquet").exists()
        fill(run, [5])
        results = run.finish()
        before = results.stat()
        assert run.finish() == results
    with begun(tmp_path) as run:
        assert run.missing() == []
        assert run.notes == ()
        assert run.finish() == results
    assert (results.stat().st_mtime_ns, results.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_row_groups_have_one_size_whatever_the_jobs_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROW_GROUP", 7)
    completed(tmp_path)
    (results,) = tmp_path.rglob("results.parquet")
    told = pq.ParquetFile(results).metadata
    sizes = [told.row_group(place).num_rows for place in range(told.num_row_groups)]
    rows = sum(len(columns_of(number)["job"]) for number in range(JOBS))
    assert rows > 14
    assert sizes == [7] * (rows // 7) + [rows % 7] * (rows % 7 > 0)


def test_a_run_without_a_single_row_has_columns_all_the_same(tmp_path: Path) -> None:
    with begun(tmp_path, jobs=2) as run:
        fill(run, range(2), lambda _: columns_of(4))
        frame = read_results(run.finish().parent)
    assert (len(frame), list(frame)) == (0, ["job", "npsv_gbp", "arm", "pays"])


def test_the_results_say_by_themselves_what_they_are(tmp_path: Path) -> None:
    completed(tmp_path)
    (results,) = tmp_path.rglob("results.parquet")
    told = pq.read_schema(results).metadata
    assert told[b"iom_run"].decode() == digest_of("sweep", RECIPE, JOBS)
    assert "NPSV, £ in 2019/20 prices" in told[b"iom_recipe"].decode()
    assert b"run.py" not in told[b"iom_recipe"]


def test_an_unfinished_run_is_read_as_far_as_it_is_also_while_at_work(tmp_path: Path) -> None:
    with begun(tmp_path) as run:
        assert len(read_partial(run.folder).rows) == 0
        fill(run, [5, 1])
        partial = read_partial(run.folder)
        with pytest.raises(InputProblems, match=r"unfinished: 2 of 6 jobs are done\n.*python run.py sweep leeds"):
            read_results(run.folder)
    assert (partial.done, partial.jobs, partial.notes) == (2, JOBS, ())
    assert list(dict.fromkeys(partial.rows["job"])) == [1, 5]


def test_a_folder_that_holds_no_run_is_refused(tmp_path: Path) -> None:
    for read in (read_results, read_partial, summary_of):
        with pytest.raises(InputProblems, match="no run in this folder"):
            read(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_without_pyarrow_it_is_said_how_to_get_it_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(InputProblems, match=r"pip install 'iom-simulator\[store\]'"):
        begun(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_newer_version_goes_on_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with begun(tmp_path) as run:
        fill(run, [0])
    monkeypatch.setattr("simulator.store.runs.__version__", "99.0")
    with begun(tmp_path) as run:
        assert len(run.notes) == 1
        assert "version 99.0 goes on with it" in run.notes[0]
