"""The cautions of a plain comparison that hold for every sweep too, the four that matter most."""

from __future__ import annotations

from simulator.appraisal.library import Library
from simulator.costing.prices import JUSTICE_COSTS, choices_of
from simulator.report.text import listed
from simulator.report.warnings import effect_warnings
from simulator.scenario.records import Scenario

NOT_CASHABLE = (
    "Savings in police, court and prison time are not cashable unless posts, sittings or wings are closed; costs of crime "
    "to victims are nobody's budget."
)


def cautions_of(scenario: Scenario, library: Library) -> list[str]:
    """What to know before quoting any figure of a sweep: at most four sentences."""
    return [*evidence(scenario), *superseded(scenario, library), NOT_CASHABLE, *unverified(scenario, library)]


def evidence(scenario: Scenario) -> list[str]:
    """That the evidence is inconclusive, or whatever else is first to say of the effect."""
    said = effect_warnings(scenario)
    first = [each for each in said if "inconclusive" in each.lower()] or [
        each for each in said if each.startswith("Effect ")
    ]
    return first[:1]


def superseded(scenario: Scenario, library: Library) -> list[str]:
    """That a newer cost table has taken the place of the one in use."""
    table = scenario.baseline.text("appraisal.cost_table")
    newer = library.sources[table].superseded_by if table in library.sources else None
    if not newer:
        return []
    return [
        f"Unit costs are those of {table}, since superseded by {newer}: `--cost-table {newer}` shows what that changes."
    ]


def unverified(scenario: Scenario, library: Library) -> list[str]:
    """Figures that somebody remembers and nobody has seen in a source."""
    base = scenario.baseline
    kinds = {
        kind for row in scenario.cohort for kind, share in scenario.mixes[row.offence_mix].shares.items() if share > 0.0
    }
    crime = library.crime[base.text("appraisal.cost_table")]
    choices = choices_of(base, crime)
    used = [
        *base.quantities.values(),
        *base.effect.ratios.values(),
        *(crime.totals[kind] for kind in sorted(kinds) if kind in crime.totals),
        *([library.justice[name] for name in JUSTICE_COSTS] if choices.costing == "explicit" else []),
    ]
    names = sorted({figure.name for figure in used if figure.standing == "unverified"})
    return [f"Remembered, not seen in a source (unverified): {listed(names)}."] if names else []
