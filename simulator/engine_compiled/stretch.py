"""One stretch of one replication without a global list of events.

Offenders meet only when a place falls free, so most of each life is run alone. The managed are run ahead to the end of
their stay. While places are empty, everybody else is run ahead to the moment of joining the line. The pool is brought up
to a date only when a place is free on it. Order within an instant is that of ``engine_simpy``: events of persons, then the
scheme's own dates, then filling.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

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
from simulator.model.life import close_case, give_place, happen
from simulator.model.scheme import in_line
from simulator.model.states import CUSTODY, MANAGED, RELEASED, SCHEME_CLOSES, SELECTED
from simulator.model.tally import account, rag_status


class Line(NamedTuple):
    """Who has an event due, and who stands where in line; see ``line``."""

    due: Any  # date of the next event; NEVER for the managed and those run ahead
    standing: Any
    priority: Any
    block_due: Any
    block_best: Any
    block_standing: Any


class Stops(NamedTuple):
    """The heap of dates at which people who were run ahead stop."""

    dates: Any
    people: Any
    count: Any


class Log(NamedTuple):
    """Event log: rows of numbers in the order of ``activity.Event``, filled up to ``count``; no rows, no log."""

    rows: Any  # (events, 11)
    count: Any  # how many events there were


@compiled
def note(log: Any, person: Any, place: int, event: int, now: float) -> None:
    """Count an event, and write it down where there is room."""
    at = log.count[0]
    log.count[0] = at + 1
    if at >= len(log.rows):
        return
    row = log.rows[at]
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
def bring_up(people: Any, place: int, limit: float, groups: Any, values: Any, activity: Any, log: Any) -> float:
    """Let everything happen to one person up to and including ``limit``; the date of the next event."""
    person = people[place]
    while True:
        clock = next_clock(person)
        date = person.dates[clock]
        if date > limit:
            return float(date)
        happen(people, place, clock, date, groups, values, activity)
        note(log, person, place, clock, date)


@compiled
def run_ahead(people: Any, place: int, limit: float, groups: Any, values: Any, activity: Any, log: Any) -> float:
    """Let one person live until a stay ends or the line is joined; the date of that, or NEVER if not by ``limit``."""
    person = people[place]
    managed = person.scheme == MANAGED
    while True:
        clock = next_clock(person)
        date = person.dates[clock]
        if date > limit:
            return NEVER
        happen(people, place, clock, date, groups, values, activity)
        note(log, person, place, clock, date)
        if managed:
            if person.scheme != MANAGED:
                return float(date)
        elif in_line(person):
            return float(date)


@compiled
def send_ahead(
    people: Any, place: int, limit: float, groups: Any, values: Any, activity: Any, log: Any, line: Any, stops: Any
) -> None:
    """Run one person ahead and note the stop; nothing is due from this person before it."""
    line.due[place] = NEVER
    set_place_in_line(people, place, groups, values, line, False)
    date = run_ahead(people, place, limit, groups, values, activity, log)
    if date < NEVER:
        push(stops, date, place)


@compiled
def take_back(people: Any, place: int, groups: Any, values: Any, line: Any) -> None:
    """Somebody who was run ahead, or is not managed any more, counts again from the date of the latest event."""
    person = people[place]
    if person.scheme == MANAGED:
        line.due[place] = NEVER
    else:
        line.due[place] = person.dates[next_clock(person)]
    set_place_in_line(people, place, groups, values, line, True)


@compiled
def bring_pool_up(people: Any, limit: float, groups: Any, values: Any, activity: Any, log: Any, line: Any) -> None:
    """Let everything happen to the pool up to and including ``limit``."""
    for block in range(len(line.block_due)):
        if line.block_due[block] <= limit:
            for place in range(block * BLOCK, min((block + 1) * BLOCK, len(line.due))):
                if line.due[place] <= limit:
                    line.due[place] = bring_up(people, place, limit, groups, values, activity, log)
                    set_place_in_line(people, place, groups, values, line, True)
            refresh(people, block, groups, values, line)


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
    line: Any,
    stops: Any,
) -> int:
    """Give free places to the first in line, each of whom is then run ahead; how many were given.

    Where places are left over the line is empty, and the rest of the pool is run ahead to the next who joins it.
    """
    given = 0
    while given < free:
        place = first(people, groups, values, line)
        if place < 0:
            break
        give_place(people, place, values, activity, now)
        note(log, people[place], place, SELECTED, now)
        given += 1
        send_ahead(people, place, limit, groups, values, activity, log, line, stops)
        refresh(people, place // BLOCK, groups, values, line)
    if given < free:
        for block in range(len(line.block_due)):
            if line.block_due[block] <= limit:
                for place in range(block * BLOCK, min((block + 1) * BLOCK, len(line.due))):
                    if line.due[place] <= limit:
                        send_ahead(people, place, limit, groups, values, activity, log, line, stops)
                        keep_due_after(people, place, limit, line)
                refresh(people, block, groups, values, line)
    return given


@compiled
def keep_due_after(people: Any, place: int, limit: float, line: Any) -> None:
    """Somebody run ahead to the limit without joining the line has the next event due after it."""
    person = people[place]
    if not in_line(person):
        line.due[place] = person.dates[next_clock(person)]


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
    line: Any,
    stops: Any,
) -> int:
    """Everything up to and including ``limit`` with a fixed number of places; how many are managed at the end."""
    while stops.count[0] > 0 and stops.dates[0] <= limit:
        now = stops.dates[0]
        while stops.count[0] > 0 and stops.dates[0] == now:
            place = pop(stops)
            if people[place].scheme != MANAGED and not in_line(people[place]):
                managed -= 1
            take_back(people, place, groups, values, line)
            refresh(people, place // BLOCK, groups, values, line)
        if managed < places:
            bring_pool_up(people, now, groups, values, activity, log, line)
            managed += fill(people, places - managed, now, limit, groups, values, activity, log, line, stops)
    bring_pool_up(people, limit, groups, values, activity, log, line)
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
    line: Any,
    stops: Any,
) -> None:
    """Let everybody live from ``start`` until just before ``stop``; time is accounted for up to ``stop``."""
    last = stop - TICK
    stops.count[0] = 0
    managed = 0
    entry = 0
    limit = min(dates[0], last) if len(dates) > 0 else last
    for place in range(len(people)):
        if people[place].scheme == MANAGED:
            managed += 1
            send_ahead(people, place, limit, groups, values, activity, log, line, stops)
        else:
            take_back(people, place, groups, values, line)
    for block in range(blocks_for(len(people))):
        refresh(people, block, groups, values, line)
    places = 0
    while True:
        managed = live_until(people, places, managed, limit, groups, values, activity, log, line, stops)
        if entry >= len(dates) or dates[entry] > last:
            break
        now = dates[entry]
        while entry < len(dates) and dates[entry] == now:
            places = places_from[entry]
            if closed_from[entry]:
                managed -= close_all(people, now, values, activity, log)
            entry += 1
        limit = min(dates[entry], last) if entry < len(dates) else last
        for place in range(len(people)):
            if people[place].scheme == MANAGED:
                send_ahead(people, place, limit, groups, values, activity, log, line, stops)
            else:
                take_back(people, place, groups, values, line)
        for block in range(blocks_for(len(people))):
            refresh(people, block, groups, values, line)
        if managed < places:
            managed += fill(people, places - managed, now, limit, groups, values, activity, log, line, stops)
    for place in range(len(people)):
        account(people[place], activity, stop)


@compiled
def close_all(people: Any, now: float, values: Any, activity: Any, log: Any) -> int:
    """The scheme ends: deselect everybody, in order of number; how many there were."""
    closed = 0
    for place in range(len(people)):
        if people[place].scheme == MANAGED:
            close_case(people, place, values, activity, now)
            note(log, people[place], place, SCHEME_CLOSES, now)
            closed += 1
    return closed


def index_for(people: int) -> tuple[Line, Stops]:
    """Empty indexes for so many people."""
    blocks = int(blocks_for(people))
    return (
        Line(
            np.full(people, NEVER),
            np.full(people, -NEVER),
            np.zeros(people, np.int64),
            np.full(blocks, NEVER),
            np.full(blocks, -1, np.int64),
            np.full(blocks, -NEVER),
        ),
        Stops(np.zeros(people), np.zeros(people, np.int64), np.zeros(1, np.int64)),
    )
