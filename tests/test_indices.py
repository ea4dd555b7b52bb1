"""Sobol indices against functions whose indices are known, and simulation noise as a factor of its own."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from simulator.uncertainty.indices import HALF_STEP, Design, Index, design, indices_of, shares_from, terms_of

Outcome = Callable[[np.ndarray], np.ndarray]


def ran(outcome: Outcome, points: Design) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return outcome(points.a), outcome(points.b), np.stack([outcome(table) for table in points.ab])


def found_for(outcome: Outcome, columns: list[int], base_points: int, seed: int = 1) -> tuple[Index, ...]:
    names = [f"x{number}" for number in range(len(columns))]
    return indices_of(names, *ran(outcome, design(columns, base_points, seed)), seed=seed)


def ishigami(u: np.ndarray) -> np.ndarray:
    x = math.pi * (2.0 * u - 1.0)
    return np.asarray(np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0]))


def sizes(index: Index) -> tuple[float, float]:
    """Half-widths of the bounds: about two standard errors of independent points."""
    return (index.first_high - index.first_low) / 2.0, (index.total_high - index.total_low) / 2.0


# Known functions.


@pytest.mark.parametrize(("base_points", "tolerance"), [(1024, 0.04), (4096, 0.015)])
def test_ishigami(base_points: int, tolerance: float) -> None:
    found = found_for(ishigami, [1, 1, 1], base_points)
    for index, first, total in zip(found, (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437), strict=True):
        assert (index.first, index.total) == pytest.approx((first, total), abs=tolerance)
        assert index.first_low <= first <= index.first_high
        assert index.total_low <= total <= index.total_high
        assert index.first_low < index.first < index.first_high
        assert index.total_low < index.total < index.total_high
    assert sum(index.first for index in found) <= 1.0 + sum(sizes(index)[0] for index in found)


def test_bounds_are_half_as_wide_with_four_times_the_points() -> None:
    few, many = (found_for(ishigami, [1, 1, 1], base_points) for base_points in (1024, 4096))
    for less, more in zip(few, many, strict=True):
        assert np.divide(sizes(less), sizes(more)) == pytest.approx([2.0, 2.0], rel=0.25)


def test_bounds_hold_the_truth_about_95_times_in_100_with_independent_points() -> None:
    """A straight line of weights 1 and 2 in normal variables: 0.2 and 0.8."""
    generator = np.random.default_rng(2)
    inside = 0
    for seed in range(200):
        a, b = generator.normal(size=(2, 256, 2))
        tables = Design(a, b, (np.stack([b[:, 0], a[:, 1]], 1), np.stack([a[:, 0], b[:, 1]], 1)))
        found = indices_of(["x", "y"], *ran(lambda x: x @ [1.0, 2.0], tables), seed=seed, resamples=200)
        inside += found[0].first_low <= 0.2 <= found[0].first_high
        inside += found[0].total_low <= 0.2 <= found[0].total_high
    assert abs(inside / 400 - 0.95) < 0.05  # rather few points for a percentile bootstrap


def test_a_straight_line_gives_shares_of_variance() -> None:
    weights = np.array([3.0, -2.0, 1.0, 0.0])
    found = found_for(lambda u: u @ weights, [1, 1, 1, 1], 4096)
    for index, share in zip(found, weights**2 / 14.0, strict=True):
        assert (index.first, index.total) == pytest.approx((share, share), abs=0.005)
    assert (found[3].first, found[3].total, found[3].total_high) == (0.0, 0.0, 0.0)


def test_a_factor_that_only_counts_beside_another_has_no_first_index() -> None:
    found = found_for(lambda u: (u[:, 0] - 0.5) * (u[:, 1] - 0.5), [1, 1], 4096)
    for index in found:
        assert (index.first, index.total) == pytest.approx((0.0, 1.0), abs=0.05)


def test_a_single_factor_is_all_there_is() -> None:
    (index,) = found_for(lambda u: np.exp(u[:, 0]), [1], 1024)
    assert (index.first, index.total) == pytest.approx((1.0, 1.0), abs=0.01)


def test_the_same_estimates_as_scipy_s() -> None:
    points = design([1, 1, 1], 256, 3)
    f_a, f_b, f_ab = ran(ishigami, points)
    theirs = stats.sobol_indices(
        func={"f_A": f_a[None], "f_B": f_b[None], "f_AB": f_ab[:, None]}, n=256, method="saltelli_2010"
    )
    ours = indices_of("abc", f_a, f_b, f_ab)
    assert [index.first for index in ours] == pytest.approx(theirs.first_order.ravel(), rel=1e-9)
    assert [index.total for index in ours] == pytest.approx(theirs.total_order.ravel(), rel=1e-9)


def test_neither_the_unit_nor_the_zero_of_the_outcome_matters() -> None:
    results = ran(ishigami, design([1, 1, 1], 256, 3))
    plain = indices_of("abc", *results)
    moved = indices_of("abc", *(1e3 * each + 1e9 for each in results))
    for one, other in zip(plain, moved, strict=True):
        assert other[1:] == pytest.approx(one[1:], abs=1e-6)


def test_the_bootstrap_is_that_of_whole_base_points() -> None:
    """As by hand: each resample takes a base point with all of its runs."""
    f_a, f_b, f_ab = ran(ishigami, design([1, 1, 1], 512, 4))
    generator = np.random.default_rng(5)
    by_hand = []
    for _ in range(600):
        pick = generator.integers(0, 512, 512)
        again = indices_of("abc", f_a[pick], f_b[pick], f_ab[:, pick], resamples=1)
        by_hand.append([(index.first, index.total) for index in again])
    low, high = np.quantile(by_hand, (0.025, 0.975), axis=0)
    for index, lows, highs in zip(indices_of("abc", f_a, f_b, f_ab, seed=9), low, high, strict=True):
        width = highs - lows
        assert np.abs([index.first_low, index.total_low] - lows).max() < 0.15 * width.max()
        assert np.abs([index.first_high, index.total_high] - highs).max() < 0.15 * width.max()


def test_a_resample_is_estimated_as_if_it_were_all_there_is() -> None:
    f_a, f_b, f_ab = ran(ishigami, design([1, 1, 1], 64, 4))
    pick = np.random.default_rng(5).integers(0, 64, 64)
    first, total = shares_from(terms_of(f_a, f_b, f_ab)[:, pick].mean(axis=1)[None], 3)[:, 0]
    alone = indices_of("abc", f_a[pick], f_b[pick], f_ab[:, pick])
    assert [index.first for index in alone] == pytest.approx(first, rel=1e-9)
    assert [index.total for index in alone] == pytest.approx(total, rel=1e-9)


def test_bounds_come_from_the_seed() -> None:
    results = ran(ishigami, design([1, 1, 1], 64, 3))
    assert indices_of("abc", *results, seed=1) == indices_of("abc", *results, seed=1)
    assert indices_of("abc", *results, seed=1) != indices_of("abc", *results, seed=2)


# Luck as a factor.

SHARES = (0.56, 0.36, 0.08)  # of two inputs and of luck


def line_of(u: np.ndarray) -> np.ndarray:
    z = stats.norm.ppf(u)
    return np.asarray(math.sqrt(SHARES[0]) * z[:, 0] + math.sqrt(SHARES[1]) * z[:, 1])


def with_luck(u: np.ndarray) -> np.ndarray:
    """The luck column picks the random numbers of the run, as a key does."""
    keys = (u[:, 2] * 2.0**31).astype(int)
    noise = np.array([np.random.Generator(np.random.Philox(key=int(key))).normal() for key in keys])
    return np.asarray(line_of(u) + math.sqrt(SHARES[2]) * noise)


def test_luck_has_its_own_index_and_inflates_no_other() -> None:
    found = found_for(with_luck, [1, 1, 1], 1024)
    for index, share in zip(found, SHARES, strict=True):
        assert index.first_low <= share <= index.first_high
        assert index.total_low <= share <= index.total_high
        assert index.total == pytest.approx(share, abs=0.03)


def test_fresh_luck_in_every_run_would_be_added_to_every_total() -> None:
    generator = np.random.default_rng(6)

    def with_fresh_luck(u: np.ndarray) -> np.ndarray:
        return line_of(u) + math.sqrt(SHARES[2]) * generator.normal(size=len(u))

    found = found_for(with_fresh_luck, [1, 1], 1024)
    for index, share in zip(found, SHARES[:2], strict=True):
        assert index.total == pytest.approx(share + SHARES[2], abs=0.04)  # 0.64 in place of 0.56
        assert index.total_low > share
        assert index.first == pytest.approx(share, abs=0.06)


def test_a_group_of_correlated_inputs_is_one_factor() -> None:
    """Two columns, swapped together: x + y and y, with shares by group 5/6 (1 + 4 of 6) and 1/6."""

    def outcome(u: np.ndarray) -> np.ndarray:
        z = stats.norm.ppf(u)
        return np.asarray(z[:, 0] + 2.0 * z[:, 1] + z[:, 2])

    group, alone = found_for(outcome, [2, 1], 2048)
    assert (group.first, group.total) == pytest.approx((5 / 6, 5 / 6), abs=0.02)
    assert (alone.first, alone.total) == pytest.approx((1 / 6, 1 / 6), abs=0.02)


# The design.


def test_each_table_has_the_columns_of_one_factor_from_the_other_points() -> None:
    points = design([2, 1, 3], 16, 7)
    assert points.a.shape == points.b.shape == (16, 6)
    swapped = [[0, 1], [2], [3, 4, 5]]
    for table, mine in zip(points.ab, swapped, strict=True):
        others = [column for column in range(6) if column not in mine]
        assert (table[:, mine] == points.b[:, mine]).all()
        assert (table[:, others] == points.a[:, others]).all()
    assert not (points.a == points.b).any()


def test_points_are_inside_and_balanced() -> None:
    points = design([1] * 10, 1024, 8)
    both = np.concatenate([points.a, points.b], axis=1)
    assert both.min() >= HALF_STEP and both.max() <= 1.0 - HALF_STEP
    assert (np.sort(np.floor(both * 1024.0), axis=0) == np.arange(1024.0)[:, None]).all()  # one in every 1024th


def test_a_quantile_of_the_extreme_points_is_finite(monkeypatch: pytest.MonkeyPatch) -> None:
    ends = np.array([[0.0, 1.0 - 2.0 * HALF_STEP]])
    monkeypatch.setattr("scipy.stats.qmc.Sobol.random", lambda self, count: np.tile(ends, (count, 1)))
    points = design([1], 2, 0)
    assert np.isfinite(stats.norm.ppf([points.a, points.b])).all()


def test_points_come_from_the_seed() -> None:
    assert (design([1, 1], 8, 3).a == design([1, 1], 8, 3).a).all()
    assert not (design([1, 1], 8, 3).a == design([1, 1], 8, 4).a).any()
    assert (design([1, 1], 8, 0).a == design([1, 1], 8, 0).a).all()  # 0 is a seed too


@pytest.mark.parametrize(
    ("base_points", "why"),
    [
        (1000, "nearest are 512 and 1024"),
        (3, "nearest are 2 and 4"),
        (1, "least is 2"),
        (0, "least is 2"),
        (-4, "least is 2"),
    ],
)
def test_base_points_that_are_no_power_of_two_are_refused(base_points: int, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        design([1], base_points, 0)


@pytest.mark.parametrize("columns", [[], [1, 0], [-1]])
def test_a_factor_without_columns_is_refused(columns: list[int]) -> None:
    with pytest.raises(ValueError, match="needs a column"):
        design(columns, 8, 0)


@pytest.mark.parametrize(
    ("f_a", "f_b", "f_ab", "why"),
    [
        (np.zeros(4), np.zeros(4), np.zeros((1, 4)), "same in every run"),
        (np.arange(4.0), np.zeros(3), np.zeros((1, 4)), "do not fit"),
        (np.arange(4.0), np.zeros(4), np.zeros((2, 4)), "do not fit"),
        (np.arange(4.0), np.zeros(4), np.full((1, 4), np.nan), "not a number"),
    ],
)
def test_outcomes_that_cannot_be_used_are_refused(f_a: np.ndarray, f_b: np.ndarray, f_ab: np.ndarray, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        indices_of(["x"], f_a, f_b, f_ab)
