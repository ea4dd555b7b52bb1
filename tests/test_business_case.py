"""The business case: what it says, in whose words and which pounds, and that its numbers are those of the page."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from case_answers import GOLDEN, PIXEL, answers, case, drawn_answers, drawn_bytes, drawn_case, lines_of, opened
from case_blocks import SETTINGS, blocks_in, rows, said_in, tables_in

from simulator.documents.business_case import business_case_of, case_pictures
from simulator.documents.contents import Section, Table, texts
from simulator.documents.page import curled, page_of
from simulator.documents.register import printed_in
from simulator.documents.report import report_of
from simulator.documents.sections.method import reference
from simulator.documents.word import word_of
from simulator.report import text, verdicts
from simulator.report.named import without_names

# Words that claim more than a simulation can.
TO_AVOID = [
    r"\bprov(?:es|ed)\b",
    r"\bsaves £(?![\d,.]+ of programme cost \(cashable)",
    r"\bno effect\b",
    r"(?<!proven )\breoffending\b(?! rate)",
    r"\bcost of crime\b",
    r"\bBCR\b",
    r"good value",
]

# What it says.


def test_it_has_the_economic_and_the_financial_case_and_references() -> None:
    assert [section.title for section in drawn_case().sections] == ["Economic case", "Financial case", "References"]
    assert [each.title for each in drawn_case().sections[0].blocks if isinstance(each, Section)] == [
        "The question", "The options", "Options appraisal", "What can and cannot be said", "Effects that are not valued",
        "Optimism bias", "Sensitivity", "Regression to the mean", "Method", "Limitations",
    ]  # fmt: skip
    assert [each.title for each in drawn_case().sections[1].blocks if isinstance(each, Section)] == [
        "Basis: cash, budget years and inflation", "Programme cost by budget year",
        "Funding gap: what is cashable and what is not", "Every funding choice", "If prices rise faster or slower",
    ]  # fmt: skip


def test_without_cash_there_is_no_financial_case() -> None:
    found = answers()
    del found["budget"]
    assert [section.title for section in business_case_of(found).sections] == ["Economic case", "References"]


def test_names_of_sections_and_tables_are_used_once() -> None:
    sections = [each.name for each in blocks_in(drawn_case()) if isinstance(each, Section)]
    tables = [each.name for each in blocks_in(drawn_case()) if isinstance(each, Table)]
    assert len(set(sections)) == len(sections) and len(set(tables)) == len(tables)


def test_the_question_is_the_scenarios_own() -> None:
    assert answers()["budget"]["why"] in said_in(case(), "question")


def test_every_funding_choice_stands_in_the_appraisal_with_its_intervals() -> None:
    found = answers()["comparison"]
    value, sure = tables_in(case())["options-value"], tables_in(case())["options-sureness"]
    compared = [arm for arm in found["arms"] if arm["name"] != found["comparator"]]
    assert rows(value) == [
        [arm["title"], *(text.pounds(arm[f"{name}_gbp"]) for name in ("programme_cost", "benefit", "npsv")),
         verdicts.spoken(arm["npsv_interval"])]
        for arm in compared
    ]  # fmt: skip
    assert [row[0] for row in rows(sure)] == [arm["title"] for arm in compared]
    for row, arm in zip(rows(sure), compared, strict=True):
        if arm["benefit_per_pound"] is None:
            assert row[1:] == ["not given", "see below"]
            assert any(arm["ratio_reason"] in without_names(note) for note in sure.notes)
        else:
            interval = verdicts.ratio_interval(arm["benefit_per_pound_interval"])
            assert row[1:] == [verdicts.ratio(arm["benefit_per_pound"]), interval]


def test_a_ratio_that_is_refused_says_why() -> None:
    found = answers()
    arm = found["comparison"]["arms"][1]
    arm["benefit_per_pound"], arm["ratio_reason"] = None, "its denominator may be nil"
    table = tables_in(business_case_of(found))["options-sureness"]
    assert rows(table)[0][1:] == ["not given", "see below"]
    assert f"{arm['title']}: its denominator may be nil." in table.notes


def test_draws_bring_chances_and_losses_and_say_which_choices_were_not_drawn() -> None:
    table = tables_in(drawn_case())["options-sureness"]
    assert table.headings[-2:] == ("Chance that benefits exceed costs", "Expected loss")
    drawn = {arm["name"]: arm for arm in drawn_answers()["chances"]["arms"]}
    assert rows(table)[0][-1] == text.pounds(drawn["as_run"]["expected_loss_gbp"])
    assert rows(table)[1][-2:] == ["not drawn", "not drawn"]
    assert "no draws were made" in said_in(case(), "appraisal")


def test_what_may_be_said_and_what_not_is_there_to_the_letter() -> None:
    said = said_in(case(), "wording")
    found = answers()["comparison"]
    for sentence in verdicts.can_be_said(found):
        assert sentence in said
    for sentence in verdicts.cannot_be_said(found):
        assert sentence.replace("The inputs below show", "The inputs in `report.html` show") in said
    assert "below" not in said.replace("below zero", "")


def test_effects_without_a_pound_are_marked_and_none_has_a_number() -> None:
    for settings in SETTINGS:
        table = tables_in(case(*settings))["unvalued-table"]
        assert {row[1] for row in rows(table)} <= {"Unquantified", "Only under Sensitivity"}
        assert all((row[1] != "Unquantified") == (row[0] == "Crimes that are never proven") for row in rows(table))
        words = " ".join(" ".join(row) for row in rows(table)).replace("5 years", "").replace("horr99", "")
        assert not re.search(r"\d|£", words)


POLICE = "Police work on crimes without an arrest"
CUSTODY = "What the scheme itself does to custody and arrests"
UNPROVEN = "Crimes that are never proven"
ALARMS = "Alarms, locks and insurance"


@pytest.mark.parametrize(
    ("settings", "left_out", "counted"),
    [
        ((), {POLICE, UNPROVEN}, {ALARMS, CUSTODY}),
        (("appraisal.costing=inclusive",), {CUSTODY, UNPROVEN}, {POLICE, ALARMS}),
        (("appraisal.counting=multiplied", "appraisal.anticipation=exclude"), {POLICE, ALARMS}, {UNPROVEN, CUSTODY}),
    ],
)
def test_what_is_left_out_follows_the_choices(settings: tuple[str, ...], left_out: set[str], counted: set[str]) -> None:
    effects = {row[0] for row in rows(tables_in(case(*settings))["unvalued-table"])}
    assert left_out <= effects and not counted & effects


def test_optimism_bias_is_said_as_it_is() -> None:
    assert "No optimism bias is applied" in said_in(case(), "optimism-bias")
    biased = case("appraisal.optimism_bias=0.2", "effect=none")
    assert "raised by 20% and benefits cut by 0%" in said_in(biased, "optimism-bias")
    assert "an optimism bias of 20% on costs" in said_in(biased, "cash-basis")


def test_the_widest_bars_are_shown_and_the_rest_counted() -> None:
    found = drawn_answers()
    shown = [row[0].lower() for row in rows(tables_in(drawn_case())["tops"])]
    assert shown == [bar["label"].lower() for bar in found["tornado"]["bars"][:8]]
    found["tornado"]["bars"] = [{**found["tornado"]["bars"][0], "label": f"bar {n}"} for n in range(20)]
    table = tables_in(business_case_of(found))["tops"]
    assert len(table.rows) == 8 and without_names(table.notes[0]).startswith("12 more inputs")
    assert case_pictures(found)[1].chart.description.count("bar 7") and "bar 8" not in case_pictures(found)[1].chart.svg


def test_every_warning_is_a_limitation() -> None:
    said = said_in(case(), "limitations")
    for warning in answers()["comparison"]["warnings"]:
        assert re.sub(r"-(?=\d)", "\N{MINUS SIGN}", warning) in re.sub(r"-(?=\d)", "\N{MINUS SIGN}", said)


def test_every_source_is_a_full_reference() -> None:
    found = answers()["comparison"]
    said = said_in(case(), "reference-list")
    for source in found["sources"]:
        assert f"**{source['title']}**" in said and source["publisher"] in said and source["url"] in said
    assert "hmt_gdp_deflators" in said


def test_a_reference_without_a_date_or_an_address_says_so() -> None:
    bare = {
        "key": "k",
        "title": "T",
        "publisher": "P",
        "date": "not seen",
        "url": "",
        "superseded_by": None,
        "note": "",
    }
    assert reference(bare) == "P (date not seen). **T**. Cited here as `k`."
    assert reference({**bare, "date": "2011", "superseded_by": "l", "url": "https://x.org"}) == (
        "P (2011). **T**. https://x.org Superseded by `l`. Cited here as `k`."
    )


# Words and pounds.


@pytest.mark.parametrize("words", TO_AVOID)
@pytest.mark.parametrize("comparator", [None, "as_run"])
def test_words_that_claim_too_much_are_not_in_it(words: str, comparator: str | None) -> None:
    found = copy.deepcopy(answers(comparator=comparator))
    found["comparison"]["warnings"], found["comparison"]["reported_fall"] = [], None
    for source in found["comparison"]["sources"]:
        source["title"], source["note"] = "A title", ""
    made = business_case_of(
        {**found, **({} if comparator else {k: drawn_answers()[k] for k in ("chances", "tornado")})}
    )
    assert not re.search(words, said_in(made), flags=re.I)


@pytest.mark.parametrize("settings", SETTINGS)
def test_every_table_of_pounds_names_its_prices(settings: tuple[str, ...]) -> None:
    for table in tables_in(case(*settings)).values():
        if any("£" in without_names(cell) for row in table.rows for cell in row) and table.name != "unvalued-table":
            assert re.search(r"\d{4}/\d\d prices|\bcash\b|deflator", without_names(table.caption)), table.caption


def test_marks_stand_in_the_headings_of_what_they_are_about() -> None:
    found = answers()
    if not found["comparison"].get("marks"):
        pytest.skip("the comparison carries no marks")
    heads = tables_in(case())["options-value"].headings
    assert "[u]" in heads[1] and "[old]" not in heads[1] and "[old]" in heads[3]
    assert "[u] =" in said_in(case()) and "[u] =" in said_in(case(), "cash-programme")


# Numbers.


def test_every_number_has_a_name_that_the_page_does_not_use_for_another() -> None:
    names = printed_in(drawn_case())
    assert not any(name.startswith("said.summary") for name in names)
    assert {name.split(".")[1] for name in names if name.startswith("said.")} == {"economic-case", "financial-case"}
    assert sum(name.startswith("budget.") for name in names) > 100


def test_numbers_are_printed_as_on_the_page() -> None:
    found = drawn_answers()
    case_numbers, page_numbers = printed_in(drawn_case()), printed_in(report_of(found, []))
    shared = [name for name in case_numbers if name in page_numbers]
    assert len(shared) > 80
    for name in shared:
        assert set(case_numbers[name].printed) <= set(page_numbers[name].printed), name
        assert case_numbers[name].exact == page_numbers[name].exact


def test_the_word_file_says_what_the_document_says() -> None:
    written = "\n".join(lines_of(opened(drawn_bytes())))
    for block in (*drawn_case().lead, *drawn_case().sections):
        for _, words in texts(block):
            plain = without_names(re.sub(r"\*\*|`", "", curled(words))).replace("\n", " ")
            assert plain in written or not plain, plain


def test_the_page_can_show_it_too() -> None:
    assert "Financial case" in page_of(drawn_case())


def test_its_figures_are_drawn_and_stand_above_their_tables() -> None:
    found = drawn_answers()
    pictures = case_pictures(found)
    assert [each.chart.name for each in pictures] == ["npsv-by-arm", "tornado-top"]
    assert [each.chart.name for each in case_pictures(answers())] == ["npsv-by-arm"]
    assert all(each.png.startswith(b"\x89PNG") for each in pictures)
    shown = opened(word_of(drawn_case(), {each.chart.name: each.png for each in pictures})).inline_shapes
    assert [each._inline.docPr.get("name") for each in shown] == ["npsv-by-arm", "tornado-top"]
    assert all(len(each._inline.docPr.get("descr")) > 40 for each in shown)


@pytest.mark.parametrize("settings", SETTINGS)
def test_it_is_written_whatever_was_chosen(settings: tuple[str, ...]) -> None:
    assert word_of(case(*settings), {"npsv-by-arm": PIXEL})[:2] == b"PK"


def test_the_words_are_the_golden_ones() -> None:
    assert "\n".join(lines_of(opened(drawn_bytes()))) + "\n" == GOLDEN.read_text("utf-8")


def test_regression_to_the_mean_takes_the_reports_own_analysis_where_it_was_made() -> None:
    assert "The scheme's own report shows a fall of 71%" in said_in(case(), "regression-to-the-mean")
    found: dict[str, Any] = answers()
    found["comparison"]["reported_fall"] = None
    assert "No fall in a report of the scheme's own" in said_in(business_case_of(found), "regression-to-the-mean")
