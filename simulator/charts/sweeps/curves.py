"""Curves of chances: by what a funder adds for a prevented offence, and by what the programme costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simulator.charts.style import AXIS_GREY, INK, house_style
from simulator.charts.sweeps.pictures import (
    LABELS_INCHES,
    LOOKS,
    MARKS,
    Document,
    Label,
    Picture,
    Pounds,
    foot,
    in_front,
    labels_height,
    line_labels,
    luck_of,
    panel,
    picture_of,
    within,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

EVERY = 5  # points between two marks on a line


def value_picture(document: Document, pounds: Pounds, bare: bool = False) -> Picture:
    """The chance of each arm to be the best, by what a funder adds for each proven offence prevented."""
    curve = document["by_value"]
    values = curve["added_gbp_per_offence_prevented"]
    comparator = document["comparator"]
    others = [arm for arm in curve["by_arm"] if arm["name"] != comparator]
    front = in_front(others, document["arm"], lambda arm: max(arm["chance_best"]))
    title = "Chance to be the best funding choice, by the value added for a prevented offence"
    note = (
        "Added on top: NPSV holds the costs of crime already, and adding the same harm again would count it twice. At £0 "
        "the chances are those of NPSV alone; at every value they add up to 100%. "
        f"{foot(document, luck_of(document, 'a draw'))}"
    )
    with house_style("psa-by-value"):
        arms = {arm["name"]: arm for arm in curve["by_arm"]}
        labels = labelled(arms, front, "chance_best")
        if comparator in arms:
            labels.append(label_of(arms[comparator], "chance_best", "- -", INK))
        figure, axes = panel(
            max(3.9, labels_height(labels)), 0.75, LABELS_INCHES, within(title, bare), within(note, bare)
        )
        draw_lines(axes, values, arms, front, "chance_best")
        if comparator in arms:
            axes.plot(values, arms[comparator]["chance_best"], color=INK, linewidth=2, linestyle=(0, (5, 2)))
        chance_axis(axes)
        line_labels(axes, values[-1], labels)
        pounds_axis(axes, "Added for each proven offence prevented", pounds)
        said = "; ".join(
            f"{arm['title']} {arm['chance_best'][0]:.0%} at £0, {arm['chance_best'][-1]:.0%} at {pounds(values[-1])}"
            for arm in curve["by_arm"]
        )
        described = f"Lines of the chance to be the best. {said}."
        return picture_of(figure, "psa-by-value", title, described, note if bare else "")


def cost_picture(document: Document, pounds: Pounds, bare: bool = False) -> Picture:
    """The chance that benefits exceed costs, were the programme cost another and all else the same."""
    curve = document["by_cost"]
    shares = curve["shares_of_programme_cost"]
    arms = {arm["name"]: arm for arm in curve["by_arm"]}
    now = as_drawn(shares)
    front = in_front(curve["by_arm"], document["arm"], lambda arm: float(arm["chance_benefits_exceed_costs"][now]))
    first = arms[front[0]]
    title = "How dear may the scheme be? Chance of paying back by cost"
    note = (
        "Everything that happens is held as drawn; only the additional programme cost is another: 100% is "
        f"{pounds(first['programme_cost_gbp'])} for '{first['title']}'. Below the dotted line it is likelier not to pay "
        f"back. {foot(document, luck_of(document, 'a draw'))}"
    )
    with house_style("psa-by-cost"):
        labels = labelled(arms, front, "chance_benefits_exceed_costs")
        figure, axes = panel(
            max(3.9, labels_height(labels)), 0.75, LABELS_INCHES, within(title, bare), within(note, bare)
        )
        draw_lines(axes, shares, arms, front, "chance_benefits_exceed_costs")
        axes.axhline(0.5, color=AXIS_GREY, linewidth=1.4, linestyle=":")
        axes.axvline(1.0, color=AXIS_GREY, linewidth=1.4)
        chance_axis(axes)
        axes.annotate("as drawn", (1.0, 1.0), (4, -4), textcoords="offset points", va="top")
        axes.set_xticks([0.0, 0.5, 1.0, 1.5, 2.0], ["0%", "50%", "100%", "150%", "200%"])
        axes.set_xlabel("Programme cost, share of what was drawn")
        line_labels(axes, shares[-1], labels)
        said = described_by_cost(curve["by_arm"], shares, pounds)
        return picture_of(figure, "psa-by-cost", title, said, note if bare else "")


def as_drawn(shares: Sequence[float]) -> int:
    """Where the programme cost is the one that was drawn."""
    return min(range(len(shares)), key=lambda place: abs(shares[place] - 1.0))


def described_by_cost(arms: Sequence[Mapping[str, Any]], shares: Sequence[float], pounds: Pounds) -> str:
    """The curve by cost in words."""
    now = as_drawn(shares)
    said = "; ".join(
        f"{arm['title']}: {arm['chance_benefits_exceed_costs'][now]:.0%} at its programme cost of "
        f"{pounds(arm['programme_cost_gbp'])}, {arm['chance_benefits_exceed_costs'][-1]:.0%} at twice that"
        for arm in arms
    )
    return f"Falling lines of the chance that benefits exceed costs. {said}."


def draw_lines(
    axes: Axes, at: Sequence[float], arms: Mapping[str, Mapping[str, Any]], front: Sequence[str], field: str
) -> None:
    """The arms in front in colour, each with its mark."""
    for name, (colour, mark) in zip(front, LOOKS, strict=False):
        axes.plot(at, arms[name][field], color=colour, linewidth=2.2, marker=mark, markersize=6, markevery=EVERY)


def labelled(arms: Mapping[str, Mapping[str, Any]], front: Sequence[str], field: str) -> list[Label]:
    """The label of each line in front."""
    return [
        label_of(arms[name], field, MARKS[mark], colour) for name, (colour, mark) in zip(front, LOOKS, strict=False)
    ]


def label_of(arm: Mapping[str, Any], field: str, key: str, colour: str) -> Label:
    """One line's label, with the chance at its end."""
    return Label(arm[field][-1], key, f"{arm['title']} {arm[field][-1]:.0%}", colour)


def chance_axis(axes: Axes) -> None:
    """Chances from nothing to certain, up the left side."""
    axes.set_ylim(-0.02, 1.02)
    axes.set_yticks([0.0, 0.25, 0.5, 0.75, 1.0], ["0%", "25%", "50%", "75%", "100%"])
    axes.grid(axis="y", linewidth=0.8)


def pounds_axis(axes: Axes, label: str, pounds: Pounds) -> None:
    """Amounts along the bottom."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: pounds(value)))
    axes.set_xlabel(label)
