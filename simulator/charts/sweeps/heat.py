"""A heat map of one arm's NPSV over two axes, readable without colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulator.charts.labels import folded
from simulator.charts.style import (
    AXIS_GREY,
    DARK_BLUE,
    INK,
    ORANGE,
    WHITE,
    WIDTH_INCHES,
    contrast,
    house_style,
    text_inches,
)
from simulator.charts.sweeps.pictures import (
    Document,
    Picture,
    Pounds,
    axis_words,
    foot,
    luck_of,
    panel,
    picture_of,
    value_with_unit,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import LinearSegmentedColormap

Array = NDArray[np.float64]

MOST_IN_CELLS = 110  # cells that may hold a number
MOST_COLUMNS = 5
MOST_TICKS = 12
LABEL_INCHES = 5.0  # of the name of what is varied
RIGHT = 1.35
LEVELS = 6  # lines of equal NPSV, either side of zero, where cells hold no numbers


def heat_map(document: Document, pounds: Pounds) -> Picture:
    """Rows by the first axis, columns by the second; orange below zero, blue above, a black line at break-even."""
    rows, columns = document["axes"]
    title = f"NPSV of '{document['arm_title']}' by {rows['label']} and {columns['label']}"
    npsv = table_of(document)
    left = 0.35 + max(text_inches(value_with_unit(value, rows["unit"])) for value in rows["values"])
    with house_style("grid"):
        height = min(max(0.5 * len(rows["values"]), 3.0), 6.5)
        figure, axes = panel(height, left, RIGHT, title, note_of(document))
        reach = float(np.abs(npsv).max()) or 1.0
        image = axes.imshow(npsv, cmap=colours(), vmin=-reach, vmax=reach, aspect="auto", interpolation="nearest")
        ticks(axes, rows, columns)
        if has_numbers(npsv):
            write_numbers(axes, npsv, reach, untold_of(document), pounds)
        elif min(npsv.shape) > 1 and npsv.min() < npsv.max():
            draw_levels(axes, npsv, pounds)
        hatch_untold(axes, document, npsv.shape[1])
        draw_break_even(axes, npsv, document)
        box = axes.get_position()
        scale = figure.add_axes((1.0 - (RIGHT - 0.15) / WIDTH_INCHES, box.y0, 0.02, box.height))
        from matplotlib.ticker import FuncFormatter, MaxNLocator

        bar = figure.colorbar(image, cax=scale, ticks=MaxNLocator(5), format=FuncFormatter(lambda v, _: pounds(v)))
        bar.outline.set_visible(False)
        return picture_of(figure, "grid", title, described(document, npsv, pounds))


def table_of(document: Document) -> Array:
    """NPSV of the chosen arm, (rows, columns)."""
    shape = [len(axis["values"]) for axis in document["axes"]]
    flat = [
        next(each["npsv_gbp"] for each in point["by_arm"] if each["name"] == document["arm"])
        for point in document["points"]
    ]
    return np.array(flat, dtype=float).reshape(shape)


def colours() -> LinearSegmentedColormap:
    """Orange over white to dark blue."""
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("about zero", [ORANGE, WHITE, DARK_BLUE])


def has_numbers(npsv: Array) -> bool:
    """Whether cells are few enough to hold a number each."""
    return npsv.size <= MOST_IN_CELLS and npsv.shape[1] <= MOST_COLUMNS


def write_numbers(axes: Axes, npsv: Array, reach: float, untold: Sequence[bool], pounds: Pounds) -> None:
    """The amount in each cell, marked where noise hides its sign, in the ink that stands out from its colour."""
    from matplotlib.colors import to_hex

    shades = colours()
    for (row, column), amount in np.ndenumerate(npsv):
        shade = to_hex(shades((amount / reach + 1.0) / 2.0))
        ink = max((INK, WHITE), key=lambda each: contrast(each, shade))
        box = {"facecolor": shade, "edgecolor": "none", "pad": 1.5}  # or the line of break-even would run through it
        words = pounds(float(amount)) + ("~" if untold[row * npsv.shape[1] + column] else "")
        axes.text(column, row, words, ha="center", va="center", color=ink, bbox=box)


def untold_of(document: Document) -> list[bool]:
    """Whether noise hides the sign of the chosen arm's NPSV, point by point."""
    return [
        next(bool(each["within_noise"]) for each in point["by_arm"] if each["name"] == document["arm"])
        for point in document["points"]
    ]


def hatch_untold(axes: Axes, document: Document, columns: int) -> None:
    """Hatching over the cells whose sign noise hides."""
    from matplotlib.patches import Rectangle

    for number, untold in enumerate(untold_of(document)):
        if untold:
            row, column = divmod(number, columns)
            axes.add_patch(
                Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False, hatch="//", edgecolor=AXIS_GREY, linewidth=0)
            )


def draw_levels(axes: Axes, npsv: Array, pounds: Pounds) -> None:
    """Lines of equal NPSV with their amounts; dashed below zero."""
    from matplotlib.ticker import MaxNLocator

    levels = [each for each in MaxNLocator(2 * LEVELS).tick_values(npsv.min(), npsv.max()) if each != 0.0]
    lines = axes.contour(npsv, levels=levels, colors=INK, linewidths=0.8, negative_linestyles="dashed")
    axes.clabel(lines, fmt=lambda level: pounds(float(level)), fontsize=12)


def draw_break_even(axes: Axes, npsv: Array, document: Document) -> None:
    """The line of zero NPSV, straight between the middles of cells; none where no line can be drawn."""
    if min(npsv.shape) > 1 and npsv.min() < 0.0 < npsv.max() and all(axis["is_numeric"] for axis in document["axes"]):
        axes.contour(npsv, levels=[0.0], colors=INK, linewidths=3.0)


def ticks(axes: Axes, rows: Mapping[str, Any], columns: Mapping[str, Any]) -> None:
    """Values along both sides, or some of them, and what they are."""
    for axis, chosen in ((rows, axes.set_yticks), (columns, axes.set_xticks)):
        values = axis["values"]
        step = 1 + (len(values) - 1) // MOST_TICKS
        places = list(range(0, len(values), step))
        chosen(places, [value_with_unit(values[place], axis["unit"]) for place in places])
    axes.set_xlabel(folded(f"Across: {axis_words(columns)}", LABEL_INCHES, 2))
    axes.annotate(
        folded(f"Down: {axis_words(rows)}", LABEL_INCHES, 1),
        (0.0, 1.0),
        (0, 6),
        xycoords="axes fraction",
        textcoords="offset points",
    )
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0)


def note_of(document: Document) -> str:
    """How to read it."""
    line = "Black line: break-even, straight between the middles of cells. " if document["break_evens"] else ""
    if not all(axis["is_numeric"] for axis in document["axes"]):
        line = ""
    hidden = "Hatched, ~: which is more cannot be told from noise. " if any(untold_of(document)) else ""
    return (
        f"Blue: benefits exceed costs; orange: costs exceed benefits. {line}{hidden}All points have the same luck. "
        f"{foot(document, luck_of(document, 'a point'))}"
    )


def described(document: Document, npsv: Array, pounds: Pounds) -> str:
    """The figure in words: its corners, and where it breaks even."""
    rows, columns = document["axes"]
    corners = [
        f"{pounds(float(npsv[row, column]))} at {value_with_unit(rows['values'][row], rows['unit'])} and "
        f"{value_with_unit(columns['values'][column], columns['unit'])}"
        for row in (0, -1)
        for column in (0, -1)
    ]
    found = document["break_evens"]
    line = [
        f"{value_with_unit(each['value'], each['unit'])} at {value_with_unit(each['at'][0]['value'], '')}"
        for each in found
    ]
    said = f"Break-even: {', '.join(line)}." if line else "It breaks even nowhere on the grid."
    return f"Coloured cells; {rows['label']} down, {columns['label']} across. Corners: {'; '.join(corners)}. {said}"
