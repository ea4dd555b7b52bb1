"""Reoffending under gamma frailty and under spells: rates, survival, days to the first reoffence, counts.

A person who is active and at liberty has offending occasions at hazard ``rate * z`` per year, z ~ Gamma(shape, mean 1).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

DAYS_PER_YEAR = 365.25
NODES = 48


class Spells(NamedTuple):
    """Mean lengths in years of exponential active and paused spells. An infinite active spell: always active."""

    active_years: float
    paused_years: float

    @property
    def ends(self) -> float:
        """Active spells end at this hazard per year."""
        return 1.0 / self.active_years

    @property
    def starts(self) -> float:
        """Paused spells end at this hazard per year."""
        return 1.0 / self.paused_years

    @property
    def active_share(self) -> float:
        """Long-run share of time active: starts / (starts + ends)."""
        return self.starts / (self.starts + self.ends)

    def active_after(self, years: float | Array) -> float | Array:
        """Chance of being active ``years`` after (or before: the chain is reversible) an active moment."""
        share = self.active_share
        return share + (1.0 - share) * np.exp(-(self.starts + self.ends) * years)

    def mean_active(self, years: float) -> float:
        """Mean share of time active in a window that starts, or ends, at an active moment."""
        decay = (self.starts + self.ends) * years
        return self.active_share - (1.0 - self.active_share) * math.expm1(-decay) / decay


ALWAYS_ACTIVE = Spells(math.inf, 1.0)


def gamma_nodes(shape: float, nodes: int = NODES) -> tuple[Array, Array]:
    """Points and weights that average a smooth function over Gamma(shape, mean 1).

    Generalised Gauss-Laguerre by the eigenvalues of the Jacobi matrix (Golub and Welsch, Mathematics of Computation
    23, 1969). An infinite shape is the single point 1.
    """
    if math.isinf(shape):
        return np.ones(1), np.ones(1)
    i = np.arange(nodes)
    off = np.sqrt(i[1:] * (i[1:] + shape - 1.0))
    points, vectors = np.linalg.eigh(np.diag(2.0 * i + shape) + np.diag(off, 1) + np.diag(off, -1))
    return points / shape, vectors[0] ** 2


def reoffending_rate(rate: float, shape: float, years: float = 1.0) -> float:
    """Share with at least one occasion: 1 - (1 + m/k)^-k, always active and no custody before the first one."""
    if math.isinf(shape):
        return -math.expm1(-rate * years)
    return -math.expm1(-shape * math.log1p(rate * years / shape))


def survival_of(hazard: Array, years: Array, spells: Spells = ALWAYS_ACTIVE, active_at_start: float = 1.0) -> Array:
    """Chance of no occasion by each of ``years``, for each hazard per active year: one row per hazard.

    A two-state modulated Poisson process without events decays as a sum of two exponentials, whose rates are the
    eigenvalues of [[-(h + ends), ends], [starts, -starts]]; S(0) = 1 and S'(0) = -h * active_at_start fix the weights.
    """
    h = np.asarray(hazard, dtype=float)[:, None]
    t = np.asarray(years, dtype=float)[None, :]
    if spells.ends == 0.0:
        return np.asarray(active_at_start * np.exp(-h * t) + (1.0 - active_at_start))
    total = h + spells.ends + spells.starts
    root = np.sqrt(total**2 - 4.0 * h * spells.starts)
    fast = -(total + root) / 2.0
    slow = -2.0 * h * spells.starts / (total + root)
    weight = (-h * active_at_start - fast) / (slow - fast)
    return np.asarray(weight * np.exp(slow * t) + (1.0 - weight) * np.exp(fast * t))


def survival(rate: float, shape: float, years: Array, spells: Spells = ALWAYS_ACTIVE) -> Array:
    """Chance of no occasion by each of ``years``, averaged over frailty, everybody active and at liberty at 0."""
    z, weight = gamma_nodes(shape)
    return np.asarray(weight @ survival_of(rate * z, years, spells))


def days_to_first(rate: float, shape: float, spells: Spells = ALWAYS_ACTIVE, years: float = 1.0) -> float:
    """Mean days to the first occasion among those who have one within ``years``.

    E[T | T <= w] = (integral of S from 0 to w - w S(w)) / (1 - S(w)), the integral by Gauss-Legendre.
    """
    x, weight = np.polynomial.legendre.leggauss(60)
    surviving = survival(rate, shape, np.append((x + 1.0) * years / 2.0, years), spells)
    area = float(weight @ surviving[:-1]) * years / 2.0
    at_end = float(surviving[-1])
    return DAYS_PER_YEAR * (area - years * at_end) / (1.0 - at_end)


def occasion_count_moments(rate: float, shape: float, years: float = 1.0) -> tuple[float, float]:
    """Mean and variance of a negative binomial count: mu and mu + mu^2 / k. Always active, no custody."""
    mean = rate * years
    return mean, mean + mean**2 / shape


def offence_moments(mean: float, variance: float, per_occasion: float) -> tuple[float, float]:
    """Mean and variance of offences when each occasion carries a geometric number B >= 1 of mean b.

    Compound sum: b E[N] and E[N] b (b - 1) + b^2 Var[N].
    """
    b = per_occasion
    return b * mean, mean * b * (b - 1.0) + b**2 * variance
