"""Errors of disk and ledger in words: the folder, what happened, and what to do."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from simulator.tables import InputProblems, Problem


class Kind(NamedTuple):
    """One kind of error: what says so, the message and the remedy."""

    errnos: frozenset[int]
    sqlite_codes: frozenset[int]
    message: str
    remedy: str


# EDQUOT is no error of Windows.
FULL = Kind(
    frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}),
    frozenset({sqlite3.SQLITE_FULL}),
    "the disk is full, or a limit on what may be written is reached",
    "Free some space",
)
CLOSED = Kind(
    frozenset({errno.EROFS, errno.EACCES, errno.EPERM}),
    frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN}),
    "this folder cannot be written to",
    "Make it writable, or choose another with --runs,",
)
GONE = Kind(
    frozenset({errno.ENOENT, errno.ESTALE if hasattr(errno, "ESTALE") else errno.ENOENT}),
    frozenset(),
    "the folder, or a part of it, is no longer there",
    "Put it back, if it was moved,",
)
IN_THE_WAY = Kind(
    frozenset({errno.ENOTDIR, errno.EEXIST}),
    frozenset(),
    "there is a file where a folder should be",
    "Move the file away, or choose another folder with --runs,",
)
DAMAGED = Kind(
    frozenset(),
    frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}),
    "the ledger is damaged",
    "It is made again from the shards:",
)
OTHER = Kind(frozenset(), frozenset(), "reading or writing here went wrong", "Mend what is named above,")
HARDLY_ANYTHING = 100_000  # bytes; SQLite needs about as much beside the ledger
KINDS = (FULL, CLOSED, GONE, IN_THE_WAY, DAMAGED)


@contextmanager
def told(folder: Path, kept: str = "") -> Iterator[None]:
    """Turn any error of disk or ledger inside into words.

    ``kept`` says what of the run is safe, such as "3 of 9 jobs are kept". Misuse of the ledger by the program
    itself passes unchanged.

    Raises InputProblems in place of OSError and of sqlite3's errors of operation.
    """
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.IntegrityError):
        raise
    except (OSError, sqlite3.Error) as error:
        raise refusal(folder, error, kept) from error


def refusal(folder: Path, error: OSError | sqlite3.Error, kept: str = "") -> InputProblems:
    """An error as a problem that names the folder, what happened and what to do."""
    kind = kind_of(folder, error)
    detail = (error.strerror if isinstance(error, OSError) else None) or str(error)
    again = "and run the same command again" if kind.remedy[-1] != ":" else "run the same command again"
    safe = f": {kept}" if kept and kind is not GONE else ""
    return InputProblems([Problem(str(folder), 0, 0, f"{kind.message} ({detail})", f"{kind.remedy} {again}{safe}.")])


def kind_of(folder: Path, error: OSError | sqlite3.Error) -> Kind:
    """What kind of error this is. SQLite has one code for what it cannot open, and one for many that a full disk causes."""
    if isinstance(error, OSError):
        return next((kind for kind in KINDS if error.errno in kind.errnos), OTHER)
    code = primary_code(error)
    kind = next((kind for kind in KINDS if code in kind.sqlite_codes), OTHER)
    if kind is CLOSED and not folder.is_dir():
        return GONE
    return FULL if code == sqlite3.SQLITE_IOERR and is_full(folder) else kind


def is_full(folder: Path) -> bool:
    """Whether hardly anything can still be written where a folder is."""
    try:
        return shutil.disk_usage(folder).free < HARDLY_ANYTHING
    except OSError:
        return False


def primary_code(error: sqlite3.Error) -> int:
    """The primary result code of SQLite, of which the low byte of the extended one is made; -1 for none."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return -1 if code is None else code & 0xFF
