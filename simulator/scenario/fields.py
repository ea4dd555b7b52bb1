"""Every name that a scenario may give a value to: what it means, its unit and its limits.

A *quantity* is uncertain: it carries standing, range and reason. A *lever* is chosen by somebody and never sampled.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class QuantityField(NamedTuple):
    """An uncertain value."""

    unit: str
    help: str
    minimum: float | None = 0.0
    maximum: float | None = None
    above: float | None = None


class LeverField(NamedTuple):
    """A chosen value. ``kind`` is number, whole, flag, choice, year or text; ``optional`` ones may be left out."""

    kind: str
    help: str
    minimum: float | None = None
    maximum: float | None = None
    allowed: tuple[str, ...] = ()
    optional: bool = False


# Limits that only a slip of the finger reaches.
MOST_POUNDS: Final = 1e9  # a unit cost
MOST_RATIO: Final = 100.0  # a ratio of an effect
DAILY: Final = 366.0  # a rate, per year

RULES: Final = ("recent arrests", "first come", "referral", "recent offences")
COST_TABLES: Final = ("horr99", "ho_2019_20", "iom_toolkit_2011")
COSTINGS: Final = ("inclusive", "explicit")
COUNTINGS: Final = ("proven", "multiplied")
PRISON_COSTS: Final = ("average", "overall", "marginal", "step_fixed")
ANTICIPATIONS: Final = ("include", "exclude")

QUANTITIES: Final = {
    "population.pool_per_place": QuantityField(
        "people per published place", "size of the pool picked from", 1.0, 1000.0
    ),
    "population.arrivals_per_year": QuantityField(
        "per person in the pool per year", "new people in the pool", 0.0, 100.0
    ),
    "population.occasions_per_year": QuantityField(
        "offending occasions per year", "at liberty while active, for the average person", None, DAILY, 0.0
    ),
    "population.frailty_shape": QuantityField("shape", "Gamma shape of frailty; smaller is more unequal", 0.01, 1e6),
    "population.offences_per_occasion": QuantityField("proven offences per occasion", "mean, at least 1", 1.0, 1000.0),
    "population.first_custody_chance": QuantityField("chance", "custody for the first occasion", 0.0, 1.0),
    "population.later_custody_chance": QuantityField("chance", "custody for later occasions", 0.0, 1.0),
    "population.community_share": QuantityField("share", "of other disposals that are community", 0.0, 1.0),
    "population.served_share": QuantityField("share", "of a sentence served in custody", 0.0, 1.0),
    "population.recalls_per_year": QuantityField("per year on licence", "recalls without a proven offence", 0.0, DAILY),
    "population.active_years": QuantityField("years", "mean length of an active spell", 0.01, 1e6),
    "population.paused_years": QuantityField("years", "mean length of a pause in offending", 0.01, 1e6),
    "population.moves_away_per_year": QuantityField("per year", "at liberty; deselection code 5", 0.0, DAILY),
    "population.deaths_per_year": QuantityField("per year", "deaths and deportations; code 6B", 0.0, DAILY),
    "programme.pathways_stabilised_per_year": QuantityField("per managed year at liberty", "code 2", 0.0, DAILY),
    "programme.not_engaged_quiet_per_year": QuantityField(
        "per managed year at liberty", "code 3, non-statutory", 0.0, DAILY
    ),
    "programme.not_engaged_active_per_year": QuantityField(
        "per managed year at liberty", "code 4, non-statutory", 0.0, DAILY
    ),
    "programme.no_longer_fits_per_year": QuantityField("per managed year at liberty", "code 6C", 0.0, DAILY),
    "programme.start_delay_days": QuantityField("days", "from selection until the effect starts", 0.0, 36525.0),
    "programme.fade_out_years": QuantityField("years", "mean time the effect lasts after deselection", 0.0, 1000.0),
}

LEVERS: Final = {
    "population.history_years": LeverField("number", "years simulated before t = 0", 0.0, 40.0),
    "population.arrest_days": LeverField("number", "length of an arrest", 0.001, 30.0),
    "population.recall_days": LeverField("number", "standard recall", 0.001, 366.0),
    "population.spells": LeverField("flag", "spells of activity on (true) or off (false)"),
    "programme.open": LeverField("flag", "false: no scheme"),
    "programme.places": LeverField("whole", "people managed at once, given directly", 0, 10_000_000, optional=True),
    "programme.offender_managers": LeverField("number", "full-time equivalents", 0.0, 1e6, optional=True),
    "programme.yearly_budget_gbp": LeverField(
        "number",
        "money a year for offender managers and places, in the price base; fixed costs and selections come on top",
        0.0,
        1e10,
        optional=True,
    ),
    "programme.caseload": LeverField("number", "people per offender manager", 0.1, 1000.0),
    "programme.start_year": LeverField("number", "0: with the appraisal; negative: has run already", -40.0, 30.0),
    "programme.ramp_years": LeverField("number", "to full places, in quarterly steps", 0.0, 10.0),
    "programme.ends_after_years": LeverField("number", "the scheme closes", 0.0, 100.0, optional=True),
    "programme.selection_rule": LeverField("choice", "who goes first", allowed=RULES),
    "programme.by_priority": LeverField("flag", "cohort rows with a lower priority number go first"),
    "programme.reselection": LeverField("flag", "the deselected may come back after an arrest"),
    "programme.green_months": LeverField("number", "calm months until GREEN", 0.01, 120.0),
    "programme.reactive_management_after_months": LeverField("number", "months GREEN", 0.01, 120.0),
    "programme.assessment_months": LeverField("number", "months in reactive management until code 1", 0.01, 1200.0),
    "programme.longest_stay_years": LeverField("number", "longest stay; code 6C", 0.01, 100.0, optional=True),
    "appraisal.horizon_years": LeverField("whole", "years appraised", 1, 60),
    "appraisal.discount_rate": LeverField("number", "a year, real", 0.0, 1.0, optional=True),
    "appraisal.cost_table": LeverField("choice", "unit costs of crime", allowed=COST_TABLES),
    "appraisal.price_base": LeverField("year", "financial year; the cost table's own where left out", optional=True),
    "appraisal.costing": LeverField("choice", "how arrests and custody are paid for", allowed=COSTINGS),
    "appraisal.counting": LeverField("choice", "crimes for each proven offence", allowed=COUNTINGS),
    "appraisal.prison_cost": LeverField("choice", "price of a day in custody", allowed=PRISON_COSTS),
    "appraisal.anticipation": LeverField("choice", "costs in anticipation of crime", allowed=ANTICIPATIONS),
    "appraisal.optimism_bias": LeverField("number", "uplift on programme costs, 0.1 for 10%", 0.0, 2.0, optional=True),
    "appraisal.benefit_cut": LeverField(
        "number",
        "optimism bias: cut on lines that gain, 0.1 for 10%; never on a line that loses",
        0.0,
        1.0,
        optional=True,
    ),
    "appraisal.comparator": LeverField("text", "the arm that the others are compared with"),
}

EFFECT_RATIOS: Final = (
    "occasions_ratio",
    "offences_per_occasion_ratio",
    "custody_ratio",
    "detection_ratio",
    "frailty_exponent",
)

# Three ways to say how many places; stating one takes the others off the table.
PLACES_FROM: Final = ("programme.places", "programme.offender_managers", "programme.yearly_budget_gbp")

SECTIONS: Final = ("population", "programme", "appraisal")

TOP_LEVEL: Final = (
    "title",
    "why",
    "source",
    "extends",
    "starts",
    *SECTIONS,
    "sentence_bands",
    "sentence_bands_source",
    "offence_mixes",
    "cohort",
    "costs",
    "effect",
    "effect_ratios",
    "fit",
    "without_spells",
    "reported_fall",
    "arms",
)


def names() -> list[str]:
    """Every dotted name that has a value in a scenario."""
    return [*QUANTITIES, *LEVERS, "effect", "fit", *(f"effect.{ratio}" for ratio in EFFECT_RATIOS)]
