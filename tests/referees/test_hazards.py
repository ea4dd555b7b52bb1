"""Check C6: every hazard clock rings as often as the hazard that model.md gives the state of each moment says.

Events less integrated hazard are a martingale, so (events - integrated hazard) / sqrt(integrated hazard) is a standard
normal whatever the censoring, the caseload and the other clocks do. States come from the log, hazards from model.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from simulator.engine_simpy import empty_activity
from simulator.model import states
from simulator.model.life import give_place, happen, next_event
from simulator.model.pool import people_at_start
from simulator.model.rates import Rates
from simulator.model.records import get
from simulator.model.scheme import in_line
from simulator.model.states import CUSTODY, LEFT, LIBERTY, MANAGED

from .lives import NEAR, Stretch, numbers_of, stretches
from .worlds import BUSY, always, born, group, log_of, sized, world

YEARS = sized(12, 6)
MIX = [0.3, 0.6, 1.0]
GROUPS = [
    group(sized(500, 90), statutory_share=0.4, offence_mix=MIX),
    group(sized(200, 40), statutory_share=0.0, offence_mix=MIX, rate_ratio=1.7),
]


def busy() -> Rates:
    """Everything happens, with half the pool managed."""
    return world(
        GROUPS, always(sized(350, 65)), base=BUSY, frailty_exponent=0.8, start_delay_years=0.2, occasions_ratio=0.5,
        moves_away_per_year=0.05, deaths_per_year=0.05, recalls_per_year=1.5,
    )  # fmt: skip


def at_liberty(stretch: Stretch) -> bool:
    return stretch.justice == LIBERTY


def hazards(rates: Rates) -> dict[int, Callable[[Stretch], float]]:
    """The hazard of each clock in a stretch of life, by model.md sections 2 to 5."""
    v = numbers_of(rates)
    frailty = born(rates, YEARS, "frailty")
    statutory = born(rates, YEARS, "statutory")
    ratio = [1.0 if person < GROUPS[0]["people"] else 1.7 for person in range(len(frailty))]

    def occasions(s: Stretch) -> float:
        if not at_liberty(s) or not s.active:
            return 0.0
        rate = v["occasions_per_year"] * ratio[s.person] * frailty[s.person]
        if s.in_effect:
            rate *= v["occasions_ratio"] * frailty[s.person] ** (v["frailty_exponent"] - 1.0)
        return float(rate)

    def met(s: Stretch) -> bool:
        return at_liberty(s) and s.scheme == MANAGED

    def voluntary(s: Stretch) -> bool:
        return met(s) and not statutory[s.person]

    def on_licence(s: Stretch) -> bool:
        return at_liberty(s) and s.licence_until > s.start + NEAR

    def spell(s: Stretch) -> float:
        if s.justice == LEFT:
            return 0.0
        return v["active_spells_end_per_year"] if s.active else v["paused_spells_end_per_year"]

    return {
        states.OCCASION: occasions,
        states.MOVES_AWAY: lambda s: v["moves_away_per_year"] * at_liberty(s),
        states.DIES: lambda s: v["deaths_per_year"] * (s.justice != LEFT),
        states.RECALLED: lambda s: v["recalls_per_year"] * on_licence(s),
        states.SPELL_TURNS: spell,
        states.PATHWAYS_STABILISED: lambda s: v["pathways_stabilised_per_year"] * met(s),
        states.NOT_ENGAGED_QUIET: lambda s: v["not_engaged_quiet_per_year"] * voluntary(s),
        states.NOT_ENGAGED_ACTIVE: lambda s: v["not_engaged_active_per_year"] * voluntary(s),
        states.NO_LONGER_FITS: lambda s: v["no_longer_fits_per_year"] * met(s),
        states.EFFECT_FADES: lambda s: s.fading / v["fade_out_years"],
    }


@pytest.mark.parametrize("kind", range(10), ids=[name.replace(" ", "_") for name in states.EVENTS[:10]])
def test_a_hazard_clock_rings_at_its_hazard(kind: int) -> None:
    rates = busy()
    hazard = hazards(rates)[kind]
    log = log_of(rates, YEARS)
    rings = sum(event.event == kind for event in log)
    expected = 0.0
    for stretch in stretches(rates, log, YEARS):
        expected += hazard(stretch) * (stretch.end - stretch.start)
    assert expected > 20
    assert abs(rings - expected) / math.sqrt(expected) < 4


def test_occasions_under_the_programme_and_without_it_each_keep_to_their_hazard() -> None:
    rates = busy()
    hazard = hazards(rates)[states.OCCASION]
    log = log_of(rates, YEARS)
    rings, expected = [0, 0], [0.0, 0.0]
    ends = {(event.person, event.date) for event in log if event.event == states.OCCASION}
    for stretch in stretches(rates, log, YEARS):
        expected[int(stretch.in_effect)] += hazard(stretch) * (stretch.end - stretch.start)
        if hazard(stretch) > 0.0 and (stretch.person, stretch.end) in ends:
            rings[int(stretch.in_effect)] += 1
    assert sum(rings) == len(ends)
    for rung, due in zip(rings, expected, strict=True):
        assert due > 100
        assert abs(rung - due) / math.sqrt(due) < 4


def test_the_next_event_is_that_of_the_earliest_of_all_clocks() -> None:
    """The rule looks at few of them; here all are looked at, at every event of lives with and without a place."""
    rates = busy()
    people = people_at_start(rates, YEARS, 1, 0)
    activity = empty_activity(rates, YEARS)
    seen = set()
    for place in range(sized(200, 40)):
        clock, date = next_event(people, place)
        while date < YEARS:
            dates = all_dates(people, place)
            assert (date, clock) == (min(dates), dates.index(min(dates)))
            seen.add(clock)
            happen(people, place, clock, date, rates.groups, rates.values, activity)
            if in_line(people[place]):
                give_place(people, place, rates.values, activity, date)
            clock, date = next_event(people, place)
    assert len(seen) > 13


def all_dates(people: Any, place: int) -> list[float]:
    """Calendar dates of all clocks of a person; what happens only at liberty is dated in years at liberty."""
    own = [float(date) for date in get(people, place, "dates")]
    begun = float(get(people, place, "liberty_from"))
    return [date + begun if states.ONLY_AT_LIBERTY >> clock & 1 else date for clock, date in enumerate(own)]


def test_fading_begins_where_an_effect_in_force_loses_its_place_and_only_there() -> None:
    rates = busy()
    for stretch in stretches(rates, log_of(rates, YEARS), YEARS):
        if stretch.scheme != MANAGED and stretch.justice != LEFT:
            assert stretch.fading == stretch.in_effect
        else:
            assert not stretch.fading


def test_rag_is_derived_from_the_other_states() -> None:
    v = numbers_of(busy())
    seen = set()
    for s in stretches(busy(), log_of(busy(), YEARS), YEARS):
        if s.scheme != MANAGED:
            assert s.rag == -1
            continue
        if s.justice == CUSTODY:
            expected = {states.BLUE}
        elif s.justice != LIBERTY:
            expected = {states.RED}
        elif s.start - s.calm_since < v["green_years"] - NEAR:
            expected = {states.AMBER, states.AMBER_PLUS}
        elif s.start - s.calm_since < v["reactive_years"] - NEAR:
            expected = {states.GREEN}
        else:
            expected = {states.REACTIVE_MANAGEMENT}
        if s.end > s.start:
            assert s.rag in expected
            seen.add(s.rag)
    assert seen == set(range(len(states.RAG_STATUSES)))
