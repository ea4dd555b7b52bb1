"""The words and the figures of a document of any kind of sweep, and its rows for CSV."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from simulator.charts.sweeps.chances import draw_chances
from simulator.charts.sweeps.grid import draw_grid
from simulator.charts.sweeps.pictures import Drawn
from simulator.charts.sweeps.structures import draw_structures
from simulator.charts.sweeps.tornado import draw_tornado
from simulator.charts.sweeps.variance import draw_variance
from simulator.report.sweeps.chances_words import chances_text
from simulator.report.sweeps.grid_words import grid_text
from simulator.report.sweeps.structures import structures_text
from simulator.report.sweeps.tornado import tornado_text
from simulator.report.sweeps.variance import variance_text
from simulator.report.text import pounds

TEXTS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "tornado": tornado_text,
    "grid": grid_text,
    "psa": chances_text,
    "sobol": variance_text,
    "structure": structures_text,
}

DRAWINGS: dict[str, Callable[[Mapping[str, Any], Path, Callable[[float], str]], list[Drawn]]] = {
    "tornado": draw_tornado,
    "grid": draw_grid,
    "psa": draw_chances,
    "sobol": draw_variance,
    "structure": draw_structures,
}
ROWS = {"tornado": "bars", "psa": "arms", "sobol": "indices"}  # whose rows are a table already


def text_of(document: Mapping[str, Any]) -> str:
    """What a person sees of a sweep in the terminal."""
    return TEXTS[document["kind"]](document)


def drawn_in(document: Mapping[str, Any], folder: Path) -> list[Drawn]:
    """The figures of a sweep, written as SVG and PNG to a folder that exists; paths and text alternatives.

    A grid of three axes or more has none.
    """
    return DRAWINGS[document["kind"]](document, folder, pounds)


def rows_of(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The main table of a sweep as flat rows for CSV, all with the same keys, the scenario first."""
    rows = [{"scenario": document["scenario"], **flat(row)} for row in main_rows(document)]
    keys = dict.fromkeys(key for row in rows for key in row)
    return [{key: row.get(key) for key in keys} for row in rows]


def main_rows(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Bars, arms or indices as they are; points and alternatives once for each arm."""
    if document["kind"] in ROWS:
        return list(document[ROWS[document["kind"]]])
    if document["kind"] == "grid":
        names = [axis["name"] for axis in document["axes"]]
        return [
            {
                **dict(zip(names, point["values"], strict=True)),
                "arm": arm["name"],
                **without(arm, "name"),
                **without(point, "values", "by_arm"),
            }
            for point in document["points"]
            for arm in point["by_arm"]
        ]
    return [
        {"arm": arm["name"], **without(row, "by_arm"), **without(arm, "name")}
        for row in document["alternatives"]
        for arm in row["by_arm"]
    ]


def without(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """A row less some of its fields."""
    return {name: value for name, value in row.items() if name not in names}


def flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """Intervals as two columns, ``_low`` and ``_high``; the rest as it is."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        if "interval" in name:
            low, high = value or (None, None)
            found |= {f"{name}_low": low, f"{name}_high": high}
        else:
            found[name] = value
    return found
