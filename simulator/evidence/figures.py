"""Every named figure of cost tables and evidence in one catalogue."""

from __future__ import annotations

from pathlib import Path

from simulator.evidence.effects import load_effects
from simulator.evidence.reports import EFFECTS_FILE, Figure, load_reports
from simulator.quantities import Quantity
from simulator.tables import cost_catalogue, load_sources


def catalogue(cost_tables: Path, evidence: Path) -> dict[str, Quantity | Figure]:
    """Every figure of the cost tables, reports and effects by its full name.

    Names look like ``horr99.domestic_burglary``, ``justice.arrest_detained``,
    ``leeds_2017.table_1.overall_national.treatment_rate``,
    ``effects.matched_pooled.occasions_ratio``.

    Raises:
        InputProblems: a file is faulty.
    """
    sources = load_sources(cost_tables)
    found: dict[str, Quantity | Figure] = {**cost_catalogue(cost_tables)}
    for report in load_reports(evidence, sources).values():
        found |= {figure.name: figure for figure in report.figures.values()}
    for effect in load_effects(Path(evidence) / EFFECTS_FILE, sources).values():
        found |= {each.name: each for each in effect.quantities}
    return found
