"""How much of a before/after fall is selection: the report's own protocol with no effect at all.

The level of offending is set so that the year before is as reported; the year after is then a prediction, and what it
lies below the year before is a fall that nobody caused. A range over structural choices, since none of them is measured.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from simulator.evaluation.before_after import Protocol, Windows, somebody
from simulator.evaluation.before_after_lines import mean
from simulator.evaluation.before_after_reports import Looked, measures_of, people_looked_at
from simulator.model.rates import Rates
from simulator.rates import with_values
from simulator.tables import InputProblems, Problem

Z_95 = 1.959963984540054
MOST_TRIES = 7
CLOSE = 0.003  # of the reported level, on a log scale
LEAST, MOST = 0.02, 40.0  # occasions per year that are tried
LEAST_COUNT = 1e-9  # stands for a count of nought, whose logarithm would be infinite
REACHED = 0.05  # a level before within this share of the reported one counts as reached


class Choice(NamedTuple):
    """One structural choice: what it is, settings of the scenario, and another way of looking or counting."""

    name: str
    settings: tuple[str, ...] = ()
    protocol: Protocol | None = None
    counts_arrests: bool = False


class Regression(NamedTuple):
    """What the protocol shows without any effect, under one choice. Counts per person, falls as shares."""

    choice: str
    counted: str  # what the report counts: offences, arrests or convictions
    occasions_per_year: float
    reported_before: float
    before: float
    after: float
    any_before: float
    any_after: float
    fall: float
    low: float  # 95% sampling interval of the fall among as many people as the report had
    high: float
    by_custody: float  # the part of the fall that more time in custody after than before makes
    reported_fall: float
    reached: bool  # whether the reported level before was reached at all

    @property
    def by_selection(self) -> float:
        """The part that comes from choosing people at their peak, spells included."""
        return self.fall - self.by_custody

    @property
    def left(self) -> float:
        """What is left of the reported fall for the scheme, and for everything else."""
        return self.reported_fall - self.fall


def regression_of(
    looked: Looked,
    choice: Choice,
    rates: Rates,
    reported: Mapping[str, float],
    people: int,
    seed: int,
    replications: int,
) -> Regression:
    """The protocol without effect under one choice.

    Args:
        rates: of the scheme as it ran, with no effect.
        reported: the report's measures per person.
        people: how many the report looked at.

    Raises InputProblems when the report counts nothing before, so that there is no fall, or when nobody is looked at.
    """
    chosen = looked._replace(protocol=choice.protocol) if choice.protocol else looked
    counts = "occasions_" if choice.counts_arrests or "occasions_before" in reported else ""
    before, after = (reported.get(f"{counts}{side}", reported.get(side)) for side in ("before", "after"))
    assert before is not None and after is not None
    if before <= 0.0 or people < 1:
        raise InputProblems([Problem(looked.report, 0, 0, "nothing is counted before, or nobody: there is no fall")])

    def found_at(level: float) -> Windows:
        return people_looked_at(with_level(rates, level), chosen, seed, replications)

    level, found = level_reaching(before, f"{counts}before", found_at)
    somebody(found, looked.reading)
    measures = measures_of(found)
    here, there = measures[f"{counts}before"], measures[f"{counts}after"]
    fall = 1.0 - years_alike(looked) * there / here
    error = fall_error(found, f"{counts}before", f"{counts}after", people, years_alike(looked))
    per_occasion = there / max(measures["occasions_after"], 1e-12)
    return Regression(
        choice=choice.name,
        counted=counted_in(choice, reported),
        occasions_per_year=level,
        reported_before=before,
        before=here,
        after=there,
        any_before=measures["any_before"],
        any_after=measures["any_after"],
        fall=fall,
        low=fall - Z_95 * error,
        high=fall + Z_95 * error,
        by_custody=fall - fall_without_custody(found, here, there, per_occasion, years_alike(looked)),
        reported_fall=1.0 - years_alike(looked) * after / before,
        reached=abs(math.log(here / before)) < REACHED,
    )


def counted_in(choice: Choice, reported: Mapping[str, float]) -> str:
    """What the counts are of."""
    if choice.counts_arrests:
        return "arrests"
    return "convictions" if "occasions_before" in reported else "offences"


def fall_without_custody(found: Windows, here: float, there: float, per_occasion: float, alike: float) -> float:
    """The fall had custody taken nobody's time, before or after: what it took is put back into both counts.

    Into both, because people chosen for nothing at all are in custody before as much as after, and do not fall.
    """
    before = here + per_occasion * float(found.lost_before.mean())
    after = there + per_occasion * float(found.lost.mean())
    return 1.0 - alike * after / before


def years_alike(looked: Looked) -> float:
    """Years before over years after: what brings both counts to the same length."""
    return looked.years_before / looked.years_after


def level_reaching(before: float, measure: str, found_at: Callable[[float], Windows]) -> tuple[float, Windows]:
    """Occasions per year at which the mean before is as reported, by false position on logs; else the nearest."""
    tried: list[tuple[float, float, Windows]] = []
    x = 0.0
    for _ in range(MOST_TRIES):
        found = found_at(math.exp(x))
        tried.append((x, math.log(max(mean(getattr(found, measure)), LEAST_COUNT) / before), found))
        if abs(tried[-1][1]) < CLOSE:
            break
        x = next_try(tried)
    best = min(tried, key=lambda each: abs(each[1]))
    return math.exp(best[0]), best[2]


def next_try(tried: list[tuple[float, float, Windows]]) -> float:
    """The next level, on a log scale: a step against the miss, then along the line through the two nearest."""
    x, miss, _ = tried[-1]
    step = -miss
    if len(tried) > 1:
        (one, below, _), (other, above, _) = sorted(tried, key=lambda each: abs(each[1]))[:2]
        slope = (above - below) / (other - one) if other != one else 1.0
        x, step = one, -below / max(slope, 0.2)
    return min(max(x + min(max(step, -2.0), 2.0), math.log(LEAST)), math.log(MOST))


def with_level(rates: Rates, level: float) -> Rates:
    """The same arm with another number of occasions per year."""
    return with_values(rates, {"occasions_per_year": level})


def fall_error(found: Windows, before: str, after: str, people: int, alike: float) -> float:
    """Standard error of 1 - after/before among so many people: ratio estimator, by the delta method."""
    one, two = getattr(found, before), alike * getattr(found, after)
    ratio = float(two.mean() / one.mean())
    return float(np.std(two - ratio * one)) / (float(one.mean()) * math.sqrt(people))
