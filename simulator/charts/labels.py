"""Words beside what is drawn: labels of rows and bars, ticks in pounds, years along the bottom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from simulator.charts.style import LINE_OF_LABEL_INCHES, WHITE, text_inches

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW_LABEL_INCHES = 2.3  # room for a label to the left of a row
ROW_TEXT_INCHES = ROW_LABEL_INCHES - 0.17
MOST_LINES = 4  # longer labels end in dots: the table below the figure has them whole
TICK_INCHES = 0.85  # an amount below the axes, with some air
LEAST_SPAN_GBP = 10.0  # on a narrower scale every tick would read £0: one is enough


def folded(words: str, inches: float = ROW_TEXT_INCHES, most: int = MOST_LINES, bold: bool = False) -> str:
    """A label on as many lines as it needs, up to four or the given number; what is longer ends in dots."""
    lines = lines_of(words, inches, bold)
    if len(lines) <= most:
        return "\n".join(lines)
    last = lines[most - 1]
    while text_inches(f"{last} …", bold=bold) > inches:
        last = last[:-1].rstrip()
    return "\n".join([*lines[: most - 1], f"{last} …"])


def lines_of(words: str, inches: float, bold: bool = False) -> list[str]:
    """Words in lines that are no wider; a single word that is wider is divided."""
    lines: list[str] = []
    for word in words.split(" "):
        if lines and text_inches(f"{lines[-1]} {word}", bold=bold) <= inches:
            lines[-1] += f" {word}"
            continue
        lines.append("")
        for letter in word:
            if text_inches(lines[-1] + letter, bold=bold) > inches:
                lines.append("")
            lines[-1] += letter
    return lines


def row_inches(labels: Sequence[str], least: float) -> float:
    """Height of each row so that the tallest of its labels fits."""
    lines = max((folded(label).count("\n") + 1 for label in labels), default=1)
    return max(least, lines * LINE_OF_LABEL_INCHES + 0.12)


def row_labels(axes: Axes, labels: Sequence[str]) -> None:
    """A label to the left of each row. Each line is a text of its own, or SVG would not align them to the right."""
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    for row, label in enumerate(labels):
        lines = folded(label).split("\n")
        for number, words in enumerate(lines):
            down = 72 * LINE_OF_LABEL_INCHES * (number - (len(lines) - 1) / 2.0)
            axes.annotate(
                words,
                (0.0, row),
                (-8.0, -down),
                xycoords=axes.get_yaxis_transform(),
                textcoords="offset points",
                ha="right",
                va="center",
            )


def inches_of(axes: Axes) -> tuple[float, float]:
    """Width and height of the axes in inches."""
    box, figure = axes.get_position(), axes.figure
    return box.width * figure.get_figwidth(), box.height * figure.get_figheight()  # type: ignore[union-attr]


def money_axis(axes: Axes, axis: str, pounds: Callable[[float], str]) -> None:
    """Ticks in pounds, few enough to stand side by side, with a light grid."""
    from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

    chosen = axes.xaxis if axis == "x" else axes.yaxis
    bins = max(1, min(5, int(inches_of(axes)[0] / TICK_INCHES))) if axis == "x" else 5
    low, high = chosen.get_view_interval()
    chosen.set_major_locator(MaxNLocator(bins) if abs(high - low) > LEAST_SPAN_GBP else FixedLocator([0.0]))
    chosen.set_major_formatter(FuncFormatter(lambda value, _: pounds(value)))
    axes.grid(axis="x" if axis == "x" else "y", linewidth=0.8)


def count_axis(axes: Axes) -> None:
    """Whole numbers up the left side, from zero, with a light grid."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.grid(axis="y", linewidth=0.8)


def year_axis(axes: Axes, first: int, last: int) -> None:
    """Whole years along the bottom."""
    axes.set_xticks(range(first, last + 1, 1 + (last - first) // 12))
    axes.set_xlim(first - 0.2 * (first > 0), last + 0.15)
    axes.set_xlabel("Year of the scheme")


def widest(words: str) -> float:
    """Width of the widest line of some words, in inches."""
    return max(map(text_inches, words.split("\n")))


def beside_bar(axes: Axes, place: float, end: float, words: str, to_right: bool) -> None:
    """Words beyond the end of a horizontal bar."""
    axes.annotate(
        words,
        (end, place),
        (5 if to_right else -5, 0),
        textcoords="offset points",
        va="center",
        ha="left" if to_right else "right",
        bbox={"facecolor": WHITE, "edgecolor": "none", "pad": 0.5},
    )
