"""What happened, from the simulation, and each cost line of each arm: more or less of it, what it counts for, its worth."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.documents.workbook.frame import changed, fixed_lead, live_lead, signed
from simulator.documents.workbook.notes import note
from simulator.documents.workbook.sheets import Cell, Column, Layout, Sheet, quoted, row_of, year_columns
from simulator.documents.workbook.sums import PROGRAMME, Counted, Sums
from simulator.documents.workbook.unit_costs import plain

Places = Mapping[str, Layout]

LINE_COLUMNS = (
    Column("choice", "Funding choice", 27),
    Column("line", "What is paid for", 27),
    Column("section", "Section", 12),
    Column("unit", "Unit", 20),
    Column("quantity", "Quantity over the years", 14, "quantity"),
    Column("more", "More than under the comparator", 15, "quantity"),
    Column("discounted", f"More, discounted {note('discounting')}", 14, "quantity"),
    Column("weight", f"Counts for {note('bias')}", 12, "weight"),
    Column("unit_cost", "Unit cost in the price base (£)", 15, "pence"),
    Column("cost", "Additional programme cost (£)", 16, "pounds", measure="programme_cost_gbp"),
    Column("benefit", f"Benefit (£) {note('losses')}", 16, "pounds", measure="benefit_gbp"),
    Column("itself", "Cost of the line by itself, bias aside (£)", 17, "pounds"),
    Column("reoffence", f"Part of what a reoffence costs {note('break-even')}", 14),
    Column("row", "Row on Quantities", 12, "count", aid=True),
    Column("base_row", "Row of the comparator", 12, "count", aid=True),
    Column("arm", "Arm", 24, "aid", aid=True),
    Column("name", "Name of the line", 28, "aid", aid=True),
)
QUANTITIES_ABOUT = "Mean quantities over the runs of the simulation. They are fixed: no input changes what happens."
LINES_ABOUT = "Each cost line of each funding choice, from quantity to pounds."


def quantity_layouts(sums: Sums) -> list[Layout]:
    """Where quantities and lines stand."""
    columns = (
        Column("choice", "Funding choice", 27),
        Column("line", "What happens", 27),
        Column("section", "Section", 13),
        Column("unit", "Unit", 26),
        *year_columns(sums.years, "quantity"),
        Column("all", "All years", 14, "quantity"),
        Column("discounted", f"All years, discounted {note('discounting')}", 14, "quantity"),
        Column("health", f"All years, discounted at the rate for health {note('social')}", 16, "quantity"),
        Column("key", "Key", 42, "aid", aid=True),
    )
    noise = (
        *columns[:4],
        *year_columns(sums.years, "quantity"),
        Column("discounted", f"All years, discounted {note('discounting')}", 14, "quantity"),
        columns[-1],
    )
    lines = len(sums.arms) * len(sums.lines)
    return [
        Layout("Noise", noise, len(noise_lead()), len(sums.compared) * len(sums.lines)),
        Layout("Quantities", columns, len(quantities_lead()), len(sums.quantities)),
        Layout("Lines", signed(LINE_COLUMNS, sums), len(live_lead(sums, LINES_ABOUT)), lines),
    ]


def quantities_lead() -> tuple[Cell, ...]:
    """The rows above the quantities."""
    return (*fixed_lead(f"{QUANTITIES_ABOUT} {note('quantities')}"), changed())


def quantities_sheet(sums: Sums, places: Places) -> Sheet:
    """Mean quantities by arm, line and year."""
    here = places["Quantities"]
    rows = [quantity_row(here, number, each, sums) for number, each in enumerate(sums.quantities.values())]
    about = "What happened in the simulation, by funding choice and year (fixed)"
    return Sheet(here, "Quantities from the simulation", about, quantities_lead(), rows, filters=True)


def quantity_row(here: Layout, row: int, each: Counted, sums: Sums) -> tuple[Cell, ...]:
    """One line of one arm."""
    span = f"{here.here('y1', row)}:{here.here(f'y{sums.years}', row)}"
    discounted, health = (
        Cell(sums.discounted(each.arm, each.line, factors), f"=SUMPRODUCT({span},{named})")
        for factors, named in (("discount_factors", "discount_factors"), ("health_discount_factors", "health_factors"))
    )
    title = title_of(sums, each.arm)
    whole = Cell(sum(each.by_year), f"=SUM({span})")
    return row_of(
        title,
        plain(each.line),
        each.section,
        each.unit,
        *each.by_year,
        whole,
        discounted,
        health,
        key(each.arm, each.line),
    )


def noise_lead() -> tuple[Cell, ...]:
    """The rows above the noise."""
    said = "Half-widths of 95% intervals of differences from the comparator, of the simulation alone; more runs narrow them."
    return (*fixed_lead(f"{said} {note('ratio')}"), changed())


def noise_sheet(sums: Sums, places: Places) -> Sheet:
    """How far luck may move the difference in each quantity."""
    here, rows = places["Noise"], []
    for number, (arm, line) in enumerate((arm["name"], line["line"]) for arm in sums.compared for line in sums.lines):
        each, noises = sums.quantities[arm, line], sums.noises[arm, line]
        span = f"{here.here('y1', number)}:{here.here(f'y{sums.years}', number)}"
        whole = Cell(sums.noise(arm, line), f"=SUMPRODUCT({span},discount_factors)")
        start = (title_of(sums, arm), plain(line), each.section, each.unit)
        rows.append(row_of(*start, *noises, whole, key(arm, line)))
    about = "How far luck may move the difference in each quantity (fixed)"
    return Sheet(here, "Noise of the simulation in quantities", about, noise_lead(), rows, filters=True)


def key(arm: str, line: str) -> str:
    """How a row of quantities is found."""
    return f"{arm}|{line}"


def title_of(sums: Sums, arm: str) -> str:
    """An arm as people call it."""
    return next(str(each["title"]) for each in sums.arms if each["name"] == arm)


def quantity_number(sums: Sums, arm: str, line: str) -> int:
    """The row of a quantity in its table, from 1."""
    return list(sums.quantities).index((arm, line)) + 1


def lines_sheet(sums: Sums, places: Places) -> Sheet:
    """From quantity to pounds, line by line, for every arm."""
    here = places["Lines"]
    pairs = [(arm["name"], line["line"]) for arm in sums.arms for line in sums.lines]
    rows = [line_row(here, number, arm, line, sums, places) for number, (arm, line) in enumerate(pairs)]
    about = "From quantity to pounds: each cost line of each funding choice"
    return Sheet(here, "Cost lines", about, live_lead(sums, LINES_ABOUT), rows, live=True, filters=True)


def line_row(here: Layout, row: int, arm: str, line: str, sums: Sums, places: Places) -> tuple[Cell, ...]:
    """One line of one arm: its formulas find the quantities by arm and line, and the unit costs by line."""
    quantities, unit_costs = places["Quantities"], places["Unit costs"]
    own = {name: here.here(name, row) for name in ("discounted", "weight", "unit_cost", "row", "base_row", "section")}
    at = {name: here.here(name, row) for name in ("arm", "name")}

    def looked_up(column: str, which: str) -> str:
        return f"INDEX({quantities.all(column)},{own[which]})"

    programme = sums.section[line] == PROGRAMME
    unit_cost, weight, more = sums.unit_cost(line), sums.weight(arm, line), sums.more(arm, line)
    amount = f"{own['discounted']}*{own['unit_cost']}*{own['weight']}"
    pounds = more * unit_cost * weight
    this, other = sum(sums.quantities[arm, line].by_year), sum(sums.quantities[sums.base, line].by_year)
    rise, fall = f"IF({own['discounted']}>0,1+optimism_bias,1)", f"IF({own['discounted']}<0,1-benefit_cut,1)"
    is_programme = f"{own['section']}={quoted(PROGRAMME)}"
    names = unit_costs.all("name")
    reoffence = next(each["in_break_even"] for each in sums.lines if each["line"] == line)
    return row_of(
        title_of(sums, arm),
        plain(line),
        sums.section[line],
        sums.quantities[arm, line].unit,
        Cell(this, f"={looked_up('all', 'row')}"),
        Cell(this - other, f"={looked_up('all', 'row')}-{looked_up('all', 'base_row')}"),
        Cell(more, f"={looked_up('discounted', 'row')}-{looked_up('discounted', 'base_row')}"),
        Cell(weight, f"=IF({is_programme},{rise},{fall})"),
        Cell(unit_cost, f"=SUMIFS({unit_costs.all('base')},{names},{at['name']})"),
        Cell(pounds if programme else 0.0, f"=IF({is_programme},{amount},0)"),
        Cell(0.0 if programme else 0.0 - pounds, f"=IF({is_programme},0,0-{amount})"),
        Cell(sums.cost_at_present_value(arm, line), f"={looked_up('discounted', 'row')}*{own['unit_cost']}"),
        "yes" if reoffence else "no",
        row_number(quantities, sums, arm, line, f'{at["arm"]}&"|"&{at["name"]}'),
        row_number(quantities, sums, sums.base, line, f"{quoted(sums.base + '|')}&{at['name']}"),
        arm,
        line,
    )


def row_number(quantities: Layout, sums: Sums, arm: str, line: str, wanted: str) -> Cell:
    """The row of a quantity, looked up by arm and line."""
    return Cell(quantity_number(sums, arm, line), f"=MATCH({wanted},{quantities.all('key')},0)")
