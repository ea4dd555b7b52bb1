"""From the rows of a sweep to its answer: a document, its words, its charts, all kept beside the rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from simulator.cli.options import Format
from simulator.cli.sweeping import Ready
from simulator.report.sweeps.chances import chances_document
from simulator.report.sweeps.grid import grid_document
from simulator.report.sweeps.kinds import drawn_in, rows_of, text_of
from simulator.report.sweeps.structures import structures_document
from simulator.report.sweeps.subject import Subject, subject_of
from simulator.report.sweeps.tornado import tornado_document
from simulator.report.sweeps.variance import variance_document
from simulator.report.text import rendered
from simulator.uncertainty.factors import factors_of
from simulator.uncertainty.grids import axes_of
from simulator.uncertainty.jobs import in_memory
from simulator.uncertainty.kept import Kept
from simulator.uncertainty.outcomes import Trial
from simulator.uncertainty.points import CENTRAL
from simulator.uncertainty.probabilistic import chances_of, draws_of
from simulator.uncertainty.structures import structures_of
from simulator.uncertainty.tornado import tornado_of
from simulator.uncertainty.variance import names_of, sobol_of, with_rest
from simulator.uncertainty.worths import worths_of

CENTRAL_REPLICATIONS = 200
CHARTS = "charts"


def answer_of(ready: Ready, kept: Kept) -> dict[str, Any]:
    """What the rows say, as a document."""
    work, asked = ready.prepared.trials, ready.asked
    subject = subject_of(ready.base, work.inputs, work.replications, work.seed, asked.only)
    if asked.kind == "tornado":
        return tornado_document(subject, tornado_of(kept.rows, work.inputs, ready.arm, ready.comparator))
    if asked.kind == "grid":
        return grid_document(subject, kept.rows, axes_of(asked.vary), ready.arm)
    if asked.kind == "structure":
        return structures_document(subject, structures_of(kept.rows, ready.comparator), ready.arm)
    if asked.kind == "psa":
        return chances_answer(ready, kept, subject)
    groups = with_rest(factors_of(ready.base.scenario, work.inputs), ready.chosen)
    found = sobol_of(kept.rows, ready.arm, groups, work.inputs, names_of(groups, ready.chosen), asked.seed)
    return variance_document(subject, ready.arm, found, asked.base_points)


def chances_answer(ready: Ready, kept: Kept, subject: Subject) -> dict[str, Any]:
    """Chances and worths of draws, beside the run with everything at its central value."""
    work, asked = ready.prepared.trials, ready.asked
    draws = draws_of(kept.rows, ready.comparator, work)
    worths = worths_of(draws, work.inputs, ready.base.library.effects, asked.studies, asked.seed)
    number = max(CENTRAL_REPLICATIONS, work.replications)
    rows = in_memory(work._replace(trials=(Trial(CENTRAL),), replications=number), asked.workers)
    central = {str(arm): float(npsv) for arm, npsv in zip(rows["arm"], rows["npsv_gbp"], strict=True)}
    luck = {str(arm): float(error) for arm, error in zip(rows["arm"], rows["noise_gbp"], strict=True)}
    return chances_document(
        subject, draws, chances_of(draws), ready.arm, worths, central, asked.study_cost, central_noise=luck
    )


def shown(document: dict[str, Any], form: Format) -> str:
    """A document in the chosen form."""
    if form is Format.JSON:
        return json.dumps(document, indent=2, ensure_ascii=False)
    return rendered(rows_of(document), "csv") if form is Format.CSV else text_of(document)


def keep_beside(document: dict[str, Any], folder: Path) -> list[str]:
    """Write document, words and charts into the run folder; the charts' text alternatives, a line each."""
    charts = folder / CHARTS
    charts.mkdir(exist_ok=True)
    (folder / "answer.json").write_text(shown(document, Format.JSON) + "\n", "utf-8")
    (folder / "answer.txt").write_text(shown(document, Format.TABLE) + "\n", "utf-8")
    drawn = drawn_in(document, charts)
    described = [f"{each.svg.name}: {each.description}" for each in drawn]
    (charts / "descriptions.txt").write_text("\n".join([*described, ""]), "utf-8")
    return described
