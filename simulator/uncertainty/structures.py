"""Choices of structure as alternatives: how things are priced and counted, and whose evidence is believed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from simulator.scenario.fields import ANTICIPATIONS, COST_TABLES, COSTINGS, COUNTINGS, PRISON_COSTS
from simulator.uncertainty.grids import Reading
from simulator.uncertainty.inputs import Uncertain
from simulator.uncertainty.outcomes import Trial, Trials, Variant
from simulator.uncertainty.points import CENTRAL
from simulator.uncertainty.tornado import preferred

if TYPE_CHECKING:
    import pandas as pd

AS_IT_IS = "as the scenario has it"
COST_TABLE, PRICE_BASE = "appraisal.cost_table", "appraisal.price_base"
CHOICES = {
    "appraisal.costing": COSTINGS,
    "appraisal.counting": COUNTINGS,
    COST_TABLE: COST_TABLES,
    "appraisal.prison_cost": PRISON_COSTS,
    "appraisal.anticipation": ANTICIPATIONS,
}
FADE_OUTS = (0.0, 2.0)  # years: over at deselection, and the upper end of the range of every shipped scheme
NO_ESTIMATE = "observed_against_predicted"  # reproduces a report's own sum, and is nobody's estimate of an effect
FADE_OUT, SPELLS = "programme.fade_out_years", "population.spells"


class Alternative(NamedTuple):
    """One choice made differently, and what each arm is then worth against the comparator."""

    name: str
    value: str
    npsv_by_arm: Mapping[str, float]
    preferred: str
    flips: bool
    noise_by_arm: Mapping[str, float] = {}  # standard errors from luck alone


def alternatives_of(base: Variant) -> list[tuple[str, str]]:
    """Names and values of the choices that the scenario has not made, each a setting on its own."""
    settings = base.scenario.baseline
    found = [(name, each) for name, allowed in CHOICES.items() for each in allowed if each != settings.text(name)]
    found += [
        ("effect", name)
        for name, effect in base.library.effects.items()
        if name != settings.effect.name and effect.design != NO_ESTIMATE
    ]
    found += [(FADE_OUT, f"{years:g}") for years in FADE_OUTS if years != settings.value(FADE_OUT)]
    return [*found, (SPELLS, "false" if settings.flag(SPELLS) else "true")]


def price_base_of(base: Variant, name: str) -> list[str]:
    """The scenario's own price base beside another cost table, so that pounds stay pounds of one year."""
    table = base.scenario.baseline.text(COST_TABLE)
    stated = base.scenario.baseline.levers[PRICE_BASE]
    return [f"{PRICE_BASE}={stated or base.library.crime[table].price_year}"] if name == COST_TABLE else []


def structures(
    base: Variant, inputs: Mapping[str, Uncertain], reading: Reading, replications: int, seed: int, engine: str
) -> Trials:
    """The scenario as it is, then each alternative, all with the same luck.

    Raises InputProblems where the scenario cannot be read with an alternative.
    """
    variants = [base._replace(labels={"choice": AS_IT_IS, "alternative": ""})]
    for name, value in alternatives_of(base):
        settings = [f"{name}={value}", *price_base_of(base, name)]
        variants.append(reading(settings)._replace(labels={"choice": name, "alternative": value}))
    trials = tuple(Trial(CENTRAL, 0, number) for number in range(len(variants)))
    return Trials(tuple(variants), inputs, trials, replications, seed, engine)


def structures_of(results: pd.DataFrame, comparator: str) -> list[Alternative]:
    """One row for each alternative, the scenario as it is first."""
    found: list[Alternative] = []
    for _, rows in results.groupby("trial", sort=True):
        npsv = {str(arm): float(value) for arm, value in zip(rows["arm"], rows["npsv_gbp"], strict=True)}
        best = preferred(npsv, comparator)
        noise = {str(arm): float(value) for arm, value in zip(rows["arm"], rows["noise_gbp"], strict=True)}
        first = rows.iloc[0]
        flips = bool(found) and best != found[0].preferred
        found.append(Alternative(str(first["choice"]), str(first["alternative"]), npsv, best, flips, noise))
    return found
