"""Split a text into CSV records (RFC 4180), keeping the line and column of every cell."""

from __future__ import annotations

import re
from typing import NamedTuple

_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_PLAIN = re.compile(r"[^,\r\n]*")
_END = re.compile(r"\r\n|\r|\n")


class Cell(NamedTuple):
    """One cell: its text without surrounding space, and where it begins (from 1)."""

    text: str
    line: int
    column: int


class Fault(NamedTuple):
    """A place where the text is not CSV."""

    line: int
    column: int
    message: str
    suggestion: str = ""


def records_of(text: str) -> tuple[list[list[Cell]], Fault | None]:
    """The records of a CSV text, and the first place, if any, where it is not CSV.

    A blank line is a record of one empty cell.
    """
    records: list[list[Cell]] = []
    at, line, line_start = 0, 1, 0
    while at < len(text):
        record: list[Cell] = []
        while True:
            column = at - line_start + 1
            cell, after, fault = _cell(text, at)
            if fault:
                return records, Fault(line, column, *fault)
            record.append(Cell(cell.strip(), line, column))
            for end in _END.finditer(text, at, after):  # inside quotation marks
                line, line_start = line + 1, end.end()
            at = after
            if at >= len(text) or text[at] != ",":
                break
            at += 1
        records.append(record)
        ending = _END.match(text, at)
        if ending:
            at = ending.end()
            line, line_start = line + 1, at
    return records, None


def _cell(text: str, at: int) -> tuple[str, int, tuple[str, str] | None]:
    """The cell that begins at ``at``, where it ends, and what is wrong with it."""
    if text[at : at + 1] != '"':
        match = _PLAIN.match(text, at)
        return (match[0], match.end(), None) if match else ("", at, None)
    match = _QUOTED.match(text, at)
    if not match:
        hint = 'Close it; a quotation mark inside a cell is written twice: "".'
        return "", at, ("a quotation mark is opened and not closed", hint)
    after = match.end()
    if after < len(text) and text[after] not in ",\r\n":
        hint = 'A quotation mark inside a cell is written twice: "".'
        return "", at, ("there is text after the closing quotation mark of this cell", hint)
    return match[1].replace('""', '"'), after, None
