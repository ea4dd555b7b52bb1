"""Spells of activity against the theory of an on/off (telegraph) process."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import linalg

from simulator.model import states

from .lives import stretches
from .worlds import ARRESTS, alone, each, log_of, sized, world, z_of, z_of_share, z_of_variance

PEOPLE = sized(15_000, 1_500)
ENDS, STARTS = 0.9, 0.4
SHARE = STARTS / (STARTS + ENDS)
SPELLS: dict[str, Any] = {"active_spells_end_per_year": ENDS, "paused_spells_end_per_year": STARTS}


def test_the_share_of_time_active_is_that_of_the_telegraph_process() -> None:
    people = sized(2000, 300)
    rates = world(people, occasions_per_year=0.1, **SPELLS)
    active = np.zeros(people)
    for stretch in stretches(rates, log_of(rates, 5), 5):
        active[stretch.person] += stretch.active * (stretch.end - stretch.start)
    assert abs(z_of(active, 5 * SHARE)) < 4


@pytest.mark.parametrize("years", [1, 4])
def test_counts_under_spells_have_the_moments_of_a_doubly_stochastic_poisson_process(years: int) -> None:
    rate = 5.0
    counts = each(world(alone(PEOPLE), occasions_per_year=rate, **SPELLS), years, ARRESTS)
    mean = rate * SHARE * years
    decay = (ENDS + STARTS) * years
    time_variance = 2.0 * SHARE * (1.0 - SHARE) * (decay - 1.0 + math.exp(-decay)) / (ENDS + STARTS) ** 2
    assert abs(z_of(counts, mean)) < 4
    assert abs(z_of_variance(counts, mean + rate**2 * time_variance)) < 4


def test_survival_without_occasion_is_the_matrix_exponential_of_on_and_off() -> None:
    rate = 3.0
    without = linalg.expm(np.array([[-rate - ENDS, ENDS], [STARTS, -STARTS]]))
    surviving = float((np.array([SHARE, 1.0 - SHARE]) @ without).sum())
    counts = each(world(alone(PEOPLE), occasions_per_year=rate, **SPELLS), 1, ARRESTS)
    assert abs(z_of_share(np.count_nonzero(counts == 0), PEOPLE, surviving)) < 4


def test_spells_last_as_long_as_their_rates_say_also_in_custody() -> None:
    """A spell runs on in custody: with most of life spent there, turns are as many as without."""
    custody: dict[str, Any] = {"first_custody_chance": 1.0, "later_custody_chance": 1.0, "sentence_to_years": [4.0]}
    years, people = 6, sized(1500, 300)
    for extra in (dict[str, Any](), custody):
        log = log_of(world(people, occasions_per_year=2.0, **SPELLS, **extra), years)
        turns = np.zeros(people)
        for event in log:
            turns[event.person] += event.event == states.SPELL_TURNS
        assert abs(z_of(turns, years * 2.0 * SHARE * ENDS)) < 4


def test_everybody_is_always_active_where_spells_never_end() -> None:
    log = log_of(world(100, occasions_per_year=2.0), 3)
    assert all(event.active for event in log)
