"""Figures of the before/after reports from a handful of made-up people."""

from __future__ import annotations

import functools
import math

import numpy as np
import pytest

from simulator.evaluation import before_after
from simulator.evaluation.before_after import (
    Windows,
)
from simulator.evaluation.before_after_lines import (
    bedfordshire_values,
    before_after_lines,
    percent_fall,
    sampling_errors,
)
from simulator.evaluation.before_after_reports import LOOKED
from simulator.evidence import load_reports
from simulator.places import data_folder


@functools.cache
def made() -> Windows:
    """Four people in every number: fewer, as many and more offences; one burglar before, another after."""
    columns = {
        "group": [0, 0, 1, 1],
        "before": [4, 2, 1, 0],
        "after": [1, 2, 3, 0],
        "occasions_before": [2, 1, 1, 0],
        "occasions_after": [1, 1, 2, 0],
        "burglaries_before": [2, 0, 1, 0],
        "burglaries_after": [0, 0, 1, 0],
        "lost": [0, 0, 0, 0],
        "any_after": [1, 0, 1, 0],
        "lost_before": [0, 0, 0, 0],
    }
    return Windows(*(np.array(columns[name], float) for name in Windows._fields))


def test_bedfordshires_figures_from_four_people() -> None:
    report = load_reports(data_folder("evidence"))["bedfordshire_2019"]
    lines = bedfordshire_values(report, made(), "total")
    people = report.figures["figure_1.total.cohort"].value
    expected = {
        "figure_1.total.before": 7 / 4 * people,
        "figure_1.total.after": 6 / 4 * people,
        "figure_1.total.decrease": 1 / 4 * people,
        "figure_1.total.decrease_percent": 100 / 7,
        "figure_2.total.reoffenders_before": 3 / 4 * people,
        "figure_2.total.reoffenders_after": 2 / 4 * people,
        "figure_2.total.reduced_or_stopped": 1 / 4 * people,
        "figure_3.total.historic_burglars": 2 / 4 * people,
        "figure_3.total.before": 3 / 4 * people,
        "figure_3.total.after": 1 / 4 * people,
        "figure_4.total.reoffenders_after": 1 / 4 * people,
        "figure_4.total.reduced_or_stopped_percent": 50.0,
        "text.no_change": 50.0,
        "text.increased": 25.0,
    }
    for name, value in expected.items():
        assert lines[name] == pytest.approx(value), name


def test_new_burglars_are_left_out_of_burglaries_and_counted_apart() -> None:
    people = made()._replace(burglaries_after=np.array([0.0, 3.0, 1.0, 0.0]))
    report = load_reports(data_folder("evidence"))["bedfordshire_2019"]
    found = bedfordshire_values(report, people, "total")
    people_there = report.figures["figure_1.total.cohort"].value
    assert found["figure_3.total.after"] == pytest.approx(people_there / 4)
    assert found["text.new_burglars"] == pytest.approx(people_there / 4)
    assert found["text.new_burglars_burglaries"] == pytest.approx(3 * people_there / 4)


def test_leicestershires_rows_are_its_cohorts() -> None:
    report = load_reports(data_folder("evidence"))["leicestershire_2016"]
    lines = {line.figure.rpartition(".reoffending.")[2]: line
             for line in before_after_lines(report, made(), ("Priority", "Enhanced"), "p")}  # fmt: skip
    priority = report.figures["reoffending.priority.offenders"].value
    assert lines["priority.before"].simulated == pytest.approx(3.0 * priority)
    assert lines["enhanced.after"].simulated == pytest.approx(
        1.5 * report.figures["reoffending.enhanced.offenders"].value
    )
    assert lines["overall.change_percent"].simulated == pytest.approx(-100 / 7)
    assert lines["priority.before"].role == "predicted"


def test_sussexs_figures_are_of_convictions() -> None:
    report = load_reports(data_folder("evidence"))["sussex_2013"]
    lines = {line.figure: line.simulated for line in before_after_lines(report, made(), ("One", "Other"), "p")}
    assert lines["sussex_2013.reconvicted.before"] == 75.0
    assert lines["sussex_2013.convictions.before"] == 1.0
    assert lines["sussex_2013.convictions.after"] == 1.0


def test_errors_are_those_of_samples_of_the_reports_size() -> None:
    luck = np.random.default_rng(3)
    counts = luck.poisson(2.0, 5000).astype(float)
    people = Windows(*(counts if name == "before" else np.zeros(5000) for name in Windows._fields))
    errors = sampling_errors(lambda sample: {"total": float(sample.before.sum())}, people, 50)
    assert errors["total"] == pytest.approx(math.sqrt(50 * 2.0), rel=0.1)
    assert errors == sampling_errors(lambda sample: {"total": float(sample.before.sum())}, people, 50)


def test_a_fall_from_nothing_is_none() -> None:
    assert percent_fall(0.0, 3.0) == 0.0
    assert percent_fall(4.0, 1.0) == 75.0
    assert percent_fall(2.0, 3.0) == -50.0


def test_every_shipped_protocol_is_one_of_these() -> None:
    assert {name: looked.protocol for name, looked in LOOKED.items()} == {
        "bedfordshire": before_after.bedfordshire,
        "leicestershire": before_after.leicestershire,
        "sussex": before_after.sussex,
    }
