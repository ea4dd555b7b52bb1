"""Scenario files into frozen records, every fault at once and at its line."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from simulator.evidence import Effect
from simulator.quantities import Quantity
from simulator.scenario.cohort import read_bands, read_cohort, read_mixes
from simulator.scenario.fields import EFFECT_RATIOS, LEVERS, PLACES_FROM, QUANTITIES, SECTIONS, TOP_LEVEL, LeverField
from simulator.scenario.layers import Layered, path_of, read_layers
from simulator.scenario.overrides import applied, is_in_a_scenario, parsed
from simulator.scenario.records import Arm, Lever, Scenario, Settings
from simulator.tables import InputProblems, Problems, Reader, did_you_mean


class Known(NamedTuple):
    """What a scenario may refer to by name."""

    sources: Sequence[str]
    offence_types: Sequence[str]
    effects: Mapping[str, Effect]
    cost_names: Sequence[str]
    programme_costs: Mapping[str, Quantity]
    table_years: Mapping[str, str]
    price_factor: Callable[[str, str], float]


def read_scenario(name: str, known: Known, settings: Sequence[str] = ()) -> Scenario:
    """A scenario by name or path, with values set on the command line on top.

    Raises InputProblems with every fault found, each at its file, line and column.
    """
    path = path_of(name)
    problems = Problems()
    overrides = parsed(settings, known.cost_names, problems)
    layers = read_layers(path)
    for override in overrides:
        if is_in_a_scenario(override.name):
            layers = applied(layers, override.name, override.value, (override.document, ()))
    scenario = scenario_of(path, layers, known, problems)
    problems.stop_if_any()
    return replace(scenario, overrides={each.name: each.text for each in overrides})


def scenario_of(path: Path, layers: Layered, known: Known, problems: Problems) -> Scenario:
    """The record of merged data; faults are noted, stand-ins fill in for what is wrong."""
    reader = Reader(layers, problems, sources=known.sources)
    reader.only(TOP_LEVEL)
    baseline = read_settings(reader, known)
    mixes = read_mixes(reader, known.offence_types)
    arms = read_arms(reader, layers, known, problems)
    comparator = str(baseline.levers.get("appraisal.comparator"))
    if arms and comparator not in [arm.name for arm in arms]:
        names = [arm.name for arm in arms]
        hint = did_you_mean(comparator, names) or f"Arms: {', '.join(names)}."
        reader.at("appraisal").problem("comparator", f"there is no arm '{comparator}' to compare with", hint)
    return Scenario(
        name=path.stem,
        title=reader.text("title"),
        why=reader.text("why"),
        source=reader.source(default=""),
        path=path,
        starts=reader.date("starts", default=date(2026, 4, 1)),
        cohort=read_cohort(reader, list(mixes)),
        mixes=mixes,
        sentence_bands=read_bands(reader),
        baseline=baseline,
        arms=arms,
        digest=hashlib.sha256(json.dumps(layers.data, sort_keys=True).encode()).hexdigest()[:16],
    )


def read_arms(reader: Reader, layers: Layered, known: Known, problems: Problems) -> tuple[Arm, ...]:
    """The named funding choices: each the baseline with its changes laid on top."""
    arms = []
    for name, section in reader.sections("arms").items():
        section.only(("title", "why", "changes"))
        changed = layers
        changes: dict[str, Lever] = {}
        values = section.mapping("changes", required=False)
        for lever, value in values.items():
            place = ("arms", name, "changes", lever)
            if not may_change(lever):
                hint = did_you_mean(lever, [each for each in LEVERS if may_change(each)])
                problems.add(layers.problem(place, refusal(lever), hint, key=True))
                continue
            changes[lever] = value
            changed = applied(changed, lever, value, layers.origin(place))
        arms.append(
            Arm(
                name,
                section.text("title"),
                section.text("why"),
                changes,
                read_settings(Reader(changed, problems, sources=known.sources), known),
            )
        )
    return tuple(arms)


def may_change(name: str) -> bool:
    """An arm changes what is funded and how it is run, never who offends or how results are priced."""
    return name.startswith("programme.") and name in (*LEVERS, *QUANTITIES) and name != "programme.start_year"


def refusal(name: str) -> str:
    """Why an arm may not change a name."""
    if name in LEVERS or name in QUANTITIES or name == "effect":
        return f"an arm may not change '{name}': arms differ in the programme only; use --set for the whole scenario"
    return f"there is no value named '{name}'"


def read_settings(reader: Reader, known: Known) -> Settings:
    """Every named value of the population, the programme and the appraisal, with the effect."""
    quantities: dict[str, Quantity] = {}
    levers: dict[str, Lever] = {}
    for section_name in SECTIONS:
        section = reader.at(section_name)
        fields = [name for name in (*QUANTITIES, *LEVERS) if name.startswith(f"{section_name}.")]
        section.only(name.partition(".")[2] for name in fields)
        for name in fields:
            inner = name.partition(".")[2]
            if name in QUANTITIES:
                unit, _, minimum, maximum, above = QUANTITIES[name]
                quantities[name] = section.quantity(
                    inner, unit=unit, minimum=minimum, maximum=maximum, above=above, called=name
                )
            else:
                levers[name] = read_lever(section, inner, LEVERS[name])
    for cost, quantity in read_costs(reader, known).items():
        quantities[f"costs.{cost}"] = quantity
    settings = Settings(quantities, levers, read_effect(reader, known))
    check_together(reader, settings, known)
    return settings if len(reader.problems) else with_budget_as_places(settings, known)


def with_budget_as_places(settings: Settings, known: Known) -> Settings:
    """A yearly budget, in the price base, over the yearly cost of a place gives the places."""
    budget = settings.optional("programme.yearly_budget_gbp")
    if budget is None:
        return settings
    base = settings.levers["appraisal.price_base"] or known.table_years[settings.text("appraisal.cost_table")]

    def in_base(name: str) -> float:
        cost = settings.quantities[f"costs.{name}"]
        return cost.value * known.price_factor(str(cost.price_year), str(base))

    cost_of_a_place = in_base("offender_manager_year") / settings.value("programme.caseload") + in_base("place_year")
    places = math.floor(budget / cost_of_a_place) if cost_of_a_place > 0.0 else 0
    return replace(settings, levers={**settings.levers, "programme.places": places})


def read_lever(section: Reader, name: str, field: LeverField) -> Lever:
    """One chosen value, or None where it may be left out and is."""
    if field.optional and section.raw(name) is None:
        return None
    if field.kind == "flag":
        return section.flag(name)
    if field.kind == "choice":
        return section.choice(name, field.allowed)
    if field.kind == "text":
        return section.text(name)
    if field.kind == "whole":
        low, high = field.minimum, field.maximum
        return section.whole_number(
            name, minimum=None if low is None else int(low), maximum=None if high is None else int(high)
        )
    return section.number(name, minimum=field.minimum, maximum=field.maximum)


def read_costs(reader: Reader, known: Known) -> dict[str, Quantity]:
    """Programme costs: the scheme's own where it states them, else those of the cost table."""
    section = reader.at("costs", required=False)
    section.only(known.programme_costs)
    return {
        name: section.quantity(name, unit=cost.unit, minimum=0.0, called=f"costs.{name}", default=cost)
        for name, cost in known.programme_costs.items()
    }


def read_effect(reader: Reader, known: Known) -> Effect:
    """The named effect, with any of its ratios replaced."""
    name = reader.choice("effect", known.effects)
    effect = known.effects[name]
    section = reader.at("effect_ratios", required=False)
    section.only(EFFECT_RATIOS)
    ratios = dict(effect.ratios)
    for ratio in section.names:
        if ratio in EFFECT_RATIOS:
            ratios[ratio] = section.quantity(ratio, unit="ratio", minimum=0.0, called=f"effect.{ratio}")
    return replace(effect, ratios=ratios)


def check_together(reader: Reader, settings: Settings, known: Known) -> None:
    """What no value can show by itself."""
    programme = reader.at("programme")
    given = [name for name in PLACES_FROM if settings.levers[name] is not None]
    if programme.present and settings.flag("programme.open") and len(given) != 1:
        said = " and ".join(given) if given else "none of them is given"
        programme.problem(
            None, "give places, or offender_managers, or yearly_budget_gbp, one of the three", f"Here: {said}."
        )
    chance = max(settings.value("population.first_custody_chance"), settings.value("population.later_custody_chance"))
    ratio = settings.ratio("custody_ratio")
    if chance * ratio > 1.0:
        reader.problem("effect", f"custody chance {chance:g} times custody_ratio {ratio:g} is above 1")
    free = all(settings.value(f"costs.{name}") == 0.0 for name in known.programme_costs)
    if settings.flag("programme.open") and free:
        reader.problem(
            "programme", "places without cost: every programme cost is zero", "State at least one under costs:."
        )


__all__ = ["InputProblems", "Known", "read_scenario"]
