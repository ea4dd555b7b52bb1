"""GDP deflators: bring money of one financial year to the prices of another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from simulator.quantities import Quantity, Standing, is_money, price_year_fault
from simulator.tables.problems import Problems
from simulator.tables.reader import STANDINGS, price_year_hint
from simulator.tables.strict_csv import read_csv

COLUMNS = ("financial_year", "index", "source", "where", "standing")

AnyQuantity = TypeVar("AnyQuantity", bound=Quantity)


@dataclass(frozen=True)
class Deflators:
    """The GDP deflator of each financial year (HM Treasury), as an index."""

    index: dict[str, float]
    source: str = ""

    def factor(self, from_year: str, to_year: str) -> float:
        """By what to multiply money of ``from_year`` to have it in the prices of ``to_year``.

        Raises:
            ValueError: a year without a deflator; the message names the nearest that has one.
        """
        return 1.0 if from_year == to_year else self._of(to_year) / self._of(from_year)

    def in_prices_of(self, quantity: AnyQuantity, year: str) -> AnyQuantity:
        """The same money in the prices of another year, standing ``derived``.

        Returned as it is when it is in that year's prices already, or is not money.

        Raises:
            ValueError: a year without a deflator.
        """
        known = quantity.price_year
        if known is None or known == year or not is_money(quantity.unit):
            return quantity
        factor = self.factor(known, year)
        low, high = (None if end is None else end * factor for end in (quantity.low, quantity.high))
        why = f"from {known} to {year} prices by GDP deflator {factor:.3f}"
        return replace(
            quantity,
            value=quantity.value * factor,
            low=low,
            high=high,
            price_year=year,
            standing=Standing.DERIVED,
            why=f"{quantity.why}; {why}" if quantity.why else why,
        )

    def _of(self, year: str) -> float:
        # `year in` first: a year that is there needs no further thought.
        if year not in self.index:
            raise ValueError(self._unknown(year))
        return self.index[year]

    def _unknown(self, year: str) -> str:
        years = sorted(self.index)
        message = f"There is no GDP deflator for '{year}'; there is one for each financial year "
        message += f"from {years[0]} to {years[-1]}."
        if price_year_fault(year):
            return f"{message} {price_year_hint(year)}".strip()
        nearest = min(years, key=lambda each: abs(int(each[:4]) - int(year[:4])))
        return f"{message} The nearest is {nearest}."


def read_deflators(path: Path, sources: Collection[str], problems: Problems) -> Deflators:
    """Deflators from a CSV file; what is wrong inside it is noted in ``problems``."""
    index: dict[str, float] = {}
    rows = read_csv(path, COLUMNS)
    for row in rows:
        year = row.values["financial_year"]
        fault = price_year_fault(year)
        if fault:
            problems.add(row.problem("financial_year", fault, price_year_hint(year)))
        elif year in index:
            problems.add(row.problem("financial_year", f"{year} is there twice"))
        row.choice("standing", STANDINGS, problems)
        row.choice("source", sources, problems)
        number = row.number("index", problems, minimum=0.0)
        if number == 0.0 and row.values["index"]:
            problems.add(row.problem("index", "an index cannot be zero"))
        index[year] = number
    return Deflators(index, rows[0].values["source"])
