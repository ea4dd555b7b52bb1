"""Intervals against scipy, against a bootstrap, and by their coverage on numbers whose mean is known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from simulator.appraisal import intervals

COMMON = np.random.default_rng(20_240_401)


@pytest.mark.parametrize("degrees", [1, 2, 3, 4, 5, 9, 19, 99, 999])
def test_student_t_agrees_with_scipy(degrees: int) -> None:
    assert intervals.student_t(degrees) == pytest.approx(stats.t.ppf(0.975, degrees), rel=2e-3)


@pytest.mark.parametrize("degrees", [1, 2, 10, 30])
def test_student_t_agrees_with_scipy_closely_where_it_is_exact_or_nearly(degrees: int) -> None:
    assert intervals.student_t(degrees) == pytest.approx(stats.t.ppf(0.975, degrees), rel=1e-5)


def test_the_interval_of_a_mean_is_the_textbook_one() -> None:
    values = COMMON.normal(10.0, 2.0, 25)
    low, high = stats.t.interval(0.95, 24, loc=values.mean(), scale=stats.sem(values))
    assert intervals.of_mean(values) == pytest.approx((low, high), rel=1e-6)


def test_one_value_has_no_interval() -> None:
    assert intervals.of_mean(np.array([3.0])) is None
    assert intervals.half_width(np.array([3.0])) == math.inf
    assert intervals.of_ratio(np.array([1.0]), np.array([2.0])) is None
    assert intervals.of_draws(1.0, np.array([2.0])) is None


def test_the_interval_of_a_mean_covers_it_in_about_95_of_100_cases() -> None:
    samples = np.random.default_rng(1).normal(5.0, 3.0, (2000, 10))
    found = [intervals.of_mean(sample) for sample in samples]
    covered = np.mean([low <= 5.0 <= high for low, high in filter(None, found)])
    assert 0.935 < covered < 0.965


def test_the_half_width_shrinks_with_the_root_of_the_number() -> None:
    values = np.random.default_rng(2).normal(0.0, 1.0, 40_000)
    counts = np.array([100, 400, 1600, 6400, 25_600])
    halves = np.log([intervals.half_width(values[:count]) for count in counts])
    slope = np.polyfit(np.log(counts), halves, 1)[0]
    assert slope == pytest.approx(-0.5, abs=0.05)


def paired(generator: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Tops of mean 30 and bottoms of mean 20, going up and down together."""
    shared = generator.normal(0.0, 2.0, count)
    return 30.0 + 2.0 * shared + generator.normal(0.0, 4.0, count), 20.0 + shared + generator.normal(0.0, 1.0, count)


def test_fieller_s_interval_covers_the_ratio_in_about_95_of_100_cases() -> None:
    generator = np.random.default_rng(3)
    covered = 0
    for _ in range(2000):
        interval = intervals.of_ratio(*paired(generator, 12))
        assert interval is not None
        covered += interval[0] <= 1.5 <= interval[1]
    assert 0.935 < covered / 2000 < 0.965


def test_fieller_s_interval_agrees_with_a_bootstrap() -> None:
    generator = np.random.default_rng(4)
    top, bottom = paired(generator, 400)
    picks = generator.integers(0, 400, (4000, 400))
    bootstrap = np.quantile(top[picks].mean(axis=1) / bottom[picks].mean(axis=1), (0.025, 0.975))
    interval = intervals.of_ratio(top, bottom)
    assert interval is not None
    width = bootstrap[1] - bootstrap[0]
    assert interval == pytest.approx(tuple(bootstrap), abs=0.1 * width)


def test_pairing_matters_to_fieller_s_interval() -> None:
    top, bottom = paired(np.random.default_rng(5), 400)
    together, apart = intervals.of_ratio(top, bottom), intervals.of_ratio(top, np.roll(bottom, 1))
    assert together is not None
    assert apart is not None
    assert together[1] - together[0] < 0.9 * (apart[1] - apart[0])


def test_fieller_s_interval_does_not_depend_on_the_unit() -> None:
    top, bottom = paired(np.random.default_rng(6), 30)
    plain, thousands = intervals.of_ratio(top, bottom), intervals.of_ratio(1000.0 * top, 1000.0 * bottom)
    assert plain == pytest.approx(thousands)


def test_there_is_no_bounded_ratio_where_the_denominator_reaches_zero() -> None:
    generator = np.random.default_rng(7)
    top, bottom = generator.normal(5.0, 1.0, 10), generator.normal(0.1, 1.0, 10)
    assert intervals.reaches_zero(bottom)
    assert intervals.of_ratio(top, bottom) is None


def test_fieller_refuses_exactly_where_the_denominator_s_interval_holds_zero() -> None:
    generator = np.random.default_rng(8)
    refused = 0
    for _ in range(300):
        bottom = generator.normal(1.0, 2.0, 8)
        interval = intervals.of_ratio(generator.normal(5.0, 1.0, 8), bottom)
        assert (interval is None) == intervals.reaches_zero(bottom)
        refused += interval is None
    assert 0 < refused < 300


def test_a_constant_away_from_zero_never_reaches_it_and_zero_does() -> None:
    assert not intervals.reaches_zero(np.full(3, 5.0))
    assert not intervals.reaches_zero(np.array([5.0]))
    assert intervals.reaches_zero(np.zeros(3))
    assert intervals.reaches_zero(np.array([0.0]))


def test_a_constant_ratio_has_an_interval_of_no_width() -> None:
    bottom = np.array([10.0, 11.0, 12.0])
    assert intervals.of_ratio(2.0 * bottom, bottom) == pytest.approx((2.0, 2.0))


def test_a_hundred_draws_give_their_percentiles() -> None:
    differences = np.random.default_rng(9).exponential(1.0, 1000) - 1.0
    interval = intervals.of_draws(10.0, differences)
    expected = 10.0 + np.quantile(differences, 0.025), 10.0 + np.quantile(differences, 0.975)
    assert interval == pytest.approx(expected)


def test_few_draws_give_a_normal_interval_about_the_central_value() -> None:
    differences = np.array([-1.0, 0.0, 1.0, 2.0])
    half = stats.norm.ppf(0.975) * differences.std(ddof=1)
    assert intervals.of_draws(10.0, differences) == pytest.approx((10.0 - half, 10.0 + half))


def test_draws_that_change_nothing_give_an_interval_of_no_width() -> None:
    assert intervals.of_draws(10.0, np.zeros(5)) == (10.0, 10.0)
    assert intervals.of_draws(10.0, np.zeros(500)) == (10.0, 10.0)
