"""One offender's five years as a readable story, and every event as a table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from simulator.activity import DAYS_PER_YEAR, Event
from simulator.model.states import (
    ARREST,
    ARREST_ENDS,
    CODE_1,
    CUSTODY,
    DESELECTED,
    DESELECTION_CODES,
    EVENTS,
    JUSTICE_STATES,
    LEFT,
    MANAGED,
    OCCASION,
    RAG_STATUSES,
    RAG_TURNS,
    RECALLED,
    RELEASED,
    SCHEME_STATES,
    SELECTED,
    SPELL_TURNS,
)


class Row(NamedTuple):
    """One line of a story or of the table of events."""

    date: str
    years: float
    person: int
    event: str
    justice: str
    scheme: str
    rag: str
    why: str


def calendar_date(years: float, starts: date) -> str:
    """The calendar date, to the day, of a date in years from t = 0."""
    return (starts + timedelta(days=round(years * DAYS_PER_YEAR))).isoformat()


def duration(years: float) -> str:
    """Years in words a reader can picture: days up to eight weeks, then months, then years."""
    days = years * DAYS_PER_YEAR
    if days < 56:
        return f"{days:.0f} day{'' if round(days) == 1 else 's'}"
    if years < 2.0:
        return f"{years * 12.0:.0f} months"
    return f"{years:.1f} years"


def why(event: Event, before: Event | None) -> str:
    """In a sentence, why it happened or what it means, from the event and the one before."""
    was_managed = before is not None and before.scheme == MANAGED
    if was_managed and event.scheme == DESELECTED:
        reason = DESELECTION_CODES[event.code]
        if event.code == CODE_1:
            reason += "; the whole assessment period passed without an arrest"
        return f"deselected under {reason}"
    if event.event == OCCASION:
        number = f"{event.offences} proven offence" + ("" if event.offences == 1 else "s")
        return f"arrested with {number} to answer for"
    if event.event == ARREST_ENDS:
        if event.justice == CUSTODY:
            return f"custodial sentence; {duration(event.until - event.date)} to serve"
        return "a community or other sentence; back at liberty"
    if event.event == RECALLED:
        return f"licence recalled, no new offence proven; {duration(event.until - event.date)} in custody"
    if event.event == SELECTED:
        return "a place was free and this person first in line"
    if event.event == SPELL_TURNS:
        return "becomes active again" if event.active else "stops offending for a spell"
    if event.event == RAG_TURNS:
        return f"no arrest for long enough: now {RAG_STATUSES[event.rag]}"
    if event.event == RELEASED:
        return "sentence or recall served"
    return ""


def row(event: Event, before: Event | None, starts: date) -> Row:
    """One event in words."""
    rag = RAG_STATUSES[event.rag] if event.rag >= 0 else ""
    return Row(
        calendar_date(event.date, starts),
        event.date,
        event.person,
        EVENTS[event.event],
        JUSTICE_STATES[event.justice],
        SCHEME_STATES[event.scheme],
        rag,
        why(event, before),
    )


def rows_of(events: Iterable[Event], starts: date) -> list[Row]:
    """Every event in words, in the order in which they happened."""
    latest: dict[int, Event] = {}
    rows = []
    for event in events:
        rows.append(row(event, latest.get(event.person), starts))
        latest[event.person] = event
    return rows


def summary(events: list[Event], years: int) -> str:
    """A closing sentence that adds the story up, over the appraised years only."""
    seen = [event for event in events if event.date >= 0.0]
    arrests = sum(event.event == OCCASION for event in seen)
    offences = sum(event.offences for event in seen if event.event == OCCASION)
    custody = sum(
        min(event.until, float(years)) - event.date
        for event in seen
        if event.justice == CUSTODY and event.event in (ARREST_ENDS, RECALLED)
    )
    selected = sum(event.event == SELECTED for event in seen)
    left = any(event.justice == LEFT for event in seen)
    return (
        f"In {years} years: {arrests} arrest{'' if arrests == 1 else 's'}, {offences} proven "
        f"offence{'' if offences == 1 else 's'}, {duration(custody)} served of sentences begun in that time, "
        f"selected {selected} time{'' if selected == 1 else 's'}" + (", then gone from the area." if left else ".")
    )


__all__ = ["ARREST", "Row", "calendar_date", "rows_of", "summary"]
