"""What sections are made of: the answers, with numbers that know their names, and the figures drawn from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from simulator.charts.arms import comparator_of, compared_arms, headline_arm
from simulator.charts.style import Chart
from simulator.documents.contents import Picture, Table
from simulator.documents.picture_tables import TABLES
from simulator.documents.picture_words import kind_of, message_of
from simulator.report.named import named

Answer = Mapping[str, Any]


class Material(NamedTuple):
    """Answers by name, their numbers named by their paths, and the figures by name."""

    answers: Mapping[str, Any]
    drawings: Mapping[str, Chart]
    inputs_digest: str = ""  # of the inputs that the document carries along

    @property
    def comparison(self) -> dict[str, Any]:
        """What `compare` says."""
        found: dict[str, Any] = self.answers["comparison"]
        return found

    @property
    def arm(self) -> dict[str, Any]:
        """The arm that sentences are about."""
        return headline_arm(self.comparison)

    @property
    def other(self) -> dict[str, Any]:
        """The arm that it is compared with."""
        return comparator_of(self.comparison)

    @property
    def compared(self) -> list[dict[str, Any]]:
        """All arms but the comparator."""
        return compared_arms(self.comparison)

    def answer(self, name: str) -> Any:
        """An answer that may be missing: None then."""
        return self.answers.get(name)

    def figure(self, name: str) -> Picture | Table:
        """A figure of the report with its own message and table; the table alone where the figure was not drawn."""
        return self.picture(name, message_of(name, self.answers), TABLES[kind_of(name)](name, self.answers))

    def picture(self, name: str, message: str, table: Table) -> Picture | Table:
        """A figure by name with the table of its numbers; the table alone where the figure was not drawn."""
        return Picture(self.drawings[name], message, table) if name in self.drawings else table


def material_of(answers: Mapping[str, Any], drawings: Sequence[Chart], inputs_digest: str = "") -> Material:
    """Answers as JSON has them, made into material."""
    return Material(
        {name: named(answer, name) for name, answer in answers.items()},
        {drawing.name: drawing for drawing in drawings},
        inputs_digest,
    )


def table_of(
    name: str,
    caption: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    notes: Sequence[str] = (),
    wide: bool = False,
) -> Table:
    """A table from lists."""
    return Table(name, caption, tuple(headings), tuple(tuple(row) for row in rows), tuple(notes), wide)
