"""A report with the scenario that stands for its scheme: what reproducing it takes, and all that comes of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from simulator.appraisal.library import Library
from simulator.calibration.schemes import NotFittedError, Request, calibrated
from simulator.evaluation.before_after_reports import Looked, looked_of, reported
from simulator.evaluation.bridge import bridge_of
from simulator.evaluation.lines import Line
from simulator.evaluation.regression import Regression, years_alike
from simulator.evaluation.reproduction import ARM, REPLICATIONS, immortal_time, matched_lines, windows_lines
from simulator.evaluation.structures import regressions_of
from simulator.evaluation.worked_examples import case_by_agency, worked_examples
from simulator.evidence import FITS_FOLDER, Fit, Report, load_fits, load_reports
from simulator.places import data_folder
from simulator.report.bridge import bridge_document, bridge_text
from simulator.report.own_report import own_report
from simulator.report.reproduction import (
    immortal_text,
    line_rows,
    looked_in_words,
    regression_rows,
    regression_text,
    reproduction_text,
)
from simulator.report.text import rendered
from simulator.report.worked_examples import case_text
from simulator.scenario.read import read_scenario
from simulator.tables import InputProblems, Problem, did_you_mean

SCENARIOS = {
    "leeds_2017": "leeds",
    "southwark_2018": "southwark",
    "bedfordshire_2019": "bedfordshire",
    "leicestershire_2016": "leicestershire",
    "sussex_2013": "sussex",
}
OWN_REPLICATIONS = 60
BRIDGE_REPLICATIONS = 100
SUSSEX = "sussex_2013"


class Case(NamedTuple):
    """A report, the scenario of its scheme, and the fit that the scenario names, if any."""

    report: Report
    scenario: str
    fit: Fit | None
    looked: Looked | None  # None for a matched comparison
    file: str = ""  # the evidence file, where it is one of one's own

    @property
    def replications(self) -> int:
        """Simulated areas behind each figure."""
        return REPLICATIONS.get(self.report.source, OWN_REPLICATIONS)


def cases_of(name: str | None, library: Library) -> list[Case]:
    """The case of a scheme or report by name, of an evidence file of one's own by path, or all five.

    Raises:
        InputProblems: there is no such scheme, or the file is faulty.
    """
    evidence = data_folder("evidence")
    if name is not None and (Path(name).suffix in (".yaml", ".yml") or Path(name).is_file()):
        return [own_case(Path(name), library)]
    reports, fits = load_reports(evidence, library.sources), load_fits(evidence / FITS_FOLDER, library.sources)
    wanted = [each for each in SCENARIOS if name is None or name in (each, SCENARIOS[each])]
    if not wanted:
        hint = did_you_mean(str(name), [*SCENARIOS.values(), *SCENARIOS]) or f"Known: {', '.join(SCENARIOS.values())}."
        raise InputProblems([Problem(str(name), 0, 0, f"there is no report or scheme '{name}'", hint)])
    return [
        Case(reports[each], SCENARIOS[each], fits.get(SCENARIOS[each]), looked_of(reports[each])) for each in wanted
    ]


def own_case(path: Path, library: Library) -> Case:
    """A report of one's own: it names its protocol and its scenario under ``extras``.

    Raises:
        InputProblems: the file or its scenario is faulty, or lacks what a before/after protocol needs.
    """
    own = own_report(path)
    scenario = read_scenario(own.scenario, library.known())
    if ARM not in [arm.name for arm in scenario.arms]:
        said = f"there is no arm '{ARM}', the scheme as it ran, which the figures are about"
        raise InputProblems([Problem(own.scenario, 0, 0, said, f"Add {ARM}: under arms, with changes: {{}}.")])
    named = scenario.baseline.fit
    fit = named.fit if named is not None and named.fit.report == own.report.source else None
    return Case(own.report, own.scenario, fit, own.looked, str(path))


def fit_of(
    case: Case,
    library: Library,
    seed: int,
    replications: int | None = None,
    progress: Callable[[str], object] = lambda what: None,
) -> Fit:
    """The case's rates fitted to its report; what a before/after report does not speak of is borrowed from the shipped fits.

    Raises InputProblems when there is nothing to borrow from.
    """
    fits = load_fits(data_folder("evidence") / FITS_FOLDER, library.sources)
    request = Request(case.scenario, seed, replications or case.replications)
    try:
        fit = calibrated(request, library, case.report, list(fits.values()), case.looked, progress)
    except NotFittedError as error:
        said = f"this report borrows from the fits of {error}, which are not there"
        raise InputProblems([Problem(case.scenario, 0, 0, said, "Calibrate those first.")]) from None
    made_by = fit.made_by.replace(f"calibrate {case.scenario} ", f"calibrate {case.file or case.scenario} ")
    return replace(fit, made_by=made_by)


def case_lines(case: Case, library: Library, seed: int) -> list[Line]:
    """Every simulated figure of a report, then its arithmetic."""
    if case.looked is None:
        lines = matched_lines(case.report, case.scenario, library, case.fit, seed, case.replications)
    else:
        lines = windows_lines(case.report, case.looked, case.scenario, library, case.fit, seed, case.replications)
    if case.report.source in SCENARIOS:
        reports = load_reports(data_folder("evidence"), library.sources)
        lines += [line for line in worked_examples(library, reports) if line.report == case.report.source]
    return lines


def case_figures(case: Case, library: Library, seed: int) -> list[dict[str, Any]]:
    """The same as rows."""
    return line_rows(case_lines(case, library, seed))


def case_regression(case: Case, library: Library, seed: int) -> list[Regression]:
    """Regression to the mean of a before/after report; nothing for a matched comparison."""
    if case.looked is None:
        return []
    return regressions_of(case.report, case.looked, case.scenario, library, seed, case.replications)


def case_regressions(case: Case, library: Library, seed: int) -> list[dict[str, Any]]:
    """The same as rows."""
    return regression_rows(case.report.source, case_regression(case, library, seed))


def case_bridge(cases: Sequence[Case], library: Library, seed: int) -> dict[str, Any]:
    """Sussex's 1.59 and its bridge to today's answer.

    Raises InputProblems when another scheme was asked for: only Sussex states a benefit per £1.
    """
    if not any(case.report.source == SUSSEX for case in cases):
        said = "only Sussex's report states a benefit per £1"
        raise InputProblems(
            [Problem(cases[0].report.source, 0, 0, said, "python run.py reproduce sussex --part bridge")]
        )
    return bridge_document(bridge_of(library, BRIDGE_REPLICATIONS, seed))


def title_of(case: Case) -> str:
    """A heading."""
    return f"{case.report.source}: published and simulated"


def in_words(cases: Sequence[Case], part: str, library: Library, seed: int) -> str:
    """All of a reproduction, or one part of it, for people."""
    if part == "bridge":
        return bridge_text(case_bridge(cases, library, seed))
    parts = []
    for case in cases:
        if part in ("all", "figures"):
            parts.append(reproduction_text(title_of(case), case_lines(case, library, seed), len(case.report.figures)))
        if part == "all" and case.looked is None:
            rows = immortal_time(case.report, case.scenario, library, case.fit, seed, case.replications)
            parts.append(immortal_text(rows))
        if part in ("all", "regression") and case.looked is not None:
            figures = {measure: value for measure, (_, value) in reported(case.report, case.looked).items()}
            parts.append(regression_text(case.looked, figures, case_regression(case, library, seed)))
        if part == "all" and case.report.source == SUSSEX:
            parts.append(case_text(case_by_agency(library, case.report)))
            parts.append(bridge_text(case_bridge([case], library, seed)))
    if not parts:
        return (
            "A matched comparison has no fall before and after: there is nothing to take regression to the mean out of."
        )
    return "\n\n\n".join(parts)


def regression_document(case: Case, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Regression to the mean of one before/after report: its rows, whom it looked at, and shares of people it reports."""
    looked = case.looked
    assert looked is not None  # only before/after reports have rows
    figures = {measure: value for measure, (_, value) in reported(case.report, looked).items()}
    return {
        "scheme": case.scenario,
        "report": case.report.source,
        "a_year_each": years_alike(looked) != 1.0,
        "looked": looked_in_words(looked),
        "reported": figures,
        "rows": list(rows),
    }


def in_form(rows: Sequence[dict[str, Any]] | dict[str, Any], form: str) -> str:
    """Rows as JSON or CSV; a document as JSON, its steps as CSV."""
    if isinstance(rows, dict):
        return json.dumps(rows, indent=2, ensure_ascii=False) if form == "json" else rendered(rows["steps"], form)
    return rendered(rows, form)
