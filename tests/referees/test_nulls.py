"""Checks D1, D3, D4, D7, D8 and G4 to G6, G9: what must not change does not, to the bit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulator import engine_compiled, engine_simpy
from simulator.activity import Event
from simulator.model import measures, states
from simulator.model.life import take_over
from simulator.model.person import Person
from simulator.model.pool import people_at_start
from simulator.model.rates import Places, Rates
from simulator.model.records import copied, get

from .lives import NEAR, by_person, dates_of, justice_only
from .worlds import ARRESTS, BUSY, OFFENCES, activity, alone, always, each, group, log_of, sized, world

PEOPLE = sized(300, 80)
YEARS = 6
NULL: dict[str, Any] = {
    "occasions_ratio": 1.0, "offences_per_occasion_ratio": 1.0, "custody_ratio": 1.0, "frailty_exponent": 1.0,
}  # fmt: skip
MIX = [0.3, 0.6, 1.0]


def busy(schedule: tuple[Places, ...], **changes: Any) -> Rates:
    """Everything happens."""
    return world(PEOPLE, schedule, base=BUSY, **{"history_years": 2.0, **changes})


@pytest.mark.parametrize("rule", [0, 1, 2])
def test_a_programme_without_effect_leaves_every_life_as_it_is(rule: int) -> None:
    """Check D1: start delay, fading, stays, codes and places all run; no justice event moves by a bit."""
    with_it = log_of(busy(always(60), rule=rule, **NULL), YEARS)
    without = log_of(busy((), rule=rule, **NULL), YEARS)
    assert sum(event.event == states.SELECTED for event in with_it) > 60
    assert justice_only(with_it) == justice_only(without)


def test_no_places_are_no_programme() -> None:
    """Check D7."""
    assert log_of(busy(always(0)), YEARS) == log_of(busy(()), YEARS)


def test_dropping_out_at_entry_leaves_every_life_as_it_is() -> None:
    """Check D8: selected, gone within the instant; dates move by the rounding of a date at most."""
    gone = log_of(busy(always(60), no_longer_fits_per_year=1e15, start_delay_years=0.0, fade_out_years=0.0), YEARS)
    without = log_of(busy((), fade_out_years=0.0), YEARS)
    assert sum(event.event == states.SELECTED for event in gone) > 60
    dates = sorted(row[:3] for row in justice_only(gone) if row[3] != states.CUSTODY or row[2] != states.OCCASION)
    expected = sorted(row[:3] for row in justice_only(without))
    assert len(dates) == len(expected)
    assert np.allclose([row[0] for row in dates], [row[0] for row in expected], rtol=0.0, atol=NEAR * 10)


def test_swapping_two_arms_swaps_their_results() -> None:
    """Check D3: an arm gives the same whatever stands beside it."""
    run, stop = busy(always(60)), busy((Places(2.0, 0, True),))
    one, two = engine_compiled.run([run, stop], YEARS, 1, 0, 2)
    two_again, one_again = engine_compiled.run([stop, run], YEARS, 1, 0, 2)
    assert np.array_equal(one.totals, one_again.totals)
    assert np.array_equal(two.totals, two_again.totals)
    assert np.array_equal(one.totals, activity(run, YEARS, replications=2).totals)
    assert not np.array_equal(one.totals, two.totals)


# The theorem of check D4 needs a hazard constant in time at liberty, so no spells; custody decided by the number of the
# occasion; and nothing but occasions that takes liberty away, so no recall, move or death.
THEOREM: dict[str, Any] = {
    **BUSY, **NULL, "active_spells_end_per_year": 0.0, "paused_spells_end_per_year": 0.0, "recalls_per_year": 0.0,
    "moves_away_per_year": 0.0, "deaths_per_year": 0.0, "offence_types": 1, "severity_tier": [1.0],
}  # fmt: skip


def test_an_effect_on_the_hazard_alone_makes_nobody_offend_more() -> None:
    """Check D4, against no programme, whatever the places, stays, codes and fading do."""
    without = each(world(alone(PEOPLE), (), base=THEOREM), YEARS, OFFENCES)
    for ratio in (0.9, 0.8, 0.7, 0.0):
        with_it = each(world(alone(PEOPLE), always(60), base=THEOREM, occasions_ratio=ratio), YEARS, OFFENCES)
        assert np.all(with_it <= without)
        assert with_it.sum() < without.sum()


def test_a_stronger_effect_on_people_managed_throughout_is_never_weaker_for_anybody() -> None:
    """Check D4 between effects: stays must not depend on the effect, so all are managed from first arrest on."""
    stays = {"not_engaged_quiet_per_year": 0.0, "not_engaged_active_per_year": 0.0, "no_longer_fits_per_year": 0.0,
             "pathways_stabilised_per_year": 0.0, "longest_stay_years": 1e3, "start_delay_years": 0.0,
             "green_years": 1e4, "reactive_years": 1e4, "desistance_years": 1e4,
             "sentence_to_years": [1.0, 4.0]}  # fmt: skip
    last = None
    for ratio in (1.0, 0.9, 0.8, 0.7):
        base = {**THEOREM, **stays, "occasions_ratio": ratio}
        now = each(world(alone(PEOPLE), always(PEOPLE), base=base), YEARS, OFFENCES)
        assert last is None or np.all(now <= last)
        last = now


def test_those_who_never_meet_the_programme_live_the_same_lives() -> None:
    few, many = log_of(busy(always(20)), YEARS), log_of(busy(always(60)), YEARS)
    met = {event.person for event in [*few, *many] if event.event == states.SELECTED}
    assert 0 < len(met) < PEOPLE
    untouched = [event for event in few if event.person not in met]
    assert untouched == [event for event in many if event.person not in met]
    assert len(untouched) > 10


def test_history_is_shared_whatever_follows() -> None:
    before = [event for event in log_of(busy(always(60)), YEARS) if event.date < 0.0]
    assert before == [event for event in log_of(busy((), occasions_ratio=0.1), YEARS) if event.date < 0.0]


def test_two_equal_groups_are_one_group_of_both() -> None:
    """Check G4: a person's luck goes with the number, not with the row of the table."""
    one = world([group(PEOPLE, offence_mix=MIX)], always(30), base=BUSY)
    two = world(
        [group(PEOPLE // 3, offence_mix=MIX), group(PEOPLE - PEOPLE // 3, offence_mix=MIX)], always(30), base=BUSY
    )
    assert log_of(one, YEARS) == log_of(two, YEARS)
    assert np.array_equal(activity(one, YEARS).totals.sum(axis=2), activity(two, YEARS).totals.sum(axis=2))


def test_replication_seven_is_the_same_alone_and_among_many() -> None:
    """Check G5."""
    rates = busy(always(60))
    many, alone_ = activity(rates, YEARS, replications=9), activity(rates, YEARS, replications=1, first=7)
    assert np.array_equal(many.totals[7:8], alone_.totals)
    assert np.array_equal(many.totals[:3], activity(rates, YEARS, replications=3).totals)


def test_replications_and_seeds_differ() -> None:
    rates = busy(always(60))
    first = activity(rates, YEARS, replications=2)
    assert not np.array_equal(first.totals[0], first.totals[1])
    assert not np.array_equal(first.totals[0], activity(rates, YEARS, seed=2).totals[0])


UNRELATED = {
    "community_chance": 0.9,
    "pathways_stabilised_per_year": 0.0,
    "not_engaged_quiet_per_year": 0.0,
    "rule": 2,
    "start_delay_years": 0.0,
    "fade_out_years": 0.0,
    "reselection": 0,
}


@pytest.mark.parametrize("name", UNRELATED)
def test_an_unrelated_draw_or_rule_moves_no_justice_event(name: str) -> None:
    """Check G6."""
    plain = log_of(busy(always(60), **NULL), YEARS)
    other = log_of(busy(always(60), **{**NULL, name: UNRELATED[name]}), YEARS)
    assert justice_only(plain) == justice_only(other)


def test_deaths_only_cut_lives_short() -> None:
    """Check G6: until a death everything is as it was without deaths."""
    mortal = by_person(log_of(busy((), deaths_per_year=0.2), YEARS))
    immortal = by_person(log_of(busy((), deaths_per_year=0.0), YEARS))
    deaths = 0
    for person, life in mortal.items():
        if life[-1].event == states.DIES:
            deaths += 1
            life = life[:-1]
        assert life == immortal.get(person, [])[: len(life)]
    assert deaths > 20


def test_another_offence_type_moves_no_date() -> None:
    """Check G6."""
    one = world([group(PEOPLE)], base={**BUSY, "offence_types": 1, "severity_tier": [1.0]})
    three = world([group(PEOPLE, offence_mix=MIX)], base=BUSY)
    assert log_of(one, YEARS) == log_of(three, YEARS)


def test_the_nth_occasion_of_a_person_has_the_same_luck_in_every_arm() -> None:
    """Offences of the n-th occasion, and its sentence where both go to custody, do not depend on when it happens."""
    arms = [by_person(log_of(busy((), occasions_per_year=rate), YEARS)) for rate in (2.0, 3.0)]
    compared = 0
    for person in range(PEOPLE):
        lives = [arm.get(person, []) for arm in arms]
        occasions = [[e.offences for e in life if e.event == states.OCCASION] for life in lives]
        shared = min(map(len, occasions))
        assert occasions[0][:shared] == occasions[1][:shared]
        ends = [[e for e in life if e.event == states.ARREST_ENDS] for life in lives]
        for one, two in zip(*ends, strict=False):
            assert one.justice == two.justice
            assert abs((one.until - one.date) - (two.until - two.date)) < NEAR or one.justice != states.CUSTODY
            compared += one.justice == states.CUSTODY
    assert compared > 50


def test_arms_of_one_seed_are_correlated_and_arms_of_two_are_not() -> None:
    """Check G9: common random numbers."""
    runs = sized(200, 40)
    plain, treated = busy(()), busy(always(60), occasions_ratio=0.8)
    here = activity(plain, 3, replications=runs).total(ARRESTS)
    same = activity(treated, 3, replications=runs).total(ARRESTS)
    other = activity(treated, 3, seed=2, replications=runs).total(ARRESTS)
    assert np.corrcoef(here, same)[0, 1] > 0.8
    assert abs(np.corrcoef(here, other)[0, 1]) * np.sqrt(runs - 3) < 4


def test_looking_moves_nothing() -> None:
    """Looking at a person changes no bit: dates in the scheme's diary that change nothing leave the log as it is."""
    looked = (Places(0.0, 60, False), *(Places(1.0 + n / 7.0, 60, False) for n in range(20)))
    assert log_of(busy(looked), YEARS) == log_of(busy(always(60)), YEARS)


def test_taking_over_without_a_change_changes_no_bit_of_a_person() -> None:
    """Only a changed value of a hazard uses up budget, however late one looks."""
    rates = busy(())
    before = people_at_start(rates, YEARS, 1, 0)
    after = copied(before)
    for now in (-1.5, -0.3, 0.4):
        for place in range(len(after)):
            take_over(after, place, rates.groups, rates.values, now)
    for place in range(len(after)):
        for name in Person.__annotations__:
            assert np.array_equal(get(before, place, name), get(after, place, name)), name


def test_simpy_keeps_the_nulls_too() -> None:
    logs: list[list[Event]] = [[], []]
    arms = [busy(always(30), **NULL), busy((), **NULL)]
    engine_simpy.run(arms, 3, 1, 0, 1, [logs[0].append, logs[1].append])
    after = [[event for event in log if event.date >= 0.0] for log in logs]
    assert justice_only(after[0]) == justice_only(after[1])
    assert len(dates_of(after[0], states.SELECTED)) > 30
    assert measures.NAMES[ARRESTS] == "arrests"
