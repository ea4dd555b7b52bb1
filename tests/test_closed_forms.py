"""Closed forms against limits, published tables and Monte Carlo, fixed seeds, |z| < 4."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import integrate, stats

from simulator.closed_forms import (
    ALWAYS_ACTIVE,
    NO_CUSTODY,
    Band,
    Custody,
    Spells,
    annuity,
    custody_share,
    days_to_first,
    engset,
    erlang_b,
    erlang_c,
    erlang_c_wait,
    expected_after,
    gamma_nodes,
    liberty_share,
    mean_given_any,
    mean_served_years,
    occasion_count_moments,
    occasions_after,
    occasions_in_window,
    offence_moments,
    power_of,
    rate_before_after,
    rate_from_after,
    rate_of_those_with_any,
    reoffending_rate,
    sample_size,
    share_with_before,
    stationary_occasions,
    survival,
    survival_of,
    top_share_before,
)

RATE, SHAPE = 1.3, 0.9
SPELLS = Spells(2.0, 2.0)
BANDS = (Band(0.6, 1, 6), Band(0.3, 6, 12), Band(0.1, 12, 48))
CUSTODY = Custody(0.4, 0.6, BANDS, 0.5)
ONE = np.ones(1)


def z_of(sample: np.ndarray, expected: float) -> float:
    return float((sample.mean() - expected) / (sample.std() / math.sqrt(sample.size)))


class Lives:
    """A year of each person, event by event: nothing here is shared with the formulas."""

    def __init__(self, seed: int, people: int, rate: float, shape: float, custody: Custody, spells: Spells) -> None:
        self.rng = np.random.default_rng(seed)
        self.hazard = rate * self.rng.gamma(shape, 1.0 / shape, people)
        self.custody, self.spells = custody, spells
        self.count = np.zeros(people)
        self.first = np.full(people, np.inf)
        for person in range(people):
            self.live(person)

    def live(self, person: int) -> None:
        now, active, release = 0.0, True, 0.0
        while now < 1.0:
            at_liberty = now >= release
            hazard = self.hazard[person] if active and at_liberty else 0.0
            turn = self.spells.ends if active else self.spells.starts
            waits = [self.rng.exponential() / each if each else math.inf for each in (hazard, turn)]
            waits.append(math.inf if at_liberty else release - now)
            now += min(waits)
            if now >= 1.0:
                return
            if waits[1] == min(waits):
                active = not active
            elif waits[0] == min(waits):
                release = now + self.time_served(person)
                self.count[person] += 1
                self.first[person] = min(self.first[person], now)

    def time_served(self, person: int) -> float:
        chance = self.custody.later_chance if self.count[person] else self.custody.first_chance
        if self.rng.random() >= chance:
            return 0.0
        band = self.custody.bands[self.rng.choice(len(BANDS), p=[each.share for each in BANDS])]
        return self.custody.served_share * self.rng.uniform(band.from_months, band.to_months) / 12.0


@pytest.fixture(scope="module", params=[ALWAYS_ACTIVE, SPELLS, Spells(0.5, 0.25)], ids=["off", "2/2", "short"])
def lives(request: pytest.FixtureRequest) -> Lives:
    return Lives(11, 20_000, 2.5, SHAPE, CUSTODY, request.param)


def test_lives_have_the_first_occasion_the_formulas_expect(lives: Lives) -> None:
    reoffended = lives.first < 1.0
    assert abs(z_of(reoffended, 1.0 - survival(2.5, SHAPE, ONE, lives.spells)[0])) < 4
    days = lives.first[reoffended] * 365.25
    assert abs(z_of(days, days_to_first(2.5, SHAPE, lives.spells))) < 4


def test_lives_have_the_occasions_that_custody_leaves_time_for(lives: Lives) -> None:
    mean, variance = occasions_in_window(2.5, SHAPE, CUSTODY, lives.spells)
    assert abs(z_of(lives.count, mean)) < 4
    assert abs(z_of((lives.count - lives.count.mean()) ** 2, variance)) < 4
    unhindered, _ = occasions_in_window(2.5, SHAPE, NO_CUSTODY, lives.spells)
    assert mean < 0.95 * unhindered


@pytest.mark.parametrize("shape", [0.3, 1.0, 2.6, 40.0])
def test_gamma_nodes_average_as_an_integral_does(shape: float) -> None:
    z, weight = gamma_nodes(shape)
    assert weight.sum() == pytest.approx(1.0)
    assert weight @ z == pytest.approx(1.0)
    assert weight @ z**2 == pytest.approx(1.0 + 1.0 / shape)
    density = stats.gamma(shape, scale=1.0 / shape)
    assert weight @ np.exp(-2.0 * z) == pytest.approx(density.expect(lambda x: math.exp(-2.0 * x)), rel=1e-6)


def test_reoffending_rate_has_its_poisson_limit_and_is_one_less_survival() -> None:
    assert reoffending_rate(RATE, math.inf) == pytest.approx(1.0 - math.exp(-RATE))
    assert reoffending_rate(RATE, 1e7) == pytest.approx(reoffending_rate(RATE, math.inf), rel=1e-6)
    assert reoffending_rate(RATE, SHAPE, 2.0) == pytest.approx(1.0 - (1.0 + 2.0 * RATE / SHAPE) ** -SHAPE)
    assert 1.0 - survival(RATE, SHAPE, ONE)[0] == pytest.approx(reoffending_rate(RATE, SHAPE), rel=1e-9)


def test_long_active_or_short_paused_spells_are_no_spells() -> None:
    without = survival(RATE, SHAPE, ONE)[0]
    assert survival(RATE, SHAPE, ONE, Spells(1e7, 1.0))[0] == pytest.approx(without, rel=1e-5)
    assert survival(RATE, SHAPE, ONE, Spells(1.0, 1e-7))[0] == pytest.approx(without, rel=1e-5)
    assert occasions_in_window(RATE, SHAPE, CUSTODY, Spells(1e7, 1.0))[0] == pytest.approx(
        occasions_in_window(RATE, SHAPE, CUSTODY)[0], rel=1e-5
    )


def test_survival_of_one_hazard_is_a_matrix_exponential() -> None:
    from scipy.linalg import expm

    h, ends, starts = 3.0, SPELLS.ends, SPELLS.starts
    decay = expm(0.7 * np.array([[-(h + ends), ends], [starts, -starts]])).sum(axis=1)
    for active, expected in ((1.0, decay[0]), (0.0, decay[1])):
        found = survival_of(np.array([h]), np.array([0.7]), SPELLS, active)[0, 0]
        assert found == pytest.approx(expected, rel=1e-12)


def test_spells_know_their_long_run_share_and_their_mean_over_a_window() -> None:
    spells = Spells(3.0, 1.0)
    assert spells.active_share == pytest.approx(0.75)
    assert spells.active_after(0.0) == pytest.approx(1.0)
    mean, _ = integrate.quad(lambda t: float(spells.active_after(t)), 0.0, 2.0)
    assert spells.mean_active(2.0) == pytest.approx(mean / 2.0)
    assert (ALWAYS_ACTIVE.active_share, ALWAYS_ACTIVE.mean_active(1.0)) == (1.0, 1.0)


def test_days_to_first_of_a_constant_hazard() -> None:
    exact = 365.25 * (1.0 / RATE - math.exp(-RATE) / -math.expm1(-RATE))
    assert days_to_first(RATE, math.inf) == pytest.approx(exact)


def test_counts_without_custody_or_spells_are_negative_binomial() -> None:
    mean, variance = occasion_count_moments(RATE, SHAPE)
    assert (mean, variance) == (RATE, pytest.approx(RATE + RATE**2 / SHAPE))
    assert occasions_in_window(RATE, SHAPE) == pytest.approx((mean, variance), rel=1e-3)
    poisson = occasions_in_window(RATE, math.inf, years=2.0)
    assert poisson == pytest.approx((2.0 * RATE, 2.0 * RATE), rel=1e-3)


def test_offences_are_a_compound_of_geometric_numbers() -> None:
    rng = np.random.default_rng(3)
    counts = rng.poisson(RATE * rng.gamma(SHAPE, 1.0 / SHAPE, 100_000))
    offences = counts + rng.negative_binomial(np.maximum(counts, 1), 0.5) * (counts > 0)
    mean, variance = offence_moments(*occasion_count_moments(RATE, SHAPE), 2.0)
    assert abs(z_of(offences, mean)) < 4
    assert abs(z_of((offences - mean) ** 2, variance)) < 4
    assert offence_moments(1.0, 1.5, 1.0) == (1.0, 1.5)


def test_time_in_custody_in_the_long_run() -> None:
    served = mean_served_years(CUSTODY)
    assert served == pytest.approx(0.5 * (0.6 * 3.5 + 0.3 * 9.0 + 0.1 * 30.0) / 12.0)
    assert liberty_share(2.0, 0.5, served) == pytest.approx(1.0 - custody_share(1.0 / (2.0 * 0.5), served))
    same = Custody(0.6, 0.6, BANDS, 0.5)
    first, _ = occasions_in_window(2.0, math.inf, same, years=6.0)
    then, _ = occasions_in_window(2.0, math.inf, same, years=8.0)
    assert (then - first) / 2.0 == pytest.approx(stationary_occasions(2.0, math.inf, 0.6, served), rel=2e-3)
    assert stationary_occasions(RATE, SHAPE, 0.0, served) == pytest.approx(RATE)


def test_people_picked_by_their_count_fall_back_as_the_posterior_says() -> None:
    rng = np.random.default_rng(5)
    hazard = RATE * rng.gamma(SHAPE, 1.0 / SHAPE, 400_000)
    before, after = rng.poisson(hazard), rng.poisson(hazard)
    picked = before >= 3
    assert abs(z_of(after[picked], occasions_after(RATE, SHAPE, before[picked].mean()))) < 4
    assert abs(z_of(before[before > 0], mean_given_any(RATE, SHAPE))) < 4
    top = np.sort(before + rng.random(before.size) * 0.5)[::-1][: before.size // 10].astype(int)
    assert top.mean() == pytest.approx(top_share_before(RATE, SHAPE, 0.1), rel=0.01)


def test_inverses_of_the_selection_formulas() -> None:
    assert rate_from_after(occasions_after(RATE, SHAPE, 4.0, 2.0), SHAPE, 4.0, 2.0) == pytest.approx(RATE)
    with pytest.raises(ValueError, match="more than any finite rate"):
        rate_from_after(5.0, SHAPE, 4.0)
    assert share_with_before(RATE, SHAPE, top_share_before(RATE, SHAPE, 0.07)) == pytest.approx(0.07)
    assert top_share_before(RATE, SHAPE, 1.0) == pytest.approx(RATE)
    assert rate_before_after(occasions_after(RATE, SHAPE, 4.0), SHAPE, 4.0) == pytest.approx(RATE, rel=1e-3)
    assert rate_of_those_with_any(mean_given_any(RATE, SHAPE), SHAPE) == pytest.approx(RATE, rel=1e-3)
    assert expected_after(RATE, SHAPE, 4.0) == pytest.approx(occasions_after(RATE, SHAPE, 4.0), rel=1e-3)


def test_erlang_and_engset() -> None:
    assert erlang_b(10.0, 10) == pytest.approx(0.2146, abs=5e-5)
    assert erlang_b(5.0, 10) == pytest.approx(0.0184, abs=5e-5)
    assert erlang_c(8.0, 10) == pytest.approx(0.4092, abs=5e-5)
    assert erlang_c(0.7, 1) == pytest.approx(0.7)
    assert erlang_c_wait(0.5, 1, 2.0) == pytest.approx(2.0)  # M/M/1: rho / (1 - rho) x mean stay
    assert (erlang_c(3.0, 3), erlang_c_wait(3.0, 3, 1.0)) == (1.0, math.inf)
    assert engset(5, 9, 0.5) == pytest.approx(stats.binom.pmf(range(6), 5, 1 / 3).tolist())
    assert engset(1_000_000, 10, 1e-5)[-1] == pytest.approx(erlang_b(10.0, 10), rel=1e-4)


def test_annuities() -> None:
    assert annuity(0.035, 5) == pytest.approx(sum(1.035**-t for t in range(5)))
    assert annuity(0.035, 5, first_year_undiscounted=False) == pytest.approx(sum(1.035**-t for t in range(1, 6)))
    assert annuity(0.0, 7) == 7.0
    assert annuity(1e-9, 7) == pytest.approx(7.0)


def test_the_data_labs_own_sample_sizes_imply_a_power_of_95_percent() -> None:
    leeds = power_of(1797, 0.599 - 0.557, (0.599 + 0.557) / 2)
    southwark = power_of(1032, 0.62 - 0.565, (0.62 + 0.565) / 2)
    assert (leeds, southwark) == (pytest.approx(0.95, abs=0.002), pytest.approx(0.95, abs=0.002))
    assert sample_size(0.042, 0.578, leeds) == pytest.approx(1797)
    assert power_of(142, 0.1, 0.57) == pytest.approx(0.67, abs=0.005)


@pytest.mark.parametrize(
    ("rate", "shape", "per_occasion", "first", "later", "expected"),
    [
        (1.275, 2.619, 2.323, 0.477, 0.5834, (0.523, 1.904, 134.1, 1.50, 0.846)),
        (2.092, 0.7718, 2.044, 0.4, 0.6327, (0.541, 2.331, 110.7, 1.81, 0.796)),
    ],
    ids=["leeds", "southwark"],
)
def test_what_the_default_effect_predicts_for_the_treated_groups(
    rate: float, shape: float, per_occasion: float, first: float, later: float, expected: tuple[float, ...]
) -> None:
    """Rate, frequency, days, sentences per reoffender; and the hazard ratio that gives the published frequency."""
    bands = (Band(0.6203, 1, 6), Band(0.2972, 6, 12), Band(0.0775, 12, 48), Band(0.005, 60, 96))
    usual = Custody(first, later, bands, 0.5)
    less = Custody(0.802 * first, 0.802 * later, bands, 0.5)
    mean, _ = occasions_in_window(0.889 * rate, shape, less, SPELLS)
    reoffending = 1.0 - survival(0.889 * rate, shape, ONE, SPELLS)[0]
    sentences = per_occasion * (less.first_chance + less.later_chance * (mean / reoffending - 1.0))
    days = days_to_first(0.889 * rate, shape, SPELLS)
    assert reoffending == pytest.approx(expected[0], abs=6e-4)
    assert (per_occasion * mean, sentences) == pytest.approx((expected[1], expected[3]), abs=6e-3)
    assert days == pytest.approx(expected[2], abs=0.06)
    at_ratio, _ = occasions_in_window(expected[4] * rate, shape, less, SPELLS)
    assert at_ratio / occasions_in_window(rate, shape, usual, SPELLS)[0] == pytest.approx(0.889, abs=1e-3)


def test_sussexs_shares_reconvicted_do_not_fit_its_means() -> None:
    assert reoffending_rate(1.24, 0.454) == pytest.approx(0.45, abs=1e-3)
    assert reoffending_rate(0.84, 0.0904) == pytest.approx(0.19, abs=1e-3)
    shape = 2.619 + 1.24
    posterior = shape / (2.619 + 0.5426 * 2.0 * SPELLS.mean_active(2.0))
    none = survival(0.889 * 0.5426 * posterior, shape, 2.0 * ONE, SPELLS)[0]
    assert 1.0 - none == pytest.approx(0.48, abs=5e-3)
