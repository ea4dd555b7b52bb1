"""An input of a scheme explained: where it comes from, how it is brought to the price base, and what moves when it moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from simulator.appraisal.library import Library
from simulator.costing.prices import choices_of
from simulator.quantities import is_money
from simulator.report.behind.rests import Rests
from simulator.report.cautions import of_no_arms
from simulator.report.explained.names import Meant
from simulator.report.explanation import named_source, standing_in_words
from simulator.report.inputs import inputs_of
from simulator.report.marks import MEASURES, document_before
from simulator.scenario.records import Scenario
from simulator.uncertainty.inputs import Uncertain, uncertain_inputs
from simulator.uncertainty.outcomes import OUTCOMES, Trials, Variant, outcomes_of
from simulator.uncertainty.tornado import trials_of

Row = Mapping[str, Any]
REPLICATIONS = 100
# The outcomes shown, in words; noise is no outcome.
SHOWN = {
    "npsv_gbp": "NPSV",
    "programme_cost_gbp": "programme cost",
    "benefit_gbp": "benefit",
    "fiscal_benefit_gbp": "fiscal benefit (not cashable by itself)",
    "crimes_prevented": "crimes prevented",
    "reoffences_prevented": "proven reoffences prevented",
    "custody_days_saved": "custody days saved",
    "managed_person_years": "managed person-years added",
}


def input_explained(meant: Meant, replications: int, seed: int) -> dict[str, Any]:
    """Everything about one input of a scheme."""
    scenario, library = meant.scenario, meant.library
    rows = {row["name"]: row for row in inputs_of(of_no_arms(scenario, library))}
    row = rows[meant.row]
    source = library.sources.get(row["source"])
    return {
        "name": meant.row,
        "kind": "input",
        "scheme": scenario.name,
        "value": row["value"],
        "unit": row["unit"],
        "price_year": row["price_year"],
        "low": row["low"],
        "high": row["high"],
        "standing": standing_in_words(row["standing"]),
        "source": named_source(source) if source else row["source"],
        "where": row["where"],
        "url": source.url if source else "",
        "superseded_by": source.superseded_by if source else None,
        "why": row["why"],
        "price_steps": price_steps(row, scenario, library),
        "rests_on_it": rests_on_it(meant.row, scenario, library),
        "moves": moves_of(meant.row, scenario, library, replications, seed),
    }


def rests_on_it(name: str, scenario: Scenario, library: Library) -> list[str]:
    """The results of the first funding choice that rest on an input; none moves but these."""
    rests, arm = Rests(document_before(scenario, library)), first_arm(scenario)
    return [field for field, rests_on in MEASURES.items() if name in rests_on(arm, rests)]


def first_arm(scenario: Scenario) -> str:
    """The funding choice that stands first, the comparator left out."""
    base = scenario.baseline.text("appraisal.comparator")
    return next(arm.name for arm in scenario.arms if arm.name != base)


def price_steps(row: Row, scenario: Scenario, library: Library) -> list[dict[str, Any]]:
    """From the input's own price year to the price base: both indices with their source; empty for what is no money."""
    if not is_money(row["unit"]) or not row["price_year"]:
        return []
    base = choices_of(scenario.baseline, library.crime[scenario.baseline.text("appraisal.cost_table")]).price_base
    deflators, year = library.deflators, str(row["price_year"])
    return [
        {
            "from_year": year,
            "to_year": base,
            "from_index": deflators.index[year],
            "to_index": deflators.index[base],
            "factor": deflators.factor(year, base),
            "value_in_price_base": row["value"] * deflators.factor(year, base),
            "index_source": deflators.source,
            "index_where": "cost_tables/deflators.csv",
        }
    ]


def uncertain_behind(name: str, inputs: Mapping[str, Uncertain]) -> Uncertain | None:
    """The uncertain input that a row belongs to: itself, the whole of which it is a part, or its offence mix."""
    own = name.replace("programme.", "costs.", 1) if name.replace("programme.", "costs.", 1) in inputs else name
    whole = ".".join(name.split(".")[:2])
    return inputs.get(own) or inputs.get(whole)


def moves_of(name: str, scenario: Scenario, library: Library, replications: int, seed: int) -> dict[str, Any]:
    """What the outcomes of the first funding choice are with the input at its low, as it is, and at its high.

    All three under the same luck. Empty for a lever, and for an input without a range.
    """
    each = uncertain_behind(name, uncertain_inputs(scenario, library))
    if each is None:
        return {}
    arm = first_arm(scenario)
    found = outcomes_at(each, only_first(scenario, arm), library, replications, seed)
    return {
        "scheme": scenario.name,
        "arm": arm,
        "title": scenario.arm(arm).title,
        "replications": replications,
        "seed": seed,
        "moved": each.name,
        "low": each.low,
        "value": each.value,
        "high": each.high,
        "outcomes": [outcome_row(field, found[field]) for field in SHOWN],
    }


def only_first(scenario: Scenario, arm: str) -> Scenario:
    """The scenario with one funding choice and what it is compared with."""
    base = scenario.baseline.text("appraisal.comparator")
    return replace(scenario, arms=tuple(each for each in scenario.arms if each.name in (base, arm)))


def outcomes_at(
    each: Uncertain, scenario: Scenario, library: Library, replications: int, seed: int
) -> Mapping[str, Sequence[float]]:
    """Every outcome as it is, at the low and at the high end."""
    inputs = {each.name: each}
    return outcomes_of(Trials((Variant(scenario, library),), inputs, trials_of(inputs), replications, seed))


def outcome_row(field: str, values: Sequence[float]) -> dict[str, Any]:
    """One outcome at both ends and as it is; ``moves`` says whether the input moves it at all."""
    now, low, high = (float(value) for value in values)
    return {
        "outcome": field,
        "words": SHOWN[field],
        "meaning": OUTCOMES[field],
        "at_low": low,
        "as_it_is": now,
        "at_high": high,
        "moves": not low == now == high,
    }
