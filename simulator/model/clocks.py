"""The two kinds of clock, and no other.

A hazard clock rings when its hazard has used up its budget, a unit exponential. What happens only at liberty has its date in
years at liberty, which stand still in arrest and in custody; everything else, in calendar years. So a date moves only where
the value of the hazard changes, which turns the years to go into budget and back; looking at a clock changes no bit, and
an arm in which nothing differs gives the identical life. All dates lie on a grid, so that years at liberty are exact, to
the bit. When a budget is drawn does not matter: a draw has a name.
A fixed clock holds a date, moved only by its own rule.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from simulator.draws import Word, exponential
from simulator.jit import compiled, merged
from simulator.model.person import BUDGETS_AHEAD, FIRST_BUDGETS
from simulator.model.states import (
    ARREST_ENDS,
    ARRIVES,
    CLOCKS,
    DIES,
    EFFECT_FADES,
    EFFECT_STARTS,
    HAZARDS,
    LIBERTY,
    LICENCE_ENDS,
    LONGEST_STAY,
    MOVES_AWAY,
    NO_LONGER_FITS,
    NOT_ENGAGED_ACTIVE,
    NOT_ENGAGED_QUIET,
    OCCASION,
    ONLY_AT_LIBERTY,
    PATHWAYS_STABILISED,
    RAG_TURNS,
    RECALLED,
    RELEASED,
    SPELL_TURNS,
)

NEVER = math.inf
GRID = 2.0**30
TICK = 2.0**-30
ON_GRID_ANYWAY = 2.0**22  # years from which neighbouring floating-point numbers are a tick or more apart
UNRATED = 0.0


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
    person.rated[clock] = UNRATED
    person.hazards[clock] = 0.0
    person.dates[clock] = NEVER


@compiled
def draw_first_budgets(person: Any, count: int) -> None:
    """Draw the first budget of every hazard clock, which a processor does side by side.

    ``count`` is an argument because a compiler that knew it would write the draws out one after another. Words as places
    spare the check for places counted from the end, which would keep the draws apart as well.
    """
    seed, replication, number, firsts = person.seed, person.replication, person.number, person.kept
    for clock in range(count):
        firsts[Word(clock)] = exponential(seed, replication, number, clock, 0, 0)


@compiled
def wind_all(person: Any) -> None:
    """No clock runs yet."""
    draw_first_budgets(person, FIRST_BUDGETS)
    for clock in range(HAZARDS):
        person.rings[clock] = 0
        wind(person, clock)
    for clock in range(HAZARDS, CLOCKS):
        person.dates[clock] = NEVER


@compiled
def draw_budgets_ahead(person: Any, clock: int, ring: int, count: int) -> None:
    """Draw ``count`` more budgets of a clock, side by side: four take hardly longer than one."""
    seed, replication, number, ahead = person.seed, person.replication, person.number, person.budgets_ahead
    first = Word(BUDGETS_AHEAD * clock)
    for each in range(count):
        ahead[first + Word(each)] = exponential(seed, replication, number, clock, ring + each, 0)


@compiled
def draw_budget(person: Any, clock: int) -> float:
    """The next budget of a hazard clock, a unit exponential."""
    ring = person.rings[clock]
    person.rings[clock] = ring + 1
    if ring == 0:
        return float(person.kept[clock])
    place = (ring - 1) % BUDGETS_AHEAD
    if place == 0:
        draw_budgets_ahead(person, clock, ring, BUDGETS_AHEAD)
    return float(person.budgets_ahead[BUDGETS_AHEAD * clock + place])


@merged
def runs_only_at_liberty(clock: int) -> bool:
    """Whether a clock counts years at liberty."""
    return (ONLY_AT_LIBERTY >> clock) & 1 == 1


@merged
def stand_still(person: Any, now: float) -> None:
    """At liberty no longer: years at liberty stand still."""
    person.years_at_liberty = now - person.liberty_from
    person.liberty_from = NEVER


@merged
def run_on(person: Any, now: float) -> None:
    """At liberty: years at liberty go on from where they are."""
    person.liberty_from = now - person.years_at_liberty


@merged
def own_time(person: Any, clock: int, now: float) -> float:
    """The present as a clock counts it."""
    if not runs_only_at_liberty(clock):
        return now
    return float(now - person.liberty_from if person.justice == LIBERTY else person.years_at_liberty)


@merged
def calendar_date(person: Any, clock: int) -> float:
    """When a clock will ring, if nothing comes between; NEVER away from liberty for what happens only there."""
    return float(person.dates[clock] + (person.liberty_from if runs_only_at_liberty(clock) else 0.0))


@merged
def set_hazard(person: Any, clock: int, hazard: float, now: float) -> None:
    """Give a hazard clock the hazard now in force. The same value changes nothing."""
    if hazard != person.hazards[clock]:
        change_hazard(person, clock, hazard, now)


@compiled
def change_hazard(person: Any, clock: int, hazard: float, now: float) -> None:
    """Let the years to go last as long as they do under the new hazard, or keep them while there is none."""
    present = own_time(person, clock, now)
    years = person.dates[clock] - present if person.hazards[clock] > 0.0 else person.kept[clock]
    person.hazards[clock] = hazard
    if hazard <= 0.0:
        person.kept[clock] = years
        years = NEVER
    elif hazard != person.rated[clock]:
        years = years_under(person, clock, years, hazard)
    person.dates[clock] = present + years


@compiled
def years_under(person: Any, clock: int, years: float, hazard: float) -> float:
    """Years to go under a hazard, of a budget of which ``years`` are left under an earlier one, or of the next budget."""
    old = person.rated[clock]
    person.rated[clock] = hazard
    return on_grid((draw_budget(person, clock) if old == UNRATED else years * old) / hazard)


@compiled
def stop_all(person: Any) -> None:
    """Stop every clock, for good."""
    for clock in range(HAZARDS):
        wind(person, clock)
    for clock in range(HAZARDS, CLOCKS):
        person.dates[clock] = NEVER
    note_soonest(person)


@merged
def sooner(one: float, other: float) -> float:
    """The earlier of two dates."""
    return other if other < one else one


@compiled
def note_soonest(person: Any) -> None:
    """Look through the clocks whose dates change seldom, after one may have: the earliest of each kind of years.

    They are those that only birth, another's rules, the scheme or their own ringing give another date.
    """
    dates = person.dates
    not_engaged = sooner(dates[NOT_ENGAGED_QUIET], dates[NOT_ENGAGED_ACTIVE])
    codes = sooner(sooner(dates[PATHWAYS_STABILISED], dates[NO_LONGER_FITS]), not_engaged)
    person.soonest_at_liberty = sooner(codes, dates[MOVES_AWAY])
    effect = sooner(dates[EFFECT_FADES], dates[EFFECT_STARTS])
    person.soonest_anywhere = sooner(sooner(effect, dates[DIES]), sooner(dates[LONGEST_STAY], dates[ARRIVES]))


@merged
def next_date(person: Any) -> float:
    """When the next clock rings. Comparisons in pairs, because a processor does them side by side."""
    dates = person.dates
    at_liberty = sooner(sooner(dates[OCCASION], dates[RECALLED]), person.soonest_at_liberty) + person.liberty_from
    custody = sooner(sooner(dates[ARREST_ENDS], dates[RELEASED]), sooner(dates[LICENCE_ENDS], dates[RAG_TURNS]))
    return sooner(sooner(sooner(dates[SPELL_TURNS], person.soonest_anywhere), custody), at_liberty)


@merged
def clock_at(person: Any, date: float) -> int:
    """The clock that rings on that date; among equals, the first in the order of ``states``."""
    if person.soonest_anywhere != date and person.soonest_at_liberty + person.liberty_from != date:
        if calendar_date(person, OCCASION) == date:
            return OCCASION
        if calendar_date(person, RECALLED) == date:
            return RECALLED
        if person.dates[SPELL_TURNS] == date:
            return SPELL_TURNS
        if person.dates[ARREST_ENDS] == date:
            return ARREST_ENDS
        if person.dates[RELEASED] == date:
            return RELEASED
        if person.dates[LICENCE_ENDS] == date:
            return LICENCE_ENDS
        return RAG_TURNS
    return any_clock_at(person, date)


@compiled
def any_clock_at(person: Any, date: float) -> int:
    """``clock_at``, looking through all of them."""
    clock = 0
    while calendar_date(person, clock) != date:
        clock += 1
    return clock
