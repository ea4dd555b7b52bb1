"""Dates at which somebody who has been run ahead stops, earliest first: a binary heap of (date, person)."""

from __future__ import annotations

from typing import Any

from simulator.jit import compiled


@compiled
def is_earlier(stops: Any, one: int, other: int) -> bool:
    """Order of the heap: by date, then by person."""
    if stops.dates[one] != stops.dates[other]:
        return bool(stops.dates[one] < stops.dates[other])
    return bool(stops.people[one] < stops.people[other])


@compiled
def swap(stops: Any, one: int, other: int) -> None:
    """Exchange two entries."""
    date, person = stops.dates[one], stops.people[one]
    stops.dates[one], stops.people[one] = stops.dates[other], stops.people[other]
    stops.dates[other], stops.people[other] = date, person


@compiled
def push(stops: Any, date: float, person: int) -> None:
    """Add a stop."""
    at = stops.count[0]
    stops.count[0] = at + 1
    stops.dates[at] = date
    stops.people[at] = person
    while at > 0 and is_earlier(stops, at, (at - 1) // 2):
        swap(stops, at, (at - 1) // 2)
        at = (at - 1) // 2


@compiled
def pop(stops: Any) -> int:
    """Take the earliest stop off and return its person."""
    person = stops.people[0]
    last = stops.count[0] - 1
    stops.count[0] = last
    stops.dates[0], stops.people[0] = stops.dates[last], stops.people[last]
    at = 0
    while True:
        child = 2 * at + 1
        if child >= last:
            return int(person)
        if child + 1 < last and is_earlier(stops, child + 1, child):
            child += 1
        if not is_earlier(stops, child, at):
            return int(person)
        swap(stops, at, child)
        at = child
