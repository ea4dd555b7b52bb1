"""The financial case in cash: budget years, inflation, agencies, and what is cashable."""

from __future__ import annotations

import itertools
import json
import math
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from case_answers import made
from hypothesis import given
from hypothesis import strategies as some
from small_runs import arm_of, compared, library, scenario_with

from simulator.appraisal.cash import Inflation, anniversary, budget_parts, budget_year_of, days_in, faster
from simulator.appraisal.comparison import Comparison
from simulator.appraisal.results import parts_by
from simulator.quantities import financial_year
from simulator.report.budget import budget_document
from simulator.report.named import named, pieces
from simulator.tables.deflators import Deflators

INFLATION = library().appraisal["inflation_beyond_deflators"]

AMOUNTS = ("programme_cost_gbp", "cashable_benefit_gbp", "to_be_found_gbp", "capacity_released_gbp")
STARTS = some.dates(date(1950, 1, 1), date(2150, 12, 31))
YEARS = [financial_year(year) for year in range(1999, 2040)]


def with_deflators(comparison: Comparison, index: dict[str, float], starts: date | None = None) -> dict[str, Any]:
    """The budget of a comparison, priced as it was, on another path of inflation and perhaps from another day on."""
    scenario = comparison.runs.scenario
    moved = replace(comparison.runs, scenario=replace(scenario, starts=starts or scenario.starts))
    deflators = replace(comparison.library, deflators=Deflators(index, comparison.library.deflators.source))
    return budget_document(replace(comparison, runs=moved, library=deflators))


def arm(budget: dict[str, Any], name: str = "as_run") -> dict[str, Any]:
    (found,) = [each for each in budget["arms"] if each["name"] == name]
    return found


def undiscounted(comparison: Comparison, name: str, key: Any) -> Any:
    return parts_by(arm_of(comparison, name).pair, np.ones(len(comparison.factors)), key, comparison.bias)


# Budget years.


@given(STARTS, some.integers(1, 12))
def test_the_parts_of_model_years_tile_the_time(starts: date, years: int) -> None:
    parts = budget_parts(starts, years)
    assert sum(part.days for part in parts) == (anniversary(starts, years) - starts).days
    for year in range(years):
        shares = [part.share for part in parts if part.year == year]
        assert len(shares) <= 2 and math.fsum(shares) == pytest.approx(1.0, abs=1e-15)
    day = starts
    for part in parts:
        assert budget_year_of(day) == part.budget_year == budget_year_of(day + timedelta(days=part.days - 1))
        day += timedelta(days=part.days)


@pytest.mark.parametrize(
    ("day", "year"),
    [("2019-03-31", "2018/19"), ("2019-04-01", "2019/20"), ("2020-01-01", "2019/20"), ("1999-12-31", "1999/00")],
)
def test_a_budget_year_runs_from_april_to_march(day: str, year: str) -> None:
    assert budget_year_of(date.fromisoformat(day)) == year


def test_from_the_first_of_april_each_model_year_is_one_budget_year() -> None:
    parts = budget_parts(date(2019, 4, 1), 4)
    assert [(part.budget_year, part.days, part.share) for part in parts] == [
        ("2019/20", 366, 1.0), ("2020/21", 365, 1.0), ("2021/22", 365, 1.0), ("2022/23", 365, 1.0),
    ]  # fmt: skip


def test_a_leap_day_has_an_anniversary_every_year() -> None:
    assert [anniversary(date(2020, 2, 29), year).isoformat() for year in (0, 1, 4)] == [
        "2020-02-29", "2021-02-28", "2024-02-29",
    ]  # fmt: skip


def test_days_of_a_budget_year_know_leap_years() -> None:
    assert [days_in(year) for year in ("2018/19", "2019/20", "2023/24")] == [365, 366, 366]


# Inflation.


@given(some.floats(-0.05, 0.2), some.integers(-20, 40))
def test_outside_the_table_prices_move_at_the_assumed_rate(rate: float, years: int) -> None:
    inflation = Inflation(Deflators({"2015/16": 80.0}), "2015/16", rate)
    assert inflation.factor(financial_year(2015 + years)) == pytest.approx((1.0 + rate) ** years, rel=1e-12)


def test_within_the_table_prices_follow_the_deflators() -> None:
    inflation = Inflation(library().deflators, "2015/16", 0.5)
    assert inflation.factor("2015/16") == 1.0
    assert inflation.factor("2023/24") == library().deflators.factor("2015/16", "2023/24")
    assert inflation.factor("2025/26") == pytest.approx(inflation.factor("2023/24") * 1.5**2)
    assert [inflation.is_in_table(year) for year in ("1998/99", "1999/00", "2023/24", "2024/25")] == [
        False, True, True, False,
    ]  # fmt: skip


@given(some.lists(some.floats(0.5, 2.0), min_size=1, max_size=10))
def test_no_point_more_changes_no_factor(factors: list[float]) -> None:
    assert faster(factors, 0.0) == pytest.approx(factors)


def test_a_point_more_is_a_point_a_year_from_the_second_year_on() -> None:
    assert faster([2.0, 2.0, 2.2], 0.01) == pytest.approx([2.0, 2.0 * 1.01, 2.0 * 1.01 * 1.11])


def test_the_reason_for_the_assumed_rate_holds() -> None:
    index = library().deflators.index
    yearly = {year: index[year] / index[before] - 1.0 for before, year in itertools.pairwise(sorted(index))}
    twenty = (index["2019/20"] / index["1999/00"]) ** (1 / 20) - 1.0
    five = (index["2023/24"] / index["2018/19"]) ** (1 / 5) - 1.0
    assert max(index) == "2023/24" and min(yearly, key=yearly.__getitem__) == "2015/16"
    said = (f"{twenty:.1%}", f"({yearly['2015/16']:.1%}, 2015/16)", f"({five:.1%})")
    assert all(words in INFLATION.why for words in said), said
    assert (INFLATION.low, INFLATION.value, INFLATION.high) == (0.01, 0.02, 0.04)
    assert round(twenty, 2) == INFLATION.value and round(yearly["2015/16"], 2) == INFLATION.low == 0.01
    assert round(five, 2) == INFLATION.high


# Cash.


@pytest.mark.parametrize("name", ["as_run", "cut_a_quarter"])
def test_with_no_inflation_cash_is_the_undiscounted_cost_of_the_comparison_to_the_bit(name: str) -> None:
    found = compared()
    mine = arm(with_deflators(found, dict.fromkeys(YEARS, 1.0)), name)
    by_year = undiscounted(found, name, lambda cell: (cell.year, cell.price.kind))
    for place, row in enumerate(mine["by_year"]):
        assert row["programme_cost_gbp"] == by_year[place, "fiscal"].programme_cost
        assert row["capacity_released_gbp"] == by_year[place, "fiscal"].benefit
    by_agency = undiscounted(found, name, lambda cell: (cell.year, cell.price.agency, cell.price.kind))
    for each in mine["by_agency"]:
        for place, row in enumerate(each["by_year"]):
            part = by_agency[place, each["agency"], "fiscal"]
            assert (row["programme_cost_gbp"], row["capacity_released_gbp"]) == (part.programme_cost, part.benefit)
    by_line = undiscounted(found, name, lambda cell: (cell.year, cell.line.name))
    for each in mine["by_line"]:
        for place, row in enumerate(each["by_year"]):
            assert row["programme_cost_gbp"] == by_line[place, each["line"]].programme_cost


def test_at_one_rate_cash_is_the_real_cost_compounded_from_the_price_base() -> None:
    found = compared()
    real = undiscounted(found, "as_run", lambda cell: cell.year)
    budget = with_deflators(found, {"2015/16": 123.0})
    for place, row in enumerate(arm(budget)["by_year"]):
        grown = (1.0 + INFLATION.value) ** (4 + place)  # 2019/20 is four years after 2015/16
        assert row["programme_cost_gbp"] == pytest.approx(real[place].programme_cost * grown, rel=1e-12)


def test_cash_is_what_compare_says_without_its_discounting_at_the_prices_of_the_year() -> None:
    both = made()
    mine = arm(both["budget"])
    (theirs,) = [each for each in both["comparison"]["arms"] if each["name"] == "as_run"]
    index = library().deflators.index
    for place, (cash, value) in enumerate(zip(mine["by_year"], theirs["by_year"], strict=True)):
        prices = index[cash["year"]] / index["2015/16"]
        said = value["programme_cost_gbp"] * 1.035**place * prices
        assert cash["programme_cost_gbp"] == pytest.approx(said, rel=1e-12)


@pytest.mark.parametrize("settings", [(), ("appraisal.costing=inclusive",), ("appraisal.counting=multiplied",)])
def test_years_agencies_and_lines_add_up(settings: tuple[str, ...]) -> None:
    for each in made(*settings)["budget"]["arms"]:
        for field in AMOUNTS:
            for rows in (each["by_year"], each["by_agency"]):
                assert math.fsum(row[field] for row in rows) == pytest.approx(each[field], rel=1e-12, abs=1e-6)
            for row in each["by_agency"]:
                assert math.fsum(year[field] for year in row["by_year"]) == pytest.approx(row[field], abs=1e-6)
        spent = [row["programme_cost_gbp"] for row in each["by_line"]]
        assert math.fsum(spent) == pytest.approx(each["programme_cost_gbp"], rel=1e-12)
        assert each["to_be_found_gbp"] == pytest.approx(each["programme_cost_gbp"] - each["cashable_benefit_gbp"])


def test_a_year_that_straddles_is_split_by_days() -> None:
    found = compared()
    real = [each.programme_cost for _, each in sorted(undiscounted(found, "as_run", lambda cell: cell.year).items())]
    budget = with_deflators(found, dict.fromkeys(YEARS, 1.0), date(2021, 10, 1))
    rows = arm(budget)["by_year"]
    assert [row["year"] for row in rows] == ["2021/22", "2022/23", "2023/24", "2024/25", "2025/26", "2026/27"]
    assert rows[0]["programme_cost_gbp"] == pytest.approx(real[0] * 182 / 365)
    assert rows[1]["programme_cost_gbp"] == pytest.approx(real[0] * 183 / 365 + real[1] * 182 / 365)
    assert rows[2]["programme_cost_gbp"] == pytest.approx(real[1] * 183 / 365 + real[2] * 183 / 366)  # 29 February 2024
    assert rows[5]["programme_cost_gbp"] == pytest.approx(real[4] * 183 / 365)
    years = budget["years"]
    assert [(row["days"], row["of_days"]) for row in years[:3]] == [(182, 365), (365, 365), (366, 366)]
    assert [(part["year"], part["days"]) for part in years[1]["parts"]] == [(1, 183), (2, 182)]


def test_cash_does_not_hang_on_the_price_base() -> None:
    other = arm(made("appraisal.price_base=2022/23")["budget"])
    for field in AMOUNTS:
        assert other[field] == pytest.approx(arm(made()["budget"])[field], rel=1e-12)
    assert other["programme_cost_in_price_base_gbp"] > 1.1 * arm(made()["budget"])["programme_cost_in_price_base_gbp"]


def test_optimism_bias_raises_cash_as_it_raises_value() -> None:
    raised = arm(made("appraisal.optimism_bias=0.2", "appraisal.benefit_cut=0.5")["budget"])
    plain = arm(made()["budget"])
    assert raised["programme_cost_gbp"] == pytest.approx(1.2 * plain["programme_cost_gbp"], rel=1e-12)
    assert raised["capacity_released_gbp"] < 0.6 * plain["capacity_released_gbp"]


def test_nothing_but_programme_and_fiscal_benefit_is_in_cash() -> None:
    agencies = {row["agency"] for each in made()["budget"]["arms"] for row in each["by_agency"]}
    assert agencies == {"courts", "pcc", "police", "prison", "probation"}  # not victims
    assert {each["cashable_benefit_gbp"] for each in made()["budget"]["arms"]} == {0.0}


def test_benefits_that_are_cashable_are_taken_off_what_must_be_found() -> None:
    found = compared()
    cashable = [made_cashable(each) for each in found.arms]
    mine = arm(budget_document(replace(found, arms=tuple(cashable))))
    plain = arm(made()["budget"])
    assert mine["cashable_benefit_gbp"] == pytest.approx(plain["capacity_released_gbp"], rel=1e-12)
    assert mine["capacity_released_gbp"] == 0.0
    assert mine["to_be_found_gbp"] == pytest.approx(plain["programme_cost_gbp"] - mine["cashable_benefit_gbp"])


def made_cashable(appraised: Any) -> Any:
    """An arm all of whose prices are cashable."""

    def priced(one: Any) -> Any:
        lines = [
            replace(line, prices=tuple(replace(price, cashable=True) for price in line.prices))
            for line in one.costs.lines
        ]
        return one._replace(costs=replace(one.costs, lines=tuple(lines)))

    pair = appraised.pair
    return replace(appraised, pair=pair._replace(arm=priced(pair.arm), comparator=priced(pair.comparator)))


def test_against_a_scheme_that_runs_a_cut_spends_less_and_its_own_budget_is_told() -> None:
    budget = made(comparator="as_run")["budget"]
    closed, cut = arm(budget, "no_iom"), arm(budget, "cut_a_quarter")
    assert closed["programme_cost_gbp"] == pytest.approx(-arm(made()["budget"])["programme_cost_gbp"])
    assert closed["whole_programme_cost_gbp"] == 0.0
    own = arm(made()["budget"], "cut_a_quarter")
    assert cut["whole_programme_cost_gbp"] == own["whole_programme_cost_gbp"] == own["programme_cost_gbp"]
    assert cut["programme_cost_gbp"] < 0.0


# Paths, standings, names.


def test_within_the_table_no_rate_is_assumed() -> None:
    budget = made()["budget"]
    assert {row["standing"] for row in budget["years"]} == {"derived"}
    assert [path["name"] for path in budget["paths"]] == ["stated", "a_point_slower", "a_point_faster"]


def test_beyond_the_table_the_ends_of_the_assumed_rate_are_tried() -> None:
    budget = with_deflators(compared(), library().deflators.index, date(2022, 4, 1))
    assert [row["standing"] for row in budget["years"]] == ["derived"] * 2 + ["assumed"] * 3
    found = {row["name"]: row["programme_cost_gbp"] for row in arm(budget)["by_path"]}
    assert list(found) == ["assumed_rate_low", "assumed_rate_high", "a_point_slower", "a_point_faster"]
    stated = arm(budget)["programme_cost_gbp"]
    assert found["assumed_rate_low"] < found["a_point_faster"] and found["a_point_slower"] < stated
    assert found["assumed_rate_low"] < stated < found["a_point_faster"] < found["assumed_rate_high"]
    high = {row["year"]: row["index"] for row in budget["paths"][2]["by_year"]}
    assert high["2026/27"] == pytest.approx(high["2023/24"] * (1.0 + (INFLATION.high or 0.0)) ** 3)


def test_the_answer_is_strict_json_and_its_numbers_are_named_by_budget_year() -> None:
    budget = made()["budget"]
    assert json.loads(json.dumps(budget, allow_nan=False)) == budget
    first = named(budget, "budget")["arms"][0]
    said = f"{first['by_year'][0]['programme_cost_gbp']} {first['by_agency'][2]['by_year'][1]['to_be_found_gbp']}"
    assert [piece.name for piece in pieces(said) if piece.name] == [
        "budget.arms.as_run.by_year.2019/20.programme_cost_gbp",
        "budget.arms.as_run.by_agency.police.by_year.2020/21.to_be_found_gbp",
    ]


def test_the_answer_says_what_it_was_made_of() -> None:
    budget = made()["budget"]
    assert budget["starts"] == "2019-04-01" and budget["why"] == scenario_with().why
    assert budget["inflation"]["source"]["name"] == "hmt_gdp_deflators"
    assert budget["inflation"]["assumed_rate"]["standing"] == "assumed"
    assert budget["run"] == made()["comparison"]["run"]
    assert [each["name"] for each in budget["arms"]] == [
        each["name"] for each in made()["comparison"]["arms"] if each["name"] != "no_iom"
    ]
