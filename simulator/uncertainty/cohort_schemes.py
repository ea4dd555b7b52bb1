"""Each cohort type of a scheme as a scheme of its own, with only its people, and what a yearly budget buys of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from simulator.appraisal.library import Library
from simulator.costing.prices import choices_of, programme_price
from simulator.scenario.funding import HAIR, places_of
from simulator.scenario.records import Arm, Scenario, Settings
from simulator.tables import InputProblems, Problem
from simulator.uncertainty.funding_levels import levels_of

GRID = 20  # levels of a cohort up to all the places that the budget buys


class YearlyPrices(NamedTuple):
    """Pounds in the price base: a year for one place with its share of an offender manager, a year fixed, and for one
    selection. A budget buys places; the other two come on top, as for ``programme.yearly_budget_gbp``.
    """

    place: float
    fixed: float
    selection: float = 0.0


class Cohort(NamedTuple):
    """A cohort type: published people, people in its pool, and the places that it had before the appraisal starts."""

    name: str
    people: int
    pool: int
    present: int


class Task(NamedTuple):
    """What is to be split, and the numbers of places to try for each cohort."""

    scenario: Scenario
    library: Library
    arm: Arm
    budget: float
    prices: YearlyPrices
    affordable: int
    cohorts: tuple[Cohort, ...]
    levels: tuple[tuple[int, ...], ...]
    present: tuple[int, ...]

    def scheme(self, number: int, places: Sequence[int]) -> Scenario:
        """One cohort's own scheme at some numbers of places."""
        cohort = self.cohorts[number]
        return levels_of(only(self.scenario, cohort), self.arm, places, cohort.present)


def yearly_prices(settings: Settings, library: Library) -> YearlyPrices:
    """What a place and the fixed costs come to in a year, and what a selection costs, in the price base."""
    tables = library.tables(settings.text("appraisal.cost_table"))
    choices = choices_of(settings, tables.crime)

    def gbp(name: str) -> float:
        return math.fsum(price.gbp for price in programme_price(name, settings, tables, choices))

    place = gbp("place_year") + gbp("offender_manager_year") / settings.value("programme.caseload")
    return YearlyPrices(place, gbp("fixed_year"), gbp("selection"))


def affordable_places(budget: float, prices: YearlyPrices) -> int:
    """Places that a yearly budget buys, fixed costs and selections on top: those that a scenario with
    ``programme.yearly_budget_gbp`` has.

    Raises InputProblems where it buys none.
    """
    if prices.place <= 0.0:
        said = "a place costs nothing here, so any budget buys any number of them"
        raise InputProblems([Problem("--split-budget", 0, 0, said, "State a cost of places under costs:.")])
    places = math.floor(budget / prices.place + HAIR)
    if places < 1:
        least = math.ceil(prices.place)
        said = f"£{budget:,.0f} a year buys no place: one costs £{prices.place:,.0f}, its offender manager included"
        raise InputProblems([Problem("--split-budget", 0, 0, said, f"Write at least --split-budget {least}.")])
    return places


def in_proportion(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers that add up to ``total``, in proportion to the weights, by largest remainders; ties to the first."""
    whole = math.fsum(weights)
    exact = [total * weight / whole for weight in weights]
    given = [math.floor(each + HAIR) for each in exact]
    behind = sorted(range(len(weights)), key=lambda each: given[each] - exact[each])
    for each in behind[: total - sum(given)]:
        given[each] += 1
    return given


def cohorts_of(scenario: Scenario) -> tuple[Cohort, ...]:
    """The cohort types that have people, in the order of the cohort table."""
    people: dict[str, int] = {}
    pool: dict[str, int] = {}
    per_place = scenario.baseline.value("population.pool_per_place")
    for row in scenario.cohort:
        people[row.cohort] = people.get(row.cohort, 0) + row.people
        pool[row.cohort] = pool.get(row.cohort, 0) + round(row.people * per_place)
    names = [name for name, number in people.items() if number]
    present = in_proportion(places_of(scenario.baseline), [people[name] for name in names])
    return tuple(Cohort(name, people[name], pool[name], mine) for name, mine in zip(names, present, strict=True))


def only(scenario: Scenario, cohort: Cohort) -> Scenario:
    """The scenario with the people of one cohort type alone."""
    return replace(scenario, cohort=tuple(row for row in scenario.cohort if row.cohort == cohort.name))


def levels_for(affordable: int, cohort: Cohort, share: int) -> tuple[int, ...]:
    """Numbers of places to try: a grid up to the budget or the pool, whichever is less, and the present share."""
    most = min(affordable, cohort.pool)
    step = max(1, math.ceil(affordable / GRID))
    return tuple(sorted({*range(step, most + 1, step), most, share} - {0}))


def task_of(scenario: Scenario, library: Library, arm: str, budget: float) -> Task:
    """A budget to split. Raises InputProblems for a scheme with one cohort type only, or a budget that buys no place."""
    cohorts = cohorts_of(scenario)
    if len(cohorts) < 2:
        said = f"{scenario.title} has one cohort type only, so there is nothing to split a budget over"
        hint = "Leave out --split-budget for the funding curve of the scheme as a whole."
        raise InputProblems([Problem(scenario.name, 0, 0, said, hint)])
    chosen = scenario.arm(arm)
    prices = yearly_prices(chosen.settings, library)
    affordable = affordable_places(budget, prices)
    present = in_proportion(affordable, [cohort.people for cohort in cohorts])
    levels = (levels_for(affordable, cohort, share) for cohort, share in zip(cohorts, present, strict=True))
    return Task(scenario, library, chosen, budget, prices, affordable, cohorts, tuple(levels), tuple(present))
