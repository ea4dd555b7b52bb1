"""The regression behind the worth of finding out: awkward inputs, its terms, its penalty, and what it refuses."""

from __future__ import annotations

import math

import numpy as np
import pytest
from known_worths import GBP, draws_of, everything, line, near, two_arms

from simulator.uncertainty.information import partial_information
from simulator.uncertainty.smoothing import PENALTIES, coefficients, curves, moments_of, standardised, terms_of

# Awkward inputs.


def test_constant_columns_tell_nothing_and_do_no_harm() -> None:
    net, x = line(17, 1_000)
    perfect = everything(net)
    still = partial_information(net, np.full((1_000, 2), 0.1), "still", perfect)
    assert (still.value_gbp, still.standard_error_gbp, still.naive_gbp) == (0.0, 0.0, 0.0)
    beside = np.stack([np.full(1_000, 0.1), x, np.zeros(1_000)], axis=1)
    found, alone = (partial_information(net, inputs, "x", perfect) for inputs in (beside, x))
    assert found[1:4] == pytest.approx(alone[1:4], rel=1e-9)


def test_an_input_that_mostly_stays_at_its_value() -> None:
    _, x = line(18, 5_000)
    kinked = np.maximum(x - 1.0, 0.0)
    net = two_arms(GBP * (2.0 * kinked - 0.2))
    perfect = everything(net)
    assert partial_information(net, kinked, "x", perfect).value_gbp > 0.97 * perfect.value_gbp


@pytest.mark.parametrize("levels", [2, 3])
def test_an_input_of_a_few_values(levels: int) -> None:
    """The worth of a choice between few answers is the mean over them of the best mean, less the best mean of all."""
    generator = np.random.default_rng(19)
    x = generator.integers(0, levels, 5_000)
    means = np.array([0.5, -1.0, 0.4])[:levels]
    net = two_arms(GBP * (means[x] + generator.normal(size=5_000)))
    truth = GBP * (np.maximum(means, 0.0).mean() - max(means.mean(), 0.0))
    assert near(partial_information(net, x, "x", everything(net)), truth)


def test_a_rare_value_may_be_missing_where_the_line_is_learnt() -> None:
    net, x = line(20, 500)
    rare = np.zeros(500)
    rare[7] = 1.0
    perfect = everything(net)
    both = partial_information(net, np.stack([x, rare], axis=1), "x", perfect)
    assert both.value_gbp == pytest.approx(partial_information(net, x, "x", perfect).value_gbp, rel=0.05)


def test_inputs_that_say_the_same_twice() -> None:
    net, x = line(21, 2_000)
    perfect = everything(net)
    alone = partial_information(net, x, "x", perfect)
    twice = partial_information(net, np.stack([x, 3.0 - 2.0 * x], axis=1), "x", perfect)
    assert twice.value_gbp == pytest.approx(alone.value_gbp, abs=alone.standard_error_gbp)


def test_the_unit_of_an_input_and_of_money_does_not_matter() -> None:
    net, x = line(22, 1_000)
    perfect = everything(net)
    alone = partial_information(net, x, "x", perfect)
    assert partial_information(net, 1e-9 * x, "x", perfect).value_gbp == pytest.approx(alone.value_gbp, rel=1e-9)
    assert partial_information(net, 1e9 * x, "x", perfect).value_gbp == pytest.approx(alone.value_gbp, rel=1e-9)
    pence = partial_information(100.0 * net, x, "x", everything(100.0 * net))
    assert pence.value_gbp == pytest.approx(100.0 * alone.value_gbp, rel=1e-9)
    assert pence.standard_error_gbp == pytest.approx(100.0 * alone.standard_error_gbp, rel=1e-9)


def test_moments_of_the_others_are_those_of_all_less_a_part() -> None:
    terms, outcomes = draws_of(29, 60, 4), draws_of(30, 60, 2)
    found = moments_of(terms, outcomes).without(moments_of(terms[:20], outcomes[:20]))
    for mine, theirs in zip(found, moments_of(terms[20:], outcomes[20:]), strict=True):
        assert mine == pytest.approx(theirs)


@pytest.mark.parametrize("draws", [25, 200])
@pytest.mark.parametrize("bend", [0.0, 0.1, 0.3, 3.0])
def test_the_penalty_is_the_one_of_least_generalised_cross_validation(draws: int, bend: float) -> None:
    """Against the hat matrix of every penalty, written out."""
    columns = standardised(draws_of(30, draws, 2))
    outcomes = draws_of(31, draws, 2) + bend * columns[:, [0]] ** 2
    terms, free = terms_of(columns, outcomes)
    held_back = np.diag([0.0] * free + [float(draws)] * (terms.shape[1] - free))
    scores, candidates = [], []
    for penalty in PENALTIES:
        candidate = np.linalg.solve(terms.T @ terms + penalty * held_back, terms.T)
        hat = terms @ candidate
        scores.append(((outcomes - hat @ outcomes) ** 2).sum(axis=0) / (draws - np.trace(hat)) ** 2)
        candidates.append(candidate @ outcomes)
    best = np.argmin(scores, axis=0)
    found = coefficients(moments_of(terms, outcomes), free)
    for arm in (0, 1):
        assert found[:, arm] == pytest.approx(candidates[best[arm]][:, arm], rel=1e-6, abs=1e-9)


def test_curves_are_straight_beyond_the_outer_knots_and_none_for_two_values() -> None:
    assert curves(np.array([0.0, 1.0] * 30)).shape == (60, 0)
    assert curves(np.array([0.0, 1e-9, 1.0] * 20)).shape == (60, 0)
    x = np.linspace(-3.0, 3.0, 601)
    ends = np.abs(x) > 2.9
    bends = np.gradient(np.gradient(curves(x), axis=0), axis=0)
    assert np.abs(bends[ends]).max() < 1e-9 < np.abs(bends[~ends]).max()
    assert curves(x).shape == (601, 4)


def test_standardised_columns_have_mean_zero_and_variance_one() -> None:
    found = standardised(np.stack([np.arange(9.0), np.full(9, 0.1), 5e8 + np.arange(9.0)], axis=1))
    assert found.shape == (9, 2)
    assert found.mean(axis=0) == pytest.approx([0.0, 0.0], abs=1e-6)
    assert found.std(axis=0) == pytest.approx([1.0, 1.0])
    assert standardised(np.tile([1.0, math.nextafter(1.0, 2.0)], 9)[:, None]).shape == (18, 0)


@pytest.mark.parametrize(
    ("inputs", "why"),
    [
        (np.zeros(99), "for 100 draws"),
        (np.full(100, np.nan), "not a number"),
        (np.random.default_rng(0).normal(size=(100, 40)), "take 120 or more"),
    ],
)
def test_inputs_that_cannot_be_used_are_refused(inputs: np.ndarray, why: str) -> None:
    net, _ = line(23, 100)
    with pytest.raises(ValueError, match=why):
        partial_information(net, inputs, "x", everything(net))


def test_a_handful_of_draws_is_refused() -> None:
    net, x = line(23, 49)
    with pytest.raises(ValueError, match="49 draws are too few for 1 varying columns: take 50 or more"):
        partial_information(net, x, "x", everything(net))
