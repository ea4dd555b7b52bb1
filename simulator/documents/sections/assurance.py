"""What an assurer looks for in a report: assumptions with their quality and impact, audit flags, STRESS-DES, model map."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.charts.model_map import TITLE
from simulator.documents.assurance.assumptions import assumptions_log
from simulator.documents.assurance.logs import Log
from simulator.documents.assurance.pack import model_map_table
from simulator.documents.assurance.sources import data_log
from simulator.documents.assurance.stress import stress_table
from simulator.documents.contents import Bullets, Fold, Paragraph, Section, Table
from simulator.documents.sections.material import Material, table_of

ASSUMED = ("Plain English description", "Value", "Range", "Standing", "Quality RAG", "Impact", "What you should do")
FLAGGED = ("Title", "Checks of its own figures", "Figures not to quote as they stand")


def columns_of(log: Log, headings: Sequence[str], caption: str) -> Table:
    """Some columns of a log as a wide table."""
    rows = [[row[heading] for heading in headings] for row in log.rows]
    return table_of(f"{log.name}-table", caption, headings, rows, wide=True)


def assumptions(material: Material) -> Section:
    """The assumptions log, and how its ratings are made."""
    log = assumptions_log(material.answers)
    return Section(
        "assumptions",
        "Assumptions log",
        (
            Paragraph("The whole log, with sources, owners and reviews, is in the assurance pack beside this page."),
            columns_of(log, ASSUMED, "Assumptions with their quality and their impact on NPSV"),
            Fold("How quality and impact are rated", (Bullets(log.about),)),
        ),
    )


def audit_flags(material: Material) -> Section:
    """What does not follow from a report's own figures."""
    log = data_log(material.answers)
    flagged = [row for row in log.rows if row["Figures not to quote as they stand"] not in ("", "none")]
    rows = [[row[heading] for heading in FLAGGED] for row in flagged]
    said = (
        "Every figure that a report computes from its own figures was computed again from those. `python run.py audit` "
        "lists each."
    )
    table = table_of("audit-table", "Reports with figures that do not follow", FLAGGED, rows, wide=True)
    none = Paragraph("No report used here has a figure that does not follow.")
    return Section("audit", "Audit of the reports", (Paragraph(said), table if rows else none))


def stress_des(material: Material) -> Section:
    """The reporting checklist of the field."""
    log = stress_table(material.answers)
    table = columns_of(log, ("Item", "Recommendation", "Description"), "STRESS-DES, all 24 items")
    return Section("stress-des", "STRESS-DES checklist", (Paragraph(log.about[0]), table))


def model_map(material: Material) -> Section:
    """Which state can follow which, drawn from the code's own table."""
    log = model_map_table()
    table = columns_of(log, log.headings, TITLE)
    picture = material.picture("model-map", "States, and what leads from one to the next.", table)
    return Section("model-map", "Model map", (picture, Bullets(log.about)))
