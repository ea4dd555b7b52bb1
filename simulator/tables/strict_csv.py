"""Read CSV strictly: rows that know the line and column of every cell, or a refusal."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from simulator.tables.checks import Bounds, number_fault
from simulator.tables.csv_cells import Cell, records_of
from simulator.tables.number_text import number_hint, number_or_none
from simulator.tables.problems import InputProblems, Problem, Problems, did_you_mean
from simulator.tables.text_file import read_text

_SPREADSHEET_ERROR = re.compile(r"#(DIV/0!|REF!|N/A|NAME\?|VALUE!|NUM!|NULL!|SPILL!|CALC!|#+)")


@dataclass(frozen=True)
class Row:
    """One row: ``values`` by column name, and the places needed to say what is wrong with them."""

    line: int
    values: dict[str, str]
    file: str = ""
    places: dict[str, tuple[int, int]] = field(default_factory=dict, repr=False)
    excerpts: dict[int, str] = field(default_factory=dict, repr=False)

    def problem(self, column: str, message: str, suggestion: str = "") -> Problem:
        """A problem at the cell in a column."""
        line, at = self.places.get(column, (self.line, 1))
        excerpt = self.excerpts.get(line, "")
        return Problem(self.file, line, at, f"{column}: {message}", suggestion, excerpt)

    def number(
        self,
        column: str,
        problems: Problems,
        *,
        minimum: float | None = None,
        maximum: float | None = None,
    ) -> float:
        """The number in a cell; a problem is noted, and a stand-in returned, where it is none."""
        found = self.number_or_none(column, problems, minimum=minimum, maximum=maximum)
        if not self.values[column]:
            problems.add(self.problem(column, "a number is missing"))
        return Bounds(minimum, maximum).stand_in() if found is None else found

    def number_or_none(
        self,
        column: str,
        problems: Problems,
        *,
        minimum: float | None = None,
        maximum: float | None = None,
    ) -> float | None:
        """As number, but an empty cell is None."""
        text = self.values[column]
        if not text:
            return None
        number = number_or_none(text)
        if number is None:
            problems.add(self.problem(column, f"'{text}' is not a number", number_hint(text)))
            return None
        fault = number_fault(number, Bounds(minimum, maximum))
        if fault:
            problems.add(self.problem(column, *fault))
            return None
        return number

    def text(self, column: str, problems: Problems) -> str:
        """The text in a cell, which may not be empty."""
        if not self.values[column]:
            problems.add(self.problem(column, "the cell is empty"))
        return self.values[column]

    def choice(self, column: str, allowed: Collection[str], problems: Problems) -> str:
        """One of the allowed words; where it is none, a problem is noted and the first returned."""
        text = self.values[column]
        if text in allowed:
            return text
        hint = did_you_mean(text, allowed)
        problems.add(self.problem(column, f"'{text}' is not one of the choices here", hint))
        return next(iter(allowed))


def read_csv(path: Path | str, columns: Sequence[str], optional: Sequence[str] = ()) -> list[Row]:
    """The rows of a CSV file whose first line names its columns, in any order.

    Blank rows are skipped.

    Args:
        path: the file.
        columns: the names of the columns that it must have.
        optional: the names of further ones that it may have; empty cells where it has not.

    Raises:
        InputProblems: the file is missing, empty, not UTF-8 or not CSV; columns missing, unknown,
            unnamed or twice; rows of another length; errors of a spreadsheet such as #DIV/0!.
    """
    path = Path(path)
    text = read_text(path)
    excerpts = dict(enumerate(re.split("\r\n|\r|\n", text), start=1))
    records, fault = records_of(text)
    problems = Problems()
    if fault:
        at, column, message, hint = fault
        problems.add(Problem(str(path), at, column, message, hint, excerpts.get(at, "")))
        raise InputProblems(problems)
    filled = [record for record in records if any(cell.text for cell in record)]
    if not filled:
        raise InputProblems([Problem(str(path), 0, 0, "the file is empty")])
    table = _Table(str(path), excerpts, filled[0])
    problems.extend(table.header_problems(columns, optional))
    problems.stop_if_any()
    rows = []
    for record in filled[1:]:
        problems.extend(table.row_problems(record))
        rows.append(table.row(record, optional))
    if not rows:
        problems.add(Problem(str(path), 0, 0, "the file has column names but no rows"))
    problems.stop_if_any()
    return rows


@dataclass(frozen=True)
class _Table:
    file: str
    excerpts: dict[int, str]
    header: list[Cell]

    def row(self, record: list[Cell], optional: Iterable[str]) -> Row:
        named = {head.text: cell for head, cell in zip(self.header, record, strict=False)}
        values = dict.fromkeys(optional, "") | {name: cell.text for name, cell in named.items()}
        places = {name: (cell.line, cell.column) for name, cell in named.items()}
        return Row(record[0].line, values, self.file, places, self.excerpts)

    def header_problems(self, columns: Sequence[str], optional: Sequence[str]) -> Iterable[Problem]:
        names = [cell.text for cell in self.header]
        known = [*columns, *optional]
        missing = [name for name in columns if name not in names]
        if len(names) == 1 and ";" in names[0]:
            hint = "Save it with commas between the columns ('CSV UTF-8 (comma delimited)')."
            yield self._problem(self.header[0], "the columns are separated by semicolons", hint)
            return
        for index, cell in enumerate(self.header):
            if not cell.text:
                yield self._problem(cell, f"column {index + 1} has no name", "Name or delete it.")
            elif cell.text in names[:index]:
                yield self._problem(cell, f"the column '{cell.text}' is there twice")
            elif cell.text not in known:
                hint = did_you_mean(cell.text, missing or known)
                yield self._problem(cell, f"the column '{cell.text}' is not known here", hint)
        for name in missing:
            unknown = [each for each in names if each and each not in known]
            yield self._problem(self.header[0], f"the column '{name}' is missing", _is_it(name, unknown))

    def row_problems(self, record: list[Cell]) -> Iterable[Problem]:
        if len(record) != len(self.header):
            message = f"this row has {len(record)} cells, and there are {len(self.header)} columns"
            more = len(record) > len(self.header)
            hint = "Put a cell that holds a comma in quotation marks." if more else ""
            yield self._problem(record[0], message, hint)
        for cell in record:
            if _SPREADSHEET_ERROR.fullmatch(cell.text):
                message = f"'{cell.text}' is an error of the spreadsheet, not a value"
                yield self._problem(cell, message)

    def _problem(self, cell: Cell, message: str, suggestion: str = "") -> Problem:
        excerpt = self.excerpts.get(cell.line, "")
        return Problem(self.file, cell.line, cell.column, message, suggestion, excerpt)


def _is_it(name: str, given: Iterable[str]) -> str:
    """A question whether one of the unknown names given is the missing one."""
    hint = did_you_mean(name, given)
    return hint.replace("Did you mean", "Is it").replace("?", " here?") if "mean" in hint else ""
