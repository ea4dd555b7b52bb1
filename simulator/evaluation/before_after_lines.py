"""The figures of the before/after reports from simulated people, scaled to as many people as the report had."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import numpy as np

from simulator.evaluation.before_after import Windows, somebody
from simulator.evaluation.lines import Line, line_of
from simulator.evaluation.lives import Floats, Lives, Numbers
from simulator.evidence import Figure, Report
from simulator.model.states import CUSTODY

Values = dict[str, float]
AREAS = ("bedford", "luton", "central", "total")
SAMPLES = 400  # at least so many samples of a report's size make a sampling error: known to 4%
SHUFFLE = 20_190_401  # people are dealt to samples by a luck of their own


def percent_fall(before: float, after: float) -> float:
    """A fall in percent of what was before; 0 where nothing was."""
    return 100.0 * (1.0 - after / before) if before else 0.0


def bedfordshire_values(report: Report, people: Windows, area: str) -> Values:
    """Figures 1 to 4 of one area, of as many people as it had."""
    number = report.figures[f"figure_1.{area}.cohort"].value
    burglars = people.burglaries_before > 0.0
    worse, better = people.after > people.before, people.after < people.before
    before, after = number * mean(people.before), number * mean(people.after)
    some, still = number * mean(people.before > 0.0), number * mean(people.any_after)
    had = number * mean(people.burglaries_before)
    have = number * mean(people.burglaries_after * burglars)
    old, again = number * mean(burglars), number * mean(burglars & (people.burglaries_after > 0.0))
    fewer = number * mean(burglars & (people.burglaries_after < people.burglaries_before))
    new = ~burglars & (people.burglaries_after > 0.0)
    values = {
        "figure_1.{}.before": before,
        "figure_1.{}.after": after,
        "figure_1.{}.decrease": before - after,
        "figure_1.{}.decrease_percent": percent_fall(before, after),
        "figure_2.{}.reoffenders_before": some,
        "figure_2.{}.reoffenders_after": still,
        "figure_2.{}.decrease_percent": percent_fall(some, still),
        "figure_2.{}.reduced_or_stopped": number * mean(better),
        "figure_2.{}.reduced_or_stopped_percent": 100.0 * mean(better),
        "figure_3.{}.historic_burglars": old,
        "figure_3.{}.before": had,
        "figure_3.{}.after": have,
        "figure_3.{}.decrease_percent": percent_fall(had, have),
        "figure_4.{}.burglars_before": old,
        "figure_4.{}.reoffenders_after": again,
        "figure_4.{}.decrease_percent": percent_fall(old, again),
        "figure_4.{}.reduced_or_stopped": fewer,
        "figure_4.{}.reduced_or_stopped_percent": 100.0 * fewer / old if old else 0.0,
    }
    found = {name.format(area): value for name, value in values.items()}
    if area == "total":
        found |= {
            "text.fewer_offences": before - after,
            "text.with_prior_offences": some,
            "text.without_prior_offences": number - some,
            "text.decrease_in_reoffenders": percent_fall(some, still),
            "text.reduced_or_stopped": 100.0 * mean(better),
            "text.no_change": 100.0 * mean(~better & ~worse),
            "text.increased": 100.0 * mean(worse),
            "text.new_burglars": number * mean(new),
            "text.new_burglars_burglaries": number * mean(people.burglaries_after * new),
            "text.decrease_in_burglaries": percent_fall(had, have),
            "text.decrease_in_burglary_reoffenders": percent_fall(old, again),
            "text.burglary_reduced_or_stopped": 100.0 * fewer / old if old else 0.0,
        }
    return found


def leicestershire_values(report: Report, people: Windows, row: str) -> Values:
    """The reoffending table's row, of as many people as it had."""
    number = report.figures[f"reoffending.{row}.offenders"].value
    before, after = number * mean(people.before), number * mean(people.after)
    return {
        f"reoffending.{row}.before": before,
        f"reoffending.{row}.after": after,
        f"reoffending.{row}.change_percent": -percent_fall(before, after),
    }


def sussex_values(report: Report, people: Windows, row: str) -> Values:
    """Shares reconvicted and convictions per offender; ``report`` and ``row`` only for likeness with the others."""
    some, still = 100.0 * mean(people.before > 0.0), 100.0 * mean(people.any_after)
    before, after = mean(people.occasions_before), mean(people.occasions_after)
    return {
        "reconvicted.before": some,
        "reconvicted.after": still,
        "reconvicted.reduction": percent_fall(some, still),
        "convictions.before": before,
        "convictions.after": after,
        "convictions.reduction": percent_fall(before, after),
    }


def own_values(report: Report, people: Windows, row: str) -> Values:
    """The figures of a report of one's own; ``row`` only for likeness with the others."""
    number = report.figures["people"].value
    return {
        "before": number * mean(people.before),
        "after": number * mean(people.after),
        "people_before": number * mean(people.before > 0.0),
        "people_after": number * mean(people.any_after),
    }


def mean(values: Numbers) -> float:
    """The mean; 0 of nothing."""
    return float(np.mean(values)) if len(values) else 0.0


def rows_of(source: str, names: tuple[str, ...]) -> dict[str, list[int]]:
    """The rows of a report's tables, each with the cohort groups that belong to it."""
    every = list(range(len(names)))
    if source == "bedfordshire_2019":
        return {area: [n for n in every if area == "total" or names[n].lower().startswith(area)] for area in AREAS}
    if source == "leicestershire_2016":
        return {row: [n for n in every if row in ("overall", names[n].lower())] for row in
                ("priority", "enhanced", "overall")}  # fmt: skip
    return {"all": every}


VALUES: Mapping[str, Callable[[Report, Windows, str], Values]] = {
    "bedfordshire_2019": bedfordshire_values,
    "leicestershire_2016": leicestershire_values,
    "sussex_2013": sussex_values,
}
PEOPLE = {
    "bedfordshire_2019": "figure_1.{}.cohort",
    "leicestershire_2016": "reoffending.{}.offenders",
    "sussex_2013": "reoffending.offenders",
}


def before_after_lines(
    report: Report, people: Windows, groups: tuple[str, ...], protocol: str, fitted: Collection[str] = ()
) -> list[Line]:
    """Every simulated figure of a before/after report; its error is that of samples of the report's size.

    Raises InputProblems when nobody is looked at in a row of the report.
    """
    lines = []
    values_of = VALUES.get(report.source, own_values)
    for row, members in rows_of(report.source, groups).items():
        chosen = somebody(people.only(np.flatnonzero(np.isin(people.group, members))), f"{protocol}: {row}")
        number = int(report.figures[PEOPLE.get(report.source, "people").format(row)].value)
        errors = sampling_errors(lambda sample, row=row: values_of(report, sample, row), chosen, number)  # type: ignore[misc]
        for name, value in values_of(report, chosen, row).items():
            if name in report.figures:
                figure = report.figures[name]
                error = max(errors.get(name, 0.0), people_error(figure, number))
                lines.append(line_of(figure, protocol, value, error, fitted))
    return lines


def people_error(figure: Figure, number: int) -> float:
    """Binomial error of a reported number of people out of ``number``; 0 for other figures.

    Where nearly everybody simulated does a thing, the simulation alone has next to no error.
    """
    if figure.unit != "people" or not 0.0 <= figure.value <= number:
        return 0.0
    return float(np.sqrt(figure.value * (1.0 - figure.value / number)))


def sampling_errors(values_of: Callable[[Windows], Values], people: Windows, number: int) -> Values:
    """Standard deviation of each figure over samples of ``number`` people, drawn from all those simulated."""
    luck = np.random.default_rng(SHUFFLE)
    samples = max(people.people // max(number, 1), SAMPLES)
    found = [values_of(people.only(luck.integers(0, people.people, number))) for _ in range(samples)]
    return {name: float(np.std([each[name] for each in found])) for name in found[0]}


def in_custody(lives: Lives, date: float = 0.0) -> tuple[Floats, Floats]:
    """Of everybody who holds a place on a date: the cohort group, and whether in custody."""
    now = lives.ever(date)
    held = np.isfinite(lives.selected_before(date))
    inside = lives.state_at(now, "justice") == CUSTODY
    return lives.group[held].astype(np.float64), inside[held].astype(np.float64)
