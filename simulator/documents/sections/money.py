"""Who pays and who gains, by agency, kind and year; when the money is back, and how deep the balance goes."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate
from typing import Any

from simulator.documents.contents import Block, Paragraph, Section
from simulator.documents.sections.material import Material, table_of
from simulator.report import text, verdicts


def who_pays(material: Material) -> Section:
    """Costs and benefits by agency and by kind."""
    return Section(
        "who-pays",
        "Who pays and who gains",
        (
            Paragraph(
                f"Of '{material.arm['title']}' against '{material.other['title']}'. A benefit is fiscal if it falls on a "
                "public body, economic if it is lost property or output, and social if it is harm to people. **Cashable** "
                "means that a budget could really fall; fiscal benefits that are not cashable are **capacity released**: "
                "officers' hours, court sittings and prison places that others will use."
            ),
            material.figure("by-agency"),
            *by_year(material),
            material.figure("by-kind"),
        ),
    )


def by_year(material: Material) -> list[Block]:
    """The same by agency and year, where the answer tells them apart."""
    return [material.figure("agency-years")] if material.arm.get("by_budget") else []


def balance_of(arm: Mapping[str, Any]) -> list[Any]:
    """Net present value accumulated by the end of each year."""
    return list(accumulate(row["net_gbp"] for row in arm["by_year"]))


def payback(material: Material) -> Section:
    """When the money is back, the deepest point of the balance, and the balance by year."""
    return Section(
        "payback",
        "When the money is back",
        (
            Paragraph(" ".join(payback_sentence(material, arm) for arm in [material.arm])),
            material.figure("cumulative-value"),
            table_of(
                "payback-table",
                "Payback and the deepest point of the cumulative balance",
                ["Funding choice", "Money back by the end of year", "Deepest point", "At the end of year"],
                [payback_row(arm) for arm in material.compared],
            ),
        ),
    )


def payback_sentence(material: Material, arm: Mapping[str, Any]) -> str:
    """When an arm pays for itself and how far below zero it goes first."""
    deepest = min(balance_of(arm))
    year = arm["payback_year"]
    span = verdicts.years(material.comparison)
    when = f"is paid back by the end of year {year}" if year else f"is not paid back within {span}"
    depth = f"; its balance goes down to {text.pounds(deepest)}" if deepest < 0.0 else ""
    return f"In the mean of the runs '{arm['title']}' {when}{depth}."


def payback_row(arm: Mapping[str, Any]) -> list[str]:
    """Payback year, deepest balance and when that is."""
    balance = balance_of(arm)
    deepest = min(balance)
    if deepest >= 0.0:
        return [arm["title"], str(arm["payback_year"] or "–"), "never below zero", "–"]
    return [
        arm["title"],
        str(arm["payback_year"] or "not within the horizon"),
        text.pounds(deepest),
        str(balance.index(deepest) + 1),
    ]
