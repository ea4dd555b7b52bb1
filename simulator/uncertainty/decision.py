"""What would change a decision: who is preferred at a point, by how much, and how sure that is.

The preferred arm is the one with the highest NPSV, the comparator at zero among them. Its lead is what it is ahead of
the best of the others; below zero, another is preferred.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.appraisal.intervals import student_t
from simulator.experiment import Plan, chosen_workers, executor_for
from simulator.quantities import Quantity
from simulator.rates import log_error_beside
from simulator.scenario.records import Scenario
from simulator.uncertainty.inputs import EFFECT, POPULATION, Spread, Uncertain
from simulator.uncertainty.jobs import part_of
from simulator.uncertainty.outcomes import NOISE_WITH, Columns, Trial, Trials, Variant, outcomes_of
from simulator.uncertainty.points import CENTRAL, Point

Array = NDArray[np.float64]


class Standing(NamedTuple):
    """NPSV of every arm, the comparator first, and the covariance (arms, arms) of its simulation noise, as found from
    so many replications.
    """

    arms: tuple[str, ...]
    npsv: Array
    noise: Array
    replications: int

    @property
    def preferred(self) -> str:
        """The arm with the highest NPSV; the first of equals."""
        return self.arms[int(np.argmax(self.npsv))]

    def rival(self, arm: str) -> str:
        """The best of the other arms."""
        return max((other for other in self.arms if other != arm), key=self.of)

    def of(self, arm: str) -> float:
        """One arm's NPSV, pounds at present value."""
        return float(self.npsv[self.arms.index(arm)])

    def lead(self, arm: str) -> float:
        """How far an arm is ahead of the best of the others; below zero, behind."""
        return self.of(arm) - self.of(self.rival(arm))

    def error(self, arm: str) -> float:
        """Standard error of the lead: the noise that the two arms share cancels."""
        one, other = self.arms.index(arm), self.arms.index(self.rival(arm))
        variance = self.noise[one, one] + self.noise[other, other] - 2.0 * self.noise[one, other]
        return math.sqrt(max(float(variance), 0.0))

    @property
    def wide(self) -> float:
        """Standard errors in half of a 95% interval: Student t of the replications, as for `compare`."""
        return student_t(self.replications - 1) if self.replications > 1 else math.inf

    def clear(self, arm: str) -> bool:
        """Whether the lead, or how far it is behind, is more than luck: the 95% interval holds no zero."""
        error = self.error(arm)
        return abs(self.lead(arm)) > (self.wide * error if error else 0.0)


class Setting(NamedTuple):
    """What is simulated at every point: the scenario, its inputs, the luck and the workers."""

    variant: Variant
    inputs: Mapping[str, Uncertain]
    replications: int
    seed: int
    engine: str
    workers: int = 0

    @property
    def comparator(self) -> str:
        """The arm that the others are compared with."""
        return self.variant.scenario.baseline.text("appraisal.comparator")

    def at(self, points: Sequence[Point]) -> list[Standing]:
        """Standings at points, all with the same luck; points that differ in prices only share a simulation."""
        return self.of([Trial(point) for point in points])

    def of(self, trials: Sequence[Trial]) -> list[Standing]:
        """Standings of trials, in their order."""
        work = Trials((self.variant,), self.inputs, tuple(trials), self.replications, self.seed, self.engine)
        groups = [
            list(together) for _, together in groupby(self.ordered(trials), lambda each: work.behaviour(trials[each]))
        ]
        parts = [part_of(work, numbers) for numbers in groups]
        workers = chosen_workers(Plan(0, self.seed, self.engine, self.workers), len(parts))
        with executor_for(workers, self.engine) as pool:
            found = list(map(outcomes_of, parts) if pool is None else pool.map(outcomes_of, parts))
        standings = {
            number: standing
            for numbers, columns in zip(groups, found, strict=True)
            for number, standing in zip(numbers, standings_of(columns, self.comparator, self.replications), strict=True)
        }
        return [standings[number] for number in range(len(trials))]

    def ordered(self, trials: Sequence[Trial]) -> list[int]:
        """Numbers of trials, those that move prices only first, side by side."""
        return sorted(
            range(len(trials)), key=lambda each: any(not self.inputs[name].priced for name in trials[each].point.values)
        )


def standings_of(columns: Columns, comparator: str, replications: int) -> Iterator[Standing]:
    """One standing for each trial from the rows of its arms."""
    arms = list(dict.fromkeys(columns["arm"]))
    npsv = np.array(columns["npsv_gbp"]).reshape(-1, len(arms))
    covariance = np.stack([np.array(columns[f"{NOISE_WITH}{arm}_gbp2"]).reshape(-1, len(arms)) for arm in arms], axis=2)
    for values, shared in zip(npsv, covariance, strict=True):
        noise = np.zeros((len(arms) + 1, len(arms) + 1))
        noise[1:, 1:] = shared
        yield Standing((comparator, *arms), np.array([0.0, *values]), noise, replications)


class End(NamedTuple):
    """One end of an input's range, and who stands where there."""

    each: Uncertain
    value: float
    standing: Standing

    def point(self, share: float) -> dict[str, float]:
        """The input so far of the way from its value to this end."""
        return {self.each.name: self.each.value + share * (self.value - self.each.value)}


def ends_of(
    inputs: Mapping[str, Uncertain], at: Callable[[Sequence[Point]], list[Standing]]
) -> tuple[Standing, list[End]]:
    """The base, and both ends of every input that are not its value, with the same luck."""
    ends = [(each, end) for each in inputs.values() for end in (each.low, each.high) if end != each.value]
    base, *standings = at([CENTRAL, *(Point({each.name: end}) for each, end in ends)])
    return base, [End(each, value, standing) for (each, value), standing in zip(ends, standings, strict=True)]


def chance_beyond(scenario: Scenario, each: Uncertain, value: float) -> float | None:
    """How likely a draw of an input lies beyond a value, on the far side of the present one.

    None for a range, which no probability is known of, and for a mix.
    """
    if each.spread is Spread.INTERVAL:
        error = interval_error(scenario.baseline.effect.ratios[each.name.removeprefix(EFFECT)], value)
    elif each.spread is Spread.FIT:
        error = scenario.baseline.fitted[each.name.removeprefix(POPULATION)].log_error
    else:
        return None
    if error <= 0.0 or value <= 0.0:
        return None
    distance = abs(math.log(value / each.value)) / error
    return 0.5 * math.erfc(distance / math.sqrt(2.0))


def interval_error(ratio: Quantity, value: float) -> float:
    """Standard error of the log of a ratio on the side where a value lies."""
    return log_error_beside(ratio, 1.0 if value > ratio.value else -1.0)
