"""Names of uncertain inputs and levers as a person would say them; the exact names stay beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from simulator.scenario.fields import LEVERS
from simulator.uncertainty.factors import FIT
from simulator.uncertainty.inputs import COHORT, COSTS, EFFECT, GROUPS, MIXES, POPULATION, PROGRAMME

PLAIN = {
    "effect": "evidence",
    "effect.occasions_ratio": "effect on the frequency of offending",
    "effect.offences_per_occasion_ratio": "effect on offences per occasion",
    "effect.custody_ratio": "effect on custody",
    "effect.detection_ratio": "effect on detection of crimes",
    "effect.frailty_exponent": "whether it bites on the most prolific",
    "population.pool_per_place": "size of the pool picked from",
    "population.arrivals_per_year": "new people in the pool",
    "population.occasions_per_year": "rate of offending occasions",
    "population.frailty_shape": "how alike people are in offending",
    "population.offences_per_occasion": "offences per occasion",
    "population.first_custody_chance": "chance of custody, first occasion",
    "population.later_custody_chance": "chance of custody, later occasions",
    "population.community_share": "community share of other disposals",
    "population.served_share": "share of a sentence served",
    "population.recalls_per_year": "recalls on licence",
    "population.active_years": "length of active spells",
    "population.paused_years": "length of pauses in offending",
    "population.moves_away_per_year": "moves away",
    "population.deaths_per_year": "deaths and deportations",
    "population.spells": "spells of activity",
    "programme.pathways_stabilised_per_year": "deselection, pathways stabilised",
    "programme.not_engaged_quiet_per_year": "deselection, not engaged, quiet",
    "programme.not_engaged_active_per_year": "deselection, not engaged, active",
    "programme.no_longer_fits_per_year": "deselection, no longer fits",
    "programme.start_delay_days": "delay until the effect starts",
    "programme.fade_out_years": "fade-out of the effect",
    "programme.places": "places",
    "programme.offender_managers": "offender managers",
    "programme.caseload": "people per offender manager",
    "programme.yearly_budget_gbp": "yearly budget",
    "costs.place_year": "cost of a place",
    "costs.offender_manager_year": "cost of an offender manager",
    "costs.fixed_year": "fixed cost of the scheme",
    "costs.selection": "cost of a selection",
    "justice.arrest_detained": "cost of an arrest",
    "justice.court_event": "cost of a court event",
    "justice.recall": "cost of a recall",
    "justice.supervision_year_licence": "cost of supervision on licence",
    "justice.supervision_year_community": "cost of supervision in the community",
    "appraisal.recorded_per_proven": "recorded crimes per proven offence",
    "appraisal.costing": "costing",
    "appraisal.counting": "counting unit",
    "appraisal.cost_table": "unit costs of crime",
    "appraisal.prison_cost": "price of a day in custody",
    "appraisal.anticipation": "costs in anticipation of crime",
    FIT: "rates of offending, fitted together",
}
COHORT_WORDS = {"rate_ratio": "rate of offending", "statutory_share": "statutory share"}


def spaced(name: str) -> str:
    """A name without underscores."""
    return name.replace("_", " ")


def label_of(name: str) -> str:
    """An input or a lever in plain words; a name that nobody has put into words is only spaced."""
    if name in PLAIN:
        return PLAIN[name]
    if name.startswith(COHORT):
        row, _, field = name.removeprefix(COHORT).rpartition(".")
        return f"{COHORT_WORDS.get(field, spaced(field))}, {row}"
    if name.startswith(MIXES):
        return f"offence mix '{spaced(name.removeprefix(MIXES))}'"
    table, _, inner = name.partition(".")
    if inner.endswith(".multiplier"):
        return f"crimes per recorded crime: {spaced(inner.removesuffix('.multiplier'))}"
    if inner.startswith("custody_day"):
        return "cost of a day in custody"
    if inner and f"{table}." not in (EFFECT, POPULATION, PROGRAMME, COSTS, "justice.", "appraisal."):
        return f"cost of a crime: {spaced(inner)}"
    return spaced(inner or name)


def group_label(group: str) -> str:
    """A group of inputs in plain words."""
    return GROUPS.get(group, group)


def unit_of(name: str, units: Mapping[str, str]) -> str:
    """The unit of an input or a lever; empty where it has none or nobody knows it."""
    if name in units:
        return units[name]
    costs = re.sub(f"^{re.escape(PROGRAMME)}", COSTS, name)
    if costs in units:
        return units[costs]
    return "£" if name in LEVERS and name.endswith("_gbp") else ""
