"""The funding curve: what each further place brings, from no scheme to many places, and where that stops paying.

The first step, from no scheme to the first level, carries the fixed costs; it is given with them and without.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.appraisal.intervals import student_t
from simulator.appraisal.library import Library
from simulator.appraisal.results import Ratio, ratio_of
from simulator.scenario.records import Scenario
from simulator.uncertainty.funding_levels import (
    Block,
    Draws,
    Effort,
    Progress,
    blocks_of,
    central_works,
    chance_above_zero,
    drawn_works,
    draws_of,
    joined,
    levels_of,
    points_of,
)

Array = NDArray[np.float64]

UNIT_GBP = 100_000.0  # present value of a scheme's cost over the horizon
STEP_COST = "cost of the step"
PERCENTILES = (0.025, 0.5, 0.975)


class Curve(NamedTuple):
    """The central run and the draws (None without any) over levels of places, the first of them none."""

    scenario: Scenario
    places: tuple[int, ...]
    central: Block
    draws: Draws | None


class Step(NamedTuple):
    """From one level to the next: mean pounds at present value, and benefit per £1 with its simulation noise.

    ``after_fixed`` leaves out the fixed costs, which only the first step carries.
    """

    from_places: int
    to_places: int
    cost: float
    benefit: float
    fixed: float
    per_pound: Ratio
    after_fixed: Ratio

    @property
    def middle(self) -> float:
        """The number of places in the middle of the step, at which its average holds best."""
        return (self.from_places + self.to_places) / 2.0


class Slope(NamedTuple):
    """How fast the benefit per £1 of a step changes with each further place, and the half-width of its 95% interval."""

    per_place: float
    half_width: float

    @property
    def seen(self) -> bool:
        """Whether it is larger than luck alone would make it."""
        return abs(self.per_place) > self.half_width


class Stop(NamedTuple):
    """Where the next pound stops paying for itself, over draws: places at the percentiles, and how often nowhere or
    nowhere up to the last level. Draws of the second kind count as the last level, of the first as none.
    """

    low: float
    median: float
    high: float
    chance_from_the_start: float
    chance_never: float


def curve_of(
    scenario: Scenario,
    library: Library,
    arm: str,
    places: Sequence[int],
    effort: Effort,
    progress: Progress | None = None,
) -> Curve:
    """The curve of one arm over numbers of places: rising, the first of them at least 1."""
    levels = levels_of(scenario, scenario.arm(arm), places)
    central = central_works(levels, library, effort)
    drawn = drawn_works(levels, library, points_of(levels, library, effort.draws, effort.seed), effort)
    blocks = blocks_of([*central, *drawn], effort.workers, progress)
    found = blocks[len(central) :]
    return Curve(levels, (0, *places), joined(blocks[: len(central)]), draws_of(found) if found else None)


def work_in(levels: int, effort: Effort) -> int:
    """Arm-replications of a curve of so many levels besides no scheme, for a progress bar."""
    return (levels + 1) * (effort.central + effort.draws * effort.replications)


def steps_of(curve: Curve) -> list[Step]:
    """The steps between neighbouring levels. Costs times benefit per £1 add up to the last level's benefit."""
    benefit, cost, fixed = (
        np.diff(each, axis=0) for each in (curve.central.benefit, curve.central.cost, curve.central.fixed)
    )
    return [
        Step(
            low,
            high,
            float(cost[number].mean()),
            float(benefit[number].mean()),
            float(fixed[number].mean()),
            ratio_of(benefit[number], cost[number], None, STEP_COST),
            ratio_of(benefit[number], cost[number] - fixed[number], None, STEP_COST),
        )
        for number, (low, high) in enumerate(pairwise(curve.places))
    ]


def drawn_ratios(draws: Draws, after_fixed: bool = False) -> Array:
    """Benefit per £1 of each step by (draw, step); without the fixed costs where asked. NaN where a step costs nothing."""
    benefit, cost = np.diff(draws.benefit, axis=1), np.diff(draws.cost, axis=1)
    if after_fixed:
        cost = cost - np.diff(draws.fixed, axis=1)
    return np.divide(benefit, cost, out=np.full_like(benefit, math.nan), where=cost > 0.0)


def chances_of_paying(draws: Draws, after_fixed: bool = False) -> list[float | None]:
    """The chance that each step brings more than it costs; None where that cannot be told from simulation noise."""
    net = np.diff(draws.npsv, axis=1)
    if after_fixed:
        net = net + np.diff(draws.fixed, axis=1)
    own, with_next = np.diag(draws.noise), np.diag(draws.noise, 1)
    noise = own[:-1] + own[1:] - 2.0 * with_next
    return [chance_above_zero(net[:, step], float(noise[step])) for step in range(net.shape[1])]


def chances_of_all(draws: Draws) -> list[float | None]:
    """The same for each level as a whole, no scheme first."""
    own = np.diag(draws.noise)
    return [chance_above_zero(draws.npsv[:, level], float(own[level])) for level in range(len(own))]


def stopping_place(middles: Sequence[float], per_pound: Sequence[float]) -> float:
    """Beyond how many places no step pays, between the middles of the last that does and the next, on a straight line.

    0 where no step pays, infinite where the last does.
    """
    paying = [number for number, each in enumerate(per_pound) if each >= 1.0]
    if not paying:
        return 0.0
    last = paying[-1]
    if last + 1 == len(per_pound):
        return math.inf
    above, below = per_pound[last] - 1.0, 1.0 - per_pound[last + 1]
    return middles[last] + (middles[last + 1] - middles[last]) * above / (above + below)


def central_stop(steps: Sequence[Step]) -> float | None:
    """Where the next pound stops paying in the central run, fixed costs apart; None where a step has no ratio."""
    ratios = [step.after_fixed.value for step in steps]
    known = [each for each in ratios if each is not None]
    return stopping_place([step.middle for step in steps], known) if len(known) == len(ratios) else None


def mean_stop(draws: Draws, steps: Sequence[Step]) -> float | None:
    """The same for mean benefit over mean cost of the draws."""
    benefit, cost = np.diff(draws.benefit, axis=1).mean(axis=0), np.diff(draws.cost - draws.fixed, axis=1).mean(axis=0)
    if not (cost > 0.0).all():
        return None
    return stopping_place([step.middle for step in steps], (benefit / cost).tolist())


def drawn_stop(draws: Draws, steps: Sequence[Step]) -> Stop | None:
    """The same draw by draw; None where a step costs nothing in some draw."""
    ratios = drawn_ratios(draws, after_fixed=True)
    if np.isnan(ratios).any():
        return None
    middles = [step.middle for step in steps]
    found = np.array([stopping_place(middles, row) for row in ratios.tolist()])
    low, median, high = np.quantile(np.minimum(found, steps[-1].to_places), PERCENTILES)
    return Stop(float(low), float(median), float(high), float((found == 0.0).mean()), float(np.isinf(found).mean()))


def best_chances(draws: Draws) -> Array:
    """The chance that each level, no scheme among them, has the highest NPSV; adding up to 1, ties to fewer places."""
    best = np.argmax(draws.npsv, axis=1)
    return np.bincount(best, minlength=draws.npsv.shape[1]) / len(best)


def slope_of(curve: Curve, first: int = 0) -> Slope | None:
    """The straight line through the benefit per £1 of the steps from ``first`` on, fixed costs apart.

    Its noise is that of paired replications, by the delta method. None for fewer than three steps or two replications,
    and where a step costs nothing.
    """
    benefit = np.diff(curve.central.benefit, axis=0)[first:]
    cost = np.diff(curve.central.cost - curve.central.fixed, axis=0)[first:]
    steps, replications = benefit.shape
    means = cost.mean(axis=1)
    if steps < 3 or replications < 2 or not (means > 0.0).all():
        return None
    middles = np.array([(low + high) / 2.0 for low, high in pairwise(curve.places)][first:])
    weights = (middles - middles.mean()) / ((middles - middles.mean()) ** 2).sum()
    ratios = benefit.mean(axis=1) / means
    moved = weights @ ((benefit - ratios[:, None] * cost) / means[:, None])
    half = student_t(replications - 1) * float(moved.std(ddof=1)) / math.sqrt(replications)
    return Slope(float(weights @ ratios), half)


def in_use(block: Block) -> list[float | None]:
    """The share of the place-years paid for in which somebody held the place, by level; None without places."""
    filled, paid = block.filled.mean(axis=1), block.paid.mean(axis=1)
    return [float(mine / all_of_it) if all_of_it > 0.0 else None for mine, all_of_it in zip(filled, paid, strict=True)]
