"""Curves of a probabilistic analysis: by the value of a prevented offence, by the programme's cost, and their plane."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.report.sweeps.subject import Subject
from simulator.uncertainty.chances import acceptability, chance_positive
from simulator.uncertainty.noise import without_noise
from simulator.uncertainty.probabilistic import Draws, known_noise

Array = NDArray[np.float64]

STEPS = 40
LEAST_TOP_GBP, MOST_TOP_GBP = 10_000.0, 500_000.0
MOST_SHARE = 2.0  # of today's programme cost
CLOUD = 200  # draws of each arm in the plane
CLOUDS = 4
MIDDLE = (0.025, 0.975)  # 95% of the draws


def nice(amount: float) -> float:
    """The next of 1, 2, 5, 10, 20 ... at or above an amount."""
    tens = 10.0 ** math.floor(math.log10(amount))
    return next(step * tens for step in (1.0, 2.0, 5.0, 10.0) if step * tens >= amount * (1.0 - 1e-12))


def top_value(draws: Draws) -> float:
    """A sensible end for the value of a prevented offence: twice the last value at which another arm has the best mean."""
    net, units = draws.net.mean(axis=0), draws.reoffences_prevented.mean(axis=0)
    best, value = int(net.argmax()), 0.0
    while True:
        meets = [
            ((net[best] - net[arm]) / (units[arm] - units[best]), arm)
            for arm in range(len(net))
            if units[arm] > units[best]
        ]
        if not meets:
            break
        value, best = min(meets)
    return nice(min(max(LEAST_TOP_GBP, 2.0 * float(value)), MOST_TOP_GBP))


def by_value(draws: Draws, subject: Subject) -> dict[str, Any]:
    """The chance of each arm to be the best at each value that a funder adds for a prevented proven offence.

    NPSV holds the costs of crime already, so the value comes on top: to count the same harm in it again would be double.
    """
    values = np.linspace(0.0, top_value(draws), STEPS + 1)
    net = without_noise(draws.net, known_noise(draws))
    found = acceptability(net, draws.reoffences_prevented, values)
    chosen = [draws.arms[number] for number in found.frontier]
    return {
        "added_gbp_per_offence_prevented": values.tolist(),
        "by_arm": [
            {
                "name": arm,
                "title": subject.title(arm),
                "chance_best": found.best[:, number].tolist(),
                "chance_better_than_comparator": found.beats_comparator[:, number].tolist(),
            }
            for number, arm in enumerate(draws.arms)
        ],
        "chosen": stretches(values.tolist(), chosen, subject),
    }


def stretches(values: Sequence[float], arms: Sequence[str], subject: Subject) -> list[dict[str, Any]]:
    """From which value to which the arm with the highest mean is the same."""
    found = []
    for arm, together in groupby(zip(values, arms, strict=True), key=lambda pair: pair[1]):
        mine = [value for value, _ in together]
        found.append({"arm": arm, "title": subject.title(arm), "from_gbp": mine[0], "to_gbp": mine[-1]})
    return found


def by_cost(draws: Draws, subject: Subject) -> dict[str, Any]:
    """The chance that benefits exceed costs where the programme cost were another, and what happens the same.

    Arms that cost no more than the comparator have no cost to scale, and are left out.
    """
    shares = np.linspace(0.0, MOST_SHARE, STEPS + 1)
    noise = known_noise(draws)
    rows = []
    for number, arm in enumerate(draws.arms):
        net, cost = draws.net[:, number], draws.cost[:, number]
        if arm == draws.comparator or cost.mean() <= 0.0:
            continue
        error = float(np.sqrt(noise[number, number]))
        chances = [chance_positive(net + (1.0 - share) * cost, error) for share in shares]
        even = even_chance(shares.tolist(), chances)
        rows.append(
            {
                "name": arm,
                "title": subject.title(arm),
                "programme_cost_gbp": float(cost.mean()),
                "chance_benefits_exceed_costs": chances,
                "even_chance_share": even,
                "even_chance_cost_gbp": None if even is None else even * float(cost.mean()),
            }
        )
    return {"shares_of_programme_cost": shares.tolist(), "by_arm": rows}


def even_chance(shares: Sequence[float], chances: Sequence[float]) -> float | None:
    """The share of the cost at which the chance falls to one half; None where it does not within the curve."""
    for place in range(1, len(shares)):
        before, after = chances[place - 1], chances[place]
        if before >= 0.5 > after:
            return shares[place - 1] + (before - 0.5) / (before - after) * (shares[place] - shares[place - 1])
    return None


def plane(draws: Draws, arms: Sequence[str], subject: Subject) -> dict[str, Any]:
    """Programme cost against proven reoffences prevented: the first draws of some arms, and their means over all."""
    rows = []
    for arm in arms[:CLOUDS]:
        number = draws.column(arm)
        prevented, cost, benefit = (
            table[:, number] for table in (draws.reoffences_prevented, draws.cost, draws.benefit)
        )
        rows.append(
            {
                "name": arm,
                "title": subject.title(arm),
                "mean_reoffences_prevented": float(prevented.mean()),
                "mean_programme_cost_gbp": float(cost.mean()),
                "reoffences_prevented_interval": np.quantile(prevented, MIDDLE).tolist(),
                "programme_cost_interval_gbp": np.quantile(cost, MIDDLE).tolist(),
                "benefit_per_reoffence_prevented_gbp": worth_of_one(prevented, benefit),
                "reoffences_prevented": prevented[:CLOUD].tolist(),
                "programme_cost_gbp": cost[:CLOUD].tolist(),
            }
        )
    return {"by_arm": rows}


def worth_of_one(prevented: Array, benefit: Array) -> float | None:
    """Mean benefit over mean reoffences prevented; None where the latter cannot be told from nothing."""
    mean = float(prevented.mean())
    error = float(prevented.std(ddof=1)) / math.sqrt(len(prevented)) if len(prevented) > 1 else math.inf
    return float(benefit.mean()) / mean if mean > 2.0 * error else None
