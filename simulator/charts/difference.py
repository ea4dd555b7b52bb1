"""The waterfall: what each cause adds to a difference, in pounds and, beside it, in proven reoffences prevented."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.appraisal.intervals import student_t
from simulator.charts.arms import Pounds
from simulator.charts.labels import ROW_LABEL_INCHES, money_axis, row_inches, row_labels
from simulator.charts.style import AXIS_GREY, DARK_BLUE, ORANGE, WHITE, WIDTH_INCHES, Chart, house_style
from simulator.charts.sweeps import pictures

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Table = Mapping[str, Any]
LEFT, MONEY_WIDTH, GAP, RIGHT = ROW_LABEL_INCHES, 2.35, 0.3, 0.1  # inches
HEADING, ROW = 0.5, 0.65
HATCH = "////"  # of a share that luck alone could make
WITHIN, LINE_POINTS = "within noise", 15.0


class Step(NamedTuple):
    """One bar: from where to where, whether it is the sum of those above it, and whether luck alone could make it."""

    label: str
    start: float
    end: float
    whole: bool
    lucky: bool = False

    @property
    def amount(self) -> float:
        """How much it adds."""
        return self.end - self.start


def lucky(line: Table, column: str, replications: int) -> bool:
    """Whether the 95% interval of a share, by Student t, holds none; unknown for a single replication."""
    error = line["standard_error"][column]
    return bool(error and replications > 1 and abs(line[column]) <= student_t(replications - 1) * error)


def steps_of(found: Table, column: str, replications: int = 1) -> list[Step]:
    """The bars of one column, each beginning where the one above it ends; the last from zero to the total."""
    made = []
    at = 0.0
    opening = [found["opening"]] if found["opening"]["title"] else []
    for line in [*opening, *found["rows"]]:
        whole = found["by"] == "setting" and line is found["opening"]
        made.append(Step(line["title"], at, at + line[column], whole, lucky(line, column, replications)))
        at += line[column]
    total = found["total"]
    return [*made, Step(total["title"], 0.0, total[column], True, lucky(total, column, replications))]


def waterfall(document: Table, found: Table, pounds: Pounds) -> Chart:
    """Two panels over the same causes: pounds of NPSV, and proven reoffences prevented.

    Args:
        document: what ``difference --format json`` gives.
        found: one of its tables.
        pounds: how an amount is written.
    """
    return picture(document, found, pounds).chart


def waterfall_png(document: Table, found: Table, pounds: Pounds) -> bytes:
    """The same figure as a picture of dots."""
    return picture(document, found, pounds).png


def picture(document: Table, found: Table, pounds: Pounds, bare: bool = False) -> pictures.Picture:
    """The figure in both formats; bare for a page that says title and note itself."""
    name = f"waterfall-{found['by']}"
    with house_style(name):
        figure = drawn(document, found, pounds, bare)
        note = foot(document) if bare else ""
        return pictures.picture_of(figure, name, title_of(document), described(document, found, pounds), note)


def title_of(document: Table) -> str:
    """What is explained."""
    return (
        f"NPSV and proven reoffences prevented by '{document['arm']['title']}' against '{document['other']['title']}', "
        "by cause"
    )


def foot(document: Table) -> str:
    """How it is priced, and how the bars are read."""
    number = document["replications"]
    return (
        f"{document['title']}, {document['horizon_years']} years, present value in {document['price_base']} prices "
        f"({document['cost_table']}, {document['costing']} costing). {number:,} replication{'' if number == 1 else 's'}, "
        f"seed {document['seed']}. To the right: a gain. To the left: a loss. Grey and narrow: the sum. Hatched: within "
        "simulation noise, which luck alone could make."
    )


def described(document: Table, found: Table, pounds: Pounds) -> str:
    """The figure in words."""
    money = steps_of(found, "npsv_gbp", document["replications"])
    counts = steps_of(found, "reoffences_prevented", document["replications"])
    noise = {False: "", True: " (within simulation noise)"}
    said = "; ".join(
        f"{one.label} {pounds(one.amount)}{noise[one.lucky]} and {count(other.amount)} proven reoffences prevented"
        f"{noise[other.lucky]}"
        for one, other in zip(money, counts, strict=True)
    )
    return f"Horizontal bars in two panels, each bar from where the one above it ends. {said}."


def count(amount: float) -> str:
    """A count with a proper minus sign, and no sign for nothing."""
    return f"{round(amount) + 0:,}".replace("-", "−")


def drawn(document: Table, found: Table, pounds: Pounds, bare: bool) -> Figure:
    """Both panels."""
    from matplotlib.ticker import MaxNLocator

    money = steps_of(found, "npsv_gbp", document["replications"])
    start = LEFT + MONEY_WIDTH + GAP
    labels = [step.label.replace("_", " ") for step in money]
    inside = row_inches(labels, ROW) * len(money) + HEADING
    title, note = (pictures.within(words, bare) for words in (title_of(document), foot(document)))
    figure, left = pictures.panel(inside, LEFT, WIDTH_INCHES - LEFT - MONEY_WIDTH, title, note, axis=0.45)
    height = figure.get_figheight()
    box = left.get_position()
    left.set_position((box.x0, box.y0, box.width, box.height - HEADING / height))  # room for the panels' own headings
    width = (WIDTH_INCHES - start - RIGHT) / WIDTH_INCHES
    right = figure.add_axes((start / WIDTH_INCHES, box.y0, width, box.height - HEADING / height))
    panel(left, money, pounds, "NPSV,\npresent value", MONEY_WIDTH)
    counts = steps_of(found, "reoffences_prevented", document["replications"])
    panel(right, counts, count, "Reoffences\nprevented", WIDTH_INCHES - start - RIGHT)
    row_labels(left, labels)
    right.set_yticks([])
    right.spines["left"].set_visible(False)
    money_axis(left, "x", pounds)
    money_axis(right, "x", count)
    left.xaxis.set_major_locator(MaxNLocator(2, steps=[1, 2, 5, 10]))
    right.xaxis.set_major_locator(MaxNLocator(2, integer=True, steps=[1, 2, 5, 10]))
    return figure


def panel(axes: Axes, steps: Sequence[Step], words: Callable[[float], str], heading: str, inches: float) -> None:
    """One panel of bars, joined where one ends and the next begins, so wide that every amount fits."""
    axes.set_title(heading, fontsize=12, loc="left", pad=10.0)
    axes.axvline(0.0, color=AXIS_GREY, linewidth=1.5)
    axes.set_ylim(len(steps) - 0.5, -0.5)
    ends = [0.0, *(step.end for step in steps)]
    letters = [(step.end, side_of(step), letters_of(step, words)) for step in steps]
    axes.set_xlim(*pictures.reach(ends, letters, inches))
    for place, step in enumerate(steps):
        colour = AXIS_GREY if step.whole else (DARK_BLUE if step.amount >= 0.0 else ORANGE)
        height = 0.3 if step.whole else 0.5
        axes.barh(
            place, step.amount, height, left=step.start, color=WHITE if step.lucky else colour, edgecolor=colour,
            hatch=HATCH if step.lucky else None,
        )  # fmt: skip
        if place + 1 < len(steps):
            ends = [place + height / 2.0, place + 0.75]
            axes.plot([step.end, step.end], ends, color=AXIS_GREY, linewidth=1.0)
        label(axes, place, step, words)


def side_of(step: Step) -> int:
    """To which side a bar goes."""
    return 1 if step.amount >= 0.0 else -1


def letters_of(step: Step, words: Callable[[float], str]) -> int:
    """How many letters the widest line beside a bar has."""
    return max(len(words(step.amount)), len(WITHIN) if step.lucky else 0) + 1


def label(axes: Axes, place: int, step: Step, words: Callable[[float], str]) -> None:
    """The amount beyond the end to which the bar goes, and under it whether luck alone could make it."""
    lines = [words(step.amount), *([WITHIN] if step.lucky else [])]
    for number, line in enumerate(lines):
        axes.annotate(
            line,
            (step.end, place),
            (5 * side_of(step), LINE_POINTS * ((len(lines) - 1) / 2.0 - number)),
            textcoords="offset points",
            va="center",
            ha="left" if side_of(step) > 0 else "right",
            bbox={"facecolor": WHITE, "edgecolor": "none", "pad": 0.5},
        )
