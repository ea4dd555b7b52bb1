"""The plane of cost and effect: programme cost against proven reoffences prevented, draw by draw."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simulator.charts.style import AXIS_GREY, INK, WHITE, house_style
from simulator.charts.sweeps.pictures import (
    LOOKS,
    MARKS,
    Document,
    Picture,
    Pounds,
    foot,
    luck_of,
    panel,
    picture_of,
    within,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RIGHT = 2.3
LETTERS = 19  # of a title beside the axes


def plane_picture(document: Document, pounds: Pounds, bare: bool = False) -> Picture:
    """A cloud for at most four arms, their means, and the line on which the chosen arm's mean benefit pays for its cost."""
    arms = document["plane"]["by_arm"][: len(LOOKS)]
    worth = arms[0]["benefit_per_reoffence_prevented_gbp"]
    title = "Programme cost against proven reoffences prevented, draw by draw"
    with house_style("psa-plane"):
        note = note_of(document, arms[0], pounds)
        figure, axes = panel(5.4, 0.95, RIGHT, within(title, bare), within(note, bare))
        for arm, (colour, mark) in zip(arms, LOOKS, strict=False):
            axes.plot(
                arm["reoffences_prevented"], arm["programme_cost_gbp"], linestyle="none", marker=mark, markersize=3.5,
                color=colour, markeredgewidth=0,
            )  # fmt: skip
        for arm, (colour, mark) in zip(arms, LOOKS, strict=False):
            axes.plot(
                [arm["mean_reoffences_prevented"]], [arm["mean_programme_cost_gbp"]], marker=mark, markersize=13,
                color=colour, markeredgecolor=WHITE, markeredgewidth=2, zorder=3,
            )  # fmt: skip
        finish(axes, worth, pounds)
        name_arms(axes, arms, pounds)
        return picture_of(figure, "psa-plane", title, described(arms, pounds), note if bare else "")


def finish(axes: Axes, worth: float | None, pounds: Pounds) -> None:
    """Zero on both sides, the line of break-even as far as it is in sight, and the axes."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    bottom, top = min(bottom, 0.0), max(top, 0.0)
    axes.axvline(0.0, color=AXIS_GREY, linewidth=1.4, zorder=0.9)
    axes.axhline(0.0, color=AXIS_GREY, linewidth=1.4, zorder=0.9)
    if worth is not None and worth > 0.0:
        axes.plot([left, right], [left * worth, right * worth], color=INK, linewidth=1.8, linestyle=(0, (5, 2)))
    axes.set_xlim(left, right)
    axes.set_ylim(bottom, top)
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}".replace("-", "−")))
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: pounds(value)))
    axes.set_xlabel("Proven reoffences prevented")


def name_arms(axes: Axes, arms: Sequence[Mapping[str, Any]], pounds: Pounds) -> None:
    """The arms and their means, one below the other to the right."""
    for row, (arm, (colour, mark)) in enumerate(zip(arms, LOOKS, strict=False)):
        words = "\n".join(
            [*textwrap.wrap(arm["title"], LETTERS, max_lines=2, placeholder=" …"), *mean_words(arm, pounds)]
        )
        top = 0.99 - 0.255 * row
        axes.text(1.04, top, MARKS[mark], transform=axes.transAxes, va="top", color=colour, linespacing=1.3)
        axes.text(1.11, top, words, transform=axes.transAxes, va="top", linespacing=1.3)


def mean_words(arm: Mapping[str, Any], pounds: Pounds) -> list[str]:
    """Means and 95% ranges of an arm, a line each."""
    low, high = arm["reoffences_prevented_interval"]
    cheap, dear = arm["programme_cost_interval_gbp"]
    return [
        f"{count_words(arm['mean_reoffences_prevented'])} prevented",
        f"[{count_words(low)} to {count_words(high)}]",
        f"for {pounds(arm['mean_programme_cost_gbp'])}",
        f"[{pounds(cheap)} to {pounds(dear)}]",
    ]


def count_words(number: float) -> str:
    """A whole number with a proper minus sign."""
    return f"{number:,.0f}".replace("-", "−")


def note_of(document: Document, arm: Mapping[str, Any], pounds: Pounds) -> str:
    """How to read it."""
    worth = arm["benefit_per_reoffence_prevented_gbp"]
    line = (
        f"Dashed: break-even, {pounds(worth)} for each offence prevented, which is the mean benefit of '{arm['title']}' "
        "(prison days included) over the offences it prevents; below it costs are less."
        if worth is not None and worth > 0.0
        else "No line of break-even: the number prevented cannot be told from nothing, or brings no benefit."
    )
    return (
        "Small marks: draws, at most 200 of each; large: means, with 95% of the draws in brackets, simulation noise of a "
        f"draw included. {line} {foot(document, luck_of(document, 'a draw'))}"
    )


def described(arms: Sequence[Mapping[str, Any]], pounds: Pounds) -> str:
    """The figure in words."""
    said = "; ".join(
        f"{arm['title']}: on average {' '.join(mean_words(arm, pounds))}, draws from "
        f"{min(arm['reoffences_prevented']):,.0f} to {max(arm['reoffences_prevented']):,.0f}"
        for arm in arms
    ).replace("-", "−")
    return f"Clouds of draws with their means. {said}."
