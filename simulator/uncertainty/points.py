"""A point: values in place of the central ones; and the scenario and the prices as they are at a point."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from simulator.appraisal.library import Library, chosen
from simulator.scenario.read import with_budget_as_places
from simulator.scenario.records import CohortRow, OffenceMix, Scenario, Settings
from simulator.uncertainty.inputs import COHORT, COSTS, EFFECT, MIXES, POPULATION, PROGRAMME, Uncertain, has_budget
from simulator.uncertainty.spreads import between

Shares = Mapping[str, float]


class Point(NamedTuple):
    """Values by name of the input, and drawn offence mixes by name; what is not named stays central."""

    values: Mapping[str, float] = {}
    mixes: Mapping[str, Shares] = {}


CENTRAL = Point()


def behaviour_of(point: Point, inputs: Mapping[str, Uncertain]) -> Point:
    """The point without what moves money only: points that agree here need one simulation."""
    return Point({name: value for name, value in point.values.items() if not inputs[name].priced}, point.mixes)


def at_point(scenario: Scenario, library: Library, point: Point) -> tuple[Scenario, Library]:
    """The scenario and the prices with the point's values in place of their own.

    An arm that sets a value of its own keeps it.
    """
    if not point.values and not point.mixes:
        return scenario, library
    settings = moved_settings(scenario, point)
    moved = replace(
        scenario,
        baseline=settings(scenario.baseline),
        arms=tuple(replace(arm, settings=settings(arm.settings)) for arm in scenario.arms),
        cohort=tuple(moved_row(row, point.values) for row in scenario.cohort),
        mixes={name: moved_mix(name, mix, point) for name, mix in scenario.mixes.items()},
    )
    prices = moved_library(library, point.values)
    return (with_budgets(moved, prices) if has_budget(scenario) else moved), prices


def moved_settings(scenario: Scenario, point: Point) -> Callable[[Settings], Settings]:
    """What the point does to settings: quantities where they are the baseline's, ratios of the effect everywhere."""
    base = scenario.baseline
    quantities = {
        name: (base.quantity(name), value)
        for name, value in point.values.items()
        if name.startswith((POPULATION, PROGRAMME, COSTS))
    }
    ratios = {name.removeprefix(EFFECT): value for name, value in point.values.items() if name.startswith(EFFECT)}

    def moved(settings: Settings) -> Settings:
        mine = {
            name: chosen(before, value)
            for name, (before, value) in quantities.items()
            if settings.quantity(name) == before
        }
        spells = settings.without_spells if not settings.flag("population.spells") else {}
        effect = settings.effect
        return replace(
            settings,
            quantities={**settings.quantities, **{name: each for name, each in mine.items() if name not in spells}},
            without_spells={
                **settings.without_spells,
                **{name: each for name, each in mine.items() if name in spells},
            },
            effect=replace(
                effect,
                ratios={**effect.ratios, **{name: chosen(effect.ratios[name], ratios[name]) for name in ratios}},
            ),
        )

    return moved


def moved_row(row: CohortRow, values: Mapping[str, float]) -> CohortRow:
    """A row of the cohort table at a point."""
    prefix = f"{COHORT}{row.name}."
    mine = {name.removeprefix(prefix): value for name, value in values.items() if name.startswith(prefix)}
    changes: dict[str, Any] = {field: chosen(getattr(row, field), value) for field, value in mine.items()}
    return replace(row, **changes) if changes else row


def moved_mix(name: str, mix: OffenceMix, point: Point) -> OffenceMix:
    """An offence mix at a point: drawn, or at a position between its ends."""
    if name in point.mixes:
        return replace(mix, shares=point.mixes[name])
    position = point.values.get(f"{MIXES}{name}")
    return mix if position is None else replace(mix, shares=between(position, mix.cheaper, mix.shares, mix.dearer))


def moved_library(library: Library, values: Mapping[str, float]) -> Library:
    """The prices at a point; a crime's parts keep their proportions."""
    made = library
    for name, value in values.items():
        table, _, inner = name.partition(".")
        if inner.endswith(".multiplier") and table in made.crime:
            made = with_multiplier(made, table, inner.removesuffix(".multiplier"), value)
        elif table in made.crime or table in ("justice", "appraisal"):
            made = made.with_cost(name, value)
    return made


def with_multiplier(library: Library, table: str, kind: str, value: float) -> Library:
    """Another number of crimes for each recorded crime of one kind."""
    costs = library.crime[table]
    multipliers = {**costs.multipliers, kind: chosen(costs.multipliers[kind], value)}
    return replace(library, crime={**library.crime, table: replace(costs, multipliers=multipliers)})


def with_budgets(scenario: Scenario, library: Library) -> Scenario:
    """Places worked out again from yearly budgets, since a place may cost something else now."""
    known = library.known()
    return replace(
        scenario,
        baseline=with_budget_as_places(scenario.baseline, known),
        arms=tuple(replace(arm, settings=with_budget_as_places(arm.settings, known)) for arm in scenario.arms),
    )
