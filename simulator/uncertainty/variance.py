"""Which inputs the uncertainty comes from: Sobol indices of the inputs that matter most, of the rest, and of luck.

Luck is a factor like the others: a run is a function of its inputs and its replications, so the noise of the simulation
has a line of its own and inflates nobody else's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from simulator.uncertainty.factors import Factor, Sampler, factors_of
from simulator.uncertainty.indices import Index, design, indices_of
from simulator.uncertainty.inputs import Uncertain
from simulator.uncertainty.outcomes import Trial, Trials, Variant
from simulator.uncertainty.tornado import Tornado

if TYPE_CHECKING:
    import pandas as pd

LUCK = "luck (simulation noise)"
REST = "all other inputs"


def widest(tornado: Tornado, factors: Sequence[Factor], count: int) -> list[str]:
    """Names of the factors with the widest bars; rates fitted together count as one."""
    of_input = {name: factor.name for factor in factors for name in factor.inputs}
    ordered = dict.fromkeys(of_input[bar.name] for bar in tornado.bars if bar.swing > 0.0)
    return list(ordered)[:count]


def with_rest(factors: Sequence[Factor], chosen: Sequence[str]) -> list[tuple[Factor, ...]]:
    """The chosen factors one by one, and all others as one."""
    by_name = {factor.name: factor for factor in factors}
    rest = tuple(factor for factor in factors if factor.name not in chosen)
    return [*((by_name[name],) for name in chosen), *([rest] if rest else [])]


def names_of(groups: Sequence[tuple[Factor, ...]], chosen: Sequence[str]) -> list[str]:
    """What the lines are called, luck last."""
    return [*chosen, *([REST] if len(groups) > len(chosen) else []), LUCK]


def sobol(
    variant: Variant,
    inputs: Mapping[str, Uncertain],
    chosen: Sequence[str],
    base_points: int,
    replications: int,
    seed: int,
    engine: str,
) -> Trials:
    """The runs of the indices: for each base point ``a``, ``b``, and ``a`` with each factor from ``b``, luck the last.

    Runs that differ from ``a`` in prices only come right after it and share its simulation; ``order_of`` says where each
    one is. Raises ValueError when ``base_points`` is no power of two.
    """
    groups = with_rest(factors_of(variant.scenario, inputs), chosen)
    sampler = Sampler(variant.scenario, inputs, [factor for group in groups for factor in group])
    table = design([sum(factor.columns for factor in group) for group in groups], base_points, seed)
    order = order_of(groups, inputs)
    trials = []
    for row in range(base_points):
        mine, others = row * replications, (base_points + row) * replications
        runs = [
            Trial(sampler.point(table.a[row]), mine),
            Trial(sampler.point(table.b[row]), others),
            *(Trial(sampler.point(swapped[row]), mine) for swapped in table.ab),
            Trial(sampler.point(table.a[row]), others),
        ]
        trials += [runs[number] for number in order]
    return Trials((variant,), inputs, tuple(trials), replications, seed, engine)


def order_of(groups: Sequence[tuple[Factor, ...]], inputs: Mapping[str, Uncertain]) -> list[int]:
    """In which order the runs of a base point stand: ``a``, those that only reprice it, the others."""
    priced = [
        number
        for number, group in enumerate(groups, start=2)
        if all(inputs[name].priced for factor in group for name in factor.inputs)
    ]
    return [0, *priced, *(number for number in range(1, len(groups) + 3) if number not in priced)]


def sobol_of(
    results: pd.DataFrame,
    arm: str,
    groups: Sequence[tuple[Factor, ...]],
    inputs: Mapping[str, Uncertain],
    names: Sequence[str],
    seed: int,
) -> tuple[Index, ...]:
    """Indices of the NPSV of one arm."""
    order = order_of(groups, inputs)
    found = results.loc[results["arm"] == arm, "npsv_gbp"].to_numpy(np.float64).reshape(-1, len(order))
    runs = found[:, np.argsort(order)]
    return indices_of(names, runs[:, 0], runs[:, 1], runs[:, 2:].T, seed)
