"""Tables of a Word file: a heading row that repeats, rows that stay whole, no merged cells, numbers to the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document as WordFile
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.table import _Cell, _Row

from simulator.charts.style import text_inches
from simulator.documents.contents import Table
from simulator.documents.page import numeric_columns, plain
from simulator.documents.word.runs import add_words
from simulator.documents.word.styles import CELL, HEADING_CELL, NUMBER, POINTS, RULE, TINT, WIDTH_CM, edge

PADDING_CM = 0.3
LONGEST_CM = 8.0  # that a column of sentences is wished wide
NARROWER, NARROWER_BOLD = (
    0.9,
    0.97,
)  # the typeface of the file against the one that text is measured in, on the safe side
KEPT_TOGETHER = 14  # a table of so many rows or fewer is not divided between pages
NOTHING = "–"


def add_table(made: WordFile, table: Table) -> None:
    """A table with its text alternative; caption and notes are paragraphs of their own."""
    right = [False] * len(table.headings) if table.wide else numeric_columns(table.rows)
    right = right or [False] * len(table.headings)
    grid = made.add_table(rows=0, cols=len(table.headings))
    grid.alignment = WD_TABLE_ALIGNMENT.LEFT
    set_layout(grid._tbl.tblPr, plain(table.caption))
    widths = column_widths(table, right)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Cm(width)
    add_row(
        grid.add_row(), [heading.replace("\n", " ") for heading in table.headings], [HEADING_CELL] * len(right), widths
    )
    as_heading(grid.rows[0], right)
    styles = [NUMBER if each else CELL for each in right]
    for cells in table.rows:
        add_row(grid.add_row(), cells, styles, widths)
    if len(table.rows) <= KEPT_TOGETHER and not table.wide:
        keep_together(grid.rows, bool(table.notes))


def set_layout(properties: Any, description: str) -> None:
    """Fixed widths, lines between rows only, the first row a heading, and words for readers aloud."""
    for name in ("w:tblStyle", "w:tblLayout", "w:tblBorders", "w:tblLook"):
        for each in properties.findall(qn(name)):
            properties.remove(each)
    width = properties.find(qn("w:tblW"))
    width.set(qn("w:type"), "dxa")
    width.set(qn("w:w"), str(round(WIDTH_CM / 2.54 * 1440)))
    borders = OxmlElement("w:tblBorders")
    for side, eighths in (("top", 8), ("bottom", 8), ("insideH", 4)):
        borders.append(edge(side, eighths, RULE))
    indent = OxmlElement("w:tblInd")
    indent.set(qn("w:w"), str(round(PADDING_CM / 2 / 2.54 * 1440)))
    indent.set(qn("w:type"), "dxa")
    layout = OxmlElement("w:tblLayout")
    layout.set(qn("w:type"), "fixed")
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(round(PADDING_CM / 2 / 2.54 * 1440)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = OxmlElement("w:tblLook")
    for name, value in (
        ("val", "0020"),
        ("firstRow", "1"),
        ("lastRow", "0"),
        ("firstColumn", "0"),
        ("lastColumn", "0"),
    ):
        look.set(qn(f"w:{name}"), value)
    words = OxmlElement("w:tblDescription")
    words.set(qn("w:val"), description)
    for each in (indent, borders, layout, margins, look, words):
        properties.append(each)


def add_row(row: _Row, cells: Sequence[str], styles: Sequence[str], widths: Sequence[float]) -> None:
    """One row that no page end divides."""
    kept = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(kept)
    for cell, words, style, width in zip(row.cells, cells, styles, widths, strict=True):
        cell.width = Cm(width)
        cell.paragraphs[0].style = style
        add_words(cell.paragraphs[0], words or NOTHING)


def as_heading(row: _Row, right: Sequence[bool]) -> None:
    """The row that says what the columns are, again on each page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, is_number in zip(row.cells, right, strict=True):
        tint(cell)
        at_the_bottom(cell)
        if is_number:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def tint(cell: _Cell) -> None:
    """A light colour behind a cell."""
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", TINT)):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)


def at_the_bottom(cell: _Cell) -> None:
    """Words at the bottom of a cell, nearest to their column."""
    place = OxmlElement("w:vAlign")
    place.set(qn("w:val"), "bottom")
    cell._tc.get_or_add_tcPr().append(place)


def keep_together(rows: Sequence[_Row], with_notes: bool) -> None:
    """Rows kept with the next, so that a short table stays on one page, with its notes."""
    for row in list(rows) if with_notes else list(rows)[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def column_widths(table: Table, right: Sequence[bool]) -> list[float]:
    """Centimetres of each column: no word or number broken where that is possible, then room by what it says."""
    columns = list(zip(*table.rows, strict=True)) or [()] * len(table.headings)
    both = [
        (least_cm(heading, cells, is_number), wished_cm(heading, cells))
        for heading, cells, is_number in zip(table.headings, columns, right, strict=True)
    ]
    least, wished = [low for low, _ in both], [max(pair) for pair in both]
    room, more = WIDTH_CM - sum(least), sum(wished) - sum(least)
    if room <= 0.0:
        return [WIDTH_CM * each / sum(least) for each in least]
    if more >= room:
        return [low + (high - low) * room / more for low, high in zip(least, wished, strict=True)]
    return [each + (room - more) / len(wished) for each in wished]


def least_cm(heading: str, cells: Sequence[str], is_number: bool) -> float:
    """What a column needs so that no word of it breaks; what holds a number breaks nowhere."""
    parts = [part for cell in cells for part in ([plain(cell)] if is_number else plain(cell).split())]
    widths = [*map(width_cm, parts), *(width_cm(word, bold=True) for word in plain(heading).split())]
    return max(widths, default=0.0) + PADDING_CM


def wished_cm(heading: str, cells: Sequence[str]) -> float:
    """What a column takes with each cell on one line, and its heading on two."""
    longest = max((width_cm(plain(cell)) for cell in cells), default=0.0)
    return max(min(longest, LONGEST_CM), 0.6 * width_cm(" ".join(plain(heading).split()), bold=True)) + PADDING_CM


def width_cm(words: str, bold: bool = False) -> float:
    """Centimetres of a line of words."""
    return 2.54 * text_inches(words, POINTS) * (NARROWER_BOLD if bold else NARROWER)
