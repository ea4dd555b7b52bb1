"""Occupancy of a limited number of places, exponential stays."""

from __future__ import annotations

import math


def erlang_b(load: float, places: int) -> float:
    """Chance that all places are taken when those who find none are lost. ``load``: arrivals x mean stay.

    Erlang 1917, by the usual recursion B(n) = a B(n - 1) / (n + a B(n - 1)).
    """
    blocked = 1.0
    for n in range(1, places + 1):
        blocked = load * blocked / (n + load * blocked)
    return blocked


def erlang_c(load: float, places: int) -> float:
    """Chance of having to wait when those who find no place queue for ever. 1 when the load reaches the places."""
    if load >= places:
        return 1.0
    blocked = erlang_b(load, places)
    return places * blocked / (places - load * (1.0 - blocked))


def erlang_c_wait(load: float, places: int, stay: float) -> float:
    """Mean wait over all arrivals, in the unit of the mean ``stay``; infinite when the load reaches the places."""
    return math.inf if load >= places else erlang_c(load, places) * stay / (places - load)


def engset(people: int, places: int, load: float) -> list[float]:
    """Chances of 0, 1, ... places taken in a closed pool; ``load``: a free person's referrals per year x mean stay.

    Engset 1918; a referral that finds no place is lost. P(n) is proportional to C(people, n) load^n.
    """
    weights = [1.0]
    for n in range(1, min(places, people) + 1):
        weights.append(weights[-1] * load * (people - n + 1) / n)
    total = math.fsum(weights)
    return [weight / total for weight in weights]
