"""Factors: uncertain inputs that are drawn together, and points from numbers between 0 and 1.

A factor has one column for each number that it needs: one for a single input, as many as rates for a fit, whose errors go
together, and as many as offence types for a mix. Different factors are independent of each other.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from simulator.draws import uniform
from simulator.evidence import PARAMETERS, correlated, square_root
from simulator.model.states import RANGE_DRAW
from simulator.rates import within_limits
from simulator.scenario.records import Scenario
from simulator.uncertainty.inputs import EFFECT, MIXES, Spread, Uncertain
from simulator.uncertainty.points import Point
from simulator.uncertainty.spreads import concentration, dirichlet, standard_normal, triangular, two_sided_lognormal

FIT = "rates fitted together"
CUSTODY_CHANCES = ("population.first_custody_chance", "population.later_custody_chance")
CUSTODY_RATIO = f"{EFFECT}custody_ratio"


class Factor(NamedTuple):
    """Inputs that are drawn together, and how many numbers that takes."""

    name: str
    inputs: tuple[str, ...]
    columns: int
    spread: Spread


def factors_of(scenario: Scenario, inputs: Mapping[str, Uncertain]) -> list[Factor]:
    """The factors of some inputs, in their order; the fitted rates among them are one factor."""
    fitted = tuple(
        f"population.{name}"
        for name in PARAMETERS
        if f"population.{name}" in inputs and inputs[f"population.{name}"].spread is Spread.FIT
    )
    made = {}
    for name, each in inputs.items():
        if each.spread is Spread.FIT:
            made[FIT] = Factor(FIT, fitted, len(fitted), Spread.FIT)
        elif each.spread is Spread.MIX:
            shares = scenario.mixes[name.removeprefix(MIXES)].shares
            made[name] = Factor(name, (name,), len(shares), Spread.MIX)
        else:
            made[name] = Factor(name, (name,), 1, each.spread)
    return list(made.values())


class Sampler:
    """Turns rows of numbers between 0 and 1 into points of one scenario."""

    def __init__(self, scenario: Scenario, inputs: Mapping[str, Uncertain], factors: Sequence[Factor]) -> None:
        self.scenario = scenario
        self.inputs = inputs
        self.factors = tuple(factors)
        self.columns = sum(factor.columns for factor in factors)

    def point(self, row: Sequence[float]) -> Point:
        """The point of one row, whose columns are those of the factors one after another.

        Within a point a custody ratio goes no further than its custody chances can be multiplied.
        """
        values: dict[str, float] = {}
        mixes: dict[str, Mapping[str, float]] = {}
        at = 0
        for factor in self.factors:
            u = row[at : at + factor.columns]
            at += factor.columns
            if factor.spread is Spread.MIX:
                name = factor.name.removeprefix(MIXES)
                mix = self.scenario.mixes[name]
                mixes[name] = dirichlet(u, mix.shares, concentration(mix.shares, mix.cheaper, mix.dearer))
            else:
                values |= self.values(factor, u)
        if CUSTODY_RATIO in values:
            values[CUSTODY_RATIO] = min(values[CUSTODY_RATIO], self.most_custody(values))
        return Point(values, mixes)

    def values(self, factor: Factor, u: Sequence[float]) -> dict[str, float]:
        """The values of one factor."""
        if factor.spread is Spread.FIT:
            return dict(self.fitted(factor, u))
        (name,) = factor.inputs
        each = self.inputs[name]
        if factor.spread is Spread.INTERVAL:
            ratio = self.scenario.baseline.effect.ratios[name.removeprefix(EFFECT)]
            return {name: two_sided_lognormal(u[0], ratio)}
        return {name: triangular(u[0], each.low, each.value, each.high)}

    def fitted(self, factor: Factor, u: Sequence[float]) -> Iterator[tuple[str, float]]:
        """Fitted rates, their logarithms normal with the errors and correlations of the fit, within limits."""
        base = self.scenario.baseline
        assert base.reading is not None  # or nothing would be fitted
        names = [name.removeprefix("population.") for name in factor.inputs]
        root = square_root(base.reading.correlations_of(names))
        assert root is not None  # checked when the fit was read
        for name, z in zip(names, correlated(root, [standard_normal(each) for each in u]), strict=True):
            each = base.fitted[name]
            full = f"population.{name}"
            yield full, within_limits(full, each.value * math.exp(each.log_error * z))

    def most_custody(self, values: Mapping[str, float]) -> float:
        """The largest ratio by which both custody chances can be multiplied."""
        chances = [values.get(name, self.scenario.baseline.value(name)) for name in CUSTODY_CHANCES]
        return 1.0 / max(chances) if max(chances) > 0.0 else float("inf")


def keyed_row(factors: Sequence[Factor], seed: int, draw: int) -> list[float]:
    """The numbers of draw k: of its name and column only, so that an input more or a draw more moves no other."""
    return [
        uniform(seed, draw, zlib.crc32(factor.name.encode()), RANGE_DRAW, column, 0)
        for factor in factors
        for column in range(factor.columns)
    ]
