"""An arm's costs and benefits by year, agency, kind and whether they are cashable, all at once."""

from __future__ import annotations

from typing import Any

from simulator.appraisal.comparison import Appraised, Comparison
from simulator.appraisal.results import parts_by
from simulator.costing.lines import Cell
from simulator.report.splits import money


def budget_of(cell: Cell) -> tuple[int, str, str, bool]:
    """In which year an amount falls, on whom, what kind it is, and whether a budget really moves with it."""
    return cell.year, cell.price.agency, cell.price.kind, cell.price.cashable


def budgets_of(appraised: Appraised, comparison: Comparison) -> list[dict[str, Any]]:
    """The three amounts of each year, agency, kind and cashability, in that order; they add up to those of the arm."""
    parts = parts_by(appraised.pair, comparison.factors, budget_of, comparison.bias)
    rows = []
    for key in sorted(parts, key=str):
        assert isinstance(key, tuple)
        year, agency, kind, cashable = key
        rows.append({"year": year + 1, "agency": agency, "kind": kind, "cashable": cashable, **money(parts[key])})
    return sorted(rows, key=lambda row: (row["year"], row["agency"], row["kind"], row["cashable"]))
