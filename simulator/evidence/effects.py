"""What programmes do to offending, as evidence says: ``effects.yaml`` as typed records."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from simulator.evidence.reports import DESIGNS, Grade, grade_of
from simulator.quantities import Quantity, Standing
from simulator.tables import Problems, Reader, read_yaml

RATIOS = (
    "occasions_ratio",
    "offences_per_occasion_ratio",
    "custody_ratio",
    "detection_ratio",
    "frailty_exponent",
)

_EFFECT_KEYS = (
    "design",
    "n",
    "maryland_level",
    "source",
    "where",
    "why",
    "warning",
    "ratios",
)


@dataclass(frozen=True)
class Effect:
    """What a programme does to offending, as ratios with 95% intervals, and on what evidence."""

    name: str
    design: str
    n: int | None
    maryland_level: Grade
    source: str
    where: str
    why: str
    warning: str
    ratios: dict[str, Quantity]


def load_effects(path: Path, sources: Collection[str] | None = None) -> dict[str, Effect]:
    """The effects by name, from effects.yaml.

    Raises:
        InputProblems: everything that is wrong in the file.
    """
    problems = Problems()
    reader = Reader(read_yaml(path), problems, sources=sources)
    effects = {name: _effect(name, section) for name, section in reader.sections().items()}
    problems.stop_if_any()
    return effects


def _effect(name: str, section: Reader) -> Effect:
    section.only(_EFFECT_KEYS)
    source = section.source()
    ratios = section.at("ratios", required=False)
    ratios.only(RATIOS)
    return Effect(
        name=name,
        design=section.choice("design", DESIGNS),
        n=section.whole_number("n", minimum=0) if section.raw("n") is not None else None,
        maryland_level=_effect_grade(section),
        source=source,
        where=section.text("where", default=""),
        why=section.text("why", default=""),
        warning=section.text("warning", default=""),
        ratios={
            each: ratios.quantity(each, unit="ratio", above=0.0, source=source, called=f"effects.{name}.{each}")
            for each in ratios.names
        },
    )


def _effect_grade(section: Reader) -> Grade:
    if section.raw("maryland_level") is None:
        return Grade(None, Standing.ASSUMED, "")
    return grade_of(section)
