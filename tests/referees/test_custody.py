"""Custody against renewal theory, and sentences, licence and recall against their definitions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import integrate, stats

from simulator.model import measures, states

from .lives import NEAR, by_person, new_lives
from .worlds import ARRESTS, BUSY, TICK, activity, alone, each, log_of, sized, world, z_of, z_of_share

PEOPLE = sized(3000, 250)
SERVED = 0.5


@pytest.mark.parametrize("arrest_years", [0.0, 0.1])
@pytest.mark.parametrize("chance", [1.0, 0.4])
def test_share_of_time_in_custody_is_that_of_an_alternating_renewal_process(chance: float, arrest_years: float) -> None:
    rate, sentence = 2.0, (0.4, 1.2)
    rates = world(
        alone(PEOPLE), occasions_per_year=rate, first_custody_chance=chance, later_custody_chance=chance,
        sentence_from_years=[sentence[0]], sentence_to_years=[sentence[1]], served_share=SERVED, history_years=10.0,
        arrest_years=arrest_years,
    )  # fmt: skip
    years = 5
    stay = chance * SERVED * sum(sentence) / 2.0
    cycle = 1.0 / rate + arrest_years + stay
    assert abs(z_of(each(rates, years, measures.CUSTODY_YEARS), years * stay / cycle)) < 4
    assert abs(z_of(each(rates, years, ARRESTS), years / cycle)) < 4
    if arrest_years > 0.0:
        assert abs(z_of(each(rates, years, measures.ARREST_YEARS), years * arrest_years / cycle)) < 4


def test_incapacitation_is_avi_itzhak_and_shinnars_per_person_then_averaged() -> None:
    """Stationary after a long history, no arrest time: h / (1 + h p s) occasions a year, averaged over gamma frailty."""
    rate, shape, chance, sentence = 4.0, 0.8, 0.5, (0.5, 1.5)
    rates = world(
        alone(2 * PEOPLE), occasions_per_year=rate, frailty_shape=shape, first_custody_chance=chance,
        later_custody_chance=chance, sentence_from_years=[sentence[0]], sentence_to_years=[sentence[1]],
        served_share=SERVED, history_years=12.0,
    )  # fmt: skip
    stay = SERVED * sum(sentence) / 2.0

    def occasions(z: float) -> float:
        return float(rate * z / (1.0 + rate * z * chance * stay) * stats.gamma.pdf(z, shape, scale=1.0 / shape))

    expected = integrate.quad(occasions, 0.0, 1.0)[0] + integrate.quad(occasions, 1.0, np.inf)[0]
    years = 4
    found = each(rates, years, ARRESTS)
    assert abs(z_of(found, years * expected)) < 4
    # The formula at mean frailty is another number: averaging last matters, and this test can tell.
    assert abs(z_of(found, years * rate / (1.0 + rate * chance * stay))) > 4


def test_the_first_and_later_occasions_have_their_own_custody_chance() -> None:
    rates = world(
        sized(3000, 300), occasions_per_year=3.0, first_custody_chance=0.25, later_custody_chance=0.7,
        sentence_from_years=[0.1], sentence_to_years=[0.2],
    )  # fmt: skip
    first, later = [], []
    for life in by_person(log_of(rates, 3)).values():
        ends = [event.justice == states.CUSTODY for event in life if event.event == states.ARREST_ENDS]
        first += ends[:1]
        later += ends[1:]
    assert abs(z_of_share(sum(first), len(first), 0.25)) < 4
    assert abs(z_of_share(sum(later), len(later), 0.7)) < 4


def test_community_and_other_disposals_share_what_is_not_custody() -> None:
    there = activity(world(500, occasions_per_year=4.0, first_custody_chance=0.3, later_custody_chance=0.3,
                           community_chance=0.8, sentence_to_years=[0.2], sentence_from_years=[0.1]), 3)  # fmt: skip
    community = there.total(measures.COMMUNITY_DISPOSALS)[0]
    others = there.total(measures.OTHER_DISPOSALS)[0]
    assert abs(z_of_share(community, community + others, 0.8)) < 4


def test_an_occasion_that_ends_in_custody_counts_a_sentence_for_each_offence() -> None:
    rates = world(200, base=BUSY)
    there = activity(rates, 4)
    sentenced = [
        event.offences
        for event in log_of(rates, 4)
        if event.event == states.ARREST_ENDS and event.justice == states.CUSTODY
    ]
    assert there.total(measures.CUSTODIAL_SENTENCES)[0] == sum(sentenced) > len(sentenced)


def test_time_served_is_the_served_share_of_a_sentence_uniform_within_its_band() -> None:
    shares, bands = [0.5, 0.3, 0.2], [(0.2, 0.4), (0.5, 1.0), (2.0, 4.0)]
    rates = world(
        sized(2000, 300), first_custody_chance=1.0, later_custody_chance=1.0, occasions_per_year=3.0, sentence_bands=3,
        sentence_band_share=[0.5, 0.8, 1.0], sentence_from_years=[low for low, _ in bands],
        sentence_to_years=[high for _, high in bands], served_share=0.4,
    )  # fmt: skip
    served = np.array([e.until - e.date for e in log_of(rates, 5) if e.event == states.ARREST_ENDS]) / 0.4
    found = []
    for low, high in bands:
        inside = served[(served > low - NEAR) & (served < high + NEAR)]
        found.append(len(inside))
        assert stats.kstest(inside, stats.uniform(low, high - low).cdf).pvalue > 6e-5
    assert sum(found) == len(served)
    assert stats.chisquare(found, len(served) * np.array(shares)).pvalue > 6e-5


def test_release_is_on_the_date_set_when_custody_began() -> None:
    log = log_of(world(200, base=BUSY), 6)
    releases = 0
    for life in by_person(log).values():
        due = math.nan
        for event in life:
            if event.event == states.RELEASED:
                assert event.date == due
                releases += 1
            elif event.justice == states.CUSTODY and event.event in (states.ARREST_ENDS, states.RECALLED):
                due = event.until
    assert releases > 100


def test_recall_is_on_licence_only_and_lasts_28_days_or_the_rest() -> None:
    rates = world(sized(400, 150), base=BUSY, recalls_per_year=3.0, sentence_bands=1, sentence_to_years=[0.6],
                  recall_years=28 / 365.25)  # fmt: skip
    lives = new_lives(rates, 6)
    whole = cut = 0
    for event in log_of(rates, 6):
        life = lives[event.person]
        if event.event == states.RECALLED:
            assert life.licence_until > event.date - NEAR
            expected = min(event.date + 28 / 365.25, life.licence_until)
            assert abs(event.until - max(expected, event.date + TICK)) < NEAR
            whole += expected < life.licence_until
            cut += expected == life.licence_until
        life.after(event)
    assert whole > 20
    assert cut > 20


def test_licence_lasts_from_release_to_the_end_of_the_sentence() -> None:
    """No recall, no second sentence: a sentence of L served for a tenth gives L/10 in custody and the rest on licence."""
    rates = world(
        alone(100), history={"occasions_per_year": 20.0}, history_years=2.0, occasions_per_year=0.0,
        first_custody_chance=1.0, later_custody_chance=1.0, sentence_from_years=[30.0], sentence_to_years=[30.0],
        served_share=0.1,
    )  # fmt: skip
    lives = by_person(log_of(rates, 40))
    begun = [lives[person][0].date for person in range(100)]
    licence = each(rates, 40, measures.LICENCE_YEARS)
    custody = each(rates, 40, measures.CUSTODY_YEARS)
    assert licence == pytest.approx(np.full(100, 27.0), abs=NEAR)
    assert custody == pytest.approx(np.array(begun) + 3.0, abs=NEAR)
