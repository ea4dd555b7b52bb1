"""Rows with a point or bar each, and the bounds of it: shares, intervals, worths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from simulator.charts.figures import row_labels
from simulator.charts.style import AXIS_GREY, DARK_BLUE, INK
from simulator.charts.sweeps.pictures import LETTER_INCHES, panel

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LEFT = 2.95
ROW_INCHES = 0.5


class Row(NamedTuple):
    """A row: label, value with its bounds, and what is said to its right."""

    label: str
    value: float
    bounds: tuple[float, float] | None
    words: str


def rows_panel(rows: int, words: Sequence[str], title: str, note: str, axis: float = 0.45) -> tuple[Figure, Axes]:
    """A figure for so many rows, with room on the right for the longest words."""
    right = 0.35 + LETTER_INCHES * max((len(line) for each in words for line in each.split("\n")), default=0)
    figure, axes = panel(ROW_INCHES * max(rows, 1) + 0.2, LEFT, right, title, note, axis)
    axes.set_ylim(max(rows, 1) - 0.5, -0.6)
    return figure, axes


def say(axes: Axes, rows: Sequence[Row]) -> None:
    """Labels to the left of rows, words to the right."""
    row_labels(axes, [row.label for row in rows])
    for place, row in enumerate(rows):
        axes.text(1.02, place, row.words, transform=axes.get_yaxis_transform(), va="center", linespacing=1.3)


def dots(axes: Axes, rows: Sequence[Row], colour: str = DARK_BLUE) -> None:
    """A dot for each value and a line for its bounds."""
    for place, row in enumerate(rows):
        if row.bounds:
            axes.plot(
                row.bounds, [place, place], color=colour, linewidth=2, marker="|", markersize=11, markeredgewidth=2
            )
        axes.plot([row.value], [place], color=colour, marker="o", markersize=9, linestyle="none")


def bars(axes: Axes, rows: Sequence[Row], colour: str, shift: float = 0.0, height: float = 0.6) -> None:
    """A bar for each value from zero, and its bounds on it."""
    for place, row in enumerate(rows):
        axes.barh(place + shift, row.value, height, color=colour)
        if row.bounds:
            ends = [max(end, 0.0) for end in row.bounds]
            axes.plot(
                ends, [place + shift] * 2, color=INK, linewidth=1.4, marker="|", markersize=8, markeredgewidth=1.4
            )


def zero_line(axes: Axes) -> None:
    """A line at zero, behind what is drawn."""
    axes.axvline(0.0, color=AXIS_GREY, linewidth=1.5, zorder=0.9)
