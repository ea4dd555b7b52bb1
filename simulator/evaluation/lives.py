"""Simulated lives as sorted arrays, and what an evaluation reads from them: counts in windows, states on dates, custody.

An evaluation sees events, not totals: it follows people from an index date, or looks back from a selection. One
replication is one area with its people; protocols take one at a time, so memory does not grow with replications.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from simulator.activity import Event
from simulator.engine_compiled.kinds import offence_kinds
from simulator.engine_compiled.replicate import LOG_FIELDS, run
from simulator.engine_compiled.stage import Desk
from simulator.jit import COMPILED
from simulator.model.pool import members_of, people_at_start
from simulator.model.rates import Rates
from simulator.model.records import get, rows
from simulator.model.states import (
    ARREST_ENDS,
    CUSTODY,
    EVENTS,
    LEFT,
    LIBERTY,
    MANAGED,
    OCCASION,
    RECALLED,
    SELECTED,
    SPELL_TURNS,
)

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Numbers = NDArray[Any]  # counts, truths or amounts alike
Found = TypeVar("Found")

FIELD = {name: column for column, name in enumerate(Event._fields)}
FIRST_LOG = 40_000
SPAN = 4096.0  # years: keeps people apart in a sorting key; dates of a run are far below


@dataclass(frozen=True)
class Lives:
    """All events of one replication of one arm, by person and then by date, history included.

    ``people`` is how many there are; every array of a window function has one entry for each of them, in order of number.
    """

    rates: Rates
    seed: int
    replication: int
    events: Floats  # (events, fields of Event), sorted by person, then in order of happening

    def column(self, name: str) -> Floats:
        """One field of every event."""
        return np.asarray(self.events[:, FIELD[name]])

    @cached_property
    def person(self) -> Whole:
        """Whose event it is."""
        return self.column("person").astype(np.int64)

    @cached_property
    def date(self) -> Floats:
        """When, in years from t = 0."""
        return self.column("date")

    @cached_property
    def event(self) -> Whole:
        """Which event."""
        return self.column("event").astype(np.int64)

    @cached_property
    def group(self) -> Whole:
        """The cohort group of each person."""
        return members_of(self.rates)[0]

    @property
    def people(self) -> int:
        """How many people; arrivals after t = 0 are not followed."""
        return len(self.group)

    @cached_property
    def born(self) -> Any:
        """Records of everybody at the start of history."""
        return people_at_start(self.rates, 0.0, self.seed, self.replication)

    def at_birth(self, name: str) -> Floats:
        """A field of each person at the start of history."""
        return np.array([float(get(self.born, place, name)) for place in range(self.people)])

    @cached_property
    def hazard(self) -> Floats:
        """Occasions per year of each person at liberty, while active, without a programme."""
        return self.at_birth("free_hazard")

    @cached_property
    def key(self) -> Floats:
        """Persons and dates in one ascending number, for looking up."""
        return self.person * SPAN + self.date

    def rows_of(self, *kinds: int) -> Whole:
        """Rows of events of these kinds."""
        wanted = np.zeros(len(EVENTS), np.bool_)
        wanted[list(kinds)] = True
        return np.flatnonzero(wanted[self.event])

    def last_row(self, dates: Floats) -> Whole:
        """Each person's last event up to and including a date of that person's; -1 where there is none."""
        everybody = np.arange(self.people)
        rows = np.searchsorted(self.key, everybody * SPAN + dates, side="right") - 1
        return np.where(rows >= np.searchsorted(self.person, everybody), rows, -1)

    def value_at(self, rows: Whole, name: str, where_none: float) -> Floats:
        """A field of some rows; ``where_none`` for a row of -1."""
        values = np.full(len(rows), where_none)
        values[rows >= 0] = self.column(name)[rows[rows >= 0]]
        return values

    def state_at(self, dates: Floats, name: str, at_first: float = 0.0) -> Floats:
        """A state of each person just after a date of that person's; ``at_first`` before anything has happened."""
        return self.value_at(self.last_row(dates), name, at_first)

    def count(self, rows: Whole, start: Floats, end: Floats, weights: Floats | None = None) -> Floats:
        """How many of these rows fall in (start, end], both one date per person; or the sum of their weights."""
        person, date = self.person[rows], self.date[rows]
        inside = (date > start[person]) & (date <= end[person])
        chosen = None if weights is None else weights[inside]
        return np.bincount(person[inside], chosen, self.people).astype(np.float64)

    def first(self, rows: Whole, start: Floats, end: Floats) -> Whole:
        """The first of these rows in (start, end] for each person; -1 where there is none."""
        person, date = self.person[rows], self.date[rows]
        inside = rows[(date > start[person]) & (date <= end[person])][::-1]
        found = np.full(self.people, -1, np.int64)
        found[self.person[inside]] = inside  # reversed: the earliest is written last
        return found

    @cached_property
    def occasions(self) -> Whole:
        """Rows of offending occasions."""
        return self.rows_of(OCCASION)

    @cached_property
    def occasion_offences(self) -> Floats:
        """Proven offences of each occasion."""
        return self.column("offences")[self.occasions]

    @cached_property
    def kinds(self) -> Whole:
        """Offences of each occasion by type, in the order of the cost table."""
        persons = self.person[self.occasions]
        starts = np.searchsorted(persons, persons, side="left")
        ordinals = np.arange(len(persons)) - starts + 1
        return offence_kinds(
            persons, ordinals, self.occasion_offences.astype(np.int64), self.group, self.rates.groups,
            len(self.rates.offence_types), self.seed, self.replication,
        )  # fmt: skip

    @cached_property
    def custodial(self) -> NDArray[np.bool_]:
        """Whether each occasion ended in custody: at the next end of an arrest of the same person."""
        ends = self.rows_of(ARREST_ENDS)
        following = np.searchsorted(ends, self.occasions)
        there = following < len(ends)
        rows = ends[np.minimum(following, max(len(ends) - 1, 0))] if len(ends) else np.zeros_like(self.occasions)
        same = there & (self.person[rows] == self.person[self.occasions])
        return np.asarray(same & (self.column("justice")[rows] == CUSTODY))

    @cached_property
    def custody(self) -> tuple[Whole, Floats, Floats]:
        """Stays in custody: person, from, until (release, or the end of being there at all)."""
        rows = self.rows_of(ARREST_ENDS, RECALLED)
        rows = rows[self.column("justice")[rows] == CUSTODY]
        left = self.first(np.flatnonzero(self.column("justice") == LEFT), self.ever(-SPAN), self.ever(SPAN))
        gone = self.value_at(left, "date", SPAN)
        until = np.minimum(self.column("until")[rows], gone[self.person[rows]])
        return self.person[rows], self.date[rows], until

    def custody_years(self, start: Floats, end: Floats) -> Floats:
        """Years of each person in custody between two dates of that person's."""
        person, since, until = self.custody
        inside = np.minimum(until, end[person]) - np.maximum(since, start[person])
        return np.bincount(person, np.maximum(inside, 0.0), self.people).astype(np.float64)

    @cached_property
    def at_first_active(self) -> NDArray[np.bool_]:
        """Whether each person was active at the start of history."""
        return np.asarray(self.at_birth("active") > 0.0)

    def active_until(self, persons: Whole, dates: Floats) -> Floats:
        """Years active up to some dates of some people, from a start of each one's own: only differences mean anything."""
        turns = self.rows_of(SPELL_TURNS)
        who, when = self.person[turns], self.date[turns]
        active = self.column("active")[turns]
        same = np.r_[False, who[1:] == who[:-1]] if len(turns) else np.zeros(0, bool)
        start = -float(self.rates.history_years)
        spent = (when - np.where(same, np.r_[0.0, when[:-1]], start)) * (1.0 - active) if len(turns) else when
        total = np.r_[0.0, np.cumsum(spent)]
        latest = np.searchsorted(self.key[turns], persons * SPAN + dates, side="right")
        row = np.maximum(latest - 1, 0)
        own = (latest > 0) & (who[row] == persons) if len(turns) else np.zeros(len(persons), bool)
        since = np.where(own, when[row], start) if len(turns) else np.full(len(persons), start)
        state = (
            np.where(own, active[row], self.at_first_active[persons]) if len(turns) else self.at_first_active[persons]
        )
        return np.asarray(total[latest] + (dates - since) * state)

    def ever(self, date: float) -> Floats:
        """The same date for everybody."""
        return np.full(self.people, date)

    @cached_property
    def stays(self) -> tuple[Whole, Floats, Floats]:
        """Stays on the scheme: person, selected, deselected (a far date where the stay goes on)."""
        rows = self.rows_of(SELECTED)
        unmanaged = np.flatnonzero(self.column("scheme") != MANAGED)
        following = np.searchsorted(unmanaged, rows)
        ends = unmanaged[np.minimum(following, len(unmanaged) - 1)] if len(unmanaged) else np.zeros_like(rows)
        over = (following < len(unmanaged)) & (self.person[ends] == self.person[rows])
        return self.person[rows], self.date[rows], np.where(over, self.date[ends], SPAN)

    def selected_before(self, date: float) -> Floats:
        """The selection of each person who holds a place on a date; NaN for everybody else."""
        person, since, until = self.stays
        holds = (since <= date) & (until > date)
        selected = np.full(self.people, np.nan)
        selected[person[holds]] = since[holds]
        return selected

    def at_liberty(self, dates: Floats) -> NDArray[np.bool_]:
        """Who is at liberty on a date of their own."""
        return np.asarray(self.state_at(dates, "justice", float(LIBERTY)) == LIBERTY)


def logged(rates: Rates, years: int, seed: int, replication: int) -> Floats:
    """Every event of one replication, in the order in which the engine met them."""
    log, room = np.zeros((0, LOG_FIELDS)), FIRST_LOG
    while True:
        log, desk = np.zeros((room, LOG_FIELDS)), rows(Desk, 1)
        run([rates], years, seed, replication, 1, log, desk)
        events = int(get(desk, 0, "events"))
        if events <= room:
            return log[:events]
        room = events


def lives_of(rates: Rates, years: int, seed: int, replication: int) -> Lives:
    """One replication as lives."""
    log = logged(rates, years, seed, replication)[:, : len(Event._fields)]
    log = log[log[:, FIELD["person"]] < len(members_of(rates)[0])]
    return Lives(rates, seed, replication, log[np.argsort(log[:, FIELD["person"]], kind="stable")])


def over_replications(
    protocol: Callable[[Lives], Found], rates: Rates, years: int, seed: int, replications: int, workers: int = 0
) -> list[Found]:
    """What a protocol finds in each replication, in their order; the same whatever the number of workers."""

    def find(replication: int) -> Found:
        return protocol(lives_of(rates, years, seed, replication))

    workers = (workers or os.cpu_count() or 1) if COMPILED else 1
    with ThreadPoolExecutor(workers) as threads:
        return list(threads.map(find, range(replications)))


__all__ = ["Lives", "lives_of", "logged", "over_replications"]
