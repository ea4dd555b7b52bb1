"""Which arms of a comparison a figure shows, and what agencies and kinds of cost are called in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Pounds = Callable[[float], str]
Document = Mapping[str, Any]

AGENCIES = {"pcc": "Police and crime commissioner", "nhs": "NHS", "other_cjs": "Other criminal justice"}


def compared_arms(document: Document) -> list[dict[str, Any]]:
    """The arms other than the comparator."""
    return [arm for arm in document["arms"] if arm["name"] != document["comparator"]]


def comparator_of(document: Document) -> dict[str, Any]:
    """The arm that the others are compared with."""
    return next(arm for arm in document["arms"] if arm["name"] == document["comparator"])


def headline_arm(document: Document) -> dict[str, Any]:
    """The scheme as run where it is compared, else the first arm that is."""
    arms = compared_arms(document)
    return next((arm for arm in arms if arm["name"] == "as_run"), arms[0])


def agency_name(agency: str) -> str:
    """An agency as people call it."""
    return AGENCIES.get(agency, agency.replace("_", " ").capitalize())


def kind_name(row: Mapping[str, Any]) -> str:
    """A kind of cost, and whether anybody's budget moves with it."""
    return f"{row['kind'].capitalize()}, {'cashable' if row['cashable'] else 'not cashable'}"
