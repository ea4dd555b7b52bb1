"""Planned studies: formulas against drawn studies, measures of simulated people, and the Data Lab's own sample sizes."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.closed_forms import (
    errors_seen,
    interval_around,
    least_difference,
    least_fall,
    people_needed,
    power_at,
    power_of,
    power_slope,
    rate_spread,
    sample_size,
    study_error,
)
from simulator.evaluation.matched import Followed
from simulator.evaluation.published_studies import needed_study, printed, published_studies, seen_study
from simulator.evaluation.studies import (
    DAYS,
    FREQUENCY,
    MEASURES,
    RATE,
    Group,
    Simulated,
    by_simulation,
    detectable,
    difference_noise,
    drawn,
    half_widths,
    setting_of,
    simulated,
    stated_study,
    studies_of,
)
from simulator.evidence import Report, load_reports
from simulator.places import data_folder

powers = st.floats(0.06, 0.995)
sizes = st.integers(2, 100_000)
rates = st.floats(0.02, 0.98)
spreads = st.floats(0.1, 500.0)
shares = st.floats(0.05, 1.0)


@pytest.fixture(scope="module")
def reports() -> Mapping[str, Report]:
    return load_reports(data_folder("evidence"))


# Closed forms.


@given(st.floats(0.0, 50.0), spreads, sizes, sizes, shares)
def test_more_people_never_see_less(difference: float, spread: float, one: int, other: int, counted: float) -> None:
    fewer, more = sorted((one, other))
    seen = [power_at(difference, study_error(spread, n, counted)) for n in (fewer, more)]
    assert seen[0] <= seen[1] + 1e-12


@given(st.floats(0.1, 50.0), spreads, powers, shares)
def test_the_people_needed_have_the_wanted_power(
    difference: float, spread: float, power: float, counted: float
) -> None:
    n = people_needed(difference, spread, power, counted)
    assert power_at(difference, study_error(spread, n, counted)) == pytest.approx(power, abs=1e-9)
    assert least_difference(spread, n, power, counted) == pytest.approx(difference, rel=1e-9)


@given(rates, sizes, powers)
def test_the_least_fall_of_a_rate_is_seen_with_the_wanted_power(rate: float, n: int, power: float) -> None:
    fall = least_fall(rate, n, power)
    assert fall > 0.0
    if fall < rate:
        error = study_error(rate_spread(rate, rate - fall), n)
        assert power_at(-fall, error) == pytest.approx(power, abs=1e-9)


@given(st.floats(0.02, 0.3), st.floats(0.4, 0.6), st.floats(0.7, 0.995))
def test_the_formula_of_the_data_lab_is_the_same_where_power_is_high(
    difference: float, mean_rate: float, power: float
) -> None:
    spread = rate_spread(mean_rate + difference / 2.0, mean_rate - difference / 2.0)
    n = sample_size(difference, mean_rate, power)
    assert people_needed(difference, spread, power) == pytest.approx(n, rel=1e-3)
    assert power_at(difference, study_error(spread, n)) == pytest.approx(power_of(n, difference, mean_rate), abs=1e-4)


def test_a_difference_of_nothing_is_seen_by_one_study_in_twenty() -> None:
    assert power_at(0.0, 1.0) == pytest.approx(0.05, abs=1e-12)
    assert power_at(-2.0, 1.0) == power_at(2.0, 1.0)


@given(st.floats(-8.0, 8.0), st.floats(0.2, 5.0))
def test_the_slope_of_the_power_is_its_derivative(difference: float, error: float) -> None:
    step = 1e-5 * error
    rise = (power_at(difference + step, error) - power_at(difference - step, error)) / (2.0 * step)
    assert power_slope(difference, error) * math.copysign(1.0, difference) == pytest.approx(rise, abs=1e-6 / error)


@pytest.mark.parametrize("power", [0.05, 0.0, 1.0, 80.0])
def test_a_power_that_luck_alone_gives_or_more_than_certainty_is_refused(power: float) -> None:
    with pytest.raises(ValueError, match="power"):
        errors_seen(power)


# Drawn studies.


def binomial(rate: float) -> Group:
    return Group(np.array([0.0, 100.0]), np.array([1.0 - rate, rate]) * 1e6, 1e6)


@pytest.mark.parametrize(("n", "rate", "fall"), [(1797, 0.557, 0.042), (800, 0.5, 0.05), (3000, 0.3, 0.02)])
def test_power_and_interval_by_formula_agree_with_studies_drawn(n: int, rate: float, fall: float) -> None:
    found = Simulated(RATE, binomial(rate), binomial(rate - fall), 0.0)
    plan, drawn_study = studies_of(found, n, 0.8, 4000, 1)[:2]
    assert (plan.method, drawn_study.method) == ("formula", "simulation")
    assert drawn_study.monte_carlo_error is not None
    assert abs(drawn_study.power - plan.power) < 4.0 * drawn_study.monte_carlo_error
    assert plan.interval is not None and drawn_study.interval is not None
    error = study_error(math.sqrt(rate * (1.0 - rate)) * 100.0, n * 4000)  # of a mean over all studies
    for formula, mean in zip(plan.interval, drawn_study.interval, strict=True):
        assert abs(formula - mean) < 4.0 * error + 0.02


def test_studies_drawn_agree_with_binomials_drawn_otherwise() -> None:
    n, rate, level = 400, 0.5, 56.0
    many = drawn(binomial(rate), n, 4000, (1, 0))
    again = np.random.default_rng(99).binomial(n, rate, 4000) / n
    error = 100.0 * np.sqrt(again * (1.0 - again) / (n - 1))
    shares = [
        np.mean(np.abs(many.mean - level) > half_widths(many)),
        np.mean(np.abs(100.0 * again - level) > 1.9659 * error),  # Student's t, 399 degrees of freedom
    ]
    assert abs(shares[0] - shares[1]) < 4.0 * math.sqrt(2.0 * 0.25 / 4000)
    assert 0.4 < shares[1] < 0.9


def test_the_n_needed_has_the_wanted_power_when_studies_of_it_are_drawn() -> None:
    counts = np.arange(0.0, 2000.0, 100.0)
    numbers = [1e4 * share ** np.arange(20.0) for share in (0.6, 0.58)]
    without, with_it = (Group(counts, each, float(each.sum())) for each in numbers)
    plan, _, check = studies_of(Simulated(FREQUENCY, without, with_it, 0.0), 100, 0.9, 4000, 1)
    assert check.n == plan.required_n == check.required_n
    assert check.monte_carlo_error is not None
    assert abs(check.power - 0.9) < 4.0 * check.monte_carlo_error + 0.01  # counts are skewed, the formula is normal
    assert check.design.endswith("at the required n")


def test_days_come_from_those_who_reoffend_only() -> None:
    group = Group(np.array([50.0, 150.0]), np.array([300.0, 300.0]), 1000.0)
    many = drawn(group, 500, 4000, (1, 2))
    assert group.counted == 0.6
    assert abs(many.number.mean() - 300.0) < 4.0 * math.sqrt(500 * 0.6 * 0.4 / 4000)
    assert abs(many.mean.mean() - 100.0) < 4.0 * 50.0 / math.sqrt(300 * 4000)
    assert many.error.mean() == pytest.approx(50.0 / math.sqrt(300), rel=0.01)


def test_a_study_in_which_all_are_alike_shows_nothing() -> None:
    found = Simulated(RATE, binomial(0.5), binomial(0.999), 0.0)
    plan = studies_of(found, 3, 0.8, 1000, 1)[0]
    assert by_simulation("x", found, plan, 3, 1000, 1).power == 0.0


def test_luck_is_keyed() -> None:
    one, same, other = (drawn(binomial(0.5), 50, 100, key).mean for key in ((1, 0), (1, 0), (2, 0)))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


# Simulated people.


def people(offences: list[float], days: list[float]) -> Followed:
    counts, none = np.array(offences), np.zeros(len(offences))
    return Followed(counts, none, np.zeros((len(offences), 3)), none, none, np.array(days), none, none)


def test_measures_are_in_the_units_of_the_data_lab() -> None:
    part = people([0.0, 1.0, 3.0, 0.0], [math.nan, 10.2, 19.9, math.nan])
    found = {each.measure: each.treated for each in simulated([part, part], [part, part])}
    assert [found[each].mean for each in MEASURES] == [50.0, 100.0, 15.0]
    assert [found[each].counted for each in MEASURES] == [1.0, 1.0, 0.5]
    assert found[RATE].spread == 50.0
    assert found[FREQUENCY].spread == pytest.approx(100.0 * np.std([0, 1, 3, 0]))
    assert found[DAYS].spread == 5.0


def test_the_noise_of_a_difference_is_that_of_replications_and_shares_their_luck() -> None:
    rng = np.random.default_rng(5)
    treated = [people(list(rng.poisson(2.0, 40).astype(float)), [1.0] * 40) for _ in range(30)]
    other = [people(list(rng.poisson(2.0, 40).astype(float)), [1.0] * 40) for _ in range(30)]
    means = [100.0 * np.array([part.offences.mean() for part in parts]) for parts in (treated, other)]
    expected = float(np.std(means[0] - means[1], ddof=1)) / math.sqrt(30)
    assert difference_noise(FREQUENCY, treated, other) == pytest.approx(expected)
    assert difference_noise(FREQUENCY, treated, treated) == 0.0


def test_a_stated_difference_takes_the_place_of_the_simulated_one() -> None:
    found = Simulated(RATE, binomial(0.6), binomial(0.6), 0.0)
    study = stated_study(found, -5.0, 500, 0.8)
    assert study.expected_difference == -5.0
    assert study.required_n == math.ceil(sample_size(0.05, 0.575, 0.8))
    assert study.interval == pytest.approx(interval_around(-5.0, 100.0 * math.sqrt(0.575 * 0.425 / 500)))


def test_the_noise_of_a_simulated_difference_reaches_the_power_but_no_stated_one() -> None:
    found = Simulated(RATE, binomial(0.6), binomial(0.55), 1.5)
    plan, drawn_study = studies_of(found, 200, 0.8, 2000, 1)[:2]
    error = study_error(100.0 * rate_spread(0.6, 0.55), 200)
    moved = [power_at(-5.0 + step, error) for step in (-0.75, 0.75)]
    assert plan.monte_carlo_error == pytest.approx(moved[0] - moved[1], rel=0.05)
    assert drawn_study.monte_carlo_error is not None and plan.monte_carlo_error is not None
    assert drawn_study.monte_carlo_error > plan.monte_carlo_error
    assert stated_study(found, -5.0, 200, 0.8).monte_carlo_error is None


def test_what_cannot_be_seen_even_at_its_largest_is_not_given_as_a_number() -> None:
    setting = setting_of(Simulated(RATE, binomial(0.1), binomial(0.1), 0.0))
    assert detectable(setting, 10, 0.8) is None
    least = detectable(setting, 1000, 0.8)
    assert least is not None and -10.0 < least < 0.0


# The Data Lab's own studies.


def test_the_printed_sample_sizes_are_those_of_a_power_of_95_percent(reports: Mapping[str, Report]) -> None:
    leeds, southwark = needed_study(reports["leeds_2017"]), needed_study(reports["southwark_2018"])
    assert (leeds.n, leeds.required_n, southwark.n, southwark.required_n) == (1797, 1797, 1032, 1038)
    for study in (leeds, southwark):
        assert study.required_n_range is not None and study.power_range is not None
        assert study.required_n_range[0] <= study.n <= study.required_n_range[1]
        assert 0.94 < study.power_range[0] < 0.95 < study.power_range[1] < 0.96
        assert study.power == pytest.approx(0.95, abs=0.001)


@pytest.mark.parametrize("name", ["leeds_2017", "southwark_2018"])
def test_the_printed_intervals_follow(name: str, reports: Mapping[str, Report]) -> None:
    for measure in MEASURES:
        study, found = seen_study(reports[name], measure, 0.8), printed(reports[name], measure)
        assert study.interval is not None
        assert study.interval == pytest.approx((found.low, found.high), abs=0.51)


def test_what_142_and_71_people_could_have_seen(reports: Mapping[str, Report]) -> None:
    found = {study.design: study.detectable_difference for study in published_studies(reports, 0.8)}
    assert found["Justice Data Lab, leeds_2017: reoffending rate"] == pytest.approx(-11.8, abs=0.05)
    assert found["Justice Data Lab, southwark_2018: reoffending rate"] == pytest.approx(-16.6, abs=0.05)
    errors = 2.8016 * 95.0 / (2.0 * 1.95996), 2.8016 * 41.0 / (2.0 * 1.95996)  # from printed intervals alone
    assert found["Justice Data Lab, leeds_2017: frequency of reoffending"] == pytest.approx(-errors[0], rel=1e-3)
    assert found["Justice Data Lab, leeds_2017: days to first reoffence"] == pytest.approx(errors[1], rel=1e-3)
