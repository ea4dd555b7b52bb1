"""A scenario, resolved: one frozen record of everything that a run of its arms needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from simulator.evidence import WITH_SPELLS, WITHOUT_SPELLS, Effect, Fit, Parameter, Reading
from simulator.quantities import Quantity, Standing

Lever = float | int | bool | str | None


@dataclass(frozen=True)
class CohortRow:
    """A row of the cohort table as published: people holding a place, by area and cohort type."""

    area: str
    cohort: str
    people: int
    statutory_share: Quantity
    rate_ratio: Quantity
    offence_mix: str
    priority: int

    @property
    def name(self) -> str:
        """Area and cohort in one label."""
        return " · ".join(part for part in (self.area, self.cohort) if part) or "all"


@dataclass(frozen=True)
class OffenceMix:
    """Shares of proven offences by type, with a cheaper and a dearer mix as its range."""

    name: str
    shares: Mapping[str, float]
    cheaper: Mapping[str, float]
    dearer: Mapping[str, float]
    standing: str
    source: str
    where: str
    why: str


@dataclass(frozen=True)
class SentenceBand:
    """Share of custodial sentences within a band of lengths, uniform between its ends."""

    name: str
    share: float
    from_months: float
    to_months: float


@dataclass(frozen=True)
class Provenance:
    """Where the numbers of a table in a scenario come from."""

    standing: str
    source: str = ""
    where: str = ""
    why: str = ""


@dataclass(frozen=True)
class NamedFit:
    """The fit that a scenario names: its name, the file as it is shown, and what the file holds."""

    name: str
    where: str
    fit: Fit


@dataclass(frozen=True)
class Settings:
    """Every named value of one arm: uncertain quantities, and levers that somebody chooses."""

    quantities: Mapping[str, Quantity]
    levers: Mapping[str, Lever]
    effect: Effect
    without_spells: Mapping[str, Quantity] = field(default_factory=dict)  # rates that fit when spells are off
    fit: NamedFit | None = None

    def quantity(self, name: str) -> Quantity:
        """The quantity in force: the one that fits without spells where spells are off."""
        if name in self.without_spells and not self.flag("population.spells"):
            return self.without_spells[name]
        return self.quantities[name]

    @property
    def reading(self) -> Reading | None:
        """The reading of the fit that goes with spells on or off, as they are; None where there is none."""
        asked_for = WITH_SPELLS if self.flag("population.spells") else WITHOUT_SPELLS
        return self.fit.fit.readings.get(asked_for) if self.fit else None

    @property
    def fitted(self) -> dict[str, Parameter]:
        """Parameters of the fit that are in force, by their names in it; none that something else has replaced."""
        parameters = self.reading.parameters if self.reading else {}
        return {name: each for name, each in parameters.items() if self.comes_from_fit(name, each.value)}

    def comes_from_fit(self, name: str, value: float) -> bool:
        """Whether a rate of the population, by its name in the fit, is in force as the fit has it."""
        quantity = self.quantity(f"population.{name}")
        where = self.fit.where if self.fit else None
        return (quantity.value, quantity.where, quantity.standing) == (value, where, Standing.DERIVED)

    def value(self, name: str) -> float:
        """The number in force under a dotted name.

        Raises KeyError for a name that is neither, TypeError for a lever that is not a number.
        """
        if name in self.quantities:
            return self.quantity(name).value
        lever = self.levers[name]
        if isinstance(lever, bool) or not isinstance(lever, int | float):
            raise TypeError(f"{name} is {lever!r}, not a number")
        return float(lever)

    def optional(self, name: str) -> float | None:
        """A number, or None where the lever is absent or null."""
        if name in self.quantities or self.levers.get(name) is not None:
            return self.value(name)
        return None

    def text(self, name: str) -> str:
        """A lever chosen by name."""
        return str(self.levers[name])

    def flag(self, name: str) -> bool:
        """A lever that is on or off."""
        return bool(self.levers[name])

    def ratio(self, name: str) -> float:
        """One ratio of the effect; 1 where the effect does not speak of it."""
        return self.effect.ratios[name].value if name in self.effect.ratios else 1.0


@dataclass(frozen=True)
class Arm:
    """A funding choice: the baseline with named changes, and why a commissioner would weigh it."""

    name: str
    title: str
    why: str
    changes: Mapping[str, Lever]
    settings: Settings
    stated: Mapping[str, object] = field(
        default_factory=dict
    )  # the changes as the file has them, such as {times: 0.75}


@dataclass(frozen=True)
class ReportedFall:
    """A before/after fall, and the fall that choosing people at a peak would show with no effect at all."""

    reported: Quantity
    without_effect: Quantity


@dataclass(frozen=True)
class Scenario:
    """A scheme's baseline and its arms."""

    name: str
    title: str
    why: str
    source: str
    path: Path
    starts: date
    cohort: tuple[CohortRow, ...]
    mixes: Mapping[str, OffenceMix]
    sentence_bands: tuple[SentenceBand, ...]
    baseline: Settings
    arms: tuple[Arm, ...]
    digest: str
    cohort_from: Provenance
    bands_from: Provenance
    overrides: Mapping[str, str] = field(default_factory=dict)
    reported_fall: ReportedFall | None = None

    def arm(self, name: str) -> Arm:
        """The arm of that name; KeyError when there is none."""
        for arm in self.arms:
            if arm.name == name:
                return arm
        raise KeyError(name)

    @property
    def published_people(self) -> int:
        """People in the cohort table."""
        return sum(row.people for row in self.cohort)
