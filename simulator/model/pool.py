"""The pool: who is in it at the start, and who arrives later."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.draws import exponential, two_uniforms
from simulator.jit import compiled
from simulator.model.birth import be_born
from simulator.model.clocks import NEVER, on_grid
from simulator.model.person import Person
from simulator.model.rates import Rates
from simulator.model.records import get, rows
from simulator.model.states import ARRIVAL


@compiled
def wait_for_arrival(per_year: float, seed: int, replication: int, number: int) -> float:
    """Years between two Poisson arrivals; the n-th waits for the n-th draw."""
    return exponential(seed, replication, 0, ARRIVAL, number, 0) / per_year


@compiled
def arrivals_in(per_year: float, years: float, seed: int, replication: int) -> int:
    """How many people arrive between t = 0 and the horizon."""
    number = 0
    if per_year > 0.0:
        date = wait_for_arrival(per_year, seed, replication, 0)
        while on_grid(date) < years:
            number += 1
            date += wait_for_arrival(per_year, seed, replication, number)
    return number


@compiled
def group_of_arrival(shares: Any, seed: int, replication: int, number: int) -> int:
    """The cohort group of the n-th arrival, in proportion to the groups at the start (cumulative ``shares``)."""
    _, u = two_uniforms(seed, replication, 0, ARRIVAL, number, 0)
    group = 0
    while group < len(shares) - 1 and u >= shares[group]:
        group += 1
    return group


@compiled
def be_born_all(
    people: Any, members: Any, shares: Any, years: float, seed: int, replication: int, groups: Any, values: Any
) -> int:
    """Fill the records of everybody who will ever be in the pool; how many there are.

    ``members`` holds the group of each person at the start, ``people`` at least as many records as there will be people.
    """
    for place in range(len(members)):
        be_born(people, place, members[place], seed, replication, groups, values, -NEVER)
    per_year = values[0].arrivals_per_year
    later = arrivals_in(per_year, years, seed, replication)
    date = 0.0
    for number in range(later):
        date += wait_for_arrival(per_year, seed, replication, number)
        group = group_of_arrival(shares, seed, replication, number)
        be_born(people, len(members) + number, group, seed, replication, groups, values, on_grid(date))
    return len(members) + later


def counts_of(rates: Rates) -> NDArray[np.float64]:
    """People at the start by group."""
    return np.array([float(get(rates.groups, group, "people")) for group in range(len(rates.groups))])


def members_of(rates: Rates) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The group of each person at the start, and cumulative group shares."""
    counts = counts_of(rates)
    members = np.repeat(np.arange(len(counts)), counts.astype(np.int64))
    return members, np.cumsum(counts) / max(float(counts.sum()), 1.0)


def arrivals_at_most(rates: Rates, years: float, seed: int, replication: int) -> int:
    """How many people arrive in one replication."""
    return int(arrivals_in(float(get(rates.values, 0, "arrivals_per_year")), float(years), seed, replication))


def people_at_start(rates: Rates, years: float, seed: int, replication: int) -> Any:
    """Records of everybody who will ever be in the pool of one replication."""
    members, shares = members_of(rates)
    people = rows(Person, len(members) + arrivals_at_most(rates, years, seed, replication))
    be_born_all(people, members, shares, float(years), seed, replication, rates.groups, rates.history)
    return people
