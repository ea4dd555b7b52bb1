"""Small runs that several tests share: a few replications of a shipped scheme, or of a scheme of a test's own."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable
from pathlib import Path

import numpy as np

from simulator.activity import Activity
from simulator.appraisal import comparison as comparing
from simulator.appraisal.comparison import Appraised, Comparison, Runs
from simulator.appraisal.library import Library, load_library
from simulator.appraisal.results import Part, parts_by, total_of
from simulator.cli.loading import load
from simulator.costing.lines import Cell
from simulator.experiment import Plan
from simulator.model import measures
from simulator.model.states import EFFECT_STATES
from simulator.scenario.records import Scenario

REPLICATIONS = 3


@functools.cache
def library() -> Library:
    return load_library()


@functools.cache
def scenario_with(*settings: str, name: str = "bedfordshire", comparator: str | None = None) -> Scenario:
    (scenario,), _ = load([name], settings, comparator)
    return scenario


@functools.cache
def runs_with(
    *settings: str, name: str = "bedfordshire", comparator: str | None = None, replications: int = REPLICATIONS
) -> Runs:
    """Runs of all arms of a scheme on the compiled engine."""
    (scenario,), changed = load([name], settings, comparator)
    years = int(scenario.baseline.value("appraisal.horizon_years"))
    return comparing.run(scenario, changed, replications, Plan(years, seed=1, workers=1))


@functools.cache
def compared(
    *settings: str, name: str = "bedfordshire", comparator: str | None = None, replications: int = REPLICATIONS
) -> Comparison:
    """Runs, priced with the settings, against the comparator."""
    runs = runs_with(*settings, name=name, comparator=comparator, replications=replications)
    _, changed = load([name], settings, comparator)
    return comparing.appraise(runs, changed)


def made_activity(offence_types: tuple[str, ...], years: int = 1, replications: int = 1, arm: str = "made") -> Activity:
    """An activity in which nothing happens yet: fill in ``totals[replication, year, group, effect state, measure]``."""
    shape = (replications, years, 1, len(EFFECT_STATES), measures.OFFENCES_FROM + len(offence_types))
    return Activity(arm, np.zeros(shape), np.ones((replications, 1)), ("all",), offence_types)


def write_scenario(folder: Path, text: str, name: str = "mine.yaml") -> str:
    """A scenario file of a test's own; its path as a command takes it."""
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


PENNY = 0.005

SPLITS: dict[str, Callable[[Cell], Hashable]] = {
    "line": lambda cell: cell.line.name,
    "section": lambda cell: cell.line.section,
    "agency": lambda cell: cell.price.agency,
    "kind": lambda cell: (cell.price.kind, cell.price.cashable),
    "offence type": lambda cell: cell.line.offence_type,
    "year": lambda cell: cell.year,
    "part of the unit cost": lambda cell: cell.price.part,
}


def arm_of(comparison: Comparison, name: str) -> Appraised:
    (found,) = [each for each in comparison.arms if each.plan.name == name]
    return found


def total(comparison: Comparison, name: str) -> Part:
    pair = arm_of(comparison, name).pair
    return total_of(parts_by(pair, comparison.factors, lambda cell: cell.year, comparison.bias).values())
