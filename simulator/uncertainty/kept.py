"""Sweeps run and kept: in a run folder, from which the same command goes on after any stop, or in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from simulator.store.readings import read_results
from simulator.store.runs import open_run
from simulator.uncertainty.jobs import Progress, in_memory, jobs_of, run_jobs
from simulator.uncertainty.recipes import Prepared, recipe_of

if TYPE_CHECKING:
    import pandas as pd


class Place(NamedTuple):
    """Where a run is kept, with the settings it was read with and the command that goes on with it."""

    base: Path
    settings: Sequence[str]
    command: str


class Kept(NamedTuple):
    """All rows of a sweep, and the run folder they are in; None where they were not kept."""

    rows: pd.DataFrame
    folder: Path | None


def run_and_keep(
    prepared: Prepared,
    place: Place | None,
    workers: int = 0,
    progress: Progress | None = None,
    executor: Executor | None = None,
    say: Callable[[str], object] = lambda note: None,
) -> Kept:
    """Run what is not done yet, and read everything back; finished runs are only read.

    Args:
        say: called with sentences about damage that was found and mended.

    Raises InputProblems: the run folder is in use, full, closed or damaged beyond mending.
    """
    if place is None:
        return Kept(in_memory(prepared.trials, workers, progress, executor), None)
    scenario = prepared.trials.variants[0].scenario
    recipe = recipe_of(prepared, place.settings, place.command)
    name = f"{scenario.name}-{prepared.kind}"
    with open_run(place.base, name, prepared.kind, prepared.title, recipe, len(jobs_of(prepared.trials))) as run:
        for note in run.notes:
            say(note)
        run_jobs(prepared.trials, run, workers, progress, executor)
        run.finish()
    return Kept(read_results(run.folder), run.folder)
