"""Runs read back: what there is in a folder of runs, and the rows of one of them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.store import ledger
from simulator.store.faults import CLOSED, primary_code, told
from simulator.store.ledger import Header, Job
from simulator.store.lock import is_held
from simulator.store.parquet import frame_of, library
from simulator.store.shards import RESULTS, digest_of_file, shard_path
from simulator.tables import InputProblems, Problem, did_you_mean

if TYPE_CHECKING:
    from pandas import DataFrame


class Partial(NamedTuple):
    """Rows of the jobs done so far, in the order of their numbers; ``done`` of ``jobs``. ``notes``: what is left out."""

    rows: DataFrame
    done: int
    jobs: int
    notes: tuple[str, ...]


class Summary(NamedTuple):
    """One run of a folder of runs. ``pid``: the process at work on it, if any; ``size``: bytes on disk."""

    folder: Path
    title: str
    kind: str
    digest: str
    done: int
    jobs: int
    finished: bool
    pid: int | None
    begun: str
    size: int
    recipe: dict[str, Any]

    @property
    def state(self) -> str:
        """Finished, at work or stopped, in words."""
        if self.pid is not None:
            return f"at work, pid {self.pid}"
        return "finished" if self.finished else "stopped"

    @property
    def command(self) -> str:
        """What to type to go on with it; empty where the recipe does not say."""
        return str(self.recipe.get("command", ""))


def read_results(folder: Path) -> DataFrame:
    """All rows of a finished run.

    Raises InputProblems: no run there, an unfinished one, or results that do not match their digest.
    """
    import pandas as pd

    library("pyarrow.parquet")
    header, jobs = contents_of(folder)
    again = "Run the same command again: " + str(json.loads(header.recipe).get("command", ""))
    if header.results_sha256 is None:
        said = f"this run is unfinished: {len(jobs)} of {header.jobs} jobs are done"
        raise InputProblems([Problem(str(folder), 0, 0, said, again.rstrip(": "))])
    with told(folder):
        if digest_of_file(folder / RESULTS) != header.results_sha256:
            said = f"{RESULTS} does not match its digest"
            raise InputProblems([Problem(str(folder), 0, 0, said, again.rstrip(": "))])
        return pd.read_parquet(folder / RESULTS)


def read_partial(folder: Path) -> Partial:
    """The rows that a run has so far, finished or not, also while a process is at work on it.

    Raises InputProblems when no run is there.
    """
    library("pyarrow.parquet")
    header, jobs = contents_of(folder)
    contents, notes = [], []
    for job in jobs.values():
        try:
            contents.append(sound_bytes(folder, job))
        except (InputProblems, OSError):
            notes.append(f"shard {job.number} is missing or damaged, and left out; its job is done again on going on")
    return Partial(frame_of(contents), len(contents), header.jobs, tuple(notes))


def sound_bytes(folder: Path, job: Job) -> bytes:
    """The bytes of a job's shard.

    Raises InputProblems when they do not match the digest; OSError.
    """
    content = shard_path(folder, job.number, job.sha256).read_bytes()
    if hashlib.sha256(content).hexdigest() != job.sha256:
        hint = "Run the same command again: it is computed again."
        raise InputProblems([Problem(str(folder), 0, 0, f"shard {job.number} does not match its digest", hint)])
    return content


def contents_of(folder: Path) -> tuple[Header, dict[int, Job]]:
    """What the run in a folder is, and its finished jobs, without taking it from a process at work.

    Raises InputProblems when no run is there or its ledger is damaged.
    """
    if not is_run(folder):
        raise InputProblems(
            [Problem(str(folder), 0, 0, "there is no run in this folder", "`runs` lists what there is.")]
        )
    with told(folder), closing(reading(folder)) as connection:
        header, jobs = ledger.read_through(connection, folder)
    if header is None:
        said = "this run was stopped before its first job"
        raise InputProblems([Problem(str(folder), 0, 0, said, "Run its command again.")])
    return header, jobs


def reading(folder: Path) -> sqlite3.Connection:
    """A connection to the ledger that writes nothing of its own; in a closed folder, to the file as it lies there."""
    address = (folder / ledger.FILE).absolute().as_uri()
    connection = sqlite3.connect(f"{address}?mode=rw", uri=True, timeout=ledger.PATIENCE, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        connection.close()
        if primary_code(error) not in CLOSED.sqlite_codes:
            raise
        return sqlite3.connect(f"{address}?mode=ro&immutable=1", uri=True, isolation_level=None)
    return connection


def is_run(folder: Path) -> bool:
    """Whether a folder holds a run."""
    return (folder / ledger.FILE).is_file()


def run_folders(base: Path) -> list[Path]:
    """The folders of runs in a base folder, by name; none where there is no such folder."""
    with told(base):
        return sorted(each for each in base.iterdir() if is_run(each)) if base.is_dir() else []


def summary_of(folder: Path) -> Summary:
    """A run in figures.

    Raises InputProblems, as contents_of.
    """
    header, jobs = contents_of(folder)
    with told(folder):
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        pid = header.pid if is_held(folder) else None
    return Summary(
        folder,
        header.title,
        header.kind,
        header.digest,
        len(jobs),
        header.jobs,
        header.results_sha256 is not None,
        pid,
        header.begun,
        size,
        json.loads(header.recipe),
    )


def summaries(base: Path) -> tuple[list[Summary], list[str]]:
    """Every run in a base folder, by name, and notes of folders that are left out."""
    found, notes = [], []
    with told(base):
        folders = sorted(each for each in base.iterdir() if each.is_dir()) if base.is_dir() else []
    for folder in folders:
        if not is_run(folder):
            notes.append(f"{folder} is no run, and left out")
            continue
        try:
            found.append(summary_of(folder))
        except InputProblems as problems:
            notes += [each.text() for each in problems.problems]
    return found, notes


def found_run(base: Path, wanted: str) -> Path:
    """The folder of a run given as a path, by name, or by a beginning of a name that only one run has.

    Raises InputProblems with the likeliest names when there is none, or with all of them when there are several.
    """
    if is_run(Path(wanted)):
        return Path(wanted)
    names = [folder.name for folder in run_folders(base)]
    close = [name for name in names if name.startswith(wanted)]
    if wanted in names or len(close) == 1:
        return base / (wanted if wanted in names else close[0])
    if close:
        hint = f"Say which: {', '.join(close)}."
        raise InputProblems([Problem(str(base), 0, 0, f"several runs begin with '{wanted}'", hint)])
    hint = did_you_mean(wanted, [name.rpartition("-")[0] for name in names]) or (
        "`runs` lists what there is." if names else "There are no runs here."
    )
    raise InputProblems([Problem(str(base), 0, 0, f"there is no run '{wanted}'", hint)])


def shown_time(iso: str) -> str:
    """A time in UTC as people read it."""
    return f"{datetime.fromisoformat(iso):%Y-%m-%d %H:%M} UTC"
