"""What comes out at a point: one row for each trial and arm, with the simulation noise of its mean.

Trials that differ in prices only share one simulation. All arms of a trial have the same luck.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.activity import Activity
from simulator.appraisal.comparison import Appraised, Runs, appraise
from simulator.appraisal.library import Library
from simulator.appraisal.results import Pair, crimes_of
from simulator.experiment import Task, perform
from simulator.rates import rates_of
from simulator.scenario.records import Scenario
from simulator.uncertainty.inputs import MIXES, Uncertain
from simulator.uncertainty.points import Point, at_point, behaviour_of

Columns = dict[str, list[Any]]

# What a row says besides its names; docs of the units go into every run's recipe.
OUTCOMES = {
    "npsv_gbp": "net present social value against the comparator, pounds at present value",
    "noise_gbp": "standard error of npsv_gbp from luck alone, pounds",
    "programme_cost_gbp": "additional programme cost, pounds at present value",
    "benefit_gbp": "benefit to society, pounds at present value",
    "fiscal_benefit_gbp": "part of the benefit that falls to public budgets, pounds at present value",
    "crimes_prevented": "crimes in the counting unit, over the horizon",
    "reoffences_prevented": "proven reoffences, over the horizon",
    "custody_days_saved": "days in custody, over the horizon",
    "managed_person_years": "additional person-years managed, over the horizon",
}
NOISE_WITH = "noise_with_"  # covariance of the noise with another arm's, pounds squared


class Variant(NamedTuple):
    """A scenario and its prices as read with some settings, and the labels of its rows, such as the settings' values."""

    scenario: Scenario
    library: Library
    labels: Mapping[str, float | str] = {}


class Trial(NamedTuple):
    """A point of one variant, and the first of the replications that it is run with."""

    point: Point
    first_replication: int = 0
    variant: int = 0


class Trials(NamedTuple):
    """Trials under one seed, all with as many replications; what a worker needs and no more."""

    variants: tuple[Variant, ...]  # the same arms in all of them
    inputs: Mapping[str, Uncertain]
    trials: tuple[Trial, ...]
    replications: int
    seed: int
    engine: str = "compiled"

    @property
    def arms(self) -> int:
        """How many arms, the comparator among them."""
        return len(self.variants[0].scenario.arms)

    def behaviour(self, trial: Trial) -> Behaviour:
        """What decides the simulation of a trial: trials that agree here need only one."""
        return Behaviour(trial.variant, behaviour_of(trial.point, self.inputs), trial.first_replication)

    def there(self, trial: Trial) -> Variant:
        """The scenario and the prices of a trial."""
        scenario, library, labels = self.variants[trial.variant]
        return Variant(*at_point(scenario, library, trial.point), labels)

    def moved(self) -> list[str]:
        """Columns of what is moved anywhere: labels, inputs, and the shares of drawn mixes."""
        labels = dict.fromkeys(name for variant in self.variants for name in variant.labels)
        values = {name for trial in self.trials for name in trial.point.values}
        mixes = dict.fromkeys(
            f"{MIXES}{name}.{kind}"
            for trial in self.trials
            for name, shares in trial.point.mixes.items()
            for kind in shares
        )
        return [*labels, *(name for name in self.inputs if name in values), *mixes]

    def value(self, trial: Trial, name: str) -> float | str:
        """What one of those columns says of a trial: the central value where it is not moved."""
        labels, point = self.variants[trial.variant].labels, trial.point
        if name in labels:
            return labels[name]
        if name in self.inputs:
            return point.values.get(name, self.inputs[name].value)
        mix, _, kind = name.removeprefix(MIXES).partition(".")
        return point.mixes[mix][kind]


class Behaviour(NamedTuple):
    """All of a trial but its prices."""

    variant: int
    point: Point
    first_replication: int


def simulated(work: Trials, variant: Variant, first: int) -> tuple[Activity, ...]:
    """Activities of every arm."""
    scenario, library, _ = variant
    arms = tuple(rates_of(scenario, arm, library.offence_types) for arm in scenario.arms)
    years = int(scenario.baseline.value("appraisal.horizon_years"))
    return tuple(perform(Task(arms, first, work.replications), years, work.seed, work.engine))


def outcomes_of(work: Trials) -> Columns:
    """One row for each trial and arm other than the comparator, in order: the columns of ``OUTCOMES`` and the noise."""
    rows: list[dict[str, Any]] = []

    for behaviour, together in groupby(work.trials, work.behaviour):
        activities: tuple[Activity, ...] = ()
        for trial in together:
            there = work.there(trial)
            activities = activities or simulated(
                work, there, behaviour.first_replication
            )  # prices change nothing in it
            rows += rows_of(appraised(work, there, activities))
    return {name: [row[name] for row in rows] for name in rows[0]} if rows else {}


def appraised(work: Trials, there: Variant, activities: tuple[Activity, ...]) -> list[Appraised]:
    """Every arm but the comparator, priced."""
    comparison = appraise(Runs(there.scenario, activities, None, work.seed, work.engine), there.library)
    return [each for each in comparison.arms if each.plan.name != comparison.comparator]


def rows_of(arms: Sequence[Appraised]) -> list[dict[str, Any]]:
    """One row an arm."""
    covariances = noise_of([each.streams.npsv for each in arms])
    return [
        {
            "arm": each.plan.name,
            **outcome_of(each, float(np.sqrt(covariances[number, number]))),
            **{
                f"{NOISE_WITH}{other.plan.name}_gbp2": float(covariances[number, place])
                for place, other in enumerate(arms)
            },
        }
        for number, each in enumerate(arms)
    ]


def noise_of(npsv: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Covariances (arms, arms) of the means over replications; NaN for a single replication."""
    replications = len(npsv[0])
    if replications < 2:
        return np.full((len(npsv), len(npsv)), np.nan)
    return np.atleast_2d(np.cov(np.stack(npsv), ddof=1)) / replications


def outcome_of(each: Appraised, noise: float) -> dict[str, float]:
    """Means over the replications of one arm, in the order of ``OUTCOMES``."""
    streams = each.streams
    return {
        "npsv_gbp": float(streams.npsv.mean()),
        "noise_gbp": noise,
        "programme_cost_gbp": float(streams.programme_cost.mean()),
        "benefit_gbp": float(streams.benefit.mean()),
        "fiscal_benefit_gbp": float(streams.fiscal_benefit.mean()),
        **happenings(each.pair),
    }


def happenings(pair: Pair) -> dict[str, float]:
    """What the arm changes against the comparator, before any money."""
    arm, base = pair.arm.activity, pair.comparator.activity
    return {
        "crimes_prevented": float((crimes_of(pair.comparator.costs) - crimes_of(pair.arm.costs)).sum(axis=1).mean()),
        "reoffences_prevented": float((base.proven_offences() - arm.proven_offences()).sum(axis=1).mean()),
        "custody_days_saved": float((base.custody_days() - arm.custody_days()).sum(axis=1).mean()),
        "managed_person_years": float((arm.managed_years() - base.managed_years()).sum(axis=1).mean()),
    }
