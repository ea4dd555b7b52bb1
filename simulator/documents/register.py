"""Every number that a document prints, each once: its identifier, exact value, printed forms and where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from simulator.documents.contents import Document, Section, texts
from simulator.report.named import pieces


@dataclass
class Printed:
    """One number: ``exact`` as computed, ``printed`` as read, each form once, and the sections that print it."""

    name: str
    exact: float
    printed: list[str] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)

    @property
    def as_said(self) -> list[str]:
        """Exact value and printed forms as text."""
        return [repr(self.exact), *self.printed]


def printed_in(document: Document) -> dict[str, Printed]:
    """Every named number of a document by its identifier, in the order in which they are first printed."""
    lead = Section("summary", document.title, document.lead)
    return printed_by((section.name, words) for section in (lead, *document.sections) for _, words in texts(section))


def printed_by(said: Iterable[tuple[str, str]]) -> dict[str, Printed]:
    """Every named number of some texts, each text with the section it stands in."""
    found: dict[str, Printed] = {}
    for section, words in said:
        for piece in pieces(words):
            if piece.name:
                here = found.setdefault(piece.name, Printed(piece.name, piece.exact))
                for kept, new in ((here.printed, piece.words), (here.sections, section)):
                    if new not in kept:
                        kept.append(new)
    return found
