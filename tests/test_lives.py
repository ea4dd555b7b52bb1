"""Lives as sorted arrays against the same events told one by one, and against the totals of the same run."""

from __future__ import annotations

import functools
import json
import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from referees.worlds import ARRESTS, BUSY, activity, born, group, log_of, world
from told_lives import Story, ended_in_custody, overlap, spans_where, stays_in, told_in_brief, was_active

from simulator.evaluation import lives as module
from simulator.evaluation.lives import Lives, lives_of, over_replications
from simulator.jit import COMPILED
from simulator.model import measures
from simulator.model.rates import Places, Rates
from simulator.model.states import (
    ARREST_ENDS,
    CUSTODY,
    LIBERTY,
    OCCASION,
    POOL,
    RECALLED,
    RELEASED,
    SELECTED,
)

YEARS, HISTORY = 3, 4.0
PEOPLE = (14, 10)


@functools.cache
def rates_of(kind: str) -> Rates:
    """A busy world in which people die, arrive, are recalled, deselected and selected again."""
    mixes = ([0.2, 0.7, 1.0], [0.6, 0.6, 1.0])
    groups = [
        group(people, offence_mix=mix, rate_ratio=ratio)
        for people, mix, ratio in zip(PEOPLE, mixes, (1.0, 1.5), strict=True)
    ]
    places = (Places(-HISTORY + 1.0, 6, False),)
    changes = {
        "busy": {"arrivals_per_year": 3.0},
        "no spells": {"active_spells_end_per_year": 0.0, "paused_spells_end_per_year": 0.0},
        "no day of arrest": {"arrest_years": 0.0},
        "long arrests": {"arrest_years": 0.4, "deaths_per_year": 0.4},
        "dying out": {"deaths_per_year": 0.5, "moves_away_per_year": 0.5},
        "nothing": {"occasions_per_year": 1e-12, "deaths_per_year": 0.0, "moves_away_per_year": 0.0,
                    "active_spells_end_per_year": 0.0, "paused_spells_end_per_year": 0.0},
    }[kind]  # fmt: skip
    closes = () if kind == "long arrests" else (Places(2.5, 0, True),)
    schedule = (Places(0.0, 6, False), Places(1.5, 9, False), *closes)
    return world(groups, schedule, places, BUSY, history_years=HISTORY, **changes)


KINDS = ("busy", "no spells", "no day of arrest", "long arrests", "dying out")
SEEDS = (1, 2, 3)


@functools.cache
def lives(kind: str, seed: int) -> Lives:
    return lives_of(rates_of(kind), YEARS, seed, 0)


@functools.cache
def stories(kind: str, seed: int) -> tuple[Story, ...]:
    """Every event of everybody there from the start, by person, as they happened."""
    log = log_of(rates_of(kind), YEARS, seed, 0)
    return tuple(tuple(event for event in log if event.person == person) for person in range(sum(PEOPLE)))


# --- against what the arrays say -------------------------------------------------------------------------------------

window = st.tuples(
    st.floats(-HISTORY, YEARS, allow_nan=False), st.floats(-HISTORY, YEARS, allow_nan=False)
).map(sorted)  # fmt: skip
some_world = given(st.sampled_from(KINDS), st.sampled_from(SEEDS), window)


@settings(max_examples=40, deadline=None, derandomize=True)
@some_world
def test_counts_in_a_window_are_those_of_the_log(kind: str, seed: int, dates: list[float]) -> None:
    start, end = dates
    here, told = lives(kind, seed), stories(kind, seed)
    inside = [
        [event for event in story if event.event == OCCASION and start < event.date <= end] for story in told
    ]  # fmt: skip
    begin, stop = here.ever(start), here.ever(end)
    assert here.count(here.occasions, begin, stop).tolist() == [len(each) for each in inside]
    offences = here.count(here.occasions, begin, stop, here.occasion_offences)
    assert offences.tolist() == [sum(event.offences for event in each) for each in inside]
    first = here.first(here.occasions, begin, stop)
    assert [float(here.date[row]) if row >= 0 else None for row in first] == [
        each[0].date if each else None for each in inside
    ]
    assert all(here.person[row] == person for person, row in enumerate(first) if row >= 0)


@settings(max_examples=40, deadline=None, derandomize=True)
@some_world
def test_years_in_custody_and_active_are_those_of_the_log(kind: str, seed: int, dates: list[float]) -> None:
    here, told = lives(kind, seed), stories(kind, seed)
    begin, stop = here.ever(dates[0]), here.ever(dates[1])
    inside = [spans_where(story, "justice", CUSTODY, LIBERTY) for story in told]
    expected = [overlap(each, [(dates[0], dates[1])]) for each in inside]
    assert here.custody_years(begin, stop) == pytest.approx(expected, abs=1e-9)
    everybody = np.arange(here.people)
    between = here.active_until(everybody, stop) - here.active_until(everybody, begin)
    active = [spans_where(story, "active", 1.0, was_active(story)) for story in told]
    assert between == pytest.approx([overlap(each, [(dates[0], dates[1])]) for each in active], abs=1e-8)


@settings(max_examples=30, deadline=None, derandomize=True)
@some_world
def test_states_and_places_on_a_date_are_those_of_the_log(kind: str, seed: int, dates: list[float]) -> None:
    date = dates[0]
    here, told = lives(kind, seed), stories(kind, seed)
    before = [[event for event in story if event.date <= date] for story in told]
    for name, at_first in (("justice", LIBERTY), ("scheme", POOL)):
        expected = [getattr(each[-1], name) if each else at_first for each in before]
        assert here.state_at(here.ever(date), name, float(at_first)).tolist() == expected
    assert here.at_liberty(here.ever(date)).tolist() == [not each or each[-1].justice == LIBERTY for each in before]
    holding = [
        [since for since, until in stays_in(story) if since <= date and (until is None or until > date)]
        for story in told
    ]
    assert [None if math.isnan(x) else x for x in here.selected_before(date)] == [
        each[0] if each else None for each in holding
    ]


def test_on_the_very_date_of_an_event_its_state_holds() -> None:
    here = lives("busy", 1)
    for row in range(0, len(here.events), 7):
        date, person = float(here.date[row]), here.person[row]
        last = max(other for other in np.flatnonzero(here.person == person) if here.date[other] == date)
        assert here.last_row(here.ever(date))[person] == last
        assert here.state_at(here.ever(date), "scheme")[person] == here.column("scheme")[last]
    for person, since, until in zip(*here.stays, strict=True):
        assert here.selected_before(since)[person] == since
        assert here.selected_before(until)[person] != since


def test_windows_hold_their_end_and_not_their_start() -> None:
    here = lives("busy", 1)
    row = here.occasions[5]
    at, early, late = (here.ever(float(here.date[row]) + shift) for shift in (0.0, -1e-6, 1e-6))
    person = here.person[row]
    assert [here.count(here.occasions, *each)[person] for each in ((early, at), (at, late))] == [1.0, 0.0]
    assert [here.first(here.occasions, *each)[person] for each in ((early, at), (at, late))] == [row, -1]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", SEEDS)
def test_stays_and_disposals_are_those_of_the_log(kind: str, seed: int) -> None:
    here, told = lives(kind, seed), stories(kind, seed)
    person, since, until = here.stays
    assert [
        (int(who), start, None if end > YEARS else end) for who, start, end in zip(person, since, until, strict=True)
    ] == [(who, *stay) for who, story in enumerate(told) for stay in stays_in(story)]
    assert here.custodial.tolist() == [
        ended_in_custody(story, event) for story in told for event in story if event.event == OCCASION
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_tested_happens(kind: str) -> None:
    happened = {event.event for seed in SEEDS for story in stories(kind, seed) for event in story}
    assert {OCCASION, ARREST_ENDS, RELEASED, RECALLED, SELECTED} <= happened
    here = lives(kind, 1)
    assert here.custodial.any()
    assert not here.custodial.all()
    assert len(here.stays[0]) > len(set(here.stays[0]))  # selected again


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "busy"])  # there, arrivals are in the totals too
@pytest.mark.parametrize("seed", SEEDS)
def test_totals_of_the_same_run(kind: str, seed: int) -> None:
    rates, here = rates_of(kind), lives(kind, seed)
    totals = activity(rates, YEARS, seed).totals[0].sum(axis=2)  # years, groups, measures
    for year in range(YEARS):
        begin, stop = here.ever(float(year)), here.ever(year + 1.0)
        for number in range(len(PEOPLE)):
            inside = here.group == number
            row = totals[year, number]
            assert here.count(here.occasions, begin, stop)[inside].sum() == row[ARRESTS]
            assert here.custody_years(begin, stop)[inside].sum() == row[measures.CUSTODY_YEARS]
            kinds = [here.count(here.occasions, begin, stop, here.kinds[:, each])[inside].sum() for each in range(3)]
            assert kinds == row[measures.OFFENCES_FROM :].tolist()
            if kind == "no day of arrest":
                sentences = here.count(here.occasions, begin, stop, here.occasion_offences * here.custodial)
                assert sentences[inside].sum() == row[measures.CUSTODIAL_SENTENCES]


@pytest.mark.parametrize("kind", KINDS)
def test_types_add_up_to_the_offences_of_each_occasion(kind: str) -> None:
    here = lives(kind, 1)
    assert here.kinds.sum(axis=1).tolist() == here.occasion_offences.tolist()
    assert not here.kinds[here.group[here.person[here.occasions]] == 1][
        :, 1
    ].any()  # of which the second group has none


def test_hazard_is_rate_times_frailty_times_the_ratio_of_the_group() -> None:
    rates, here = rates_of("no spells"), lives("no spells", 2)
    frailty = np.array(born(rates, 0, "frailty", seed=2))
    assert here.hazard == pytest.approx(3.0 * frailty * np.where(here.group == 1, 1.5, 1.0))


def test_people_who_arrive_later_are_not_followed() -> None:
    everybody = {event.person for event in log_of(rates_of("busy"), YEARS, 1)}
    here = lives("busy", 1)
    assert max(everybody) >= here.people == sum(PEOPLE)
    assert here.person.max() < here.people
    assert len(here.hazard) == len(here.group) == here.people
    assert len(here.events) == sum(len(story) for story in stories("busy", 1))


def test_nothing_happens_to_anybody() -> None:
    here = lives_of(rates_of("nothing"), YEARS, 1, 0)
    assert here.events.shape[0] == 0
    begin, stop = here.ever(-1.0), here.ever(1.0)
    assert not here.count(here.occasions, begin, stop, here.occasion_offences).any()
    assert (here.first(here.occasions, begin, stop) == -1).all()
    assert not here.custody_years(begin, stop).any()
    assert here.at_liberty(stop).all()
    assert np.isnan(here.selected_before(0.0)).all()
    assert here.kinds.shape == (0, 3)
    assert len(here.custodial) == len(here.stays[0]) == 0
    everybody = np.arange(here.people)
    assert (here.active_until(everybody, stop) - here.active_until(everybody, begin) == 2.0).all()


def test_somebody_paused_for_good_is_not_active() -> None:
    rates = world(200, history_years=2.0, active_spells_end_per_year=1e-9, paused_spells_end_per_year=1e-9)
    here = lives_of(rates, 1, 1, 0)
    everybody = np.arange(here.people)
    active = here.active_until(everybody, here.ever(1.0)) - here.active_until(everybody, here.ever(0.0))
    assert set(active) == {0.0, 1.0}
    assert not here.count(here.occasions, here.ever(-2.0), here.ever(1.0))[active == 0.0].any()


def test_a_log_that_is_too_small_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_LOG", 7)
    assert (lives_of(rates_of("busy"), YEARS, 1, 0).events == lives("busy", 1).events).all()


def test_replications_come_in_order_whatever_the_number_of_workers() -> None:
    rates = rates_of("busy")

    def first_date(here: Lives) -> tuple[int, float]:
        return here.replication, float(here.date.sum())

    alone = over_replications(first_date, rates, YEARS, 1, 4, workers=1)
    assert alone == over_replications(first_date, rates, YEARS, 1, 4, workers=3)
    assert [number for number, _ in alone] == [0, 1, 2, 3]
    assert len({total for _, total in alone}) == 4


TOLD = """
import json
from told_lives import told_in_brief
print(json.dumps(told_in_brief()))
"""


@pytest.mark.skipif(not COMPILED, reason="there is nothing compiled to compare with")
def test_without_a_compiler_lives_are_the_same_to_the_bit() -> None:
    here = Path(__file__).parent
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", TOLD],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": os.pathsep.join((str(here), str(here.parent)))},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told == json.loads(json.dumps(told_in_brief()))
    assert told[1]
    assert told[5][0]
