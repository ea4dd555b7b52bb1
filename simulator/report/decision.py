"""What would change a decision, as a JSON document and as rows; docs/json.md describes every field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from simulator import __version__
from simulator.costing.prices import choices_of
from simulator.report.cautions import price_cautions
from simulator.report.decision_words import sentences_of
from simulator.report.funding import rough
from simulator.report.marks import marks_before
from simulator.report.provenance import data_digest
from simulator.report.warnings import effect_warnings
from simulator.uncertainty.commonest import Commonest, Drawn
from simulator.uncertainty.decision import End, Setting, Standing, chance_beyond
from simulator.uncertainty.inputs import Uncertain
from simulator.uncertainty.switching import INFLUENTIAL, PROMISING, Switch

Document = Mapping[str, Any]


class Findings(NamedTuple):
    """Everything that was found: the base, ends of ranges, switches, nearest pairs, and the draws."""

    base: Standing
    ends: Sequence[End]
    singles: Sequence[Switch]
    pairs: Sequence[Switch]
    drawn: Drawn
    commonest: Commonest | None
    draw_replications: int


def document_of(setting: Setting, found: Findings) -> dict[str, Any]:
    """Every figure of the answer; see docs/json.md."""
    scenario, library, _ = setting.variant
    base = scenario.baseline
    choices = choices_of(base, library.crime[base.text("appraisal.cost_table")])
    document = {
        "scenario": scenario.name,
        "title": scenario.title,
        "comparator": setting.comparator,
        "horizon_years": int(base.value("appraisal.horizon_years")),
        "price_base": choices.price_base,
        "cost_table": base.text("appraisal.cost_table"),
        "costing": choices.costing,
        "counting": choices.counting,
        "effect": base.effect.name,
        "seed": setting.seed,
        "replications": setting.replications,
        "arms": arms_of(setting, found.base),
        "preferred": found.base.preferred,
        "lead": lead_of(found.base, found.base.preferred),
        "singles": [single_of(setting, each, found.base.preferred) for each in found.singles],
        "ends": [end_of(each, found.base.preferred) for each in found.ends],
        "pair": pair_of(found.pairs[0], found.base.preferred) if found.pairs else None,
        "pairs_as_near": [pair_of(each, found.base.preferred) for each in found.pairs[1:]],
        "pairs_looked_at": {"inputs": INFLUENTIAL, "corners_simulated": PROMISING},
        "draws": draws_of(setting, found),
        "warnings": [
            *effect_warnings(scenario),
            *price_cautions(scenario, library),
            *rough(len(found.drawn.preferred)),
        ],
        "marks": marks_before(scenario, library),
        "run": {
            "version": __version__,
            "scenario_digest": scenario.digest,
            "data_digest": data_digest(),
            "overrides": dict(scenario.overrides),
            "engine": setting.engine,
        },
    }
    return {**document, "sentences": sentences_of(document)}


def arms_of(setting: Setting, base: Standing) -> list[dict[str, Any]]:
    """Every arm's NPSV at the central values."""
    return [
        {
            "name": name,
            "title": setting.variant.scenario.arm(name).title,
            "npsv_gbp": base.of(name),
            "standard_error": float(base.noise[number, number]) ** 0.5,
        }
        for number, name in enumerate(base.arms)
    ]


def lead_of(standing: Standing, arm: str) -> dict[str, Any]:
    """How far an arm is ahead of the best other, and whether that is more than luck."""
    return {
        "rival": standing.rival(arm),
        "lead_gbp": standing.lead(arm),
        "standard_error": standing.error(arm),
        "clear": standing.clear(arm),
    }


def moved_input(each: Uncertain, end: float, value: float) -> dict[str, Any]:
    """An input that has been moved towards an end of its range."""
    return {
        "name": each.name,
        "group": each.group,
        "unit": each.unit,
        "standing": each.standing,
        "now": each.value,
        "end": end,
        "value": value,
    }


def single_of(setting: Setting, switch: Switch, arm: str) -> dict[str, Any]:
    """Where one input changes the decision, and how likely a value beyond that is."""
    (end,) = switch.move.ends
    value = switch.values[end.each.name]
    return {
        **moved_input(end.each, end.value, value),
        "value_standard_error": switch.error * abs(end.value - end.each.value),
        "share_of_the_way": switch.share,
        "chance_beyond": chance_beyond(setting.variant.scenario, end.each, value),
        "there": lead_of(switch.there, arm),
        "at_end": {"preferred": switch.end.preferred, **lead_of(switch.end, arm)},
    }


def pair_of(switch: Switch, arm: str) -> dict[str, Any]:
    """Where two inputs, moved the same share of the way, change the decision."""
    values = switch.values
    return {
        "inputs": [moved_input(end.each, end.value, values[end.each.name]) for end in switch.move.ends],
        "share_of_the_way": switch.share,
        "share_standard_error": switch.error,
        "there": lead_of(switch.there, arm),
        "at_end": {"preferred": switch.end.preferred, **lead_of(switch.end, arm)},
    }


def end_of(end: End, arm: str) -> dict[str, Any]:
    """Who is preferred at one end of one input."""
    return {
        "name": end.each.name,
        "group": end.each.group,
        "unit": end.each.unit,
        "standing": end.each.standing,
        "now": end.each.value,
        "end": end.value,
        "preferred": end.standing.preferred,
        **lead_of(end.standing, arm),
    }


def draws_of(setting: Setting, found: Findings) -> dict[str, Any]:
    """Who is preferred in draws of everything, and the pair of conditions that tells the others best."""
    common = found.commonest
    return {
        "draws": len(found.drawn.preferred),
        "replications": found.draw_replications,
        "preferred": found.drawn.shares(),
        "another_preferred": found.drawn.another(found.base.preferred),
        "commonest_pair": None
        if common is None
        else {
            "conditions": [
                {"name": each.name, "above": each.above, "median": each.median, "unit": setting.inputs[each.name].unit}
                for each in common.conditions
            ],
            "coverage": common.coverage,
            "density": common.density,
            "overall": common.overall,
            "draws": common.draws,
            "draws_under_both": common.under,
            "stands_out": common.stands_out,
        },
    }


def decision_rows(document: Document) -> list[dict[str, Any]]:
    """One flat row for each end of each input, with the switching value where there is one, for CSV."""
    singles = {(each["name"], each["end"]): each for each in document["singles"]}
    rows = []
    for end in document["ends"]:
        switch = singles.get((end["name"], end["end"]), {})
        rows.append(
            {
                **end,
                **{
                    f"switching_{name}": switch.get(name)
                    for name in ("value", "value_standard_error", "share_of_the_way", "chance_beyond")
                },
            }
        )
    return rows
