"""A person enters the model: lifelong attributes, clocks wound, at liberty in the pool or still outside."""

from __future__ import annotations

from typing import Any

from simulator.draws import gamma, two_uniforms, uniform
from simulator.jit import compiled, inlined
from simulator.model.clocks import NEVER, note_soonest, on_grid, run_on, wind_all
from simulator.model.hazards import set_all_hazards, set_occasion_hazards
from simulator.model.justice import draw_luck
from simulator.model.states import (
    ARRIVES,
    FIRST_SPELL,
    FRAILTY,
    LIBERTY,
    OCCASION_PURPOSES,
    OUTSIDE,
    POOL,
    STATUTORY,
)


@inlined
def draw_frailty(person: Any, shape: float) -> float:
    """Gamma(shape, mean 1); exactly 1 where the shape is infinite."""
    if shape == NEVER:
        return 1.0
    return gamma(person.seed, person.replication, person.number, FRAILTY, shape) / shape


@inlined
def draw_attributes(person: Any, statutory_share: float) -> None:
    """Whether statutory, and the position by referral."""
    u, person.referral = two_uniforms(person.seed, person.replication, person.number, STATUTORY, 0, 0)
    person.statutory = u < statutory_share


@inlined
def starts_active(person: Any, ends: float, starts: float) -> bool:
    """Whether in an active spell at first, by the long-run share of time; always where spells never end."""
    if ends == 0.0:
        return True
    return uniform(person.seed, person.replication, person.number, FIRST_SPELL, 0, 0) < starts / (starts + ends)


@inlined
def set_blank(person: Any) -> None:
    """Nothing has happened yet. Records are used again, so every field is set."""
    person.liberty_from = NEVER
    person.years_at_liberty = 0.0
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
    person.recent_offences = 0.0
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
    draw_attributes(person, groups[group].statutory_share)
    person.active = starts_active(person, values.active_spells_end_per_year, values.paused_spells_end_per_year)
    person.scheme = POOL
    set_blank(person)
    draw_luck(person, 1, OCCASION_PURPOSES)
    wind_all(person)
    set_occasion_hazards(person, groups, values)
    if arrives > start:
        person.justice = OUTSIDE
        person.accounted_to = arrives
        person.dates[ARRIVES] = arrives
    else:
        person.justice = LIBERTY
        person.accounted_to = start
        run_on(person, start)
        set_all_hazards(person, values, start)
    note_soonest(person)
