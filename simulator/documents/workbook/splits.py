"""Totals taken apart: by year with the cumulative balance, by agency, by agency and year, by kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.charts.arms import agency_name
from simulator.documents.workbook.frame import live_lead, signed
from simulator.documents.workbook.notes import note
from simulator.documents.workbook.sheets import Cell, Column, Layout, Sheet, row_of, year_columns
from simulator.documents.workbook.sums import Sums, cash_word, running

Places = Mapping[str, Layout]

BALANCE, AGENCIES, BY_YEAR, KINDS = "Balance by year", "Agencies", "Agencies by year", "Kinds"
ABOUT = {
    BALANCE: "Cost, benefit and the cumulative balance of each funding choice, year by year.",
    AGENCIES: "Who pays and who gains, over all years. Cashable, capacity released and not cashable stay apart.",
    BY_YEAR: "Benefit less programme cost of each agency in each year.",
    KINDS: "Fiscal, economic and social amounts, with what is cashable, capacity released and not cashable apart.",
}
CASH_COLUMNS = (
    Column("cashable", f"Cashable benefit (£) {note('cash')}", 17, "pounds", measure="benefit_gbp"),
    Column("capacity", f"Capacity released (£) {note('cash')}", 17, "pounds", measure="benefit_gbp"),
    Column("others", f"Not cashable benefit (£) {note('cash')}", 17, "pounds", measure="benefit_gbp"),
)
CASH = {"cashable": "cashable", "capacity": "capacity released", "others": "not cashable"}
CHOICE, ARM = Column("choice", "Funding choice", 30), Column("arm", "Arm", 27, "aid", aid=True)
COST = Column("cost", "Additional programme cost (£)", 17, "pounds", measure="programme_cost_gbp")
BENEFIT = Column("benefit", f"Benefit (£) {note('losses')}", 17, "pounds", measure="benefit_gbp")
NET = Column("net", "Benefit less cost (£)", 17, "pounds", measure="npsv_gbp")
BALANCE_COLUMNS = (
    CHOICE,
    Column("year", "Year", 8, "count"),
    COST,
    BENEFIT,
    NET,
    Column("cumulative", f"Cumulative balance (£) {note('payback')}", 17, "pounds", measure="npsv_gbp"),
    Column("fiscal", f"Fiscal benefit (£) {note('fiscal')}", 17, "pounds", measure="benefit_gbp"),
    Column("fiscal_balance", "Cumulative fiscal balance (£)", 17, "pounds", measure="npsv_gbp"),
    ARM,
)
AGENCY_COLUMNS = (
    CHOICE,
    Column("title", "Agency or party", 30),
    COST,
    *CASH_COLUMNS,
    BENEFIT,
    NET,
    ARM,
    Column("agency", "Name of the agency", 16, "aid", aid=True),
)
KIND_COLUMNS = (
    CHOICE,
    Column("kind", "Kind", 14),
    Column("cash", f"Cash or capacity {note('cash')}", 20),
    COST,
    BENEFIT,
    NET,
    ARM,
)


def split_layouts(sums: Sums) -> list[Layout]:
    """Where the totals taken apart stand."""
    agencies = sum(len(arm["by_agency"]) for arm in sums.compared)
    kinds = sum(len(arm["by_kind"]) for arm in sums.compared)
    by_year = (CHOICE, AGENCY_COLUMNS[1], *year_columns(sums.years, "pounds"), NET, ARM, AGENCY_COLUMNS[-1])
    return [
        Layout(BALANCE, signed(BALANCE_COLUMNS, sums), lead_length(sums, BALANCE), len(sums.compared) * sums.years),
        Layout(AGENCIES, signed(AGENCY_COLUMNS, sums), lead_length(sums, AGENCIES), agencies),
        Layout(BY_YEAR, signed(by_year, sums), lead_length(sums, BY_YEAR), agencies),
        Layout(KINDS, signed(KIND_COLUMNS, sums), lead_length(sums, KINDS), kinds),
    ]


def lead_length(sums: Sums, sheet: str) -> int:
    """Rows between title and headings."""
    return len(live_lead(sums, ABOUT[sheet]))


def total(amounts: Layout, column: str, *wanted: tuple[str, str]) -> str:
    """The sum of present values that are as wanted, as a formula without its equals sign."""
    return f"SUMIFS({amounts.all(column)}{''.join(f',{amounts.all(key)},{value}' for key, value in wanted)})"


SPENT, GAINED = ("section", '"programme"'), ("section", '"<>programme"')


def balance_sheet(sums: Sums, places: Places) -> Sheet:
    """Each arm's cost, benefit and balance by year."""
    here = places[BALANCE]
    rows = list(balance_rows(sums, here, places["Present values"]))
    lead = live_lead(sums, ABOUT[BALANCE])
    about = "Programme cost, benefit and cumulative balance, year by year"
    return Sheet(here, "Balance by year", about, lead, rows, live=True)


def balance_rows(sums: Sums, here: Layout, amounts: Layout) -> Iterator[tuple[Cell, ...]]:
    """Years of one arm below those of another."""
    for block, arm in enumerate(sums.compared):
        cumulative = running([row["net_gbp"] for row in arm["by_year"]])
        fiscal = [sums.fiscal_benefit(arm["name"], year) for year in range(sums.years)]
        spent = [row["programme_cost_gbp"] for row in arm["by_year"]]
        fiscal_balance = running([gain - cost for gain, cost in zip(fiscal, spent, strict=True)])
        for year, row in enumerate(arm["by_year"]):
            at = {column.key: here.here(column.key, block * sums.years + year) for column in here.columns}
            mine = ("arm", at["arm"])
            so_far = f'{here.all("arm")},{at["arm"]},{here.all("year")},"<="&{at["year"]}'
            column = f"y{year + 1}"
            public = total(amounts, column, mine, GAINED, ("kind", '"fiscal"'))
            yield row_of(
                arm["title"],
                year + 1,
                Cell(row["programme_cost_gbp"], f"=0-{total(amounts, column, mine, SPENT)}"),
                Cell(row["benefit_gbp"], f"={total(amounts, column, mine, GAINED)}"),
                Cell(row["net_gbp"], f"={at['benefit']}-{at['cost']}"),
                Cell(cumulative[year], f"=SUMIFS({here.all('net')},{so_far})"),
                Cell(fiscal[year], f"={public}"),
                Cell(
                    fiscal_balance[year], f"=SUMIFS({here.all('fiscal')},{so_far})-SUMIFS({here.all('cost')},{so_far})"
                ),
                arm["name"],
            )


def agencies_sheet(sums: Sums, places: Places) -> Sheet:
    """Who pays and who gains."""
    here, amounts = places[AGENCIES], places["Present values"]
    pairs = [(arm, row) for arm in sums.compared for row in arm["by_agency"]]
    rows = [agency_row(sums, here, amounts, number, arm, row) for number, (arm, row) in enumerate(pairs)]
    lead, about = live_lead(sums, ABOUT[AGENCIES]), "Who pays and who gains: cost and benefit by agency"
    return Sheet(here, "Costs and benefits by agency", about, lead, rows, live=True, filters=True)


def agency_row(
    sums: Sums, here: Layout, amounts: Layout, number: int, arm: Mapping[str, Any], row: Mapping[str, Any]
) -> tuple[Cell, ...]:
    """One agency in one arm."""
    at = {column.key: here.here(column.key, number) for column in here.columns}
    mine = (("arm", at["arm"]), ("agency", at["agency"]))
    return row_of(
        arm["title"],
        agency_name(row["agency"]),
        Cell(row["programme_cost_gbp"], f"=0-{total(amounts, 'all', *mine, SPENT)}"),
        *(
            Cell(agency_benefit(sums, arm["name"], row["agency"], word), f"={benefit_formula(amounts, mine, word)}")
            for word in CASH.values()
        ),
        Cell(row["benefit_gbp"], f"=SUM({at['cashable']}:{at['others']})"),
        Cell(row["net_gbp"], f"={at['benefit']}-{at['cost']}"),
        arm["name"],
        row["agency"],
    )


def benefit_formula(amounts: Layout, mine: tuple[tuple[str, str], ...], word: str) -> str:
    """The benefit of one sort of cash."""
    return total(amounts, "all", *mine, GAINED, ("cash", f'"{word}"'))


def agency_benefit(sums: Sums, arm: str, agency: str, word: str) -> float:
    """What one agency gains, of one sort of cash."""
    return sums.total(
        arm,
        lambda price: (
            price["agency"] == agency
            and not sums.is_programme(price)
            and cash_word(price["kind"], price["cashable"]) == word
        ),
    )


def by_year_sheet(sums: Sums, places: Places) -> Sheet:
    """Benefit less cost of each agency in each year."""
    here, amounts = places[BY_YEAR], places["Present values"]
    rows = []
    pairs = [(arm, row) for arm in sums.compared for row in arm["by_agency"]]
    for number, (arm, row) in enumerate(pairs):
        at = {column.key: here.here(column.key, number) for column in here.columns}
        mine = (("arm", at["arm"]), ("agency", at["agency"]))
        nets = [
            Cell(net_of(sums, arm["name"], row["agency"], year), f"={total(amounts, f'y{year + 1}', *mine)}")
            for year in range(sums.years)
        ]
        whole = Cell(row["net_gbp"], f"=SUM({at['y1']}:{at[f'y{sums.years}']})")
        rows.append(row_of(arm["title"], agency_name(row["agency"]), *nets, whole, arm["name"], row["agency"]))
    lead, about = live_lead(sums, ABOUT[BY_YEAR]), "Who pays and who gains in which year"
    return Sheet(here, "Benefit less cost by agency and year", about, lead, rows, live=True, filters=True)


def net_of(sums: Sums, arm: str, agency: str, year: int) -> float:
    """Benefit less cost of one agency in one year."""
    return sums.total(arm, lambda price: price["agency"] == agency, year)


def kinds_sheet(sums: Sums, places: Places) -> Sheet:
    """Fiscal, economic and social amounts."""
    here, amounts = places[KINDS], places["Present values"]
    rows = []
    pairs = [(arm, row) for arm in sums.compared for row in arm["by_kind"]]
    for number, (arm, row) in enumerate(pairs):
        at = {column.key: here.here(column.key, number) for column in here.columns}
        mine = (("arm", at["arm"]), ("kind", at["kind"]), ("cash", at["cash"]))
        rows.append(
            row_of(
                arm["title"],
                row["kind"],
                cash_word(row["kind"], row["cashable"]),
                Cell(row["programme_cost_gbp"], f"=0-{total(amounts, 'all', *mine, SPENT)}"),
                Cell(row["benefit_gbp"], f"={total(amounts, 'all', *mine, GAINED)}"),
                Cell(row["net_gbp"], f"={at['benefit']}-{at['cost']}"),
                arm["name"],
            )
        )
    lead, about = live_lead(sums, ABOUT[KINDS]), "Fiscal, economic and social amounts, by what is cashable"
    return Sheet(here, "Costs and benefits by kind", about, lead, rows, live=True, filters=True)
