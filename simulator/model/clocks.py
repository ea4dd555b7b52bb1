"""The two kinds of clock, and no other.

A hazard clock holds (budget, hazard, since) and rings at since + budget / hazard. Only a changed value of the hazard uses
up budget; looking at a clock changes no bit, so an arm in which nothing differs gives the identical life. The n-th budget
is drawn when the clock first gets a hazard after its n-th ring: when does not matter, a draw has a name.
A fixed clock holds a date, moved only by its own rule.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from simulator.draws import Word, exponential
from simulator.jit import compiled
from simulator.model.person import BUDGETS_AHEAD
from simulator.model.states import CLOCKS, HAZARDS

NEVER = math.inf
GRID = 2.0**30
TICK = 2.0**-30
ON_GRID_ANYWAY = 2.0**22  # years from which neighbouring floating-point numbers are a tick or more apart
UNDRAWN = -1.0


@compiled
def on_grid(date: float) -> float:
    """A date rounded to 2^-30 year, about a thirtieth of a second, so that durations add exactly in any order.

    A far date, of a hazard next to nothing, stays as it is: as a count of ticks it may be beyond any whole number.
    """
    if date >= ON_GRID_ANYWAY:
        return date
    return float(np.floor(date * GRID + 0.5)) * TICK


@compiled
def wind(person: Any, clock: int) -> None:
    """The next budget of a hazard clock is due to be drawn; it stands still until it is given a hazard."""
    person.budgets[clock] = UNDRAWN
    person.hazards[clock] = 0.0
    person.dates[clock] = NEVER


@compiled
def draw_budgets_ahead(person: Any, clock: int, ring: int, count: int) -> None:
    """Draw ``count`` budgets of a clock, which a processor does side by side: four take hardly longer than one.

    ``count`` is an argument because a compiler that knew it would write the draws out one after another. Words as places
    spare the check for places counted from the end, which would keep the draws apart as well.
    """
    seed, replication, number, ahead = person.seed, person.replication, person.number, person.budgets_ahead
    first = Word(BUDGETS_AHEAD * clock)
    for each in range(count):
        ahead[first + Word(each)] = exponential(seed, replication, number, clock, ring + each, 0)


@compiled
def draw_budget(person: Any, clock: int) -> float:
    """The next budget of a hazard clock, a unit exponential."""
    ring = person.rings[clock]
    person.rings[clock] = ring + 1
    place = ring % BUDGETS_AHEAD
    if place == 0:
        draw_budgets_ahead(person, clock, ring, BUDGETS_AHEAD)
    return float(person.budgets_ahead[BUDGETS_AHEAD * clock + place])


@compiled
def set_hazard(person: Any, clock: int, hazard: float, now: float) -> None:
    """Give a hazard clock the hazard now in force. The same value changes nothing."""
    if hazard != person.hazards[clock]:
        change_hazard(person, clock, hazard, now)


@compiled
def change_hazard(person: Any, clock: int, hazard: float, now: float) -> None:
    """Use up budget under the old hazard and date the ring anew under the new one."""
    left = person.budgets[clock]
    old = person.hazards[clock]
    person.hazards[clock] = hazard
    if old > 0.0:
        left = max(left - old * (now - person.since[clock]), 0.0)
    elif left == UNDRAWN:
        left = draw_budget(person, clock)
    person.budgets[clock] = left
    person.since[clock] = now
    person.dates[clock] = on_grid(now + left / hazard) if hazard > 0.0 else NEVER


@compiled
def stop_all(person: Any, now: float) -> None:
    """Stop every clock, for good."""
    for clock in range(HAZARDS):
        set_hazard(person, clock, 0.0, now)
    for clock in range(HAZARDS, CLOCKS):
        person.dates[clock] = NEVER


@compiled
def sooner(one: float, other: float) -> float:
    """The earlier of two dates."""
    return other if other < one else one


@compiled
def next_date(person: Any) -> float:
    """When the next clock rings. Four comparisons at a time, because a processor does them side by side."""
    dates = person.dates
    a, b, c, d = dates[0], dates[1], dates[2], dates[3]
    for clock in range(4, CLOCKS - 1, 4):
        a, b = sooner(a, dates[clock]), sooner(b, dates[clock + 1])
        c, d = sooner(c, dates[clock + 2]), sooner(d, dates[clock + 3])
    return sooner(sooner(sooner(a, b), sooner(c, d)), dates[CLOCKS - 1])


@compiled
def clock_at(person: Any, date: float) -> int:
    """The clock that rings on that date; among equals, the first in the order of ``states``."""
    clock = 0
    while person.dates[clock] != date:
        clock += 1
    return clock
