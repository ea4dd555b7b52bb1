"""How a Word file looks: one sans-serif typeface of at least 11 points, A4, dark on white, no empty lines as spacing."""

from __future__ import annotations

from typing import Any

import docx
from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from simulator.charts.style import DARK_BLUE, INK

TYPEFACE = "Arial"
FIXED_WIDTH = "Courier New"
POINTS = 11
WIDTH_CM = 17.0  # of the text on a page of A4
MARGIN_CM = 2.0
LANGUAGE = "en-GB"
TINT = "E8EDF3"  # behind table headings and notices; dark blue on it has a contrast of 9 to 1
RULE = "8A9BB0"
CELL, NUMBER, HEADING_CELL = "Table Text", "Table Number", "Table Heading"
NOTICE, COMMAND, NOTE, SUBTITLE, STATEMENT, CONTENTS, CONTENTS_TITLE = (
    "Notice", "Command", "Table Note", "Subtitle", "Statement", "Contents", "Contents Title",
)  # fmt: skip


def new_file() -> WordFile:
    """An empty Word file with every style that the others use."""
    made = docx.Document()
    set_page(made)
    set_language(made)
    set_body(made)
    set_headings(made)
    add_styles(made)
    return made


def set_page(made: WordFile) -> None:
    """A4, upright, two centimetres of margin."""
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN_CM)
    section.header_distance = section.footer_distance = Cm(1.0)


def set_language(made: WordFile) -> None:
    """British English throughout, for spelling and for readers aloud."""
    for each in made.styles.element.iter(qn("w:lang")):
        each.set(qn("w:val"), LANGUAGE)


def set_typeface(style: Any, points: float, bold: bool | None = None, colour: str = INK) -> None:
    """A style's typeface for every script, its size and colour."""
    style.font.name, style.font.size, style.font.bold, style.font.italic = TYPEFACE, Pt(points), bold, None
    style.font.color.rgb = RGBColor.from_string(colour.lstrip("#"))
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.lower().endswith("theme"):
            del fonts.attrib[name]
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), TYPEFACE)


def set_spacing(style: Any, before: float, after: float, lines: float = 1.1) -> None:
    """Space above, below and between the lines of a style's paragraphs."""
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), lines


def set_body(made: WordFile) -> None:
    """Running text, lists and captions."""
    for name in ("Normal", "List Bullet", "Header", "Footer"):
        set_typeface(made.styles[name], POINTS)
    set_spacing(made.styles["Normal"], 0, 7, 1.15)
    set_spacing(made.styles["List Bullet"], 0, 4, 1.15)
    for each in list(made.styles["List Bullet"].element.iter(qn("w:contextualSpacing"))):
        each.getparent().remove(each)
    caption = made.styles["Caption"]
    set_typeface(caption, POINTS, bold=True, colour=DARK_BLUE)
    set_spacing(caption, 10, 4)
    caption.paragraph_format.keep_with_next = True


def set_headings(made: WordFile) -> None:
    """Title and three levels of headings, each kept with what follows."""
    for name, points, before, after in (
        ("Title", 22, 0, 6),
        ("Heading 1", 17, 14, 8),
        ("Heading 2", 13.5, 16, 5),
        ("Heading 3", 11.5, 12, 4),
    ):
        style = made.styles[name]
        set_typeface(style, points, bold=True, colour=DARK_BLUE)
        set_spacing(style, before, after, 1.05)
        style.paragraph_format.keep_with_next = True
        for border in list(style.element.iter(qn("w:pBdr"))):
            border.getparent().remove(border)


def add_styles(made: WordFile) -> None:
    """Styles that Word does not bring along."""
    for name, before, after in (
        (CELL, 2, 2), (NUMBER, 2, 2), (HEADING_CELL, 2, 2), (NOTICE, 0, 0), (COMMAND, 2, 8), (NOTE, 4, 5),
        (SUBTITLE, 0, 8), (STATEMENT, 6, 8), (CONTENTS, 0, 0), (CONTENTS_TITLE, 8, 3),
    ):  # fmt: skip
        known = name in [style.name for style in made.styles]
        style: Any = made.styles[name] if known else made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = made.styles["Normal"]
        set_typeface(style, POINTS)
        set_spacing(style, before, after, 1.05)
    made.styles[NUMBER].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    made.styles[HEADING_CELL].font.bold = True
    made.styles[HEADING_CELL].paragraph_format.keep_with_next = True
    made.styles[SUBTITLE].font.size = Pt(12)
    for each in list(made.styles[SUBTITLE].element.rPr.iter(qn("w:spacing"))):
        each.getparent().remove(each)
    made.styles[STATEMENT].font.size = Pt(12)
    made.styles[STATEMENT].font.bold = True
    made.styles[CONTENTS].paragraph_format.line_spacing = 1.0
    made.styles[CONTENTS_TITLE].font.bold = True
    made.styles[CONTENTS_TITLE].paragraph_format.keep_with_next = True
    notice = made.styles[NOTICE]
    boxed(notice, left=True)
    notice.paragraph_format.left_indent = Cm(0.3)
    set_spacing(notice, 3, 3, 1.1)
    boxed(made.styles[COMMAND], left=False)
    made.styles[COMMAND].font.name = FIXED_WIDTH


def boxed(style: Any, left: bool) -> None:
    """A tint behind a style's paragraphs, with a bar at their left where asked for."""
    layout = style.element.get_or_add_pPr()
    if left:
        borders = OxmlElement("w:pBdr")
        borders.append(edge("left", 24, DARK_BLUE.lstrip("#"), space=8))
        layout.append(borders)
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", TINT)):
        shade.set(qn(name), value)
    layout.append(shade)
    ordered(layout)


def edge(side: str, eighths: int, colour: str, space: int = 0) -> Any:
    """One line of a border, its width in eighths of a point."""
    made = OxmlElement(f"w:{side}")
    for name, value in (("w:val", "single"), ("w:sz", eighths), ("w:space", space), ("w:color", colour)):
        made.set(qn(name), str(value))
    return made


# In the order in which the format wants the properties of a paragraph.
ORDER = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd", "tabs", "spacing",
         "ind", "contextualSpacing", "jc", "outlineLvl")  # fmt: skip


def ordered(layout: Any) -> None:
    """The properties of a paragraph in the order that the format wants."""
    names = [qn(f"w:{name}") for name in ORDER]
    for each in sorted(layout, key=lambda child: names.index(child.tag) if child.tag in names else len(names)):
        layout.append(each)
