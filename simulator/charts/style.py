"""How every figure looks, and how it becomes SVG that is the same to the byte wherever it is drawn.

Colours are the categorical palette of the Government Analysis Function, in its order: neighbours in that order differ
by a contrast of at least 3 to 1, and so does each from white.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PALETTE = ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")
DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE, DARK_GREY, LIGHT_PURPLE = PALETTE
INK = "#0B0C0C"
AXIS_GREY = "#595959"
GRID_GREY = "#CCCCCC"
WHITE = "#FFFFFF"

TEXT_POINTS = 12
# 17 cm: a page of A4 within its margins, so that text keeps its size in print and in a word processor.
WIDTH_INCHES = 6.69
LETTER_INCHES = 0.098  # of text in the typeface it is measured in, on the safe side
LINE_OF_LABEL_INCHES = 1.25 * TEXT_POINTS / 72
# Text is measured in the typeface that matplotlib brings along, so that a figure never depends on the machine. It is
# wider than those named first here, so what fits in it fits in them.
MEASURED_IN = "DejaVu Sans"
SHOWN_IN = "'Helvetica Neue', Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
SETTINGS: dict[str, Any] = {
    "svg.fonttype": "none",
    "font.family": MEASURED_IN,
    "font.size": TEXT_POINTS,
    "axes.labelsize": TEXT_POINTS,
    "xtick.labelsize": TEXT_POINTS,
    "ytick.labelsize": TEXT_POINTS,
    "text.color": INK,
    "text.parse_math": False,
    "axes.labelcolor": INK,
    "axes.edgecolor": AXIS_GREY,
    "xtick.color": AXIS_GREY,
    "xtick.labelcolor": INK,
    "ytick.color": AXIS_GREY,
    "ytick.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": GRID_GREY,
    "figure.facecolor": WHITE,
}


class Chart(NamedTuple):
    """A figure: its file name without ending, statistical title, text alternative and SVG element.

    ``note`` is how to read it, where that is not inside the figure.
    """

    name: str
    title: str
    description: str
    svg: str
    note: str = ""


def luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB``, as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255.0 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21, as WCAG 2.2 defines it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@cache
def text_inches(words: str, points: float = TEXT_POINTS, bold: bool = False) -> float:
    """Width of a line of text in the typeface that it is measured in."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    font = get_font(findfont(FontProperties(family=MEASURED_IN, weight="bold" if bold else "normal")))
    font.set_size(points, 72.0)
    font.set_text(words, 0.0)
    return float(font.get_width_height()[0]) / 64.0 / 72.0


@contextmanager
def house_style(name: str) -> Iterator[None]:
    """matplotlib with these settings and no others, whatever the reader's own settings file says."""
    import matplotlib

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        settings: Any = {**SETTINGS, "svg.hashsalt": name}
        matplotlib.rcParams.update(settings)
        yield


def canvas(height: float, left: float, right: float, bottom: float = 0.75, top: float = 0.45) -> tuple[Figure, Axes]:
    """A figure with one set of axes and margins in inches. Margins are fixed, so no layout depends on measured text."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH_INCHES, height))
    inside = (WIDTH_INCHES - left - right) / WIDTH_INCHES, (height - bottom - top) / height
    return figure, figure.add_axes((left / WIDTH_INCHES, bottom / height, *inside))


def chart_of(figure: Figure, name: str, title: str, description: str, note: str = "") -> Chart:
    """A drawn figure as one accessible SVG element."""
    out = io.BytesIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return Chart(name, title, description, accessible(out.getvalue().decode("utf-8"), name, title, description), note)


def accessible(svg: str, name: str, title: str, description: str) -> str:
    """SVG with a text alternative, names that are unique on a page with several figures, and nothing to fetch."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"\s*<metadata>.*?</metadata>", "", svg, flags=re.S)
    svg = re.sub(r'\bid="', f'id="{name}-', svg)
    svg = re.sub(r"url\(#", f"url(#{name}-", svg)
    svg = re.sub(r'href="#', f'href="#{name}-', svg)
    svg = svg.replace(f"'{MEASURED_IN}'", SHOWN_IN)
    opening, rest = svg.split(">", 1)
    words = (
        f'<title id="{name}-title">{escape(title)}</title>\n <desc id="{name}-description">{escape(description)}</desc>'
    )
    return f'{opening} role="img" aria-labelledby="{name}-title {name}-description">\n {words}{rest}'


def described_as(chart: Chart, description: str) -> Chart:
    """The same figure with another text alternative."""
    mark = f'<desc id="{chart.name}-description">'
    svg = chart.svg.replace(f"{mark}{escape(chart.description)}", f"{mark}{escape(description)}")
    return chart._replace(description=description, svg=svg)
