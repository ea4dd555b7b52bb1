"""What other ways of pricing and counting the same runs give, from the alternatives of a comparison."""

from __future__ import annotations

from typing import Any, NamedTuple

from simulator.charts.arms import comparator_of, compared_arms, headline_arm
from simulator.documents.assurance.logs import Document
from simulator.documents.assurance.ratings import Rating, impact_of_swing
from simulator.report.text import pounds


class Reading(NamedTuple):
    """NPSV of the headline arm under one costing and counting unit, and the title of the arm then preferred."""

    costing: str
    counting: str
    npsv: float
    preferred: str


def reading(comparison: Document, costing: str, counting: str) -> Reading | None:
    """One reading; None where the comparison has none of that kind."""
    rows = [row for row in comparison["alternatives"] if (row["costing"], row["counting"]) == (costing, counting)]
    npsv = {row["name"]: row["npsv_gbp"] for row in rows}
    name = headline_arm(comparison)["name"]
    return Reading(costing, counting, npsv[name], preferred(comparison, npsv)) if name in npsv else None


def preferred(comparison: Document, npsv: dict[str, Any]) -> str:
    """Title of the arm with the highest NPSV, the comparator at zero."""
    titles = {arm["name"]: arm["title"] for arm in comparison["arms"]}
    base = comparator_of(comparison)["name"]
    best = max([base, *(arm["name"] for arm in compared_arms(comparison))], key=lambda name: npsv.get(name, 0.0))
    return str(titles[best])


def as_it_is(comparison: Document) -> Reading | None:
    """The headline's own reading."""
    return reading(comparison, comparison["costing"], comparison["counting"])


def beside(comparison: Document, choice: str) -> Reading | None:
    """The reading with the other costing, or the other counting unit."""
    costing, counting = comparison["costing"], comparison["counting"]
    if choice == "costing":
        return reading(comparison, "inclusive" if costing == "explicit" else "explicit", counting)
    return reading(comparison, costing, "multiplied" if counting == "proven" else "proven")


def impact_of_reading(comparison: Document, choice: str, largest: float) -> Rating:
    """What the other costing or counting unit would do to the NPSV of the headline arm and to the preferred arm."""
    here, there = as_it_is(comparison), beside(comparison, choice)
    if here is None or there is None:
        return Rating("Not tested", "the comparison has no other reading")
    flips = here.preferred != there.preferred
    grade = impact_of_swing(abs(here.npsv - there.npsv), largest, flips, False)
    return Rating(grade, what_it_gives(comparison, choice))


def what_it_gives(comparison: Document, choice: str) -> str:
    """NPSV and preferred arm under the choice made and under its alternative, in a sentence without a full stop."""
    here, there = as_it_is(comparison), beside(comparison, choice)
    if here is None or there is None:
        return "The comparison has no other reading"
    arm = headline_arm(comparison)["title"]
    one, other = getattr(here, choice), getattr(there, choice)
    same = " either way" if here.preferred == there.preferred else ""
    chosen = (
        f"preferred{same}: '{here.preferred}'" if same else f"preferred: '{here.preferred}' and '{there.preferred}'"
    )
    return f"NPSV of '{arm}' is {pounds(here.npsv)} with {one} and {pounds(there.npsv)} with {other} {choice}; {chosen}"
