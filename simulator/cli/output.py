"""Folders of results: made anew, never written over, and never left half-written."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.tables import InputProblems, Problem

if TYPE_CHECKING:
    from simulator.appraisal.comparison import Comparison


def check_folder(folder: Path | None) -> None:
    """Refuse a folder that is there already and not empty, before any work is done."""
    if folder is None:
        return
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists():
        hint = f"Choose another, such as --out {folder}-2, or move the old one away."
        raise InputProblems(
            [Problem(str(folder), 0, 0, "there is something here already, and nothing is written over it", hint)]
        )


def write_folder(folder: Path, comparison: Comparison, document: dict[str, Any]) -> None:
    """Write results, tables, charts and the report; the folder appears whole or not at all."""
    from simulator.report.arms import arm_rows
    from simulator.report.page import write_report
    from simulator.report.text import comparison_text, rendered

    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        (made / "results.json").write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", "utf-8")
        (made / "summary.txt").write_text(comparison_text(document) + "\n", "utf-8")
        (made / "arms.csv").write_text(rendered(arm_rows(document), "csv") + "\n", "utf-8")
        (made / "inputs.csv").write_text(rendered(flat(document["inputs"]), "csv") + "\n", "utf-8")
        costs_table(comparison).to_csv(made / "costs.csv", index=False, lineterminator="\n")
        write_report(made, document)
        if folder.is_dir():
            folder.rmdir()
        made.chmod(0o755)
        made.rename(folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def flat(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with the keys of all of them, in the order in which they first appear."""
    keys = dict.fromkeys(key for row in rows for key in row)
    return [{key: row.get(key) for key in keys} for row in rows]


def costs_table(comparison: Comparison):  # type: ignore[no-untyped-def]
    """Every cost cell of every arm with its source."""
    import pandas as pd

    return pd.concat([each.pair.arm.costs.frame(comparison.factors) for each in comparison.arms], ignore_index=True)
