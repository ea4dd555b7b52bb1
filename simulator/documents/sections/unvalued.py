"""What the model does not value: stated limits, none of them with a number."""

from __future__ import annotations

from typing import NamedTuple

from simulator.documents.contents import Paragraph, Section
from simulator.documents.sections.material import Material, table_of
from simulator.report import verdicts

UNQUANTIFIED = "Unquantified"


class Unvalued(NamedTuple):
    """An effect that has no pound here: why, and which way counting it would move NPSV."""

    effect: str
    why: str
    would: str
    standing: str = UNQUANTIFIED


def unvalued(material: Material) -> Section:
    """The table of effects that are left out."""
    rows = [[each.effect, each.standing, each.why, each.would] for each in effects(material)]
    return Section(
        "unvalued",
        "Effects that are not valued",
        (
            Paragraph(
                "These effects are left out of the NPSV in this document, and none is known to be small. "
                "Say in words what you expect of them; do not add amounts for them to the NPSV."
            ),
            table_of(
                "unvalued-table",
                "Effects that the model leaves out",
                ["Effect", "Standing", "Why it is left out", "Counting it would move NPSV"],
                rows,
                wide=True,
            ),
        ),
    )


def effects(material: Material) -> list[Unvalued]:
    """Those that apply to this comparison."""
    document = material.comparison
    return [
        *of_costing(document["costing"]),
        *of_counting(document["counting"]),
        *of_anticipation(str(chosen(material, "appraisal.anticipation"))),
        Unvalued(
            "Harm without a unit cost",
            f"Only what has a unit cost in `{document['cost_table']}` is counted, at the average for its type of crime.",
            "Up if crime falls, down if it rises",
        ),
        Unvalued(
            "Families, and anybody else outside the pool of offenders",
            "The model has no displacement, no deterrence of others and no benefit or harm to families: no report measures "
            "them.",
            "Not known",
        ),
        Unvalued(
            "Other services for the people managed, such as treatment and housing",
            "No report gives what they use; neither their cost nor their worth is counted.",
            "Not known",
        ),
        Unvalued(
            "What happens after the horizon",
            f"Costs and benefits end after {verdicts.years(document)}.",
            "Up if a change in offending lasts",
        ),
    ]


def chosen(material: Material, name: str) -> object:
    """A choice of the comparison by its name; nothing where it is not among the inputs."""
    return next((row["value"] for row in material.comparison["inputs"] if row["name"] == name), None)


def of_costing(costing: str) -> list[Unvalued]:
    """What the way of paying for police, courts and custody leaves out."""
    if costing == "explicit":
        return [
            Unvalued(
                "Police work on crimes without an arrest",
                "Explicit costing counts arrests, courts, custody and supervision one by one, and nothing before an arrest.",
                "Up if crime falls, down if it rises",
            )
        ]
    return [
        Unvalued(
            "What the scheme itself does to custody and arrests",
            "Inclusive unit costs hold an average of police, court and prison costs for each crime.",
            "Up if custody falls, down if it rises",
        )
    ]


def of_counting(counting: str) -> list[Unvalued]:
    """What the counting unit leaves out."""
    if counting != "proven":
        return []
    return [
        Unvalued(
            "Crimes that are never proven",
            "One crime is counted for each proven offence, as the reports do; the other reading stands under Sensitivity.",
            "Up if crime falls, down if it rises",
            "Only under Sensitivity",
        )
    ]


def of_anticipation(anticipation: str) -> list[Unvalued]:
    """Alarms and insurance, where they are left out."""
    if anticipation != "exclude":
        return []
    return [
        Unvalued(
            "Alarms, locks and insurance",
            "Left out by choice: a small change in crime does not sell fewer alarms.",
            "Up if crime falls, down if it rises",
        )
    ]
