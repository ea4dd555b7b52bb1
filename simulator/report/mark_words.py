"""Marks as they are read: signs under the headings of a table, and what they mean above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Document = Mapping[str, Any]
NOTE = "Some shorthand is used below."
CARRIED = {
    "benefits": "benefit_gbp",
    "NPSV": "npsv_gbp",
    "benefit per £1": "benefit_per_pound",
    "programme costs": "programme_cost_gbp",
    "counts": "proven_offences",
}


def signs(document: Document, field: str) -> str:
    """The signs on one measure of an answer, such as [u][old]; nothing where it has none."""
    return "".join(mark["sign"] for mark in document.get("marks", ()) if field in mark["fields"])


def signs_of_arm(arm: Document, field: str) -> str:
    """The signs on one measure of one arm, after a blank; nothing where it has none."""
    return spaced("".join(arm.get("marks", {}).get(field, ())))


def spaced(found: str) -> str:
    """Signs after a blank; nothing for none."""
    return f" {found}" if found else ""


def under(heading: str, document: Document, field: str) -> str:
    """A heading with the signs of its column on a line below it."""
    found = signs(document, field)
    return f"{heading}\n{found}" if found else heading


def marked(headings: Sequence[str], document: Document, measures: Mapping[str, str], other: str = "") -> list[str]:
    """Headings with the signs of their columns below them.

    Args:
        measures: the measure of a column by the words that its heading begins with; the first that fits counts.
        other: the measure of all other columns but the first.
    """
    fields = [next((field for words, field in measures.items() if each.startswith(words)), other) for each in headings]
    return [
        each if number == 0 else under(each, document, field)
        for number, (each, field) in enumerate(zip(headings, fields, strict=True))
    ]


def explained(document: Document) -> str:
    """What the signs mean and what carries them, in a paragraph; nothing where there are none."""
    marks = document.get("marks", ())
    if not marks:
        return ""
    return " ".join([NOTE, *(f"{mark['sign']} = {mark['meaning']}." for mark in marks), carried(document)])


def carried(document: Document) -> str:
    """Which results carry which signs, in a sentence."""
    groups: dict[str, list[str]] = {}
    for words, field in CARRIED.items():
        groups.setdefault(signs(document, field), []).append(words)
    said = "; ".join(f"{', '.join(words)} carry {found}" for found, words in groups.items() if found)
    return f"{said[0].upper()}{said[1:]}." if said else ""


def noted(arm: Document) -> str:
    """The signs of an arm as a note beside its row: each sign with the fields that carry it."""
    found: dict[str, list[str]] = {}
    for field, each in arm.get("marks", {}).items():
        for sign in each:
            found.setdefault(sign, []).append(field)
    return "; ".join(f"{sign} {', '.join(fields)}" for sign, fields in found.items())
