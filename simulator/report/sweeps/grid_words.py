"""Grids in words: tables by the number of axes, where an arm breaks even, and where another one is preferred."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from simulator.report.sweeps.break_even_words import break_even_words, own
from simulator.report.sweeps.subject import COST_TABLE, closing, heading, luck_words, noise_width, paragraph
from simulator.report.sweeps.verdicts import CANNOT
from simulator.report.sweeps.wording import CHEAPER, NEAR, arms_of, give_or_take, marked, tall_table, value_words
from simulator.report.text import WIDTH, listed, number, pounds

MOST_ROWS = 60


def grid_text(document: Mapping[str, Any]) -> str:
    """A grid for the terminal."""
    axes = document["axes"]
    tables = {1: one_axis, 2: two_axes}.get(len(axes), many_axes)(document)
    varied = listed([axis["label"] for axis in axes])
    what = f"NPSV of '{document['arm_title']}' by {varied}"
    return "\n".join(
        [
            heading(document, what, luck_words(document, " a point"), "Where not varied: "),
            "",
            *[line for each in document["sentences"] for line in paragraph(each)],
            "",
            *tables,
            "",
            *closing(document),
        ]
    )


def sentences_of(document: Mapping[str, Any]) -> list[str]:
    """Where benefits exceed costs, and which arm is preferred where."""
    return [*break_even_words(document), preferred_words(document)]


def preferred_words(document: Mapping[str, Any]) -> str:
    """Which arm has the highest NPSV where."""
    points = document["points"]
    counts = Counter(map(best_of, points))
    if len(counts) == 1:
        return f"Preferred at every point: {quoted(*counts)}."
    if len(document["axes"]) == 1:
        runs = [(title, list(each)) for title, each in groupby(points, key=best_of)]
        return "Preferred: " + "; ".join(f"{quoted(title)} at {stretch(each)}" for title, each in runs) + "."
    parts = [f"{quoted(title)} at {count} of {len(points)} points" for title, count in counts.items()]
    return f"Preferred: {listed(parts)}."


def best_of(point: Mapping[str, Any]) -> str:
    """The title of the arm with the highest NPSV; that it cannot be told where its lead is within noise."""
    return str(point["preferred_title"]) if point["preferred_is_clear"] else CANNOT


def quoted(title: str) -> str:
    """A title in a sentence, or that it cannot be told from noise."""
    return f"{CANNOT} from noise" if title == CANNOT else f"'{title}'"


def stretch(points: Sequence[Mapping[str, Any]]) -> str:
    """Neighbouring values of the only axis."""
    first, last = points[0]["values"][0], points[-1]["values"][0]
    words = value_words(first)
    return words if len(points) == 1 else f"{words} to {value_words(last)}"


def axis_heading(axis: Mapping[str, Any]) -> str:
    """An axis as a heading of rows: its name, and its unit below."""
    return f"{axis['name']}\n{axis['unit']}" if axis["unit"] else str(axis["name"])


def amount(each: Mapping[str, Any]) -> str:
    """NPSV, marked where it is within noise."""
    return marked(each["npsv_gbp"], each["within_noise"])


def one_axis(document: Mapping[str, Any]) -> list[str]:
    """A row for each value; and every arm by value below, where there are several."""
    axis, points = document["axes"][0], document["points"]
    rows = [
        [
            value_words(point["values"][0]),
            *arm_cells(own(point, document["arm"]), noise_width(document)),
            best_of(point),
        ]
        for point in points
    ]
    headings = (
        axis_heading(axis),
        "NPSV",
        "Noise ±",
        "Programme\ncost",
        "Benefit",
        "Reoffences\nprevented",
        "Preferred",
    )
    parts = [tall_table(headings, rows)]
    if len(arms_of(document)) > 1:
        parts += ["", "NPSV of every funding choice:", *every_arm(document)]
    return parts


def arm_cells(each: Mapping[str, Any], width: float) -> list[str]:
    """What one arm comes to at a point."""
    return [
        amount(each),
        give_or_take(each["standard_error_gbp"], width),
        pounds(each["programme_cost_gbp"]),
        pounds(each["benefit_gbp"]),
        number(each["reoffences_prevented"]),
    ]


def every_arm(document: Mapping[str, Any]) -> list[str]:
    """NPSV by arm and value, as many values side by side as the width holds."""
    arms, axis = arms_of(document), document["axes"][0]
    columns = [[amount(own(point, arm["name"])) for arm in arms] for point in document["points"]]
    heads = [value_words(value) for value in axis["values"]]
    return pivot("Funding choice", [arm["title"] for arm in arms], heads, columns)


def pivot(corner: str, names: Sequence[str], heads: Sequence[str], columns: Sequence[Sequence[str]]) -> list[str]:
    """A table of rows by columns, cut into blocks that fit the width."""
    first = max(len(each) for each in [*corner.split("\n"), *names])
    widths = [max(len(head), *(len(cell) for cell in column)) + 2 for head, column in zip(heads, columns, strict=True)]
    blocks: list[list[int]] = [[]]
    for place, width in enumerate(widths):
        if blocks[-1] and first + sum(widths[each] for each in blocks[-1]) + width > WIDTH:
            blocks.append([])
        blocks[-1].append(place)
    made = [
        tall_table(
            [corner, *(heads[place] for place in block)],
            [[name, *(columns[place][row] for place in block)] for row, name in enumerate(names)],
        )
        for block in blocks
    ]
    return [line for number_, block in enumerate(made) for line in ([""] if number_ else []) + [block]]


def two_axes(document: Mapping[str, Any]) -> list[str]:
    """NPSV of one arm, rows by the first axis, columns by the second; and the preferred arms where they differ."""
    parts = paragraph(
        f"NPSV of '{document['arm_title']}'{largest_noise(document)}, columns by {columns_by(document['axes'][1])}:"
    )
    parts += by_two_axes(document, lambda point: amount(own(point, document["arm"])))
    titles = [title for title in dict.fromkeys(map(best_of, document["points"])) if title != CANNOT]
    if len(set(map(best_of, document["points"]))) > 1:
        letters = {title: chr(ord("A") + place) for place, title in enumerate(titles)} | {CANNOT: NEAR}
        used = set(map(best_of, document["points"]))
        key = ", ".join(f"{letter} {title}" for title, letter in letters.items() if title in used)
        parts += ["", f"Preferred: {key}", *by_two_axes(document, lambda point: letters[best_of(point)])]
    return parts


def largest_noise(document: Mapping[str, Any]) -> str:
    """The largest half-width of simulation noise of the arm that is shown; nothing where none is known."""
    errors = [own(point, document["arm"])["standard_error_gbp"] for point in document["points"]]
    known = [error for error in errors if error is not None]
    return f" (noise ± {give_or_take(max(known), noise_width(document))} at most)" if known else ""


def columns_by(axis: Mapping[str, Any]) -> str:
    """An axis named above columns."""
    return f"{axis['name']} ({axis['unit']})" if axis["unit"] else str(axis["name"])


def by_two_axes(document: Mapping[str, Any], cell: Callable[[Mapping[str, Any]], str]) -> list[str]:
    """A pivot over two axes of whatever a cell says of a point."""
    rows, columns = document["axes"]
    width = len(columns["values"])
    points = document["points"]
    cells = [[cell(points[row * width + place]) for row in range(len(rows["values"]))] for place in range(width)]
    names, heads = ([value_words(value) for value in axis["values"]] for axis in (rows, columns))
    return pivot(axis_heading(rows), names, heads, cells)


def many_axes(document: Mapping[str, Any]) -> list[str]:
    """A row for each point."""
    points = document["points"]
    rows = [
        [
            *(value_words(value) for value in point["values"]),
            amount(own(point, document["arm"])),
            give_or_take(own(point, document["arm"])["standard_error_gbp"], noise_width(document)),
            best_of(point),
        ]
        for point in points[:MOST_ROWS]
    ]
    headings = [*(axis["name"].replace(".", ".\n", 1) for axis in document["axes"]), "NPSV", "Noise ±", "Preferred"]
    left = len(points) - MOST_ROWS
    more = [f"And {left:,} more points: all are in --format json or csv."] if left > 0 else []
    return [tall_table(headings, rows), *more]


def notes_of(document: Mapping[str, Any]) -> list[str]:
    """What a reader must know before quoting a point."""
    notes = [
        "All points have the same luck. ±: simulation noise at one point, 95%. "
        f"{NEAR}: closer to zero than that, so its sign cannot be told; more replications narrow it.",
    ]
    if document["replications"] == 1:
        notes.append(
            "One replication does not tell its own noise: signs and who is preferred may be luck. Take two or more."
        )
    if not all(point["preferred_is_clear"] for point in document["points"]):
        notes.append(
            f"Preferred '{CANNOT}': the best funding choice leads the next by less than the noise of its own NPSV."
        )
    if document["break_evens"]:
        notes.append("Break-even lies on a straight line between neighbouring values; shorter steps pin it down.")
    if any(each["programme_cost_gbp"] < 0.0 for point in document["points"] for each in point["by_arm"]):
        notes.append(CHEAPER)
    if COST_TABLE in [axis["name"] for axis in document["axes"]]:
        bases = {point["price_base"] for point in document["points"]}
        if len(bases) > 1:
            notes.append(
                f"Each cost table counts in the prices of its own year ({listed(sorted(bases))}); --price-base makes "
                "amounts comparable."
            )
    return notes
