"""From a row of a cost table to a unit cost, with every fault noted at its cell."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from simulator.quantities import (
    KINDS,
    PARTS,
    Standing,
    UnitCost,
    quantity_faults,
)
from simulator.tables.problems import Problems, did_you_mean
from simulator.tables.reader import STANDINGS, price_year_hint
from simulator.tables.strict_csv import Row, read_csv

ROW_FILES = ("justice", "programme", "appraisal")
ROW_COLUMNS = (
    "name",
    "agency",
    "kind",
    "value",
    "unit",
    "price_year",
    "low",
    "high",
    "source",
    "where",
    "standing",
    "why",
)


def read_rows(path: Path, prefix: str, sources: Collection[str], problems: Problems) -> dict[str, UnitCost]:
    """Unit costs by name, without the prefix, from a file such as justice.csv."""
    found: dict[str, UnitCost] = {}
    lines: dict[str, int] = {}
    for row in read_csv(path, ROW_COLUMNS):
        name = row.text("name", problems)
        if name in lines:
            message = f"'{name}' is there twice (first on line {lines[name]})"
            problems.add(row.problem("name", message))
        lines.setdefault(name, row.line)
        cost = unit_cost_of(row, f"{prefix}.{name}", sources, problems)
        if cost:
            found[name] = cost
    return found


def unit_cost_of(
    row: Row, name: str, sources: Collection[str], problems: Problems, *, part: str = "total"
) -> UnitCost | None:
    """The unit cost in a row; None, with the faults noted, when there are any."""
    before = len(problems)
    unit = row.text("unit", problems)
    value = row.number("value", problems, minimum=0.0)
    low, high = row.number_or_none("low", problems), row.number_or_none("high", problems)
    standing = Standing(row.choice("standing", STANDINGS, problems))
    kind = row.choice("kind", KINDS, problems)
    source = _source(row, sources, problems)
    year = row.values["price_year"] or None
    why = _why(row)
    if len(problems) > before:
        return None
    for field, message in quantity_faults(
        value, unit, standing, source=source, price_year=year, low=low, high=high, why=why
    ):
        hint = price_year_hint(year or "") if field == "price_year" else ""
        problems.add(row.problem(field, message, hint))
    if len(problems) > before:
        return None
    return UnitCost(
        name=name,
        value=value,
        unit=unit,
        standing=standing,
        source=source,
        where=row.values["where"],
        price_year=year,
        low=low,
        high=high,
        why=why,
        part=part if part in PARTS else "total",
        kind=kind,
        agency=row.values["agency"],
    )


def _source(row: Row, sources: Collection[str], problems: Problems) -> str:
    source = row.values["source"]
    if source and source not in sources:
        hint = did_you_mean(source, sources) or "Add it to sources.yaml."
        problems.add(row.problem("source", f"'{source}' is not a source in sources.yaml", hint))
    return source


def _why(row: Row) -> str:
    """The reason for the figure and, where the table has one, the reason for its range."""
    why, range_why = row.values["why"], row.values.get("range_why", "")
    return "; ".join([*([why] if why else []), *([f"range: {range_why}"] if range_why else [])])
