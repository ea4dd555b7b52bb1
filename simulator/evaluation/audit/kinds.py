"""The closed set of ways in which one printed figure comes from others: what ``how`` in a relations file may say.

Each kind turns the intervals of its inputs, and the number printed, into the intervals of which one has to hold the truth
behind the number printed. Nearly all give one interval; a share of whole people gives one point for each count near it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import NamedTuple

from simulator.evaluation.audit.inference import (
    p_value,
    people_needed,
    rate_interval,
    significance_of_interval,
    significance_of_p,
)
from simulator.evaluation.audit.intervals import Interval, hull, less, over, point, times, total

Inputs = Sequence[Interval]
HUNDRED = point(100)
NOUGHT = point(0)


class Kind(NamedTuple):
    """One way. ``least`` and ``most`` count the inputs.

    ``words`` names the inputs by position, as {all} or, but for the first, {rest}; {x} is what follows from them.
    """

    words: str
    least: int
    most: int | None
    of: Callable[[Inputs, Fraction], tuple[Interval, ...]]
    weighted: bool = False  # of a group known to be weighted: no simple ratio of its counts


def one(of: Callable[..., Interval]) -> Callable[[Inputs, Fraction], tuple[Interval, ...]]:
    """A kind's function from one that takes its inputs one by one and gives one interval."""
    return lambda inputs, _: (of(*inputs),)


def percent_of(part: Interval, whole: Interval) -> Interval:
    """A part in percent of a whole."""
    return times(HUNDRED, over(part, whole))


def percent_change(before: Interval, after: Interval) -> Interval:
    """100 (after / before - 1): each input once, so that the interval is no wider than it has to be."""
    return less(percent_of(after, before), HUNDRED)


def percent_fall(before: Interval, after: Interval) -> Interval:
    """100 (1 - after / before)."""
    return less(HUNDRED, percent_of(after, before))


def difference(first: Interval, *rest: Interval) -> Interval:
    """The first less all others."""
    return less(first, total(rest))


def rest_of_100(*others: Interval) -> Interval:
    """What is left of 100%."""
    return less(HUNDRED, total(others))


def at_most(largest: Interval) -> Interval:
    """From nought up to a number."""
    return hull((NOUGHT, largest))


def part_of_100(*others: Interval) -> Interval:
    """Nought up to what the others leave of 100%."""
    return at_most(rest_of_100(*others))


def scaled(amount: Interval, by: Interval, divided_by: Interval) -> Interval:
    """amount x by / divided_by: a mean over all as a mean over some, a cost for other days."""
    return over(times(amount, by), divided_by)


def part_of_scaled(amount: Interval, by: Interval, divided_by: Interval, *others: Interval) -> Interval:
    """Nought up to what the others leave of a mean over some."""
    return at_most(difference(scaled(amount, by, divided_by), *others))


def whole_numbers(scale: int) -> Callable[[Inputs, Fraction], tuple[Interval, ...]]:
    """The shares (``scale`` 100) or means (1) that whole numbers over a count can give, next to the one printed."""

    def near(inputs: Inputs, printed: Fraction) -> tuple[Interval, ...]:
        count = math.ceil(inputs[0].low)  # the count itself, even where it is taken for a rounded number
        if count <= 0:
            raise ZeroDivisionError("a divisor that may be nought")
        whole = printed * count / scale
        return tuple(point(Fraction(each * scale) / count) for each in (math.floor(whole), math.ceil(whole)))

    return near


KINDS: dict[str, Kind] = {
    "equals": Kind("{0} is printed elsewhere", 1, 1, one(lambda same: same)),
    "per_100_of": Kind("{0} is {x} for 100 people", 1, 1, one(lambda each: times(HUNDRED, each))),
    "sum_of": Kind("{all} add up to {x}", 2, None, one(lambda *parts: total(parts))),
    "difference": Kind("{0} less {rest} is {x}", 2, None, one(difference)),
    "product": Kind("{0} times {1} is {x}", 2, 2, one(times)),
    "quotient": Kind("{0} over {1} is {x}", 2, 2, one(over)),
    "share_of": Kind("{0} of {1} is {x}%", 2, 2, one(percent_of)),
    "weighted_share_of": Kind("{0} of {1} would be {x}%", 2, 2, one(percent_of), weighted=True),
    "percent_of": Kind("{0}% of {1} is {x}", 2, 2, one(lambda share, whole: over(times(share, whole), HUNDRED))),
    "percent_change": Kind("from {0} to {1} is a change of {x}%", 2, 2, one(percent_change)),
    "percent_fall": Kind("from {0} to {1} is a fall of {x}%", 2, 2, one(percent_fall)),
    "rest_of_100": Kind("{all} leave {x} of 100", 1, None, one(rest_of_100)),
    "part_of_100": Kind("{all} leave room for {x} of 100", 1, None, one(part_of_100)),
    "at_most": Kind("it can be no more than {0}", 1, 1, one(at_most)),
    "between": Kind("it has to lie between {all}", 2, None, one(lambda *parts: hull(parts))),
    "scaled": Kind("{0} times {1} over {2} is {x}", 3, 3, one(scaled)),
    "part_of_scaled": Kind(
        "{0} times {1} over {2}, less other parts, leaves room for {x}", 3, None, one(part_of_scaled)
    ),
    "whole_number_share": Kind("whole numbers of {0} give {x}% at the nearest", 1, 1, whole_numbers(100)),
    "whole_number_mean": Kind("whole numbers over {0} give {x} at the nearest", 1, 1, whole_numbers(1)),
    "interval_low": Kind("{0}% of {1} against {2}% gives {x}", 3, 3, one(lambda t, n, c: rate_interval(t, n, c, -1))),
    "interval_high": Kind("{0}% of {1} against {2}% gives {x}", 3, 3, one(lambda t, n, c: rate_interval(t, n, c, 1))),
    "p_value_of_interval": Kind("{0} to {1} of {2} treated, {3} against {4}, gives {x}", 5, 5, one(p_value)),
    "significance_of_p": Kind("a p-value of {0} makes it {x}", 1, 1, one(significance_of_p)),
    "significance_of_interval": Kind("an interval from {0} to {1} makes it {x}", 2, 2, one(significance_of_interval)),
    "people_needed": Kind("{0}% against {1}% needs {x} at a power of 95%", 2, 2, one(people_needed)),
}
