"""Visible marks of results that rest on figures nobody has seen in their source, or on sources since superseded.

The layout is that of the Government Analysis Function's guidance on symbols and shorthand in tables: letters in square
brackets, each mark in its own, in headings or in a column of notes and never beside a number in a spreadsheet's cell,
and explained above the table. Its list has [u] for low reliability, which a figure remembered and not seen is. For a
superseded source it has nothing, and its [s] means significant at 5%; so we choose a word of our own, as it allows: [old].
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from simulator.appraisal.library import Library
from simulator.costing.prices import choices_of
from simulator.report.behind.figure import Mark
from simulator.report.behind.marks import SUPERSEDED, UNVERIFIED, Marker
from simulator.report.behind.others import DIFFERENCE_SIDES
from simulator.report.behind.people import Names
from simulator.report.behind.rests import Rests
from simulator.report.behind.sides import benefit, everything, programme
from simulator.report.cautions import of_no_arms
from simulator.report.inputs import inputs_of
from simulator.scenario.records import Scenario

Document = Mapping[str, Any]
Measures = Mapping[str, Callable[[str, Rests], Names]]
# What a mark is put on, and what that rests on: fields of an arm, and the same in other answers.
MEASURES: Measures = {
    "programme_cost_gbp": lambda arm, rests: rests.money(arm, programme),
    "benefit_gbp": lambda arm, rests: rests.money(arm, benefit),
    "npsv_gbp": lambda arm, rests: rests.money(arm, everything),
    "benefit_per_pound": lambda arm, rests: rests.money(arm, everything),
    "crimes": lambda arm, rests: rests.crimes(arm, rests.comparator),
    "proven_offences": lambda arm, rests: rests.offences(arm, rests.comparator),
    "arrests": lambda arm, rests: rests.happenings(arm, rests.comparator),
    "custody_days": lambda arm, rests: rests.happenings(arm, rests.comparator),
    "people_reoffending": lambda arm, rests: rests.happenings(arm, rests.comparator),
    "managed_person_years": lambda arm, rests: rests.happenings(arm, rests.comparator),
}
# The same of the columns of `difference`, which has a name of its own for each part of the benefit.
PARTS: Measures = {
    name: functools.partial(lambda keep, arm, rests: rests.money(arm, keep), keep)
    for name, keep in DIFFERENCE_SIDES.items()
}
MEANINGS = {
    UNVERIFIED: "low reliability: rests on figures remembered, not seen in a source",
    SUPERSEDED: "rests on figures of a source that a later one has superseded",
}


def marks_of(rests: Rests, marker: Marker, arms: Iterable[str], measures: Measures) -> list[dict[str, Any]]:
    """Every mark that some measure of some arm carries: what it means, what it comes through, which fields carry it."""
    found: dict[str, dict[str, Any]] = {}
    for arm in (name for name in arms if name != rests.comparator):
        for field, rests_on in measures.items():
            for mark in marks_on(rests_on(arm, rests), rests, marker):
                row = found.setdefault(mark.sign, {"through": {}, "fields": {}})
                row["through"] |= dict.fromkeys(mark.through)
                row["fields"][field] = None
    return [
        {
            "sign": sign,
            "name": marker.name_of(sign),
            "meaning": f"{MEANINGS[sign]}: {marker.cause(sign, list(row['through']))}",
            "through": list(row["through"]),
            "fields": list(row["fields"]),
        }
        for sign, row in found.items()
    ]


def arm_marks(arm: str, rests: Rests, marker: Marker) -> dict[str, list[str]]:
    """The signs of each measure of one arm; against itself the comparator rests on nothing."""
    if arm == rests.comparator:
        return {field: [] for field in MEASURES}
    return {
        field: [mark.sign for mark in marks_on(rests_on(arm, rests), rests, marker)]
        for field, rests_on in MEASURES.items()
    }


def marks_on(names: Names, rests: Rests, marker: Marker) -> tuple[Mark, ...]:
    """The marks of what rests on some inputs."""
    return marker.marks(name for name in rests.rows if name in names)


def with_marks(document: dict[str, Any]) -> dict[str, Any]:
    """A comparison with its marks: of the whole, and of each arm."""
    rests, marker = Rests(document), Marker.of(document)
    arms = [{**arm, "marks": arm_marks(arm["name"], rests, marker)} for arm in document["arms"]]
    marks = marks_of(rests, marker, [arm["name"] for arm in arms], MEASURES)
    return {**document, "arms": arms, "marks": marks}


def marks_before(scenario: Scenario, library: Library) -> list[dict[str, Any]]:
    """The marks of a scenario's results, all arms together, before anything is run: for sweeps and their like.

    They move inputs to the ends of their ranges, where offence types occur that else do not.
    """
    document = document_before(scenario, library)
    rests = Rests(document, drawn=True)
    return marks_of(rests, Marker.of(document), [arm.name for arm in scenario.arms], {**MEASURES, **PARTS})


def document_before(scenario: Scenario, library: Library) -> dict[str, Any]:
    """As much of a comparison as is known before it is run: how it prices, and its inputs and sources."""
    base = scenario.baseline
    choices = choices_of(base, library.crime[base.text("appraisal.cost_table")])
    inputs = inputs_of(of_no_arms(scenario, library))
    used = {row["source"] for row in inputs}
    return {
        "comparator": base.text("appraisal.comparator"),
        "cost_table": base.text("appraisal.cost_table"),
        "costing": choices.costing,
        "counting": choices.counting,
        "prison_cost": choices.prison_cost,
        "price_base": choices.price_base,
        "inputs": inputs,
        "sources": [
            {"name": name, "superseded_by": source.superseded_by}
            for name, source in library.sources.items()
            if name in used or name == base.text("appraisal.cost_table")
        ],
    }
