"""Every value that a comparison used, with unit, range, price year, source, place in the source and standing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from simulator.appraisal.comparison import Comparison
from simulator.costing.prices import choices_of
from simulator.quantities import Quantity, UnitCost
from simulator.scenario.records import Scenario


def input_of(quantity: Quantity, name: str = "") -> dict[str, Any]:
    """One value and where it comes from."""
    row = {
        "name": name or quantity.name,
        "value": quantity.value,
        "unit": quantity.unit,
        "low": quantity.low,
        "high": quantity.high,
        "price_year": quantity.price_year,
        "source": quantity.source,
        "where": quantity.where,
        "standing": str(quantity.standing),
        "why": quantity.why,
    }
    if isinstance(quantity, UnitCost):
        row |= {"part": quantity.part, "kind": quantity.kind, "agency": quantity.agency}
    return row


def lever_of(name: str, value: object) -> dict[str, Any]:
    """One chosen value."""
    return {
        "name": name,
        "value": value,
        "unit": "",
        "low": None,
        "high": None,
        "price_year": None,
        "source": "",
        "where": "",
        "standing": "choice",
        "why": "",
    }


def inputs_of(comparison: Comparison) -> list[dict[str, Any]]:
    """Every value used, in the order scenario, cohort, effect, prices."""
    scenario = comparison.runs.scenario
    rows = [input_of(quantity, name) for name, quantity in scenario.baseline.quantities.items()]
    rows += [lever_of(name, value) for name, value in scenario.baseline.levers.items() if value is not None]
    for arm in scenario.arms:
        rows += [lever_of(f"arms.{arm.name}.{name}", value) for name, value in arm.changes.items()]
    rows += cohort_inputs(scenario)
    rows += [input_of(ratio, f"effect.{name}") for name, ratio in scenario.baseline.effect.ratios.items()]
    rows += [input_of(price) for price in prices_used(comparison)]
    rows += choices_used(comparison)
    return rows


def cohort_inputs(scenario: Scenario) -> list[dict[str, Any]]:
    """Cohort rows, offence mixes and sentence bands."""
    rows = []
    for group in scenario.cohort:
        rows.append(
            {**lever_of(f"cohort.{group.name}.people", group.people), "standing": "read", "source": scenario.source}
        )
        rows.append(input_of(group.statutory_share, f"cohort.{group.name}.statutory_share"))
        rows.append(input_of(group.rate_ratio, f"cohort.{group.name}.rate_ratio"))
    used = {group.offence_mix for group in scenario.cohort}
    for name, mix in scenario.mixes.items():
        if name in used:
            for kind, share in mix.shares.items():
                ends = sorted((mix.cheaper.get(kind, share), share, mix.dearer.get(kind, share)))
                rows.append(
                    {
                        **lever_of(f"offence_mixes.{name}.{kind}", share),
                        "unit": "share of proven offences",
                        "low": ends[0],
                        "high": ends[2],
                        "standing": mix.standing,
                        "source": mix.source,
                        "where": mix.where,
                        "why": mix.why,
                    }
                )
    for band in scenario.sentence_bands:
        rows.append(
            {
                **lever_of(f"sentence_bands.{band.name}", band.share),
                "unit": "share of custodial sentences",
                "standing": "derived",
                "source": "southwark_2018",
            }
        )
    return rows


def prices_used(comparison: Comparison) -> Iterable[Quantity]:
    """Each figure behind a price, once, in the order of the cost lines."""
    seen: dict[str, Quantity] = {}
    for line in comparison.arms[0].pair.arm.costs.lines:
        for price in line.prices:
            seen.setdefault(price.source.name, price.source)
    return seen.values()


def choices_used(comparison: Comparison) -> list[dict[str, Any]]:
    """The discount rate and, where crimes are multiplied up, the factors."""
    library = comparison.library
    scenario = comparison.runs.scenario
    crime = library.crime[scenario.baseline.text("appraisal.cost_table")]
    rows = []
    if scenario.baseline.optional("appraisal.discount_rate") is None:
        rows.append(input_of(library.appraisal["discount_rate"]))
    if choices_of(scenario.baseline, crime).counting == "multiplied":
        rows.append(input_of(library.appraisal["recorded_per_proven"]))
        rows += [input_of(multiplier) for multiplier in crime.multipliers.values()]
    return rows
