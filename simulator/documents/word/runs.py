"""Words in a Word file: code, strong words, addresses and numbers as the page prints them, and fields."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from simulator.documents.page import INLINE, curled
from simulator.documents.word.styles import FIXED_WIDTH
from simulator.report.named import without_names

LINK = "1D4F91"


def add_words(paragraph: Paragraph, words: str) -> None:
    """Words with their marks turned into typefaces; a line ending is one in the paragraph too."""
    for part in INLINE.split(curled(words)):
        if part.startswith("`") and part.endswith("`") and len(part) > 1:
            add_code(paragraph, without_names(part.strip("`")))
        elif part.startswith("**") and part.endswith("**") and len(part) > 4:
            paragraph.add_run(without_names(part[2:-2])).bold = True
        elif part.startswith(("http://", "https://")):
            add_address(paragraph, part)
        elif part:
            paragraph.add_run(without_names(part))


def add_code(paragraph: Paragraph, words: str) -> None:
    """A name or command in a typeface of fixed width."""
    run = paragraph.add_run(words)
    run.font.name = FIXED_WIDTH


def add_address(paragraph: Paragraph, address: str) -> None:
    """An address that can be followed."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(linked_run(address))
    paragraph._p.append(link)


def add_jump(paragraph: Paragraph, words: str, bookmark: str) -> None:
    """Words that lead to a bookmark of the same file."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark)
    link.append(linked_run(words))
    paragraph._p.append(link)


def linked_run(words: str) -> Any:
    """Underlined words in the colour of links."""
    run, look, text = OxmlElement("w:r"), OxmlElement("w:rPr"), OxmlElement("w:t")
    colour, line = OxmlElement("w:color"), OxmlElement("w:u")
    colour.set(qn("w:val"), LINK)
    line.set(qn("w:val"), "single")
    look.append(colour)
    look.append(line)
    text.text = words
    text.set(qn("xml:space"), "preserve")
    run.append(look)
    run.append(text)
    return run


def add_mark(paragraph: Paragraph, kind: str) -> None:
    """The beginning, middle or end of a field."""
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def begin_field(paragraph: Paragraph, instruction: str) -> None:
    """What a field computes; its result as it stands now comes next."""
    add_mark(paragraph, "begin")
    words = OxmlElement("w:instrText")
    words.set(qn("xml:space"), "preserve")
    words.text = f" {instruction} "
    paragraph.add_run()._r.append(words)
    add_mark(paragraph, "separate")


def add_field(paragraph: Paragraph, instruction: str, result: str) -> None:
    """A field with its result."""
    begin_field(paragraph, instruction)
    paragraph.add_run(result)
    add_mark(paragraph, "end")


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """A name for a paragraph that links can lead to."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for each in (start, end):
        each.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(end)
