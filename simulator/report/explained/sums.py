"""A sum of money taken apart: every cost line with its quantities by year, its prices, and an amount to the penny.

Printed amounts add up as printed: each is rounded to the penny, and the pence by which the rounded lines miss the rounded
total go to the lines that were rounded most.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.appraisal.comparison import Appraised, Comparison
from simulator.appraisal.results import NO_BIAS, bias_weights, is_programme
from simulator.costing.lines import Line, Price
from simulator.report.behind.prices import Priced

Array = NDArray[np.float64]
Keep = Callable[[Priced], bool]
PENNY = Decimal("0.01")


class Charge(NamedTuple):
    """One cost line of a sum. ``by_year``: units spent more on the scheme, or saved elsewhere, mean, not discounted.

    ``gbp`` is the discounted quantity x the unit cost x the weight of optimism bias.
    """

    line: Line
    is_cost: bool
    by_year: Array
    prices: tuple[Price, ...]
    weight: float
    factors: Array

    @property
    def quantity(self) -> float:
        """Units over all years, discounted."""
        return float(self.by_year @ self.factors)

    @property
    def unit_cost(self) -> float:
        """Pounds per unit in the price base: the sum of the prices that count here."""
        return math.fsum(price.gbp for price in self.prices)

    @property
    def gbp(self) -> float:
        """Pounds at present value: spent where it is a cost of the scheme, else saved."""
        return self.quantity * self.unit_cost * self.weight


class Span(NamedTuple):
    """Which years count (all for None), and whether they are discounted and weighted by optimism bias."""

    year: int | None = None
    discounted: bool = True
    weighted: bool = True


def charges_of(appraised: Appraised, comparison: Comparison, keep: Keep, span: Span) -> list[Charge]:
    """The cost lines of a sum over the prices kept, those without any quantity left out."""
    pair, factors = appraised.pair, factors_of(comparison, span)
    weights = bias_weights(pair, comparison.factors, comparison.bias if span.weighted else NO_BIAS)
    base = {line.name: line for line in pair.comparator.costs.lines}
    charges = []
    for line in pair.arm.costs.lines:
        prices = tuple(price for price in line.prices if keep(as_priced(line, price)))
        more = line.quantity.mean(axis=0) - base[line.name].quantity.mean(axis=0)
        by_year = more if is_programme(line) else -more
        if prices and np.any(by_year * factors):
            charges.append(Charge(line, is_programme(line), by_year, prices, weights.get(line.name, 1.0), factors))
    return charges


def factors_of(comparison: Comparison, span: Span) -> Array:
    """The discount factor of each year; nothing for years that do not count."""
    factors = comparison.factors if span.discounted else np.ones(len(comparison.factors))
    return factors if span.year is None else np.where(np.arange(len(factors)) == span.year, factors, 0.0)


def as_priced(line: Line, price: Price) -> Priced:
    """A price as the rules of what rests on what see it."""
    return Priced(line.name, line.section, price.kind, price.agency, (price.source.name,), ())


def net_of(charges: Iterable[Charge]) -> float:
    """Benefit less programme cost of some charges."""
    return math.fsum(-each.gbp if each.is_cost else each.gbp for each in charges)


def pence(amount: float) -> Decimal:
    """An amount rounded to the penny."""
    return Decimal(repr(amount)).quantize(PENNY)


def apportioned(amounts: Sequence[float], total: Decimal) -> list[Decimal]:
    """Amounts to the penny that add up to a total; the odd pence go where rounding took most.

    Raises ValueError when the total is further off than rounding explains: these are then not its parts.
    """
    rounded = [pence(amount) for amount in amounts]
    odd = int((total - sum(rounded, Decimal(0))) / PENNY)
    if abs(odd) > len(rounded):
        raise ValueError(f"amounts that add up to {sum(rounded)} are no parts of {total}")
    step = PENNY if odd > 0 else -PENNY
    short = [(float(each) - amount) * (1 if odd > 0 else -1) for each, amount in zip(rounded, amounts, strict=True)]
    for place in sorted(range(len(rounded)), key=lambda each: short[each])[: abs(odd)]:
        rounded[place] += step
    return rounded
