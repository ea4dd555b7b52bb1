"""The matched comparison in worlds whose answers are known in closed form."""

from __future__ import annotations

import math

import numpy as np
import pytest
from matched_worlds import CUSTODY, HISTORY, PEOPLE, SHORT, B, M, again, held, people_of, people_of_custody
from referees.worlds import NEVER_CALM, group, world, z_of, z_of_share, z_of_variance

from simulator.closed_forms import days_to_first, occasion_count_moments, offence_moments
from simulator.closed_forms.frailty import gamma_nodes
from simulator.evaluation.lives import Lives, lives_of, over_replications
from simulator.evaluation.matched import (
    DAYS_PER_YEAR,
    YEARS,
    followed,
    index_rows,
    index_rows_before_start,
    joined,
    measures_of,
    stay_at,
)
from simulator.model.rates import Places
from simulator.model.states import ARREST_ENDS, LIBERTY, MANAGED, OCCASION, RELEASED

FAR = 4.0

# --- everybody alike -------------------------------------------------------------------------------------------------


def test_rate_frequency_and_spread_of_people_all_alike() -> None:
    people = people_of()
    assert people.people > 8000
    assert abs(z_of_share((people.offences > 0.0).sum(), people.people, -math.expm1(-M))) < FAR
    mean, variance = offence_moments(*occasion_count_moments(M, math.inf), B)
    assert mean == pytest.approx(M * B)
    assert abs(z_of(people.offences, mean)) < FAR
    assert abs(z_of_variance(people.offences, variance)) < FAR
    measures = measures_of(people)
    assert measures["rate"] == pytest.approx(100.0 * -math.expm1(-M), rel=0.03)
    assert measures["frequency"] == pytest.approx(mean, rel=0.04)
    assert measures["standard_deviation_of_offences"] == pytest.approx(math.sqrt(variance), rel=0.05)


def test_days_to_the_first_reoffence_are_those_of_an_exponential_wait_cut_at_a_year() -> None:
    days = again(people_of()).days
    assert abs(z_of(days, days_to_first(M, math.inf))) < FAR
    # The same, by hand: 1/m - e^-m / (1 - e^-m) years.
    assert days_to_first(M, math.inf) == pytest.approx(DAYS_PER_YEAR * (1.0 / M - 1.0 / math.expm1(M)))
    second = DAYS_PER_YEAR**2 * (2.0 / M**2 - (1.0 + 2.0 / M) / math.expm1(M))
    assert abs(z_of(days**2, second)) < FAR
    assert measures_of(people_of())["standard_deviation_of_days"] == pytest.approx(days.std())
    assert np.isnan(people_of().days[people_of().offences == 0.0]).all()


def test_the_day_of_arrest_takes_no_reoffence_but_that_day() -> None:
    people = people_of(arrest_years=1 / DAYS_PER_YEAR)
    assert abs(z_of_share((people.offences > 0.0).sum(), people.people, -math.expm1(-M))) < FAR


@pytest.mark.parametrize("ratio", [0.6, 1.3])
def test_an_effect_on_occasions_multiplies_the_hazard(ratio: float) -> None:
    people = people_of(occasions_ratio=ratio)
    assert abs(z_of_share((people.offences > 0.0).sum(), people.people, -math.expm1(-ratio * M))) < FAR
    assert abs(z_of(people.offences, ratio * M * B)) < FAR
    assert abs(z_of(again(people).days, days_to_first(ratio * M, math.inf))) < FAR


def test_an_effect_on_offences_per_occasion_acts_on_what_is_above_one() -> None:
    people = people_of(offences_per_occasion_ratio=0.5)
    assert abs(z_of(people.offences, M * (1.0 + 0.5 * (B - 1.0)))) < FAR


# --- frailty ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [0.8, 3.0])
def test_frailty_given_that_there_was_an_index_date(shape: float) -> None:
    """Who has one is chosen: P(z) = managed at t = 0 and an occasion in the index year, or two, the first to be selected."""
    people = people_of(frailty_shape=shape)
    z, weight = gamma_nodes(shape)
    hazard = M * z
    none, before = np.exp(-hazard), np.exp(-hazard * HISTORY)
    chosen = weight * ((1.0 - before) * (1.0 - none) + before * (1.0 - none - hazard * none))
    chosen /= chosen.sum()
    assert abs(z_of_share((people.offences > 0.0).sum(), people.people, float(chosen @ (1.0 - none)))) < FAR
    assert abs(z_of(people.offences, float(chosen @ hazard) * B)) < FAR
    mean = float(chosen @ hazard)
    variance = mean + float(chosen @ hazard**2) - mean**2
    assert abs(z_of_variance(people.offences, offence_moments(mean, variance, B)[1])) < FAR


# --- custody and severity --------------------------------------------------------------------------------------------


def test_custodial_sentences_per_reoffence_are_the_chance_of_custody() -> None:
    people = people_of_custody(1.0)
    assert abs(z_of(people.sentences - 0.4 * people.offences, 0.0)) < FAR
    first = again(people).custodial
    assert abs(z_of_share(first.sum(), len(first), 0.4)) < FAR
    measures = measures_of(people)
    assert measures["custodial_rate"] == pytest.approx(100.0 * first.mean())
    assert measures["custodial_frequency"] == pytest.approx(again(people).sentences.mean())


def test_an_effect_on_custody_multiplies_the_chance() -> None:
    people = people_of_custody(0.5)
    assert abs(z_of(people.sentences - 0.2 * people.offences, 0.0)) < FAR


def test_severity_of_the_first_reoffence_beside_that_of_the_index_offence() -> None:
    """One offence an occasion, tiers drawn anew each time: shares are products of the mix."""
    mix = np.array([0.2, 0.5, 0.3])
    base = {"offence_types": 3, "severity_tier": [1.0, 2.0, 3.0], "offences_per_occasion": 1.0}
    groups = [group(PEOPLE, offence_mix=[0.2, 0.7, 1.0])]
    rates = held(groups, **base)
    people = joined(over_replications(lambda lives: followed(lives, index_rows(lives)), rates, YEARS, 3, 3, workers=1))
    number = int((people.offences > 0.0).sum())
    measures = measures_of(people)
    same = float(mix @ mix)
    for name, share in (("same_severity", same), ("less_severe", (1 - same) / 2), ("more_severe", (1 - same) / 2)):
        assert abs(z_of_share(measures[name] / 100.0 * number, number, share)) < FAR
    for tier, share in enumerate(mix, start=1):
        assert abs(z_of_share(measures[f"tier_{tier}_rate"] / 100.0 * number, number, float(share))) < FAR
        counts = again(people).offences_by_tier[:, tier - 1]
        assert measures[f"tier_{tier}_frequency"] == pytest.approx(counts.mean())
        assert abs(z_of(counts - share * again(people).offences, 0.0)) < FAR
    assert (people.offences_by_tier.sum(axis=1) == people.offences).all()


def test_the_worst_offence_of_an_occasion_sets_its_tier() -> None:
    """Tier 3 only where all B offences are: E s^B = s / (b - (b - 1) s) for a geometric B."""
    share = 0.7
    groups = [group(PEOPLE, offence_mix=[1 - share, 1.0])]
    rates = held(groups, offence_types=2, severity_tier=[1.0, 3.0])
    people = again(
        joined(over_replications(lambda lives: followed(lives, index_rows(lives)), rates, YEARS, 3, 3, workers=1))
    )
    expected = share / (B - (B - 1.0) * share)
    assert abs(z_of_share((people.tier == 3.0).sum(), people.people, expected)) < FAR
    assert abs(z_of_share((people.index_tier == 3.0).sum(), people.people, expected)) < FAR


# --- who is followed -------------------------------------------------------------------------------------------------


def busy() -> Lives:
    values = {
        "arrest_years": 1 / DAYS_PER_YEAR,
        "recalls_per_year": 0.5,
        "served_share": 0.5,
        "longest_stay_years": 0.8,
    }
    kinds = {"offence_types": 3, "severity_tier": [1.0, 2.0, 3.0]}
    rates = held([group(60, offence_mix=[0.2, 0.7, 1.0])], **CUSTODY, **SHORT, **values, **kinds)
    return lives_of(rates, YEARS, 1, 0)


def test_index_dates_are_the_first_ends_of_an_arrest_or_of_custody_while_on_the_scheme() -> None:
    lives = busy()
    rows = index_rows(lives)
    for person in range(lives.people):
        told = [
            row
            for row in np.flatnonzero(lives.person == person)
            if lives.event[row] in (ARREST_ENDS, RELEASED)
            and lives.column("justice")[row] == LIBERTY
            and lives.column("scheme")[row] == MANAGED
            and 0.0 < lives.date[row] <= 1.0
        ]
        assert rows[person] == (told[0] if told else -1)
    assert {int(lives.event[row]) for row in rows if row >= 0} == {ARREST_ENDS, RELEASED}


def test_what_is_counted_is_within_a_year_of_each_persons_own_index_date() -> None:
    lives = busy()
    rows = index_rows(lives)
    people = followed(lives, rows)
    at = 0
    for row in rows[rows >= 0]:
        person, start = lives.person[row], lives.date[row]
        told = [
            other
            for other in np.flatnonzero(lives.person == person)
            if lives.event[other] == OCCASION and start < lives.date[other] <= start + 1.0
        ]
        before = [place for place, row_ in enumerate(lives.occasions) if lives.person[row_] == person and row_ < row]
        assert people.index_tier[at] == np.flatnonzero(lives.kinds[before[-1]])[0] + 1
        assert people.offences[at] == sum(lives.column("offences")[other] for other in told)
        if told:
            first = list(lives.occasions).index(told[0])
            assert people.tier[at] == np.flatnonzero(lives.kinds[first])[0] + 1
            assert people.custodial[at] == lives.custodial[first]
            assert people.days[at] == pytest.approx((lives.date[told[0]] - start) * DAYS_PER_YEAR)
        at += 1
    assert at == people.people > 30


def test_a_stay_is_as_long_as_from_selection_to_deselection() -> None:
    lives = busy()
    dates = lives.ever(0.3)
    person, since, until = lives.stays
    lengths = stay_at(lives, dates)
    for number in range(lives.people):
        own = [b - a for p, a, b in zip(person, since, until, strict=True) if p == number and a <= 0.3 < b]
        assert lengths[number] == (own[0] if own else 0.0)
    assert (lengths[lengths > 0.0] <= 0.8 + 1e-6).all()


def test_nobody_has_an_index_date() -> None:
    lives = lives_of(held(20, occasions_per_year=1e-12), YEARS, 1, 0)
    for rows in (index_rows(lives), index_rows_before_start(lives)):
        people = followed(lives, rows)
        assert people.people == 0
        assert set(measures_of(people).values()) == {0.0}


# --- immortal time ---------------------------------------------------------------------------------------------------


def test_where_nobody_starts_later_both_ways_follow_the_same() -> None:
    lives = lives_of(held(500, history_years=12.0, occasions_per_year=2.0), YEARS, 2, 0)
    assert (index_rows(lives) == index_rows_before_start(lives)).all()
    assert (index_rows(lives) >= 0).sum() > 400


def test_people_who_have_to_wait_for_their_place_without_reoffending_reoffend_less() -> None:
    """Places open at s: whoever has an index date before s and an occasion by s is left out."""
    s = 0.45
    rates = world(
        PEOPLE, (Places(s, PEOPLE, False),), (), **NEVER_CALM, occasions_per_year=M, history_years=6.0
    )  # fmt: skip
    people = joined(
        over_replications(lambda lives: followed(lives, index_rows_before_start(lives)), rates, YEARS, 3, 4, workers=1)
    )
    waited = M * s * math.exp(-M * s)
    waited_and_reoffended = M * s * math.exp(-M * s) - math.exp(-M * s) * (math.exp(-M * (1 - s)) - math.exp(-M))
    at_once = math.exp(-M * s) - math.exp(-M)
    share = (waited_and_reoffended + at_once * -math.expm1(-M)) / (waited + at_once)
    assert share < -math.expm1(-M) - 0.02
    assert abs(z_of_share((people.offences > 0.0).sum(), people.people, share)) < FAR
    assert (
        abs(z_of_share(people.people, 4 * PEOPLE, waited + at_once)) < FAR + 1.0
    )  # those never arrested before: 0.04%


def test_a_place_more_than_half_a_year_after_the_index_date_comes_too_late() -> None:
    late = world(
        500, (Places(0.9, 500, False),), (), **NEVER_CALM, occasions_per_year=M, history_years=6.0
    )  # fmt: skip
    lives = lives_of(late, YEARS, 1, 0)
    rows = index_rows_before_start(lives)
    dates = lives.date[rows[rows >= 0]]
    assert dates.min() >= 0.4
    first = index_rows_before_start(lives, most_years=1.0)
    assert (first >= 0).sum() > (rows >= 0).sum()
