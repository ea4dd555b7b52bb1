"""The folder of documents of one scenario: every file of it, from the answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simulator.charts.figures import charts_of
from simulator.documents.bundle import bundle_of
from simulator.documents.figures_table import figures_csv
from simulator.documents.page import page_of
from simulator.documents.register import printed_in
from simulator.documents.report import report_of
from simulator.report.text import pounds
from simulator.scenario.records import Scenario


def write_documents(folder: Path, scenario: Scenario, answers: Mapping[str, Any], question: Mapping[str, Any]) -> None:
    """Write every document to a folder, which is made.

    Args:
        question: what was asked for, carried along in the page so that any figure can be made again.
    """
    folder.mkdir(exist_ok=True)
    bundle = bundle_of(scenario, question)
    charts = charts_of(answers["comparison"], pounds)
    report = report_of(answers, charts, bundle["digest"])
    write(folder / "report.html", page_of(report, bundle))
    write(folder / "figures.csv", figures_csv(printed_in(report), answers, bundle["digest"]))
    for name, answer in answers.items():
        place = folder / "answers" / f"{name}.json"
        place.parent.mkdir(exist_ok=True)
        write(place, json.dumps(answer, indent=2, ensure_ascii=False) + "\n")


def write(path: Path, text: str) -> None:
    """A text file with the same bytes on every system."""
    path.write_text(text, "utf-8", newline="\n")
