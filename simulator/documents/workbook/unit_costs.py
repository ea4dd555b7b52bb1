"""The unit costs that may be changed, each in its own price year with its source, and the GDP deflators."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from simulator.documents.workbook.frame import changed, fixed_lead, marked, marks_of
from simulator.documents.workbook.notes import note
from simulator.documents.workbook.sheets import Allowed, Cell, Column, Layout, Sheet, row_of
from simulator.documents.workbook.sums import Sums, cash_word
from simulator.scenario.fields import MOST_POUNDS

Places = Mapping[str, Layout]

UNIT_COST_COLUMNS = (
    Column("line", "What is paid for", 27),
    Column("part", "Part", 14),
    Column("agency", "Agency or party", 17),
    Column("kind", "Kind", 11),
    Column("cash", f"Cash or capacity {note('cash')}", 18),
    Column("value", f"Unit cost, own prices (£; may be changed) {note('inputs')}", 17, "input_pence"),
    Column("year", "Price year (may be changed)", 14, "input_text"),
    Column("factor", f"GDP deflator factor to the price base {note('price base')}", 14, "factor"),
    Column("base", "Unit cost in the price base (£)", 15, "pence"),
    Column("run", "Unit cost in the run (£)", 15, "pence"),
    Column("run_year", "Price year in the run", 12),
    Column("changed", "Changed?", 11),
    Column("standing", "Standing", 13),
    Column("mark", f"Mark {note('marks')}", 34, "wrap"),
    Column("source", "Source", 20),
    Column("where", "Where in the source", 44, "wrap"),
    Column("figure", "Name of the figure", 46, "aid", aid=True),
    Column("name", "Name of the line", 28, "aid", aid=True),
)
RANGE_COLUMNS = (
    Column("line", "What is paid for", 27),
    Column("part", "Part", 15),
    Column("agency", "Agency or party", 17),
    Column("value", "Unit cost in the run (£)", 15, "pence"),
    Column("year", "Price year", 12),
    Column("low", "Lowest (£)", 15, "pence"),
    Column("high", "Highest (£)", 15, "pence"),
    Column("standing", "Standing", 13),
    Column("why", "How the figure and its range were come by", 96, "wrap"),
    Column("figure", "Name of the figure", 46, "aid", aid=True),
)
DEFLATOR_COLUMNS = (
    Column("year", "Financial year", 16),
    Column("index", "GDP deflator (index)", 16, "index"),
    Column("standing", "Standing", 14),
    Column("source", "Source", 24),
)


def unit_cost_layouts(sums: Sums) -> list[Layout]:
    """Where unit costs and deflators stand."""
    return [
        Layout("Unit costs", UNIT_COST_COLUMNS, len(unit_costs_lead(sums)), len(sums.prices)),
        Layout("Ranges and reasons", RANGE_COLUMNS, len(ranges_lead()), len(sums.prices)),
        Layout("Deflators", DEFLATOR_COLUMNS, len(deflators_lead()), len(sums.costs["deflators"]["by_year"])),
    ]


def unit_costs_lead(sums: Sums) -> tuple[Cell, ...]:
    """The rows above the unit costs."""
    said = (
        "What one unit costs, in the prices of its own year. Change an amount or its price year; do not sort the rows."
    )
    return (*fixed_lead(said), changed(), *marked(sums))


def unit_costs_sheet(sums: Sums, places: Places) -> Sheet:
    """Every unit cost with its own price year, what brings it to the price base, standing and source."""
    here = places["Unit costs"]
    rows = [unit_cost_row(here, number, price, sums) for number, price in enumerate(sums.prices)]
    about = "Unit costs with their own price years, sources, standings and marks"
    return Sheet(here, "Unit costs that may be changed", about, unit_costs_lead(sums), rows, live=True)


def unit_cost_row(here: Layout, row: int, price: Mapping[str, Any], sums: Sums) -> tuple[Cell, ...]:
    """One unit cost."""
    allowed = Allowed("pounds, not below zero", 0.0, MOST_POUNDS)
    year_allowed = Allowed("a financial year that is on Deflators", choices="=deflator_years")
    value, year = here.here("value", row), here.here("year", row)
    own = f"INDEX(deflator_index,MATCH({year},deflator_years,0))"
    factor = f"=IF({year}=price_base,1,INDEX(deflator_index,MATCH(price_base,deflator_years,0))/{own})"
    same = f'=IF(AND({value}={here.here("run", row)},{year}={here.here("run_year", row)}),"no","yes")'
    name = range_name(price["name"])
    return row_of(
        plain(price["line"]),
        plain(price["part"]),
        price["agency"],
        price["kind"],
        cash_word(price["kind"], price["cashable"]),
        Cell(price["unit_cost_gbp"], name=f"unit_cost_{name}", allowed=allowed),
        Cell(price["price_year"], name=f"price_year_{name}", allowed=year_allowed),
        Cell(price["deflator_factor"], factor),
        Cell(price["unit_cost_in_price_base_gbp"], f"={value}*{here.here('factor', row)}"),
        price["unit_cost_gbp"],
        price["price_year"],
        Cell("no", same),
        price["standing"],
        Cell(marks, style="mark_wrap") if (marks := marks_of(price, sums)) else "–",
        price["source"] or "–",
        price["where"] or "–",
        price["name"],
        price["line"],
    )


def ranges_lead() -> tuple[Cell, ...]:
    """The rows above ranges and reasons."""
    return fixed_lead(
        "How sure each unit cost is, in its own prices, and how the figure was come by. For reading: nothing follows."
    )


def ranges_sheet(sums: Sums, places: Places) -> Sheet:
    """Range and reason of each unit cost, as in the run."""
    rows = [
        row_of(
            plain(price["line"]),
            plain(price["part"]),
            price["agency"],
            price["unit_cost_gbp"],
            price["price_year"],
            price["low"] if price["low"] is not None else "–",
            price["high"] if price["high"] is not None else "–",
            price["standing"],
            price["why"] or "–",
            price["name"],
        )
        for price in sums.prices
    ]
    about = "The range of each unit cost and how it was come by (fixed)"
    return Sheet(places["Ranges and reasons"], "Unit costs: ranges and reasons", about, ranges_lead(), rows)


def range_name(figure: str) -> str:
    """A figure's name as a range may be named."""
    return re.sub(r"\W", "_", figure)


def plain(name: str) -> str:
    """A name as a person would say it."""
    return name.replace("_", " ").capitalize()


def deflators_lead() -> tuple[Cell, ...]:
    """The rows above the deflators."""
    return fixed_lead(
        "GDP deflators by financial year; money of one year times the ratio of two gives money of the other."
    )


def deflators_sheet(sums: Sums, places: Places) -> Sheet:
    """The GDP deflator of each financial year."""
    here, given = places["Deflators"], sums.costs["deflators"]
    rows = [
        row_of(each["financial_year"], each["index"], given["standing"], given["source"]) for each in given["by_year"]
    ]
    names = (("deflator_years", f"={here.all('year')}"), ("deflator_index", f"={here.all('index')}"))
    return Sheet(
        here, "GDP deflators", "The index that moves prices between years", deflators_lead(), rows, names=names
    )
