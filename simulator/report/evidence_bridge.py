"""Sussex's case by agency, and its £1.59 with the way to today's answer, for the evidence document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.appraisal.library import Library
from simulator.evaluation.worked_examples import AgencyShare, case_by_agency
from simulator.evidence import Report
from simulator.report import markdown
from simulator.report.bridge import waterfall
from simulator.report.bridge_words import thousandths
from simulator.report.text import pounds
from simulator.report.worked_examples import CASE_WORDS

STEP_HEADINGS = ("Step", "From", "To", "Adds", "Noise ±", "Per £1", "Any order", "NPSV (prices)")


def case_section(library: Library, report: Report) -> list[str]:
    """The £61,000 by agency beside the public cost of a crime."""
    shares = case_by_agency(library, report)
    tables = list(shares[0].of_a_crime)
    headings = ("Agency", "Case", "Share", *(f"Of a crime, {name}" for name in tables))
    return [
        "### Sussex: the case by agency",
        markdown.table(headings, [case_row(each, tables) for each in shares]),
        CASE_WORDS,
    ]


def case_row(each: AgencyShare, tables: list[str]) -> list[str]:
    """One agency."""
    of_a_crime = [each.of_a_crime[name] for name in tables]
    return [
        each.agency,
        f"£{each.reported_gbp:,.0f}",
        f"{each.reported_percent:.0f}%",
        *("–" if share is None else f"{share:.0f}%" for share in of_a_crime),
    ]


def bridge_section(document: Mapping[str, Any]) -> list[str]:
    """The bridge: which programme cost gives the published figure, each step to today's answer, and what it all says."""
    whole = dict(document)
    return [
        f"### Sussex: the £{whole['published']:.2f} taken apart",
        "Which programme cost gives it? Pounds a place-year, "
        f"in {whole['programme_cost']['price_year']} prices; * is the reading of the bridge below.",
        markdown.table(("Crimes counted", "Discount", "Scenario's people", "Prediction's people"), reading_rows(whole)),
        "From the published figure to today's answer, one change at a time, in pounds of benefit for each £1:",
        markdown.block(waterfall(whole)),
        markdown.table(STEP_HEADINGS, step_rows(whole)),
        markdown.bullets(whole["said"]),
        "To see the published figure come out of the appraisal:",
        markdown.block(whole["programme_cost"]["check"]),
    ]


def reading_rows(document: Mapping[str, Any]) -> list[list[str]]:
    """The solved costs: counting and discounting down, whose offending across."""
    rows: dict[tuple[str, float], list[str]] = {}
    for each in document["programme_cost"]["readings"]:
        rate = f"{each['discount_rate']:.1%}" if each["discount_rate"] else "none"
        cells = rows.setdefault((each["counting"], each["discount_rate"]), [each["counted"], rate])
        cells.append(f"£{each['gbp_per_place_year']:,.0f}" + (" \\*" if each["headline"] else ""))
    return list(rows.values())


def step_rows(document: Mapping[str, Any]) -> list[list[str]]:
    """The published figure, then what each step changes and adds."""
    return [
        [
            each["title"],
            each["from"] or "",
            each["to"] or "",
            "" if each["contribution"] is None else thousandths(each["contribution"]),
            "–" if each["half_width"] is None else f"{each['half_width']:.3f}",
            f"{each['ratio']:.3f}".replace("-", "−"),
            "" if each["order_free"] is None else thousandths(each["order_free"]),
            f"{pounds(each['npsv_gbp'])} ({each['price_year']})",
        ]
        for each in document["steps"]
    ]
