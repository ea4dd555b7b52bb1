"""Checks B6 to B12: at the ends of the range of each input the answer is known without arithmetic."""

from __future__ import annotations

import numpy as np
import pytest

from simulator import engine_simpy
from simulator.model import measures, states
from simulator.model.rates import Places, Rates

from .lives import by_person, dates_of
from .worlds import BUSY, activity, always, group, log_of, sized, world

PEOPLE = sized(200, 50)
MIX = [0.3, 0.6, 1.0]


def test_without_deaths_and_moves_nobody_leaves() -> None:
    there = activity(world(PEOPLE, always(10), base=BUSY, deaths_per_year=0.0, moves_away_per_year=0.0), 4)
    assert there.total(measures.LEFT_YEARS)[0] == 0.0


def test_a_huge_death_rate_leaves_nobody() -> None:
    there = activity(world(PEOPLE, always(10), base=BUSY, deaths_per_year=1e6), 2)
    assert there.total(measures.LEFT_YEARS)[0] == pytest.approx(PEOPLE * 2, rel=1e-4)


def test_without_custody_there_is_no_custody_release_or_recall() -> None:
    there = activity(world(PEOPLE, always(10), base=BUSY, first_custody_chance=0.0, later_custody_chance=0.0), 4)
    for measure in (
        measures.CUSTODY_YEARS, measures.CUSTODY_DISPOSALS, measures.CUSTODIAL_SENTENCES, measures.RELEASES,
        measures.RECALLS, measures.LICENCE_YEARS, measures.DESELECTIONS + states.CODE_6A,
    ):  # fmt: skip
        assert there.total(measure)[0] == 0.0
    assert there.total(measures.ARRESTS)[0] > 0.0


def test_certain_custody_beyond_the_horizon_allows_one_occasion_each() -> None:
    rates = world(
        PEOPLE, first_custody_chance=1.0, later_custody_chance=1.0, sentence_from_years=[50.0],
        sentence_to_years=[60.0], occasions_per_year=3.0,
    )  # fmt: skip
    occasions = [len(dates_of(life, states.OCCASION)) for life in by_person(log_of(rates, 5)).values()]
    assert max(occasions) == 1
    assert activity(rates, 5).total(measures.RELEASES)[0] == 0.0


def test_without_offending_nothing_happens_and_no_place_is_filled() -> None:
    there = activity(world(PEOPLE, always(10), occasions_per_year=0.0), 3)
    assert there.total(measures.LIBERTY_YEARS)[0] == PEOPLE * 3
    assert there.totals.sum() == PEOPLE * 3


def small(people: int) -> Rates:
    """Hardly anybody in a busy world."""
    return world([group(people, offence_mix=MIX)], always(3), base=BUSY, history_years=1.0)


@pytest.mark.parametrize("people", [0, 1])
@pytest.mark.parametrize("years", [0, 1])
def test_nobody_one_person_no_years_and_one_year_run(people: int, years: int) -> None:
    there = activity(small(people), years)
    assert there.totals.shape[1] == years
    assert there.totals[..., : measures.LEFT_YEARS + 1].sum() == people * years


@pytest.mark.parametrize("people", [0, 1])
@pytest.mark.parametrize("years", [0, 1])
def test_simpy_agrees_on_hardly_anybody(people: int, years: int) -> None:
    simpy = engine_simpy.run([small(people)], years, 1, 0, 1)[0]
    assert np.array_equal(activity(small(people), years).totals, simpy.totals)


def test_no_places_select_nobody() -> None:
    for schedule in ((), always(0)):
        there = activity(world(PEOPLE, schedule, base=BUSY), 4)
        assert there.total(measures.SELECTIONS)[0] == 0.0
        assert there.managed_years().sum() == 0.0


def test_more_people_leave_the_lives_of_the_first_unchanged_without_a_limit_of_places() -> None:
    """Check B12."""
    few = log_of(world(20, always(10**6), base=BUSY, history_years=1.0), 4)
    many = log_of(world(40, always(10**6), base=BUSY, history_years=1.0), 4)
    assert few == [event for event in many if event.person < 20]


def test_a_horizon_cut_short_gives_the_same_years() -> None:
    """Check F9, as far as activity goes."""
    rates = world(PEOPLE, (Places(0.0, 20, False), Places(2.0, 5, False)), base=BUSY, history_years=1.0)
    long, short = activity(rates, 6), activity(rates, 3)
    assert np.array_equal(long.totals[:, :3], short.totals)
