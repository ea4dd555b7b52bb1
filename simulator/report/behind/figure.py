"""What is behind a figure, as a record."""

from __future__ import annotations

from typing import NamedTuple

from simulator.report.behind.people import NONE, Names


class Rule(NamedTuple):
    """How a figure is made, in words, and the names of the inputs that it rests on."""

    how: str
    names: Names = NONE


class Source(NamedTuple):
    """A publication behind a figure: its key in cost_tables/sources.yaml, and the places in it."""

    name: str
    where: tuple[str, ...]


class Mark(NamedTuple):
    """A mark that a result carries: the sign, its name, and the inputs through which it comes."""

    sign: str
    name: str
    through: tuple[str, ...]


class Behind(NamedTuple):
    """All that stands behind one figure of the answers.

    ``inputs`` are names of rows of ``comparison.inputs``: moving one may move the figure, moving any other never does.
    """

    name: str
    value: object
    meaning: str
    unit: str
    how: str
    inputs: tuple[str, ...]
    sources: tuple[Source, ...]
    standing: str
    marks: tuple[Mark, ...]
