"""Every number of the workbook by sheet and cell, with the formula that gives it: its part of ``figures.csv``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.documents.workbook.sheets import Cell, Layout, Sheet, letters

ROOT = "workbook"  # identifiers are workbook.<sheet>.<cell>
FIXED = "as the answers beside it have it; no formula"


def number_rows(sheets: Sequence[Sheet], inputs_digest: str, width: int) -> Iterator[list[str]]:
    """One row a number, in the order of the sheets, with as many cells as ``figures.csv`` has headings.

    Args:
        inputs_digest: digest of the inputs that the page carries.
        width: how many headings there are.
    """
    for sheet in sheets:
        for number, row in enumerate(sheet.rows):
            for place, cell in enumerate(row):
                if is_number(cell):
                    yield row_of(sheet.layout, number, place, row, inputs_digest, width)


def is_number(cell: Cell) -> bool:
    """Whether a cell shows a number."""
    return isinstance(cell.value, int | float) and not isinstance(cell.value, bool)


def row_of(here: Layout, number: int, place: int, row: Sequence[Cell], inputs_digest: str, width: int) -> list[str]:
    """Identifier, value, unit left to the heading, where it stands, what it is and how it is computed."""
    cell, at = row[place], f"{letters(place)}{here.header_row + 1 + number}"
    heading = here.columns[place].heading.replace("\n", " ")
    label = next((str(each.value) for each in row if isinstance(each.value, str) and each.value), "")
    made = [f"{ROOT}.{here.sheet}.{at}", repr(cell.value), "", "", f"workbook.xlsx, {here.sheet}, {at}"]
    made += [f"{heading}: {label}" if label else heading, cell.formula or FIXED]
    return [*made, *[""] * (width - len(made) - 1), inputs_digest]
