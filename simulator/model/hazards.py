"""The hazards that the present state of a person gives to each hazard clock.

Each is set by the events that may change it. Being at liberty or not changes none of them: clocks that run only there
stand still meanwhile (``clocks.stand_still``).
"""

from __future__ import annotations

from typing import Any

from simulator.draws import exp, log
from simulator.jit import compiled, merged
from simulator.model.clocks import set_hazard
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
def in_effect(person: Any) -> bool:
    """Whether the programme's ratios are in force."""
    return bool((person.scheme == MANAGED and person.effect_started) or person.fading)


@merged
def occasion_hazard(person: Any) -> float:
    """Occasions per year at liberty, as things are now: none in a pause."""
    if not person.active:
        return 0.0
    return float(person.managed_hazard if in_effect(person) else person.free_hazard)


@compiled
def set_occasion_hazard(person: Any, now: float) -> None:
    """Offending: set by whatever changes activity or effect."""
    set_hazard(person, OCCASION, occasion_hazard(person), now)


@merged
def set_recall_hazard(person: Any, values: Any, now: float) -> None:
    """Recall, for somebody at liberty: only while on licence."""
    set_hazard(person, RECALLED, values.recalls_per_year if person.licence_until > now else 0.0, now)


@merged
def set_spell_hazard(person: Any, values: Any, now: float) -> None:
    """The turn of a spell, in or out of custody."""
    ends = values.active_spells_end_per_year if person.active else values.paused_spells_end_per_year
    set_hazard(person, SPELL_TURNS, ends, now)


@compiled
def set_deselection_hazards(person: Any, values: Any, now: float) -> None:
    """Codes 2, 3, 4 and 6C run for the managed while at liberty, codes 3 and 4 for those there of their own will."""
    managed = person.scheme == MANAGED
    voluntary = managed and not person.statutory
    set_hazard(person, PATHWAYS_STABILISED, values.pathways_stabilised_per_year if managed else 0.0, now)
    set_hazard(person, NOT_ENGAGED_QUIET, values.not_engaged_quiet_per_year if voluntary else 0.0, now)
    set_hazard(person, NOT_ENGAGED_ACTIVE, values.not_engaged_active_per_year if voluntary else 0.0, now)
    set_hazard(person, NO_LONGER_FITS, values.no_longer_fits_per_year if managed else 0.0, now)


@compiled
def set_fading_hazard(person: Any, values: Any, now: float) -> None:
    """An effect that outlasts a stay ends after an exponential time."""
    set_hazard(person, EFFECT_FADES, 1.0 / values.fade_out_years if person.fading else 0.0, now)


@compiled
def set_all_hazards(person: Any, values: Any, now: float) -> None:
    """Every hazard as the present state has it: at birth, on arrival, and when an arm's rules take over.

    That of recall away from liberty is set on the return to it.
    """
    if person.justice == LEFT or person.justice == OUTSIDE:
        return
    set_occasion_hazard(person, now)
    set_hazard(person, MOVES_AWAY, values.moves_away_per_year, now)
    set_hazard(person, DIES, values.deaths_per_year, now)
    set_spell_hazard(person, values, now)
    set_deselection_hazards(person, values, now)
    set_fading_hazard(person, values, now)
    if person.justice == LIBERTY:
        set_recall_hazard(person, values, now)
