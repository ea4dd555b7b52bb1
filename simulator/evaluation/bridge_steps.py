"""From one state of the bridge to another, one thing at a time, in a stated order and averaged over every order."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from simulator.closed_forms.order_free import order_free as shares_of
from simulator.evaluation.bridge_prices import Point, State, noise_between

# Ratios lie on multiples of 2^-52, so that differences below 2 are exact and the steps add up to the last bit.
GRID = 2.0**52
ADDED_UP = 1e-12  # steps of 2 and more, which no headline has, may miss the last bit


class Factor(NamedTuple):
    """One thing that changes between the published figure and today's answer."""

    name: str
    title: str
    fields: tuple[str, ...]


# In the order of the bridge.
FACTORS = (
    Factor("regression_to_the_mean", "Matched effect, regression out", ("level", "occasions")),
    Factor("custody", "Custody as in matched studies", ("custody",)),
    Factor("unit_costs", "HORR99 unit costs", ("table",)),
    Factor("counting", "Counting unit", ("counting",)),
    Factor("costing", "Costing mode", ("costing",)),
    Factor("discounting", "Discounting", ("discount_rate",)),
    Factor("horizon", "Horizon", ("horizon_years",)),
    Factor("programme_cost", "Programme cost", ("cost",)),
)


class Step(NamedTuple):
    """One thing changed: the ratio after it, what the change adds, and what it adds on average over every order.

    ``half_width``: 95%, simulation noise of the contribution, paired. ``npsv_gbp`` is after the step, in its price base.
    """

    name: str
    title: str
    before: State
    after: State
    ratio: float
    contribution: float
    half_width: float
    order_free: float
    npsv_gbp: float


Ratio = Callable[[State], float]


def on_grid(ratio: float) -> float:
    """A ratio rounded to the grid."""
    return round(ratio * GRID) / GRID


def moved(state: State, end: State, factors: Sequence[Factor]) -> State:
    """The state with the fields of some factors as in another one."""
    return state._replace(**{field: getattr(end, field) for factor in factors for field in factor.fields})


def states_between(start: State, end: State) -> list[State]:
    """The start, and the state after each factor in turn; the last is the end."""
    return [moved(start, end, FACTORS[:count]) for count in range(len(FACTORS) + 1)]


def order_free(ratio: Ratio, start: State, end: State) -> dict[str, float]:
    """Each factor's mean contribution over every order of the factors (Shapley 1953); they add up to the difference.

    Factors that do not differ contribute nothing in any order, so only the others are permuted.
    """
    moving = [factor for factor in FACTORS if moved(start, end, [factor]) != start]
    added = shares_of(lambda done: ratio(moved(start, end, [moving[cause] for cause in done])), len(moving))
    share = dict(zip(moving, added, strict=True))
    return {factor.name: share.get(factor, 0.0) for factor in FACTORS}


def steps_between(point: Callable[[State], Point], ratio: Ratio, start: State, end: State) -> tuple[Step, ...]:
    """The steps from start to end: the start's ratio and the contributions add up to the end's ratio.

    Args:
        point: present values of a state.
        ratio: its benefit per £1 on the grid.

    Raises:
        ArithmeticError: the steps do not add up.
    """
    states = states_between(start, end)
    average = order_free(ratio, start, end)
    steps = tuple(
        Step(
            factor.name,
            factor.title,
            before,
            after,
            ratio(after),
            ratio(after) - ratio(before),
            noise_between(point(before), point(after)) if after != before else 0.0,
            average[factor.name],
            point(after).npsv,
        )
        for factor, (before, after) in zip(FACTORS, pairwise(states), strict=True)
    )
    if abs(math.fsum([ratio(start), *(step.contribution for step in steps)]) - steps[-1].ratio) > ADDED_UP:
        raise ArithmeticError("the steps of the bridge do not add up to its end")
    return steps
