"""Where the uncertainty comes from: Sobol indices as a document and in words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from simulator.report.sweeps.plain_names import label_of
from simulator.report.sweeps.subject import Subject, closing, heading, luck_words, paragraph
from simulator.report.sweeps.wording import percent, tall_table
from simulator.report.text import listed
from simulator.uncertainty.indices import Index
from simulator.uncertainty.variance import LUCK, REST

HEADINGS = ("Input", "By itself\n[95% bounds]", "With all it does\ntogether [95% bounds]", "Together\nonly")
LARGE, SMALL = 0.1, 0.05  # shares of the variance
ENOUGH = 64  # base points, below which bounds are too wide to tell shares apart


def variance_document(subject: Subject, arm: str, indices: Sequence[Index], base_points: int) -> dict[str, Any]:
    """Shares of the variance of one arm's NPSV, the largest total first, all other inputs and luck last."""
    rows = [row_of(each) for each in indices]
    rows.sort(key=lambda row: (row["is_luck"], row["is_rest"], -float(row["total"])))
    document = {
        **subject.head("sobol", arm),
        "base_points": base_points,
        "runs": base_points * (len(indices) + 2),
        "indices": rows,
    }
    return {**document, "sentences": sentences_of(document), "notes": notes_of(document)}


def row_of(each: Index) -> dict[str, Any]:
    """One line; shares of the variance, from 0 to 1 but for the error of the estimate."""
    return {
        "name": each.name,
        "label": each.name if each.name in (LUCK, REST) else label_of(each.name),
        "is_luck": each.name == LUCK,
        "is_rest": each.name == REST,
        "first": each.first,
        "first_interval": [each.first_low, each.first_high],
        "total": each.total,
        "total_interval": [each.total_low, each.total_high],
    }


def share(value: float) -> str:
    """A share of the variance between nothing and all, which estimates may go beyond by chance."""
    return percent(min(max(value, 0.0), 1.0))


def with_bounds(value: float, interval: Sequence[float]) -> str:
    """A share and its bounds."""
    return f"{share(value)} [{share(interval[0])} to {share(interval[1])}]"


def variance_text(document: Mapping[str, Any]) -> str:
    """Indices for the terminal."""
    what = f"where the uncertainty of the NPSV of '{document['arm_title']}' comes from"
    rows = document["indices"]
    luck = luck_words(document, " a run") + f" {document['runs']:,} runs from {document['base_points']:,} base points."
    return "\n".join(
        [
            heading(document, what, luck),
            "",
            *[line for each in document["sentences"] for line in paragraph(each)],
            "",
            tall_table(HEADINGS, [cells_of(row) for row in rows], [under(row) for row in rows]),
            "",
            *closing(document),
        ]
    )


def cells_of(row: Mapping[str, Any]) -> list[str]:
    """One line of the table."""
    return [
        row["name"],
        with_bounds(row["first"], row["first_interval"]),
        with_bounds(row["total"], row["total_interval"]),
        share(together(row)),
    ]


def under(row: Mapping[str, Any]) -> str:
    """The line in plain words, where its name is none."""
    return "" if row["label"] == row["name"] else str(row["label"])


def together(row: Mapping[str, Any]) -> float:
    """The share that a line has only in company."""
    return float(row["total"] - max(row["first"], 0.0))


def sentences_of(document: Mapping[str, Any]) -> list[str]:
    """What matters most, what acts in company, and what luck has."""
    inputs = [row for row in document["indices"] if not row["is_luck"]]
    if document["base_points"] < ENOUGH:
        few = f"There are too few base points ({document['base_points']}) to tell which share is whose"
        said = f"{few}: take {ENOUGH} or more."
        return [said, *luck_sentence(document)]
    return [*too_much(document), leading(inputs), *in_company(inputs), *idle(inputs), *luck_sentence(document)]


def too_much(document: Mapping[str, Any]) -> list[str]:
    """That the shares by themselves add up to more than all, where they do."""
    total = math.fsum(row["first"] for row in document["indices"])
    if total <= 1.0:
        return []
    return [
        f"By themselves the shares add up to {max(total, 1.01):.0%}, more than there is to share out: there are too few "
        "base points to tell them well."
    ]


def leading(inputs: Sequence[Mapping[str, Any]]) -> str:
    """The inputs by which most of the uncertainty would go away if they were known."""
    large = named_first(inputs)
    if not large:
        return "No single input has a share of the uncertainty (the variance of NPSV) that can be told from nothing."
    said = listed([f"{row['label']} {share(row['first'])}" for row in large])
    return f"Share of the uncertainty (the variance of NPSV) that would go away if it were known: {said}."


def named_first(inputs: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The inputs with large shares by themselves, or else the largest; only those whose bounds stay above nothing."""
    told = sorted((row for row in inputs if row["first_interval"][0] > 0.0), key=lambda row: -float(row["first"]))
    return [row for row in told if row["first"] >= LARGE] or told[:1]


def in_company(inputs: Sequence[Mapping[str, Any]]) -> list[str]:
    """The inputs that do much only together with others: those whose difference is beyond the error of the estimate."""
    found = [row for row in inputs if together(row) >= SMALL and row["total"] > row["first_interval"][1]]
    if not found:
        return ["What inputs do only together (total less by itself) is small, or cannot be told from nothing."]
    said = listed([f"{row['label']} {share(together(row))}" for row in found])
    return [f"Only together with others (total less by itself), because how much one matters hangs on another: {said}."]


def idle(inputs: Sequence[Mapping[str, Any]]) -> list[str]:
    """The inputs that hardly matter whatever the others are."""
    others = [row["name"] for row in named_first(inputs)]
    found = [row["label"] for row in inputs if row["total_interval"][1] < SMALL and row["name"] not in others]
    return [f"Hardly any, even together (total below {percent(SMALL)}): {listed(found)}."] if found else []


def luck_sentence(document: Mapping[str, Any]) -> list[str]:
    """What luck has, and what shrinks it."""
    found = [row for row in document["indices"] if row["is_luck"]]
    return [
        f"Luck, the noise of the simulation, has {with_bounds(row['total'], row['total_interval'])} in a line of its own; "
        "no other holds it. More replications shrink that line, not the others."
        for row in found
    ]


def notes_of(document: Mapping[str, Any]) -> list[str]:
    """What a reader must know before quoting a share."""
    notes = [
        "By itself (first-order index): the share of the variance that goes away on average once this input is known. With "
        "all it does together (total index): the share that stays while this one alone is unknown. What is done together "
        "counts in the total of each that takes part, so totals may add up to more than 100%.",
        "Bounds: 95%, of the base points, which more of them narrow; estimates below 0% or above 100% are shown as those.",
        "A large share says where the spread comes from, not that finding out is worth its price: `--psa` shows that.",
    ]
    if any(row["is_rest"] for row in document["indices"]):
        notes.append(f"'{REST.capitalize()}' are drawn as one.")
    return notes
