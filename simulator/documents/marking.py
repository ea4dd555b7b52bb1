"""The visible mark of what rests on unverified or superseded figures, wherever a document prints it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from simulator.documents.contents import Block, Document, Table, rewritten, texts
from simulator.report.behind import Background
from simulator.report.named import pieces

Signs = Callable[[str], tuple[str, ...]]


def signs_by(background: Background) -> Signs:
    """The signs that a named number carries; none for numbers that are only words of a sentence."""
    known: dict[str, tuple[str, ...]] = {}

    def signs(name: str) -> tuple[str, ...]:
        if name.startswith("said."):
            return ()
        if name not in known:
            known[name] = tuple(mark.sign for mark in background.behind(name).marks)
        return known[name]

    return signs


def with_signs(document: Document, signs: Signs) -> Document:
    """The document with signs after each sentence that prints a marked number, and in the caption of each such table."""
    return replace(
        document,
        lead=tuple(signed(block, signs) for block in document.lead),
        sections=tuple(
            replace(each, blocks=tuple(signed(block, signs) for block in each.blocks)) for each in document.sections
        ),
    )


def signs_in(words: tuple[str, ...], signs: Signs) -> str:
    """The signs of all numbers in some texts, each once, after a blank; nothing for none."""
    names = dict.fromkeys(piece.name for each in words for piece in pieces(each) if piece.name)
    found = dict.fromkeys(sign for name in names for sign in signs(name))
    return f" {''.join(sorted(found, key=len))}" if found else ""


def signed_words(words: str, signs: Signs) -> str:
    """A text with the signs of its numbers behind it, unless it ends in them already."""
    found = signs_in((words,), signs)
    return words if words.endswith(found) else words + found


def signed(block: Block, signs: Signs) -> Block:
    """A block with its signs."""
    return rewritten(block, lambda words: signed_words(words, signs), lambda table: signed_table(table, signs))


def signed_table(table: Table, signs: Signs) -> Table:
    """A table with the signs of all its numbers in the caption; one that lists inputs shows their own standing."""
    if table.name.startswith("inputs-"):
        return table
    cells = tuple(words for _, words in texts(table))
    return replace(table, caption=table.caption + signs_in(cells, signs))
