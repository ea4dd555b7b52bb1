"""Everything uncertain that a scenario's answer rests on: each with its range, how it is drawn, and what it moves.

A lever is chosen and never sampled; an uncertainty has a range and always is. Which prices are in use depends on the
costing, the counting unit and the offence mixes, and only those in use are listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from simulator.appraisal.library import Library
from simulator.costing.prices import CUSTODY_DAY
from simulator.quantities import Quantity
from simulator.rates import DRAWN_RATIOS
from simulator.scenario.records import OffenceMix, Scenario

MIXES, COHORT, EFFECT, COSTS = "offence_mixes.", "cohort.", "effect.", "costs."
POPULATION, PROGRAMME = "population.", "programme."
COHORT_FIELDS = ("rate_ratio", "statutory_share")
# Prices of explicit costing, besides the day in custody; a choice of the appraisal says which of those.
EXPLICIT_COSTS = ("arrest_detained", "court_event", "recall", "supervision_year_licence", "supervision_year_community")


class Spread(StrEnum):
    """How an input is drawn between low and high."""

    RANGE = "range"  # triangular: no probability is known, the value is the likeliest
    INTERVAL = "interval"  # a 95% interval: lognormal on either side of the value
    FIT = "fit"  # lognormal, with the errors and correlations of the calibration
    MIX = "mix"  # Dirichlet about the shares; one at a time from the cheaper mix (-1) to the dearer (1)


class Uncertain(NamedTuple):
    """One uncertain input. ``priced`` ones move money only: what happened stays, and is never simulated again."""

    name: str
    value: float
    low: float
    high: float
    unit: str
    standing: str
    source: str
    why: str
    group: str
    spread: Spread
    priced: bool


GROUPS = {
    "effect": "what the programme does",
    "offending": "rates of offending, fitted to the report",
    "population": "other rates of the population",
    "cohort": "differences between rows of the cohort table",
    "offence mix": "which offences are committed",
    "programme": "deselection, start and fading of the effect",
    "programme cost": "what the programme costs",
    "crime cost": "unit costs of crime",
    "justice cost": "costs of arrests, courts, custody and supervision",
    "counting": "crimes behind each proven offence",
}


def uncertain_inputs(scenario: Scenario, library: Library) -> dict[str, Uncertain]:
    """Every uncertain input of a scenario by name, in the order effect, people, programme, prices."""
    found = [
        *effect_inputs(scenario),
        *quantity_inputs(scenario),
        *cohort_inputs(scenario),
        *mix_inputs(scenario),
        *price_inputs(scenario, library),
    ]
    return {each.name: each for each in found}


def of_quantity(quantity: Quantity, name: str, group: str, spread: Spread, priced: bool = False) -> Iterator[Uncertain]:
    """One input where its range has two different ends."""
    if quantity.low is not None and quantity.high is not None and quantity.low < quantity.high:
        yield Uncertain(
            name, quantity.value, quantity.low, quantity.high, quantity.unit, str(quantity.standing), quantity.source,
            quantity.why, group, spread, priced,
        )  # fmt: skip


def effect_inputs(scenario: Scenario) -> Iterator[Uncertain]:
    """Ratios of the effect: those from studies by their 95% intervals, the others by their ranges.

    Detection turns proven offences into crimes and touches nothing that happens; it counts as a price.
    """
    for name, ratio in scenario.baseline.effect.ratios.items():
        spread = Spread.INTERVAL if name in DRAWN_RATIOS and ratio.value > 0.0 else Spread.RANGE
        yield from of_quantity(ratio, f"{EFFECT}{name}", "effect", spread, name == "detection_ratio")


def quantity_inputs(scenario: Scenario) -> Iterator[Uncertain]:
    """Quantities of population and programme; the fitted ones in force by their errors.

    Rates of spells do nothing where spells are off, and are left out there.
    """
    base = scenario.baseline
    fitted = base.fitted
    idle = () if base.flag("population.spells") else ("population.active_years", "population.paused_years")
    for name in base.quantities:
        section, _, inner = name.partition(".")
        if section not in ("population", "programme") or name in idle:
            continue
        quantity = base.quantity(name)
        if section == "population" and inner in fitted:
            if fitted[inner].log_error > 0.0:
                yield from of_quantity(quantity, name, "offending", Spread.FIT)
        else:
            yield from of_quantity(quantity, name, section, Spread.RANGE)


def cohort_inputs(scenario: Scenario) -> Iterator[Uncertain]:
    """Rates and statutory shares of the rows of the cohort table that have people."""
    for row in scenario.cohort:
        for field in COHORT_FIELDS:
            if row.people:
                yield from of_quantity(getattr(row, field), f"{COHORT}{row.name}.{field}", "cohort", Spread.RANGE)


def mixes_in_use(scenario: Scenario) -> dict[str, OffenceMix]:
    """The offence mixes that somebody in the cohort has."""
    used = {row.offence_mix for row in scenario.cohort if row.people}
    return {name: mix for name, mix in scenario.mixes.items() if name in used}


def mix_inputs(scenario: Scenario) -> Iterator[Uncertain]:
    """Offence mixes with a cheaper and a dearer end: position -1 is the cheaper mix, 0 the shares, 1 the dearer."""
    for name, mix in mixes_in_use(scenario).items():
        if mix.cheaper != mix.shares or mix.dearer != mix.shares:
            yield Uncertain(
                f"{MIXES}{name}", 0.0, -1.0, 1.0, "position from the cheaper mix (-1) to the dearer (1)",
                mix.standing, mix.source, mix.why, "offence mix", Spread.MIX, False,
            )  # fmt: skip


def offences_in_use(scenario: Scenario) -> dict[str, None]:
    """Offence types that some mix in use may have, at its shares or at either end."""
    return {
        kind: None
        for mix in mixes_in_use(scenario).values()
        for shares in (mix.shares, mix.cheaper, mix.dearer)
        for kind, share in shares.items()
        if share > 0.0
    }


def price_inputs(scenario: Scenario, library: Library) -> Iterator[Uncertain]:
    """Unit costs, and crimes for each proven offence, as far as the costing and the counting unit use them."""
    base = scenario.baseline
    for name in [name for name in base.quantities if name.startswith(COSTS)]:
        yield from of_quantity(base.quantities[name], name, "programme cost", Spread.RANGE, not has_budget(scenario))
    table = base.text("appraisal.cost_table")
    kinds = offences_in_use(scenario)
    for kind in kinds:
        yield from of_quantity(
            library.crime[table].totals[kind], f"{table}.{kind}", "crime cost", Spread.RANGE, priced=True
        )
    if base.text("appraisal.costing") == "explicit":
        for name in justice_costs(base.text("appraisal.prison_cost")):
            yield from of_quantity(library.justice[name], f"justice.{name}", "justice cost", Spread.RANGE, priced=True)
    if base.text("appraisal.counting") == "multiplied":
        yield from counting_inputs(library, table, kinds)


def justice_costs(prison_cost: str) -> list[str]:
    """What explicit costing reads of the justice costs under one choice of the price of custody."""
    wing = ["prison_wing_places"] if prison_cost == "step_fixed" else []
    return [*EXPLICIT_COSTS, CUSTODY_DAY[prison_cost], *wing]


def counting_inputs(library: Library, table: str, kinds: Mapping[str, None]) -> Iterator[Uncertain]:
    """Recorded crimes for each proven offence, and crimes for each recorded crime."""
    recorded = library.appraisal["recorded_per_proven"]
    yield from of_quantity(recorded, "appraisal.recorded_per_proven", "counting", Spread.RANGE, priced=True)
    multipliers = library.crime[table].multipliers
    for kind in kinds:
        if kind in multipliers:
            yield from of_quantity(
                multipliers[kind], f"{table}.{kind}.multiplier", "counting", Spread.RANGE, priced=True
            )


def has_budget(scenario: Scenario) -> bool:
    """Whether places follow from a yearly budget somewhere: a dearer place then means fewer places."""
    every = (scenario.baseline, *(arm.settings for arm in scenario.arms))
    return any(settings.levers.get("programme.yearly_budget_gbp") is not None for settings in every)
