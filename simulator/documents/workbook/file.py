"""From sheets to a file, with XlsxWriter: the same sheets give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from simulator.documents.workbook.drawing import WIDTH, chart_for
from simulator.documents.workbook.sheets import Allowed, Cell, Layout, Sheet, letters
from simulator.documents.workbook.styles import FONT, STYLES

# Files do not carry the day on which they were written, so that they stay the same.
CREATED = datetime(2000, 1, 1)
A4, A3 = 9, 8
A4_WIDTH = 225.0  # characters that still read well on a page of A4 on its side
LINE_POINTS = 14.5
HEAD_POINTS = 14.5
CHART_ROWS = 24


def write_file(path: Path, sheets: Sequence[Sheet], title: str, comments: str) -> None:
    """Write the sheets in order; formulas carry their values, so that any viewer shows them."""
    import xlsxwriter

    # A copy: the library writes into what it is given.
    book = xlsxwriter.Workbook(str(path), {"default_format_properties": dict(FONT), "strings_to_numbers": False})
    properties = {"title": title, "subject": "Costs and benefits of Integrated Offender Management"}
    book.set_properties({**properties, "comments": comments, "created": CREATED})
    formats = {name: book.add_format({**FONT, **style}) for name, style in STYLES.items()}
    made = [(book.add_worksheet(sheet.name), sheet) for sheet in sheets]
    for number, (worksheet, sheet) in enumerate(made):
        fill(book, worksheet, sheet, formats, number)
    book.set_calc_mode("auto")
    book.close()


def fill(book: Any, worksheet: Any, sheet: Sheet, formats: Mapping[str, Any], number: int) -> None:
    """Write one sheet."""
    here = sheet.layout
    worksheet.write_string(0, 0, sheet.title, formats["title"])
    for row, cell in enumerate(sheet.lead, start=1):
        put(book, worksheet, row, 0, cell, formats, "lead", sheet)
    for column, each in enumerate(here.columns):
        worksheet.set_column(column, column, each.width)
    for row, cells in enumerate(sheet.rows, start=here.header_row):
        for column, cell in enumerate(cells):
            put(book, worksheet, row, column, cell, formats, here.columns[column].style, sheet)
    mark_table(worksheet, sheet, formats, number)
    set_heights(worksheet, sheet)
    for name, refers in sheet.names:
        book.define_name(name, refers)
    set_page(worksheet, sheet)
    for place, graph in enumerate(sheet.graphs):
        beside = {"x_offset": place * (WIDTH + 20), "object_position": 3}
        options = {**beside, "description": graph.alternative}
        worksheet.insert_chart(here.last_row + 1, 0, chart_for(book, graph), options)


def put(
    book: Any, worksheet: Any, row: int, column: int, cell: Cell, formats: Mapping[str, Any], style: str, sheet: Sheet
) -> None:
    """Write one cell with its style, link, formula and stored value, name, and what may be typed into it."""
    form = formats[cell.style or style]
    if cell.link:
        worksheet.write_url(row, column, f"internal:'{cell.link}'!A1", form, str(cell.value), f"Go to {cell.link}")
    elif cell.formula:
        worksheet.write_formula(row, column, cell.formula, form, cell.value)
    elif isinstance(cell.value, str):
        worksheet.write_string(row, column, cell.value, form)
    else:
        worksheet.write_number(row, column, cell.value, form)
    if cell.name:
        book.define_name(cell.name, f"='{sheet.name}'!${letters(column)}${row + 1}")
    if cell.allowed:
        worksheet.data_validation(row, column, row, column, validation(cell.allowed))


def validation(allowed: Allowed) -> dict[str, Any]:
    """What may be typed into an input."""
    said = {"error_title": "Not allowed", "error_message": f"Type {allowed.words}.", "input_title": "Input"}
    said["input_message"] = f"Type {allowed.words}."
    if allowed.choices:
        return {**said, "validate": "list", "source": allowed.choices}
    return {**said, "validate": "decimal", "criteria": "between", "minimum": allowed.low, "maximum": allowed.high}


def mark_table(worksheet: Any, sheet: Sheet, formats: Mapping[str, Any], number: int) -> None:
    """Mark the cells as one table with headings, and keep the headings in sight."""
    here = sheet.layout
    heads = [{"header": column.heading, "header_format": formats["head"]} for column in here.columns]
    worksheet.add_table(
        here.header_row - 1,
        0,
        max(here.last_row - 1, here.header_row),
        len(here.columns) - 1,
        {
            "name": f"table_{number + 1}_{''.join(c if c.isalnum() else '_' for c in sheet.name)}".lower(),
            "columns": heads,
            "autofilter": sheet.filters,
            "style": None,
        },
    )
    frozen = 1 if sum(column.width for column in here.columns) > A4_WIDTH else 0
    worksheet.freeze_panes(here.header_row, frozen)
    worksheet.ignore_errors({"formula_differs": f"A1:{letters(len(here.columns) - 1)}{here.last_row}"})


def set_heights(worksheet: Any, sheet: Sheet) -> None:
    """Rows as high as their longest wrapped words: not every program works that out by itself."""
    here = sheet.layout
    most = max(lines_of(column.heading, column.width * 1.03) for column in here.columns)
    worksheet.set_row(here.header_row - 1, most * HEAD_POINTS + 4.0)
    wrapped = [(number, column.width) for number, column in enumerate(here.columns) if "wrap" in column.style]
    for row, cells in enumerate(sheet.rows):
        needed = max((lines_of(str(cells[column].value), width * 1.12) for column, width in wrapped), default=1)
        if needed > 1:
            worksheet.set_row(here.header_row + row, needed * LINE_POINTS + 2.0)


def lines_of(words: str, width: float) -> int:
    """Lines that words take in a column, none broken inside a word."""
    lines, used = 1, 0.0
    for word in words.split():
        if used and used + 1 + len(word) > width:
            lines, used = lines + 1, 0.0
        used += len(word) + (1 if used else 0)
    return lines


def set_page(worksheet: Any, sheet: Sheet) -> None:
    """Print on its side, as wide as the table, headings on every page, with name and page number below."""
    here: Layout = sheet.layout
    wide = sum(column.width for column in here.shown) > A4_WIDTH
    worksheet.set_landscape()
    worksheet.set_paper(A3 if wide else A4)
    worksheet.fit_to_pages(1, 0)
    worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    worksheet.repeat_rows(here.header_row - 1)
    worksheet.set_footer("&L&A&RPage &P of &N")
    bottom = here.last_row + (CHART_ROWS if sheet.graphs else 0)
    worksheet.print_area(0, 0, bottom - 1, len(here.shown) - 1)
    worksheet.hide_gridlines(2)
