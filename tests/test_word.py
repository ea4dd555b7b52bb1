"""Word files, read back: headings, tables, captions, text alternatives, language, and the same bytes every time."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from case_answers import PIXEL, lines_of, opened, words_of
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as some

from simulator.charts.style import Chart
from simulator.documents.contents import (
    Bullets,
    Code,
    Document,
    Fold,
    Notice,
    Pair,
    Paragraph,
    Picture,
    Section,
    Table,
)
from simulator.documents.word import word_of
from simulator.documents.word.styles import WIDTH_CM
from simulator.documents.word.tables import column_widths, width_cm
from simulator.report.named import named
from simulator.report.text import pounds

CHART = Chart("dots", "Dots by choice", "One dot, right of zero.", "<svg/>", "Read it from the left.")
DRAWN = {"dots": PIXEL}
TITLE = "A \N{LEFT SINGLE QUOTATION MARK}small\N{RIGHT SINGLE QUOTATION MARK} case"
NPSV = named({"npsv_gbp": -1.07e6}, "comparison")["npsv_gbp"]
MONEY = Table(
    "money",
    "Amounts, 2015/16 prices",
    ("Choice", "NPSV\n[u]", "Note"),
    (("As run", pounds(NPSV), "means, see https://example.org/it."), ("**All**", f"**{pounds(NPSV)}**", "")),
    ("A note below.",),
)
WORDY = Table("wordy", "Sentences", ("What", "Why"), (("1", "2"),) * 3, wide=True)
WHOLE = Document(
    "A 'small' case",
    (Paragraph("What this is.", "subtitle"), Paragraph(f"NPSV is {pounds(NPSV)}.", "headline")),
    (
        Section(
            "first",
            "The first case",
            (
                Paragraph("With `code`, **strong words** and 'quotes'."),
                Bullets(("one", "two")),
                Notice(("mind this",)),
                Code("python run.py compare it"),
                Section("inner", "Inside", (MONEY, Section("deep", "Deeper", (Paragraph("Deep."),)))),
                Fold("Folded", (Paragraph("Unfolded."),)),
            ),
        ),
        Section(
            "second",
            "The second case",
            (
                Pair((Section("left", "Left", (Paragraph("L"),)), Section("right", "Right", (Paragraph("R"),)))),
                Picture(CHART, "Look here.", WORDY),
                Picture(CHART._replace(name="missing"), "Not drawn.", WORDY),
            ),
        ),
    ),
)


@pytest.fixture(scope="module")
def file() -> Any:
    return opened(word_of(WHOLE, DRAWN))


def styles_in(file: Any) -> list[tuple[str, str]]:
    return [(paragraph.style.name, words_of(paragraph._p)) for paragraph in file.paragraphs]


def test_headings_have_the_styles_of_headings_in_their_order(file: Any) -> None:
    assert [(name, words) for name, words in styles_in(file) if name.startswith(("Title", "Heading"))] == [
        ("Title", TITLE),
        ("Heading 1", "The first case"),
        ("Heading 2", "Inside"),
        ("Heading 3", "Deeper"),
        ("Heading 2", "Folded"),
        ("Heading 1", "The second case"),
        ("Heading 2", "Left"),
        ("Heading 2", "Right"),
    ]


def test_every_block_says_what_it_holds(file: Any) -> None:
    found = {words: name for name, words in styles_in(file)}
    assert found["What this is."] == "Subtitle" and found["NPSV is \N{MINUS SIGN}£1.07m."] == "Statement"
    assert found["one"] == found["two"] == "List Bullet"
    assert found["mind this"] == "Notice" and found["python run.py compare it"] == "Command"
    assert found["Unfolded."] == found["L"] == found["R"] == "Normal"
    assert "With code, strong words and \N{LEFT SINGLE QUOTATION MARK}quotes\N{RIGHT SINGLE QUOTATION MARK}." in found


def test_code_and_strong_words_are_set_apart(file: Any) -> None:
    (paragraph,) = [each for each in file.paragraphs if each.text.startswith("With code")]
    runs = {run.text: run for run in paragraph.runs}
    assert runs["code"].font.name == "Courier New" and runs["strong words"].bold
    assert not runs["With "].bold and runs["With "].font.name is None


def test_no_mark_of_a_named_number_is_left(file: Any) -> None:
    assert not re.search("[\ue000-\uf8ff\U000f0000-\U0010ffff]", file.element.body.xml)


def test_tables_have_a_heading_row_that_repeats_and_rows_that_stay_whole(file: Any) -> None:
    assert len(file.tables) == 3
    for table in file.tables:
        first, *others = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in others)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"


def test_no_cell_is_merged_and_none_is_empty(file: Any) -> None:
    assert not re.search("gridSpan|vMerge|hMerge", file.element.body.xml)
    for table in file.tables:
        assert {len(row.cells) for row in table.rows} == {len(table.columns)}
        assert all(cell.text.strip() or words_of(cell._tc) for row in table.rows for cell in row.cells)
    assert file.tables[0].rows[2].cells[2].text == "–"


def test_numbers_stand_to_the_right_with_their_heading_and_sentences_do_not(file: Any) -> None:
    def sides(table: Any) -> list[list[str]]:
        return [[cell.paragraphs[0].style.name for cell in row.cells] for row in table.rows[1:]]

    table = file.tables[0]
    assert sides(table) == [["Table Text", "Table Number", "Table Text"]] * 2
    assert file.styles["Table Number"].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    headings = [cell.paragraphs[0] for cell in table.rows[0].cells]
    assert [each.text for each in headings] == ["Choice", "NPSV [u]", "Note"]
    assert [each.alignment for each in headings] == [None, WD_ALIGN_PARAGRAPH.RIGHT, None]
    assert sides(file.tables[1])[0] == ["Table Text", "Table Text"]  # a wide table quotes


def test_captions_are_counted_by_fields_and_stand_above(file: Any) -> None:
    captions = [each for each in file.paragraphs if each.style.name == "Caption"]
    assert [words_of(each._p) for each in captions] == [
        "Table 1: Amounts, 2015/16 prices", "Figure 1: Dots by choice", "Table 2: Sentences", "Table 3: Sentences",
    ]  # fmt: skip
    instructions = [each.text.strip() for each in file.element.body.iter(qn("w:instrText"))]
    counted = [f"SEQ {label} \\* ARABIC" for label in ("Table", "Figure", "Table", "Table")]
    assert instructions == ['TOC \\o "1-2" \\h \\n', *counted]
    assert captions[0]._p.getnext().tag == qn("w:tbl")
    below = captions[0]._p.getnext().getnext()
    assert words_of(below) == "A note below." and "Table Note" in [name for name, _ in styles_in(file)]
    assert captions[0].style.paragraph_format.keep_with_next


def test_every_field_is_ended(file: Any) -> None:
    kinds = [each.get(qn("w:fldCharType")) for each in file.element.body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"] * 5


def test_a_figure_has_its_text_alternative_its_message_and_how_to_read_it(file: Any) -> None:
    (shown,) = file.inline_shapes
    assert (shown._inline.docPr.get("descr"), shown._inline.docPr.get("name")) == ("One dot, right of zero.", "dots")
    assert shown.width.cm == pytest.approx(WIDTH_CM, abs=0.01)
    lines = lines_of(file)
    place = lines.index("Look here.")
    assert lines[place + 1] == "Figure 1: Dots by choice"
    assert lines[place + 3 : place + 5] == ["Read it from the left.", "Table 2: Sentences"]
    assert "Not drawn." not in lines


def test_only_a_figure_stands_in_a_paragraph_without_words(file: Any) -> None:
    bare = [each for each in file.paragraphs if not words_of(each._p).strip()]
    assert len(bare) == 1 and bare[0]._p.findall(f".//{qn('w:drawing')}")


def test_the_list_of_contents_leads_to_every_section(file: Any) -> None:
    links = [
        (each.get(qn("w:anchor")), words_of(each))
        for each in file.element.body.iter(qn("w:hyperlink"))
        if each.get(qn("w:anchor"))
    ]
    assert [words for _, words in links] == ["The first case", "The second case"]  # none has two sections to tell apart
    names = [each.get(qn("w:name")) for each in file.element.body.iter(qn("w:bookmarkStart"))]
    numbers = [each.get(qn("w:id")) for each in file.element.body.iter(qn("w:bookmarkStart"))]
    assert len(set(names)) == len(names) and len(set(numbers)) == len(numbers)
    assert {anchor for anchor, _ in links} <= set(names)
    (title,) = [each for each in file.paragraphs if each.text == "In this document"]
    assert title.paragraph_format.page_break_before  # the first page is for a reader in a hurry


def test_addresses_can_be_followed(file: Any) -> None:
    assert "https://example.org/it" in {each.target_ref for each in file.part.rels.values() if each.is_external}


def test_it_is_a4_in_british_english_in_a_large_sans_serif_typeface(file: Any) -> None:
    section = file.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert {each.get(qn("w:val")) for each in file.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    used = {name for name, _ in styles_in(file)} | {"Table Text", "Table Number", "Table Heading", "Header", "Footer"}
    for name in used:
        style = file.styles[name]
        assert style.font.size.pt >= 11, name
        assert style.font.name in ("Arial", "Courier New"), name
        assert not style.font.italic, name
    sizes = [int(each.get(qn("w:val"))) for each in file.element.body.iter(qn("w:sz"))]
    assert all(size >= 22 for size in sizes)


def test_every_page_has_its_number_and_all_but_the_first_the_title(file: Any) -> None:
    section = file.sections[0]
    for footer in (section.footer, section.first_page_footer):
        assert [each.text.strip() for each in footer._element.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
        assert words_of(footer._element) == "Page 1 of 1"
    assert section.different_first_page_header_footer
    assert section.header.paragraphs[0].text == TITLE
    assert not section.first_page_header.paragraphs[0].text


def test_each_case_but_the_first_begins_on_a_page_of_its_own(file: Any) -> None:
    heads = [each for each in file.paragraphs if each.style.name == "Heading 1"]
    assert [each.paragraph_format.page_break_before for each in heads] == [None, True]
    others = [each for each in file.paragraphs if each.style.name in ("Heading 2", "Heading 3")]
    assert not any(each.paragraph_format.page_break_before for each in others)


def test_the_file_says_its_title_and_never_when_or_by_whom_it_was_made() -> None:
    written = word_of(WHOLE, DRAWN)
    about = opened(written).core_properties
    assert about.title == "A 'small' case" and about.language == "en-GB"
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
    assert about.created == about.modified and about.created.isoformat().startswith("2026-01-01")
    with zipfile.ZipFile(io.BytesIO(written)) as parts:
        assert {each.date_time for each in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any(name in each.filename for each in parts.infolist() for name in ("thumbnail", "app.xml"))


def test_the_bytes_are_the_same_every_time_in_another_process_too() -> None:
    words = "import hashlib, test_word as it; print(hashlib.sha256(it.word_of(it.WHOLE, it.DRAWN)).hexdigest())"
    folder = Path(__file__).parent
    there = subprocess.run(
        [sys.executable, "-c", words],
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join([str(folder), str(folder.parent)])},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert word_of(WHOLE, DRAWN) == word_of(WHOLE, DRAWN)
    assert there.stdout.strip() == hashlib.sha256(word_of(WHOLE, DRAWN)).hexdigest()


CELLS = some.text(some.sampled_from("abc £1−,.mk"), max_size=60)


@some.composite
def tables(draw: Any) -> Table:
    wide = draw(some.integers(1, 8))
    row = some.tuples(*[CELLS] * wide)
    return Table("t", "c", draw(row), tuple(draw(some.lists(row, max_size=4))))


@given(tables())
def test_columns_fill_the_page_whatever_they_hold(table: Table) -> None:
    widths = column_widths(table, [False] * len(table.headings))
    assert sum(widths) == pytest.approx(WIDTH_CM) and all(width > 0.0 for width in widths)


def test_no_number_breaks_where_there_is_room() -> None:
    rows = (("A choice of a rather long name that takes two lines", *["−£12.34m to −£12.34m"] * 3),)
    widths = column_widths(Table("t", "c", ("Choice", "One", "Two", "Three"), rows), [False, True, True, True])
    assert all(width >= width_cm("−£12.34m to −£12.34m") for width in widths[1:])


def test_a_paragraph_after_a_table_stands_off_from_it_without_an_empty_line() -> None:
    bare = Table("t", "c", ("a", "b"), (("x", "1"),))
    made = opened(word_of(Document("d", (), (Section("s", "S", (bare, Paragraph("after"), Paragraph("later"))),))))
    after, later = made.paragraphs[-2:]
    assert after.paragraph_format.space_before.pt >= 6 and later.paragraph_format.space_before is None


def test_a_short_table_is_kept_on_one_page_and_a_long_or_wordy_one_is_not() -> None:
    def kept(rows: int, wide: bool = False) -> list[bool]:
        table = Table("t", "c", ("a", "b"), (("x", "1"),) * rows, wide=wide)
        grid = opened(word_of(Document("d", (table,), ()))).tables[0]
        return [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in grid.rows[1:]]

    assert kept(3) == [True, True, False]
    assert not any(kept(40)) and not any(kept(3, wide=True))


def test_a_title_longer_than_a_property_may_be_is_cut_there_only():
    long = "A very long title " * 20
    file = opened(word_of(Document(long, (Paragraph("Words"),), ())))
    assert file.core_properties.title == long[:255]
    assert long.strip() in file.paragraphs[0].text
