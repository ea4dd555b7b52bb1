"""Figures of the two Data Lab reports beside the measures that they are of."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from matched_worlds import people_of, people_of_custody

from simulator.evaluation.data_lab import data_lab_lines, place_of
from simulator.evaluation.matched import (
    measures_of,
    standard_errors_of,
)
from simulator.evidence import load_reports
from simulator.places import data_folder


def test_errors_of_a_study_are_those_of_samples_of_its_size() -> None:
    everybody, luck = people_of(), np.random.default_rng(1)
    errors = standard_errors_of(everybody, 142)
    samples = [measures_of(everybody.only(luck.integers(0, everybody.people, 142))) for _ in range(400)]
    for name in ("rate", "frequency", "days_to_first"):
        assert np.std([each[name] for each in samples]) == pytest.approx(errors[name], rel=0.1)


@pytest.mark.parametrize(
    ("name", "measure", "group_", "scale"),
    [
        ("table_1.overall_national.treatment_rate", "rate", "treatment", 1.0),
        ("table_2.over_12_week_regional.comparison_frequency", "frequency", "comparison", 1.0),
        ("table_1.over_12_week_national.treatment_rate", "rate", "treatment", 1.0),
        ("key_findings.reoffences_difference", "frequency", "difference", 100.0),
        ("key_findings.treatment_reoffenders_per_100", "rate", "treatment", 1.0),
        ("table_4.overall_national.tier_2.comparison_rate", "tier_2_rate", "comparison", 1.0),
        ("table_6.overall_national.more_severe.difference", "more_severe", "difference", 1.0),
        ("table_8.overall_national.treatment_custodial_frequency", "custodial_frequency", "treatment", 1.0),
    ],
)
def test_a_figure_stands_beside_its_own_measure_in_its_own_unit(
    name: str, measure: str, group_: str, scale: float
) -> None:
    report = load_reports(data_folder("evidence"))["leeds_2017"]
    place = place_of("leeds_2017", name)
    assert place is not None
    assert place[:2] == (measure, group_)
    people = people_of_custody(0.5)
    long = np.arange(people.people) % 3 > 0
    treated = people._replace(stay_years=np.where(long, 1.0, 0.1))
    comparison = people_of_custody(1.0)
    lines = {line.figure: line for line in data_lab_lines(report, treated, comparison, [f"leeds_2017.{name}"])}
    line = lines[f"leeds_2017.{name}"]
    twelve = "over_12" in name
    here = {
        "treatment": measures_of(treated.only(np.flatnonzero(long)) if twelve else treated)[measure],
        "comparison": measures_of(comparison)[measure],
    }
    expected = here["treatment"] - here["comparison"] if group_ == "difference" else here[group_]
    assert line.simulated == pytest.approx(scale * expected)
    assert line.role == "fitted"
    assert lines["leeds_2017.table_7.overall_national.difference"].role == "predicted"
    assert line.standard_error is not None
    assert line.miss_in_standard_errors == pytest.approx((line.simulated - line.reported) / line.standard_error)


def test_southwarks_shares_and_numbers_per_100_are_in_its_own_units() -> None:
    report = load_reports(data_folder("evidence"))["southwark_2018"]
    people = people_of_custody(1.0)
    lines = {line.figure.partition(".")[2]: line for line in data_lab_lines(report, people, people)}
    measures = measures_of(people)
    share, per_100 = (
        lines["table_6.national.treatment_custodial_share"],
        lines["table_7.national.treatment_custodial_frequency"],
    )
    assert share.simulated == pytest.approx(measures["custodial_rate"] / 100.0)
    assert per_100.simulated == pytest.approx(100.0 * measures["custodial_frequency"])
    assert not any(
        name.startswith(("table_4", "table_5")) for name in lines
    )  # by mode of trial, which the model has not


def test_the_spread_that_an_interval_implies_is_its_error_times_the_root_of_the_number() -> None:
    report = load_reports(data_folder("evidence"))["leeds_2017"]
    people = people_of_custody(1.0)
    lines = {line.figure: line for line in data_lab_lines(report, people, people)}
    line = lines["leeds_2017.key_findings.reoffences_difference (implied standard deviation of offences)"]
    figure = report.figures["key_findings.reoffences_difference"]
    assert (figure.low, figure.high) == (-55, 40)
    assert line.reported == pytest.approx(95.0 / (2 * 1.959964) / 100.0 * math.sqrt(142), rel=1e-5)
    assert line.reported == pytest.approx(2.89, abs=0.005)
    assert line.simulated == pytest.approx(people.offences.std())


def test_a_changed_report_has_changed_errors() -> None:
    report = load_reports(data_folder("evidence"))["leeds_2017"]
    name = "table_1.overall_national.difference"
    wide = replace(report.figures[name], low=-20.0, high=28.4)
    changed = replace(report, figures={**report.figures, name: wide})
    people = people_of_custody(1.0)
    before, after = (
        {line.figure: line for line in data_lab_lines(each, people, people)}["leeds_2017." + name]
        for each in (report, changed)
    )
    assert before.standard_error is not None
    assert after.standard_error == pytest.approx(48.4 / (2 * 1.959964), rel=1e-5)
    assert before.simulated == after.simulated
