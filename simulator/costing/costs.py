"""Activity times prices: what one arm costs, line by line. Nothing here changes what happened."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.activity import DAYS_PER_YEAR, Activity
from simulator.costing.counting import (
    Crimes,
    ProvenOffences,
    as_crimes,
    at_baseline_detection,
    crimes_for,
    recorded_for,
)
from simulator.costing.lines import CRIME, JUSTICE, PROGRAMME, SUPERVISION, Costs, Line
from simulator.costing.prices import (
    CUSTODY_DAY,
    Choices,
    Tables,
    choices_of,
    crime_prices,
    justice_price,
    programme_price,
)
from simulator.model import measures
from simulator.model.states import NO_EFFECT
from simulator.scenario.funding import paid_for_by_year
from simulator.scenario.records import Settings

Array = NDArray[np.float64]


def costs_of(activity: Activity, settings: Settings, tables: Tables, reference: Activity | None = None) -> Costs:
    """The costs of one arm: crimes, the scheme itself, and in explicit costing arrests, courts, custody, supervision.

    Args:
        reference: the comparator's activity; a step-fixed prison cost changes only by whole wings against it.

    Raises DoubleCount for a scenario that would count a pound twice.
    """
    choices = choices_of(settings, tables.crime)
    lines = crime_lines(activity, settings, tables, choices)
    if choices.costing == "explicit":
        lines += justice_lines(activity, tables, choices, reference or activity)
    lines += programme_lines(activity, settings, tables, choices)
    return Costs(activity.arm, tuple(lines))


def crimes_behind(proven: ProvenOffences, kind: str, tables: Tables, choices: Choices) -> Crimes:
    """Crimes in the chosen counting unit."""
    if choices.counting == "proven":
        return as_crimes(proven)
    recorded = recorded_for(proven, tables.appraisal["recorded_per_proven"].value)
    multiplier = tables.crime.multipliers.get(kind)
    return crimes_for(recorded, multiplier.value if multiplier else 1.0)


def proven_at_baseline(activity: Activity, kind: int, detection_ratio: float) -> ProvenOffences:
    """Proven offences of one type by (replication, year), those under the programme at baseline detection."""
    by_effect = activity.offences[..., kind].sum(axis=2)
    free = ProvenOffences(by_effect[..., NO_EFFECT])
    watched = at_baseline_detection(ProvenOffences(by_effect[..., NO_EFFECT + 1 :].sum(axis=2)), detection_ratio)
    return ProvenOffences(free.count + watched.count)


def crime_lines(activity: Activity, settings: Settings, tables: Tables, choices: Choices) -> list[Line]:
    """One line for each offence type."""
    detection = settings.ratio("detection_ratio")
    lines = []
    for number, kind in enumerate(activity.offence_types):
        proven = proven_at_baseline(activity, number, detection)
        crimes = crimes_behind(proven, kind, tables, choices)
        prices = crime_prices(tables.crime.parts[kind], tables, choices)
        lines.append(Line(kind, CRIME, "crimes", crimes.count, prices, kind))
    return lines


def in_whole_wings(years: Array, reference: Array, places: float) -> Array:
    """Person-years in custody where only whole wings open or close against the reference."""
    change = years - reference
    return reference + np.sign(change) * np.floor(np.abs(change) / places) * places


def custody_days(activity: Activity, tables: Tables, choices: Choices, reference: Activity) -> Array:
    """Days in custody to be paid for, by (replication, year)."""
    years = activity.by_year(measures.CUSTODY_YEARS)
    if choices.prison_cost == "step_fixed":
        wing = tables.justice["prison_wing_places"].value
        years = in_whole_wings(years, reference.by_year(measures.CUSTODY_YEARS), wing)
    return years * DAYS_PER_YEAR


def justice_lines(activity: Activity, tables: Tables, choices: Choices, reference: Activity) -> list[Line]:
    """Arrests, court events, custody days and recalls; supervision, in every arm alike."""
    disposals = slice(measures.CUSTODY_DISPOSALS, measures.OTHER_DISPOSALS + 1)

    def line(name: str, section: str, unit: str, quantity: Array, price: str) -> Line:
        return Line(name, section, unit, quantity, justice_price(price, tables, choices))

    return [
        line("arrest", JUSTICE, "arrests", activity.by_year(measures.ARRESTS), "arrest_detained"),
        line("court_event", JUSTICE, "disposals", activity.by_year(disposals), "court_event"),
        line(
            "custody_day",
            JUSTICE,
            "days",
            custody_days(activity, tables, choices, reference),
            CUSTODY_DAY[choices.prison_cost],
        ),
        line("recall", JUSTICE, "recalls", activity.by_year(measures.RECALLS), "recall"),
        line(
            "licence_supervision",
            SUPERVISION,
            "person-years",
            activity.by_year(measures.LICENCE_YEARS),
            "supervision_year_licence",
        ),
        line(
            "community_supervision",
            SUPERVISION,
            "orders of one year",
            activity.by_year(measures.COMMUNITY_DISPOSALS),
            "supervision_year_community",
        ),
    ]


def programme_lines(activity: Activity, settings: Settings, tables: Tables, choices: Choices) -> list[Line]:
    """What the scheme itself costs: offender managers, places and fixed costs while open, and each selection."""
    years = activity.years
    paid = {
        name: np.broadcast_to(units, (activity.replications, years)).astype(np.float64)
        for name, units in paid_for_by_year(settings, years).items()
    }
    paid["selection"] = activity.by_year(measures.SELECTIONS)
    return [
        Line(name, PROGRAMME, tables.programme[name].unit, units, programme_price(name, settings, tables, choices))
        for name, units in paid.items()
    ]
