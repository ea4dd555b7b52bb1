"""The ledger of a run: what it is, and which of its jobs are done. An index of the shards, in one SQLite file (WAL)."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from simulator.store.faults import CLOSED, DAMAGED, FULL, primary_code
from simulator.store.recipes import digest_of
from simulator.store.shards import set_aside
from simulator.tables import InputProblems, Problem

FILE = "ledger.sqlite"
FILES = (FILE, f"{FILE}-wal", f"{FILE}-shm")  # SQLite keeps two beside it
FORMAT = 1
PATIENCE = 10.0  # seconds, for a reader or writer that is about to be done
TABLES = (
    """CREATE TABLE run (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        title TEXT NOT NULL, kind TEXT NOT NULL, digest TEXT NOT NULL, recipe TEXT NOT NULL, jobs INTEGER NOT NULL,
        version TEXT NOT NULL, begun TEXT NOT NULL, finished TEXT, results_sha256 TEXT, pid INTEGER, since TEXT
    )""",
    """CREATE TABLE jobs (
        number INTEGER PRIMARY KEY, rows INTEGER NOT NULL, sha256 TEXT NOT NULL, seconds REAL, finished TEXT NOT NULL
    )""",
)
# What is no sign of damage: the disk, the folder's rights, or another process.
OF_THE_PLACE = (
    FULL.sqlite_codes
    | CLOSED.sqlite_codes
    | {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_INTERRUPT}
)


class Header(NamedTuple):
    """What a run is. ``recipe`` is JSON, times are ISO in UTC; ``pid`` and ``since``: who was last at work."""

    title: str
    kind: str
    digest: str
    recipe: str
    jobs: int
    version: str
    begun: str
    finished: str | None = None
    results_sha256: str | None = None
    pid: int | None = None
    since: str | None = None


class Job(NamedTuple):
    """A finished job. ``seconds`` is None where the ledger had to be made again from the shards."""

    number: int
    rows: int
    sha256: str
    seconds: float | None
    finished: str


def now() -> str:
    """The time in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def opened(folder: Path, header: Header) -> tuple[sqlite3.Connection, list[str]]:
    """The ledger of a run folder, made where there is none, and what is to be said about it.

    One that is damaged in any way is set aside; the caller fills the new one from the shards.

    Raises InputProblems when a later version of the program has made it; sqlite3.Error.
    """
    notes = []
    try:
        connection = connected(folder)
    except sqlite3.DatabaseError as error:
        if primary_code(error) not in DAMAGED.sqlite_codes:
            raise
        aside = [set_aside(folder, folder / name) for name in FILES if (folder / name).exists()]
        notes = [f"the ledger was damaged: it is kept as {aside[0]}, and a new one is made from the shards"]
        connection = connected(folder)
    write_header(connection, header)
    return connection, notes


def connected(folder: Path) -> sqlite3.Connection:
    """A connection to the ledger that writes, read through.

    Raises sqlite3.DatabaseError with a code of faults.DAMAGED when it is not sound; InputProblems, as read_through.
    """
    connection = sqlite3.connect(folder / FILE, timeout=PATIENCE, isolation_level=None)
    try:
        with damage_told():
            connection.execute("PRAGMA journal_mode = WAL")
            # A power cut may take the last rows with it: their shards are on disk by then, and are entered again.
            connection.execute("PRAGMA synchronous = NORMAL")
        read_through(connection, folder)
    except BaseException:
        connection.close()
        raise
    return connection


def read_through(connection: sqlite3.Connection, folder: Path) -> tuple[Header | None, dict[int, Job]]:
    """The run and its finished jobs, every row looked at; no header in a ledger that has not been begun.

    Raises sqlite3.DatabaseError with a code of faults.DAMAGED when anything is not as it was written; InputProblems when
    a later version of the program wrote it.
    """
    with damage_told():
        tables = tuple(sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE sql NOT NULL"))
        if not tables:
            return None, {}
        if tables != TABLES:
            check_format(connection, folder)
            raise ValueError("tables")
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise ValueError("pages")
        header, jobs = header_of(connection), jobs_of(connection)
        for time in times_in(header, jobs):
            datetime.fromisoformat(time)
        if header is not None and header.digest != digest_of(header.kind, json.loads(header.recipe), header.jobs):
            raise ValueError("header")
        return header, jobs


def times_in(header: Header | None, jobs: dict[int, Job]) -> list[str]:
    """Every time that a ledger tells."""
    told = [header.begun, header.since or header.begun] if header else []
    return told + [job.finished for job in jobs.values()]


@contextmanager
def damage_told() -> Iterator[None]:
    """Turn all that reading a damaged ledger can raise into the one error of SQLite that says so.

    A flipped bit in the text of a table can look like an error in a statement or like text that is no UTF-8.
    """
    try:
        yield
    except sqlite3.Error as error:
        if primary_code(error) in OF_THE_PLACE:
            raise
        raise damaged() from error
    except (ValueError, TypeError, AttributeError) as error:
        raise damaged() from error


def damaged() -> sqlite3.DatabaseError:
    """The error that SQLite raises on a damaged file."""
    error = sqlite3.DatabaseError("database disk image is malformed")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def check_format(connection: sqlite3.Connection, folder: Path) -> None:
    """Refuse a ledger of a later version of the program."""
    if connection.execute("PRAGMA user_version").fetchone()[0] > FORMAT:
        hint = "Use that version, or another folder with --runs."
        raise InputProblems([Problem(str(folder), 0, 0, "a later version of this program has made this run", hint)])


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing of what is written inside."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # SQLite may have rolled back by itself
            connection.execute("ROLLBACK")
        raise


def write_header(connection: sqlite3.Connection, header: Header) -> None:
    """Make the tables, and the header where there is none yet; the title and the command as given last stand."""
    marks = ", ".join("?" * len(header))
    with transaction(connection):
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            for table in TABLES:
                connection.execute(table)
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        connection.execute(
            f"""INSERT INTO run (one, {", ".join(Header._fields)}) VALUES (1, {marks}) ON CONFLICT (one) DO UPDATE
            SET title = excluded.title, recipe = excluded.recipe WHERE digest = excluded.digest""",
            header,
        )


def header_of(connection: sqlite3.Connection) -> Header | None:
    """What the run is, if that has been written."""
    row = connection.execute(f"SELECT {', '.join(Header._fields)} FROM run").fetchone()
    return Header(*row) if row else None


def is_finished(connection: sqlite3.Connection) -> bool:
    """Whether the results have been put together."""
    header = header_of(connection)
    return header is not None and header.results_sha256 is not None


def jobs_of(connection: sqlite3.Connection) -> dict[int, Job]:
    """Every finished job by its number, in order."""
    rows = connection.execute(f"SELECT {', '.join(Job._fields)} FROM jobs ORDER BY number")
    return {row[0]: Job(*row) for row in rows}


def any_job(connection: sqlite3.Connection) -> Job | None:
    """Some finished job, if there is one."""
    row = connection.execute(f"SELECT {', '.join(Job._fields)} FROM jobs LIMIT 1").fetchone()
    return Job(*row) if row else None


def count_of(connection: sqlite3.Connection) -> int:
    """How many jobs are done."""
    return int(connection.execute("SELECT count(*) FROM jobs").fetchone()[0])


def has(connection: sqlite3.Connection, number: int) -> bool:
    """Whether a job is done."""
    return connection.execute("SELECT 1 FROM jobs WHERE number = ?", (number,)).fetchone() is not None


def enter(connection: sqlite3.Connection, job: Job) -> None:
    """Enter a finished job, in place of a row that was wrong."""
    connection.execute("INSERT OR REPLACE INTO jobs VALUES (?, ?, ?, ?, ?)", job)


def strike_out(connection: sqlite3.Connection, number: int) -> None:
    """Take a job out: it is to be done again."""
    connection.execute("DELETE FROM jobs WHERE number = ?", (number,))


def mark_finished(connection: sqlite3.Connection, results_sha256: str | None) -> None:
    """Say that the run is finished and which digest its results have; None takes that back."""
    when = now() if results_sha256 else None
    connection.execute("UPDATE run SET finished = ?, results_sha256 = ?", (when, results_sha256))


def mark_holder(connection: sqlite3.Connection, at_work: bool) -> None:
    """Say that this process is at work on the run, or that nobody is."""
    connection.execute("UPDATE run SET pid = ?, since = ?", (os.getpid(), now()) if at_work else (None, None))
