"""Where the next pound stops paying, how sure that is, and how fast the curve bends."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from funded import NEW, NO_DRAWS, PLACES, curve, loaded
from hypothesis import given
from hypothesis import strategies as st

from simulator.report.funding import curve_document
from simulator.report.funding_words import curve_text
from simulator.uncertainty import funding_levels
from simulator.uncertainty.funding_curve import (
    Curve,
    best_chances,
    central_stop,
    chances_of_all,
    chances_of_paying,
    drawn_ratios,
    drawn_stop,
    slope_of,
    steps_of,
    stopping_place,
)
from simulator.uncertainty.funding_levels import (
    Draws,
    block_of,
    chance_above_zero,
)
from simulator.uncertainty.points import CENTRAL

# Where it stops.


def test_a_stop_lies_on_the_straight_line_between_the_last_step_that_pays_and_the_next() -> None:
    assert stopping_place([10.0, 30.0], [1.5, 0.5]) == 20.0
    assert stopping_place([10.0, 30.0, 50.0], [0.5, 1.1, 0.7]) == pytest.approx(35.0)
    assert stopping_place([10.0, 30.0], [0.9, 0.5]) == 0.0
    assert stopping_place([10.0, 30.0], [0.9, 1.0]) == math.inf


ratios = st.lists(st.floats(-5.0, 5.0), min_size=1, max_size=8)


@given(ratios)
def test_beyond_the_stop_no_step_pays_and_the_last_before_it_does(found: list[float]) -> None:
    middles = [10.0 + 20.0 * number for number in range(len(found))]
    stop = stopping_place(middles, found)
    assert all(each < 1.0 for middle, each in zip(middles, found, strict=True) if middle > stop)
    before = [each for middle, each in zip(middles, found, strict=True) if middle <= stop]
    assert (stop == 0.0 and not before) or before[-1] >= 1.0


@given(ratios, st.floats(0.0, 1.0))
def test_more_benefit_everywhere_never_stops_sooner(found: list[float], more: float) -> None:
    middles = [10.0 + 20.0 * number for number in range(len(found))]
    assert stopping_place(middles, [each + more for each in found]) >= stopping_place(middles, found) - 1e-6


def made_draws(benefit: list[list[float]], noise: float = 0.0) -> Draws:
    """Two steps of 100 pounds, the first with 50 more of fixed costs."""
    gains = np.array(benefit)
    cost = np.tile([0.0, 150.0, 250.0], (len(gains), 1))
    return Draws(gains, cost, np.tile([0.0, 50.0, 50.0], (len(gains), 1)), noise * np.diag([0.0, 1.0, 1.0]))


def test_chances_are_shares_of_draws_with_and_without_fixed_costs() -> None:
    draws = made_draws([[0.0, 120.0, 130.0], [0.0, 200.0, 500.0], [0.0, 20.0, 30.0], [0.0, 160.0, 200.0]])
    assert chances_of_paying(draws) == [0.5, 0.25]
    assert chances_of_paying(draws, after_fixed=True) == [0.75, 0.25]
    assert chances_of_all(draws) == [0.0, 0.5, 0.25]
    assert best_chances(draws).tolist() == [0.5, 0.25, 0.25]
    assert drawn_ratios(draws)[0].tolist() == [0.8, 0.1]
    assert drawn_ratios(draws, after_fixed=True)[0].tolist() == [1.2, 0.1]


def test_the_stop_over_draws_counts_those_that_never_pay_and_those_that_always_do() -> None:
    found = curve(*NEW, places=(20, 40))
    draws = made_draws([[0.0, 120.0, 130.0], [0.0, 200.0, 500.0], [0.0, 20.0, 30.0], [0.0, 20.0, 30.0]])
    stop = drawn_stop(draws, steps_of(found))
    assert stop is not None
    assert (stop.chance_from_the_start, stop.chance_never) == (0.5, 0.25)
    assert 0.0 <= stop.low <= stop.median <= stop.high <= 40.0


def test_a_step_that_costs_nothing_has_no_ratio_and_no_stop() -> None:
    found = curve(
        "programme.offender_manager_year=0", "programme.place_year=0", "programme.selection=0", *NEW, effort=NO_DRAWS
    )
    assert central_stop(steps_of(found)) is None
    assert slope_of(found) is None
    told = curve_document(found, loaded(*NEW)[1], "as_run", NO_DRAWS)
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert "cannot be said" in told["said"][0]
    assert curve_text(told)


def test_a_chance_that_noise_decides_is_not_told() -> None:
    draws = np.array([-1.0, 1.0, 2.0, -2.0, 3.0, 1.0])
    assert chance_above_zero(draws, 0.0) == pytest.approx(4 / 6)
    assert chance_above_zero(draws, 100.0) is None
    assert chance_above_zero(draws + 100.0, 100.0) == 1.0
    assert chance_above_zero(np.zeros(4), 0.0) == 0.0
    assert chances_of_paying(made_draws([[0.0, 120.0, 130.0], [0.0, 200.0, 250.0]], noise=1e6)) == [None, None]


def test_a_slope_needs_three_steps_and_two_replications() -> None:
    found = curve(*NEW)
    assert slope_of(found, first=1) is None
    single = found._replace(central=funding_levels.Block(*(each[:, :1] for each in found.central)))
    assert slope_of(single) is None


def test_the_noise_of_a_slope_is_that_of_the_means_over_luck() -> None:
    scenario, library = loaded(*NEW)
    levels = funding_levels.levels_of(scenario, scenario.arm("as_run"), PLACES)
    parts = []
    for first in range(40):
        block = block_of(funding_levels.Work(levels, library, CENTRAL, 10 * first, 10, 1))
        slope = slope_of(Curve(levels, (0, *PLACES), block, None))
        assert slope is not None
        parts.append((slope.per_place, slope.half_width))
    centres, halves = np.array(parts).T
    assert 0.6 < 2.26 * centres.std(ddof=1) / halves.mean() < 1.5
