"""Dates at which somebody who has been run ahead stops, earliest first: a binary heap of (date, person)."""

from __future__ import annotations

from typing import Any

from simulator.jit import compiled, inlined


@compiled
def is_earlier(stops: Any, one: int, other: int) -> bool:
    """Order of the heap: by date, then by person."""
    if stops[one].date != stops[other].date:
        return bool(stops[one].date < stops[other].date)
    return bool(stops[one].person < stops[other].person)


@compiled
def swap(stops: Any, one: int, other: int) -> None:
    """Exchange two entries."""
    date, person = stops[one].date, stops[one].person
    stops[one].date, stops[one].person = stops[other].date, stops[other].person
    stops[other].date, stops[other].person = date, person


@inlined
def push(stops: Any, desk: Any, date: float, person: int) -> None:
    """Add a stop."""
    at = desk[0].stops
    desk[0].stops = at + 1
    stops[at].date = date
    stops[at].person = person
    while at > 0 and is_earlier(stops, at, (at - 1) // 2):
        swap(stops, at, (at - 1) // 2)
        at = (at - 1) // 2


@inlined
def pop(stops: Any, desk: Any) -> int:
    """Take the earliest stop off and return its person."""
    person = stops[0].person
    last = desk[0].stops - 1
    desk[0].stops = last
    stops[0].date, stops[0].person = stops[last].date, stops[last].person
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
