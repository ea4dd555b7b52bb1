"""The best split of a yearly budget over the cohort types of a scheme, beside the split by published people.

Each cohort type is a scheme of its own, with only its people in the pool: cohorts' own schemes do not share places. All
levels of a cohort have the same luck; different cohorts are different people with luck of their own. Splits are chosen on
one half of the central runs and measured on the other, so that no split looks good by luck alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.scenario.records import Scenario
from simulator.uncertainty.cohort_schemes import Cohort, Task, YearlyPrices
from simulator.uncertainty.funding_levels import (
    Block,
    Effort,
    Progress,
    blocks_of,
    central_works,
    chance_above_zero,
    drawn_works,
    joined,
    levels_of,
    noise_of,
    points_of,
)
from simulator.uncertainty.noise import without_noise

Array = NDArray[np.float64]

PRESENT, ALL_SPENT, BEST = "present", "all_spent", "best"
APART = 1 << 40  # replications of one cohort lie so far from another's: different people, different luck


class Share(NamedTuple):
    """One cohort's part of a split, fixed costs apart: means in pounds at present value. ``chance_pays``: over draws."""

    cohort: str
    places: int
    cost: float
    benefit: float
    chance_pays: float | None

    @property
    def npsv(self) -> float:
        """Net present social value before fixed costs."""
        return self.benefit - self.cost


class Plan(NamedTuple):
    """One split: places of each cohort, and the whole with the fixed costs, which are paid once.

    ``noise`` is the standard error of ``npsv`` by luck. Intervals and chances are over draws: None without draws or places.
    ``beats_present`` is None for the present split too. A chance is None where it cannot be told from noise.
    """

    name: str
    shares: tuple[Share, ...]
    fixed: float
    npsv: float
    noise: float
    interval: tuple[float, float] | None
    chance_positive: float | None
    over_present: float
    over_present_noise: float
    beats_present: float | None
    selections: float = 0.0  # a year, on average over the horizon

    @property
    def places(self) -> int:
        """Places of all cohorts together."""
        return sum(share.places for share in self.shares)


class Split(NamedTuple):
    """The splits of a budget: present, best with everything spent, and best with money left over allowed."""

    scenario: Scenario
    budget: float
    prices: YearlyPrices
    affordable: int
    cohorts: tuple[Cohort, ...]
    plans: tuple[Plan, ...]
    one_scheme: float  # NPSV of one scheme with all the places, which picks from all cohorts
    measured: int  # replications that the splits are measured on

    def spent(self, plan: Plan) -> float:
        """Pounds of the budget that a split spends in a year: on places, fixed costs and selections being on top."""
        return plan.places * self.prices.place


class Drawn(NamedTuple):
    """One cohort's draws at the numbers of places in use: NPSV before fixed costs, its noise, and the fixed costs."""

    places: tuple[int, ...]
    net: Array  # (draws, levels)
    noise: Array  # covariance of a draw's mean by (level, level)
    fixed: Array  # (draws,)


class Difference(NamedTuple):
    """NPSV of one split less another's by draw, simulation noise taken out, and the variance of that noise."""

    quiet: Array
    noise: float

    @property
    def chance(self) -> float | None:
        """The chance that it is above zero; None where that cannot be told from noise."""
        return chance_above_zero(self.quiet, self.noise)


def best_by_total(values: Sequence[Mapping[int, float]], most: int) -> dict[int, tuple[int, ...]]:
    """For every total of places that can be reached exactly, up to ``most``, the split with the highest total value.

    Dynamic programming, cohort by cohort. Ties go to fewer places for the later cohorts.

    Args:
        values: for each cohort the value of each number of places that it may have, zero places among them.
    """
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for options in values:
        after: dict[int, tuple[float, tuple[int, ...]]] = {}
        for total, (value, split) in best.items():
            for places, gain in sorted(options.items()):
                reached = total + places
                if reached <= most and (reached not in after or value + gain > after[reached][0]):
                    after[reached] = (value + gain, (*split, places))
        best = after
    return {total: split for total, (_, split) in best.items()}


def value_of(split: Sequence[int], values: Sequence[Mapping[int, float]]) -> float:
    """The value of a split, added up."""
    return math.fsum(options[places] for options, places in zip(values, split, strict=True))


def chosen_splits(values: Sequence[Mapping[int, float]], most: int, fixed: float) -> dict[str, tuple[int, ...]]:
    """The best split that spends as much as can be spent, and the best of all, which may be to spend nothing."""
    found = best_by_total(values, most)

    def net(total: int) -> float:
        return value_of(found[total], values) - (fixed if total else 0.0)

    return {ALL_SPENT: found[max(found)], BEST: found[max(sorted(found), key=net)]}


def work_in(task: Task, effort: Effort) -> int:
    """Arm-replications at most, for a progress bar."""
    central = sum(len(levels) + 1 for levels in task.levels) + 2
    return central * effort.central + 4 * len(task.cohorts) * effort.draws * effort.replications


def split_of(task: Task, effort: Effort, progress: Progress | None = None) -> Split:
    """Simulate every cohort's own scheme, choose the splits, and measure them."""
    blocks = central_blocks(task, effort, progress)
    half = effort.central // 2
    fixed = float(max(block.fixed.mean(axis=1)[-1] for block in blocks))
    values = [
        dict(zip((0, *levels), before_fixed(block)[:, :half].mean(axis=1).tolist(), strict=True))
        for block, levels in zip(blocks, task.levels, strict=True)
    ]
    splits = {PRESENT: task.present, **chosen_splits(values, task.affordable, fixed)}
    measured = [Block(*(each[:, half:] for each in block)) for block in blocks]
    drawn = drawn_cohorts(task, list(splits.values()), effort, progress)
    plans = tuple(plan_of(task, name, split, measured, drawn, fixed) for name, split in splits.items())
    together = levels_of(task.scenario, task.arm, [task.affordable])
    one = joined(blocks_of(central_works(together, task.library, effort), effort.workers, progress))
    alone, left = float(one.npsv[1].mean()), effort.central - half
    return Split(task.scenario, task.budget, task.prices, task.affordable, task.cohorts, plans, alone, left)


def central_blocks(task: Task, effort: Effort, progress: Progress | None) -> list[Block]:
    """The central run of every cohort's levels."""
    works = [
        central_works(task.scheme(number, levels), task.library, effort, number * APART)
        for number, levels in enumerate(task.levels)
    ]
    found = iter(blocks_of([work for each in works for work in each], effort.workers, progress))
    return [joined([next(found) for _ in each]) for each in works]


def before_fixed(block: Block) -> Array:
    """NPSV before fixed costs by (level, replication)."""
    return block.npsv + block.fixed


def drawn_cohorts(
    task: Task, splits: Sequence[Sequence[int]], effort: Effort, progress: Progress | None
) -> list[Drawn] | None:
    """Draws of every cohort at the places that some split gives it; the same point for all cohorts."""
    if not effort.draws:
        return None
    scheme = levels_of(task.scenario, task.arm, [task.affordable])
    points = points_of(scheme, task.library, effort.draws, effort.seed)
    used = [tuple(sorted({split[number] for split in splits} - {0})) for number in range(len(task.cohorts))]
    works = [
        drawn_works(task.scheme(number, places), task.library, points, effort, number * APART + effort.central)
        for number, places in enumerate(used)
    ]
    found = iter(blocks_of([work for each in works for work in each], effort.workers, progress))
    return [drawn_of((0, *places), [next(found) for _ in each]) for places, each in zip(used, works, strict=True)]


def drawn_of(places: tuple[int, ...], blocks: Sequence[Block]) -> Drawn:
    """One cohort's draws."""
    net = [before_fixed(block) for block in blocks]
    fixed = np.array([float(block.fixed[-1].mean()) for block in blocks])
    return Drawn(places, np.stack([each.mean(axis=1) for each in net]), noise_of(net), fixed)


def difference(
    drawn: Sequence[Drawn], split: Sequence[int], other: Sequence[int], with_fixed: bool = True
) -> Difference:
    """NPSV of one split less another's by draw; fixed costs are paid once by a split with any places."""
    total, noise = np.zeros(len(drawn[0].net)), 0.0
    for cohort, mine, theirs in zip(drawn, split, other, strict=True):
        one, two = cohort.places.index(mine), cohort.places.index(theirs)
        total = total + cohort.net[:, one] - cohort.net[:, two]
        noise += float(cohort.noise[one, one] + cohort.noise[two, two] - 2.0 * cohort.noise[one, two])
    if with_fixed:
        total = total + np.max([cohort.fixed for cohort in drawn], axis=0) * (int(any(other)) - int(any(split)))
    noise = max(noise, 0.0)
    return Difference(without_noise(total[:, None], np.full((1, 1), noise))[:, 0], noise)


def plan_of(
    task: Task,
    name: str,
    split: tuple[int, ...],
    blocks: Sequence[Block],
    drawn: Sequence[Drawn] | None,
    fixed: float,
) -> Plan:
    """One split, measured."""
    nets = [before_fixed(block) for block in blocks]
    mine, present = total_of(task, nets, split), total_of(task, nets, task.present)
    paid = fixed if any(split) else 0.0
    over = mine - present + (fixed - paid)
    spread = difference(drawn, split, [0] * len(split)) if drawn and any(split) else None
    better = difference(drawn, split, task.present) if drawn and split != task.present else None
    return Plan(
        name,
        tuple(
            share_of(task, number, places, blocks[number], drawn[number] if drawn else None)
            for number, places in enumerate(split)
        ),
        paid,
        float(mine.mean()) - paid,
        standard_error(mine),
        None if spread is None else interval_of(spread.quiet),
        None if spread is None else spread.chance,
        float(over.mean()),
        standard_error(over),
        None if better is None else better.chance,
        math.fsum(selections_of(task, number, places, blocks[number]) for number, places in enumerate(split)),
    )


def selections_of(task: Task, number: int, places: int, block: Block) -> float:
    """How many people of one cohort are selected in a year, on average over the horizon."""
    row = (0, *task.levels[number]).index(places)
    return float(block.selected[row].mean()) / task.scenario.baseline.value("appraisal.horizon_years")


def total_of(task: Task, nets: Sequence[Array], split: Sequence[int]) -> Array:
    """NPSV of a split before fixed costs, by replication."""
    rows = (net[(0, *levels).index(places)] for net, levels, places in zip(nets, task.levels, split, strict=True))
    return np.asarray(np.sum(list(rows), axis=0))


def standard_error(values: Array) -> float:
    """Of the mean of independent values."""
    return float(values.std(ddof=1)) / math.sqrt(len(values)) if len(values) > 1 else math.nan


def interval_of(values: Array) -> tuple[float, float]:
    """The 2.5th and 97.5th percentiles of draws."""
    low, high = np.quantile(values, (0.025, 0.975))
    return float(low), float(high)


def share_of(task: Task, number: int, places: int, block: Block, drawn: Drawn | None) -> Share:
    """One cohort's part of a split."""
    row = (0, *task.levels[number]).index(places)
    chance = difference([drawn], [places], [0], with_fixed=False).chance if drawn and places else None
    return Share(
        task.cohorts[number].name,
        places,
        float((block.cost - block.fixed)[row].mean()),
        float(block.benefit[row].mean()),
        chance,
    )
