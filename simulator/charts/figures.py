"""The figures of a comparison: NPSV by arm, who pays and who gains, the balance over time, and proven offences by year."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.charts.agencies import agencies_picture, kinds_picture
from simulator.charts.arms import (
    Document,
    Pounds,
    agency_name,
    comparator_of,
    compared_arms,
    headline_arm,
    kind_name,
)
from simulator.charts.balance import balance_picture
from simulator.charts.labels import (
    ROW_LABEL_INCHES,
    count_axis,
    money_axis,
    row_inches,
    row_labels,
    widest,
    year_axis,
)
from simulator.charts.style import (
    AXIS_GREY,
    DARK_BLUE,
    ORANGE,
    TURQUOISE,
    WHITE,
    Chart,
    canvas,
    house_style,
)
from simulator.charts.sweeps.pictures import LABELS_INCHES, Label, Picture, labels_height, line_labels, picture_of

__all__ = ["agency_name", "charts_of", "comparator_of", "compared_arms", "headline_arm", "kind_name", "pictures_of"]


def charts_of(document: Document, pounds: Pounds) -> list[Chart]:
    """Every figure of a comparison, in the order of the report.

    Args:
        document: what ``compare --format json`` gives.
        pounds: how an amount is written.
    """
    return [picture.chart for picture in pictures_of(document, pounds)]


def pictures_of(document: Document, pounds: Pounds) -> list[Picture]:
    """The same figures in both formats."""
    return [
        npsv_picture(document, pounds),
        agencies_picture(document, pounds),
        kinds_picture(document, pounds),
        balance_picture(document, pounds),
        offences_picture(document),
    ]


def interval_words(interval: Sequence[float] | None, pounds: Pounds) -> str:
    """An interval of pounds in words."""
    return f"{pounds(interval[0])} to {pounds(interval[1])}" if interval else "no interval"


def npsv_picture(document: Document, pounds: Pounds) -> Picture:
    """A dot for each arm's NPSV; a line for its uncertainty interval, a thick one for that of the simulation."""
    arms = compared_arms(document)
    titles = [arm["title"] for arm in arms]
    words = [f"{pounds(arm['npsv_gbp'])}\n{interval_words(arm['npsv_interval'], pounds)}" for arm in arms]
    title = f"NPSV against '{comparator_of(document)['title']}', present value in {document['price_base']} prices"
    with house_style("npsv-by-arm"):
        right = 0.25 + max(widest(each) for each in words)
        height = row_inches(titles, 0.62) * len(arms) + 1.0
        figure, axes = canvas(height, left=ROW_LABEL_INCHES, right=right, top=0.3, bottom=0.7)
        for row, arm in enumerate(arms):
            lucky, drawn = arm["simulation_interval"]["npsv_gbp"], arm["npsv_interval"]
            if drawn:
                axes.plot(drawn, [row, row], color=DARK_BLUE, linewidth=2, marker="|", markersize=11, markeredgewidth=2)
            if lucky:
                axes.plot(lucky, [row, row], color=TURQUOISE, linewidth=7, solid_capstyle="butt")
            axes.plot([arm["npsv_gbp"]], [row], color=DARK_BLUE, marker="o", markersize=9, markeredgecolor=WHITE)
            axes.text(1.05, row, words[row], transform=axes.get_yaxis_transform(), va="center", linespacing=1.35)
        axes.axvline(0.0, color=AXIS_GREY, linewidth=1.5, zorder=0.9)
        axes.set_ylim(len(arms) - 0.45, -0.55)
        row_labels(axes, titles)
        axes.margins(x=0.06)
        money_axis(axes, "x", pounds)
        figure.text(0.99, 0.01, "Right of zero: benefits exceed costs", ha="right", va="bottom")
        said = "; ".join(
            f"{arm['title']} {pounds(arm['npsv_gbp'])}, {interval_words(arm['npsv_interval'], pounds)}" for arm in arms
        )
        described = f"Dot and line for each funding choice, with a vertical line at zero. {said}."
        return picture_of(figure, "npsv-by-arm", title, described)


def offences_picture(document: Document) -> Picture:
    """Proven offences in each year in the headline arm and in the comparator, from zero up."""
    arm, other = headline_arm(document), comparator_of(document)
    title = (
        f"Proven offences by year, '{arm['title']}' and '{other['title']}', mean over {document['replications']} runs"
    )
    mine = [row["proven_offences"]["level"] for row in arm["by_year"]]
    without = [row["proven_offences"]["level"] for row in other["by_year"]]
    labels = [
        Label(without[-1], "■", f"{other['title']} {without[-1]:,.0f}", ORANGE),
        Label(mine[-1], "●", f"{arm['title']} {mine[-1]:,.0f}", DARK_BLUE),
    ]
    with house_style("proven-offences"):
        figure, axes = canvas(max(4.0, labels_height(labels) + 1.0), left=0.85, right=LABELS_INCHES, top=0.3)
        years = range(1, len(mine) + 1)
        axes.plot(years, without, color=ORANGE, linewidth=2.5, marker="s", markersize=7)
        axes.plot(years, mine, color=DARK_BLUE, linewidth=2.5, marker="o", markersize=7)
        axes.set_ylim(0.0, 1.12 * max([*mine, *without, 1.0]))
        count_axis(axes)
        year_axis(axes, 1, len(mine))
        line_labels(axes, len(mine), labels)
        said = "; ".join(
            f"year {year} {with_it:,.0f} against {base:,.0f}"
            for year, with_it, base in zip(years, mine, without, strict=True)
        )
        described = f"Two lines. '{arm['title']}' against '{other['title']}': {said}."
        return picture_of(figure, "proven-offences", title, described)
