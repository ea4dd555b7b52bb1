"""Bring ledger and shards of a run into agreement after a kill, a power cut or damage. The shards are the truth.

Nothing is deleted but files that were never written to their end; what is damaged or foreign is renamed and left.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from simulator.store import ledger
from simulator.store.ledger import Header, Job
from simulator.store.parquet import rows_of_run
from simulator.store.shards import (
    RESULTS,
    Shard,
    digest_of_file,
    remove_parts,
    set_aside,
    shards_in,
)


def recovered(connection: sqlite3.Connection, folder: Path, header: Header) -> list[str]:
    """Make the ledger say what is there, each shard read through; returns what was wrong, in sentences.

    Raises OSError, sqlite3.Error.
    """
    remove_parts(folder)
    with ledger.transaction(connection):
        found = shards_in(folder)
        known = ledger.jobs_of(connection)
        kept, notes = entered(connection, folder, known, [shard for shard in found if shard.sound], header)
        unsound = [shard for shard in found if not shard.sound]
        lost = sorted(set(known) - kept)
        for number in lost:
            ledger.strike_out(connection, number)
        notes += [damage_note(folder, shard, kept) for shard in unsound]
        gone = [number for number in lost if number not in {shard.number for shard in unsound}]
        notes += [f"shard {number} is missing: it is computed again" for number in gone]
        notes += results_notes(connection, folder, whole=len(kept) == header.jobs)
    return notes


def entered(
    connection: sqlite3.Connection, folder: Path, known: dict[int, Job], sound: Sequence[Shard], header: Header
) -> tuple[set[int], list[str]]:
    """Enter sound shards that the ledger does not know; the numbers of all that count, and notes of those that do not.

    A process killed between a shard and its row leaves such a shard, and there is nothing to say about it.
    """
    kept = {shard.number for shard in sound if in_ledger(shard, known)}
    notes = []
    for shard in sound:
        if in_ledger(shard, known):
            continue
        rows = rows_of_run(shard.path, header.digest) if shard.number < header.jobs else None
        if rows is None or shard.number in kept:
            why = "is not of this run" if rows is None else f"is a second shard of job {shard.number}"
            notes.append(f"{shard.path.name} {why}: it is left out, and kept as {set_aside(folder, shard.path)}")
        else:
            ledger.enter(connection, Job(shard.number, rows, shard.sha256, None, ledger.now()))
            kept.add(shard.number)
    return kept, notes


def in_ledger(shard: Shard, known: dict[int, Job]) -> bool:
    """Whether the ledger has this very shard."""
    return shard.number in known and known[shard.number].sha256 == shard.sha256


def damage_note(folder: Path, shard: Shard, kept: set[int]) -> str:
    """Set a damaged shard aside, and say so."""
    again = "another, sound one stands in for it" if shard.number in kept else "it is computed again"
    aside = set_aside(folder, shard.path)
    return f"shard {shard.number} does not match its digest: {again}; the damaged file is kept as {aside}"


def results_notes(connection: sqlite3.Connection, folder: Path, whole: bool) -> list[str]:
    """Take back that a run is finished when its results are missing or damaged, or a shard is; notes of it."""
    header = ledger.header_of(connection)
    if header is None or header.results_sha256 is None:
        return []
    results = folder / RESULTS
    damaged = results.exists() and digest_of_file(results) != header.results_sha256
    if whole and results.exists() and not damaged:
        return []
    ledger.mark_finished(connection, None)
    if damaged:
        aside = set_aside(folder, results)
        return [f"{RESULTS} does not match its digest: it is made again; the damaged file is kept as {aside}"]
    return [] if results.exists() else [f"{RESULTS} is missing: it is made again"]
