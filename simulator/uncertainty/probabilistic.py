"""Draws over everything uncertain (probabilistic sensitivity analysis); levers are never drawn.

Draw k is the same whatever else is drawn and however many draws there are. Each draw has replications of its own, so that
the noise of different draws is independent, can be measured, and averages out; where only prices are drawn, all draws
share one simulation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.uncertainty.chances import (
    BenefitPerPound,
    Loss,
    Percentiles,
    benefit_per_pound,
    chance_positive,
    expected_loss,
    percentiles_of,
    preferred_chances,
)
from simulator.uncertainty.factors import Sampler, factors_of, keyed_row
from simulator.uncertainty.inputs import Uncertain
from simulator.uncertainty.noise import without_noise
from simulator.uncertainty.outcomes import NOISE_WITH, Trial, Trials, Variant

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]


class Draws(NamedTuple):
    """Results by (draw, arm), the comparator first, with zeros; money in pounds at present value."""

    comparator: str
    arms: tuple[str, ...]
    net: Array
    benefit: Array
    cost: Array
    reoffences_prevented: Array
    noise: Array  # covariance by (arm, arm) of each draw's own simulation noise, averaged over draws
    shared_noise: Array  # standard error by arm of the one simulation that all draws share; else zeros
    inputs: pd.DataFrame  # drawn values, one row a draw

    def column(self, arm: str) -> int:
        """Where an arm stands."""
        return self.arms.index(arm)


class Chances(NamedTuple):
    """What the draws say of one arm against the comparator."""

    arm: str
    npsv: Percentiles
    benefit_per_pound: BenefitPerPound
    chance_positive: float
    chance_preferred: float
    loss: Loss


def trials_of(
    variant: Variant, inputs: Mapping[str, Uncertain], draws: int, replications: int, seed: int, first: int = 0
) -> tuple[Trial, ...]:
    """Draws from ``first`` on of all the given inputs."""
    factors = factors_of(variant.scenario, inputs)
    sampler = Sampler(variant.scenario, inputs, factors)
    lives_differ = any(not each.priced for each in inputs.values())
    return tuple(
        Trial(sampler.point(keyed_row(factors, seed, draw)), draw * replications if lives_differ else 0)
        for draw in range(first, first + draws)
    )


def psa(
    variant: Variant, inputs: Mapping[str, Uncertain], draws: int, replications: int, seed: int, engine: str
) -> Trials:
    """The trials of a probabilistic analysis."""
    trials = trials_of(variant, inputs, draws, replications, seed)
    return Trials((variant,), inputs, trials, replications, seed, engine)


def draws_of(results: pd.DataFrame, comparator: str, work: Trials) -> Draws:
    """Rows of trials and arms turned into one array for each outcome.

    Draws that share one simulation share its noise too: no part of the spread between them, but of every mean and chance.
    """
    arms = list(dict.fromkeys(str(arm) for arm in results["arm"]))

    def by_draw(column: str) -> Array:
        values = results[column].to_numpy(np.float64).reshape(-1, len(arms))
        return np.hstack([np.zeros((len(values), 1)), values])

    noise = np.zeros((len(arms) + 1, len(arms) + 1))
    for number, arm in enumerate(arms, start=1):
        mine = results[results["arm"] == arm]
        noise[number, 1:] = [float(mine[f"{NOISE_WITH}{other}_gbp2"].mean()) for other in arms]
    own_luck = len({trial.first_replication for trial in work.trials}) > 1
    alone = np.zeros_like(noise)
    return Draws(
        comparator,
        (comparator, *arms),
        by_draw("npsv_gbp"),
        by_draw("benefit_gbp"),
        by_draw("programme_cost_gbp"),
        by_draw("reoffences_prevented"),
        noise if own_luck else alone,
        np.sqrt(np.diag(alone if own_luck else noise)),
        results.loc[results["arm"] == arms[0], work.moved()].reset_index(drop=True),
    )


def known_noise(draws: Draws) -> Array:
    """The noise of a draw, zero where it cannot be known because every draw had a single replication."""
    return np.nan_to_num(draws.noise)


def chances_of(draws: Draws) -> list[Chances]:
    """Every arm against the comparator, simulation noise taken out of the spread."""
    noise = known_noise(draws)
    preferred = preferred_chances(without_noise(draws.net, noise))
    found = []
    for number, arm in enumerate(draws.arms):
        if arm == draws.comparator:
            continue
        net, error = draws.net[:, number], float(np.sqrt(noise[number, number]))
        found.append(
            Chances(
                arm,
                percentiles_of(net, error),
                benefit_per_pound(draws.benefit[:, number], draws.cost[:, number]),
                chance_positive(net, error),
                float(preferred[number]),
                expected_loss(net, error),
            )
        )
    return found
