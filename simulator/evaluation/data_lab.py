"""The figures of the two Data Lab reports from simulated people: tables 1 to 8 of Leeds, 1 to 7 of Southwark."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

import numpy as np

from simulator.closed_forms import error_of
from simulator.evaluation.lines import Line, line_of
from simulator.evaluation.matched import OVER_12_WEEKS, Followed, measures_of
from simulator.evidence import Figure, Report

# Measures by table; {row} is what stands between analysis and group. Southwark's tables 4 and 5 are by mode of trial, which
# the model has not; its table 6 prints shares.
TABLES: Mapping[str, Mapping[int, str]] = {
    "leeds_2017": {
        1: "rate", 2: "frequency", 3: "days_to_first", 4: "{row}_rate", 5: "{row}_frequency", 6: "{row}",
        7: "custodial_rate", 8: "custodial_frequency",
    },
    "southwark_2018": {
        1: "rate", 2: "frequency", 3: "days_to_first", 6: "custodial_rate", 7: "custodial_frequency",
    },
}  # fmt: skip
KEY_FINDINGS = {
    "reoffenders_per_100": "rate", "reoffenders_difference": "rate", "reoffences_per_100": "frequency",
    "reoffences_difference": "frequency", "days_to_first": "days_to_first", "days_difference": "days_to_first",
}  # fmt: skip
GROUPS = ("treatment", "comparison")
TABLE = re.compile(
    r"table_(?P<table>\d)\.(?P<analysis>[a-z0-9_]+?)(?:\.(?P<row>[a-z0-9_]+))?"
    r"\.(?P<group>treatment|comparison|difference)(?P<rest>_.*)?"
)
PROTOCOL = "matched comparison, one year"


class Place(NamedTuple):
    """What a figure is of: a measure of one group, or of the difference, in one analysis."""

    measure: str
    group: str
    analysis: str


def place_of(report: str, name: str) -> Place | None:
    """What a figure of a Data Lab report is of; None for what is not simulated."""
    found = TABLE.fullmatch(name)
    if found and found["rest"] != "_n":
        measure = TABLES[report].get(int(found["table"]), "")
        return Place(measure.format(row=found["row"]), found["group"], found["analysis"]) if measure else None
    section, _, rest = name.partition(".")
    if section == "key_findings":
        group = next((group for group in GROUPS if rest.startswith(group)), "difference")
        measure = KEY_FINDINGS.get(rest.removeprefix(f"{group}_"), "")
        return Place(measure, group, "") if measure else None
    return None


def figure_scale(figure: Figure, measure: str) -> float:
    """Figure units in one unit of the measure: shares, and numbers per 100 people or reoffenders."""
    if figure.unit == "share":
        return 0.01
    return 100.0 if "per 100" in figure.unit and measure != "rate" else 1.0


def is_over_12_weeks(analysis: str) -> bool:
    """Whether an analysis has only people who took part for more than twelve weeks."""
    return analysis.startswith("over_12")


def groups_of(treated: Followed, comparison: Followed) -> dict[tuple[str, bool], dict[str, float]]:
    """Measures of both groups, of everybody and of those over twelve weeks on the scheme.

    In the comparison group, those who would have been: the same people without its effect.
    """
    found = {}
    for group, people in zip(GROUPS, (treated, comparison), strict=True):
        found[group, False] = measures_of(people)
        found[group, True] = measures_of(people.only(np.flatnonzero(people.stay_years > OVER_12_WEEKS)))
    return found


def published_error(report: Report, name: str) -> float | None:
    """The standard error behind the published interval of the difference that a figure belongs to."""
    own = report.figures[name]
    if own.low is None:
        section, _, rest = name.rpartition(".")
        pair = f"{section}.difference"
        if section == "key_findings":
            kind = KEY_FINDINGS[rest.partition("_")[2]]
            pair = next(
                f"key_findings.{each}" for each, measure in KEY_FINDINGS.items()
                if measure == kind and each.endswith("difference")
            )  # fmt: skip
        own = report.figures.get(pair, own)
    return error_of(own.low, own.high) if own.low is not None and own.high is not None else None


def data_lab_lines(report: Report, treated: Followed, comparison: Followed, fitted: Collection[str] = ()) -> list[Line]:
    """Every simulated figure of a Data Lab report, in the report's own units."""
    groups = groups_of(treated, comparison)
    lines = []
    for name, figure in report.figures.items():
        place = place_of(report.source, name)
        if place is None:
            continue
        long = is_over_12_weeks(place.analysis)
        sides = [groups[group, long][place.measure] for group in GROUPS]
        value = sides[0] - sides[1] if place.group == "difference" else sides[GROUPS.index(place.group)]
        value *= figure_scale(figure, place.measure)
        lines.append(line_of(figure, PROTOCOL, value, published_error(report, name), fitted))
    return [*lines, *spread_lines(report, treated, groups, fitted)]


def spread_lines(
    report: Report,
    treated: Followed,
    groups: Mapping[tuple[str, bool], Mapping[str, float]],
    fitted: Collection[str],
) -> list[Line]:
    """The spread of offences and of days among the treated that the published intervals imply: predicted, never fitted.

    A standard deviation is the error of the interval times the root of the number of people, or of reoffenders.
    """
    analysis = "overall_national" if report.source == "leeds_2017" else "national"
    per_100, days = "key_findings.reoffences_difference", f"table_3.{analysis}.difference"
    lines = []
    for name, count, measure, scale in (
        (per_100, f"table_1.{analysis}.treatment_n", "standard_deviation_of_offences", 100.0),
        (days, f"table_3.{analysis}.treatment_n", "standard_deviation_of_days", 1.0),
    ):
        figure, people = report.figures[name], report.figures[count].value
        error = published_error(report, name)
        assert error is not None
        implied = error * math.sqrt(people) / scale
        simulated = groups["treatment", False][measure]
        own = implied / math.sqrt(2.0 * people)  # of a standard deviation, were the numbers normal
        lines.append(
            Line(
                report.source, f"{figure.name} (implied {measure.replace('_', ' ')})", PROTOCOL, implied, simulated, own,
                (simulated - implied) / own, "predicted",
            )
        )  # fmt: skip
    return lines
