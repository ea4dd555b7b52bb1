"""Checks E1, E2, E4, E5 and G11: places are never exceeded, never idle while somebody is in line, and given in order."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pytest

from simulator import engine_simpy
from simulator.activity import Event
from simulator.model import states
from simulator.model.rates import Places, Rates

from .worlds import BUSY, always, born, group, log_of, sized, world

PEOPLE = sized(120, 50)
YEARS = 6
RANK, COME, REFERRAL, OFFENCES = 0, 1, 2, 3
MIX = [0.3, 0.6, 1.0]


class Moment(NamedTuple):
    """A selection, and who was in line just before it: person -> (eligible since, dates of arrests)."""

    chosen: Event
    line: dict[int, tuple[float, list[float]]]


class Register:
    """Who is managed, who is in line, by reading the log alone."""

    def __init__(self, reselection: bool = True) -> None:
        self.reselection = reselection
        self.managed: set[int] = set()
        self.was_managed: set[int] = set()
        self.since: dict[int, float] = {}
        self.arrests: dict[int, list[float]] = {}
        self.barred: set[int] = set()

    def in_line(self) -> dict[int, tuple[float, list[float]]]:
        """Eligible, not barred."""
        return {p: (since, self.arrests[p]) for p, since in self.since.items() if p not in self.barred}

    def read(self, event: Event, served_share: float) -> None:
        """What one event changes."""
        person = event.person
        if event.event == states.OCCASION:
            self.arrests.setdefault(person, []).append(event.date)
            if person not in self.managed and (self.reselection or person not in self.was_managed):
                self.since.setdefault(person, event.date)
        if event.event == states.ARREST_ENDS and event.justice == states.CUSTODY:
            if event.until - event.date > 5.0 * served_share + 1e-8:
                self.barred.add(person)
        elif event.event == states.RELEASED:
            self.barred.discard(person)
        if event.event == states.SELECTED:
            self.managed.add(person)
            self.was_managed.add(person)
            self.since.pop(person)
        elif event.scheme != states.MANAGED:
            self.managed.discard(person)
        if event.justice == states.LEFT:
            self.since.pop(person, None)


def selections(log: list[Event]) -> Iterator[Moment]:
    """Every selection with the line it was made from."""
    register = Register()
    for event in log:
        if event.event == states.SELECTED:
            yield Moment(event, register.in_line())
        register.read(event, BUSY["served_share"])


def busy(rule: int, **changes: Any) -> Rates:
    """More people in line than places."""
    rows = [group(PEOPLE // 2, offence_mix=MIX, priority=1), group(PEOPLE // 2, offence_mix=MIX)]
    return world(rows, always(PEOPLE // 5), base=BUSY, rule=rule, history_years=1.0, **changes)


SHRINKS = (Places(0.0, 12, False), Places(2.0, 4, False), Places(4.0, 30, False), Places(5.0, 0, True))


@pytest.mark.parametrize("engine", ["compiled", "simpy"])
@pytest.mark.parametrize("schedule", [always(10), SHRINKS], ids=["steady", "shrinks"])
def test_places_are_never_exceeded_and_never_idle_while_somebody_is_in_line(
    engine: str, schedule: tuple[Places, ...]
) -> None:
    """A place freed at t is offered at t, once. Places that shrink are lost as people leave."""
    rates = world(PEOPLE, schedule, base=BUSY)
    log: list[Event] = []
    if engine == "compiled":
        log = log_of(rates, YEARS)
    else:
        engine_simpy.run([rates], YEARS, 1, 0, 1, [log.append])
    register = Register()
    instants = 0
    for event, following in zip(log, [*log[1:], None], strict=True):
        before = len(register.managed)
        register.read(event, BUSY["served_share"])
        places = [entry.places for entry in schedule if entry.date <= event.date][-1]
        if event.event == states.SELECTED:
            assert before < places
        if following is None or following.date > event.date:
            instants += 1
            assert len(register.managed) >= places or not register.in_line()
    assert instants > 300


def test_recent_arrests_go_first_weighted_by_age_with_a_time_constant_of_a_year() -> None:
    moments = 0
    for chosen, line in selections(log_of(busy(RANK), YEARS)):
        weight = {p: sum(math.exp(date - chosen.date) for date in dates) for p, (_, dates) in line.items()}
        assert weight[chosen.person] >= max(weight.values()) * (1.0 - 1e-9)
        moments += len(line) > 1
    assert moments > 50


def test_recent_offences_go_first_each_arrest_weighing_as_much_as_it_carries() -> None:
    moments = 0
    log = log_of(busy(OFFENCES), YEARS)
    carried = {(event.person, event.date): event.offences for event in log if event.event == states.OCCASION}
    for chosen, line in selections(log):
        weight = {
            p: sum(carried[p, date] * math.exp(date - chosen.date) for date in dates) for p, (_, dates) in line.items()
        }
        assert weight[chosen.person] >= max(weight.values()) * (1.0 - 1e-9)
        moments += len(line) > 1
    assert moments > 50


def test_first_come_goes_first() -> None:
    """Check E4: order of entry is order of eligibility; ties by number."""
    moments = 0
    for chosen, line in selections(log_of(busy(COME), YEARS)):
        assert chosen.person == min(line, key=lambda p: (line[p][0], p))
        moments += len(line) > 1
    assert moments > 50


def test_the_highest_referral_goes_first() -> None:
    rates = busy(REFERRAL)
    referral = born(rates, YEARS, "referral")
    moments = 0
    for chosen, line in selections(log_of(rates, YEARS)):
        assert chosen.person == max(line, key=lambda p: referral[p])
        moments += len(line) > 1
    assert moments > 50


@pytest.mark.parametrize("rule", [RANK, COME, REFERRAL, OFFENCES])
def test_a_group_of_higher_priority_never_waits_behind_a_lower_one(rule: int) -> None:
    moments = 0
    for chosen, line in selections(log_of(busy(rule, by_priority=1), YEARS)):
        first_group = [p for p in line if p >= PEOPLE // 2]
        if first_group:
            assert chosen.person in first_group
            moments += len(line) > len(first_group)
    assert moments > 20


def waits(places: int) -> float:
    """Person-years in line."""
    rates = world(PEOPLE, always(places), base=BUSY, occasions_ratio=1.0, custody_ratio=1.0,
                  offences_per_occasion_ratio=1.0)  # fmt: skip
    register = Register()
    area, last = 0.0, 0.0
    for event in log_of(rates, YEARS):
        area += len(register.in_line()) * (event.date - last)
        register.read(event, BUSY["served_share"])
        last = event.date
    return area


def test_enough_places_leave_no_wait_and_more_places_leave_less() -> None:
    """Check E2."""
    areas = [waits(places) for places in (5, 15, 40, PEOPLE)]
    assert np.all(np.diff(areas[:3]) <= 0.0)
    assert areas[0] > areas[-1] == 0.0


def test_events_at_one_instant_are_taken_by_kind_then_person_then_filling() -> None:
    """Check G11: all calm since t = 0, so every stage of every stay falls on the same dates."""
    rates = world(12, always(4), occasions_per_year=0.0, history={"occasions_per_year": 20.0}, history_years=2.0)
    log = [event for event in log_of(rates, 2) if event.date >= 0.0]
    simpy: list[Event] = []
    engine_simpy.run([rates], 2, 1, 0, 1, [simpy.append])
    assert log == [event for event in simpy if event.date >= 0.0]
    for date in {event.date for event in log}:
        at_once = [event for event in log if event.date == date]
        turns = [event.person for event in at_once if event.event == states.RAG_TURNS]
        assert turns == sorted(turns)
        kinds = [event.event for event in at_once]
        assert kinds == sorted(kinds)
