"""The scheme's rules: who is in line, who is selected, RAG, deselection and the fading of the effect."""

from __future__ import annotations

from typing import Any

from simulator.draws import exp
from simulator.jit import compiled, inlined
from simulator.model.clocks import NEVER, note_soonest, on_grid, wind
from simulator.model.hazards import set_deselection_hazards, set_fading_hazard, set_occasion_hazard
from simulator.model.measures import DESELECTIONS, SELECTIONS
from simulator.model.states import (
    BY_RECENT_ARRESTS,
    BY_RECENT_OFFENCES,
    BY_REFERRAL,
    DESELECTED,
    EFFECT_FADES,
    EFFECT_STARTS,
    LEFT,
    LIBERTY,
    LONGEST_STAY,
    MANAGED,
    OUTSIDE,
    RAG_TURNS,
)
from simulator.model.tally import count


@compiled
def in_line(person: Any) -> bool:
    """Eligible for a place: an arrest on record (since any earlier deselection), not barred, not gone."""
    # Without stopping early, because a processor guesses badly where to stop.
    return bool(
        (person.scheme != MANAGED)
        & (person.eligible_since < NEVER)
        & (person.barred == 0)
        & (person.justice != LEFT)
        & (person.justice != OUTSIDE)
    )


@compiled
def standing_in_line(person: Any, rule: int) -> float:
    """Higher goes first. None of these changes while a person waits, except at that person's own arrest."""
    if rule == BY_RECENT_ARRESTS:
        return float(person.recent_arrests)
    if rule == BY_REFERRAL:
        return float(person.referral)
    if rule == BY_RECENT_OFFENCES:
        return float(person.recent_offences)
    return float(-person.eligible_since)


@compiled
def goes_before(one: Any, other: Any, groups: Any, values: Any) -> bool:
    """Whether one eligible person is selected before another: priority, rule, waiting time, then number."""
    if values.by_priority:
        here = groups[one.group].priority
        there = groups[other.group].priority
        if here != there:
            return bool(here < there)
    here_standing = standing_in_line(one, values.rule)
    there_standing = standing_in_line(other, values.rule)
    if here_standing != there_standing:
        return here_standing > there_standing
    if one.eligible_since != other.eligible_since:
        return bool(one.eligible_since < other.eligible_since)
    return bool(one.number < other.number)


@compiled
def first_in_line(people: Any, groups: Any, values: Any) -> int:
    """Index of the eligible person to be selected next, -1 where the line is empty."""
    first = -1
    for place in range(len(people)):
        if in_line(people[place]) and (first < 0 or goes_before(people[place], people[first], groups, values[0])):
            first = place
    return first


@inlined
def note_arrest(person: Any, values: Any, now: float) -> None:
    """An arrest raises the person in line and, where re-selection is allowed, brings the deselected back into it.

    The count of recent arrests is weighted exp(-age / 1 year). Two people's order changes only at an arrest, so the sum
    of exp(date) serves as a key that need not be aged.
    """
    weight = exp(now)
    person.recent_arrests += weight
    person.recent_offences += weight * person.offences
    if person.scheme == MANAGED or person.eligible_since < NEVER:
        return
    if person.scheme == DESELECTED and not values.reselection:
        return
    person.eligible_since = now


@inlined
def rag_threshold(stage: int, values: Any) -> float:
    """Years at liberty without arrest at which this RAG stage ends."""
    if stage == 0:
        return float(values.green_years)
    if stage == 1:
        return float(values.reactive_years)
    return float(values.desistance_years)


@compiled
def set_rag_clock(person: Any, values: Any, now: float) -> None:
    """Date the end of the present RAG stage; the clock stands still unless managed and at liberty."""
    if person.scheme == MANAGED and person.justice == LIBERTY:
        due = on_grid(person.calm_since + rag_threshold(person.rag_stage, values))
        person.dates[RAG_TURNS] = max(due, now)
    else:
        person.dates[RAG_TURNS] = NEVER


@compiled
def restart_rag(person: Any, values: Any, now: float) -> None:
    """Selection, arrest and release start the count of calm months afresh."""
    person.calm_since = now
    person.rag_stage = 0
    set_rag_clock(person, values, now)


@compiled
def set_longest_stay(person: Any, values: Any, now: float) -> None:
    """Date the end of the longest stay, in calendar time since selection."""
    if person.scheme == MANAGED:
        due = person.selected_at + values.longest_stay_years
        person.dates[LONGEST_STAY] = max(on_grid(due), now) if due < NEVER else NEVER
    else:
        person.dates[LONGEST_STAY] = NEVER


@compiled
def set_fading(person: Any, values: Any, fading: bool, now: float) -> None:
    """Start or stop the fading of the effect."""
    if fading != person.fading:
        person.fading = fading
        set_fading_hazard(person, values, now)


@inlined
def select(person: Any, activity: Any, values: Any, now: float) -> None:
    """Give a place. A pending fade-out is discarded: an effect still in force stays in force."""
    carried = person.fading
    set_fading(person, values, False, now)
    person.scheme = MANAGED
    person.selected_at = now
    person.eligible_since = NEVER
    person.effect_started = carried or values.start_delay_years <= 0.0
    person.dates[EFFECT_STARTS] = NEVER if person.effect_started else on_grid(now + values.start_delay_years)
    if person.justice == LIBERTY:
        person.as_severe = False
    restart_rag(person, values, now)
    set_longest_stay(person, values, now)
    set_occasion_hazard(person, now)
    set_deselection_hazards(person, values, now)
    note_soonest(person)
    count(person, activity, SELECTIONS, 1.0, now)


@compiled
def deselect(person: Any, activity: Any, values: Any, code: int, now: float) -> None:
    """End a stay under a deselection code; an effect in force starts to fade."""
    count(person, activity, DESELECTIONS + code, 1.0, now)
    person.scheme = DESELECTED
    person.code = code
    person.dates[RAG_TURNS] = NEVER
    person.dates[LONGEST_STAY] = NEVER
    person.dates[EFFECT_STARTS] = NEVER
    if person.effect_started:
        wind(person, EFFECT_FADES)
        set_fading(person, values, values.fade_out_years > 0.0, now)
    person.effect_started = False
    set_occasion_hazard(person, now)
    set_deselection_hazards(person, values, now)
    note_soonest(person)
