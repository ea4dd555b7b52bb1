"""What cash means here: which budget years, in whose prices, and how far the path of inflation is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from simulator.documents.contents import Bullets, Section
from simulator.documents.sections.material import Material, table_of

Row = Mapping[str, Any]


def basis(material: Material) -> Section:
    """Cash, budget years and the path of inflation."""
    budget = material.answers["budget"]
    return Section(
        "cash-basis",
        "Basis: cash, budget years and inflation",
        (
            Bullets((what_cash_is(budget), calendar_words(budget), *inflation_words(budget))),
            table_of(
                "inflation-path",
                "The path of inflation: GDP deflator by budget year",
                ["Budget year", "Days appraised", f"What £1 of {budget['price_base']} is then", "Standing"],
                [
                    [row["year"], f"{row['days']:,} of {row['of_days']:,}", f"£{row['index']:.3f}", row["standing"]]
                    for row in budget["years"]
                ],
            ),
        ),
    )


def what_cash_is(budget: Row) -> str:
    """What the amounts are, and are not."""
    bias = budget["optimism_bias"]
    uplift = f"an optimism bias of {bias:.0%} on costs" if bias else "no optimism bias"
    return (
        "Amounts are **cash**: in the prices of the year in which they are paid, not discounted, not in real terms, with "
        f"{uplift}. They are means over the runs, against '{budget['comparator_title']}'. All of it is resource spending; "
        "the model has no capital, no VAT, no financing, and no cost of setting a scheme up or winding it down."
    )


def calendar_words(budget: Row) -> str:
    """How model years fall into budget years."""
    starts = date.fromisoformat(budget["starts"])
    day = f"{starts.day} {starts:%B %Y}"
    years = budget["years"]
    if all(len(row["parts"]) == 1 for row in years):
        return f"The appraisal starts on {day}, so that each of its years is one **budget year** (April to March)."
    first = years[0]["parts"][0]
    return (
        f"The appraisal starts on {day}, so that each of its years is split between two **budget years** (April to March) "
        f"by days: of the first, {first['days']:,} days ({first['share']:.0%}) fall in {years[0]['year']}. Within a year of "
        "the appraisal money is taken to fall evenly on its days."
    )


def copied_words(source: Row | None) -> str:
    """How the deflators were seen, as the source itself says; the Treasury's own tables may differ a little."""
    return f"{source['note']} " if source and source["note"] else ""


def inflation_words(budget: Row) -> list[str]:
    """Where the path comes from, how far it is known, and what is assumed beyond."""
    inflation = budget["inflation"]
    rate, source = inflation["assumed_rate"], inflation["source"]
    named = f" ({source['publisher']}, {source['date']}, `{source['name']}`)" if source else ""
    table = (
        f"**Inflation** follows the GDP deflators used throughout{named}. {copied_words(source)}They are outturns, "
        f"subject to revision, and end with {inflation['last_year']}."
    )
    assumed = (
        f"{rate['value']:.1%} a year (range {rate['low']:.1%} to {rate['high']:.1%}, standing `{rate['standing']}`)"
    )
    beyond = [row["year"] for row in budget["years"] if row["standing"] == "assumed"]
    if not beyond:
        return [
            f"{table} Every budget year here lies within them, so that no rate is assumed. To plan for later years, give "
            "the scenario the date on which funding begins (`starts`)."
        ]
    span = beyond[0] if len(beyond) == 1 else f"{beyond[0]} to {beyond[-1]}"
    return [
        f"{table} Outside them, here for {span}, prices move from the nearest year that they have at an **assumed** rate of "
        f"{assumed}. {rate['why']}."
    ]
