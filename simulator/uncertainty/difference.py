"""Why two results differ: every cause with its share, whatever the order in which causes are named (Shapley 1953).

A cause is a part of what differs that can be switched by itself: a ratio of the effect, a group of levers, a setting.
Every combination of switched causes is simulated with the same luck, and so shares add up to the whole difference.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.appraisal.comparison import Appraised, Comparison
from simulator.appraisal.results import bias_weights, crimes_of
from simulator.closed_forms.order_free import order_free, orders
from simulator.costing.lines import CRIME, PROGRAMME, SUPERVISION, Line
from simulator.experiment import Plan, Progress
from simulator.scenario.records import Lever
from simulator.uncertainty.outcomes import Variant
from simulator.uncertainty.states import compared

Array = NDArray[np.float64]
Switched = frozenset[int]

# What is measured; an amount above zero is a gain. The pounds of the parts add up to NPSV.
COUNTS = {
    "reoffences_prevented": "proven reoffences, over the horizon",
    "crimes_prevented": "crimes in the counting unit, over the horizon",
    "custody_days_saved": "days in custody, over the horizon; each is also a day at liberty given back",
}
PARTS = {
    "programme_gbp": "what the programme itself costs less; negative: it costs more",
    "crime_gbp": "what crimes cost less: victims and, in inclusive costing, police, courts and prisons too",
    "police_and_courts_gbp": "what arrests and court events cost less",
    "prison_gbp": "what days in custody cost less",
    "supervision_gbp": "what supervision on licence or order, and recalls, cost less",
}
NPSV = "npsv_gbp"
COLUMNS = {**COUNTS, **PARTS, NPSV: "net present social value: the sum of the pounds"}


class Change(NamedTuple):
    """One value that differs."""

    name: str
    before: Lever
    after: Lever


class Cause(NamedTuple):
    """What can be switched by itself: one ratio, a group of levers, or one setting."""

    name: str
    changes: tuple[Change, ...]


class Share(NamedTuple):
    """A cause's part of a difference, and the standard error that luck gives it; none for a single replication."""

    value: float
    noise: float | None


class Row(NamedTuple):
    """A cause and its share of every column."""

    cause: Cause
    shares: Mapping[str, Share]


class Decomposition(NamedTuple):
    """What there is with no cause switched, what each adds, and what there is with all: opening + rows = total."""

    by: str
    opening: Row
    rows: tuple[Row, ...]
    total: Row


class Question(NamedTuple):
    """A scenario for every set of switched causes, and what of its results is explained."""

    by: str
    causes: tuple[Cause, ...]
    states: Mapping[Switched, Variant]
    measured: Callable[[Comparison], Array]


def arm_in(comparison: Comparison, name: str) -> Appraised:
    """One arm of a comparison."""
    return next(each for each in comparison.arms if each.plan.name == name)


def part_of(line: Line) -> str:
    """The column of pounds that a cost line belongs to."""
    if line.section == PROGRAMME:
        return "programme_gbp"
    if line.section == CRIME:
        return "crime_gbp"
    if line.section == SUPERVISION or line.name == "recall":
        return "supervision_gbp"
    return "prison_gbp" if line.name == "custody_day" else "police_and_courts_gbp"


def gains_of(comparison: Comparison, name: str) -> Array:
    """What an arm gains over the comparator, by (replication, column): zeros for the comparator itself."""
    pair = arm_in(comparison, name).pair
    arm, base = pair.arm, pair.comparator
    weights = bias_weights(pair, comparison.factors, comparison.bias)

    def saved(part: str) -> Array:
        base_costs, costs = (
            each.costs.by_replication(comparison.factors, lambda line: part_of(line) == part, weights)
            for each in (base, arm)
        )
        return np.asarray(base_costs - costs)

    money = [saved(part) for part in PARTS]
    counts = [
        (base.activity.proven_offences() - arm.activity.proven_offences()).sum(axis=1),
        (crimes_of(base.costs) - crimes_of(arm.costs)).sum(axis=1),
        (base.activity.custody_days() - arm.activity.custody_days()).sum(axis=1),
    ]
    return np.column_stack([*counts, *money, np.sum(money, axis=0)])


def between(first: str, second: str) -> Callable[[Comparison], Array]:
    """One arm less another, each against the comparator, by (replication, column)."""
    return lambda comparison: gains_of(comparison, first) - gains_of(comparison, second)


def answers_of(
    questions: Sequence[Question], replications: int, plan: Plan, progress: Progress | None = None
) -> list[Decomposition]:
    """Simulate every state of every question, each distinct arm once, and share out the differences."""
    states = [state for question in questions for state in question.states.values()]
    comparisons = iter(compared(states, replications, plan, progress))
    found = []
    for question in questions:
        values = {chosen: question.measured(next(comparisons)) for chosen in question.states}
        found.append(decomposed(question.by, question.causes, values))
    return found


def decomposed(by: str, causes: Sequence[Cause], values: Mapping[Switched, Array]) -> Decomposition:
    """Values of every set of causes, by (replication, column), shared out between the causes."""
    every = frozenset(range(len(causes)))
    means = {chosen: value.mean(axis=0) for chosen, value in values.items()}
    shares = [
        order_free(lambda chosen, place=place: float(means[chosen][place]), len(causes))  # type: ignore[misc]
        for place in range(len(COLUMNS))
    ]
    rows = [
        row_of(cause, [column[number] for column in shares], share_by_replication(values, number, len(causes)))
        for number, cause in enumerate(causes)
    ]
    opening, total = (
        row_of(Cause(name, ()), means[chosen].tolist(), values[chosen])
        for name, chosen in (("opening", frozenset[int]()), ("total", every))
    )
    return Decomposition(by, opening, tuple(rows), total)


def share_by_replication(values: Mapping[Switched, Array], cause: int, causes: int) -> Array:
    """One cause's share in each replication: the same weighted sum of values as for their means."""
    total = np.zeros_like(next(iter(values.values())))
    for chosen, value in values.items():
        if cause in chosen:
            total += value * (orders(len(chosen) - 1, causes) / math.factorial(causes))
        else:
            total -= value * (orders(len(chosen), causes) / math.factorial(causes))
    return total


def row_of(cause: Cause, means: Sequence[float], by_replication: Array) -> Row:
    """A row with its simulation noise."""
    count = len(by_replication)
    noise = by_replication.std(axis=0, ddof=1) / math.sqrt(count) if count > 1 else None
    return Row(
        cause,
        {
            name: Share(means[place], None if noise is None else float(noise[place]))
            for place, name in enumerate(COLUMNS)
        },
    )
