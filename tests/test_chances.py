"""Chances, losses and curves over draws of net benefits: against the normal distribution, brute force and identities."""

from __future__ import annotations

import math
import warnings
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from simulator.uncertainty.chances import (
    acceptability,
    benefit_per_pound,
    chance_positive,
    expected_loss,
    percentiles_of,
    preferred_chances,
    without_own_noise,
)
from simulator.uncertainty.noise import without_noise

NORMAL = NormalDist()
WHOLE = st.integers(-20, 20).map(float)  # whole pounds tie often
TABLES = hnp.arrays(float, hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=6), elements=WHOLE)
ROWS = hnp.arrays(float, st.integers(1, 30), elements=WHOLE)


def noisy(mean: float, sd: float, noise_sd: float, draws: int, seed: int) -> np.ndarray:
    generator = np.random.default_rng(seed)
    return mean + sd * generator.normal(size=draws) + noise_sd * generator.normal(size=draws)


# Which arm is best.


@given(TABLES)
def test_chances_of_being_best_add_up_to_one(net: np.ndarray) -> None:
    found = preferred_chances(net)
    assert found.sum() == pytest.approx(1.0, abs=1e-12)
    assert ((found >= 0.0) & (found <= 1.0)).all()
    assert preferred_chances(net[:, ::-1]) == pytest.approx(found[::-1], abs=1e-15)


def test_arms_that_tie_share_the_draw() -> None:
    net = np.array([[0.0, 5.0, 5.0], [0.0, -1.0, -2.0], [0.0, 0.0, 0.0], [0.0, 1.0, 2.0]])
    assert preferred_chances(net) == pytest.approx([4.0 / 12.0, 2.5 / 12.0, 5.5 / 12.0])
    assert preferred_chances(net[:, :1]).tolist() == [1.0]


@pytest.mark.parametrize("bad", [np.zeros(3), np.zeros((0, 2)), np.zeros((2, 0)), np.array([[0.0, np.nan]])])
def test_draws_that_are_no_table_of_numbers_are_refused(bad: np.ndarray) -> None:
    with pytest.raises(ValueError, match="net benefit"):
        preferred_chances(bad)


# One arm against the comparator.


def test_the_chance_is_the_share_above_zero() -> None:
    assert chance_positive(np.array([-1.0, 0.0, 1.0, 2.0])) == 0.5
    assert chance_positive(np.zeros(3)) == 0.0


def test_simulation_noise_is_taken_out_of_the_chance() -> None:
    draws = 40_000
    net = noisy(1.0, 1.0, 1.0, draws, 1)
    truth, with_noise = NORMAL.cdf(1.0), NORMAL.cdf(1.0 / math.sqrt(2.0))
    # Four standard errors: of a share, and of the spread that the shrinkage takes its measure from.
    tolerance = 4.0 * (math.sqrt(truth * (1.0 - truth) / draws) + NORMAL.pdf(1.0) * math.sqrt(2.0 / draws))
    assert chance_positive(net, 1.0) == pytest.approx(truth, abs=tolerance)
    assert chance_positive(net) == pytest.approx(with_noise, abs=tolerance)
    assert truth - with_noise > 4.0 * tolerance


@given(ROWS)
def test_without_noise_nothing_moves(net: np.ndarray) -> None:
    assert without_own_noise(net).tolist() == net.tolist()
    assert without_own_noise(net, np.zeros(len(net))).tolist() == net.tolist()


def test_what_counts_is_the_mean_of_the_squared_standard_errors() -> None:
    net = noisy(3.0, 2.0, 0.0, 500, 2)
    kept = without_own_noise(net, np.tile([0.0, 2.0], 250))
    assert kept.mean() == pytest.approx(net.mean(), rel=1e-12)
    assert kept.var(ddof=1) == pytest.approx(net.var(ddof=1) - 2.0, rel=1e-9)
    assert (np.argsort(kept) == np.argsort(net)).all()


def test_noise_as_large_as_the_spread_leaves_the_mean_alone() -> None:
    net = noisy(0.5, 1.0, 0.0, 100, 3)
    assert without_own_noise(net, 5.0) == pytest.approx(np.full(100, net.mean()))
    assert chance_positive(net, 5.0) == 1.0


@pytest.mark.parametrize("bad", [-1.0, math.nan, np.ones(2), np.array([1.0, -1.0, 1.0])])
def test_standard_errors_that_cannot_be_are_refused(bad: float | np.ndarray) -> None:
    with pytest.raises(ValueError, match="standard error"):
        chance_positive(np.array([1.0, 2.0, 3.0]), bad)


def test_draws_of_several_arms_are_not_one_arm_s() -> None:
    with pytest.raises(ValueError, match="of one arm"):
        chance_positive(np.zeros((3, 2)))


@given(ROWS)
def test_gain_less_loss_is_the_mean(net: np.ndarray) -> None:
    found = expected_loss(net)
    assert found.expected_gain_gbp - found.expected_loss_gbp == pytest.approx(net.mean(), abs=1e-9)
    assert (found.loss_if_losing_gbp is None) == (not (net < 0.0).any())
    assert (found.gain_if_gaining_gbp is None) == (not (net > 0.0).any())
    assert found.chance_of_loss * (found.loss_if_losing_gbp or 0.0) == pytest.approx(found.expected_loss_gbp)


def test_loss_and_gain_of_four_draws() -> None:
    found = expected_loss(np.array([-3.0, -1.0, 0.0, 8.0]))
    assert tuple(found) == (1.0, 0.5, 2.0, 2.0, 8.0)


def test_the_expected_loss_of_a_normal_is_the_textbook_one() -> None:
    draws = 40_000
    truth = NORMAL.pdf(0.5) - 0.5 * NORMAL.cdf(-0.5)
    assert expected_loss(noisy(0.5, 1.0, 0.0, draws, 4)).expected_loss_gbp == pytest.approx(truth, abs=0.012)
    found = expected_loss(noisy(0.5, 1.0, 1.0, draws, 4), 1.0)
    assert found.expected_loss_gbp == pytest.approx(truth, abs=0.012)  # four standard errors


def test_percentiles_are_of_the_inputs_alone() -> None:
    draws = 40_000
    found = percentiles_of(noisy(10.0, 2.0, 1.0, draws, 5), 1.0)
    tolerance = 4.0 * 2.0 * math.sqrt(0.975 * 0.025 / draws) / NORMAL.pdf(1.96)
    assert found.interval == pytest.approx((10.0 - 1.96 * 2.0, 10.0 + 1.96 * 2.0), abs=tolerance)
    assert (found.mean, found.median) == pytest.approx((10.0, 10.0), abs=tolerance)
    assert found.low == found.interval[0] < found.median < found.high == found.interval[1]


# Noise of several arms.


def several_arms(draws: int = 300) -> tuple[np.ndarray, np.ndarray]:
    """A comparator of zeros and three arms that go up and down together, and a noise below their spread."""
    generator = np.random.default_rng(6)
    net = np.zeros((draws, 4))
    net[:, 1:] = generator.normal(size=(draws, 3)) @ generator.normal(size=(3, 3)) + generator.normal(size=(draws, 1))
    mixing = np.zeros((4, 4))
    mixing[1:, 1:] = 0.1 * generator.normal(size=(3, 3))
    return net, mixing @ mixing.T


def test_covariance_less_noise_is_what_is_left() -> None:
    net, noise = several_arms()
    kept = without_noise(net, noise)
    assert np.cov(kept, rowvar=False) == pytest.approx(np.cov(net, rowvar=False) - noise, abs=1e-12)
    assert kept.mean(axis=0) == pytest.approx(net.mean(axis=0), abs=1e-12)
    assert kept[:, 0] == pytest.approx(np.zeros(len(net)), abs=1e-12)
    assert not np.allclose(kept, net, atol=1e-3)


def test_neither_the_order_of_the_arms_nor_the_comparator_matters() -> None:
    net, noise = several_arms()
    order = [2, 0, 3, 1]
    again = without_noise(net[:, order], noise[np.ix_(order, order)])
    assert again == pytest.approx(without_noise(net, noise)[:, order], abs=1e-9)
    against = np.eye(4) - np.outer(np.ones(4), np.eye(4)[2])  # less arm 2
    other = without_noise(net @ against.T, against @ noise @ against.T)
    assert other == pytest.approx(without_noise(net, noise) @ against.T, abs=1e-9)


def test_more_noise_than_spread_in_one_direction_leaves_the_others_alone() -> None:
    generator = np.random.default_rng(7)
    net = generator.normal(size=(200, 2)) * [1.0, 3.0]
    net[:, 0] -= np.polyval(np.polyfit(net[:, 1], net[:, 0], 1), net[:, 1])  # uncorrelated in these very draws
    kept = without_noise(net, np.diag([50.0, 0.0]))
    assert kept[:, 0] == pytest.approx(np.full(200, net[:, 0].mean()), abs=1e-9)
    assert kept[:, 1] == pytest.approx(net[:, 1], abs=1e-9)


@pytest.mark.parametrize("bad", [np.eye(2), np.full((4, 4), np.nan), -np.eye(4), np.triu(np.ones((4, 4)))])
def test_noise_that_is_no_covariance_of_these_arms_is_refused(bad: np.ndarray) -> None:
    with pytest.raises(ValueError, match="covariance"):
        without_noise(several_arms()[0], bad)


def test_one_draw_or_none_that_differ_have_no_spread_to_shrink() -> None:
    same = np.full((5, 2), 3.0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert without_noise(same, np.eye(2)).tolist() == same.tolist()
        assert without_noise(same[:1], np.eye(2)).tolist() == same[:1].tolist()


# Benefit per £1.


def test_benefit_per_pound_is_a_ratio_of_means_with_percentiles_of_ratios() -> None:
    benefit, cost = np.linspace(0.0, 400.0, 401), np.tile([100.0, 300.0], 201)[:401]
    found = benefit_per_pound(benefit, cost)
    assert found.ratio == pytest.approx(200.0 / cost.mean())
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(benefit / cost, (0.025, 0.975))))
    assert found.refused == ""


@pytest.mark.parametrize(
    ("cost", "why"),
    [
        ([100.0, 0.0, 50.0, -1.0], "in 2 of 4 draws"),
        ([0.01, 0.02, 0.01, 0.02], "too near zero"),
        ([2.0, 1000.0, 2.0, 2.0], "too near zero"),  # its 95% interval reaches zero
    ],
)
def test_a_ratio_is_refused_where_the_cost_may_vanish(cost: list[float], why: str) -> None:
    found = benefit_per_pound(np.ones(4), np.array(cost))
    assert (found.ratio, found.low, found.high) == (None, None, None)
    assert why in found.refused


def test_a_cost_that_is_the_same_in_every_draw_divides() -> None:
    assert benefit_per_pound(np.array([1.0, 3.0]), np.array([2.0, 2.0])).ratio == 1.0
    assert benefit_per_pound(np.array([3.0]), np.array([2.0])).ratio == 1.5


def test_benefits_and_costs_pair_off() -> None:
    with pytest.raises(ValueError, match="one each"):
        benefit_per_pound(np.ones(3), np.ones(2))


# At each value of a prevented offence.

THRESHOLDS = np.linspace(0.0, 5000.0, 21)


def made_up(draws: int = 400) -> tuple[np.ndarray, np.ndarray]:
    """Net benefits without offences, and offences prevented, of a comparator and three arms, the last without any."""
    generator = np.random.default_rng(8)
    prevented = np.maximum(generator.normal([0.0, 100.0, 180.0, 0.0], [0.0, 60.0, 150.0, 0.0], (draws, 4)), 0.0)
    costs = np.array([0.0, 150e3, 330e3, 0.0]) * generator.uniform(0.8, 1.2, (draws, 1))
    return -costs, prevented


def test_chances_at_every_threshold_add_up_to_one() -> None:
    found = acceptability(*made_up(), THRESHOLDS)
    assert found.best.shape == found.beats_comparator.shape == (21, 4)
    assert found.best.sum(axis=1) == pytest.approx(np.ones(21), abs=1e-12)


def test_every_threshold_is_as_if_looked_at_alone() -> None:
    net, prevented = made_up()
    found = acceptability(net, prevented, THRESHOLDS)
    for row, value in enumerate(THRESHOLDS):
        drawn = net + value * prevented
        assert found.best[row] == pytest.approx(preferred_chances(drawn))
        assert found.beats_comparator[row] == pytest.approx([chance_positive(arm) for arm in drawn.T])
        assert found.frontier[row] == drawn.mean(axis=0).argmax()
        assert found.frontier_chance[row] == found.best[row, found.frontier[row]]
    assert found.frontier[0] == 0 and found.frontier[-1] == 2


def test_the_comparator_and_its_double_tie_and_never_beat_it() -> None:
    found = acceptability(*made_up(), THRESHOLDS)
    assert (found.best[:, 0] == found.best[:, 3]).all()
    assert (found.beats_comparator[:, [0, 3]] == 0.0).all()


def test_of_two_arms_the_best_is_the_one_that_beats_the_other_and_a_higher_value_never_lowers_its_chance() -> None:
    net, prevented = made_up()
    found = acceptability(net[:, :2], prevented[:, :2], THRESHOLDS)
    assert found.best[:, 1] == pytest.approx(found.beats_comparator[:, 1])
    assert (np.diff(found.beats_comparator[:, 1]) >= 0.0).all()


def test_the_frontier_goes_by_the_mean_and_not_by_the_chance() -> None:
    found = acceptability(np.array([[0.0, -1.0]] * 9 + [[0.0, 100.0]]), np.zeros((10, 2)), np.array([1.0]))
    assert (found.frontier[0], found.frontier_chance[0]) == (1, 0.1)


def test_tables_that_do_not_fit_are_refused() -> None:
    net, prevented = made_up()
    with pytest.raises(ValueError, match="do not fit"):
        acceptability(net, prevented[:, :2], THRESHOLDS)
