"""What ran: version, digest of every input, engine and packages; so that a result can be made again."""

from __future__ import annotations

import hashlib
import json
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from simulator import __version__
from simulator.appraisal.comparison import Comparison
from simulator.places import data_folder


def data_digest() -> str:
    """Sixteen hexadecimal digits that change when any cost table or effect changes."""
    digest = hashlib.sha256()
    for folder in ("cost_tables", "evidence"):
        for path in sorted(data_folder(folder).iterdir()):
            if path.is_file():
                digest.update(path.name.encode())
                digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]


def package_version(name: str) -> str:
    """The version of an installed package, or "not installed"."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def run_record(comparison: Comparison) -> dict[str, Any]:
    """The record that is embedded in every result. ``digest`` names inputs and luck, not the machine."""
    runs = comparison.runs
    named = {
        "version": __version__,
        "scenario": runs.scenario.digest,
        "data": data_digest(),
        "overrides": dict(runs.scenario.overrides),
        "seed": runs.seed,
        "replications": runs.replications,
        "comparator": comparison.comparator,
    }
    return {
        "version": __version__,
        "digest": hashlib.sha256(json.dumps(named, sort_keys=True).encode()).hexdigest()[:16],
        "scenario_digest": named["scenario"],
        "data_digest": named["data"],
        "overrides": named["overrides"],
        "engine": runs.engine,
        "python": platform.python_version(),
        "packages": {name: package_version(name) for name in ("simpy", "numpy", "numba")},
    }
