"""From funding to places, and from places to what is paid for: levers only, no uncertainty."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.scenario.records import Settings

Array = NDArray[np.float64]

# A whole number of places that floating point leaves a hair short still counts as whole.
HAIR = 1e-9


class Staffing(NamedTuple):
    """Places, and the offender managers who hold them."""

    places: int
    offender_managers: float


def staffing_of(settings: Settings) -> Staffing:
    """Places given directly, or offender managers times caseload; a closed scheme has neither.

    A yearly budget has been turned into places when the scenario was read.
    """
    if not settings.flag("programme.open"):
        return Staffing(0, 0.0)
    caseload = settings.value("programme.caseload")
    places = settings.optional("programme.places")
    if places is not None:
        return Staffing(int(places), places / caseload)
    managers = settings.value("programme.offender_managers")
    return Staffing(math.floor(managers * caseload + HAIR), managers)


def places_of(settings: Settings) -> int:
    """How many people can be managed at once."""
    return staffing_of(settings).places


def open_share_by_year(settings: Settings, years: int) -> Array:
    """How much of each year the scheme is open, between 0 and 1, counting the ramp as fully staffed."""
    if not settings.flag("programme.open"):
        return np.zeros(years)
    start = max(settings.value("programme.start_year"), 0.0)
    end = settings.optional("programme.ends_after_years")
    end = float(years) if end is None else end
    return np.array([max(0.0, min(year + 1.0, end) - max(float(year), start)) for year in range(years)])


def paid_for_by_year(settings: Settings, years: int) -> dict[str, Array]:
    """Units paid for in each year: offender-manager years, place years and years of fixed costs."""
    staffing = staffing_of(settings)
    is_open = open_share_by_year(settings, years)
    return {
        "offender_manager_year": staffing.offender_managers * is_open,
        "place_year": staffing.places * is_open,
        "fixed_year": is_open,
    }
