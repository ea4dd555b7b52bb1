"""The bridge from Sussex's £1.59 to today's answer: the steps add up, and the solved cost gives the published figure."""

from __future__ import annotations

import functools
import json
import math
import shlex
from itertools import count, pairwise, permutations
from pathlib import Path

import numpy as np
import pytest
from commands import Run
from hypothesis import given
from hypothesis import strategies as st
from small_runs import compared, library

from simulator.evaluation import bridge_readings, bridge_steps
from simulator.evaluation.bridge import Bridge, bridge_of, line_of, work_in
from simulator.evaluation.bridge_prices import Point, Prices, State, per_conviction
from simulator.evaluation.bridge_readings import appraised_with, report_state
from simulator.evaluation.bridge_runs import FITTED, LIVES, PREDICTED, simulated, sussex
from simulator.evaluation.bridge_steps import FACTORS, moved, on_grid, order_free, states_between, steps_between
from simulator.experiment import Plan
from simulator.model import measures
from simulator.report.bridge import bridge_document, bridge_rows, bridge_text, step_table, waterfall

REPLICATIONS, SEED = 10, 1
GOLDEN = Path(__file__).parent / "golden" / "bridge.txt"


@functools.cache
def bridge() -> Bridge:
    return bridge_of(library(), REPLICATIONS, SEED)


@functools.cache
def prices() -> Prices:
    return Prices(simulated(sussex(library()), library(), 3, Plan(0, SEED)), library())


START = State("fitted", "a", "a", "t", "c", "i", 0.0, 5, "s")
END = State("fitted", "b", "b", "u", "d", "e", 0.1, 6, "t")


# The steps.


def test_the_published_figure_and_the_steps_add_up_to_todays_ratio_exactly() -> None:
    found = bridge()
    assert found.first_ratio == 1.59
    assert math.fsum([found.first_ratio, *(step.contribution for step in found.steps)]) == found.last_ratio
    ratios = [found.first_ratio, *(step.ratio for step in found.steps)]
    assert [step.contribution for step in found.steps] == [after - before for before, after in pairwise(ratios)]


@pytest.mark.parametrize("seed", [0, 2, 3])
def test_the_steps_add_up_exactly_with_any_luck(seed: int) -> None:
    found = bridge_of(library(), 2, seed)
    assert math.fsum([found.first_ratio, *(step.contribution for step in found.steps)]) == found.last_ratio


def test_the_bridge_ends_where_compare_does() -> None:
    arm = next(each for each in compared(name="sussex", replications=REPLICATIONS).arms if each.plan.name == "as_run")
    there = float(arm.streams.benefit.mean()) / float(arm.streams.programme_cost.mean())
    assert bridge().last_ratio == pytest.approx(there, rel=1e-12)
    assert bridge().steps[-1].npsv_gbp == pytest.approx(float(arm.streams.npsv.mean()), rel=1e-12)
    assert bridge().last.interval is not None
    assert bridge().last.interval != bridge().last.simulation_interval


def test_one_thing_changes_at_a_time_and_all_have_changed_at_the_end() -> None:
    states = states_between(START, END)
    assert (states[0], states[-1]) == (START, END)
    for factor, (before, after) in zip(FACTORS, pairwise(states), strict=True):
        assert {name for name in State._fields if getattr(before, name) != getattr(after, name)} <= set(factor.fields)
    assert {name for factor in FACTORS for name in factor.fields} == set(State._fields)


def test_a_step_that_changes_nothing_adds_exactly_nothing() -> None:
    steps = {step.name: step for step in bridge().steps}
    for name in ("counting", "horizon"):
        assert steps[name].before == steps[name].after
        assert (steps[name].contribution, steps[name].order_free, steps[name].half_width) == (0.0, 0.0, 0.0)
    here = steps["costing"].after

    def point(state: State) -> Point:
        return prices().point(here, 1.0)

    null = steps_between(point, lambda state: point(state).ratio, here, here)
    assert [(step.contribution, step.order_free) for step in null] == [(0.0, 0.0)] * len(FACTORS)


def test_steps_that_do_not_add_up_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge_steps, "order_free", lambda ratio, start, end: {each.name: 0.0 for each in FACTORS})
    ratios = (float(number * number) for number in count())
    here = prices().point(bridge().reading.state, 1.0)
    with pytest.raises(ArithmeticError, match="do not add up"):
        steps_between(lambda state: here, lambda state: next(ratios), START, END)


# In any order.


def test_the_order_free_contributions_add_up_to_the_same_difference() -> None:
    found = bridge()
    whole = math.fsum(step.order_free for step in found.steps)
    assert whole == pytest.approx(found.last_ratio - found.first_ratio, abs=1e-12)
    assert any(abs(step.order_free - step.contribution) > 0.1 for step in found.steps)


@given(st.lists(st.floats(-5.0, 5.0), min_size=16, max_size=16))
def test_order_free_contributions_are_the_mean_over_every_order(values: list[float]) -> None:
    moving = FACTORS[:4]
    end = moved(START, END, moving)

    def ratio(state: State) -> float:
        changed = [factor for factor in moving if moved(state, end, [factor]) == state]
        return values[sum(2 ** moving.index(factor) for factor in changed)]

    found = order_free(ratio, START, end)
    for factor in moving:
        adds = []
        for order in permutations(moving):
            done = order[: order.index(factor)]
            adds.append(ratio(moved(START, end, [*done, factor])) - ratio(moved(START, end, done)))
        assert found[factor.name] == pytest.approx(sum(adds) / len(adds), abs=1e-12)
    assert math.fsum(found.values()) == pytest.approx(values[-1] - values[0], abs=1e-12)


@given(st.lists(st.floats(-0.9, 0.9), min_size=8, max_size=8))
def test_differences_on_the_grid_add_up_to_the_last_bit(ratios: list[float]) -> None:
    kept = [on_grid(each) for each in ratios]
    steps = [after - before for before, after in pairwise(kept)]
    assert math.fsum([kept[0], *steps]) == kept[-1]


# The solved programme cost.


def test_every_reading_gives_the_published_ratio_when_it_is_appraised() -> None:
    for reading in bridge().readings:
        assert reading.checked_ratio == pytest.approx(1.59, abs=1e-9)
    assert len(bridge().readings) == 16


def test_a_cost_that_does_not_give_the_published_ratio_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge_readings, "checked_ratio", lambda *given: 1.6)
    with pytest.raises(ArithmeticError, match=r"gives 1\.6, not 1\.59"):
        bridge_of(library(), 1, SEED)


def test_an_end_that_is_not_the_appraisals_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    other = bridge().last
    monkeypatch.setattr("simulator.evaluation.bridge.todays_ratio", lambda *given: other)
    with pytest.raises(ArithmeticError, match="the bridge ends at"):
        bridge_of(library(), 2, SEED)


def test_another_cost_does_not_give_the_published_ratio() -> None:
    start = report_state(5)
    gbp = prices().solved_cost(start, 1.59)
    streams = appraised_with(prices(), start, 2.0 * gbp, SEED).streams
    assert float(streams.benefit.mean()) / float(streams.programme_cost.mean()) == pytest.approx(1.59 / 2.0)


def test_the_command_that_it_prints_gives_the_published_ratio(run: Run) -> None:
    command = bridge_document(bridge())["programme_cost"]["check"]
    words = shlex.split(command)[2:]
    exact = [f"programme.place_year={bridge().gbp_to_set!r}" if "place_year" in word else word for word in words]
    answer = run(*exact, "--format", "json")
    arm = next(each for each in json.loads(answer.out)["arms"] if each["name"] == "as_run")
    assert arm["benefit_per_pound"] == pytest.approx(1.59, abs=1e-9)


def test_the_solved_cost_is_brought_to_later_prices_by_the_deflator() -> None:
    start = report_state(5)
    later = start._replace(table="horr99")
    factor = library().deflators.factor("2010/11", "2015/16")
    assert prices().point(later, 1.0).cost == pytest.approx(prices().point(start, 1.0).cost * factor)


def test_only_place_years_are_paid_for_at_the_solved_cost() -> None:
    start = report_state(5)
    assert prices().point(start, 7.0).cost == pytest.approx(np.full(3, 7.0 * 5 * 482))
    assert prices().place_years(5) == 5 * 482


def test_readings_differ_by_counting_unit_in_the_order_that_they_must() -> None:
    cost = {
        each.state.counting: each.gbp_per_place_year
        for each in bridge().readings
        if each.state.level == FITTED and each.state.discount_rate == 0.0
    }
    assert cost["conviction"] < cost["proven"] < cost["recorded"] < cost["multiplied"]
    assert cost["multiplied"] == pytest.approx(cost["recorded"] * library().appraisal["recorded_per_proven"].value)


def test_one_offence_is_counted_for_each_conviction() -> None:
    activity = prices().runs.managed[LIVES[0]]
    made = per_conviction(activity)
    assert made.offences.sum(axis=-1) == pytest.approx(activity.totals[..., measures.ARRESTS])
    assert made.proven_offences().sum() < 0.6 * activity.proven_offences().sum()
    assert np.array_equal(made.by_year(measures.CUSTODY_YEARS), activity.by_year(measures.CUSTODY_YEARS))


def test_the_predictions_people_offend_more_and_are_managed_throughout() -> None:
    runs = prices().runs
    offending = {level: activity.by_year(measures.ARRESTS)[:, :5].sum() for level, activity in runs.without.items()}
    assert offending[PREDICTED] > 2.0 * offending[FITTED]
    assert bridge().level_ratio == pytest.approx(0.882 / 0.22)


def test_the_78_percent_carries_most_of_the_published_figure_in_every_reading() -> None:
    found = bridge()
    shares = [1.0 - each.matched_ratio / found.first_ratio for each in found.readings]
    assert min(shares) > 0.7
    assert shares[0] == pytest.approx(-found.steps[0].contribution / found.first_ratio)


# Anchors, horizons, the record.


def test_the_anchors_are_those_of_the_cost_tables_in_the_reports_prices() -> None:
    press, bottom_up = bridge().anchors
    assert (press.low, press.high) == (560.0, 1280.0)
    assert (bottom_up.low, bottom_up.high) == (38.43 * 1500 / 20, 38.43 * 1500 / 15)
    for each in (press, bottom_up):
        factor = library().deflators.factor(each.price_year, "2010/11")
        assert (each.low_then, each.high_then) == (each.low * factor, each.high * factor)
    assert press.holds(1000.0) and not bottom_up.holds(1000.0)


def test_over_five_years_both_ends_are_those_of_the_bridge() -> None:
    row = {each.years: each for each in bridge().horizons}
    assert row[5].report == pytest.approx(1.59)
    assert row[5].today == pytest.approx(bridge().last_ratio)
    assert set(row) == {1, 5, 10}
    assert row[10].today != pytest.approx(row[5].today)


def test_the_figure_of_the_report_is_a_line_beside_the_others() -> None:
    line = line_of(bridge())
    assert (line.figure, line.reported, line.role) == ("sussex_2013.benefit_per_pound", 1.59, "fitted")
    assert line.simulated == pytest.approx(1.59, abs=1e-9)
    assert line.standard_error is not None and line.standard_error > 0.0


def test_progress_counts_every_run() -> None:
    done: list[int] = []
    bridge_of(library(), 2, SEED, progress=done.append)
    assert sum(done) == work_in(2)


# What is shown.


def test_the_document_is_plain_json_even_from_one_replication() -> None:
    one = bridge_document(bridge_of(library(), 1, SEED))
    said = json.dumps(one, allow_nan=False)
    assert json.loads(said)["steps"][1]["half_width"] is None
    assert "–" in bridge_text(one)


def test_the_rows_add_up_and_name_their_prices() -> None:
    rows = bridge_rows(bridge_document(bridge()))
    assert math.fsum([rows[0]["ratio"], *(row["contribution"] for row in rows[1:])]) == rows[-1]["ratio"]
    assert [row["price_year"] for row in rows] == ["2010/11"] * 3 + ["2015/16"] * 6


def test_the_text_says_how_much_rests_on_the_78_percent() -> None:
    text = bridge_text(bridge_document(bridge()))
    assert "rests on taking the 78% at face value" in " ".join(text.split())
    for word in ("proves", "no effect", "saves £"):
        assert word not in text


def test_the_bridge_reads_as_it_did() -> None:
    document = bridge_document(bridge())
    assert f"{waterfall(document)}\n\n{step_table(document)}\n" == GOLDEN.read_text("utf-8")
