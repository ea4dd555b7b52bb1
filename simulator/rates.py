"""A scenario's values turned into the plain numbers that the rules see; nothing else looks up and converts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import accumulate

from simulator.draws import normal
from simulator.model.clocks import on_grid
from simulator.model.rates import Group, Places, Rates, Values
from simulator.model.records import filled
from simulator.model.states import EFFECT_DRAW, SELECTION_RULES
from simulator.quantities import Quantity
from simulator.scenario.funding import places_of
from simulator.scenario.records import Arm, CohortRow, Scenario, SentenceBand, Settings

DAYS_PER_YEAR = 365.25
MONTHS_PER_YEAR = 12.0
RAMP_STEPS_PER_YEAR = 4
# In the order of their draws: append only.
DRAWN_RATIOS = ("occasions_ratio", "offences_per_occasion_ratio", "custody_ratio")
RATIOS = (*DRAWN_RATIOS, "frailty_exponent")


def rates_of(
    scenario: Scenario, arm: Arm, offence_types: Mapping[str, int], ratios: Mapping[str, float] | None = None
) -> Rates:
    """The rates of one arm.

    Args:
        offence_types: severity tier by offence type, in the order of the cost table.
        ratios: ratios of the effect in place of the arm's own, as drawn by ``drawn_ratios``.
    """
    base = scenario.baseline
    return Rates(
        name=arm.name,
        values=filled(Values, [values_of(scenario, arm.settings, offence_types, ratios)]),
        history=filled(Values, [values_of(scenario, base, offence_types, ratios)]),
        groups=filled(Group, [group_of(row, scenario, base, list(offence_types)) for row in scenario.cohort]),
        schedule=schedule_of(arm.settings),
        history_schedule=history_schedule_of(base),
        history_years=on_grid(base.value("population.history_years")),
        group_names=tuple(row.name for row in scenario.cohort),
        offence_types=tuple(offence_types),
    )


def with_ratios(
    rates: Rates, scenario: Scenario, arm: Arm, offence_types: Mapping[str, int], ratios: Mapping[str, float]
) -> Rates:
    """The same arm with other ratios of the effect; cohort and places are shared."""
    return rates._replace(
        values=filled(Values, [values_of(scenario, arm.settings, offence_types, ratios)]),
        history=filled(Values, [values_of(scenario, scenario.baseline, offence_types, ratios)]),
    )


def group_of(row: CohortRow, scenario: Scenario, settings: Settings, types: list[str]) -> dict[str, object]:
    """One cohort row as a Group record: the pool is the published places times the people per place."""
    shares = scenario.mixes[row.offence_mix].shares
    return {
        "people": round(row.people * settings.value("population.pool_per_place")),
        "priority": row.priority,
        "rate_ratio": row.rate_ratio.value,
        "statutory_share": row.statutory_share.value,
        "offence_mix": cumulative([shares.get(kind, 0.0) for kind in types]),
    }


def cumulative(shares: list[float]) -> list[float]:
    """Running sums, the last exactly 1."""
    return [*list(accumulate(shares))[:-1], 1.0]


def bands_of(bands: tuple[SentenceBand, ...]) -> dict[str, object]:
    """The sentence bands in years."""
    return {
        "sentence_bands": len(bands),
        "sentence_band_share": cumulative([band.share for band in bands]),
        "sentence_from_years": [band.from_months / MONTHS_PER_YEAR for band in bands],
        "sentence_to_years": [band.to_months / MONTHS_PER_YEAR for band in bands],
    }


def per_year(mean_years: float | None) -> float:
    """The rate of an exponential length of the given mean; 0, never ending, where there is no mean."""
    return 1.0 / mean_years if mean_years else 0.0


def values_of(
    scenario: Scenario,
    settings: Settings,
    offence_types: Mapping[str, int],
    ratios: Mapping[str, float] | None,
) -> dict[str, object]:
    """One Values record as a mapping."""
    value = settings.value
    spells = settings.flag("population.spells")
    calm = value("programme.green_months")
    reactive = calm + value("programme.reactive_management_after_months")
    longest = settings.optional("programme.longest_stay_years")
    chosen = ratios or {}
    return {
        "occasions_per_year": value("population.occasions_per_year"),
        "frailty_shape": value("population.frailty_shape"),
        "offences_per_occasion": value("population.offences_per_occasion"),
        "first_custody_chance": value("population.first_custody_chance"),
        "later_custody_chance": value("population.later_custody_chance"),
        "community_chance": value("population.community_share"),
        "arrest_years": value("population.arrest_days") / DAYS_PER_YEAR,
        "served_share": value("population.served_share"),
        "recalls_per_year": value("population.recalls_per_year"),
        "recall_years": value("population.recall_days") / DAYS_PER_YEAR,
        "active_spells_end_per_year": per_year(value("population.active_years")) if spells else 0.0,
        "paused_spells_end_per_year": per_year(value("population.paused_years")) if spells else 0.0,
        "moves_away_per_year": value("population.moves_away_per_year"),
        "deaths_per_year": value("population.deaths_per_year"),
        "arrivals_per_year": arrivals_of(scenario, settings),
        "offence_types": len(offence_types),
        "severity_tier": [float(tier) for tier in offence_types.values()],
        **bands_of(scenario.sentence_bands),
        "rule": SELECTION_RULES.index(settings.text("programme.selection_rule")),
        "by_priority": settings.flag("programme.by_priority"),
        "reselection": settings.flag("programme.reselection"),
        "green_years": calm / MONTHS_PER_YEAR,
        "reactive_years": reactive / MONTHS_PER_YEAR,
        "desistance_years": (reactive + value("programme.assessment_months")) / MONTHS_PER_YEAR,
        "longest_stay_years": longest or math.inf,
        "pathways_stabilised_per_year": value("programme.pathways_stabilised_per_year"),
        "not_engaged_quiet_per_year": value("programme.not_engaged_quiet_per_year"),
        "not_engaged_active_per_year": value("programme.not_engaged_active_per_year"),
        "no_longer_fits_per_year": value("programme.no_longer_fits_per_year"),
        **{name: chosen.get(name, settings.ratio(name)) for name in RATIOS},
        "start_delay_years": value("programme.start_delay_days") / DAYS_PER_YEAR,
        "fade_out_years": value("programme.fade_out_years"),
        "history_years": value("population.history_years"),
    }


def arrivals_of(scenario: Scenario, settings: Settings) -> float:
    """New people per year: a rate for each person in the pool at the start."""
    pool = scenario.published_people * settings.value("population.pool_per_place")
    return settings.value("population.arrivals_per_year") * pool


def opening(settings: Settings, start: float) -> list[Places]:
    """The places from the start of the scheme, at once or in quarterly steps over the ramp."""
    places = places_of(settings)
    steps = math.ceil(settings.value("programme.ramp_years") * RAMP_STEPS_PER_YEAR)
    if steps <= 1:
        return [Places(on_grid(start), places, False)]
    return [
        Places(on_grid(start + step / RAMP_STEPS_PER_YEAR), places * (step + 1) // steps, False)
        for step in range(steps)
    ]


def schedule_of(settings: Settings) -> tuple[Places, ...]:
    """An arm's places from t = 0 on. A scheme that already runs goes on with the arm's places."""
    if not settings.flag("programme.open"):
        return (Places(0.0, 0, True),)
    start = settings.value("programme.start_year")
    entries = [Places(0.0, places_of(settings), False)] if start < 0.0 else opening(settings, start)
    end = settings.optional("programme.ends_after_years")
    if end is not None:
        entries = [entry for entry in entries if entry.date < end]
        entries.append(Places(on_grid(end), 0, True))
    return tuple(entries)


def history_schedule_of(baseline: Settings) -> tuple[Places, ...]:
    """The baseline's places before t = 0; none for a scheme that starts with the appraisal."""
    start = baseline.value("programme.start_year")
    if start >= 0.0 or not baseline.flag("programme.open"):
        return ()
    return tuple(entry for entry in opening(baseline, start) if entry.date < 0.0)


def lognormal_spread(ratio: Quantity) -> float:
    """Standard deviation of the log of a ratio whose 95% interval is published as low and high."""
    if ratio.low is None or ratio.high is None or ratio.low <= 0.0:
        return 0.0
    return (math.log(ratio.high) - math.log(ratio.low)) / (2.0 * 1.959963984540054)


def drawn_ratios(settings: Settings, seed: int, draw: int) -> dict[str, float]:
    """The effect's ratios drawn from their intervals, lognormal; draw k is the same whatever the number of draws."""
    drawn = {}
    for number, name in enumerate(DRAWN_RATIOS):
        if name not in settings.effect.ratios:
            continue
        ratio = settings.effect.ratios[name]
        z = normal(seed, draw, number, EFFECT_DRAW, 0)
        drawn[name] = ratio.value * math.exp(lognormal_spread(ratio) * z) if ratio.value > 0.0 else 0.0
    ceiling = max(settings.value("population.first_custody_chance"), settings.value("population.later_custody_chance"))
    if "custody_ratio" in drawn and ceiling > 0.0:
        drawn["custody_ratio"] = min(drawn["custody_ratio"], 1.0 / ceiling)
    return drawn


def effect_is_uncertain(settings: Settings) -> bool:
    """Whether any drawn ratio has an interval."""
    return any(
        lognormal_spread(settings.effect.ratios[name]) > 0.0 for name in DRAWN_RATIOS if name in settings.effect.ratios
    )
