"""Load the folder ``cost_tables``: sources, deflators, unit costs of crime and of justice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from simulator.quantities import Quantity, Source, UnitCost
from simulator.tables.cost_rows import ROW_FILES, read_rows
from simulator.tables.crime_costs import Completion, CrimeCosts
from simulator.tables.deflators import Deflators, read_deflators
from simulator.tables.editions import (
    EDITIONS,
    Edition,
    OffenceType,
    read_edition,
    read_offence_types,
)
from simulator.tables.problems import InputProblems, Problem, Problems, did_you_mean
from simulator.tables.reader import Reader
from simulator.tables.strict_yaml import read_yaml

__all__ = [
    "CrimeCosts",
    "Deflators",
    "cost_catalogue",
    "load_completion",
    "load_crime_costs",
    "load_deflators",
    "load_offence_types",
    "load_rows",
    "load_sources",
]

_SOURCE_KEYS = ("title", "publisher", "date", "url", "licence", "superseded_by", "note")

Found = TypeVar("Found")
Given = ParamSpec("Given")


def load_sources(folder: Path) -> dict[str, Source]:
    """The sources by key, from sources.yaml.

    Raises:
        InputProblems: the file is faulty, or a source is superseded by one that is not there.
    """
    problems = Problems()
    reader = Reader(read_yaml(Path(folder) / "sources.yaml"), problems)
    sections = reader.sections()
    sources = {key: _source(key, section, sections) for key, section in sections.items()}
    problems.stop_if_any()
    return sources


def load_deflators(folder: Path) -> Deflators:
    """The GDP deflators by financial year, from deflators.csv.

    Raises:
        InputProblems: sources.yaml or deflators.csv is faulty.
    """
    problems = Problems()
    path = Path(folder) / "deflators.csv"
    deflators = read_deflators(path, load_sources(folder), problems)
    problems.stop_if_any()
    return deflators


def load_offence_types(folder: Path) -> tuple[OffenceType, ...]:
    """The offence types in the order of offence_types.csv.

    Raises:
        InputProblems: the file is faulty.
    """
    problems = Problems()
    types = read_offence_types(Path(folder) / "offence_types.csv", problems)
    problems.stop_if_any()
    return tuple(types.values())


def load_rows(folder: Path, name: str) -> dict[str, UnitCost]:
    """The rows of justice.csv, programme.csv or appraisal.csv by name, with agency and kind.

    The quantities themselves are named ``justice.arrest_detained`` and so on.

    Raises:
        InputProblems: sources.yaml or the file is faulty.
    """
    problems = Problems()
    rows = read_rows(Path(folder) / f"{name}.csv", name, load_sources(folder), problems)
    problems.stop_if_any()
    return rows


def load_crime_costs(folder: Path, edition: str) -> CrimeCosts:
    """Unit costs of crime of one edition for every offence type, in the edition's own prices.

    A bare total is split by the shares of ``ho_2019_20``; a category that the edition lacks is
    filled from another by deflator; responses are split by agency as in ``iom_toolkit_2011``.

    Args:
        folder: the folder of cost tables.
        edition: ``horr99``, ``ho_2019_20`` or ``iom_toolkit_2011``.

    Raises:
        InputProblems: a file is faulty, or the editions together lack something.
        ValueError: an unknown edition.
    """
    if edition not in EDITIONS:
        hint = did_you_mean(edition, EDITIONS)
        raise ValueError(f"'{edition}' is not a table of crime costs. {hint}".strip())
    return load_completion(folder).crime_costs(edition)


def load_completion(folder: Path) -> Completion:
    """All editions with what is needed to complete each of them.

    Raises:
        InputProblems: a file is faulty, or the editions together lack something.
    """
    problems = Problems()
    folder = Path(folder)
    sources = load_sources(folder)
    types = {each.name: each for each in load_offence_types(folder)}
    deflators = _gathered(problems, load_deflators, folder) or Deflators({})
    editions = {}
    for name in EDITIONS:
        path = folder / f"{name}.csv"
        table = _gathered(problems, read_edition, path, types, sources, problems) or Edition(name)
        if table.price_year and deflators.index and table.price_year not in deflators.index:
            message = f"deflators.csv has no {table.price_year}, this table's price year"
            problems.add(Problem(str(path), 0, 0, message))
        editions[name] = table
    problems.stop_if_any()
    completion = Completion(editions, types, deflators)
    problems.extend(Problem(str(folder), 0, 0, message) for message in completion.lacking())
    problems.stop_if_any()
    return completion


def cost_catalogue(folder: Path) -> dict[str, Quantity]:
    """Every figure in the cost tables by its full name, such as ``horr99.robbery.response.police``.

    Raises:
        InputProblems: a file is faulty, or the editions together lack something.
    """
    found: dict[str, Quantity] = {}
    completion = load_completion(folder)
    for edition in EDITIONS:
        costs = completion.crime_costs(edition)
        several = [*costs.totals.values(), *costs.multipliers.values()]
        several += [part for parts in costs.parts.values() for part in parts]
        found |= {each.name: each for each in several}
    for name in ROW_FILES:
        found |= {each.name: each for each in load_rows(folder, name).values()}
    return found


def _source(key: str, section: Reader, known: dict[str, Reader]) -> Source:
    section.only(_SOURCE_KEYS)
    superseded_by = section.text("superseded_by", default="")
    if superseded_by and superseded_by not in known:
        hint = did_you_mean(superseded_by, known)
        section.problem("superseded_by", f"'{superseded_by}' is not a source in this file", hint)
    return Source(
        name=key,
        title=section.text("title"),
        publisher=section.text("publisher"),
        date=section.text("date"),
        url=section.text("url", default=""),
        licence=section.text("licence"),
        superseded_by=superseded_by or None,
        note=section.text("note", default=""),
    )


def _gathered(
    problems: Problems, read: Callable[Given, Found], *args: Given.args, **kwargs: Given.kwargs
) -> Found | None:
    """What ``read`` returns; its problems join the others instead of stopping the loading."""
    try:
        return read(*args, **kwargs)
    except InputProblems as found:
        problems.extend(found.problems)
        return None
