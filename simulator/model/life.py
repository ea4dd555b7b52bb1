"""One life: what each event changes.

``ring`` is the whole model of a person: engines decide only when to call it, and who gets a free place.
"""

from __future__ import annotations

from typing import Any, Final

from simulator.jit import compiled, inlined, merged
from simulator.model.clocks import NEVER, clock_at, next_date, note_soonest, run_on, stop_all, wind
from simulator.model.hazards import (
    set_all_hazards,
    set_occasion_hazard,
    set_occasion_hazards,
    set_recall_hazard,
    set_spell_hazard,
)
from simulator.model.justice import arrest_ends, occasion, recall, release
from simulator.model.measures import ENTRIES
from simulator.model.scheme import (
    deselect,
    in_line,
    restart_rag,
    select,
    set_fading,
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
    stop_all(person)


@inlined
def next_rag_stage(person: Any, values: Any, now: float) -> None:
    """Amber to green, or green to reactive management."""
    person.rag_stage += 1
    person.as_severe = False
    set_rag_clock(person, values, now)


@inlined
def arrive(person: Any, values: Any, activity: Any, now: float) -> None:
    """Enter the pool, at liberty."""
    person.justice = LIBERTY
    run_on(person, now)
    count(person, activity, ENTRIES, 1.0, now)
    restart_rag(person, values, now)
    set_all_hazards(person, values, now)
    note_soonest(person)


@inlined
def turn_spell(person: Any, values: Any, now: float) -> None:
    """From active to paused, or back."""
    person.active = not person.active
    wind(person, SPELL_TURNS)
    set_spell_hazard(person, values, now)
    set_occasion_hazard(person, now)


@inlined
def end_licence(person: Any, values: Any, now: float) -> None:
    """No longer on licence: nothing to be recalled from."""
    person.licence_until = -NEVER
    set_recall_hazard(person, values, now)


@inlined
def be_recalled(person: Any, values: Any, activity: Any, now: float) -> None:
    """Recall; the next one is drawn when the person is on licence again."""
    wind(person, RECALLED)
    recall(person, values, activity, now)


@inlined
def start_effect(person: Any, now: float) -> None:
    """The delay is over: the programme's ratios are in force."""
    person.effect_started = True
    set_occasion_hazard(person, now)
    note_soonest(person)


@inlined
def end_fading(person: Any, values: Any, now: float) -> None:
    """The effect that outlasted a stay is gone."""
    wind(person, EFFECT_FADES)
    set_fading(person, values, False, now)
    set_occasion_hazard(person, now)
    note_soonest(person)


@inlined
def code_of(clock: int) -> int:
    """The deselection code of a clock that ends a stay."""
    if clock == RAG_TURNS:
        return CODE_1
    if clock == LONGEST_STAY or clock == NO_LONGER_FITS:
        return CODE_6C
    # Codes 2, 3 and 4 have their clocks in the order of the codes.
    return CODE_2 + clock - PATHWAYS_STABILISED


@merged
def change_state(person: Any, clock: int, now: float, group: Any, values: Any, activity: Any) -> None:
    """What the ringing of each clock changes, commonest first."""
    person.dates[clock] = NEVER
    if clock == OCCASION:
        occasion(person, group, values, activity, now)
    elif clock == ARREST_ENDS:
        arrest_ends(person, values, activity, now)
    elif clock == SPELL_TURNS:
        turn_spell(person, values, now)
    elif clock == RAG_TURNS and person.rag_stage < 2:
        next_rag_stage(person, values, now)
    elif clock == RELEASED:
        release(person, values, activity, now)
    elif clock == LICENCE_ENDS:
        end_licence(person, values, now)
    elif clock == RECALLED:
        be_recalled(person, values, activity, now)
    elif clock == EFFECT_FADES:
        end_fading(person, values, now)
    elif clock == EFFECT_STARTS:
        start_effect(person, now)
    elif clock == MOVES_AWAY:
        leave(person, activity, values, CODE_5, now)
    elif clock == DIES:
        leave(person, activity, values, CODE_6B, now)
    elif clock == ARRIVES:
        arrive(person, values, activity, now)
    else:
        if clock < HAZARDS:
            wind(person, clock)
        deselect(person, activity, values, code_of(clock), now)


@merged
def ring(person: Any, clock: int, now: float, group: Any, values: Any, activity: Any) -> int:
    """Let one person's clock ring at ``now``: PLACE_FREED, JOINED_LINE or NOTHING_FOR_OTHERS.

    ``person``, ``group`` (the person's) and ``values`` are records, ``activity`` the array of measures by year, group,
    effect state and measure, which is added to.
    """
    account(person, activity, now)
    managed, waiting = person.scheme == MANAGED, in_line(person)
    change_state(person, clock, now, group, values, activity)
    return meaning_for_others(person, managed, waiting)


@merged
def meaning_for_others(person: Any, managed: bool, waiting: bool) -> int:
    """What an event means for others, after which somebody who was ``managed`` or ``waiting`` in line may be neither."""
    if person.scheme == MANAGED:
        return NOTHING_FOR_OTHERS
    if managed:
        return PLACE_FREED
    if not waiting and in_line(person):
        return JOINED_LINE
    return NOTHING_FOR_OTHERS


@compiled
def next_event(people: Any, place: int) -> tuple[int, float]:
    """The clock of one person that rings first, and when."""
    date = next_date(people[place])
    return clock_at(people[place], date), date


@compiled
def happen(
    people: Any, place: int, clock: int, now: float, groups: Any, values: Any, activity: Any
) -> tuple[int, int, float]:
    """``ring`` one person's clock; what that means for others, and the person's next clock and its date."""
    person = people[place]
    changed = ring(person, clock, now, groups[person.group], values[0], activity)
    clock, date = next_event(people, place)
    return changed, clock, date


@compiled
def take_over(people: Any, place: int, groups: Any, values: Any, now: float) -> None:
    """At t = 0 an arm's own rules take over from the shared history. Rules that do not differ change no bit."""
    person = people[place]
    rates = values[0]
    set_occasion_hazards(person, groups, rates)
    set_rag_clock(person, rates, now)
    set_longest_stay(person, rates, now)
    if rates.fade_out_years <= 0.0:
        person.fading = False
    set_all_hazards(person, rates, now)
    note_soonest(person)


@merged
def be_selected(person: Any, values: Any, activity: Any, now: float) -> None:
    """``give_place`` to somebody at hand."""
    account(person, activity, now)
    select(person, activity, values, now)


@compiled
def give_place(people: Any, place: int, values: Any, activity: Any, now: float) -> None:
    """Select one person at ``now``."""
    be_selected(people[place], values[0], activity, now)


@compiled
def close_case(people: Any, place: int, values: Any, activity: Any, now: float) -> None:
    """Deselect one person because the scheme ends."""
    person = people[place]
    account(person, activity, now)
    deselect(person, activity, values[0], CLOSED, now)
