"""Who is preferred, and where that changes on the way to an end: one input or two, on standings made by formulas."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_standings import ARMS, made, standing, world

from simulator.uncertainty.decision import End, Standing, ends_of
from simulator.uncertainty.points import Point
from simulator.uncertainty.switching import (
    NARROW,
    TIE,
    Move,
    influential,
    nearest_pairs,
    promising,
    single_switches,
    switches,
)

INPUTS = {name: made(name) for name in "abc"}

# Who stands where.


def test_the_lead_is_over_the_best_of_the_others_and_shared_noise_cancels() -> None:
    where = Standing(ARMS, np.array([0.0, 5.0, 3.0]), np.array([[0, 0, 0], [0, 9.0, 8.0], [0, 8.0, 9.0]]), 30)
    assert (where.preferred, where.rival("small"), where.rival("nothing")) == ("small", "large", "small")
    assert (where.lead("small"), where.lead("large"), where.lead("nothing")) == (2.0, -2.0, -5.0)
    assert where.error("small") == pytest.approx(math.sqrt(2.0))
    assert where.error("nothing") == 3.0
    assert not where.clear("small")
    assert Standing(ARMS, where.npsv, 0.9 * where.noise + 0.1, 30).clear("small") is False
    assert Standing(ARMS, where.npsv, np.zeros((3, 3)), 30).clear("small")


def test_a_lead_is_clear_beyond_students_interval_and_not_two_standard_errors() -> None:
    for replications, half in ((2, 12.706), (5, 2.776), (1000, 1.962)):
        assert standing(0.0, -1.01 * half, error=1.0, replications=replications).clear("nothing")
        assert not standing(0.0, -0.99 * half, error=1.0, replications=replications).clear("nothing")


def test_of_equals_the_comparator_is_preferred() -> None:
    assert standing(0.0, 0.0, -1.0).preferred == "nothing"


# Switching values.


def test_a_straight_line_is_solved_and_what_does_not_flip_is_left_out() -> None:
    at = world(lambda a, b, c: (-1000.0 + 4000.0 * a, -2000.0 + 100.0 * b))
    base, ends = ends_of(INPUTS, at)
    assert len(ends) == 6
    (found,) = single_switches(base, ends, at)
    assert found.values == {"a": pytest.approx(0.25, abs=1e-3)}
    assert found.share == pytest.approx(0.25, abs=1e-3)
    assert (found.there.rival("nothing"), found.end.preferred) == ("small", "small")


def test_the_nearest_of_several_comes_first_and_the_tie_is_with_the_arm_that_catches_up_first() -> None:
    at = world(lambda a, b, c: (-1000.0 + 1200.0 * a, -1500.0 + 4000.0 * max(a, 0.0) ** 2 - 3000.0 * c))
    base, ends = ends_of(INPUTS, at)
    first, second = single_switches(base, ends, at)
    assert (list(first.values), list(second.values)) == (["c"], ["a"])
    assert first.values["c"] == pytest.approx(-0.5, abs=1e-3)
    assert second.values["a"] == pytest.approx(math.sqrt(1500.0 / 4000.0), abs=5e-3)
    assert (second.there.rival("nothing"), second.end.preferred) == ("large", "large")


@given(st.floats(0.02, 0.98), st.floats(0.3, 3.0), st.floats(1e2, 1e7))
def test_whatever_the_curve_the_switch_is_where_the_lead_is_nil(root: float, power: float, scale: float) -> None:
    at = world(lambda a, b, c: (scale * (max(a, 0.0) ** power - root**power),))
    base, ends = ends_of({"a": made("a")}, at)
    (found,) = single_switches(base, ends, at)
    level = abs(found.there.lead("nothing")) <= TIE * base.lead("nothing")
    assert level or abs(found.share - root) <= NARROW


def test_luck_in_the_lead_is_luck_in_the_switching_value() -> None:
    at = world(lambda a, b, c: (-1000.0 + 4000.0 * a,), error=40.0)
    base, ends = ends_of({"a": made("a")}, at)
    (found,) = single_switches(base, ends, at)
    assert found.error == pytest.approx(40.0 / 4000.0, rel=1e-2)


def test_an_end_that_is_the_value_itself_is_not_simulated() -> None:
    asked: list[int] = []

    def at(points: Sequence[Point]) -> list[Standing]:
        asked.append(len(points))
        return [standing(0.0, -1.0) for _ in points]

    _, ends = ends_of({"a": made("a", value=1.0)}, at)
    assert asked == [2]
    assert [end.value for end in ends] == [-1.0]


# Pairs.


def test_the_nearest_pair_is_the_one_with_the_smallest_equal_step() -> None:
    at = world(lambda a, b, c: (-1000.0 + 700.0 * a - 600.0 * b + 400.0 * c,))
    base, ends = ends_of(INPUTS, at)
    assert single_switches(base, ends, at) == []
    assert influential(base, ends) == ["a", "b", "c"]
    assert [end.value for end in promising(base, ends)[0].ends] == [1.0, -1.0]
    (found,) = nearest_pairs(base, ends, at)
    assert found.share == pytest.approx(1000.0 / 1300.0, abs=1e-3)
    assert found.values == {"a": pytest.approx(found.share), "b": pytest.approx(-found.share)}


def test_both_ends_of_one_input_are_no_pair() -> None:
    at = world(lambda a, b, c: (-1000.0 + 900.0 * abs(a) + 100.0 * b,))
    base, ends = ends_of(INPUTS, at)
    names = [{end.each.name for end in move.ends} for move in promising(base, ends)]
    assert names
    assert all(name == {"a", "b"} for name in names)


def test_pairs_that_differ_by_luck_only_are_named_too() -> None:
    at = world(lambda a, b, c: (-1000.0 + 800.0 * a + 780.0 * b + 800.0 * c,), error=30.0)
    base, ends = ends_of(INPUTS, at)
    found = nearest_pairs(base, ends, at)
    assert list(found[0].values) == ["a", "c"]
    assert {tuple(each.values) for each in found} == {("a", "c"), ("a", "b"), ("c", "b")}


def test_no_pair_changes_a_decision_that_is_far_ahead() -> None:
    at = world(lambda a, b, c: (-1000.0 + 300.0 * a + 300.0 * b,))
    assert nearest_pairs(*ends_of(INPUTS, at), at) == []
    assert nearest_pairs(*ends_of(INPUTS, world(lambda a, b, c: (-1.0,))), at) == []


def test_only_ways_that_flip_are_followed() -> None:
    base = standing(0.0, -100.0)
    moves = [Move((End(made("a"), 1.0, standing(0.0, -1.0)),)), Move((End(made("b"), 1.0, standing(0.0, 100.0)),))]
    found = switches(
        base, moves, [standing(0.0, -1.0), standing(0.0, 100.0)], world(lambda a, b, c: (200.0 * b - 100.0,))
    )
    assert [list(each.values) for each in found] == [["b"]]
