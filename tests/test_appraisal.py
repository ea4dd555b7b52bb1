"""NPSV, ratios, break-even and payback: identities that hold to the penny, and refusals where a figure would mislead."""

from __future__ import annotations

import math

import numpy as np
import pytest
from small_runs import PENNY, SPLITS, arm_of, compared, library, runs_with, total

from simulator.appraisal import comparison as comparing
from simulator.appraisal.discounting import discount_factors, present_value
from simulator.appraisal.results import (
    Bias,
    Part,
    change,
    is_benefit,
    is_programme,
    parts_by,
    ratio_of,
    total_of,
)
from simulator.report.results import main_ratio, results_of

# Parts and totals.


@pytest.mark.parametrize("costing", ["explicit", "inclusive"])
@pytest.mark.parametrize("split", SPLITS)
def test_parts_add_up_to_the_total_however_they_are_split(split: str, costing: str) -> None:
    comparison = compared(f"appraisal.costing={costing}")
    for each in comparison.arms:
        found = total_of(parts_by(each.pair, comparison.factors, SPLITS[split]).values())
        streams = each.streams
        assert found.programme_cost == pytest.approx(float(streams.programme_cost.mean()), abs=PENNY)
        assert found.benefit == pytest.approx(float(streams.benefit.mean()), abs=PENNY)
        assert found.net == pytest.approx(float(streams.npsv.mean()), abs=PENNY)


def test_parts_that_leave_a_year_out_do_not_add_up() -> None:
    comparison = compared()
    parts = parts_by(arm_of(comparison, "as_run").pair, comparison.factors, SPLITS["year"])
    assert abs(total_of(list(parts.values())[:-1]).net - total(comparison, "as_run").net) > 1.0


# Null effect and swapped labels.


def test_without_an_effect_the_benefit_is_exactly_nothing_and_the_loss_exactly_the_cost() -> None:
    comparison = compared("effect=none")
    for each in comparison.arms:
        found = total(comparison, each.plan.name)
        assert found.benefit == 0.0
        assert found.net == -found.programme_cost
        assert not each.streams.benefit.any()
        assert np.array_equal(each.streams.npsv, -each.streams.programme_cost)
        assert np.array_equal(each.pair.arm.activity.proven_offences(), each.pair.comparator.activity.proven_offences())
    assert total(comparison, "as_run").programme_cost > 0.0


@pytest.mark.parametrize("settings", [(), ("appraisal.costing=inclusive",), ("appraisal.counting=multiplied",)])
def test_the_comparator_gains_and_costs_exactly_nothing(settings: tuple[str, ...]) -> None:
    comparison = compared(*settings)
    assert total(comparison, "no_iom") == Part(0.0, 0.0)
    assert not arm_of(comparison, "no_iom").streams.npsv.any()


def test_swapping_the_comparator_changes_every_sign_exactly() -> None:
    runs, tables = runs_with(), library()
    one, other = comparing.appraise(runs, tables, "no_iom"), comparing.appraise(runs, tables, "as_run")
    ahead, behind = arm_of(one, "as_run"), arm_of(other, "no_iom")
    assert np.array_equal(ahead.streams.npsv, -behind.streams.npsv)
    assert ahead.streams.npsv.any()
    for split in SPLITS.values():
        forth, back = parts_by(ahead.pair, one.factors, split), parts_by(behind.pair, other.factors, split)
        assert {name: Part(-part.programme_cost, -part.benefit) for name, part in back.items()} == forth


def test_a_comparator_that_is_not_an_arm_is_refused() -> None:
    with pytest.raises(KeyError, match="nobody"):
        comparing.appraise(runs_with(), library(), "nobody")


# Discounting.


def test_a_pound_in_the_third_year_is_discounted_twice_and_the_first_not_at_all() -> None:
    factors = discount_factors(0.035, 31)
    assert factors[0] == 1.0
    assert factors[2] == pytest.approx(1 / 1.035**2, rel=1e-15)
    assert factors[30] == pytest.approx(1.035**-30, rel=1e-13)


def test_at_a_rate_of_nothing_present_values_are_the_plain_sums_bit_for_bit() -> None:
    assert discount_factors(0.0, 40).tolist() == [1.0] * 40
    comparison = compared("appraisal.discount_rate=0")
    for each in comparison.arms:
        costs = each.pair.arm.costs
        plain = sum(line.quantity.sum(axis=1) * math.fsum(p.gbp for p in line.prices) for line in costs.lines)
        assert costs.by_replication(comparison.factors, lambda line: True) == pytest.approx(plain, rel=1e-12)
        cells = [cell.gbp for cell in costs.cells(comparison.factors)]
        assert cells == [cell.quantity * cell.price.gbp for cell in costs.cells(comparison.factors)]


def test_a_higher_rate_makes_present_values_smaller() -> None:
    costs = [total(compared(f"appraisal.discount_rate={rate}"), "as_run").programme_cost for rate in (0, 0.035, 0.1, 1)]
    assert costs == sorted(costs, reverse=True)
    assert len(set(costs)) == 4


def test_at_an_enormous_rate_only_the_first_year_counts() -> None:
    stream = np.array([100.0, 200.0, 300.0])
    assert present_value(stream, discount_factors(1e12, 3)) == pytest.approx(100.0, abs=1e-6)


def test_nominal_money_at_the_nominal_rate_is_real_money_at_the_real_rate() -> None:
    real, inflation = 0.035, 0.02
    stream = np.array([10.0, -20.0, 30.0, 40.0])
    nominal = stream * (1 + inflation) ** np.arange(4)
    rate = (1 + real) * (1 + inflation) - 1
    assert present_value(nominal, discount_factors(rate, 4)) == pytest.approx(
        present_value(stream, discount_factors(real, 4)), rel=1e-12
    )


def test_health_related_harm_at_the_lower_rate_is_a_sensitivity_that_changes_later_years_only() -> None:
    one_year = results_of(compared("appraisal.horizon_years=1"))
    for arm in one_year["arms"]:
        assert arm["npsv_with_health_discounting_gbp"] == pytest.approx(arm["npsv_gbp"], abs=PENNY)
    five = results_of(compared())
    moved = [abs(arm["npsv_with_health_discounting_gbp"] - arm["npsv_gbp"]) for arm in five["arms"][1:]]
    assert all(move > 1.0 for move in moved)


# The horizon.


def test_ten_years_cut_off_after_five_are_five_years() -> None:
    short, long = runs_with(), runs_with("appraisal.horizon_years=10")
    for one, other in zip(short.central, long.central, strict=True):
        # Whoever offends for the first time is counted in the year of it, so a longer horizon changes nothing before.
        assert np.array_equal(one.totals, other.totals[:, : one.years])
    longer = compared("appraisal.horizon_years=10")
    for name in ("as_run", "cut_a_quarter"):
        cells = arm_of(longer, name).pair.arm.costs.cells(longer.factors)
        first_five = math.fsum(cell.gbp for cell in cells if cell.year < 5)
        whole = math.fsum(cell.gbp for cell in arm_of(compared(), name).pair.arm.costs.cells(compared().factors))
        assert first_five == pytest.approx(whole, rel=1e-12)
        assert math.fsum(cell.gbp for cell in cells) > whole


# Ratios.


def test_npsv_is_benefit_less_cost_and_the_ratio_is_one_over_the_other() -> None:
    comparison = compared()
    for each in comparison.arms[1:]:
        found = total(comparison, each.plan.name)
        ratio = main_ratio(each, found, comparison.factors)
        assert found.net == found.benefit - found.programme_cost
        assert ratio.value == pytest.approx(found.benefit / found.programme_cost, rel=1e-12)
        assert ratio.denominator_gbp == pytest.approx(found.programme_cost, abs=PENNY)


TOP = np.array([10.0, 12.0, 11.0, 9.0])


def test_nothing_to_divide_by_gives_no_ratio() -> None:
    ratio = ratio_of(TOP, np.zeros(4), None, "cost")
    assert ratio.value is None
    assert ratio.reason == "no cost: there is nothing to divide by"


def test_a_denominator_whose_interval_reaches_zero_gives_no_ratio() -> None:
    ratio = ratio_of(TOP, np.array([-1.0, 2.0, 3.0, -0.5]), None, "cost")
    assert (ratio.value, ratio.interval, ratio.simulation_interval) == (None, None, None)
    assert "reaches zero" in str(ratio.reason)


def test_a_clear_denominator_gives_a_ratio_and_both_intervals_apart() -> None:
    bottom = np.array([5.0, 5.1, 4.9, 5.0])
    ratio = ratio_of(TOP, bottom, TOP + np.array([3.0, -3.0, 1.0, -1.0]), "cost")
    assert ratio.reason is None
    assert ratio.value == pytest.approx(TOP.mean() / bottom.mean())
    assert ratio.interval is not None
    assert ratio.simulation_interval is not None
    assert ratio.interval != ratio.simulation_interval


def test_a_cheaper_arm_saves_and_gives_up_in_words_and_has_no_ratio() -> None:
    runs = runs_with()
    comparison = comparing.appraise(runs, library(), "as_run")
    arm = next(arm for arm in results_of(comparison)["arms"] if arm["name"] == "cut_a_quarter")
    assert arm["benefit_per_pound"] is None
    assert f"saves £{-arm['programme_cost_gbp']:,.0f} of programme cost" in arm["ratio_reason"]
    gives_up = f"gives up £{-arm['benefit_gbp']:,.0f} of benefit (not cashable)"
    gains = f"gains £{arm['benefit_gbp']:,.0f} of benefit (not cashable)"
    assert (gives_up if arm["benefit_gbp"] < 0 else gains) in arm["ratio_reason"]


def test_programme_and_benefit_are_all_there_is() -> None:
    for line in compared().arms[1].pair.arm.costs.lines:
        assert is_programme(line) != is_benefit(line)


def test_a_change_is_the_mean_level_and_the_mean_difference() -> None:
    assert change(np.array([3.0, 5.0]), np.array([1.0, 1.0])) == (4.0, 3.0)


# Optimism bias: it never improves a line.


def test_no_bias_changes_nothing_and_a_cut_never_improves_a_line() -> None:
    pair = arm_of(compared(), "as_run").pair
    factors = compared().factors
    plain = parts_by(pair, factors, SPLITS["line"])
    assert parts_by(pair, factors, SPLITS["line"], Bias()) == plain
    cut = parts_by(pair, factors, SPLITS["line"], Bias(on_benefits=0.4))
    for name, part in plain.items():
        expected = 0.6 * part.benefit if part.benefit > 0.0 else part.benefit
        assert cut[name].benefit == pytest.approx(expected, rel=1e-9, abs=1e-6)
        assert cut[name].programme_cost == part.programme_cost


@pytest.mark.parametrize(("comparator", "factor"), [("no_iom", 1.25), ("as_run", 1.0)])
def test_an_uplift_raises_what_an_arm_costs_more_and_not_what_it_saves(comparator: str, factor: float) -> None:
    plain = comparing.appraise(runs_with(), library(), comparator)
    uplifted = comparing.appraise(runs_with("appraisal.optimism_bias=0.25"), library(), comparator)
    before, after = arm_of(plain, "cut_a_quarter"), arm_of(uplifted, "cut_a_quarter")
    for line in ("offender_manager_year", "place_year"):
        one, other = (parts_by(each.pair, plain.factors, SPLITS["line"], bias)[line] for each, bias in
                      ((before, plain.bias), (after, uplifted.bias)))  # fmt: skip
        assert other.programme_cost == pytest.approx(factor * one.programme_cost, rel=1e-12)
        assert other.benefit == one.benefit
    assert np.array_equal(before.streams.benefit, after.streams.benefit)


# Replications.


def test_the_first_replications_are_the_same_however_many_follow() -> None:
    few, more = runs_with(replications=2), runs_with(replications=3)
    for one, other in zip(few.central, more.central, strict=True):
        assert np.array_equal(one.totals, other.totals[:2])


def test_runs_extended_by_later_replications_are_the_longer_run() -> None:
    from simulator.experiment import Plan

    few, three = runs_with(replications=2), runs_with(replications=3)
    later = comparing.run(few.scenario, library(), 1, Plan(5, 1, workers=1), first=2)
    both = comparing.extended(few, later)
    for one, other in zip(both.central, three.central, strict=True):
        assert np.array_equal(one.totals, other.totals)
    assert both.drawn is not None
    assert three.drawn is not None
    for one, other in zip(both.drawn, three.drawn, strict=True):
        assert np.array_equal(one.totals, other.totals)
