"""Replications of arms in one compiled call that holds no Python lock, so that threads share the cores."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from simulator.activity import Activity, Event
from simulator.engine_compiled.line import Block, Desk, Waiting, blocks_for
from simulator.engine_compiled.stretch import live
from simulator.jit import COMPILED, compiled
from simulator.model import measures
from simulator.model.life import take_over
from simulator.model.person import Person
from simulator.model.pool import arrivals_at_most, be_born_all, counts_of, members_of
from simulator.model.rates import Places, Rates
from simulator.model.records import copied, get, rows
from simulator.model.states import EFFECT_STATES, SCHEME_CLOSES, SELECTED

EVENT_FIELDS = len(Event._fields)
# Places of events in the order of an instant, as in engine_simpy: persons, then the scheme's dates, then filling.
SCHEME_DATE, FILLING = 2**60, 2**60 + 1

if COMPILED:

    @compiled
    def copy_people(onto: Any, people: Any, count: int) -> None:
        """Copy the first ``count`` records."""
        for place in range(count):
            onto[place] = people[place]

else:

    def copy_people(onto: Any, people: Any, count: int) -> None:
        """Copy the first ``count`` records."""
        onto[:count] = copied(people[:count])


@compiled
def replicate(
    people: Any,
    spare: Any,
    members: Any,
    shares: Any,
    years: float,
    seed: int,
    first_replication: int,
    replications: int,
    groups: Any,
    history: Any,
    history_dates: Any,
    history_places: Any,
    history_closed: Any,
    arms: Any,
    entries: Any,
    dates: Any,
    places: Any,
    closed: Any,
    totals: Any,
    counts: Any,
    unbooked: Any,
    log: Any,
    desk: Any,
    waiting: Any,
    blocks: Any,
) -> None:
    """Replications of all arms into ``totals`` (arms, replications, years, groups, effect states, measures).

    ``entries`` says where each arm's schedule ends in ``dates``, ``places`` and ``closed``.
    """
    for number in range(replications):
        there = be_born_all(people, members, shares, years, seed, first_replication + number, groups, history)
        counts[number] = there
        if history[0].history_years > 0.0:
            live(
                people[:there], history_dates, history_places, history_closed, -history[0].history_years, 0.0,
                groups, history, unbooked, log, desk, waiting[:there], blocks[: blocks_for(there)],
            )  # fmt: skip
        for arm in range(len(entries)):
            start = entries[arm - 1] if arm > 0 else 0
            stop = entries[arm]
            values = arms[arm : arm + 1]
            lives = people[:there]
            if arm + 1 < len(entries):
                copy_people(spare, people, there)
                lives = spare[:there]
            for place in range(there):
                take_over(lives, place, groups, values, 0.0)
            live(
                lives, dates[start:stop], places[start:stop], closed[start:stop], 0.0, years,
                groups, values, totals[arm, number], log, desk, waiting[:there], blocks[: blocks_for(there)],
            )  # fmt: skip


def schedule_arrays(schedule: Sequence[Places]) -> tuple[Any, Any, Any]:
    """Dates, places and closings of a schedule as arrays."""
    return (
        np.array([entry.date for entry in schedule], np.float64),
        np.array([entry.places for entry in schedule], np.int64),
        np.array([entry.closed for entry in schedule], np.bool_),
    )


def together(records: Sequence[Any]) -> Any:
    """Single records as one set of records."""
    if isinstance(records[0], np.ndarray):
        return np.concatenate(records)
    return [record[0] for record in records]


def run(
    arms: Sequence[Rates],
    years: int,
    seed: int,
    first_replication: int,
    replications: int,
    log: Any = None,
    desk: Any = None,
) -> list[Activity]:
    """Replications of arms that share one history, with the same luck in every arm.

    Args:
        arms: rates of each arm; population and history must be the same in all.
        years: whole years from t = 0.
        seed, first_replication, replications: the luck: the same three give the same bits.
        log: an array of rows for events, written in the order in which the engine met them, while there is room.
        desk: one Desk record, whose ``events`` is the number of events there were.
    """
    shared = arms[0]
    members, shares = members_of(shared)
    at_start = counts_of(shared)
    most = len(members) + max(
        (arrivals_at_most(shared, years, seed, first_replication + each) for each in range(replications)), default=0
    )
    size = measures.OFFENCES_FROM + len(shared.offence_types)
    shape = (max(years, 1), len(shared.groups), len(EFFECT_STATES), size)
    totals = np.zeros((len(arms), replications, *shape))
    schedules = [schedule_arrays(arm.schedule) for arm in arms]
    replicate(
        rows(Person, most),
        rows(Person, most),
        members,
        shares,
        float(years),
        seed,
        first_replication,
        replications,
        shared.groups,
        shared.history,
        *schedule_arrays(shared.history_schedule),
        together([arm.values for arm in arms]),
        np.cumsum([len(arm.schedule) for arm in arms]),
        *(np.concatenate([schedule[part] for schedule in schedules]) for part in range(3)),
        totals,
        np.zeros(replications, np.int64),
        np.zeros((1, *shape[1:])),
        np.zeros((0, EVENT_FIELDS)) if log is None else log,
        rows(Desk, 1) if desk is None else desk,
        rows(Waiting, most),
        rows(Block, int(blocks_for(most))),
    )
    people = np.broadcast_to(at_start, (replications, len(at_start)))
    return [
        Activity(arm.name, totals[number][:, :years], people, arm.group_names, arm.offence_types, first_replication)
        for number, arm in enumerate(arms)
    ]


def event_log(rates: Rates, years: int, seed: int, replication: int) -> list[Event]:
    """Every event of one arm in one replication, history first, in the order of ``engine_simpy``.

    The first run counts the events, the second writes them down: the log is never too small.
    """
    desk = rows(Desk, 1)
    run([rates], years, seed, replication, 1, desk=desk)
    log = np.zeros((int(get(desk, 0, "events")), EVENT_FIELDS))
    run([rates], years, seed, replication, 1, log)
    events = [event_of(row) for row in log]
    before = [event for event in events if event.date < 0.0]
    return [*in_order(before), *in_order([event for event in events if event.date >= 0.0])]


def event_of(row: Any) -> Event:
    """A row of the log as an Event."""
    date, person, event, justice, scheme, rag, code, offences, until, active, fading = row.tolist()
    return Event(
        date, int(person), int(event), int(justice), int(scheme), int(rag), int(code), int(offences), until,
        bool(active), bool(fading),
    )  # fmt: skip


def in_order(events: list[Event]) -> Iterator[Event]:
    """Lives in the order in which they meet: by date, then as ``engine_simpy`` orders an instant."""
    lives: dict[int, list[tuple[tuple[float, int, int], Event]]] = {}
    for sequence, event in enumerate(events):
        lives.setdefault(event.person, []).append(((event.date, *order_of(event, sequence)), event))
    merged = heapq.merge(*lives.values(), key=first_part)
    return (event for _, event in merged)


def first_part(entry: tuple[tuple[float, int, int], Event]) -> tuple[float, int, int]:
    """What events are merged by."""
    return entry[0]


def order_of(event: Event, sequence: int) -> tuple[int, int]:
    """Place of an event within its instant; those of the scheme in the order in which they were done."""
    if event.event == SELECTED:
        return FILLING, sequence
    if event.event == SCHEME_CLOSES:
        return SCHEME_DATE, sequence
    return event.event, event.person
