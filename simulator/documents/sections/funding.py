"""What each further place brings, and where the next pound stops paying for itself."""

from __future__ import annotations

from typing import Any

from simulator.documents.contents import Bullets, Fold, Paragraph, Section
from simulator.documents.picture_words import message_of
from simulator.documents.sections.material import Material
from simulator.report import funding_words


def funding_curve(material: Material) -> Section | None:
    """The curve of places."""
    answer = material.answer("funding")
    if answer is None:
        return None
    return Section(
        "funding",
        "The funding curve: what each further place brings",
        (
            Bullets(tuple(unsaid(material, answer))),
            material.figure("funding-npsv"),
            material.figure("funding-next-pound"),
            Fold("How to read these figures", (Paragraph(funding_words.note(answer)),)),
        ),
    )


def unsaid(material: Material, answer: dict[str, Any]) -> list[str]:
    """The sentences that are not the message of a figure already."""
    messages = " ".join(message_of(name, material.answers) for name in ("funding-npsv", "funding-next-pound"))
    return [sentence for sentence in funding_words.said_of(answer) if sentence not in messages]
