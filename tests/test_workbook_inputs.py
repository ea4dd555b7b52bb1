"""Changed inputs: two independent programs recalculate the workbook, and the program itself prices the same runs anew."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from workbooks import (
    answers_of,
    by_formulas,
    by_libreoffice,
    changed,
    differences,
    made,
    priced_anew,
    rows_of,
    sheets_by_name,
    stored,
)

from simulator.appraisal.library import Library
from simulator.report.results import results_of

ROBBERY = {"horr99.robbery": 25_000.0}
LEEDS: Mapping[str, Any] = {"name": "leeds"}


class Case(NamedTuple):
    """What the run was, what a reviewer types, and the same as the program takes it."""

    settings: tuple[str, ...]
    made_with: Mapping[str, Any]
    typed: Mapping[str, Any]
    said: tuple[str, ...]
    change: Callable[[Library], Library] | None = None


def dearer_day(library: Library) -> Library:
    """A day in custody of £900 in prices of 2021/22, which pays back; a robbery's social cost of £9,999 in 2016/17."""
    crime = library.crime["horr99"]
    robbery = tuple(
        dataclasses.replace(part, value=9_999.0, price_year="2016/17", low=None, high=None)
        if part.name == "horr99.robbery.consequence.social"
        else part
        for part in crime.parts["robbery"]
    )
    name = "custody_day_bedfordshire"
    day = dataclasses.replace(library.justice[name], value=900.0, price_year="2021/22", low=None, high=None)
    changed_crime = dataclasses.replace(crime, parts={**crime.parts, "robbery": robbery})
    return dataclasses.replace(
        library, crime={**library.crime, "horr99": changed_crime}, justice={**library.justice, name: day}
    )


CASES = {
    "discount rate": Case((), {}, {"discount_rate": 0.06}, ("appraisal.discount_rate=0.06",)),
    "nothing discounted, other prices": Case(
        (),
        {},
        {"discount_rate": 0.0, "price_base": "2023/24"},
        ("appraisal.discount_rate=0", "appraisal.price_base=2023/24"),
    ),
    "optimism bias and benefit cut": Case(
        (),
        {"comparator": "cut_a_quarter"},
        {"optimism_bias": 0.25, "benefit_cut": 0.4},
        ("appraisal.optimism_bias=0.25", "appraisal.benefit_cut=0.4"),
    ),
    "bias taken away again": Case(
        ("appraisal.optimism_bias=0.3", "appraisal.benefit_cut=0.2"),
        {},
        {"optimism_bias": 0.0, "benefit_cut": 0.0},
        ("appraisal.optimism_bias=0", "appraisal.benefit_cut=0"),
    ),
    "unit costs and their price years": Case(
        (),
        {},
        {
            "unit_cost_programme_place_year": 900.0,
            "unit_cost_programme_offender_manager_year": 15_000.0,
            "unit_cost_justice_custody_day_bedfordshire": 900.0,
            "price_year_justice_custody_day_bedfordshire": "2021/22",
            "unit_cost_horr99_robbery_consequence_social": 9_999.0,
            "price_year_horr99_robbery_consequence_social": "2016/17",
        },
        ("programme.place_year=900", "programme.offender_manager_year=15000"),
        dearer_day,
    ),
    "costs inside each crime, all at once": Case(
        ("appraisal.costing=inclusive", "appraisal.counting=multiplied"),
        LEEDS,
        {
            "discount_rate": 0.015,
            "price_base": "2019/20",
            "optimism_bias": 0.1,
            "benefit_cut": 0.05,
            "unit_cost_programme_offender_manager_year": 80_000.0,
        },
        (
            "appraisal.discount_rate=0.015",
            "appraisal.price_base=2019/20",
            "appraisal.optimism_bias=0.1",
            "appraisal.benefit_cut=0.05",
            "programme.offender_manager_year=80000",
        ),
    ),
}
SMALL = {
    "one small scheme": Case(
        ("appraisal.horizon_years=2", "appraisal.costing=explicit"),
        {"name": "leeds:as_run"},
        {
            "discount_rate": 0.1,
            "price_base": "2010/11",
            "optimism_bias": 0.5,
            "benefit_cut": 0.3,
            "unit_cost_justice_court_event": 5_000.0,
        },
        (
            "appraisal.discount_rate=0.1",
            "appraisal.price_base=2010/11",
            "appraisal.optimism_bias=0.5",
            "appraisal.benefit_cut=0.3",
            "justice.court_event=5000",
        ),
    )
}


def agrees(case: Case, folder: Path, recalculate: Callable[[Path], Any]) -> None:
    """A changed workbook, recalculated, has the amounts of the program at the same inputs; and they did move."""
    answers = answers_of(*case.settings, **case.made_with)
    sheets = sheets_by_name(answers)
    path = changed(made(folder, answers), case.typed)
    assert stored(path)("Summary", sheets["Summary"].layout.here("npsv", 0)) is None, "no stored value helps"
    anew = results_of(priced_anew(*case.said, change=case.change, before=case.settings, **case.made_with))
    read = recalculate(path)
    found = differences(sheets, read, anew)
    assert found == []
    moved = differences(sheets, read, answers["comparison"])
    assert len(moved) > 10
    for row in rows_of(sheets["Summary"], read):
        assert row["low"] == row["high"] == row["ratio_low"] == "no longer applies"
    (last,) = rows_of(sheets["Inputs"], read)[-1:]
    assert last["value"] == "yes"


@pytest.mark.slow
@pytest.mark.parametrize("case", SMALL.values(), ids=SMALL)
def test_formulas_follow_changed_inputs(case, tmp_path):
    agrees(case, tmp_path, by_formulas)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_formulas_follow_changed_inputs_of_any_kind(case, tmp_path):
    agrees(of_two_arms(case), tmp_path, by_formulas)


def of_two_arms(case: Case) -> Case:
    """The same with one arm beside the comparator: ``formulas`` takes a minute for seven."""
    name = case.made_with.get("name", "bedfordshire")
    return case._replace(made_with={**case.made_with, "name": f"{name}:as_run"})


@pytest.mark.slow
def test_dearer_custody_pays_back_in_some_choice_so_that_payback_is_tested():
    case = CASES["unit costs and their price years"]
    anew = results_of(priced_anew(*case.said, change=case.change, **case.made_with))
    assert {arm["payback_year"] for arm in anew["arms"]} - {None}


@pytest.mark.slow
@pytest.mark.parametrize("case", [*CASES.values(), *SMALL.values()], ids=[*CASES, *SMALL])
def test_libreoffice_follows_changed_inputs(case, tmp_path):
    agrees(case, tmp_path, by_libreoffice)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("recalculate", "name"),
    [(by_libreoffice, "bedfordshire"), (by_formulas, "bedfordshire:quicker_deselection")],
    ids=["libreoffice", "formulas"],
)
def test_every_stored_value_is_what_the_formula_gives(recalculate, name, tmp_path):
    """Nothing changed, stored values dropped: every formula of every sheet gives back what the program stored."""
    answers = answers_of(comparator="as_run", name=name)
    path = made(tmp_path, answers)
    read = recalculate(changed(path, {}))
    wrong = [
        f"{sheet.name}!{place}: {read(sheet.name, place)} is not {cell.value}"
        for sheet in sheets_by_name(answers).values()
        for place, cell in formulas_of(sheet)
        if not agree(read(sheet.name, place), cell.value)
    ]
    assert wrong == []


def formulas_of(sheet):
    """Every cell with a formula, the lead's included, with its place."""
    here = sheet.layout
    lead = [(f"A{number}", cell) for number, cell in enumerate(sheet.lead, start=2)]
    table = [
        (here.here(column.key, row), cell)
        for row, cells in enumerate(sheet.rows)
        for column, cell in zip(here.columns, cells, strict=True)
    ]
    return [(place, cell) for place, cell in [*lead, *table] if cell.formula]


def agree(one, other):
    """Words exactly, numbers to a billionth."""
    if isinstance(one, str) or isinstance(other, str) or one is None:
        return one == other
    return one == pytest.approx(other, rel=1e-9, abs=1e-6)


CHEAPER, NOISY, NEARLY = "It costs no more", "Luck may be all", "The two cost nearly"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("costs", "expected"),
    [({"selection": 3_000.0}, {CHEAPER, NOISY, "–"}), ({"selection": 0.0, "place_year": 1.0}, {CHEAPER, NEARLY, "–"})],
    ids=["dear selections, which luck decides", "places that cost next to nothing"],
)
def test_no_ratio_is_shown_that_the_program_would_refuse(costs, expected, tmp_path):
    answers = answers_of(comparator="as_run")
    sheets = sheets_by_name(answers)
    typed = {f"unit_cost_programme_{name}": value for name, value in costs.items()}
    read = by_libreoffice(changed(made(tmp_path, answers), typed))
    anew = results_of(priced_anew(*(f"programme.{name}={value}" for name, value in costs.items()), comparator="as_run"))
    arms = {arm["name"]: arm for arm in anew["arms"]}
    assert [row["value"] for row in rows_of(sheets["Inputs"], read)[-2:]] == [len(costs), "yes"]
    reasons = set()
    for sheet, field in (("Summary", lambda arm: arm), ("Net public cost", lambda arm: arm[NET])):
        for row in rows_of(sheets[sheet], read):
            found = field(arms[row["arm"]])
            value = found.get("value", found.get("benefit_per_pound"))
            reasons.add(row["reason"])
            if row["ratio"] == "not given":
                assert row["reason"] != "–"
            else:
                assert row["ratio"] == pytest.approx(value) and row["reason"] == "–"
    assert {
        start for start in (CHEAPER, NOISY, NEARLY, "–") if any(each.startswith(start) for each in reasons)
    } >= expected


NET = "benefit_per_pound_of_net_public_cost"
