"""Stays: how they end, what RAG says, who is selected next, and what bars selection."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import pytest

from simulator.model import measures, states
from simulator.model.rates import Places, Rates

from .lives import NEAR, by_person, new_lives, numbers_of
from .worlds import (
    BUSY,
    MONTH,
    NEVER_CALM,
    TICK,
    activity,
    always,
    born,
    group,
    log_of,
    sized,
    world,
    z_of,
    z_of_share,
)

OFFEND_THEN_STOP: dict[str, Any] = {
    "history": {"occasions_per_year": 20.0},
    "history_years": 2.0,
    "occasions_per_year": 0.0,
}
PEOPLE = sized(300, 100)


def grid(date: float) -> float:
    """The date as engines round it."""
    return math.floor(date / TICK + 0.5) * TICK


def test_code_1_comes_at_seven_months_without_arrest_after_green_at_one_and_reactive_management_at_four() -> None:
    log = [event for event in log_of(world(8, always(3), **OFFEND_THEN_STOP), 2) if event.date >= 0.0]
    by_batch = [[0, 0.0], [1, 7 * MONTH], [2, 14 * MONTH]]
    for batch, start in by_batch:
        three = [e for e in log if e.event == states.SELECTED][3 * int(batch) : 3 * int(batch) + 3]
        for selected in three:
            stay = [e for e in log if e.person == selected.person and e.date >= selected.date]
            assert [e.event for e in stay] == [states.SELECTED, *[states.RAG_TURNS] * 3]
            assert [e.date - start for e in stay] == pytest.approx([0.0, MONTH, 4 * MONTH, 7 * MONTH], abs=NEAR)
            assert [e.rag for e in stay] == [states.AMBER, states.GREEN, states.REACTIVE_MANAGEMENT, -1]
            assert stay[-1].code == states.CODE_1


def test_each_rag_stage_ends_that_long_after_the_latest_selection_arrest_or_release() -> None:
    """Months in custody do not count: every restart begins the months afresh."""
    rates = world(PEOPLE, always(PEOPLE // 2), base=BUSY)
    v = numbers_of(rates)
    ends = {states.GREEN: v["green_years"], states.REACTIVE_MANAGEMENT: v["reactive_years"], -1: v["desistance_years"]}
    lives = new_lives(rates, 8)
    seen: Counter[int] = Counter()
    for event in log_of(rates, 8):
        life = lives[event.person]
        if event.event == states.RAG_TURNS:
            assert event.date == grid(life.calm_since + ends[event.rag])
            seen[event.rag] += 1
        life.after(event)
    assert min(seen[stage] for stage in ends) > 10


def test_nobody_managed_stays_calm_beyond_seven_months() -> None:
    rates = world(PEOPLE, always(PEOPLE), base=BUSY, longest_stay_years=math.inf)
    lives = new_lives(rates, 8)
    for event in log_of(rates, 8):
        assert not event.date > lives[event.person].calm_since + 7 * MONTH + NEAR
        lives[event.person].after(event)


def test_the_longest_stay_is_calendar_time_and_runs_on_in_custody() -> None:
    rates = world(
        50, always(50), longest_stay_years=2.0, first_custody_chance=1.0, later_custody_chance=1.0,
        sentence_from_years=[4.8], sentence_to_years=[4.8], served_share=1.0, occasions_per_year=20.0, reselection=0,
    )  # fmt: skip
    ended = 0
    for life in by_person(log_of(rates, 5)).values():
        selected = next(e for e in life if e.event == states.SELECTED)
        reached = [e for e in life if e.event == states.LONGEST_STAY]
        assert [e.date for e in reached] == [grid(selected.date + 2.0)]
        assert reached[0].code == states.CODE_6C
        assert reached[0].justice == states.CUSTODY
        ended += 1
    assert ended == 50


def test_a_stay_begun_before_the_start_keeps_its_date_for_the_longest_stay() -> None:
    rates = world(50, always(50), (Places(-1.0, 50, False),), occasions_per_year=20.0, history_years=3.0,
                  longest_stay_years=2.0, reselection=0)  # fmt: skip
    reached = [event.date for event in log_of(rates, 4) if event.event == states.LONGEST_STAY]
    assert reached == [1.0] * 50


def test_at_one_instant_code_1_goes_before_the_longest_stay() -> None:
    """Check G11: events of a person at one instant are taken in the order of their kinds."""
    log = log_of(world(4, always(4), longest_stay_years=7 * MONTH, **OFFEND_THEN_STOP), 1)
    assert {event.code for event in log if event.date > 6 * MONTH} == {states.CODE_1}


SEVERITY = [(1.0, states.AMBER_PLUS), (2.0, states.AMBER_PLUS), (3.0, states.AMBER)]


@pytest.mark.parametrize(("tier", "status"), SEVERITY)
def test_amber_plus_follows_an_offence_as_severe_or_more_severe_than_the_one_before(tier: float, status: int) -> None:
    """The offence before was of tier 2 (1 is the most severe)."""
    rates = world(
        100, always(100), history={"occasions_per_year": 20.0, "severity_tier": [2.0]}, history_years=2.0,
        occasions_per_year=12.0, severity_tier=[tier], desistance_years=9.0,
    )  # fmt: skip
    first: dict[int, int] = {}
    for event in log_of(rates, 2):
        if event.event == states.ARREST_ENDS and event.date > 0.0:
            first.setdefault(event.person, event.rag)
    assert len(first) == 100
    assert set(first.values()) == {status}


def test_selection_at_liberty_starts_at_amber_not_amber_plus() -> None:
    log = log_of(world(50, always(50), **OFFEND_THEN_STOP), 1)
    assert {event.rag for event in log if event.event == states.SELECTED} == {states.AMBER}


def test_the_worst_offence_of_an_occasion_sets_its_severity() -> None:
    """Three offences in ten of tier 1, the others of tier 3, two an occasion on average."""
    b, severe = 2.0, 0.3
    mild = sum((1.0 / b) * (1.0 - 1.0 / b) ** (n - 1) * (1.0 - severe) ** n for n in range(1, 200))
    log = log_of(
        world([group(PEOPLE, offence_mix=[severe, 1.0])], always(PEOPLE), offence_types=2, severity_tier=[1.0, 3.0],
              offences_per_occasion=b, occasions_per_year=6.0, **NEVER_CALM), sized(12, 6),
    )  # fmt: skip
    later: dict[int, int] = Counter()
    plus = trials = 0
    for event in log:
        if event.event == states.ARREST_ENDS:
            later[event.person] += 1
            if later[event.person] % 2 == 0:
                trials += 1
                plus += event.rag == states.AMBER_PLUS
    assert abs(z_of_share(plus, trials, 1.0 - mild * (1.0 - mild))) < 4


CODES = {
    "pathways_stabilised_per_year": states.CODE_2,
    "not_engaged_quiet_per_year": states.CODE_3,
    "not_engaged_active_per_year": states.CODE_4,
    "moves_away_per_year": states.CODE_5,
    "deaths_per_year": states.CODE_6B,
    "no_longer_fits_per_year": states.CODE_6C,
}


@pytest.mark.parametrize("name", CODES)
def test_each_rate_leads_to_its_own_code(name: str) -> None:
    rates = world(PEOPLE, always(PEOPLE), occasions_per_year=5.0, **dict[str, Any]({name: 1.0}), **NEVER_CALM)
    codes = activity(rates, 3).totals[..., measures.DESELECTIONS : measures.OFFENCES_FROM].sum(axis=(0, 1, 2, 3))
    assert codes[CODES[name]] == codes.sum() > 20


def test_stays_of_the_statutory_never_end_for_want_of_engagement() -> None:
    rates = world([group(PEOPLE, statutory_share=1.0)], always(PEOPLE), not_engaged_quiet_per_year=5.0,
                  not_engaged_active_per_year=5.0, occasions_per_year=3.0)  # fmt: skip
    codes = activity(rates, 3).totals[..., measures.DESELECTIONS : measures.OFFENCES_FROM].sum(axis=(0, 1, 2, 3))
    assert codes[states.CODE_3] == codes[states.CODE_4] == 0.0
    assert codes[states.CODE_1] > 0.0


def test_the_statutory_share_is_a_share() -> None:
    people = sized(5000, 1000)
    statutory = born(world([group(people, statutory_share=0.83)]), 1, "statutory")
    assert abs(z_of_share(sum(map(bool, statutory)), people, 0.83)) < 4


def test_competing_codes_share_by_their_rates() -> None:
    rates = world(PEOPLE, always(PEOPLE), occasions_per_year=6.0, not_engaged_quiet_per_year=3.0,
                  not_engaged_active_per_year=1.0, **NEVER_CALM)  # fmt: skip
    codes = activity(rates, 5).totals[..., measures.DESELECTIONS : measures.OFFENCES_FROM].sum(axis=(0, 1, 2, 3))
    assert abs(z_of_share(codes[states.CODE_3], codes[states.CODE_3] + codes[states.CODE_4], 0.75)) < 4


def long_sentences(years: float) -> Rates:
    """Half the occasions end in a sentence of this length, half in a short one; few places, so many wait in line."""
    return world(
        PEOPLE, always(PEOPLE // 6), first_custody_chance=1.0, later_custody_chance=1.0, sentence_bands=2,
        sentence_band_share=[0.5, 1.0], sentence_from_years=[0.1, years], sentence_to_years=[0.1, years],
        occasions_per_year=2.0, arrest_years=0.01,
    )  # fmt: skip


def test_a_sentence_over_five_years_ends_the_stay_and_bars_selection_until_release() -> None:
    barred: set[int] = set()
    managed: set[int] = set()
    deselected = 0
    for event in log_of(long_sentences(5.01), 12):
        if event.event == states.SELECTED:
            assert event.person not in barred
        if event.event == states.ARREST_ENDS and event.until - event.date > 2.5:
            assert event.scheme != states.MANAGED
            if event.person in managed:
                assert event.code == states.CODE_6A
                deselected += 1
            barred.add(event.person)
        if event.event == states.RELEASED:
            barred.discard(event.person)
        (managed.add if event.scheme == states.MANAGED else managed.discard)(event.person)
    assert deselected > 20


def test_a_sentence_of_five_years_does_not() -> None:
    there = activity(long_sentences(5.0), 8)
    assert there.total(measures.DESELECTIONS + states.CODE_6A)[0] == 0.0
    assert there.total(measures.RAG_YEARS + states.BLUE)[0] > 0.0


def test_a_scheme_that_ends_deselects_all_as_closed_and_selects_nobody_more() -> None:
    rates = world(PEOPLE, (Places(0.0, 40, False), Places(2.0, 0, True)), base=BUSY)
    log = log_of(rates, 4)
    closed = [event for event in log if event.event == states.SCHEME_CLOSES]
    assert {event.date for event in closed} == {2.0}
    assert {event.code for event in closed} == {states.CLOSED}
    assert [event.person for event in closed] == sorted(event.person for event in closed)
    assert all(event.scheme != states.MANAGED for event in log if event.date > 2.0)


@pytest.mark.parametrize("again", [0, 1])
def test_reselection_is_from_the_next_arrest_on_where_it_is_allowed(again: int) -> None:
    rates = world(PEOPLE, always(PEOPLE), occasions_per_year=1.5, reselection=again)
    log = log_of(rates, 10)
    returns = 0
    for life in by_person(log).values():
        arrested, stays = False, 0
        for event in life:
            if event.event == states.OCCASION:
                arrested = True
            elif event.event == states.SELECTED:
                assert arrested, "selected without an arrest on record since the last stay"
                stays += 1
            elif event.event == states.RAG_TURNS and event.scheme == states.DESELECTED:
                arrested = False
        returns += max(stays - 1, 0)
    assert (returns > 0) == bool(again)


def test_custody_neither_bars_selection_nor_ends_a_stay() -> None:
    there = activity(world(PEOPLE, always(PEOPLE), history_years=3.0, first_custody_chance=1.0, later_custody_chance=1.0,
                           sentence_from_years=[3.0], sentence_to_years=[4.0], occasions_per_year=4.0), 1)  # fmt: skip
    log = log_of(world(PEOPLE, always(PEOPLE), history_years=3.0, first_custody_chance=1.0, later_custody_chance=1.0,
                       sentence_from_years=[3.0], sentence_to_years=[4.0], occasions_per_year=4.0), 1)  # fmt: skip
    assert any(event.justice == states.CUSTODY for event in log if event.event == states.SELECTED)
    assert there.total(measures.RAG_YEARS + states.BLUE)[0] > 0.0


def test_referral_is_no_rank_the_selected_are_as_prone_to_offend_as_the_pool() -> None:
    """Everybody has an arrest by t = 0. Under referral the frailty of the selected has mean 1, by rank it has not."""
    people = sized(800, 300)
    means = {}
    for rule in (0, 2):
        rates = world(people, always(people // 4), frailty_shape=4.0, occasions_per_year=10.0, history_years=5.0,
                      rule=rule)  # fmt: skip
        frailty = born(rates, 1, "frailty")
        log = log_of(rates, 1)
        selected = [frailty[e.person] for e in log if e.event == states.SELECTED and e.date == 0.0]
        assert len(selected) == people // 4
        means[rule] = z_of(selected, 1.0)
    assert abs(means[2]) < 4
    assert means[0] > 4
