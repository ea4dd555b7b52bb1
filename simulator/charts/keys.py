"""What colours and marks mean, in lines above what is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from simulator.charts.labels import widest
from simulator.charts.style import WHITE, WIDTH_INCHES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LINE_INCHES = 0.27
START, SWATCH, TO_WORDS, BETWEEN = 0.1, 0.3, 0.37, 0.16  # inches


class Key(NamedTuple):
    """A swatch of so many inches in height, or a mark of its own, with its words."""

    words: str
    colour: str
    height: float = 0.13
    mark: str = ""
    hatch: str = ""

    @property
    def inches(self) -> float:
        """How much of a line it takes."""
        return TO_WORDS + widest(self.words) + BETWEEN


def lines_of(keys: Sequence[Key]) -> list[list[Key]]:
    """Keys in as many lines as they need."""
    lines: list[list[Key]] = []
    at = WIDTH_INCHES
    for key in keys:
        if at + key.inches > WIDTH_INCHES:
            lines.append([])
            at = START
        lines[-1].append(key)
        at += key.inches
    return lines


def keys_height(keys: Sequence[Key]) -> float:
    """Inches that the keys take."""
    return LINE_INCHES * len(lines_of(keys)) + 0.1


def draw_keys(figure: Figure, keys: Sequence[Key]) -> None:
    """Keys along the top of a figure."""
    height, room = figure.get_figheight(), keys_height(keys)
    axes = figure.add_axes((0.0, 1.0 - room / height, 1.0, room / height))
    axes.set_axis_off()
    axes.set_xlim(0.0, WIDTH_INCHES)
    axes.set_ylim(room, 0.0)
    for number, line in enumerate(lines_of(keys)):
        at, down = START, 0.1 + LINE_INCHES * (number + 0.5)
        for key in line:
            if key.mark:
                axes.plot([at + SWATCH / 2.0], [down], key.mark, color=key.colour, markersize=7, markeredgewidth=2)
            else:
                axes.barh(
                    down, SWATCH, key.height, left=at, facecolor=key.colour, edgecolor=WHITE, linewidth=0.0,
                    hatch=key.hatch or None,
                )  # fmt: skip
            axes.text(at + TO_WORDS, down, key.words, va="center")
            at += key.inches
