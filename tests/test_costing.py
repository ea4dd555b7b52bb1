"""Activity times prices: the reports' own sums, one price at a time, and nothing twice."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from priced import amounts, priced, with_burglaries, with_custody_days
from small_runs import compared, library, runs_with, write_scenario

from simulator.appraisal import comparison as comparing
from simulator.cli.loading import load
from simulator.costing.lines import CRIME, JUSTICE, PROGRAMME, SECTIONS, SUPERVISION, Costs, DoubleCount, Line
from simulator.quantities import Standing
from simulator.scenario.records import Settings
from simulator.tables import InputProblems

# The reports' own worked examples.


@pytest.mark.parametrize(("count", "pounds"), [(75, 444_750), (10, 59_300)])
def test_bedfordshire_prices_75_and_10_burglaries_at_5930_each(count: int, pounds: int) -> None:
    costs = priced(with_burglaries(count), "appraisal.costing=inclusive")
    assert amounts(costs)["domestic_burglary"] == pytest.approx(pounds, abs=0.005)
    assert round(amounts(costs)["domestic_burglary"]) == pounds


def test_bedfordshire_s_fall_from_75_to_10_burglaries_saves_385450() -> None:
    before = amounts(priced(with_burglaries(75), "appraisal.costing=inclusive"))
    after = amounts(priced(with_burglaries(10), "appraisal.costing=inclusive"))
    assert round(before["domestic_burglary"] - after["domestic_burglary"], 2) == 385_450


@pytest.mark.parametrize(("days", "pounds"), [(178, 12_195), (119, 8_152)])
def test_bedfordshire_s_offender_a_costs_whole_pounds_for_178_and_119_days(days: int, pounds: int) -> None:
    costs = priced(with_custody_days(days), "appraisal.price_base=2018/19")
    assert math.floor(amounts(costs)["custody_day"]) == pounds


def test_only_a_day_between_68_511_and_68_513_gives_both_of_offender_a_s_amounts() -> None:
    rates = [ten_thousandths / 10_000 for ten_thousandths in range(600_000, 800_000)]
    both = [rate for rate in rates if math.floor(178 * rate) == 12_195 and math.floor(119 * rate) == 8_152]
    row = library().justice["custody_day_bedfordshire"]
    assert row.low is not None and row.high is not None
    assert row.low < both[0] and both[-1] < row.high
    assert both[0] <= row.value <= both[-1]
    assert both[-1] - both[0] < row.high - row.low == pytest.approx(0.002)


# One price at a time.


def test_doubling_one_unit_cost_doubles_that_line_and_moves_nothing_else() -> None:
    plain, doubled = compared(), compared("horr99.domestic_burglary=11860")
    for before, after in zip(plain.arms, doubled.arms, strict=True):
        assert np.array_equal(before.pair.arm.activity.totals, after.pair.arm.activity.totals)
        was, now = amounts(before.pair.arm.costs, plain.factors), amounts(after.pair.arm.costs, doubled.factors)
        assert was["domestic_burglary"] > 0.0
        assert now.pop("domestic_burglary") == 2.0 * was.pop("domestic_burglary")
        assert now == was


def test_doubling_a_unit_cost_in_the_library_is_the_same_as_on_the_command_line() -> None:
    changed = library().with_cost("horr99.domestic_burglary", 11_860.0)
    by_hand = comparing.appraise(runs_with(), changed)
    by_setting = compared("horr99.domestic_burglary=11860")
    for one, other in zip(by_hand.arms, by_setting.arms, strict=True):
        assert np.array_equal(one.streams.npsv, other.streams.npsv)


@pytest.mark.parametrize("name", ["justice.custody_day_bedfordshire", "justice.arrest_detained", "justice.court_event"])
def test_doubling_a_justice_cost_doubles_its_line_only(name: str) -> None:
    value = library().justice[name.partition(".")[2]].value
    was = amounts(compared().arms[1].pair.arm.costs, compared().factors)
    doubled = compared(f"{name}={2 * value!r}")
    now = amounts(doubled.arms[1].pair.arm.costs, doubled.factors)
    moved = [line for line in was if now[line] != was[line]]
    assert len(moved) == 1
    assert now[moved[0]] == 2.0 * was[moved[0]] > 0.0


def free_of_charge(settings: Settings) -> Settings:
    quantities = {
        name: replace(each, value=0.0, low=None, high=None, standing=Standing.CHOICE)
        if name.startswith("costs.")
        else each
        for name, each in settings.quantities.items()
    }
    return replace(settings, quantities=quantities)


def test_all_unit_costs_zero_make_all_costs_zero() -> None:
    tables = library()
    for name in tables.cost_names():
        if not name.startswith("appraisal."):
            tables = tables.with_cost(name, 0.0)
    runs = runs_with()
    arms = tuple(replace(arm, settings=free_of_charge(arm.settings)) for arm in runs.scenario.arms)
    free = comparing.appraise(replace(runs, scenario=replace(runs.scenario, arms=arms)), tables)
    for each in free.arms:
        assert set(amounts(each.pair.arm.costs, free.factors).values()) == {0.0}
        assert not each.streams.npsv.any()
        assert each.pair.arm.activity.proven_offences().sum() > 0.0


def test_a_scheme_without_any_cost_is_refused() -> None:
    names = [f"programme.{name}=0" for name in ("offender_manager_year", "place_year", "selection", "fixed_year")]
    with pytest.raises(InputProblems, match="places without cost"):
        load(["bedfordshire"], names)


def test_a_cost_set_by_hand_counts_even_where_the_scenario_states_its_own(tmp_path: Path) -> None:
    own = "{value: 10, range: [5, 20], standing: assumed, why: mine, price_year: 2015/16}"
    path = write_scenario(tmp_path, f"extends: bedfordshire\ntitle: t\nwhy: w\ncosts:\n  place_year: {own}\n")
    (stated,), _ = load([path], [])
    (changed,), _ = load([path], ["programme.place_year=77"])
    assert stated.baseline.value("costs.place_year") == 10.0
    assert changed.baseline.value("costs.place_year") == 77.0


def test_every_price_is_its_figure_times_the_deflator() -> None:
    tables, base = library(), "2023/24"
    costs = compared(f"appraisal.price_base={base}").arms[1].pair.arm.costs
    plain = compared().arms[1].pair.arm.costs
    for line, before in zip(costs.lines, plain.lines, strict=True):
        for price, old in zip(line.prices, before.prices, strict=True):
            year = price.source.price_year
            assert year is not None
            index = tables.deflators.index
            assert price.gbp == pytest.approx(price.source.value * index[base] / index[year], rel=1e-12)
            assert price.gbp == pytest.approx(old.gbp * index[base] / index["2015/16"], rel=1e-12)


def test_the_price_base_moves_every_total_by_one_factor() -> None:
    factor = library().deflators.factor("2015/16", "2023/24")
    for before, after in zip(compared().arms, compared("appraisal.price_base=2023/24").arms, strict=True):
        assert after.streams.npsv == pytest.approx(before.streams.npsv * factor, rel=1e-9)


# Nothing twice.


def test_a_response_part_beside_separate_arrests_is_refused() -> None:
    inclusive = priced(with_burglaries(1), "appraisal.costing=inclusive")
    explicit = priced(with_burglaries(1))
    arrests = next(line for line in explicit.lines if line.section == JUSTICE)
    supervision = next(line for line in explicit.lines if line.section == SUPERVISION)
    for line in (arrests, supervision):
        with pytest.raises(DoubleCount, match="same pounds"):
            Costs("twice", (*inclusive.lines, line))


def test_explicit_costing_leaves_the_response_part_out_and_inclusive_counts_nothing_separately() -> None:
    inclusive = priced(with_burglaries(1), "appraisal.costing=inclusive")
    explicit = priced(with_burglaries(1))
    assert {line.section for line in inclusive.lines} == {CRIME, PROGRAMME}
    assert {line.section for line in explicit.lines} == set(SECTIONS)
    parts = {price.part for line in explicit.lines if line.section == CRIME for price in line.prices}
    assert "response" not in parts
    response = math.fsum(
        part.value for part in library().crime["horr99"].parts["domestic_burglary"] if part.part == "response"
    )
    left = amounts(explicit)["domestic_burglary"]
    assert left + response == pytest.approx(5930, abs=0.005)
    assert response > 0.0


@pytest.mark.parametrize("costing", ["explicit", "inclusive"])
def test_every_line_is_in_one_category_and_every_price_has_one_bearer(costing: str) -> None:
    costs = compared(f"appraisal.costing={costing}").arms[1].pair.arm.costs
    assert max(Counter(line.name for line in costs.lines).values()) == 1
    for line in costs.lines:
        assert line.section in SECTIONS
        assert (line.offence_type is not None) == (line.section == CRIME)
        assert max(Counter((price.part, price.kind, price.agency) for price in line.prices).values()) == 1
        for price in line.prices:
            assert price.kind in ("fiscal", "economic", "social")
            assert price.agency
            assert price.cashable == (line.section == PROGRAMME)


def test_anticipation_costs_can_be_left_out() -> None:
    anticipation = math.fsum(
        part.value for part in library().crime["horr99"].parts["domestic_burglary"] if part.part == "anticipation"
    )
    whole = amounts(priced(with_burglaries(1)))["domestic_burglary"]
    without = amounts(priced(with_burglaries(1), "appraisal.anticipation=exclude"))["domestic_burglary"]
    assert anticipation > 0.0
    assert whole - without == pytest.approx(anticipation, rel=1e-12)


# A table that can be taken apart.


def test_the_table_of_costs_adds_up_and_names_a_source_on_every_row() -> None:
    comparison = compared()
    costs = comparison.arms[1].pair.arm.costs
    frame = costs.frame(comparison.factors)
    assert frame["present_value_gbp"].sum() == pytest.approx(math.fsum(amounts(costs, comparison.factors).values()))
    assert (frame["standing"] != "").all()
    assert ((frame["source"] != "") | (frame["standing"].isin(["assumed", "choice"]))).all()


def test_a_line_without_prices_costs_nothing() -> None:
    costs = Costs("made", (Line("thing", CRIME, "crimes", np.ones((2, 3)), ()),))
    assert costs.by_replication(np.ones(3), lambda line: True).tolist() == [0.0, 0.0]
    assert replace(costs, arm="other").cells(np.ones(3)) == []
