"""The two matched comparisons as fitting problems: rates from the comparison group, the effect from the differences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from simulator.calibration.problems import Borrowed, Measures, Problem, Target
from simulator.closed_forms import error_of
from simulator.evaluation.lives import over_replications
from simulator.evaluation.matched import YEARS, Followed, followed, index_rows, joined, measures_of
from simulator.evidence import Figure, Report
from simulator.model.rates import Rates
from simulator.model.records import get
from simulator.rates import with_values

RATES = ("occasions_per_year", "frailty_shape", "offences_per_occasion", "later_custody_chance")
# A frailty exponent, free as well, runs off to nought with an error beyond any use: held at 1, shown as an alternative.
EFFECT = {"occasions_ratio": 0.9, "custody_ratio": 0.85}
# The shape is held loosely, to a factor of four either way, near that of an index cohort by closed form: always active
# people chosen by their arrests meet no figures but those of a pool in which next to nobody ever offends.
LOOSE = {"frailty_shape": 0.7}


class Study(NamedTuple):
    """Names of the headline figures of a Data Lab report, by measure."""

    report: str
    figures: Mapping[str, str]  # measure: figure with {group} for treatment, comparison or difference
    intervals: Mapping[str, str]  # measure: the figure whose interval has the most digits


LEEDS = Study(
    "leeds_2017",
    {
        "rate": "table_1.overall_national.{group}_rate",
        "frequency": "table_2.overall_national.{group}_frequency",
        "days_to_first": "table_3.overall_national.{group}_days_to_first",
        "custodial_frequency": "table_8.overall_national.{group}_custodial_frequency",
    },
    {
        "rate": "table_1.overall_national.difference",
        "frequency": "key_findings.reoffences_difference",
        "days_to_first": "table_3.overall_national.difference",
        "custodial_frequency": "table_8.overall_national.difference",
    },
)
SOUTHWARK = Study(
    "southwark_2018",
    {
        "rate": "table_1.national.{group}_rate",
        "frequency": "key_findings.{group}_reoffences_per_100",
        "days_to_first": "table_3.national.{group}_days_to_first",
        "custodial_frequency": "table_7.national.{group}_custodial_frequency",
    },
    {
        "rate": "table_1.national.difference",
        "frequency": "key_findings.reoffences_difference",
        "days_to_first": "table_3.national.difference",
        "custodial_frequency": "table_7.national.difference",
    },
)
STUDIES = {"leeds": LEEDS, "southwark": SOUTHWARK}


def scale_of(figure: Figure) -> float:
    """What a figure has to be divided by to be per person or per reoffender."""
    return 100.0 if "per 100" in figure.unit or "100 people" in figure.unit else 1.0


def in_measure_units(report: Report, name: str) -> float:
    """A reported figure, per person or per reoffender."""
    figure = report.figures[name]
    return figure.value / scale_of(figure)


def standard_error(report: Report, study: Study, measure: str) -> float:
    """The error behind the published interval of the difference.

    It is that of the treated group; how well the comparison group is matched is not reported, so the same error stands
    for what people like the treated would have done without the scheme.
    """
    figure = report.figures[study.intervals[measure]]
    assert figure.low is not None and figure.high is not None
    return error_of(figure.low, figure.high) / scale_of(figure)


def targets_of(report: Report, study: Study, group: str) -> tuple[Target, ...]:
    """The headline figures of one group as targets; ``difference`` is treatment less comparison."""
    found = []
    for measure, pattern in study.figures.items():
        name = pattern.format(group="treatment" if group == "difference" else group)
        value = in_measure_units(report, name)
        if group == "difference":
            value -= in_measure_units(report, pattern.format(group="comparison"))
        found.append(Target(f"{study.report}.{name}", measure, value, standard_error(report, study, measure)))
    return tuple(found)


def people_followed(rates: Rates, seed: int, replications: int) -> Followed:
    """Everybody followed in all replications."""
    return joined(over_replications(lambda lives: followed(lives, index_rows(lives)), rates, YEARS, seed, replications))


def comparison_problem(report: Report, study: Study, rates: Rates, seed: int, replications: int) -> Problem:
    """The rates under which people on the scheme, without its effect, do what the comparison group did."""

    def measures_at(values: Mapping[str, float]) -> Measures:
        return measures_of(people_followed(with_values(rates, values), seed, replications))

    start = {name: float(get(rates.values, 0, name)) for name in RATES}
    held = {name: Borrowed(start[name], error) for name, error in LOOSE.items()}
    return Problem(start, held, targets_of(report, study, "comparison"), measures_at)


def effect_problem(report: Report, study: Study, rates: Rates, base: Measures, seed: int, replications: int) -> Problem:
    """The effect under which the same people differ from ``base``, themselves without it, as the report's groups do."""

    def measures_at(values: Mapping[str, float]) -> Measures:
        treated = measures_of(people_followed(with_values(rates, values), seed, replications))
        return {name: treated[name] - base[name] for name in treated}

    return Problem(EFFECT, {}, targets_of(report, study, "difference"), measures_at)
