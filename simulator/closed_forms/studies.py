"""Studies and appraisal: intervals, pooled ratios, sample sizes, annuities."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

NORMAL = NormalDist()
Z_95 = NORMAL.inv_cdf(0.975)
SPREADS = 200  # spreads between schemes that are tried
WIDEST = 8.0  # the largest of them, in scales of the prior
HALVINGS = 50


class LogRatio(NamedTuple):
    """A ratio as its natural logarithm with a standard error."""

    log: float
    error: float

    @property
    def ratio(self) -> float:
        """The ratio itself."""
        return math.exp(self.log)

    @property
    def interval(self) -> tuple[float, float]:
        """95% interval of the ratio."""
        return math.exp(self.log - Z_95 * self.error), math.exp(self.log + Z_95 * self.error)


def error_of(low: float, high: float) -> float:
    """Standard error behind a symmetric 95% interval, in its own unit: (high - low) / (2 x 1.96)."""
    return (high - low) / (2.0 * Z_95)


def frequency_ratio(treated: float, comparison: float, low: float, high: float) -> LogRatio:
    """Treated over comparison frequency, from the interval of their difference.

    The comparison group is so large that its own error is nil; delta method: SE(log) = SE(difference) / treated.
    """
    return LogRatio(math.log(treated / comparison), error_of(low, high) / treated)


def pooled(ratios: list[LogRatio]) -> tuple[LogRatio, float]:
    """Inverse-variance pooled ratio and Cochran's Q, chi-squared on one degree of freedom less than the ratios."""
    weights = [1.0 / ratio.error**2 for ratio in ratios]
    total = math.fsum(weights)
    log = math.fsum(w * ratio.log for w, ratio in zip(weights, ratios, strict=True)) / total
    q = math.fsum(w * (ratio.log - log) ** 2 for w, ratio in zip(weights, ratios, strict=True))
    return LogRatio(log, 1.0 / math.sqrt(total)), q


class PooledRatio(NamedTuple):
    """Ratios of studies pooled under a prior for the spread between schemes: normals, one for each spread, weighted.

    Arrays of one length: the standard deviation of the log ratio between schemes, its weight (they add up to 1), and the
    mean log ratio of all schemes under it with its standard error.
    """

    spread: NDArray[np.float64]
    weight: NDArray[np.float64]
    log: NDArray[np.float64]
    error: NDArray[np.float64]

    @property
    def another(self) -> PooledRatio:
        """The same for the true ratio of another scheme: as far from the mean as schemes are from each other."""
        return self._replace(error=np.hypot(self.error, self.spread))

    @property
    def interval(self) -> tuple[float, float]:
        """95% interval of the ratio."""
        return self.ratio(0.025), self.ratio(0.975)

    def chance_below(self, log: float) -> float:
        """Chance that the log ratio is below a value."""
        normals = zip(self.weight, self.log, self.error, strict=True)
        return math.fsum(weight * NORMAL.cdf((log - mean) / error) for weight, mean, error in normals)

    def ratio(self, chance: float = 0.5) -> float:
        """The ratio that is not exceeded with a chance, the median by default; by bisection."""
        low, high = (float(end) for end in (np.min(self.log - 9.0 * self.error), np.max(self.log + 9.0 * self.error)))
        for _ in range(HALVINGS):
            middle = 0.5 * (low + high)
            low, high = (middle, high) if self.chance_below(middle) < chance else (low, middle)
        return math.exp(0.5 * (low + high))


def pooled_over_schemes(ratios: Sequence[LogRatio], scale: float) -> PooledRatio:
    """Ratios pooled where schemes differ, by an unknown spread with a half-normal prior; as the scale goes to 0, ``pooled``.

    y_i ~ N(theta_i, s_i^2), theta_i ~ N(mu, t^2), mu flat, t half-normal. With w_i = 1 / (s_i^2 + t^2), mu given t is normal
    with mean sum(w y) / sum(w) and variance 1 / sum(w), and the weight of t is its prior times
    sqrt(prod(w) / sum(w)) exp(-sum(w (y - mean)^2) / 2) (Gelman and others, Bayesian Data Analysis, section 5.4). Midpoints
    of equal steps of t: the integrand is even in t, so they are nearly exact while a step is small beside the errors.

    Args:
        scale: of the half-normal prior, on the log ratio: the standard deviation of the normal that is folded.

    Raises ValueError for a scale that is not above 0.
    """
    if not scale > 0.0:
        raise ValueError(f"a scale of {scale} is not above 0; `pooled` is for schemes that do not differ")
    logs, errors = np.array(ratios, dtype=np.float64).T
    steps = WIDEST * (np.arange(SPREADS) + 0.5) / SPREADS
    weights = 1.0 / (errors**2 + (scale * steps[:, None]) ** 2)
    variance = 1.0 / weights.sum(axis=1)
    mean = (weights * logs).sum(axis=1) * variance
    misfit = (weights * (logs - mean[:, None]) ** 2).sum(axis=1)
    log_weight = 0.5 * (np.log(weights).sum(axis=1) + np.log(variance) - misfit - steps**2)
    weight = np.exp(log_weight - log_weight.max())
    return PooledRatio(scale * steps, weight / weight.sum(), mean, np.sqrt(variance))


def rate_ratio(treated: int, of_treated: int, comparison: int, of_comparison: int) -> LogRatio:
    """Ratio of two proportions from their counts: SE^2(log) = 1/a - 1/n + 1/b - 1/m (Katz and others, 1978)."""
    variance = 1.0 / treated - 1.0 / of_treated + 1.0 / comparison - 1.0 / of_comparison
    return LogRatio(math.log(treated / of_treated / (comparison / of_comparison)), math.sqrt(variance))


def corrected_ratio(reported: float, expected: Sequence[float], error: float) -> tuple[float, float, float]:
    """A before/after ratio with regression to the mean taken out: reported over expected, its low and its high end.

    Args:
        reported: the report's after / before, of periods of one length.
        expected: the same with no effect, under each structural choice; the first is the one that is taken.
        error: standard error of the log of the first, among as many people as the report had.

    Each end lies as far from the value, on a log scale, as the square root of (the furthest choice on that side)^2 +
    (1.96 errors)^2.
    """
    value = reported / expected[0]
    below, above = math.log(max(expected) / expected[0]), math.log(expected[0] / min(expected))
    return (
        value,
        value * math.exp(-math.hypot(below, Z_95 * error)),
        value * math.exp(math.hypot(above, Z_95 * error)),
    )


def ratio_of_parts(top: LogRatio, bottom: LogRatio, correlation: float) -> LogRatio:
    """top / bottom, from the errors of both and the correlation of their logarithms."""
    variance = top.error**2 + bottom.error**2 - 2.0 * correlation * top.error * bottom.error
    return LogRatio(top.log - bottom.log, math.sqrt(variance))


def error_per_reoffender(error: float, rate: float, people: int) -> float:
    """Log error of offences per reoffender, from that of offences per person less that of the reoffending rate.

    Var log F = Var log(frequency) - (1 - r) / (r n): the rate is taken as independent of the number per reoffender.
    """
    return math.sqrt(error**2 - (1.0 - rate) / (rate * people))


def sample_size(difference: float, mean_rate: float, power: float) -> float:
    """Treated people needed to see a difference of rates against a far larger group, two-sided 5%.

    n = (z_0.975 + z_power)^2 p (1 - p) / d^2, one-sample normal approximation.
    """
    return (Z_95 + NORMAL.inv_cdf(power)) ** 2 * mean_rate * (1.0 - mean_rate) / difference**2


def power_of(people: float, difference: float, mean_rate: float) -> float:
    """The power at which ``sample_size`` gives ``people``."""
    return NORMAL.cdf(abs(difference) * math.sqrt(people / (mean_rate * (1.0 - mean_rate))) - Z_95)


def power_at(difference: float, error: float) -> float:
    """Chance that a two-sided 5% test sees a difference, in either direction, given the standard error of the study.

    Normal approximation, one sample: the comparison group is so large that its own error is nil. 5% at no difference.
    """
    distance = difference / error
    return NORMAL.cdf(distance - Z_95) + NORMAL.cdf(-distance - Z_95)


def power_slope(difference: float, error: float) -> float:
    """How fast ``power_at`` grows with the size of the difference: its derivative, for carrying an error through."""
    distance = abs(difference) / error
    return (NORMAL.pdf(distance - Z_95) - NORMAL.pdf(-distance - Z_95)) / error


def errors_seen(power: float) -> float:
    """Size of a difference, in standard errors, that ``power_at`` sees with this power; 2.80 for 80%.

    Raises ValueError for a power that is not above 5% and below 100%.
    """
    if not 0.05 < power < 1.0:
        raise ValueError(f"a power of {power} is not above 0.05 and below 1")
    low, high = 0.0, Z_95 + NORMAL.inv_cdf(power)  # the upper tail alone asks for more
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if power_at(middle, 1.0) < power else (low, middle)
    return high


def rate_spread(rate: float, other: float) -> float:
    """Standard deviation of reoffending or not at the mean of two rates, as ``sample_size`` has it; all as shares."""
    mean_rate = 0.5 * (rate + other)
    return math.sqrt(mean_rate * (1.0 - mean_rate))


def study_error(spread: float, people: float, counted: float = 1.0) -> float:
    """Standard error of a mean among ``people``, of whom the share ``counted`` have a value (days: reoffenders only)."""
    return spread / math.sqrt(people * counted)


def people_needed(difference: float, spread: float, power: float, counted: float = 1.0) -> float:
    """People for a difference of means to be seen with a power: (distance x spread / difference)^2 / share counted.

    For a rate, with ``rate_spread``, this is ``sample_size``. Raises ZeroDivisionError where there is no difference.
    """
    return (errors_seen(power) * spread / difference) ** 2 / counted


def least_difference(spread: float, people: float, power: float, counted: float = 1.0) -> float:
    """The smallest difference of means that a study of so many people sees with a power."""
    return errors_seen(power) * study_error(spread, people, counted)


def least_fall(rate: float, people: float, power: float) -> float:
    """The smallest fall from a rate, as a share, that a study of so many people sees with a power.

    The spread is taken midway, as in ``sample_size``: with k = people / distance^2, the root of
    (k + 1/4) d^2 - (p - 1/2) d - p (1 - p) = 0. Above ``rate`` where not even a fall to nought would do.
    """
    k, half = people / errors_seen(power) ** 2 + 0.25, 0.5 * (rate - 0.5)
    return (half + math.sqrt(half**2 + k * rate * (1.0 - rate))) / k


def interval_around(value: float, error: float) -> tuple[float, float]:
    """95% interval of a value with a standard error, normal."""
    return value - Z_95 * error, value + Z_95 * error


def annuity(discount_rate: float, years: int, first_year_undiscounted: bool = True) -> float:
    """Present value of 1 a year for ``years`` years.

    Green Book: the first year is t = 0, undiscounted, then 1 / (1 + r)^t. Otherwise each 1 comes at the end of its year.
    """
    if discount_rate == 0.0:
        return float(years)
    end_of_year = -math.expm1(-years * math.log1p(discount_rate)) / discount_rate
    return end_of_year * (1.0 + discount_rate) if first_year_undiscounted else end_of_year
