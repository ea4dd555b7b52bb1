"""What stands above every table: the way back, what the sheet holds, its price base, and whether inputs were changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from simulator.documents.workbook.sheets import Cell, Column, quoted
from simulator.documents.workbook.sums import Sums

CONTENTS = "Contents"
UNCHANGED = "Inputs changed: no. The amounts are those of the run."
CHANGED = "Inputs changed: yes. The amounts follow them; intervals are of the run and no longer apply."
SEE = "Notes and Cautions name them."
NO_LONGER = "no longer applies"
RATE = 'ROUND(discount_rate*100,2)&"%"'


def fixed_lead(*sentences: str) -> tuple[Cell, ...]:
    """The rows below the title of a sheet that no input changes."""
    return (back(), *(Cell(words, style="lead") for words in sentences))


def live_lead(sums: Sums, *sentences: str, discounted: bool = True) -> tuple[Cell, ...]:
    """The rows below the title of a sheet of amounts, with the price base and the state of the inputs, live."""
    return (*fixed_lead(*sentences), basis(sums) if discounted else plain_basis(sums), changed(), *marked(sums))


def back() -> Cell:
    """The way to the list of sheets."""
    return Cell("Back to contents", style="link", link=CONTENTS)


def basis(sums: Sums) -> Cell:
    """What the pounds are: price base, discount rate, comparator."""
    end = f" a year. Each choice is set against '{sums.arms[0]['title']}'."
    rate = f"{round(sums.costs['rates'][0]['value'] * 100.0, 2):g}%"
    said = f"Pounds at present value in {sums.costs['price_base']} prices, discounted at {rate}{end}"
    formula = f'="Pounds at present value in "&price_base&" prices, discounted at "&{RATE}&{quoted(end)}'
    return Cell(said, formula, "lead")


def plain_basis(sums: Sums) -> Cell:
    """What the pounds are where nothing is discounted."""
    end = f" prices, not discounted. Each choice is set against '{sums.arms[0]['title']}'."
    return Cell(f"Pounds in {sums.costs['price_base']}{end}", f'="Pounds in "&price_base&{quoted(end)}', "lead")


def changed() -> Cell:
    """Whether any input was changed, and what follows."""
    return Cell(UNCHANGED, f'=IF(inputs_changed="yes",{quoted(CHANGED)},{quoted(UNCHANGED)})', "status")


def marked(sums: Sums) -> tuple[Cell, ...]:
    """What the signs in headings mean, one row for each; nothing where no result carries any."""
    return tuple(Cell(f"{mark['sign']} = {meaning(mark)}. {SEE}", style="mark") for mark in marks(sums))


def marks(sums: Sums) -> list[dict[str, Any]]:
    """The marks of the run's results: sign, meaning, the inputs they come through, and the measures that carry them."""
    return list(sums.comparison.get("marks", ()))


def meaning(mark: Mapping[str, Any]) -> str:
    """What a sign means, without the inputs it comes through."""
    return str(mark["meaning"]).rpartition(": ")[0] or str(mark["meaning"])


def signed(columns: Sequence[Column], sums: Sums) -> tuple[Column, ...]:
    """Columns whose headings carry the signs of the measure they show."""
    return tuple(
        replace(column, heading=f"{column.heading} {found}") if (found := signs(column.measure, sums)) else column
        for column in columns
    )


def signs(measure: str, sums: Sums) -> str:
    """The signs of one measure, such as [u][old]; empty for none."""
    return "".join(mark["sign"] for mark in marks(sums) if measure in mark["fields"])


def marks_of(price: Mapping[str, Any], sums: Sums) -> str:
    """The marks of one unit cost; empty for none."""
    own = {price["name"], price["whole"]}
    return "; ".join(f"{mark['sign']} {mark['name']}" for mark in marks(sums) if own & set(mark["through"]))
