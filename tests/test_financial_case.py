"""The financial case of the business case: cash tables, the funding gap, budget years and inflation in words."""

from __future__ import annotations

import re

from case_answers import answers, case
from case_blocks import GAP, rows, said_in, tables_in

from simulator.documents.business_case import business_case_of
from simulator.report import text


def test_the_cash_tables_are_those_of_the_answer() -> None:
    budget = answers()["budget"]
    arm = budget["arms"][0]
    found = tables_in(case())
    for name, field in (("cash-agency", "programme_cost_gbp"), ("cash-released", "capacity_released_gbp")):
        payers = [row for row in arm["by_agency"] if row[field]]
        expected = [
            [year["year"], *(text.pounds(each["by_year"][place][field]) for each in payers), text.pounds(year[field])]
            for place, year in enumerate(arm["by_year"])
        ]
        total = ["All years", *(text.pounds(each[field]) for each in payers), text.pounds(arm[field])]
        assert rows(found[name]) == [*expected, total]
    assert rows(found["cash-choices"]) == [
        [each["title"], *(text.pounds(row["to_be_found_gbp"]) for row in [*each["by_year"], each])]
        for each in budget["arms"]
    ]
    assert rows(found["cash-gap"])[0] == [
        "2019/20", *(text.pounds(arm["by_year"][0][f"{name}_gbp"]) for name in GAP)
    ]  # fmt: skip
    assert [row[1] for row in rows(found["cash-paths"])] == [
        text.pounds(row["programme_cost_gbp"]) for row in [arm, *arm["by_path"]]
    ]
    assert [row[2] for row in rows(found["inflation-path"])] == [f"£{row['index']:.3f}" for row in budget["years"]]


def test_nobodys_budget_falls_by_capacity_released() -> None:
    said = said_in(case(), "cash-gap-section")
    assert "None of the benefit of 'As run' is priced as cashable" in said
    assert "**Nobody's budget falls by it**" in said and "Those who pay are not those who gain" in said
    table = tables_in(case())["cash-gap"]
    assert table.headings[2].startswith("Cashable") and "not cashable" in table.headings[4]
    assert {row[2] for row in rows(table)} == {"£0"}


def test_a_cut_spends_less_and_says_that_it_is_cashable_only_if_posts_end() -> None:
    said = said_in(case(comparator="as_run"), "cash-gap-section")
    assert re.search(r"'No IOM' spends £[\d.]+m less on the programme in cash", said)
    assert "cashable if posts and contracts really end" in said
    assert "must be found" not in said
    assert "the whole programme budget of 'No IOM' is £0" in said_in(case(comparator="as_run"), "cash-programme")


def test_cashable_benefits_are_taken_off_and_said() -> None:
    found = answers()
    arm = found["budget"]["arms"][0]
    arm["cashable_benefit_gbp"], arm["to_be_found_gbp"] = 100e3, arm["programme_cost_gbp"] - 100e3
    said = said_in(business_case_of(found), "cash-gap-section")
    assert f"£100k is priced as cashable, so that {text.pounds(arm['to_be_found_gbp'])} in cash" in said


def test_budget_years_and_the_path_of_inflation_are_said() -> None:
    assert "starts on 1 April 2019, so that each of its years is one **budget year**" in said_in(case(), "cash-basis")
    assert "no rate is assumed" in said_in(case(), "cash-basis")
    moved = answers()
    for row in moved["budget"]["years"]:
        row["standing"] = "assumed"
        row["parts"] = [*row["parts"], *row["parts"]]
    said = said_in(business_case_of(moved), "cash-basis")
    assert "is split between two **budget years**" in said and "366 days (100%) fall in 2019/20" in said
    assert "here for 2019/20 to 2023/24" in said
    assert "**assumed** rate of 2.0% a year (range 1.0% to 4.0%, standing `assumed`)" in said


def test_a_long_horizon_has_years_below_each_other() -> None:
    table = tables_in(case("appraisal.horizon_years=9"))["cash-choices"]
    assert table.headings[:2] == ("Budget year", "As run") and [row[0] for row in rows(table)][-2:] == [
        "2027/28",
        "All years",
    ]
    assert tables_in(case())["cash-choices"].headings[0] == "Funding choice"
    path = rows(tables_in(case("appraisal.horizon_years=9"))["inflation-path"])
    assert [row[3] for row in path] == ["derived"] * 5 + ["assumed"] * 4
