"""Rates in closed form, recomputed from the figures that the reports print, and where the scenarios take theirs from."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from simulator.closed_forms import (
    ALWAYS_ACTIVE,
    Band,
    Custody,
    Fit,
    Reported,
    Spells,
    expected_after,
    fitted,
    gamma_nodes,
    mean_given_any,
    occasions_in_window,
    rate_before_after,
    rate_from_after,
    rate_of_those_with_any,
    share_with_before,
    survival_of,
)
from simulator.evidence import WITH_SPELLS, WITHOUT_SPELLS, load_fit
from simulator.places import data_folder
from simulator.tables import read_yaml

# Southwark's index sentences: 48, 23 and 6 of 77 custodial ones, less 0.5% assumed for over five years.
BANDS = (Band(0.6203, 1, 6), Band(0.2972, 6, 12), Band(0.0775, 12, 48), Band(0.005, 60, 96))
SERVED = 0.5
ON, OFF = Spells(2.0, 2.0), ALWAYS_ACTIVE
REPORTED = {
    "leeds": (Reported(0.557, 2.05, 130.5, 1.9), 0.477),
    "southwark": (Reported(0.565, 2.41, 107.0, 2.223), 0.4),
}
# People, offences before, offences after.
BEDFORDSHIRE, PRIORITY, ENHANCED = (92, 627, 181), (105, 380, 232), (58, 365, 215)
SUSSEX_BEFORE, SUSSEX_AFTER = 1.24, 0.42
LAG = 1.0

EFFECT, CUSTODY_EFFECT = 0.889, 0.802  # both studies as one common effect, rounded: what the closed forms below take


@cache
def fit(scheme: str, spells: Spells) -> Fit:
    reported, first = REPORTED[scheme]
    return fitted(reported, Custody(first, 0.55, BANDS, SERVED), spells)


def later_only(scheme: str, spells: Spells, ratio: float) -> Custody:
    chance = ratio * fit(scheme, spells).later_custody_chance
    return Custody(chance, chance, BANDS, SERVED)


def active_after_lag(spells: Spells) -> float:
    share = spells.active_share
    return share + (1.0 - share) / (1.0 + (spells.ends + spells.starts) * LAG) if spells.ends else 1.0


def per_person(group: tuple[int, int, int], units: float) -> tuple[float, float]:
    return group[1] / group[0] / units, group[2] / group[0] / units


@cache
def area_rate(group: tuple[int, int, int], spells: Spells) -> float:
    """Bedfordshire's lag, or Leicestershire's successive years, under the default effect and Leeds's shape."""
    leeds = fit("leeds", spells)
    before, after = per_person(group, leeds.offences_per_occasion)
    active = active_after_lag(spells) if group is BEDFORDSHIRE else spells.mean_active(1.0)
    custody = later_only("leeds", spells, CUSTODY_EFFECT)
    return rate_before_after(after, leeds.shape, before, spells.mean_active(1.0), EFFECT, custody, spells, active)


@cache
def sussex_rate(spells: Spells) -> float:
    years = 2.0 * spells.mean_active(2.0)
    custody = later_only("leeds", spells, CUSTODY_EFFECT)
    return rate_before_after(SUSSEX_AFTER, fit("leeds", spells).shape, SUSSEX_BEFORE, years, EFFECT, custody, spells)


@cache
def leicestershire(spells: Spells) -> tuple[float, float, float]:
    """Occasions per year over the 270 Priority and 109 Enhanced people, and the ratio of each group to it."""
    priority, enhanced = area_rate(PRIORITY, spells), area_rate(ENHANCED, spells)
    mean = (270 * priority + 109 * enhanced) / 379
    return mean, priority / mean, enhanced / mean


def test_bedfordshire_after_regression_to_the_mean_in_closed_form() -> None:
    def ratio(scheme: str, spells: Spells, arrests: bool = False) -> float:
        of = fit(scheme, spells)
        before, after = per_person(BEDFORDSHIRE, 1.0 if arrests else of.offences_per_occasion)
        custody, active = later_only(scheme, spells, 1.0), active_after_lag(spells)
        years = spells.mean_active(1.0)
        return after / expected_after(of.rate, of.shape, before, years, 1.0, custody, spells, active)

    off, on = ratio("leeds", OFF), ratio("leeds", ON)
    assert (off, on) == (pytest.approx(0.522, abs=6e-4), pytest.approx(0.840, abs=6e-4))
    low, high = ratio("southwark", OFF), ratio("leeds", ON, arrests=True)
    assert (low, high) == (pytest.approx(0.483, abs=6e-4), pytest.approx(1.293, abs=6e-4))


def test_leicestershire_after_regression_to_the_mean_in_closed_form() -> None:
    def ratio(scheme: str, spells: Spells, own: bool = True) -> float:
        of, custody, active = fit(scheme, spells), later_only(scheme, spells, 1.0), spells.mean_active(1.0)
        expected = 0.0
        for group in (PRIORITY, ENHANCED):
            before, _ = per_person(group, of.offences_per_occasion)
            rate = rate_of_those_with_any(before, of.shape, custody, spells) if own else of.rate
            after = expected_after(rate, of.shape, before, active, 1.0, custody, spells, active)
            expected += group[0] * after * of.offences_per_occasion
        return (PRIORITY[2] + ENHANCED[2]) / expected

    found = {(scheme, spells): ratio(scheme, spells) for scheme in REPORTED for spells in (OFF, ON)}
    off, on = found["leeds", OFF], found["leeds", ON]
    assert (off, on) == (pytest.approx(0.832, abs=6e-4), pytest.approx(0.945, abs=6e-4))
    borrowed = ratio("leeds", OFF, own=False), ratio("leeds", ON, own=False)
    assert borrowed == pytest.approx((0.935, 1.294), abs=6e-4)
    assert (min(found.values()), max(found.values())) == (
        pytest.approx(0.832, abs=6e-4),
        pytest.approx(1.015, abs=6e-4),
    )


@pytest.mark.parametrize(
    ("scheme", "spells", "rate", "shape", "offences", "later", "sd"),
    [
        ("leeds", ON, 1.275, 2.619, 2.323, 0.5834, 2.86),
        ("leeds", OFF, 1.353, 0.8638, 1.958, 0.5609, 2.84),
        ("southwark", ON, 2.092, 0.7718, 2.044, 0.6327, 3.31),
        ("southwark", OFF, 2.358, 0.4587, 1.707, 0.6020, 3.26),
    ],
)
def test_the_fit_of_a_comparison_group(
    scheme: str, spells: Spells, rate: float, shape: float, offences: float, later: float, sd: float
) -> None:
    found = fit(scheme, spells)
    assert found.rate == pytest.approx(rate, abs=6e-4)
    assert found.shape == pytest.approx(shape, abs=6e-4)
    assert found.offences_per_occasion == pytest.approx(offences, abs=6e-4)
    assert found.later_custody_chance == pytest.approx(later, abs=6e-5)
    assert found.offences_sd == pytest.approx(sd, abs=6e-3)


def test_published_intervals_imply_the_treated_groups_spread() -> None:
    """Student's t with n - 1 degrees of freedom: Leeds 2.86, Southwark 2.43, beside 2.86 and 3.31 predicted."""
    for half, n, expected in ((0.475, 142, 2.86), (0.575, 71, 2.43)):
        assert half / stats.t.ppf(0.975, n - 1) * math.sqrt(n) == pytest.approx(expected, abs=6e-3)


def test_the_rates_of_the_before_after_schemes() -> None:
    assert area_rate(BEDFORDSHIRE, ON) == pytest.approx(1.056, abs=6e-4)
    assert area_rate(BEDFORDSHIRE, OFF) == pytest.approx(0.361, abs=6e-4)
    assert leicestershire(ON) == pytest.approx((2.265, 0.7757, 1.556), abs=6e-4)
    assert leicestershire(OFF) == pytest.approx((1.244, 0.837, 1.404), abs=6e-4)
    assert sussex_rate(ON) == pytest.approx(0.5426, abs=6e-4)
    assert sussex_rate(OFF) == pytest.approx(0.394, abs=6e-4)


def test_the_bare_formula_without_spells_or_custody() -> None:
    of = fit("leeds", OFF)
    b, k = of.offences_per_occasion, of.shape
    before, after = per_person(BEDFORDSHIRE, b)
    rate = rate_from_after(after / EFFECT, k, before)
    assert rate == pytest.approx(0.304, abs=6e-4)
    assert share_with_before(rate, k, before) == pytest.approx(0.0098, abs=2e-4)
    share_of_fall = (627 / 92 - b * after / EFFECT) / (627 / 92 - 181 / 92)
    assert share_of_fall == pytest.approx(0.95, abs=6e-3)
    for group, rate_found, implied in ((PRIORITY, 0.760, 3.54), (ENHANCED, 0.944, 3.92)):
        before, after = per_person(group, b)
        rate = rate_from_after(after / EFFECT, k, before)
        assert (rate, b * mean_given_any(rate, k)) == (
            pytest.approx(rate_found, abs=6e-4),
            pytest.approx(implied, abs=6e-3),
        )
    assert rate_from_after(SUSSEX_AFTER / EFFECT, k, SUSSEX_BEFORE, 2.0) == pytest.approx(0.352, abs=6e-4)


def test_what_the_leicestershire_fit_says_of_the_first_year() -> None:
    of, custody = fit("leeds", ON), later_only("leeds", ON, 1.0)
    z, weight = gamma_nodes(of.shape)
    for group, expected in ((PRIORITY, 3.89), (ENHANCED, 5.08)):
        rate = area_rate(group, ON)
        none = float(weight @ survival_of(rate * z, np.ones(1), ON, ON.active_share)[:, 0])
        count, _ = occasions_in_window(rate, of.shape, custody, ON, 1.0, ON.active_share)
        assert of.offences_per_occasion * count / (1.0 - none) == pytest.approx(expected, abs=6e-3)


def test_bedfordshires_areas_differ_as_their_counts_do() -> None:
    mean = (627 + 181) / 92
    ratios = [count / people / mean for count, people in ((297 + 112, 39), (295 + 59, 45), (35 + 10, 8))]
    assert ratios == pytest.approx([1.194, 0.8957, 0.6405], abs=6e-4)
    assert (39 * ratios[0] + 45 * ratios[1] + 8 * ratios[2]) / 92 == pytest.approx(1.0)


SCHEMES = ["leeds", "southwark", "bedfordshire", "leicestershire", "sussex"]


def scenario(name: str) -> Any:
    return read_yaml(Path(data_folder("scenarios")) / f"{name}.yaml").data


@pytest.mark.parametrize(("section", "spells"), [("population", ON), ("without_spells", OFF)])
def test_the_shared_scenario_holds_the_recomputed_values(section: str, spells: Spells) -> None:
    of, shared = fit("leeds", spells), scenario("england_and_wales")[section]
    expected = {
        "occasions_per_year": of.rate,
        "frailty_shape": of.shape,
        "offences_per_occasion": of.offences_per_occasion,
        "later_custody_chance": of.later_custody_chance,
    }
    assert {name: shared[name]["value"] for name in expected} == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_schemes_take_these_rates_from_their_own_fits(scheme: str) -> None:
    document = scenario(scheme)
    fitted_to = load_fit(Path(data_folder("evidence")) / "fits" / f"{document['fit']}.yaml")
    assert (document["fit"], fitted_to.scheme, fitted_to.report) == (scheme, scheme, document["source"])
    names = {"occasions_per_year", "frailty_shape", "offences_per_occasion", "later_custody_chance"}
    assert not names & set(document["population"]) and "without_spells" not in document
    for reading in (WITH_SPELLS, WITHOUT_SPELLS):
        assert set(fitted_to.readings[reading].parameters) == names


def test_priority_and_enhanced_differ_as_the_closed_forms_have_it() -> None:
    found = {row["cohort"]: row["rate_ratio"] for row in scenario("leicestershire")["cohort"]}
    for number, cohort in ((1, "Priority"), (2, "Enhanced")):
        assert found[cohort]["value"] == pytest.approx(leicestershire(ON)[number], rel=1e-3)
        assert f"{leicestershire(OFF)[number]:.3f}" in found[cohort]["why"]
