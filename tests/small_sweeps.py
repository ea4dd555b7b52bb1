"""Small sweeps that several tests share."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from simulator.appraisal import comparison as comparing
from simulator.appraisal.loading import load
from simulator.experiment import Plan
from simulator.uncertainty.outcomes import Variant

SHORT = ("appraisal.horizon_years=2", "population.history_years=3")


@functools.cache
def variant(*settings: str, name: str = "southwark:as_run") -> Variant:
    (scenario,), library = load([name], settings)
    return Variant(scenario, library)


def reading(*base: str, name: str = "southwark:as_run"):
    """The scenario read with further settings."""

    def read(more: Sequence[str] = ()) -> Variant:
        return variant(*base, *more, name=name)

    return read


def plain_npsv(*settings: str, name: str = "southwark:as_run", replications: int = 3) -> dict[str, float]:
    """NPSV of each arm as ``compare`` gives it with ``--set``."""
    (scenario,), library = load([name], settings)
    years = int(scenario.baseline.value("appraisal.horizon_years"))
    runs = comparing.run(scenario, library, replications, Plan(years, 1, workers=1))
    comparison = comparing.appraise(runs, library)
    return {
        each.plan.name: float(each.streams.npsv.mean())
        for each in comparison.arms
        if each.plan.name != comparison.comparator
    }
