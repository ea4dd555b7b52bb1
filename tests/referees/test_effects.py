"""The programme's effect: each ratio, the delay, the fading, the frailty exponent."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import stats

from simulator.model import states
from simulator.model.rates import Places, Rates

from .lives import NEAR, by_person, justice_only, new_lives
from .worlds import (
    ARRESTS,
    BUSY,
    NEVER_CALM,
    OFFENCES,
    activity,
    alone,
    always,
    each,
    log_of,
    sized,
    world,
    z_of,
    z_of_share,
)

PEOPLE = sized(3000, 300)


def all_managed(**changes: Any) -> Rates:
    """Everybody has an arrest on record, is selected at t = 0 and stays. Values in force: rates after t = 0."""
    return world(
        alone(PEOPLE), always(PEOPLE), history={"occasions_per_year": 40.0, "frailty_shape": math.inf},
        history_years=1.0, **{"occasions_per_year": 3.0, **NEVER_CALM, **changes},
    )  # fmt: skip


@pytest.mark.parametrize("ratio", [0.5, 1.0, 1.3])
def test_the_occasions_ratio_multiplies_occasions(ratio: float) -> None:
    assert abs(z_of(each(all_managed(occasions_ratio=ratio), 2, ARRESTS), 6.0 * ratio)) < 4


def test_half_the_effect_is_half_the_increment() -> None:
    """Check D5: without custody the increment is linear in the ratio. Common luck makes the comparison sharp."""
    none, half, full = (each(all_managed(occasions_ratio=r), 3, ARRESTS) for r in (1.0, 0.9, 0.8))
    assert abs(z_of((none - full) - 2.0 * (none - half), 0.0)) < 4
    assert z_of(none - full, 0.0) > 10


@pytest.mark.parametrize("ratio", [0.0, 0.5])
def test_the_offences_ratio_acts_on_offences_beyond_the_first(ratio: float) -> None:
    b = 2.2
    rates = all_managed(offences_per_occasion=b, offences_per_occasion_ratio=ratio)
    per_occasion = 1.0 + (b - 1.0) * ratio
    if ratio == 0.0:
        assert np.array_equal(each(rates, 2, OFFENCES), each(rates, 2, ARRESTS))
    else:
        assert abs(z_of(each(rates, 2, OFFENCES) - per_occasion * each(rates, 2, ARRESTS), 0.0)) < 4


def test_the_custody_ratio_multiplies_the_chance_of_custody() -> None:
    rates = all_managed(
        first_custody_chance=0.0, later_custody_chance=0.5, custody_ratio=0.6, sentence_to_years=[0.1],
        sentence_from_years=[0.05],
    )  # fmt: skip
    ends = [e.justice == states.CUSTODY for e in log_of(rates, 2) if e.event == states.ARREST_ENDS and e.date > 0.2]
    assert abs(z_of_share(sum(ends), len(ends), 0.3)) < 4


def test_ratios_in_force_at_the_occasion_decide_its_disposal() -> None:
    """A scheme that closes between arrest and disposal: the ratio of the occasion still holds."""
    schedule = (Places(0.0, PEOPLE, False), Places(1.0, 0, True))
    rates = world(
        PEOPLE, schedule, history={"occasions_per_year": 40.0}, history_years=1.0, arrest_years=0.5,
        first_custody_chance=0.0, later_custody_chance=0.5, custody_ratio=0.0, occasions_per_year=3.0,
        sentence_from_years=[0.1], sentence_to_years=[0.1], **NEVER_CALM,
    )  # fmt: skip
    after_close = []
    for life in by_person(log_of(rates, 3)).values():
        occasion = math.nan
        for event in life:
            if event.event == states.OCCASION:
                occasion = event.date
            elif event.event == states.ARREST_ENDS and event.date > 1.0 and 0.0 < occasion < 1.0:
                after_close.append(event.justice == states.CUSTODY)
    assert len(after_close) > 50
    assert not any(after_close)


@pytest.mark.parametrize("exponent", [0.6, 1.4])
def test_the_frailty_exponent_turns_frailty_into_a_power_of_itself(exponent: float) -> None:
    """E[z^a] of Gamma(k, mean 1) is Gamma(k + a) / (Gamma(k) k^a)."""
    shape, people = 2.0, sized(6000, 1500)
    rates = world(
        alone(people), always(people), history={"occasions_per_year": 60.0}, history_years=2.0,
        occasions_per_year=3.0, frailty_shape=shape, frailty_exponent=exponent, occasions_ratio=0.8, **NEVER_CALM,
    )  # fmt: skip
    moment = math.gamma(shape + exponent) / (math.gamma(shape) * shape**exponent)
    assert abs(z_of(each(rates, 2, ARRESTS), 2 * 3.0 * 0.8 * moment)) < 4


def test_the_effect_starts_after_its_delay_to_the_instant() -> None:
    rates = world(200, always(100), base=BUSY, start_delay_years=0.25)
    starts = 0
    for life in by_person(log_of(rates, 6)).values():
        selected, carried = math.nan, False
        for before, event in zip([None, *life], life, strict=False):
            if event.event == states.SELECTED:
                selected, carried = event.date, before is not None and before.fading
            elif event.event == states.EFFECT_STARTS:
                assert abs(event.date - selected - 0.25) < NEAR
                assert not carried, "an effect still in force starts again"
                starts += 1
            elif event.scheme == states.MANAGED and not carried:
                started = any(e.event == states.EFFECT_STARTS and e.date >= selected for e in life[: life.index(event)])
                assert started == (event.date > selected + 0.25 + NEAR)
    assert starts > 50


def test_fading_times_are_exponential() -> None:
    """After a scheme closes, the effect has faded by t with chance 1 - exp(-t / fade-out time)."""
    schedule = (Places(0.0, PEOPLE, False), Places(1.0, 0, True))
    rates = world(PEOPLE, schedule, history={"occasions_per_year": 40.0}, history_years=1.0, occasions_per_year=1.0,
                  fade_out_years=0.8, **NEVER_CALM)  # fmt: skip
    faded = np.array([e.date - 1.0 for e in log_of(rates, 3) if e.event == states.EFFECT_FADES])
    assert abs(z_of_share(len(faded), PEOPLE, 1.0 - math.exp(-2.0 / 0.8))) < 4
    horizon = stats.truncexpon(2.0 / 0.8, scale=0.8)
    assert stats.kstest(faded, horizon.cdf).pvalue > 6e-5


def test_occasions_while_the_effect_fades_follow_its_expectation() -> None:
    """Mean occasions in the first two years after the close: rate x (1 - (1 - ratio) x mean share still in effect)."""
    ratio, fade = 0.3, 0.8
    schedule = (Places(0.0, PEOPLE, False), Places(1.0, 0, True))
    rates = world(alone(PEOPLE), schedule, history={"occasions_per_year": 40.0}, history_years=1.0,
                  occasions_per_year=3.0, occasions_ratio=ratio, fade_out_years=fade, **NEVER_CALM)  # fmt: skip
    still = fade * (1.0 - math.exp(-2.0 / fade))
    assert abs(z_of(each(rates, 3, ARRESTS, from_year=1), 3.0 * (2.0 - (1.0 - ratio) * still))) < 4


def test_without_fade_out_the_hazard_is_back_at_once() -> None:
    """Check D6."""
    schedule = (Places(0.0, PEOPLE, False), Places(1.0, 0, True))
    rates = world(alone(PEOPLE), schedule, history={"occasions_per_year": 40.0}, history_years=1.0,
                  occasions_per_year=3.0, occasions_ratio=0.3, **NEVER_CALM)  # fmt: skip
    assert abs(z_of(each(rates, 1, ARRESTS), 0.9)) < 4
    assert abs(z_of(each(rates, 3, ARRESTS, from_year=1), 6.0)) < 4
    assert not any(event.fading for event in log_of(rates, 3))


def test_an_arm_without_fade_out_ends_a_fading_begun_in_history() -> None:
    """An arm may have another fade-out time than the years before; none at all must not come to mean for ever."""
    history = {"occasions_per_year": 20.0, "fade_out_years": 1.0, "no_longer_fits_per_year": 2.0}
    rates = world(200, (Places(0.0, 0, True),), (Places(-1.0, 200, False),), history=history, history_years=2.0,
                  reselection=0, occasions_ratio=0.5)  # fmt: skip
    log = log_of(rates, 5)
    assert any(event.fading for event in log if event.date < 0.0)
    assert not any(event.fading for event in log if event.date >= 0.0)


def test_reselection_discards_a_pending_fade_out() -> None:
    rates = world(200, always(150), base=BUSY, fade_out_years=3.0, start_delay_years=0.3)
    lives = new_lives(rates, 8)
    returns = 0
    for event in log_of(rates, 8):
        life = lives[event.person]
        if event.event == states.SELECTED and life.fading:
            returns += 1
            assert not event.fading
        if event.event == states.EFFECT_FADES:
            assert life.scheme != states.MANAGED
        life.after(event)
    assert returns > 20


def test_an_effect_that_starts_beyond_the_horizon_is_none() -> None:
    """Check D6."""
    late = world(200, always(80), base=BUSY, start_delay_years=50.0)
    never = world(200, (), base=BUSY)
    assert justice_only(log_of(late, 5)) == justice_only(log_of(never, 5))


def test_no_effect_is_booked_where_nobody_is_managed() -> None:
    there = activity(world(200, (), base=BUSY), 4)
    assert there.totals[:, :, :, 1:].sum() == 0.0
