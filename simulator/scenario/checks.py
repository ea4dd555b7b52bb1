"""What no value of a scenario can show by itself: values that do not fit together."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from simulator.quantities import Quantity
from simulator.scenario.fields import PLACES_FROM
from simulator.scenario.records import CohortRow, Settings
from simulator.tables import Reader

# A pool that would take hours and all the memory there is. England and Wales has some 250,000 people on probation.
MOST_PEOPLE = 1_000_000
PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def check_together(reader: Reader, settings: Settings, programme_costs: Sequence[str]) -> None:
    """Places, custody chances, costs and dates of the programme."""
    check_places(reader, settings)
    chance = max(settings.value("population.first_custody_chance"), settings.value("population.later_custody_chance"))
    ratio = settings.ratio("custody_ratio")
    if chance * ratio > 1.0:
        reader.problem("effect", f"custody chance {chance:g} times custody_ratio {ratio:g} is above 1")
    if settings.value("programme.start_delay_days") > 0.0 and settings.ratio("detection_ratio") != 1.0:
        reader.problem(
            "programme",
            "start_delay_days and a detection_ratio other than 1 cannot be used together: offences of people whose effect "
            "has not begun would be adjusted too",
            "Leave one of them out.",
        )
    free = all(settings.value(f"costs.{name}") == 0.0 for name in programme_costs)
    if settings.flag("programme.open") and free:
        reader.problem(
            "programme", "places without cost: every programme cost is zero", "State at least one under costs:."
        )


def check_places(reader: Reader, settings: Settings) -> None:
    """One way of saying how many places, and an end that comes after the start."""
    programme = reader.at("programme")
    given = [name for name in PLACES_FROM if settings.levers[name] is not None]
    if programme.present and settings.flag("programme.open") and len(given) != 1:
        said = " and ".join(given) if given else "none of them is given"
        programme.problem(
            None, "give places, or offender_managers, or yearly_budget_gbp, one of the three", f"Here: {said}."
        )
    start, end = settings.optional("programme.start_year"), settings.optional("programme.ends_after_years")
    if start is not None and end is not None and end <= start:
        programme.problem(
            "ends_after_years",
            f"the scheme would end after {end:g} years and start after {start:g}",
            "Both count from t = 0. For no scheme at all, set open: false.",
        )


def check_horizon(reader: Reader, settings: Settings) -> None:
    """A start or an end beyond the appraised years would do nothing."""
    years = settings.value("appraisal.horizon_years")
    programme = reader.at("programme")
    start, end = settings.optional("programme.start_year"), settings.optional("programme.ends_after_years")
    if start is not None and start >= years:
        programme.problem(
            "start_year",
            f"the scheme would start after {start:g} years, and {years:g} are appraised",
            "Appraise more years (appraisal.horizon_years), or start sooner.",
        )
    if end is not None and end > years:
        programme.problem(
            "ends_after_years",
            f"the scheme would end after {end:g} years, and {years:g} are appraised",
            "Leave it out, or appraise more years (appraisal.horizon_years).",
        )


def check_price_years(
    reader: Reader,
    settings: Settings,
    costs: Mapping[str, Quantity],
    table_years: Mapping[str, str],
    price_factor: Callable[[str, str], float],
) -> None:
    """Price base and price years for which there is a deflator."""
    table_year = table_years[settings.text("appraisal.cost_table")]
    base = str(settings.levers["appraisal.price_base"] or table_year)
    wrong = no_deflator(table_year, base, price_factor)
    if wrong:
        reader.at("appraisal").problem("price_base", wrong)
        base = table_year
    section = reader.at("costs", required=False)
    for name, cost in costs.items():
        wrong = no_deflator(str(cost.price_year), base, price_factor)
        if wrong and section.has(name):
            section.problem(name, wrong)


def no_deflator(from_year: str, to_year: str, price_factor: Callable[[str, str], float]) -> str:
    """Why money cannot be brought from one year to the other; empty when it can."""
    try:
        price_factor(from_year, to_year)
    except ValueError as error:
        said = str(error).rstrip(".")
        return said[:1].lower() + said[1:]
    return ""


def check_cohort(reader: Reader, rows: Sequence[CohortRow], pool_per_place: float) -> None:
    """Rows that can be told apart, and a pool that a computer can hold."""
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        if row.name in seen:
            reader.problem(
                "cohort",
                f"rows {seen[row.name]} and {number} are both '{row.name}'",
                "Give each row an area and cohort of its own, or add the people up.",
            )
        seen.setdefault(row.name, number)
    people = sum(row.people for row in rows) * pool_per_place
    if people > MOST_PEOPLE:
        reader.problem(
            "cohort", f"{people:,.0f} people, with population.pool_per_place; at most {MOST_PEOPLE:,} can be simulated"
        )
    if rows and not people and not len(reader.problems):
        reader.problem("cohort", "nobody is in the cohort: every row has people: 0")


def name_fault(name: str) -> str:
    """What is wrong with the name of an arm; empty when nothing is."""
    if PLAIN_NAME.fullmatch(name):
        return ""
    return f"'{name}' cannot be typed as scheme:arm: use letters, digits, - and _ only"
