"""Several states of one scenario under the same luck: each distinct arm is simulated once, states are priced apart."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from typing import NamedTuple

from simulator.activity import Activity
from simulator.appraisal.comparison import Comparison, Runs, appraise, block_size
from simulator.experiment import Plan, Progress, by_arm, in_blocks, run_tasks
from simulator.model.rates import Rates
from simulator.rates import rates_of
from simulator.uncertainty.outcomes import Variant

Print = bytes  # of the rates that decide a life; states that agree in it share a simulation


class Life(NamedTuple):
    """Rates of one arm, and how long it is simulated."""

    rates: Rates
    years: int

    @property
    def world(self) -> Print:
        """The people and their past: arms that agree here share one history."""
        return pickle.dumps((self.years, self.rates._replace(name="", values=None, schedule=())))

    @property
    def future(self) -> Print:
        """What the arm does from t = 0 on."""
        return pickle.dumps((self.rates.values, self.rates.schedule))


Key = tuple[Print, Print]


def lives_of(state: Variant) -> list[tuple[Key, Life]]:
    """The arms of a state, with what tells them from others."""
    scenario, library, _ = state
    years = int(scenario.baseline.value("appraisal.horizon_years"))
    lives = [Life(rates_of(scenario, arm, library.offence_types), years) for arm in scenario.arms]
    return [((life.world, life.future), life) for life in lives]


def distinct(lives: Sequence[Sequence[tuple[Key, Life]]]) -> dict[Key, Life]:
    """Each arm once."""
    return {key: life for state in lives for key, life in state}


def work_in(states: Sequence[Variant], replications: int) -> int:
    """Arm-replications to run, for a progress bar."""
    return len(distinct([lives_of(state) for state in states])) * replications


def compared(
    states: Sequence[Variant], replications: int, plan: Plan, progress: Progress | None = None
) -> list[Comparison]:
    """Every state simulated, with common random numbers, and appraised, in order. The plan's years are not read."""
    lives = [lives_of(state) for state in states]
    found = simulated(distinct(lives), replications, plan, progress)
    return [
        appraise(
            Runs(state.scenario, tuple(found[key] for key, _ in mine), None, plan.seed, plan.engine), state.library
        )
        for state, mine in zip(states, lives, strict=True)
    ]


def simulated(
    lives: dict[Key, Life], replications: int, plan: Plan, progress: Progress | None = None
) -> dict[Key, Activity]:
    """Activities of distinct arms, world by world."""
    made: dict[Key, Activity] = {}
    for world in dict.fromkeys(world for world, _ in lives):
        keys = [key for key in lives if key[0] == world]
        arms = [lives[key].rates for key in keys]
        blocks = in_blocks(arms, replications, block_size(plan, replications))
        results = run_tasks(blocks, plan._replace(years=lives[keys[0]].years), progress)
        made |= dict(zip(keys, by_arm(results), strict=True))
    return made
