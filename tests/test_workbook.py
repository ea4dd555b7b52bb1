"""The workbook says what the program says, to the last digit, in the form that reviewers can read and audit."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from workbooks import Answers, answers_of, differences, made, place_of, rows_of, sheets_by_name, stored

from simulator.documents.workbook.book import write_workbook
from simulator.documents.workbook.sheets import Cell
from simulator.report import text

# What each run is asked for: settings, and how it is made.
RUNS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "a scheme with seven choices": ((), {}),
    "costs inside each crime": (("appraisal.costing=inclusive",), {"name": "leeds"}),
    "bias, and crimes multiplied": (
        ("appraisal.optimism_bias=0.2", "appraisal.benefit_cut=0.1", "appraisal.counting=multiplied"),
        {},
    ),
    "choices against the scheme as run": ((), {"comparator": "as_run"}),
    "whole prison wings, other prices": (
        ("appraisal.prison_cost=step_fixed", "appraisal.price_base=2022/23", "appraisal.discount_rate=0.05"),
        {},
    ),
    "one year": (("appraisal.horizon_years=1",), {"name": "leeds"}),
    "one choice": ((), {"name": "bedfordshire:quicker_deselection", "comparator": "as_run"}),
}


MODERN = re.compile(r"LET\(|XLOOKUP|FILTER\(|LAMBDA|_xl(fn|ws)|TEXTJOIN|MAXIFS|MINIFS|IFS\(.*IFS\($")


@pytest.fixture(scope="module")
def explicit() -> Answers:
    """Seven choices against none, priced one by one."""
    return answers_of()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory, explicit: Answers) -> Path:
    return made(tmp_path_factory.mktemp("book"), explicit)


@pytest.mark.parametrize("run", RUNS)
def test_stored_values_are_those_of_the_comparison(run, tmp_path):
    settings, made_with = RUNS[run]
    answers = answers_of(*settings, **made_with)
    read = stored(made(tmp_path, answers))
    assert differences(sheets_by_name(answers), read, answers["comparison"]) == []


def test_stored_totals_print_as_the_program_prints_them(path, explicit):
    arms = {arm["name"]: arm for arm in explicit["comparison"]["arms"]}
    for row in rows_of(sheets_by_name(explicit)["Summary"], stored(path)):
        arm = arms[row["arm"]]
        assert text.pounds(row["npsv"]) == text.pounds(arm["npsv_gbp"])
        assert f"{row['npsv']!r}" == f"{arm['npsv_gbp']!r}", "stored whole, not rounded"
        assert [row["low"], row["high"]] == arm["npsv_interval"]
        assert [row["ratio_low"], row["ratio_high"]] == arm["benefit_per_pound_interval"]


def test_a_refused_ratio_gives_the_programs_own_reason(tmp_path):
    answers = answers_of(comparator="as_run")
    refused = {arm["name"]: arm["ratio_reason"] for arm in answers["comparison"]["arms"] if arm["ratio_reason"]}
    assert len(refused) > 3
    sheet = sheets_by_name(answers)["Summary"]
    shown = {row["arm"]: row for row in rows_of(sheet, stored(made(tmp_path, answers)))}
    for name, reason in refused.items():
        if name != "as_run":
            assert (shown[name]["ratio"], shown[name]["reason"]) == ("not given", reason)


def test_what_is_cashable_released_or_neither_adds_up_and_stays_apart(path, explicit):
    sheets, read = sheets_by_name(explicit), stored(path)
    for row in rows_of(sheets["Agencies"], read):
        assert row["cashable"] + row["capacity"] + row["others"] == pytest.approx(row["benefit"], abs=1e-6)
        assert row["capacity"] == 0.0 or row["agency"] != "victims"
        assert row["others"] == 0.0 or row["agency"] == "victims"
    fiscal = {row["arm"]: row for row in rows_of(sheets["Fiscal case"], read)}
    for row in rows_of(sheets["Economic case"], read):
        assert row["fiscal"] == pytest.approx(fiscal[row["arm"]]["cashable"] + fiscal[row["arm"]]["capacity"])


def test_the_same_answers_give_the_same_bytes(tmp_path, explicit):
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    write_workbook(one, explicit)
    write_workbook(two, explicit)
    assert one.read_bytes() == two.read_bytes()


def test_answers_of_different_runs_are_refused(tmp_path, explicit):
    other = answers_of("appraisal.discount_rate=0.05")
    with pytest.raises(ValueError, match="different runs"):
        write_workbook(tmp_path / "mixed.xlsx", {**explicit, "costs": other["costs"]})
    prices = [{**price, "unit_cost_in_price_base_gbp": 1.0} for price in explicit["costs"]["prices"]]
    with pytest.raises(ValueError, match="an NPSV of"):
        write_workbook(tmp_path / "forged.xlsx", {**explicit, "costs": {**explicit["costs"], "prices": prices}})


def test_every_sheet_is_a_title_and_one_marked_table(path):
    book = openpyxl.load_workbook(path)
    for sheet in book:
        assert sheet["A1"].value and sheet["A1"].font.bold, sheet.title
        assert not sheet.merged_cells.ranges, sheet.title
        (table,) = sheet.tables.values()
        first, last = table.ref.split(":")
        assert first[0] == "A"
        header = int(first[1:])
        assert sheet.freeze_panes is not None
        assert int(re.sub(r"\D", "", sheet.freeze_panes)) == header + 1
        assert all(sheet.cell(row, 1).value for row in range(1, header)), "no blank rows above the table"
        cells = [cell for row in sheet[table.ref] for cell in row]
        assert all(cell.value not in (None, "") for cell in cells), sheet.title
        headings = [cell.value for cell in sheet[header]]
        assert len(set(headings)) == len(headings)
        assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows and sheet.print_area
        assert last


def test_the_names_that_finance_officers_know_are_there(path):
    names = openpyxl.load_workbook(path).sheetnames
    assert names[:5] == ["Cover", "Contents", "Notes", "Cautions", "Summary"]
    for known in ("Fiscal case", "Economic case", "Social case", "Break-even", "Cost per managed offender"):
        assert known in names


def test_contents_lists_every_other_sheet_with_a_way_to_it(path):
    book = openpyxl.load_workbook(path)
    sheet = book["Contents"]
    listed = [cell for row in sheet.iter_rows(min_row=4, max_col=1) for cell in row if cell.value]
    assert [cell.value for cell in listed] == book.sheetnames[2:]
    assert all(cell.hyperlink.location == f"'{cell.value}'!A1" for cell in listed)


def test_only_inputs_look_like_inputs_and_each_has_a_name_and_limits(path, explicit):
    book = openpyxl.load_workbook(path)
    named = {cell: name for name in book.defined_names if (cell := named_cell(book, name))}
    for sheet in book:
        limited = {str(each) for rule in sheet.data_validations.dataValidation for each in rule.sqref.ranges}
        for row in sheet.iter_rows():
            for cell in row:
                is_input = cell.fill.fill_type == "solid" and cell.fill.start_color.rgb == "FFFFF3BF"
                assert is_input == (cell.coordinate in limited), (sheet.title, cell.coordinate)
                if is_input:
                    assert (sheet.title, cell.coordinate) in named
                    assert not str(cell.value).startswith("=")
    costs = [name for name in book.defined_names if name.startswith("unit_cost_")]
    assert len(costs) == sum(price["line"] in lines_in_use(explicit) for price in explicit["costs"]["prices"])
    for name in ("discount_rate", "price_base", "optimism_bias", "benefit_cut", "health_discount_rate"):
        assert place_of(book, name).value is not None


def named_cell(book, name):
    places = list(book.defined_names[name].destinations)
    return (places[0][0], places[0][1].replace("$", "")) if len(places) == 1 and ":" not in places[0][1] else None


def lines_in_use(explicit):
    return {row["line"] for row in explicit["costs"]["quantities"] if any(row["by_year"])}


def test_formulas_are_live_and_old_programs_know_them(path):
    book, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    found = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    found += 1
                    assert not MODERN.search(cell.value), cell.value
                    assert values[sheet.title][cell.coordinate].value is not None, (sheet.title, cell.coordinate)
    assert found > 5000
    with zipfile.ZipFile(path) as whole:
        assert not any("vba" in name.lower() for name in whole.namelist())


@pytest.mark.parametrize("sheet", ["Summary", "Agencies", "Agencies by year", "Kinds", "Balance by year", "Break-even"])
def test_every_amount_of_a_result_sheet_is_a_formula(sheet, explicit):
    layout = sheets_by_name(explicit)[sheet].layout
    money = [number for number, column in enumerate(layout.columns) if column.style in ("pounds", "strong_pounds")]
    for row in sheets_by_name(explicit)[sheet].rows:
        assert all(row[number].formula for number in money)


def test_charts_have_text_alternatives_and_the_file_says_what_it_is(path, explicit):
    with zipfile.ZipFile(path) as whole:
        drawings = [whole.read(name).decode() for name in whole.namelist() if "drawings/drawing" in name]
        core = whole.read("docProps/core.xml").decode()
    described = re.findall(r'<xdr:cNvPr [^>]*descr="([^"]+)"', "".join(drawings))
    assert len(described) == 2 and all(len(words) > 60 for words in described)
    assert "Bedfordshire" in core and explicit["comparison"]["run"]["digest"] in core
    assert re.findall(r"<dcterms:\w+ [^>]*>([^<]+)<", core) == ["2000-01-01T00:00:00Z"] * 2


def test_bars_grow_from_zero(path):
    """An axis that crosses elsewhere would draw the smaller of two losses as the longer bar."""
    with zipfile.ZipFile(path) as whole:
        charts = "".join(whole.read(name).decode() for name in whole.namelist() if "charts/chart" in name)
    assert charts.count("<c:crosses ") and set(re.findall(r'<c:crosses val="(\w+)"', charts)) <= {"autoZero", "max"}


def test_unit_costs_show_source_standing_and_marks(path, explicit):
    rows = {row["figure"]: row for row in rows_of(sheets_by_name(explicit)["Unit costs"], stored(path))}
    unseen = rows["horr99.violence_without_injury.consequence.social"]
    assert "[u]" in unseen["mark"] and "[old]" in unseen["mark"] and unseen["source"] == "horr99"
    assert rows["justice.arrest_detained"]["mark"] == "–"
    assert rows["justice.arrest_detained"]["standing"] == "transcribed"
    summary = openpyxl.load_workbook(path)["Summary"]
    heads = [cell.value for cell in summary[summary.freeze_panes and int(re.sub(r"\D", "", summary.freeze_panes)) - 1]]
    assert "[u][old]" in next(head for head in heads if head.startswith("Net present social value"))


NOT_SAID = re.compile(
    r"\bproves\b|no effect for|saves £(?![^.]*cashable)|\breoffending (fell|falls|rose)", re.IGNORECASE
)


def test_wording_is_permitted_everywhere(path):
    book = openpyxl.load_workbook(path)
    said = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert [words for words in said if NOT_SAID.search(words)] == []


def test_a_sheet_that_is_not_as_laid_out_is_refused(explicit):
    from dataclasses import replace

    sheet = sheets_by_name(explicit)["Summary"]
    with pytest.raises(ValueError, match="not as it was laid out"):
        replace(sheet, lead=(*sheet.lead, Cell("one row more")))
