"""Why two results differ: shares add up to what `compare` prints, signs are right, and nothing is counted twice."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from difference_runs import (
    MONEY,
    PAIRS,
    PLAN,
    by_choices,
    by_effects,
    by_settings,
    printed,
    read,
    row_of,
    value,
)
from hypothesis import given
from hypothesis import strategies as st

from simulator.scenario.fields import LEVERS, QUANTITIES
from simulator.scenario.read import may_change
from simulator.uncertainty.causes import GROUPS, by_effect, by_setting
from simulator.uncertainty.difference import COLUMNS, PARTS, Cause, answers_of, decomposed
from simulator.uncertainty.states import work_in

# Adding up.

HARD = ("effect.detection_ratio=1.1", "effect.frailty_exponent=0.8", "effect.offences_per_occasion_ratio=0.9",
        "appraisal.optimism_bias=0.2", "appraisal.benefit_cut=0.1", "appraisal.counting=multiplied")  # fmt: skip


@pytest.mark.parametrize(
    "settings", [(), HARD, ("appraisal.costing=inclusive",), ("appraisal.prison_cost=step_fixed",)]
)
@pytest.mark.parametrize("pair", PAIRS)
def test_rows_and_columns_add_up_to_the_difference_that_compare_prints(
    pair: tuple[str, str], settings: tuple[str, ...]
) -> None:
    found = by_effects(*pair, *settings)
    for column in COLUMNS:
        rows = [value(row, column) for row in (found.opening, *found.rows)]
        assert math.fsum(rows) == pytest.approx(value(found.total, column), abs=MONEY)
    for row in (found.opening, *found.rows, found.total):
        assert math.fsum(value(row, part) for part in PARTS) == pytest.approx(value(row, "npsv_gbp"), abs=MONEY)
    first, second = (printed(*settings)[name] for name in pair)
    assert value(found.total, "npsv_gbp") == pytest.approx(first["npsv_gbp"] - second["npsv_gbp"], abs=MONEY)
    cost = second["programme_cost_gbp"] - first["programme_cost_gbp"]
    assert value(found.total, "programme_gbp") == pytest.approx(cost, abs=MONEY)
    for column, count in (
        ("reoffences_prevented", "proven_offences"),
        ("crimes_prevented", "crimes"),
        ("custody_days_saved", "custody_days"),
    ):
        prevented = second[count]["increment"] - first[count]["increment"]
        assert value(found.total, column) == pytest.approx(prevented, abs=1e-6)


@pytest.mark.parametrize("pair", [("fuller_caseload", "as_run"), ("quicker_deselection", "ended_after_year_two")])
def test_what_was_chosen_adds_up_to_the_same_difference(pair: tuple[str, str]) -> None:
    effect, choice = by_effects(*pair), by_choices(*pair)
    for column in COLUMNS:
        assert value(choice.total, column) == pytest.approx(value(effect.total, column), abs=MONEY)
        assert value(choice.opening, column) == 0.0
        assert math.fsum(value(row, column) for row in choice.rows) == pytest.approx(
            value(choice.total, column), abs=MONEY
        )


@given(st.lists(st.floats(-1e7, 1e7), min_size=8 * 3 * len(COLUMNS), max_size=8 * 3 * len(COLUMNS)))
def test_shares_of_any_values_add_up_and_their_noise_is_that_of_each_replication(drawn: list[float]) -> None:
    values = np.array(drawn).reshape(8, 3, len(COLUMNS))
    sets = [frozenset(n for n in range(3) if number >> n & 1) for number in range(8)]
    causes = [Cause(name, ()) for name in "abc"]
    whole = decomposed("effect", causes, dict(zip(sets, values, strict=True)))
    each = [decomposed("effect", causes, dict(zip(sets, values[:, [n]], strict=True))) for n in range(3)]
    for column in COLUMNS:
        rows = [value(row, column) for row in (whole.opening, *whole.rows)]
        assert math.fsum(rows) == pytest.approx(value(whole.total, column), abs=MONEY)
        for number in range(3):
            alone = [value(one.rows[number], column) for one in each]
            share = whole.rows[number].shares[column]
            assert share.value == pytest.approx(float(np.mean(alone)), abs=1e-6)
            assert share.noise == pytest.approx(float(np.std(alone, ddof=1)) / math.sqrt(3), abs=1e-6)


def test_a_single_replication_has_no_noise() -> None:
    (found,) = answers_of([by_effect(read(), "as_run", "no_iom")], 1, PLAN)
    assert all(share.noise is None for row in found.rows for share in row.shares.values())


# Signs and zeros.


def test_no_effect_leaves_the_cost_of_the_programme_and_nothing_else() -> None:
    found = by_effects("as_run", "no_iom", "effect=none")
    assert found.rows == ()
    assert value(found.total, "npsv_gbp") == value(found.total, "programme_gbp") < 0.0
    assert all(value(found.total, column) == 0.0 for column in COLUMNS if column not in ("programme_gbp", "npsv_gbp"))


@pytest.mark.parametrize("pair", PAIRS)
def test_with_every_ratio_at_one_a_programme_that_has_worked_for_years_changes_nothing_but_cost(
    pair: tuple[str, str],
) -> None:
    opening = by_effects(*pair).opening
    assert all(value(opening, column) == 0.0 for column in COLUMNS if column not in ("programme_gbp", "npsv_gbp"))
    assert value(opening, "programme_gbp") != 0.0


def test_custody_alone_saves_prison_days_and_gives_back_reoffences() -> None:
    found = by_effects("as_run", "no_iom", "effect.occasions_ratio=1")
    assert [row.cause.name for row in found.rows] == ["custody_ratio"]
    row = found.rows[0]
    assert value(row, "custody_days_saved") > 0.0 < value(row, "prison_gbp")
    assert value(row, "reoffences_prevented") < 0.0 > value(row, "crime_gbp")


def test_fewer_occasions_alone_save_custody_under_their_own_name() -> None:
    found = by_effects("as_run", "no_iom", "effect.custody_ratio=1")
    assert [row.cause.name for row in found.rows] == ["occasions_ratio"]
    assert value(found.rows[0], "custody_days_saved") > 0.0 < value(found.rows[0], "reoffences_prevented")


def test_both_pull_apart_in_the_headline() -> None:
    found = by_effects("as_run", "no_iom")
    occasions, custody = row_of(found, "occasions_ratio"), row_of(found, "custody_ratio")
    assert value(occasions, "reoffences_prevented") > 0.0 > value(custody, "reoffences_prevented")
    assert value(custody, "custody_days_saved") > value(occasions, "custody_days_saved") > 0.0


@pytest.mark.parametrize("of", [by_effects, by_choices])
def test_swapping_the_arms_turns_every_sign_and_nothing_else(of: Any) -> None:
    one, other = of("fuller_caseload", "as_run"), of("as_run", "fuller_caseload")
    for mine, theirs in zip(
        (one.opening, *one.rows, one.total), (other.opening, *other.rows, other.total), strict=True
    ):
        for column in COLUMNS:
            if of is by_effects:
                assert value(mine, column) == -value(theirs, column)
            else:
                assert value(mine, column) == pytest.approx(-value(theirs, column), abs=MONEY)
            assert mine.shares[column].noise == pytest.approx(theirs.shares[column].noise, abs=1e-6)


def test_closer_watching_prevents_crimes_behind_the_same_proven_offences() -> None:
    row = row_of(by_effects("as_run", "no_iom", *HARD), "detection_ratio")
    assert value(row, "reoffences_prevented") == 0.0 == value(row, "custody_days_saved") == value(row, "prison_gbp")
    assert value(row, "crimes_prevented") > 0.0 < value(row, "crime_gbp")


# What is simulated.


def test_what_moves_prices_only_is_not_simulated_again() -> None:
    plain = by_effect(read(), "as_run", "no_iom").states
    watched = by_effect(read("effect.detection_ratio=1.1"), "as_run", "no_iom").states
    assert (len(plain), len(watched)) == (4, 8)
    arms = len(read().scenario.arms)
    assert work_in(list(plain.values()), 1) == work_in(list(watched.values()), 1) <= 4 * arms
    prices = by_setting(
        lambda settings: read(*settings),
        [],
        ["justice.court_event=1", "appraisal.costing=inclusive"],
        "as_run",
        "no_iom",
    )
    assert work_in(list(prices.states.values()), 7) == 7 * work_in([read()], 1)


def test_every_lever_that_an_arm_may_choose_has_one_group() -> None:
    names = [name.removeprefix("programme.") for name in (*LEVERS, *QUANTITIES) if may_change(name)]
    grouped = [name for members in GROUPS.values() for name in members]
    assert sorted({*names, "start_year"}) == sorted(grouped)


# Settings.


def test_a_dearer_day_in_custody_is_worth_the_days_saved() -> None:
    found = by_settings(["justice.custody_day_bedfordshire=137.024"])
    before = value(found.opening, "prison_gbp")
    assert value(found.rows[0], "prison_gbp") == pytest.approx(before, rel=1e-9)
    assert value(found.rows[0], "npsv_gbp") == pytest.approx(before, rel=1e-9)
    assert found.rows[0].cause.changes[0][1:] == (68.512, 137.024)


def test_settings_are_shared_out_whatever_their_order() -> None:
    settings = ["effect.occasions_ratio=0.8", "appraisal.cost_table=ho_2019_20", "justice.court_event=5000"]
    one, other = by_settings(settings), by_settings(settings[::-1])
    for cause in [row.cause.name for row in one.rows]:
        for column in COLUMNS:
            mine, theirs = value(row_of(one, cause), column), value(row_of(other, cause), column)
            assert mine == pytest.approx(theirs, abs=MONEY)
    after = printed(*settings)["as_run"]["npsv_gbp"]
    assert value(one.total, "npsv_gbp") == pytest.approx(after, abs=MONEY)
    assert value(one.opening, "npsv_gbp") == pytest.approx(printed()["as_run"]["npsv_gbp"], abs=MONEY)
