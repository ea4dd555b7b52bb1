"""Cost lines: a quantity by replication and year, and the prices that apply to it, each with its source."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulator.quantities import Quantity

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]

CRIME, JUSTICE, SUPERVISION, PROGRAMME = "crime", "justice", "supervision", "programme"
SECTIONS = (CRIME, JUSTICE, SUPERVISION, PROGRAMME)


class DoubleCount(ValueError):  # noqa: N818  (the field's word for it)
    """A pound would be counted twice."""


@dataclass(frozen=True)
class Price:
    """Pounds per unit in the price base, to one agency, of one kind, with the figure it comes from."""

    gbp: float
    part: str
    kind: str
    agency: str
    cashable: bool
    source: Quantity


@dataclass(frozen=True)
class Line:
    """One thing that happened and is paid for. ``quantity`` has shape (replications, years)."""

    name: str
    section: str
    unit: str
    quantity: Array
    prices: tuple[Price, ...]
    offence_type: str | None = None


@dataclass(frozen=True)
class Cell:
    """Mean amount over replications of one line, price and year, discounted."""

    line: Line
    price: Price
    year: int
    quantity: float
    gbp: float


@dataclass(frozen=True)
class Costs:
    """What one arm costs: quantity, unit cost and source on every row, so any total can be taken apart."""

    arm: str
    lines: tuple[Line, ...]

    def __post_init__(self) -> None:
        """Raises DoubleCount when crimes carry their response part beside arrests, courts and custody."""
        response = any(
            price.part == "response" and price.gbp
            for line in self.lines
            if line.section == CRIME
            for price in line.prices
        )
        if response and any(line.section in (JUSTICE, SUPERVISION) for line in self.lines):
            raise DoubleCount(
                "the response part of the unit costs and separate arrest, court or custody costs are the same pounds: "
                "use costing: inclusive or costing: explicit, not both"
            )

    def by_replication(
        self, factors: Array, of_interest: Callable[[Line], bool], weights: Mapping[str, float] | None = None
    ) -> Array:
        """Present value of the chosen lines, each times its weight where it has one; one amount per replication."""
        total = np.zeros(self.lines[0].quantity.shape[0])
        for line in self.lines:
            if of_interest(line):
                unit_cost = math.fsum(price.gbp for price in line.prices) * (weights or {}).get(line.name, 1.0)
                total += (line.quantity @ factors) * unit_cost
        return total

    def cells(self, factors: Array, social_factors: Array | None = None) -> list[Cell]:
        """Every mean amount, by line, price and year; social costs at their own factors where given."""
        social = factors if social_factors is None else social_factors
        made = []
        for line in self.lines:
            means = line.quantity.mean(axis=0)
            for year, mean in enumerate(means.tolist()):
                for price in line.prices:
                    factor = float((social if price.kind == "social" else factors)[year])
                    made.append(Cell(line, price, year, mean, mean * factor * price.gbp))
        return made

    def frame(self, factors: Array) -> pd.DataFrame:
        """The cells as a tidy table, each row with its unit cost, source and standing."""
        import pandas as pd

        return pd.DataFrame(
            [
                {
                    "arm": self.arm,
                    "year": cell.year + 1,
                    "section": cell.line.section,
                    "line": cell.line.name,
                    "offence_type": cell.line.offence_type,
                    "part": cell.price.part,
                    "kind": cell.price.kind,
                    "agency": cell.price.agency,
                    "cashable": cell.price.cashable,
                    "quantity": cell.quantity,
                    "unit": cell.line.unit,
                    "unit_cost_gbp": cell.price.gbp,
                    "present_value_gbp": cell.gbp,
                    "source": cell.price.source.source,
                    "where": cell.price.source.where,
                    "standing": str(cell.price.source.standing),
                    "figure": cell.price.source.name,
                }
                for cell in self.cells(factors)
            ]
        )
