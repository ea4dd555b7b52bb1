"""The method in half a page, with the model's own names for things; the limits; the references in full."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.documents.contents import Bullets, Code, Paragraph, Section
from simulator.documents.sections.inputs import command, source_rows
from simulator.documents.sections.material import Material
from simulator.documents.sections.summary import COSTINGS, COUNTINGS
from simulator.report import verdicts


def method(material: Material) -> Section:
    """What is simulated and how it is priced."""
    document = material.comparison
    fit = document["fit"]
    rates = (
        f"Rates are fitted to the figures of `{fit['report']}` by its own protocol."
        if fit and fit["targets"]
        else "Rates of offending are the scenario's own."
    )
    held = verdicts.held_by_intervals(document)
    return Section(
        "method",
        "Method",
        (
            Paragraph(
                "A discrete-event simulation follows every person of a **pool** of prolific offenders, day by day, through "
                "liberty, arrest, custody and licence. Offending comes in **occasions**, each of which ends in one arrest "
                "and carries one or more **proven offences**; people differ in how often they offend, and pass through "
                "active spells and pauses. The scheme has **places**, paid for by offender managers and their caseload; "
                "whoever holds one is **managed** until **deselected** under one of the codes that the schemes use. A "
                "funding choice changes the scheme only: the people, and their luck, are the same in every choice."
            ),
            Paragraph(
                f"While somebody is managed, and for a while after, the **effect** `{document['effect']}` multiplies "
                f"occasions and chances of custody by ratios that come from published evaluations. {rates} What happened is "
                "then priced: nothing in the prices changes what happens, unless places are bought from a budget. "
                f"{COSTINGS[document['costing']]} {COUNTINGS[document['counting']]} Unit costs of crime are those of "
                f"`{document['cost_table']}`, brought to {document['price_base']} prices by GDP deflator; the programme's "
                "cost is the additional cost, since statutory supervision happens in every choice."
            ),
            Paragraph(
                f"Present value takes {document['discount_rate']:.1%} a year (Green Book), the first year not discounted. "
                f"Every figure is the mean of {verdicts.runs(document)} with common random numbers (seed "
                f"{document['seed']}). The 95% intervals carry {held or 'nothing: no input was drawn'}; draws of everything "
                "uncertain stand under Sensitivity where they were made. The command below gives these figures again to the "
                "last bit."
            ),
            Code(command(document)),
        ),
    )


def limits(material: Material) -> Section:
    """Every caveat of the comparison."""
    return Section("limitations", "Limitations", (Bullets(tuple(material.comparison["warnings"])),))


def references(material: Material) -> Section:
    """The publications that the figures come from, in full, by who published them."""
    rows = sorted(source_rows(material), key=lambda row: (str(row["publisher"]), str(row["key"])))
    said = tuple(reference(row) for row in rows if row["title"])
    return Section(
        "reference-list",
        "References",
        (
            Paragraph("Publications behind the inputs of these results, each with what was seen of it."),
            Section("sources", "Publications", (Bullets(said),)),
        ),
    )


def reference(source: Mapping[str, Any]) -> str:
    """One publication: who, when, what, where, and how well it was seen."""
    date = "date not seen" if source["date"] in ("", "not seen") else source["date"]
    parts = [
        f"{source['publisher']} ({date}). **{source['title']}**.",
        *([f"{source['url']}"] if source["url"] else []),
        *([f"Superseded by `{source['superseded_by']}`."] if source["superseded_by"] else []),
        *([str(source["note"])] if source["note"] else []),
        f"Cited here as `{source['key']}`.",
    ]
    return " ".join(parts)
