"""How sure: chances and losses over draws, what one input can do, what would change the decision, what to find out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.documents.contents import Block, Bullets, Fold, Paragraph, Section
from simulator.documents.sections.material import Material, table_of
from simulator.report import decision_words
from simulator.report.sweeps import chances_words, tornado

Answer = Mapping[str, Any]


def chances(material: Material) -> Section | None:
    """The chance of paying back and the size of the loss if not."""
    answer = material.answer("chances")
    if answer is None:
        return None
    return Section(
        "chances",
        "How likely it is to pay, and what is lost if it does not",
        (
            Bullets(tuple(chances_words.sentences_of(answer))),
            *drawn(material, curves(answer)),
            Section("worth-finding-out", "What would be worth finding out", worth_blocks(material, answer)),
            Fold("How to read these figures", (Bullets(tuple(answer["notes"])),)),
        ),
    )


def drawn(material: Material, names: tuple[str, ...]) -> tuple[Block, ...]:
    """Figures by name."""
    return tuple(material.figure(name) for name in names)


def curves(answer: Answer) -> tuple[str, ...]:
    """The figures of the draws that have content."""
    return ("psa-npsv", "psa-by-value", *(["psa-by-cost"] if answer["by_cost"]["by_arm"] else []), "psa-plane")


def worth_blocks(material: Material, answer: Answer) -> tuple[Block, ...]:
    """What finding out would be worth, before choosing."""
    found = answer["worths"]
    if not found:
        return (Paragraph("Nothing was drawn that could be found out."),)
    if not found["everything"]["worth_gbp"] > 0.0:
        return (Paragraph("No choice changes in any draw, so finding out is worth nothing for this decision."),)
    studies = ["psa-study"] if sum(1 for each in found["studies"] if each["asked"]) > 1 else []
    return drawn(material, ("psa-worth", *studies))


def one_at_a_time(material: Material) -> Section | None:
    """The tornado on NPSV."""
    answer = material.answer("tornado")
    if answer is None:
        return None
    return Section(
        "tornado",
        "One input at a time",
        (
            Bullets(tuple(tornado.sentences_of(answer))),
            material.figure("tornado"),
            Fold("How to read these figures", (Bullets(tuple(answer["notes"])),)),
        ),
    )


def what_would_change_it(material: Material) -> Section | None:
    """The smallest moves that make another choice preferred."""
    answer = material.answer("decision")
    if answer is None:
        return None
    blocks: list[Block] = [Bullets(tuple(decision_words.sentences_of(answer)))]
    if answer["singles"]:
        blocks.append(
            table_of(
                "switching-table",
                "Where one input alone changes the decision",
                decision_words.SINGLE_HEADINGS,
                [decision_words.single_cells(answer, each) for each in answer["singles"]],
            )
        )
    blocks.append(Fold("How to read these figures", (Paragraph(decision_words.NOTE),)))
    return Section("decision", "What would change the decision", tuple(blocks))
