"""What a sweep's results depend on, written down: the recipe whose digest names the run folder."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import simulator
from simulator.places import data_folder
from simulator.uncertainty.outcomes import NOISE_WITH, OUTCOMES, Trials, Variant


class Prepared(NamedTuple):
    """A sweep before it is run: its trials, and what it is called."""

    kind: str  # tornado, grid, psa, sobol or structure
    title: str
    trials: Trials
    asked: Mapping[str, Any]  # what makes this sweep of this scenario, in values that JSON knows


# What says, draws, keeps or studies results and moves none of them.
NO_RESULT_FROM = ("calibration", "charts", "cli", "evaluation", "notebook.py", "report", "store")


@cache
def program_digest() -> str:
    """SHA-256 of every source that results come from, and of every shipped table and report: another one, another run."""
    root = Path(simulator.__file__).parent
    files = [path for path in root.rglob("*.py") if path.relative_to(root).parts[0] not in NO_RESULT_FROM]
    for name in ("cost_tables", "evidence"):
        files += [path for path in data_folder(name).rglob("*") if path.suffix in (".csv", ".yaml")]
    whole = hashlib.sha256()
    for path in sorted(files, key=lambda each: each.parts[-2:]):
        whole.update("/".join(path.parts[-2:]).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def recipe_of(prepared: Prepared, settings: Sequence[str], command: str) -> dict[str, Any]:
    """Everything that the results depend on, with what to type again and a description of each column.

    The engine and the number of workers are not in it: they change no bit.
    """
    trials = prepared.trials
    scenario, _, _ = trials.variants[0]
    return {
        "scenario": scenario.name,
        "scenario_digest": scenario.digest,
        "program_digest": program_digest(),
        "arms": [arm.name for arm in scenario.arms],
        "comparator": scenario.baseline.text("appraisal.comparator"),
        "settings": sorted(settings),
        "seed": trials.seed,
        "replications": trials.replications,
        "trials": len(trials.trials),
        **prepared.asked,
        "columns": columns_of(trials),
        "command": command,
    }


def columns_of(trials: Trials) -> dict[str, str]:
    """Every column of the results with its unit."""
    moved = {name: described(trials.variants[0], trials, name) for name in trials.moved()}
    arms = [arm.name for arm in trials.variants[0].scenario.arms]
    comparator = trials.variants[0].scenario.baseline.text("appraisal.comparator")
    noise = {
        f"{NOISE_WITH}{arm}_gbp2": f"covariance of the noise of npsv_gbp with that of {arm}, pounds squared"
        for arm in arms
        if arm != comparator
    }
    return {"trial": "number of the trial, from 0", **moved, "arm": "funding choice", **OUTCOMES, **noise}


def described(variant: Variant, trials: Trials, name: str) -> str:
    """What a moved column holds."""
    if name in trials.inputs:
        each = trials.inputs[name]
        return f"{each.unit}; {each.value:g} in the middle"
    if name in ("choice", "alternative"):
        return "the choice made differently" if name == "choice" else "how"
    if name.startswith("offence_mixes."):
        return "share of proven offences"
    return "as set"
