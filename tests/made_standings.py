"""Standings made by formulas, and a real scenario with its inputs, for tests of decisions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from simulator.appraisal.loading import load
from simulator.uncertainty.decision import Standing
from simulator.uncertainty.inputs import Spread, Uncertain, uncertain_inputs
from simulator.uncertainty.outcomes import Variant
from simulator.uncertainty.points import Point

ARMS = ("nothing", "small", "large")
At = Callable[[Sequence[Point]], list[Standing]]


def made(name: str, value: float = 0.0, low: float = -1.0, high: float = 1.0) -> Uncertain:
    return Uncertain(name, value, low, high, "unit", "assumed", "", "", "population", Spread.RANGE, False)


def standing(*npsv: float, error: float = 0.0, replications: int = 1000) -> Standing:
    noise = np.diag([0.0] + [error**2] * (len(npsv) - 1))
    return Standing(ARMS[: len(npsv)], np.array(npsv), noise, replications)


def world(formula: Callable[..., Sequence[float]], error: float = 0.0) -> At:
    """Standings by a formula of the inputs a, b, c, each 0 unless moved."""

    def at(points: Sequence[Point]) -> list[Standing]:
        return [
            standing(0.0, *formula(**{"a": 0.0, "b": 0.0, "c": 0.0, **each.values}), error=error) for each in points
        ]

    return at


def bedfordshire(*settings: str) -> tuple[Variant, dict[str, Uncertain]]:
    (scenario,), library = load(["bedfordshire"], settings)
    return Variant(scenario, library), uncertain_inputs(scenario, library)
