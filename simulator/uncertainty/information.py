"""What finding out is worth: everything, one input or group of inputs, or what a study would report.

Worth is in pounds of net benefit for the one decision that the draws describe: the mean gain from choosing the arm after
the answer is known instead of now. An answer that never changes the choice is worth nothing, however uncertain it is.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.uncertainty.noise import covariance_of_noise, net_benefits, without_noise
from simulator.uncertainty.smoothing import fits_of, varying_columns

Array = NDArray[np.float64]

EVERYTHING = "everything"
RESAMPLES = 200


class Worth(NamedTuple):
    """Worth of finding out, in pounds, never below zero.

    ``naive_gbp``: the textbook estimate, which is too high: of everything, from draws with their simulation noise;
    of inputs, from the regression's fit to the very draws it learnt from. ``share_of_perfect``: of the worth of finding
    out everything; None where that is nothing. ``statement``: the same in a sentence.
    """

    name: str
    value_gbp: float
    standard_error_gbp: float
    naive_gbp: float | None
    share_of_perfect: float | None
    statement: str


def perfect_information(net: Array, noise: Array | None = None, resamples: int = RESAMPLES, seed: int = 0) -> Worth:
    """Worth of finding out everything (EVPI): mean over draws of the best arm's net benefit, less the best mean.

    Simulation noise looks like something to find out, so it is taken out first (``without_noise``). The standard error is
    a bootstrap over draws, the taking out included.

    Args:
        net: pounds by (draw, arm), relative to the comparator.
        noise: covariance by (arm, arm) of the simulation noise of one draw, averaged over draws; None: no noise.
        resamples: of the bootstrap.
        seed: of the bootstrap.

    Raises:
        ValueError: shapes that do not fit, or a noise that is no covariance.
    """
    drawn = net_benefits(net)
    checked = None if noise is None else covariance_of_noise(noise, drawn.shape[1])
    value = gain_from_knowing(without_noise(drawn, checked))
    generator = np.random.default_rng(seed)
    picks = (generator.integers(0, len(drawn), len(drawn)) for _ in range(resamples))
    again = [gain_from_knowing(without_noise(drawn[pick], checked)) for pick in picks]
    error = float(np.std(again, ddof=1))
    naive = gain_from_knowing(drawn)
    return Worth(EVERYTHING, value, error, naive, share(value, value), perfect_statement(value, error, naive))


def gain_from_knowing(net: Array) -> float:
    """Mean over draws of what the best arm of the draw has over the arm with the best mean; never below zero."""
    return float((net.max(axis=1) - net[:, net.mean(axis=0).argmax()]).mean())


def partial_information(net: Array, inputs: Array, name: str, perfect: Worth, seed: int = 0) -> Worth:
    """Worth of finding out one input exactly, or a group of inputs together (EVPPI).

    The net benefit of each arm is fitted as a smooth function of the inputs, in nine tenths of the draws; in the other
    tenth the arm with the best prediction is chosen and its *drawn* net benefit counted, less that of the arm which is
    best without knowing. So no draw helps to choose for itself: a curve that bends after chance gains nothing, and
    simulation noise, which the choice has not seen, averages out and only widens the standard error. What is estimated is
    the gain from acting on a fitted curve, so that a poor fit makes it too low rather than too high. The result is
    clipped to lie between nothing and the worth of everything.

    Args:
        net: pounds by (draw, arm), relative to the comparator.
        inputs: drawn values, (draws,) or (draws, columns); constant columns tell nothing and are left out.
        name: of the input or group.
        perfect: what finding out everything is worth.
        seed: of the division into tenths.

    Raises:
        ValueError: shapes that do not fit, values that are not numbers, or too few draws.
    """
    value, error, naive = gain_from_fit(net, inputs, perfect, seed)
    told = share(value, perfect.value_gbp)
    return Worth(name, value, error, naive, told, partial_statement(name, value, error, told))


def sample_information(net: Array, study_estimate: Array, name: str, perfect: Worth, seed: int = 0) -> Worth:
    """Worth of a study before it is done (EVSI), its own cost not yet taken off.

    As ``partial_information`` of what the study would report (Strong et al. 2015): one simulated result for each draw,
    given that draw's true values.

    Args:
        net: pounds by (draw, arm), relative to the comparator.
        study_estimate: (draws,), or (draws, figures) for a study that reports several.
        name: of the study.
        perfect: what finding out everything is worth.
        seed: of the division into tenths.

    Raises:
        ValueError: shapes that do not fit, values that are not numbers, or too few draws.
    """
    value, error, naive = gain_from_fit(net, study_estimate, perfect, seed)
    told = share(value, perfect.value_gbp)
    return Worth(name, value, error, naive, told, study_statement(name, value, error, told))


def gain_from_fit(net: Array, inputs: Array, perfect: Worth, seed: int) -> tuple[float, float, float]:
    """Mean gain from choosing by the inputs, clipped; its standard error; and the fit's own, too high, figure."""
    drawn = net_benefits(net)
    columns = varying_columns(inputs, len(drawn))
    if not columns.shape[1]:
        return 0.0, 0.0, 0.0
    fits = fits_of(drawn, columns, seed)
    chosen = np.take_along_axis(drawn, fits.held_out.argmax(axis=1)[:, None], axis=1)[:, 0]
    gains = chosen - drawn[:, drawn.mean(axis=0).argmax()]
    error = float(gains.std(ddof=1)) / math.sqrt(len(gains))
    return min(max(float(gains.mean()), 0.0), perfect.value_gbp), error, gain_from_knowing(fits.own)


def share(value: float, whole: float) -> float | None:
    """One worth as a share of another; None of nothing."""
    return value / whole if whole > 0.0 else None


def perfect_statement(value: float, error: float, naive: float) -> str:
    """The worth of everything in a sentence."""
    if value == 0.0:
        return "Finding out everything would not change the choice in any draw."
    noisy = f"; £{naive:,.0f} before simulation noise is taken out" if naive != value else ""
    return f"Finding out everything before choosing is worth {give_or_take(value, error)}{noisy}."


def partial_statement(name: str, value: float, error: float, told: float | None) -> str:
    """The worth of an input in a sentence."""
    if value == 0.0:
        return f"Finding out {name} is worth nothing that these draws can show."
    return f"Finding out {name} exactly, before choosing, is worth {give_or_take(value, error)}{of_everything(told)}."


def study_statement(name: str, value: float, error: float, told: float | None) -> str:
    """The worth of a study in a sentence."""
    if value == 0.0:
        return f"{name} is worth nothing that these draws can show."
    worth = f"{give_or_take(value, error)}{of_everything(told)}"
    return f"{name}, before choosing, is worth {worth}, its own cost not taken off."


def of_everything(told: float | None) -> str:
    """The share of the worth of everything, if there is one."""
    return "" if told is None else f", {told:.0%} of finding out everything"


def give_or_take(value: float, error: float) -> str:
    """Pounds with two standard errors, and a warning where these reach nothing."""
    doubt = ", which these draws cannot tell from nothing" if value < 2.0 * error else ""
    return f"£{value:,.0f} (give or take £{2.0 * error:,.0f}{doubt})"
