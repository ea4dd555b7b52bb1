"""The answer behind the workbook, and the sheets of the answers that may come with it."""

from __future__ import annotations

import json
import math

import pytest
from workbooks import answers_of, made, priced_anew, rows_of, sheets_by_name, stored

from simulator.documents.workbook.others import other_sheets
from simulator.documents.workbook.sheets import letters
from simulator.report.cost_rows import cost_rows

BASIS = {"price_base": "2015/16", "discount_rate": 0.035, "arm_title": "As run"}
CHANCES = {
    **BASIS,
    "draws": 300,
    "replications": 50,
    "arms": [
        {"title": "No IOM", "npsv_gbp": 0.0, "chance_preferred": 0.6},
        {
            "title": "As run",
            "npsv_gbp": -647_604.8,
            "npsv_interval_gbp": [-4e6, 3e6],
            "chance_benefits_exceed_costs": 0.36,
            "loss_where_it_loses_gbp": 1.7e6,
            "expected_loss_gbp": 1.1e6,
            "chance_preferred": 0.0,
        },
    ],
}
LEVEL = {
    "places": 0,
    "share_in_use": None,
    "cost_gbp": 0.0,
    "benefit_gbp": 0.0,
    "npsv_gbp": 0.0,
    "npsv_interval": None,
    "benefit_per_pound": None,
    "benefit_per_pound_interval": None,
    "ratio_reason": "nothing to divide by",
    "chance_benefits_exceed_costs": None,
}
BAR = {
    "label": "cost of a place",
    "value": 500.0,
    "low": 0.0,
    "high": 2_000.0,
    "npsv_at_low_gbp": -1e6,
    "npsv_at_high_gbp": -2e6,
    "swing_gbp": 1e6,
    "within_noise": None,
    "flips": False,
    "standing": "assumed",
    "name": "costs.place_year",
}
FALL = {
    "choice": "as in the scenario",
    "counted": "offences",
    "reported_fall": 0.71,
    "fall": 0.67,
    "low": 0.56,
    "high": 0.78,
    "by_selection": 0.64,
    "by_custody": 0.02,
}
OTHERS = {
    "chances": CHANCES,
    "funding": {**BASIS, "levels": [LEVEL]},
    "tornado": {**BASIS, "bars": [BAR]},
    "regression": {"rows": [FALL]},
}


def test_other_answers_get_a_sheet_each_where_they_are_given(tmp_path):
    answers = {**answers_of(), **OTHERS}
    read, sheets = stored(made(tmp_path, answers)), sheets_by_name(answers)
    nobody, run = rows_of(sheets["Chances"], read)
    assert (nobody["chance"], nobody["low"], nobody["best"]) == ("–", "–", 0.6)
    assert (run["mean"], run["low"], run["chance"], run["loss"]) == (-647_604.8, -4e6, 0.36, 1.7e6)
    (level,) = rows_of(sheets["Funding levels"], read)
    assert (level["places"], level["ratio"], level["reason"]) == (0, "–", "nothing to divide by")
    (bar,) = rows_of(sheets["Tornado"], read)
    assert (bar["at_low"], bar["noise"], bar["flips"]) == (-1e6, "–", "no")
    (fall,) = rows_of(sheets["Regression to the mean"], read)
    assert (fall["reported"], fall["fall"]) == (0.71, 0.67)
    assert not any(cell.formula for sheet in other_sheets(OTHERS) for row in sheet.rows for cell in row)
    assert [sheet.name for sheet in other_sheets({"tornado": OTHERS["tornado"]})] == ["Tornado"]


def test_quantities_prices_and_factors_make_the_npsv_again():
    answers = answers_of("appraisal.price_base=2022/23", "appraisal.discount_rate=0.05")
    costs = answers["costs"]
    prices: dict[str, float] = {}
    for price in costs["prices"]:
        in_base = price["unit_cost_gbp"] * price["deflator_factor"]
        assert in_base == pytest.approx(price["unit_cost_in_price_base_gbp"], rel=1e-12)
        prices[price["line"]] = prices.get(price["line"], 0.0) + in_base
    spent: dict[str, float] = {}
    for row in costs["quantities"]:
        discounted = sum(q * f for q, f in zip(row["by_year"], costs["discount_factors"], strict=True))
        spent[row["arm"]] = spent.get(row["arm"], 0.0) + discounted * prices[row["line"]]
    for arm in answers["comparison"]["arms"]:
        npsv = spent[costs["comparator"]] - spent[arm["name"]]
        assert npsv == pytest.approx(arm["npsv_gbp"], rel=1e-9, abs=1e-6)


def test_the_answer_is_strict_json_and_says_where_its_rate_comes_from():
    compared = priced_anew()
    costs = json.loads(json.dumps(cost_rows(compared), allow_nan=False))
    assert costs["rates"][0]["source"] == "green_book_2026"
    own = cost_rows(priced_anew("appraisal.discount_rate=0.02"))
    assert (own["rates"][0]["value"], own["rates"][0]["standing"]) == (0.02, "choice")
    assert [each["financial_year"] for each in costs["deflators"]["by_year"]][-1] == "2023/24"
    assert len({(price["line"], price["name"]) for price in costs["prices"]}) == len(costs["prices"])
    assert len({price["name"] for price in costs["prices"]}) == len(costs["prices"])


def test_noise_of_a_difference_is_none_where_the_arm_is_the_comparator_and_never_negative():
    costs = answers_of()["costs"]
    for row in costs["quantities"]:
        assert all(math.isfinite(each) and each >= 0.0 for each in row["more_half_width_by_year"])
        assert row["arm"] != costs["comparator"] or not any(row["more_half_width_by_year"])
    assert any(any(row["more_half_width_by_year"]) for row in costs["quantities"])


def test_columns_are_lettered_as_in_a_spreadsheet():
    assert [letters(number) for number in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
