"""Fits without a simulation: minima, posteriors and borrowed rates that are known in closed form."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.calibration.before_after import pooled
from simulator.calibration.fitting import CLOSE, GOOD, WIDE, Solution, jacobian, residuals, solved
from simulator.calibration.matched import (
    RATES,
)
from simulator.calibration.problems import Borrowed, Measures, Problem, Target, bound, free, log_slope
from simulator.calibration.schemes import parameters_of
from simulator.evidence import load_reports
from simulator.places import data_folder

Z_95 = 1.959963984540054
REPORTS = load_reports(data_folder("evidence"))

# --- the whole line --------------------------------------------------------------------------------------------------


@settings(deadline=None, derandomize=True)
@given(st.sampled_from([*RATES, "first_custody_chance", "occasions_ratio"]), st.floats(-4.0, 4.0))
def test_every_rate_comes_back_from_the_whole_line(name: str, x: float) -> None:
    value = bound(name, x)
    assert free(name, value) == pytest.approx(x, abs=1e-9)
    step = 1e-6
    slope = (math.log(bound(name, x + step)) - math.log(bound(name, x - step))) / (2 * step)
    assert log_slope(name, value) == pytest.approx(slope, rel=1e-6, abs=1e-8)
    assert value > (1.0 if name == "offences_per_occasion" else 0.0)
    assert "chance" not in name or value < 1.0


# --- problems without a simulation -----------------------------------------------------------------------------------


def linear(
    rows: Sequence[Sequence[float]],
    aims: Sequence[float],
    errors: Sequence[float],
    start: Mapping[str, float],
    borrowed: Mapping[str, Borrowed] | None = None,
) -> Problem:
    """Measures that are linear in the rates on the whole line."""
    names = list(start)

    def measures_at(values: Mapping[str, float]) -> Measures:
        x = np.array([free(name, values[name]) for name in names])
        return {str(n): float(np.dot(row, x)) for n, row in enumerate(rows)}

    targets = tuple(Target(str(n), str(n), aim, error) for n, (aim, error) in enumerate(zip(aims, errors, strict=True)))
    return Problem(start, borrowed or {}, targets, measures_at)


def misfit(problem: Problem, found: Solution) -> float:
    point = np.array([free(name, found.values[name]) for name in found.names])
    miss = residuals(problem, found.names, point, problem.measures_at(found.values))
    return float(miss @ miss)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.integers(2, 5))
def test_the_minimum_and_the_posterior_of_a_linear_problem(seed: int, targets: int) -> None:
    luck = np.random.default_rng(seed)
    rows = luck.normal(0.0, 1.0, (targets, 2))
    aims, errors = rows @ luck.uniform(-1.5, 1.5, 2) + luck.normal(0.0, 0.3, targets), luck.uniform(0.2, 1.0, targets)
    weighted, wanted = rows / errors[:, None], aims / errors
    if np.linalg.cond(weighted) > 30.0:
        return  # next to nothing is known of one direction: the search rightly leaves it
    problem = linear(rows.tolist(), aims.tolist(), errors.tolist(), {"occasions_per_year": 1.0, "frailty_shape": 1.0})
    found = solved(problem)
    best, *_ = np.linalg.lstsq(weighted, wanted, rcond=None)
    least = float(((weighted @ best - wanted) ** 2).sum())
    assert misfit(problem, found) <= least + max(CLOSE, GOOD) + 1e-9
    information = weighted.T @ weighted + np.eye(2) / WIDE**2
    assert found.covariance == pytest.approx(np.linalg.inv(information), rel=1e-6, abs=1e-9)
    assert np.diag(found.correlations) == pytest.approx([1.0, 1.0])
    assert found.log_errors == pytest.approx(np.sqrt(np.diag(found.covariance)))


def test_the_posterior_of_a_chance_and_of_a_mean_above_one_is_that_of_their_logarithms() -> None:
    start = {"later_custody_chance": 0.4, "offences_per_occasion": 1.6}
    x = [free(name, value) for name, value in start.items()]
    found = solved(linear([[1.0, 0.0], [0.0, 1.0]], x, [0.1, 0.2], start))
    slopes = np.array([1.0 - 0.4, 0.6 / 1.6])
    expected = np.array([1 / (1 / 0.1**2 + 1 / WIDE**2), 1 / (1 / 0.2**2 + 1 / WIDE**2)]) * slopes**2
    assert found.covariance == pytest.approx(np.diag(expected), rel=1e-6)


def test_a_bent_problem_is_solved_to_its_only_root() -> None:
    """Rates and products of rates, far from the start: slopes change along the way."""
    truth = {
        "occasions_per_year": 3.1,
        "frailty_shape": 0.35,
        "offences_per_occasion": 2.6,
        "later_custody_chance": 0.8,
    }
    calls = 0

    def measures_at(values: Mapping[str, float]) -> Measures:
        nonlocal calls
        calls += 1
        m, k, b, p = (values[name] for name in RATES)
        again = 1.0 - (1.0 + m / k) ** -k
        return {"rate": 100.0 * again, "frequency": m * b, "spread": m * (1 + m / k), "sentences": m * b * p / again}

    aims = measures_at(truth)
    targets = tuple(Target(name, name, value, 0.02 * value) for name, value in aims.items())
    start = {"occasions_per_year": 1.0, "frailty_shape": 1.5, "offences_per_occasion": 1.5, "later_custody_chance": 0.4}
    problem = Problem(start, {}, targets, measures_at)
    calls = 0
    found = solved(problem)
    assert misfit(problem, found) < GOOD + CLOSE
    for name, value in truth.items():
        place = found.names.index(name)
        assert abs(math.log(found.values[name] / value)) < 0.3 * found.log_errors[place]
    assert calls < 60
    point = np.array([free(name, found.values[name]) for name in found.names])
    slopes = jacobian(problem, found.names, point)
    scale = np.array([log_slope(name, found.values[name]) for name in found.names])
    posterior = np.linalg.inv(slopes.T @ slopes + np.eye(4) / WIDE**2) * np.outer(scale, scale)
    assert found.covariance == pytest.approx(posterior, rel=1e-9)  # at the end, not along the way
    assert not found.not_identified


def test_slopes_are_central_differences() -> None:
    problem = linear(
        [[2.0, -1.0], [0.5, 3.0]], [0.0, 0.0], [0.5, 0.1], {"occasions_per_year": 1.0, "frailty_shape": 2.0}
    )
    slopes = jacobian(problem, ("occasions_per_year", "frailty_shape"), np.array([0.3, -0.2]))
    assert slopes == pytest.approx(np.array([[4.0, -2.0], [5.0, 30.0]]))


def test_a_rate_that_no_figure_speaks_of_is_said_to_be_open() -> None:
    found = solved(linear([[1.0, 0.0]], [0.4], [0.1], {"occasions_per_year": 1.0, "frailty_shape": 2.0}))
    assert found.not_identified == ("frailty_shape",)
    assert found.values["frailty_shape"] == 2.0
    assert found.log_errors[1] == pytest.approx(WIDE)
    assert found.values["occasions_per_year"] == pytest.approx(math.exp(0.4), rel=0.03)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(aim=st.floats(-1.0, 1.0), error=st.floats(0.1, 1.0), value=st.floats(0.3, 4.0), log_error=st.floats(0.1, 1.0))
def test_a_borrowed_rate_pulls_as_a_normal_prior_does(aim: float, error: float, value: float, log_error: float) -> None:
    """Conjugate normal: the mean weighted by what each knows, and information that adds."""
    held = {"occasions_per_year": Borrowed(value, log_error)}
    found = solved(linear([[1.0]], [aim], [error], {"occasions_per_year": 1.0}, held))
    here, there = 1.0 / error**2, 1.0 / log_error**2
    expected = (aim * here + math.log(value) * there) / (here + there)
    allowed = math.sqrt(max(CLOSE, GOOD) / (here + there)) + 1e-9
    assert math.log(found.values["occasions_per_year"]) == pytest.approx(expected, abs=allowed)
    assert found.covariance[0, 0] == pytest.approx(1.0 / (here + there + 1.0 / WIDE**2), rel=1e-6)


@pytest.mark.parametrize(("name", "value"), [("later_custody_chance", 0.6), ("offences_per_occasion", 2.2)])
def test_the_error_of_a_borrowed_rate_is_that_of_its_logarithm(name: str, value: float) -> None:
    found = solved(linear([[0.0]], [0.0], [1.0], {name: 1.4 if value > 1 else 0.3}, {name: Borrowed(value, 0.05)}))
    assert found.values[name] == pytest.approx(value, rel=0.02)
    assert found.log_errors[0] == pytest.approx(0.05, rel=0.02)


def test_studies_are_pooled_by_the_mean_of_their_logarithms() -> None:
    one = {"frailty_shape": Borrowed(2.0, 0.3), "offences_per_occasion": Borrowed(1.5, 0.02),
           "occasions_per_year": Borrowed(1.0, 0.1)}  # fmt: skip
    other = {"frailty_shape": Borrowed(4.5, 0.4), "offences_per_occasion": Borrowed(1.5, 0.04),
             "occasions_per_year": Borrowed(3.0, 0.1)}  # fmt: skip
    found = pooled(one, other)
    assert set(found) == {"frailty_shape", "offences_per_occasion"}  # the level is each scheme's own
    assert found["frailty_shape"].value == pytest.approx(3.0)
    between = math.log(4.5 / 2.0) ** 2 / 2.0
    assert found["frailty_shape"].log_error == pytest.approx(math.sqrt((0.09 + 0.16) / 2.0 + between))
    assert found["offences_per_occasion"].log_error == pytest.approx(math.sqrt((0.0004 + 0.0016) / 2.0))
    assert pooled(one)["frailty_shape"] == pytest.approx(Borrowed(2.0, 0.3))
    partly = pooled(one, {"frailty_shape": Borrowed(2.0, 0.3)})
    assert partly["offences_per_occasion"] == pytest.approx(Borrowed(1.5, 0.02))


def test_intervals_of_a_fit_are_lognormal_and_stay_within_what_a_rate_can_be() -> None:
    covariance = np.diag([0.2**2, 0.4**2, 0.3**2])
    names = ("occasions_per_year", "offences_per_occasion", "later_custody_chance")
    values = {"occasions_per_year": 1.25, "offences_per_occasion": 1.2, "later_custody_chance": 0.8}
    found = parameters_of(Solution(names, values, {}, covariance, ()))
    rate = found["occasions_per_year"]
    assert (rate.low, rate.high) == pytest.approx((1.25 * math.exp(-0.2 * Z_95), 1.25 * math.exp(0.2 * Z_95)), rel=1e-4)
    assert found["offences_per_occasion"].low == 1.0
    assert found["later_custody_chance"].high == 1.0
    assert found["later_custody_chance"].log_error == 0.3
