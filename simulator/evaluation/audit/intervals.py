"""Arithmetic on intervals of exact fractions: a sum of rounded numbers lies between the sums of their ends.

Every function takes and returns closed intervals; each number is taken to move on its own, so a result is never too
narrow. Fractions keep ties exact: 62.5 lies on the edge of what prints as 62 or 63, in no doubt.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import product as pairs
from typing import NamedTuple


class Interval(NamedTuple):
    """All numbers from ``low`` to ``high``, both included."""

    low: Fraction
    high: Fraction

    def meets(self, other: Interval) -> bool:
        """Whether the two have a number in common."""
        return self.low <= other.high and other.low <= self.high

    def holds(self, number: Fraction | int) -> bool:
        """Whether a number is inside."""
        return self.low <= number <= self.high

    def distance(self, number: Fraction) -> Fraction:
        """How far outside a number is; 0 inside."""
        return max(self.low - number, number - self.high, Fraction(0))


def point(number: Fraction | int) -> Interval:
    """One number and no other."""
    return Interval(Fraction(number), Fraction(number))


def total(parts: Iterable[Interval]) -> Interval:
    """The sum."""
    chosen = list(parts)
    return Interval(sum((each.low for each in chosen), Fraction(0)), sum((each.high for each in chosen), Fraction(0)))


def less(first: Interval, second: Interval) -> Interval:
    """The first less the second."""
    return Interval(first.low - second.high, first.high - second.low)


def times(first: Interval, second: Interval) -> Interval:
    """The product."""
    ends = [one * other for one, other in pairs(first, second)]
    return Interval(min(ends), max(ends))


def over(first: Interval, second: Interval) -> Interval:
    """The first over the second. Raises ZeroDivisionError where the second may be nought."""
    if second.holds(0):
        raise ZeroDivisionError("a divisor that may be nought")
    return times(first, Interval(1 / second.high, 1 / second.low))


def hull(parts: Iterable[Interval]) -> Interval:
    """The narrowest interval around all."""
    chosen = list(parts)
    return Interval(min(each.low for each in chosen), max(each.high for each in chosen))
