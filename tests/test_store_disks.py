"""Full disks, closed and vanished folders: said in words, nothing lost, nothing counted twice."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from test_store import JOBS, begun, completed, fill

from simulator.store import faults, ledger, shards
from simulator.store.faults import CLOSED, DAMAGED, FULL, GONE, IN_THE_WAY, OTHER, Kind, told
from simulator.store.readings import read_partial
from simulator.store.runs import Run
from simulator.tables import InputProblems

FULL_DISK = OSError(errno.ENOSPC, "No space left on device")
READ_ONLY = OSError(errno.EROFS, "Read-only file system")


def raising(error: BaseException) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "shards").iterdir())


@contextmanager
def longest_file(size: int) -> Iterator[None]:
    """No file may grow beyond a size: the nearest to a full disk that a test can make for itself."""
    resource = pytest.importorskip("resource")  # Python ignores the signal that goes with it
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_shard_that_does_not_fit_is_no_part_of_the_run_and_the_rest_is(tmp_path: Path) -> None:
    def large(number: int) -> dict[str, Any]:
        return {"x": np.random.default_rng(number).normal(size=20_000 if number == 3 else 10)}

    with begun(tmp_path) as run:
        fill(run, range(3), large)
        before = files_in(run.folder)
        with (
            longest_file(100_000),
            pytest.raises(InputProblems, match=r"(?s)the disk is full.*Free some space and.*: 3 of 6 jobs are kept"),
        ):
            fill(run, [3], large)
        assert files_in(run.folder) == before
        fill(run, [3], large)
        assert run.missing() == [4, 5]


def test_a_full_ledger_says_so_and_loses_no_job(tmp_path: Path) -> None:
    with begun(tmp_path, jobs=200) as run:
        fill(run, [0])
        pages = run._ledger.execute("PRAGMA page_count").fetchone()[0]
        run._ledger.execute(f"PRAGMA max_page_count = {pages}")  # SQLite's own full disk
        with pytest.raises(InputProblems, match="the disk is full") as refused:
            fill(run, range(1, 200))
        done = len(files_in(run.folder))
        assert f"{done - 1} of 200 jobs are kept" in str(refused.value)
    with begun(tmp_path, jobs=200) as run:
        assert run.missing() == list(range(done, 200))  # the last shard was on disk before its row


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("error", [FULL_DISK, READ_ONLY])
def test_an_error_on_the_way_to_the_disk_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, error: OSError
) -> None:
    with begun(tmp_path / "runs") as run:
        fill(run, range(2))
        before = files_in(run.folder)
        with monkeypatch.context() as patched, pytest.raises(InputProblems, match=str(error.strerror)):
            patched.setattr(os, call, raising(error))
            fill(run, [2])
        assert files_in(run.folder) == before
        assert run.missing() == [2, 3, 4, 5]
        with monkeypatch.context() as patched:
            fill(run, run.missing())
            patched.setattr(os, call, raising(error))
            with pytest.raises(InputProblems, match="6 of 6 jobs are kept"):
                run.finish()
        assert not (run.folder / "results.parquet").exists()
        assert not list(run.folder.glob(".*"))
    assert completed(tmp_path / "runs") == completed(tmp_path / "plain")


def test_no_file_is_under_its_name_before_it_is_whole_and_on_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        seen.append(sorted(path.name for path in tmp_path.rglob("*.parquet")))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    monkeypatch.setattr(shards, "sync_folder", lambda _: None)
    with begun(tmp_path, jobs=2) as run:
        fill(run, range(2))
        results = run.finish()
    both = sorted(path.name for path in results.parent.glob("shards/*.parquet"))
    assert seen == [[], both[:1], both]


def test_a_folder_that_cannot_be_synced_after_a_shard_is_in_it_counts_the_shard_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with begun(tmp_path / "runs") as run:
        fill(run, [0])
        with monkeypatch.context() as patched, pytest.raises(InputProblems, match="disk is full"):
            patched.setattr(shards, "sync_folder", raising(FULL_DISK))
            fill(run, [1])
        fill(run, [1])
    with begun(tmp_path / "runs") as run:
        assert run.notes == ()
        assert run.missing() == [2, 3, 4, 5]
    assert completed(tmp_path / "runs") == completed(tmp_path / "plain")


def test_a_ledger_that_takes_no_row_loses_no_job(tmp_path: Path) -> None:
    with begun(tmp_path / "runs") as run:
        fill(run, [0])
        run._ledger.execute("PRAGMA query_only = ON")
        with pytest.raises(InputProblems, match=r"(?s)cannot be written to.*--runs.*: 1 of 6 jobs are kept"):
            fill(run, [1])
    with begun(tmp_path / "runs") as run:
        assert run.notes == ()
        assert run.missing() == [2, 3, 4, 5]  # the shard was on disk before the row
    assert completed(tmp_path / "runs") == completed(tmp_path / "plain")


def test_a_closed_folder_is_refused_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "mkdir", raising(READ_ONLY))
    with pytest.raises(InputProblems, match=r"(?s)leeds-.*cannot be written to.*choose another with --runs") as refused:
        begun(tmp_path)
    assert "jobs are kept" not in str(refused.value)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to this user")
def test_a_folder_without_the_right_to_write_is_refused_and_read_all_the_same(tmp_path: Path) -> None:
    with begun(tmp_path) as run:
        fill(run, [0])
    run.folder.chmod(0o500)
    try:
        with pytest.raises(InputProblems, match="cannot be written to"):
            begun(tmp_path)
        assert read_partial(run.folder).done == 1
    finally:
        run.folder.chmod(0o700)


def test_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("mine", "utf-8")
    with pytest.raises(InputProblems, match="a file where a folder should be"):
        begun(tmp_path / "runs")
    assert (tmp_path / "runs").read_text("utf-8") == "mine"


@pytest.mark.parametrize("part", ["", "shards"])
def test_a_folder_that_vanishes_is_said(tmp_path: Path, part: str) -> None:
    with begun(tmp_path / "runs") as run:
        fill(run, [0])
        shutil.rmtree(run.folder / part)
        with pytest.raises(InputProblems, match="no longer there") as refused:
            fill(run, [1])
        assert "kept" not in str(refused.value)
    assert completed(tmp_path / "runs") == completed(tmp_path / "plain")


def test_stopping_in_the_middle_of_a_shard_leaves_no_trace_and_lets_go_of_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(run: Run) -> None:
        with run, monkeypatch.context() as patched:
            patched.setattr(os, "fsync", raising(KeyboardInterrupt()))
            fill(run, [2])

    with pytest.raises(KeyboardInterrupt):
        interrupted(begun(tmp_path))
    with begun(tmp_path) as run:
        assert files_in(run.folder) == []
        assert run.missing() == list(range(JOBS))


def test_no_room_to_open_the_ledger_is_no_damage(tmp_path: Path) -> None:
    with begun(tmp_path) as run:
        fill(run, range(3))
    with longest_file(1000), pytest.raises(InputProblems):
        begun(tmp_path)
    with begun(tmp_path) as run:
        assert run.notes == ()
        assert run.missing() == [3, 4, 5]
    assert not (run.folder / "damaged").exists()


def test_a_ledger_that_is_locked_is_not_read_past_its_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with begun(tmp_path) as run:
        fill(run, range(3))
    monkeypatch.setattr(ledger, "PATIENCE", 0.0)
    with closing(sqlite3.connect(run.folder / "ledger.sqlite", isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(InputProblems, match="database is locked"):
            read_partial(run.folder)
    assert read_partial(run.folder).done == 3


def of_sqlite(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("as SQLite says it")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OSError(errno.ENOSPC, "x"), FULL),
        (OSError(errno.EFBIG, "x"), FULL),
        (OSError(errno.EACCES, "x"), CLOSED),
        (OSError(errno.ENOENT, "x"), GONE),
        (OSError(errno.ENOTDIR, "x"), IN_THE_WAY),
        (OSError(errno.EIO, "x"), OTHER),
        (OSError("without a number"), OTHER),
        (of_sqlite(sqlite3.SQLITE_FULL), FULL),
        (of_sqlite(sqlite3.SQLITE_READONLY | 1 << 8), CLOSED),
        (of_sqlite(sqlite3.SQLITE_CANTOPEN), CLOSED),
        (of_sqlite(sqlite3.SQLITE_NOTADB), DAMAGED),
        (of_sqlite(sqlite3.SQLITE_IOERR), OTHER),
        (sqlite3.OperationalError("without a code"), OTHER),
    ],
)
def test_every_error_is_one_of_a_few_kinds(tmp_path: Path, error: OSError | sqlite3.Error, kind: Kind) -> None:
    assert faults.kind_of(tmp_path, error) is kind
    with pytest.raises(InputProblems) as refused, told(tmp_path, "3 of 9 jobs are kept"):
        raise error
    said = str(refused.value)
    assert said.startswith(f"{tmp_path}: {kind.message}")
    assert "run the same command again" in said
    assert ("3 of 9 jobs are kept." in said) == (kind is not GONE)


def test_what_sqlite_cannot_tell_apart_the_folder_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults.kind_of(tmp_path / "gone", of_sqlite(sqlite3.SQLITE_CANTOPEN)) is GONE
    monkeypatch.setattr(faults, "is_full", lambda _: True)
    assert faults.kind_of(tmp_path, of_sqlite(sqlite3.SQLITE_IOERR)) is FULL


def test_misuse_by_the_program_is_no_problem_of_the_input(tmp_path: Path) -> None:
    run = begun(tmp_path)
    run.close()
    run.close()
    with pytest.raises(sqlite3.ProgrammingError):
        run.missing()
