"""The published unit costs of crime, edition by edition, as their tables give them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from simulator.quantities import PARTS, UnitCost
from simulator.tables.cost_rows import unit_cost_of
from simulator.tables.problems import Problem, Problems, did_you_mean
from simulator.tables.reader import STANDINGS
from simulator.tables.strict_csv import Row, read_csv

# In the order in which they fill each other's gaps.
EDITIONS = ("ho_2019_20", "iom_toolkit_2011", "horr99")
SHARES_EDITION = "ho_2019_20"  # its anticipation, consequence and response split a bare total
TOOLKIT = "iom_toolkit_2011"  # alone splits the response by agency

MULTIPLIER = "multiplier"
_ROW_PARTS = (*PARTS, MULTIPLIER)
_COLUMNS = (
    "category",
    "part",
    "agency",
    "kind",
    "value",
    "unit",
    "price_year",
    "low",
    "high",
    "range_why",
    "source",
    "where",
    "standing",
    "why",
)
_TYPE_COLUMNS = ("offence_type", "severity_tier", *sorted(EDITIONS), "standing", "why")


@dataclass(frozen=True)
class OffenceType:
    """A type of offence of the simulation, and what each edition calls it (empty: it lacks it)."""

    name: str
    severity_tier: int  # 1 worst, 3 least
    labels: dict[str, str]
    standing: str
    why: str


@dataclass
class Edition:
    """One table: whole costs, parts of costs, and crimes per recorded crime, by category."""

    name: str
    price_year: str = ""
    totals: dict[str, UnitCost] = field(default_factory=dict)
    parts: dict[str, tuple[UnitCost, ...]] = field(default_factory=dict)
    multipliers: dict[str, UnitCost] = field(default_factory=dict)

    def has(self, category: str) -> bool:
        """Whether the table prices the category."""
        return category in self.totals or category in self.parts


def read_offence_types(path: Path, problems: Problems) -> dict[str, OffenceType]:
    """Offence types by name, in the order of the file."""
    types: dict[str, OffenceType] = {}
    for row in read_csv(path, _TYPE_COLUMNS):
        name = row.text("offence_type", problems)
        if name in types:
            problems.add(row.problem("offence_type", f"'{name}' is there twice"))
        tier = row.choice("severity_tier", ("1", "2", "3"), problems)
        labels = {edition: row.values[edition] for edition in EDITIONS}
        standing = row.choice("standing", STANDINGS, problems)
        types[name] = OffenceType(name, int(tier), labels, standing, row.values["why"])
    return types


def read_edition(path: Path, types: Collection[str], sources: Collection[str], problems: Problems) -> Edition:
    """One edition, named after its file; what is wrong inside it is noted in ``problems``."""
    edition = Edition(path.stem)
    lines: dict[str, int] = {}
    for row in read_csv(path, _COLUMNS):
        part = row.choice("part", _ROW_PARTS, problems)
        category = _category(row, types, problems)
        name = _name(edition.name, category, part, row)
        if name in lines:
            message = f"'{name}' is there twice (first on line {lines[name]})"
            problems.add(row.problem("category", message))
        lines.setdefault(name, row.line)
        cost = unit_cost_of(row, name, sources, problems, part=part)
        if cost:
            _place(edition, category, part, cost, row, problems)
    for category in edition.totals.keys() & edition.parts.keys():
        _refuse_both(edition, category, lines, path, problems)
    return edition


def _category(row: Row, types: Collection[str], problems: Problems) -> str:
    category = row.text("category", problems)
    if category and category not in types:
        hint = did_you_mean(category, types)
        message = f"'{category}' is not an offence type of offence_types.csv"
        problems.add(row.problem("category", message, hint))
    return category


def _name(edition: str, category: str, part: str, row: Row) -> str:
    """``iom_toolkit_2011.robbery.response.police``; a whole cost is named after its category."""
    kind, agency = row.values["kind"], row.values["agency"]
    last = agency if kind == "fiscal" else kind
    steps = [edition, category] + ([] if part == "total" else [part])
    if last and part in ("consequence", "response"):
        steps.append(last)
    return ".".join(steps)


def _place(edition: Edition, category: str, part: str, cost: UnitCost, row: Row, problems: Problems) -> None:
    if part == MULTIPLIER:
        edition.multipliers[category] = cost
        return
    if cost.price_year and not edition.price_year:
        edition.price_year = cost.price_year
    if cost.price_year != edition.price_year:
        message = f"this table is in {edition.price_year} prices (its first row), not "
        problems.add(row.problem("price_year", f"{message}{cost.price_year}"))
    if part == "total":
        edition.totals[category] = cost
    else:
        edition.parts[category] = (*edition.parts.get(category, ()), cost)


def _refuse_both(edition: Edition, category: str, lines: dict[str, int], path: Path, problems: Problems) -> None:
    """A total beside its own parts would be counted twice."""
    line = lines[edition.totals[category].name]
    message = f"'{category}' has a total and parts as well; leave one of them out"
    problems.add(Problem(str(path), line, 1, message))
