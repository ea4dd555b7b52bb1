"""The pack as files: the same bytes, one table a sheet under its title, text that stays text, every log in both forms."""

from __future__ import annotations

import csv
import functools
import io
from pathlib import Path

import pytest
from made_assurance import Answers, answers
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from simulator.documents.assurance import files_of, logs_of, write_assurance
from simulator.documents.assurance.files import as_text
from simulator.documents.assurance.workbook import MOST_POINTS, SHEETS, height_of
from simulator.report.named import named


def tricky() -> Answers:
    """Answers in which texts look like formulas, links and numbers."""
    made = answers()
    for arm, why in zip(
        made["comparison"]["arms"][1:], ("=1+1", "@SUM(A1)", "https://example.org", "007"), strict=False
    ):
        arm["why"] = why
    return made


@functools.cache
def files() -> dict[str, bytes]:
    return files_of(tricky())


@functools.cache
def book() -> Workbook:
    return load_workbook(io.BytesIO(files()["assurance.xlsx"]))


def test_the_same_answers_give_the_same_bytes() -> None:
    assert files_of(tricky()) == files()


def test_numbers_that_know_their_names_give_the_same_bytes() -> None:
    marked = files_of({name: named(answer, name) for name, answer in tricky().items()})
    assert [name for name in files() if marked[name] != files()[name]] == []


def test_every_file_is_written_and_named(tmp_path: Path) -> None:
    written = write_assurance(tmp_path, tricky())
    assert written == sorted(tmp_path.iterdir())
    assert {path.name for path in written} == {
        *(f"{name}.csv" for name in SHEETS), "assurance.xlsx", "stress_des.md", "model_map.svg", "model_map.png",
    }  # fmt: skip
    assert all(path.read_bytes() == files()[path.name] for path in written)


def test_cover_contents_and_notes_come_first() -> None:
    assert book().sheetnames == ["Cover", "Contents", "Notes", *SHEETS.values()]
    links = [cell.hyperlink.location for row in book()["Contents"].iter_rows() for cell in row if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in ("Notes", *SHEETS.values())]
    assert book().properties.title.startswith("Assurance pack: ")


def test_every_sheet_has_its_title_first_one_table_and_nothing_merged() -> None:
    for sheet in book().worksheets:
        assert sheet["A1"].value
        assert not sheet.merged_cells.ranges
        assert len(sheet.tables) == (0 if sheet.title == "Cover" else 1)
        filled = [row for row in sheet.iter_rows(values_only=True) if any(cell is not None for cell in row)]
        assert len(filled) == sheet.max_row  # no blank rows as spacing


@pytest.mark.parametrize("name", SHEETS)
def test_sheet_and_csv_hold_the_log(name: str) -> None:
    (log,) = [log for log in logs_of(tricky()) if log.name == name]
    sheet = book()[SHEETS[name]]
    assert sheet["A1"].value == log.title
    cells = [
        [str("" if cell is None else cell) for cell in row] for row in sheet.iter_rows(min_row=3, values_only=True)
    ]
    assert cells == [list(log.headings), *([*row.values()] for row in log.rows)]
    (table,) = sheet.tables.values()
    assert table.ref == f"A3:{sheet.cell(sheet.max_row, len(log.headings)).coordinate}"
    assert table.autoFilter is None
    assert sheet.freeze_panes == "B4"
    rows = list(csv.reader(io.StringIO(files()[f"{name}.csv"].decode())))
    assert rows == [list(log.headings), *([as_text(cell) for cell in row.values()] for row in log.rows)]


def test_text_stays_text() -> None:
    found = {}
    for row in book()["Decisions"].iter_rows():
        for cell in row:
            assert cell.data_type in ("s", "n")
            assert cell.hyperlink is None
            found[cell.value] = cell.data_type
    assert found["=1+1"] == found["@SUM(A1)"] == found["https://example.org"] == "s"
    assert "'=1+1" in files()["decisions.csv"].decode()


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("=1", "'=1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\tx", "'\tx"), ("−£1m", "−£1m"), ("", "")],
)
def test_a_cell_of_csv_is_no_formula(cell: str, shown: str) -> None:
    assert as_text(cell) == shown


def test_notes_say_how_each_log_was_made() -> None:
    notes = [row[2] for row in book()["Notes"].iter_rows(min_row=4, values_only=True)]
    assert notes == [words for log in logs_of(tricky()) for words in log.about]


def test_rows_are_high_enough_and_never_too_high() -> None:
    assert height_of(["x" * 45, "x"], (10, 10)) == 5 * 15.5 + 3.0
    assert height_of(["", ""], (10, 10)) == 18.5
    for sheet in book().worksheets:
        heights = [row.height for row in sheet.row_dimensions.values() if row.height]
        assert max(heights) < MOST_POINTS, sheet.title
