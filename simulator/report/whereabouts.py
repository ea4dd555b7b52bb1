"""Where people are, month by month, and some single lives, under an arm and its comparator, as a JSON document."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator import __version__
from simulator.activity import DAYS_PER_YEAR
from simulator.appraisal.library import Library
from simulator.evaluation.lanes import Area, area_of, candidates_of, chosen, happenings_of
from simulator.evaluation.whereabouts import IN_CUSTODY, NAMES, ON_SCHEME, PLACES, Counts, counts_of, together
from simulator.model.pool import members_of
from simulator.model.rates import Rates
from simulator.model.states import JUSTICE_STATES
from simulator.rates import rates_of
from simulator.report.provenance import data_digest
from simulator.report.warnings import effect_warnings
from simulator.scenario.records import Scenario

Floats = NDArray[np.float64]

LATER = "arrived later"  # in place of a cohort group


class Asked(NamedTuple):
    """What to look at: two arms of a scenario under the same luck."""

    scenario: Scenario
    library: Library
    arm: str
    comparator: str
    seed: int
    replications: int
    workers: int = 0


def whereabouts_of(asked: Asked) -> dict[str, Any]:
    """Both arms simulated and told; docs/json.md has every field.

    Raises KeyError for an arm that there is not, RuntimeError where an identity of the counts does not hold.
    """
    scenario = asked.scenario
    years = int(scenario.baseline.value("appraisal.horizon_years"))
    names = (asked.arm, asked.comparator)
    rates = [rates_of(scenario, scenario.arm(name), asked.library.offence_types) for name in names]
    counts = [counts_of(each, years, asked.seed, asked.replications, asked.workers) for each in rates]
    areas = [area_of(each, years, asked.seed, 0) for each in rates]
    titles = [{"name": name, "title": scenario.arm(name).title} for name in names]
    return {
        "scenario": scenario.name,
        "title": scenario.title,
        "arm": asked.arm,
        "comparator": asked.comparator,
        "horizon_years": years,
        "starts": scenario.starts.isoformat(),
        "effect": scenario.baseline.effect.name,
        "seed": asked.seed,
        "replications": asked.replications,
        "people_at_start": len(members_of(rates[0])[0]),
        "states": states(),
        "arms": [
            {**title, "by_state": by_state(mine, counts[1]), "by_month": by_month(mine)}
            for title, mine in zip(titles, counts, strict=True)
        ],
        "lives": lives_of(titles, rates[0], areas),
        "warnings": effect_warnings(scenario),
        "run": {
            "version": __version__,
            "scenario_digest": scenario.digest,
            "data_digest": data_digest(),
            "overrides": dict(scenario.overrides),
            "engine": "compiled",
        },
    }


def states() -> list[dict[str, Any]]:
    """Each state with the states of the model that it holds."""
    return [
        {
            "name": place.name,
            "title": place.title,
            "justice": [JUSTICE_STATES[number] for number in place.justice],
            "managed": place.managed,
        }
        for place in PLACES
    ]


# States, and sums of them that readers ask for.
SUMS = {
    **{name: (name,) for name in NAMES},
    "in_custody": IN_CUSTODY,
    "managed": ON_SCHEME,
}


def by_month(counts: Counts) -> list[dict[str, Any]]:
    """Mean number of people in each state at the start of each month, and on the horizon."""
    people = counts.people.mean(axis=0)
    return [
        {
            "name": f"month_{month}",
            "month": month,
            "people": float(row.sum()),
            **{name: float(together(row, places)) for name, places in SUMS.items()},
        }
        for month, row in enumerate(people)
    ]


def by_state(counts: Counts, comparator: Counts) -> list[dict[str, Any]]:
    """Mean person-years in each state over the horizon, and how many more than under the comparator."""
    rows = []
    for name, places in SUMS.items():
        mine, other = together(counts.person_years, places), together(comparator.person_years, places)
        rows.append(
            {
                "name": name,
                "person_years": float(mine.mean()),
                "standard_error": standard_error(mine),
                "increment": float((mine - other).mean()),
                "increment_standard_error": standard_error(mine - other),
                "days": float(mine.mean()) * DAYS_PER_YEAR,
            }
        )
    return rows


def standard_error(values: Floats) -> float | None:
    """Of a mean over replications; None for a single one."""
    return float(values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else None


def lives_of(titles: Sequence[dict[str, str]], rates: Rates, areas: Sequence[Area]) -> dict[str, Any]:
    """Some people of the first replication under both arms, and the rule by which they were chosen."""
    arm, comparator = areas
    people, among = chosen(arm, comparator), candidates_of(arm, comparator)
    return {
        "replication": 0,
        "rule": rule_of(titles, areas, len(among), len(people)),
        "candidates": len(among),
        "people": [
            {
                "name": f"person_{number}",
                "title": f"Person {number}",
                "number": number,
                "group": group_of(rates, number),
                "arms": [
                    {"name": title["name"], **life_of(area, number)} for title, area in zip(titles, areas, strict=True)
                ],
            }
            for number in people
        ],
    }


def rule_of(titles: Sequence[dict[str, str]], areas: Sequence[Area], candidates: int, shown: int) -> str:
    """How the people were chosen, in a sentence."""
    arm, other = titles
    who = f"{people_words(candidates)} of the pool"
    for title, area in zip(titles, areas, strict=True):
        if len(area.stretches.person[np.isin(area.stretches.place, [NAMES.index(name) for name in ON_SCHEME])]):
            who = f"the {people_words(candidates)} who hold a place at some time under '{title['title']}'"
            break
    spread = "all of them" if shown == candidates else f"{shown} spread evenly over them in that order"
    return (
        f"Of {who}, in order of their number of arrests under '{other['title']}', {spread}; "
        f"what happens to them under '{arm['title']}' plays no further part. First simulated run."
    )


def people_words(number: int) -> str:
    """A number of people in words."""
    return "1 person" if number == 1 else f"{number:,} people"


def group_of(rates: Rates, number: int) -> str:
    """The cohort group of a person."""
    members = members_of(rates)[0]
    return rates.group_names[members[number]] if number < len(members) else LATER


def life_of(area: Area, number: int) -> dict[str, Any]:
    """One life: stretches and happenings from t = 0, and what they add up to."""
    stretches = area.stretches.of_person(number)
    happenings = happenings_of(area, number)
    arrests = [each for each in happenings if each.event == "arrest"]
    return {
        "arrests": len(arrests),
        "proven_offences": sum(each.offences for each in arrests),
        "custody_years": spent(stretches, IN_CUSTODY),
        "managed_years": spent(stretches, ON_SCHEME),
        "stretches": [{"state": name, "from_year": since, "to_year": until} for name, since, until in stretches],
        "events": [each._asdict() for each in happenings],
    }


def spent(stretches: Sequence[tuple[str, float, float]], places: Sequence[str]) -> float:
    """Years in some states."""
    return math.fsum(until - since for name, since, until in stretches if name in places)
