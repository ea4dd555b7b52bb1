"""Intervals: of a mean, and of a ratio of two means, over paired replications."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Interval = tuple[float, float]

CONFIDENCE = 0.95


def student_t(degrees: int, confidence: float = CONFIDENCE) -> float:
    """Two-sided Student t quantile: exact for one and two degrees of freedom, else by the expansion in 1/degrees.

    Abramowitz and Stegun 26.7.5; within 0.2% of the exact quantile at three degrees and closer above.
    """
    if degrees == 1:
        return math.tan(math.pi * confidence / 2.0)
    if degrees == 2:
        return confidence * math.sqrt(2.0 / (1.0 - confidence**2))
    z = NormalDist().inv_cdf(0.5 + confidence / 2.0)
    n = float(degrees)
    terms = (
        z,
        (z**3 + z) / (4.0 * n),
        (5.0 * z**5 + 16.0 * z**3 + 3.0 * z) / (96.0 * n**2),
        (3.0 * z**7 + 19.0 * z**5 + 17.0 * z**3 - 15.0 * z) / (384.0 * n**3),
        (79.0 * z**9 + 776.0 * z**7 + 1482.0 * z**5 - 1920.0 * z**3 - 945.0 * z) / (92160.0 * n**4),
    )
    return math.fsum(terms)


def half_width(values: Array) -> float:
    """Half-width of the 95% interval of the mean of independent values; infinite for fewer than two."""
    count = len(values)
    if count < 2:
        return math.inf
    return student_t(count - 1) * float(values.std(ddof=1)) / math.sqrt(count)


def of_mean(values: Array) -> Interval | None:
    """95% interval of a mean; None for fewer than two values."""
    if len(values) < 2:
        return None
    middle, half = float(values.mean()), half_width(values)
    return middle - half, middle + half


def of_ratio(top: Array, bottom: Array) -> Interval | None:
    """95% interval of mean(top) / mean(bottom) over paired values, by Fieller's theorem (1954).

    None for fewer than two pairs, or where the interval of the denominator reaches zero and the ratio has no bounded
    interval.
    """
    count = len(top)
    if count < 2:
        return None
    t2 = student_t(count - 1) ** 2
    a, b = float(top.mean()), float(bottom.mean())
    covariance = np.cov(top, bottom, ddof=1) / count
    vaa, vab, vbb = float(covariance[0, 0]), float(covariance[0, 1]), float(covariance[1, 1])
    quadratic = b * b - t2 * vbb
    if quadratic <= 0.0:
        return None
    linear = a * b - t2 * vab
    constant = a * a - t2 * vaa
    root = math.sqrt(max(linear * linear - quadratic * constant, 0.0))
    return (linear - root) / quadratic, (linear + root) / quadratic


def reaches_zero(values: Array) -> bool:
    """Whether the 95% interval of a mean holds zero (a constant away from zero never does)."""
    middle, half = float(values.mean()), half_width(values)
    if len(values) < 2:
        return middle == 0.0
    return abs(middle) <= half


def of_draws(centre: float, differences: Array) -> Interval | None:
    """Interval over draws of an uncertain input, each drawn run being paired with a central run of the same luck.

    ``differences`` are drawn minus central, so that the luck they share cancels. From 100 draws up the 2.5th and 97.5th
    percentiles are used, below that a normal approximation about the centre. None for fewer than two draws.
    """
    if len(differences) < 2:
        return None
    if len(differences) >= 100:
        low, high = np.quantile(differences, (0.025, 0.975))
        return centre + float(low), centre + float(high)
    half = NormalDist().inv_cdf(0.975) * float(differences.std(ddof=1))
    return centre - half, centre + half
