"""What all figures of sweeps share: a heading inside, so that they stand alone; SVG and PNG, the same bytes every time."""

from __future__ import annotations

import io
import math
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.charts.labels import folded
from simulator.charts.style import (
    DARK_BLUE,
    DARK_PINK,
    INK,
    LETTER_INCHES,
    ORANGE,
    TEXT_POINTS,
    TURQUOISE,
    WIDTH_INCHES,
    Chart,
    canvas,
    chart_of,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Pounds = Callable[[float], str]
Document = Mapping[str, Any]
Block = tuple[list[int], float, float]  # labels that touch, where the lowest begins, height of all

DOTS_PER_INCH = 200
TITLE_POINTS = 14
TITLE_LETTERS, NOTE_LETTERS = 50, 68  # to a line
LINE_INCHES = 0.245
# At most four things in colour, each with a mark of its own, so that no figure hangs on colour.
LOOKS = ((DARK_BLUE, "o"), (ORANGE, "s"), (TURQUOISE, "^"), (DARK_PINK, "D"))
LABEL_INCHES = 1.3 * TEXT_POINTS / 72  # height of a line of a label
LABELS_INCHES = 2.35  # room for labels to the right of the axes
LABEL_TEXT_INCHES = 1.83
MOST_LINES = 3  # of a label; the table below the figure has it whole
MARKS = {"o": "●", "s": "■", "^": "▲", "D": "◆"}  # as letters, before the label of a line


class Picture(NamedTuple):
    """A figure in both formats."""

    chart: Chart
    png: bytes


class Drawn(NamedTuple):
    """A figure in its files, with its text alternative."""

    name: str
    title: str
    description: str
    svg: Path
    png: Path


def panel(inside: float, left: float, right: float, title: str, note: str, axis: float = 0.8) -> tuple[Figure, Axes]:
    """A figure with a heading above and a note below one set of axes.

    Args:
        inside: height of the axes, in inches.
        left, right: margins, in inches.
        axis: room below the axes for ticks and their label, in inches.
    """
    above, below = textwrap.wrap(title, TITLE_LETTERS), textwrap.wrap(note, NOTE_LETTERS)
    top, bottom = LINE_INCHES * (len(above) + (1.6 if above else 1.2)), axis + LINE_INCHES * len(below) + 0.1
    height = inside + top + bottom
    figure, axes = canvas(height, left, right, bottom, top)
    figure.text(
        0.015, 1.0 - 0.12 / height, "\n".join(above), ha="left", va="top", fontsize=TITLE_POINTS, fontweight="bold",
        linespacing=1.3,
    )  # fmt: skip
    for number, words in enumerate(below):
        down = 0.1 + LINE_INCHES * (len(below) - 1 - number)
        figure.text(0.015, down / height, words, ha="left", va="bottom")
    return figure, axes


def within(words: str, bare: bool) -> str:
    """A heading or note of a figure that stands alone; nothing in one whose page says it."""
    return "" if bare else words


def picture_of(figure: Figure, name: str, title: str, description: str, note: str = "") -> Picture:
    """A drawn figure in both formats, without dates and versions in them.

    Args:
        note: how to read it, where the page that shows it has to say so.
    """
    chart = chart_of(figure, name, title, description, note)
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None})
    return Picture(chart, out.getvalue())


def written(folder: Path, pictures: Iterable[Picture]) -> list[Drawn]:
    """Every figure as ``<name>.svg`` and ``<name>.png`` in a folder that exists; paths and text alternatives."""
    drawn = []
    for chart, png in pictures:
        svg_path, png_path = folder / f"{chart.name}.svg", folder / f"{chart.name}.png"
        svg_path.write_text(chart.svg, "utf-8", newline="\n")
        png_path.write_bytes(png)
        drawn.append(Drawn(chart.name, chart.title, chart.description, svg_path, png_path))
    return drawn


def value_with_unit(value: float | str, unit: str) -> str:
    """A value to three figures, with what makes its unit plain in a figure: £, %, years or days."""
    if isinstance(value, str):
        return value
    text = (f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.3g}").replace("-", "−")
    if unit.startswith(("gbp", "£")):
        return f"£{text}".replace("£−", "−£")
    if unit.startswith("position"):
        return {-1.0: "cheaper mix", 0.0: "as it is", 1.0: "dearer mix"}.get(value, text)
    if unit in ("share", "chance"):
        return f"{value:.0%}"
    if unit in ("years", "days"):
        return f"{text} {unit.removesuffix('s') if value == 1.0 else unit}"
    return text


def axis_words(axis: Mapping[str, Any]) -> str:
    """An axis in plain words, with its exact name."""
    return str(axis["label"]) if axis["label"] == axis["name"] else f"{axis['label']} ({axis['name']})"


def foot(document: Document, luck: str = "") -> str:
    """How it is priced, in a note."""
    free = "where not varied " if document["kind"] in ("grid", "structure") else ""
    years = document["horizon_years"]
    varied = "appraisal.horizon_years" in [axis["name"] for axis in document.get("axes", [])]
    span = "" if varied else f", {years} year{'' if years == 1 else 's'}"
    return (
        f"{document['title']}{span} against '{document['comparator_title']}', present value in "
        f"{document['price_base']} prices ({free}{document['cost_table']}, {document['costing']} costing). {luck}"
    ).strip()


def luck_of(document: Document, each: str) -> str:
    """How many replications behind each point, run or draw."""
    number = document["replications"]
    return f"{number:,} replication{'' if number == 1 else 's'} {each}, seed {document['seed']}."


def in_front(arms: Sequence[Mapping[str, Any]], first: str, merit: Callable[[Mapping[str, Any]], float]) -> list[str]:
    """Names of at most four arms to show in colour: the chosen one, then those of most merit."""
    ordered = sorted(arms, key=lambda arm: (arm["name"] != first, -merit(arm)))
    return [str(arm["name"]) for arm in ordered[: len(LOOKS)]]


class Label(NamedTuple):
    """What stands beside a line's end: the end, the key in the line's colour, and its words."""

    end: float
    key: str
    words: str
    colour: str = INK

    @property
    def text(self) -> str:
        """The words, folded; of a long title its beginning, and always the amount at its end."""
        whole = folded(self.words, LABEL_TEXT_INCHES, MOST_LINES)
        if whole.endswith(" …"):
            title, _, amount = self.words.rpartition(" ")
            whole = f"{folded(title, LABEL_TEXT_INCHES, MOST_LINES - 1)}\n{amount}"
        return whole.replace("\xa0", " ")

    @property
    def inches(self) -> float:
        """Height with a little air."""
        return LABEL_INCHES * (self.text.count("\n") + 1) + 0.06


def labels_height(labels: Sequence[Label]) -> float:
    """Height that all labels need one above the other, in inches."""
    return math.fsum(label.inches for label in labels)


def line_labels(axes: Axes, last: float, labels: Sequence[Label]) -> None:
    """A label to the right of each line's end, moved apart where they would meet, with a thin line to its own."""
    low, high = axes.get_ylim()
    per_inch = (high - low) / (axes.get_position().height * axes.figure.get_figheight())  # type: ignore[union-attr]
    heights = [label.inches * per_inch for label in labels]
    beside = axes.get_yaxis_transform()
    for label, place in zip(labels, apart([label.end for label in labels], heights, low, high), strict=True):
        axes.annotate(
            label.key, (last, label.end), (1.06, place), xycoords="data", textcoords=beside, va="center",
            color=label.colour, annotation_clip=False,
            arrowprops={
                "arrowstyle": "-", "color": label.colour, "linewidth": 0.8, "shrinkA": 2, "shrinkB": 4,
                "relpos": (0, 0.5),
            },
        )  # fmt: skip
        axes.annotate(
            label.text, (1.06, place), (12 + 3 * len(label.key), 0), xycoords=beside, textcoords="offset points",
            va="center", color=INK, annotation_clip=False,
        )  # fmt: skip


def apart(middles: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Middles of labels moved as little as need be, in order, so that none touches the next.

    They stay between ``low`` and ``high`` where all of them fit, else they start at ``high`` and go down as far as needed.
    """
    order = sorted(range(len(middles)), key=lambda each: middles[each])
    blocks: list[Block] = []
    room = math.fsum(heights) <= (high - low) * (1.0 + 1e-9)
    for each in order:
        block = ([each], middles[each] - heights[each] / 2.0, heights[each])
        blocks.append(kept_in(block, low, high, room))
        while len(blocks) > 1 and blocks[-2][1] + blocks[-2][2] > blocks[-1][1] + 1e-12 * abs(high - low):
            second, first = blocks.pop(), blocks.pop()
            blocks.append(kept_in(joined(first, second, middles, heights), low, high, room))
    placed = [0.0] * len(middles)
    for names, begins, _ in blocks:
        for each in names:
            placed[each] = begins + heights[each] / 2.0
            begins += heights[each]
    return placed


def joined(first: Block, second: Block, middles: Sequence[float], heights: Sequence[float]) -> Block:
    """Two blocks of labels as one, where its labels are nearest to their own ends on average."""
    names = [*first[0], *second[0]]
    wanted, above = [], 0.0
    for each in names:
        wanted.append(middles[each] - above - heights[each] / 2.0)
        above += heights[each]
    return names, math.fsum(wanted) / len(wanted), above


def kept_in(block: Block, low: float, high: float, room: bool) -> Block:
    """A block within the axes where there is room for all."""
    names, begins, height = block
    begins = min(begins, high - height)
    return names, max(begins, low) if room else begins, height


def reach(ends: Sequence[float], labels: Sequence[tuple[float, int, int]], inches: float) -> tuple[float, float]:
    """Limits of an axis so wide that bars and the labels beyond their ends fit.

    Args:
        ends: what must lie inside.
        labels: for each its place, its side (-1 left, 1 right) and how many letters it has.
        inches: width of the axes.
    """
    low, high = min(ends), max(ends)
    if low == high:
        low, high = low - 1.0, high + 1.0
    for _ in range(60):
        scale = (high - low) / inches
        needs = [place + side * (letters * LETTER_INCHES + 0.12) * scale for place, side, letters in labels]
        low, high = min([*ends, *needs, low]), max([*ends, *needs, high])
        if math.isclose((high - low) / inches, scale, rel_tol=1e-9):
            break
    return low, high


def axes_width(left: float, right: float) -> float:
    """Width of the axes between two margins, in inches."""
    return WIDTH_INCHES - left - right
