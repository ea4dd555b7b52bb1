"""A commented scenario file to edit, made from a shipped scheme."""

from __future__ import annotations

import json

from simulator.appraisal.library import load_library
from simulator.quantities import Quantity
from simulator.scenario.fields import LEVERS
from simulator.scenario.funding import staffing_of
from simulator.scenario.layers import scheme_names
from simulator.scenario.read import read_scenario
from simulator.scenario.records import Scenario, Settings
from simulator.tables import InputProblems, Problem, did_you_mean

HEAD = """\
# {name}: a scenario of your own, standing on {base}. Whatever is not said here is as in {base}.
# Try it:  python run.py compare {name}.yaml
# A value that is an estimate carries standing (read, transcribed, derived, assumed), source or why, and a range;
# a lever, which somebody chooses, is a plain value. A mistake is answered with file, line and what to type instead.
extends: {base}
title: {name}
why: Say here what you want to decide.
starts: {starts}        # the date of t = 0, year-month-day
# Rates fitted to your own before and after figures: `python run.py new {name} --evidence`, then `calibrate`; until then
# those of {base}.
# fit: {name}_fit.yaml
reported_fall: none        # what the report of {base} claims is not yours

# People holding a place, by area and cohort type; replace the rows with your own.
cohort:
{cohort}

programme:
{programme}

# The scheme's own costs, if you know them. Take away the # and put in your figures.
# costs:
#   offender_manager_year:
#     value: 60000
#     range: [50000, 75000]
#     unit: {manager_unit}
#     price_year: 2023/24
#     standing: assumed
#     why: Say where it comes from.

# Uncertain values that you may know better: the same form under `population:`, for example
# population:
#   pool_per_place:
#     value: {pool}
#     range: [{pool_low}, {pool_high}]
#     standing: assumed
#     why: How many prolific offenders there are for each place.

# Funding choices. {{"times": 0.75}} is three quarters of what stands under programme, whatever you write there.
# A choice that you take away here comes back from {base} unchanged; add your own at the end.
arms:
{arms}
  my_choice:
    title: My choice
    why: Say why a commissioner would weigh it.
    changes: {{programme.offender_managers: {more}}}
"""


def template_of(base: str, name: str) -> str:
    """The text of a new scenario that extends a shipped one.

    Raises InputProblems for a scheme that does not exist.
    """
    if base not in scheme_names():
        hint = did_you_mean(base, scheme_names())
        raise InputProblems([Problem("new, --from", 0, 0, f"there is no scheme named '{base}'", hint)])
    library = load_library()
    scenario = read_scenario(base, library.known())
    pool = scenario.baseline.quantities["population.pool_per_place"]
    return HEAD.format(
        name=name,
        base=base,
        starts=scenario.starts.isoformat(),
        cohort=cohort_lines(scenario),
        programme=programme_lines(scenario.baseline),
        manager_unit=library.programme["offender_manager_year"].unit,
        pool=f"{pool.value:g}",
        pool_low=f"{pool.low if pool.low is not None else pool.value:g}",
        pool_high=f"{pool.high if pool.high is not None else pool.value:g}",
        arms=arm_lines(scenario),
        more=f"{staffing_of(scenario.baseline).offender_managers + 1:g}",
    )


def arm_lines(scenario: Scenario) -> str:
    """The scheme's funding choices, so that their figures can be changed with those of the programme."""
    lines = []
    for arm in scenario.arms:
        changes = ", ".join(f"{name}: {json.dumps(value)}" for name, value in arm.stated.items())
        lines += [
            f"  {arm.name}:",
            f"    title: {json.dumps(arm.title, ensure_ascii=False)}",
            f"    why: {json.dumps(arm.why, ensure_ascii=False)}",
            f"    changes: {{{changes}}}",
        ]
    return "\n".join(lines)


def cohort_lines(scenario: Scenario) -> str:
    """The cohort rows, so that they can be edited in place."""
    lines = []
    for row in scenario.cohort:
        named = [f"area: {row.area}"] if row.area else []
        named += [f"cohort: {row.cohort}"] if row.cohort else []
        inside = [
            *(named or ["area: all"]),
            f"people: {row.people}",
            f"offence_mix: {row.offence_mix}",
            f"priority: {row.priority}",
        ]
        lines += [("    " if number else "  - ") + text for number, text in enumerate(inside)]
        for field in ("statutory_share", "rate_ratio"):
            quantity = getattr(row, field)
            if quantity.standing == "choice":
                continue
            lines.append(
                f"    {field}: {{value: {quantity.value:g}, range: {range_of(quantity)}, "
                f"standing: assumed, why: as in {scenario.name}}}"
            )
    return "\n".join(lines)


def range_of(quantity: Quantity) -> str:
    """The range of a quantity as YAML has it."""
    low = quantity.value if quantity.low is None else quantity.low
    high = quantity.value if quantity.high is None else quantity.high
    return f"[{low:g}, {high:g}]"


def programme_lines(settings: Settings) -> str:
    """The programme's levers with what they mean."""
    staffing = staffing_of(settings)
    lines = [f"  offender_managers: {staffing.offender_managers:g}    # {LEVERS['programme.offender_managers'].help}"]
    for name, field in LEVERS.items():
        section, _, inner = name.partition(".")
        value = settings.levers.get(name)
        if section != "programme" or inner in ("offender_managers", "places", "yearly_budget_gbp") or value is None:
            continue
        shown = str(value).lower() if isinstance(value, bool) else f"{value}"
        allowed = f" ({' | '.join(field.allowed)})" if field.allowed else ""
        lines.append(f"  {inner}: {shown}    # {field.help}{allowed}")
    return "\n".join(lines)
