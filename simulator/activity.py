"""What happened, before any money: counts and person-years by replication, year, group and effect state.

``Activity`` wraps one array and turns tidy on demand. ``problems_of`` states the identities that must always hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.model import measures
from simulator.model.states import DESELECTION_CODES, EFFECT_STATES, RAG_STATUSES

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]

STATE_YEARS = slice(measures.LIBERTY_YEARS, measures.LEFT_YEARS + 1)
DISPOSALS = slice(measures.CUSTODY_DISPOSALS, measures.OTHER_DISPOSALS + 1)
DAYS_PER_YEAR = 365.25
ALL_GROUPS = "all"


class Event(NamedTuple):
    """One line of the event log: what happened to whom, and the states just after it."""

    date: float
    person: int
    event: int
    justice: int
    scheme: int
    rag: int  # -1 while not managed
    code: int  # of the latest deselection, -1 for none
    offences: int  # of the latest occasion
    until: float  # release date while in custody, else NaN-free 0.0
    active: bool
    fading: bool


@dataclass(frozen=True)
class Activity:
    """Counts and person-years of one arm.

    ``totals`` has shape (replications, years, groups, effect states, measures); the measures are those of
    ``model.measures`` followed by one count of proven offences for each offence type.
    """

    arm: str
    totals: Array
    people: Array  # (replications, groups): people in the pool at t = 0
    groups: tuple[str, ...]
    offence_types: tuple[str, ...]
    first_replication: int = 0

    @property
    def replications(self) -> int:
        """How many replications."""
        return int(self.totals.shape[0])

    @property
    def years(self) -> int:
        """How many whole years."""
        return int(self.totals.shape[1])

    @property
    def measure_names(self) -> tuple[str, ...]:
        """Names along the last axis."""
        return (*measures.NAMES, *(f"offences_{kind}" for kind in self.offence_types))

    def by_year(self, measure: int | slice) -> Array:
        """A measure, or the sum over a slice of measures, by (replication, year)."""
        chosen = self.totals[..., measure]
        return np.asarray(chosen.sum(axis=(2, 3, 4) if isinstance(measure, slice) else (2, 3)))

    def total(self, measure: int | slice) -> Array:
        """A measure, or the sum over a slice of measures, by replication over all years."""
        return np.asarray(self.by_year(measure).sum(axis=1))

    @property
    def offences(self) -> Array:
        """Proven offences by (replication, year, group, effect state, offence type)."""
        return self.totals[..., measures.OFFENCES_FROM :]

    def proven_offences(self) -> Array:
        """Proven offences by (replication, year)."""
        return self.by_year(slice(measures.OFFENCES_FROM, None))

    def managed_years(self) -> Array:
        """Person-years managed, in and out of custody, by (replication, year)."""
        return self.by_year(slice(measures.RAG_YEARS, measures.RAG_YEARS + len(RAG_STATUSES)))

    def custody_days(self) -> Array:
        """Days in custody by (replication, year), at 365.25 days a year."""
        return self.by_year(measures.CUSTODY_YEARS) * DAYS_PER_YEAR

    def over_groups(self) -> Activity:
        """The same activity with the groups of the cohort added together: a small row for each replication."""
        return Activity(
            self.arm,
            self.totals.sum(axis=2, keepdims=True),
            self.people.sum(axis=1, keepdims=True),
            (ALL_GROUPS,),
            self.offence_types,
            self.first_replication,
        )

    def tidy(self) -> pd.DataFrame:
        """One row per replication, year, group, effect state and measure that is not zero."""
        import pandas as pd

        place = np.nonzero(self.totals)
        return pd.DataFrame(
            {
                "arm": self.arm,
                "replication": place[0] + self.first_replication,
                "year": place[1],
                "group": np.array(self.groups)[place[2]],
                "effect_state": np.array(EFFECT_STATES)[place[3]],
                "measure": np.array(self.measure_names)[place[4]],
                "value": self.totals[place],
            }
        )


def joined(parts: list[Activity]) -> Activity:
    """The same arm's blocks of replications as one, in the order of their first replication."""
    parts = sorted(parts, key=lambda part: part.first_replication)
    first = parts[0]
    return Activity(
        first.arm,
        np.concatenate([part.totals for part in parts]),
        np.concatenate([part.people for part in parts]),
        first.groups,
        first.offence_types,
        first.first_replication,
    )


def problems_of(activity: Activity) -> list[str]:
    """The identities that always hold, as sentences about those that do not; empty when all hold."""
    wrong = []
    person_years = activity.totals[..., STATE_YEARS].sum(axis=(2, 3, 4))
    nobody_came = activity.totals[..., measures.ENTRIES].sum(axis=(1, 2, 3)) == 0
    if np.any((person_years != activity.people.sum(axis=1, keepdims=True))[nobody_came]):
        wrong.append("person-years over justice states differ from people x years")
    arrests, disposals = activity.total(measures.ARRESTS), activity.total(DISPOSALS)
    if np.any(np.abs(arrests - disposals) > activity.people.sum(axis=1)):
        wrong.append("arrests and disposals differ by more than the people between the two")
    if np.any(activity.proven_offences() < activity.by_year(measures.ARRESTS)):
        wrong.append("fewer proven offences than offending occasions")
    sentences = activity.by_year(measures.CUSTODIAL_SENTENCES)
    if np.any(sentences < activity.by_year(measures.CUSTODY_DISPOSALS)):
        wrong.append("fewer custodial sentences than occasions that ended in custody")
    managed = activity.totals[..., 1, STATE_YEARS].sum(axis=(1, 2, 3)) - activity.totals[
        ..., 1, measures.LEFT_YEARS
    ].sum(axis=(1, 2))
    if np.any(managed != activity.managed_years().sum(axis=1)):
        wrong.append("managed person-years by justice state and by RAG status differ")
    if np.any(activity.totals < 0.0):
        wrong.append("a negative count or duration")
    return wrong


def deselections(activity: Activity) -> dict[str, float]:
    """Mean number of deselections per replication, by code."""
    counts = activity.totals[..., measures.DESELECTIONS : measures.OFFENCES_FROM].sum(axis=(1, 2, 3))
    return dict(zip(DESELECTION_CODES, counts.mean(axis=0).tolist(), strict=True))
