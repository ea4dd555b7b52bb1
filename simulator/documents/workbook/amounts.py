"""Present values: one row for each price of each arm, one column for each year; everything else is a sum of these."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from simulator.documents.workbook.frame import live_lead
from simulator.documents.workbook.notes import note
from simulator.documents.workbook.quantities import row_number, title_of
from simulator.documents.workbook.sheets import Cell, Column, Layout, Sheet, quoted, row_of, year_columns
from simulator.documents.workbook.sums import Sums, cash_word
from simulator.documents.workbook.unit_costs import plain

Places = Mapping[str, Layout]

SHEET = "Present values"
ABOUT = (
    "What each funding choice costs less (positive) or more (negative) than the comparator, at each unit cost, by year."
)


def amount_layouts(sums: Sums) -> list[Layout]:
    """Where the present values stand."""
    columns = (
        Column("choice", "Funding choice", 27),
        Column("line", "What is paid for", 27),
        Column("part", "Part", 14),
        Column("section", "Section", 12),
        Column("kind", "Kind", 11),
        Column("cash", f"Cash or capacity {note('cash')}", 18),
        Column("agency", "Agency or party", 12),
        Column("unit_cost", "Unit cost in the price base (£)", 15, "pence"),
        Column("weight", f"Counts for {note('bias')}", 12, "weight"),
        *year_columns(sums.years, "pounds"),
        Column("all", "All years (£)", 14, "pounds"),
        Column("health", f"All years, social costs at the rate for health (£) {note('social')}", 18, "pounds"),
        Column("noise", "Noise, at the most (£)", 14, "pounds", aid=True),
        Column("row", "Row on Quantities", 12, "count", aid=True),
        Column("base_row", "Row of the comparator", 12, "count", aid=True),
        Column("arm", "Arm", 24, "aid", aid=True),
        Column("figure", "Name of the figure", 46, "aid", aid=True),
        Column("name", "Name of the line", 28, "aid", aid=True),
    )
    return [Layout(SHEET, columns, len(live_lead(sums, ABOUT)), len(sums.compared) * len(sums.prices))]


def amounts_sheet(sums: Sums, places: Places) -> Sheet:
    """Every amount of every arm but the comparator."""
    here = places[SHEET]
    pairs = [(arm["name"], price) for arm in sums.compared for price in sums.prices]
    rows = [amount_row(here, number, arm, price, sums, places) for number, (arm, price) in enumerate(pairs)]
    about = "Every amount by funding choice, unit cost and year; all totals are sums of these"
    return Sheet(here, "Present values", about, live_lead(sums, ABOUT), rows, live=True, filters=True)


def amount_row(
    here: Layout, row: int, arm: str, price: Mapping[str, Any], sums: Sums, places: Places
) -> tuple[Cell, ...]:
    """One price of one arm."""
    quantities, at = places["Quantities"], {column.key: here.here(column.key, row) for column in here.columns}
    line, saved = price["line"], sums.saved[arm, price["name"]]
    whole = Cell(math.fsum(saved), f"=SUM({at['y1']}:{at[f'y{sums.years}']})")
    return row_of(
        title_of(sums, arm),
        plain(line),
        plain(price["part"]),
        sums.section[line],
        price["kind"],
        cash_word(price["kind"], price["cashable"]),
        price["agency"],
        unit_cost_cell(places["Unit costs"], at["figure"], price),
        weight_cell(places["Lines"], at, sums.weight(arm, line)),
        *(amount_cell(year, amount, at, places) for year, amount in enumerate(saved, start=1)),
        whole,
        health_cell(quantities, at, arm, price, sums),
        noise_cell(places["Noise"], at, sums, arm, price),
        row_number(quantities, sums, arm, line, f'{at["arm"]}&"|"&{at["name"]}'),
        row_number(quantities, sums, sums.base, line, f"{quoted(sums.base + '|')}&{at['name']}"),
        arm,
        price["name"],
        line,
    )


def unit_cost_cell(unit_costs: Layout, figure: str, price: Mapping[str, Any]) -> Cell:
    """The unit cost in the price base, looked up by its name."""
    found = f"=INDEX({unit_costs.all('base')},MATCH({figure},{unit_costs.all('figure')},0))"
    return Cell(price["unit_cost_in_price_base_gbp"], found)


def weight_cell(lines: Layout, at: Mapping[str, str], weight: float) -> Cell:
    """What the line counts for in this arm, looked up by both."""
    formula = f"=SUMIFS({lines.all('weight')},{lines.all('arm')},{at['arm']},{lines.all('name')},{at['name']})"
    return Cell(weight, formula)


def difference(quantities: Layout, column: str, at: Mapping[str, str]) -> str:
    """How much more of a line in this arm than under the comparator, as a formula."""
    cells = quantities.all(column)
    return f"(INDEX({cells},{at['row']})-INDEX({cells},{at['base_row']}))"


def amount_cell(year: int, amount: float, at: Mapping[str, str], places: Places) -> Cell:
    """One year's amount: less of it is a gain."""
    more = difference(places["Quantities"], f"y{year}", at)
    factor = places["Discount factors"].at(f"y{year}", 0)
    return Cell(amount + 0.0, f"=0-{more}*{factor}*{at['unit_cost']}*{at['weight']}")


def health_cell(quantities: Layout, at: Mapping[str, str], arm: str, price: Mapping[str, Any], sums: Sums) -> Cell:
    """The row's total, social costs discounted at the lower rate."""
    more = difference(quantities, "health", at)
    formula = f'=IF({at["kind"]}="social",0-{more}*{at["unit_cost"]}*{at["weight"]},{at["all"]})'
    saved = sums.saved[arm, price["name"]]
    if price["kind"] != "social":
        return Cell(math.fsum(saved), formula)
    at_health = [
        amount / main * health
        for amount, main, health in zip(
            saved, sums.costs["discount_factors"], sums.costs["health_discount_factors"], strict=True
        )
    ]
    return Cell(math.fsum(at_health), formula)


def noise_cell(noise: Layout, at: Mapping[str, str], sums: Sums, arm: str, price: Mapping[str, Any]) -> Cell:
    """The most by which luck may move the row's total either way, at 95%."""
    wanted = f'{at["arm"]}&"|"&{at["name"]}'
    found = f"INDEX({noise.all('discounted')},MATCH({wanted},{noise.all('key')},0))"
    pounds = sums.noise(arm, price["line"]) * price["unit_cost_in_price_base_gbp"] * sums.weight(arm, price["line"])
    return Cell(pounds, f"={found}*{at['unit_cost']}*{at['weight']}")
