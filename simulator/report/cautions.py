"""Cautions of ``compare`` that hold for any command which prices a scenario: unit costs, costing, figures not seen."""

from __future__ import annotations

import numpy as np

from simulator.appraisal.comparison import Comparison, Runs
from simulator.appraisal.library import Library
from simulator.appraisal.results import NO_BIAS
from simulator.report.warnings import price_warnings
from simulator.scenario.records import Scenario
from simulator.uncertainty.inputs import justice_costs, offences_in_use


def price_cautions(scenario: Scenario, library: Library) -> list[str]:
    """About a superseded cost table, the counting unit, what is not cashable, and figures that nobody has seen."""
    return [*price_warnings(of_no_arms(scenario, library)), *remembered(scenario, library)]


def of_no_arms(scenario: Scenario, library: Library) -> Comparison:
    """A comparison before anything is run: the cautions about prices read the scenario and its library only."""
    runs = Runs(scenario, (), None, 0, "")
    return Comparison(runs, library, scenario.baseline.text("appraisal.comparator"), np.zeros(0), (), NO_BIAS)


def remembered(scenario: Scenario, library: Library) -> list[str]:
    """Figures in use that are remembered and not seen in a source."""
    base = scenario.baseline
    crime = library.crime[base.text("appraisal.cost_table")]
    used = [*base.quantities.values(), *base.effect.ratios.values()]
    used += [crime.totals[kind] for kind in offences_in_use(scenario) if kind in crime.totals]
    if base.text("appraisal.costing") == "explicit":
        used += [library.justice[name] for name in justice_costs(base.text("appraisal.prison_cost"))]
    names = sorted({figure.name for figure in used if figure.standing == "unverified"})
    return [f"Remembered, not seen in a source (unverified): {', '.join(names)}."] if names else []
