"""Draws of two arms whose worth of finding out is known on paper.

Of two arms whose difference is Normal(m, s), finding it out is worth s f(m/s) - |m| F(-|m|/s).
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

from simulator.uncertainty.information import Worth, perfect_information

NORMAL = NormalDist()
GBP = 100_000.0


def worth_of_normal(mean: float, sd: float) -> float:
    return sd * NORMAL.pdf(mean / sd) - abs(mean) * NORMAL.cdf(-abs(mean) / sd)


def two_arms(difference: np.ndarray) -> np.ndarray:
    return np.stack([np.zeros_like(difference), difference], axis=1)


def draws_of(seed: int, draws: int, columns: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(draws, columns))


def line(seed: int, draws: int, mean: float = 0.3, known: float = 0.7, rest: float = 0.7) -> tuple[np.ndarray, ...]:
    """Net benefits of two arms that move with one input, and the input."""
    x, other = draws_of(seed, draws, 2).T
    return two_arms(GBP * (mean + known * x + rest * other)), x


def near(found: Worth, truth: float, errors: float = 3.0) -> bool:
    return abs(found.value_gbp - truth) <= errors * found.standard_error_gbp


def everything(net: np.ndarray, noise: np.ndarray | None = None) -> Worth:
    """Worth of everything where its standard error is not looked at."""
    return perfect_information(net, noise, resamples=2)
