"""Published figures of evaluation reports as typed records, from the folder ``evidence``."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.quantities import Fault, Standing, range_faults
from simulator.tables import Problems, Reader, read_yaml

DESIGNS = (
    "matched_comparison",
    "before_after",
    "observed_against_predicted",
    "expert",
    "none",
)
EFFECTS_FILE = "effects.yaml"

_REPORT_KEYS = ("source", "design", "maryland_level", "figures", "extras")
_FIGURE_KEYS = (
    "name",
    "value",
    "unit",
    "where",
    "window",
    "population",
    "standing",
    "low",
    "high",
    "p_value",
    "significant",
    "note",
    "why",
)


@dataclass(frozen=True)
class Figure:
    """A number as a report prints it, with the window and the people it is about.

    ``low`` and ``high`` are the published interval, in the same unit.
    """

    name: str  # with the report's: leeds_2017.table_1.overall_national.treatment_rate
    value: float
    unit: str
    where: str
    window: str
    population: str
    standing: Standing
    low: float | None
    high: float | None
    p_value: float | None
    significant: bool | None
    note: str
    why: str
    source: str


@dataclass(frozen=True)
class Grade:
    """Strength of a design on the Maryland Scientific Methods Scale, 1 to 5; None: not graded."""

    value: int | None
    standing: Standing
    why: str


@dataclass(frozen=True)
class Report:
    """One evaluation report: its design and its figures by their name within the report."""

    source: str
    design: str
    maryland_level: Grade
    figures: dict[str, Figure]
    extras: dict[str, Any]


def load_report(path: Path, sources: Collection[str] | None = None) -> Report:
    """One report, from a file named after its source.

    Args:
        path: the YAML file.
        sources: the known source keys; None leaves them unchecked.

    Raises:
        InputProblems: everything that is wrong in the file.
    """
    problems = Problems()
    reader = Reader(read_yaml(path), problems, sources=sources)
    reader.only(_REPORT_KEYS)
    source = reader.source() if reader.has("source") else reader.text("source")
    if source and source != Path(path).stem:
        said = f"the file is named '{Path(path).stem}', not '{source}'"
        reader.problem("source", said, f"Write source: {Path(path).stem}, or name the file {source}.yaml.")
    report = Report(
        source=source,
        design=reader.choice("design", DESIGNS),
        maryland_level=grade_of(reader),
        figures=_figures(reader, source),
        extras=reader.mapping("extras", required=False),
    )
    problems.stop_if_any()
    return report


def load_reports(folder: Path, sources: Collection[str] | None = None) -> dict[str, Report]:
    """Every report in the folder by its source.

    Raises:
        InputProblems: everything that is wrong in the first faulty file.
    """
    paths = sorted(Path(folder).glob("*.yaml"))
    reports = [load_report(path, sources) for path in paths if path.name != EFFECTS_FILE]
    return {report.source: report for report in reports}


def grade_of(reader: Reader) -> Grade:
    """The grade under ``maryland_level``: a whole number, or a mapping with standing and reason."""
    if not isinstance(reader.raw("maryland_level"), dict):
        level = reader.whole_number("maryland_level", minimum=1, maximum=5)
        return Grade(level, Standing.ASSUMED, "")
    section = reader.at("maryland_level")
    section.only(("value", "standing", "why"))
    level = section.whole_number("value", minimum=1, maximum=5)
    return Grade(level, section.standing(), section.text("why", default=""))


def _figures(reader: Reader, source: str) -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    lines: dict[str, int] = {}
    for item in reader.items("figures"):
        item.only(_FIGURE_KEYS)
        name = item.text("name")
        if name in figures:
            item.problem("name", f"'{name}' is there twice (first on line {lines[name]})")
        lines.setdefault(name, reader.document.mark(item.path)[0])
        figures[name] = _figure(item, name, source)
    return figures


def _figure(item: Reader, name: str, source: str) -> Figure:
    figure = Figure(
        name=f"{source}.{name}",
        value=item.number("value"),
        unit=item.text("unit"),
        where=item.text("where"),
        window=item.text("window", default=""),
        population=item.text("population", default=""),
        standing=item.standing(),
        low=item.number("low") if item.has("low") else None,
        high=item.number("high") if item.has("high") else None,
        p_value=item.share("p_value") if item.has("p_value") else None,
        significant=item.flag("significant") if item.has("significant") else None,
        note=item.text("note", default=""),
        why=item.text("why", default=""),
        source=source,
    )
    for field, message in _figure_faults(figure):
        item.problem(field if item.has(field) else None, message)
    return figure


def _figure_faults(figure: Figure) -> list[Fault]:
    found = range_faults(figure.value, figure.low, figure.high)
    if figure.standing in (Standing.DERIVED, Standing.ASSUMED) and not figure.why:
        found.append(Fault("why", f"a figure that is {figure.standing} needs 'why'"))
    return found
