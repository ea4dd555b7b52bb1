"""Where an arm breaks even on a grid, in sentences."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

from simulator.report.sweeps.subject import noise_width
from simulator.report.sweeps.verdicts import COSTS_MORE, NEITHER, PAYS, UNTOLD
from simulator.report.sweeps.wording import arms_of, value_words
from simulator.report.text import listed

MOST_CONTOUR = 9
SIDES = {
    PAYS: "Benefits exceed costs",
    COSTS_MORE: "Costs exceed benefits",
    UNTOLD: "Which is more, benefits or costs, cannot be told from noise",
    NEITHER: "There is neither cost nor benefit",
}


def own(point: Mapping[str, Any], arm: str) -> Mapping[str, Any]:
    """One arm at a point."""
    found: Mapping[str, Any] = next(each for each in point["by_arm"] if each["name"] == arm)
    return found


def break_even_words(document: Mapping[str, Any]) -> list[str]:
    """Where arms break even, in sentences; or that they do not."""
    if len(document["axes"]) == 1:
        return one_axis_words(document)
    if len(document["axes"]) == 2 and document["break_evens"]:
        return contour_words(document)
    return [no_crossing(document, document["arm"], document["arm_title"])]


def one_axis_words(document: Mapping[str, Any]) -> list[str]:
    """Where the chosen arm breaks even along the only axis, and where the others do."""
    others = [arm for arm in arms_of(document) if arm["name"] != document["arm"]]
    crossing = [arm for arm in others if crossings_of(document, arm["name"])]
    never = [arm for arm in others if arm not in crossing]
    width = noise_width(document)
    said = [
        f"{arm['title']} {listed([place(each, width) for each in crossings_of(document, arm['name'])])}"
        for arm in crossing
    ]
    sides = {side: [arm["title"] for arm in never if pays_everywhere(document, arm["name"]) == side] for side in SIDES}
    return [
        own_crossings(document),
        *([f"The other funding choices break even at: {'; '.join(said)}."] if said else []),
        *(f"{SIDES[side]} at every point: {', '.join(titles)}." for side, titles in sides.items() if titles),
    ]


def crossings_of(document: Mapping[str, Any], arm: str) -> list[Mapping[str, Any]]:
    """Break-evens of one arm."""
    return [each for each in document["break_evens"] if each["arm"] == arm]


def own_crossings(document: Mapping[str, Any]) -> str:
    """Where the chosen arm breaks even along the only axis."""
    found = crossings_of(document, document["arm"])
    if not found:
        return no_crossing(document, document["arm"], document["arm_title"])
    said = "; and at ".join(crossing_words(each, noise_width(document)) for each in found)
    return f"'{document['arm_title']}' breaks even at {said} ({document['axes'][0]['label']})."


def place(each: Mapping[str, Any], width: float) -> str:
    """The value of a crossing and how far luck may move it, with no more decimals than that allows."""
    error = each["standard_error"]
    if not error:
        return value_words(each["value"])
    reach = width * error
    decimals = max(0, -math.floor(math.log10(float(f"{reach:.1g}"))))
    return f"{each['value']:,.{decimals}f} ± {reach:,.{decimals}f}".replace("-", "−")


def crossing_words(each: Mapping[str, Any], width: float) -> str:
    """One crossing: about where, how far luck may move it, and on which side benefits exceed costs."""
    low, high = (value_words(end) for end in each["between"])
    doubt = "" if each["is_clear"] else "; NPSV at a neighbouring value is within noise of zero"
    return f"about {place(each, width)}, between {low} and {high}, and benefits exceed costs {each['pays']} it{doubt}"


def pays_everywhere(document: Mapping[str, Any], arm: str) -> str | None:
    """The verdict on an arm that is the same at every point; None where it is not."""
    found = {own(point, arm)["verdict"] for point in document["points"]}
    return found.pop() if len(found) == 1 else None


def no_crossing(document: Mapping[str, Any], arm: str, title: str) -> str:
    """That an arm pays everywhere, nowhere, in a part of the points that no line divides, or where noise hides it."""
    everywhere = pays_everywhere(document, arm)
    if everywhere is not None:
        so = ", so it breaks even nowhere on the grid" if everywhere in (PAYS, COSTS_MORE) else ""
        return f"'{title}': {lowered(SIDES[everywhere])} at every point{so}."
    counts = Counter(own(point, arm)["verdict"] for point in document["points"])
    said = [
        f"{lowered(words)} at {counts[side]} of {len(document['points'])} points"
        for side, words in SIDES.items()
        if counts[side]
    ]
    return f"'{title}': {'; '.join(said)}."


def lowered(words: str) -> str:
    """Words within a sentence."""
    return words[0].lower() + words[1:]


def contour_words(document: Mapping[str, Any]) -> list[str]:
    """Where the line of break-even runs over two axes: one axis's value at each value of the other."""
    found = document["break_evens"]
    axis = next(each for each in document["axes"] if each["name"] == found[0]["axis"])
    other = next(each for each in document["axes"] if each["name"] != found[0]["axis"])
    width = noise_width(document)
    at = {value: [place(each, width) for each in found if each["at"][0]["value"] == value] for value in other["values"]}
    shown = thinned([value for value in other["values"] if at[value]])
    parts = [f"{listed(at[value])} at {value_words(value)}" for value in shown]
    without = [value_words(value) for value in other["values"] if not at[value]]
    none = f" No break-even at {listed(without)}." if without else ""
    sides = {each["pays"] for each in found}
    side = f" Benefits exceed costs {sides.pop()} the line." if len(sides) == 1 else ""
    return [
        f"'{document['arm_title']}' breaks even along this line: {axis['label']} of {'; '.join(parts)} "
        f"({other['label']}).{side}{none}"
    ]


def thinned(values: list[Any]) -> list[Any]:
    """At most a handful of values, evenly chosen, both ends among them."""
    if len(values) <= MOST_CONTOUR:
        return values
    steps = [round(place * (len(values) - 1) / (MOST_CONTOUR - 1)) for place in range(MOST_CONTOUR)]
    return [values[step] for step in steps]
