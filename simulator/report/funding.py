"""The funding curve as a document and as rows: what each level costs and brings, and where the next pound stops paying."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from simulator import __version__
from simulator.appraisal import intervals
from simulator.appraisal.comparison import discount_rate
from simulator.appraisal.library import Library
from simulator.appraisal.results import Ratio, ratio_of
from simulator.costing.prices import choices_of
from simulator.report.cautions import price_cautions
from simulator.report.funding_words import BETWEEN, BEYOND, FROM_THE_START, FULL, said_of
from simulator.report.marks import marks_before
from simulator.report.provenance import data_digest
from simulator.report.warnings import effect_warnings
from simulator.scenario.funding import places_of
from simulator.scenario.records import Scenario
from simulator.uncertainty.funding_curve import (
    PERCENTILES,
    UNIT_GBP,
    Curve,
    Slope,
    Step,
    Stop,
    best_chances,
    central_stop,
    chances_of_all,
    chances_of_paying,
    drawn_ratios,
    drawn_stop,
    in_use,
    mean_stop,
    slope_of,
    steps_of,
)
from simulator.uncertainty.funding_levels import Effort

COST = "cost of the scheme"
FEW_DRAWS = 200


def setting_of(scenario: Scenario, library: Library, effort: Effort) -> dict[str, Any]:
    """How things are priced, by whose evidence, and with which luck."""
    base = scenario.baseline
    choices = choices_of(base, library.crime[base.text("appraisal.cost_table")])
    return {
        "horizon_years": int(base.value("appraisal.horizon_years")),
        "price_base": choices.price_base,
        "discount_rate": discount_rate(scenario, library),
        "cost_table": base.text("appraisal.cost_table"),
        "costing": choices.costing,
        "counting": choices.counting,
        "prison_cost": choices.prison_cost,
        "effect": base.effect.name,
        "seed": effort.seed,
        "draws": effort.draws,
        "replications_per_draw": effort.replications,
        "replications": effort.central,
        "settings": [f"{name}={value}" for name, value in scenario.overrides.items()],
        "run": {
            "version": __version__,
            "scenario_digest": scenario.digest,
            "data_digest": data_digest(),
            "engine": effort.engine,
        },
    }


def curve_document(curve: Curve, library: Library, arm: str, effort: Effort) -> dict[str, Any]:
    """Everything of the curve as plain values."""
    scenario, steps = curve.scenario, steps_of(curve)
    level = scenario.arms[1]
    document = {
        "scenario": scenario.name,
        "title": scenario.title,
        "arm": arm,
        "arm_title": level.title,
        "no_scheme": scenario.arms[0].title,
        **setting_of(scenario, library, effort),
        "selection_rule": level.settings.text("programme.selection_rule"),
        "unit_gbp": UNIT_GBP,
        "fixed_cost_gbp": steps[0].fixed,
        "places_before": places_of(scenario.baseline) if runs_already(scenario) else 0,
        "already_running": runs_already(scenario),
        "levels": level_rows(curve),
        "steps": step_rows(curve, steps),
        "stops": stops_of(curve, steps),
        "bend": bend_of(curve),
        "marks": marks_before(scenario, library),
    }
    warnings = [*effect_warnings(scenario), *price_cautions(scenario, library), *run_warnings(document)]
    return {**document, "said": said_of(document), "warnings": warnings}


def few_draws(document: dict[str, Any]) -> list[str]:
    """A warning about draws that are too few."""
    return rough(document["draws"])


def rough(draws: int) -> list[str]:
    """The same for a number of draws."""
    if not 0 < draws < FEW_DRAWS:
        return []
    return [f"With {draws} draws the brackets and chances are rough: use --draws {FEW_DRAWS} or more."]


def run_warnings(document: dict[str, Any]) -> list[str]:
    """About draws that are too few, and chances that noise hides."""
    said = few_draws(document)
    steps = [*document["steps"], *(step["after_fixed"] for step in document["steps"])]
    if document["draws"] and any(row["chance_pays"] is None for row in steps):
        said.append("Some chances cannot be told from simulation noise and are left out: a larger -n narrows it.")
    return said


def runs_already(scenario: Scenario) -> bool:
    """Whether the scheme has run before t = 0."""
    return scenario.baseline.flag("programme.open") and scenario.baseline.value("programme.start_year") < 0.0


def ratio_fields(ratio: Ratio) -> dict[str, Any]:
    """A ratio of the central run, with the noise of the simulation, or why there is none."""
    return {
        "benefit_per_pound": ratio.value,
        "simulation_interval": listed(ratio.simulation_interval),
        "ratio_reason": ratio.reason,
    }


def listed(interval: Sequence[float] | None) -> list[float] | None:
    """An interval as JSON has it."""
    return None if interval is None else [float(end) for end in interval]


def outer(values: np.ndarray[Any, Any] | None) -> list[float] | None:
    """The 2.5th and 97.5th percentiles of draws; None without draws, or where one of them has no value."""
    if values is None or np.isnan(values).any():
        return None
    return listed(np.quantile(values, (PERCENTILES[0], PERCENTILES[-1])).tolist())


def level_rows(curve: Curve) -> list[dict[str, Any]]:
    """One row for each level, no scheme first."""
    central, draws = curve.central, curve.draws
    best = None if draws is None else best_chances(draws)
    rows = []
    for row, places in enumerate(curve.places):
        net, cost = central.npsv[row], None if draws is None else draws.cost[:, row]
        ratio = ratio_of(central.benefit[row], central.cost[row], None, COST)
        rows.append(
            {
                "places": places,
                "share_in_use": in_use(central)[row],
                "cost_gbp": float(central.cost[row].mean()),
                "run_down_gbp": float(central.run_down[row].mean()),
                "benefit_gbp": float(central.benefit[row].mean()),
                "npsv_gbp": float(net.mean()),
                "npsv_noise_gbp": finite(intervals.half_width(net)),
                "npsv_interval": None if draws is None or not places else outer(draws.npsv[:, row]),
                "npsv_mean_of_draws_gbp": None if draws is None else float(draws.npsv[:, row].mean()),
                "benefit_per_pound": ratio.value,
                "ratio_reason": ratio.reason,
                "benefit_per_pound_interval": None
                if draws is None or cost is None or not (cost > 0.0).all()
                else outer(draws.benefit[:, row] / cost),
                "chance_benefits_exceed_costs": None if draws is None or not places else chances_of_all(draws)[row],
                "chance_best": None if best is None else float(best[row]),
            }
        )
    return rows


def step_rows(curve: Curve, steps: Sequence[Step]) -> list[dict[str, Any]]:
    """One row for each step between neighbouring levels."""
    draws = curve.draws
    rows = []
    for number, step in enumerate(steps):
        variable = step.cost - step.fixed
        rows.append(
            {
                "from_places": step.from_places,
                "to_places": step.to_places,
                "places_per_unit": UNIT_GBP * (step.to_places - step.from_places) / variable
                if variable > 0.0
                else None,
                "cost_gbp": step.cost,
                "fixed_cost_gbp": step.fixed,
                "benefit_gbp": step.benefit,
                **ratio_fields(step.per_pound),
                "benefit_per_pound_interval": None if draws is None else outer(drawn_ratios(draws)[:, number]),
                "chance_pays": None if draws is None else chances_of_paying(draws)[number],
                "after_fixed": {
                    **ratio_fields(step.after_fixed),
                    "benefit_per_pound_interval": None
                    if draws is None
                    else outer(drawn_ratios(draws, True)[:, number]),
                    "chance_pays": None if draws is None else chances_of_paying(draws, True)[number],
                },
            }
        )
    return rows


def finite(value: float) -> float | None:
    """A number, or None for one that is not."""
    return value if math.isfinite(value) else None


def place_of(stop: float | None) -> dict[str, Any] | None:
    """A stopping place in words and places."""
    if stop is None:
        return None
    kind = FROM_THE_START if stop == 0.0 else BETWEEN if math.isfinite(stop) else BEYOND
    return {"where": kind, "places": stop if kind == BETWEEN else None}


def stops_of(curve: Curve, steps: Sequence[Step]) -> dict[str, Any]:
    """Where the next pound stops paying for itself once the fixed costs are paid, and how sure that is."""
    draws = curve.draws
    drawn = None if draws is None else drawn_stop(draws, steps)
    return {
        "central": place_of(central_stop(steps)),
        "mean_of_draws": None if draws is None else place_of(mean_stop(draws, steps)),
        "drawn": None if drawn is None else stop_fields(drawn),
    }


def stop_fields(stop: Stop) -> dict[str, Any]:
    """The same over draws."""
    return {
        "median_places": stop.median,
        "interval_places": [stop.low, stop.high],
        "chance_from_the_start": stop.chance_from_the_start,
        "chance_beyond": stop.chance_never,
    }


def bend_of(curve: Curve) -> dict[str, Any] | None:
    """How much less a further place brings for each £1 as places grow, as long as there are people for all of them.

    In a scheme that shrinks, the first step holds the people who stay on, and is left out.
    """
    first = 1 if float(curve.central.run_down[1].mean()) > 0.0 else 0
    used = in_use(curve.central)
    full = [row for row, share in enumerate(used) if share is not None and share >= FULL]
    last = max(full, default=0)
    kept = Curve(curve.scenario, curve.places[: last + 1], cut(curve, last + 1), None)
    slope = slope_of(kept, first) if last else None
    return None if slope is None else slope_fields(slope, curve.places[first], curve.places[last])


def cut(curve: Curve, levels: int) -> Any:
    """The central run at the first levels only."""
    return type(curve.central)(*(each[:levels] for each in curve.central))


def slope_fields(slope: Slope, low: int, high: int) -> dict[str, Any]:
    """A slope for every ten places."""
    return {
        "from_places": low,
        "to_places": high,
        "per_ten_places": 10.0 * slope.per_place,
        "half_width": 10.0 * slope.half_width,
        "seen": slope.seen,
    }


def curve_rows(document: dict[str, Any]) -> list[dict[str, Any]]:
    """One flat row for each level, with the step from it to the next, for CSV."""
    after = {step["from_places"]: step for step in document["steps"]}
    names = ("to_places", "benefit_per_pound", "benefit_per_pound_interval", "simulation_interval", "chance_pays")
    rows = []
    for level in document["levels"]:
        step = after.get(level["places"], {})
        rows.append({**flat(level), **flat({f"next_{name}": step.get(name) for name in names})})
    return rows


def flat(fields: dict[str, Any]) -> dict[str, Any]:
    """Fields with each interval as two of them."""
    made: dict[str, Any] = {}
    for name, value in fields.items():
        if name.endswith("_interval"):
            low, high = value or (None, None)
            made |= {f"{name}_low": low, f"{name}_high": high}
        else:
            made[name] = value
    return made
