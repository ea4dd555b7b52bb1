"""The hazards that the present state of a person gives to each hazard clock."""

from __future__ import annotations

from typing import Any

from simulator.draws import exp, log
from simulator.jit import compiled, merged
from simulator.model.clocks import set_hazard
from simulator.model.scheme import in_effect, set_fading_hazard
from simulator.model.states import (
    DIES,
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


@merged
def set_liberty_hazards(person: Any, values: Any, now: float) -> None:
    """What happens only at liberty: offending, moving away, and recall while on licence."""
    free = person.justice == LIBERTY
    occasions = 0.0
    if free and person.active:
        occasions = person.managed_hazard if in_effect(person) else person.free_hazard
    set_hazard(person, OCCASION, occasions, now)
    set_hazard(person, MOVES_AWAY, values.moves_away_per_year if free else 0.0, now)
    on_licence = free and person.licence_until > now
    set_hazard(person, RECALLED, values.recalls_per_year if on_licence else 0.0, now)


@compiled
def set_lifelong_hazards(person: Any, values: Any, now: float) -> None:
    """What may happen in or out of custody: death, and the turn of a spell."""
    here = person.justice != LEFT and person.justice != OUTSIDE
    set_hazard(person, DIES, values.deaths_per_year if here else 0.0, now)
    spell = values.active_spells_end_per_year if person.active else values.paused_spells_end_per_year
    set_hazard(person, SPELL_TURNS, spell if here else 0.0, now)


@compiled
def set_deselection_hazards(person: Any, values: Any, now: float) -> None:
    """Codes 2, 3, 4 and 6C run while managed at liberty, codes 3 and 4 for those there of their own will."""
    met = bool(person.met)
    voluntary = met and not person.statutory
    set_hazard(person, PATHWAYS_STABILISED, values.pathways_stabilised_per_year if met else 0.0, now)
    set_hazard(person, NOT_ENGAGED_QUIET, values.not_engaged_quiet_per_year if voluntary else 0.0, now)
    set_hazard(person, NOT_ENGAGED_ACTIVE, values.not_engaged_active_per_year if voluntary else 0.0, now)
    set_hazard(person, NO_LONGER_FITS, values.no_longer_fits_per_year if met else 0.0, now)


@compiled
def set_hazards(person: Any, values: Any, now: float) -> None:
    """The hazards that depend on justice and scheme state, as they are now. An unchanged hazard changes no bit."""
    set_liberty_hazards(person, values, now)
    met = person.justice == LIBERTY and person.scheme == MANAGED
    if met != person.met:
        person.met = met
        set_deselection_hazards(person, values, now)


@compiled
def set_all_hazards(person: Any, values: Any, now: float) -> None:
    """Every hazard as the present state has it: at birth, on arrival, and when an arm's rules take over."""
    set_hazards(person, values, now)
    set_deselection_hazards(person, values, now)
    set_lifelong_hazards(person, values, now)
    set_fading_hazard(person, values, now)
