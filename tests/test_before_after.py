"""The before/after protocols in worlds without any effect: what selection, custody and nothing at all make of a count."""

from __future__ import annotations

import math

import numpy as np
import pytest
from referees.worlds import NEVER_CALM, world, z_of, z_of_share

from simulator.closed_forms import occasions_after
from simulator.closed_forms.frailty import reoffending_rate
from simulator.closed_forms.selection import mean_given_any
from simulator.evaluation.before_after import (
    BURGLARY,
    Protocol,
    Windows,
    bedfordshire,
    joined,
    leicestershire,
    somebody,
    sussex,
    windows,
)
from simulator.evaluation.lives import Lives, over_replications
from simulator.model.rates import Places, Rates
from simulator.tables import InputProblems

FAR = 4.0
PEOPLE = 2000
M, B = 1.2, 1.7
OPEN, SHUT = PEOPLE, 0
BY_ARRESTS, BY_REFERRAL, BY_OFFENCES = 0, 2, 3
TYPES = (BURGLARY, "shoplifting", "other")


def placed(places: int, opens: float, history: float, people: int = PEOPLE, **changes: object) -> Rates:
    """So many people selected at one moment and kept; nobody before, nobody after."""
    values = {**NEVER_CALM, "occasions_per_year": M, "offences_per_occasion": B, **changes}
    both = (Places(opens, places, False), Places(opens + 2.0**-10, SHUT, False))
    before, after = (both, (Places(0.0, SHUT, False),)) if opens < 0.0 else ((), both)
    return world(people, after, before, history_years=history, **values)


def looked_at(rates: Rates, protocol: Protocol, replications: int = 4, years: int = 3) -> Windows:
    return joined(over_replications(protocol, rates, years, 5, replications, workers=1))


# --- nothing chosen, nothing falls -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("protocol", "opens"), [(bedfordshire, -1.0), (bedfordshire, -0.7), (sussex, 0.0)])
def test_people_all_alike_who_are_all_chosen_do_as_much_after_as_before(protocol: Protocol, opens: float) -> None:
    people = looked_at(placed(OPEN, opens, 8.0, rule=BY_REFERRAL), protocol)
    assert people.people >= 4 * PEOPLE - 3
    years = 2.0 if protocol is sussex else 1.0
    assert abs(z_of(people.before / years - people.after, 0.0)) < FAR
    assert abs(z_of(people.before, years * M * B)) < FAR
    assert abs(z_of(people.occasions_before, years * M)) < FAR
    assert abs(z_of(people.after, M * B)) < FAR
    assert abs(z_of(people.occasions_after, M)) < FAR
    assert abs(z_of_share((people.before > 0.0).sum(), people.people, -math.expm1(-years * M))) < FAR
    seen = {bedfordshire: min(1.0, -opens), sussex: 2.0}[protocol]
    assert abs(z_of_share(people.any_after.sum(), people.people, -math.expm1(-M * seen))) < FAR
    assert not people.lost.any()


# --- chosen by their counts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [0.8, 2.5])
@pytest.mark.parametrize("rule", [BY_ARRESTS, BY_OFFENCES])
@pytest.mark.parametrize(("protocol", "opens"), [(bedfordshire, -1.0), (bedfordshire, -0.75), (sussex, 0.0)])
def test_people_chosen_at_their_peak_fall_to_their_posterior_mean(
    protocol: Protocol, opens: float, rule: int, shape: float
) -> None:
    """History is the window before, so m (k + n) / (k + m t) holds for any choice by what happened in it."""
    years = 2.0 if protocol is sussex else 1.0
    rates = placed(PEOPLE // 5, opens, years - opens, rule=rule, frailty_shape=shape)
    people = looked_at(rates, protocol, 8)
    assert people.people == 8 * PEOPLE // 5
    n = people.occasions_before
    assert n.mean() > 1.5 * M * years  # chosen at a peak
    assert occasions_after(M, shape, n.mean(), years) < n.mean() / years  # from which they fall
    assert abs(z_of(people.occasions_after - M * (shape + n) / (shape + years * M), 0.0)) < FAR
    assert abs(z_of(people.occasions_after, occasions_after(M, shape, n.mean(), years))) < FAR
    assert abs(z_of(people.after, B * occasions_after(M, shape, n.mean(), years))) < FAR


def test_people_chosen_by_referral_do_not_fall() -> None:
    people = looked_at(placed(PEOPLE // 5, 0.0, 8.0, rule=BY_REFERRAL), sussex, 8)
    assert abs(z_of(people.occasions_before / 2.0 - people.occasions_after, 0.0)) < FAR


@pytest.mark.parametrize("shape", [0.6, 2.0, math.inf])
def test_people_who_offended_in_the_first_of_two_years_fall_to_their_posterior_mean(shape: float) -> None:
    """Places for everybody who is ever arrested: who is looked at hangs on an offence in the first year alone."""
    everybody = (Places(-6.0, PEOPLE, False),)
    rates = world(
        PEOPLE, (Places(0.0, PEOPLE, False),), everybody, **NEVER_CALM, history_years=6.0, occasions_per_year=M,
        offences_per_occasion=B, frailty_shape=shape,
    )  # fmt: skip
    people = looked_at(rates, leicestershire, 3, 1)
    assert abs(z_of_share(people.people, 3 * PEOPLE, reoffending_rate(M, shape))) < FAR
    expected = mean_given_any(M, shape)
    assert (people.occasions_before > 0.0).all()
    assert abs(z_of(people.occasions_before, expected)) < FAR
    assert abs(z_of(people.before, expected * B)) < FAR
    after = M if math.isinf(shape) else occasions_after(M, shape, expected)
    assert abs(z_of(people.occasions_after, after)) < FAR
    assert abs(z_of(people.after, after * B)) < FAR


def test_everybody_followed_and_the_largest_counts_chosen() -> None:
    """No scheme at all: a protocol that picks the top tenth by its count before."""

    def largest(lives: Lives) -> Windows:
        counts = lives.count(lives.occasions, lives.ever(-1.0), lives.ever(0.0))
        chosen = counts >= np.sort(counts)[-len(counts) // 10]
        return windows(lives, chosen, lives.ever(-1.0), lives.ever(0.0), lives.ever(0.0), lives.ever(1.0))

    rates = world(PEOPLE, history_years=3.0, occasions_per_year=2.0, frailty_shape=1.5)
    people = looked_at(rates, largest, 8, 1)
    n = people.occasions_before.mean()
    assert n > 5.0
    assert abs(z_of(people.occasions_after, 2.0 * (1.5 + n) / (1.5 + 2.0))) < FAR


# --- custody ---------------------------------------------------------------------------------------------------------

SENTENCES = {"sentence_from_years": [0.2], "sentence_to_years": [1.4], "served_share": 0.5, "recalls_per_year": 1.5}
SPELLS = {"active_spells_end_per_year": 0.7, "paused_spells_end_per_year": 1.1}


def everybody(lives: Lives) -> Windows:
    return windows(
        lives, np.ones(lives.people, bool), lives.ever(-1.0), lives.ever(0.0), lives.ever(0.0), lives.ever(1.0)
    )


def custody_world(chance: float, shape: float, **changes: float) -> Rates:
    return world(
        PEOPLE, history_years=4.0, occasions_per_year=2.0, frailty_shape=shape, first_custody_chance=chance,
        later_custody_chance=chance, **SENTENCES, **changes,
    )  # fmt: skip


@pytest.mark.parametrize("shape", [math.inf, 1.2])
@pytest.mark.parametrize("spells", [{}, SPELLS])
def test_occasions_and_those_that_custody_took_make_up_the_active_year(shape: float, spells: dict[str, float]) -> None:
    """Compensator: occasions - hazard x years at liberty while active has mean nought, and so has what custody adds."""

    def with_active_years(lives: Lives) -> tuple[Windows, np.ndarray]:
        everyone = np.arange(lives.people)
        active = lives.active_until(everyone, lives.ever(1.0)) - lives.active_until(everyone, lives.ever(0.0))
        return everybody(lives), lives.hazard * active

    found = over_replications(with_active_years, custody_world(0.6, shape, **spells), 1, 5, 4, workers=1)
    people, expected = joined([each for each, _ in found]), np.concatenate([each for _, each in found])
    assert people.lost.mean() > 0.1 * people.occasions_after.mean()
    assert abs(z_of(people.occasions_after + people.lost - expected, 0.0)) < FAR
    share = SPELLS["paused_spells_end_per_year"] / sum(SPELLS.values()) if spells else 1.0
    assert abs(z_of(people.occasions_after + people.lost, 2.0 * share)) < FAR


@pytest.mark.parametrize("spells", [{}, SPELLS])
def test_what_custody_took_is_the_difference_from_a_world_without_it(spells: dict[str, float]) -> None:
    with_it, without = (
        looked_at(custody_world(chance, 1.2, **spells), everybody, 4, 1) for chance in (0.6, 0.0)
    )  # fmt: skip
    assert not without.lost.any()
    assert abs(z_of(without.occasions_after - with_it.occasions_after - with_it.lost, 0.0)) < FAR


def test_what_custody_took_is_scaled_up_with_the_counts() -> None:
    rates = placed(
        PEOPLE, -0.7, 6.0, rule=BY_REFERRAL, first_custody_chance=0.5, later_custody_chance=0.5,
        sentence_from_years=[0.1], sentence_to_years=[0.2],
    )  # fmt: skip
    people = looked_at(rates, bedfordshire, 4, 1)
    assert people.lost.any()
    assert abs(z_of(people.occasions_after + people.lost, M)) < FAR


# --- what cannot be looked at ----------------------------------------------------------------------------------------


def test_windows_before_the_history_are_refused() -> None:
    with pytest.raises(
        InputProblems, match=r"1\.5 simulated years before t = 0 do not reach.*\n.*population.history_years"
    ):
        looked_at(placed(OPEN, 0.0, 1.5, people=20), sussex, 1)
    looked_at(placed(OPEN, 0.0, 2.0, people=20), sussex, 1)


def test_nobody_to_look_at_is_refused() -> None:
    nobody = looked_at(placed(0, -3.0, 4.0, people=20), leicestershire, 1, 1)
    assert nobody.people == 0
    with pytest.raises(InputProblems, match=r"nobody is looked at \(two successive years\)\n.*programme.start_year"):
        somebody(nobody, "two successive years")
