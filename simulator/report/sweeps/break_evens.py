"""Where NPSV crosses zero between the values of a grid: by straight lines between neighbours."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

Point = tuple[float, float, float | None]  # value of the input, NPSV in pounds, its standard error


class Crossing(NamedTuple):
    """A value at which NPSV is zero, the neighbours it lies between, and how luck may move it.

    ``standard_error``: in the unit of the value; None where noise is not known. ``pays_above``: whether benefits exceed
    costs above the value, else below it. ``is_clear``: whether both neighbours differ from zero by more than noise.
    """

    value: float
    between: tuple[float, float]
    standard_error: float | None
    pays_above: bool
    is_clear: bool


def crossings(points: Sequence[Point], clear: float = 1.96) -> list[Crossing]:
    """Crossings of zero from the lowest value to the highest.

    Args:
        points: in any order.
        clear: standard errors by which a neighbour must differ from zero to count as clear.
    """
    ordered = sorted(points)
    return [
        crossing(low, high, clear)
        for low, high in pairwise(ordered)
        if (low[1] > 0.0) != (high[1] > 0.0) and low[0] < high[0]
    ]


def crossing(low: Point, high: Point, clear: float) -> Crossing:
    """The crossing between two neighbours on either side of zero."""
    share = low[1] / (low[1] - high[1])
    width = high[0] - low[0]
    errors = [point[2] for point in (low, high)]
    error = None
    if errors[0] is not None and errors[1] is not None:
        npsv_error = math.hypot((1.0 - share) * errors[0], share * errors[1])
        error = npsv_error * width / abs(high[1] - low[1])
    is_clear = all(error is None or abs(npsv) >= clear * error for _, npsv, error in (low, high))
    return Crossing(low[0] + share * width, (low[0], high[0]), error, high[1] > 0.0, is_clear)
