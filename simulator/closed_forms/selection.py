"""Selection at an offending peak: what regression to the mean does to a count before and after."""

from __future__ import annotations

import math

from simulator.closed_forms.custody import NO_CUSTODY, Custody, occasions_in_window
from simulator.closed_forms.frailty import ALWAYS_ACTIVE, Spells, reoffending_rate


def occasions_after(
    rate: float, shape: float, before: float, years_before: float = 1.0, years_after: float = 1.0
) -> float:
    """Expected occasions after, of people chosen by ``before`` occasions alone: m (k + n) / (k + m) for two years.

    Frailty given the count is Gamma(k + n, k + m): the gamma-Poisson posterior (Greenwood and Yule, JRSS 83, 1920;
    as regression to the mean: Robbins 1956). Linear in n, so the mean count of any selection by n will do.
    """
    return rate * years_after * (shape + before) / (shape + rate * years_before)


def rate_from_after(
    after: float, shape: float, before: float, years_before: float = 1.0, years_after: float = 1.0
) -> float:
    """The rate at which ``occasions_after`` gives ``after``.

    Raises ValueError where no finite rate does: the count fell by less than any regression allows.
    """
    room = years_after * (shape + before) - after * years_before
    if room <= 0.0:
        raise ValueError(f"{after} after {before} before is more than any finite rate gives")
    return after * shape / room


def expected_after(
    rate: float,
    shape: float,
    before: float,
    active_years_before: float = 1.0,
    ratio: float = 1.0,
    custody: Custody = NO_CUSTODY,
    spells: Spells = ALWAYS_ACTIVE,
    active_at_start: float = 1.0,
    years_after: float = 1.0,
) -> float:
    """``occasions_after`` with spells, custody in the after window, and a programme ratio on the after hazard.

    The before window enters as ``active_years_before`` spent active: its chance variation with the count is ignored
    (a person with a high count was active for longer), and so is custody before. Starts at liberty.
    """
    posterior_mean = (shape + before) / (shape + rate * active_years_before)
    mean, _ = occasions_in_window(
        rate * posterior_mean * ratio, shape + before, custody, spells, years_after, active_at_start
    )
    return mean


def mean_given_any(rate: float, shape: float, years: float = 1.0) -> float:
    """Mean occasions of those with at least one in the window (negative binomial cut at zero)."""
    return rate * years / reoffending_rate(rate, shape, years)


def top_share_before(rate: float, shape: float, share: float, years: float = 1.0) -> float:
    """Mean count of the ``share`` of a pool with the highest counts, ties broken at random.

    Negative binomial counts of a pool at liberty throughout, always active.
    """
    mean = rate * years
    odds = mean / (shape + mean)
    chance = -shape * math.log1p(mean / shape)
    mass = math.exp(chance)
    above, total_above, n = 1.0 - mass, mean, 0
    while above > share:
        n += 1
        mass *= odds * (shape + n - 1.0) / n
        above -= mass
        total_above -= n * mass
    return (total_above + n * (share - above)) / share


def share_with_before(rate: float, shape: float, before: float, years: float = 1.0) -> float:
    """The top share of a pool whose mean count is ``before``, by bisection. Inverse of ``top_share_before``."""
    low, high = 1e-9, 1.0
    for _ in range(80):
        middle = math.sqrt(low * high)
        low, high = (middle, high) if top_share_before(rate, shape, middle, years) > before else (low, middle)
    return math.sqrt(low * high)
