"""``figures.csv``: every number printed in the documents, with what it is, how it was computed and what it rests on.

Most figures rest on dozens of inputs, and many on the same: such sets have a number, and ``input_sets.csv`` lists
them; ``inputs.csv`` says where each input comes from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.documents.register import Printed
from simulator.documents.workbook.cells import number_rows
from simulator.documents.workbook.sheets import Sheet
from simulator.report.behind import Background, Behind
from simulator.report.text import csv_text

HEADINGS = (
    "identifier", "value", "unit", "printed", "where", "meaning", "how it was computed", "inputs", "sources", "standing",
    "marks", "inputs digest",
)  # fmt: skip
SET_HEADINGS = ("set", "input")
SAID = "said."
IN_WORDS = "in the words of the sentence that holds it, made again with it"
FEW = 6  # inputs that are named in the row itself


class Sets:
    """Sets of inputs by number, in the order in which they first come up."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[str, ...], int] = {}

    def words(self, inputs: tuple[str, ...]) -> str:
        """The inputs, or the set that holds them."""
        if len(inputs) <= FEW:
            return " | ".join(inputs)
        number = self.numbers.setdefault(inputs, len(self.numbers) + 1)
        return f"set {number}: {len(inputs)} inputs"


def figures_tables(
    printed: Mapping[str, Printed], background: Background, inputs_digest: str, sheets: Sequence[Sheet] = ()
) -> tuple[str, str]:
    """``figures.csv``, one row a number, and ``input_sets.csv``; several in one cell are divided by a bar.

    Args:
        printed: every number that the documents print.
        background: what stands behind each.
        inputs_digest: digest of the inputs that the page carries.
        sheets: the sheets of the workbook, whose numbers come last.
    """
    sets = Sets()
    rows = [
        [each.name, repr(each.exact), *behind_cells(each, background, sets), inputs_digest] for each in printed.values()
    ]
    rows += number_rows(sheets, inputs_digest, len(HEADINGS))
    return csv_text(HEADINGS, rows), csv_text(SET_HEADINGS, set_rows(sets))


def behind_cells(each: Printed, background: Background, sets: Sets) -> list[str]:
    """Unit, printed forms and places, and what is behind a number."""
    places = [" | ".join(each.printed), " | ".join(each.sections)]
    if each.name.startswith(SAID):
        return ["", *places, "a number in a sentence", IN_WORDS, "", "", "", ""]
    found = background.behind(each.name)
    return [found.unit, *places, found.meaning, found.how, *rest_cells(found, sets)]


def rest_cells(found: Behind, sets: Sets) -> list[str]:
    """Inputs, sources, standing and marks."""
    return [
        sets.words(found.inputs),
        " | ".join(source.name for source in found.sources),
        found.standing,
        " | ".join(f"{mark.sign} {mark.name}" for mark in found.marks),
    ]


def set_rows(sets: Sets) -> list[list[Any]]:
    """Every input of every set; inputs.csv says where each comes from."""
    return [[number, name] for names, number in sets.numbers.items() for name in names]
