"""A scheme's fit, under both readings of activity: what its scenario needs from its report."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.appraisal.library import Library
from simulator.calibration.before_after import before_after_problem, pooled
from simulator.calibration.fitting import Solution, solved
from simulator.calibration.matched import (
    STUDIES,
    Study,
    comparison_problem,
    effect_problem,
    people_followed,
    targets_of,
)
from simulator.calibration.problems import Borrowed
from simulator.evaluation.before_after_lines import before_after_lines
from simulator.evaluation.before_after_reports import LOOKED, Looked, people_looked_at
from simulator.evaluation.data_lab import data_lab_lines
from simulator.evaluation.lines import Line
from simulator.evaluation.structures import with_settings
from simulator.evidence import WITH_SPELLS, WITHOUT_SPELLS, Fit, Parameter, Reading, Report, Target
from simulator.model.rates import Group, Rates, Values
from simulator.model.records import fields_of, get
from simulator.rates import rates_of, with_values
from simulator.scenario.read import read_scenario

Z_95 = 1.959963984540054
SPELLS = {WITH_SPELLS: "population.spells=true", WITHOUT_SPELLS: "population.spells=false"}
ARM = "as_run"
MATCHED, BEFORE_AFTER = "matched comparison", "before and after"
NOT_IN_ANY = (
    "spells: the length of spells of activity; both readings fit alike and fall apart in later years",
    "detection: only crimes x detection shows in proven offences",
    "pool: how many people the scheme chooses from",
)


class NotFittedError(LookupError):
    """A fit that another one borrows from has not been made."""


@dataclass(frozen=True)
class Request:
    """What to fit, with which luck, from how many simulated areas."""

    scheme: str
    seed: int
    replications: int


def calibrated(
    request: Request,
    library: Library,
    report: Report,
    borrowed_from: Sequence[Fit] = (),
    looked: Looked | None = None,
    progress: Callable[[str], object] = lambda what: None,
) -> Fit:
    """Both readings of a scheme fitted to its report.

    Args:
        borrowed_from: fits of the matched comparisons, for a before/after report.
        looked: how a report of one's own looked at its people; the shipped ones are known.

    Raises NotFittedError when there is nothing to borrow from.
    """
    name = report.source
    study = next((each for each in STUDIES.values() if each.report == name), None)
    looked = looked or next((each for each in LOOKED.values() if each.report == name), None)
    readings = {}
    for reading, spells in SPELLS.items():
        progress(reading.replace("_", " "))
        if study is not None:
            readings[reading] = matched_reading(request, library, report, study, spells)
        else:
            assert looked is not None
            borrowed = borrowed_rates(borrowed_from, reading)
            readings[reading] = before_after_reading(request, library, report, looked, borrowed, spells)
    return Fit(
        scheme=request.scheme,
        report=name,
        protocol=MATCHED if study is not None else BEFORE_AFTER,
        made_by=f"python run.py calibrate {request.scheme} --seed {request.seed} -n {request.replications}",
        seed=request.seed,
        inputs_digest=inputs_digest(request, library, report, looked, borrowed_from),
        readings=readings,
    )


def inputs_digest(
    request: Request, library: Library, report: Report, looked: Looked | None, borrowed_from: Sequence[Fit]
) -> str:
    """Twelve digits that change with the report's figures, any number of the scheme without its fit, or what is borrowed."""
    figures = sorted((each.name, each.value, each.low, each.high, each.unit) for each in report.figures.values())
    settings = looked.settings if looked else ()
    numbers = [numbers_of(scheme_rates(request.scheme, library, [*settings, spells])) for spells in SPELLS.values()]
    borrowed = [fit.inputs_digest for fit in borrowed_from if fit.protocol == MATCHED]
    text = repr((numbers, figures, [] if looked is None else borrowed))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def numbers_of(rates: Rates) -> list[object]:
    """Every number that drives an arm, its history included."""
    records = [(rates.values, Values), (rates.history, Values), (rates.groups, Group)]
    fields = [
        [get(rows, place, name) for place in range(len(rows)) for name, _, _ in fields_of(record)]
        for rows, record in records
    ]
    plain = [[np.asarray(each).tolist() for each in row] for row in fields]
    return [plain, rates.schedule, rates.history_schedule, rates.history_years, rates.offence_types]


def scheme_rates(scheme: str, library: Library, settings: Sequence[str]) -> Rates:
    """The scheme as it ran, under some settings, without any fit that its scenario names."""
    scenario = read_scenario(scheme, library.known(), with_settings(["fit=none"], settings))
    return rates_of(scenario, scenario.arm(ARM), library.offence_types)


def matched_reading(request: Request, library: Library, report: Report, study: Study, spells: str) -> Reading:
    """Rates from the comparison group, then the effect from the differences between the groups."""
    seed, replications = request.seed, request.replications
    rates = scheme_rates(request.scheme, library, ["effect=none", spells])
    base = solved(comparison_problem(report, study, rates, seed, replications))
    without = with_values(rates, base.values)
    effect = solved(effect_problem(report, study, without, base.measures, seed, replications))
    fitted = {target.figure for group in ("comparison", "difference") for target in targets_of(report, study, group)}
    lines = data_lab_lines(
        report,
        people_followed(with_values(without, effect.values), seed, replications),
        people_followed(without, seed, replications),
        fitted,
    )
    return reading_of(base, lines, parameters_of(effect))


def before_after_reading(
    request: Request,
    library: Library,
    report: Report,
    looked: Looked,
    borrowed: Mapping[str, Borrowed],
    spells: str,
) -> Reading:
    """Rates under which the protocol shows the report's counts, with the scenario's own effect held."""
    seed, replications = request.seed, request.replications
    rates = scheme_rates(request.scheme, library, [*looked.settings, spells])
    problem = before_after_problem(report, looked, rates, borrowed, seed, replications)
    found = solved(problem)
    people = people_looked_at(with_values(rates, found.values), looked, seed, replications)
    lines = before_after_lines(
        report, people, rates.group_names, BEFORE_AFTER, {target.figure for target in problem.targets}
    )
    return reading_of(found, lines, {})


def borrowed_rates(fits: Sequence[Fit], reading: str) -> dict[str, Borrowed]:
    """What the matched comparisons say of the shape of offending under one reading.

    Raises NotFittedError when there are none.
    """
    studies = [
        {name: Borrowed(each.value, each.log_error) for name, each in fit.readings[reading].parameters.items()}
        for fit in fits
        if fit.protocol == MATCHED and reading in fit.readings
    ]
    if not studies:
        raise NotFittedError("leeds and southwark")
    return pooled(*studies)


def parameters_of(found: Solution) -> dict[str, Parameter]:
    """Fitted values with their 95% intervals, lognormal; a chance never above one."""
    parameters = {}
    for name, error in zip(found.names, found.log_errors, strict=True):
        value = found.values[name]
        low, high = value * math.exp(-Z_95 * error), value * math.exp(Z_95 * error)
        floor, ceiling = (1.0 if name == "offences_per_occasion" else 0.0), (1.0 if "chance" in name else math.inf)
        ends = max(low, floor), min(high, ceiling)
        parameters[name] = Parameter(*(significant(each) for each in (value, *ends, float(error))))
    return parameters


def significant(number: float, digits: int = 5) -> float:
    """A number as a fit file holds it: luck decides all digits beyond."""
    return float(f"{number:.{digits}g}")


def reading_of(found: Solution, lines: Sequence[Line], effect: Mapping[str, Parameter]) -> Reading:
    """One reading as a record."""
    targets = tuple(
        Target(
            each.figure,
            significant(each.reported),
            significant(each.simulated),
            None if each.standard_error is None else significant(each.standard_error, 3),
            None if each.miss_in_standard_errors is None else round(each.miss_in_standard_errors, 2),
            each.role,
        )
        for each in lines
    )
    correlations = tuple(tuple(round(float(x), 3) for x in row) for row in found.correlations)
    open_ones = tuple(f"{name}: the figures hardly speak of it" for name in found.not_identified)
    return Reading(parameters_of(found), correlations, effect, targets, (*open_ones, *NOT_IN_ANY))
