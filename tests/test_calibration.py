"""Known rates found again from simulated reports; fits that are the same from the same seed."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from referees.worlds import NEVER_CALM, world
from small_runs import library, write_scenario

from simulator.calibration.before_after import MODEL_ERROR, before_after_problem
from simulator.calibration.before_after import targets_of as windows_targets
from simulator.calibration.fitting import Solution, solved
from simulator.calibration.matched import (
    LEEDS,
    LOOSE,
    RATES,
    SOUTHWARK,
    comparison_problem,
    effect_problem,
    people_followed,
    targets_of,
)
from simulator.calibration.problems import Borrowed, Measures
from simulator.calibration.schemes import Request, calibrated, inputs_digest
from simulator.evaluation.before_after import leicestershire
from simulator.evaluation.before_after_reports import Looked, looked_of, measures_of, people_looked_at
from simulator.evaluation.matched import measures_of as matched_measures
from simulator.evaluation.matched import standard_errors_of
from simulator.evidence import WITH_SPELLS, Figure, Fit, Parameter, Reading, Report, load_fit, load_reports, write_fit
from simulator.model.rates import Places, Rates
from simulator.places import data_folder
from simulator.quantities import Standing
from simulator.rates import with_values
from simulator.tables import InputProblems

Z_95 = 1.959963984540054
REPORTS = load_reports(data_folder("evidence"))

# --- a report's figures as targets -----------------------------------------------------------------------------------


def test_targets_are_the_headline_figures_in_the_units_of_the_model() -> None:
    leeds = {each.measure: each for each in targets_of(REPORTS["leeds_2017"], LEEDS, "comparison")}
    assert {name: each.reported for name, each in leeds.items()} == {
        "rate": 55.7, "frequency": 2.05, "days_to_first": 130.5, "custodial_frequency": 1.9,
    }  # fmt: skip
    assert leeds["frequency"].standard_error == pytest.approx(0.95 / (2 * Z_95))
    assert leeds["rate"].figure == "leeds_2017.table_1.overall_national.comparison_rate"
    southwark = {each.measure: each for each in targets_of(REPORTS["southwark_2018"], SOUTHWARK, "difference")}
    assert southwark["frequency"].reported == pytest.approx(-0.52)
    assert southwark["custodial_frequency"].reported == pytest.approx(1.159 - 2.223)
    assert southwark["custodial_frequency"].standard_error == pytest.approx(0.2918421, rel=1e-5)
    assert southwark["rate"].reported == pytest.approx(5.5)


# --- known rates from simulated reports ------------------------------------------------------------------------------

PEOPLE, AREAS = 700, 4
STUDIED = 2500  # about as many as are followed in the simulated areas


@functools.cache
def scheme() -> Rates:
    """Everybody ever arrested is held; custody for some weeks; no spells."""
    places = (Places(-3.0, PEOPLE, False),)
    return world(
        PEOPLE, (Places(0.0, PEOPLE, False),), places, **NEVER_CALM, history_years=3.0, occasions_per_year=1.2,
        frailty_shape=1.5, offences_per_occasion=1.8, first_custody_chance=0.4, later_custody_chance=0.4,
        sentence_from_years=[0.1], sentence_to_years=[0.5], arrest_years=1 / 365.25,
    )  # fmt: skip


def figure(name: str, value: float, error: float | None = None, unit: str = "percent", source: str = "mine") -> Figure:
    low, high = (None, None) if error is None else (value - Z_95 * error, value + Z_95 * error)
    return Figure(f"{source}.{name}", value, unit, "t", "", "", Standing.READ, low, high, None, None, "", "", source)


def matched_report(treated: Measures, comparison: Measures, errors: Mapping[str, float]) -> Report:
    """A Data Lab report with the headline figures of two simulated groups."""
    figures = {}
    for measure, pattern in LEEDS.figures.items():
        for name, group in (("treatment", treated), ("comparison", comparison)):
            at = pattern.format(group=name)
            figures[at] = figure(at, group[measure])
    for measure, at in LEEDS.intervals.items():
        figures[at] = figure(at, treated[measure] - comparison[measure], errors[measure])
    return replace(REPORTS["leeds_2017"], figures=figures)


TRUTHS = (
    {"occasions_per_year": 0.8, "frailty_shape": 1.1, "offences_per_occasion": 1.5, "later_custody_chance": 0.55},
    {"occasions_per_year": 1.9, "frailty_shape": 2.5, "offences_per_occasion": 2.3, "later_custody_chance": 0.3},
    {"occasions_per_year": 1.2, "frailty_shape": 0.7, "offences_per_occasion": 1.9, "later_custody_chance": 0.45},
    {"occasions_per_year": 1.5, "frailty_shape": 3.0, "offences_per_occasion": 1.7, "later_custody_chance": 0.7},
)


@functools.cache
def recovered(number: int) -> tuple[Solution, int]:
    """A fit to a report simulated at known rates with another seed."""
    people = people_followed(with_values(scheme(), TRUTHS[number]), 100 + number, AREAS)
    errors = standard_errors_of(people, people.people)
    measures = matched_measures(people)
    report = matched_report(measures, measures, errors)
    problem = comparison_problem(report, LEEDS, scheme(), 1, AREAS)
    assert set(problem.borrowed) == set(LOOSE)
    return solved(problem), people.people


# The error of a fit is that of the report and that of its own luck, about the same number of people each.
BOTH = math.sqrt(2.0)


@pytest.mark.parametrize("number", range(len(TRUTHS)))
def test_known_rates_are_found_again(number: int) -> None:
    found, people = recovered(number)
    assert people > 800
    for name, error in zip(found.names, found.log_errors, strict=True):
        assert abs(math.log(found.values[name] / TRUTHS[number][name])) < 4.0 * BOTH * error, name
        assert error < 0.4, name  # and they are found closely: a wide posterior would hold anything


def test_posteriors_hold_the_truth_about_as_often_as_they_say() -> None:
    held = [
        abs(math.log(found.values[name] / truth[name])) <= Z_95 * BOTH * error
        for number, truth in enumerate(TRUTHS)
        for found in [recovered(number)[0]]
        for name, error in zip(found.names, found.log_errors, strict=True)
    ]
    assert sum(held) >= len(held) - 3


def test_a_known_effect_is_found_again() -> None:
    truth = {"occasions_ratio": 0.7, "custody_ratio": 0.6}
    treated = people_followed(with_values(scheme(), truth), 77, 2 * AREAS)
    comparison = people_followed(scheme(), 77, 2 * AREAS)
    errors = standard_errors_of(treated, treated.people)
    report = matched_report(matched_measures(treated), matched_measures(comparison), errors)
    base = matched_measures(people_followed(scheme(), 1, AREAS))
    found = solved(effect_problem(report, LEEDS, scheme(), base, 1, AREAS))
    for name, error in zip(found.names, found.log_errors, strict=True):
        assert abs(math.log(found.values[name] / truth[name])) < 4.0 * BOTH * error, name
        assert error < 0.25


LOOKED = Looked(
    "mine", leicestershire, 1, (), "people", {"before": ("before", True), "after": ("after", True)},
    {"any_after": ("people_after", True)}, "two successive years",
)  # fmt: skip


def windows_report(measures: Measures, people: int) -> Report:
    made = {
        name: figure(name, people * value, unit="offences")
        for name, value in {
            "people": 1.0, "before": measures["before"], "after": measures["after"], "people_after": measures["any_after"],
        }.items()
    }  # fmt: skip
    return replace(REPORTS["sussex_2013"], source="mine", figures=made)


def test_known_rates_behind_a_before_after_report_are_found_again() -> None:
    """What the report cannot tell is borrowed, about right and with an error; the level is found from the counts."""
    truth = {**TRUTHS[2], "occasions_per_year": 0.75}
    people = people_looked_at(with_values(scheme(), truth), LOOKED, 55, AREAS)
    report = windows_report(measures_of(people), people.people)
    borrowed = {name: Borrowed(truth[name] * 1.05, 0.1) for name in RATES if name != "occasions_per_year"}
    problem = before_after_problem(report, LOOKED, scheme(), borrowed, 1, AREAS)
    assert problem.start["occasions_per_year"] == 1.2
    assert problem.start["frailty_shape"] == borrowed["frailty_shape"].value
    found = solved(problem)
    for name, error in zip(found.names, found.log_errors, strict=True):
        assert abs(math.log(found.values[name] / truth[name])) < 4.0 * BOTH * error, name
    assert found.log_errors[0] < 0.25
    assert all(abs(found.measures[each.measure] - each.reported) < each.standard_error for each in problem.targets)


def test_errors_of_a_before_after_reports_figures_are_those_of_so_many_people() -> None:
    people = people_looked_at(scheme(), LOOKED, 3, 1)
    report = windows_report(measures_of(people), 60)
    targets = {each.measure: each for each in windows_targets(report, LOOKED, people)}
    assert targets["before"].standard_error == pytest.approx(people.before.std() / math.sqrt(60))
    share = people.any_after.mean()
    binomial = math.sqrt(share * (1.0 - share) / 60)
    assert targets["any_after"].standard_error == pytest.approx(math.hypot(binomial, MODEL_ERROR["any_after"]))
    alike = people._replace(after=np.zeros(people.people))
    assert windows_targets(report, LOOKED, alike)[1].standard_error == 1.0 / 60


def test_nobody_to_fit_to_is_refused() -> None:
    nobody = world(20, (Places(0.0, 0, False),), history_years=3.0)
    with pytest.raises(InputProblems, match="nobody is looked at"):
        before_after_problem(
            windows_report({"before": 2.0, "after": 1.0, "any_after": 0.5}, 60), LOOKED, nobody, {}, 1, 1
        )


# --- whole fits ------------------------------------------------------------------------------------------------------

MINE = """extends: leeds
title: Mine
why: A small area of a test's own.
fit: none
cohort:
  - {people: 12, offence_mix: mixed_acquisitive, statutory_share: {value: 0.9, range: [0.6, 1], standing: assumed, why: x}}
programme: {places: 12, start_year: -3}
population: {history_years: 5}
"""


def own_report() -> Report:
    figures = {
        name: figure(name, value, unit="people" if "people" in name else "offences")
        for name, value in {"people": 30.0, "before": 110.0, "after": 60.0, "people_after": 17.0}.items()
    }
    extras = {"protocol": "two successive years", "scenario": "mine.yaml"}
    return replace(REPORTS["sussex_2013"], source="mine", figures=figures, extras=extras)


def a_fit(value: float) -> Fit:
    """A matched comparison to borrow from."""
    rates = {
        "occasions_per_year": 1.3,
        "frailty_shape": value,
        "offences_per_occasion": 2.0,
        "later_custody_chance": 0.5,
    }
    parameters = {name: Parameter(each, each * 0.8, min(each * 1.2, 9.0), 0.1) for name, each in rates.items()}
    none = tuple(tuple(float(row == column) for column in range(4)) for row in range(4))
    reading = Reading(parameters, none)
    return Fit(
        "leeds", "leeds_2017", "matched comparison", "x", 1, "0" * 12, {WITH_SPELLS: reading, "without_spells": reading}
    )


def fitted(folder: Path, seed: int = 1, report: Report | None = None) -> Fit:
    path = write_scenario(folder, MINE)
    report = report or own_report()
    looked = looked_of(report)
    assert looked is not None
    return calibrated(Request(path, seed, 2), library(), report, [a_fit(1.5), a_fit(2.0)], looked)


def test_a_fit_is_the_same_to_the_byte_from_the_same_seed(tmp_path: Path) -> None:
    text = write_fit(fitted(tmp_path))
    assert text == write_fit(fitted(tmp_path))
    path = tmp_path / "fit.yaml"
    path.write_text(text, "utf-8")
    assert write_fit(load_fit(path)) == text
    assert text != write_fit(fitted(tmp_path, seed=2))


def test_a_fit_says_what_it_was_fitted_to(tmp_path: Path) -> None:
    fit = fitted(tmp_path)
    assert (fit.report, fit.protocol, fit.seed) == ("mine", "before and after", 1)
    for reading in fit.readings.values():
        assert tuple(reading.parameters) == RATES
        assert {each.figure: each.role for each in reading.targets} == {
            "mine.before": "fitted",
            "mine.after": "fitted",
            "mine.people_after": "fitted",
        }
        assert all(each.value > 0.0 and each.low <= each.value <= each.high for each in reading.parameters.values())
        assert any("spells" in each for each in reading.not_identified)


def digest(folder: Path, report: Report, seed: int = 1, borrowed: Sequence[Fit] = (), text: str = MINE) -> str:
    looked = looked_of(report)
    return inputs_digest(Request(write_scenario(folder, text), seed, 2), library(), report, looked, borrowed)


def test_the_digest_of_the_inputs_changes_with_a_figure_and_with_nothing_that_is_not_an_input(tmp_path: Path) -> None:
    report = own_report()
    plain = digest(tmp_path, report)
    assert len(plain) == 12
    before = report.figures["before"]

    def changed(**fields: object) -> str:
        return digest(tmp_path, replace(report, figures={**report.figures, "before": replace(before, **fields)}))  # type: ignore[arg-type]

    assert changed(value=111.0) != plain
    assert changed(low=100.0) != plain
    assert changed(high=140.0) != plain
    assert changed(note="x", where="y", window="z", population="p", why="w") == plain
    backwards = dict(reversed(list(report.figures.items())))
    assert digest(tmp_path, replace(report, figures=backwards)) == plain
    assert digest(tmp_path, report, seed=9) == plain
    assert digest(tmp_path, report, text=MINE.replace("people: 12", "people: 13")) != plain
    other = replace(a_fit(1.5), inputs_digest="1" * 12)
    assert (
        len({plain, digest(tmp_path, report, borrowed=[a_fit(1.5)]), digest(tmp_path, report, borrowed=[other])}) == 3
    )
