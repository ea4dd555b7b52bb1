"""Checks C1, C2, C4, C5: counts and first dates against their closed forms. |z| < 4 at fixed seeds."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import linalg, stats

from simulator.model import measures, states

from .lives import by_person, dates_of
from .worlds import (
    ARRESTS,
    OFFENCES,
    Array,
    activity,
    alone,
    born,
    each,
    group,
    log_of,
    sized,
    world,
    z_of,
    z_of_share,
    z_of_variance,
)

PEOPLE = sized(20_000, 1_500)


def are_from(counts: Array, theory: Any) -> bool:
    """Whether counts may come from a distribution, by chi-squared over 0, 1, ... 5 and more."""
    cells = np.arange(6)
    expected = len(counts) * np.append(theory.pmf(cells), theory.sf(5))
    observed = np.append([np.count_nonzero(counts == cell) for cell in cells], np.count_nonzero(counts > 5))
    return bool(stats.chisquare(observed, expected).pvalue > 6e-5)


@pytest.mark.parametrize(("rate", "shape", "years"), [(2.0, 0.7, 1), (0.8, 2.5, 2)])
def test_gamma_frailty_gives_negative_binomial_counts(rate: float, shape: float, years: int) -> None:
    counts = each(world(alone(PEOPLE), occasions_per_year=rate, frailty_shape=shape), years, ARRESTS)
    mean = rate * years
    assert abs(z_of(counts, mean)) < 4
    assert abs(z_of_variance(counts, mean + mean**2 / shape)) < 4
    reoffending = 1.0 - (1.0 + mean / shape) ** -shape
    assert abs(z_of_share(np.count_nonzero(counts), PEOPLE, reoffending)) < 4
    assert are_from(counts, stats.nbinom(shape, shape / (shape + mean)))


def test_without_frailty_counts_are_poisson() -> None:
    counts = each(world(alone(PEOPLE), occasions_per_year=2.0), 1, ARRESTS)
    assert abs(z_of(counts, 2.0)) < 4
    assert abs(z_of_variance(counts, 2.0)) < 4
    assert are_from(counts, stats.poisson(2.0))
    assert abs(z_of_share(np.count_nonzero(counts), PEOPLE, 1.0 - math.exp(-2.0))) < 4


def test_an_almost_infinite_shape_is_nearly_poisson() -> None:
    counts = each(world(alone(PEOPLE), occasions_per_year=2.0, frailty_shape=1e6), 1, ARRESTS)
    assert abs(z_of_variance(counts, 2.0)) < 4


def test_frailty_is_gamma_with_mean_one() -> None:
    for shape in (0.4, 1.0, 3.0):
        frailty = born(world(sized(5000, 400), frailty_shape=shape), 1, "frailty")
        assert stats.kstest(frailty, stats.gamma(shape, scale=1.0 / shape).cdf).pvalue > 6e-5
        assert abs(z_of(frailty, 1.0)) < 4


@pytest.mark.parametrize("ratio", [0.5, 2.0])
def test_a_group_ratio_multiplies_the_rate(ratio: float) -> None:
    counts = each(world(alone(PEOPLE, rate_ratio=ratio), occasions_per_year=1.5), 1, ARRESTS)
    assert abs(z_of(counts, 1.5 * ratio)) < 4


def test_an_occasion_carries_a_geometric_number_of_offences() -> None:
    mean = 1.84
    rates = world(300, offences_per_occasion=mean)
    offences = [event.offences for event in log_of(rates, sized(40, 8)) if event.event == states.OCCASION]
    assert min(offences) == 1
    assert abs(z_of(offences, mean)) < 4
    assert abs(z_of_variance(offences, mean * (mean - 1.0))) < 4
    for least in (2, 3, 4):
        assert abs(z_of_share(sum(n >= least for n in offences), len(offences), (1.0 - 1.0 / mean) ** (least - 1))) < 4


def test_the_offences_of_one_occasion_say_nothing_of_the_next() -> None:
    """Each occasion has luck of its own: the correlation of neighbours is zero but for 1/sqrt(pairs)."""
    latest: dict[int, int] = {}
    pairs = []
    for event in log_of(world(300, occasions_per_year=3.0, offences_per_occasion=2.5), 4):
        if event.event == states.OCCASION:
            if event.person in latest:
                pairs.append((latest[event.person], event.offences))
            latest[event.person] = event.offences
    assert len(pairs) > 1000
    assert abs(np.corrcoef(np.array(pairs).T)[0, 1]) * np.sqrt(len(pairs)) < 4


def test_offences_are_a_compound_sum() -> None:
    rate, shape, b = 2.0, 1.2, 1.84
    counts = each(
        world(alone(PEOPLE), occasions_per_year=rate, frailty_shape=shape, offences_per_occasion=b), 1, OFFENCES
    )
    assert abs(z_of(counts, rate * b)) < 4
    assert abs(z_of_variance(counts, rate * b * (b - 1.0) + b**2 * (rate + rate**2 / shape))) < 4


def test_one_offence_an_occasion_where_the_mean_is_one() -> None:
    there = activity(world(100, occasions_per_year=4.0), 2)
    assert there.proven_offences().sum() == there.total(ARRESTS)[0] > 0


def test_offence_types_follow_the_mix_of_the_group() -> None:
    shares = [0.2, 0.5, 0.3]
    rates = world(
        [group(300, offence_mix=[0.2, 0.7, 1.0])], offence_types=3, severity_tier=[1.0, 2.0, 3.0],
        occasions_per_year=5.0, offences_per_occasion=2.0,
    )  # fmt: skip
    counts = activity(rates, sized(10, 2)).offences.sum(axis=(0, 1, 2, 3))
    assert stats.chisquare(counts, counts.sum() * np.array(shares)).pvalue > 6e-5


def test_the_wait_for_the_first_occasion_is_exponential() -> None:
    """Check C1."""
    rates = world(sized(4000, 400), occasions_per_year=3.0)
    waits = [dates_of(life, states.OCCASION)[0] for life in by_person(log_of(rates, 6)).values()]
    assert stats.kstest(waits, stats.expon(scale=1.0 / 3.0).cdf).pvalue > 6e-5


def test_arrivals_are_poisson_over_time_and_groups() -> None:
    rates = world([group(1), group(3)], arrivals_per_year=20.0)
    runs = sized(400, 60)
    entries = activity(rates, 5, replications=runs).totals[..., measures.ENTRIES].sum(axis=3)
    assert abs(z_of(entries.sum(axis=(1, 2)), 100.0)) < 4
    assert abs(z_of_variance(entries.sum(axis=(1, 2)), 100.0)) < 4
    assert abs(z_of(entries[:, 4].sum(axis=1), 20.0)) < 4
    assert abs(z_of_share(entries[:, :, 1].sum(), entries.sum(), 0.75)) < 4


def test_leaving_and_pausing_are_a_markov_chain() -> None:
    """Check C2: occupancy of active, paused and left by the matrix exponential."""
    ends, starts, moves, dies = 0.8, 0.5, 0.15, 0.1
    rates = world(
        alone(PEOPLE), active_spells_end_per_year=ends, paused_spells_end_per_year=starts,
        moves_away_per_year=moves, deaths_per_year=dies, occasions_per_year=2.0,
    )  # fmt: skip
    out = moves + dies
    generator = np.array([[-ends - out, ends, out], [starts, -starts - out, out], [0.0, 0.0, 0.0]])
    share = starts / (starts + ends)
    years = 4
    # Integral of p0 exp(Qt) over a stretch of time, from the exponential of a block matrix.
    block = np.block([[generator, np.eye(3)], [np.zeros((3, 6))]])
    spent = np.array([share, 1.0 - share, 0.0]) @ linalg.expm(block * years)[:3, 3:]
    assert abs(z_of(each(rates, years, measures.LEFT_YEARS), spent[2])) < 4
    assert abs(z_of(each(rates, years, ARRESTS), 2.0 * spent[0])) < 4
