"""A document as one page of HTML that needs nothing else: no network, no script, no other file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.documents.contents import Block, Document
from simulator.report.named import Piece, pieces

if TYPE_CHECKING:
    from markupsafe import Markup

TEMPLATES = Path(__file__).parent / "templates"
INLINE = re.compile(r"(`[^`]*`|\*\*[^*]+\*\*|https?://[^\s)>]+[^\s)>.,;])")
NUMERIC = set("0123456789-−£–<>±~")


def page_of(document: Document, bundle: Mapping[str, Any] | None = None) -> str:
    """The page of a document, with what it was made from inside it where a bundle is given."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"said": said, "kind": kind_of, "safe_svg": svg_of, "plain": plain}
    made.globals |= {"numeric": numeric_columns}
    return made.get_template("report.html.j2").render(document=document, bundle=bundle)


def kind_of(block: Block) -> str:
    """Which part of the template shows a block."""
    return type(block).__name__.lower()


def svg_of(svg: str) -> Markup:
    """A figure as it was drawn."""
    from markupsafe import Markup

    return Markup(svg)


def plain(words: str) -> str:
    """Words without marks or names, for attributes and titles."""
    return re.sub(r"[`*]", "", "".join(piece.words for piece in pieces(words)))


def said(words: str) -> Markup:
    """Words with curled quotation marks, code, strong words, addresses, and every number with its name and exact value."""
    from markupsafe import Markup

    made = Markup()
    for part in INLINE.split(curled(words)):
        if part.startswith("`") and part.endswith("`") and len(part) > 1:
            made += Markup("<code>{}</code>").format(breakable(part.strip("`")))
        elif part.startswith("**") and part.endswith("**") and len(part) > 4:
            made += Markup("<strong>{}</strong>").format(numbers(part[2:-2]))
        elif part.startswith(("http://", "https://")):
            made += Markup('<a href="{0}">{0}</a>').format(part)
        else:
            made += numbers(part)
    return made


def curled(words: str) -> str:
    """Single quotation marks around words as printers set them."""
    return re.sub(r"(?<!\w)'([^'`]+)'(?!\w)", "\u2018\\1\u2019", words)


def breakable(name: str) -> Markup:
    """A dotted name that a narrow column may break after a dot or underscore."""
    from markupsafe import Markup, escape

    shown = "".join(piece.words for piece in pieces(name))
    return Markup(re.sub(r"([._])(?=\w)", r"\1<wbr>", str(escape(shown))))


def numbers(words: str) -> Markup:
    """Words with every named number as data that a reader of the page's source can look up."""
    from markupsafe import Markup

    made = Markup()
    for piece in pieces(words):
        made += number_of(piece) if piece.name else amounts(piece.words)
    return made


def number_of(piece: Piece) -> Markup:
    """One named number."""
    from markupsafe import Markup

    return Markup('<data value="{}" title="{}">{}</data>').format(repr(piece.exact), piece.name, piece.words)


def amounts(words: str) -> Markup:
    """Words in which no line ending divides an amount of money, or the signs after a sentence."""
    from markupsafe import Markup, escape

    made = Markup()
    for part in re.split(r"(−?£\d[\d,.]*[mk]?|(?:\[(?:u|old)\])+)", words):
        whole = part.startswith(("−£", "£", "[u]", "[old]"))
        made += Markup('<span class="amount">{}</span>').format(part) if whole else escape(part)
    return made


def numeric_columns(rows: tuple[tuple[str, ...], ...]) -> list[bool]:
    """For each column whether it holds numbers, which stand to the right."""
    columns = list(zip(*rows, strict=True))
    return [number > 0 and is_numeric([plain(cell) for cell in column]) for number, column in enumerate(columns)]


def is_numeric(cells: list[str]) -> bool:
    """Whether all cells that say anything begin as numbers do and are short."""
    said_cells = [cell for cell in cells if cell]
    return bool(said_cells) and all(cell[0] in NUMERIC and len(cell) < 32 for cell in said_cells)
