"""The hazards that the present state of a person gives to each hazard clock."""

from __future__ import annotations

from typing import Any

from simulator.draws import exp, log
from simulator.jit import compiled
from simulator.model.clocks import set_hazard
from simulator.model.scheme import in_effect
from simulator.model.states import (
    DIES,
    EFFECT_FADES,
    LEFT,
    LIBERTY,
    MANAGED,
    MOVES_AWAY,
    NO_LONGER_FITS,
    NOT_ENGAGED_ACTIVE,
    NOT_ENGAGED_QUIET,
    OCCASION,
    OUTSIDE,
    PATHWAYS_STABILISED,
    RECALLED,
    SPELL_TURNS,
)


@compiled
def set_occasion_hazards(person: Any, groups: Any, values: Any) -> None:
    """Occasions per year at liberty while active: rate x frailty x group ratio, and the same under the programme.

    A frailty exponent a turns the programme's hazard into rate x ratio x frailty^a.
    """
    hazard = values.occasions_per_year * person.frailty * groups[person.group].rate_ratio
    person.free_hazard = hazard
    person.managed_hazard = hazard * values.occasions_ratio
    if values.frailty_exponent != 1.0:
        person.managed_hazard *= exp((values.frailty_exponent - 1.0) * log(person.frailty))


@compiled
def set_hazards(person: Any, values: Any, now: float) -> None:
    """Every hazard as the present state has it. Called after every event; an unchanged hazard changes no bit."""
    gone = person.justice == LEFT or person.justice == OUTSIDE
    free = person.justice == LIBERTY
    occasions = 0.0
    if free and person.active:
        occasions = person.managed_hazard if in_effect(person) else person.free_hazard
    set_hazard(person, OCCASION, occasions, now)
    set_hazard(person, MOVES_AWAY, values.moves_away_per_year if free else 0.0, now)
    set_hazard(person, DIES, 0.0 if gone else values.deaths_per_year, now)
    on_licence = free and person.licence_until > now
    set_hazard(person, RECALLED, values.recalls_per_year if on_licence else 0.0, now)
    spell = values.active_spells_end_per_year if person.active else values.paused_spells_end_per_year
    set_hazard(person, SPELL_TURNS, 0.0 if gone else spell, now)
    met = free and person.scheme == MANAGED
    voluntary = met and not person.statutory
    set_hazard(person, PATHWAYS_STABILISED, values.pathways_stabilised_per_year if met else 0.0, now)
    set_hazard(person, NOT_ENGAGED_QUIET, values.not_engaged_quiet_per_year if voluntary else 0.0, now)
    set_hazard(person, NOT_ENGAGED_ACTIVE, values.not_engaged_active_per_year if voluntary else 0.0, now)
    set_hazard(person, NO_LONGER_FITS, values.no_longer_fits_per_year if met else 0.0, now)
    fades = person.fading and not gone and values.fade_out_years > 0.0
    set_hazard(person, EFFECT_FADES, 1.0 / values.fade_out_years if fades else 0.0, now)
