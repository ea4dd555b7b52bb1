"""Fiscal case and social case, by the names that users of the Greater Manchester model know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from simulator.appraisal.discounting import payback_year
from simulator.documents.workbook.frame import live_lead, signed
from simulator.documents.workbook.notes import note
from simulator.documents.workbook.ratios import Division, ratio_cell
from simulator.documents.workbook.sheets import Cell, Column, Layout, Sheet, quoted, row_of
from simulator.documents.workbook.splits import ARM, CASH_COLUMNS, CHOICE, COST, GAINED, SPENT, total
from simulator.documents.workbook.summary import payback_cell, whole_programme
from simulator.documents.workbook.sums import Sums

Places = Mapping[str, Layout]

FISCAL, SOCIAL = "Fiscal case", "Social case"
ABOUT = {
    FISCAL: "Public money only: what agencies spend on the scheme, and spend less on. Harm to victims is left out.",
    SOCIAL: "Harm to victims avoided, and how much of the result rests on it.",
}
FISCAL_KIND = ("kind", quoted("fiscal"))
FISCAL_COLUMNS = (
    CHOICE,
    COST,
    CASH_COLUMNS[0],
    CASH_COLUMNS[1],
    Column("fiscal", "Fiscal benefit, both together (£)", 17, "pounds", measure="benefit_gbp"),
    Column("cash_net", f"Net present budget impact, cash only (£) {note('fiscal')}", 18, "pounds", measure="npsv_gbp"),
    Column(
        "net",
        f"Net present budget impact if capacity became cash (£) {note('fiscal')}",
        19,
        "pounds",
        measure="npsv_gbp",
    ),
    Column(
        "ratio", f"Fiscal benefit per £1 of programme cost {note('ratio')}", 15, "ratio", measure="benefit_per_pound"
    ),
    Column("payback", f"Payback on fiscal benefit (year) {note('payback')}", 20, "count", measure="npsv_gbp"),
    ARM,
)
SOCIAL_COLUMNS = (
    CHOICE,
    Column("social", f"Social benefit (£) {note('social')}", 17, "pounds", measure="benefit_gbp"),
    Column("npsv", "Net present social value (£)", 17, "pounds", measure="npsv_gbp"),
    Column("without", "The same without social benefit (£)", 17, "pounds", measure="npsv_gbp"),
    Column(
        "health",
        f"The same with social benefit at the rate for health (£) {note('social')}",
        20,
        "pounds",
        measure="npsv_gbp",
    ),
    ARM,
)


def case_layouts(sums: Sums) -> list[Layout]:
    """Where both cases stand."""
    columns = {FISCAL: FISCAL_COLUMNS, SOCIAL: SOCIAL_COLUMNS}
    return [
        Layout(name, signed(each, sums), len(live_lead(sums, ABOUT[name])), len(sums.compared))
        for name, each in columns.items()
    ]


def fiscal_sheet(sums: Sums, places: Places) -> Sheet:
    """Public money: cash, capacity released, budget impact, and payback on fiscal benefit."""
    here = places[FISCAL]
    rows = [fiscal_row(sums, places, number, arm) for number, arm in enumerate(sums.compared)]
    about = "Public money: cash, capacity released, net budget impact and payback"
    return Sheet(here, FISCAL, about, live_lead(sums, ABOUT[FISCAL]), rows, live=True)


def fiscal_row(sums: Sums, places: Places, number: int, arm: Mapping[str, Any]) -> tuple[Cell, ...]:
    """One arm's fiscal case."""
    here, amounts, run = places[FISCAL], places["Present values"], places["Results of the run"]
    at = {column.key: here.here(column.key, number) for column in here.columns}
    cash, capacity = (sums.benefit(arm["name"], "fiscal", word) for word in ("cashable", "capacity released"))
    fiscal, cost = sums.fiscal_benefit(arm["name"]), arm["programme_cost_gbp"]
    division = Division(
        at["fiscal"],
        at["cost"],
        run.at("reason", number),
        total(amounts, "noise", ("arm", at["arm"]), SPENT),
        whole_programme(sums, places["Lines"], at["arm"]),
    )
    nets = [
        sums.fiscal_benefit(arm["name"], year) - arm["by_year"][year]["programme_cost_gbp"]
        for year in range(sums.years)
    ]
    return row_of(
        arm["title"],
        summary_cell(places, "cost", number, cost),
        *(
            Cell(value, f"={total(amounts, 'all', ('arm', at['arm']), GAINED, FISCAL_KIND, ('cash', word))}")
            for value, word in ((cash, quoted("cashable")), (capacity, quoted("capacity released")))
        ),
        Cell(fiscal, f"={at['cashable']}+{at['capacity']}"),
        Cell(cash - cost, f"={at['cashable']}-{at['cost']}"),
        Cell(fiscal - cost, f"={at['fiscal']}-{at['cost']}"),
        ratio_cell(division, None if arm["benefit_per_pound"] is None else fiscal / cost),
        payback_cell(sums, places["Balance by year"], "fiscal_balance", at, fiscal_payback(cost, nets), cost),
        arm["name"],
    )


def fiscal_payback(cost: float, nets: list[float]) -> int | None:
    """The year by whose end fiscal benefit has paid for the scheme."""
    return payback_year(np.array(nets)) if cost > 0.0 else None


def summary_cell(places: Places, key: str, number: int, value: float) -> Cell:
    """An amount that stands on Summary."""
    return Cell(value, f"={places['Summary'].at(key, number)}")


def social_sheet(sums: Sums, places: Places) -> Sheet:
    """Harm avoided, and what the result is without it."""
    here, amounts = places[SOCIAL], places["Present values"]
    rows = []
    for number, arm in enumerate(sums.compared):
        at = {column.key: here.here(column.key, number) for column in here.columns}
        mine, social = ("arm", at["arm"]), sums.benefit(arm["name"], "social")
        rows.append(
            row_of(
                arm["title"],
                Cell(social, f"={total(amounts, 'all', mine, GAINED, ('kind', quoted('social')))}"),
                summary_cell(places, "npsv", number, arm["npsv_gbp"]),
                Cell(arm["npsv_gbp"] - social, f"={at['npsv']}-{at['social']}"),
                Cell(arm["npsv_with_health_discounting_gbp"], f"={total(amounts, 'health', mine)}"),
                arm["name"],
            )
        )
    about = "Harm to victims avoided, and what the result is without it"
    return Sheet(here, SOCIAL, about, live_lead(sums, ABOUT[SOCIAL]), rows, live=True)
