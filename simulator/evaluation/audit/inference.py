"""What the Data Lab computes from its own figures: intervals of rates, p-values, significance, people needed.

The comparison group is so large that its own error is nil: the difference has the standard error of the treated mean, and
Student's t on one degree of freedom less than there are treated people. Both reports keep to it: every interval of a rate
follows from the rate and the number treated, and one p-value follows from t and not from the normal (Southwark, Table 7).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction

from scipy.special import stdtr, stdtrit

from simulator.closed_forms.studies import sample_size
from simulator.evaluation.audit.intervals import Interval, less, point, total

ALPHA = 0.05
IMPLIED_POWER = 0.95  # not stated in the reports; docs/derivations.md, sample sizes
UNDECIDED = Interval(Fraction(0), Fraction(1))


def p_value(low: Interval, high: Interval, people: Interval, treated: Interval, comparison: Interval) -> Interval:
    """Two-sided p-value of a difference from its 95% interval, the number treated, and the two means.

    t = difference / (half width / t_0.975). The difference lies in the middle of the interval and is treated less
    comparison; where both can be true it is where they agree.
    """
    middle = _halved(total((low, high)))
    half = _halved(less(high, low))
    difference = _common(middle, less(treated, comparison))
    freedom = _degrees_of_freedom(people)
    return Interval(
        Fraction(_tail(_largest(difference), max(half.low, Fraction(0)), freedom)),
        Fraction(_tail(_smallest(difference), half.high, freedom)),
    )


def rate_interval(treated: Interval, people: Interval, comparison: Interval, end: int) -> Interval:
    """Lower (``end`` -1) or upper (+1) end of the 95% interval of a difference of rates, all in percent.

    difference ± t_0.975 · sqrt(p(100 - p) / (n - 1)), p the treated rate of n people.
    """
    freedom = _degrees_of_freedom(people)
    quantile = float(stdtrit(freedom, 1.0 - ALPHA / 2.0))
    halves = [quantile * math.sqrt(max(p * (100.0 - p), 0.0) / freedom) for p in _where_spread_is_extreme(treated)]
    half = _around(end * each for each in halves)
    return total((less(treated, comparison), half))


def people_needed(treated: Interval, comparison: Interval) -> Interval:
    """Treated people needed to tell the direction of a difference of rates in percent, at a power of 95%.

    Raises ZeroDivisionError where there may be no difference.
    """
    difference = less(treated, comparison)
    if difference.holds(0):
        raise ZeroDivisionError("a difference that may be nought")
    means = _where_spread_is_extreme(_halved(total((treated, comparison))))
    return _around(sample_size(float(gap) / 100.0, mean / 100.0, IMPLIED_POWER) for gap in difference for mean in means)


def significance_of_p(p: Interval) -> Interval:
    """1 where p is below 0.05, 0 where it is not, both where rounding hides it."""
    if p.high < ALPHA:
        return point(1)
    return point(0) if p.low >= ALPHA else UNDECIDED


def significance_of_interval(low: Interval, high: Interval) -> Interval:
    """1 where the interval leaves nought out, 0 where it holds it, both where rounding hides it."""
    if low.low > 0 or high.high < 0:
        return point(1)
    return point(0) if low.high < 0 < high.low else UNDECIDED


def _degrees_of_freedom(people: Interval) -> float:
    if people.low <= 1:
        raise ZeroDivisionError("fewer than two people treated")
    return math.ceil(people.low) - 1.0


def _halved(interval: Interval) -> Interval:
    return Interval(interval.low / 2, interval.high / 2)


def _around(numbers: Iterable[float]) -> Interval:
    ends = [Fraction(each) for each in numbers]
    return Interval(min(ends), max(ends))


def _common(first: Interval, second: Interval) -> Interval:
    if not first.meets(second):
        return first
    return Interval(max(first.low, second.low), min(first.high, second.high))


def _largest(interval: Interval) -> Fraction:
    return max(abs(interval.low), abs(interval.high))


def _smallest(interval: Interval) -> Fraction:
    return Fraction(0) if interval.holds(0) else min(abs(interval.low), abs(interval.high))


def _tail(difference: Fraction, half_width: Fraction, freedom: float) -> float:
    """Chance under no difference of one at least as large, either way."""
    if half_width == 0:
        return 0.0 if difference else 1.0
    return float(2.0 * stdtr(freedom, -float(difference / half_width) * stdtrit(freedom, 1.0 - ALPHA / 2.0)))


def _where_spread_is_extreme(percent: Interval) -> list[float]:
    """The ends, and 50 where it lies between: p(100 - p) is least and greatest there."""
    return [float(percent.low), float(percent.high), *([50.0] if percent.holds(50) else [])]
