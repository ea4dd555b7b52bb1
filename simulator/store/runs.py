"""A long run that can be killed at any moment and goes on where it was.

    with open_run(Path("runs"), "leeds", "sweep", "Places in Leeds", recipe, jobs=200) as run:
        for number in run.missing():
            run.add(number, columns_of(number), seconds)
        results = run.finish()

Jobs are done in any order; the results are the same to the byte as those of a run that was never interrupted.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from simulator import __version__
from simulator.store import ledger
from simulator.store.faults import told
from simulator.store.ledger import Header, Job
from simulator.store.lock import held_lock
from simulator.store.parquet import Columns, library, mismatch, schema_of, shard_bytes, table_of, write_joined
from simulator.store.readings import contents_of, shown_time, sound_bytes
from simulator.store.recipes import computed, digest_of
from simulator.store.recovery import recovered
from simulator.store.shards import FOLDER, RESULTS, digest_of_file, shard_path, whole_file
from simulator.tables import InputProblems, Problem


@dataclass(frozen=True)
class Run:
    """A run folder that this process alone is at work on; a context manager. To be used in one thread.

    ``jobs`` are numbered from 0. ``notes`` are sentences about what was found damaged, for people to see.
    """

    folder: Path
    digest: str
    jobs: int
    notes: tuple[str, ...]
    _recipe: str = field(repr=False)
    _ledger: sqlite3.Connection = field(repr=False)
    _held: ExitStack = field(repr=False)

    def __enter__(self) -> Run:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let other processes at the run; a second time does nothing."""
        self._held.close()

    def missing(self) -> list[int]:
        """Numbers of the jobs that are not done, in order."""
        with told(self.folder):
            done = ledger.jobs_of(self._ledger)
        return [number for number in range(self.jobs) if number not in done]

    def kept(self) -> str:
        """How many jobs are done and safe, in words."""
        with told(self.folder):
            return f"{ledger.count_of(self._ledger)} of {self.jobs} jobs are kept"

    def add(self, number: int, columns: Columns, seconds: float) -> None:
        """Keep the rows of a finished job, on disk when this returns. ``seconds``: what it took.

        Raises RuntimeError: no such job, one that is done already, or other columns than earlier jobs have; ValueError:
        columns that are no table; InputProblems: the disk is full or closed, and the job is not done. Where only its row
        could not be written, the next opening finds the shard and enters it.
        """
        self._check_new(number)
        table = table_of(columns, self.digest)
        self._check_schema(number, table.schema)
        content = shard_bytes(table)
        sha256 = hashlib.sha256(content).hexdigest()
        with told(self.folder, self.kept()):
            with whole_file(shard_path(self.folder, number, sha256)) as file:
                file.write(content)
            ledger.enter(self._ledger, Job(number, table.num_rows, sha256, seconds, ledger.now()))

    def finish(self) -> Path:
        """Put the shards together in the order of their numbers; the file. A second time only says where it is.

        Raises RuntimeError when jobs are missing; InputProblems when it cannot be written or a shard is damaged.
        """
        missing = self.missing()
        if missing:
            raise RuntimeError(f"{len(missing)} of {self.jobs} jobs are missing, the first of them {missing[0]}")
        results = self.folder / RESULTS
        with told(self.folder, self.kept()):
            if not ledger.is_finished(self._ledger):
                with whole_file(results) as file:
                    write_joined(self._contents(), file, self.digest, self._recipe)
                ledger.mark_finished(self._ledger, digest_of_file(results))
        return results

    def _contents(self) -> Iterator[bytes]:
        for job in ledger.jobs_of(self._ledger).values():
            yield sound_bytes(self.folder, job)

    def _check_new(self, number: int) -> None:
        if not 0 <= number < self.jobs:
            raise RuntimeError(f"there is no job {number} in a run of {self.jobs}")
        with told(self.folder):
            if ledger.has(self._ledger, number):
                raise RuntimeError(f"job {number} is done already")

    def _check_schema(self, number: int, schema: object) -> None:
        with told(self.folder, self.kept()):
            other = ledger.any_job(self._ledger)
            differs = other and mismatch(schema, schema_of(shard_path(self.folder, other.number, other.sha256)))
        if differs:
            raise RuntimeError(f"job {number}: {differs}")


def open_run(base: Path, name: str, kind: str, title: str, recipe: Mapping[str, object], jobs: int) -> Run:
    """Make the folder of a run, or find it and see what is done.

    The recipe, in values that JSON knows, says all that the results depend on; with kind and jobs it makes the digest,
    of which the folder's name bears the beginning. Two of its keys have a meaning here: ``command``, the command line
    that goes on with the run (not in the digest: how many workers were asked for changes no result), and ``columns``,
    a description with unit of each column.

    Raises InputProblems: another process is at work on the run, the folder cannot be written to, another run is in it,
    or pyarrow is missing; ValueError: fewer than one job.
    """
    if jobs < 1:
        raise ValueError("a run needs at least one job")
    library("pyarrow.parquet")
    header = Header(title, kind, digest_of(kind, recipe, jobs), json.dumps(recipe), jobs, __version__, ledger.now())
    folder = base / f"{plain(name)}-{header.digest[:10]}"
    with told(folder), ExitStack() as held:
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
        hold(folder, held)
        connection, notes = ledger.opened(folder, header)
        held.enter_context(closing(connection))
        notes += known_run_notes(connection, folder, header)
        ledger.mark_holder(connection, at_work=True)
        held.callback(leave, connection)
        notes += recovered(connection, folder, header)
        return Run(folder, header.digest, jobs, tuple(notes), computed(recipe), connection, held.pop_all())


def plain(name: str) -> str:
    """A name that every system takes for a part of a folder's."""
    return re.sub(r"[^\w.-]+", "_", name).strip("._")[:60] or "run"


def hold(folder: Path, held: ExitStack) -> None:
    """Take the lock of a run folder into ``held``.

    Raises InputProblems, naming the process that has it, when it is taken.
    """
    lock = held_lock(folder)
    if lock is not None:
        held.enter_context(closing(lock))
        return
    said = "another process is at work on this run"
    with suppress(InputProblems):
        header, _ = contents_of(folder)
        if header.pid and header.since:
            said = f"another process (pid {header.pid}) has been at work on this run since {shown_time(header.since)}"
    hint = "Wait for it, or stop it and run the same command again: what it has finished is kept."
    raise InputProblems([Problem(str(folder), 0, 0, said, hint)])


def leave(connection: sqlite3.Connection) -> None:
    """Say in the ledger that nobody is at work; a full disk is no reason to fail now."""
    with suppress(sqlite3.Error):
        ledger.mark_holder(connection, at_work=False)


def known_run_notes(connection: sqlite3.Connection, folder: Path, header: Header) -> list[str]:
    """Check that the run in the folder is the one that is meant; a note when an earlier version began it.

    Raises InputProblems when it is another run.
    """
    there = ledger.header_of(connection)
    if there is None or there.digest != header.digest:
        hint = "Choose another folder with --runs, or move this one away."
        raise InputProblems([Problem(str(folder), 0, 0, "another run is in this folder", hint)])
    if there.version == header.version or not ledger.count_of(connection):
        return []
    return [f"version {there.version} of the program began this run, and version {header.version} goes on with it"]
