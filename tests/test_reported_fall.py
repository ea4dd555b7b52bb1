"""What a before/after report cannot claim, and what is left of it: simulated again as ``reproduce --part regression`` does.

The simulations are slow; what the files say of one another is not.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import pytest

from simulator.appraisal.library import load_library
from simulator.closed_forms import corrected_ratio
from simulator.evaluation.regression import Z_95, Regression
from simulator.quantities import Quantity
from simulator.report.cases import case_regression, cases_of
from simulator.report.reproduction import percent
from simulator.scenario.read import read_scenario
from simulator.scenario.records import ReportedFall

SEED = 1  # that of `reproduce` where none is given
AFTER_OVER_BEFORE = {"bedfordshire": 181 / 627, "leicestershire": 447 / 745, "sussex": 0.42 / (1.24 / 2.0)}
DERIVATIONS = Path(__file__).parents[1] / "docs" / "derivations.md"


def reported_fall(scheme: str) -> ReportedFall | None:
    return read_scenario(scheme, load_library().known()).reported_fall


def effect(scheme: str) -> Quantity:
    return load_library().effects[f"{scheme}_before_after"].ratios["occasions_ratio"]


@cache
def regressions(scheme: str) -> list[Regression]:
    """The rows that ``python run.py reproduce SCHEME --part regression`` prints."""
    library = load_library()
    (case,) = cases_of(scheme, library)
    return case_regression(case, library, SEED)


def corrected(scheme: str) -> tuple[float, float, float]:
    """The effect: reported after / before over the same without an effect, and what the choices and luck make of it."""
    rows = regressions(scheme)
    expected = [1.0 - row.fall for row in rows]
    error = (rows[0].high - rows[0].low) / (2.0 * Z_95) / expected[0]
    return corrected_ratio(1.0 - rows[0].reported_fall, expected, error)


@pytest.mark.parametrize("scheme", ["bedfordshire", "leicestershire"])
def test_the_reported_fall_is_the_reports(scheme: str) -> None:
    fall = reported_fall(scheme)
    assert fall is not None
    assert fall.reported.value == pytest.approx(1.0 - AFTER_OVER_BEFORE[scheme], abs=5e-4)


@pytest.mark.parametrize("scheme", ["bedfordshire", "leicestershire"])
def test_the_fall_without_an_effect_and_what_is_left_of_the_report_are_of_one_piece(scheme: str) -> None:
    fall = reported_fall(scheme)
    assert fall is not None
    command = f"python run.py reproduce {scheme} --part regression"
    assert command in fall.without_effect.why and command in effect(scheme).why
    # The fall is given to a percent, so what is left of it is known to half a percent over what is expected after.
    left = AFTER_OVER_BEFORE[scheme] / (1.0 - fall.without_effect.value)
    assert effect(scheme).value == pytest.approx(left, rel=0.005 / (1.0 - fall.without_effect.value))


@pytest.mark.parametrize("scheme", ["leeds", "southwark"])
def test_a_matched_comparison_has_no_fall_to_explain(scheme: str) -> None:
    assert reported_fall(scheme) is None


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["bedfordshire", "leicestershire"])
def test_the_fall_expected_without_an_effect_is_the_simulated_one(scheme: str) -> None:
    fall, falls = reported_fall(scheme), [row.fall for row in regressions(scheme)]
    assert fall is not None
    given = fall.without_effect
    assert given.low is not None and given.high is not None
    assert [percent(each) for each in (given.value, given.low, given.high)] == [
        percent(each) for each in (falls[0], min(falls), max(falls))
    ]


@pytest.mark.slow
@pytest.mark.parametrize("scheme", AFTER_OVER_BEFORE)
def test_what_is_left_of_a_before_after_report_follows_from_the_simulated_rows(scheme: str) -> None:
    given, (value, low, high) = effect(scheme), corrected(scheme)
    assert 1.0 - regressions(scheme)[0].reported_fall == pytest.approx(AFTER_OVER_BEFORE[scheme])
    assert (given.value, given.low, given.high) == pytest.approx((value, low, high), abs=6e-4)
    expected = [1.0 - row.fall for row in regressions(scheme)]
    ratios = [AFTER_OVER_BEFORE[scheme] / each for each in expected]
    error = (regressions(scheme)[0].high - regressions(scheme)[0].low) / (2.0 * Z_95) / expected[0]
    for said in (f"over {expected[0]:.3f}", f"({error:.3f} on the log)", f"to {max(ratios):.3f} ("):
        assert said in given.why
    assert f"{min(each for each in ratios if each != ratios[0]):.3f} (" in given.why
    row = f"| {scheme.capitalize()} | {AFTER_OVER_BEFORE[scheme]:.3f} | {expected[0]:.3f} | "
    row += f"{min(expected):.3f} to {max(expected):.3f} | {error:.3f} | {value:.2f} ({low:.2f} to {high:.2f}) |"
    assert row in DERIVATIONS.read_text("utf-8").splitlines()
    assert math.isclose(value, ratios[0])
