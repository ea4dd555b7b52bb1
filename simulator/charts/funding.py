"""The figures of ``funding``: NPSV and the benefit of the next pound by places, and the splits of a budget."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.charts.figures import folded, money_axis, row_labels
from simulator.charts.style import AXIS_GREY, DARK_BLUE, ORANGE, Chart, canvas, chart_of, house_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Pounds = Callable[[float], str]
Document = Mapping[str, Any]

DOTS_PER_INCH = 150
BAND = "#C3D3E2"  # of the draws: light enough that the line stands out from it
SPLITS = (  # split, words, colour, marker and its size: where two meet, both are seen
    ("present", "by published people", ORANGE, "s", 15),
    ("all_spent", "best, all spent", DARK_BLUE, "o", 9),
)


class Drawing(NamedTuple):
    """A figure before it is saved, with its title and text alternative."""

    figure: Figure
    title: str
    description: str


class Line(NamedTuple):
    """Points of a line with the 95% bands of the draws, where there are any."""

    across: Sequence[float]
    up: Sequence[float]
    bands: Sequence[Sequence[float] | None]


def figures_of(document: Document, pounds: Pounds) -> list[tuple[Chart, bytes]]:
    """The figures of a funding curve, or of a split where the document is one: each as SVG and as PNG."""
    draws = (
        {"budget-split": budget_split}
        if "splits" in document
        else {"funding-npsv": npsv_by_places, "funding-next-pound": next_pound}
    )
    made = []
    for name, draw in draws.items():
        with house_style(name):
            drawing = draw(document, pounds)
            made.append((chart_of(drawing.figure, name, drawing.title, drawing.description), picture_of(drawing)))
    return made


def picture_of(drawing: Drawing) -> bytes:
    """A drawn figure as PNG with its title above, since a picture stands alone; without date and program."""
    out = io.BytesIO()
    drawing.figure.text(0.0, 1.0, folded(drawing.title, 90), va="bottom")
    drawing.figure.savefig(
        out, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None}, bbox_inches="tight", pad_inches=0.15
    )
    return out.getvalue()


def banded(axes: Axes, line: Line) -> None:
    """A line with points, and behind it the band of the draws."""
    held = [(at, band) for at, band in zip(line.across, line.bands, strict=True) if band]
    if held:
        places = [at for at, _ in held]
        low, high = ([band[end] for _, band in held] for end in (0, 1))
        axes.fill_between(places, low, high, color=BAND, linewidth=0)
        for edge in (low, high):
            axes.plot(places, edge, color=DARK_BLUE, linewidth=1)
    axes.plot(line.across, line.up, color=DARK_BLUE, linewidth=2.5, marker="o", markersize=7)


def places_axis(axes: Axes, document: Document) -> None:
    """Places along the bottom, a tick at each level, fewer where there are many."""
    places = [level["places"] for level in document["levels"]]
    axes.set_xticks(places[:: 1 + len(places) // 13])
    axes.set_xlim(0, 1.02 * places[-1])
    axes.set_xlabel("Places")


def level_line(axes: Axes, value: float, words: str) -> None:
    """A line across, with its meaning at the right end."""
    axes.axhline(value, color=AXIS_GREY, linewidth=1.5, zorder=1.5)
    axes.annotate(
        words, (1.0, value), (6, 0), xycoords=axes.get_yaxis_transform(), textcoords="offset points", va="center"
    )


def drawn_words(document: Document) -> str:
    """What the band is."""
    return f"band: 95% of {document['draws']:,} draws" if document["draws"] else "no draws, no band"


def npsv_by_places(document: Document, pounds: Pounds) -> Drawing:
    """NPSV at each number of places."""
    levels = document["levels"]
    line = Line(
        [level["places"] for level in levels],
        [level["npsv_gbp"] for level in levels],
        [level["npsv_interval"] for level in levels],
    )
    figure, axes = canvas(4.8, left=1.1, right=2.1)
    banded(axes, line)
    level_line(axes, 0.0, "benefits equal\ncosts")
    places_axis(axes, document)
    money_axis(axes, "y", pounds)
    said = "; ".join(f"{level['places']} places {pounds(level['npsv_gbp'])}" for level in levels)
    title = (
        f"NPSV by number of places against '{document['no_scheme']}', present value in {document['price_base']} prices; "
        f"{drawn_words(document)}"
    )
    return Drawing(figure, title, f"A line from zero at no places. {said}.")


def next_pound(document: Document, pounds: Pounds) -> Drawing:
    """What each £1 of the next £100,000 brings between neighbouring levels, fixed costs apart."""
    steps = [step for step in document["steps"] if step["after_fixed"]["benefit_per_pound"] is not None]
    line = Line(
        [(step["from_places"] + step["to_places"]) / 2.0 for step in steps],
        [step["after_fixed"]["benefit_per_pound"] for step in steps],
        [step["after_fixed"]["benefit_per_pound_interval"] for step in steps],
    )
    figure, axes = canvas(4.8, left=1.1, right=2.1)
    banded(axes, line)
    level_line(axes, 1.0, "pays for itself\nabove £1")
    places_axis(axes, document)
    axes.set_ylabel("Pounds for each £1")
    axes.grid(axis="y", linewidth=0.8)
    said = "; ".join(
        f"{step['from_places']} to {step['to_places']} places {each:.2f}"
        for step, each in zip(steps, line.up, strict=True)
    )
    title = f"Benefit per £1 of the next £100,000 by number of places, fixed costs apart; {drawn_words(document)}"
    return Drawing(figure, title, f"A line, with another across at one pound. {said or 'No step has a ratio'}.")


def budget_split(document: Document, pounds: Pounds) -> Drawing:
    """Places of each cohort type: by published people, and in the best split that buys all places."""
    cohorts = [cohort["cohort"] for cohort in document["cohorts"]]
    by_name = {plan["split"]: [share["places"] for share in plan["shares"]] for plan in document["splits"]}
    figure, axes = canvas(0.62 * len(cohorts) + 1.5, left=2.7, right=0.6, top=0.6, bottom=0.7)
    for name, words, colour, marker, size in SPLITS:
        axes.plot(by_name[name], range(len(cohorts)), marker, color=colour, markersize=size, label=words)
    axes.set_ylim(len(cohorts) - 0.5, -0.5)
    axes.set_xlim(0, 1.08 * max(1, *(each for name, *_ in SPLITS for each in by_name[name])))
    axes.set_xlabel("Places")
    axes.grid(axis="both", linewidth=0.8)
    row_labels(axes, cohorts)
    axes.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=2, frameon=False, borderaxespad=0.2)
    said = "; ".join(
        f"{cohort}: " + ", ".join(f"{by_name[name][row]} {words}" for name, words, *_ in SPLITS)
        for row, cohort in enumerate(cohorts)
    )
    title = f"Places by cohort type bought for £{document['budget_gbp_per_year']:,.0f} a year"
    return Drawing(figure, title, f"Two points for each cohort type. {said}.")
