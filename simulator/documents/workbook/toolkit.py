"""Break-even and cost per managed offender, the two analyses of the Home Office IOM Value for Money toolkit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.documents.workbook.frame import live_lead, signed
from simulator.documents.workbook.notes import note
from simulator.documents.workbook.quantities import key
from simulator.documents.workbook.sheets import Cell, Column, Layout, Sheet, quoted, row_of
from simulator.documents.workbook.splits import ARM, CHOICE, COST
from simulator.documents.workbook.sums import PROGRAMME, Sums

Places = Mapping[str, Layout]

BREAK_EVEN, MANAGED = "Break-even", "Cost per managed offender"
ABOUT = {
    BREAK_EVEN: "How many proven reoffences must be prevented so that they pay for the programme, and how many were.",
    MANAGED: "What it costs to manage one person for a year, and to prevent one proven reoffence. Not discounted.",
}
BREAK_EVEN_COLUMNS = (
    CHOICE,
    COST,
    Column("years", "Managed person-years, discounted", 15, "quantity", measure="managed_person_years"),
    Column(
        "value",
        f"What one proven reoffence costs victims, police and courts (£) {note('break-even')}",
        20,
        "pounds",
        measure="benefit_gbp",
    ),
    Column(
        "needed",
        f"Break-even: reoffences to prevent per managed person-year {note('break-even')}",
        20,
        "number",
        measure="benefit_per_pound",
    ),
    Column("achieved", "Prevented in the simulation per managed person-year", 19, "number", measure="proven_offences"),
    Column("verdict", "What it comes to", 52, "wrap"),
    ARM,
)
MANAGED_COLUMNS = (
    CHOICE,
    Column("cost", f"Programme cost, not discounted (£) {note('managed')}", 18, "pounds", measure="programme_cost_gbp"),
    Column("years", f"Managed person-years {note('managed')}", 15, "quantity", measure="managed_person_years"),
    Column("each", "Cost per person managed for a year (£)", 18, "strong_pounds", measure="programme_cost_gbp"),
    Column("prevented", "Proven reoffences prevented", 16, "quantity", measure="proven_offences"),
    Column(
        "reoffence",
        f"Programme cost per proven reoffence prevented (£) {note('managed')}",
        20,
        "pounds",
        measure="npsv_gbp",
    ),
    ARM,
)
NONE, NOT_TOLD = "none", "not given: may be nil"
NOTHING_TO_PAY = "No additional programme cost, or nobody managed: no break-even."
NO_WORTH = "A reoffence prevented saves nothing here: no break-even."
REACHED = "In the mean of the runs, break-even is reached."
NOT_REACHED = "In the mean of the runs, break-even is not reached."


def toolkit_layouts(sums: Sums) -> list[Layout]:
    """Where both analyses stand."""
    columns = {BREAK_EVEN: BREAK_EVEN_COLUMNS, MANAGED: MANAGED_COLUMNS}
    return [
        Layout(name, signed(each, sums), len(live_lead(sums, ABOUT[name])), len(sums.compared))
        for name, each in columns.items()
    ]


def found(quantities: Layout, column: str, wanted: str) -> str:
    """One quantity by its key, as a formula."""
    return f"INDEX({quantities.all(column)},MATCH({wanted},{quantities.all('key')},0))"


def counted(quantities: Layout, column: str, arm: str, base: str, name: str) -> tuple[str, str]:
    """A counted quantity of an arm and of the comparator, as formulas."""
    return found(quantities, column, f'{arm}&"|{name}"'), found(quantities, column, quoted(key(base, name)))


def break_even_sheet(sums: Sums, places: Places) -> Sheet:
    """Reoffences to prevent per managed person-year."""
    rows = [break_even_row(sums, places, number, arm) for number, arm in enumerate(sums.compared)]
    about = "Proven reoffences to prevent so that they pay for the programme"
    return Sheet(places[BREAK_EVEN], BREAK_EVEN, about, live_lead(sums, ABOUT[BREAK_EVEN]), rows, live=True)


def break_even_row(sums: Sums, places: Places, number: int, arm: Mapping[str, Any]) -> tuple[Cell, ...]:
    """One arm's break-even."""
    here, quantities, lines = places[BREAK_EVEN], places["Quantities"], places["Lines"]
    at = {column.key: here.here(column.key, number) for column in here.columns}
    managed, unmanaged = counted(quantities, "discounted", at["arm"], sums.base, "managed_person_years")
    offences, at_base = counted(quantities, "discounted", at["arm"], sums.base, "proven_offences")
    worth = (
        f'SUMIFS({lines.all("itself")},{lines.all("arm")},{quoted(sums.base)},{lines.all("reoffence")},"yes")/{at_base}'
    )
    none = f"OR({at_base}<=0,{at['years']}<=0,{at['cost']}<=0)"
    no = quoted(NONE)
    found_here = arm["break_even"]
    needed = found_here["prevented_per_person_year"]
    return row_of(
        arm["title"],
        Cell(arm["programme_cost_gbp"], f"={places['Summary'].at('cost', number)}"),
        Cell(more(sums, arm["name"], "managed_person_years"), f"={managed}-{unmanaged}"),
        Cell(or_none(found_here["value_per_proven_offence_gbp"]), f"=IF({none},{no},{worth})"),
        Cell(
            or_none(needed),
            f"=IF({none},{no},IF({at['value']}<=0,{no},{at['cost']}/({at['value']}*{at['years']})))",
        ),
        Cell(or_none(found_here["achieved_per_person_year"]), f"=IF({none},{no},({at_base}-{offences})/{at['years']})"),
        Cell(
            verdict(found_here),
            f"=IF({none},{quoted(NOTHING_TO_PAY)},IF({at['value']}<=0,{quoted(NO_WORTH)},"
            f"IF({at['achieved']}>={at['needed']},{quoted(REACHED)},{quoted(NOT_REACHED)})))",
        ),
        arm["name"],
    )


def more(sums: Sums, arm: str, name: str) -> float:
    """How much more of something counted than under the comparator, discounted."""
    return sums.discounted(arm, name) - sums.discounted(sums.base, name)


def or_none(value: float | None) -> float | str:
    """A number, or that there is none."""
    return NONE if value is None else value


def verdict(break_even: Mapping[str, Any]) -> str:
    """Whether the simulation reaches break-even."""
    if break_even["achieved_per_person_year"] is None:
        return NOTHING_TO_PAY
    if break_even["prevented_per_person_year"] is None:
        return NO_WORTH
    reached = break_even["achieved_per_person_year"] >= break_even["prevented_per_person_year"]
    return REACHED if reached else NOT_REACHED


def managed_sheet(sums: Sums, places: Places) -> Sheet:
    """Programme cost per managed person-year and per reoffence prevented."""
    rows = [managed_row(sums, places, number, arm) for number, arm in enumerate(sums.compared)]
    about = "Programme cost per person managed for a year, and per proven reoffence prevented"
    return Sheet(places[MANAGED], MANAGED, about, live_lead(sums, ABOUT[MANAGED], discounted=False), rows, live=True)


def managed_row(sums: Sums, places: Places, number: int, arm: Mapping[str, Any]) -> tuple[Cell, ...]:
    """One arm's unit costs."""
    here, quantities, lines = places[MANAGED], places["Quantities"], places["Lines"]
    at = {column.key: here.here(column.key, number) for column in here.columns}
    managed, unmanaged = counted(quantities, "all", at["arm"], sums.base, "managed_person_years")
    offences, at_base = counted(quantities, "all", at["arm"], sums.base, "proven_offences")
    own = f"({lines.all('arm')}={at['arm']})*({lines.all('section')}={quoted(PROGRAMME)})"
    spent = f"=SUMPRODUCT({own}*{lines.all('more')}*{lines.all('unit_cost')})"
    told = places["Results of the run"].at("prevented", number)
    prevented = -arm["proven_offences"]["increment"]
    return row_of(
        arm["title"],
        Cell(undiscounted_cost(sums, arm["name"]), spent),
        Cell(arm["managed_person_years"]["increment"], f"={managed}-{unmanaged}"),
        Cell(or_none(arm["cost_per_managed_person_year_gbp"]), f"=IF({at['years']}>0,{at['cost']}/{at['years']},\"none\")"),
        Cell(prevented, f"={at_base}-{offences}"),
        Cell(
            NOT_TOLD if arm["cost_per_proven_reoffence_prevented_gbp"] is None
            else arm["cost_per_proven_reoffence_prevented_gbp"],
            f'=IF({told}="yes",{at["cost"]}/{at["prevented"]},{quoted(NOT_TOLD)})',
        ),
        arm["name"],
    )  # fmt: skip


def undiscounted_cost(sums: Sums, arm: str) -> float:
    """What the scheme costs more than under the comparator, neither discounted nor raised for bias."""
    own = [line for line, section in sums.section.items() if section == PROGRAMME]
    spans = ((sums.quantities[arm, line].by_year, sums.quantities[sums.base, line].by_year, line) for line in own)
    return sum((sum(mine) - sum(other)) * sums.unit_cost(line) for mine, other, line in spans)
