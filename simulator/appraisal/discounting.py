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
    """The year, counted from 1, by whose end the money is back for good: the cumulative discounted net benefit is not
    negative then, nor at the end of any later year.

    Years before anything is spent or gained do not count. None when that does not happen within the horizon.
    """
    totals = np.cumsum(net_by_year)
    begun = np.cumsum(np.abs(net_by_year)) > 0.0
    paid: int | None = None
    for year, total in enumerate(totals.tolist()):
        if not begun[year]:
            continue
        if total < 0.0:
            paid = None
        elif paid is None:
            paid = year + 1
    return paid
