"""Who is first in line for a place."""

from __future__ import annotations

from typing import Any

from simulator.draws import Word
from simulator.engine_compiled.ranking import NO_KEY, clear, first_with, highest_of_all, in_order, is_shared, rank
from simulator.engine_compiled.stage import NOBODY
from simulator.jit import compiled, inlined, merged
from simulator.model.scheme import goes_before, in_line, standing_in_line

# A key holds the group's priority above and the leading bits of the standing below. Of equal keys the full rule decides.
BITS_DROPPED = 10
BITS_OF_STANDING = 64 - BITS_DROPPED
SEVERAL = -2


@merged
def stand(stage: Any, place: int) -> None:
    """Note where a person stands in line, if at all: higher first."""
    person = stage.people[Word(place)]
    standing = in_order(standing_in_line(person, stage.values[0].rule)) >> BITS_DROPPED
    key = standing - (stage.waiting[Word(place)].behind << BITS_OF_STANDING)
    rank(stage.line, place, key if in_line(person) else NO_KEY)


@merged
def leave_line(stage: Any, place: int) -> None:
    """In line no longer."""
    rank(stage.line, place, NO_KEY)


@compiled
def groups_before(stage: Any, group: int) -> int:
    """How many groups have a lower priority number, which is selected first."""
    before = 0
    if stage.values[0].by_priority:
        for other in range(len(stage.groups)):
            before += 1 if stage.groups[other].priority < stage.groups[group].priority else 0
    return before


@inlined
def open_line(stage: Any) -> None:
    """Nobody is in line yet."""
    clear(stage.line)
    for place in range(len(stage.people)):
        stage.waiting[place].behind = groups_before(stage, stage.people[place].group)


@merged
def first_in_line(stage: Any) -> int:
    """Who is first in line, or NOBODY."""
    place = only_highest(stage.line)
    return first_of_equals(stage, highest_of_all(stage.line)) if place == SEVERAL else place


@compiled
def only_highest(line: Any) -> int:
    """The person with the highest key, NOBODY where nobody has one, SEVERAL where others have the same."""
    key = highest_of_all(line)
    if key == NO_KEY:
        return NOBODY
    return SEVERAL if is_shared(line, key) else first_with(line, key)


@compiled
def first_of_equals(stage: Any, key: int) -> int:
    """The first, by the full rule, of those who have the key."""
    first = NOBODY
    for place in range(len(stage.people)):
        if stage.line.keys[place] == key and (
            first == NOBODY or goes_before(stage.people[place], stage.people[first], stage.groups, stage.values[0])
        ):
            first = place
    return first
