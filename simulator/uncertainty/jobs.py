"""Trials in jobs: cut the same way whoever runs them, done in any order by any number of workers, put together by number."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, Protocol

from simulator.experiment import Plan, chosen_workers, executor_for
from simulator.uncertainty.outcomes import Columns, Trials, outcomes_of

if TYPE_CHECKING:
    import pandas as pd

# Replications of an arm in a job: a few seconds of work for some five hundred people.
MOST_IN_A_JOB = 2_000
WAITING_PER_WORKER = 2  # jobs handed out beyond those at work, so that nobody waits and a stop loses little

Progress = Callable[[int], None]


class Keeping(Protocol):
    """Where finished jobs are kept: the run folder of ``store``, or nothing but memory."""

    def missing(self) -> list[int]:
        """Jobs that are not done yet."""

    def add(self, number: int, columns: Columns, seconds: float) -> None:
        """Keep what one job gave."""


class Done(NamedTuple):
    """What one job gave, and how long it took."""

    columns: Columns
    seconds: float


class InMemory:
    """Keeps finished jobs in memory."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self.done: dict[int, Columns] = {}

    def missing(self) -> list[int]:
        """Jobs that are not done yet."""
        return [number for number in range(self.jobs) if number not in self.done]

    def add(self, number: int, columns: Columns, seconds: float) -> None:
        """Keep what one job gave."""
        self.done[number] = columns

    def frame(self) -> pd.DataFrame:
        """All rows, in the order of the jobs."""
        import pandas as pd

        return pd.concat([pd.DataFrame(self.done[number]) for number in sorted(self.done)], ignore_index=True)


def jobs_of(work: Trials) -> list[list[int]]:
    """Numbers of consecutive trials, job by job; trials that share a simulation stay together."""

    def behaviour(number: int) -> object:
        return work.behaviour(work.trials[number])

    most = max(1, MOST_IN_A_JOB // (work.replications * work.arms))
    jobs: list[list[int]] = []
    room = 0
    for _, together in groupby(range(len(work.trials)), behaviour):
        if room == 0:
            jobs.append([])
            room = most
        jobs[-1] += together
        room -= 1
    return jobs


def done_job(work: Trials, numbers: Sequence[int], moved: Sequence[str]) -> Done:
    """Run one job in this process: a row for each of its trials and arms, with the trial's number and its values."""
    start = time.perf_counter()
    found = outcomes_of(work)
    arms = range(work.arms - 1)
    columns: Columns = {"trial": [number for number in numbers for _ in arms]}
    for name in moved:
        columns[name] = [work.value(trial, name) for trial in work.trials for _ in arms]
    return Done({**columns, **found}, time.perf_counter() - start)


def part_of(work: Trials, numbers: Sequence[int]) -> Trials:
    """The trials of one job, with the variants that they are of."""
    trials = [work.trials[number] for number in numbers]
    used = sorted({trial.variant for trial in trials})
    return work._replace(
        variants=tuple(work.variants[number] for number in used),
        trials=tuple(trial._replace(variant=used.index(trial.variant)) for trial in trials),
    )


def run_jobs(
    work: Trials, keeping: Keeping, workers: int = 0, progress: Progress | None = None, executor: Executor | None = None
) -> None:
    """Run the jobs that are missing and keep each as soon as it is done.

    Args:
        progress: called with the number of trials that have just been finished, those found done already first.
        executor: any ``concurrent.futures`` executor; without one, local workers.
    """
    report = progress or (lambda done: None)
    jobs, moved = jobs_of(work), work.moved()
    missing = keeping.missing()
    report(len(work.trials) - sum(len(jobs[number]) for number in missing))
    most = chosen_workers(Plan(0, work.seed, work.engine, workers), len(missing))
    if executor is not None:
        for number, done in handed_out(work, jobs, moved, missing, executor, 64):
            keeping.add(number, done.columns, done.seconds)
            report(len(jobs[number]))
        return
    with executor_for(most, work.engine) as own:
        found = (
            one_by_one(work, jobs, moved, missing) if own is None else handed_out(work, jobs, moved, missing, own, most)
        )
        for number, done in found:
            keeping.add(number, done.columns, done.seconds)
            report(len(jobs[number]))


def one_by_one(
    work: Trials, jobs: Sequence[Sequence[int]], moved: Sequence[str], missing: Sequence[int]
) -> Iterator[tuple[int, Done]]:
    """Jobs in order, in this very process."""
    for number in missing:
        yield number, done_job(part_of(work, jobs[number]), jobs[number], moved)


def handed_out(
    work: Trials,
    jobs: Sequence[Sequence[int]],
    moved: Sequence[str],
    missing: Sequence[int],
    executor: Executor,
    workers: int,
) -> Iterator[tuple[int, Done]]:
    """Jobs as they come back, a few handed out ahead for each worker."""
    left = iter(missing)
    out: dict[Future[Done], int] = {}

    def hand_out() -> None:
        for number in left:
            out[executor.submit(done_job, part_of(work, jobs[number]), jobs[number], moved)] = number
            if len(out) >= workers * WAITING_PER_WORKER:
                return

    hand_out()
    while out:
        back, _ = wait(out, return_when=FIRST_COMPLETED)
        for future in back:
            yield out.pop(future), future.result()
        hand_out()


def in_memory(
    work: Trials, workers: int = 0, progress: Progress | None = None, executor: Executor | None = None
) -> pd.DataFrame:
    """Run all trials and return their rows in order, keeping nothing on disk."""
    keeping = InMemory(len(jobs_of(work)))
    run_jobs(work, keeping, workers, progress, executor)
    return keeping.frame()
