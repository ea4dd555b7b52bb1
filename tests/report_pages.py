"""A report page of a small run, and a reader of HTML that keeps what tests ask for."""

from __future__ import annotations

import copy
import functools
import re
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from small_runs import compared

from simulator.documents.folder import write_comparison
from simulator.report.results import results_of

VOID = {"meta", "link", "img", "br", "hr", "col", "input", "wbr"}


@functools.cache
def shipped() -> dict[str, Any]:
    return results_of(compared())


def document() -> dict[str, Any]:
    return copy.deepcopy(shipped())


class Page(HTMLParser):
    """Elements in order with their attributes, and the text of each table's cells."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            return
        self.words.append(data)
        if self.tables and ("td" in self.open or "th" in self.open):
            self.tables[-1][-1][-1] += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.words))


def html_of(made: dict[str, Any], folder: Path) -> str:
    write_comparison(folder, made)
    return (folder / "report.html").read_text("utf-8")


@functools.cache
def shipped_html() -> str:
    with tempfile.TemporaryDirectory() as folder:
        return html_of(document(), Path(folder))


@functools.cache
def page() -> Page:
    return Page(shipped_html())
