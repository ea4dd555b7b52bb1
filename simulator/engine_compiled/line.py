"""Who is first in line, by a knock-out tournament: a person whose standing changes plays only the rounds above."""

from __future__ import annotations

from typing import Any

from simulator.engine_compiled.stage import NOBODY
from simulator.jit import compiled, inlined
from simulator.model.clocks import NEVER
from simulator.model.scheme import goes_before, in_line, standing_in_line

NOT_IN_LINE = -NEVER


@compiled
def standing_of(stage: Any, place: int) -> float:
    """Where one person stands in line: higher first."""
    person = stage.people[place]
    return standing_in_line(person, stage.values[0].rule) if in_line(person) else NOT_IN_LINE


@inlined
def is_before(stage: Any, one: int, other: int) -> bool:
    """Whether one person in line is selected before another; the full rule decides only between equals."""
    here = stage.waiting[one]
    there = stage.waiting[other]
    if here.priority != there.priority:
        return bool(here.priority < there.priority)
    if here.standing != there.standing:
        return bool(here.standing > there.standing)
    return bool(goes_before(stage.people[one], stage.people[other], stage.groups, stage.values[0]))


@compiled
def winner(stage: Any, one: int, other: int) -> int:
    """Who of two goes first; either may be nobody."""
    if other == NOBODY:
        return one
    if one == NOBODY or is_before(stage, other, one):
        return other
    return one


@inlined
def open_line(stage: Any) -> None:
    """Play the whole tournament."""
    line = stage.line
    half = len(line) // 2
    line[half:] = NOBODY
    for place in range(len(stage.people)):
        entry = stage.waiting[place]
        entry.priority = stage.groups[stage.people[place].group].priority if stage.values[0].by_priority else 0
        entry.standing = standing_of(stage, place)
        if entry.standing > NOT_IN_LINE:
            line[half + place] = place
    for match in range(half - 1, 0, -1):
        line[match] = winner(stage, line[2 * match], line[2 * match + 1])


@compiled
def stand(stage: Any, place: int, standing: float) -> None:
    """Note a person's standing; where it is new, play the rounds above until a winner stays the same."""
    if standing == stage.waiting[place].standing:
        return
    stage.waiting[place].standing = standing
    line = stage.line
    match = len(line) // 2 + place
    line[match] = place if standing > NOT_IN_LINE else NOBODY
    while match > 1:
        match //= 2
        first = winner(stage, line[2 * match], line[2 * match + 1])
        if first == line[match] and first != place:
            return
        line[match] = first
