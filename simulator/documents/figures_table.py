"""``figures.csv``: every number printed in the documents, with what it is, how it was computed and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.documents.register import Printed
from simulator.report.text import csv_text

HEADINGS = ("identifier", "value", "printed", "where", "inputs_digest")


def figures_csv(printed: Mapping[str, Printed], answers: Mapping[str, Any], inputs_digest: str) -> str:
    """One row a number, as comma-separated values."""
    rows = [
        [each.name, repr(each.exact), " | ".join(each.printed), " | ".join(each.sections), inputs_digest]
        for each in printed.values()
    ]
    return csv_text(HEADINGS, rows)
