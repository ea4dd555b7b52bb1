"""Answers for the assurance pack: the comparison of a small run, and a tornado made by hand that fits it."""

from __future__ import annotations

from typing import Any

from report_pages import document

from simulator.documents.assurance.logs import Log
from simulator.documents.assurance.ratings import SAME

Answers = dict[str, Any]


def bar(name: str, swing: float, *, flips: bool = False, noise: bool = False) -> dict[str, Any]:
    """A bar whose ends lie evenly about −£1m."""
    return {
        "name": name,
        "label": name,
        "npsv_at_low_gbp": -1e6 + swing / 2,
        "npsv_at_high_gbp": -1e6 - swing / 2,
        "swing_gbp": swing,
        "flips": flips,
        "within_noise": noise,
    }


BARS = (
    bar("effect.occasions_ratio", 4e6, flips=True),
    bar("costs.place_year", 1e6),
    bar("population.pool_per_place", 0.2e6),
    bar("offence_mixes.burglary_led", 0.19e6),
    bar("population.recalls_per_year", 0.01e6, flips=True, noise=True),
)


def tornado_for(comparison: dict[str, Any]) -> dict[str, Any]:
    """A tornado of the same scenario, prices and evidence."""
    same = {name: comparison[name] for name in SAME}
    return {**same, "arm_title": "As run", "comparator_title": "No IOM", "replications": 100, "bars": list(BARS)}


REGRESSION = {
    "scheme": "bedfordshire",
    "rows": [
        {"report": "bedfordshire_2019", "choice": "one", "fall": 0.111, "reported_fall": 0.711},
        {"report": "bedfordshire_2019", "choice": "other", "fall": 0.777, "reported_fall": 0.711},
    ],
}


def answers() -> Answers:
    """A comparison, a tornado, draws and what a fall would be without effect."""
    comparison = document()
    chances = {
        "draws": 300,
        "sentences": ["In 300 draws it pays back in 36%.", "More."],
        "arms": [{"name": "as_run", "chance_benefits_exceed_costs": 0.36}],
    }
    return {
        "comparison": comparison,
        "tornado": tornado_for(comparison),
        "chances": chances,
        "regression": REGRESSION,
    }


def row_of(log: Log, name: str) -> dict[str, str]:
    """The row of a log whose first cell is a name."""
    (found,) = [row for row in log.rows if row[log.headings[0]] == name]
    return found
