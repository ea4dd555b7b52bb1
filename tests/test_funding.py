"""The funding curve: null effects, sums of steps, people who run out or stay on, first places, and levels as arms."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from funded import NEW, NO_DRAWS, PLACES, SMALL, UNEQUAL, curve, loaded, run_once
from small_runs import compared, write_scenario

from simulator.appraisal.loading import load
from simulator.report.funding import curve_document
from simulator.scenario.funding import places_of
from simulator.uncertainty import funding_levels
from simulator.uncertainty.funding_curve import (
    best_chances,
    chances_of_paying,
    curve_of,
    in_use,
    slope_of,
    steps_of,
    work_in,
)
from simulator.uncertainty.funding_levels import (
    Effort,
    blocks_of,
    central_works,
    drawn_works,
    draws_of,
    joined,
    points_of,
)
from simulator.uncertainty.inputs import has_budget
from simulator.uncertainty.points import CENTRAL

# What holds whatever the numbers.


def test_with_no_effect_the_benefit_is_nothing_at_every_level_and_npsv_is_minus_the_cost() -> None:
    found = curve("effect=none")
    assert found.draws is not None
    assert not found.central.benefit.any()
    assert not found.draws.benefit.any()
    assert (found.central.npsv == -found.central.cost).all()
    assert (found.draws.npsv == -found.draws.cost).all()
    assert (found.central.cost[1:].mean(axis=1) > 0.0).all()
    assert chances_of_paying(found.draws) == [0.0, 0.0, 0.0]
    assert best_chances(found.draws).tolist() == [1.0, 0.0, 0.0, 0.0]


@pytest.mark.parametrize("settings", [(), NEW])
def test_costs_times_benefit_per_pound_of_the_steps_add_up_to_the_benefit(settings: tuple[str, ...]) -> None:
    found = curve(*settings)
    steps = steps_of(found)
    benefit, cost = float(found.central.benefit[-1].mean()), float(found.central.cost[-1].mean())
    assert all(step.per_pound.value is not None and step.cost > 0.0 for step in steps)
    parts = [(step.per_pound.value or math.nan) * step.cost for step in steps]
    assert math.fsum(parts) == pytest.approx(benefit, rel=1e-9)
    assert math.fsum(step.cost for step in steps) == pytest.approx(cost, rel=1e-9)
    apart = [(step.after_fixed.value or math.nan) * (step.cost - step.fixed) for step in steps]
    assert math.fsum(apart) == pytest.approx(benefit, rel=1e-9)


def test_no_scheme_is_nothing_and_the_first_place_brings_all_fixed_costs() -> None:
    found = curve(*NEW)
    assert found.places[0] == 0
    assert not any(each[0].any() for each in found.central)
    first, *later = steps_of(found)
    assert first.fixed == pytest.approx(50_000.0 * (1.0 + 1.0 / 1.035), rel=1e-9)
    assert [step.fixed for step in later] == [0.0, 0.0]
    assert first.per_pound.value is not None and first.after_fixed.value is not None
    assert first.per_pound.value * first.cost == pytest.approx(first.after_fixed.value * (first.cost - first.fixed))
    assert [step.per_pound for step in later] == [step.after_fixed for step in later]


def test_the_level_of_the_scheme_as_run_is_what_compare_gives() -> None:
    found = compared(replications=5)
    arm = next(each for each in found.arms if each.plan.name == "as_run")
    scenario, library = loaded()
    levels = funding_levels.levels_of(scenario, scenario.arm("as_run"), [94])
    block = run_once(levels, library, 5)
    assert block.npsv[1].tolist() == arm.streams.npsv.tolist()
    assert not block.run_down[1].any()


def test_levels_beyond_the_pool_add_cost_and_no_benefit(tmp_path: Path) -> None:
    text = "extends: leeds\ntitle: Few\nwhy: w\ncohort: [{cohort: all, people: 3, offence_mix: mixed_acquisitive,\n"
    text += "    statutory_share: {value: 1, standing: choice, why: w}}]\n"
    path = write_scenario(tmp_path, text, "few.yaml")
    scenario, library = loaded("population.pool_per_place=4", *NEW, name=f"{path}:as_run")
    levels = funding_levels.levels_of(scenario, scenario.arm("as_run"), [2, 12, 50, 60])
    block = run_once(levels, library, 20)
    assert (np.diff(block.benefit, axis=0)[2:] == 0.0).all()
    assert (np.diff(block.cost, axis=0) > 0.0).all()
    assert np.diff(block.benefit, axis=0)[1].any() or np.diff(block.benefit, axis=0)[0].any()
    used = in_use(block)
    assert used[0] is None and used[1] is not None and used[4] is not None
    assert used[1] > used[4] > 0.0
    assert used[4] == pytest.approx((used[3] or 0.0) * 50 / 60, rel=1e-9)


def test_first_places_bring_more_than_the_last_where_people_are_chosen_by_recent_arrests() -> None:
    found = curve(*UNEQUAL, places=(10, 30, 50, 70), effort=NO_DRAWS)
    ratios = [step.after_fixed for step in steps_of(found)]
    assert all(
        one.value is not None and two.value is not None and one.value > two.value for one, two in pairwise(ratios)
    )
    first, last = ratios[0].simulation_interval, ratios[-1].simulation_interval
    assert first is not None and last is not None and first[0] > last[1]
    slope = slope_of(found)
    assert slope is not None and slope.seen and slope.per_place < 0.0


def test_places_filled_by_referral_all_bring_the_same_within_noise() -> None:
    found = curve(*UNEQUAL, "programme.selection_rule=referral", places=(10, 30, 50, 70), effort=NO_DRAWS)
    slope = slope_of(found)
    assert slope is not None and not slope.seen
    told = curve_document(found, loaded(*UNEQUAL)[1], "as_run", NO_DRAWS)
    assert any("No bend can be told from noise" in said for said in told["said"])
    assert not any("The curve bends" in said for said in told["said"])


def test_draws_without_spread_are_the_plain_curve() -> None:
    scenario, library = loaded(*NEW)
    levels = funding_levels.levels_of(scenario, scenario.arm("as_run"), PLACES)
    effort = Effort(draws=50, replications=2, seed=1, workers=1)
    drawn = draws_of(blocks_of(drawn_works(levels, library, [CENTRAL] * 50, effort), 1))
    plain = joined(blocks_of(central_works(levels, library, effort), 1))
    assert drawn.benefit.mean(axis=0) == pytest.approx(plain.benefit.mean(axis=1), rel=1e-9)
    assert drawn.cost.mean(axis=0) == pytest.approx(plain.cost.mean(axis=1), rel=1e-9)
    raw = plain.benefit.reshape(len(levels.arms), 50, 2).mean(axis=2)
    assert (drawn.benefit.std(axis=0)[1:] < 0.6 * raw.std(axis=1)[1:]).all()  # of chance alone, most is taken out


def test_the_plain_curve_is_the_same_with_draws_and_without() -> None:
    none = curve(*NEW, effort=SMALL._replace(draws=0))
    assert none.draws is None
    assert none.central.npsv.tolist() == curve(*NEW).central.npsv.tolist()


# People who are there already.


def test_people_beyond_the_places_paid_for_are_charged_until_they_leave() -> None:
    scenario, library = loaded()
    levels = funding_levels.levels_of(scenario, scenario.arm("as_run"), [1, 40, 94, 160])
    block = run_once(levels, library, 6)
    down = block.run_down.mean(axis=1)
    assert down[1] > down[2] > 0.0
    assert down[[0, 3, 4]].tolist() == [0.0, 0.0, 0.0]
    # A place costs 3,637 pounds a year; from 1 place, some 94 people leave over a year or two.
    assert 40 * 3637.0 < down[1] < 140 * 3637.0
    assert (block.filled <= block.paid + 1e-6).all()


def test_a_new_scheme_has_nobody_to_run_down() -> None:
    assert not curve(*NEW).central.run_down.any()


def test_the_charge_is_the_price_of_a_place_in_the_price_base() -> None:
    scenario, library = loaded(
        "programme.offender_manager_year=0", "programme.place_year=1000", "appraisal.discount_rate=0"
    )
    levels = funding_levels.levels_of(scenario, scenario.arm("as_run"), [1])
    block = run_once(levels, library)
    twice, changed = loaded(
        "programme.offender_manager_year=0", "programme.place_year=2000", "appraisal.discount_rate=0"
    )
    dearer = run_once(funding_levels.levels_of(twice, twice.arm("as_run"), [1]), changed)
    assert dearer.run_down[1].tolist() == pytest.approx((2.0 * block.run_down[1]).tolist())
    assert block.filled[1].tolist() == [5.0] * 4


# Levels as arms.


def test_levels_say_how_many_places_in_one_way_only() -> None:
    scenario, _ = loaded("programme.yearly_budget_gbp=500000")
    assert has_budget(scenario)
    before = places_of(scenario.baseline)
    levels = funding_levels.levels_of(scenario, scenario.arm("as_run"), PLACES)
    assert not has_budget(levels)
    assert [places_of(arm.settings) for arm in levels.arms] == [0, *PLACES]
    assert places_of(levels.baseline) == before > 0
    for arm in levels.arms:
        assert arm.settings.levers["programme.offender_managers"] is None
        assert arm.settings.levers["programme.yearly_budget_gbp"] is None


def test_no_scheme_is_the_comparator_where_that_is_closed_and_else_a_closed_one() -> None:
    scenario, _ = loaded()
    assert funding_levels.no_scheme(scenario).title == "No IOM"
    (open_one,), library = load(["bedfordshire:cut_a_quarter"], [], "as_run")
    levels = funding_levels.levels_of(open_one, open_one.arm("cut_a_quarter"), [40])
    assert levels.arms[0].name == funding_levels.NO_SCHEME == levels.baseline.text("appraisal.comparator")
    assert not levels.arms[0].settings.flag("programme.open")
    usual = funding_levels.levels_of(scenario, scenario.arm("as_run"), [40])
    assert run_once(levels, library, 2).npsv.tolist() == run_once(usual, library, 2).npsv.tolist()


def test_the_number_of_workers_and_of_draws_changes_no_bit() -> None:
    scenario, library = loaded(*NEW)
    one = curve(*NEW)
    two = curve_of(scenario, library, "as_run", PLACES, SMALL._replace(workers=2))
    assert one.central.npsv.tolist() == two.central.npsv.tolist()
    assert one.draws is not None and two.draws is not None
    assert one.draws.benefit.tolist() == two.draws.benefit.tolist()
    assert points_of(one.scenario, library, 3, 1) == points_of(one.scenario, library, 6, 1)[:3]
    assert points_of(one.scenario, library, 1, 2) != points_of(one.scenario, library, 1, 1)


def test_every_arm_replication_is_reported_once() -> None:
    scenario, library = loaded(*NEW)
    done: list[int] = []
    effort = Effort(draws=2, replications=2, seed=1, workers=1)
    curve_of(scenario, library, "as_run", [40], effort, done.append)
    assert sum(done) == work_in(1, effort) == 2 * (100 + 4)
