"""One at a time: every uncertain input at its low and its high end, with the same luck, and who is preferred there.

The measure is NPSV. A ratio explodes where its denominator nears zero, so a tornado on a ratio alone would mislead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from simulator.uncertainty.inputs import Uncertain
from simulator.uncertainty.outcomes import Trial
from simulator.uncertainty.points import CENTRAL, Point

if TYPE_CHECKING:
    import pandas as pd


class Bar(NamedTuple):
    """NPSV of one arm with one input at either end, and the arm preferred there. Money in pounds at present value."""

    name: str
    group: str
    value: float
    low: float
    high: float
    unit: str
    standing: str
    npsv_at_low: float
    npsv_at_high: float
    preferred_at_low: str
    preferred_at_high: str
    swing: float
    why: str

    @property
    def flips(self) -> bool:
        """Whether the preferred arm is not the same over both ends; the base decides in the table."""
        return self.preferred_at_low != self.preferred_at_high


class Tornado(NamedTuple):
    """The base, and the bars, widest first."""

    arm: str
    comparator: str
    npsv: float
    noise: float
    preferred: str
    npsv_by_arm: Mapping[str, float]
    bars: tuple[Bar, ...]

    def flips(self, bar: Bar) -> bool:
        """Whether the decision changes at an end of a bar."""
        return (bar.preferred_at_low, bar.preferred_at_high) != (self.preferred, self.preferred)


def priced_first(inputs: Mapping[str, Uncertain]) -> list[Uncertain]:
    """What moves money only, then the others; the order among each stays."""
    return sorted(inputs.values(), key=lambda each: not each.priced)


def trials_of(inputs: Mapping[str, Uncertain]) -> tuple[Trial, ...]:
    """The base, then both ends of every input; those that move money only come first and share its simulation."""
    ends = [Point({each.name: end}) for each in priced_first(inputs) for end in (each.low, each.high)]
    return tuple(Trial(point) for point in (CENTRAL, *ends))


def preferred(npsv: Mapping[str, float], comparator: str) -> str:
    """The arm with the highest NPSV; the comparator, at zero, unless another is above it."""
    return max([comparator, *npsv], key=lambda arm: npsv.get(arm, 0.0))


def tornado_of(results: pd.DataFrame, inputs: Mapping[str, Uncertain], arm: str, comparator: str) -> Tornado:
    """The tornado of one arm from the results of ``trials_of``."""
    by_trial: dict[int, dict[str, float]] = {}
    for trial, name, npsv in zip(results["trial"], results["arm"], results["npsv_gbp"], strict=True):
        by_trial.setdefault(int(trial), {})[str(name)] = float(npsv)
    base = by_trial[0]
    noise = results.loc[(results["trial"] == 0) & (results["arm"] == arm), "noise_gbp"]
    bars = [
        bar_of(each, [by_trial[2 * number + 1], by_trial[2 * number + 2]], base[arm], arm, comparator)
        for number, each in enumerate(priced_first(inputs))
    ]
    bars.sort(key=lambda bar: -bar.swing)
    return Tornado(arm, comparator, base[arm], float(noise.iloc[0]), preferred(base, comparator), base, tuple(bars))


def bar_of(each: Uncertain, ends: Sequence[Mapping[str, float]], base: float, arm: str, comparator: str) -> Bar:
    """One bar; its swing counts the base in, which both ends may lie to one side of."""
    low, high = ends[0][arm], ends[1][arm]
    reached = (low, high, base)
    return Bar(
        each.name, each.group, each.value, each.low, each.high, each.unit, each.standing, low, high,
        preferred(ends[0], comparator), preferred(ends[1], comparator), max(reached) - min(reached), each.why,
    )  # fmt: skip
