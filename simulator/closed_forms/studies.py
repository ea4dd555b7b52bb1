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


def annuity(discount_rate: float, years: int, first_year_undiscounted: bool = True) -> float:
    """Present value of 1 a year for ``years`` years.

    Green Book: the first year is t = 0, undiscounted, then 1 / (1 + r)^t. Otherwise each 1 comes at the end of its year.
    """
    if discount_rate == 0.0:
        return float(years)
    end_of_year = -math.expm1(-years * math.log1p(discount_rate)) / discount_rate
    return end_of_year * (1.0 + discount_rate) if first_year_undiscounted else end_of_year
