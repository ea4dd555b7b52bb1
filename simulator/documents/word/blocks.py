"""Sections, paragraphs, pictures and captions of a Word file, in the order of the document."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence

from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from simulator.charts.style import Chart
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
from simulator.documents.page import curled, plain
from simulator.documents.word.runs import add_bookmark, add_field, add_jump, add_mark, add_words, begin_field
from simulator.documents.word.styles import (
    COMMAND,
    CONTENTS,
    CONTENTS_TITLE,
    NOTE,
    NOTICE,
    STATEMENT,
    SUBTITLE,
    WIDTH_CM,
    new_file,
)
from simulator.documents.word.tables import add_table

KINDS = {"prose": "Normal", "headline": STATEMENT, "subtitle": SUBTITLE, "small": NOTE}
DEEPEST = 3
LISTED = 2  # levels of headings in the list of contents
AFTER_A_TABLE = Pt(9)


def written(document: Document, pictures: Mapping[str, bytes]) -> WordFile:
    """A Word file that says what a document says."""
    made = new_file()
    writer = Writer(made, pictures)
    writer.add_paragraph(document.title, "Title")
    writer.add_all(document.lead, 1)
    writer.add_contents(document.sections)
    writer.add_all(document.sections, 1)
    add_page_numbers(made, document.title)
    return made


class Writer:
    """Writes blocks one after the other, counting tables, figures and headings."""

    def __init__(self, made: WordFile, pictures: Mapping[str, bytes]) -> None:
        self.made = made
        self.pictures = pictures
        self.counts = {"Table": 0, "Figure": 0, "Heading": 0}
        self.is_below_table = False

    def add_all(self, blocks: Sequence[Block], level: int) -> None:
        """Blocks below a heading of the level before."""
        for block in blocks:
            self.add(block, level)

    def add(self, block: Block, level: int) -> None:
        """One block."""
        match block:
            case Paragraph(words, kind):
                self.add_paragraph(words, KINDS[kind])
            case Bullets(items):
                for item in items:
                    self.add_paragraph(item, "List Bullet")
            case Notice(items):
                for item in items:
                    self.add_paragraph(item, NOTICE)
            case Code(words):
                self.made.add_paragraph(words, style=COMMAND)
            case Table():
                self.add_captioned(block)
            case Picture(chart, message, table):
                self.add_picture(chart, message)
                self.add_captioned(table)
            case Pair(parts):
                self.add_all(parts, level)
            case Fold(title, blocks):
                self.add_heading(title, level)
                self.add_all(blocks, level + 1)
            case Section(name, title, blocks):
                heading = self.add_heading(title, level)
                add_bookmark(heading, bookmark_of(name), self.counts["Heading"])
                # Each case begins on a page of its own, so that it can be taken out by itself.
                heading.paragraph_format.page_break_before = True if level == 1 and self.counts["Heading"] > 1 else None
                self.add_all(blocks, level + 1)

    def add_paragraph(self, words: str, style: str) -> WordParagraph:
        """Sentences in a style."""
        paragraph = self.made.add_paragraph(style=style)
        add_words(paragraph, words)
        if self.is_below_table and not style.startswith("Heading") and style != NOTE:
            paragraph.paragraph_format.space_before = AFTER_A_TABLE
        self.is_below_table = False
        return paragraph

    def add_heading(self, title: str, level: int) -> WordParagraph:
        """A heading; none is deeper than the third level."""
        self.counts["Heading"] += 1
        return self.add_paragraph(title, f"Heading {min(level, DEEPEST)}")

    def add_caption(self, label: str, words: str) -> None:
        """A caption with a number that Word counts anew where it is pasted."""
        self.counts[label] += 1
        caption = self.made.add_paragraph(style="Caption")
        self.is_below_table = False
        caption.add_run(f"{label} ")
        add_field(caption, f"SEQ {label} \\* ARABIC", str(self.counts[label]))
        add_words(caption, f": {words}")

    def add_captioned(self, table: Table) -> None:
        """A table between its caption and its notes."""
        self.add_caption("Table", table.caption)
        add_table(self.made, table)
        self.is_below_table = True
        for note in table.notes:
            self.add_paragraph(note, NOTE)

    def add_contents(self, sections: Sequence[Section]) -> None:
        """A list of the sections that can be followed, as a field without page numbers, so that it is right as it stands."""
        listed = list(headings_in(sections))
        if not listed:
            return
        # On a new page: the first is what a reader in a hurry reads.
        self.add_paragraph("In this document", CONTENTS_TITLE).paragraph_format.page_break_before = True
        lines = [self.made.add_paragraph(style=CONTENTS) for _ in listed]
        begin_field(lines[0], f'TOC \\o "1-{LISTED}" \\h \\n')
        for line, (level, title, bookmark) in zip(lines, listed, strict=True):
            line.paragraph_format.left_indent = Cm(0.6 * (level - 1))
            add_jump(line, title, bookmark)
        add_mark(lines[-1], "end")

    def add_picture(self, chart: Chart, message: str) -> None:
        """A figure with its text alternative, if it is there as a picture."""
        if chart.name not in self.pictures:
            return
        self.add_paragraph(message, "Normal").paragraph_format.keep_with_next = True
        self.add_caption("Figure", chart.title)
        shown = self.made.add_picture(io.BytesIO(self.pictures[chart.name]), width=Cm(WIDTH_CM))
        named = shown._inline.docPr
        named.set("name", chart.name)
        named.set("descr", chart.description)
        if chart.note:
            self.add_paragraph(chart.note, NOTE)


def bookmark_of(name: str) -> str:
    """A name that Word takes for a bookmark."""
    return f"section_{re.sub(r'[^A-Za-z0-9]', '_', name)}"[:40]


def headings_in(blocks: Sequence[Block], level: int = 1) -> Iterator[tuple[int, str, str]]:
    """Level, title and bookmark of every section worth listing."""
    for block in blocks:
        if isinstance(block, Section):
            yield level, plain(block.title), bookmark_of(block.name)
            if level < LISTED and sum(isinstance(each, Section) for each in block.blocks) > 1:
                yield from headings_in(block.blocks, level + 1)


def add_page_numbers(made: WordFile, title: str) -> None:
    """The page number below every page, and the title above all but the first, which has it already."""
    section = made.sections[0]
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = curled(plain(title))
    for footer in (section.footer, section.first_page_footer):
        foot = footer.paragraphs[0]
        foot.style, foot.alignment = made.styles["Footer"], WD_ALIGN_PARAGRAPH.RIGHT
        foot.add_run("Page ")
        add_field(foot, "PAGE", "1")
        foot.add_run(" of ")
        add_field(foot, "NUMPAGES", "1")
