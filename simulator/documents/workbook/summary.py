"""Summary: cost, benefit, NPSV and benefit per £1 of every funding choice, with what the intervals say, and payback."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.documents.workbook.frame import live_lead, signed
from simulator.documents.workbook.notes import note
from simulator.documents.workbook.ratios import Division, interval_cells, ratio_cell, reason_cell
from simulator.documents.workbook.run_results import NO_DRAWS, ends, interval_reason
from simulator.documents.workbook.sheets import Cell, Column, Graph, Layout, Series, Sheet, quoted, row_of
from simulator.documents.workbook.splits import ARM, BENEFIT, CHOICE, COST, GAINED, SPENT, total
from simulator.documents.workbook.sums import Sums, running

Places = Mapping[str, Layout]

SHEET = "Summary"
ABOUT = "Every funding choice: what it costs, what it is worth, how sure that is, and when it has paid for itself."
COLUMNS = (
    CHOICE,
    COST,
    BENEFIT,
    Column("npsv", "Net present social value, NPSV (£)", 17, "strong_pounds", measure="npsv_gbp"),
    Column("low", f"NPSV, 95% interval from (£) {note('intervals')}", 16, "pounds"),
    Column("high", "NPSV, 95% interval to (£)", 16, "pounds"),
    Column("ratio", f"Benefit per £1 {note('ratio')}", 12, "strong_ratio", measure="benefit_per_pound"),
    Column("ratio_low", "Benefit per £1, 95% interval from", 13, "ratio"),
    Column("ratio_high", "Benefit per £1, 95% interval to", 13, "ratio"),
    Column("reason", "Why no benefit per £1", 28, "wrap"),
    Column(
        "deepest", f"Deepest point of the cumulative balance (£) {note('payback')}", 17, "pounds", measure="npsv_gbp"
    ),
    Column("payback", f"Paid back by the end of year {note('payback')}", 19, "count", measure="npsv_gbp"),
    ARM,
)
NOTHING = "nothing to pay back"
MOST_LINES = 4  # colours in one chart


def summary_layouts(sums: Sums) -> list[Layout]:
    """Where the summary stands."""
    return [Layout(SHEET, signed(COLUMNS, sums), len(live_lead(sums, ABOUT)), len(sums.compared))]


def summary_sheet(sums: Sums, places: Places) -> Sheet:
    """One row for each arm but the comparator."""
    here = places[SHEET]
    rows = [summary_row(sums, places, number, arm) for number, arm in enumerate(sums.compared)]
    about = "Cost, benefit, NPSV, benefit per £1 and payback of every funding choice"
    balance = (balance_graph(sums, places["Balance by year"]),) if sums.years > 1 else ()
    graphs = (npsv_graph(here), *balance)
    return Sheet(here, "Summary", about, live_lead(sums, ABOUT), rows, live=True, graphs=graphs)


def summary_row(sums: Sums, places: Places, number: int, arm: Mapping[str, Any]) -> tuple[Cell, ...]:
    """One arm."""
    here, amounts, run = places[SHEET], places["Present values"], places["Results of the run"]
    at = {column.key: here.here(column.key, number) for column in here.columns}
    mine, balance = ("arm", at["arm"]), places["Balance by year"]
    division = Division(
        at["benefit"],
        at["cost"],
        run.at("reason", number),
        total(amounts, "noise", mine, SPENT),
        whole_programme(sums, places["Lines"], at["arm"]),
    )
    cumulative = running([row["net_gbp"] for row in arm["by_year"]])
    own = f"({balance.all('arm')}={at['arm']})"
    ratio_ends = ends(arm["benefit_per_pound_interval"], interval_reason(arm["benefit_per_pound"]))
    return row_of(
        arm["title"],
        Cell(arm["programme_cost_gbp"], f"=0-{total(amounts, 'all', mine, SPENT)}"),
        Cell(arm["benefit_gbp"], f"={total(amounts, 'all', mine, GAINED)}"),
        Cell(arm["npsv_gbp"], f"={at['benefit']}-{at['cost']}"),
        *interval_cells(run, number, ("npsv_low", "npsv_high"), ends(arm["npsv_interval"], NO_DRAWS)),
        ratio_cell(division, arm["benefit_per_pound"]),
        *interval_cells(run, number, ("ratio_low", "ratio_high"), ratio_ends),
        reason_cell(division, arm["ratio_reason"]),
        Cell(min(0.0, *cumulative), f"=MIN(0,SUMPRODUCT(MIN({own}*{balance.all('cumulative')})))"),
        payback_cell(sums, balance, "cumulative", at, arm["payback_year"], arm["programme_cost_gbp"]),
        arm["name"],
    )


def whole_programme(sums: Sums, lines: Layout, arm: str) -> str:
    """What the dearer of an arm and the comparator spends on the scheme, as a formula."""
    spent = ",".join(
        f'SUMIFS({lines.all("itself")},{lines.all("arm")},{each},{lines.all("section")},"programme")'
        for each in (arm, quoted(sums.base))
    )
    return f"MAX({spent})"


def payback_cell(
    sums: Sums, balance: Layout, column: str, at: Mapping[str, str], year: int | None, cost: float
) -> Cell:
    """The year by whose end the balance in a column is back for good: after its last negative year.

    Years before anything is spent or gained do not count.
    """
    never = f"not within {sums.years} year{'' if sums.years == 1 else 's'}"
    own, years, amounts = f"({balance.all('arm')}={at['arm']})", balance.all("year"), balance.all(column)
    last_loss = f"SUMPRODUCT(MAX({own}*({amounts}<0)*{years}))"
    begun = f"({sums.years + 1}-SUMPRODUCT(MAX({own}*({amounts}<>0)*({sums.years + 1}-{years}))))"
    paid = f"MAX({last_loss}+1,{begun})"
    formula = f"=IF({at['cost']}<=0,{quoted(NOTHING)},IF({paid}>{sums.years},{quoted(never)},{paid}))"
    return Cell(year if year is not None else never if cost > 0.0 else NOTHING, formula)


def npsv_graph(here: Layout) -> Graph:
    """NPSV by arm."""
    series = Series("Net present social value", here.all("choice"), here.all("npsv"))
    return Graph(
        "bar", "Net present social value by funding choice (£)", "", (series,),
        "Bar chart of the net present social value of each funding choice. The numbers, and their intervals, are in the "
        "table above.",
    )  # fmt: skip


def balance_graph(sums: Sums, here: Layout) -> Graph:
    """The cumulative balance of at most four arms."""
    shown = sums.compared[:MOST_LINES]
    series = tuple(
        Series(
            arm["title"],
            here.rows("year", number * sums.years, (number + 1) * sums.years - 1),
            here.rows("cumulative", number * sums.years, (number + 1) * sums.years - 1),
        )
        for number, arm in enumerate(shown)
    )
    which = "" if len(shown) == len(sums.compared) else f", first {MOST_LINES} funding choices"
    return Graph(
        "line", f"Cumulative balance by year (£){which}", "Year", series,
        "Line chart of the cumulative balance at the end of each year, one line for each funding choice"
        f"{which}. The numbers are in the column 'Cumulative balance' of the sheet Balance by year.",
    )  # fmt: skip
