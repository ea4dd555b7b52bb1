"""The two kinds of clock, and no other.

A hazard clock holds (budget, hazard, since) and rings at since + budget / hazard. Only a changed value of the hazard uses
up budget; looking at a clock changes no bit, so an arm in which nothing differs gives the identical life.
A fixed clock holds a date, moved only by its own rule.
"""

from __future__ import annotations

import math
from typing import Any

from simulator.draws import exponential
from simulator.jit import compiled
from simulator.model.states import CLOCKS, HAZARDS

NEVER = math.inf
GRID = 2.0**30
TICK = 2.0**-30


@compiled
def on_grid(date: float) -> float:
    """A date rounded to 2^-30 year, about a thirtieth of a second, so that durations add exactly in any order."""
    return math.floor(date * GRID + 0.5) * TICK


@compiled
def wind(person: Any, clock: int, now: float) -> None:
    """Draw the next budget of a hazard clock; it stands still until it is given a hazard."""
    person.budgets[clock] = exponential(
        person.seed, person.replication, person.number, clock, int(person.rings[clock]), 0
    )
    person.rings[clock] += 1.0
    person.hazards[clock] = 0.0
    person.since[clock] = now
    person.dates[clock] = NEVER


@compiled
def set_hazard(person: Any, clock: int, hazard: float, now: float) -> None:
    """Give a hazard clock the hazard now in force. The same value changes nothing."""
    old = person.hazards[clock]
    if hazard == old:
        return
    if old > 0.0:
        left = person.budgets[clock] - old * (now - person.since[clock])
        person.budgets[clock] = max(left, 0.0)
    person.since[clock] = now
    person.hazards[clock] = hazard
    if hazard > 0.0:
        person.dates[clock] = on_grid(now + person.budgets[clock] / hazard)
    else:
        person.dates[clock] = NEVER


@compiled
def stop_all(person: Any, now: float) -> None:
    """Stop every clock, for good."""
    for clock in range(HAZARDS):
        set_hazard(person, clock, 0.0, now)
    for clock in range(HAZARDS, CLOCKS):
        person.dates[clock] = NEVER


@compiled
def next_clock(person: Any) -> int:
    """The clock that rings first; among equals, the first in the order of ``states``."""
    first = 0
    for clock in range(1, CLOCKS):
        if person.dates[clock] < person.dates[first]:
            first = clock
    return first
