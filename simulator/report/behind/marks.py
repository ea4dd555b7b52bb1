"""Which inputs carry a mark: figures nobody has seen in their source, and figures of sources since superseded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from simulator.report.behind.figure import Mark

UNVERIFIED, SUPERSEDED = "[u]", "[old]"
NAMES = {UNVERIFIED: "unverified", SUPERSEDED: "superseded"}
Row = Mapping[str, Any]


class Marker:
    """Which inputs carry which mark.

    Args:
        rows: the inputs by name.
        superseded_by: for each source and cost table that a later one has replaced, the name of that later one.
        cost_table: the cost table in use.
    """

    def __init__(self, rows: Mapping[str, Row], superseded_by: Mapping[str, str], cost_table: str) -> None:
        self.rows = rows
        self.superseded_by = superseded_by
        self.cost_table = cost_table

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Marker:
        """The marks of a comparison's inputs."""
        later = {each["name"]: each["superseded_by"] for each in document["sources"] if each["superseded_by"]}
        return cls({row["name"]: row for row in document["inputs"]}, later, document["cost_table"])

    def is_unverified(self, name: str) -> bool:
        """Whether an input is remembered, not seen in a source."""
        return bool(self.rows[name]["standing"] == "unverified")

    def replaced_by(self, name: str) -> str:
        """What has superseded the source of an input, or the cost table that it is a figure of; empty for most.

        A figure of an old table that was itself taken from the later one is not old.
        """
        source = self.rows[name]["source"]
        if source in self.superseded_by:
            return self.superseded_by[source]
        later = self.superseded_by.get(self.cost_table, "")
        return later if name.startswith(f"{self.cost_table}.") and source and source != later else ""

    def marks(self, inputs: Iterable[str]) -> tuple[Mark, ...]:
        """The marks of a result that rests on some inputs, with those through which they come."""
        inputs = list(inputs)
        found = {
            UNVERIFIED: tuple(name for name in inputs if self.is_unverified(name)),
            SUPERSEDED: tuple(name for name in inputs if self.replaced_by(name)),
        }
        return tuple(Mark(sign, NAMES[sign], without_parts(through)) for sign, through in found.items() if through)

    def name_of(self, sign: str) -> str:
        """What a sign is called: the standing, or superseded."""
        return NAMES[sign]

    def cause(self, sign: str, through: Sequence[str]) -> str:
        """Through what a sign comes: the figures, or for superseded ones their sources and what replaced them."""
        if sign == UNVERIFIED:
            return ", ".join(through)
        replaced = {self.old_source(name): self.replaced_by(name) for name in through}
        return ", ".join(f"{old} (by {later})" for old, later in sorted(replaced.items()))

    def old_source(self, name: str) -> str:
        """The superseded source of an input: its own, or the cost table that it is a figure of."""
        source = str(self.rows[name]["source"])
        return source if source in self.superseded_by else self.cost_table


def without_parts(names: Sequence[str]) -> tuple[str, ...]:
    """Names without those that are parts of another among them, as ``horr99.rape.anticipation`` is of ``horr99.rape``."""
    return tuple(name for name in names if not any(name.startswith(f"{other}.") for other in names))
