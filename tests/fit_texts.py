"""A fit and scenarios that name it, for several tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_runs import library, write_scenario

from simulator.appraisal import comparison as comparing
from simulator.experiment import Plan, Task
from simulator.scenario.read import read_scenario
from simulator.scenario.records import Scenario
from simulator.tables import InputProblems

FIT = """scheme: leeds
report: leeds_2017
protocol: matched comparison
made_by: python run.py calibrate leeds --seed 1
seed: 1
inputs_digest: 0123456789ab
readings:
  with_spells:
    parameters:
      occasions_per_year: {value: 1.3, low: 1.1, high: 1.55, log_error: 0.088}
      frailty_shape: {value: 2.6, low: 1.9, high: 3.5, log_error: 0.155}
      offences_per_occasion: {value: 2.3, low: 2.2, high: 2.4, log_error: 0.02}
      later_custody_chance: {value: 0.58, low: 0.55, high: 0.61, log_error: 0.026}
    correlations:
      - [1, -0.3, 0.1, 0]
      - [-0.3, 1, 0.2, 0]
      - [0.1, 0.2, 1, 0]
      - [0, 0, 0, 1]
    effect:
      occasions_ratio: {value: 0.95, low: 0.75, high: 1.2, log_error: 0.12}
    targets:
      - {figure: table_1.rate, reported: 55.7, modelled: 55.71, standard_error: 0.03, miss: 0.3, role: fitted}
      - {figure: table_8.custody, reported: 1.9, modelled: 2.3, standard_error: 0.1, miss: 4, role: predicted}
    not_identified: ["spells: 1.5 to 8 years fit as well"]
"""
WITHOUT = """  without_spells:
    parameters:
      frailty_shape: {value: 0.9, low: 0.8, high: 1, log_error: 0.05}
    correlations:
      - [1]
"""
NAMES = ("occasions_per_year", "frailty_shape", "offences_per_occasion", "later_custody_chance")
TOP = "extends: leeds\ntitle: t\nwhy: w\n"
NAMING = TOP + "fit: leeds_fit.yaml\n"
CORRELATIONS = FIT[FIT.index("    correlations") : FIT.index("    effect")]


def written(folder: Path, text: str = FIT, name: str = "leeds_fit.yaml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def read(folder: Path, text: str = NAMING, *settings: str, fit: str = FIT) -> Scenario:
    """A scenario beside a fit."""
    written(folder, fit)
    return read_scenario(write_scenario(folder, text), library().known(), settings)


def refused(folder: Path, text: str = NAMING, *settings: str, fit: str = FIT) -> str:
    with pytest.raises(InputProblems) as caught:
        read(folder, text, *settings, fit=fit)
    return str(caught.value)


def without_errors(fit: str) -> str:
    return "\n".join(
        line.split(", log_error")[0] + ", log_error: 0}" if "log_error" in line else line for line in fit.split("\n")
    )


def drawn_tasks(scenario: Scenario, count: int, first: int = 0) -> list[Task]:
    return comparing.tasks_of(scenario, library(), first, count, Plan(5, seed=7))[1]


def line_of(words: str) -> int:
    """The line of the fit on which the words begin."""
    return FIT[: FIT.index(words)].count("\n") + 1


def evidence_of(folder: Path, text: str = FIT) -> None:
    """A folder of evidence with one fit, ``leeds``."""
    (folder / "evidence" / "fits").mkdir(parents=True)
    written(folder / "evidence" / "fits", text, "leeds.yaml")
