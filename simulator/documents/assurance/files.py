"""The pack as files: one workbook, each log as CSV, the STRESS-DES table as Markdown, and the model map as SVG and PNG."""

from __future__ import annotations

from pathlib import Path

from simulator.charts.model_map import model_map
from simulator.documents.assurance.logs import Answers, Log
from simulator.documents.assurance.pack import logs_of
from simulator.documents.assurance.stress import stress_markdown
from simulator.documents.assurance.workbook import workbook_of
from simulator.report.named import without_names
from simulator.report.text import csv_text

# A spreadsheet would take a cell of CSV that starts so for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t")


def write_assurance(folder: Path, answers: Answers) -> list[Path]:
    """Write the whole pack to a folder that exists; the files, in order of name. The same answers give the same bytes.

    Args:
        answers: as ``logs_of`` takes them.
    """
    made = files_of(answers)
    for name, content in made.items():
        (folder / name).write_bytes(content)
    return sorted(folder / name for name in made)


def files_of(answers: Answers) -> dict[str, bytes]:
    """Every file of the pack by name."""
    logs = [without_marks(log) for log in logs_of(answers)]
    picture = model_map()
    return {
        "assurance.xlsx": workbook_of(answers["comparison"], logs),
        **{f"{log.name}.csv": csv_of(log).encode() for log in logs},
        "stress_des.md": without_names(stress_markdown(answers)).encode(),
        "model_map.svg": picture.chart.svg.encode(),
        "model_map.png": picture.png,
    }


def without_marks(log: Log) -> Log:
    """A log as it is read, where its numbers carried names."""
    rows = tuple({name: without_names(words) for name, words in row.items()} for row in log.rows)
    return log._replace(about=tuple(without_names(words) for words in log.about), rows=rows)


def csv_of(log: Log) -> str:
    """A log as comma-separated values; a cell that a spreadsheet would take for a formula has an apostrophe before it."""
    return csv_text(log.headings, [[as_text(cell) for cell in row.values()] for row in log.rows])


def as_text(cell: str) -> str:
    """A cell that stays text in a spreadsheet."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
