"""Small pieces of Markdown."""

from __future__ import annotations

from collections.abc import Sequence

RIGHT = set("0123456789-−–£+")
LONGEST_NUMBER = 32  # characters, an interval and a unit included; longer cells are sentences


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table; columns of numbers to the right."""
    right = [all(is_number(row[n]) for row in rows) for n in range(len(headings))]
    rule = ["---:" if each else "---" for each in right]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in (headings, rule, *rows))


def is_number(cell: str) -> bool:
    """Whether a cell goes to the right: a number, perhaps with its interval, or nothing."""
    return not cell or (cell[0] in RIGHT and len(cell) <= LONGEST_NUMBER)


def bullets(sentences: Sequence[str]) -> str:
    """Sentences as a list."""
    return "\n".join(f"- {each}" for each in sentences)


def code(text: str) -> str:
    """A name as it is typed."""
    return f"`{text}`"


def block(text: str) -> str:
    """Lines as a terminal shows them."""
    return f"```\n{text}\n```"
