"""Green Book discounting: present values of yearly streams."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def discount_factors(rate: float, years: int) -> Array:
    """1 / (1 + rate)^t for t = 0, 1, ...: the first year is undiscounted (HM Treasury Green Book, annex on discounting)."""
    return np.array([(1.0 + rate) ** -year if year else 1.0 for year in range(years)])


def present_value(by_year: Array, factors: Array) -> float:
    """Present value of one stream of yearly amounts, correctly rounded."""
    return math.fsum((by_year * factors).tolist())


def payback_year(net_by_year: Array) -> int | None:
    """The first year, counted from 1, by whose end the cumulative discounted net benefit is not negative.

    Years before anything is spent or gained do not count. None when that never happens within the horizon.
    """
    total = 0.0
    begun = False
    for year, net in enumerate(net_by_year.tolist()):
        begun = begun or net != 0.0
        total += net
        if begun and total >= 0.0:
            return year + 1
    return None
