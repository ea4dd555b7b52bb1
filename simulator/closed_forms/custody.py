"""Custody: time served, time at liberty, and the occasions that custody leaves no time for.

Every form here ignores the day of arrest, recall, moving away and death.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.closed_forms.frailty import (
    ALWAYS_ACTIVE,
    DAYS_PER_YEAR,
    Array,
    Spells,
    gamma_nodes,
    survival_of,
)


class Band(NamedTuple):
    """A sentence band: its share of custodial sentences; lengths uniform between two numbers of months."""

    share: float
    from_months: float
    to_months: float


class Custody(NamedTuple):
    """Chance of custody at the first and at later occasions; sentence bands; share of a sentence served."""

    first_chance: float
    later_chance: float
    bands: tuple[Band, ...]
    served_share: float


NO_CUSTODY = Custody(0.0, 0.0, (Band(1.0, 1.0, 2.0),), 1.0)


def mean_served_years(custody: Custody) -> float:
    """Mean years served of a custodial sentence: served share x the mean of the bands."""
    months = sum(band.share * (band.from_months + band.to_months) / 2.0 for band in custody.bands)
    return custody.served_share * months / 12.0


def liberty_share(hazard: float, custody_chance: float, served_years: float) -> float:
    """Long-run share of time at liberty of one always active person: 1 / (1 + h p s).

    Avi-Itzhak and Shinnar, Quantitative models in crime control, Journal of Criminal Justice 1, 1973.
    """
    return 1.0 / (1.0 + hazard * custody_chance * served_years)


def custody_share(liberty_years: float, custody_years: float) -> float:
    """Long-run share of time in custody of an alternating renewal process with these mean stays."""
    return custody_years / (liberty_years + custody_years)


def stationary_occasions(rate: float, shape: float, custody_chance: float, served_years: float) -> float:
    """Occasions per person-year in the long run: h / (1 + h p s) per person, averaged over frailty, no spells."""
    z, weight = gamma_nodes(shape)
    hazard = rate * z
    return float(weight @ (hazard / (1.0 + hazard * custody_chance * served_years)))


def served_masses(custody: Custody, steps: int, step: float) -> Array:
    """Chance that the time served of a custodial sentence falls in each of the first ``steps`` steps (years)."""
    edges = np.arange(steps + 1) * step
    masses = np.zeros(steps)
    for band in custody.bands:
        low, high = (custody.served_share * months / 12.0 for months in (band.from_months, band.to_months))
        masses += band.share * np.diff(np.clip((edges - low) / (high - low), 0.0, 1.0))
    return masses


def followed_by(first: Array, second: Array) -> Array:
    """Masses of the sum of two waits, given masses per step along the last axis.

    The sum of two cell middles lies on a cell border: half goes to either side, so the grid error is of second order.
    """
    steps = first.shape[-1]
    product = np.fft.rfft(first, 2 * steps) * np.fft.rfft(second, 2 * steps)
    whole = np.fft.irfft(product, 2 * steps)[..., :steps]
    return np.asarray(0.5 * (whole + np.pad(whole, ((0, 0), (1, 0)))[..., :-1]))


def renewals(wait: Array) -> Array:
    """Expected events per step when each wait follows the last: v = h + h * v, solved forward in time."""
    steps = wait.shape[-1]
    events = np.zeros_like(wait)
    late = np.zeros_like(wait[:, 0])
    for n in range(steps):
        early = np.einsum("zi,zi->z", events[:, :n], wait[:, n:0:-1])
        events[:, n] = (wait[:, n] + 0.5 * (early + late)) / (1.0 - 0.5 * wait[:, 0])
        late = early + events[:, n] * wait[:, 0]
    return events


def occasions_in_window(
    rate: float,
    shape: float,
    custody: Custody = NO_CUSTODY,
    spells: Spells = ALWAYS_ACTIVE,
    years: float = 1.0,
    active_at_start: float = 1.0,
) -> tuple[float, float]:
    """Mean and variance over persons of the occasions in a window that starts at liberty.

    Renewal equations per frailty on a grid of one day, then averaged. Spells run on in custody. A person who has just
    had an occasion is active, so an occasion is a point of renewal; E[N(N - 1)] counts ordered pairs of occasions.
    """
    steps = round(years * DAYS_PER_YEAR)
    step = years / steps
    z, weight = gamma_nodes(shape)
    grid: Array = np.arange(steps + 1, dtype=np.float64) * step
    from_active, from_paused = (-np.diff(survival_of(rate * z, grid, spells, active)) for active in (1.0, 0.0))
    served = served_masses(custody, steps, step)
    still = spells.active_after(grid[:-1] + step / 2.0)
    through_custody = followed_by(from_active, (served * still)[None, :]) + followed_by(
        from_paused, (served * (1.0 - still))[None, :]
    )
    after_first, after_later = (
        (1.0 - chance) * from_active + chance * through_custody
        for chance in (custody.first_chance, custody.later_chance)
    )
    then = renewals(after_later)
    since_first = after_first + followed_by(after_first, then)
    first = active_at_start * from_active + (1.0 - active_at_start) * from_paused
    later = followed_by(first, since_first)
    count = (first + later).sum(axis=1)
    pairs = (later + followed_by(later, then)).sum(axis=1)
    mean = float(weight @ count)
    return mean, float(weight @ (2.0 * pairs)) + mean - mean**2
