"""Differences taken apart that several tests share: Bedfordshire over three years, a few replications."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from simulator.appraisal import comparison as comparing
from simulator.appraisal.loading import load
from simulator.experiment import Plan
from simulator.report.results import results_of
from simulator.uncertainty.causes import by_choice, by_effect, by_setting
from simulator.uncertainty.difference import Decomposition, Row, answers_of
from simulator.uncertainty.outcomes import Variant

REPLICATIONS, SEED = 4, 1
PLAN = Plan(0, SEED, workers=1)
MONEY = 1e-6  # pounds
SHORT = "appraisal.horizon_years=3"


@functools.cache
def read(*settings: str, name: str = "bedfordshire") -> Variant:
    (scenario,), library = load([name], [SHORT, *settings])
    return Variant(scenario, library)


@functools.cache
def by_effects(first: str, second: str, *settings: str) -> Decomposition:
    (found,) = answers_of([by_effect(read(*settings), first, second)], REPLICATIONS, PLAN)
    return found


@functools.cache
def by_choices(first: str, second: str, *settings: str) -> Decomposition:
    (found,) = answers_of([by_choice(read(*settings), first, second)], REPLICATIONS, PLAN)
    return found


def by_settings(versus: Sequence[str], first: str = "as_run", second: str = "no_iom") -> Decomposition:
    question = by_setting(lambda settings: read(*settings), [], versus, first, second)
    (found,) = answers_of([question], REPLICATIONS, PLAN)
    return found


@functools.cache
def printed(*settings: str) -> dict[str, Any]:
    """What `compare` prints for every arm, by name."""
    scenario, library, _ = read(*settings)
    years = int(scenario.baseline.value("appraisal.horizon_years"))
    runs = comparing.run(scenario, library, REPLICATIONS, PLAN._replace(years=years))
    return {arm["name"]: arm for arm in results_of(comparing.appraise(runs, library))["arms"]}


def value(row: Row, column: str) -> float:
    return row.shares[column].value


def row_of(found: Decomposition, name: str) -> Row:
    (row,) = [row for row in found.rows if row.cause.name == name]
    return row


PAIRS = [("as_run", "no_iom"), ("fuller_caseload", "as_run"), ("no_iom", "ended_after_year_two")]
