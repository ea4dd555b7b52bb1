"""Counting: person-time and occurrences into the array of activity, year x group x effect state x measure."""

from __future__ import annotations

from typing import Any

from simulator.jit import compiled, inlined, merged
from simulator.model.measures import (
    ARREST_YEARS,
    CUSTODY_YEARS,
    LEFT_YEARS,
    LIBERTY_YEARS,
    LICENCE_YEARS,
    PEOPLE_OFFENDING,
    PEOPLE_OFFENDING_IN_YEAR,
    RAG_YEARS,
)
from simulator.model.states import (
    AMBER,
    AMBER_PLUS,
    ARREST,
    BLUE,
    CUSTODY,
    FADING,
    GREEN,
    LEFT,
    LIBERTY,
    MANAGED,
    NO_EFFECT,
    OUTSIDE,
    REACTIVE_MANAGEMENT,
    RED,
    UNDER_MANAGEMENT,
)


@compiled
def effect_state(person: Any) -> int:
    """Managed, fading after deselection, or neither."""
    if person.scheme == MANAGED:
        return UNDER_MANAGEMENT
    if person.fading:
        return FADING
    return NO_EFFECT


@compiled
def rag_status(person: Any) -> int:
    """RAG status of a managed person, derived from the other states (Bedfordshire report, "RAG Status")."""
    if person.justice == CUSTODY:
        return BLUE
    if person.justice == ARREST:
        return RED
    if person.rag_stage == 1:
        return GREEN
    if person.rag_stage == 2:
        return REACTIVE_MANAGEMENT
    if person.as_severe:
        return AMBER_PLUS
    return AMBER


@compiled
def justice_measure(person: Any) -> int:
    """The person-years measure of the present justice state."""
    if person.justice == LIBERTY:
        if person.licence_until > person.accounted_to:
            return LICENCE_YEARS
        return LIBERTY_YEARS
    if person.justice == ARREST:
        return ARREST_YEARS
    if person.justice == CUSTODY:
        return CUSTODY_YEARS
    return LEFT_YEARS


@merged
def row_of_group(person: Any, activity: Any) -> int:
    """Where a person is booked: the row of the group, or the only row where groups are not told apart.

    Counts and times add up exactly in any order, so one row holds to the bit what several would add up to.
    """
    return int(person.group) if activity.shape[1] > 1 else 0


@merged
def account(person: Any, activity: Any, now: float) -> None:
    """Book the time since the last event under the states that held; time before t = 0 is not booked."""
    start = person.accounted_to
    if now > 0.0 and now > start and person.justice != OUTSIDE:
        book_time(person, activity, max(start, 0.0), now)
    person.accounted_to = now


@inlined
def book_time(person: Any, activity: Any, start: float, now: float) -> None:
    """Add the years from ``start`` to ``now``, calendar year by calendar year, under the present states."""
    measure = justice_measure(person)
    state = effect_state(person)
    rag = RAG_YEARS + rag_status(person) if state == UNDER_MANAGEMENT and person.justice != LEFT else -1
    group = row_of_group(person, activity)
    while start < now:
        year = int(start)
        end = min(year + 1.0, now)
        activity[year, group, state, measure] += end - start
        if rag >= 0:
            activity[year, group, state, rag] += end - start
        start = end


@compiled
def count(person: Any, activity: Any, measure: int, number: float, now: float) -> None:
    """Book ``number`` occurrences at ``now``; occurrences before t = 0 are not booked."""
    if now >= 0.0:
        activity[int(now), row_of_group(person, activity), effect_state(person), measure] += number


@inlined
def count_person(person: Any, activity: Any, now: float) -> None:
    """Book this person as offending, once for the year and once for the whole run."""
    if now < 0.0:
        return
    year = int(now)
    if not person.counted:
        person.counted = True
        count(person, activity, PEOPLE_OFFENDING, 1.0, now)
    if person.counted_year != year:
        person.counted_year = year
        count(person, activity, PEOPLE_OFFENDING_IN_YEAR, 1.0, now)
