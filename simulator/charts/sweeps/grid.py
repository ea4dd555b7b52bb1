"""Grids as figures: lines by arm over one axis, a heat map of one arm over two; more axes are left to the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.charts.arms import compared_arms
from simulator.charts.labels import folded, money_axis
from simulator.charts.style import AXIS_GREY, INK, WHITE, house_style
from simulator.charts.sweeps.heat import heat_map
from simulator.charts.sweeps.noise import half_width_of
from simulator.charts.sweeps.pictures import (
    LABELS_INCHES,
    LOOKS,
    MARKS,
    Document,
    Drawn,
    Label,
    Picture,
    Pounds,
    axis_words,
    foot,
    in_front,
    labels_height,
    line_labels,
    luck_of,
    panel,
    picture_of,
    value_with_unit,
    written,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_TICKS = 7
LABEL_INCHES = 4.9  # of the name of what is varied


def draw_grid(document: Document, folder: Path, pounds: Pounds) -> list[Drawn]:
    """The figure of a grid in a folder, if it has one or two axes; its paths and text alternative."""
    return written(folder, grid_pictures(document, pounds))


def grid_pictures(document: Document, pounds: Pounds) -> list[Picture]:
    """One figure, or none for three axes or more."""
    if len(document["axes"]) == 1:
        return [line_picture(document, pounds)]
    return [heat_map(document, pounds)] if len(document["axes"]) == 2 else []


def amounts(document: Document, arm: str, field: str = "npsv_gbp") -> list[Any]:
    """One figure of an arm, point by point."""
    return [next(each[field] for each in point["by_arm"] if each["name"] == arm) for point in document["points"]]


def line_picture(document: Document, pounds: Pounds) -> Picture:
    """NPSV of the arms by the value of one axis, with noise, zero and the break-even of the chosen arm."""
    axis = document["axes"][0]
    title = f"NPSV by {axis['label']}, for each funding choice"
    arms = compared_arms(document)
    front = in_front(arms, document["arm"], lambda arm: max(amounts(document, arm["name"])))
    with house_style("grid"):
        places = places_of(axis)
        labels = labels_of(document, front, places.index(max(places)), pounds)
        height = max(4.6, labels_height(labels))
        figure, axes = panel(height, 1.0, LABELS_INCHES, title, note_of(document, len(arms) - len(front)))
        for arm in arms:
            if arm["name"] not in front:
                axes.plot(places, amounts(document, arm["name"]), color=AXIS_GREY, linewidth=0.8, zorder=1.5)
        for name, look in zip(front, LOOKS, strict=False):
            draw_arm(axes, document, name, look, bool(axis["is_numeric"]))
        axes.axhline(0.0, color=AXIS_GREY, linewidth=1.6, zorder=1.2)
        value_axis(axes, axis)
        money_axis(axes, "y", pounds)
        mark_break_evens(axes, document)
        line_labels(axes, max(places), labels)
        return picture_of(figure, "grid", title, described(document, pounds))


def labels_of(document: Document, front: Sequence[str], last: int, pounds: Pounds) -> list[Label]:
    """A label for every line, those in grey without a mark."""
    looks = {name: (MARKS[mark], colour) for name, (colour, mark) in zip(front, LOOKS, strict=False)}
    return [
        Label(end, key, f"{arm['title']} {pounds(end)}", colour)
        for arm in compared_arms(document)
        for end in [amounts(document, arm["name"])[last]]
        for key, colour in [looks.get(arm["name"], ("–", AXIS_GREY))]
    ]


def places_of(axis: Mapping[str, Any]) -> list[float]:
    """Where the values stand: numbers where they are, words one after another."""
    return [float(value) if axis["is_numeric"] else float(place) for place, value in enumerate(axis["values"])]


def draw_arm(axes: Axes, document: Document, name: str, look: tuple[str, str], joined: bool) -> None:
    """One arm's line in order of the values, with simulation noise as bars."""
    colour, mark = look
    width = half_width_of(document["replications"])
    errors = amounts(document, name, "standard_error_gbp")
    rows = sorted(zip(places_of(document["axes"][0]), amounts(document, name), errors, strict=True))
    chosen = name == document["arm"]
    axes.errorbar(
        [row[0] for row in rows], [row[1] for row in rows], yerr=[width * row[2] if row[2] else 0.0 for row in rows],
        color=colour, marker=mark, markersize=7 if chosen else 5.5, linewidth=2.6 if chosen else 1.6, capsize=3,
        elinewidth=1.0, linestyle="-" if joined else "none", zorder=3 if chosen else 2,
    )  # fmt: skip


def value_axis(axes: Axes, axis: Mapping[str, Any]) -> None:
    """Ticks at the values, or at some of them, and what they are."""
    places = places_of(axis)
    step = 1 + (len(places) - 1) // MOST_TICKS
    shown = sorted(zip(places, axis["values"], strict=True), key=lambda pair: pair[0])[::step]
    axes.set_xticks([place for place, _ in shown], [value_with_unit(value, axis["unit"]) for _, value in shown])
    axes.set_xlabel(folded(axis_words(axis), LABEL_INCHES, 2))


def mark_break_evens(axes: Axes, document: Document) -> None:
    """Where the chosen arm's NPSV crosses zero."""
    found = [each for each in document["break_evens"] if each["arm"] == document["arm"]]
    unit = document["axes"][0]["unit"]
    for each in found:
        axes.plot([each["value"]], [0.0], marker="o", markersize=13, color=INK, fillstyle="none", markeredgewidth=2)
        axes.annotate(
            f"breaks even at {value_with_unit(each['value'], unit)}", (each["value"], 0.0), (12, 12),
            textcoords="offset points", bbox={"facecolor": WHITE, "edgecolor": "none", "pad": 1.5},
        )  # fmt: skip


def note_of(document: Document, grey: int) -> str:
    """How to read it."""
    others = f" Grey: {grey} other funding choice{'s' if grey > 1 else ''}." if grey else ""
    return (
        "Above the line at zero benefits exceed costs. Whiskers: simulation noise (95%); all points have the same luck."
        f"{others} "
        f"{foot(document, luck_of(document, 'a point'))}"
    )


def described(document: Document, pounds: Pounds) -> str:
    """The figure in words."""
    axis = document["axes"][0]
    lines = [
        f"{arm['title']}: {series(axis['values'], amounts(document, arm['name']), axis['unit'], pounds)}"
        for arm in compared_arms(document)
    ]
    return f"Lines of NPSV by {axis['label']}. {'; '.join(lines)}. {break_even_words(document)}"


def series(values: Sequence[Any], npsv: Sequence[float], unit: str, pounds: Pounds) -> str:
    """A line in words."""
    return ", ".join(
        f"{pounds(each)} at {value_with_unit(value, unit)}" for value, each in zip(values, npsv, strict=True)
    )


def break_even_words(document: Document) -> str:
    """Where the chosen arm breaks even."""
    found = [
        value_with_unit(each["value"], each["unit"])
        for each in document["break_evens"]
        if each["arm"] == document["arm"]
    ]
    said = f"breaks even at {' and '.join(found)}" if found else "breaks even nowhere in this range"
    return f"'{document['arm_title']}' {said}."
