"""The figures of a comparison: NPSV by arm, who pays and who gains, cumulative value, and proven offences by year."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from simulator.charts.style import (
    AXIS_GREY,
    DARK_BLUE,
    INK,
    ORANGE,
    TURQUOISE,
    WHITE,
    Chart,
    canvas,
    chart_of,
    house_style,
    spread,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Pounds = Callable[[float], str]
Document = Mapping[str, Any]
Bar = tuple[str, float, float]

AGENCIES = {"pcc": "Police and crime commissioner", "nhs": "NHS", "other_cjs": "Other criminal justice"}


def charts_of(document: Document, pounds: Pounds) -> list[Chart]:
    """Every figure of a comparison, in the order of the report.

    Args:
        document: what ``compare --format json`` gives.
        pounds: how an amount is written.
    """
    arm = headline_arm(document)
    by_agency = [
        (agency_name(row["agency"]), row["programme_cost_gbp"], row["benefit_gbp"]) for row in arm["by_agency"]
    ]
    by_kind = [(kind_name(row), row["programme_cost_gbp"], row["benefit_gbp"]) for row in arm["by_kind"]]
    money = f"present value in {document['price_base']} prices"
    return [
        npsv_by_arm(document, pounds),
        who_pays("by-agency", f"Costs and benefits of '{arm['title']}' by agency, {money}", by_agency, pounds),
        who_pays("by-kind", f"Costs and benefits of '{arm['title']}' by kind, {money}", by_kind, pounds),
        cumulative_value(document, pounds),
        proven_offences(document),
    ]


def compared_arms(document: Document) -> list[dict[str, Any]]:
    """The arms other than the comparator."""
    return [arm for arm in document["arms"] if arm["name"] != document["comparator"]]


def comparator_of(document: Document) -> dict[str, Any]:
    """The arm that the others are compared with."""
    return next(arm for arm in document["arms"] if arm["name"] == document["comparator"])


def headline_arm(document: Document) -> dict[str, Any]:
    """The scheme as run where it is compared, else the first arm that is."""
    arms = compared_arms(document)
    return next((arm for arm in arms if arm["name"] == "as_run"), arms[0])


def agency_name(agency: str) -> str:
    """An agency as people call it."""
    return AGENCIES.get(agency, agency.replace("_", " ").capitalize())


def kind_name(row: Mapping[str, Any]) -> str:
    """A kind of cost, and whether anybody's budget moves with it."""
    return f"{row['kind'].capitalize()}, {'cashable' if row['cashable'] else 'not cashable'}"


def folded(words: str, width: int = 26) -> str:
    """A label on as many lines as it needs."""
    return "\n".join(textwrap.wrap(words, width))


def money_axis(axes: Axes, axis: str, pounds: Pounds) -> None:
    """Ticks in pounds, few enough to stand side by side, with a light grid."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    chosen = axes.xaxis if axis == "x" else axes.yaxis
    chosen.set_major_locator(MaxNLocator(5))
    chosen.set_major_formatter(FuncFormatter(lambda value, _: pounds(value)))
    axes.grid(axis="x" if axis == "x" else "y", linewidth=0.8)


def interval_words(interval: Sequence[float] | None, pounds: Pounds) -> str:
    """An interval of pounds in words."""
    return f"{pounds(interval[0])} to {pounds(interval[1])}" if interval else "no interval"


def npsv_by_arm(document: Document, pounds: Pounds) -> Chart:
    """A dot for each arm's NPSV; a line for its uncertainty interval, a thick one for that of the simulation."""
    arms = compared_arms(document)
    title = f"NPSV against '{comparator_of(document)['title']}', present value in {document['price_base']} prices"
    with house_style("npsv-by-arm"):
        figure, axes = canvas(0.62 * len(arms) + 1.0, left=2.7, right=2.75, top=0.3, bottom=0.7)
        for row, arm in enumerate(arms):
            lucky, drawn = arm["simulation_interval"]["npsv_gbp"], arm["npsv_interval"]
            if drawn:
                axes.plot(drawn, [row, row], color=DARK_BLUE, linewidth=2, marker="|", markersize=11, markeredgewidth=2)
            if lucky:
                axes.plot(lucky, [row, row], color=TURQUOISE, linewidth=7, solid_capstyle="butt")
            axes.plot([arm["npsv_gbp"]], [row], color=DARK_BLUE, marker="o", markersize=9, markeredgecolor=WHITE)
            said = f"{pounds(arm['npsv_gbp'])}\n{interval_words(drawn, pounds)}"
            axes.text(1.03, row, said, transform=axes.get_yaxis_transform(), va="center", linespacing=1.35)
        axes.axvline(0.0, color=AXIS_GREY, linewidth=1.5, zorder=0.9)
        axes.set_ylim(len(arms) - 0.45, -0.55)
        row_labels(axes, [arm["title"] for arm in arms])
        axes.margins(x=0.06)
        money_axis(axes, "x", pounds)
        figure.text(0.99, 0.01, "Right of zero: benefits exceed costs", ha="right", va="bottom")
        said = "; ".join(
            f"{arm['title']} {pounds(arm['npsv_gbp'])}, {interval_words(arm['npsv_interval'], pounds)}" for arm in arms
        )
        return chart_of(
            figure,
            "npsv-by-arm",
            title,
            f"Dot and line for each funding choice, with a vertical line at zero. {said}.",
        )


def who_pays(name: str, title: str, rows: Sequence[Bar], pounds: Pounds) -> Chart:
    """Bars of programme cost to the left of zero and of benefit to the right; a loss of benefit is to the left too.

    Args:
        rows: label, additional programme cost and benefit in pounds.
    """
    kept = [row for row in rows if row[1] or row[2]]
    with house_style(name):
        figure, axes = canvas(0.62 * max(len(kept), 1) + 1.0, left=2.7, right=0.4, top=0.15, bottom=0.7)
        for place, (_, cost, benefit) in enumerate(kept):
            both = bool(cost and benefit)
            if cost:
                labelled_bar(axes, place - 0.2 * both, -cost, 0.36 if both else 0.5, ORANGE, f"cost {pounds(cost)}")
            if benefit:
                words = f"benefit {pounds(benefit)}"
                labelled_bar(axes, place + 0.2 * both, benefit, 0.36 if both else 0.5, DARK_BLUE, words)
        axes.axvline(0.0, color=AXIS_GREY, linewidth=1.5)
        axes.set_ylim(max(len(kept), 1) - 0.5, -0.5)
        row_labels(axes, [row[0] for row in kept])
        ends = [0.0, *(-row[1] for row in kept), *(row[2] for row in kept)]
        room = 0.34 * ((max(ends) - min(ends)) or 1.0)
        axes.set_xlim(
            min(ends) - (room if min(ends) < 0 else room / 8), max(ends) + (room if max(ends) > 0 else room / 8)
        )
        money_axis(axes, "x", pounds)
        figure.text(0.99, 0.01, "Left of zero: costs. Right of zero: benefits", ha="right", va="bottom")
        said = "; ".join(f"{label}: cost {pounds(cost)}, benefit {pounds(benefit)}" for label, cost, benefit in kept)
        return chart_of(figure, name, title, f"Horizontal bars. {said or 'No cost and no benefit'}.")


def row_labels(axes: Axes, labels: Sequence[str]) -> None:
    """A label to the left of each row. Each line is a text of its own, or SVG would not align them to the right."""
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    for row, label in enumerate(labels):
        lines = folded(label).split("\n")
        for number, words in enumerate(lines):
            down = 15.0 * (number - (len(lines) - 1) / 2.0)
            axes.annotate(
                words,
                (0.0, row),
                (-8.0, -down),
                xycoords=axes.get_yaxis_transform(),
                textcoords="offset points",
                ha="right",
                va="center",
            )


def labelled_bar(axes: Axes, place: float, length: float, height: float, colour: str, words: str) -> None:
    """One horizontal bar with its label beyond its end."""
    axes.barh(place, length, height, color=colour)
    side = 1 if length >= 0 else -1
    axes.annotate(
        words,
        (length, place),
        (5 * side, 0),
        textcoords="offset points",
        va="center",
        ha="left" if side > 0 else "right",
    )


def cumulative_value(document: Document, pounds: Pounds) -> Chart:
    """What each arm has cost and brought up to the end of each year, the headline arm in front."""
    headline = headline_arm(document)
    arms = [*(arm for arm in compared_arms(document) if arm is not headline), headline]
    title = (
        f"Cumulative net present value by year against '{comparator_of(document)['title']}', "
        f"{document['price_base']} prices"
    )
    with house_style("cumulative-value"):
        figure, axes = canvas(4.8, left=1.1, right=3.5)
        ends = []
        for arm in arms:
            values = [0.0, *accumulate(row["net_gbp"] for row in arm["by_year"])]
            strong = arm is headline
            look: dict[str, Any] = {"color": DARK_BLUE if strong else AXIS_GREY, "linewidth": 3.0 if strong else 1.2}
            axes.plot(range(len(values)), values, marker="o", markersize=6 if strong else 3.5, **look)
            ends.append(values[-1])
        axes.axhline(0.0, color=AXIS_GREY, linewidth=1.5)
        years = len(headline["by_year"])
        year_axis(axes, 0, years)
        money_axis(axes, "y", pounds)
        end_labels(axes, years, ends, [f"{arm['title']} {pounds(end)}" for arm, end in zip(arms, ends, strict=True)])
        said = "; ".join(f"{arm['title']} {pounds(end)}" for arm, end in zip(arms, ends, strict=True))
        paid = headline["payback_year"]
        words = f"'{headline['title']}' " + (
            f"has paid for itself by the end of year {paid}" if paid else "has not paid for itself by the end"
        )
        return chart_of(
            figure,
            "cumulative-value",
            title,
            f"Lines from zero at the start. At the end of year {years}: {said}. {words}.",
        )


def proven_offences(document: Document) -> Chart:
    """Proven offences in each year in the headline arm and in the comparator, from zero up."""
    arm, other = headline_arm(document), comparator_of(document)
    title = (
        f"Proven offences by year, '{arm['title']}' and '{other['title']}', mean over {document['replications']} runs"
    )
    mine = [row["proven_offences"]["level"] for row in arm["by_year"]]
    without = [row["proven_offences"]["level"] for row in other["by_year"]]
    with house_style("proven-offences"):
        figure, axes = canvas(4.4, left=1.1, right=3.1)
        years = range(1, len(mine) + 1)
        axes.plot(years, without, color=ORANGE, linewidth=2.5, marker="s", markersize=7)
        axes.plot(years, mine, color=DARK_BLUE, linewidth=2.5, marker="o", markersize=7)
        axes.set_ylim(0.0, 1.12 * max([*mine, *without, 1.0]))
        axes.grid(axis="y", linewidth=0.8)
        from matplotlib.ticker import FuncFormatter, MaxNLocator

        axes.yaxis.set_major_locator(MaxNLocator(5))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
        year_axis(axes, 1, len(mine))
        labels = [f"{other['title']} {without[-1]:,.0f}", f"{arm['title']} {mine[-1]:,.0f}"]
        end_labels(axes, len(mine), [without[-1], mine[-1]], labels)
        said = "; ".join(
            f"year {year} {with_it:,.0f} against {base:,.0f}"
            for year, with_it, base in zip(years, mine, without, strict=True)
        )
        return chart_of(
            figure, "proven-offences", title, f"Two lines. '{arm['title']}' against '{other['title']}': {said}."
        )


def year_axis(axes: Axes, first: int, last: int) -> None:
    """Whole years along the bottom."""
    axes.set_xticks(range(first, last + 1, 1 + (last - first) // 12))
    axes.set_xlim(first - 0.2 * (first > 0), last + 0.15)
    axes.set_xlabel("Year of the scheme")


def end_labels(axes: Axes, last: int, ends: Sequence[float], labels: Sequence[str]) -> None:
    """A label to the right of each line's end, moved apart where they would meet, with a thin line to its own."""
    low, high = axes.get_ylim()
    text = [folded(label, 30) for label in labels]
    lines = max(label.count("\n") + 1 for label in text)
    inches = axes.get_position().height * axes.figure.get_figheight()  # type: ignore[union-attr]
    gap = (high - low) * lines * 1.3 * 12 / 72 / inches
    places = spread(ends, gap)
    for end, place, words in zip(ends, places, text, strict=True):
        axes.annotate(
            words,
            (last, end),
            (1.07, place),
            xycoords="data",
            textcoords=axes.get_yaxis_transform(),
            va="center",
            color=INK,
            arrowprops={
                "arrowstyle": "-",
                "color": AXIS_GREY,
                "linewidth": 0.8,
                "shrinkA": 2,
                "shrinkB": 4,
                "relpos": (0, 0.5),
            },
            annotation_clip=False,
        )
