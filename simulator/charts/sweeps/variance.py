"""Shares of the uncertainty as bars with bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from simulator.charts.style import DARK_BLUE, ORANGE, house_style
from simulator.charts.sweeps.pictures import Document, Drawn, Picture, Pounds, foot, luck_of, picture_of, written
from simulator.charts.sweeps.whiskers import Row, bars, rows_panel, say

KINDS = (("first", DARK_BLUE, -0.19), ("total", ORANGE, 0.19))


def draw_variance(document: Document, folder: Path, pounds: Pounds) -> list[Drawn]:
    """The figure of the indices in a folder; its paths and text alternative."""
    return written(folder, [variance_picture(document)])


def variance_picture(document: Document) -> Picture:
    """Two bars for each line: its share by itself, and with all that it does together with others."""
    lines = document["indices"]
    title = f"Where the uncertainty of the NPSV of '{document['arm_title']}' comes from"
    note = (
        "Blue: the share of the variance that goes away once this is known. Orange: the share that stays while this alone "
        "is unknown, with all it does together with others. Thin lines: 95% bounds. "
        f"{foot(document, luck_of(document, 'a run'))}"
    )
    with house_style("variance"):
        figure, axes = rows_panel([row_of(line, "total") for line in lines], title, note)
        for kind, colour, shift in KINDS:
            bars(axes, [row_of(line, kind) for line in lines], colour, shift, 0.34)
        say(axes, [row_of(line, "total") for line in lines])
        axes.set_xlim(0.0, 1.0)
        axes.set_xticks([0.0, 0.25, 0.5, 0.75, 1.0], ["0%", "25%", "50%", "75%", "100%"])
        axes.grid(axis="x", linewidth=0.8)
        return picture_of(figure, "variance", title, described(lines))


def row_of(line: Mapping[str, Any], kind: str) -> Row:
    """One bar; estimates beyond nothing and all are drawn as those."""
    low, high = line[f"{kind}_interval"]
    return Row(line["label"], clipped(line[kind]), (clipped(low), clipped(high)), words_of(line))


def clipped(share: float) -> float:
    """A share between nothing and all."""
    return min(max(float(share), 0.0), 1.0)


def words_of(line: Mapping[str, Any]) -> str:
    """Both shares of a line."""
    return f"{clipped(line['first']):.0%}, {clipped(line['total']):.0%}"


def described(lines: Sequence[Mapping[str, Any]]) -> str:
    """The figure in words."""
    said = [
        f"{line['label']}: by itself {clipped(line['first']):.0%}, with all it does together {clipped(line['total']):.0%}"
        for line in lines
    ]
    return f"Horizontal bars with bounds. {'; '.join(said)}."
