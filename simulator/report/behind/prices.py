"""The unit costs behind each cost line of a comparison, read from the rows of its inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from simulator.costing.lines import CRIME, JUSTICE, PROGRAMME, SUPERVISION
from simulator.costing.prices import CUSTODY_DAY, PROGRAMME_COSTS

Row = Mapping[str, Any]

# The row of cost_tables/justice.csv that prices each line of explicit costing; a day in custody goes by choice.
JUSTICE_LINES = {
    "arrest": (JUSTICE, "arrest_detained"),
    "court_event": (JUSTICE, "court_event"),
    "custody_day": (JUSTICE, ""),
    "recall": (JUSTICE, "recall"),
    "licence_supervision": (SUPERVISION, "supervision_year_licence"),
    "community_supervision": (SUPERVISION, "supervision_year_community"),
}
MULTIPLIER = ".multiplier"


class Pricing(NamedTuple):
    """How what happened is priced."""

    cost_table: str
    costing: str
    counting: str
    prison_cost: str
    anticipation: str
    price_base: str


class Priced(NamedTuple):
    """One price of one cost line. ``names``: the rows of the inputs that make the price, its total among them."""

    line: str
    section: str
    kind: str
    agency: str
    names: tuple[str, ...]
    price_years: tuple[str, ...]

    @property
    def offence_type(self) -> str | None:
        """The offence type of a crime line; None for all others."""
        return self.line if self.section == CRIME else None

    @property
    def is_programme(self) -> bool:
        """Whether the scheme itself is charged for it; only that is cashable."""
        return self.section == PROGRAMME


def priced_rows(rows: Mapping[str, Row], pricing: Pricing, kinds: frozenset[str]) -> list[Priced]:
    """Every price of every cost line.

    Args:
        kinds: the offence types that occur; the others cost nothing whatever their price.
    """
    found = [each for kind in sorted(kinds) for each in crime_prices(rows, pricing, kind)]
    if pricing.costing == "explicit":
        found += justice_prices(rows, pricing)
    return [*found, *programme_prices(rows)]


def crime_prices(rows: Mapping[str, Row], pricing: Pricing, kind: str) -> Iterator[Priced]:
    """The parts of the cost of one crime that are charged; each is a share of the whole, so it rests on that as well."""
    total = f"{pricing.cost_table}.{kind}"
    left_out = {"response"} if pricing.costing == "explicit" else set()
    left_out |= {"anticipation"} if pricing.anticipation == "exclude" else set()
    for name, row in rows.items():
        if name.startswith(f"{total}.") and not name.endswith(MULTIPLIER) and row["part"] not in left_out:
            yield priced(kind, CRIME, row, (name, total))


def justice_prices(rows: Mapping[str, Row], pricing: Pricing) -> Iterator[Priced]:
    """Arrests, courts, custody, recalls and supervision."""
    for line, (section, price) in JUSTICE_LINES.items():
        name = f"justice.{price or CUSTODY_DAY[pricing.prison_cost]}"
        if name in rows:
            yield priced(line, section, rows[name], (name,))


def programme_prices(rows: Mapping[str, Row]) -> Iterator[Priced]:
    """What the scheme itself costs: the scheme's own figure where it states one, else that of the cost table."""
    for line in PROGRAMME_COSTS:
        for name in (f"costs.{line}", f"programme.{line}"):
            if name in rows:
                yield priced(line, PROGRAMME, rows[name], (name,))
                break


def priced(line: str, section: str, row: Row, names: tuple[str, ...]) -> Priced:
    """One price from its row."""
    year = row["price_year"]
    return Priced(line, section, row["kind"], row["agency"], names, (str(year),) if year else ())
