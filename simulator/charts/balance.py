"""The balance over time: what each arm has cost and brought by the end of each year, its deepest point and payback."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.charts.arms import Document, Pounds, comparator_of, compared_arms, headline_arm
from simulator.charts.labels import money_axis, year_axis
from simulator.charts.style import AXIS_GREY, DARK_BLUE, ORANGE, WHITE, canvas, house_style
from simulator.charts.sweeps.pictures import LABELS_INCHES, Label, Picture, labels_height, line_labels, picture_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Arm = Mapping[str, Any]


class Balance(NamedTuple):
    """Cumulative pounds from the start on, one for each end of year; the first is zero."""

    values: tuple[float, ...]
    payback_year: int | None

    @property
    def deepest_year(self) -> int:
        """The end of which year is deepest below zero; 0 where it never is."""
        return min(range(len(self.values)), key=lambda year: (self.values[year], year))

    @property
    def deepest(self) -> float:
        """How deep."""
        return self.values[self.deepest_year]


def balance_of(arm: Arm) -> Balance:
    """The balance of one arm against the comparator, from its years."""
    return Balance((0.0, *accumulate(row["net_gbp"] for row in arm["by_year"])), arm["payback_year"])


def balance_picture(document: Document, pounds: Pounds) -> Picture:
    """A line for each arm, the headline arm in front with its deepest point and the year in which it has paid back."""
    headline = headline_arm(document)
    arms = [*(arm for arm in compared_arms(document) if arm is not headline), headline]
    title = (
        f"Cumulative net present value by year against '{comparator_of(document)['title']}', "
        f"{document['price_base']} prices"
    )
    labels = [label_of(arm, arm is headline, pounds) for arm in arms]
    with house_style("cumulative-value"):
        height = max(3.6, labels_height(labels)) + 1.35
        figure, axes = canvas(height, left=1.0, right=LABELS_INCHES, top=0.5, bottom=0.85)
        for arm in arms:
            strong = arm is headline
            look: dict[str, Any] = {"color": DARK_BLUE if strong else AXIS_GREY, "linewidth": 3.0 if strong else 1.2}
            values = balance_of(arm).values
            axes.plot(range(len(values)), values, marker="o", markersize=6 if strong else 3.5, **look)
        axes.axhline(0.0, color=AXIS_GREY, linewidth=1.5)
        years = len(headline["by_year"])
        year_axis(axes, 0, years)
        money_axis(axes, "y", pounds)
        axes.margins(y=0.12)
        mark(axes, balance_of(headline), pounds)
        line_labels(axes, years, labels)
        return picture_of(figure, "cumulative-value", title, described(arms, headline, years, pounds))


def label_of(arm: Arm, strong: bool, pounds: Pounds) -> Label:
    """The label of a line, with its end."""
    end = balance_of(arm).values[-1]
    return Label(end, "●" if strong else "–", f"{arm['title']} {pounds(end)}", DARK_BLUE if strong else AXIS_GREY)


def mark(axes: Axes, balance: Balance, pounds: Pounds) -> None:
    """A ring at the deepest point, a diamond where the balance is above zero again, each with its words."""
    years = len(balance.values) - 1
    if balance.deepest < 0.0:
        at = balance.deepest_year
        axes.plot(
            [at], [balance.deepest], marker="o", markersize=14, fillstyle="none", color=ORANGE, markeredgewidth=2.5
        )
        say(axes, at, balance.deepest, f"deepest {pounds(balance.deepest)}", years, below=True)
    paid = balance.payback_year
    if paid and paid <= years:
        axes.plot([paid], [balance.values[paid]], marker="D", markersize=11, color=ORANGE, markeredgecolor=WHITE)
        say(axes, paid, balance.values[paid], f"paid back, year {paid}", years, below=False)


def say(axes: Axes, year: int, value: float, words: str, years: int, below: bool) -> None:
    """Words beside a mark, towards the middle of the axes."""
    side = "right" if year > years / 2 else "left"
    axes.annotate(
        words, (year, value), (-12 if side == "right" else 12, -14 if below else 14), textcoords="offset points",
        ha=side, va="center", bbox={"facecolor": WHITE, "edgecolor": "none", "pad": 0.5}, zorder=4,
    )  # fmt: skip


def described(arms: Sequence[Arm], headline: Arm, years: int, pounds: Pounds) -> str:
    """The figure in words."""
    ends = "; ".join(f"{arm['title']} {pounds(balance_of(arm).values[-1])}" for arm in arms)
    return f"Lines from zero at the start. At the end of year {years}: {ends}. {balance_words(headline, pounds)}"


def balance_words(arm: Arm, pounds: Pounds) -> str:
    """When the balance of an arm is deepest, how deep, and whether it has paid for itself, in a sentence."""
    balance = balance_of(arm)
    if balance.deepest >= 0.0:
        return f"The balance of '{arm['title']}' is never below zero."
    deep = (
        f"The balance of '{arm['title']}' is deepest at the end of year {balance.deepest_year}, at "
        f"{pounds(balance.deepest)}"
    )
    years = len(balance.values) - 1
    if balance.payback_year:
        return f"{deep}; it has paid for itself by the end of year {balance.payback_year}."
    return f"{deep}; it has not paid for itself by the end of year {years}."
