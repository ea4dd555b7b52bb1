"""The report of small answers of every kind, as a document, as text and as a page.

``python tests/report_text.py`` writes the golden text anew.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from document_answers import shipped

from simulator.documents.contents import (
    Block,
    Bullets,
    Code,
    Document,
    Fold,
    Notice,
    Pair,
    Paragraph,
    Picture,
    Section,
    Table,
)
from simulator.documents.folder import pictures_of
from simulator.documents.page import page_of
from simulator.documents.report import report_of
from simulator.report.named import without_names

GOLDEN = Path(__file__).parent / "golden" / "report.txt"
# Long lists that other tests look at; the golden text has their captions only.
LISTED = ("inputs-", "assumptions-table", "stress_des-table", "model_map-table", "fit-table", "record-table")


@functools.cache
def report() -> Document:
    answers = {**shipped(), "regression": REGRESSION}
    return report_of(answers, [each.chart for each in pictures_of(answers)])


REGRESSION = {
    "scheme": "bedfordshire",
    "report": "bedfordshire_2019",
    "a_year_each": False,
    "looked": "Looked at: people who hold a place.",
    "reported": {"any_before": 0.86, "any_after": 0.57},
    "rows": [
        {
            "report": "bedfordshire_2019", "choice": choice, "counted": "offences", "occasions_per_year": 1.5,
            "reported_before": 6.8, "before": 6.8, "after": 6.8 * (1 - fall), "any_before": 0.99, "any_after": 0.5,
            "fall": fall, "low": fall - 0.1, "high": fall + 0.1, "by_custody": 0.02, "reported_fall": 0.71,
            "reached": True, "by_selection": fall - 0.02, "left": 0.71 - fall,
        }
        for choice, fall in (("as in the scenario", 0.67), ("its offences are arrests", 0.76))
    ],
}  # fmt: skip


@functools.cache
def report_html() -> str:
    return page_of(report())


def lines_of(block: Block, level: int = 2) -> Iterator[str]:
    """What a block says, one line a sentence or row."""
    match block:
        case Paragraph(words) | Code(words):
            yield words
        case Bullets(items) | Notice(items):
            yield from (f"* {item}" for item in items)
        case Table():
            yield f"[{block.caption}]"
            if not block.name.startswith(LISTED):
                yield " | ".join(block.headings)
                yield from (" | ".join(row) for row in block.rows)
                yield from block.notes
        case Picture(chart, message, table):
            yield f"({chart.title}) {message} {chart.note}".rstrip()
            yield from lines_of(table, level)
        case Pair(parts):
            for part in parts:
                yield from lines_of(part, level)
        case Fold(title, blocks):
            yield f"> {title}"
            for inner in blocks:
                yield from lines_of(inner, level)
        case Section(_, title, blocks):
            yield f"{'#' * level} {title}"
            for inner in blocks:
                yield from lines_of(inner, level + 1)


def text_of(document: Document) -> str:
    """A document as plain text."""
    lines = [f"# {document.title}", *(line for block in document.lead for line in lines_of(block))]
    lines += [line for section in document.sections for line in lines_of(section)]
    return "\n".join(without_names(line) for line in lines) + "\n"


if __name__ == "__main__":
    GOLDEN.write_text(text_of(report()), "utf-8", newline="\n")
