"""One life: what each event changes.

``happen`` is the whole model of a person: engines decide only when to call it, and who gets a free place.
"""

from __future__ import annotations

from typing import Any, Final

from simulator.jit import compiled
from simulator.model.clocks import NEVER, next_clock, stop_all, wind
from simulator.model.hazards import set_hazards, set_occasion_hazards
from simulator.model.justice import arrest_ends, occasion, recall, release
from simulator.model.measures import ENTRIES
from simulator.model.scheme import (
    deselect,
    in_line,
    restart_rag,
    select,
    set_longest_stay,
    set_rag_clock,
)
from simulator.model.states import (
    ARREST_ENDS,
    ARRIVES,
    CLOSED,
    CODE_1,
    CODE_2,
    CODE_5,
    CODE_6B,
    CODE_6C,
    DIES,
    EFFECT_FADES,
    EFFECT_STARTS,
    HAZARDS,
    LEFT,
    LIBERTY,
    LICENCE_ENDS,
    LONGEST_STAY,
    MANAGED,
    MOVES_AWAY,
    NO_LONGER_FITS,
    OCCASION,
    PATHWAYS_STABILISED,
    RAG_TURNS,
    RECALLED,
    RELEASED,
    SPELL_TURNS,
)
from simulator.model.tally import account, count

# What an event of one person means for the others.
NOTHING_FOR_OTHERS: Final = 0
JOINED_LINE: Final = 1
PLACE_FREED: Final = 2


@compiled
def leave(person: Any, activity: Any, values: Any, code: int, now: float) -> None:
    """Moved away, deported or dead: out of the scheme and out of every clock."""
    if person.scheme == MANAGED:
        deselect(person, activity, values, code, now)
    person.fading = False
    person.justice = LEFT
    stop_all(person, now)


@compiled
def rag_turns(person: Any, activity: Any, values: Any, now: float) -> None:
    """Amber to green, green to reactive management, and from there to deselection under code 1."""
    if person.rag_stage == 2:
        deselect(person, activity, values, CODE_1, now)
    else:
        person.rag_stage += 1
        person.as_severe = False
        set_rag_clock(person, values, now)


@compiled
def next_event(people: Any, place: int) -> tuple[int, float]:
    """The clock of one person that rings first, and when."""
    clock = next_clock(people[place])
    return clock, people[place].dates[clock]


@compiled
def happen(people: Any, place: int, clock: int, now: float, groups: Any, values: Any, activity: Any) -> int:
    """Let one person's clock ring at ``now``: PLACE_FREED, JOINED_LINE or NOTHING_FOR_OTHERS.

    ``people`` and ``groups`` are records, ``values`` one Values record, ``activity`` the array of measures by year,
    group, effect state and measure, which is added to.
    """
    person = people[place]
    rates = values[0]
    account(person, activity, now)
    was_managed = person.scheme == MANAGED
    was_in_line = in_line(person)
    if clock < HAZARDS:
        wind(person, clock, now)
    else:
        person.dates[clock] = NEVER
    if clock == OCCASION:
        occasion(person, groups, rates, activity, now)
    elif clock == ARREST_ENDS:
        arrest_ends(person, rates, activity, now)
    elif clock == RELEASED:
        release(person, rates, activity, now)
    elif clock == RAG_TURNS:
        rag_turns(person, activity, rates, now)
    elif clock == SPELL_TURNS:
        person.active = not person.active
    elif clock == LICENCE_ENDS:
        person.licence_until = -NEVER
    elif clock == RECALLED:
        recall(person, rates, activity, now)
    elif clock == EFFECT_FADES:
        person.fading = False
    elif clock == EFFECT_STARTS:
        person.effect_started = True
    elif clock == MOVES_AWAY:
        leave(person, activity, rates, CODE_5, now)
    elif clock == DIES:
        leave(person, activity, rates, CODE_6B, now)
    elif clock == ARRIVES:
        person.justice = LIBERTY
        count(person, activity, ENTRIES, 1.0, now)
        restart_rag(person, rates, now)
    elif clock == LONGEST_STAY or clock == NO_LONGER_FITS:
        deselect(person, activity, rates, CODE_6C, now)
    else:
        # Codes 2, 3 and 4 have their clocks in the order of the codes.
        deselect(person, activity, rates, CODE_2 + clock - PATHWAYS_STABILISED, now)
    set_hazards(person, rates, now)
    if was_managed and person.scheme != MANAGED:
        return PLACE_FREED
    if not was_in_line and in_line(person):
        return JOINED_LINE
    return NOTHING_FOR_OTHERS


@compiled
def take_over(people: Any, place: int, groups: Any, values: Any, now: float) -> None:
    """At t = 0 an arm's own rules take over from the shared history. Rules that do not differ change no bit."""
    person = people[place]
    set_occasion_hazards(person, groups, values[0])
    set_rag_clock(person, values[0], now)
    set_longest_stay(person, values[0], now)
    set_hazards(person, values[0], now)


@compiled
def give_place(people: Any, place: int, values: Any, activity: Any, now: float) -> None:
    """Select one person at ``now``."""
    person = people[place]
    account(person, activity, now)
    select(person, activity, values[0], now)
    set_hazards(person, values[0], now)


@compiled
def close_case(people: Any, place: int, values: Any, activity: Any, now: float) -> None:
    """Deselect one person because the scheme ends."""
    person = people[place]
    account(person, activity, now)
    deselect(person, activity, values[0], CLOSED, now)
    set_hazards(person, values[0], now)
