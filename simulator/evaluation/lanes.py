"""Single lives beside each other: the same people under two arms, chosen by a rule that looks at neither outcome."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.evaluation.lives import FIELD
from simulator.evaluation.whereabouts import NAMES, ON_SCHEME, Stretches, events_of, stretches_of
from simulator.model.rates import Rates
from simulator.model.states import DESELECTION_CODES, LEFT, MANAGED, OCCASION, RECALLED, SELECTED

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

MOST = 12
ARRESTED, CHOSEN, DROPPED, RECALL, GONE = "arrest", "selected", "deselected", "recall", "left"


class Happening(NamedTuple):
    """Something that happened to a person, in years from t = 0."""

    year: float
    event: str
    offences: int  # proven offences of an arrest, else 0
    why: str  # the code of a deselection, else empty


class Area(NamedTuple):
    """One replication of one arm: all events, and the stretches between them."""

    events: Floats
    stretches: Stretches


def area_of(rates: Rates, years: int, seed: int, replication: int) -> Area:
    """One replication of one arm."""
    events = events_of(rates, years, seed, replication)
    return Area(events, stretches_of(rates, years, events))


def arrests_of(area: Area, people: Whole) -> Whole:
    """How often each of some people is arrested from t = 0 to the horizon."""
    events = area.events
    arrested = (events[:, FIELD["event"]] == OCCASION) & (events[:, FIELD["date"]] >= 0.0)
    size = int(max(people.max(initial=0), events[:, FIELD["person"]].max(initial=0))) + 1
    return np.asarray(np.bincount(events[arrested, FIELD["person"]].astype(np.int64), minlength=size)[people])


def managed_in(area: Area) -> Whole:
    """Who holds a place at some time between t = 0 and the horizon."""
    stretches = area.stretches
    return np.unique(stretches.person[np.isin(stretches.place, [NAMES.index(name) for name in ON_SCHEME])])


def candidates_of(arm: Area, comparator: Area) -> Whole:
    """Who may be shown: those with a place at some time under the arm, else under the comparator, else everybody."""
    for area in (arm, comparator):
        if len(managed_in(area)):
            return managed_in(area)
    return np.unique(comparator.stretches.person)


def chosen(arm: Area, comparator: Area, most: int = MOST) -> list[int]:
    """People evenly spread over the candidates by their number of arrests under the comparator, most arrests first.

    Where several have as many, the lower number comes first. All candidates, where there are not so many.
    """
    people = candidates_of(arm, comparator)
    ranked = people[np.lexsort((people, -arrests_of(comparator, people)))]
    if len(ranked) <= most:
        return [int(each) for each in ranked]
    places = ((np.arange(most) + 0.5) * len(ranked) / most).astype(np.int64)
    return [int(each) for each in ranked[places]]


def happenings_of(area: Area, person: int) -> list[Happening]:
    """What a reader wants to see of one life from t = 0 on: arrests, recalls, selections, deselections, leaving."""
    told = []
    was_managed = False
    for row in area.events[area.events[:, FIELD["person"]] == person]:
        date, event = float(row[FIELD["date"]]), int(row[FIELD["event"]])
        managed, left = row[FIELD["scheme"]] == MANAGED, row[FIELD["justice"]] == LEFT
        if date >= 0.0:
            if event == OCCASION:
                told.append(Happening(date, ARRESTED, int(row[FIELD["offences"]]), ""))
            if event == RECALLED:
                told.append(Happening(date, RECALL, 0, ""))
            if event == SELECTED:
                told.append(Happening(date, CHOSEN, 0, ""))
            if was_managed and not managed:
                told.append(Happening(date, DROPPED, 0, DESELECTION_CODES[int(row[FIELD["code"]])]))
            if left:
                told.append(Happening(date, GONE, 0, ""))
        was_managed = bool(managed)
    return told
