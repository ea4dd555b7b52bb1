"""Who pays and who gains, by agency, kind and year; when the money is back, and how deep the balance goes."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate
from typing import Any

from simulator.charts.arms import agency_name, kind_name
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
            agency_picture(material),
            kind_picture(material),
        ),
    )


def agency_picture(material: Material) -> Block:
    """Costs and benefits by agency."""
    rows = [[agency_name(row["agency"]), *money(row)] for row in material.arm["by_agency"]]
    return material.picture(
        "by-agency",
        "A bar to the left is a cost or a loss, a bar to the right a benefit.",
        table_of(
            "agency-table",
            f"Costs and benefits by agency, present value in {material.comparison['price_base']} prices",
            ["Agency", "Programme cost", "Benefit", "Net"],
            rows,
        ),
    )


def kind_picture(material: Material) -> Block:
    """Costs and benefits by kind, cashable and not."""
    rows = [[kind_name(row), *money(row)] for row in material.arm["by_kind"]]
    return material.picture(
        "by-kind",
        "A bar to the left is a cost or a loss, a bar to the right a benefit.",
        table_of(
            "kind-table",
            f"Costs and benefits by kind, present value in {material.comparison['price_base']} prices",
            ["Kind", "Programme cost", "Benefit", "Net"],
            rows,
        ),
    )


def money(row: Mapping[str, Any]) -> list[str]:
    """Programme cost, benefit and net."""
    return [text.pounds(row[name]) for name in ("programme_cost_gbp", "benefit_gbp", "net_gbp")]


def balance_of(arm: Mapping[str, Any]) -> list[Any]:
    """Net present value accumulated by the end of each year."""
    return list(accumulate(row["net_gbp"] for row in arm["by_year"]))


def payback(material: Material) -> Section:
    """When the money is back, the deepest point of the balance, and the balance by year."""
    columns = [balance_of(arm) for arm in material.compared]
    rows = [
        [str(year + 1), *(text.pounds(amount) for amount in amounts)]
        for year, amounts in enumerate(zip(*columns, strict=True))
    ]
    return Section(
        "payback",
        "When the money is back",
        (
            Paragraph(" ".join(payback_sentence(material, arm) for arm in [material.arm])),
            material.picture(
                "cumulative-value",
                f"Below zero, costs up to then exceed benefits up to then. The heavy line is '{material.arm['title']}'.",
                table_of(
                    "cumulative-table",
                    f"Cumulative net present value at the end of each year, {material.comparison['price_base']} prices",
                    ["Year", *(arm["title"] for arm in material.compared)],
                    rows,
                ),
            ),
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
