"""Dates at which somebody who has been run ahead stops, earliest first: a binary heap of (date, person)."""

from __future__ import annotations

from typing import Any

from simulator.jit import compiled


@compiled
def is_earlier(stops: Any, one: int, other: int) -> bool:
    """Order of the heap: by date, then by person."""
    if stops[one].stop_date != stops[other].stop_date:
        return bool(stops[one].stop_date < stops[other].stop_date)
    return bool(stops[one].stop_person < stops[other].stop_person)


@compiled
def swap(stops: Any, one: int, other: int) -> None:
    """Exchange two entries."""
    date, person = stops[one].stop_date, stops[one].stop_person
    stops[one].stop_date, stops[one].stop_person = stops[other].stop_date, stops[other].stop_person
    stops[other].stop_date, stops[other].stop_person = date, person


@compiled
def push(stops: Any, desk: Any, date: float, person: int) -> None:
    """Add a stop."""
    at = desk[0].stops
    desk[0].stops = at + 1
    stops[at].stop_date = date
    stops[at].stop_person = person
    while at > 0 and is_earlier(stops, at, (at - 1) // 2):
        swap(stops, at, (at - 1) // 2)
        at = (at - 1) // 2


@compiled
def pop(stops: Any, desk: Any) -> int:
    """Take the earliest stop off and return its person."""
    person = stops[0].stop_person
    last = desk[0].stops - 1
    desk[0].stops = last
    stops[0].stop_date, stops[0].stop_person = stops[last].stop_date, stops[last].stop_person
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
