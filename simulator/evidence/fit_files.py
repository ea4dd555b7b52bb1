"""Fit files into records, every fault at once and at its line."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from simulator.evidence.correlations import square_root
from simulator.evidence.effects import RATIOS
from simulator.evidence.fits import (
    PARAMETERS,
    READINGS,
    ROLES,
    WITH_SPELLS,
    WITHOUT_SPELLS,
    Fit,
    Parameter,
    Reading,
    Target,
)
from simulator.quantities import range_faults
from simulator.tables import Document, Problems, Reader, read_yaml
from simulator.tables.checks import Bounds, number_fault

FITS_FOLDER = "fits"
MOST_LOG_ERROR = 10.0  # a factor of 20,000 either way: nothing is known
SAME = 1e-9

_FIT_KEYS = ("scheme", "report", "protocol", "made_by", "seed", "inputs_digest", "readings")
_READING_KEYS = ("parameters", "correlations", "effect", "targets", "not_identified")
_PARAMETER_KEYS = ("value", "low", "high", "log_error")
_TARGET_KEYS = ("figure", "reported", "modelled", "standard_error", "miss", "role")


def load_fit(path: Path, sources: Collection[str] | None = None) -> Fit:
    """A fit from its file.

    Args:
        path: the YAML file.
        sources: the known source keys; None leaves the report unchecked.

    Raises:
        InputProblems: everything that is wrong in the file.
    """
    return fit_of(read_yaml(path), sources)


def load_fits(folder: Path, sources: Collection[str] | None = None) -> dict[str, Fit]:
    """Every fit in the folder by the name of its file; none where there is no such folder.

    Raises:
        InputProblems: everything that is wrong in the first faulty file.
    """
    return {path.stem: load_fit(path, sources) for path in sorted(Path(folder).glob("*.yaml"))}


def known_fits(evidence: Path) -> list[str]:
    """Names of the fits that come with the evidence."""
    return sorted(path.stem for path in (Path(evidence) / FITS_FOLDER).glob("*.yaml"))


def fit_of(document: Document, sources: Collection[str] | None = None) -> Fit:
    """The fit that a document holds.

    Raises:
        InputProblems: everything that is wrong in it.
    """
    problems = Problems()
    reader = Reader(document, problems, sources=sources)
    reader.only(_FIT_KEYS)
    fit = Fit(
        scheme=reader.text("scheme"),
        report=reader.source("report") if reader.has("report") else reader.text("report"),
        protocol=reader.text("protocol"),
        made_by=reader.text("made_by"),
        seed=reader.whole_number("seed", minimum=0),
        inputs_digest=reader.text("inputs_digest"),
        readings=_readings(reader),
    )
    problems.stop_if_any()
    return fit


def _readings(reader: Reader) -> dict[str, Reading]:
    section = reader.at("readings")
    section.only(READINGS)
    if section.present and not section.names:
        reader.problem("readings", "there is no reading", f"State {WITH_SPELLS}, {WITHOUT_SPELLS}, or both.")
    return {name: _reading(section.at(name)) for name in section.names if name in READINGS}


def _reading(section: Reader) -> Reading:
    section.only(_READING_KEYS)
    inside = section.at("parameters")
    if inside.present and not inside.names:
        section.problem("parameters", "there is no parameter", "A reading without one says nothing: leave it out.")
    return Reading(
        parameters=_parameters(inside, PARAMETERS),
        correlations=_correlations(section, len(inside.names)),
        effect=_parameters(section.at("effect", required=False), RATIOS),
        targets=tuple(_target(item) for item in section.items("targets", required=False)),
        not_identified=tuple(section.texts("not_identified", required=False)),
    )


def _parameters(section: Reader, allowed: Collection[str]) -> dict[str, Parameter]:
    section.only(allowed)
    return {name: _parameter(section.at(name)) for name in section.names if name in allowed}


def _parameter(section: Reader) -> Parameter:
    section.only(_PARAMETER_KEYS)
    before = len(section.problems)
    parameter = Parameter(
        value=section.number("value", above=0.0),
        low=section.number("low", minimum=0.0),
        high=section.number("high", minimum=0.0),
        log_error=section.number("log_error", minimum=0.0, maximum=MOST_LOG_ERROR),
    )
    if len(section.problems) == before:
        for fault in range_faults(parameter.value, parameter.low, parameter.high):
            section.problem(*fault)
    return parameter


def _target(item: Reader) -> Target:
    item.only(_TARGET_KEYS)

    def number_or_none(name: str, minimum: float | None = None) -> float | None:
        return None if item.raw(name) is None else item.number(name, minimum=minimum)

    return Target(
        figure=item.text("figure"),
        reported=item.number("reported"),
        modelled=item.number("modelled"),
        standard_error=number_or_none("standard_error", 0.0),
        miss=number_or_none("miss"),
        role=item.choice("role", ROLES),
    )


def _correlations(section: Reader, count: int) -> tuple[tuple[float, ...], ...]:
    """A matrix that numbers can have; faults at the row or the cell."""
    before = len(section.problems)
    rows: Any = section.raw("correlations")
    if section.present and not section.has("correlations"):
        section.problem(None, "'correlations' is missing", "One row for each parameter; 1 on the diagonal.")
    elif section.present and not isinstance(rows, list):
        section.problem("correlations", "this is not a list of rows", "Begin each row with '- ' and bracket it.")
    else:
        _check_shape(section, rows or [], count)
    if len(section.problems) > before or not section.present:
        return ()
    _check_values(section, rows)
    if len(section.problems) > before:
        return ()
    if square_root(rows) is None:
        section.problem(
            "correlations",
            "no numbers can have these correlations together (the matrix is not positive semi-definite)",
            "Copy them as the calibration printed them, to at least three decimals.",
        )
    return tuple(tuple(float(value) for value in row) for row in rows)


def _check_shape(section: Reader, rows: list[Any], count: int) -> None:
    if len(rows) != count:
        section.problem("correlations", f"{len(rows)} rows for {count} parameters", "One row for each, in their order.")
    for place, row in enumerate(rows):
        if not isinstance(row, list) or len(row) != count:
            said = f"{len(row)} numbers" if isinstance(row, list) else "no list"
            _fault(section, (place,), f"row {place + 1} has {said}, and there are {count} parameters")


def _check_values(section: Reader, rows: list[list[Any]]) -> None:
    bounds = Bounds(-1.0, 1.0)
    for place, row in enumerate(rows):
        for other, value in enumerate(row):
            fault = number_fault(value, bounds)
            if fault:
                _fault(section, (place, other), *fault)
            elif place == other and abs(value - 1.0) > SAME:
                _fault(section, (place, other), f"{value:g} on the diagonal; a number's correlation with itself is 1")
            elif (
                other < place
                and not number_fault(rows[other][place], bounds)
                and abs(value - rows[other][place]) > SAME
            ):
                said = (
                    f"{value:g} here and {rows[other][place]:g} in row {other + 1}: the same two have one correlation"
                )
                _fault(section, (place, other), said)


def _fault(section: Reader, place: tuple[int, ...], message: str, suggestion: str = "") -> None:
    path = (*section.path, "correlations", *place)
    said = f"{section.label('correlations')}: {message}"
    section.problems.add(section.document.problem(path, said, suggestion))
