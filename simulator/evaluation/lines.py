"""A published figure beside the simulated one."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from simulator.evidence import Figure

FITTED, PREDICTED, ARITHMETIC = "fitted", "predicted", "arithmetic"


class Line(NamedTuple):
    """A published figure beside the program's own. ``figure`` is the evidence figure's full name."""

    report: str
    figure: str
    protocol: str
    reported: float
    simulated: float
    standard_error: float | None
    miss_in_standard_errors: float | None
    role: str  # fitted, predicted or arithmetic


def line_of(
    figure: Figure, protocol: str, simulated: float, standard_error: float | None, fitted: Collection[str]
) -> Line:
    """The line of one simulated figure: fitted where a fit has had it as a target, else predicted."""
    miss = (simulated - figure.value) / standard_error if standard_error else None
    role = FITTED if figure.name in fitted else PREDICTED
    return Line(figure.source, figure.name, protocol, figure.value, simulated, standard_error, miss, role)
