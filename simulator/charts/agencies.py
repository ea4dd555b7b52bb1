"""Who pays and who gains: costs and benefits by agency and kind, with what is cashable kept apart from what is not."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.charts.arms import Document, Pounds, agency_name, headline_arm, kind_name
from simulator.charts.labels import ROW_LABEL_INCHES, beside_bar, money_axis, row_inches, row_labels
from simulator.charts.style import AXIS_GREY, DARK_BLUE, DARK_PINK, ORANGE, TURQUOISE, WHITE, canvas, house_style
from simulator.charts.sweeps.pictures import Picture, axes_width, picture_of, reach

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Row = Mapping[str, Any]

RIGHT = 0.25
BAR_INCHES = 0.28
# What a pound may be, the word beside its bar, and its colour. A benefit of unknown kind is only that.
COST, CASHABLE, CAPACITY, NO_BUDGET, BENEFIT = "cost", "cashable", "capacity", "no budget", "benefit"
COLOURS = {COST: ORANGE, CASHABLE: DARK_BLUE, CAPACITY: TURQUOISE, NO_BUDGET: DARK_PINK, BENEFIT: DARK_BLUE}
# Colours of like lightness are told apart by white lines or dots.
HATCHES = {CAPACITY: "///", NO_BUDGET: ".."}
MEANINGS = {
    COST: "additional programme cost",
    CASHABLE: "a benefit by which a budget could really fall",
    CAPACITY: "time and places released in a public service; not cashable, no budget falls by itself",
    NO_BUDGET: "economic and social benefits, in nobody's budget; not cashable",
    BENEFIT: "everything that costs less than under the comparator",
}


class Bar(NamedTuple):
    """One bar: what it is, and pounds to the right of zero; costs and losses are to the left."""

    part: str
    amount: float

    @property
    def to_right(self) -> bool:
        """To which side it goes."""
        return self.amount >= 0.0

    def words(self, pounds: Pounds) -> str:
        """What stands beside it; a cost is said without its sign."""
        return f"{self.part} {pounds(-self.amount if self.part == COST else self.amount)}"


def part_of(row: Row) -> str:
    """What the benefit of a row is, by its kind of cost and whether it is cashable."""
    if "kind" not in row:
        return BENEFIT
    if row["kind"] != "fiscal":
        return NO_BUDGET
    return CASHABLE if row["cashable"] else CAPACITY


def bars_of(rows: Iterable[Row]) -> list[Bar]:
    """The bars of some rows together: costs first, then benefits by what they are; none for nothing."""
    amounts: dict[str, list[float]] = {part: [] for part in COLOURS}
    for row in rows:
        amounts[COST].append(-row["programme_cost_gbp"])
        amounts[part_of(row)].append(row["benefit_gbp"])
    return [Bar(part, math.fsum(found)) for part, found in amounts.items() if abs(math.fsum(found)) >= 0.5]


def agency_rows(document: Document) -> list[Row]:
    """Amounts of the headline arm by agency; by what is cashable and by year too, where the document has them."""
    arm = headline_arm(document)
    return list(arm.get("by_budget") or arm["by_agency"])


def agencies_picture(document: Document, pounds: Pounds) -> Picture:
    """Costs and benefits of the headline arm by agency."""
    rows = agency_rows(document)
    names = sorted({row["agency"] for row in rows}, key=agency_name)
    title = f"Costs and benefits of '{headline_arm(document)['title']}' by agency, {money(document)}"
    found = {agency_name(name): bars_of(row for row in rows if row["agency"] == name) for name in names}
    return who_pays("by-agency", title, found, pounds)


def kinds_picture(document: Document, pounds: Pounds) -> Picture:
    """Costs and benefits of the headline arm by kind of cost."""
    arm = headline_arm(document)
    title = f"Costs and benefits of '{arm['title']}' by kind, {money(document)}"
    return who_pays("by-kind", title, {kind_name(row): bars_of([row]) for row in arm["by_kind"]}, pounds)


def money(document: Document) -> str:
    """How the pounds are to be read."""
    return f"present value in {document['price_base']} prices"


def who_pays(name: str, title: str, found: Mapping[str, Sequence[Bar]], pounds: Pounds) -> Picture:
    """Bars of costs to the left of zero and of benefits to the right; a loss of benefit is to the left too."""
    kept = {label: bars for label, bars in found.items() if bars}
    pitch = max(row_inches(list(kept), 0.5), BAR_INCHES * max((len(bars) for bars in kept.values()), default=1) + 0.14)
    with house_style(name):
        figure, axes = canvas(
            pitch * max(len(kept), 1) + 1.0, left=ROW_LABEL_INCHES, right=RIGHT, top=0.15, bottom=0.75
        )
        draw(axes, kept, pitch, pounds)
        axes.set_ylim(max(len(kept), 1) - 0.5, -0.5)
        row_labels(axes, list(kept))
        money_axis(axes, "x", pounds)
        figure.text(0.99, 0.01, "Left of zero: costs and losses. Right of zero: benefits", ha="right", va="bottom")
        said = "; ".join(f"{label}: {', '.join(bar.words(pounds) for bar in bars)}" for label, bars in kept.items())
        described = f"Horizontal bars about zero. {said or 'No cost and no benefit'}."
        return picture_of(figure, name, title, described, note_of(kept))


def draw(axes: Axes, kept: Mapping[str, Sequence[Bar]], pitch: float, pounds: Pounds) -> None:
    """Every bar with its words, one below the other within its row."""
    labels = [(bar.amount, 1 if bar.to_right else -1, len(bar.words(pounds))) for bars in kept.values() for bar in bars]
    ends = [0.0, *(end for end, _, _ in labels)]
    axes.set_xlim(*reach(ends, labels, axes_width(ROW_LABEL_INCHES, RIGHT)))
    axes.axvline(0.0, color=AXIS_GREY, linewidth=1.5)
    for row, bars in enumerate(kept.values()):
        for number, bar in enumerate(bars):
            place = row + (number - (len(bars) - 1) / 2.0) * BAR_INCHES / pitch
            axes.barh(
                place, bar.amount, 0.8 * BAR_INCHES / pitch, facecolor=COLOURS[bar.part], edgecolor=WHITE, linewidth=0.0,
                hatch=HATCHES.get(bar.part),
            )  # fmt: skip
            beside_bar(axes, place, bar.amount, bar.words(pounds), bar.to_right)


def note_of(kept: Mapping[str, Sequence[Bar]]) -> str:
    """What the words beside the bars mean, those in use."""
    used = {bar.part for bars in kept.values() for bar in bars}
    said = "; ".join(f"{part}: {meaning}" for part, meaning in MEANINGS.items() if part in used)
    return f"{said[:1].upper()}{said[1:]}." if said else ""
