"""What a comparison's pounds are made of: every quantity and every price, once, with the factors that join them.

With this document anybody can make the amounts of a comparison again: an amount of one line, price and year is quantity
x unit cost x deflator factor x discount factor, in the arm less in the comparator, times the weight of optimism bias.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.appraisal.comparison import Comparison, discount_rate
from simulator.appraisal.discounting import discount_factors
from simulator.appraisal.intervals import half_width
from simulator.appraisal.results import Array, is_crime_or_process
from simulator.costing.lines import Line, Price
from simulator.costing.prices import Choices, choices_of
from simulator.quantities import Quantity
from simulator.report.inputs import input_of, lever_of
from simulator.report.provenance import run_record


def cost_rows(comparison: Comparison) -> dict[str, Any]:
    """Every mean quantity, unit cost, deflator and discount factor of a comparison, as JSON has it.

    Quantities are means over replications, not discounted, in the counting unit and with the prison cost of the
    comparison; unit costs are in their own price years. Raises ValueError where two arms pay different prices, which no
    scenario may say.
    """
    choices, library = choices_in(comparison), comparison.library
    return {
        "scenario": comparison.runs.scenario.name,
        "title": comparison.runs.scenario.title,
        "comparator": comparison.comparator,
        "horizon_years": len(comparison.factors),
        "price_base": choices.price_base,
        "cost_table": comparison.runs.scenario.baseline.text("appraisal.cost_table"),
        "costing": choices.costing,
        "counting": choices.counting,
        "prison_cost": choices.prison_cost,
        "optimism_bias": comparison.bias.on_costs,
        "benefit_cut": comparison.bias.on_benefits,
        "rates": rates_of(comparison),
        "discount_factors": comparison.factors.tolist(),
        "health_discount_factors": discount_factors(health_rate(comparison).value, len(comparison.factors)).tolist(),
        "deflators": {"source": library.deflators.source, "standing": "derived", "by_year": deflators_of(comparison)},
        "arms": [{"name": arm.plan.name, "title": arm.plan.title} for arm in comparison.arms],
        "budget_buys_places": budget_buys_places(comparison),
        "lines": [line_of(line) for line in lines_of(comparison)],
        "prices": [price_of(line, price, comparison, choices) for line, price in prices_of(comparison)],
        "quantities": list(quantities_of(comparison)),
        "run": run_record(comparison),
    }


def choices_in(comparison: Comparison) -> Choices:
    """How the comparison prices what happened."""
    base = comparison.runs.scenario.baseline
    return choices_of(base, comparison.library.crime[base.text("appraisal.cost_table")])


def health_rate(comparison: Comparison) -> Quantity:
    """The Green Book's lower rate, for harm to health."""
    return comparison.library.appraisal["discount_rate_health"]


def rates_of(comparison: Comparison) -> list[dict[str, Any]]:
    """The discount rate in force, with its source or as the scenario's own choice, and the one for harm to health."""
    own = comparison.runs.scenario.baseline.optional("appraisal.discount_rate")
    shipped = comparison.library.appraisal["discount_rate"]
    rate = discount_rate(comparison.runs.scenario, comparison.library)
    main = input_of(shipped) if own is None else {**lever_of(shipped.name, rate), "unit": shipped.unit}
    return [main, input_of(health_rate(comparison))]


def deflators_of(comparison: Comparison) -> list[dict[str, Any]]:
    """The index of every financial year that has one."""
    index = comparison.library.deflators.index
    return [{"financial_year": year, "index": index[year]} for year in sorted(index)]


def budget_buys_places(comparison: Comparison) -> bool:
    """Whether some arm's places come from a yearly budget, so that prices decide how many people are managed."""
    every = (arm.plan.settings.levers for arm in comparison.arms)
    return any(levers.get("programme.yearly_budget_gbp") is not None for levers in every)


def lines_of(comparison: Comparison) -> tuple[Line, ...]:
    """The cost lines, which every arm has alike.

    Raises ValueError where two arms differ in a line or its prices.
    """
    first, *others = (arm.pair.arm.costs.lines for arm in comparison.arms)
    for lines in others:
        if [(line.name, line.prices) for line in lines] != [(line.name, line.prices) for line in first]:
            raise ValueError("two arms of one comparison have different cost lines or prices")
    return first


def line_of(line: Line) -> dict[str, Any]:
    """One cost line; ``in_break_even`` for those that come with a proven offence itself."""
    return {
        "line": line.name,
        "section": line.section,
        "offence_type": line.offence_type,
        "unit": line.unit.removeprefix("gbp per "),
        "in_break_even": is_crime_or_process(line),
    }


def prices_of(comparison: Comparison) -> Iterator[tuple[Line, Price]]:
    """Every price with its line."""
    return ((line, price) for line in lines_of(comparison) for price in line.prices)


def price_of(line: Line, price: Price, comparison: Comparison, choices: Choices) -> dict[str, Any]:
    """One unit cost in its own price year, what brings it to the price base, and where it comes from."""
    cost = price.source
    factor = comparison.library.deflators.factor(cost.price_year or choices.price_base, choices.price_base)
    whole = comparison.library.crime[comparison.runs.scenario.baseline.text("appraisal.cost_table")].totals.get(
        line.offence_type or ""
    )
    return {
        "name": cost.name,
        "line": line.name,
        "part": price.part,
        "kind": price.kind,
        "agency": price.agency,
        "cashable": price.cashable,
        "unit": cost.unit,
        "unit_cost_gbp": cost.value,
        "price_year": cost.price_year,
        "low": cost.low,
        "high": cost.high,
        "deflator_factor": factor,
        "unit_cost_in_price_base_gbp": price.gbp,
        "source": cost.source,
        "where": cost.where,
        "standing": str(cost.standing),
        "why": cost.why,
        "whole": whole.name if whole else None,
        "whole_standing": str(whole.standing) if whole else None,
    }


def quantities_of(comparison: Comparison) -> Iterator[dict[str, Any]]:
    """Mean units of each line in each year, by arm, not discounted; and the noise of what differs from the comparator."""
    for arm in comparison.arms:
        for line, base in zip(arm.pair.arm.costs.lines, arm.pair.comparator.costs.lines, strict=True):
            more = line.quantity - base.quantity
            yield {
                "arm": arm.plan.name,
                "line": line.name,
                "by_year": line.quantity.mean(axis=0).tolist(),
                "more_half_width_by_year": [noise_of(year) for year in more.T],
            }


def noise_of(values: Array) -> float:
    """Half-width of the 95% interval of a mean over replications; nothing for one replication, which tells of no noise."""
    return half_width(values) if len(values) > 1 else 0.0
