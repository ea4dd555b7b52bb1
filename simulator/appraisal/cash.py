"""Cash instead of value: what an arm costs in the budget years in which it is paid, in the prices of those years.

Nothing here is discounted. A model year runs from one anniversary of the start of the appraisal to the next; a budget year
from April to March. What falls in a model year is taken to fall evenly on its days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.appraisal.results import Bias, Pair, bias_weights
from simulator.costing.lines import Line, Price
from simulator.quantities import financial_year
from simulator.tables.deflators import Deflators

Array = NDArray[np.float64]
APRIL = (4, 1)


class BudgetPart(NamedTuple):
    """The days of one model year that lie in one budget year, and their share of the model year."""

    year: int  # model year, from 0
    budget_year: str
    days: int
    share: float


def anniversary(starts: date, years: int) -> date:
    """The day a number of years after the start; 28 February where the day is missing."""
    try:
        return starts.replace(year=starts.year + years)
    except ValueError:
        return date(starts.year + years, 2, 28)


def april_after(day: date) -> date:
    """The first day of the budget year after the one that a day lies in."""
    return date(day.year + ((day.month, day.day) >= APRIL), *APRIL)


def budget_year_of(day: date) -> str:
    """The budget year that a day lies in."""
    return financial_year(april_after(day).year - 1)


def budget_parts(starts: date, years: int) -> list[BudgetPart]:
    """Model years cut where a new budget year begins, in the order of time."""
    parts = []
    for year in range(years):
        first, end = anniversary(starts, year), anniversary(starts, year + 1)
        whole = (end - first).days
        while first < end:
            stop = min(end, april_after(first))
            days = (stop - first).days
            parts.append(BudgetPart(year, budget_year_of(first), days, days / whole))
            first = stop
    return parts


def days_in(budget_year: str) -> int:
    """Days of a budget year."""
    first = date(int(budget_year[:4]), *APRIL)
    return (april_after(first) - first).days


@dataclass(frozen=True)
class Inflation:
    """Prices of each budget year against those of the price base: the deflators, and outside their years one rate."""

    deflators: Deflators
    price_base: str
    rate: float

    def factor(self, budget_year: str) -> float:
        """What £1 in the price base is in the prices of a budget year."""
        return self.level(budget_year) / self.level(self.price_base)

    def level(self, budget_year: str) -> float:
        """The index of a budget year."""
        first, last = self.span
        nearest = min(max(budget_year, first), last)
        return self.deflators.index[nearest] * (1.0 + self.rate) ** (int(budget_year[:4]) - int(nearest[:4]))

    def is_in_table(self, budget_year: str) -> bool:
        """Whether a budget year has a deflator of its own."""
        first, last = self.span
        return first <= budget_year <= last

    @property
    def span(self) -> tuple[str, str]:
        """The first and the last year of the deflators."""
        return min(self.deflators.index), max(self.deflators.index)


def faster(factors: Sequence[float], points: float) -> list[float]:
    """Factors of successive years if prices rose by so much more a year than they say, from the first of them on."""
    made = list(factors[:1])
    for before, after in pairwise(factors):
        made.append(made[-1] * (after / before + points))
    return made


class Flow(NamedTuple):
    """What one arm spends on one line and price in one model year: pounds of the price base, not discounted."""

    line: Line
    price: Price
    year: int
    gbp: float


class Flows(NamedTuple):
    """Mean spending of an arm and of its comparator."""

    arm: list[Flow]
    comparator: list[Flow]


def flows_of(pair: Pair, factors: Array, bias: Bias) -> Flows:
    """What an arm and its comparator spend.

    Args:
        factors: discount factors of the comparison, by which it tells dearer lines from cheaper ones.
        bias: optimism bias, weighed line by line as the comparison does.
    """
    weights = bias_weights(pair, factors, bias)
    arm, comparator = (
        [
            Flow(line, price, year, mean * price.gbp * weights.get(line.name, 1.0))
            for line in costs.lines
            for year, mean in enumerate(line.quantity.mean(axis=0).tolist())
            for price in line.prices
        ]
        for costs in (pair.arm.costs, pair.comparator.costs)
    )
    return Flows(arm, comparator)
