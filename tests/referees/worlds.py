"""Small worlds built directly from plain numbers, in which everything not asked for is switched off."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator import engine_compiled
from simulator.activity import Activity, Event
from simulator.jit import COMPILED
from simulator.model import measures
from simulator.model.person import Person
from simulator.model.pool import people_at_start
from simulator.model.rates import Group, Places, Rates, Values
from simulator.model.records import filled, get

Array = NDArray[np.float64]

MONTH = 1.0 / 12.0
TICK = 2.0**-30

# One occasion a year at liberty, one offence each, no custody, no day of arrest, nobody leaves, no scheme.
QUIET: dict[str, Any] = {
    "occasions_per_year": 1.0,
    "frailty_shape": math.inf,
    "offences_per_occasion": 1.0,
    "community_chance": 0.5,
    "served_share": 0.5,
    "recall_years": 28 / 365.25,
    "offence_types": 1,
    "severity_tier": [2.0],
    "sentence_bands": 1,
    "sentence_band_share": [1.0],
    "sentence_from_years": [1.0],
    "sentence_to_years": [1.0],
    "rule": 1,
    "reselection": 1,
    "green_years": MONTH,
    "reactive_years": 4 * MONTH,
    "desistance_years": 7 * MONTH,
    "longest_stay_years": math.inf,
    "occasions_ratio": 1.0,
    "offences_per_occasion_ratio": 1.0,
    "custody_ratio": 1.0,
    "frailty_exponent": 1.0,
}

# Everything happens, and often.
BUSY: dict[str, Any] = {
    **QUIET,
    "occasions_per_year": 3.0,
    "frailty_shape": 1.5,
    "offences_per_occasion": 1.8,
    "first_custody_chance": 0.3,
    "later_custody_chance": 0.5,
    "arrest_years": 1 / 365.25,
    "recalls_per_year": 0.6,
    "active_spells_end_per_year": 0.5,
    "paused_spells_end_per_year": 0.7,
    "moves_away_per_year": 0.02,
    "deaths_per_year": 0.02,
    "offence_types": 3,
    "severity_tier": [1.0, 2.0, 3.0],
    "sentence_bands": 2,
    "sentence_band_share": [0.9, 1.0],
    "sentence_from_years": [0.1, 1.0],
    "sentence_to_years": [1.0, 8.0],
    "rule": 0,
    "pathways_stabilised_per_year": 0.3,
    "not_engaged_quiet_per_year": 0.8,
    "not_engaged_active_per_year": 0.5,
    "no_longer_fits_per_year": 0.2,
    "occasions_ratio": 0.6,
    "offences_per_occasion_ratio": 0.7,
    "custody_ratio": 0.6,
    "start_delay_years": 0.1,
    "fade_out_years": 0.5,
    "longest_stay_years": 2.0,
}

# A calm person is never deselected for it within a test.
NEVER_CALM: dict[str, Any] = {"green_years": 1e4, "reactive_years": 2e4, "desistance_years": 3e4}


def sized(full: int, small: int) -> int:
    """``full`` where rules are compiled; ``small`` where they run as plain Python, as for the broken rules."""
    return full if COMPILED else small


def group(people: int, **changes: Any) -> dict[str, Any]:
    """One cohort group of average, voluntary people with one type of offence."""
    mix = [1.0]
    return {"people": people, "rate_ratio": 1.0, "statutory_share": 0.0, "offence_mix": mix, **changes}


def alone(people: int, **changes: Any) -> list[dict[str, Any]]:
    """Every person a group, so that the array of activity holds each person's own figures."""
    return [group(1, **changes) for _ in range(people)]


def always(places: int) -> tuple[Places, ...]:
    """So many places from t = 0 on."""
    return (Places(0.0, places, False),)


def world(
    groups: int | list[dict[str, Any]],
    schedule: Sequence[Places] = (),
    history_schedule: Sequence[Places] = (),
    base: dict[str, Any] = QUIET,
    history: dict[str, Any] | None = None,
    **changes: Any,
) -> Rates:
    """One arm: ``base`` with ``changes``; before t = 0 with those of ``history`` on top."""
    rows = [group(groups)] if isinstance(groups, int) else groups
    values = {**base, **changes}
    before = {**values, **(history or {})}
    if isinstance(groups, int) and values["offence_types"] > 1:
        kinds = values["offence_types"]
        rows[0]["offence_mix"] = [(kind + 1.0) / kinds for kind in range(kinds)]
    return Rates(
        "arm",
        filled(Values, [values]),
        filled(Values, [before]),
        filled(Group, rows),
        tuple(schedule),
        tuple(history_schedule),
        float(before.get("history_years", 0.0)),
        tuple(f"group {n}" for n in range(len(rows))),
        tuple(f"type {n}" for n in range(values["offence_types"])),
    )


def activity(rates: Rates, years: int, seed: int = 1, replications: int = 1, first: int = 0) -> Activity:
    """What happened in one arm."""
    return engine_compiled.run([rates], years, seed, first, replications)[0]


def each(rates: Rates, years: int, measure: int | slice, seed: int = 1, from_year: int = 0) -> Array:
    """A measure by group (by person in a world of people ``alone``) from a year on, one replication."""
    totals = activity(rates, years, seed).totals[0, from_year:, :, :, measure]
    return np.asarray(totals.reshape(totals.shape[0], totals.shape[1], -1).sum(axis=(0, 2)))


def log_of(rates: Rates, years: int, seed: int = 1, replication: int = 0) -> list[Event]:
    """Every event, history first."""
    return engine_compiled.event_log(rates, years, seed, replication)


def born(rates: Rates, years: int, name: str, seed: int = 1, replication: int = 0) -> list[Any]:
    """One lifelong attribute of everybody who will ever be in the pool."""
    people = people_at_start(rates, years, seed, replication)
    assert name in Person.__annotations__
    return [get(people, place, name) for place in range(len(people))]


def z_of(sample: Any, expected: float) -> float:
    """Standard errors between the mean of independent observations and what theory expects."""
    values = np.asarray(sample, float)
    return float((values.mean() - expected) / (values.std(ddof=1) / math.sqrt(len(values))))


def z_of_share(count: Any, trials: float, chance: float) -> float:
    """Standard errors between a count of successes and a chance."""
    return float(count - trials * chance) / math.sqrt(trials * chance * (1.0 - chance))


def z_of_variance(sample: Any, expected: float) -> float:
    """Standard errors between a sample variance and what theory expects, by the fourth moment."""
    squares = (np.asarray(sample, float) - np.mean(sample)) ** 2
    return z_of(squares, expected)


ARRESTS = measures.ARRESTS
OFFENCES = slice(measures.OFFENCES_FROM, None)
