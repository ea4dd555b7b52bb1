"""Each shipped scenario's expected answer stands beside it: ``scenarios/<name>.expected.json``."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from simulator.appraisal import comparison as comparing
from simulator.appraisal.library import load_library
from simulator.experiment import Plan
from simulator.places import data_folder
from simulator.report.results import results_of
from simulator.scenario.layers import scheme_names
from simulator.scenario.read import read_scenario

REPLICATIONS = 20
SEED = 1
# Money may differ in the last bits where a platform adds in another order; counts may not.
RELATIVE = 1e-9

MONEY = ("programme_cost_gbp", "benefit_gbp", "npsv_gbp", "benefit_per_pound")
COUNTS = ("proven_offences", "arrests", "custody_days", "people_reoffending", "managed_person_years")


def path_of_answer(scheme: str) -> Path:
    """Where a scheme's expected answer is kept."""
    return data_folder("scenarios") / f"{scheme}.expected.json"


def answer_of(scheme: str, engine: str = "compiled") -> dict[str, Any]:
    """Money and mean counts of every arm at 20 replications and seed 1."""
    library = load_library()
    scenario = read_scenario(scheme, library.known())
    years = int(scenario.baseline.value("appraisal.horizon_years"))
    runs = comparing.run(scenario, library, REPLICATIONS, Plan(years, SEED, engine))
    document = results_of(comparing.appraise(runs, library))
    return {
        "replications": REPLICATIONS,
        "seed": SEED,
        "arms": {
            arm["name"]: {
                **{name: arm[name] for name in MONEY},
                **{name: arm[name]["level"] for name in COUNTS},
                "npsv_interval": arm["npsv_interval"],
            }
            for arm in document["arms"]
        },
    }


def write_answers() -> list[Path]:
    """Write every scheme's answer anew."""
    paths = []
    for scheme in scheme_names():
        path = path_of_answer(scheme)
        path.write_text(json.dumps(answer_of(scheme), indent=2) + "\n", "utf-8")
        paths.append(path)
    return paths


def differences(scheme: str) -> list[str]:
    """What has moved since the expected answer was written, in words; empty when nothing has."""
    path = path_of_answer(scheme)
    if not path.is_file():
        return [f"{scheme}: no expected answer ({path.name} is missing)"]
    expected = json.loads(path.read_text("utf-8"))["arms"]
    got = answer_of(scheme)["arms"]
    moved = [f"{scheme}: arms differ"] if list(expected) != list(got) else []
    for arm in expected.keys() & got.keys():
        moved += [
            f"{scheme}:{arm}: {name} was {before}, is {got[arm][name]}"
            for name, before in expected[arm].items()
            if not same(before, got[arm][name])
        ]
    return sorted(moved)


def same(one: Any, other: Any) -> bool:
    """Equal, or equal to nine digits; intervals end by end."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float | int) and isinstance(other, float | int):
        return math.isclose(one, other, rel_tol=RELATIVE, abs_tol=1e-6)
    return bool(one == other)
