"""The rules on SimPy: one process per offender, who waits for the earliest of his or her clocks; the readable reference.

SimPy only schedules. At one instant events of persons come first, by (kind, id); then the scheme's own dates; then free
places are filled. A freed place interrupts the wait of the person who gets it.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import Any

import numpy as np
import simpy

from simulator.activity import Activity, Event
from simulator.model import measures
from simulator.model.clocks import NEVER
from simulator.model.life import (
    NOTHING_FOR_OTHERS,
    PLACE_FREED,
    close_case,
    give_place,
    happen,
    next_event,
    take_over,
)
from simulator.model.pool import counts_of, people_at_start
from simulator.model.rates import Places, Rates
from simulator.model.records import copied, get
from simulator.model.scheme import first_in_line
from simulator.model.states import (
    CUSTODY,
    EFFECT_STATES,
    MANAGED,
    RELEASED,
    SCHEME_CLOSES,
    SELECTED,
)
from simulator.model.tally import account, rag_status

PEOPLE_AT_MOST = 2**32
SCHEME_DATE = 2**60
FILLING = SCHEME_DATE + 1
Log = Callable[[Event], None]


class Alarm(simpy.Event):
    """An event at an exact date with an exact place in the order of its instant."""

    def __init__(self, env: simpy.Environment, date: float, order: int) -> None:
        super().__init__(env)
        self._ok = True
        self._value = None
        env.schedule(self, order, date - env.now)  # type: ignore[arg-type]


class Scheme:
    """One stretch of one replication: the people, the places, and the SimPy processes between them."""

    def __init__(
        self, people: Any, groups: Any, values: Any, schedule: Sequence[Places], activity: Any, log: Log | None
    ) -> None:
        self.people, self.groups, self.values = people, groups, values
        self.schedule, self.activity, self.log = schedule, activity, log
        self.places = 0
        self.managed = sum(self.state(place, "scheme") == MANAGED for place in range(len(people)))
        self.filling = False
        self.lives: list[simpy.Process] = []

    def state(self, place: int, name: str) -> Any:
        """One field of one person."""
        return get(self.people, place, name)

    def run(self, start: float, stop: float) -> None:
        """Let everybody live from ``start`` until just before ``stop``; time is accounted for up to ``stop``."""
        if stop <= start:
            return  # SimPy refuses to run until the present; nothing can happen
        self.env = simpy.Environment(initial_time=start)
        self.lives = [self.env.process(self.life(place)) for place in range(len(self.people))]
        for entry in self.schedule:
            Alarm(self.env, entry.date, SCHEME_DATE).callbacks.append(self.opener(entry))
        self.env.run(until=stop)
        for place in range(len(self.people)):
            account(self.people[place], self.activity, stop)

    def life(self, place: int) -> Generator[simpy.Event, None, None]:
        """Wait for the earliest clock, let it ring, and again; start waiting afresh when given or losing a place."""
        clock, date = next_event(self.people, place)
        while True:
            try:
                if date == NEVER:
                    yield self.env.event()
                yield Alarm(self.env, date, 2 + clock * PEOPLE_AT_MOST + place)
            except simpy.Interrupt:
                clock, date = next_event(self.people, place)
            else:
                clock, date = self.ring(place, clock)

    def ring(self, place: int, clock: int) -> tuple[int, float]:
        """One event of one person, by the rules, and the next one; fill when a place or the line changed."""
        now = self.env.now
        changed, following, date = happen(self.people, place, clock, now, self.groups, self.values, self.activity)
        if changed == PLACE_FREED:
            self.managed -= 1
        self.note(place, clock)
        if changed != NOTHING_FOR_OTHERS:
            self.ask_for_filling()
        return following, date

    def ask_for_filling(self) -> None:
        """Fill free places once, after everything else at this instant."""
        if self.managed < self.places and not self.filling:
            self.filling = True
            Alarm(self.env, self.env.now, FILLING).callbacks.append(self.fill)

    def fill(self, _: simpy.Event) -> None:
        """Give free places to the first in line until there are none, or no one is in line."""
        self.filling = False
        while self.managed < self.places:
            place = int(first_in_line(self.people, self.groups, self.values))
            if place < 0:
                return
            give_place(self.people, place, self.values, self.activity, self.env.now)
            self.managed += 1
            self.note(place, SELECTED)
            self.lives[place].interrupt("selected")

    def opener(self, entry: Places) -> Callable[[simpy.Event], None]:
        """What the scheme does on one of its own dates."""

        def change(_: simpy.Event) -> None:
            self.places = entry.places
            if entry.closed:
                self.close()
            self.ask_for_filling()

        return change

    def close(self) -> None:
        """Deselect everybody, in order of number."""
        for place in range(len(self.people)):
            if self.state(place, "scheme") == MANAGED:
                close_case(self.people, place, self.values, self.activity, self.env.now)
                self.managed -= 1
                self.note(place, SCHEME_CLOSES)
                self.lives[place].interrupt("closed")

    def note(self, place: int, event: int) -> None:
        """One line of the event log, where one is kept."""
        if self.log is None:
            return
        person = self.people[place]
        in_custody = self.state(place, "justice") == CUSTODY
        self.log(
            Event(
                self.env.now,
                place,
                event,
                int(self.state(place, "justice")),
                int(self.state(place, "scheme")),
                int(rag_status(person)) if self.state(place, "scheme") == MANAGED else -1,
                int(self.state(place, "code")),
                int(self.state(place, "offences")),
                float(self.state(place, "dates")[RELEASED]) if in_custody else 0.0,
                bool(self.state(place, "active")),
                bool(self.state(place, "fading")),
            )
        )


def empty_activity(rates: Rates, years: int) -> Any:
    """A zeroed array of activity for one replication."""
    size = measures.OFFENCES_FROM + len(rates.offence_types)
    return np.zeros((max(years, 1), len(rates.groups), len(EFFECT_STATES), size))


def run(
    arms: Sequence[Rates],
    years: int,
    seed: int,
    first_replication: int,
    replications: int,
    logs: Sequence[Log | None] | None = None,
    by_group: bool = True,
) -> list[Activity]:
    """Replications of arms that share one history, with the same luck in every arm.

    Args:
        arms: rates of each arm; population and history must be the same in all.
        years: whole years from t = 0.
        seed, first_replication, replications: the luck: the same three give the same bits.
        logs: one per arm, called with each Event; history is logged with the first arm that has a log.
        by_group: tell the groups of the cohort apart.
    """
    logs = logs or [None] * len(arms)
    totals: list[list[Any]] = [[] for _ in arms]
    for replication in range(first_replication, first_replication + replications):
        shared = people_at_start(arms[0], years, seed, replication)
        first = arms[0]
        history_log = next((log for log in logs if log is not None), None)
        unbooked = empty_activity(first, 1)
        if first.history_years > 0.0:
            past = Scheme(shared, first.groups, first.history, first.history_schedule, unbooked, history_log)
            past.run(-first.history_years, 0.0)
        for number, arm in enumerate(arms):
            people = copied(shared)
            for place in range(len(people)):
                take_over(people, place, arm.groups, arm.values, 0.0)
            activity = empty_activity(arm, years)
            Scheme(people, arm.groups, arm.values, arm.schedule, activity, logs[number]).run(0.0, float(years))
            totals[number].append(activity)
    activities = [
        Activity(
            arm.name,
            np.stack(totals[number])[:, :years],
            np.broadcast_to(counts_of(arm), (replications, len(arm.groups))),
            arm.group_names,
            arm.offence_types,
            first_replication,
        )
        for number, arm in enumerate(arms)
    ]
    return activities if by_group else [activity.over_groups() for activity in activities]
