"""The event log of the compiled engine, put into the order in which ``engine_simpy`` meets the events."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import Any

import numpy as np

from simulator.activity import Event
from simulator.engine_compiled.replicate import EVENT_FIELDS, LOG_FIELDS, count_events, run
from simulator.model.rates import Rates
from simulator.model.states import SCHEME_CLOSES, SELECTED

# Places of events in the order of an instant, as in engine_simpy: persons, then the scheme's dates, then filling.
SCHEME_DATE, FILLING = 2**60, 2**60 + 1
Key = tuple[float, int, int, int]


def event_log(rates: Rates, years: int, seed: int, replication: int) -> list[Event]:
    """Every event of one arm in one replication, history first, in the order of ``engine_simpy``.

    The first run counts the events, the second writes them down: the log is never too small.
    """
    log = np.zeros((count_events([rates], years, seed, replication, 1), LOG_FIELDS))
    run([rates], years, seed, replication, 1, log)
    return [*in_order(log[log[:, 0] < 0.0]), *in_order(log[log[:, 0] >= 0.0])]


def event_of(row: Any) -> Event:
    """A row of the log as an Event."""
    date, person, event, justice, scheme, rag, code, offences, until, active, fading = row[:EVENT_FIELDS].tolist()
    return Event(
        date, int(person), int(event), int(justice), int(scheme), int(rag), int(code), int(offences), until,
        bool(active), bool(fading),
    )  # fmt: skip


def in_order(log: Any) -> Iterator[Event]:
    """Lives in the order in which they meet: by date, then as ``engine_simpy`` orders an instant."""
    lives: dict[int, list[tuple[Key, Event]]] = {}
    selected: dict[int, tuple[float, int]] = {}
    for sequence, row in enumerate(log):
        event, filling = event_of(row), int(row[EVENT_FIELDS])
        if event.event == SELECTED:
            selected[event.person] = event.date, filling
        key = key_of(event, sequence, selected.get(event.person))
        lives.setdefault(event.person, []).append((key, event))
    return (event for _, event in heapq.merge(*lives.values(), key=first_part))


def first_part(entry: tuple[Key, Event]) -> Key:
    """What events are merged by."""
    return entry[0]


def key_of(event: Event, sequence: int, selected: tuple[float, int] | None) -> Key:
    """Date and place within the instant; what follows a selection at its own instant comes after that filling."""
    if event.event == SELECTED and selected:
        return event.date, 2 * selected[1], FILLING, sequence
    if event.event == SCHEME_CLOSES:
        return event.date, 0, SCHEME_DATE, sequence
    after = 2 * selected[1] + 1 if selected and selected[0] == event.date else 0
    return event.date, after, event.event, event.person
