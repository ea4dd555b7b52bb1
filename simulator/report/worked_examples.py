"""The reports' own money beside the program's, and Sussex's case by agency, as rows and text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.evaluation.lines import Line
from simulator.evaluation.worked_examples import AgencyShare
from simulator.report.text import table, wrapped

CASE_WORDS = (
    "The case is one person with multiple needs, recalled to prison within the year, and no mean of a cohort. The cost "
    "tables split the public cost of a crime, not of managing a person, and have no housing: for scale only."
)


def example_rows(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """One row for each figure, as `reproduce` lists them."""
    return [line._asdict() for line in lines]


def examples_text(lines: Sequence[Line]) -> str:
    """The figures, reported beside recomputed."""
    rows = [(line.figure, f"{line.reported:,.10g}", f"{line.simulated:,.10g}", line.protocol) for line in lines]
    return table(("Figure", "Reported", "Recomputed", "How"), rows)


def case_rows(shares: Sequence[AgencyShare]) -> list[dict[str, Any]]:
    """Sussex's case by agency; percent of the public cost of a crime by cost table, None where it has no such agency."""
    return [
        {
            "agency": each.agency,
            "reported_percent": each.reported_percent,
            "reported_gbp": each.reported_gbp,
            **{f"{name}_percent_of_a_crime": share for name, share in each.of_a_crime.items()},
        }
        for each in shares
    ]


def case_text(shares: Sequence[AgencyShare]) -> str:
    """Sussex's case by agency beside the cost tables' split."""
    tables = list(shares[0].of_a_crime)

    def percent(share: float | None) -> str:
        return "–" if share is None else f"{share:.0f}%"

    rows = [
        (
            each.agency,
            percent(each.reported_percent),
            f"£{each.reported_gbp:,.0f}",
            *(percent(each.of_a_crime[name]) for name in tables),
        )
        for each in shares
    ]
    headings = ("Agency", "Case", "Case", *(f"Crime, {name}" for name in tables))
    return f"{table(headings, rows)}\n{wrapped(CASE_WORDS, '')}"
