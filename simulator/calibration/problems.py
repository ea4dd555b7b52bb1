"""What is fitted to what: the free rates of a scheme, the reported figures they have to meet, and what is borrowed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

Measures = Mapping[str, float]

# How each rate is moved: on the whole line, so that no step leaves its range. Chances by log odds.
ABOVE_ONE = ("offences_per_occasion",)
CHANCES = ("first_custody_chance", "later_custody_chance")


class Target(NamedTuple):
    """A reported figure that the fit has to meet, and how far off it may be by chance."""

    figure: str  # its full name in the evidence
    measure: str  # its name among the simulated measures
    reported: float
    standard_error: float


class Borrowed(NamedTuple):
    """What other reports say of a rate: its logarithm is about normal."""

    value: float
    log_error: float


class Problem(NamedTuple):
    """Rates to be found, so that ``measures_at`` meets the targets. ``start`` is in the units of the rates."""

    start: Mapping[str, float]
    borrowed: Mapping[str, Borrowed]
    targets: tuple[Target, ...]
    measures_at: Callable[[Mapping[str, float]], Measures]


def free(name: str, value: float) -> float:
    """A rate on the whole line: log, log of the excess over one, or log odds."""
    if name in ABOVE_ONE:
        return math.log(value - 1.0)
    if name in CHANCES:
        return math.log(value / (1.0 - value))
    return math.log(value)


def bound(name: str, number: float) -> float:
    """The rate back from the whole line."""
    if name in ABOVE_ONE:
        return 1.0 + math.exp(number)
    if name in CHANCES:
        return 1.0 / (1.0 + math.exp(-number))
    return math.exp(number)


def log_slope(name: str, value: float) -> float:
    """Change of the logarithm of a rate for a unit step on the whole line."""
    if name in ABOVE_ONE:
        return (value - 1.0) / value
    if name in CHANCES:
        return 1.0 - value
    return 1.0
