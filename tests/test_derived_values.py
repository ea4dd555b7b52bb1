"""Every derived number of effects.yaml and of the fitted rates, recomputed from the figures the reports print."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from simulator.closed_forms import (
    ALWAYS_ACTIVE,
    Band,
    Custody,
    Fit,
    LogRatio,
    Reported,
    Spells,
    error_of,
    error_per_reoffender,
    expected_after,
    fitted,
    frequency_ratio,
    gamma_nodes,
    mean_given_any,
    occasions_in_window,
    pooled,
    rate_before_after,
    rate_from_after,
    rate_of_those_with_any,
    ratio_of_parts,
    share_with_before,
    survival_of,
)
from simulator.evidence import load_effects
from simulator.places import data_folder
from simulator.tables import load_sources, read_yaml

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
CORRELATION = 0.5
LAG = 1.0
SD_OVER_MEAN = 1.45  # Leeds's treated group: 2.86 / 1.97
UNKNOWN_REST = 0.15

LEEDS = frequency_ratio(1.97, 2.05, -0.55, 0.40)
SOUTHWARK = frequency_ratio(1.89, 2.41, -1.10, 0.05)
POOLED, Q = pooled([LEEDS, SOUTHWARK])


def custody_ratio(
    sentences: tuple[float, ...], frequency: tuple[float, ...], rates: tuple[float, float], n: int
) -> LogRatio:
    """Custodial sentences per reoffence; each tuple: treated, comparison and the interval of their difference."""
    per_reoffender = frequency[0] / rates[0] / (frequency[1] / rates[1])
    error = error_per_reoffender(error_of(*frequency[2:]) / frequency[0], rates[0], n)
    return ratio_of_parts(frequency_ratio(*sentences), LogRatio(math.log(per_reoffender), error), CORRELATION)


LEEDS_CUSTODY = custody_ratio((1.4, 1.9, -0.8, -0.1), (1.97, 2.05, -0.55, 0.40), (0.599, 0.557), 142)
SOUTHWARK_CUSTODY = custody_ratio((1.159, 2.223, -1.636, -0.492), (1.89, 2.41, -1.10, 0.05), (0.62, 0.565), 71)
CUSTODY, CUSTODY_Q = pooled([LEEDS_CUSTODY, SOUTHWARK_CUSTODY])
EFFECT, CUSTODY_EFFECT = 0.889, 0.802  # the default, as effects.yaml rounds it


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


EFFECTS = load_effects(data_folder("evidence") / "effects.yaml", load_sources(data_folder("cost_tables")))


def same_interval(name: str, ratio: str, expected: LogRatio) -> None:
    given = EFFECTS[name].ratios[ratio]
    found = (given.value, given.low, given.high)
    assert found == pytest.approx((expected.ratio, *expected.interval), abs=6e-4)


@pytest.mark.parametrize(
    ("name", "ratio", "expected"),
    [
        ("leeds_2017", "occasions_ratio", LEEDS),
        ("southwark_2018", "occasions_ratio", SOUTHWARK),
        ("matched_pooled", "occasions_ratio", POOLED),
        ("leeds_2017", "custody_ratio", LEEDS_CUSTODY),
        ("southwark_2018", "custody_ratio", SOUTHWARK_CUSTODY),
        ("matched_pooled", "custody_ratio", CUSTODY),
    ],
)
def test_the_ratios_of_the_matched_studies(name: str, ratio: str, expected: LogRatio) -> None:
    same_interval(name, ratio, expected)


def test_the_two_studies_agree_within_chance() -> None:
    assert (pytest.approx(1.05, abs=0.005), pytest.approx(0.245, abs=0.005)) == (Q, CUSTODY_Q)
    assert (round(POOLED.ratio, 3), round(CUSTODY.ratio, 3)) == (EFFECT, CUSTODY_EFFECT)


def test_the_assumed_correlation_agrees_with_counting_sentences_among_occasions() -> None:
    """Relative error of a share of offences: (1 - p) / p x E[B^2] / E[B]^2 over the occasions."""
    b = fit("leeds", OFF).offences_per_occasion
    share, occasions = 1.4 / (1.97 / 0.599), 85 * 1.97 / 0.599 / b
    assert LEEDS_CUSTODY.error == pytest.approx(math.sqrt((1 - share) / share * (2 - 1 / b) / occasions), rel=0.05)


def before_after(name: str, central: float, low: float, high: float, people: int) -> None:
    """sampling error, the range over readings as a 95% range, and what is unknown."""
    spread = math.log(high / low) / (2 * 1.959963984540054)
    error = math.sqrt(SD_OVER_MEAN**2 / people + spread**2 + UNKNOWN_REST**2)
    given = EFFECTS[name].ratios["occasions_ratio"]
    found = (given.value, given.low, given.high)
    assert found == pytest.approx((central, *LogRatio(math.log(central), error).interval), abs=0.003)


def test_bedfordshire_after_regression_to_the_mean() -> None:
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
    before_after("bedfordshire_before_after", math.sqrt(off * on), low, high, 92)


def test_leicestershire_after_regression_to_the_mean() -> None:
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
    before_after("leicestershire_before_after", math.sqrt(off * on), min(found.values()), max(found.values()), 163)


def test_sussex_at_face_value_has_a_sampling_interval_only() -> None:
    given = EFFECTS["sussex_face_value"].ratios["occasions_ratio"]
    error = math.sqrt((1 - 0.19) / (0.19 * 483))
    assert (given.value, given.low, given.high) == pytest.approx(
        (1 - 0.78, *LogRatio(math.log(0.22), error).interval), abs=0.006
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


def scenario_value(scheme: str, name: str) -> float:
    document = read_yaml(Path(data_folder("scenarios")) / f"{scheme}.yaml")
    return float(document.data["population"][name]["value"])


@pytest.mark.parametrize("scheme", ["leeds", "southwark", "bedfordshire", "leicestershire", "sussex"])
def test_the_scenarios_hold_the_recomputed_values(scheme: str) -> None:
    of = fit(scheme if scheme in REPORTED else "leeds", ON)
    rate = {
        "bedfordshire": lambda: area_rate(BEDFORDSHIRE, ON),
        "leicestershire": lambda: leicestershire(ON)[0],
        "sussex": lambda: sussex_rate(ON),
    }.get(scheme, lambda: of.rate)()
    expected = {
        "occasions_per_year": rate,
        "frailty_shape": of.shape,
        "offences_per_occasion": of.offences_per_occasion,
        "later_custody_chance": of.later_custody_chance,
    }
    found = {name: scenario_value(scheme, name) for name in expected}
    assert found == pytest.approx(expected, rel=1e-3)
