"""Studies and appraisal: intervals, pooled ratios, sample sizes, annuities."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import NamedTuple

NORMAL = NormalDist()
Z_95 = NORMAL.inv_cdf(0.975)


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
