"""Rates fitted to a matched comparison group's published figures, and what the fit then predicts."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from simulator.closed_forms.custody import NO_CUSTODY, Custody, occasions_in_window
from simulator.closed_forms.frailty import (
    ALWAYS_ACTIVE,
    Spells,
    days_to_first,
    gamma_nodes,
    offence_moments,
    survival,
    survival_of,
)
from simulator.closed_forms.selection import expected_after

ONE_YEAR = np.ones(1)


class Reported(NamedTuple):
    """One year of a comparison group: share reoffending, offences per person, days to first, sentences per reoffender."""

    rate: float
    frequency: float
    days: float
    sentences: float


class Fit(NamedTuple):
    """Occasions per active year, frailty shape, offences per occasion, later custody chance, and what they imply."""

    rate: float
    shape: float
    offences_per_occasion: float
    later_custody_chance: float
    occasions: float
    offences_sd: float


def bisect(function: Callable[[float], float], low: float, high: float) -> float:
    """Where a function of one positive number that rises through zero does so; halves the logarithm."""
    for _ in range(45):
        middle = math.sqrt(low * high)
        low, high = (low, middle) if function(middle) > 0.0 else (middle, high)
    return math.sqrt(low * high)


def rate_for(reoffending: float, shape: float, spells: Spells) -> float:
    """The rate at which ``reoffending`` of those active at 0 have an occasion within a year."""

    def excess(rate: float) -> float:
        return 1.0 - reoffending - float(survival(rate, shape, ONE_YEAR, spells)[0])

    return bisect(excess, 1e-3, 1e3)


def fitted(reported: Reported, custody: Custody, spells: Spells = ALWAYS_ACTIVE) -> Fit:
    """Rate and shape from the share reoffending and the days to the first; then b and later custody in turn.

    b = frequency / occasions; later chance = (sentences / b - first chance) / (occasions per reoffender - 1): the Data Lab
    counts custodial sentences per offence, so an occasion of B offences that ends in custody counts B.
    """

    def late(shape: float) -> float:
        rate = rate_for(reported.rate, shape, spells)
        return days_to_first(rate, shape, spells) - reported.days

    shape = bisect(late, 0.05, 200.0)
    rate = rate_for(reported.rate, shape, spells)
    later = custody.later_chance
    for _ in range(30):
        mean, variance = occasions_in_window(rate, shape, custody._replace(later_chance=later), spells)
        b = reported.frequency / mean
        later = (reported.sentences / b - custody.first_chance) / (mean / reported.rate - 1.0)
    _, offences_variance = offence_moments(mean, variance, b)
    return Fit(rate, shape, b, later, mean, math.sqrt(offences_variance))


def rate_before_after(
    after: float,
    shape: float,
    before: float,
    active_years_before: float = 1.0,
    ratio: float = 1.0,
    custody: Custody = NO_CUSTODY,
    spells: Spells = ALWAYS_ACTIVE,
    active_at_start: float = 1.0,
) -> float:
    """The rate at which ``expected_after`` gives ``after`` occasions in the year after; the rest as there."""

    def excess(rate: float) -> float:
        return expected_after(rate, shape, before, active_years_before, ratio, custody, spells, active_at_start) - after

    return bisect(excess, 1e-3, 1e3)


def rate_of_those_with_any(
    mean: float, shape: float, custody: Custody = NO_CUSTODY, spells: Spells = ALWAYS_ACTIVE
) -> float:
    """The rate at which people with at least one occasion in a year have ``mean``; long-run share active at its start."""
    active = spells.active_share

    def excess(rate: float) -> float:
        z, weight = gamma_nodes(shape)
        without = float(weight @ survival_of(rate * z, ONE_YEAR, spells, active)[:, 0])
        count, _ = occasions_in_window(rate, shape, custody, spells, 1.0, active)
        return count / (1.0 - without) - mean

    return bisect(excess, 1e-3, 1e3)
