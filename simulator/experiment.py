"""Replications of arms with common random numbers, over any executor of ``concurrent.futures``.

Work is cut into tasks of consecutive replications. Which worker does which, in which order, changes no bit: luck depends
on seed, replication, person and purpose only, and the blocks are put together by replication number.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from typing import NamedTuple

from simulator.activity import Activity, joined, problems_of
from simulator.jit import COMPILED
from simulator.model.rates import Rates

# The reference is plain Python and needs processes; compiled replications hold no Python lock and share threads.
ENGINES = {"simpy": "simulator.engine_simpy", "compiled": "simulator.engine_compiled"}
Progress = Callable[[int], None]


class Task(NamedTuple):
    """Consecutive replications of arms that share one history."""

    arms: tuple[Rates, ...]
    first_replication: int
    replications: int


class Plan(NamedTuple):
    """What to run: the luck, the length and the engine. ``workers`` 0 means one per core."""

    years: int
    seed: int
    engine: str = "compiled"
    workers: int = 0


def perform(task: Task, years: int, seed: int, engine: str) -> list[Activity]:
    """Run one task in this process: its activities, checked, with the cohort's groups added together.

    Raises RuntimeError when an identity of the activity does not hold; the message says which.
    """
    run = importlib.import_module(ENGINES[engine]).run
    activities = run(task.arms, years, seed, task.first_replication, task.replications, by_group=False)
    if problems_of(joined(activities)):  # all arms in one go
        return [checked(activity) for activity in activities]
    return list(activities)


def chosen_workers(plan: Plan, tasks: int) -> int:
    """As many workers as asked for, or one per core, and never more than tasks."""
    return max(1, min(plan.workers or os.cpu_count() or 1, tasks))


@contextmanager
def executor_for(workers: int, engine: str) -> Iterator[Executor | None]:
    """Worker threads or processes, or none for a single worker. Leaving by an exception cancels what has not started."""
    if workers == 1:
        yield None
        return
    pool: Executor
    if engine == "compiled" and COMPILED:
        pool = ThreadPoolExecutor(workers)
    else:
        pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


def run_tasks(
    tasks: Sequence[Task], plan: Plan, progress: Progress | None = None, executor: Executor | None = None
) -> list[list[Activity]]:
    """Run tasks on an executor and return their activities in the order of the tasks.

    Args:
        progress: called with the number of arm-replications that have just been finished.
        executor: any ``concurrent.futures`` executor; without one, local worker processes.

    Raises:
        RuntimeError: an identity of the activity does not hold; the message says which.
    """
    report = progress or (lambda done: None)
    if executor is not None:
        return collected(tasks, plan, report, executor)
    with executor_for(chosen_workers(plan, len(tasks)), plan.engine) as own:
        return collected(tasks, plan, report, own)


def units_of(tasks: Sequence[Task]) -> list[list[Task]]:
    """Consecutive tasks put together until each unit of work has as many replications as the longest task."""
    most = max((task.replications for task in tasks), default=0)
    units: list[list[Task]] = []
    room = 0
    for task in tasks:
        if task.replications > room:
            units.append([])
            room = most
        units[-1].append(task)
        room -= task.replications
    return units


def perform_all(tasks: Sequence[Task], years: int, seed: int, engine: str) -> list[list[Activity]]:
    """Run one unit of work in this process, task by task."""
    return [perform(task, years, seed, engine) for task in tasks]


def collected(tasks: Sequence[Task], plan: Plan, report: Progress, executor: Executor | None) -> list[list[Activity]]:
    """Run tasks in units of work, and return their activities in the order of the tasks."""
    units = units_of(tasks)
    results: dict[int, list[list[Activity]]] = {}
    for number, found in finished(units, plan, executor):
        results[number] = found
        report(sum(task.replications * len(task.arms) for task in units[number]))
    return [activities for number in range(len(units)) for activities in results[number]]


def finished(
    units: Sequence[Sequence[Task]], plan: Plan, executor: Executor | None
) -> Iterator[tuple[int, list[list[Activity]]]]:
    """Units of work by number as they come to an end."""
    if executor is None:
        for number, unit in enumerate(units):
            yield number, perform_all(unit, plan.years, plan.seed, plan.engine)
        return
    futures: dict[Future[list[list[Activity]]], int] = {
        executor.submit(perform_all, unit, plan.years, plan.seed, plan.engine): number
        for number, unit in enumerate(units)
    }
    for future in as_completed(futures):
        yield futures[future], future.result()


def checked(activity: Activity) -> Activity:
    """The same activity, after the identities that always hold have been checked."""
    wrong = problems_of(activity)
    if wrong:
        raise RuntimeError(f"{activity.arm}: " + "; ".join(wrong))
    return activity


def in_blocks(arms: Sequence[Rates], replications: int, size: int, start: int = 0) -> list[Task]:
    """One set of arms over all replications from ``start`` on, in tasks of at most ``size`` replications."""
    end = start + replications
    return [Task(tuple(arms), first, min(size, end - first)) for first in range(start, end, size)]


def by_arm(results: Sequence[list[Activity]]) -> list[Activity]:
    """Blocks of replications of the same arms, joined arm by arm."""
    return [joined([block[arm] for block in results]) for arm in range(len(results[0]))]
