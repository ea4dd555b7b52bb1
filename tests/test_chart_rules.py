"""The rules that figures are read by: each is broken here once, by a small figure of its own, and seen to be."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from chart_rules import problems_of
from made_pictures import pictures
from made_sweeps import MADE

from simulator.charts.style import (
    DARK_BLUE,
    DARK_PINK,
    INK,
    LIGHT_PURPLE,
    ORANGE,
    PALETTE,
    TURQUOISE,
    WHITE,
    WIDTH_INCHES,
    canvas,
    chart_of,
    house_style,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Drawing = Callable[["Axes"], object]


def found_in(draw: Drawing, width: float = WIDTH_INCHES) -> list[str]:
    with house_style("broken"):
        figure, axes = canvas(3.0, 1.0, 1.0)
        figure.set_figwidth(width)
        axes.text(0.5, 0.9, "a figure")
        draw(axes)
        axes.set_xlim(0.0, 10.0)
        axes.set_ylim(0.0, 10.0)
        return problems_of(chart_of(figure, "broken", "title", "description").svg)


def bars(*colours: str, **look: object) -> Drawing:
    def draw(axes: Axes) -> None:
        for place, colour in enumerate(colours):
            axes.barh(5.0, 1.0, 2.0, left=2.0 + place, facecolor=colour, **look)  # type: ignore[arg-type]

    return draw


def apart(*colours: str) -> Drawing:
    def draw(axes: Axes) -> None:
        for place, colour in enumerate(colours):
            axes.barh(3.0, 0.5, 1.0 + 0.9 * place, left=2.0 + place, facecolor=colour)

    return draw


def lines(*looks: tuple[str, str]) -> Drawing:
    def draw(axes: Axes) -> None:
        for place, (colour, mark) in enumerate(looks):
            axes.plot([1, 2, 3, 4], [2 + place, 3 + place, 2 + place, 4 + place], color=colour, marker=mark)

    return draw


def test_a_plain_figure_breaks_nothing() -> None:
    assert found_in(bars(DARK_BLUE, TURQUOISE)) == []
    assert found_in(lines((DARK_BLUE, "o"), (ORANGE, "s"))) == []


BROKEN: dict[str, tuple[Drawing, str]] = {
    "small text": (lambda axes: axes.text(5, 5, "small", fontsize=10), "text of 10 points: small"),
    "turned text": (lambda axes: axes.set_ylabel("Pounds"), "text is not horizontal: Pounds"),
    "grey text": (lambda axes: axes.text(5, 5, "grey", color="#595959"), "text is not black: grey"),
    "serifs": (lambda axes: axes.text(5, 5, "old", fontfamily="DejaVu Serif"), "text with serifs: old"),
    "cut text": (
        lambda axes: axes.text(9, 5, "far too long to fit in the figure"),
        "text leaves the figure: far too long to fit in the figure",
    ),
    "one on another": (
        lambda axes: (axes.text(5, 5, "upper"), axes.text(5, 5.3, "lower")),
        "texts overlap: upper / lower",
    ),
    "five colours": (apart(*PALETTE[:5]), "5 colours"),
    "another colour": (bars("#00703C"), "not of the palette: #00703c"),
    "a light colour": (bars("#C3D3E2"), "a light fill without an outline: #c3d3e2"),
    "neighbours": (bars(TURQUOISE, ORANGE), "#28a197 touches #f46a25"),
    "only colour": (lines((TURQUOISE, "o"), (ORANGE, "o")), "only colour tells #28a197 from #f46a25"),
    "only colour of areas": (apart(DARK_BLUE, DARK_BLUE), ""),
    "two scales": (lambda axes: axes.twinx().plot([1, 2], [3, 4], color=DARK_BLUE), "two scales on one set of axes"),
    "black on dark": (
        lambda axes: (axes.barh(5.0, 4.0, 1.0, color=DARK_BLUE), axes.plot([2, 6], [5, 5], color=INK)),
        "black on #12436d",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_seen(name: str) -> None:
    draw, wanted = BROKEN[name]
    found = found_in(draw)
    assert wanted in found if wanted else found == []


def test_a_figure_wider_than_the_page_is_seen() -> None:
    assert found_in(lambda axes: None, 9.5) == ["684pt wide"]


@pytest.mark.parametrize(
    ("draw", "why"),
    [
        (bars(TURQUOISE, ORANGE, edgecolor=WHITE, linewidth=1.5), "white between them"),
        (bars("#C3D3E2", edgecolor=DARK_BLUE, linewidth=1.0), "an outline that stands out"),
        (lines((TURQUOISE, "o"), (ORANGE, "s")), "marks of their own"),
        (apart(DARK_BLUE, DARK_PINK), "heights of their own"),
        (apart(TURQUOISE, LIGHT_PURPLE), "heights of their own"),
        (
            lambda axes: (
                axes.barh(5.0, 4.0, 1.0, color=DARK_BLUE),
                axes.plot([2, 6], [5, 5], color=WHITE, linewidth=4.0),
                axes.plot([2, 6], [5, 5], color=INK, linewidth=1.5),
            ),
            "white about the line",
        ),
    ],
)
def test_what_mends_a_rule_is_seen_too(draw: Drawing, why: str) -> None:
    touching = [each for each in found_in(draw) if why != "white between them" or "only colour" not in each]
    assert touching == [], why


@pytest.mark.parametrize(
    ("spoil", "wanted"),
    [
        (lambda svg: svg.replace("</svg>", '<image href="https://example.org/x.png"/></svg>'), "an image"),
        (
            lambda svg: svg.replace("</svg>", '<image href="https://example.org/x.png"/></svg>'),
            "fetched: https://example.org/x.png",
        ),
        (lambda svg: svg.replace("</svg>", '<use href="#nobody"/></svg>'), "nowhere: #nobody"),
        (lambda svg: svg.replace("</svg>", '<g id="twice"/><g id="twice"/></svg>'), "a name twice: twice"),
        (lambda svg: svg.replace("<style", "<style>@import 'x';</style><style"), "a style that imports"),
    ],
)
def test_nothing_is_fetched_and_names_are_unique(spoil: Callable[[str], str], wanted: str) -> None:
    (picture,) = pictures("tornado")
    assert wanted in problems_of(spoil(picture.chart.svg))


@pytest.mark.parametrize("name", sorted(set(MADE) - {"grid_plane"}))  # a heat map has shades, with numbers in its cells
def test_figures_of_sweeps_keep_the_rules_too(name: str) -> None:
    for picture in pictures(name):
        assert problems_of(picture.chart.svg) == [], picture.chart.name
