"""Each report's own protocol on simulated people: every published figure that the model can speak of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from simulator.appraisal.library import Library
from simulator.evaluation.before_after_lines import before_after_lines, in_custody
from simulator.evaluation.before_after_reports import Looked, people_looked_at
from simulator.evaluation.data_lab import data_lab_lines
from simulator.evaluation.lines import Line, line_of
from simulator.evaluation.lives import Lives, Whole, over_replications
from simulator.evaluation.matched import (
    YEARS,
    Followed,
    followed,
    index_rows,
    index_rows_before_start,
    joined,
    measures_of,
)
from simulator.evaluation.structures import with_settings
from simulator.evidence import Fit, Report
from simulator.model.rates import Rates
from simulator.rates import rates_of
from simulator.scenario.read import read_scenario

ARM = "as_run"
# Replications that make some ten thousand people of each report's own number.
REPLICATIONS: Mapping[str, int] = {
    "leeds_2017": 100, "southwark_2018": 200, "bedfordshire_2019": 100, "leicestershire_2016": 40, "sussex_2013": 20,
}  # fmt: skip
QUARTERS = {"2015_04_01": -1.0, "2015_07_01": -0.75, "2015_10_01": -0.5, "2016_01_01": -0.25, "2016_03_31": 0.0}
# In custody, at liberty, groups, and years from t = 0, of every day that a report counts.
CUSTODY: Mapping[str, tuple[tuple[str, str, tuple[str, ...], float], ...]] = {
    "bedfordshire_2019": (("cohort.in_custody.total", "cohort.at_liberty.total", (), 0.0),),
    "leicestershire_2016": tuple(
        (f"priority.custody.{day}", f"priority.community.{day}", ("Priority",), date) for day, date in QUARTERS.items()
    ),
}
SNAPSHOT = "who holds a place on the day"


def rates_under(scenario: str, library: Library, settings: Sequence[str]) -> Rates:
    """The scheme as it ran, with some values set."""
    read = read_scenario(scenario, library.known(), settings)
    return rates_of(read, read.arm(ARM), library.offence_types)


def fitted_figures(fit: Fit | None, reading: str = "with_spells") -> set[str]:
    """The figures that a fit had as targets."""
    if fit is None or reading not in fit.readings:
        return set()
    return {target.figure for target in fit.readings[reading].targets if target.role == "fitted"}


def effect_settings(fit: Fit | None, own: str) -> list[str]:
    """The effect of a matched comparison: as the fit found it, else the study's own."""
    ratios = fit.readings["with_spells"].effect if fit is not None and "with_spells" in fit.readings else {}
    return [f"effect={own}", *(f"effect.{name}={each.value!r}" for name, each in ratios.items())]


def matched_lines(
    report: Report, scenario: str, library: Library, fit: Fit | None, seed: int, replications: int
) -> list[Line]:
    """A Data Lab report: people on the scheme, and the same people without its effect."""

    def people(settings: Sequence[str]):  # type: ignore[no-untyped-def]
        rates = rates_under(scenario, library, settings)
        return joined(
            over_replications(lambda lives: followed(lives, index_rows(lives)), rates, YEARS, seed, replications)
        )

    treated, comparison = people(effect_settings(fit, report.source)), people(["effect=none"])
    return data_lab_lines(report, treated, comparison, fitted_figures(fit))


INDEX_GROUPS: Mapping[str, Callable[[Lives], Whole]] = {
    "on the scheme at the index date": index_rows,
    "also taken on within six months, unless they reoffended first": index_rows_before_start,
    "the same with nobody left out": partial(index_rows_before_start, leave_out=False),
}


class Immortal(NamedTuple):
    """Headline measures of the treated under one way of letting people in who started after the index date."""

    who: str
    people: float  # per simulated area
    rate: float
    frequency: float
    days_to_first: float


def immortal_time(
    report: Report, scenario: str, library: Library, fit: Fit | None, seed: int, replications: int
) -> list[Immortal]:
    """What leaving out those who reoffended before they started does to the treated group's figures.

    The Data Lab left out 16 of 158 (Leeds) and 15 of 87 (Southwark).
    """
    rates = rates_under(scenario, library, effect_settings(fit, report.source))
    found = []
    for who, index in INDEX_GROUPS.items():

        def follow(lives: Lives, index: Callable[[Lives], Whole] = index) -> Followed:
            return followed(lives, index(lives))

        people = joined(over_replications(follow, rates, YEARS, seed, replications))
        measures = measures_of(people)
        found.append(
            Immortal(
                who,
                people.people / replications,
                *(measures[key] for key in ("rate", "frequency", "days_to_first")),
            )
        )
    return found


def windows_lines(
    report: Report, looked: Looked, scenario: str, library: Library, fit: Fit | None, seed: int, replications: int
) -> list[Line]:
    """A before/after report, under the scenario's own effect."""
    rates = rates_under(scenario, library, with_settings(looked.settings))
    people = people_looked_at(rates, looked, seed, replications)
    lines = before_after_lines(report, people, rates.group_names, looked.reading, fitted_figures(fit))
    return [*lines, *custody_lines(report, rates, seed, replications)]


def custody_lines(report: Report, rates: Rates, seed: int, replications: int) -> list[Line]:
    """Who of those holding a place is in custody on the day, of as many people as the report counts. Predicted."""
    lines = []
    for inside, outside, groups, date in CUSTODY.get(report.source, ()):
        areas = over_replications(partial(in_custody, date=date), rates, 1, seed, replications)
        members = [n for n, name in enumerate(rates.group_names) if not groups or name in groups]
        shares = np.array([held[np.isin(group, members)].mean() for group, held in areas])
        people = report.figures[inside].value + report.figures[outside].value
        for name, share in ((inside, shares), (outside, 1.0 - shares)):
            lines.append(
                line_of(report.figures[name], SNAPSHOT, people * float(share.mean()), people * float(share.std()), ())
            )
    return lines
