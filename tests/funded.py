"""Funding curves and splits that several tests share."""

from __future__ import annotations

import copy
import functools
from typing import Any

from simulator.appraisal.library import Library
from simulator.appraisal.loading import load
from simulator.report.funding import curve_document
from simulator.scenario.records import Scenario
from simulator.uncertainty import funding_levels
from simulator.uncertainty.funding_curve import (
    Curve,
    curve_of,
)
from simulator.uncertainty.funding_levels import (
    Effort,
    block_of,
)
from simulator.uncertainty.points import CENTRAL

PLACES = (40, 94, 160)
SMALL = Effort(draws=6, replications=2, seed=1, workers=1)
NEW = ("programme.start_year=0", "appraisal.horizon_years=2")


@functools.cache
def loaded(*settings: str, name: str = "bedfordshire:as_run") -> tuple[Scenario, Library]:
    (scenario,), library = load([name], settings)
    return scenario, library


@functools.cache
def curve(
    *settings: str, places: tuple[int, ...] = PLACES, effort: Effort = SMALL, name: str = "bedfordshire:as_run"
) -> Curve:
    scenario, library = loaded(*settings, name=name)
    return curve_of(scenario, library, "as_run", places, effort)


@functools.cache
def shipped(*settings: str, effort: Effort = SMALL) -> dict[str, Any]:
    return curve_document(curve(*settings, effort=effort), loaded(*settings)[1], "as_run", effort)


def document(*settings: str) -> dict[str, Any]:
    return copy.deepcopy(shipped(*settings))


def run_once(scenario: Scenario, library: Library, replications: int = 4) -> funding_levels.Block:
    return block_of(funding_levels.Work(scenario, library, CENTRAL, 0, replications, 1))


UNEQUAL = (
    "population.spells=false", "population.frailty_shape=0.3", "effect.occasions_ratio=0.3", "effect.custody_ratio=1",
    "programme.fade_out_years=0", *NEW,
)  # fmt: skip
NO_DRAWS = Effort(draws=0, replications=4, seed=1, workers=1)
