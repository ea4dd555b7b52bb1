"""What the evidence document is made of: everything simulated for it, on two processes, with one seed."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any, NamedTuple

from simulator.appraisal.library import Library, load_library
from simulator.evaluation.lines import Line
from simulator.evaluation.regression import Regression
from simulator.report.cases import SCENARIOS, SUSSEX, Case, case_bridge, case_lines, case_regression, cases_of

SEED = 1
PROCESSES = 2
BEFORE_AFTER = ("leicestershire_2016", "bedfordshire_2019", "sussex_2013")  # the slowest first


class Simulated(NamedTuple):
    """By report: its figures, and how much of its fall is selection. The bridge is the document of `reproduce`."""

    lines: Mapping[str, Sequence[Line]]
    regressions: Mapping[str, Sequence[Regression]]
    bridge: Mapping[str, Any]


def shipped(source: str) -> tuple[Case, Library]:
    """The case of a shipped report."""
    library = load_library()
    return cases_of(source, library)[0], library


def figures_of(source: str) -> list[Line]:
    """Every simulated figure of a report."""
    case, library = shipped(source)
    return case_lines(case, library, SEED)


def falls_of(source: str) -> list[Regression]:
    """Regression to the mean of a before/after report."""
    case, library = shipped(source)
    return case_regression(case, library, SEED)


def bridge() -> dict[str, Any]:
    """Sussex's bridge."""
    case, library = shipped(SUSSEX)
    return case_bridge([case], library, SEED)


def simulated(progress: Callable[[int], object] = lambda done: None) -> Simulated:
    """All of it, at the replications that `reproduce` takes.

    Raises InputProblems when evidence, scenarios or cost tables are faulty.
    """
    with ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("spawn")) as pool:
        falls = {source: pool.submit(falls_of, source) for source in BEFORE_AFTER}
        money = pool.submit(bridge)
        figures = {source: pool.submit(figures_of, source) for source in SCENARIOS}
        waiting: list[Future[Any]] = [*falls.values(), money, *figures.values()]
        for each in waiting:
            each.add_done_callback(lambda _: progress(1))
        return Simulated(
            {source: found.result() for source, found in figures.items()},
            {source: found.result() for source, found in falls.items()},
            money.result(),
        )
