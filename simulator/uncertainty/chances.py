"""Chances that an arm pays, or pays best, and what is lost where it does not; from draws of net benefits.

Net benefits are pounds by (draw, arm), relative to the comparator, whose own column is zero.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.appraisal.intervals import Interval, reaches_zero
from simulator.uncertainty.noise import net_benefits, without_noise

Array = NDArray[np.float64]

QUANTILES = (0.025, 0.5, 0.975)
LEAST_COST_GBP = 1.0  # a mean cost below a pound is no cost to divide by


class Percentiles(NamedTuple):
    """Mean, median, and the 2.5th and 97.5th percentiles of draws."""

    mean: float
    low: float
    median: float
    high: float

    @property
    def interval(self) -> Interval:
        """The 95% interval."""
        return self.low, self.high


class Loss(NamedTuple):
    """What is lost and gained, in pounds, never negative. Expected gain less expected loss is the mean net benefit.

    ``loss_if_losing_gbp`` and ``gain_if_gaining_gbp`` are means over the draws that lose, or gain; None without any.
    """

    expected_loss_gbp: float
    chance_of_loss: float
    loss_if_losing_gbp: float | None
    expected_gain_gbp: float
    gain_if_gaining_gbp: float | None


class BenefitPerPound(NamedTuple):
    """Mean benefit over mean cost, with percentiles of the draws' ratios; or None, and why it is refused."""

    ratio: float | None
    low: float | None
    high: float | None
    refused: str = ""


class Acceptability(NamedTuple):
    """Chances at each value that somebody may put on a unit, such as a prevented offence.

    ``best``: the chance that an arm is the best of all, by (threshold, arm); rows add up to 1. ``beats_comparator``: the
    chance that it beats the comparator. ``frontier``: the number of the arm with the highest mean net benefit at each
    threshold, which is the one to choose; ``frontier_chance``: the chance that this arm is the best.
    """

    thresholds: Array
    best: Array
    beats_comparator: Array
    frontier: NDArray[np.intp]
    frontier_chance: Array


def without_own_noise(net_of_arm: Array, noise_sd: Array | float = 0.0) -> Array:
    """One arm's draws moved towards their mean by sqrt(1 - mean(noise_sd^2) / variance), or onto it if that is below 0.

    See ``without_noise``. ``noise_sd``: standard error in pounds of each draw's net benefit, as the simulation's own
    noise leaves it, independent from draw to draw; one for all, or one for each.

    Raises ValueError for draws that are not a row of numbers, for standard errors below zero or another number of them.
    """
    net = np.asarray(net_of_arm, dtype=float)
    errors = np.asarray(noise_sd, dtype=float)
    if net.ndim != 1 or errors.shape not in ((), net.shape):
        raise ValueError(f"draws {net.shape} of one arm need one standard error, or one each, not {errors.shape}")
    if not (errors >= 0.0).all():
        raise ValueError("a standard error is below zero or not a number")
    return without_noise(net[:, None], np.full((1, 1), np.mean(errors**2)))[:, 0]


def preferred_chances(net: Array) -> Array:
    """Share of draws in which each arm has the highest net benefit, (arms,), adding up to 1.

    Arms that tie for the best share the draw equally. Take noise out first with ``without_noise``.
    """
    drawn = net_benefits(net)
    best = drawn == drawn.max(axis=1, keepdims=True)
    return np.asarray((best / best.sum(axis=1, keepdims=True)).mean(axis=0))


def chance_positive(net_of_arm: Array, noise_sd: Array | float = 0.0) -> float:
    """Chance that benefits exceed costs: the share of draws above zero, simulation noise taken out."""
    return float((without_own_noise(net_of_arm, noise_sd) > 0.0).mean())


def expected_loss(net_of_arm: Array, noise_sd: Array | float = 0.0) -> Loss:
    """Mean loss over all draws (zero where the arm gains) and over those that lose, and the gains likewise."""
    net = without_own_noise(net_of_arm, noise_sd)
    loses, gains = net < 0.0, net > 0.0
    return Loss(
        float(np.maximum(-net, 0.0).mean()),
        float(loses.mean()),
        float(-net[loses].mean()) if loses.any() else None,
        float(np.maximum(net, 0.0).mean()),
        float(net[gains].mean()) if gains.any() else None,
    )


def percentiles_of(values: Array, noise_sd: Array | float = 0.0) -> Percentiles:
    """Mean and percentiles of draws, such as those of NPSV, simulation noise taken out."""
    kept = without_own_noise(values, noise_sd)
    low, median, high = np.quantile(kept, QUANTILES)
    return Percentiles(float(kept.mean()), float(low), float(median), float(high))


def benefit_per_pound(benefit: Array, cost: Array) -> BenefitPerPound:
    """Benefit per £1 of cost: a ratio of means, with the 2.5th and 97.5th percentiles of the ratios of the draws.

    Refused, with the reason, where a ratio would change sign or explode; NPSV always stands. Raises ValueError for
    draws that do not pair off.
    """
    top, bottom = np.asarray(benefit, dtype=float), np.asarray(cost, dtype=float)
    if top.ndim != 1 or top.shape != bottom.shape or not top.size:
        raise ValueError(f"benefits {top.shape} and costs {bottom.shape} are not one each for every draw")
    refused = why_no_ratio(bottom)
    if refused:
        return BenefitPerPound(None, None, None, refused)
    low, high = np.quantile(top / bottom, (QUANTILES[0], QUANTILES[-1]))
    return BenefitPerPound(float(top.mean() / bottom.mean()), float(low), float(high))


def why_no_ratio(cost: Array) -> str:
    """Why nothing can be divided by these draws of cost; empty where it can."""
    below = int((cost <= 0.0).sum())
    if below:
        return f"costs nothing, or less than the comparator, in {below} of {len(cost)} draws; read the NPSV instead"
    if float(cost.mean()) < LEAST_COST_GBP or reaches_zero(cost):
        return "its mean cost is too near zero to divide by; read the NPSV instead"
    return ""


def acceptability(net: Array, extra: Array, thresholds: Array) -> Acceptability:
    """Which arm is best at each value of a unit: net benefit at value v is ``net + v * extra``.

    Args:
        net: pounds by (draw, arm), relative to the comparator, without the units that are to be valued.
        extra: units gained by (draw, arm), relative to the comparator, such as prevented offences.
        thresholds: pounds for a unit.

    Raises:
        ValueError: shapes that do not fit.
    """
    base, units = net_benefits(net), net_benefits(extra)
    values = np.asarray(thresholds, dtype=float)
    if base.shape != units.shape or values.ndim != 1:
        raise ValueError(f"net benefits {base.shape}, units {units.shape} and values {values.shape} do not fit")
    arms = base.shape[1]
    best, beats = np.empty((len(values), arms)), np.empty((len(values), arms))
    for row, value in enumerate(values):
        drawn = base + value * units
        best[row] = preferred_chances(drawn)
        beats[row] = (drawn > 0.0).mean(axis=0)
    frontier = np.argmax(base.mean(axis=0) + values[:, None] * units.mean(axis=0), axis=1)
    return Acceptability(values, best, beats, frontier, best[np.arange(len(values)), frontier])
