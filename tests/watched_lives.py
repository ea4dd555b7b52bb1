"""Lives watched at every event, in worlds where everything that the rules allow does happen, and in the shipped schemes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from referees.worlds import BUSY, world
from small_runs import library, scenario_with

from simulator.charts import transitions as steps
from simulator.engine_simpy import Scheme, empty_activity
from simulator.model import states
from simulator.model.life import take_over
from simulator.model.pool import people_at_start
from simulator.model.rates import Places, Rates
from simulator.model.tally import rag_status
from simulator.rates import rates_of

Step = tuple[str, str, str, str]  # part, before, event, after


class Watched(Scheme):
    """A scheme that notes how each part of a person's state changes at each event."""

    seen: set[Step]
    rung: set[str]

    def run(self, start: float, stop: float) -> None:
        self.now = start
        self.known = [self.parts(place) for place in range(len(self.people))]
        super().run(start, stop)

    def parts(self, place: int) -> dict[str, str]:
        justice = states.JUSTICE_STATES[self.state(place, "justice")]
        if justice == "liberty" and self.state(place, "licence_until") > self.now:
            justice = steps.ON_LICENCE
        managed = self.state(place, "scheme") == states.MANAGED
        effect = steps.FADING if self.state(place, "fading") else steps.NO_EFFECT
        if managed:
            effect = steps.IN_FORCE if self.state(place, "effect_started") else steps.NOT_STARTED
        return {
            steps.JUSTICE: justice,
            steps.SCHEME: states.SCHEME_STATES[self.state(place, "scheme")],
            steps.RAG: states.RAG_STATUSES[rag_status(self.people[place])] if managed else steps.NOT_MANAGED,
            steps.EFFECT: effect,
            steps.SPELL: steps.ACTIVE if self.state(place, "active") else steps.PAUSED,
        }

    def note(self, place: int, event: int) -> None:
        self.now = self.env.now
        before, after = self.known[place], self.parts(place)
        self.rung.add(states.EVENTS[event])
        for part in after:
            out_of_rag = part == steps.RAG and after[part] == steps.NOT_MANAGED
            if before[part] != after[part] and not out_of_rag:
                self.seen.add((part, before[part], states.EVENTS[event], after[part]))
        self.known[place] = after


def watch(rates: Rates, years: int, seed: int = 1) -> tuple[set[Step], set[str]]:
    """Every step of every life of one replication, history included, and every event."""
    seen: set[Step] = set()
    rung: set[str] = set()

    def live(people: Any, values: Any, schedule: Any, start: float, stop: float) -> None:
        scheme = Watched(people, rates.groups, values, schedule, empty_activity(rates, years), None)
        scheme.seen, scheme.rung = seen, rung
        scheme.run(start, stop)

    people = people_at_start(rates, years, seed, 0)
    live(people, rates.history, rates.history_schedule, -rates.history_years, 0.0)
    for place in range(len(people)):
        take_over(people, place, rates.groups, rates.values, 0.0)
    live(people, rates.values, rates.schedule, 0.0, float(years))
    return seen, rung


OFTEN = {"deaths_per_year": 0.1, "moves_away_per_year": 0.1, "arrest_years": 0.15, "arrivals_per_year": 40.0}
SIZES = (Places(0.0, 40, False), Places(6.0, 15, False), Places(9.0, 60, False), Places(15.0, 0, True))


def worlds() -> Iterator[Rates]:
    """Small schemes in which people come, die and are arrested often; effects that start late, or never, and fade or not."""
    for fade_out in (0.0, 0.5):
        for delay in (0.0, 0.3, 9.0):
            yield world(150, SIZES, base=BUSY, fade_out_years=fade_out, start_delay_years=delay, **OFTEN)


def everything_seen() -> tuple[set[Step], set[str]]:
    """Every step and every event in those worlds."""
    watched = [watch(rates, 16) for rates in worlds()]
    return set().union(*(seen for seen, _ in watched)), set().union(*(rung for _, rung in watched))


def of_scheme(name: str) -> set[Step]:
    """Every step in one replication of a shipped scheme, with the ends of ranges that are nought at the centre."""
    scenario = scenario_with("programme.start_delay_days=90", "population.arrivals_per_year=0.07", name=name)
    arm = next((arm for arm in scenario.arms if arm.name == "as_run"), scenario.arms[-1])
    return watch(rates_of(scenario, arm, library().offence_types), 5)[0]
