"""What a document says, whatever kind of file it becomes: sections of paragraphs, tables and pictures.

Words may hold named numbers (``simulator.report.named``), `code` in backticks and **strong words** between double stars.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from simulator.charts import Chart


@dataclass(frozen=True)
class Paragraph:
    """Sentences. ``kind`` is prose, headline, subtitle or small."""

    words: str
    kind: str = "prose"


@dataclass(frozen=True)
class Bullets:
    """Sentences one below the other."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Notice:
    """What must be read before the rest, in a box."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Code:
    """A command to type."""

    words: str


@dataclass(frozen=True)
class Table:
    """A table whose first column names the row. ``name`` is unique in a document; ``notes`` go below it.

    ``wide`` tables hold sentences in cells and are set small.
    """

    name: str
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    wide: bool = False


@dataclass(frozen=True)
class Picture:
    """A figure with a message above it and the table of its numbers below it."""

    chart: Chart
    message: str
    table: Table


@dataclass(frozen=True)
class Pair:
    """Two short sections side by side where there is room."""

    parts: tuple[Section, Section]


@dataclass(frozen=True)
class Fold:
    """What is folded away until asked for; open in print."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it. ``name`` is its anchor, unique in a document."""

    name: str
    title: str
    blocks: tuple[Block, ...]


Block = Paragraph | Bullets | Notice | Code | Table | Picture | Pair | Fold | Section


@dataclass(frozen=True)
class Document:
    """A whole document. ``lead`` stands below the title, before the list of sections."""

    title: str
    lead: tuple[Block, ...]
    sections: tuple[Section, ...]
    folded: tuple[str, ...] = field(default=())  # names of the sections that start folded


def texts(block: Block) -> Iterator[tuple[str, str]]:
    """Every text of a block with the place where it stands, inner blocks included; commands are quoted, not said."""
    match block:
        case Paragraph(words):
            yield "", words
        case Bullets(items) | Notice(items):
            for item in items:
                yield "", item
        case Table():
            yield from table_texts(block)
        case Picture(_, message, table):
            yield "", message
            yield from table_texts(table)
        case Pair(parts):
            for part in parts:
                yield from texts(part)
        case Fold(_, blocks) | Section(_, _, blocks):
            for inner in blocks:
                yield from texts(inner)
        case Code():
            pass


def table_texts(table: Table) -> Iterator[tuple[str, str]]:
    """Caption, cells and notes of a table."""
    yield table.name, table.caption
    for row in table.rows:
        for cell in row:
            yield table.name, cell
    for note in table.notes:
        yield table.name, note


def rewritten(
    block: Block, said: Callable[[str], str], tabled: Callable[[Table], Table], kept: Sequence[str] = ()
) -> Block:
    """A block with other words in its sentences and other tables; sections named in ``kept`` stay as they are."""

    def again(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(rewritten(inner, said, tabled, kept) for inner in blocks)

    match block:
        case Paragraph(words):
            return replace(block, words=said(words))
        case Bullets(items) | Notice(items):
            return replace(block, items=tuple(said(item) for item in items))
        case Table():
            return tabled(block)
        case Picture(_, message, table):
            return replace(block, message=said(message), table=tabled(table))
        case Pair((one, two)):
            first, second = again((one, two))
            assert isinstance(first, Section) and isinstance(second, Section)
            return Pair((first, second))
        case Fold(_, blocks):
            return replace(block, blocks=again(blocks))
        case Section(name, _, blocks):
            return block if name in kept else replace(block, blocks=again(blocks))
        case Code():
            return block
