"""Quality and impact of an assumption, each by a stated rule; nobody's opinion, and open to anybody's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from simulator.documents.assurance.logs import Answers, Document
from simulator.report.text import pounds

GRADES = ("Green", "Amber", "Red")  # worst last
BY_STANDING = {"read": "Green", "derived": "Green", "transcribed": "Amber", "assumed": "Amber", "unverified": "Red"}
IMPACTS = ("Not tested", "Low", "Medium", "High")  # highest last
HIGH_SHARE, MEDIUM_SHARE = 0.25, 0.05  # of the largest swing
SAME = (
    "scenario",
    "comparator",
    "horizon_years",
    "price_base",
    "discount_rate",
    "cost_table",
    "costing",
    "counting",
    "effect",
)

QUALITY_RULE = (
    "Quality RAG, by rule: Green where the value was read in its source or derived from values that were; Amber "
    "where it was seen in a copy only (transcribed) or assumed with a range; Red where it is remembered and not seen "
    "(unverified). One grade worse where its range is wider than the value itself, or where it is assumed without a "
    "range. At best Amber where its source is superseded. A row of several values has the grade of the worst of them."
)
IMPACT_RULE = (
    "Impact, by rule, on the NPSV of the funding choice that the tornado speaks of, one input moved at a time from "
    "one end of its range to the other. The yardstick is the largest swing. High: another funding choice is "
    f"preferred at an end, or the swing is at least {HIGH_SHARE:.0%} of the largest; Medium: at least "
    f"{MEDIUM_SHARE:.0%}; Low: less, or within simulation noise. Not tested: the tornado does not hold it. Inputs "
    "that move together can matter more than each alone."
)


class Rating(NamedTuple):
    """A grade and why."""

    grade: str
    why: str


def worse(grade: str, steps: int = 1) -> str:
    """A grade so many steps worse, at worst Red."""
    return GRADES[min(GRADES.index(grade) + steps, len(GRADES) - 1)]


def is_wide(row: Mapping[str, Any]) -> bool:
    """Whether a range is wider than the value itself."""
    if row["low"] is None or row["high"] is None:
        return False
    return bool(row["high"] - row["low"] > abs(row["value"]))


def quality_of(row: Mapping[str, Any], superseded: Mapping[str, str]) -> Rating:
    """The quality of one value.

    Args:
        superseded: what replaces each superseded source, by key.
    """
    grade, why = BY_STANDING[row["standing"]], [row["standing"]]
    if row["standing"] != "unverified" and "not seen" in row["where"]:
        grade, why = "Red", [*why, "from a figure not seen in a source"]
    if row["standing"] == "assumed" and row["low"] is None:
        grade, why = worse(grade), [*why, "no range"]
    if is_wide(row):
        grade, why = worse(grade), [*why, "range wider than the value"]
    newer = superseded.get(row["source"]) or superseded.get(row["name"].partition(".")[0])
    if newer:
        grade, why = max(grade, "Amber", key=GRADES.index), [*why, f"source superseded by {newer}"]
    return Rating(grade, "; ".join(why))


def worst(ratings: Iterable[Rating]) -> Rating:
    """The worst of several, the first where several are as bad."""
    return max(ratings, key=lambda each: GRADES.index(each.grade))


def superseded_sources(comparison: Document) -> dict[str, str]:
    """What replaces each superseded source, by key."""
    return {each["name"]: each["superseded_by"] for each in comparison["sources"] if each["superseded_by"]}


def tornado_of(answers: Answers) -> Document | None:
    """The tornado, where there is one and it is about the same scenario, prices and evidence as the comparison."""
    tornado, comparison = answers.get("tornado"), answers["comparison"]
    if not tornado or any(tornado[name] != comparison[name] for name in SAME):
        return None
    return dict(tornado)


def bars_of(answers: Answers) -> dict[str, Mapping[str, Any]]:
    """The tornado's bars by name of input; none where there is no fitting tornado."""
    tornado = tornado_of(answers)
    return {bar["name"]: bar for bar in tornado["bars"]} if tornado else {}


def largest_swing(bars: Mapping[str, Mapping[str, Any]]) -> float:
    """The yardstick."""
    return max((abs(bar["swing_gbp"]) for bar in bars.values()), default=0.0)


def impact_of_swing(swing: float, largest: float, flips: bool, is_noise: bool) -> str:
    """High, Medium or Low."""
    if is_noise:
        return "Low"
    if flips or (largest > 0.0 and swing >= HIGH_SHARE * largest):
        return "High"
    return "Medium" if largest > 0.0 and swing >= MEDIUM_SHARE * largest else "Low"


def impact_of_bar(bar: Mapping[str, Any], largest: float) -> Rating:
    """The impact of one input."""
    grade = impact_of_swing(bar["swing_gbp"], largest, bar["flips"], bar["within_noise"])
    why = [f"NPSV {pounds(bar['npsv_at_low_gbp'])} at its low, {pounds(bar['npsv_at_high_gbp'])} at its high"]
    if bar["within_noise"]:
        why.append("within simulation noise")
    elif bar["flips"]:
        why.append("another funding choice is preferred at an end")
    return Rating(grade, "; ".join(why))


def untested(names: Sequence[str], bars: Mapping[str, Mapping[str, Any]]) -> str:
    """Why nothing can be said of the impact of inputs that no bar moves."""
    if not names:
        return "no single value stands for it"
    return "the tornado does not move it" if bars else "no tornado of this scenario is among the answers"


def impact_of(names: Sequence[str], bars: Mapping[str, Mapping[str, Any]]) -> Rating:
    """The highest impact among inputs; not tested where the tornado holds none of them."""
    largest = largest_swing(bars)
    held = [bars[name] for name in names if name in bars]
    if not held:
        return Rating("Not tested", untested(names, bars))
    found = [(bar["swing_gbp"], impact_of_bar(bar, largest), bar) for bar in held]
    _, rating, bar = max(found, key=lambda each: (IMPACTS.index(each[1].grade), each[0]))
    return rating if len(held) == 1 else Rating(rating.grade, f"largest of {len(held)}, {bar['label']}: {rating.why}")
