"""Rows with a point or bar each, and the bounds of it: shares, intervals, worths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from simulator.charts.labels import ROW_LABEL_INCHES, row_inches, row_labels, widest
from simulator.charts.style import AXIS_GREY, DARK_BLUE, INK, WHITE
from simulator.charts.sweeps.pictures import LABEL_INCHES, panel

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROW_INCHES = 0.5


class Row(NamedTuple):
    """A row: label, value with its bounds, and what is said to its right."""

    label: str
    value: float
    bounds: tuple[float, float] | None
    words: str


def rows_panel(rows: Sequence[Row], title: str, note: str, axis: float = 0.45) -> tuple[Figure, Axes]:
    """A figure for some rows, with room for the tallest label and on the right for the longest words."""
    right = 0.35 + max((widest(row.words) for row in rows), default=0.0)
    lines = max((row.words.count("\n") + 1 for row in rows), default=1)
    height = max(row_inches([row.label for row in rows], ROW_INCHES), LABEL_INCHES * lines + 0.1)
    figure, axes = panel(height * max(len(rows), 1) + 0.2, ROW_LABEL_INCHES, right, title, note, axis)
    axes.set_ylim(max(len(rows), 1) - 0.5, -0.6)
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
            for ink, more in ((WHITE, 2.4), (INK, 0.0)):  # white about the ink, which else were lost in the bar
                axes.plot(
                    ends, [place + shift] * 2, color=ink, linewidth=1.4 + more, marker="|", markersize=8 + more,
                    markeredgewidth=1.4 + more,
                )  # fmt: skip


def zero_line(axes: Axes) -> None:
    """A line at zero, behind what is drawn."""
    axes.axvline(0.0, color=AXIS_GREY, linewidth=1.5, zorder=0.9)
