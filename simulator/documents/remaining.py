"""Numbers that stand in a sentence without a name get that of the sentence, so that every number printed has one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from simulator.documents.contents import Document, Section, Table, rewritten
from simulator.report.named import ANY_MARK, END, PRINTED, Number

Naming = Callable[[str], str]

# What is no figure: code and names, addresses, file names, dates and financial years, the £1 of a ratio, the level of
# an interval, and what belongs to a word.
NO_FIGURE = (
    r"`[^`]*`|https?://\S+|[\w.-]*[A-Za-z_][\w.-]*\d[\w./-]*|\b(?:19|20)\d\d(?:[/–-]\d\d(?:\d\d)?)?(?:-\d\d-\d\d)?\b"
    r"|£1\b(?![,.]?\d)|\b95(?:%|th)"
)
FIGURE = r"[−-]?£?\d[\d,]*(?:\.\d+)?(?:%|bn\b|m\b|k\b)?"
NAMED = re.compile(f"\ue000[^{PRINTED}]*{PRINTED}[^{END}]*{END}|{NO_FIGURE}|(?<![\\w.]){FIGURE}(?![\\w])")
SCALES = {"%": 0.01, "k": 1e3, "m": 1e6, "bn": 1e9}
QUOTED = ("sources", "record", "what-choices")  # sections that repeat others' words, or the record of the machine


def with_names(document: Document) -> Document:
    """The document with a name for every number; those of sentences are ``said.<section>.<number>``."""
    lead = Section("summary", document.title, document.lead)
    lead, *sections = (named_section(section) for section in (lead, *document.sections))
    return replace(document, lead=lead.blocks, sections=tuple(sections))


def named_section(section: Section) -> Section:
    """A section of the document with its own counting."""
    counter = iter(range(1, 1_000_000))

    def naming(words: str) -> str:
        def one(found: re.Match[str]) -> str:
            words = found[0]
            if ANY_MARK.search(words) or re.fullmatch(NO_FIGURE, words):
                return words
            name = f"said.{section.name}.{next(counter)}"
            made: Number = Number().alike(value_of(words), name)
            return made.marked(words.replace("-", "−"))

        return NAMED.sub(one, words)

    return replace(
        section,
        blocks=tuple(
            rewritten(block, naming, lambda table: named_table(table, naming), QUOTED) for block in section.blocks
        ),
    )


def value_of(words: str) -> float:
    """The number that is printed."""
    tail = re.search(r"(%|bn|m|k)$", words)
    digits = re.sub(r"[^\d.]", "", words)
    sign = -1.0 if words.startswith(("−", "-")) else 1.0
    return sign * float(digits) * (SCALES[tail[1]] if tail else 1.0)


def named_table(table: Table, naming: Naming) -> Table:
    """A table; the first column of it only says which row it is, and wide tables quote their sources."""
    if table.wide:
        return table
    rows = tuple((row[0], *(naming(cell) for cell in row[1:])) for row in table.rows)
    return replace(table, caption=naming(table.caption), rows=rows, notes=tuple(naming(note) for note in table.notes))
