"""The pool, kept so that it need not be looked at person by person: who has an event due, and who is first in line.

People are kept in blocks. Each block knows its earliest date due and its best-placed person in line, so bringing the pool
up to a date, or finding whom to select, looks into few blocks however large the pool.
"""

from __future__ import annotations

from typing import Any

from simulator.jit import compiled
from simulator.model.clocks import NEVER
from simulator.model.scheme import goes_before, in_line, standing_in_line

BLOCK = 16


class Waiting:
    """What the engine keeps about one person, and one entry of the heap of stops."""

    due: float  # date of the next event; NEVER for the managed and for those run ahead
    standing: float  # place in line, higher first; NOT_IN_LINE
    priority: int
    stop_date: float  # heap: earliest date at which somebody who was run ahead stops
    stop_person: int  # heap: who that is


class Block:
    """A block of people: the earliest date due, and who is best placed in line."""

    due: float
    best: int
    standing: float


class Desk:
    """Counters: entries in the heap of stops, events so far."""

    stops: int
    events: int


NOT_IN_LINE = -NEVER


@compiled
def blocks_for(people: int) -> int:
    """How many blocks hold so many people."""
    return (people + BLOCK - 1) // BLOCK


@compiled
def set_place_in_line(people: Any, place: int, groups: Any, values: Any, waiting: Any, present: bool) -> None:
    """Note where one person stands in line; ``present`` is false for somebody who has been run ahead."""
    person = people[place]
    if present and in_line(person):
        waiting[place].standing = standing_in_line(person, values[0].rule)
        waiting[place].priority = groups[person.group].priority if values[0].by_priority else 0
    else:
        waiting[place].standing = NOT_IN_LINE
        waiting[place].priority = 0


@compiled
def is_before(people: Any, one: int, other: int, groups: Any, values: Any, waiting: Any) -> bool:
    """Whether one person in line is selected before another; the full rule decides only between equals."""
    if waiting[one].priority != waiting[other].priority:
        return bool(waiting[one].priority < waiting[other].priority)
    if waiting[one].standing != waiting[other].standing:
        return bool(waiting[one].standing > waiting[other].standing)
    return goes_before(people[one], people[other], groups, values[0])


@compiled
def refresh(people: Any, block: int, groups: Any, values: Any, waiting: Any, blocks: Any) -> None:
    """Find a block's earliest date due and its best-placed person anew."""
    earliest = NEVER
    best = -1
    for place in range(block * BLOCK, min((block + 1) * BLOCK, len(waiting))):
        earliest = min(earliest, waiting[place].due)
        if waiting[place].standing > NOT_IN_LINE and (
            best < 0 or is_before(people, place, best, groups, values, waiting)
        ):
            best = place
    blocks[block].due = earliest
    blocks[block].best = best
    blocks[block].standing = waiting[best].standing if best >= 0 else NOT_IN_LINE


@compiled
def first(people: Any, groups: Any, values: Any, waiting: Any, blocks: Any) -> int:
    """The person to be selected next, -1 where the line is empty."""
    best = -1
    for block in range(len(blocks)):
        if blocks[block].standing > NOT_IN_LINE:
            place = blocks[block].best
            if best < 0 or is_before(people, place, best, groups, values, waiting):
                best = place
    return int(best)
