"""Fits as typed records: rates that a calibration has fitted to a report, with their errors and what they were fitted to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

WITH_SPELLS, WITHOUT_SPELLS = "with_spells", "without_spells"
READINGS = (WITH_SPELLS, WITHOUT_SPELLS)
ROLES = ("fitted", "predicted")

# What a fit may speak of: rates of the population, each under its name in a scenario, in the order of their draws
# (append only). The pool is not among them: how many people there are is a choice of structure, not a rate.
PARAMETERS = (
    "occasions_per_year",
    "frailty_shape",
    "offences_per_occasion",
    "first_custody_chance",
    "later_custody_chance",
    "active_years",
    "paused_years",
    "served_share",
    "recalls_per_year",
    "community_share",
    "moves_away_per_year",
    "deaths_per_year",
    "arrivals_per_year",
)


@dataclass(frozen=True)
class Parameter:
    """A fitted number: its value, its 95% interval, and the standard error of its logarithm."""

    value: float
    low: float
    high: float
    log_error: float


@dataclass(frozen=True)
class Target:
    """A published figure beside the one that the fit gives, in the report's unit; the miss in standard errors."""

    figure: str  # its full name in the evidence
    reported: float
    modelled: float
    standard_error: float | None  # None where the report does not let one be worked out
    miss: float | None
    role: str  # fitted or predicted


@dataclass(frozen=True)
class Reading:
    """One structural reading of a report, with spells of activity or without: rates that fit together.

    ``correlations`` are those of the logarithms of the parameters, in their order. ``effect`` holds the ratios of the
    treated against the comparison group; scenarios do not use it.
    """

    parameters: Mapping[str, Parameter]
    correlations: tuple[tuple[float, ...], ...]
    effect: Mapping[str, Parameter] = field(default_factory=dict)
    targets: tuple[Target, ...] = ()
    not_identified: tuple[str, ...] = ()

    def correlations_of(self, names: Collection[str]) -> list[list[float]]:
        """The correlations of some parameters in another order."""
        places = [list(self.parameters).index(name) for name in names]
        return [[self.correlations[row][column] for column in places] for row in places]


@dataclass(frozen=True)
class Fit:
    """What ``calibrate`` writes: the rates of one scheme fitted to one report, and how to make the fit again."""

    scheme: str
    report: str  # source key of the evidence
    protocol: str
    made_by: str  # the command
    seed: int
    inputs_digest: str
    readings: Mapping[str, Reading]


def reason(fit: Fit) -> str:
    """Why a fitted value is what it is, in a sentence."""
    return (
        f"Fitted: with it the simulated {fit.protocol} comes nearest to the figures of {fit.report} "
        f"({fit.made_by}). The range is the 95% interval of the fit."
    )
