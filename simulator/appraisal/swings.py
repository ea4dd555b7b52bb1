"""How much each assumed value matters: one at a time to the ends of its range, with the same luck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from simulator.activity import Activity
from simulator.appraisal.comparison import Runs, appraise
from simulator.appraisal.library import Library
from simulator.experiment import Plan, Progress, Task, run_tasks
from simulator.quantities import Quantity, Standing
from simulator.rates import rates_of
from simulator.scenario.records import OffenceMix, Scenario, Settings

GUESSED = (Standing.ASSUMED, Standing.UNVERIFIED, Standing.DERIVED)
OFFENCE_MIX = "offence_mixes (cheaper, dearer)"
SPELLS = "population.spells"


class Variant(NamedTuple):
    """A scenario with one value moved to one end of its range."""

    name: str
    end: str
    scenario: Scenario


class Swing(NamedTuple):
    """NPSV of one arm with a value at either end of its range. Money in pounds at present value."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    standing: str
    npsv_at_low: float
    npsv_at_high: float
    swing: float
    why: str


def with_quantity(scenario: Scenario, name: str, value: float) -> Scenario:
    """The scenario with one quantity moved, in the baseline and in every arm that does not set its own."""
    before = scenario.baseline.quantity(name)

    def moved(settings: Settings) -> Settings:
        if settings.quantity(name) != before:
            return settings
        changed = {name: replace(before, value=value)}
        if settings.quantities[name] == before:
            return replace(settings, quantities={**settings.quantities, **changed})
        return replace(settings, without_spells={**settings.without_spells, **changed})

    arms = tuple(replace(arm, settings=moved(arm.settings)) for arm in scenario.arms)
    return replace(scenario, baseline=moved(scenario.baseline), arms=arms)


def with_ratio(scenario: Scenario, name: str, value: float) -> Scenario:
    """The scenario with one ratio of the effect moved, in every arm."""

    def moved(settings: Settings) -> Settings:
        effect = settings.effect
        return replace(
            settings, effect=replace(effect, ratios={**effect.ratios, name: replace(effect.ratios[name], value=value)})
        )

    arms = tuple(replace(arm, settings=moved(arm.settings)) for arm in scenario.arms)
    return replace(scenario, baseline=moved(scenario.baseline), arms=arms)


def uncertain_ratios(scenario: Scenario) -> dict[str, Quantity]:
    """Ratios of the effect that have a range."""
    return {
        f"effect.{name}": each
        for name, each in scenario.baseline.effect.ratios.items()
        if each.low is not None and each.high is not None and each.low < each.high
    }


def with_mix(scenario: Scenario, end: str) -> Scenario:
    """The scenario with every offence mix at its cheaper or dearer end."""

    def moved(mix: OffenceMix) -> OffenceMix:
        return replace(mix, shares=mix.cheaper if end == "low" else mix.dearer)

    return replace(scenario, mixes={name: moved(mix) for name, mix in scenario.mixes.items()})


def without_spells(scenario: Scenario) -> Scenario:
    """The structural alternative: everybody active all the time."""

    def moved(settings: Settings) -> Settings:
        return replace(settings, levers={**settings.levers, SPELLS: False})

    arms = tuple(replace(arm, settings=moved(arm.settings)) for arm in scenario.arms)
    return replace(scenario, baseline=moved(scenario.baseline), arms=arms)


def in_force(scenario: Scenario) -> dict[str, Quantity]:
    """The baseline's quantities, with those that take their place without spells where spells are off."""
    return {name: scenario.baseline.quantity(name) for name in scenario.baseline.quantities}


def uncertain(scenario: Scenario) -> dict[str, Quantity]:
    """Quantities with a range that no report states."""
    return {
        name: each
        for name, each in in_force(scenario).items()
        if each.standing in GUESSED and each.low is not None and each.high is not None and each.low < each.high
    }


def variants_of(scenario: Scenario) -> list[Variant]:
    """The baseline, and one scenario for each end of each range."""
    made = [Variant("", "", scenario)]
    for name, each in uncertain(scenario).items():
        made += [Variant(name, "low", with_quantity(scenario, name, float(each.low or 0.0)))]
        made += [Variant(name, "high", with_quantity(scenario, name, float(each.high or 0.0)))]
    for name, each in uncertain_ratios(scenario).items():
        ratio = name.removeprefix("effect.")
        made += [Variant(name, "low", with_ratio(scenario, ratio, float(each.low or 0.0)))]
        made += [Variant(name, "high", with_ratio(scenario, ratio, float(each.high or 0.0)))]
    made += [Variant(OFFENCE_MIX, end, with_mix(scenario, end)) for end in ("low", "high")]
    if scenario.baseline.flag(SPELLS):
        made += [Variant(SPELLS, "low", without_spells(scenario)), Variant(SPELLS, "high", scenario)]
    return made


def swings_of(
    scenario: Scenario,
    library: Library,
    arm: str,
    replications: int,
    plan: Plan,
    progress: Progress | None = None,
) -> tuple[float, list[Swing]]:
    """NPSV of ``arm`` against the comparator, and how it moves with each assumed value, widest swing first."""
    base = scenario.baseline.text("appraisal.comparator")
    pair = tuple(each for each in scenario.arms if each.name in (arm, base))
    variants = variants_of(replace(scenario, arms=pair))
    tasks = [
        Task(
            tuple(rates_of(variant.scenario, each, library.offence_types) for each in variant.scenario.arms),
            0,
            replications,
        )
        for variant in variants
    ]
    results = run_tasks(tasks, plan, progress)
    values = {
        (variant.name, variant.end): npsv(variant.scenario, library, activities, arm, plan)
        for variant, activities in zip(variants, results, strict=True)
    }
    quantities = {**uncertain(scenario), **uncertain_ratios(scenario)}
    rows = [swing_of(name, quantities.get(name), values) for name in dict.fromkeys(v.name for v in variants if v.name)]
    return values["", ""], sorted(rows, key=lambda row: -row.swing)


def npsv(scenario: Scenario, library: Library, activities: Sequence[Activity], arm: str, plan: Plan) -> float:
    """Mean NPSV of one arm of priced runs."""
    runs = Runs(scenario, tuple(activities), None, plan.seed, plan.engine)
    comparison = appraise(runs, library)
    (found,) = [each for each in comparison.arms if each.plan.name == arm]
    return float(found.streams.npsv.mean())


def swing_of(name: str, quantity: Quantity | None, values: dict[tuple[str, str], float]) -> Swing:
    """One row of the table."""
    low, high = values[name, "low"], values[name, "high"]
    if quantity is None:
        why = "low: spells off, everybody active all the time" if name == SPELLS else "every mix at once"
        return Swing(name, None, None, None, "assumed", low, high, abs(high - low), why)
    return Swing(
        name,
        quantity.value,
        quantity.low,
        quantity.high,
        str(quantity.standing),
        low,
        high,
        abs(high - low),
        quantity.why,
    )
