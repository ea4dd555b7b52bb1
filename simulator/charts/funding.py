"""The figures of ``funding``: NPSV and the benefit of the next pound by places, and the splits of a budget."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.charts.labels import ROW_LABEL_INCHES, inches_of, money_axis, row_inches, row_labels
from simulator.charts.style import AXIS_GREY, DARK_BLUE, ORANGE, Chart, house_style
from simulator.charts.sweeps.pictures import panel, picture_of, within

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Pounds = Callable[[float], str]
Document = Mapping[str, Any]

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
    note: str  # empty where it is inside the figure


class Line(NamedTuple):
    """Points of a line with the 95% bands of the draws, where there are any."""

    across: Sequence[float]
    up: Sequence[float]
    bands: Sequence[Sequence[float] | None]


def figures_of(document: Document, pounds: Pounds, bare: bool = False) -> list[tuple[Chart, bytes]]:
    """The figures of a funding curve, or of a split where the document is one: each as SVG and as PNG.

    Args:
        bare: for a page that says title and note itself.
    """
    draws = (
        {"budget-split": budget_split}
        if "splits" in document
        else {"funding-npsv": npsv_by_places, "funding-next-pound": next_pound}
    )
    made = []
    for name, draw in draws.items():
        with house_style(name):
            drawing = draw(document, pounds, bare)
            chart, png = picture_of(drawing.figure, name, drawing.title, drawing.description, drawing.note)
            made.append((chart, png))
    return made


def foot(document: Document, *more: str) -> str:
    """What the figure is of, how it is priced and how sure it is, in a note below."""
    priced = (
        f"{document['title']}, '{document['arm_title']}', {document['horizon_years']} years, against no scheme, present "
        f"value in {document['price_base']} prices ({document['cost_table']}, {document['costing']} costing)."
    )
    luck = f"{document['replications']:,} replications, seed {document['seed']}."
    return " ".join([priced, *more, luck])


def banded(axes: Axes, line: Line) -> None:
    """A line with points, and behind it the band of the draws."""
    held = [(at, band) for at, band in zip(line.across, line.bands, strict=True) if band]
    if held:
        places = [at for at, _ in held]
        low, high = ([band[end] for _, band in held] for end in (0, 1))
        axes.fill_between(places, low, high, facecolor=BAND, edgecolor=DARK_BLUE, linewidth=1)
    axes.plot(line.across, line.up, color=DARK_BLUE, linewidth=2.5, marker="o", markersize=7)


def places_axis(axes: Axes, document: Document) -> None:
    """Places along the bottom, with round numbers; the points are the levels."""
    whole_numbers(axes, document["levels"][-1]["places"])
    axes.set_xlabel("Places")


def whole_numbers(axes: Axes, most: int, beside: float = 0.02) -> None:
    """An axis of places with room beside the first and the last mark, or they would be cut off, and round ticks."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.set_xlim(-beside * most, (1.0 + beside) * most)
    ticks = min(8, int(inches_of(axes)[0] / 0.5))
    axes.xaxis.set_major_locator(MaxNLocator(ticks, integer=True, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))


def level_line(axes: Axes, value: float, words: str) -> None:
    """A line across, with its meaning at the right end."""
    axes.axhline(value, color=AXIS_GREY, linewidth=1.5, zorder=1.5)
    axes.annotate(
        words, (1.0, value), (6, 0), xycoords=axes.get_yaxis_transform(), textcoords="offset points", va="center"
    )


def drawn_words(document: Document) -> str:
    """What the band is."""
    return f"Band: 95% of {document['draws']:,} draws." if document["draws"] else "No draws, no band."


def npsv_by_places(document: Document, pounds: Pounds, bare: bool = False) -> Drawing:
    """NPSV at each number of places."""
    levels = document["levels"]
    line = Line(
        [level["places"] for level in levels],
        [level["npsv_gbp"] for level in levels],
        [level["npsv_interval"] for level in levels],
    )
    title = f"NPSV by number of places against '{document['no_scheme']}'"
    note = foot(document, drawn_words(document))
    figure, axes = panel(3.8, 1.0, 1.6, within(title, bare), within(note, bare))
    banded(axes, line)
    level_line(axes, 0.0, "benefits equal\ncosts")
    places_axis(axes, document)
    money_axis(axes, "y", pounds)
    said = "; ".join(f"{level['places']} places {pounds(level['npsv_gbp'])}" for level in levels)
    return Drawing(figure, title, f"A line from zero at no places. {said}.", note if bare else "")


def next_pound(document: Document, pounds: Pounds, bare: bool = False) -> Drawing:
    """What each £1 of the next £100,000 brings between neighbouring levels, fixed costs apart."""
    steps = [step for step in document["steps"] if step["after_fixed"]["benefit_per_pound"] is not None]
    line = Line(
        [(step["from_places"] + step["to_places"]) / 2.0 for step in steps],
        [step["after_fixed"]["benefit_per_pound"] for step in steps],
        [step["after_fixed"]["benefit_per_pound_interval"] for step in steps],
    )
    title = "Benefit per £1 of the next £100,000 by number of places, fixed costs apart"
    note = foot(document, "Each point: the average of a step, in its middle.", drawn_words(document))
    figure, axes = panel(3.8, 0.85, 1.6, within(title, bare), within(note, bare))
    banded(axes, line)
    level_line(axes, 1.0, "pays for itself\nabove £1")
    places_axis(axes, document)
    axes.yaxis.set_major_formatter(lambda value, _: pounds_and_pence(value))
    axes.grid(axis="y", linewidth=0.8)
    said = "; ".join(
        f"{step['from_places']} to {step['to_places']} places {each:.2f}"
        for step, each in zip(steps, line.up, strict=True)
    )
    described = f"A line, with another across at one pound. {said or 'No step has a ratio'}."
    return Drawing(figure, title, described, note if bare else "")


def pounds_and_pence(value: float) -> str:
    """A tick of the benefit per £1."""
    return f"£{round(value, 2) + 0.0:.2f}".replace("£-", "−£")


def verdict(document: Document, pounds: Pounds) -> list[str]:
    """Whether luck alone could make what the best split is ahead by, and whether spending nothing is better."""
    by_name = {plan["split"]: plan for plan in document["splits"]}
    present, spent, best = (by_name[name] for name in ("present", "all_spent", "best"))
    gain, noise = spent["over_present_gbp"], spent["over_present_noise_gbp"]
    said = []
    if [share["places"] for share in spent["shares"]] == [share["places"] for share in present["shares"]]:
        said.append("Both splits are the same.")
    else:
        ahead = f"All spent, the best split is {pounds(abs(gain))} of NPSV {'ahead' if gain >= 0.0 else 'behind'}"
        doubt = "" if noise is None or abs(gain) > noise else ", within simulation noise"
        said.append(f"{ahead}{'' if noise is None else f' (noise ±{pounds(noise)})'}{doubt}.")
    if not best["places"]:
        said.append(
            "Spending nothing is better at central values: all spent, the best split loses "
            f"{pounds(-spent['npsv_gbp'])}."
        )
    return said


def budget_split(document: Document, pounds: Pounds, bare: bool = False) -> Drawing:
    """Places of each cohort type: by published people, and in the best split that buys all places."""
    cohorts = [cohort["cohort"] for cohort in document["cohorts"]]
    by_name = {plan["split"]: [share["places"] for share in plan["shares"]] for plan in document["splits"]}
    title = f"Places by cohort type bought for £{document['budget_gbp_per_year']:,.0f} a year"
    on_top = "Fixed costs and selections come on top of the budget."
    note = foot(document, on_top, *verdict(document, pounds))
    inside = row_inches(cohorts, 0.62) * len(cohorts) + 0.3
    figure, axes = panel(inside, ROW_LABEL_INCHES, 0.4, within(title, bare), within(note, bare), axis=1.2)
    for name, words, colour, marker, size in SPLITS:
        axes.plot(by_name[name], range(len(cohorts)), marker, color=colour, markersize=size, label=words)
    axes.set_ylim(len(cohorts) - 0.5, -0.5)
    whole_numbers(axes, max(1, *(each for name, *_ in SPLITS for each in by_name[name])), beside=0.04)
    axes.set_xlabel("Places")
    axes.grid(axis="both", linewidth=0.8)
    row_labels(axes, cohorts)
    axes.legend(loc="upper left", bbox_to_anchor=(0.0, -0.6 / inside), ncols=2, frameon=False)
    said = "; ".join(
        f"{cohort}: " + ", ".join(f"{by_name[name][row]} {words}" for name, words, *_ in SPLITS)
        for row, cohort in enumerate(cohorts)
    )
    described = f"Two points for each cohort type. {said}. {' '.join(verdict(document, pounds))}"
    return Drawing(figure, title, described, note if bare else "")
