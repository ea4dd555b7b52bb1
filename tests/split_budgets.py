"""Budgets split over cohort types, that several tests share."""

from __future__ import annotations

import functools
from pathlib import Path

from small_runs import write_scenario

from simulator.appraisal.library import Library
from simulator.appraisal.loading import load
from simulator.scenario.records import Scenario
from simulator.uncertainty.budget_split import (
    Plan,
    Split,
    split_of,
)
from simulator.uncertainty.cohort_schemes import (
    Task,
    task_of,
)
from simulator.uncertainty.funding_levels import Effort

SMALL = Effort(draws=6, replications=2, seed=1, workers=1)
SHORT = ("appraisal.horizon_years=2",)


@functools.cache
def loaded(*settings: str, name: str = "bedfordshire:as_run") -> tuple[Scenario, Library]:
    (scenario,), library = load([name], settings)
    return scenario, library


def task(*settings: str, budget: float = 150_000.0, name: str = "bedfordshire:as_run") -> Task:
    scenario, library = loaded(*settings, name=name)
    return task_of(scenario, library, "as_run", budget)


@functools.cache
def split(
    *settings: str, budget: float = 150_000.0, effort: Effort = SMALL, name: str = "bedfordshire:as_run"
) -> Split:
    return split_of(task(*settings, budget=budget, name=name), effort)


def plan(found: Split, name: str) -> Plan:
    return next(each for each in found.plans if each.name == name)


COHORT = """\
  - {{cohort: {name}, people: {people}, offence_mix: mixed_acquisitive,
     rate_ratio: {{value: {rate}, standing: choice, why: w}},
     statutory_share: {{value: 1, standing: choice, why: w}}}}
"""


def two_cohorts(folder: Path, one: float, two: float, people: int = 8) -> str:
    """A scheme of two cohort types with so many times the usual rate of offending each."""
    rows = COHORT.format(name="One", people=people, rate=one) + COHORT.format(name="Two", people=people, rate=two)
    path = write_scenario(folder, f"extends: leeds\ntitle: Two\nwhy: w\ncohort:\n{rows}", "two.yaml")
    return f"{path}:as_run"
