"""The blocks of a document, and the business case under several choices, for tests that read it."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.documents.contents import Block, Document, Fold, Pair, Picture, Section, Table, texts
from simulator.report.named import without_names

GAP = ("programme_cost", "cashable_benefit", "to_be_found", "capacity_released")
SETTINGS = [
    (),
    ("appraisal.costing=inclusive",),
    ("appraisal.counting=multiplied", "appraisal.anticipation=exclude"),
    ("appraisal.optimism_bias=0.2", "effect=none"),
]


def blocks_in(document: Document) -> Iterator[Block]:
    def inner(block: Block) -> Iterator[Block]:
        yield block
        match block:
            case Section(_, _, blocks) | Fold(_, blocks):
                for each in blocks:
                    yield from inner(each)
            case Pair(parts):
                for part in parts:
                    yield from inner(part)
            case Picture(_, _, table):
                yield table

    for block in (*document.lead, *document.sections):
        yield from inner(block)


def tables_in(document: Document) -> dict[str, Table]:
    return {each.name: each for each in blocks_in(document) if isinstance(each, Table)}


def said_in(document: Document, section: str = "") -> str:
    """Everything that a document, or one section of it, says."""
    wanted = [
        each
        for each in (*document.lead, *blocks_in(document))
        if not section or (isinstance(each, Section) and each.name == section)
    ]
    return without_names("\n".join(words for block in wanted for _, words in texts(block)))


def rows(table: Table) -> list[list[str]]:
    return [[without_names(cell).replace("*", "") for cell in row] for row in table.rows]
