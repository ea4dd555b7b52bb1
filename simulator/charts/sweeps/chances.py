"""Draws of everything uncertain as figures: intervals, chances by an offence's value and by cost, the plane, and worths."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from simulator.charts.arms import compared_arms
from simulator.charts.labels import money_axis
from simulator.charts.style import house_style
from simulator.charts.sweeps.curves import cost_picture, value_picture
from simulator.charts.sweeps.pictures import (
    Document,
    Drawn,
    Picture,
    Pounds,
    foot,
    luck_of,
    picture_of,
    within,
    written,
)
from simulator.charts.sweeps.plane import plane_picture
from simulator.charts.sweeps.whiskers import Row, dots, rows_panel, say, zero_line
from simulator.charts.sweeps.worths import studies_picture, worths_picture


def draw_chances(document: Document, folder: Path, pounds: Pounds) -> list[Drawn]:
    """Every figure of a probabilistic analysis in a folder; paths and text alternatives."""
    return written(folder, chances_pictures(document, pounds))


def chances_pictures(document: Document, pounds: Pounds, bare: bool = False) -> list[Picture]:
    """The figures in the order in which a reader needs them; bare for a page that says titles and notes itself."""
    return [drawing(document, pounds, bare) for drawing in drawings_for(document)]


def drawings_for(document: Document) -> list[Callable[[Document, Pounds, bool], Picture]]:
    """Those figures that have content."""
    worths = document["worths"]
    has_worth = bool(worths) and worths["everything"]["worth_gbp"] > 0.0
    return [
        interval_picture,
        value_picture,
        *([cost_picture] if document["by_cost"]["by_arm"] else []),
        plane_picture,
        *([worths_picture] if has_worth else []),
        *([studies_picture] if has_worth and sum(study["asked"] for study in worths["studies"]) > 1 else []),
    ]


def interval_picture(document: Document, pounds: Pounds, bare: bool = False) -> Picture:
    """Mean and 95% interval of the NPSV of each arm over the draws, with the chance that benefits exceed costs."""
    arms = compared_arms(document)
    title = f"NPSV in {document['draws']:,} draw{'' if document['draws'] == 1 else 's'} of what is uncertain"
    rows = [
        Row(
            arm["title"],
            arm["npsv_gbp"],
            (arm["npsv_interval_gbp"][0], arm["npsv_interval_gbp"][1]),
            f"{pounds(arm['npsv_gbp'])}\n{arm['chance_benefits_exceed_costs']:.0%} above zero",
        )
        for arm in arms
    ]
    note = (
        "Dot: the mean of the draws; line: 95% of them. Right of zero benefits exceed costs. "
        f"{foot(document, luck_of(document, 'a draw'))}"
    )
    with house_style("psa-npsv"):
        figure, axes = rows_panel(rows, within(title, bare), within(note, bare))
        zero_line(axes)
        dots(axes, rows)
        say(axes, rows)
        money_axis(axes, "x", pounds)
        said = "; ".join(
            f"{arm['title']}: mean {pounds(arm['npsv_gbp'])}, 95% of draws from {pounds(arm['npsv_interval_gbp'][0])} to "
            f"{pounds(arm['npsv_interval_gbp'][1])}, {arm['chance_benefits_exceed_costs']:.0%} above zero"
            for arm in arms
        )
        return picture_of(figure, "psa-npsv", title, f"Dots and lines. {said}.", note if bare else "")
