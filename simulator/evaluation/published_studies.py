"""The Data Lab's own two studies as plans: how many people it said it needed, and what its 142 and 71 could have seen."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import product
from typing import NamedTuple

from simulator.closed_forms import error_of, power_of, sample_size
from simulator.evaluation.studies import DAYS, FREQUENCY, MEASURES, RATE, Measure, Setting, Study, by_formula
from simulator.evidence import Report

ANALYSES = {"leeds_2017": "overall_national", "southwark_2018": "national"}
IMPLIED_POWER = 0.95  # at which both required sample sizes come out
HALF_A_UNIT = 0.05  # rates are printed to a tenth of a point


class Printed(NamedTuple):
    """One measure of a published study, in the measure's unit, with the printed interval of the difference."""

    treatment: float
    comparison: float
    low: float
    high: float


def printed(report: Report, measure: Measure) -> Printed:
    """The headline figures of a Data Lab report. Raises KeyError for a report that is not one."""
    table = f"table_{{}}.{ANALYSES[report.source]}."
    treatment, comparison, difference = {
        RATE: [table.format(1) + each for each in ("treatment_rate", "comparison_rate", "difference")],
        FREQUENCY: [f"key_findings.{each}" for each in (
            "treatment_reoffences_per_100", "comparison_reoffences_per_100", "reoffences_difference")],
        DAYS: [table.format(3) + each for each in ("treatment_days_to_first", "comparison_days_to_first", "difference")],
    }[measure]  # fmt: skip
    figures = report.figures
    low, high = figures[difference].low, figures[difference].high
    assert low is not None and high is not None
    return Printed(figures[treatment].value, figures[comparison].value, low, high)


def people_analysed(report: Report) -> int:
    """People in the treatment group."""
    return int(report.figures["key_findings.people_analysed"].value)


def people_submitted(report: Report) -> int:
    """People whose records a scheme sent in, analysed or not."""
    if "key_findings.records_submitted" in report.figures:
        return int(report.figures["key_findings.records_submitted"].value)
    return people_analysed(report) + int(report.figures["key_findings.people_not_analysed"].value)


def reoffenders_share(report: Report) -> float:
    """Share of the treatment group that has days to first reoffence."""
    count = report.figures[f"table_3.{ANALYSES[report.source]}.treatment_n"].value
    return count / people_analysed(report)


def printed_setting(report: Report, measure: Measure) -> Setting:
    """What the study looked into. The spread is that of the rates, for other measures what the printed interval implies."""
    found = printed(report, measure)
    counted = reoffenders_share(report) if measure is DAYS else 1.0
    spread = error_of(found.low, found.high) * math.sqrt(people_analysed(report) * counted)
    if measure is RATE:
        mean_rate = (found.treatment + found.comparison) / 200.0
        spread = 100.0 * math.sqrt(mean_rate * (1.0 - mean_rate))
    return Setting(measure, found.comparison, found.treatment - found.comparison, spread, counted)


def rounded_from(report: Report) -> list[tuple[float, float]]:
    """Difference and mean of the rates, as shares, at every end of what the two printed rates may have been."""
    found = printed(report, RATE)
    ends = product((found.treatment - HALF_A_UNIT, found.treatment + HALF_A_UNIT),
                   (found.comparison - HALF_A_UNIT, found.comparison + HALF_A_UNIT))  # fmt: skip
    return [((one - other) / 100.0, (one + other) / 200.0) for one, other in ends]


def needed_study(report: Report) -> Study:
    """The required sample size that the report prints, with the power it implies and the size that the formula gives."""
    n = int(report.figures["key_findings.people_needed"].value)
    ends = rounded_from(report)
    powers = [power_of(n, difference, mean_rate) for difference, mean_rate in ends]
    sizes = [math.ceil(sample_size(difference, mean_rate, IMPLIED_POWER)) for difference, mean_rate in ends]
    plan = by_formula("", printed_setting(report, RATE), n, IMPLIED_POWER)
    return plan._replace(
        design=f"Justice Data Lab, {report.source}: people needed for the {RATE.title}",
        power_range=(min(powers), max(powers)),
        required_n_range=(min(sizes), max(sizes)),
    )


def seen_study(report: Report, measure: Measure, power: float) -> Study:
    """What a study of the published size tells of a difference like the one it reported, and what it could have seen."""
    plan = by_formula("", printed_setting(report, measure), people_analysed(report), power)
    return plan._replace(design=f"Justice Data Lab, {report.source}: {measure.title}")


def published_studies(reports: Mapping[str, Report], power: float) -> list[Study]:
    """Both studies: the people that each said it needed, then each measure with the people it had."""
    return [
        study
        for name in ANALYSES
        for study in (needed_study(reports[name]), *(seen_study(reports[name], each, power) for each in MEASURES))
    ]
