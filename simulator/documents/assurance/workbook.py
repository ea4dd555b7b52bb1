"""The logs as one workbook: cover, contents, notes, then one table a sheet; text stays text, and the bytes stay the same."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from simulator.documents.assurance.logs import Document, Log

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

CREATED = datetime(2000, 1, 1)  # no date is told: the same answers give the same bytes
FONT = {"font_name": "Arial", "font_size": 12, "valign": "top"}
WIDTHS = {  # characters to a column, by heading; others by their longest word
    "Plain English description": 40,
    "Plain English description of decision": 60,
    "Summary of Findings": 60,
    "Description": 130,
    "Basis": 60,
    "Reason for impact": 36,
    "What you should do": 36,
    "What was taken": 40,
    "Note": 40,
    "Figures not to quote as they stand": 40,
    "In this report": 40,
    "Risk or issue": 36,
    "What to do": 36,
    "URL link(s) to review results": 40,
    "When": 60,
    "Item": 8,
    "Quality RAG": 10,
    "Assumption ID": 34,
    "How to change it or see more": 36,
    "Likelihood (1 to 5, our judgement)": 14,
    "Impact (1 to 5, our judgement)": 14,
    "Impact": 12,
    "Score": 8,
    "Band": 10,
    "Number of values": 10,
    "Price years": 14,
    "Standing": 14,
}
WIDTH, LEAD_WIDTH = 22, 100
TABLE_ROW = 2  # of headings, from 0
LINE_POINTS, MOST_POINTS = 15.5, 409.0  # of a line of text; the most that a row may have
A3, A4 = 8, 9
ONE_TABLE = "This sheet has one table."
SHEETS = {
    "assumptions": "Assumptions",
    "data": "Data",
    "decisions": "Decisions",
    "qa": "QA",
    "risks": "Risks and issues",
    "stress_des": "STRESS-DES",
    "model_map": "Model map",
}


def workbook_of(comparison: Document, logs: Sequence[Log]) -> bytes:
    """The workbook. Every cell is text or a whole number; nothing is read as a formula, a link or a date."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"title": f"Assurance pack: {comparison['title']}", "created": CREATED})
    book.formats[0].set_font_name("Arial")
    book.formats[0].set_font_size(12)
    styles = {
        "title": book.add_format({**FONT, "bold": True, "font_size": 16}),
        "lead": book.add_format({**FONT, "text_wrap": True}),
        "plain": book.add_format(FONT),
        "heading": book.add_format({**FONT, "bold": True, "text_wrap": True, "bottom": 1, "indent": 1}),
        "cell": book.add_format({**FONT, "text_wrap": True, "num_format": "@", "indent": 1}),
        "number": book.add_format({**FONT, "num_format": "0", "align": "left", "indent": 1}),
        "link": book.add_format({**FONT, "indent": 1, "font_color": "#12436D", "underline": 1}),
    }
    write_cover(book, comparison, styles)
    write_contents(book, logs, styles)
    write_notes(book, logs, styles)
    for log in logs:
        write_log(book, log, styles)
    book.close()
    return out.getvalue()


def write_cover(book: Workbook, comparison: Document, styles: dict[str, Format]) -> None:
    """What this is, of which report, and who has to fill in what."""
    sheet = new_sheet(book, "Cover", f"Assurance pack: {comparison['title']}", (LEAD_WIDTH,), styles)
    record = comparison["run"]
    words = (
        "Logs of assumptions, data, decisions, quality assurance and risks, a STRESS-DES checklist and the model "
        "map, in the columns of the ONS analytical assurance template where it has them.",
        f"Made by the IOM simulator, version {record['version']}, from the answers of run {record['digest']}. No date "
        "is written here, so that the same answers give the same file.",
        "Names, dates, owners and sign-offs are left for you: the program does not know them, and nobody has signed "
        "for anything.",
        "Cells are text. Where nothing is known a cell says so; an empty cell means that there is nothing to say.",
    )
    for row, sentence in enumerate(words, start=1):
        sheet.set_row(row, height_of([sentence], (LEAD_WIDTH,)))
        sheet.write_string(row, 0, sentence, styles["lead"])


def write_contents(book: Workbook, logs: Sequence[Log], styles: dict[str, Format]) -> None:
    """One row for each sheet, with a link to it."""
    widths = (24, 76, 10)
    sheet = new_sheet(book, "Contents", "Contents", widths, styles)
    sheet.write_string(1, 0, ONE_TABLE, styles["plain"])
    rows = [
        ["Notes", "How each log was made and how to read it", ""],
        *([SHEETS[log.name], log.title, str(len(log.rows))] for log in logs),
    ]
    add_table(sheet, "contents", ("Sheet", "What it holds", "Rows"), rows, widths, styles)
    for place, (name, *_) in enumerate(rows, start=TABLE_ROW + 1):
        sheet.write_url(place, 0, f"internal:'{name}'!A1", styles["link"], name)


def write_notes(book: Workbook, logs: Sequence[Log], styles: dict[str, Format]) -> None:
    """Every note, numbered, with the sheet that it is about."""
    widths = (8, 24, LEAD_WIDTH)
    sheet = new_sheet(book, "Notes", "Notes", widths, styles)
    sheet.write_string(1, 0, ONE_TABLE, styles["plain"])
    about = [(SHEETS[log.name], words) for log in logs for words in log.about]
    rows = [[str(number), name, words] for number, (name, words) in enumerate(about, start=1)]
    add_table(sheet, "notes", ("Note", "Sheet", "What it says"), rows, widths, styles)


def write_log(book: Workbook, log: Log, styles: dict[str, Format]) -> None:
    """One log: title in A1, what the sheet has, then its table, headings frozen."""
    widths = tuple(WIDTHS.get(heading, WIDTH) for heading in log.headings)
    sheet = new_sheet(book, SHEETS[log.name], log.title, widths, styles)
    sheet.write_string(1, 0, f"{ONE_TABLE} How it was made, and how to read it: see the sheet Notes.", styles["plain"])
    add_table(sheet, log.name, log.headings, [list(row.values()) for row in log.rows], widths, styles)
    sheet.freeze_panes(TABLE_ROW + 1, 1)
    sheet.repeat_rows(TABLE_ROW)


def new_sheet(book: Workbook, name: str, title: str, widths: Sequence[float], styles: dict[str, Format]) -> Worksheet:
    """A sheet with its title in A1, its columns, and one page across in print."""
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, title, styles["title"])
    sheet.set_row(0, 24)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_landscape()
    sheet.set_paper(A3 if sum(widths) > LEAD_WIDTH * 2 else A4)
    sheet.fit_to_pages(1, 0)
    return sheet


def add_table(
    sheet: Worksheet,
    name: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    styles: dict[str, Format],
) -> None:
    """A real table without filter buttons; whole numbers as numbers, all else as text."""
    columns: Any = [{"header": heading, "header_format": styles["heading"]} for heading in headings]
    options: Any = {"name": f"log_{name}", "columns": columns, "autofilter": False, "style": None}
    sheet.add_table(TABLE_ROW, 0, TABLE_ROW + len(rows), len(headings) - 1, options)
    sheet.set_row(TABLE_ROW, height_of(headings, widths))
    for number, cells in enumerate(rows, start=TABLE_ROW + 1):
        sheet.set_row(number, height_of(cells, widths))
        for column, words in enumerate(cells):
            write_cell(sheet, number, column, words, styles)


def write_cell(sheet: Worksheet, row: int, column: int, words: str, styles: dict[str, Format]) -> None:
    """One cell; nothing for nothing."""
    if words.isascii() and words.isdigit() and str(int(words)) == words:
        sheet.write_number(row, column, int(words), styles["number"])
    elif words:
        sheet.write_string(row, column, words, styles["cell"])


def height_of(cells: Sequence[str], widths: Sequence[float]) -> float:
    """Height of a row in points, so that every cell is seen whole; not every program works it out by itself."""
    lines = max(len(textwrap.wrap(cell, int(width))) for cell, width in zip(cells, widths, strict=True))
    return min(max(lines, 1) * LINE_POINTS + 3.0, MOST_POINTS)
