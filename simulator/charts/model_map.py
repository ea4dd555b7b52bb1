"""The model map: which state of a person can follow which, and what makes it, drawn from ``charts.transitions``.

Boxes, arrows and words come from the table of transitions; ``model_map_places`` only says where they stand. States in one
frame that share a step, to or from one state outside, share one arrow at the frame. A step without a course of its own is
drawn straight, with its words in the middle: nothing is ever left out.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.charts.model_map_places import BOXES, COURSES, FRAMES, HEADINGS, HEIGHT, Box, Course, Frame
from simulator.charts.style import AXIS_GREY, DARK_BLUE, INK, WHITE, WIDTH_INCHES, house_style
from simulator.charts.sweeps.pictures import Picture, picture_of
from simulator.charts.transitions import SCHEME, STATES, TRANSITIONS, Transition, event_words, kind_of_clock
from simulator.model.states import EVENTS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME, TITLE = "model-map", "Model map: which state of a person can follow which, and what makes it"
BOX_INCHES = 0.42  # height
HEADING_POINTS = 14
LINE_STYLES = {True: "-", False: (0, (4, 2))}
FRAME_FILL = "#F3F2F1"
KEY = "Solid: a hazard clock may ring at any time. Dashed: a fixed clock, on its date, or done by the scheme."
KEY_LETTERS = 66
TABLE_HEADINGS = ("Part of the state", "From", "To", "When", "What makes it")


class Arrow(NamedTuple):
    """One arrow: ends by name of state or frame, and the events on it."""

    part: str
    before: str
    after: str
    events: tuple[int, ...]


def arrows_of(transitions: Iterable[Transition]) -> list[Arrow]:
    """The arrows to draw: steps that all members of a frame share, to or from one state outside, are one at the frame."""
    arrows = [Arrow(*each) for each in transitions]
    for part, frames in FRAMES.items():
        for name, frame in frames.items():
            arrows = shared(shared(arrows, part, name, frame, "before"), part, name, frame, "after")
    return arrows


def shared(arrows: Sequence[Arrow], part: str, name: str, frame: Frame, end: str) -> list[Arrow]:
    """Arrows with those put together that differ in one ``end`` only, all members of the frame being there."""
    made: list[Arrow] = []
    for arrow in arrows:
        together = [each for each in arrows if arrow.part == part and alike(each, arrow, end)]
        members = {getattr(each, end) for each in together}
        if not members.issuperset(frame.members) or getattr(arrow, end) not in frame.members:
            made.append(arrow)
        elif getattr(arrow, end) == frame.members[0]:
            made.append(at(arrow, end, name))
    return made


def at(arrow: Arrow, end: str, name: str) -> Arrow:
    """The same arrow with one end elsewhere."""
    return arrow._replace(before=name) if end == "before" else arrow._replace(after=name)


def alike(one: Arrow, other: Arrow, end: str) -> bool:
    """Whether two arrows differ in one end at most."""
    return at(one, end, "") == at(other, end, "")


def model_map(transitions: Sequence[Transition] = TRANSITIONS) -> Picture:
    """The map as SVG, with a text alternative, and as PNG; the same bytes every time."""
    with house_style(NAME):
        return picture_of(drawing_of(transitions), NAME, TITLE, description_of(transitions))


def drawing_of(transitions: Sequence[Transition]) -> Figure:
    """The map before it is saved: headings, frames, boxes, arrows with their words, and the key."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH_INCHES, HEIGHT))
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set(xlim=(0.0, WIDTH_INCHES), ylim=(0.0, HEIGHT))
    axes.axis("off")
    for part, (across, up) in HEADINGS.items():
        axes.text(across, up, part[0].upper() + part[1:], fontsize=HEADING_POINTS, fontweight="bold")
        draw_part(axes, part)
    for arrow in arrows_of(transitions):
        draw_arrow(axes, arrow)
    axes.text(0.1, 0.05, textwrap.fill(KEY, KEY_LETTERS), va="bottom", linespacing=1.3)
    return figure


def draw_part(axes: Axes, part: str) -> None:
    """Frames, then boxes with the names of states."""
    for frame in FRAMES[part].values():
        left, low, right, high = edges_of(part, frame)
        rounded(axes, left, low, right - left, high - low, FRAME_FILL, AXIS_GREY)
    for name, box in BOXES[part].items():
        low = box.up - BOX_INCHES / 2
        rounded(axes, box.across - box.width / 2, low, box.width, BOX_INCHES, WHITE, INK)
        axes.text(box.across, box.up, name, ha="center", va="center_baseline", zorder=4)


def edges_of(part: str, frame: Frame) -> tuple[float, float, float, float]:
    """Left, lower, right and upper edge of a frame."""
    boxes = [BOXES[part][name] for name in frame.members]
    half = BOX_INCHES / 2 + frame.off
    return (
        min(box.across - box.width / 2 for box in boxes) - frame.off,
        min(box.up for box in boxes) - half,
        max(box.across + box.width / 2 for box in boxes) + frame.off,
        max(box.up for box in boxes) + half,
    )


def rounded(axes: Axes, left: float, low: float, width: float, height: float, fill: str, edge: str) -> None:
    """A box with rounded corners."""
    from matplotlib.patches import FancyBboxPatch

    style: Any = "round,pad=0,rounding_size=0.08"
    axes.add_patch(FancyBboxPatch((left, low), width, height, boxstyle=style, facecolor=fill, edgecolor=edge, zorder=2))


def draw_arrow(axes: Axes, arrow: Arrow) -> None:
    """An arrow with what makes the step beside it."""
    course = COURSES.get((arrow.part, arrow.before, arrow.after)) or straight(arrow)
    at_any_time = any(kind_of_clock(event) == "hazard clock" for event in arrow.events)
    axes.annotate(
        "", course.end, course.start, zorder=3,
        arrowprops={"arrowstyle": "-|>", "color": DARK_BLUE, "linestyle": LINE_STYLES[at_any_time], "linewidth": 1.4,
                    "shrinkA": 0, "shrinkB": 1, "mutation_scale": 14},
    )  # fmt: skip
    words = textwrap.fill(words_on(arrow), course.letters)
    axes.text(*course.words, words, ha=course.side, va="bottom", linespacing=1.2, zorder=4)


def words_on(arrow: Arrow) -> str:
    """What makes a step; the ways in which a stay ends are listed at one arrow, where the scheme state changes."""
    if arrow.part == SCHEME:
        return " · ".join(EVENTS[event] for event in arrow.events)
    return event_words(arrow.events)


def straight(arrow: Arrow) -> Course:
    """A course from middle to middle, for a step that has none of its own."""
    one, other = middle_of(arrow.part, arrow.before), middle_of(arrow.part, arrow.after)
    return Course(one, other, ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2))


def middle_of(part: str, name: str) -> tuple[float, float]:
    """The middle of a box or frame."""
    if name in BOXES[part]:
        box: Box = BOXES[part][name]
        return box.across, box.up
    left, low, right, high = edges_of(part, FRAMES[part][name])
    return (left + right) / 2, (low + high) / 2


def description_of(transitions: Sequence[Transition]) -> str:
    """The text alternative: what the parts of a person's state are, and where every step is listed."""
    parts = "; ".join(f"{part}: {', '.join(names)}" for part, names in STATES.items())
    return (
        f"Five parts of a person's state change side by side. {parts}. Arrows between them show {len(transitions)} steps "
        "with the clock or event that makes each; the table beneath lists every one."
    )


def transition_rows(transitions: Sequence[Transition] = TRANSITIONS) -> list[dict[str, str]]:
    """The table beneath the map: one row for each step, and every event that makes it with its kind of clock."""
    return [
        dict(zip(TABLE_HEADINGS, row, strict=True))
        for each in transitions
        for row in [(each.part, each.before, each.after, "; ".join(EVENTS[e] for e in each.events), kinds_of(each))]
    ]


def kinds_of(transition: Transition) -> str:
    """The kinds of clock that make a step, each once, in order."""
    return "; ".join(dict.fromkeys(kind_of_clock(event) for event in transition.events))
