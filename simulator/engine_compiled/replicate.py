"""Replications of arms in one compiled call that holds no Python lock, so that threads share the cores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from simulator.activity import ALL_GROUPS, Activity, Event
from simulator.engine_compiled.calendar import BUCKETS_PER_PERSON
from simulator.engine_compiled.ranking import empty_ranking
from simulator.engine_compiled.stage import Desk, Stage, Waiting, set_up
from simulator.engine_compiled.stretch import live
from simulator.jit import COMPILED, compiled
from simulator.model import measures
from simulator.model.life import take_over
from simulator.model.person import Person
from simulator.model.pool import arrivals_at_most, be_born_all, counts_of, members_of
from simulator.model.rates import Group, Places, Rates, Values
from simulator.model.records import copied, filled, get, rows
from simulator.model.states import EFFECT_STATES

EVENT_FIELDS = len(Event._fields)
LOG_FIELDS = EVENT_FIELDS + 1  # the filling at or after which it happened

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
    stage: Any,
    spare: Any,
    members: Any,
    shares: Any,
    years: float,
    seed: int,
    first_replication: int,
    past: Any,
    arms: Any,
    schedules: Any,
    totals: Any,
    unbooked: Any,
) -> None:
    """Replications of all arms into ``totals`` (arms, replications, years, groups, effect states, measures).

    ``stage`` carries the values of the shared history, ``past`` is its schedule.
    """
    history = stage.values
    span = history[0].history_years
    for number in range(totals.shape[1]):
        there = be_born_all(
            stage.people, members, shares, years, seed, first_replication + number, stage.groups, history
        )
        if span > 0.0:
            live(set_up(stage, stage.people[:there], history, unbooked), past, 0, len(past.dates), -span, 0.0)
        for arm in range(len(arms)):
            values = arms[arm : arm + 1]
            lives = stage.people[:there]
            if arm + 1 < len(arms):
                copy_people(spare, stage.people, there)
                lives = spare[:there]
            for place in range(there):
                take_over(lives, place, stage.groups, values, 0.0)
            live(
                set_up(stage, lives, values, totals[arm, number]),
                schedules, schedules.ends[arm], schedules.ends[arm + 1], 0.0, years,
            )  # fmt: skip


class Schedules(NamedTuple):
    """Schedules one after another; that of arm k lies from ``ends[k]`` to ``ends[k + 1]``."""

    dates: Any
    places: Any
    closed: Any
    ends: Any


def schedules_of(schedules: Sequence[Sequence[Places]]) -> Schedules:
    """Dates, places and closings as arrays."""
    entries = [entry for schedule in schedules for entry in schedule]
    return Schedules(
        np.array([entry.date for entry in entries], np.float64),
        np.array([entry.places for entry in entries], np.int64),
        np.array([entry.closed for entry in entries], np.bool_),
        np.cumsum([0, *(len(schedule) for schedule in schedules)]),
    )


def together(records: Sequence[Any]) -> Any:
    """Single records as one set of records."""
    if not isinstance(records[0], np.ndarray):
        return [record[0] for record in records]
    joined = np.empty(len(records), records[0].dtype)  # numpy's concatenate takes a tenth of a replication for records
    for place, record in enumerate(records):
        joined[place] = record[0]
    return joined


def empty_stage(rates: Rates, people: int, log: Any, desk: Any) -> Stage:
    """Everything that replications of so many people work on, empty; used again by every replication."""
    return Stage(
        rows(Person, people),
        rates.groups,
        rates.history,
        np.zeros((0, 0, 0, 0)),
        log,
        rows(Desk, 1) if desk is None else desk,
        rows(Waiting, people),
        empty_ranking(people),
        np.zeros(people, np.int64),
        empty_ranking(people),
        np.zeros(max(BUCKETS_PER_PERSON * people, 1), np.int64),
    )


def run(
    arms: Sequence[Rates],
    years: int,
    seed: int,
    first_replication: int,
    replications: int,
    log: Any = None,
    desk: Any = None,
    by_group: bool = True,
) -> list[Activity]:
    """Replications of arms that share one history, with the same luck in every arm.

    Args:
        arms: rates of each arm; population and history must be the same in all.
        years: whole years from t = 0.
        seed, first_replication, replications: the luck: the same three give the same bits.
        log: an array of rows for events, written in the order in which the engine met them, while there is room.
        desk: one Desk record, whose ``events`` is the number of events there were.
        by_group: tell the groups of the cohort apart; without, what ``Activity.over_groups`` gives, in less time.
    """
    shared = arms[0]
    members, shares = members_of(shared)
    at_start = counts_of(shared)
    most = len(members) + max(
        (arrivals_at_most(shared, years, seed, first_replication + each) for each in range(replications)), default=0
    )
    size = measures.OFFENCES_FROM + len(shared.offence_types)
    groups = shared.group_names if by_group else (ALL_GROUPS,)
    shape = (max(years, 1), len(groups), len(EFFECT_STATES), size)
    totals = np.zeros((len(arms), replications, *shape))
    replicate(
        empty_stage(shared, most, np.zeros((0, LOG_FIELDS)) if log is None else log, desk),
        rows(Person, most if len(arms) > 1 else 0),
        members,
        shares,
        float(years),
        seed,
        first_replication,
        schedules_of([shared.history_schedule]),
        together([arm.values for arm in arms]),
        schedules_of([arm.schedule for arm in arms]),
        totals,
        np.zeros((1, *shape[1:])),
    )
    counted = at_start if by_group else at_start.sum(keepdims=True)
    people = np.broadcast_to(counted, (replications, len(groups)))
    return [
        Activity(arm.name, totals[number][:, :years], people, groups, arm.offence_types, first_replication)
        for number, arm in enumerate(arms)
    ]


def warm_up() -> None:
    """Compile everything, where it is not on disk yet: a run of nobody."""
    nobody = filled(Values, [{}])
    rates = Rates("", nobody, nobody, filled(Group, [{}]), (), (), 0.0, ("",), ())
    run([rates], 0, 0, 0, 1)


def count_events(arms: Sequence[Rates], years: int, seed: int, first_replication: int, replications: int) -> int:
    """How many events there are: every line that the event logs would have, a shared history counted once."""
    desk = rows(Desk, 1)
    run(arms, years, seed, first_replication, replications, desk=desk)
    return int(get(desk, 0, "events"))
