"""What finding out is worth in a set of draws: every input, every group of inputs, and studies of n people."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.draws import normal
from simulator.evidence import Effect
from simulator.model.states import STUDY_DRAW
from simulator.rates import Z_95
from simulator.uncertainty.information import Worth, partial_information, perfect_information, sample_information
from simulator.uncertainty.inputs import MIXES, Uncertain
from simulator.uncertainty.probabilistic import Draws, known_noise
from simulator.uncertainty.smoothing import DRAWS_PER_COLUMN, LEAST_DRAWS

Array = NDArray[np.float64]

# Studies whose published intervals say how far a matched comparison of n people can see.
STUDIES = ("leeds_2017", "southwark_2018")
# What such a study estimates: the ratios that it has an interval for, in the order of their draws.
STUDIED = ("occasions_ratio", "custody_ratio")


class Study(NamedTuple):
    """A matched comparison of so many managed people: what it would be worth, and how far it would see."""

    people: int
    log_errors: Mapping[str, float]
    worth: Worth


class Worths(NamedTuple):
    """Worth of finding out, for the one decision between the arms, over the years appraised; in pounds."""

    everything: Worth
    inputs: tuple[Worth, ...]  # dearest first
    groups: tuple[Worth, ...]
    studies: tuple[Study, ...]
    too_few_draws_for: tuple[str, ...] = ()  # groups of more inputs than so few draws can tell apart


def worths_of(
    draws: Draws, inputs: Mapping[str, Uncertain], effects: Mapping[str, Effect], people: Sequence[int], seed: int
) -> Worths:
    """Everything, each input, each group, and a study of each size."""
    perfect = perfect_information(draws.net, known_noise(draws), seed=seed)

    def worth(names: list[str], called: str) -> Worth:
        return partial_information(draws.net, draws.inputs[names].to_numpy(np.float64), called, perfect, seed)

    groups: dict[str, list[str]] = {}
    singles: list[Worth] = []
    for name, each in inputs.items():
        columns = columns_of(draws, name)
        groups.setdefault(each.group, []).extend(columns)
        singles += [worth(columns, name)] if len(draws.net) >= least_draws(columns) else []
    told = [worth(names, group) for group, names in groups.items() if len(draws.net) >= least_draws(names)]
    return Worths(
        perfect,
        tuple(sorted(singles, key=lambda each: -each.value_gbp)),
        tuple(sorted(told, key=lambda each: -each.value_gbp)),
        tuple(study_of(draws, effects, number, perfect, seed) for number in people if len(draws.net) >= LEAST_DRAWS),
        tuple(group for group, names in groups.items() if len(draws.net) < least_draws(names)),
    )


def least_draws(names: Sequence[str]) -> int:
    """How many draws a regression on so many inputs needs."""
    return max(LEAST_DRAWS, DRAWS_PER_COLUMN * len(names))


def columns_of(draws: Draws, name: str) -> list[str]:
    """The drawn columns of one input; a mix has one for each offence type but the last, which the others settle."""
    if not name.startswith(MIXES):
        return [name]
    return [column for column in draws.inputs.columns if column.startswith(f"{name}.")][:-1]


def log_errors_of(effects: Mapping[str, Effect], people: int) -> dict[str, float]:
    """Standard error of the log of each ratio in a matched comparison of ``people`` managed people.

    From the published intervals of the Data Lab's studies: the error of each, times the root of its number of people over
    ``people``; the studies' variances are averaged.
    """
    found = {}
    for name in STUDIED:
        variances = []
        for study in STUDIES:
            effect = effects.get(study)
            ratio = effect.ratios.get(name) if effect else None
            if effect and effect.n and ratio and ratio.low and ratio.high and ratio.low < ratio.high:
                variances.append((math.log(ratio.high / ratio.low) / (2.0 * Z_95)) ** 2 * effect.n)
        if variances:
            found[name] = math.sqrt(math.fsum(variances) / len(variances) / people)
    return found


def study_of(draws: Draws, effects: Mapping[str, Effect], people: int, perfect: Worth, seed: int) -> Study:
    """A study of this very scheme: for each draw, what it would report of that draw's ratios, with its error."""
    errors = {name: error for name, error in log_errors_of(effects, people).items() if f"effect.{name}" in draws.inputs}
    reported = np.empty((len(draws.net), len(errors)))
    for column, (name, error) in enumerate(errors.items()):
        true = np.log(draws.inputs[f"effect.{name}"].to_numpy(np.float64))
        luck = np.array([normal(seed, draw, STUDIED.index(name), STUDY_DRAW, 0) for draw in range(len(true))])
        reported[:, column] = true + error * luck
    called = f"a matched comparison of {people:,} people"
    return Study(people, errors, sample_information(draws.net, reported, called, perfect, seed))
