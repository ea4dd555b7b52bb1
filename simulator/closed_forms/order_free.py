"""What each of several causes adds to a difference, whatever the order in which they are named."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations


def subsets(causes: int) -> Iterator[frozenset[int]]:
    """Every set of causes, the empty one first."""
    return (frozenset(chosen) for size in range(causes + 1) for chosen in combinations(range(causes), size))


def exact(value: float) -> Fraction:
    """A number as a fraction, without rounding. Raises ValueError for one that is not finite."""
    if not math.isfinite(value):
        raise ValueError(f"a value of {value} cannot be shared out between causes")
    return Fraction(value)


def order_free(value: Callable[[frozenset[int]], float], causes: int) -> list[float]:
    """Each cause's mean contribution over every order of the causes (Shapley 1953).

    They add up to value(all causes) - value(none): exactly before each is rounded, once, to the nearest number that a
    computer holds, so to half a unit in the last place of each.

    Args:
        value: the outcome when just these causes, numbered from 0, are at work. Called once for every set, 2^causes times.
        causes: how many there are.

    Raises:
        ValueError: fewer than no causes, or an outcome that is not finite.
    """
    if causes < 0:
        raise ValueError(f"{causes} causes are fewer than none")
    shares = [Fraction(0)] * causes
    for chosen in subsets(causes):
        outcome = exact(value(chosen))
        with_it = outcome * orders(len(chosen) - 1, causes) if chosen else Fraction(0)
        without_it = outcome * orders(len(chosen), causes) if len(chosen) < causes else Fraction(0)
        for cause in range(causes):
            shares[cause] += with_it if cause in chosen else -without_it
    return [float(share / math.factorial(causes)) for share in shares]


def orders(before: int, causes: int) -> int:
    """In how many orders of the causes a given set of ``before`` causes comes first, then one given cause."""
    return math.factorial(before) * math.factorial(causes - before - 1)
