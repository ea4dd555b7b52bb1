"""Where people are over the years, and what single lives look like."""

from __future__ import annotations

from simulator.documents.contents import Paragraph, Section
from simulator.documents.sections.material import Material


def whereabouts(material: Material) -> Section | None:
    """State occupancy and a swim-lane of individual lives."""
    answer = material.answer("whereabouts")
    if answer is None:
        return None
    return Section(
        "whereabouts",
        "Where people are over the years",
        (
            material.figure("occupancy"),
            Paragraph(f"Single lives, the same people with the same luck under both. {answer['lives']['rule']}"),
            material.figure("lives"),
        ),
    )
