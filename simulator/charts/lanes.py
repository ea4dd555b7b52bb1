"""Single lives as lanes: the same people under an arm and under its comparator, arrests, custody and management."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simulator.charts.keys import Key, draw_keys, keys_height
from simulator.charts.labels import ROW_LABEL_INCHES, folded, widest, year_axis
from simulator.charts.style import DARK_BLUE, INK, ORANGE, TURQUOISE, WIDTH_INCHES, canvas, house_style
from simulator.charts.sweeps.pictures import Picture, picture_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Document = Mapping[str, Any]
Life = Mapping[str, Any]

LANE_INCHES, PERSON_INCHES = 0.33, 0.73  # a lane; both lanes of a person with the gap below them
FOOT_INCHES, LINE_INCHES = 0.65, 0.24
# Within a lane, in inches below its top: arrests, then the line of justice, then the strip of management.
ARREST_AT, JUSTICE_AT, MANAGED_AT = 0.05, 0.16, 0.255
LIBERTY_HEIGHT, CUSTODY_HEIGHT, MANAGED_HEIGHT = 0.03, 0.13, 0.055


def lives_picture(document: Document) -> Picture:
    """Two lanes for each person.

    Args:
        document: what ``whereabouts_of`` gives.
    """
    people = document["lives"]["people"]
    arm, other = document["arms"]
    title = f"{len(people)} lives under '{arm['title']}' and under '{other['title']}', first simulated run"
    with house_style("lives"):
        right = 0.2 + max((widest(counts(life)) for person in people for life in person["arms"]), default=1.0)
        inside = PERSON_INCHES * max(len(people), 1)
        above = keys_height(KEYS) + 2 * LINE_INCHES + 0.15
        figure, axes = canvas(inside + above + FOOT_INCHES, ROW_LABEL_INCHES, right, FOOT_INCHES, above)
        for row, person in enumerate(people):
            draw_person(axes, row * PERSON_INCHES, person)
        axes.set_ylim(inside, 0.0)  # inches from the top
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        year_axis(axes, 0, document["horizon_years"])
        axes.set_xlim(0.0, document["horizon_years"])
        axes.set_xlabel("Years from the start")
        axes.grid(axis="x", linewidth=0.8)
        draw_keys(figure, KEYS)
        name_lanes(figure, document)
        return picture_of(figure, "lives", title, described(document), note_of(document))


def draw_person(axes: Axes, top: float, person: Mapping[str, Any]) -> None:
    """One person's lanes, the name to the left and what they add up to on the right."""
    for number, words in enumerate((person["title"], *group_words(person["group"]))):
        axes.annotate(
            words, (0.0, top + 0.16 + 0.21 * number), (-8, 0), xycoords=axes.get_yaxis_transform(),
            textcoords="offset points", ha="right", va="center", fontweight="normal" if number else "bold",
        )  # fmt: skip
    for number, life in enumerate(person["arms"]):
        lane = top + number * LANE_INCHES
        draw_life(axes, lane, life)
        axes.annotate(
            counts(life), (1.0, lane + JUSTICE_AT), (8, 0), xycoords=axes.get_yaxis_transform(),
            textcoords="offset points", va="center",
        )  # fmt: skip


def group_words(group: str) -> Sequence[str]:
    """A cohort group on a line, or two where it names area and cohort type."""
    return [folded(words, most=1) for words in group.split(" · ")[:2]]


def counts(life: Life) -> str:
    """What stands to the right of a lane."""
    return f"{life['arrests']} arrest{'' if life['arrests'] == 1 else 's'}"


def draw_life(axes: Axes, top: float, life: Life) -> None:
    """One lane: a thin line at liberty, a box in custody, a strip below while managed, a mark for each arrest."""
    for stretch in life["stretches"]:
        since, years = stretch["from_year"], stretch["to_year"] - stretch["from_year"]
        if stretch["state"] == "left":
            continue
        held = stretch["state"].startswith("custody")
        height, colour = (CUSTODY_HEIGHT, ORANGE) if held else (LIBERTY_HEIGHT, TURQUOISE)
        axes.barh(top + JUSTICE_AT, years, height, left=since, color=colour)
        if stretch["state"].endswith("_managed") and "not" not in stretch["state"]:
            axes.barh(top + MANAGED_AT, years, MANAGED_HEIGHT, left=since, color=DARK_BLUE)
    arrests = [event["year"] for event in life["events"] if event["event"] == "arrest"]
    axes.plot(arrests, [top + ARREST_AT] * len(arrests), "v", color=INK, markersize=4.5, clip_on=False)
    for event in life["events"]:
        if event["event"] == "left":
            axes.plot(
                [event["year"]], [top + JUSTICE_AT], "x", color=INK, markersize=7, markeredgewidth=2, clip_on=False
            )


KEYS = (
    Key("at liberty", TURQUOISE, LIBERTY_HEIGHT),
    Key("in custody", ORANGE, CUSTODY_HEIGHT),
    Key("managed", DARK_BLUE, MANAGED_HEIGHT),
    Key("arrest", INK, mark="v"),
    Key("gone", INK, mark="x"),
)


def name_lanes(figure: Figure, document: Document) -> None:
    """Which lane is which, below the keys."""
    height = figure.get_figheight()
    for number, (lane, arm) in enumerate(zip(("Upper", "Lower"), document["arms"], strict=True)):
        down = keys_height(KEYS) + LINE_INCHES * (number + 0.5)
        title = folded(arm["title"], WIDTH_INCHES - 1.4, 1)
        figure.text(0.1 / WIDTH_INCHES, 1.0 - down / height, f"{lane} lane: {title}", va="center")


def note_of(document: Document) -> str:
    """Which lane is which, and whose lives these are."""
    arm, other = document["arms"]
    return (
        f"Upper lane of each person: '{arm['title']}'; lower lane: '{other['title']}', with the same luck. Who is shown: "
        f"{document['lives']['rule']} These are simulated people, and no run is typical."
    )


def described(document: Document) -> str:
    """The figure in words."""
    said = "; ".join(
        f"{person['title']} ({person['group']}): " + ", ".join(life_words(document, life) for life in person["arms"])
        for person in document["lives"]["people"]
    )
    return f"Two lanes for each person over {document['horizon_years']} years. {said}."


def life_words(document: Document, life: Life) -> str:
    """One lane in words."""
    title = next(arm["title"] for arm in document["arms"] if arm["name"] == life["name"])
    managed = f", managed for {life['managed_years']:.1f} years" if life["managed_years"] else ""
    return f"{counts(life)} and {life['custody_years']:.1f} years in custody under '{title}'{managed}"
