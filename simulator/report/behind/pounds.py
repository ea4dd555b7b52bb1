"""How the figures of ``costs`` and ``budget`` are made: prices, quantities, and cash of budget years."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from simulator.report.behind.comparison import HEALTH_RATE
from simulator.report.behind.figure import Rule
from simulator.report.behind.paths import Step, arm_on, named_field
from simulator.report.behind.people import Names
from simulator.report.behind.rests import DISCOUNT_RATE, Rests
from simulator.report.behind.sides import everything, programme

Document = Mapping[str, Any]


def of_costs(steps: Sequence[Step], document: Document, rests: Rests) -> Rule:
    """What the pounds of a comparison are made of: a quantity, a price, or a factor that joins them."""
    top, row = steps[0].key, steps[1].value if len(steps) > 1 else None
    if top == "discount_factors":
        how = "1 ÷ (1 + rate) to the power of the year, from 0 (simulator.appraisal.discounting)"
        return Rule(how, rests.known(DISCOUNT_RATE))
    if top == "health_discount_factors":
        return Rule("1 ÷ (1 + rate for health) to the power of the year, from 0", rests.known(HEALTH_RATE))
    if top == "quantities" and isinstance(row, Mapping):
        how = f"mean over replications of the quantity of line {row['line']}, not discounted (simulator.costing.costs)"
        return Rule(how, rests.quantity(str(row["line"]), str(row["arm"])))
    if top == "prices" and isinstance(row, Mapping):
        return of_price(named_field(steps), row, rests)
    if top == "deflators":
        year = str(steps[2].value["financial_year"])
        return Rule("an index of HM Treasury (simulator.tables.deflators)", rests.known(f"deflators.{year}"))
    if top == "rates" and isinstance(row, Mapping):
        return Rule("an input", rests.known(row["name"]))
    return Rule("as the scenario has it", rests.known(f"appraisal.{top}"))


def of_budget(steps: Sequence[Step], document: Any, rests: Rests) -> Rule:
    """Cash of a budget year: what an arm costs and gains in it at the prices of that year, not discounted."""
    if steps[0].key != "arms":
        return Rule(
            "as the deflators and the stated inflation have it (simulator.appraisal.cash)", every_deflator(rests)
        )
    names = rests.money(str(arm_on(steps, rests.arms)), kept_in(named_field(steps))) | every_deflator(rests)
    how = "pounds of each model year, shared over budget years by days, at their prices (simulator.report.budget)"
    return Rule(how, names - rests.known(DISCOUNT_RATE))


def kept_in(field: str) -> Callable[[Any], bool]:
    """Which prices an amount of cash holds: the programme's own, or public benefits, or both."""
    if field in SPENT:
        return programme
    return released if field in RELEASED else everything


def released(price: Any) -> bool:
    """Whether a price is a public benefit."""
    return bool(price.kind == "fiscal" and not price.is_programme)


SPENT = ("programme_cost_gbp", "whole_programme_cost_gbp", "programme_cost_in_price_base_gbp")
RELEASED = ("capacity_released_gbp", "cashable_benefit_gbp")


def every_deflator(rests: Rests) -> Names:
    """All indices that the comparison lists."""
    return frozenset(name for name in rests.rows if name.startswith("deflators."))


def of_price(field: str, row: Mapping[str, Any], rests: Rests) -> Rule:
    """A unit cost: as its table has it, the factor to the price base, or both together."""
    prices = [each for each in [*rests.prices, *rests.idle()] if row["name"] in each.names and each.line == row["line"]]
    if field == "deflator_factor":
        how = "index of the price base ÷ index of the price year (simulator.tables.deflators)"
        return Rule(how, rests.price_steps(prices))
    if field == "unit_cost_in_price_base_gbp":
        return Rule("unit_cost_gbp × deflator_factor (simulator.costing.prices.price_of)", rests.unit_cost(prices))
    return Rule("an input", rests.known(*(name for each in prices for name in each.names)))
