"""Counting units as types: a proven offence, a recorded crime and a crime are three different things.

Unit costs are per crime. ``counting: proven`` counts one crime for each proven offence at baseline detection, as the
reports themselves do. ``counting: multiplied`` goes the whole way: recorded crimes per proven offence (a named
assumption), then crimes per recorded crime (the cost table's multiplier). Leaving out the middle step is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class ProvenOffences:
    """Offences that led to a conviction or caution: what the simulation and the Data Lab count."""

    count: Array


@dataclass(frozen=True)
class RecordedCrimes:
    """Crimes recorded by the police."""

    count: Array


@dataclass(frozen=True)
class Crimes:
    """Crimes, recorded or not: what Home Office unit costs are per."""

    count: Array


def at_baseline_detection(proven: ProvenOffences, detection_ratio: float) -> ProvenOffences:
    """Proven offences as the same crimes would have given without the programme's extra watching."""
    return ProvenOffences(proven.count / detection_ratio)


def as_crimes(proven: ProvenOffences) -> Crimes:
    """The reports' own convention: one crime for each proven offence."""
    return Crimes(proven.count)


def recorded_for(proven: ProvenOffences, recorded_per_proven: float) -> RecordedCrimes:
    """Recorded crimes behind proven offences."""
    return RecordedCrimes(proven.count * recorded_per_proven)


def crimes_for(recorded: RecordedCrimes, crimes_per_recorded: float) -> Crimes:
    """Crimes behind recorded crimes.

    Raises TypeError when given proven offences: the factor between proven and recorded would be missing.
    """
    if not isinstance(recorded, RecordedCrimes):
        raise TypeError(
            f"crimes per recorded crime applied to {type(recorded).__name__}: "
            "first turn proven offences into recorded crimes (appraisal.recorded_per_proven)"
        )
    return Crimes(recorded.count * crimes_per_recorded)
