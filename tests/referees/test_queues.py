"""Check C3 and C7: places with exponential stays against the closed forms of queues, where these really apply.

Stays: `no longer fits` is the only way out, nobody is ever calm, nobody is in custody and an arrest takes no time; so a
stay is exponential. In line: first come, by the date of the arrest that made a person eligible; a further arrest in the
line changes nothing.

* Open: the pool is empty at t = 0 and people arrive as a Poisson process. Each joins the line at the first arrest, an
  independent exponential time after arrival; a Poisson process displaced so is again Poisson. Nobody returns, nobody
  leaves the line: M/M/c, Erlang's delay formula (C), after the first arrests have reached a steady state. Erlang's loss
  formula (B) never applies, because nobody who finds no place is lost; with places for all it is M/M/infinity, Poisson.
* Closed: a fixed pool in which the deselected come back with their next arrest: the machine-repair queue M/M/c//N, which
  is Engset's model with a line instead of a loss; with places for all both are binomial.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from simulator.model import states
from simulator.model.rates import Rates

from .worlds import NEVER_CALM, activity, always, log_of, sized, world, z_of

ARRIVALS, STAY, OFFENDING = 12.0, 0.5, 2.0
LOAD = ARRIVALS * STAY
WARM, END = 5, sized(25, 15)
RUNS = sized(30, 12)


def open_queue(places: int) -> Rates:
    """People arrive, are arrested, wait, stay once and do not return."""
    return world(
        0, always(places), arrivals_per_year=ARRIVALS, occasions_per_year=OFFENDING, no_longer_fits_per_year=1.0 / STAY,
        reselection=0, **NEVER_CALM,
    )  # fmt: skip


def erlang_c(load: float, places: int) -> float:
    """Chance of having to wait, by the textbook sum."""
    full = load**places / math.factorial(places) * places / (places - load)
    return full / (sum(load**n / math.factorial(n) for n in range(places)) + full)


def waits_of(rates: Rates, replication: int) -> list[float]:
    """Waits of those who became eligible after the warm-up, long enough before the end to be selected."""
    since: dict[int, float] = {}
    waits = []
    for event in log_of(rates, END, replication=replication):
        if event.event == states.OCCASION:
            since.setdefault(event.person, event.date)
        elif event.event == states.SELECTED and WARM <= since[event.person] < END - 3:
            waits.append(event.date - since[event.person])
    return waits


def test_waits_for_a_place_are_erlangs() -> None:
    places = 8
    rates = open_queue(places)
    shares, means = [], []
    for replication in range(RUNS):
        waits = np.array(waits_of(rates, replication))
        shares.append(np.mean(waits > 0.0))
        means.append(waits.mean())
    waiting = erlang_c(LOAD, places)
    assert abs(z_of(shares, waiting)) < 4
    assert abs(z_of(means, waiting * STAY / (places - LOAD))) < 4


def test_managed_people_are_the_load_and_the_line_obeys_little() -> None:
    """Mean busy places = arrivals x stay whatever the places; mean in line = arrivals x mean wait."""
    places = 7
    rates = open_queue(places)
    managed = activity(rates, END, replications=RUNS).managed_years()[:, WARM:].mean(axis=1)
    assert abs(z_of(managed, LOAD)) < 4
    lengths = []
    for replication in range(RUNS):
        since: dict[int, float] = {}
        area = 0.0
        for event in log_of(rates, END, replication=replication):
            if event.event == states.OCCASION:
                since.setdefault(event.person, event.date)
            elif event.event == states.SELECTED:
                area += max(event.date - max(since[event.person], WARM), 0.0)
                since[event.person] = math.inf
        area += sum(max(END - max(date, WARM), 0.0) for date in since.values() if date < math.inf)
        lengths.append(area / (END - WARM))
    assert abs(z_of(lengths, LOAD * erlang_c(LOAD, places) / (places - LOAD))) < 4


def managed_at(rates: Rates, years: int, date: float, replication: int) -> tuple[int, int]:
    """How many are managed, and how many wait, at one date."""
    managed, eligible = set(), set()
    for event in log_of(rates, years, replication=replication):
        if event.date > date:
            break
        if event.event == states.OCCASION and event.scheme != states.MANAGED:
            eligible.add(event.person)
        elif event.event == states.SELECTED:
            eligible.discard(event.person)
            managed.add(event.person)
        elif event.scheme != states.MANAGED and event.person in managed:
            managed.discard(event.person)
    return len(managed), len(eligible)


@pytest.mark.parametrize("places", [3, 12])
def test_a_closed_pool_is_the_machine_repair_queue(places: int) -> None:
    people, rate, stay, years, runs = 12, 1.5, 0.4, 8, sized(600, 60)
    rates = world(people, always(places), occasions_per_year=rate, no_longer_fits_per_year=1.0 / stay, **NEVER_CALM)
    weights = [1.0]
    for n in range(1, people + 1):
        weights.append(weights[-1] * (people - n + 1) * rate * stay / min(n, places))
    chances = np.array(weights) / sum(weights)
    found = [sum(managed_at(rates, years, 7.5, run)) for run in range(runs)]
    assert abs(z_of(found, float(chances @ np.arange(people + 1)))) < 4
    observed = np.bincount(found, minlength=people + 1)
    cuts = np.searchsorted(np.cumsum(chances), [0.25, 0.5, 0.75]) + 1
    cells = [part.sum() for part in np.split(observed, cuts)]
    expected = [part.sum() * runs for part in np.split(chances, cuts)]
    assert stats.chisquare(cells, expected).pvalue > 6e-5
    if places == people:  # Engset without loss: each is managed with chance a / (1 + a)
        assert chances == pytest.approx(stats.binom(people, rate * stay / (1.0 + rate * stay)).pmf(range(people + 1)))


def test_places_for_all_give_a_poisson_number_of_managed_people() -> None:
    found = [managed_at(open_queue(10**6), 8, 7.5, run)[0] for run in range(sized(250, 40))]
    assert abs(z_of(found, LOAD)) < 4
    variance = np.var(found, ddof=1)
    assert abs(variance - LOAD) < 4 * math.sqrt((LOAD + 2 * LOAD**2) / len(found))
