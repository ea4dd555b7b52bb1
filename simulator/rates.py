"""A scenario's values turned into the plain numbers that the rules see; nothing else looks up and converts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from simulator.draws import exp, normal
from simulator.evidence import PARAMETERS, correlated, square_root
from simulator.model.clocks import on_grid
from simulator.model.rates import Group, Places, Rates, Values
from simulator.model.records import copied, filled, put
from simulator.model.states import CALIBRATION_DRAW, EFFECT_DRAW, SELECTION_RULES
from simulator.quantities import Quantity
from simulator.scenario.fields import QUANTITIES
from simulator.scenario.funding import places_of
from simulator.scenario.records import Arm, CohortRow, Scenario, SentenceBand, Settings

DAYS_PER_YEAR = 365.25
MONTHS_PER_YEAR = 12.0
RAMP_STEPS_PER_YEAR = 4
Z_95 = 1.959963984540054
# In the order of their draws: append only.
DRAWN_RATIOS = ("occasions_ratio", "offences_per_occasion_ratio", "custody_ratio")
RATIOS = (*DRAWN_RATIOS, "frailty_exponent")


class Draw(NamedTuple):
    """One draw of everything that is uncertain: rates of the population by dotted name, ratios of the effect by name."""

    rates: Mapping[str, float]
    ratios: Mapping[str, float]


def rates_of(scenario: Scenario, arm: Arm, offence_types: Mapping[str, int]) -> Rates:
    """The rates of one arm.

    Args:
        offence_types: severity tier by offence type, in the order of the cost table.
    """
    base = scenario.baseline
    return Rates(
        name=arm.name,
        values=filled(Values, [values_of(scenario, arm.settings, offence_types)]),
        history=filled(Values, [values_of(scenario, base, offence_types)]),
        groups=filled(Group, [group_of(row, scenario, base, list(offence_types)) for row in scenario.cohort]),
        schedule=schedule_of(arm.settings),
        history_schedule=history_schedule_of(base),
        history_years=on_grid(base.value("population.history_years")),
        group_names=tuple(row.name for row in scenario.cohort),
        offence_types=tuple(offence_types),
    )


def with_draw(arms: Sequence[Rates], scenario: Scenario, draw: Draw) -> tuple[Rates, ...]:
    """The same arms under one draw, which moves all of them and their history alike; cohort and places are shared.

    Arms differ in the programme only, so what is drawn is worked out once and put into a copy of each arm's values.
    """
    changes = {**people_of(scenario, scenario.baseline, draw.rates), **draw.ratios}
    history = changed(arms[0].history, changes)
    return tuple(arm._replace(values=changed(arm.values, changes), history=history) for arm in arms)


def changed(values: Any, changes: Mapping[str, object]) -> Any:
    """A copy of one Values record with some fields changed."""
    made = copied(values)
    for name, value in changes.items():
        put(made, 0, name, value)
    return made


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


def values_of(scenario: Scenario, settings: Settings, offence_types: Mapping[str, int]) -> dict[str, object]:
    """One Values record as a mapping."""
    value = settings.value
    calm = value("programme.green_months")
    reactive = calm + value("programme.reactive_management_after_months")
    longest = settings.optional("programme.longest_stay_years")
    return {
        **people_of(scenario, settings, {}),
        "arrest_years": value("population.arrest_days") / DAYS_PER_YEAR,
        "recall_years": value("population.recall_days") / DAYS_PER_YEAR,
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
        **{name: settings.ratio(name) for name in RATIOS},
        "start_delay_years": value("programme.start_delay_days") / DAYS_PER_YEAR,
        "fade_out_years": value("programme.fade_out_years"),
        "history_years": value("population.history_years"),
    }


def people_of(scenario: Scenario, settings: Settings, drawn: Mapping[str, float]) -> dict[str, object]:
    """The fields of a Values record that say how people offend, come and go: all that a fit may speak of.

    Args:
        drawn: values in place of the settings' own, by dotted name.
    """

    def value(name: str) -> float:
        return drawn[name] if name in drawn else settings.value(name)

    spells = settings.flag("population.spells")
    return {
        "occasions_per_year": value("population.occasions_per_year"),
        "frailty_shape": value("population.frailty_shape"),
        "offences_per_occasion": value("population.offences_per_occasion"),
        "first_custody_chance": value("population.first_custody_chance"),
        "later_custody_chance": value("population.later_custody_chance"),
        "community_chance": value("population.community_share"),
        "served_share": value("population.served_share"),
        "recalls_per_year": value("population.recalls_per_year"),
        "active_spells_end_per_year": per_year(value("population.active_years")) if spells else 0.0,
        "paused_spells_end_per_year": per_year(value("population.paused_years")) if spells else 0.0,
        "moves_away_per_year": value("population.moves_away_per_year"),
        "deaths_per_year": value("population.deaths_per_year"),
        "arrivals_per_year": value("population.arrivals_per_year") * pool_of(scenario, settings),
    }


def pool_of(scenario: Scenario, settings: Settings) -> float:
    """People in the pool at the start, to whom the rate of arrivals is a rate per person."""
    return scenario.published_people * settings.value("population.pool_per_place")


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


def log_error_beside(ratio: Quantity, z: float) -> float:
    """Standard deviation of the log of a ratio on the side of ``z``, so that both published ends are drawn as ends."""
    if ratio.low is None or ratio.high is None or ratio.low <= 0.0 or ratio.value <= 0.0:
        return 0.0
    end = ratio.high / ratio.value if z > 0.0 else ratio.value / ratio.low
    return math.log(end) / Z_95


def is_uncertain(ratio: Quantity) -> bool:
    """Whether a ratio has an interval to draw from."""
    return log_error_beside(ratio, 1.0) > 0.0 or log_error_beside(ratio, -1.0) > 0.0


def draw_of(settings: Settings, seed: int, draw: int) -> Draw:
    """Fitted rates and the effect's ratios drawn from their errors; draw k is the same whatever the number of draws.

    The two are drawn independently of each other: a fit may estimate an effect from the same report, but scenarios take
    theirs from the pooled evidence, and nobody knows how the errors of the two go together.
    """
    rates = drawn_rates(settings, seed, draw)
    return Draw(rates, drawn_ratios(settings, seed, draw, rates))


def drawn_rates(settings: Settings, seed: int, draw: int) -> dict[str, float]:
    """The fitted rates in force, their logarithms normal with the errors and correlations of the fit, within limits.

    Rates that something else has replaced take part and are left out afterwards, so that the others do not move.
    """
    reading = settings.reading
    if reading is None:
        return {}
    names = [name for name in PARAMETERS if name in reading.parameters]
    root = square_root(reading.correlations_of(names))
    assert root is not None  # checked when the fit was read
    luck = [normal(seed, draw, 0, CALIBRATION_DRAW, PARAMETERS.index(name)) for name in names]
    made = {}
    in_force = settings.fitted
    for name, z in zip(names, correlated(root, luck), strict=True):
        if name in in_force:
            each = in_force[name]
            made[f"population.{name}"] = within_limits(f"population.{name}", each.value * exp(each.log_error * z))
    return made


def within_limits(name: str, value: float) -> float:
    """A drawn value brought back to what the name may have: no chance above 1, at least one offence on an occasion."""
    least, most = QUANTITIES[name].minimum, QUANTITIES[name].maximum
    value = value if least is None else max(value, least)
    return value if most is None else min(value, most)


def drawn_ratios(settings: Settings, seed: int, draw: int, rates: Mapping[str, float]) -> dict[str, float]:
    """The effect's ratios drawn from their intervals, lognormal.

    A custody ratio goes no further than the custody chances, drawn as in ``rates``, can be multiplied.
    """
    made = {}
    for number, name in enumerate(DRAWN_RATIOS):
        if name not in settings.effect.ratios:
            continue
        ratio = settings.effect.ratios[name]
        z = normal(seed, draw, number, EFFECT_DRAW, 0)
        made[name] = ratio.value * math.exp(log_error_beside(ratio, z) * z)
    chances = ("population.first_custody_chance", "population.later_custody_chance")
    ceiling = max(rates.get(name, settings.value(name)) for name in chances)
    if "custody_ratio" in made and ceiling > 0.0:
        made["custody_ratio"] = min(made["custody_ratio"], 1.0 / ceiling)
    return made


def drawn_inputs(settings: Settings) -> list[str]:
    """Names of the inputs that a draw moves: fitted rates with an error, ratios of the effect with an interval."""
    rates = [f"population.{name}" for name, each in settings.fitted.items() if each.log_error > 0.0]
    ratios = [name for name in DRAWN_RATIOS if name in settings.effect.ratios]
    return [*rates, *(f"effect.{name}" for name in ratios if is_uncertain(settings.effect.ratios[name]))]


def with_values(rates: Rates, changes: Mapping[str, float]) -> Rates:
    """The same arm with other rates, before t = 0 as well as after."""
    values, history = copied(rates.values), copied(rates.history)
    for name, value in changes.items():
        put(values, 0, name, value)
        put(history, 0, name, value)
    return rates._replace(values=values, history=history)
