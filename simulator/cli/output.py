"""Folders of results: made anew, never written over, and never left half-written."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.tables import InputProblems, Problem

if TYPE_CHECKING:
    from simulator.appraisal.comparison import Comparison
    from simulator.scenario.records import Scenario


def check_folder(folder: Path | None) -> None:
    """Refuse a folder that is there already and not empty, or cannot be made, before any work is done."""
    if folder is None:
        return
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        hint = f"Choose another, such as --out {folder}-2, or move the old one away."
        raise InputProblems(
            [Problem(str(folder), 0, 0, "there is something here already, and nothing is written over it", hint)]
        )
    above = next(each for each in folder.absolute().parents if each.exists())
    try:
        Path(tempfile.mkdtemp(prefix=".iom-", dir=above)).rmdir()
    except OSError as error:
        raise not_writable(folder, error) from None


def check_names(folder: Path | None, scenarios: Iterable[Scenario]) -> None:
    """Refuse two scenarios of one name, which would share a folder."""
    names = [scenario.name for scenario in scenarios]
    twice = sorted({name for name in names if names.count(name) > 1})
    if folder is not None and twice:
        said = f"two scenarios are named '{twice[0]}', and each is written to a folder of its name"
        raise InputProblems([Problem(str(folder), 0, 0, said, "Rename one of the files.")])


def not_writable(folder: Path, error: OSError) -> InputProblems:
    """A folder that cannot be made, in words."""
    return InputProblems([Problem(str(folder), 0, 0, f"this folder cannot be made: {error.strerror or error}")])


def write_folders(folder: Path, comparisons: Sequence[Comparison], documents: Sequence[dict[str, Any]]) -> None:
    """Write one comparison to a folder, or each of several to a folder inside; all appears whole or not at all.

    Raises InputProblems when the folder cannot be made.
    """
    with whole_folder(folder) as made:
        for comparison, document in zip(comparisons, documents, strict=True):
            fill(made / document["scenario"] if len(documents) > 1 else made, comparison, document)


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """A folder to fill, which gets its name when all is in it; nothing is left of one that was not filled.

    Raises InputProblems when it cannot be made or filled.
    """
    new_parents = [each for each in folder.absolute().parents if not each.exists()]
    made = None
    try:
        folder.absolute().parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.absolute().parent))
        yield made
        if folder.is_dir():
            folder.rmdir()
        made.chmod(0o755)
        made.rename(folder)
    except BaseException as error:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)
        with contextlib.suppress(OSError):
            for each in new_parents:
                each.rmdir()
        if isinstance(error, OSError):
            raise not_writable(folder, error) from error
        raise


def fill(folder: Path, comparison: Comparison, document: dict[str, Any]) -> None:
    """Results, tables, charts and the report of one comparison."""
    from simulator.documents.folder import with_all_keys, write_comparison
    from simulator.report.arms import arm_rows
    from simulator.report.text import comparison_text, rendered

    folder.mkdir(exist_ok=True)
    (folder / "results.json").write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", "utf-8")
    (folder / "summary.txt").write_text(comparison_text(document) + "\n", "utf-8")
    (folder / "arms.csv").write_text(rendered(arm_rows(document), "csv") + "\n", "utf-8")
    (folder / "inputs.csv").write_text(rendered(with_all_keys(document["inputs"]), "csv") + "\n", "utf-8")
    costs_table(comparison).to_csv(folder / "costs.csv", index=False, lineterminator="\n")
    write_comparison(folder, document)


def costs_table(comparison: Comparison):  # type: ignore[no-untyped-def]
    """Every cost cell of every arm with its source."""
    import pandas as pd

    return pd.concat([each.pair.arm.costs.frame(comparison.factors) for each in comparison.arms], ignore_index=True)
