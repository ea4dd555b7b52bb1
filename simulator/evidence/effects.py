"""What programmes do to offending, as evidence says: ``effects.yaml`` as typed records."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from simulator.evidence.reports import DESIGNS, Grade, grade_of
from simulator.quantities import Quantity, Standing
from simulator.tables import Problems, Reader, did_you_mean, read_yaml

RATIOS = (
    "occasions_ratio",
    "offences_per_occasion_ratio",
    "custody_ratio",
    "detection_ratio",
    "frailty_exponent",
)
UNCONTROLLED = "before_after"  # a design that is no effect until regression to the mean has been taken out

_EFFECT_KEYS = (
    "design",
    "n",
    "p_value",
    "maryland_level",
    "source",
    "also",
    "where",
    "correction",
    "why",
    "warning",
    "spread_prior",
    "ratios",
)


@dataclass(frozen=True)
class Effect:
    """What a programme does to offending, as ratios with 95% intervals, and on what evidence."""

    name: str
    design: str
    n: int | None
    p_value: float | None  # published, of the difference in frequency behind occasions_ratio
    maryland_level: Grade
    source: str
    also: tuple[str, ...]  # further sources
    where: str
    correction: str  # how regression to the mean was taken out of a before/after figure
    why: str
    warning: str
    spread_prior: Quantity | None  # of pooled studies: scale of the prior for the spread between schemes
    ratios: dict[str, Quantity]

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source, the one of the ratios first; none for a judgement."""
        return tuple(each for each in (self.source, *self.also) if each)

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """The ratios, and the prior behind them if there is one."""
        return (*self.ratios.values(), *((self.spread_prior,) if self.spread_prior else ()))


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
    design = section.choice("design", DESIGNS)
    return Effect(
        name=name,
        design=design,
        n=section.whole_number("n", minimum=0) if section.raw("n") is not None else None,
        p_value=section.share("p_value") if section.has("p_value") else None,
        maryland_level=_effect_grade(section),
        source=source,
        also=_further_sources(section),
        where=section.text("where", default=""),
        correction=_correction(section, design),
        why=section.text("why", default=""),
        warning=section.text("warning", default=""),
        spread_prior=_spread_prior(name, section),
        ratios={
            each: ratios.quantity(each, unit="ratio", above=0.0, source=source, called=f"effects.{name}.{each}")
            for each in ratios.names
        },
    )


def _correction(section: Reader, design: str) -> str:
    """How regression to the mean was taken out: a before/after figure is no effect without it."""
    if design == UNCONTROLLED and not section.has("correction"):
        said = "a before/after figure is no effect until regression to the mean has been taken out"
        section.problem("design", said, "Say under 'correction' how it was, or take another design.")
    return section.text("correction", default="")


def _further_sources(section: Reader) -> tuple[str, ...]:
    also = section.texts("also", required=False)
    for key in also:
        if section.sources is not None and key not in section.sources:
            hint = did_you_mean(key, section.sources) or "Add it to cost_tables/sources.yaml."
            section.problem("also", f"'{key}' is not a source in sources.yaml", hint)
    return tuple(also)


def _spread_prior(name: str, section: Reader) -> Quantity | None:
    if not section.has("spread_prior"):
        return None
    return section.quantity("spread_prior", unit="ratio", above=0.0, called=f"effects.{name}.spread_prior")


def _effect_grade(section: Reader) -> Grade:
    if section.raw("maryland_level") is None:
        return Grade(None, Standing.ASSUMED, "")
    return grade_of(section)
