"""Run the arms of a scenario under the same luck and appraise each against the comparator."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulator.activity import Activity, joined
from simulator.appraisal.discounting import discount_factors
from simulator.appraisal.intervals import half_width
from simulator.appraisal.library import Library
from simulator.appraisal.results import Arm, Bias, Pair, Streams, streams_of
from simulator.costing.costs import costs_of
from simulator.experiment import Plan, Progress, Task, by_arm, in_blocks, run_tasks
from simulator.rates import draw_of, drawn_inputs, rates_of, with_draw
from simulator.scenario.records import Arm as PlannedArm
from simulator.scenario.records import Scenario, Settings

Array = NDArray[np.float64]

UNITS_PER_WORKER = 4
MOST_IN_A_UNIT = 100  # replications of some seven arms and five hundred people: about a second


@dataclass(frozen=True)
class Runs:
    """Activities of every arm: with central inputs, and with the uncertain ones drawn anew in each replication.

    Uncertain here are the ratios of the effect and the rates of a fit, by their own intervals.
    """

    scenario: Scenario
    central: tuple[Activity, ...]
    drawn: tuple[Activity, ...] | None  # None where neither effect nor fit has an interval
    seed: int
    engine: str

    @property
    def replications(self) -> int:
        """Replications behind each mean."""
        return self.central[0].replications


@dataclass(frozen=True)
class Appraised:
    """One arm against the comparator, priced."""

    plan: PlannedArm
    pair: Pair
    streams: Streams
    drawn: Streams | None


@dataclass(frozen=True)
class Comparison:
    """Every arm of a scenario against one of them."""

    runs: Runs
    library: Library
    comparator: str
    factors: Array
    arms: tuple[Appraised, ...]
    bias: Bias


def tasks_of(
    scenario: Scenario, library: Library, first: int, replications: int, plan: Plan
) -> tuple[list[Task], list[Task]]:
    """The tasks of the central runs, and those with drawn inputs, one for each draw, from replication ``first`` on."""
    types = library.offence_types
    arms = [rates_of(scenario, arm, types) for arm in scenario.arms]
    central = in_blocks(arms, replications, block_size(plan, replications), first)
    if not drawn_inputs(scenario.baseline):
        return central, []
    draws = (draw_of(scenario.baseline, plan.seed, number) for number in range(first, first + replications))
    return central, [Task(with_draw(arms, scenario, draw), number, 1) for number, draw in enumerate(draws, start=first)]


def block_size(plan: Plan, replications: int) -> int:
    """Replications in a unit of work: about a second's, but several units for every worker."""
    if plan.engine != "compiled":
        return 1
    each = replications / (UNITS_PER_WORKER * (plan.workers or os.cpu_count() or 1))
    return max(1, min(MOST_IN_A_UNIT, math.ceil(each)))


def work_in(scenario: Scenario, replications: int) -> int:
    """Arm-replications to run, for a progress bar."""
    return len(scenario.arms) * replications * (2 if drawn_inputs(scenario.baseline) else 1)


def run(
    scenario: Scenario,
    library: Library,
    replications: int,
    plan: Plan,
    progress: Progress | None = None,
    executor: Executor | None = None,
    first: int = 0,
) -> Runs:
    """Simulate every arm, with common random numbers, from replication ``first`` on."""
    central, drawn = tasks_of(scenario, library, first, replications, plan)
    results = run_tasks([*central, *drawn], plan, progress, executor)
    return Runs(
        scenario,
        tuple(by_arm(results[: len(central)])),
        tuple(by_arm(results[len(central) :])) if drawn else None,
        plan.seed,
        plan.engine,
    )


def extended(runs: Runs, more: Runs) -> Runs:
    """Runs with later replications of the same arms added."""

    def both(ours: tuple[Activity, ...] | None, theirs: tuple[Activity, ...] | None) -> tuple[Activity, ...] | None:
        if ours is None or theirs is None:
            return None
        return tuple(joined([one, other]) for one, other in zip(ours, theirs, strict=True))

    return replace(runs, central=both(runs.central, more.central) or (), drawn=both(runs.drawn, more.drawn))


def run_to_precision(
    scenario: Scenario,
    library: Library,
    precision: float,
    plan: Plan,
    least: int,
    most: int,
    progress: Progress | None = None,
) -> Runs:
    """Replications until the 95% half-width of every arm's NPSV is at most ``precision`` of it.

    Never fewer than ``least`` nor more than ``most``; the number grows by half each time, so that looking often does not
    stop a run by luck. Replication r is the same whatever the number of replications.
    """
    runs = run(scenario, library, least, plan, progress)
    while runs.replications < most and not precise_enough(appraise(runs, library), precision):
        more = min(max(runs.replications // 2, 1), most - runs.replications)
        runs = extended(runs, run(scenario, library, more, plan, progress, first=runs.replications))
    return runs


def precise_enough(comparison: Comparison, precision: float) -> bool:
    """Whether the half-width of NPSV is small against NPSV in every arm but the comparator."""
    return all(
        half_width(arm.streams.npsv) <= precision * abs(float(arm.streams.npsv.mean()))
        for arm in comparison.arms
        if arm.plan.name != comparison.comparator
    )


def discount_rate(scenario: Scenario, library: Library) -> float:
    """The scenario's own rate, else the Green Book's."""
    own = scenario.baseline.optional("appraisal.discount_rate")
    return library.appraisal["discount_rate"].value if own is None else own


def priced(runs: Runs, library: Library, activities: Sequence[Activity], comparator: str) -> dict[str, Arm]:
    """Every arm's activity with its costs."""
    tables = library.tables(runs.scenario.baseline.text("appraisal.cost_table"))
    reference = next(activity for activity in activities if activity.arm == comparator)
    return {
        arm.name: Arm(activity, costs_of(activity, arm.settings, tables, reference))
        for arm, activity in zip(runs.scenario.arms, activities, strict=True)
    }


def appraise(runs: Runs, library: Library, comparator: str | None = None) -> Comparison:
    """Price the runs and set every arm against the comparator. Nothing is simulated again.

    Raises KeyError for a comparator that is not an arm.
    """
    scenario = runs.scenario
    base = comparator or scenario.baseline.text("appraisal.comparator")
    scenario.arm(base)
    years = int(scenario.baseline.value("appraisal.horizon_years"))
    factors = discount_factors(discount_rate(scenario, library), years)
    central = priced(runs, library, runs.central, base)
    drawn = priced(runs, library, runs.drawn, base) if runs.drawn else None
    bias = Bias(
        scenario.baseline.optional("appraisal.optimism_bias") or 0.0,
        scenario.baseline.optional("appraisal.benefit_cut") or 0.0,
    )
    appraised = []
    for plan in scenario.arms:
        pair = Pair(central[plan.name], central[base])
        spread = streams_of(Pair(drawn[plan.name], drawn[base]), factors, bias) if drawn else None
        appraised.append(Appraised(plan, pair, streams_of(pair, factors, bias), spread))
    return Comparison(runs, library, base, factors, tuple(appraised), bias)


def repriced(runs: Runs, **levers: str) -> Runs:
    """The same runs under other choices of pricing, such as ``costing="inclusive"``."""
    changed = {f"appraisal.{name}": value for name, value in levers.items()}

    def with_choices(settings: Settings) -> Settings:
        return replace(settings, levers={**settings.levers, **changed})

    scenario = runs.scenario
    arms = tuple(replace(arm, settings=with_choices(arm.settings)) for arm in scenario.arms)
    return replace(runs, scenario=replace(scenario, arms=arms, baseline=with_choices(scenario.baseline)))
