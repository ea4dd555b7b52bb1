"""What a name means to ``explain``: a published figure, an input of a scheme, or a result of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from simulator.appraisal.library import Library
from simulator.appraisal.loading import load
from simulator.report.cautions import of_no_arms
from simulator.report.explanation import catalogue_of_everything
from simulator.report.inputs import inputs_of
from simulator.scenario.layers import scheme_names
from simulator.scenario.records import Scenario
from simulator.tables import InputProblems, Problem, did_you_mean

DEFAULT = "bedfordshire"  # as compare without arguments
RESULTS = (
    "npsv_gbp", "benefit_gbp", "programme_cost_gbp", "benefit_per_pound", "npsv_interval", "payback_year", "crimes",
    "proven_offences", "arrests", "custody_days", "people_reoffending", "managed_person_years", "selections", "by_year",
    "by_agency", "by_kind", "by_offence_type", "by_line", "break_even", "cost_per_managed_person_year_gbp",
    "cost_per_proven_reoffence_prevented_gbp", "denominator", "simulation_interval", "npsv_with_health_discounting_gbp",
)  # fmt: skip
DOCUMENT = "comparison."
ARMS = "arms."


class Meant(NamedTuple):
    """What a name means. ``row`` is the name of an input, ``path`` that of a result within a comparison; one is empty."""

    scenario: Scenario
    library: Library
    row: str = ""
    arm: str = ""
    path: str = ""


def scheme_of(name: str, scenario: str | None) -> tuple[str, str]:
    """The scheme or file that a name speaks of, and the rest of the name.

    A name that begins with no scheme is of the scenario asked for, else of the one that compare takes by itself.
    """
    first, _, rest = name.partition(".")
    if scenario is not None:
        own = scenario.rpartition("/")[2].removesuffix(".yaml")
        return scenario, rest if first == own and rest else name
    return (first, rest) if first in scheme_names() and rest else (DEFAULT, name)


def meaning_of(name: str, scenario: str | None, settings: Sequence[str]) -> Meant:
    """What a name means within a scheme.

    Raises InputProblems, with the nearest names, where it is neither an input nor a result.
    """
    scheme, rest = scheme_of(name, scenario)
    rest = rest.removeprefix(DOCUMENT)
    (read,), library = load([scheme], settings)
    rows = [row["name"] for row in inputs_of(of_no_arms(read, library))]
    row = row_named(rest.removeprefix("inputs."), rows)
    if row:
        return Meant(read, library, row=row)
    arms = [arm.name for arm in read.arms]
    arm, _, field = rest.removeprefix(ARMS).partition(".")
    if arm in arms and field:
        return Meant(only(read, scheme, settings, arm), library, arm=arm, path=f"arms.{arm}.{field}")
    if rest.startswith("alternatives."):
        return Meant(read, library, path=rest)
    raise InputProblems([unknown(name, rest, rows, read)])


def only(read: Scenario, scheme: str, settings: Sequence[str], arm: str) -> Scenario:
    """The scenario with one arm and its comparator: all that a result of that arm needs."""
    base = read.baseline.text("appraisal.comparator")
    other = next(each.name for each in read.arms if each.name != base) if arm == base else arm
    (found,), _ = load([f"{scheme}:{other}"], settings)
    return found


def row_named(name: str, rows: Sequence[str]) -> str:
    """The input of a name; a scheme's own cost goes by the name of its price, and the other way round."""
    for each in (name, name.replace("costs.", "programme.", 1), name.replace("programme.", "costs.", 1)):
        if each in rows:
            return each
    return ""


def unknown(name: str, rest: str, rows: Sequence[str], read: Scenario) -> Problem:
    """What to say of a name that means nothing: the nearest figures, inputs and results."""
    arm = rest.partition(".")[0]
    results = [f"{read.name}.{each.name}.{field}" for each in read.arms for field in RESULTS]
    inputs = [f"{read.name}.{row}" for row in rows]
    known = [*catalogue_of_everything(), *results, *inputs, *rows]
    short = [each for each in known if abs(len(each) - len(name)) <= max(3, len(name) // 3)]
    arms = [each.name for each in read.arms]
    fallback = f"Arms of {read.name}: {', '.join(arms)}. `python run.py list figures` prints every figure."
    hint = did_you_mean(name, short) or (did_you_mean(arm, arms) if arm else "") or fallback
    return Problem("explain", 0, 0, f"there is no figure, input or result named '{name}'", hint)
