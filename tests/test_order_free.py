"""Shares that do not depend on the order of the causes: against the mean over every order, and by their axioms."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.closed_forms.order_free import order_free, subsets

Value = Callable[[frozenset[int]], float]


def number_of(chosen: frozenset[int]) -> int:
    return sum(1 << cause for cause in chosen)


def table(values: list[float]) -> Value:
    return lambda chosen: values[number_of(chosen)]


def values_of(causes: int) -> st.SearchStrategy[list[float]]:
    return st.lists(st.floats(-1e6, 1e6), min_size=1 << causes, max_size=1 << causes)


@given(values_of(4))
def test_a_share_is_the_mean_over_every_order(values: list[float]) -> None:
    found = order_free(table(values), 4)
    for cause in range(4):
        added = []
        for order in permutations(range(4)):
            before = frozenset(order[: order.index(cause)])
            added.append(Fraction(values[number_of(before | {cause})]) - Fraction(values[number_of(before)]))
        assert found[cause] == float(sum(added) / len(added))


@given(values_of(5))
def test_shares_add_up_to_the_difference(values: list[float]) -> None:
    found = order_free(table(values), 5)
    rounding = sum(math.ulp(share) for share in found) / 2.0
    assert abs(sum(map(Fraction, found)) - (Fraction(values[-1]) - Fraction(values[0]))) <= rounding


@given(values_of(3), values_of(3))
def test_shares_of_a_sum_are_sums_of_shares(one: list[float], other: list[float]) -> None:
    both = order_free(lambda chosen: one[number_of(chosen)] + other[number_of(chosen)], 3)
    apart = zip(order_free(table(one), 3), order_free(table(other), 3), strict=True)
    assert both == pytest.approx([first + second for first, second in apart], rel=1e-9, abs=1e-9)


@given(st.lists(st.floats(-1e6, 1e6), min_size=6, max_size=6))
def test_causes_that_do_the_same_have_the_same_share(by_size: list[float]) -> None:
    found = order_free(lambda chosen: by_size[len(chosen)], 5)
    assert len(set(found)) == 1


@given(values_of(3), st.floats(-1e3, 1e3))
def test_a_cause_that_always_adds_the_same_has_that_as_its_share(values: list[float], own: float) -> None:
    coarse = [float(round(value)) for value in values]
    found = order_free(lambda chosen: coarse[number_of(chosen - {3})] + (round(own) if 3 in chosen else 0), 4)
    assert found[3] == round(own)
    assert found[:3] == order_free(table(coarse), 3)


def test_every_set_is_looked_at_once() -> None:
    seen: list[frozenset[int]] = []

    def value(chosen: frozenset[int]) -> float:
        seen.append(chosen)
        return float(len(chosen))

    assert order_free(value, 6) == [1.0] * 6
    assert len(seen) == len(set(seen)) == 64
    assert len(set(subsets(3))) == 8


def test_a_part_in_ten_does_not_get_lost_beside_a_large_number() -> None:
    found = order_free(lambda chosen: 1e16 * (0 in chosen) + 0.1 * (1 in chosen) * (0 not in chosen), 2)
    assert found == [1e16 - 0.05, 0.05]


def test_no_causes_have_no_shares() -> None:
    assert order_free(lambda chosen: 3.0, 0) == []


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_an_outcome_that_is_not_finite_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="cannot be shared out"):
        order_free(lambda chosen: bad if len(chosen) == 2 else 0.0, 2)


def test_fewer_than_no_causes_are_refused() -> None:
    with pytest.raises(ValueError, match="fewer than none"):
        order_free(lambda chosen: 0.0, -1)
