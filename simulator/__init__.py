"""Is Integrated Offender Management worth its money? A simulation with sourced costs.

In a notebook: ``from simulator import load, compare, sweep``.
"""

from typing import Any

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """What notebooks use, imported when it is first asked for: the command line starts without it."""
    if name in ("compare", "load", "sweep"):
        from importlib import import_module

        return getattr(import_module("simulator.notebook"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
