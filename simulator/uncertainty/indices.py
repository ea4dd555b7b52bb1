"""Which inputs make the outcome uncertain: Sobol indices, the runs they need, and their bounds.

The runs are a deterministic function of uniforms. Simulation noise is one more factor, "luck", whose single column
picks the random numbers of a run: then the outcome still is a function of its factors, luck has an index of its own,
and the indices of the inputs are those of a model with luck, exactly. Were every run given fresh luck instead, each total
index would rise by the share of noise (a total of 0.56 beside 8% of noise would read 0.64).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

BITS = 30  # quasi-random points lie on multiples of 2^-30
HALF_STEP = 2.0 ** -(BITS + 1)
RESAMPLES = 1000
RESAMPLES_AT_ONCE = 50  # keeps the table of counts small
BOUNDS = (0.025, 0.975)


class Design(NamedTuple):
    """Uniforms strictly inside (0, 1) for three kinds of runs, each (base points, all columns).

    ``ab``: one table for each factor, equal to ``a`` but with that factor's columns from ``b``.
    """

    a: Array
    b: Array
    ab: tuple[Array, ...]


class Index(NamedTuple):
    """Shares of the outcome's variance, with 95% bounds.

    ``first``: the share that goes away, on average, once this factor is known. ``total``: the share that stays while
    this factor alone is unknown. The total is larger by whatever the factor does together with others.
    """

    name: str
    first: float
    first_low: float
    first_high: float
    total: float
    total_low: float
    total_high: float


def design(columns: Sequence[int], base_points: int, seed: int) -> Design:
    """The points at which to run: scrambled Sobol points in twice as many dimensions as there are columns.

    A factor may have several columns, which are swapped together: a group of inputs that belong to each other, such as
    correlated rates. Runs needed: base_points * (2 + factors).

    Args:
        columns: columns of each factor, in order.
        base_points: a power of two, 2 or more, without which the points are not balanced.
        seed: of the scrambling.

    Raises:
        ValueError: no factor, a factor without columns, or base points that are no power of two (the nearest are named).
    """
    if not columns or min(columns) < 1:
        raise ValueError(f"every factor needs a column or more, and there must be one, not {list(columns)}")
    if base_points < 2 or base_points & (base_points - 1):
        raise ValueError(f"base points must be a power of two, not {base_points}; {nearest_powers(base_points)}")
    width = sum(columns)
    points = inside_points(2 * width, base_points, seed)
    a, b = points[:, :width], points[:, width:]
    edges = pairwise(accumulate(columns, initial=0))
    return Design(a, b, tuple(with_columns(a, b, first, last) for first, last in edges))


def nearest_powers(base_points: int) -> str:
    """What to type instead of a number that is no power of two."""
    if base_points < 2:
        return "the least is 2"
    below = 1 << (base_points.bit_length() - 1)
    return f"the nearest are {below} and {2 * below}"


def inside_points(dimensions: int, count: int, seed: int) -> Array:
    """Scrambled Sobol points, half a step away from the edges, so that a quantile of them is always finite."""
    from scipy.stats import qmc

    sampler = qmc.Sobol(dimensions, scramble=True, bits=BITS, rng=np.random.default_rng(seed))
    return np.asarray(sampler.random(count) + HALF_STEP)


def with_columns(a: Array, b: Array, first: int, last: int) -> Array:
    """The first table with some columns from the second: ``first`` to before ``last``."""
    swapped = a.copy()
    swapped[:, first:last] = b[:, first:last]
    return swapped


def indices_of(
    names: Sequence[str], f_a: Array, f_b: Array, f_ab: Array, seed: int = 0, resamples: int = RESAMPLES
) -> tuple[Index, ...]:
    """First-order and total Sobol indices of each factor, with percentile bootstrap bounds over base points.

    First order: mean(f_b (f_ab - f_a)) / variance (Saltelli et al. 2010, table 2 b). Total: mean((f_a - f_ab)^2) /
    (2 variance) (Jansen 1999). Base points are resampled with all their runs. The bounds take the points as independent;
    Sobol points are more even than that, so the bounds are rather too wide. Estimates of an index near 0 may be below it.

    Args:
        names: of the factors.
        f_a, f_b: outcomes at the points ``a`` and ``b`` of a design, (base points,).
        f_ab: outcomes at ``ab``, (factors, base points).
        seed: of the bootstrap.
        resamples: of the bootstrap.

    Raises:
        ValueError: shapes that do not fit, outcomes that are not numbers, or outcomes that are all the same.
    """
    a, b, ab = (np.asarray(each, dtype=float) for each in (f_a, f_b, f_ab))
    if a.ndim != 1 or b.shape != a.shape or ab.shape != (len(names), len(a)):
        raise ValueError(f"outcomes {a.shape}, {b.shape} and {ab.shape} do not fit {len(names)} factors")
    terms = terms_of(a, b, ab)
    if not np.isfinite(terms).all():
        raise ValueError("an outcome is not a number or is infinite")
    if np.ptp(np.concatenate([a, b])) == 0.0:
        raise ValueError("the outcome is the same in every run: there is no spread to share out")
    found = shares_from(terms.mean(axis=1)[None, :], len(names))[:, 0]
    low, high = np.quantile(shares_from(resampled_means(terms, seed, resamples), len(names)), BOUNDS, axis=1)
    return tuple(
        Index(name, *(float(table[kind, factor]) for kind in (0, 1) for table in (found, low, high)))
        for factor, name in enumerate(names)
    )


def terms_of(a: Array, b: Array, ab: Array) -> Array:
    """What has to be averaged over base points, (2 + 3 factors, base points): see ``shares_from``."""
    centre = np.concatenate([a, b]).mean()
    a, b, ab = a - centre, b - centre, ab - centre
    moved = ab - a
    middle, square = (a + b) / 2.0, (a**2 + b**2) / 2.0
    return np.concatenate([middle[None], square[None], moved, b * moved, moved**2])


def shares_from(means: Array, factors: int) -> Array:
    """First-order and total indices, (2, resamples, factors), from means of the terms, (resamples, terms)."""
    middle, square = means[:, :1], means[:, 1:2]
    moved, product, distance = np.split(means[:, 2:], (factors, 2 * factors), axis=1)
    variance = square - middle**2
    return np.stack([(product - middle * moved) / variance, distance / (2.0 * variance)])


def resampled_means(terms: Array, seed: int, resamples: int) -> Array:
    """Means of the terms over base points drawn with replacement, (resamples, terms)."""
    generator = np.random.default_rng(seed)
    count = terms.shape[1]
    blocks = []
    for first in range(0, resamples, RESAMPLES_AT_ONCE):
        rows = min(RESAMPLES_AT_ONCE, resamples - first)
        picks = generator.integers(0, count, (rows, count)) + count * np.arange(rows)[:, None]
        often = np.bincount(picks.ravel(), minlength=rows * count).reshape(rows, count)
        blocks.append(often @ terms.T / count)
    return np.concatenate(blocks)
