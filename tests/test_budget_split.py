"""The best split of a budget over cohort types: what it buys, the best of all splits, and whether luck made it."""

from __future__ import annotations

import math
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from commands import Run
from hypothesis import given
from hypothesis import strategies as st
from split_budgets import SHORT, SMALL, loaded, plan, split, task, two_cohorts

import simulator.cli.funding  # noqa: F401  (registers the command)
from simulator.scenario.funding import places_of
from simulator.tables import InputProblems
from simulator.uncertainty import budget_split
from simulator.uncertainty.budget_split import (
    ALL_SPENT,
    BEST,
    PRESENT,
    best_by_total,
    central_blocks,
    chosen_splits,
    split_of,
    value_of,
)
from simulator.uncertainty.cohort_schemes import (
    Task,
    affordable_places,
    cohorts_of,
    in_proportion,
    levels_for,
    only,
    yearly_prices,
)
from simulator.uncertainty.funding_levels import Block, Effort

# What a budget buys.


def test_prices_of_a_year_are_those_of_the_table_in_the_price_base() -> None:
    scenario, library = loaded()
    prices = yearly_prices(scenario.arm("as_run").settings, library)
    factor = library.deflators.factor("2013/14", "2015/16")
    assert prices.place == pytest.approx(57_645 * factor / 18.8 + 500.0)
    assert prices.fixed == 50_000.0


@pytest.mark.parametrize("settings", [(), ("appraisal.price_base=2023/24",), ("programme.caseload=12",)])
def test_a_budget_buys_what_the_same_budget_of_a_scenario_buys(settings: tuple[str, ...]) -> None:
    for budget in (150_000.0, 300_000.0, 731_234.0):
        same, _ = loaded(*settings, f"programme.yearly_budget_gbp={budget}")
        assert task(*settings, budget=budget).affordable == places_of(same.arm("as_run").settings)


def test_selections_of_a_split_are_counted_by_year() -> None:
    found = split(*SHORT)
    assert plan(found, BEST).selections == 0.0
    present = plan(found, PRESENT)
    paid = math.fsum([present.fixed, *(share.cost for share in present.shares)])
    assert 0.0 < present.selections * found.prices.selection < paid / 2.0


def test_a_budget_buys_whole_places_with_fixed_costs_on_top() -> None:
    prices = budget_split.YearlyPrices(1000.0, 500.0)
    assert [affordable_places(budget, prices) for budget in (1000.0, 1999.0, 2000.0, 10_500.0)] == [1, 1, 2, 10]
    with pytest.raises(InputProblems, match=r"--split-budget 1000"):
        affordable_places(999.0, prices)
    with pytest.raises(InputProblems, match="costs nothing"):
        affordable_places(1499.0, budget_split.YearlyPrices(0.0, 500.0))


def test_spending_as_planned_costs_the_budget_each_year_and_the_fixed_costs() -> None:
    settings = ("programme.selection=0", "programme.start_year=0", *SHORT)
    found = split(*settings)
    mine = plan(found, PRESENT)
    years = 1.0 + 1.0 / 1.035
    cost = math.fsum([mine.fixed, *(share.cost for share in mine.shares)])
    assert cost == pytest.approx((found.spent(mine) + found.prices.fixed) * years, rel=1e-9)
    assert 0.0 <= found.budget - found.spent(mine) < found.prices.place
    assert mine.fixed == pytest.approx(50_000.0 * years)


whole = st.integers(0, 500)


@given(whole, st.lists(st.integers(0, 100), min_size=1, max_size=8).filter(any))
def test_places_in_proportion_add_up_and_miss_by_less_than_one(total: int, weights: list[int]) -> None:
    found = in_proportion(total, weights)
    assert sum(found) == total
    assert all(abs(each - total * weight / sum(weights)) < 1.0 for each, weight in zip(found, weights, strict=True))
    assert all(each == 0 for each, weight in zip(found, weights, strict=True) if not weight)


# Cohorts as schemes of their own.


def test_a_cohort_has_only_its_people_and_its_part_of_the_places_before() -> None:
    scenario, _ = loaded()
    cohorts = cohorts_of(scenario)
    assert [cohort.name for cohort in cohorts] == [
        "High Impact", "Burglary Dwelling", "Domestic Violence", "Prolific Intensive", "MARAC",
    ]  # fmt: skip
    assert [cohort.people for cohort in cohorts] == [16, 37, 22, 6, 13]
    assert sum(cohort.present for cohort in cohorts) == places_of(scenario.baseline) == 94
    mine = task()
    for number, cohort in enumerate(cohorts):
        own = only(scenario, cohort)
        assert {row.cohort for row in own.cohort} == {cohort.name}
        assert own.published_people == cohort.people
        assert cohort.pool == 6 * cohort.people
        assert places_of(mine.scheme(number, [1]).baseline) == cohort.present


def test_levels_reach_to_the_budget_or_the_pool_and_hold_the_present_share() -> None:
    (first, *_) = cohorts_of(loaded()[0])
    assert levels_for(40, first, 7) == (2, 4, 6, 7, *range(8, 41, 2))
    assert max(levels_for(500, first, 7)) == first.pool == 96
    assert max(levels_for(500, first, 120)) == 120


def test_one_cohort_type_is_said_kindly(run: Run) -> None:
    answer = run("funding", "leeds", "--split-budget", "400000")
    assert answer.code == 2
    assert "one cohort type only" in answer.err and "funding curve" in answer.err


def test_cohorts_are_different_people_with_luck_of_their_own(tmp_path: Path) -> None:
    mine = task(*SHORT, "programme.start_year=0", name=two_cohorts(tmp_path, 1.0, 1.0), budget=100_000.0)
    one, two = central_blocks(mine, SMALL._replace(replications=4), None)
    assert one.benefit.shape == two.benefit.shape
    assert abs(np.corrcoef(one.benefit[-1], two.benefit[-1])[0, 1]) < 0.25
    assert np.corrcoef(one.benefit[-1], one.benefit[-2])[0, 1] > 0.5


# The best of all splits.

options = st.dictionaries(st.integers(1, 6), st.floats(-100.0, 100.0), max_size=4).map(lambda each: {0: 0.0, **each})


@given(st.lists(options, min_size=1, max_size=4), st.integers(0, 12))
def test_the_best_of_every_total_is_that_of_trying_everything(values: list[dict[int, float]], most: int) -> None:
    found = best_by_total(values, most)
    tried: dict[int, float] = {}
    for each in product(*values):
        if sum(each) <= most:
            tried[sum(each)] = max(tried.get(sum(each), -math.inf), value_of(each, values))
    assert set(found) == set(tried)
    for total, best in found.items():
        assert sum(best) == total
        assert value_of(best, values) == pytest.approx(tried[total], abs=1e-9)


@given(st.lists(options, min_size=1, max_size=4), st.integers(0, 12), st.floats(0.0, 50.0))
def test_money_left_is_never_worse_than_everything_spent(
    values: list[dict[int, float]], most: int, fixed: float
) -> None:
    found = chosen_splits(values, most, fixed)
    net = {name: value_of(each, values) - (fixed if any(each) else 0.0) for name, each in found.items()}
    assert net[BEST] >= max(net[ALL_SPENT], 0.0)
    assert sum(found[BEST]) <= sum(found[ALL_SPENT]) <= most


def test_where_every_place_loses_the_best_is_to_spend_nothing() -> None:
    values = [{0: 0.0, 5: -10.0, 10: -30.0}, {0: 0.0, 5: -20.0, 10: -25.0}]
    assert chosen_splits(values, 10, 0.0) == {ALL_SPENT: (0, 10), BEST: (0, 0)}
    values = [{0: 0.0, 5: 12.0, 10: 8.0}, {0: 0.0, 5: -20.0}]
    assert chosen_splits(values, 10, 10.0)[BEST] == (5, 0)
    assert chosen_splits(values, 10, 13.0)[BEST] == (0, 0)


def test_with_no_effect_nothing_is_spent_and_every_split_loses_its_cost() -> None:
    found = split("effect=none", *SHORT)
    assert plan(found, BEST).places == 0
    assert (plan(found, BEST).npsv, plan(found, BEST).fixed) == (0.0, 0.0)
    for each in found.plans:
        assert not any(share.benefit for share in each.shares)
        assert each.npsv == pytest.approx(-math.fsum([each.fixed, *(share.cost for share in each.shares)]))
        assert {share.chance_pays for share in each.shares if share.places} <= {0.0}
    assert plan(found, BEST).beats_present == 1.0


def test_people_who_never_offend_get_nothing(tmp_path: Path) -> None:
    strong = ("effect.occasions_ratio=0.05", "effect.custody_ratio=1", "programme.start_year=0", *SHORT)
    name = two_cohorts(tmp_path, 8.0, 0.0)
    found = split(*strong, name=name, budget=90_000.0, effort=SMALL._replace(draws=0))
    best, present = plan(found, BEST), plan(found, PRESENT)
    assert [share.places for share in best.shares][1] == 0
    assert [share.places for share in present.shares] == [6, 6] or present.places == found.affordable
    assert best.shares[0].npsv > 0.0
    assert best.over_present > 3.0 * best.over_present_noise > 0.0


def test_the_whole_is_the_sum_of_its_cohorts_less_the_fixed_costs_once() -> None:
    for each in split(*SHORT).plans:
        assert each.npsv == pytest.approx(math.fsum(share.npsv for share in each.shares) - each.fixed, abs=1e-6)
        assert each.over_present == pytest.approx(each.npsv - plan(split(*SHORT), PRESENT).npsv, abs=1e-6)
    assert [share.places for share in plan(split(*SHORT), PRESENT).shares] == list(task(*SHORT).present)
    assert plan(split(*SHORT), PRESENT).places == split(*SHORT).affordable


def test_splits_are_measured_on_other_runs_than_those_that_chose_them(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = task(*SHORT, "programme.start_year=0")
    effort = SMALL._replace(draws=0)

    def made(task: Task, effort: Effort, progress: object) -> list[Block]:
        """Each cohort gains a million pounds at every level in the first half of the runs, and nothing in the other."""
        lucky = np.arange(effort.central) < effort.central // 2
        found = []
        for levels in task.levels:
            zero = np.zeros((len(levels) + 1, effort.central))
            gain = zero + 1e6 * lucky * (np.arange(len(levels) + 1) > 0)[:, None]
            found.append(Block(gain, zero, zero, zero, zero, zero, zero))
        return found

    monkeypatch.setattr(budget_split, "central_blocks", made)
    best = plan(split_of(mine, effort), BEST)
    assert best.places > 0
    assert best.npsv == 0.0
