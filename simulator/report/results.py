"""The results of a comparison as one JSON document: stable, documented in docs/json.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from simulator.activity import deselections
from simulator.appraisal import comparison as comparing
from simulator.appraisal import intervals
from simulator.appraisal.comparison import Appraised, Comparison
from simulator.appraisal.discounting import discount_factors
from simulator.appraisal.results import (
    Arm,
    Array,
    Change,
    Part,
    Ratio,
    break_even_of,
    change,
    crimes_of,
    is_programme,
    measured,
    parts_by,
    payback,
    ratio_of,
    total_of,
)
from simulator.costing.prices import choices_of
from simulator.rates import drawn_inputs
from simulator.report.budgets import budgets_of
from simulator.report.inputs import input_of, inputs_of
from simulator.report.marks import with_marks
from simulator.report.provenance import run_record
from simulator.report.splits import kinds_of, lines_of, named, offence_types_of, years_of
from simulator.report.warnings import warnings_of
from simulator.scenario.records import Scenario, Settings

ADDITIONAL_COST = "additional programme cost"
NET_PUBLIC_COST = "net public-sector cost (programme cost less fiscal benefits)"


def results_of(comparison: Comparison) -> dict[str, Any]:
    """Every figure of a comparison, with every input and warning behind it."""
    runs = comparison.runs
    scenario = runs.scenario
    choices = choices_of(scenario.baseline, comparison.library.crime[scenario.baseline.text("appraisal.cost_table")])
    document = {
        "scenario": scenario.name,
        "title": scenario.title,
        "comparator": comparison.comparator,
        "horizon_years": len(comparison.factors),
        "price_base": choices.price_base,
        "discount_rate": comparing.discount_rate(scenario, comparison.library),
        "cost_table": scenario.baseline.text("appraisal.cost_table"),
        "costing": choices.costing,
        "counting": choices.counting,
        "prison_cost": choices.prison_cost,
        "effect": scenario.baseline.effect.name,
        "fit": fit_of(scenario.baseline),
        "drawn_inputs": drawn_inputs(scenario.baseline),
        "seed": runs.seed,
        "replications": runs.replications,
        "reported_fall": fall_of(scenario),
        "arms": [arm_of(appraised, comparison) for appraised in comparison.arms],
        "alternatives": alternatives_of(comparison),
        "inputs": inputs_of(comparison),
        "sources": sources_of(comparison),
        "warnings": warnings_of(comparison),
        "run": run_record(comparison),
    }
    return with_marks(document)


def sources_of(comparison: Comparison) -> list[dict[str, Any]]:
    """The publications behind the inputs, each once, by name."""
    used = {row["source"] for row in inputs_of(comparison)}
    return [asdict(source) for name, source in sorted(comparison.library.sources.items()) if name in used]


def fall_of(scenario: Scenario) -> dict[str, Any] | None:
    """What the scheme's own report claims, and what of it would be seen with no effect at all."""
    fall = scenario.reported_fall
    return (
        None if fall is None else {"reported": input_of(fall.reported), "without_effect": input_of(fall.without_effect)}
    )


def fit_of(settings: Settings) -> dict[str, Any] | None:
    """The fit that the rates come from: how it was made, and its figures beside the reported ones."""
    if settings.fit is None:
        return None
    fit, reading = settings.fit.fit, settings.reading
    return {
        "name": settings.fit.name,
        "where": settings.fit.where,
        **{name: getattr(fit, name) for name in ("scheme", "report", "protocol", "made_by", "seed", "inputs_digest")},
        "rates": [f"population.{name}" for name in settings.fitted],
        "targets": [asdict(target) for target in reading.targets] if reading else [],
        "not_identified": list(reading.not_identified) if reading else [],
    }


def arm_of(appraised: Appraised, comparison: Comparison) -> dict[str, Any]:
    """One arm against the comparator."""
    factors, pair, streams, bias = comparison.factors, appraised.pair, appraised.streams, comparison.bias
    by_year = parts_by(pair, factors, lambda cell: cell.year, bias)
    total = total_of(by_year.values())
    drawn = appraised.drawn
    spread = intervals.of_draws(total.net, drawn.npsv - streams.npsv) if drawn else None
    ratio = main_ratio(appraised, total, factors)
    public = ratio_of(
        streams.benefit - streams.fiscal_benefit,
        streams.programme_cost - streams.fiscal_benefit,
        drawn.benefit - drawn.fiscal_benefit if drawn else None,
        NET_PUBLIC_COST,
    )
    is_comparator = appraised.plan.name == comparison.comparator
    return {
        "name": appraised.plan.name,
        "title": appraised.plan.title,
        "why": appraised.plan.why,
        "programme_cost_gbp": total.programme_cost,
        "benefit_gbp": total.benefit,
        "npsv_gbp": total.net,
        "npsv_interval": [total.net, total.net] if is_comparator else listed(spread),
        "benefit_per_pound": ratio.value,
        "benefit_per_pound_interval": listed(ratio.interval),
        "simulation_interval": {
            "npsv_gbp": listed(intervals.of_mean(streams.npsv)),
            "benefit_per_pound": listed(ratio.simulation_interval),
        },
        "denominator": {"name": ratio.denominator, "gbp": ratio.denominator_gbp},
        "ratio_reason": "this is the comparator" if is_comparator else ratio.reason,
        "benefit_per_pound_of_net_public_cost": {
            "value": public.value,
            "interval": listed(public.interval),
            "denominator": {"name": public.denominator, "gbp": public.denominator_gbp},
            "ratio_reason": "this is the comparator" if is_comparator else public.reason,
        },
        "effect": effect_of(appraised),
        "npsv_with_health_discounting_gbp": health_discounted(appraised, comparison),
        "payback_year": payback(by_year),
        "break_even": break_even_of(pair, factors, total.programme_cost)._asdict(),
        **{name: each._asdict() for name, each in counted(appraised).items()},
        **unit_costs(appraised, total, counted(appraised)),
        "deselections": deselections(pair.arm.activity),
        "by_year": years_of(appraised, by_year),
        "by_agency": named(parts_by(pair, factors, lambda cell: cell.price.agency, bias), "agency"),
        "by_kind": kinds_of(parts_by(pair, factors, lambda cell: (cell.price.kind, cell.price.cashable), bias)),
        "by_budget": budgets_of(appraised, comparison),
        "by_offence_type": offence_types_of(appraised, comparison),
        "by_line": lines_of(appraised, comparison),
    }


def health_discounted(appraised: Appraised, comparison: Comparison) -> float:
    """NPSV with social costs, which are mostly harm to health, at the Green Book's lower rate: a sensitivity."""
    rate = comparison.library.appraisal["discount_rate_health"].value
    social = discount_factors(rate, len(comparison.factors))
    parts = parts_by(appraised.pair, comparison.factors, lambda cell: cell.year, comparison.bias, social)
    return total_of(parts.values()).net


def main_ratio(appraised: Appraised, total: Part, factors: Array) -> Ratio:
    """Benefit per £1 of additional programme cost."""
    streams, drawn = appraised.streams, appraised.drawn
    whole = max(programme_cost_of(appraised.pair.arm, factors), programme_cost_of(appraised.pair.comparator, factors))
    return ratio_of(
        streams.benefit,
        streams.programme_cost,
        drawn.benefit if drawn else None,
        ADDITIONAL_COST,
        saving_of(total),
        whole,
    )


def programme_cost_of(arm: Arm, factors: Array) -> float:
    """Mean present value of everything that the scheme itself costs in one arm."""
    return float(arm.costs.by_replication(factors, is_programme).mean())


def saving_of(total: Part) -> str:
    """What a cheaper arm saves and gives up, in words."""
    saved = f"saves £{-total.programme_cost:,.0f} of programme cost (cashable if posts and contracts really end)"
    if total.benefit < 0.0:
        return f"costs less than its comparator: {saved}, gives up £{-total.benefit:,.0f} of benefit (not cashable)"
    return f"costs less than its comparator: {saved}, and gains £{total.benefit:,.0f} of benefit (not cashable)"


def listed(interval: tuple[float, float] | None) -> list[float] | None:
    """An interval as JSON has it."""
    return None if interval is None else [interval[0], interval[1]]


def effect_of(appraised: Appraised) -> dict[str, Any]:
    """The effect's name, design and ratios, with their intervals."""
    effect = appraised.plan.settings.effect
    return {
        "name": effect.name,
        "design": effect.design,
        "ratios": {
            name: {"value": ratio.value, "low": ratio.low, "high": ratio.high, "standing": str(ratio.standing)}
            for name, ratio in effect.ratios.items()
        },
    }


def counted(appraised: Appraised) -> dict[str, Change]:
    """Crimes, proven offences, arrests, custody days and people, over the horizon, not discounted."""
    pair = appraised.pair
    crimes = change(crimes_of(pair.arm.costs).sum(axis=1), crimes_of(pair.comparator.costs).sum(axis=1))
    return {"crimes": crimes, **measured(pair)}


def undiscounted(appraised: Appraised) -> Array:
    """Factors of one for every year: budgets are not discounted, nor are the counts they are divided by."""
    return np.ones(appraised.pair.arm.activity.years)


def unit_costs(appraised: Appraised, total: Part, counts: Mapping[str, Change]) -> dict[str, Any]:
    """Undiscounted cost per managed person-year and per reoffence prevented; None where there is nothing to divide by."""
    cost = programme_cost_of(appraised.pair.arm, undiscounted(appraised)) - programme_cost_of(
        appraised.pair.comparator, undiscounted(appraised)
    )
    years = counts["managed_person_years"].increment
    prevented = -counts["proven_offences"].increment
    pair = appraised.pair
    fewer = (pair.comparator.activity.proven_offences() - pair.arm.activity.proven_offences()).sum(axis=1)
    clear = prevented > 0.0 and not intervals.reaches_zero(fewer)
    return {
        "cost_per_managed_person_year_gbp": cost / years if years > 0.0 else None,
        "cost_per_proven_reoffence_prevented_gbp": cost / prevented if clear else None,
    }


def alternatives_of(comparison: Comparison) -> list[dict[str, Any]]:
    """The same runs under both costings and both counting units; one of the four is the headline."""
    rows = []
    for costing in ("explicit", "inclusive"):
        for counting in ("proven", "multiplied"):
            runs = comparing.repriced(replace(comparison.runs, drawn=None), costing=costing, counting=counting)
            other = comparing.appraise(runs, comparison.library, comparison.comparator)
            for appraised in other.arms:
                total = total_of(parts_by(appraised.pair, other.factors, lambda cell: cell.year, other.bias).values())
                ratio = main_ratio(appraised, total, other.factors)
                is_comparator = appraised.plan.name == comparison.comparator
                rows.append(
                    {
                        "name": appraised.plan.name,
                        "costing": costing,
                        "counting": counting,
                        "programme_cost_gbp": total.programme_cost,
                        "benefit_gbp": total.benefit,
                        "npsv_gbp": total.net,
                        "benefit_per_pound": ratio.value,
                        "ratio_reason": "this is the comparator" if is_comparator else ratio.reason,
                    }
                )
    return rows
