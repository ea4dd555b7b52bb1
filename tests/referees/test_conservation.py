"""Checks B1 to B5 and B10: nobody is lost, every life is whole, and the array of activity is the log added up."""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from typing import Any

import numpy as np
import pytest

from simulator import engine_simpy
from simulator.activity import Activity, Event, problems_of
from simulator.model import measures, states
from simulator.model.rates import Places, Rates

from .lives import NEAR, by_person, start_of, stretches
from .worlds import BUSY, activity, always, log_of, sized, world

YEARS = 6
OPENS_AND_CLOSES = (Places(0.0, 20, False), Places(3.0, 8, False), Places(5.0, 0, True))
PEOPLE = sized(200, 60)


def busy(**changes: Any) -> Rates:
    """Everything happens, with arrivals, a history and a scheme that shrinks and ends."""
    given = {"arrivals_per_year": 10.0, "history_years": 2.0, **changes}
    return world(PEOPLE, OPENS_AND_CLOSES, (Places(-1.0, 20, False),), BUSY, **given)


def arrivals(log: list[Event]) -> dict[int, float]:
    """When everybody came who was not there from the start."""
    return {event.person: event.date for event in log if event.event == states.ARRIVES}


def test_person_years_over_states_are_people_times_years_to_the_bit() -> None:
    closed = activity(busy(arrivals_per_year=0.0), YEARS, replications=3)
    by_year = closed.totals[..., : measures.LEFT_YEARS + 1].sum(axis=(2, 3, 4))
    assert np.all(by_year == PEOPLE)
    assert problems_of(closed) == []


def test_person_years_of_arrivals_run_from_their_arrival() -> None:
    rates = busy()
    came = arrivals(log_of(rates, YEARS))
    there = activity(rates, YEARS)
    assert len(came) > 20
    assert there.totals[..., : measures.LEFT_YEARS + 1].sum() == PEOPLE * YEARS + sum(YEARS - d for d in came.values())
    assert there.total(measures.ENTRIES)[0] == len(came)
    assert problems_of(there) == []


def test_every_life_is_whole_and_in_order_and_nobody_is_in_two_places() -> None:
    rates = busy()
    ends: dict[int, float] = {}
    for stretch in stretches(rates, log_of(rates, YEARS), YEARS):
        assert stretch.end >= stretch.start
        assert stretch.start == ends.get(stretch.person, stretch.start)
        ends[stretch.person] = stretch.end
    assert set(ends.values()) == {float(YEARS)}
    assert len(ends) == PEOPLE + len(arrivals(log_of(rates, YEARS)))


FOLLOWS = {
    states.OCCASION: ({states.LIBERTY}, states.ARREST),
    states.RELEASED: ({states.CUSTODY}, states.LIBERTY),
    states.RECALLED: ({states.LIBERTY}, states.CUSTODY),
    states.MOVES_AWAY: ({states.LIBERTY}, states.LEFT),
    states.DIES: ({states.LIBERTY, states.ARREST, states.CUSTODY}, states.LEFT),
}
ONLY_AT_LIBERTY = (
    states.RAG_TURNS, states.PATHWAYS_STABILISED, states.NOT_ENGAGED_QUIET, states.NOT_ENGAGED_ACTIVE,
    states.NO_LONGER_FITS,
)  # fmt: skip


def test_every_event_starts_from_a_state_in_which_it_can_happen() -> None:
    log = log_of(busy(), YEARS)
    seen = set()
    for life in by_person(log).values():
        justice, active = states.LIBERTY, None
        for event in life:
            assert justice != states.LEFT, "an event after leaving"
            if event.event in FOLLOWS:
                before, after = FOLLOWS[event.event]
                assert justice in before
                assert event.justice == after
            elif event.event == states.ARREST_ENDS:
                assert justice == states.ARREST
                assert event.justice in (states.LIBERTY, states.CUSTODY)
            elif event.event != states.ARRIVES:
                assert event.justice == justice, "an event of the scheme changed the justice state"
            if event.event in ONLY_AT_LIBERTY:
                assert justice == states.LIBERTY
            if event.event == states.OCCASION:
                assert active is not False, "an occasion in a pause"
            justice, active = event.justice, event.active
            seen.add(event.event)
    assert seen >= set(range(len(states.EVENTS))), "the world is not busy enough"


def test_entries_less_exits_is_the_change_in_stock_for_custody_places_and_the_pool() -> None:
    rates = world(PEOPLE, OPENS_AND_CLOSES, base=BUSY, arrivals_per_year=10.0)
    log = log_of(rates, YEARS)
    there = activity(rates, YEARS)
    last = {event.person: event for event in log}
    in_custody = sum(event.justice == states.CUSTODY for event in last.values())
    managed = sum(event.scheme == states.MANAGED for event in last.values())
    died_in_custody = 0
    for life in by_person(log).values():
        died_in_custody += sum(
            after.event == states.DIES and before.justice == states.CUSTODY
            for before, after in itertools.pairwise(life)
        )
    total = {name: there.total(place)[0] for place, name in enumerate(measures.NAMES)}
    assert total["custody_disposals"] + total["recalls"] - total["releases"] - died_in_custody == in_custody
    deselected = sum(count for name, count in total.items() if name.startswith("deselected_"))
    assert total["selections"] - deselected == managed


@pytest.mark.parametrize("engine", ["compiled", "simpy"])
def test_the_activity_is_the_log_added_up(engine: str) -> None:
    rates = busy()
    log: list[Event] = []
    if engine == "compiled":
        log, booked = log_of(rates, YEARS), activity(rates, YEARS)
    else:
        booked = engine_simpy.run([rates], YEARS, 1, 0, 1, [log.append])[0]
    assert compare(rates, log, booked) == []


def compare(rates: Rates, log: list[Event], booked: Activity) -> list[str]:
    """Differences between the activity and what the log adds up to."""
    years: defaultdict[tuple[int, str], float] = defaultdict(float)
    counts = Counter[str]()
    for stretch in stretches(rates, log, YEARS):
        if stretch.end <= 0.0:
            continue
        start, end = max(stretch.start, 0.0), stretch.end
        state = states.JUSTICE_STATES[stretch.justice].split()[0]
        licence = stretch.justice == states.LIBERTY and stretch.licence_until > start + NEAR
        years[0, "licence" if licence else state] += end - start
        if stretch.scheme == states.MANAGED and stretch.justice != states.LEFT:
            years[1, states.RAG_STATUSES[stretch.rag]] += end - start
    offended: set[int] = set()
    in_year: set[tuple[int, int]] = set()
    for event in log:
        if event.date < 0.0:
            continue
        counts[states.EVENTS[event.event]] += 1
        if event.event == states.OCCASION:
            counts["offences"] += event.offences
            offended.add(event.person)
            in_year.add((event.person, math.floor(event.date)))
        if event.event == states.ARREST_ENDS and event.justice == states.CUSTODY:
            counts["custody"] += 1
            counts["sentences"] += event.offences
    expected = {
        measures.LIBERTY_YEARS: years[0, "liberty"],
        measures.LICENCE_YEARS: years[0, "licence"],
        measures.ARREST_YEARS: years[0, "arrest"],
        measures.CUSTODY_YEARS: years[0, "custody"],
        measures.LEFT_YEARS: years[0, "left"],
        measures.ARRESTS: counts["offending occasion"],
        measures.CUSTODY_DISPOSALS: counts["custody"],
        measures.CUSTODIAL_SENTENCES: counts["sentences"],
        measures.RECALLS: counts["recalled on licence"],
        measures.RELEASES: counts["released"],
        measures.SELECTIONS: counts["selected"],
        measures.PEOPLE_OFFENDING: len(offended),
        measures.PEOPLE_OFFENDING_IN_YEAR: len(in_year),
        measures.DESELECTIONS + states.CLOSED: counts["scheme closes"],
    }
    for status, name in enumerate(states.RAG_STATUSES):
        expected[measures.RAG_YEARS + status] = years[1, name]
    wrong = [
        f"{measures.NAMES[measure]}: booked {booked.total(measure)[0]}, by the log {value}"
        for measure, value in expected.items()
        if abs(booked.total(measure)[0] - value) > 1e-6  # the licence's end is worked back from the time served
    ]
    if booked.proven_offences().sum() != counts["offences"]:
        wrong.append("offences")
    return wrong


def test_time_before_the_start_is_not_booked() -> None:
    rates = world(5, history_years=3.0, base=BUSY, deaths_per_year=0.0, moves_away_per_year=0.0)
    assert start_of(rates) == -3.0
    assert activity(rates, 2).totals[..., : measures.LEFT_YEARS + 1].sum() == 10.0


def test_those_who_left_stay_away() -> None:
    left = activity(busy(arrivals_per_year=0.0, deaths_per_year=0.1), YEARS).by_year(measures.LEFT_YEARS)[0]
    assert np.all(np.diff(left) >= 0.0)
    assert left[-1] > 0.0


def test_both_engines_tell_the_same_story() -> None:
    """Check C11, for the worlds of these tests."""
    for rates in (busy(), busy(rule=1, fade_out_years=0.0), world(30, always(5), base=BUSY, rule=2)):
        log: list[Event] = []
        engine_simpy.run([rates], YEARS, 1, 0, 1, [log.append])
        assert log == log_of(rates, YEARS)
