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
from simulator.quantities import Quantity, Standing
from simulator.scenario.checks import check_cohort, check_horizon, check_price_years, check_together, name_fault
from simulator.scenario.cohort import read_bands, read_bands_from, read_cohort, read_mixes
from simulator.scenario.fields import (
    EFFECT_RATIOS,
    LEVERS,
    MOST_POUNDS,
    MOST_RATIO,
    QUANTITIES,
    SECTIONS,
    TOP_LEVEL,
    LeverField,
)
from simulator.scenario.fits import FIT, carrying, check_reading, read_layers
from simulator.scenario.funding import HAIR
from simulator.scenario.layers import Layered, path_of
from simulator.scenario.overrides import applied, is_in_a_scenario, parsed, worked_out
from simulator.scenario.readings import read_reported_fall, read_without_spells
from simulator.scenario.records import Arm, Lever, Provenance, Scenario, Settings
from simulator.tables import InputProblems, Problems, Reader, did_you_mean

EARLIEST, LATEST = 1950, 2150


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
    chosen = next((override for override in overrides if override.name == FIT), None)
    layers, laid = read_layers(path, chosen, known.sources)
    for override in overrides:
        if is_in_a_scenario(override.name):
            layers = applied(layers, override.name, override.value, override.origin)
    if laid:
        known = known._replace(sources=[*known.sources, laid.named.fit.report])
    scenario = scenario_of(path, layers, known, problems)
    problems.stop_if_any()
    if laid:
        scenario = carrying(scenario, laid)
        check_reading(layers, scenario.baseline, problems)
        problems.stop_if_any()
    return replace(scenario, overrides={each.name: each.text for each in overrides})


def scenario_of(path: Path, layers: Layered, known: Known, problems: Problems) -> Scenario:
    """The record of merged data; faults are noted, stand-ins fill in for what is wrong."""
    reader = Reader(layers, problems, sources=known.sources)
    reader.only(TOP_LEVEL)
    baseline = read_settings(reader, known)
    check_horizon(reader, baseline)
    mixes = read_mixes(reader, known.offence_types)
    arms = read_arms(reader, layers, known, problems)
    comparator = str(baseline.levers.get("appraisal.comparator"))
    if arms and comparator not in [arm.name for arm in arms]:
        names = [arm.name for arm in arms]
        hint = did_you_mean(comparator, names) or f"Arms: {', '.join(names)}."
        reader.at("appraisal").problem("comparator", f"there is no arm '{comparator}' to compare with", hint)
    cohort = read_cohort(reader, list(mixes))
    check_cohort(reader, cohort, baseline.value("population.pool_per_place"))
    return Scenario(
        name=path.stem,
        title=reader.shown_text("title"),
        why=reader.shown_text("why"),
        source=reader.source(default=""),
        path=path,
        starts=read_start(reader),
        cohort=cohort,
        mixes=mixes,
        sentence_bands=read_bands(reader),
        baseline=baseline,
        arms=arms,
        reported_fall=read_reported_fall(reader),
        cohort_from=cohort_from(reader, layers),
        bands_from=bands_from(reader, layers),
        digest=hashlib.sha256(json.dumps(layers.data, sort_keys=True).encode()).hexdigest()[:16],
    )


def same_file(layers: Layered, one: str, other: str) -> bool:
    """Whether two parts of a scenario stand in the same file."""
    return layers.origin((one,))[0] is layers.origin((other,))[0]


def cohort_from(reader: Reader, layers: Layered) -> Provenance:
    """The file's own source, read; people stated in a file without a source of its own are its author's choice."""
    source = reader.source(default="")
    if source and same_file(layers, "cohort", "source"):
        return Provenance("read", source, "cohort table")
    return Provenance("choice", why="stated in the scenario file")


def bands_from(reader: Reader, layers: Layered) -> Provenance:
    """Where the sentence bands come from; a file with bands of its own has to say so itself."""
    if reader.has("sentence_bands") and not same_file(layers, "sentence_bands", "sentence_bands_source"):
        reader.problem(
            "sentence_bands",
            "these bands replace others, and sentence_bands_source still speaks of those",
            "Add sentence_bands_source: with standing, and source or why.",
            key=True,
        )
    return read_bands_from(reader)


def read_start(reader: Reader) -> date:
    """The date of t = 0, within a century of today so that every date of a run is one."""
    starts = reader.date("starts", default=date(2026, 4, 1))
    if not EARLIEST <= starts.year <= LATEST:
        reader.problem("starts", f"{starts.isoformat()} is not between the years {EARLIEST} and {LATEST}")
    return starts


def read_arms(reader: Reader, layers: Layered, known: Known, problems: Problems) -> tuple[Arm, ...]:
    """The named funding choices: each the baseline with its changes laid on top."""
    arms = []
    baseline_is_faulty = len(problems) > 0
    for name, section in reader.sections("arms").items():
        section.only(("title", "why", "changes"))
        wrong = name_fault(name)
        if wrong:
            section.problem(None, wrong)
        changed = layers
        changes: dict[str, Lever] = {}
        values = section.mapping("changes", required=False)
        for lever, value in values.items():
            place = ("arms", name, "changes", lever)
            if not may_change(lever):
                hint = did_you_mean(lever, [each for each in LEVERS if may_change(each)])
                problems.add(layers.problem(place, refusal(lever), hint, key=True))
                continue
            if baseline_is_faulty and isinstance(value, dict) and list(value) == ["times"]:
                continue  # a multiple of a value that may itself be faulty: mend that first
            change = worked_out(layers.data, lever, value)
            if change.fault:
                problems.add(
                    layers.problem(place, f"{lever}: {change.fault}", "Write {times: 0.75} for a quarter less.")
                )
                continue
            changes[change.name] = change.value
            changed = applied(changed, change.name, change.value, layers.origin(place))
        arms.append(
            Arm(
                name,
                section.shown_text("title"),
                section.shown_text("why"),
                changes,
                read_settings(Reader(changed, problems, sources=known.sources), known),
                values,
            )
        )
    return tuple(arms)


def may_change(name: str) -> bool:
    """An arm changes what is funded and how it is run, never who offends or how results are priced."""
    return name.startswith("programme.") and name in (*LEVERS, *QUANTITIES) and name != "programme.start_year"


def refusal(name: str) -> str:
    """Why an arm may not change a name."""
    if name in LEVERS or name in QUANTITIES or name in ("effect", FIT):
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
    costs = read_costs(reader, known)
    quantities |= {f"costs.{name}": cost for name, cost in costs.items()}
    settings = Settings(quantities, levers, read_effect(reader, known), read_without_spells(reader))
    check_together(reader, settings, list(known.programme_costs))
    check_price_years(reader, settings, costs, known.table_years, known.price_factor)
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
    places = math.floor(budget / cost_of_a_place + HAIR) if cost_of_a_place > 0.0 else 0
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
    if field.kind == "year":
        return section.price_year(name)
    if field.kind == "whole":
        low, high = field.minimum, field.maximum
        return section.whole_number(
            name, minimum=None if low is None else int(low), maximum=None if high is None else int(high)
        )
    return section.number(name, minimum=field.minimum, maximum=field.maximum)


def read_costs(reader: Reader, known: Known) -> dict[str, Quantity]:
    """Programme costs: set on the command line, else the scheme's own where it states them, else the cost table's."""
    section = reader.at("costs", required=False)
    section.only(known.programme_costs)
    costs = {}
    for name, cost in known.programme_costs.items():
        own = section.quantity(
            name, unit=cost.unit, minimum=0.0, maximum=MOST_POUNDS, called=f"costs.{name}", default=cost
        )
        costs[name] = cost if cost.standing == Standing.CHOICE else own
    return costs


def read_effect(reader: Reader, known: Known) -> Effect:
    """The named effect, with any of its ratios replaced."""
    name = reader.choice("effect", known.effects)
    effect = known.effects[name]
    section = reader.at("effect_ratios", required=False)
    section.only(EFFECT_RATIOS)
    ratios = dict(effect.ratios)
    for ratio in section.names:
        if ratio in EFFECT_RATIOS:
            divisor = ratio == "detection_ratio"
            ratios[ratio] = section.quantity(
                ratio,
                unit="ratio",
                minimum=None if divisor else 0.0,
                maximum=MOST_RATIO,
                above=0.0 if divisor else None,
                called=f"effect.{ratio}",
            )
    return replace(effect, ratios=ratios)


__all__ = ["InputProblems", "Known", "read_scenario"]
