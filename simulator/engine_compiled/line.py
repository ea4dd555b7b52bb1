"""The pool, kept so that it need not be looked at person by person: who has an event due, and who is first in line.

People are kept in blocks. Each block knows its earliest date due and its best-placed person in line, so bringing the pool
up to a date, or finding whom to select, looks into few blocks however large the pool.
"""

from __future__ import annotations

from typing import Any

from simulator.jit import compiled
from simulator.model.clocks import NEVER
from simulator.model.scheme import goes_before, in_line, standing_in_line

BLOCK = 64
NOT_IN_LINE = -NEVER


@compiled
def blocks_for(people: int) -> int:
    """How many blocks hold so many people."""
    return (people + BLOCK - 1) // BLOCK


@compiled
def set_place_in_line(people: Any, place: int, groups: Any, values: Any, line: Any, present: bool) -> None:
    """Note where one person stands in line; ``present`` is false for somebody who has been run ahead."""
    person = people[place]
    if present and in_line(person):
        line.standing[place] = standing_in_line(person, values[0].rule)
        line.priority[place] = groups[person.group].priority if values[0].by_priority else 0
    else:
        line.standing[place] = NOT_IN_LINE
        line.priority[place] = 0


@compiled
def is_before(people: Any, one: int, other: int, groups: Any, values: Any, line: Any) -> bool:
    """Whether one person in line is selected before another; the full rule decides only between equals."""
    if line.priority[one] != line.priority[other]:
        return bool(line.priority[one] < line.priority[other])
    if line.standing[one] != line.standing[other]:
        return bool(line.standing[one] > line.standing[other])
    return goes_before(people[one], people[other], groups, values[0])


@compiled
def refresh(people: Any, block: int, groups: Any, values: Any, line: Any) -> None:
    """Find a block's earliest date due and its best-placed person anew."""
    earliest = NEVER
    best = -1
    for place in range(block * BLOCK, min((block + 1) * BLOCK, len(line.due))):
        earliest = min(earliest, line.due[place])
        if line.standing[place] > NOT_IN_LINE and (best < 0 or is_before(people, place, best, groups, values, line)):
            best = place
    line.block_due[block] = earliest
    line.block_best[block] = best
    line.block_standing[block] = line.standing[best] if best >= 0 else NOT_IN_LINE


@compiled
def first(people: Any, groups: Any, values: Any, line: Any) -> int:
    """The person to be selected next, -1 where the line is empty."""
    best = -1
    for block in range(len(line.block_best)):
        if line.block_standing[block] > NOT_IN_LINE:
            place = line.block_best[block]
            if best < 0 or is_before(people, place, best, groups, values, line):
                best = place
    return int(best)
