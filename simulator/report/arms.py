"""Arms as flat rows, for CSV."""

from __future__ import annotations

from typing import Any

from simulator.report.mark_words import noted

PLAIN = (
    "programme_cost_gbp",
    "benefit_gbp",
    "npsv_gbp",
    "benefit_per_pound",
    "ratio_reason",
    "payback_year",
    "cost_per_managed_person_year_gbp",
    "cost_per_proven_reoffence_prevented_gbp",
)
COUNTED = ("crimes", "proven_offences", "arrests", "custody_days", "people_reoffending", "managed_person_years")


def arm_rows(document: dict[str, Any]) -> list[dict[str, Any]]:
    """One flat row for each arm."""
    rows = []
    for arm in document["arms"]:
        row: dict[str, Any] = {
            "scenario": document["scenario"],
            "arm": arm["name"],
            "comparator": document["comparator"],
        }
        row |= {name: arm[name] for name in PLAIN}
        for name in ("npsv_interval", "benefit_per_pound_interval"):
            low, high = arm[name] or (None, None)
            row |= {f"{name}_low": low, f"{name}_high": high}
        for name in COUNTED:
            row |= {f"{name}_level": arm[name]["level"], f"{name}_increment": arm[name]["increment"]}
        row |= {"price_base": document["price_base"], "cost_table": document["cost_table"], "marks": noted(arm)}
        rows.append(row)
    return rows
