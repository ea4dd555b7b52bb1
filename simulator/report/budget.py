"""The financial case: cash by budget year, agency and line, with what is cashable and what only releases capacity apart.

Unlike everything that ``compare`` says, these pounds are those of the year in which they are paid, and not discounted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict
from typing import Any, NamedTuple

from simulator.appraisal.cash import (
    BudgetPart,
    Flow,
    Flows,
    Inflation,
    budget_parts,
    days_in,
    faster,
    flows_of,
)
from simulator.appraisal.comparison import Appraised, Comparison
from simulator.appraisal.results import is_programme
from simulator.costing.prices import choices_of
from simulator.quantities import Quantity
from simulator.report.inputs import input_of
from simulator.report.provenance import run_record

Keep = Callable[[Flow], bool]
POINT = 0.01
STATED = "stated"
SPENT = ("programme_cost_gbp", "whole_programme_cost_gbp")
AMOUNTS = (*SPENT, "cashable_benefit_gbp", "to_be_found_gbp", "capacity_released_gbp")


class Calendar(NamedTuple):
    """Which part of each model year falls in each budget year, and what £1 is worth there on each path of inflation."""

    parts: list[BudgetPart]
    paths: Mapping[str, Mapping[str, float]]

    @property
    def years(self) -> list[str]:
        """The budget years in order."""
        return list(dict.fromkeys(part.budget_year for part in self.parts))

    def weights(self, budget_year: str, path: str = STATED) -> dict[int, float]:
        """By what to multiply pounds of each model year for the cash that falls in a budget year."""
        factor = self.paths[path][budget_year]
        return {part.year: part.share * factor for part in self.parts if part.budget_year == budget_year}


def budget_document(comparison: Comparison) -> dict[str, Any]:
    """Cash of every arm but the comparator, as JSON has it."""
    scenario = comparison.runs.scenario
    inflation = inflation_of(comparison, assumed_rate(comparison).value)
    calendar = calendar_of(comparison, inflation)
    compared = [arm for arm in comparison.arms if arm.plan.name != comparison.comparator]
    return {
        "scenario": scenario.name,
        "title": scenario.title,
        "why": scenario.why,
        "comparator": comparison.comparator,
        "comparator_title": scenario.arm(comparison.comparator).title,
        "starts": scenario.starts.isoformat(),
        "horizon_years": len(comparison.factors),
        "price_base": inflation.price_base,
        "costing": scenario.baseline.text("appraisal.costing"),
        "counting": scenario.baseline.text("appraisal.counting"),
        "optimism_bias": comparison.bias.on_costs,
        "benefit_cut": comparison.bias.on_benefits,
        "inflation": inflation_row(comparison, inflation),
        "years": [year_row(year, calendar, inflation) for year in calendar.years],
        "paths": [path_row(name, calendar) for name in calendar.paths],
        "arms": [arm_row(arm, comparison, calendar) for arm in compared],
        "run": run_record(comparison),
    }


def assumed_rate(comparison: Comparison) -> Quantity:
    """Inflation outside the years of the deflators: no source at hand forecasts it, so it is assumed, with a range."""
    return comparison.library.appraisal["inflation_beyond_deflators"]


def inflation_of(comparison: Comparison, rate: float) -> Inflation:
    """The deflators with one rate outside their years, against the price base of the comparison."""
    base = comparison.runs.scenario.baseline
    choices = choices_of(base, comparison.library.crime[base.text("appraisal.cost_table")])
    return Inflation(comparison.library.deflators, choices.price_base, rate)


def calendar_of(comparison: Comparison, inflation: Inflation) -> Calendar:
    """The budget years of a comparison, with the path of inflation as stated and the others that it is tried on."""
    parts = budget_parts(comparison.runs.scenario.starts, len(comparison.factors))
    years = list(dict.fromkeys(part.budget_year for part in parts))
    stated = [inflation.factor(year) for year in years]
    paths = {STATED: stated}
    if not all(inflation.is_in_table(year) for year in years):
        assumed = assumed_rate(comparison)
        for name, rate in (("assumed_rate_low", assumed.low), ("assumed_rate_high", assumed.high)):
            assert rate is not None
            other = inflation_of(comparison, rate)
            paths[name] = [other.factor(year) for year in years]
    paths |= {"a_point_slower": faster(stated, -POINT), "a_point_faster": faster(stated, POINT)}
    return Calendar(parts, {name: dict(zip(years, factors, strict=True)) for name, factors in paths.items()})


def inflation_row(comparison: Comparison, inflation: Inflation) -> dict[str, Any]:
    """The deflators used, by source and span, and the rate assumed outside them."""
    first, last = inflation.span
    deflators = comparison.library.deflators
    source = asdict(comparison.library.sources[deflators.source]) if deflators.source else None
    return {
        "first_year": first,
        "last_year": last,
        "source": source,
        "assumed_rate": input_of(assumed_rate(comparison)),
    }


def year_row(year: str, calendar: Calendar, inflation: Inflation) -> dict[str, Any]:
    """One budget year: days of it that are appraised, its index, and the parts of model years in it."""
    parts = [part for part in calendar.parts if part.budget_year == year]
    return {
        "year": year,
        "days": sum(part.days for part in parts),
        "of_days": days_in(year),
        "index": inflation.factor(year),
        "standing": "derived" if inflation.is_in_table(year) else "assumed",
        "parts": [{"year": part.year + 1, "days": part.days, "share": part.share} for part in parts],
    }


PATHS = {
    STATED: "Inflation as stated",
    "assumed_rate_low": "Assumed rate at the low end of its range",
    "assumed_rate_high": "Assumed rate at the high end of its range",
    "a_point_slower": "One point a year less than stated, from the second budget year on",
    "a_point_faster": "One point a year more than stated, from the second budget year on",
}


def path_row(name: str, calendar: Calendar) -> dict[str, Any]:
    """One path of inflation."""
    rows = [{"year": year, "index": factor} for year, factor in calendar.paths[name].items()]
    return {"name": name, "title": PATHS[name], "by_year": rows}


def is_cashable(flow: Flow) -> bool:
    """Public money outside the programme that a budget could really give up."""
    return not is_programme(flow.line) and flow.price.kind == "fiscal" and flow.price.cashable


def is_released(flow: Flow) -> bool:
    """Public money outside the programme that only frees hours, sittings and places."""
    return not is_programme(flow.line) and flow.price.kind == "fiscal" and not flow.price.cashable


def is_spent(flow: Flow) -> bool:
    """What the scheme itself costs."""
    return is_programme(flow.line)


def added(flows: Iterable[Flow], weights: Mapping[int, float], keep: Keep) -> float:
    """The sum of some flows, each times the weight of its model year."""
    return math.fsum(flow.gbp * weights[flow.year] for flow in flows if flow.year in weights and keep(flow))


def amounts(flows: Flows, weights: Mapping[int, float], keep: Keep = lambda flow: True) -> dict[str, float]:
    """The amounts of a row: against the comparator, and what the arm itself spends on the programme in all."""

    def more(of_interest: Keep) -> float:
        both = [*flows.arm, *(flow._replace(gbp=-flow.gbp) for flow in flows.comparator)]
        return added(both, weights, lambda flow: of_interest(flow) and keep(flow))

    cost, cashable = more(is_spent), -more(is_cashable) + 0.0
    return {
        "programme_cost_gbp": cost,
        "cashable_benefit_gbp": cashable,
        "to_be_found_gbp": cost - cashable,
        "capacity_released_gbp": -more(is_released) + 0.0,
        "whole_programme_cost_gbp": added(flows.arm, weights, lambda flow: is_spent(flow) and keep(flow)),
    }


def summed(rows: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Rows of amounts added up."""
    rows = list(rows)
    return {name: math.fsum(row[name] for row in rows) for name in rows[0]}


def arm_row(appraised: Appraised, comparison: Comparison, calendar: Calendar) -> dict[str, Any]:
    """One arm: cash by year, by agency and year, by line of the programme and year, and on other paths of inflation."""
    flows = flows_of(appraised.pair, comparison.factors, comparison.bias)
    total, by_year = yearly(flows, calendar)
    every = dict.fromkeys(range(len(comparison.factors)), 1.0)
    fiscal = [flow for flow in [*flows.arm, *flows.comparator] if flow.price.kind == "fiscal" and flow.gbp]
    agencies = sorted({flow.price.agency for flow in fiscal})
    lines = dict.fromkeys(flow.line.name for flow in fiscal if is_programme(flow.line))
    return {
        "name": appraised.plan.name,
        "title": appraised.plan.title,
        **total,
        "programme_cost_in_price_base_gbp": amounts(flows, every)["programme_cost_gbp"],
        "by_year": by_year,
        "by_agency": [{"agency": agency, **split(flows, calendar, of_agency(agency))} for agency in agencies],
        "by_line": [{"line": line, **split(flows, calendar, of_line(line), fields=SPENT)} for line in lines],
        "by_path": [{"name": name, **split(flows, calendar, path=name)} for name in calendar.paths if name != STATED],
    }


def of_agency(agency: str) -> Keep:
    """Flows that fall on one agency."""
    return lambda flow: flow.price.agency == agency


def of_line(line: str) -> Keep:
    """Flows of one cost line."""
    return lambda flow: flow.line.name == line


def yearly(
    flows: Flows, calendar: Calendar, keep: Keep = lambda flow: True, path: str = STATED
) -> tuple[dict[str, float], list[dict[str, Any]]]:
    """Amounts in all, and in each budget year."""
    rows = [amounts(flows, calendar.weights(year, path), keep) for year in calendar.years]
    return summed(rows), [{"year": year, **row} for year, row in zip(calendar.years, rows, strict=True)]


def split(
    flows: Flows,
    calendar: Calendar,
    keep: Keep = lambda flow: True,
    path: str = STATED,
    fields: Collection[str] = AMOUNTS,
) -> dict[str, Any]:
    """Amounts in all with those of each budget year below them."""
    total, rows = yearly(flows, calendar, keep, path)

    def chosen(row: Mapping[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in row.items() if name == "year" or name in fields}

    return {**chosen(total), "by_year": [chosen(row) for row in rows]}
