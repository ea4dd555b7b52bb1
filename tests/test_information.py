"""Worth of finding out, against cases whose answer is known on paper.

Tolerances are in standard errors, beside the plain 5% at 10,000 draws and 12% at 2,000 that a reader may count on.
"""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from known_worths import GBP, NORMAL, draws_of, everything, line, near, two_arms, worth_of_normal

from simulator.uncertainty.information import Worth, partial_information, perfect_information, sample_information

# Everything.


@pytest.mark.parametrize(("mean", "sd"), [(0.0, 1.0), (0.3, 1.0), (-0.3, 0.5), (1.0, 1.0)])
def test_knowing_everything_is_worth_what_the_normal_says(mean: float, sd: float) -> None:
    found = perfect_information(two_arms(GBP * (mean + sd * draws_of(1, 10_000, 1)[:, 0])))
    assert near(found, GBP * worth_of_normal(mean, sd))
    assert found.value_gbp == pytest.approx(GBP * worth_of_normal(mean, sd), rel=0.06)
    assert found.naive_gbp == found.value_gbp
    assert (found.name, found.share_of_perfect) == ("everything", 1.0)


@pytest.mark.parametrize(("mean", "noise_sd"), [(0.0, 0.78), (0.4, 0.78), (-0.4, 1.5)])
def test_simulation_noise_is_taken_out(mean: float, noise_sd: float) -> None:
    x, noise = draws_of(2, 10_000, 2).T
    net = two_arms(GBP * (mean + x + noise_sd * noise))
    found = perfect_information(net, np.diag([0.0, (GBP * noise_sd) ** 2]))
    assert near(found, GBP * worth_of_normal(mean, 1.0))
    assert found.naive_gbp is not None
    assert found.naive_gbp == pytest.approx(GBP * worth_of_normal(mean, math.hypot(1.0, noise_sd)), rel=0.06)
    assert found.naive_gbp > 1.25 * found.value_gbp
    assert "before simulation noise" in found.statement


def test_noise_that_the_arms_share_is_taken_out_as_shared() -> None:
    """What moves two good arms alike against the comparator blurs the choice between them not at all."""
    x, y, noise = GBP * draws_of(3, 10_000, 3).T
    truth = np.stack([np.zeros(10_000), 8.0 * GBP + x + 0.2 * y, 8.0 * GBP + x - 0.2 * y], axis=1)
    net = truth + noise[:, None] * [0.0, 1.0, 1.0]
    shared = np.zeros((3, 3))
    shared[1:, 1:] = GBP**2
    wanted = truth.max(axis=1).mean() - truth.mean(axis=0).max()
    assert near(perfect_information(net, shared), wanted)
    assert perfect_information(net, np.diag(np.diag(shared))).value_gbp < 0.1 * wanted


def test_the_standard_error_is_that_of_a_mean() -> None:
    net = two_arms(GBP * (0.5 + draws_of(4, 2000, 1)[:, 0]))
    gains = np.maximum(net[:, 1], 0.0) - net[:, 1]
    found = perfect_information(net, resamples=400)
    assert found.standard_error_gbp == pytest.approx(gains.std() / math.sqrt(2000), rel=4.0 / math.sqrt(800))
    assert perfect_information(net, resamples=400) == found
    assert perfect_information(net, resamples=400, seed=1).standard_error_gbp != found.standard_error_gbp


def test_the_standard_error_allows_for_the_taking_out_of_noise() -> None:
    """It is the spread of the answers of many sets of draws."""
    noise = np.diag([0.0, 4.0])
    nets = [two_arms(draws_of(200 + seed, 400, 2) @ [1.0, 2.0]) for seed in range(150)]
    found = [perfect_information(net, noise, resamples=20) for net in nets]
    spread = np.std([worth.value_gbp for worth in found])
    errors = math.sqrt(np.mean([worth.standard_error_gbp**2 for worth in found]))
    assert errors == pytest.approx(spread, rel=3.0 / math.sqrt(300))


def test_an_arm_that_is_always_best_leaves_nothing_to_find_out() -> None:
    net = two_arms(10.0 + draws_of(5, 200, 1)[:, 0])
    found = perfect_information(net)
    assert (found.value_gbp, found.standard_error_gbp, found.share_of_perfect) == (0.0, 0.0, None)
    assert "would not change the choice" in found.statement
    assert partial_information(net, net[:, 1], "it", found).value_gbp == 0.0


def test_no_noise_and_none_given_are_the_same() -> None:
    net, _ = line(6, 500)
    assert perfect_information(net, np.zeros((2, 2))) == perfect_information(net)


def test_noise_that_is_all_the_spread_leaves_nothing() -> None:
    net, _ = line(6, 500)
    assert perfect_information(net, np.diag([0.0, GBP**2 * 9.0])).value_gbp == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("bad", [np.eye(3), -np.eye(2)])
def test_a_noise_that_fits_no_arms_is_refused(bad: np.ndarray) -> None:
    with pytest.raises(ValueError, match="covariance"):
        perfect_information(line(6, 100)[0], bad)


# One input.


@pytest.mark.parametrize(("draws", "tolerance"), [(10_000, 0.05), (2_000, 0.12)])
@pytest.mark.parametrize(("mean", "known", "rest"), [(0.0, 0.7, 0.7), (0.3, 0.8, 0.6), (-0.3, 0.7, 0.7)])
def test_one_input_in_a_straight_line(draws: int, tolerance: float, mean: float, known: float, rest: float) -> None:
    net, x = line(7, draws, mean, known, rest)
    perfect = everything(net)
    found = partial_information(net, x, "x", perfect)
    truth = GBP * worth_of_normal(mean, known)
    assert found.value_gbp == pytest.approx(truth, rel=tolerance)
    assert near(found, truth)
    assert found.share_of_perfect == pytest.approx(found.value_gbp / perfect.value_gbp)


def test_a_bend_is_followed() -> None:
    """Of a (x^2 - 1) + c the worth is 2 a b f(b) + 2 c F(-b), b = sqrt(1 - c/a); the straight line sees none of it."""
    x, other = draws_of(8, 10_000, 2).T
    net = two_arms(GBP * (0.6 * (x**2 - 1.0) - 0.3 + 0.5 * other))
    edge = math.sqrt(1.5)
    truth = GBP * (1.2 * edge * NORMAL.pdf(edge) - 0.6 * NORMAL.cdf(-edge))
    found = partial_information(net, x, "x", everything(net))
    assert found.value_gbp == pytest.approx(truth, rel=0.05)
    assert near(found, truth)


def test_three_arms_of_growing_size() -> None:
    """The best of 0, D and 2 D - c is max(D, 0) + max(D - c, 0)."""
    x, other = draws_of(9, 10_000, 2).T
    difference = GBP * (0.2 + 0.8 * x + 0.6 * other)
    net = np.stack([0.0 * x, difference, 2.0 * difference - 0.5 * GBP], axis=1)
    hinge = GBP * (0.2 + worth_of_normal(0.2, 0.8) + worth_of_normal(0.3, 0.8))
    found = partial_information(net, x, "x", everything(net))
    assert near(found, hinge - 0.2 * GBP)
    assert found.value_gbp == pytest.approx(hinge - 0.2 * GBP, rel=0.05)


@pytest.mark.parametrize("draws", [2_000, 10_000])
@pytest.mark.parametrize("columns", [1, 6])
@pytest.mark.parametrize("mean", [0.3, 0.1])
def test_an_input_without_a_part_in_it_is_worth_nothing(draws: int, columns: int, mean: float) -> None:
    table = draws_of(10, draws, columns + 1)
    net = two_arms(GBP * (mean + table[:, 0]))
    perfect = everything(net)
    found = partial_information(net, table[:, 1:], "x", perfect)
    assert found.value_gbp <= 0.01 * perfect.value_gbp + found.standard_error_gbp
    assert found.naive_gbp is not None and found.naive_gbp >= found.value_gbp


def test_choosing_for_draws_that_were_learnt_from_would_find_worth_in_chance() -> None:
    """Over many sets of few draws: the fit's own figure is well above nothing, the held-out one is not."""
    found = []
    for seed in range(25):
        table = draws_of(100 + seed, 80, 4)
        net = two_arms(GBP * table[:, 0])
        found.append(partial_information(net, table[:, 1:], "x", everything(net)))
    perfect = GBP * worth_of_normal(0.0, 1.0)
    naive = np.mean([worth.naive_gbp or 0.0 for worth in found])
    assert naive > 0.1 * perfect
    assert np.mean([worth.value_gbp for worth in found]) < 0.35 * naive


def test_simulation_noise_widens_the_standard_error_and_moves_nothing_else() -> None:
    net, x = line(11, 10_000, rest=0.2)
    noise = two_arms(GBP * draws_of(12, 10_000, 1)[:, 0])
    quiet = everything(net)
    noisy = everything(net + noise, np.diag([0.0, GBP**2]))
    calm, shaken = partial_information(net, x, "x", quiet), partial_information(net + noise, x, "x", noisy)
    truth = GBP * worth_of_normal(0.3, 0.7)
    assert near(calm, truth) and near(shaken, truth)
    assert shaken.standard_error_gbp > 1.3 * calm.standard_error_gbp


def test_the_standard_error_covers_the_truth_as_often_as_it_should() -> None:
    truth = GBP * worth_of_normal(0.3, 0.7)
    inside = 0
    for seed in range(200):
        net, x = line(1000 + seed, 500)
        inside += near(partial_information(net, x, "x", Worth("", math.inf, 0.0, None, None, "")), truth, 2.0)
    assert 200 * 0.95 - inside <= 3.0 * math.sqrt(200 * 0.95 * 0.05)


# Groups.


def test_all_inputs_together_are_worth_as_much_as_everything() -> None:
    x = draws_of(13, 5_000, 8)
    net = two_arms(GBP * (0.2 + x @ np.linspace(0.1, 0.8, 8) + 0.4 * x[:, 0] * x[:, 7]))
    perfect = everything(net)
    every = partial_information(net, x, "all", perfect)
    assert 0.97 * perfect.value_gbp <= every.value_gbp <= perfect.value_gbp
    parts = [partial_information(net, x[:, [column]], "", perfect).value_gbp for column in (0, 7)]
    both = partial_information(net, x[:, [0, 7]], "both", perfect).value_gbp
    assert max(parts) - every.standard_error_gbp <= both <= every.value_gbp


def test_all_inputs_together_are_worth_as_much_as_everything_but_noise() -> None:
    x = draws_of(14, 10_000, 4)
    net = two_arms(GBP * (0.2 + x[:, :3].sum(axis=1) + x[:, 3]))
    perfect = perfect_information(net, np.diag([0.0, GBP**2]))
    every = partial_information(net, x[:, :3], "all", perfect)
    error = math.hypot(every.standard_error_gbp, perfect.standard_error_gbp)
    assert every.value_gbp == pytest.approx(perfect.value_gbp, abs=3.0 * error)
    assert perfect.naive_gbp is not None and every.value_gbp < perfect.naive_gbp - 3.0 * error


def test_two_inputs_that_only_work_together() -> None:
    """The mean of max(x y, 0) is 1 / pi; either alone tells nothing."""
    x = draws_of(15, 10_000, 2)
    net = two_arms(GBP * x[:, 0] * x[:, 1])
    perfect = everything(net)
    assert near(partial_information(net, x, "both", perfect), GBP / math.pi)
    assert partial_information(net, x[:, 0], "one", perfect).value_gbp < 0.02 * GBP


def test_products_are_of_the_inputs_that_tell_most_where_there_are_many() -> None:
    x = draws_of(16, 2_000, 13)
    net = two_arms(GBP * (0.5 * x[:, 11] + 0.5 * x[:, 12] + x[:, 11] * x[:, 12] + 0.02 * x.sum(axis=1)))
    perfect = everything(net)
    assert partial_information(net, x, "all", perfect).value_gbp > 0.97 * perfect.value_gbp


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4), st.sampled_from([0.1, 1.0, 10.0]))
def test_worth_lies_between_nothing_and_everything(seed: int, columns: int, noise_sd: float) -> None:
    x = draws_of(seed, 120, columns)
    net = np.stack([0.0 * x[:, 0], x.sum(axis=1), x[:, 0] ** 2 - 1.0], axis=1)
    net[:, 1:] += noise_sd * draws_of(seed + 1, 120, 2)
    perfect = perfect_information(net, np.diag([0.0, noise_sd**2, noise_sd**2]), resamples=5)
    found = partial_information(net, x, "x", perfect)
    assert 0.0 <= found.value_gbp <= perfect.value_gbp
    assert found.standard_error_gbp >= 0.0


# A study.


def studied(people: float, draws: int = 10_000) -> tuple[Worth, float, float]:
    """Worth of a study of so many people, each of variance 9; its truth; and that of finding the input out exactly."""
    x, luck, other = draws_of(24, draws, 3).T
    net = two_arms(GBP * (0.2 + 0.8 * x + 0.5 * other))
    variance = 9.0 / people
    found = sample_information(net, x + math.sqrt(variance) * luck, "A study", everything(net))
    return found, GBP * worth_of_normal(0.2, 0.8 / math.sqrt(1.0 + variance)), GBP * worth_of_normal(0.2, 0.8)


@pytest.mark.parametrize("people", [3, 9, 30, 100])
def test_a_study_is_worth_what_its_preposterior_says(people: int) -> None:
    found, truth, _ = studied(people)
    assert near(found, truth)
    assert found.value_gbp == pytest.approx(truth, rel=0.06)
    assert "its own cost not taken off" in found.statement


def test_a_larger_study_is_worth_more_up_to_that_of_the_exact_answer() -> None:
    found = [studied(people) for people in (1e-3, 1.0, 3.0, 9.0, 30.0, 100.0, 1e9)]
    values = [each[0].value_gbp for each in found]
    for (smaller, *_), (larger, *_) in pairwise(found):
        assert larger.value_gbp >= smaller.value_gbp - smaller.standard_error_gbp
    assert values[0] < 0.02 * values[-1]
    assert near(found[-1][0], found[-1][2])


def test_a_study_that_reports_two_figures() -> None:
    x, y, *luck = draws_of(25, 10_000, 4).T
    net = two_arms(GBP * (0.6 * x + 0.6 * y))
    perfect = everything(net)
    reported = np.stack([x + luck[0], y + luck[1]], axis=1)
    assert near(sample_information(net, reported, "A study", perfect), GBP * worth_of_normal(0.0, 0.6))
    one = sample_information(net, reported[:, 0], "A study", perfect)
    assert near(one, GBP * worth_of_normal(0.0, 0.6 / math.sqrt(2.0)))


# In words.


def test_worth_in_a_sentence() -> None:
    net, x = line(26, 2_000)
    perfect = everything(net)
    found = partial_information(net, x, "the effect", perfect)
    assert found.statement == (
        f"Finding out the effect exactly, before choosing, is worth £{found.value_gbp:,.0f} (give or take "
        f"£{2.0 * found.standard_error_gbp:,.0f}), {found.share_of_perfect:.0%} of finding out everything."
    )
    assert perfect.statement.startswith(f"Finding out everything before choosing is worth £{perfect.value_gbp:,.0f}")


def test_worth_that_chance_may_have_made_says_so() -> None:
    net, x = line(37, 300, known=0.3, rest=1.0)
    found = partial_information(net, x, "it", everything(net))
    assert 0.0 < found.value_gbp < 2.0 * found.standard_error_gbp
    assert "which these draws cannot tell from nothing" in found.statement
    assert "no effect" not in found.statement
