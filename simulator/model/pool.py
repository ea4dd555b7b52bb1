"""The pool: who is in it at the start, and who arrives later."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.draws import exponential, uniform
from simulator.model.birth import be_born
from simulator.model.clocks import on_grid
from simulator.model.person import Person
from simulator.model.rates import Rates
from simulator.model.records import get, rows
from simulator.model.states import ARRIVAL, ARRIVAL_GROUP


def arrival_dates(rates: Rates, years: float, seed: int, replication: int) -> list[float]:
    """Dates of Poisson arrivals between t = 0 and the horizon; the n-th waits for the n-th draw."""
    per_year = float(get(rates.values, 0, "arrivals_per_year"))
    dates: list[float] = []
    date = 0.0
    while per_year > 0.0:
        date += exponential(seed, replication, 0, ARRIVAL, len(dates), 0) / per_year
        if on_grid(date) >= years:
            break
        dates.append(on_grid(date))
    return dates


def group_of_arrival(shares: list[float], seed: int, replication: int, number: int) -> int:
    """The cohort group of the n-th arrival, in proportion to the groups at the start."""
    u = uniform(seed, replication, 0, ARRIVAL_GROUP, number, 0)
    return min(int(np.searchsorted(shares, u, side="right")), len(shares) - 1)


def people_at_start(rates: Rates, years: float, seed: int, replication: int) -> tuple[Any, NDArray[np.float64]]:
    """Records of everybody who will ever be in the pool, and how many of each group are there at t = 0."""
    counts = [int(get(rates.groups, group, "people")) for group in range(len(rates.groups))]
    members = [group for group, people in enumerate(counts) for _ in range(people)]
    dates = arrival_dates(rates, years, seed, replication)
    cumulative = (np.cumsum(counts) / max(sum(counts), 1)).tolist()
    people = rows(Person, len(members) + len(dates))
    for place, group in enumerate(members):
        be_born(people, place, group, seed, replication, rates.groups, rates.history, -math.inf)
    for number, date in enumerate(dates):
        group = group_of_arrival(cumulative, seed, replication, number)
        place = len(members) + number
        be_born(people, place, group, seed, replication, rates.groups, rates.history, date)
    return people, np.array(counts, dtype=np.float64)
