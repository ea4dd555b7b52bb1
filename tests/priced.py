"""Activities made by hand, and their pounds by line."""

from __future__ import annotations

import math

import numpy as np
from small_runs import library, made_activity, scenario_with

from simulator.activity import Activity
from simulator.costing.costs import costs_of
from simulator.costing.lines import Costs
from simulator.model import measures
from simulator.model.states import NO_EFFECT
from simulator.scenario.records import Settings

TYPES = ("domestic_burglary", "robbery")
ONE_YEAR = np.array([1.0])


def settings_with(*settings: str) -> Settings:
    return scenario_with(*settings).arm("as_run").settings


def priced(activity: Activity, *settings: str, reference: Activity | None = None) -> Costs:
    chosen = settings_with(*settings)
    return costs_of(activity, chosen, library().tables(chosen.text("appraisal.cost_table")), reference)


def amounts(costs: Costs, factors: np.ndarray = ONE_YEAR) -> dict[str, float]:
    """Pounds by line."""
    found: dict[str, float] = {}
    for line in costs.lines:
        found[line.name] = math.fsum(cell.gbp for cell in costs.cells(factors) if cell.line is line)
    return found


def with_burglaries(count: float, effect: int = NO_EFFECT) -> Activity:
    activity = made_activity(TYPES)
    activity.totals[0, 0, 0, effect, measures.OFFENCES_FROM] = count
    return activity


def with_custody_days(days: float) -> Activity:
    activity = made_activity(TYPES)
    activity.totals[0, 0, 0, NO_EFFECT, measures.CUSTODY_YEARS] = days / 365.25
    return activity
