"""Inputs that never reach a result: declared or drawn, and yet moving them moves nothing.

Such an input makes uncertainty look small. Each uncertain input is moved to both ends of its range, each lever to another
value, with the same luck; whatever changes no outcome of any arm is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simulator.scenario.fields import LEVERS, PLACES_FROM, LeverField
from simulator.scenario.records import Lever
from simulator.tables import InputProblems
from simulator.uncertainty.grids import Reading
from simulator.uncertainty.inputs import Uncertain, uncertain_inputs
from simulator.uncertainty.jobs import in_memory
from simulator.uncertainty.outcomes import NOISE_WITH, OUTCOMES, Trial, Trials, Variant
from simulator.uncertainty.points import CENTRAL
from simulator.uncertainty.tornado import priced_first, trials_of

if TYPE_CHECKING:
    import pandas as pd

# Tried with few replications first; what seems to do nothing is tried again with more, since some events are rare.
REPLICATIONS = (4, 40)
STEP = 1.5  # how far a number is moved
BEYOND_ZERO = 0.5  # where a number that is zero is moved to
BY_PRIORITY = "programme.by_priority"
NAMES_ONLY = ("appraisal.comparator",)  # says which rows to subtract, and is checked when a scenario is read


def unreached_inputs(base: Variant, seed: int = 1, workers: int = 0) -> list[str]:
    """Uncertain inputs of a scenario that move nothing at either end of their range."""
    left = uncertain_inputs(base.scenario, base.library)
    for replications in REPLICATIONS:
        if left:
            rows = in_memory(Trials((base,), left, trials_of(left), replications, seed), workers)
            left = still(rows, left)
    return list(left)


def still(rows: pd.DataFrame, inputs: Mapping[str, Uncertain]) -> dict[str, Uncertain]:
    """The inputs at neither of whose ends any outcome differs from the base."""
    found = outcomes_by_trial(rows)
    return {
        each.name: each
        for number, each in enumerate(priced_first(inputs))
        if found[2 * number + 1] == found[0] == found[2 * number + 2]
    }


def outcomes_by_trial(rows: pd.DataFrame) -> list[list[Any]]:
    """Every outcome of every arm, the noise left out, trial by trial."""
    names = [name for name in rows.columns if name in OUTCOMES and not name.startswith(NOISE_WITH)]
    return [part[names].to_numpy().tolist() for _, part in rows.groupby("trial", sort=True)]


def unreached_levers(base: Variant, reading: Reading, seed: int = 1, workers: int = 0) -> list[str]:
    """Levers that the scenario states and that move nothing when they are set to any other value tried."""
    left = {name: settings for name, settings in moves_of(base).items() if settings}
    for replications in REPLICATIONS:
        left = {
            name: settings
            for name, settings in left.items()
            if not moves(base, reading, settings, replications, seed, workers)
        }
    return list(left)


def moves(base: Variant, reading: Reading, settings: Sequence[str], replications: int, seed: int, workers: int) -> bool:
    """Whether any of the settings changes an outcome; one that the scenario refuses is read, and so counts."""
    variants = [base]
    for setting in settings:
        try:
            variants.append(reading([setting]))
        except InputProblems:
            return True
    trials = tuple(Trial(CENTRAL, 0, number) for number in range(len(variants)))
    found = outcomes_by_trial(in_memory(Trials(tuple(variants), {}, trials, replications, seed), workers))
    return any(each != found[0] for each in found[1:])


def moves_of(base: Variant) -> dict[str, list[str]]:
    """Other values to try for each lever that the scenario states, as settings.

    Of the three ways to say how many places, only the one that is in force counts; going by priority is no lever where
    all rows of the cohort have the same.
    """
    levers = base.scenario.baseline.levers
    budget = levers["programme.yearly_budget_gbp"] is not None
    return {
        name: [f"{name}={value}" for value in other_values(field, levers[name])]
        for name, field in LEVERS.items()
        if levers[name] is not None
        and name not in NAMES_ONLY
        and (name != BY_PRIORITY or len({row.priority for row in base.scenario.cohort}) > 1)
        and not (budget and name in PLACES_FROM and name != "programme.yearly_budget_gbp")
    }


def other_values(field: LeverField, value: Lever) -> list[str]:
    """Values that are not the lever's own: the other choices, the other state of a flag, a larger and a smaller number."""
    if field.kind == "choice":
        return [each for each in field.allowed if each != value]
    if field.kind == "flag":
        return ["false" if value else "true"]
    if not isinstance(value, int | float):
        return []
    found = [value * STEP, value / STEP] if value else [BEYOND_ZERO]
    if field.kind == "whole":
        found = [round(each) for each in (*found, value + 1)]
    return [f"{each:g}" for each in found if within(field, each) and each != value]


def within(field: LeverField, value: float) -> bool:
    """Whether a lever may have a value."""
    return (field.minimum is None or value >= field.minimum) and (field.maximum is None or value <= field.maximum)
