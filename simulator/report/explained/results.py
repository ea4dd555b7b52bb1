"""A result of a scheme explained: value with intervals and marks, and the path by which it was computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from simulator.appraisal import comparison as comparing
from simulator.appraisal.comparison import Appraised, Comparison
from simulator.costing.prices import choices_of
from simulator.experiment import Plan
from simulator.report.behind import Background, Behind
from simulator.report.behind.paths import Step, figures, steps_to
from simulator.report.behind.sides import COUNTS, SIDES, Keep, both, everything, programme
from simulator.report.behind.splits import kept_by
from simulator.report.explained.names import Meant
from simulator.report.explained.sums import Charge, Span, apportioned, charges_of, net_of, pence
from simulator.report.explanation import named_source
from simulator.report.results import results_of
from simulator.tables import InputProblems, Problem

ROOT = "comparison"
# Fields of an arm that are made of the sums of both sides.
OF_BOTH = (
    "npsv_interval", "benefit_per_pound", "benefit_per_pound_interval", "payback_year", "simulation_interval",
    "benefit_per_pound_of_net_public_cost",
)  # fmt: skip
OF_COST = ("denominator", "cost_per_managed_person_year_gbp", "cost_per_proven_reoffence_prevented_gbp")
NOT_DISCOUNTED = OF_COST[1:]


class Sum(NamedTuple):
    """A sum of money behind a result: over which prices, which years, and under which reading."""

    keep: Keep
    span: Span
    field: str  # programme_cost_gbp, benefit_gbp or npsv_gbp
    reading: tuple[str, str] | None = None  # costing and counting, where not the headline's


def result_explained(meant: Meant, replications: int, seed: int, engine: str) -> dict[str, Any]:
    """Everything about one result: run anew with as many replications.

    Raises InputProblems, with the nearest names, where the comparison has no such figure.
    """
    comparison = compared(meant, replications, seed, engine)
    document = results_of(comparison)
    steps = steps_to({ROOT: document}, f"{ROOT}.{meant.path}")
    refuse_no_number(steps[-1], meant.path)
    found = Background({ROOT: document}).behind(f"{ROOT}.{meant.path}")
    return {
        **head_of(found, meant, document, steps),
        "path": path_of(steps[1:], comparison) or counted_path(steps[1:]) or break_even_path(steps[1:]),
        "sources": sources_of(found, meant, document),
        "inputs": list(found.inputs),
        "run": document["run"],
    }


def refuse_no_number(step: Step, path: str) -> None:
    """Refuse what holds several figures, or none. Raises InputProblems that names those inside."""
    if isinstance(step.value, int | float):
        return
    inside = [f"{path}.{name}" for name, _ in islice(figures(step.value), 4)]
    hint = f"Name one: {', '.join(inside)}." if inside else "`explain --help` shows examples."
    raise InputProblems([Problem("explain", 0, 0, f"'{path}' is not one figure", hint)])


def compared(meant: Meant, replications: int, seed: int, engine: str) -> Comparison:
    """The arms simulated and priced, as compare does it."""
    years = int(meant.scenario.baseline.value("appraisal.horizon_years"))
    plan = Plan(years, seed, engine, workers=1)
    return comparing.appraise(comparing.run(meant.scenario, meant.library, replications, plan), meant.library)


def head_of(found: Behind, meant: Meant, document: Mapping[str, Any], steps: Sequence[Step]) -> dict[str, Any]:
    """The value with what it means, how it is made, how sure it is, and its marks."""
    return {
        "name": f"{meant.scenario.name}.{meant.path.removeprefix('arms.')}",
        "kind": "result",
        "scheme": meant.scenario.name,
        "value": steps[-1].value,
        "unit": found.unit,
        "price_base": document["price_base"] if "£" in found.unit else None,
        "interval": beside(steps, "_interval"),
        "simulation_interval": noise_of(steps),
        "marks": [{"sign": mark.sign, "name": mark.name, "through": list(mark.through)} for mark in found.marks],
        "meaning": found.meaning,
        "how": found.how,
        "standing": found.standing,
        "replications": document["replications"],
        "seed": document["seed"],
    }


def beside(steps: Sequence[Step], ending: str) -> Any:
    """The interval that stands beside a figure in the same row, if there is one."""
    row, key = steps[-2].value, steps[-1].key
    if not isinstance(row, Mapping):
        return None
    return row.get(f"{key.removesuffix('_gbp')}{ending}", row.get(f"{key}{ending}"))


def noise_of(steps: Sequence[Step]) -> Any:
    """The interval by luck alone of a figure of an arm."""
    row = steps[-2].value
    noise = row.get("simulation_interval") if isinstance(row, Mapping) else None
    return noise.get(steps[-1].key) if isinstance(noise, Mapping) else None


def sources_of(found: Behind, meant: Meant, document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The publications behind a result: places in each, standings of the figures from it, and what has replaced it."""
    known, rows = meant.library.sources, {row["name"]: row for row in document["inputs"]}
    standings: dict[str, dict[str, None]] = {}
    for row in (rows[name] for name in found.inputs):
        standings.setdefault(row["source"], {}).setdefault(row["standing"])
    return [
        {
            "name": each.name,
            "source": named_source(known[each.name]),
            "where": list(each.where),
            "standings": list(standings[each.name]),
            "superseded_by": known[each.name].superseded_by,
        }
        for each in found.sources
    ]


def path_of(steps: Sequence[Step], comparison: Comparison) -> dict[str, Any]:
    """The computation step by step: sums of money down to lines, or what was counted year by year; else empty."""
    row = next((step.value for step in steps if step.is_entry), None)
    if not isinstance(row, Mapping) or steps[0].key not in ("arms", "alternatives"):
        return {}
    summed = sum_behind(steps[0].key, row, steps[2:], comparison)
    if summed is None:
        return {}
    seen = comparison if summed.reading is None else reread(comparison, summed.reading)
    appraised = next(each for each in seen.arms if each.plan.name == row["name"])
    return {**money_path(summed, appraised, seen), "divided_by": divisor_of(steps[2].key, row)}


def divisor_of(field: str, row: Mapping[str, Any]) -> float | None:
    """What a cost for each of something is divided by."""
    if field == "cost_per_managed_person_year_gbp":
        return float(row["managed_person_years"]["increment"])
    return -float(row["proven_offences"]["increment"]) if field in NOT_DISCOUNTED else None


def counted_path(steps: Sequence[Step]) -> dict[str, Any]:
    """What was counted, year by year, in the arm, in the comparator and the difference; empty for anything else."""
    arm, field = steps[1].value if len(steps) > 2 else None, steps[2].key if len(steps) > 2 else ""
    if not isinstance(arm, Mapping) or field not in COUNTS or field not in arm.get("by_year", [{}])[0]:
        return {}
    years = [{"year": row["year"], **counted_row(row[field])} for row in arm["by_year"]]
    return {"field": field, "counted": [*years, {"year": None, **counted_row(arm[field])}]}


def break_even_path(steps: Sequence[Step]) -> dict[str, Any]:
    """The terms of a break-even; empty for anything else, and where there is none."""
    if len(steps) < 4 or steps[2].key != "break_even" or steps[2].value["prevented_per_person_year"] is None:
        return {}
    arm, found = steps[1].value, steps[2].value
    needed, worth = found["prevented_per_person_year"], found["value_per_proven_offence_gbp"]
    years = arm["programme_cost_gbp"] / (needed * worth)
    return {
        "field": steps[3].key,
        "programme_cost_gbp": arm["programme_cost_gbp"],
        "value_per_proven_offence_gbp": worth,
        "managed_person_years_discounted": years,
        "prevented_discounted": found["achieved_per_person_year"] * years,
        "prevented_per_person_year": needed,
        "achieved_per_person_year": found["achieved_per_person_year"],
    }


def counted_row(change: Mapping[str, float]) -> dict[str, float]:
    """A level and an increment as the two levels and their difference."""
    level, increment = change["level"], change["increment"]
    return {"in_arm": level, "in_comparator": level - increment, "difference": increment}


def reread(comparison: Comparison, reading: tuple[str, str]) -> Comparison:
    """The same runs under another costing and counting."""
    runs = comparing.repriced(comparison.runs, costing=reading[0], counting=reading[1])
    return comparing.appraise(runs, comparison.library, comparison.comparator)


def sum_behind(top: str, row: Mapping[str, Any], steps: Sequence[Step], comparison: Comparison) -> Sum | None:
    """The sum of money that a field of an arm is, or is made of."""
    field = steps[0].key
    reading = (row["costing"], row["counting"]) if top == "alternatives" else None
    if field.startswith("by_"):
        return split_sum(steps[1:])
    if field in SIDES:
        return Sum(SIDES[field], Span(), field, reading)
    if field in OF_COST:
        plain = field in NOT_DISCOUNTED
        return Sum(programme, Span(None, not plain, not plain), "programme_cost_gbp", reading)
    return Sum(everything, Span(), "npsv_gbp", reading) if field in OF_BOTH else None


def split_sum(steps: Sequence[Step]) -> Sum | None:
    """The sum of an amount in a row of one of the tables."""
    row, field = steps[0].value, steps[1].key
    if field not in SIDES:
        return None
    span = Span(row["year"] - 1) if "year" in row else Span()
    return Sum(both(SIDES[field], kept_by(row)), span, field)


def money_path(summed: Sum, appraised: Appraised, comparison: Comparison) -> dict[str, Any]:
    """A sum of money as lines that add up to it as printed, quantities by year, and prices."""
    charges = charges_of(appraised, comparison, summed.keep, summed.span)
    amounts = printed_amounts(charges)
    cost = sum((each for each, charge in zip(amounts, charges, strict=True) if charge.is_cost), pence(0.0))
    gain = sum((each for each, charge in zip(amounts, charges, strict=True) if not charge.is_cost), pence(0.0))
    return {
        "field": summed.field,
        "programme_cost_gbp": float(cost),
        "benefit_gbp": float(gain),
        "net_gbp": float(gain - cost),
        "discount_factors": charges[0].factors.tolist() if charges else [],
        "lines": [line_row(each, float(amount)) for each, amount in zip(charges, amounts, strict=True)],
        "prices": [price_row(each, price, comparison) for each in charges for price in each.prices],
    }


def printed_amounts(charges: Sequence[Charge]) -> list[Any]:
    """The amounts to the penny, so that lines add up to each side and the sides to the balance."""
    net = pence(net_of(charges))
    costs, gains = ([each for each in charges if each.is_cost is side] for side in (True, False))
    cost = pence(-net_of(costs))
    made = {id(each): amount for each, amount in zip(costs, apportioned([c.gbp for c in costs], cost), strict=True)}
    whole = net + cost if costs else net
    parts = apportioned([c.gbp for c in gains], whole) if gains else []
    made |= {id(each): amount for each, amount in zip(gains, parts, strict=True)}
    return [made[id(each)] for each in charges]


def line_row(charge: Charge, amount: float) -> dict[str, Any]:
    """One line: units by year, units discounted, unit cost in the price base, weight and amount."""
    return {
        "line": charge.line.name,
        "section": charge.line.section,
        "side": "programme cost" if charge.is_cost else "benefit",
        "unit": charge.line.unit.removeprefix("gbp per "),
        "by_year": charge.by_year.tolist(),
        "quantity": charge.quantity,
        "unit_cost_gbp": charge.unit_cost,
        "weight": charge.weight,
        "gbp": amount,
    }


def price_row(charge: Charge, price: Any, comparison: Comparison) -> dict[str, Any]:
    """One price: the figure in its own year, the step to the price base by two indices, and where it comes from."""
    cost, index = price.source, comparison.library.deflators.index
    base = comparison_base(comparison)
    year = cost.price_year or base
    return {
        "line": charge.line.name,
        "name": cost.name,
        "part": price.part,
        "agency": price.agency,
        "kind": price.kind,
        "value_gbp": cost.value,
        "price_year": year,
        "index": index[year],
        "price_base": base,
        "base_index": index[base],
        "value_in_price_base_gbp": price.gbp,
        "source": cost.source,
        "where": cost.where,
        "standing": str(cost.standing),
    }


def comparison_base(comparison: Comparison) -> str:
    """The price base of a comparison."""
    base = comparison.runs.scenario.baseline
    return choices_of(base, comparison.library.crime[base.text("appraisal.cost_table")]).price_base
