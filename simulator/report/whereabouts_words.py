"""Where people are, and single lives, as tables for the terminal and as rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.charts.occupancy import custody_words
from simulator.report.text import counted, number, table, wrapped
from simulator.report.whereabouts import people_words

Document = Mapping[str, Any]


def whereabouts_text(document: Document) -> str:
    """The whole answer for the terminal."""
    arm, other = document["arms"]
    return "\n".join(
        [
            f"{document['title']}: where {people_words(document['people_at_start'])} are, "
            f"'{arm['title']}' and '{other['title']}', mean of {counted(document['replications'], 'run')}, "
            f"seed {document['seed']}",
            "",
            wrapped(custody_words(document), ""),
            *(line for each in document["arms"] for line in ("", each["title"], people_table(document, each))),
            "",
            wrapped(f"Single lives. {document['lives']['rule']}", ""),
            lives_table(document),
        ]
    )


def people_table(document: Document, arm: Document) -> str:
    """People by state at the start of each year and at the end, and person-years over all years."""
    names = [state["name"] for state in document["states"]]
    rows = [
        [f"year {row['month'] / 12:g}", *(number(row[name]) for name in names)]
        for row in arm["by_month"]
        if row["month"] % 12 == 0
    ]
    years = {row["name"]: row["person_years"] for row in arm["by_state"]}
    rows.append(["person-years", *(number(years[name]) for name in names)])
    return table(["After", *(state["title"] for state in document["states"])], rows)


def lives_table(document: Document) -> str:
    """What each life comes to, arm and comparator side by side."""
    rows = [
        [
            person["title"],
            person["group"],
            " | ".join(str(life["arrests"]) for life in person["arms"]),
            " | ".join(f"{life['custody_years']:.1f}" for life in person["arms"]),
            " | ".join(f"{life['managed_years']:.1f}" for life in person["arms"]),
        ]
        for person in document["lives"]["people"]
    ]
    pair = " | ".join(arm["title"] for arm in document["arms"])
    return table(["Person", "Group", f"Arrests: {pair}", "Years in custody", "Years managed"], rows)


def month_rows(document: Document) -> list[dict[str, Any]]:
    """One flat row for each arm and month, for CSV."""
    return [
        {"arm": arm["name"], **{name: value for name, value in row.items() if name != "name"}}
        for arm in document["arms"]
        for row in arm["by_month"]
    ]
