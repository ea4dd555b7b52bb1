"""A person enters the model: lifelong attributes, clocks wound, at liberty in the pool or still outside."""

from __future__ import annotations

from typing import Any

from simulator.draws import gamma, uniform
from simulator.jit import compiled
from simulator.model.clocks import NEVER, on_grid, stop_all, wind
from simulator.model.hazards import set_hazards, set_occasion_hazards
from simulator.model.states import (
    ARRIVES,
    FIRST_SPELL,
    FRAILTY,
    HAZARDS,
    LIBERTY,
    OUTSIDE,
    POOL,
    REFERRAL,
    STATUTORY,
)


@compiled
def draw_frailty(person: Any, shape: float) -> float:
    """Gamma(shape, mean 1); exactly 1 where the shape is infinite."""
    if shape == NEVER:
        return 1.0
    return gamma(person.seed, person.replication, person.number, FRAILTY, shape) / shape


@compiled
def draw_for_life(person: Any, purpose: int) -> float:
    """The one uniform of a lifelong attribute."""
    return uniform(person.seed, person.replication, person.number, purpose, 0, 0)


@compiled
def set_blank(person: Any) -> None:
    """Nothing has happened yet. Records are used again, so every field is set."""
    person.licence_until = -NEVER
    person.barred = False
    person.occasions = 0
    person.offences = 0
    person.severity = 0
    person.custody_chance = 0.0
    person.sentence_years = 0.0
    person.counted_year = -1
    person.counted = False
    person.eligible_since = NEVER
    person.recent_arrests = 0.0
    person.calm_since = 0.0
    person.rag_stage = 0
    person.as_severe = False
    person.selected_at = 0.0
    person.code = -1
    person.effect_started = False
    person.fading = False


@compiled
def be_born(
    people: Any,
    place: int,
    group: int,
    seed: int,
    replication: int,
    groups: Any,
    values_of: Any,
    arrives: float,
) -> None:
    """Fill a zeroed record: at liberty in the pool at the start of history, or outside until ``arrives``."""
    person = people[place]
    values = values_of[0]
    start = on_grid(-values.history_years)
    person.number = place
    person.seed = seed
    person.replication = replication
    person.group = group
    person.frailty = draw_frailty(person, values.frailty_shape)
    person.statutory = draw_for_life(person, STATUTORY) < groups[group].statutory_share
    person.referral = draw_for_life(person, REFERRAL)
    ends, starts = values.active_spells_end_per_year, values.paused_spells_end_per_year
    person.active = ends == 0.0 or draw_for_life(person, FIRST_SPELL) < starts / (starts + ends)
    person.scheme = POOL
    set_blank(person)
    for clock in range(HAZARDS):
        person.rings[clock] = 0.0
        wind(person, clock, start)
    stop_all(person, start)
    set_occasion_hazards(person, groups, values)
    if arrives > start:
        person.justice = OUTSIDE
        person.accounted_to = arrives
        person.dates[ARRIVES] = arrives
    else:
        person.justice = LIBERTY
        person.accounted_to = start
        set_hazards(person, values, start)
