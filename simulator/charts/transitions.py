"""Which state can follow which, and what makes it: a fact about the rules, kept here and held against watched lives.

A person's state has five parts, which change side by side. Names are those of ``model.states``. Two parts are told apart
further than there: liberty on licence, as person-years are, and an effect that has not started yet. Leaving the scheme ends
a RAG status whatever it was, so the ways out stand under the scheme state alone.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from simulator.model.states import (
    AMBER,
    AMBER_PLUS,
    ARREST,
    ARREST_ENDS,
    ARRIVES,
    BLUE,
    CLOCKS,
    CUSTODY,
    DESELECTED,
    DIES,
    EFFECT_FADES,
    EFFECT_STARTS,
    EVENTS,
    GREEN,
    HAZARDS,
    JUSTICE_STATES,
    LEFT,
    LIBERTY,
    LICENCE_ENDS,
    LONGEST_STAY,
    MANAGED,
    MOVES_AWAY,
    NO_LONGER_FITS,
    NOT_ENGAGED_ACTIVE,
    NOT_ENGAGED_QUIET,
    OCCASION,
    OUTSIDE,
    PATHWAYS_STABILISED,
    POOL,
    RAG_STATUSES,
    RAG_TURNS,
    REACTIVE_MANAGEMENT,
    RECALLED,
    RED,
    RELEASED,
    SCHEME_CLOSES,
    SCHEME_STATES,
    SELECTED,
    SPELL_TURNS,
)

JUSTICE, SCHEME, RAG, EFFECT, SPELL = "justice state", "scheme state", "RAG status", "effect", "spell of activity"

ON_LICENCE: Final = f"{JUSTICE_STATES[LIBERTY]} on licence"
NOT_MANAGED: Final = "not managed"
NO_EFFECT, NOT_STARTED, IN_FORCE, FADING = "none", "not started yet", "in force", "fading"
ACTIVE, PAUSED = "active", "paused"

STATES: Final = {
    JUSTICE: (*JUSTICE_STATES[:1], ON_LICENCE, *JUSTICE_STATES[1:]),
    SCHEME: SCHEME_STATES,
    RAG: (NOT_MANAGED, *RAG_STATUSES),
    EFFECT: (NO_EFFECT, NOT_STARTED, IN_FORCE, FADING),
    SPELL: (ACTIVE, PAUSED),
}

# An arrest ends a stay where the sentence is over five years; RAG turns does after the assessment period.
STAYS_END_HERE: Final = (
    PATHWAYS_STABILISED,
    NOT_ENGAGED_QUIET,
    NOT_ENGAGED_ACTIVE,
    NO_LONGER_FITS,
    ARREST_ENDS,
    RAG_TURNS,
    LONGEST_STAY,
    SCHEME_CLOSES,
)
LEAVES: Final = (MOVES_AWAY, DIES)
STAY_ENDS: Final = (*LEAVES, *STAYS_END_HERE)


class Transition(NamedTuple):
    """One step within one part of the state, and the events that make it: any one of them."""

    part: str
    before: str
    after: str
    events: tuple[int, ...]


def among_justice(before: int, after: int, *events: int) -> Transition:
    """A step between justice states."""
    return Transition(JUSTICE, JUSTICE_STATES[before], JUSTICE_STATES[after], events)


def among_rag(before: int, after: int, event: int) -> Transition:
    """A step between RAG statuses."""
    return Transition(RAG, RAG_STATUSES[before], RAG_STATUSES[after], (event,))


TRANSITIONS: Final = (
    among_justice(OUTSIDE, LIBERTY, ARRIVES),
    among_justice(LIBERTY, ARREST, OCCASION),
    Transition(JUSTICE, ON_LICENCE, JUSTICE_STATES[ARREST], (OCCASION,)),
    among_justice(ARREST, LIBERTY, ARREST_ENDS),
    Transition(JUSTICE, JUSTICE_STATES[ARREST], ON_LICENCE, (ARREST_ENDS,)),
    among_justice(ARREST, CUSTODY, ARREST_ENDS),
    among_justice(CUSTODY, LIBERTY, RELEASED),
    Transition(JUSTICE, JUSTICE_STATES[CUSTODY], ON_LICENCE, (RELEASED,)),
    Transition(JUSTICE, ON_LICENCE, JUSTICE_STATES[CUSTODY], (RECALLED,)),
    Transition(JUSTICE, ON_LICENCE, JUSTICE_STATES[LIBERTY], (LICENCE_ENDS,)),
    among_justice(LIBERTY, LEFT, *LEAVES),
    Transition(JUSTICE, ON_LICENCE, JUSTICE_STATES[LEFT], LEAVES),
    among_justice(ARREST, LEFT, DIES),
    among_justice(CUSTODY, LEFT, DIES),
    Transition(SCHEME, SCHEME_STATES[POOL], SCHEME_STATES[MANAGED], (SELECTED,)),
    Transition(SCHEME, SCHEME_STATES[MANAGED], SCHEME_STATES[DESELECTED], STAY_ENDS),
    Transition(SCHEME, SCHEME_STATES[DESELECTED], SCHEME_STATES[MANAGED], (SELECTED,)),
    *(Transition(RAG, NOT_MANAGED, RAG_STATUSES[status], (SELECTED,)) for status in (BLUE, RED, AMBER)),
    *(among_rag(status, RED, OCCASION) for status in (AMBER_PLUS, AMBER, GREEN, REACTIVE_MANAGEMENT)),
    *(among_rag(status, BLUE, RECALLED) for status in (AMBER_PLUS, AMBER, GREEN, REACTIVE_MANAGEMENT)),
    *(among_rag(RED, status, ARREST_ENDS) for status in (BLUE, AMBER_PLUS, AMBER)),
    *(among_rag(BLUE, status, RELEASED) for status in (AMBER_PLUS, AMBER)),
    *(among_rag(status, GREEN, RAG_TURNS) for status in (AMBER_PLUS, AMBER)),
    among_rag(GREEN, REACTIVE_MANAGEMENT, RAG_TURNS),
    Transition(EFFECT, NO_EFFECT, NOT_STARTED, (SELECTED,)),
    Transition(EFFECT, NO_EFFECT, IN_FORCE, (SELECTED,)),
    Transition(EFFECT, NOT_STARTED, IN_FORCE, (EFFECT_STARTS,)),
    Transition(EFFECT, NOT_STARTED, NO_EFFECT, STAY_ENDS),
    Transition(EFFECT, IN_FORCE, NO_EFFECT, STAY_ENDS),
    Transition(EFFECT, IN_FORCE, FADING, STAYS_END_HERE),
    Transition(EFFECT, FADING, NO_EFFECT, (EFFECT_FADES, *LEAVES)),
    Transition(EFFECT, FADING, IN_FORCE, (SELECTED,)),
    Transition(SPELL, ACTIVE, PAUSED, (SPELL_TURNS,)),
    Transition(SPELL, PAUSED, ACTIVE, (SPELL_TURNS,)),
)


def kind_of_clock(event: int) -> str:
    """What makes an event happen: a hazard, a date, or the scheme."""
    if event < HAZARDS:
        return "hazard clock"
    return "fixed clock" if event < CLOCKS else "done by the scheme"


def event_words(events: tuple[int, ...]) -> str:
    """What makes a step, in a few words: the many ways in which a stay ends are listed once, under the scheme state."""
    if set(events) == set(STAY_ENDS):
        return "the stay ends"
    if set(events) == set(STAYS_END_HERE):
        return "the stay ends, still in the area"
    return ", ".join(EVENTS[event] for event in events)
