"""The simulations behind the bridge: Sussex's people without the scheme, and with it under each effect a step needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from simulator.activity import Activity
from simulator.appraisal.library import Library
from simulator.evidence import Effect
from simulator.experiment import Plan, Progress, Task, by_arm, in_blocks, run_tasks
from simulator.quantities import Quantity, Standing
from simulator.rates import rates_of
from simulator.scenario.read import read_scenario
from simulator.scenario.records import Scenario, Settings

SCHEME, ARM = "sussex", "as_run"
FACE_VALUE, MATCHED = "sussex_face_value", "matched_pooled"
FITTED, PREDICTED = "fitted", "predicted"
LEVEL = "population.occasions_per_year"
BLOCK = 10  # replications in a task
YEARS = {FITTED: 10, PREDICTED: 5}  # the longest horizon that is priced at each level


class Life(NamedTuple):
    """All that a simulation depends on: how much people offend, and whose ratios on occasions and on custody apply."""

    level: str  # fitted: the scenario's; predicted: as much as makes 78% below it what is seen
    occasions: str  # an effect's name
    custody: str


# A predicted level is as much part of taking the 78% at face value as the ratio is: never with the matched ratio.
LIVES = (
    Life(FITTED, MATCHED, MATCHED),
    Life(FITTED, MATCHED, FACE_VALUE),
    Life(FITTED, FACE_VALUE, MATCHED),
    Life(FITTED, FACE_VALUE, FACE_VALUE),
    Life(PREDICTED, FACE_VALUE, MATCHED),
    Life(PREDICTED, FACE_VALUE, FACE_VALUE),
)


@dataclass(frozen=True)
class Simulated:
    """Activities of the same people and luck: without the scheme by level, with it by life."""

    scenario: Scenario
    without: Mapping[str, Activity]
    managed: Mapping[Life, Activity]


def sussex(library: Library) -> Scenario:
    """Sussex's scenario with two arms: without the scheme, and as run under the pooled matched effect."""
    scenario = read_scenario(SCHEME, library.known(), [f"effect={MATCHED}"])
    base = scenario.baseline.text("appraisal.comparator")
    return replace(scenario, arms=(scenario.arm(base), scenario.arm(ARM)))


def with_settings(scenario: Scenario, change: Callable[[Settings], Settings]) -> Scenario:
    """The scenario with every arm's settings, and the baseline's, changed alike."""
    arms = tuple(replace(arm, settings=change(arm.settings)) for arm in scenario.arms)
    return replace(scenario, baseline=change(scenario.baseline), arms=arms)


def mixed_effect(life: Life, effects: Mapping[str, Effect]) -> Effect:
    """The matched effect with the ratios on occasions and custody that the life asks for."""
    matched = effects[MATCHED]
    chosen = {
        "occasions_ratio": effects[life.occasions].ratios["occasions_ratio"],
        "custody_ratio": effects[life.custody].ratios["custody_ratio"],
    }
    return replace(matched, ratios={**matched.ratios, **chosen})


def level_ratio(library: Library) -> float:
    """How many times the scenario's level the prediction is.

    The scenario's level times the matched ratio is what the report observed; so is the predicted level times 1 - 0.78.
    """
    ratios = [library.effects[name].ratios["occasions_ratio"].value for name in (MATCHED, FACE_VALUE)]
    return ratios[0] / ratios[1]


def raised(quantity: Quantity, times: float) -> Quantity:
    """A level that the report's prediction implies, in place of the fitted one."""
    why = f"{times:.3g} times the fitted level, at which 78% less is about what was observed"
    return replace(quantity, value=quantity.value * times, low=None, high=None, standing=Standing.CHOICE, why=why)


def scenario_for(life: Life, scenario: Scenario, library: Library) -> Scenario:
    """The scenario with one life's effect and level."""
    times = level_ratio(library) if life.level == PREDICTED else 1.0

    def changed(settings: Settings) -> Settings:
        level = settings.quantities[LEVEL]
        quantities = {**settings.quantities, LEVEL: raised(level, times) if times != 1.0 else level}
        return replace(settings, effect=mixed_effect(life, library.effects), quantities=quantities)

    return with_settings(scenario, changed)


def tasks_at(level: str, scenario: Scenario, library: Library, replications: int) -> list[Task]:
    """Tasks of one level: the comparator first, then the scheme under each of the level's lives."""
    types = library.offence_types
    made = [scenario_for(life, scenario, library) for life in LIVES if life.level == level]
    without, _ = made[0].arms
    arms = [rates_of(made[0], without, types), *(rates_of(each, each.arm(ARM), types) for each in made)]
    return in_blocks(arms, replications, BLOCK)


def simulated(
    scenario: Scenario, library: Library, replications: int, plan: Plan, progress: Progress | None = None
) -> Simulated:
    """Simulate every life once. All that follows is pricing; the plan's years are those of each level."""
    without: dict[str, Activity] = {}
    managed: dict[Life, Activity] = {}
    for level, years in YEARS.items():
        tasks = tasks_at(level, scenario, library, replications)
        first, *others = by_arm(run_tasks(tasks, plan._replace(years=years), progress))
        without[level] = first
        managed |= dict(zip([life for life in LIVES if life.level == level], others, strict=True))
    return Simulated(scenario, without, managed)


def work_in(replications: int) -> int:
    """Arm-replications to run, for a progress bar."""
    return replications * (len(LIVES) + len(YEARS))
