"""Independent bookkeeping: lives rebuilt from the log of events, by reading model.md and not the rules.

Only the log, the lifelong attributes and the world's numbers go in. What is derived here (licence, effect in force, calm
since, who is in line) is what the referees compare the rules with.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from simulator.activity import Event
from simulator.model import states
from simulator.model.rates import Rates
from simulator.model.records import get

from .worlds import born

# Dates are rounded to 2^-30 year, and a sentence is worked back from the time served.
NEAR = 1e-8


class Stretch(NamedTuple):
    """A stretch of one life between two events, in years from t = 0."""

    person: int
    start: float
    end: float
    justice: int
    scheme: int
    rag: int
    active: bool
    fading: bool
    in_effect: bool
    licence_until: float
    calm_since: float  # latest of selection, end of arrest, release; infinite unless at liberty and managed


class Life:
    """One person's bookkeeping, event by event."""

    def __init__(self, person: int, arrives: float, active: bool, values: dict[str, float]) -> None:
        self.person, self.since, self.active, self.values = person, arrives, active, values
        self.justice, self.scheme, self.rag = states.LIBERTY, states.POOL, -1
        self.fading = self.in_effect = False
        self.licence_until = -math.inf
        self.calm_since = math.inf

    def until(self, date: float) -> Stretch:
        """The stretch that ends at ``date``."""
        return Stretch(
            self.person, self.since, date, self.justice, self.scheme, self.rag, self.active, self.fading,
            self.in_effect, self.licence_until, self.calm_since,
        )  # fmt: skip

    def after(self, event: Event) -> None:
        """What holds from this event on."""
        if event.event == states.SELECTED:
            self.in_effect = self.fading or self.values["start_delay_years"] == 0.0
        elif event.event == states.EFFECT_STARTS:
            self.in_effect = True
        elif self.scheme == states.MANAGED and event.scheme != states.MANAGED:
            gone = event.justice == states.LEFT
            self.in_effect = self.in_effect and self.values["fade_out_years"] > 0.0 and not gone
        elif event.event == states.EFFECT_FADES:
            self.in_effect = False
        if event.event == states.ARREST_ENDS and event.justice == states.CUSTODY:
            sentence = (event.until - event.date) / self.values["served_share"]
            self.licence_until = max(self.licence_until, event.date + sentence)
        if event.event == states.LICENCE_ENDS:
            assert abs(event.date - self.licence_until) < NEAR
            self.licence_until = -math.inf
        restarts = event.event in (states.SELECTED, states.ARREST_ENDS, states.RELEASED)
        if event.justice != states.LIBERTY or event.scheme != states.MANAGED:
            self.calm_since = math.inf
        elif restarts:
            self.calm_since = event.date
        self.since, self.active, self.fading = event.date, event.active, event.fading
        self.justice, self.scheme, self.rag = event.justice, event.scheme, event.rag


def numbers_of(rates: Rates) -> dict[str, float]:
    """The plain numbers of an arm's values."""
    from simulator.model.rates import Values

    return {name: get(rates.values, 0, name) for name in Values.__annotations__}


def start_of(rates: Rates) -> float:
    """When the run starts, history included."""
    return -rates.history_years


def new_lives(rates: Rates, years: int, seed: int = 1, replication: int = 0) -> list[Life]:
    """Everybody before the first event; arrivals are known by their first event."""
    values = numbers_of(rates)
    active = born(rates, years, "active", seed, replication)
    return [Life(person, start_of(rates), bool(is_active), values) for person, is_active in enumerate(active)]


def stretches(rates: Rates, events: Iterable[Event], years: int, seed: int = 1) -> Iterator[Stretch]:
    """Every stretch of every life; arrivals from their arrival on."""
    lives = new_lives(rates, years, seed)
    for event in events:
        life = lives[event.person]
        if event.event != states.ARRIVES:
            yield life.until(event.date)
        life.after(event)
    for life in lives:
        yield life.until(float(years))


def by_person(events: Iterable[Event]) -> dict[int, list[Event]]:
    """The log, life by life."""
    lives: dict[int, list[Event]] = {}
    for event in events:
        lives.setdefault(event.person, []).append(event)
    return lives


def dates_of(events: Iterable[Event], *kinds: int) -> list[float]:
    """Dates of events of these kinds."""
    return [event.date for event in events if event.event in kinds]


def justice_only(events: Iterable[Event]) -> list[tuple[Any, ...]]:
    """The log without the scheme: what a programme without effect may not touch."""
    about_scheme = {
        states.SELECTED, states.SCHEME_CLOSES, states.RAG_TURNS, states.LONGEST_STAY, states.EFFECT_STARTS,
        states.EFFECT_FADES, states.PATHWAYS_STABILISED, states.NOT_ENGAGED_QUIET, states.NOT_ENGAGED_ACTIVE,
        states.NO_LONGER_FITS,
    }  # fmt: skip
    return [
        (event.date, event.person, event.event, event.justice, event.offences, event.until, event.active)
        for event in events
        if event.event not in about_scheme
    ]
