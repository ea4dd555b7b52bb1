"""What every document of a sweep begins with: scheme, arms, how it is priced, and the luck."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from simulator.appraisal.comparison import discount_rate
from simulator.charts.sweeps.noise import half_width_of
from simulator.costing.prices import choices_of
from simulator.report.mark_words import explained
from simulator.report.marks import marks_before
from simulator.report.sweeps.cautions import cautions_of
from simulator.report.text import WIDTH
from simulator.scenario.records import Scenario
from simulator.uncertainty.inputs import Uncertain
from simulator.uncertainty.outcomes import Variant

CRIMES = {"proven": "one crime per proven offence", "multiplied": "crimes multiplied up"}
COST_TABLE, PRICE_BASE = "appraisal.cost_table", "appraisal.price_base"
HORIZON = "appraisal.horizon_years"
HALF_WIDTH = 1.96  # standard errors on either side of a mean of draws, of which there are hundreds


class Subject(NamedTuple):
    """A scheme as a sweep looks at it. ``only``: names or groups that alone were moved; empty for all."""

    fields: Mapping[str, Any]
    comparator: str
    titles: Mapping[str, str]  # of every arm, by name
    units: Mapping[str, str]  # of every uncertain input, by name
    price_bases: Mapping[str, str]  # financial years that each cost table brings with it where a grid varies the table
    effects: Mapping[str, tuple[str, str]]  # design and warning of every known effect, by name
    only: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()  # what to know before quoting a figure
    marks: tuple[Mapping[str, Any], ...] = ()  # of results that rest on unverified or superseded figures

    def title(self, arm: str) -> str:
        """An arm as people call it."""
        return self.titles.get(arm, arm)

    def head(self, kind: str, arm: str | None = None) -> dict[str, Any]:
        """The first fields of a document."""
        named = {"arm": arm, "arm_title": self.title(arm)} if arm else {}
        only = list(dict.fromkeys(self.only))
        cautions, marks = list(self.cautions), [dict(mark) for mark in self.marks]
        return {"kind": kind, **self.fields, **named, "only": only, "warnings": cautions, "marks": marks}

    @property
    def noise_width(self) -> float:
        """Standard errors in a half-width of simulation noise."""
        return half_width_of(int(self.fields["replications"]))


def subject_of(
    variant: Variant, inputs: Mapping[str, Uncertain], replications: int, seed: int, only: Sequence[str] = ()
) -> Subject:
    """The subject of a sweep of one scenario, as it is before anything is moved."""
    scenario, library = variant.scenario, variant.library
    base = scenario.baseline
    choices = choices_of(base, library.crime[base.text("appraisal.cost_table")])
    comparator = base.text("appraisal.comparator")
    fields = {
        "scenario": scenario.name,
        "title": scenario.title,
        "comparator": comparator,
        "comparator_title": scenario.arm(comparator).title,
        "horizon_years": int(base.value("appraisal.horizon_years")),
        "price_base": choices.price_base,
        "discount_rate": discount_rate(scenario, library),
        "cost_table": base.text("appraisal.cost_table"),
        "costing": choices.costing,
        "counting": choices.counting,
        "effect": base.effect.name,
        "replications": replications,
        "seed": seed,
    }
    own = base.levers["appraisal.price_base"]
    bases = {name: str(own or table.price_year) for name, table in library.crime.items()}
    titles = {arm.name: arm.title for arm in scenario.arms}
    effects = {name: (effect.design, effect.warning) for name, effect in library.effects.items()}
    cautions = tuple(cautions_of(scenario, library))
    marks = tuple(marks_before(scenario, library))
    return Subject(fields, comparator, titles, units_of(scenario, inputs), bases, effects, tuple(only), cautions, marks)


def units_of(scenario: Scenario, inputs: Mapping[str, Uncertain]) -> dict[str, str]:
    """Units of the quantities of a scenario and of its uncertain inputs."""
    return {name: each.unit for name, each in scenario.baseline.quantities.items()} | {
        name: each.unit for name, each in inputs.items()
    }


def heading(document: Mapping[str, Any], what: str, luck: str, free: str = "") -> str:
    """What is looked at, how it is priced, and the luck behind it.

    Args:
        free: what may differ from the pricing that is named, such as "Where not varied: ".
    """
    priced = (
        f"{document['discount_rate']:.1%} in {document['price_base']} prices ({document['cost_table']}), "
        f"{document['costing']} costing, {CRIMES.get(document['counting'], document['counting'])}. "
        f"Effect: {document['effect']}."
    )
    return "\n".join(
        [
            *paragraph(f"{document['title']}: {what}{years_words(document)}, against '{document['comparator_title']}'"),
            *paragraph(f"{free or 'Present value at '}{'present value at ' if free else ''}{priced} {luck}"),
            *paragraph(explained(document)),
        ]
    )


def years_words(document: Mapping[str, Any]) -> str:
    """The years appraised, after a comma; nothing where they are what is varied."""
    if HORIZON in [axis["name"] for axis in document.get("axes", [])]:
        return ""
    return f", {counted(document['horizon_years'], 'year')}"


def counted(number: int, what: str) -> str:
    """A number of things, one of them in the singular."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def noise_width(document: Mapping[str, Any]) -> float:
    """Standard errors in a half-width of simulation noise."""
    return half_width_of(document["replications"])


def luck_words(document: Mapping[str, Any], each: str = "") -> str:
    """How many replications under which seed."""
    return f"{counted(document['replications'], 'replication')}{each}, seed {document['seed']}."


def paragraph(sentence: str) -> list[str]:
    """A sentence as lines of the terminal's width."""
    return textwrap.wrap(sentence, WIDTH)


def bullets(sentences: Sequence[str]) -> list[str]:
    """Sentences as a list, wrapped; nothing for none."""
    return [
        line
        for sentence in sentences
        for line in textwrap.wrap(sentence, WIDTH, initial_indent="- ", subsequent_indent="  ")
    ]


def closing(document: Mapping[str, Any]) -> list[str]:
    """Notes of a sweep, and the cautions of a plain comparison that hold for it too."""
    cautions = ["", "Before you quote a figure:", *bullets(document["warnings"])] if document["warnings"] else []
    return [*bullets(document["notes"]), *cautions]
