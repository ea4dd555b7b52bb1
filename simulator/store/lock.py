"""One process at a time: a lock that the system frees by itself when its holder is killed.

SQLite's own lock on a file that is never written: it works on every system, and inside one process too.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from simulator.store.faults import primary_code

FILE = "lock.sqlite"
PATIENCE = 1.0  # seconds; a listing may look at the lock for a moment


def held_lock(folder: Path) -> sqlite3.Connection | None:
    """The lock of a run folder, held until closed; None when another process, or this one, holds it.

    Raises sqlite3.OperationalError when the folder cannot be written to.
    """
    connection = sqlite3.connect(folder / FILE, timeout=PATIENCE, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = MEMORY")  # else a journal lies beside it after a kill
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        connection.close()
        if primary_code(error) == sqlite3.SQLITE_BUSY:
            return None
        raise
    return connection


def is_held(folder: Path) -> bool:
    """Whether some process is at work on a run folder; looks only, and writes nothing."""
    if not (folder / FILE).exists():
        return False
    address = f"{(folder / FILE).absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=0.0)) as connection:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error as error:
            return primary_code(error) == sqlite3.SQLITE_BUSY
    return False
