"""What a sheet of the workbook is, before any file: title, lead, one table of cells, and where each of them stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Plain = str | float | int | None


@dataclass(frozen=True)
class Allowed:
    """What may be typed into an input: numbers from ``low`` to ``high``, or one of the cells of ``choices``."""

    words: str
    low: float = 0.0
    high: float = 0.0
    choices: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell: its value as computed by the program, and the formula that gives the same value, if it has one.

    ``style`` replaces that of the column; ``name`` names the cell in the workbook; ``link`` leads to another sheet.
    """

    value: Plain
    formula: str = ""
    style: str = ""
    name: str = ""
    allowed: Allowed | None = None
    link: str = ""


@dataclass(frozen=True)
class Column:
    """One column of a table; ``key`` is how formulas find it, ``width`` is in characters.

    An ``aid`` helps formulas to find rows; such columns stand last and are not printed. ``measure`` is the field of an
    arm that the column shows, whose marks its heading carries.
    """

    key: str
    heading: str
    width: float
    style: str = "text"
    aid: bool = False
    measure: str = ""


@dataclass(frozen=True)
class Series:
    """One series of a chart: cells of names, cells of values, and the cell that names the series (or fixed words)."""

    title: str
    categories: str
    values: str


@dataclass(frozen=True)
class Graph:
    """A chart below the table. ``kind`` is bar or line; ``alternative`` says in words what it shows."""

    kind: str
    title: str
    axis: str
    series: tuple[Series, ...]
    alternative: str


@dataclass(frozen=True)
class Layout:
    """Where everything on a sheet stands: title in A1, ``leads`` rows below it, headings, then ``length`` rows."""

    sheet: str
    columns: tuple[Column, ...]
    leads: int
    length: int

    @property
    def shown(self) -> tuple[Column, ...]:
        """The columns for people."""
        return tuple(column for column in self.columns if not column.aid)

    @property
    def header_row(self) -> int:
        """The row of the headings, from 1."""
        return self.leads + 2

    @property
    def last_row(self) -> int:
        """The last row of the table, from 1."""
        return self.header_row + self.length

    def letter(self, key: str) -> str:
        """The letters of a column."""
        return letters([column.key for column in self.columns].index(key))

    def here(self, key: str, row: int) -> str:
        """A cell for formulas on the same sheet, such as F7; ``row`` counts the table's rows from 0."""
        return f"{self.letter(key)}{self.header_row + 1 + row}"

    def at(self, key: str, row: int) -> str:
        """A cell for formulas on other sheets, such as 'Unit costs'!$F$7."""
        return f"'{self.sheet}'!${self.letter(key)}${self.header_row + 1 + row}"

    def all(self, key: str) -> str:
        """A whole column of the table for formulas on any sheet."""
        return self.rows(key, 0, self.length - 1)

    def rows(self, key: str, first: int, last: int) -> str:
        """Some rows of a column, both ends included."""
        start = self.header_row + 1
        letter = self.letter(key)
        return f"'{self.sheet}'!${letter}${start + first}:${letter}${start + last}"


@dataclass(frozen=True)
class Sheet:
    """One sheet: a title, sentences, and one table. ``names`` are ranges by their names in the workbook.

    Raises ValueError where lead, rows and layout do not fit together.
    """

    layout: Layout
    title: str
    about: str
    lead: tuple[Cell, ...]
    rows: Sequence[Sequence[Cell]]
    live: bool = False
    names: tuple[tuple[str, str], ...] = ()
    graphs: tuple[Graph, ...] = ()
    filters: bool = False

    def __post_init__(self) -> None:
        """Refuse a sheet whose formulas elsewhere would point at the wrong cells."""
        wide = {len(row) for row in self.rows} - {len(self.layout.columns)}
        if wide or len(self.lead) != self.layout.leads or len(self.rows) != self.layout.length:
            raise ValueError(f"sheet '{self.layout.sheet}' is not as it was laid out")

    @property
    def name(self) -> str:
        """The name on the tab."""
        return self.layout.sheet


def letters(column: int) -> str:
    """The letters of a column counted from 0: A, Z, AA."""
    return letters(column // 26 - 1) + chr(65 + column % 26) if column >= 26 else chr(65 + column)


def row_of(*values: Any) -> tuple[Cell, ...]:
    """A row of cells from cells and plain values."""
    return tuple(value if isinstance(value, Cell) else Cell(value) for value in values)


def year_columns(years: int, style: str, prefix: str = "") -> tuple[Column, ...]:
    """One column for each year of the appraisal, with the keys y1, y2 and so on."""
    return tuple(Column(f"y{year}", f"{prefix}Year {year}".capitalize(), 13, style) for year in range(1, years + 1))


def quoted(words: str) -> str:
    """Words as a formula has them."""
    return '"' + words.replace('"', '""') + '"'
