"""Alternatives of structure as dots about the scenario as it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simulator.charts.labels import money_axis
from simulator.charts.style import AXIS_GREY, DARK_BLUE, INK, ORANGE, WHITE, house_style
from simulator.charts.sweeps.noise import half_width_of
from simulator.charts.sweeps.pictures import Document, Drawn, Picture, Pounds, foot, luck_of, picture_of, written
from simulator.charts.sweeps.whiskers import Row, rows_panel, say, zero_line


def draw_structures(document: Document, folder: Path, pounds: Pounds) -> list[Drawn]:
    """The figure of the alternatives in a folder; its paths and text alternative."""
    return written(folder, [structures_picture(document, pounds)])


def structures_picture(document: Document, pounds: Pounds) -> Picture:
    """A line from the scenario's NPSV to each alternative's, and the funding choice preferred there."""
    lines = [line for line in document["alternatives"] if not line["is_base"]]
    base = next(line["npsv_gbp"] for line in document["alternatives"] if line["is_base"])
    rows = [
        Row(f"{line['label']}: {spaced(line['alternative_words'])}", line["npsv_gbp"], None, words_of(line, pounds))
        for line in lines
    ]
    title = f"NPSV of '{document['arm_title']}' if a choice of structure is made differently"
    with house_style("structures"):
        figure, axes = rows_panel(rows, title, note_of(document, lines))
        for place, (row, line) in enumerate(zip(rows, lines, strict=True)):
            colour = ORANGE if line["flips"] else DARK_BLUE
            axes.plot([base, row.value], [place, place], color=colour, linewidth=2)
            if line["standard_error_gbp"]:
                reach = half_width_of(document["replications"]) * line["standard_error_gbp"]
                axes.plot([row.value - reach, row.value + reach], [place, place], color=INK, linewidth=1, marker="|")
            axes.plot(
                [row.value], [place], color=colour, marker="D" if line["flips"] else "o", markersize=8,
                markerfacecolor=colour if line["is_estimate"] else WHITE,
            )  # fmt: skip
        axes.axvline(base, color=INK, linewidth=1.6, zorder=0.9)
        axes.annotate(
            f"as it is {pounds(base)}", (base, 1.0), (0, 3), xycoords=axes.get_xaxis_transform(),
            textcoords="offset points", ha="center",
        )  # fmt: skip
        low, high = axes.get_xlim()
        if low < 0.0 < high:
            zero_line(axes)
        say(axes, rows)
        money_axis(axes, "x", pounds)
        axes.tick_params(axis="x", colors=AXIS_GREY, labelcolor=INK)
        said = "; ".join(f"{row.label}: {row.words}".replace("\n", ", ") for row in rows)
        return picture_of(figure, "structures", title, f"Dots about {pounds(base)}, the scenario as it is. {said}.")


def spaced(name: str) -> str:
    """A name without underscores."""
    return name.replace("_", " ")


def words_of(line: Mapping[str, Any], pounds: Pounds) -> str:
    """The amount, and the funding choice preferred where it is another than in the scenario as it is."""
    return (
        pounds(line["npsv_gbp"])
        + ("~" if line["within_noise"] else "")
        + (f"\n→ {line['preferred_title']}" if line["flips"] else "")
    )


def note_of(document: Document, lines: list[Mapping[str, Any]]) -> str:
    """How to read it."""
    noise = " Thin lines: simulation noise (95%)." if any(line["standard_error_gbp"] for line in lines) else ""
    noise += " ~: the sign cannot be told from it." if any(line["within_noise"] for line in lines) else ""
    hollow = " Hollow: not an estimate of effect." if not all(line["is_estimate"] for line in lines) else ""
    return (
        f"Orange: another funding choice is preferred than '{document['preferred_title']}'; an arrow names it.{hollow}"
        f"{noise} {foot(document, luck_of(document, 'a run'))}"
    )
