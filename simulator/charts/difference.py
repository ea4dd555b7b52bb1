"""The waterfall: what each cause adds to a difference, in pounds and, beside it, in proven reoffences prevented."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.charts.figures import Pounds, folded, money_axis, row_labels
from simulator.charts.style import (
    AXIS_GREY,
    DARK_BLUE,
    ORANGE,
    WHITE,
    WIDTH_INCHES,
    Chart,
    canvas,
    chart_of,
    house_style,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Table = Mapping[str, Any]
LEFT, MONEY_WIDTH, GAP = 2.75, 3.6, 0.35  # inches
TOP, BOTTOM, ROW = 0.55, 0.75, 0.6


class Step(NamedTuple):
    """One bar: from where to where, and whether it is the sum of those above it."""

    label: str
    start: float
    end: float
    whole: bool

    @property
    def amount(self) -> float:
        """How much it adds."""
        return self.end - self.start


def steps_of(found: Table, column: str) -> list[Step]:
    """The bars of one column, each beginning where the one above it ends; the last from zero to the total."""
    made = []
    at = 0.0
    opening = [found["opening"]] if found["opening"]["title"] else []
    for line in [*opening, *found["rows"]]:
        made.append(Step(line["title"], at, at + line[column], found["by"] == "setting" and line is found["opening"]))
        at += line[column]
    return [*made, Step(found["total"]["title"], 0.0, found["total"][column], True)]


def waterfall(document: Table, found: Table, pounds: Pounds) -> Chart:
    """Two panels over the same causes: pounds of NPSV, and proven reoffences prevented.

    Args:
        document: what ``difference --format json`` gives.
        found: one of its tables.
        pounds: how an amount is written.
    """
    name = f"waterfall-{found['by']}"
    title = title_of(document)
    with house_style(name):
        return chart_of(drawn(found, pounds), name, title, described(found, pounds))


def waterfall_png(document: Table, found: Table, pounds: Pounds) -> bytes:
    """The same figure as a picture of dots."""
    out = io.BytesIO()
    with house_style(f"waterfall-{found['by']}"):
        drawn(found, pounds).savefig(
            out, format="png", dpi=150, metadata={"Software": None, "Title": title_of(document)}
        )
    return out.getvalue()


def title_of(document: Table) -> str:
    """What is explained, over which years and in which prices."""
    return (
        f"NPSV and proven reoffences prevented by '{document['arm']['title']}' against '{document['other']['title']}', "
        f"by cause, over {document['horizon_years']} years, present value in {document['price_base']} prices"
    )


def described(found: Table, pounds: Pounds) -> str:
    """The figure in words."""
    money = steps_of(found, "npsv_gbp")
    counts = steps_of(found, "reoffences_prevented")
    said = "; ".join(
        f"{one.label} {pounds(one.amount)} and {count(other.amount)} proven reoffences prevented"
        for one, other in zip(money, counts, strict=True)
    )
    return f"Horizontal bars in two panels, each bar from where the one above it ends. {said}."


def count(amount: float) -> str:
    """A count with a proper minus sign, and no sign for nothing."""
    return f"{round(amount) + 0:,}".replace("-", "−")


def drawn(found: Table, pounds: Pounds) -> Figure:
    """Both panels."""
    from matplotlib.ticker import MaxNLocator

    money = steps_of(found, "npsv_gbp")
    height = ROW * len(money) + TOP + BOTTOM
    figure, left = canvas(height, LEFT, WIDTH_INCHES - LEFT - MONEY_WIDTH, BOTTOM, TOP)
    start = LEFT + MONEY_WIDTH + GAP
    inside = (WIDTH_INCHES - start - 0.15) / WIDTH_INCHES, (height - BOTTOM - TOP) / height
    right = figure.add_axes((start / WIDTH_INCHES, BOTTOM / height, *inside))
    panel(left, money, pounds, "NPSV, pounds at present value")
    panel(right, steps_of(found, "reoffences_prevented"), count, "Proven reoffences prevented")
    row_labels(left, [folded(step.label.replace("_", " ")) for step in money])
    right.set_yticks([])
    right.spines["left"].set_visible(False)
    money_axis(left, "x", pounds)
    money_axis(right, "x", count)
    left.xaxis.set_major_locator(MaxNLocator(3))
    right.xaxis.set_major_locator(MaxNLocator(3, integer=True))
    figure.text(0.99, 0.01, "To the right: a gain. To the left: a loss. Grey: the sum", ha="right", va="bottom")
    return figure


def panel(axes: Axes, steps: Sequence[Step], words: Callable[[float], str], heading: str) -> None:
    """One panel of bars, joined where one ends and the next begins."""
    axes.set_title(heading, fontsize=12, loc="left", pad=10.0)
    axes.axvline(0.0, color=AXIS_GREY, linewidth=1.5)
    axes.set_ylim(len(steps) - 0.5, -0.5)
    ends = [0.0, *(step.end for step in steps)]
    low, high = min(ends), max(ends)
    room = 0.45 * ((high - low) or 1.0)
    axes.set_xlim(low - room / 8 if low == 0.0 else low - room, high + room)
    for place, step in enumerate(steps):
        colour = AXIS_GREY if step.whole else (DARK_BLUE if step.amount >= 0.0 else ORANGE)
        axes.barh(place, step.amount, 0.5, left=step.start, color=colour)
        if place + 1 < len(steps):
            axes.plot([step.end, step.end], [place + 0.25, place + 0.75], color=AXIS_GREY, linewidth=1.0)
        label(axes, place, step, words)


def label(axes: Axes, place: int, step: Step, words: Callable[[float], str]) -> None:
    """The amount beyond the end to which the bar goes."""
    side = 1 if step.amount >= 0.0 else -1
    axes.annotate(
        words(step.amount),
        (step.end, place),
        (5 * side, 0),
        textcoords="offset points",
        va="center",
        ha="left" if side > 0 else "right",
        bbox={"facecolor": WHITE, "edgecolor": "none", "pad": 0.5},
    )
