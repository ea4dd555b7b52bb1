"""One stretch of one replication without a global list of events.

Offenders meet only when a place falls free, so most of each life is run alone. The managed are run ahead to the end of
their stay. While places are empty, everybody else is run ahead to the moment of joining the line. The pool is brought up
to a date only when a place is free on it. Order within an instant is that of ``engine_simpy``: events of persons, then the
scheme's own dates, then filling.
"""

from __future__ import annotations

from typing import Any

from simulator.draws import Word
from simulator.engine_compiled.calendar import (
    bucket_of,
    enter_pool,
    leave_pool,
    note_due,
    open_calendar,
    take_out,
)
from simulator.engine_compiled.line import first_in_line, leave_line, open_line, stand
from simulator.engine_compiled.ranking import NO_KEY, clear, first_with, highest_of_all, in_order, rank
from simulator.engine_compiled.stage import NOBODY
from simulator.jit import compiled, inlined, merged
from simulator.model.clocks import TICK, clock_at, next_date
from simulator.model.life import NOTHING_FOR_OTHERS, be_selected, change_state, close_case, meaning_for_others
from simulator.model.scheme import in_line
from simulator.model.states import CUSTODY, MANAGED, RELEASED, SCHEME_CLOSES, SELECTED
from simulator.model.tally import account, rag_status


@compiled
def note(log: Any, desk: Any, person: Any, event: int, now: float) -> None:
    """Count an event, and write it down where there is room."""
    at = desk.events
    desk.events = at + 1
    if at >= len(log):
        return
    row = log[at]
    row[0] = now
    row[1] = person.number
    row[2] = event
    row[3] = person.justice
    row[4] = person.scheme
    row[5] = rag_status(person) if person.scheme == MANAGED else -1
    row[6] = person.code
    row[7] = person.offences
    row[8] = person.dates[RELEASED] if person.justice == CUSTODY else 0.0
    row[9] = person.active
    row[10] = person.fading
    row[11] = desk.fillings


@merged
def live_on(stage: Any, place: int, date: float, limit: float, ahead: bool) -> float:
    """Let everything happen to one person, from the event at ``date``, up to and including ``limit``; the next event's date.

    Somebody run ``ahead``, who is managed or not in line, stops at an event that matters to others: its date is returned.
    """
    person = stage.people[Word(place)]
    group = stage.groups[Word(person.group)]
    while date <= limit:
        account(person, stage.activity, date)
        managed = person.scheme == MANAGED
        clock = clock_at(person, date)
        change_state(person, clock, date, group, stage.values[0], stage.activity)
        note(stage.log, stage.desk[0], person, clock, date)
        if ahead and meaning_for_others(person, managed, False) != NOTHING_FOR_OTHERS:
            return date
        date = next_date(person)
    return date


@merged
def send_ahead(stage: Any, place: int, limit: float) -> None:
    """Run one person ahead, out of pool and line, and note the stop."""
    leave_pool(stage, place)
    leave_line(stage, place)
    date = live_on(stage, place, next_date(stage.people[Word(place)]), limit, True)
    if date <= limit:
        stage.waiting[Word(place)].due = date
        rank(stage.stops, place, -in_order(date))


@compiled
def send_ahead_at_first(stage: Any, place: int, limit: float) -> None:
    """``send_ahead`` of somebody who is managed when a stretch begins: seldom, so that it need not be written out."""
    send_ahead(stage, place, limit)


@inlined
def take_back(stage: Any, place: int, limit: float) -> None:
    """Somebody who was run ahead, or is not managed any more, belongs to the pool again."""
    enter_pool(stage, place)
    note_due(stage, place, next_date(stage.people[Word(place)]), limit)
    stand(stage, place)


@inlined
def bring_pool_up(stage: Any, until: float, limit: float) -> None:
    """Let everything happen to the pool up to and including ``until``."""
    last = bucket_of(stage, until)
    for bucket in range(stage.desk[0].bucket, last + 1):
        place = take_out(stage, bucket)
        while place != NOBODY:
            following = stage.waiting[Word(place)].following
            date = stage.waiting[Word(place)].due
            if date <= until:
                date = live_on(stage, place, date, until, False)
                stand(stage, place)
            note_due(stage, place, date, limit)
            place = following
    stage.desk[0].bucket = last


@inlined
def fill(stage: Any, free: int, now: float, limit: float) -> int:
    """Give free places to the first in line, each of whom is then run ahead; how many were given.

    Where places are left over the line is empty, and the rest of the pool is run ahead to the next who joins it.
    """
    given = 0
    stage.desk[0].fillings += 1
    while given < free:
        place = first_in_line(stage)
        if place != NOBODY:
            person = stage.people[Word(place)]
            be_selected(person, stage.values[0], stage.activity, now)
            note(stage.log, stage.desk[0], person, SELECTED, now)
            given += 1
        elif stage.desk[0].pool > 0:
            place = stage.pool[stage.desk[0].pool - 1]
        else:
            break
        send_ahead(stage, place, limit)
    return given


@inlined
def take_back_stopped(stage: Any, now: float, limit: float) -> int:
    """Take back everybody whose run ahead stops at ``now``; how many places that leaves."""
    freed = 0
    key = -in_order(now)
    while highest_of_all(stage.stops) == key:
        place = first_with(stage.stops, key)
        rank(stage.stops, place, NO_KEY)
        if not in_line(stage.people[place]):
            freed += 1
        take_back(stage, place, limit)
    return freed


@inlined
def set_out(stage: Any, now: float, limit: float) -> int:
    """Everybody at ``now``: the managed are run ahead, the others are the pool; how many are managed."""
    open_calendar(stage, now, limit)
    open_line(stage)
    clear(stage.stops)
    managed = 0
    for place in range(len(stage.people)):
        if stage.people[place].scheme == MANAGED:
            managed += 1
            send_ahead_at_first(stage, place, limit)
        else:
            take_back(stage, place, limit)
    return managed


@inlined
def share_places(stage: Any, places: int, now: float, limit: float) -> None:
    """Everything after ``now``, up to and including ``limit``, with a fixed number of places."""
    managed = set_out(stage, now, limit)
    while True:
        managed -= take_back_stopped(stage, now, limit)
        if managed < places:
            bring_pool_up(stage, now, limit)
            managed += fill(stage, places - managed, now, limit)
        key = highest_of_all(stage.stops)
        if key == NO_KEY:
            break
        now = stage.waiting[Word(first_with(stage.stops, key))].due
    bring_pool_up(stage, limit, limit)


@inlined
def live_apart(stage: Any, limit: float) -> None:
    """Let everybody live alone up to and including ``limit``."""
    for place in range(len(stage.people)):
        live_on(stage, place, next_date(stage.people[place]), limit, False)


@compiled
def live(stage: Any, schedule: Any, entry: int, end: int, start: float, stop: float) -> None:
    """Let everybody live from ``start`` until just before ``stop``; time is accounted for up to ``stop``.

    The dates of the scheme are those of ``schedule`` from ``entry`` to before ``end``.
    """
    last = stop - TICK
    places = 0
    now = start
    while True:
        date = min(schedule.dates[entry], stop) if entry < end else stop
        if places > 0:
            share_places(stage, places, now, date - TICK)
        # Events of persons on a date of the scheme come before it, filling only after it.
        live_apart(stage, min(date, last))
        if date == stop:
            break
        now = date
        while entry < end and schedule.dates[entry] == now:
            places = schedule.places[entry]
            if schedule.closed[entry]:
                close_all(stage, now)
            entry += 1
    for place in range(len(stage.people)):
        account(stage.people[place], stage.activity, stop)


@inlined
def close_all(stage: Any, now: float) -> None:
    """The scheme ends: deselect everybody, in order of number."""
    for place in range(len(stage.people)):
        if stage.people[place].scheme == MANAGED:
            close_case(stage.people, place, stage.values, stage.activity, now)
            note(stage.log, stage.desk[0], stage.people[place], SCHEME_CLOSES, now)
