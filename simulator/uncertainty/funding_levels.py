"""Levels of funding: one scheme with other numbers of places, run at one point, priced, and compared with no scheme.

All levels are arms of one task, so they share history and luck. A scheme that has run for years keeps its people when it
shrinks, until they leave; those beyond the places paid for are charged at the price of a place, or few places would look
cheap.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from concurrent.futures import as_completed
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.appraisal.comparison import Appraised, Comparison, Runs, appraise
from simulator.appraisal.library import Library
from simulator.appraisal.results import is_programme
from simulator.costing.lines import Line
from simulator.experiment import Plan, Task, chosen_workers, executor_for, perform
from simulator.rates import rates_of
from simulator.scenario.fields import PLACES_FROM
from simulator.scenario.funding import places_of
from simulator.scenario.records import Arm, Scenario, Settings
from simulator.uncertainty.factors import Sampler, factors_of, keyed_row
from simulator.uncertainty.inputs import uncertain_inputs
from simulator.uncertainty.noise import without_noise
from simulator.uncertainty.points import CENTRAL, Point, at_point

Array = NDArray[np.float64]
Progress = Callable[[int], None]

NO_SCHEME = "no_scheme"
BLOCK = 50  # central replications in a unit of work
LEAST_DRAWS = 50  # the central run has as many replications as so many draws, or as all of them
FAR = 3.0  # standard deviations
HAIR_YEARS = 1e-6  # rounding of dates is no person-year


class Effort(NamedTuple):
    """How many draws, replications of each, and the luck and the engine. ``workers`` 0 means one per core."""

    draws: int
    replications: int
    seed: int
    engine: str = "compiled"
    workers: int = 0

    @property
    def central(self) -> int:
        """Replications of the central run."""
        return self.replications * max(self.draws, LEAST_DRAWS)


class Block(NamedTuple):
    """What came out by (level, replication), the first level being no scheme. Money in pounds at present value."""

    benefit: Array
    cost: Array  # programme cost, and what people beyond the places paid for cost
    run_down: Array  # the latter part of it
    fixed: Array  # the part of it that the first place brings
    filled: Array  # person-years in places paid for
    paid: Array  # place-years paid for
    selected: Array  # selections paid for, over the horizon

    @property
    def npsv(self) -> Array:
        """Net present social value."""
        return self.benefit - self.cost


class Work(NamedTuple):
    """Replications of all levels at one point; what a worker needs and no more."""

    scenario: Scenario
    library: Library
    point: Point
    first_replication: int
    replications: int
    seed: int
    engine: str = "compiled"


class Draws(NamedTuple):
    """Means by (draw, level) in pounds at present value; simulation noise is taken out of the benefit's spread.

    ``noise``: its covariance by (level, level), that of one draw's mean benefit.
    """

    benefit: Array
    cost: Array
    fixed: Array
    noise: Array

    @property
    def npsv(self) -> Array:
        """Net present social value."""
        return self.benefit - self.cost


def with_places(settings: Settings, places: int) -> Settings:
    """The settings with places given directly, and no other way of stating them."""
    others = dict.fromkeys(PLACES_FROM)
    return replace(settings, levers={**settings.levers, **others, "programme.places": places})


def no_scheme(scenario: Scenario) -> Arm:
    """The scenario's comparator where that is a closed scheme, else the baseline with the scheme closed."""
    settings = scenario.baseline
    for arm in scenario.arms:
        if arm.name == settings.text("appraisal.comparator") and not arm.settings.flag("programme.open"):
            return replace(arm, settings=with_places(arm.settings, 0))
    closed = replace(settings, levers={**settings.levers, "programme.open": False})
    return Arm(NO_SCHEME, "No scheme", "The same people with no scheme.", {}, with_places(closed, 0))


def levels_of(scenario: Scenario, arm: Arm, places: Sequence[int], present: int | None = None) -> Scenario:
    """The scenario with no scheme, the comparator, and one arm for each number of places.

    Args:
        arm: whose settings all levels have, but for their places.
        present: places before t = 0, where they are not the baseline's.
    """
    nothing = no_scheme(scenario)
    before = with_places(scenario.baseline, places_of(scenario.baseline) if present is None else present)
    baseline = replace(before, levers={**before.levers, "appraisal.comparator": nothing.name})
    levels = (
        replace(arm, name=f"places_{each}", changes={}, stated={}, settings=with_places(arm.settings, each))
        for each in places
    )
    return replace(scenario, baseline=baseline, arms=(nothing, *levels))


def points_of(scenario: Scenario, library: Library, draws: int, seed: int) -> list[Point]:
    """Draws over every uncertain input; draw k is that of the probabilistic analysis of the same seed."""
    inputs = uncertain_inputs(scenario, library)
    factors = factors_of(scenario, inputs)
    sampler = Sampler(scenario, inputs, factors)
    return [sampler.point(keyed_row(factors, seed, draw)) for draw in range(draws)]


def central_works(scenario: Scenario, library: Library, effort: Effort, first: int = 0) -> list[Work]:
    """The central run in units of work."""
    end = first + effort.central
    return [
        Work(scenario, library, CENTRAL, start, min(BLOCK, end - start), effort.seed, effort.engine)
        for start in range(first, end, BLOCK)
    ]


def drawn_works(
    scenario: Scenario, library: Library, points: Sequence[Point], effort: Effort, first: int = 0
) -> list[Work]:
    """One unit of work for each draw, each with replications of its own."""
    each = effort.replications
    return [
        Work(scenario, library, point, first + number * each, each, effort.seed, effort.engine)
        for number, point in enumerate(points)
    ]


def size_of(works: Sequence[Work]) -> int:
    """Arm-replications to run, for a progress bar."""
    return sum(work.replications * len(work.scenario.arms) for work in works)


def block_of(work: Work) -> Block:
    """Run and price one unit of work in this process."""
    scenario, library = at_point(work.scenario, work.library, work.point)
    arms = tuple(rates_of(scenario, arm, library.offence_types) for arm in scenario.arms)
    years = int(scenario.baseline.value("appraisal.horizon_years"))
    activities = perform(Task(arms, work.first_replication, work.replications), years, work.seed, work.engine)
    comparison = appraise(Runs(scenario, tuple(activities), None, work.seed, work.engine), library)
    return joined([level_of(each, comparison) for each in comparison.arms], axis=0)


def level_of(each: Appraised, comparison: Comparison) -> Block:
    """One level of a block."""
    lines = {line.name: line for line in each.pair.arm.costs.lines if is_programme(line)}
    factors, uplift = comparison.factors, 1.0 + comparison.bias.on_costs
    managed, paid = each.pair.arm.activity.managed_years(), lines["place_year"].quantity
    beyond = np.where(managed - paid > HAIR_YEARS, managed - paid, 0.0)
    caseload = each.plan.settings.value("programme.caseload")
    place = unit_cost(lines["place_year"]) + unit_cost(lines["offender_manager_year"]) / caseload
    run_down = (beyond @ factors) * place * uplift
    return Block(
        each.streams.benefit[None],
        (each.streams.programme_cost + run_down)[None],
        run_down[None],
        (lines["fixed_year"].quantity @ factors * unit_cost(lines["fixed_year"]) * uplift)[None],
        (managed - beyond).sum(axis=1)[None],
        paid.sum(axis=1)[None],
        lines["selection"].quantity.sum(axis=1)[None],
    )


def unit_cost(line: Line) -> float:
    """Pounds for one of what a line counts."""
    return math.fsum(price.gbp for price in line.prices)


def joined(blocks: Sequence[Block], axis: int = 1) -> Block:
    """Blocks put together, by replication or (axis 0) by level."""
    return Block(*(np.concatenate(parts, axis=axis) for parts in zip(*blocks, strict=True)))


def blocks_of(works: Sequence[Work], workers: int = 0, progress: Progress | None = None) -> list[Block]:
    """Run units of work on local workers and return their blocks in order; the number of workers changes no bit.

    Args:
        progress: called with the number of arm-replications that have just been finished.
    """
    report = progress or (lambda done: None)
    if not works:
        return []
    most = chosen_workers(Plan(0, works[0].seed, works[0].engine, workers), len(works))
    found: dict[int, Block] = {}
    with executor_for(most, works[0].engine) as pool:
        if pool is None:
            for number, work in enumerate(works):
                found[number] = block_of(work)
                report(size_of([work]))
        else:
            futures = {pool.submit(block_of, work): number for number, work in enumerate(works)}
            for future in as_completed(futures):
                found[futures[future]] = future.result()
                report(size_of([works[futures[future]]]))
    return [found[number] for number in range(len(works))]


def draws_of(blocks: Sequence[Block]) -> Draws:
    """Means of each draw, the benefit's simulation noise taken out; noise of costs is next to nothing and stays."""
    benefit = np.stack([block.benefit.mean(axis=1) for block in blocks])
    noise = noise_of([block.benefit for block in blocks])
    return Draws(
        without_noise(benefit, noise),
        np.stack([block.cost.mean(axis=1) for block in blocks]),
        np.stack([block.fixed.mean(axis=1) for block in blocks]),
        noise,
    )


def noise_of(draws: Sequence[Array]) -> Array:
    """The noise of a draw's means by (level, level), averaged over draws of (level, replication).

    Zero where a single replication leaves it unknown; it then stays in the spread.
    """
    levels, replications = draws[0].shape
    if replications < 2:
        return np.zeros((levels, levels))
    return np.asarray(np.mean([np.atleast_2d(np.cov(each)) / replications for each in draws], axis=0))


def chance_above_zero(quiet: Array, noise: float) -> float | None:
    """The share of draws above zero; None where noise, not the inputs, decides how many are.

    Args:
        quiet: draws with simulation noise taken out of their spread.
        noise: its variance. It decides where it is the larger part of the spread, unless all draws lie far from zero.
    """
    spread = float(quiet.var())
    if noise > spread and abs(float(quiet.mean())) < FAR * math.sqrt(spread + noise):
        return None
    return float((quiet > 0.0).mean())
