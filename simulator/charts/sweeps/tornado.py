"""A tornado: NPSV with each input at its low and at its high end, the widest bars first."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.charts.labels import ROW_LABEL_INCHES, beside_bar, money_axis, row_inches, row_labels
from simulator.charts.style import AXIS_GREY, DARK_BLUE, INK, ORANGE, WHITE, house_style
from simulator.charts.sweeps.pictures import (
    Document,
    Drawn,
    Picture,
    Pounds,
    axes_width,
    foot,
    luck_of,
    panel,
    picture_of,
    reach,
    value_with_unit,
    within,
    written,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = 15
TITLE_LETTERS = 20  # of an arm's title beside a bar
LEFT, RIGHT = ROW_LABEL_INCHES, 0.2
ENDS = (("low", DARK_BLUE), ("high", ORANGE))


def draw_tornado(document: Document, folder: Path, pounds: Pounds) -> list[Drawn]:
    """The figure of a tornado in a folder; its paths and text alternative."""
    return written(folder, [tornado_picture(document, pounds)])


def tornado_picture(document: Document, pounds: Pounds, bare: bool = False) -> Picture:
    """Horizontal bars about the base; beyond each end the input's value there, and the arm preferred if another.

    Args:
        bare: for a page that says title and note itself.
    """
    bars = document["bars"][:MOST]
    title = f"What moves the NPSV of '{document['arm_title']}' most, one input at a time"
    with house_style("tornado"):
        inside = row_inches([label_of(bar) for bar in bars], 0.52) * max(len(bars), 1) + 0.35
        note = note_of(document, len(bars))
        figure, axes = panel(inside, LEFT, RIGHT, within(title, bare), within(note, bare), 0.45)
        draw_bars(axes, document, pounds)
        return picture_of(figure, "tornado", title, described(document, pounds), note if bare else "")


def label_of(bar: Mapping[str, Any]) -> str:
    """The input's name, and whether its bar is narrower than noise."""
    return str(bar["label"]) + (" (within noise)" if bar["within_noise"] else "")


def draw_bars(axes: Axes, document: Document, pounds: Pounds) -> None:
    """Every bar, the base, and zero where it is in sight."""
    base, bars = document["npsv_gbp"], document["bars"][:MOST]
    pieces = [piece for row, bar in enumerate(bars) for piece in pieces_of(row, bar, document)]
    labels = [(piece["npsv"], piece["side"], len(piece["words"])) for piece in pieces]
    axes.set_xlim(reach([base, *(piece["npsv"] for piece in pieces)], labels, axes_width(LEFT, RIGHT)))
    axes.set_ylim(max(len(bars), 1) - 0.5, -0.85)
    for piece in pieces:
        axes.barh(piece["place"], piece["npsv"] - base, piece["height"], left=base, color=piece["colour"])
        beside_bar(axes, piece["place"], piece["npsv"], piece["words"], piece["side"] > 0)
    axes.axvline(base, color=WHITE, linewidth=4.4)  # or the line were lost against the bars
    axes.axvline(base, color=INK, linewidth=1.6)
    axes.annotate(f"base {pounds(base)}", (base, -0.83), (0, 2), textcoords="offset points", ha="center", va="bottom")
    low, high = axes.get_xlim()
    if low < 0.0 < high:
        axes.axvline(0.0, color=AXIS_GREY, linewidth=1.4, linestyle=(0, (4, 3)), zorder=0.9)
    row_labels(axes, [label_of(bar) for bar in bars])
    money_axis(axes, "x", pounds)


def pieces_of(row: int, bar: Mapping[str, Any], document: Document) -> list[dict[str, Any]]:
    """The two ends of a bar; one above the other where both lie on one side of the base."""
    base = document["npsv_gbp"]
    pieces = []
    for number, (end, colour) in enumerate(ENDS):
        npsv = bar[f"npsv_at_{end}_gbp"]
        other = bar[f"npsv_at_{ENDS[1 - number][0]}_gbp"]
        side = (1 if npsv > base else -1) if npsv != base else (-1 if other > base else 1)
        split = bar["is_one_sided"]
        pieces.append(
            {
                "npsv": npsv,
                "side": side,
                "colour": colour,
                "place": row + (0.22 * (2 * number - 1) if split else 0.0),
                "height": 0.36 if split else 0.62,
                "words": end_words(bar, end, document, TITLE_LETTERS),
            }
        )
    return pieces


def end_words(bar: Mapping[str, Any], end: str, document: Document, letters: int = 1000) -> str:
    """The input's value at an end, and the arm that is preferred there if it is another, in at most so many letters."""
    value = value_with_unit(bar[end], bar["unit"])
    differs = bar[f"preferred_at_{end}"] != document["preferred"]
    title = textwrap.shorten(bar[f"preferred_at_{end}_title"], letters, placeholder=" …")
    return f"{value} → {title}" if differs else value


def note_of(document: Document, shown: int) -> str:
    """How to read it."""
    left = len(document["bars"]) - shown
    more = f" {left} narrower bars are not shown." if left else ""
    noise = (
        " 'Within noise': narrower than the simulation noise of the base."
        if any(bar["within_noise"] for bar in document["bars"][:shown])
        else ""
    )
    return (
        f"Blue: the input at its low end; orange: at its high end, with its value there. An arrow names the funding choice "
        f"preferred there instead of '{document['preferred_title']}'.{noise}{more} "
        f"{foot(document, luck_of(document, 'a run'))}"
    )


def described(document: Document, pounds: Pounds) -> str:
    """The figure in words."""
    bars = [
        f"{bar['label']}: {pounds(bar['npsv_at_low_gbp'])} at {end_words(bar, 'low', document)}, "
        f"{pounds(bar['npsv_at_high_gbp'])} at {end_words(bar, 'high', document)}"
        for bar in document["bars"][:MOST]
    ]
    return f"Horizontal bars about a base of {pounds(document['npsv_gbp'])}, widest first. {'; '.join(bars)}."
