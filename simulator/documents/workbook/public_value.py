"""Economic case, by the name that users of the Greater Manchester model know, and benefit against net public cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.documents.workbook.cases import summary_cell
from simulator.documents.workbook.frame import live_lead, signed
from simulator.documents.workbook.notes import note
from simulator.documents.workbook.ratios import Division, interval_cells, ratio_cell, reason_cell
from simulator.documents.workbook.run_results import NO_DRAWS, ends, given, interval_reason
from simulator.documents.workbook.sheets import Cell, Column, Layout, Sheet, quoted, row_of
from simulator.documents.workbook.splits import ARM, CHOICE, COST, GAINED, SPENT, total
from simulator.documents.workbook.sums import Sums

Places = Mapping[str, Layout]

ECONOMIC, NET = "Economic case", "Net public cost"
ABOUT = {
    ECONOMIC: "Public value: fiscal, economic and social benefit together, against what the scheme costs.",
    NET: "Economic and social benefit for each £1 of net public cost: programme cost less fiscal benefit.",
}
ECONOMIC_COLUMNS = (
    CHOICE,
    COST,
    Column("fiscal", "Fiscal benefit (£)", 15, "pounds", measure="benefit_gbp"),
    Column("economic", "Economic benefit (£)", 15, "pounds", measure="benefit_gbp"),
    Column("social", "Social benefit (£)", 15, "pounds", measure="benefit_gbp"),
    Column("benefit", f"All benefit (£) {note('losses')}", 15, "pounds", measure="benefit_gbp"),
    Column("npsv", "Net present public value, which is NPSV (£)", 17, "strong_pounds", measure="npsv_gbp"),
    Column("low", f"NPSV, 95% interval from (£) {note('intervals')}", 17, "pounds"),
    Column("high", "NPSV, 95% interval to (£)", 17, "pounds"),
    Column("ratio", f"Benefit per £1 {note('ratio')}", 13, "strong_ratio", measure="benefit_per_pound"),
    Column("ratio_low", "Benefit per £1, 95% interval from", 14, "ratio"),
    Column("ratio_high", "Benefit per £1, 95% interval to", 14, "ratio"),
    ARM,
)
NET_COLUMNS = (
    CHOICE,
    Column("cost", "Net public cost (£)", 17, "pounds", measure="npsv_gbp"),
    Column("benefit", "Economic and social benefit (£)", 17, "pounds", measure="benefit_gbp"),
    Column(
        "ratio",
        f"Economic and social benefit per £1 of net public cost {note('ratio')}",
        19,
        "strong_ratio",
        measure="benefit_per_pound",
    ),
    Column("low", f"95% interval from {note('intervals')}", 14, "ratio"),
    Column("high", "95% interval to", 14, "ratio"),
    Column("reason", "Why no ratio", 42, "wrap"),
    ARM,
)


def public_layouts(sums: Sums) -> list[Layout]:
    """Where both sheets stand."""
    columns = {ECONOMIC: ECONOMIC_COLUMNS, NET: NET_COLUMNS}
    return [
        Layout(name, signed(each, sums), len(live_lead(sums, ABOUT[name])), len(sums.compared))
        for name, each in columns.items()
    ]


def economic_sheet(sums: Sums, places: Places) -> Sheet:
    """Public value: all benefit against the programme's cost."""
    rows = [economic_row(sums, places, number, arm) for number, arm in enumerate(sums.compared)]
    about = "Public value: fiscal, economic and social benefit, NPSV and benefit per £1"
    return Sheet(places[ECONOMIC], ECONOMIC, about, live_lead(sums, ABOUT[ECONOMIC]), rows, live=True)


def economic_row(sums: Sums, places: Places, number: int, arm: Mapping[str, Any]) -> tuple[Cell, ...]:
    """One arm's economic case."""
    here, amounts, run = places[ECONOMIC], places["Present values"], places["Results of the run"]
    at = {column.key: here.here(column.key, number) for column in here.columns}
    mine, ratio = ("arm", at["arm"]), arm["benefit_per_pound"]
    ratio_ends = ends(arm["benefit_per_pound_interval"], interval_reason(ratio))
    return row_of(
        arm["title"],
        summary_cell(places, "cost", number, arm["programme_cost_gbp"]),
        *(
            Cell(sums.benefit(arm["name"], kind), f"={total(amounts, 'all', mine, GAINED, ('kind', quoted(kind)))}")
            for kind in ("fiscal", "economic", "social")
        ),
        Cell(arm["benefit_gbp"], f"=SUM({at['fiscal']}:{at['social']})"),
        Cell(arm["npsv_gbp"], f"={at['benefit']}-{at['cost']}"),
        *interval_cells(run, number, ("npsv_low", "npsv_high"), ends(arm["npsv_interval"], NO_DRAWS)),
        Cell(given(ratio), f"={places['Summary'].at('ratio', number)}"),
        *interval_cells(run, number, ("ratio_low", "ratio_high"), ratio_ends),
        arm["name"],
    )


def net_sheet(sums: Sums, places: Places) -> Sheet:
    """Benefit other than fiscal against net public cost."""
    rows = [net_row(sums, places, number, arm) for number, arm in enumerate(sums.compared)]
    about = "Economic and social benefit per £1 of net public cost: a second ratio"
    return Sheet(places[NET], "Benefit per £1 of net public cost", about, live_lead(sums, ABOUT[NET]), rows, live=True)


def net_row(sums: Sums, places: Places, number: int, arm: Mapping[str, Any]) -> tuple[Cell, ...]:
    """One arm's net public cost and what it brings."""
    here, economic, run = places[NET], places[ECONOMIC], places["Results of the run"]
    amounts = places["Present values"]
    at = {column.key: here.here(column.key, number) for column in here.columns}
    public, fiscal = arm["benefit_per_pound_of_net_public_cost"], sums.fiscal_benefit(arm["name"])
    mine = ("arm", at["arm"])
    noise = (
        f"({total(amounts, 'noise', mine, SPENT)}+{total(amounts, 'noise', mine, GAINED, ('kind', quoted('fiscal')))})"
    )
    division = Division(at["benefit"], at["cost"], run.at("public_reason", number), noise)
    public_ends = ends(public["interval"], interval_reason(public["value"]))
    others = sums.benefit(arm["name"], "economic") + sums.benefit(arm["name"], "social")
    return row_of(
        arm["title"],
        Cell(arm["programme_cost_gbp"] - fiscal, f"={economic.at('cost', number)}-{economic.at('fiscal', number)}"),
        Cell(others, f"={economic.at('economic', number)}+{economic.at('social', number)}"),
        ratio_cell(division, public["value"]),
        *interval_cells(run, number, ("public_low", "public_high"), public_ends),
        reason_cell(division, public["ratio_reason"]),
        arm["name"],
    )
