"""What a log is before it becomes a page, a sheet or a file: fixed headings, and one mapping of text for each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

Answers = Mapping[str, Any]  # by name, as docs/json.md has each of them
Document = Mapping[str, Any]
Row = dict[str, str]


class Log(NamedTuple):
    """One table of the pack. ``name`` is that of its file and sheet; ``about`` says how to read it and how it was made."""

    name: str
    title: str
    about: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def log_of(name: str, title: str, about: Sequence[str], headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Log:
    """A log from rows of cells in the order of the headings."""
    return Log(name, title, tuple(about), tuple(headings), tuple(dict(zip(headings, row, strict=True)) for row in rows))


def filled_in_by(who: str) -> str:
    """What stands where only a person can say: names and dates are never made up."""
    return f"To be filled in by {who}"
