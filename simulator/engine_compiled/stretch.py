"""One stretch of one replication without a global list of events.

Offenders meet only when a place falls free, so most of each life is run alone. The managed are run ahead to the end of
their stay. While places are empty, everybody else is run ahead to the moment of joining the line. The pool is brought up
to a date only when a place is free on it. Order within an instant is that of ``engine_simpy``: events of persons, then the
scheme's own dates, then filling.
"""

from __future__ import annotations

from typing import Any

from simulator.engine_compiled.line import (
    BLOCK,
    blocks_for,
    first,
    refresh,
    set_place_in_line,
)
from simulator.engine_compiled.stops import pop, push
from simulator.jit import compiled
from simulator.model.clocks import NEVER, TICK, next_clock
from simulator.model.life import NOTHING_FOR_OTHERS, close_case, give_place, happen
from simulator.model.scheme import in_line
from simulator.model.states import CUSTODY, MANAGED, RELEASED, SCHEME_CLOSES, SELECTED
from simulator.model.tally import account, rag_status


@compiled
def note(log: Any, desk: Any, person: Any, place: int, event: int, now: float) -> None:
    """Count an event, and write it down where there is room."""
    at = desk[0].events
    desk[0].events = at + 1
    if at >= len(log):
        return
    row = log[at]
    row[0] = now
    row[1] = place
    row[2] = event
    row[3] = person.justice
    row[4] = person.scheme
    row[5] = rag_status(person) if person.scheme == MANAGED else -1
    row[6] = person.code
    row[7] = person.offences
    row[8] = person.dates[RELEASED] if person.justice == CUSTODY else 0.0
    row[9] = person.active
    row[10] = person.fading


@compiled
def bring_up(
    people: Any, place: int, limit: float, groups: Any, values: Any, activity: Any, log: Any, desk: Any
) -> float:
    """Let everything happen to one person up to and including ``limit``; the date of the next event."""
    person = people[place]
    while True:
        clock = next_clock(person)
        date = person.dates[clock]
        if date > limit:
            return float(date)
        happen(people, place, clock, date, groups, values, activity)
        note(log, desk, person, place, clock, date)


@compiled
def run_ahead(
    people: Any, place: int, limit: float, groups: Any, values: Any, activity: Any, log: Any, desk: Any
) -> float:
    """Let one person live until a stay ends or the line is joined; the date of that, or NEVER if not by ``limit``."""
    person = people[place]
    while True:
        clock = next_clock(person)
        date = person.dates[clock]
        if date > limit:
            return NEVER
        changed = happen(people, place, clock, date, groups, values, activity)
        note(log, desk, person, place, clock, date)
        if changed != NOTHING_FOR_OTHERS:
            return float(date)


@compiled
def send_ahead(
    people: Any,
    place: int,
    limit: float,
    groups: Any,
    values: Any,
    activity: Any,
    log: Any,
    desk: Any,
    waiting: Any,
    blocks: Any,
) -> None:
    """Run one person ahead and note the stop; nothing is due from this person before it."""
    waiting[place].due = NEVER
    set_place_in_line(people, place, groups, values, waiting, False)
    date = run_ahead(people, place, limit, groups, values, activity, log, desk)
    if date < NEVER:
        push(waiting, desk, date, place)


@compiled
def take_back(people: Any, place: int, groups: Any, values: Any, waiting: Any) -> None:
    """Somebody who was run ahead, or is not managed any more, counts again from the date of the latest event."""
    person = people[place]
    if person.scheme == MANAGED:
        waiting[place].due = NEVER
    else:
        waiting[place].due = person.dates[next_clock(person)]
    set_place_in_line(people, place, groups, values, waiting, True)


@compiled
def bring_pool_up(
    people: Any, limit: float, groups: Any, values: Any, activity: Any, log: Any, desk: Any, waiting: Any, blocks: Any
) -> None:
    """Let everything happen to the pool up to and including ``limit``."""
    for block in range(len(blocks)):
        if blocks[block].due <= limit:
            for place in range(block * BLOCK, min((block + 1) * BLOCK, len(waiting))):
                if waiting[place].due <= limit:
                    waiting[place].due = bring_up(people, place, limit, groups, values, activity, log, desk)
                    set_place_in_line(people, place, groups, values, waiting, True)
            refresh(people, block, groups, values, waiting, blocks)


@compiled
def fill(
    people: Any,
    free: int,
    now: float,
    limit: float,
    groups: Any,
    values: Any,
    activity: Any,
    log: Any,
    desk: Any,
    waiting: Any,
    blocks: Any,
) -> int:
    """Give free places to the first in line, each of whom is then run ahead; how many were given.

    Where places are left over the line is empty, and the rest of the pool is run ahead to the next who joins it.
    """
    given = 0
    while given < free:
        place = first(people, groups, values, waiting, blocks)
        if place < 0:
            break
        give_place(people, place, values, activity, now)
        note(log, desk, people[place], place, SELECTED, now)
        given += 1
        send_ahead(people, place, limit, groups, values, activity, log, desk, waiting, blocks)
        refresh(people, place // BLOCK, groups, values, waiting, blocks)
    if given < free:
        for block in range(len(blocks)):
            if blocks[block].due <= limit:
                for place in range(block * BLOCK, min((block + 1) * BLOCK, len(waiting))):
                    if waiting[place].due <= limit:
                        send_ahead(people, place, limit, groups, values, activity, log, desk, waiting, blocks)
                        keep_due_after(people, place, waiting)
                refresh(people, block, groups, values, waiting, blocks)
    return given


@compiled
def keep_due_after(people: Any, place: int, waiting: Any) -> None:
    """Somebody run ahead to the limit without joining the line has the next event due after it."""
    person = people[place]
    if not in_line(person):
        waiting[place].due = person.dates[next_clock(person)]


@compiled
def live_until(
    people: Any,
    places: int,
    managed: int,
    limit: float,
    groups: Any,
    values: Any,
    activity: Any,
    log: Any,
    desk: Any,
    waiting: Any,
    blocks: Any,
) -> int:
    """Everything up to and including ``limit`` with a fixed number of places; how many are managed at the end."""
    while desk[0].stops > 0 and waiting[0].stop_date <= limit:
        now = waiting[0].stop_date
        while desk[0].stops > 0 and waiting[0].stop_date == now:
            place = pop(waiting, desk)
            if people[place].scheme != MANAGED and not in_line(people[place]):
                managed -= 1
            take_back(people, place, groups, values, waiting)
            refresh(people, place // BLOCK, groups, values, waiting, blocks)
        if managed < places:
            bring_pool_up(people, now, groups, values, activity, log, desk, waiting, blocks)
            managed += fill(people, places - managed, now, limit, groups, values, activity, log, desk, waiting, blocks)
    bring_pool_up(people, limit, groups, values, activity, log, desk, waiting, blocks)
    return managed


@compiled
def live(
    people: Any,
    dates: Any,
    places_from: Any,
    closed_from: Any,
    start: float,
    stop: float,
    groups: Any,
    values: Any,
    activity: Any,
    log: Any,
    desk: Any,
    waiting: Any,
    blocks: Any,
) -> None:
    """Let everybody live from ``start`` until just before ``stop``; time is accounted for up to ``stop``."""
    last = stop - TICK
    desk[0].stops = 0
    managed = 0
    entry = 0
    limit = min(dates[0], last) if len(dates) > 0 else last
    for place in range(len(people)):
        if people[place].scheme == MANAGED:
            managed += 1
            send_ahead(people, place, limit, groups, values, activity, log, desk, waiting, blocks)
        else:
            take_back(people, place, groups, values, waiting)
    for block in range(blocks_for(len(people))):
        refresh(people, block, groups, values, waiting, blocks)
    places = 0
    while True:
        managed = live_until(people, places, managed, limit, groups, values, activity, log, desk, waiting, blocks)
        if entry >= len(dates) or dates[entry] > last:
            break
        now = dates[entry]
        while entry < len(dates) and dates[entry] == now:
            places = places_from[entry]
            if closed_from[entry]:
                managed -= close_all(people, now, values, activity, log, desk)
            entry += 1
        limit = min(dates[entry], last) if entry < len(dates) else last
        for place in range(len(people)):
            if people[place].scheme == MANAGED:
                send_ahead(people, place, limit, groups, values, activity, log, desk, waiting, blocks)
            else:
                take_back(people, place, groups, values, waiting)
        for block in range(blocks_for(len(people))):
            refresh(people, block, groups, values, waiting, blocks)
        if managed < places:
            managed += fill(people, places - managed, now, limit, groups, values, activity, log, desk, waiting, blocks)
    for place in range(len(people)):
        account(people[place], activity, stop)


@compiled
def close_all(people: Any, now: float, values: Any, activity: Any, log: Any, desk: Any) -> int:
    """The scheme ends: deselect everybody, in order of number; how many there were."""
    closed = 0
    for place in range(len(people)):
        if people[place].scheme == MANAGED:
            close_case(people, place, values, activity, now)
            note(log, desk, people[place], place, SCHEME_CLOSES, now)
            closed += 1
    return closed
