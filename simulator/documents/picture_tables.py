"""The table under each figure: the numbers that it is drawn from, in the words of the commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from typing import Any

from simulator.charts.agencies import CAPACITY, CASHABLE, COST, NO_BUDGET, agency_rows, part_of
from simulator.charts.arms import agency_name, comparator_of, compared_arms, headline_arm, kind_name
from simulator.charts.occupancy import BANDS, MONTHS
from simulator.documents import sweep_tables
from simulator.documents.contents import Table
from simulator.documents.sweep_tables import present_value, under_figure
from simulator.report import verdicts
from simulator.report.text import number, pounds

Answers = Mapping[str, Any]
Row = Mapping[str, Any]
AMOUNTS = ("programme_cost_gbp", "benefit_gbp", "net_gbp")
PARTS = {
    COST: "Programme cost",
    CASHABLE: "Cashable benefit",
    CAPACITY: "Capacity released, not cashable",
    NO_BUDGET: "Economic and social benefit, not cashable",
}


def npsv(name: str, answers: Answers) -> Table:
    """NPSV with both intervals."""
    document = answers["comparison"]
    rows = [
        [
            arm["title"],
            pounds(arm["npsv_gbp"]),
            verdicts.spoken(arm["npsv_interval"]),
            verdicts.spoken(arm["simulation_interval"]["npsv_gbp"]),
        ]
        for arm in compared_arms(document)
    ]
    headings = ("Funding choice", "NPSV", "Uncertainty interval (95%)", "Simulation interval (95%)")
    return under_figure(name, f"NPSV, {present_value(document)}", headings, rows)


def by_agency(name: str, answers: Answers) -> Table:
    """Costs and benefits by agency, what is cashable apart where the comparison says it."""
    document = answers["comparison"]
    arm = headline_arm(document)
    caption = f"Costs and benefits of '{arm['title']}' by agency, {present_value(document)}"
    if not arm.get("by_budget"):
        rows = [[agency_name(row["agency"]), *(pounds(row[each]) for each in AMOUNTS)] for row in arm["by_agency"]]
        return under_figure(name, caption, ("Agency", "Programme cost", "Benefit", "Net"), rows)
    rows = [
        [
            agency_name(row["agency"]),
            *(pounds(total(arm["by_budget"], part, row["agency"])) for part in PARTS),
            pounds(row["net_gbp"]),
        ]
        for row in arm["by_agency"]
    ]
    return under_figure(name, caption, ("Agency", *PARTS.values(), "Net"), rows)


def total(rows: Sequence[Row], part: str, agency: str, year: int | None = None) -> Any:
    """Pounds of one part to one agency, in one year or in all."""
    mine = [row for row in rows if row["agency"] == agency and year in (None, row["year"])]
    if part == COST:
        return sum(row["programme_cost_gbp"] for row in mine if row["programme_cost_gbp"])
    return sum(row["benefit_gbp"] for row in mine if part_of(row) == part and row["benefit_gbp"])


def agency_years(name: str, answers: Answers) -> Table:
    """Each part of each agency by year; parts without any amount are left out."""
    document = answers["comparison"]
    arm = headline_arm(document)
    years = range(1, document["horizon_years"] + 1)
    rows = []
    for agency in sorted({row["agency"] for row in agency_rows(document)}, key=agency_name):
        for part, words in PARTS.items():
            amounts = [total(arm["by_budget"], part, agency, year) for year in years]
            if any(abs(amount) >= 0.5 for amount in amounts):
                whole = total(arm["by_budget"], part, agency)
                rows.append([f"{agency_name(agency)}: {words.lower()}", *map(pounds, amounts), pounds(whole)])
    rows = rows or [["All agencies", *(pounds(0.0) for _ in years), pounds(0.0)]]
    headings = ("Agency and part", *(f"Year {year}" for year in years), "All years")
    return under_figure(
        name, f"Costs and benefits of '{arm['title']}' by agency and year, {present_value(document)}", headings, rows
    )


def by_kind(name: str, answers: Answers) -> Table:
    """Costs and benefits by kind."""
    document = answers["comparison"]
    arm = headline_arm(document)
    rows = [[kind_name(row), *(pounds(row[each]) for each in AMOUNTS)] for row in arm["by_kind"]]
    caption = f"Costs and benefits of '{arm['title']}' by kind, {present_value(document)}"
    return under_figure(name, caption, ("Kind", "Programme cost", "Benefit", "Net"), rows)


def balance(name: str, answers: Answers) -> Table:
    """The balance of every arm at the end of each year."""
    document = answers["comparison"]
    arms = compared_arms(document)
    columns = [list(accumulate(row["net_gbp"] for row in arm["by_year"])) for arm in arms]
    rows = [[str(year), *map(pounds, each)] for year, each in enumerate(zip(*columns, strict=True), start=1)]
    caption = f"Cumulative net present value at the end of each year, {present_value(document)}"
    return under_figure(name, caption, ("Year", *(arm["title"] for arm in arms)), rows)


def offences(name: str, answers: Answers) -> Table:
    """Proven offences by year."""
    document = answers["comparison"]
    arm, other = headline_arm(document), comparator_of(document)
    rows = [
        [
            str(mine["year"]),
            number(base["proven_offences"]["level"]),
            number(mine["proven_offences"]["level"]),
            number(mine["proven_offences"]["increment"]),
        ]
        for mine, base in zip(arm["by_year"], other["by_year"], strict=True)
    ]
    headings = ("Year", other["title"], arm["title"], "Difference")
    return under_figure(name, f"Proven offences in each year, mean of {verdicts.runs(document)}", headings, rows)


def occupancy(name: str, answers: Answers) -> Table:
    """People by state at the start of each year and at the end, in both arms."""
    document = answers["whereabouts"]
    states = [*BANDS_SHOWN, ("left", "left or died")]
    headings = [f"{arm['title']}: {words}" for arm in document["arms"] for _, words in states]
    months = [month for month in range(len(document["arms"][0]["by_month"])) if month % MONTHS == 0]
    rows = [
        [
            f"Start of year {month // MONTHS + 1}" if month != months[-1] else f"End of year {month // MONTHS}",
            *(number(arm["by_month"][month][state]) for arm in document["arms"] for state, _ in states),
        ]
        for month in months
    ]
    caption = f"Mean number of people by state over {verdicts.runs(document)}"
    return under_figure(name, caption, ("When", *headings), rows)


BANDS_SHOWN = (
    ("in_custody", "in custody"),
    ("custody_managed", "of them managed"),
    *((band.states[0], band.title) for band in BANDS if len(band.states) == 1),
)


def lives(name: str, answers: Answers) -> Table:
    """What each life comes to under both arms."""
    document = answers["whereabouts"]
    titles = [arm["title"] for arm in document["arms"]]
    rows = [
        [
            person["title"],
            person["group"],
            *(number(life["arrests"]) for life in person["arms"]),
            *(f"{life['custody_years']:.1f}" for life in person["arms"]),
            *(f"{life['managed_years']:.1f}" for life in person["arms"]),
        ]
        for person in document["lives"]["people"]
    ]
    headings = [f"{what}, {title}" for what in ("Arrests", "Years in custody", "Years managed") for title in titles]
    caption = "Single lives of the first simulated run, most arrests first"
    return under_figure(name, caption, ("Person", "Cohort group", *headings), rows)


TABLES: Mapping[str, Callable[[str, Answers], Table]] = {
    "npsv-by-arm": npsv,
    "psa-npsv": sweep_tables.chances,
    "psa-by-value": sweep_tables.by_value,
    "psa-by-cost": sweep_tables.by_cost,
    "psa-plane": sweep_tables.plane,
    "psa-worth": sweep_tables.worth,
    "psa-study": sweep_tables.study,
    "funding-npsv": sweep_tables.funding,
    "funding-next-pound": sweep_tables.next_pound,
    "by-agency": by_agency,
    "agency-years": agency_years,
    "by-kind": by_kind,
    "cumulative-value": balance,
    "occupancy": occupancy,
    "lives": lives,
    "proven-offences": offences,
    "waterfall": sweep_tables.waterfall,
    "tornado": sweep_tables.tornado,
}
