"""Answers of a small run for the business case, and the words of a Word file as text.

``python tests/case_answers.py`` writes the golden text anew.
"""

from __future__ import annotations

import copy
import functools
import io
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

import docx
from docx.oxml.ns import qn
from made_sweeps import psa, tornado
from small_runs import compared

from simulator.documents.business_case import business_case_of, case_pictures
from simulator.documents.contents import Document
from simulator.documents.word import word_of
from simulator.report.budget import budget_document
from simulator.report.results import results_of

Answers = dict[str, Any]
GOLDEN = Path(__file__).parent / "golden" / "business_case.txt"
# The same pixels as any other: one white one.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b8"
    "0000000049454e44ae426082"
)


@functools.cache
def made(*settings: str, name: str = "bedfordshire", comparator: str | None = None, replications: int = 3) -> Answers:
    found = compared(*settings, name=name, comparator=comparator, replications=replications)
    return {"comparison": results_of(found), "budget": budget_document(found)}


def answers(*settings: str, name: str = "bedfordshire", comparator: str | None = None) -> Answers:
    """A comparison with its cash."""
    return copy.deepcopy(made(*settings, name=name, comparator=comparator))


def drawn_answers() -> Answers:
    """The same with draws and a tornado."""
    return {**answers(), "chances": psa(), "tornado": tornado()}


@functools.cache
def case(*settings: str, name: str = "bedfordshire", comparator: str | None = None) -> Document:
    return business_case_of(answers(*settings, name=name, comparator=comparator))


@functools.cache
def drawn_case() -> Document:
    found = drawn_answers()
    return business_case_of(found, [each.chart for each in case_pictures(found)])


@functools.cache
def drawn_bytes() -> bytes:
    return word_of(drawn_case(), {"npsv-by-arm": PIXEL, "tornado-top": PIXEL})


def opened(written: bytes) -> Any:
    return docx.Document(io.BytesIO(written))


def lines_of(file: Any) -> list[str]:
    """What a Word file says, from top to bottom; cells of a row on one line, headings marked by their level."""
    found = []
    for part in file.element.body.iterchildren():
        if part.tag == qn("w:p"):
            paragraph = docx.text.paragraph.Paragraph(part, file)
            style = paragraph.style.name
            mark = "#" * int(style[-1]) + " " if style.startswith("Heading") else "* " if "Bullet" in style else ""
            found.append(mark + words_of(part))
        elif part.tag == qn("w:tbl"):
            found += [
                " | ".join(words_of(cell) for cell in row.iter(qn("w:tc"))) for row in part.iterchildren(qn("w:tr"))
            ]
    return found


def words_of(part: Any) -> str:
    """The text of a part of a file, that of links included."""
    return "".join(each.text or "" for each in part.iter(qn("w:t")))


if __name__ == "__main__":
    GOLDEN.write_text("\n".join(lines_of(opened(drawn_bytes()))) + "\n", "utf-8", newline="\n")
