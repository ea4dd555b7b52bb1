"""Where people are over the years: who is at liberty, in custody, managed or gone, from the events of an arm.

The stretches of all lives, each in one state, cover the time of everybody once. What is counted on a date, what is added
up over years and what is drawn of one person all come from the same stretches.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.activity import Activity
from simulator.engine_compiled.replicate import run
from simulator.evaluation.lives import FIELD, logged
from simulator.jit import COMPILED
from simulator.model import measures
from simulator.model.pool import members_of
from simulator.model.rates import Rates
from simulator.model.states import ARREST, CUSTODY, LEFT, LIBERTY, MANAGED, OUTSIDE, POOL

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

MONTHS = 12


class Place(NamedTuple):
    """Where somebody may be: a justice state or two, on the scheme or not (None: either)."""

    name: str
    title: str
    justice: tuple[int, ...]
    managed: bool | None


# An arrest lasts a day, as the scenarios have it: it is counted with the time at liberty that it interrupts.
PLACES = (
    Place("custody_managed", "in custody, managed", (CUSTODY,), True),
    Place("custody_not_managed", "in custody, not managed", (CUSTODY,), False),
    Place("liberty_managed", "at liberty, managed", (LIBERTY, ARREST), True),
    Place("liberty_not_managed", "at liberty, not managed", (LIBERTY, ARREST), False),
    Place("left", "left the area, or died", (LEFT,), None),
)
NAMES = tuple(place.name for place in PLACES)
NOWHERE = len(PLACES)  # not arrived yet
IN_CUSTODY = ("custody_managed", "custody_not_managed")
ON_SCHEME = ("custody_managed", "liberty_managed")


@dataclass(frozen=True)
class Stretches:
    """Every stretch of every life from t = 0 to the horizon, by person, then in order of time. One entry for each."""

    years: int
    person: Whole
    place: Whole  # of PLACES
    since: Floats
    until: Floats  # the horizon where the stretch goes on

    def person_years(self, place: int) -> float:
        """Time of everybody together in one place, in years."""
        chosen = self.place == place
        return float((self.until[chosen] - self.since[chosen]).sum())

    def people_at(self, dates: Floats, place: int) -> Floats:
        """How many people are in one place just after each date; on the horizon, those who are there then."""
        chosen = self.place == place
        ends = np.where(self.until[chosen] < self.years, self.until[chosen], np.inf)
        begun = np.searchsorted(np.sort(self.since[chosen]), dates, side="right")
        over = np.searchsorted(np.sort(ends), dates, side="right")
        return np.asarray(begun - over, np.float64)

    def of_person(self, number: int) -> list[tuple[str, float, float]]:
        """One life as places with their names, from and until; neighbours in the same place as one."""
        mine = self.person == number
        told: list[tuple[str, float, float]] = []
        for place, since, until in zip(
            self.place[mine].tolist(), self.since[mine].tolist(), self.until[mine].tolist(), strict=True
        ):
            if told and told[-1][0] == NAMES[place]:
                since = told.pop()[1]
            told.append((NAMES[place], since, until))
        return told


def place_of(justice: Whole, scheme: Whole) -> Whole:
    """The place of each pair of a justice and a scheme state."""
    found = np.full(len(justice), NOWHERE)
    for number, place in enumerate(PLACES):
        on_scheme = place.managed is None or place.managed == (scheme == MANAGED)
        found[np.isin(justice, place.justice) & on_scheme] = number
    return found


def events_of(rates: Rates, years: int, seed: int, replication: int) -> Floats:
    """Every event of one replication, by person, then in order of happening, history included; the fields of Event."""
    log = logged(rates, years, seed, replication)[:, : len(FIELD)]
    return np.asarray(log[np.argsort(log[:, FIELD["person"]], kind="stable")])


def stretches_of(rates: Rates, years: int, events: Floats) -> Stretches:
    """The stretches of all lives of one replication.

    Args:
        events: as ``events_of`` gives them.
    """
    before = first_states(rates, events)
    person = np.r_[before[:, 0], events[:, FIELD["person"]]].astype(np.int64)
    since = np.r_[np.full(len(before), -np.inf), events[:, FIELD["date"]]]
    order = np.argsort(person, kind="stable")  # what held before the first event stays first
    person, since = person[order], since[order]
    justice = np.r_[before[:, 1], events[:, FIELD["justice"]]].astype(np.int64)[order]
    scheme = np.r_[before[:, 2], events[:, FIELD["scheme"]]].astype(np.int64)[order]
    until = np.full(len(person), float(years))
    until[:-1][person[1:] == person[:-1]] = since[1:][person[1:] == person[:-1]]
    since = np.maximum(since, 0.0)
    place = place_of(justice, scheme)
    kept = (until > since) & (place != NOWHERE)
    return Stretches(years, person[kept], place[kept], since[kept], until[kept])


def first_states(rates: Rates, events: Floats) -> Floats:
    """Person, justice and scheme state of everybody before any event: at liberty in the pool, or not arrived yet."""
    members = len(members_of(rates)[0])
    later = np.unique(events[:, FIELD["person"]])
    later = later[later >= members]
    there = np.column_stack([np.arange(members), np.full(members, LIBERTY), np.full(members, POOL)])
    return np.vstack([there, np.column_stack([later, np.full(len(later), OUTSIDE), np.full(len(later), POOL)])])


@dataclass(frozen=True)
class Counts:
    """People and person-years by place, replication by replication."""

    people: Floats  # (replications, months, places): at the start of each month, and at the horizon
    person_years: Floats  # (replications, places)


def month_starts(years: int) -> Floats:
    """The start of each month in years from t = 0, and the horizon."""
    return np.arange(MONTHS * years + 1) / MONTHS


def counts_of(rates: Rates, years: int, seed: int, replications: int, workers: int = 0) -> Counts:
    """People by place over several replications of one arm, from the first on; the same whatever the number of workers.

    Raises RuntimeError where person-years in custody, managed or gone differ from those that the engine itself adds up.
    """
    dates = month_starts(years)

    def counted(replication: int) -> tuple[list[Floats], list[float]]:
        found = stretches_of(rates, years, events_of(rates, years, seed, replication))
        places = range(len(PLACES))
        return [found.people_at(dates, place) for place in places], [found.person_years(place) for place in places]

    workers = (workers or os.cpu_count() or 1) if COMPILED else 1
    with ThreadPoolExecutor(workers) as threads:
        made = list(threads.map(counted, range(replications)))
    counts = Counts(
        np.array([np.column_stack(people) for people, _ in made]), np.array([person_years for _, person_years in made])
    )
    (activity,) = run([rates], years, seed, 0, replications, by_group=False)
    wrong = problems_of(counts, activity)
    if wrong:
        raise RuntimeError(f"{rates.name}: " + "; ".join(wrong))
    return counts


def together(amounts: Floats, names: Sequence[str]) -> Floats:
    """People or person-years in several places; places are along the last axis."""
    return np.asarray(amounts[..., [NAMES.index(name) for name in names]].sum(axis=-1))


def problems_of(counts: Counts, activity: Activity) -> list[str]:
    """The identities between stretches and activity, as sentences about those that do not hold; empty when all do.

    Dates lie on a grid, so the sums are the same whatever the order; the tolerance is for the last bit.
    """
    pairs = {
        "in custody": (IN_CUSTODY, activity.total(measures.CUSTODY_YEARS)),
        "managed": (ON_SCHEME, activity.managed_years().sum(axis=1)),
        "gone": (("left",), activity.total(measures.LEFT_YEARS)),
        "of everybody": (NAMES, activity.total(slice(measures.LIBERTY_YEARS, measures.LEFT_YEARS + 1))),
    }
    return [
        f"person-years {what} differ between the events and the activity"
        for what, (names, total) in pairs.items()
        if not np.allclose(together(counts.person_years, names), total, rtol=1e-9, atol=1e-6)
    ]
