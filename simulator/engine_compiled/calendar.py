"""The pool, and a calendar of its next events: buckets of equal width, each a chain of people.

Nobody in the pool matters to anybody else before a place is free, so a bucket needs no order: bringing the pool up to a
date lets each person live alone up to it.
"""

from __future__ import annotations

from typing import Any

from simulator.draws import Word
from simulator.engine_compiled.stage import NOBODY, NOWHERE
from simulator.jit import compiled, inlined, merged

BUCKETS_PER_PERSON = 1


@inlined
def open_calendar(stage: Any, start: float, stop: float) -> None:
    """Empty buckets from ``start`` to ``stop``, and an empty pool."""
    desk = stage.desk[0]
    desk.pool = 0
    desk.bucket = 0
    desk.calendar_from = start
    desk.buckets_per_year = len(stage.calendar) / (stop - start) if stop > start else 0.0
    stage.calendar[:] = NOBODY
    for place in range(len(stage.people)):
        stage.waiting[place].bucket = NOWHERE
        stage.waiting[place].listed = NOWHERE


@merged
def bucket_of(stage: Any, date: float) -> int:
    """The bucket of a date within the calendar."""
    desk = stage.desk[0]
    return min(int((date - desk.calendar_from) * desk.buckets_per_year), len(stage.calendar) - 1)


@merged
def note_due(stage: Any, place: int, date: float, limit: float) -> None:
    """Enter a person's next event, unless it is after the end of the calendar."""
    entry = stage.waiting[Word(place)]
    entry.due = date
    entry.bucket = NOWHERE
    if date > limit:
        return
    bucket = bucket_of(stage, date)
    head = stage.calendar[Word(bucket)]
    entry.bucket = bucket
    entry.preceding = NOBODY
    entry.following = head
    if head != NOBODY:
        stage.waiting[Word(head)].preceding = place
    stage.calendar[Word(bucket)] = place


@compiled
def strike_out(stage: Any, place: int) -> None:
    """Take a person's next event, if any, off the calendar."""
    entry = stage.waiting[Word(place)]
    if entry.bucket == NOWHERE:
        return
    if entry.preceding == NOBODY:
        stage.calendar[Word(entry.bucket)] = entry.following
    else:
        stage.waiting[Word(entry.preceding)].following = entry.following
    if entry.following != NOBODY:
        stage.waiting[Word(entry.following)].preceding = entry.preceding
    entry.bucket = NOWHERE


@merged
def take_out(stage: Any, bucket: int) -> int:
    """Empty a bucket: the first of its chain, whose people are to be entered anew."""
    place = stage.calendar[Word(bucket)]
    stage.calendar[Word(bucket)] = NOBODY
    return int(place)


@inlined
def enter_pool(stage: Any, place: int) -> None:
    """List a person as in the pool."""
    desk = stage.desk[0]
    stage.pool[Word(desk.pool)] = place
    stage.waiting[Word(place)].listed = desk.pool
    desk.pool += 1


@inlined
def leave_pool(stage: Any, place: int) -> None:
    """Take a person, if listed, off the list and off the calendar; the last of the list takes the gap."""
    at = stage.waiting[Word(place)].listed
    if at == NOWHERE:
        return
    desk = stage.desk[0]
    desk.pool -= 1
    last = stage.pool[Word(desk.pool)]
    stage.pool[Word(at)] = last
    stage.waiting[Word(last)].listed = at
    stage.waiting[Word(place)].listed = NOWHERE
    strike_out(stage, place)
