"""The before/after reports as fitting problems: their own four figures, with rates borrowed from the matched comparisons.

A before/after report cannot tell the level of offending without a scheme from the effect of the scheme. The effect is the
scenario's own, held; what remains is fitted, and what the report does not speak of is borrowed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from simulator.calibration.matched import RATES
from simulator.calibration.problems import Borrowed, Measures, Problem, Target
from simulator.evaluation.before_after import Windows, somebody
from simulator.evaluation.before_after_reports import (
    Looked,
    measures_of,
    people_looked_at,
    reported,
    standard_errors_of,
)
from simulator.evidence import Report
from simulator.model.rates import Rates
from simulator.model.records import get
from simulator.rates import with_values

# Shares of people hang on what the model has not: selection on intelligence without an arrest, convictions that come after
# the window. They are fitted, but may miss by so much besides chance (assumed; without it, shape and rate run off to a pool
# in which next to nobody ever offends).
MODEL_ERROR = {"any_before": 0.15, "any_after": 0.15}


def targets_of(report: Report, looked: Looked, people: Windows) -> tuple[Target, ...]:
    """The report's figures as targets; no report gives an error, so it is that of so many people.

    Where all people simulated are alike, it is that of one offence.
    """
    number = report.figures[looked.people].value
    errors = standard_errors_of(people, int(number))
    return tuple(
        Target(figure, measure, value, math.hypot(errors[measure] or 1.0 / number, MODEL_ERROR.get(measure, 0.0)))
        for measure, (figure, value) in reported(report, looked).items()
    )


def before_after_problem(
    report: Report, looked: Looked, rates: Rates, borrowed: Mapping[str, Borrowed], seed: int, replications: int
) -> Problem:
    """The rates under which the protocol shows the report's counts and people, before and after.

    Raises InputProblems when nobody is looked at under the rates from which the search starts.
    """

    def measures_at(values: Mapping[str, float]) -> Measures:
        return measures_of(people_looked_at(with_values(rates, values), looked, seed, replications))

    start = {name: borrowed[name].value if name in borrowed else float(get(rates.values, 0, name)) for name in RATES}
    start["occasions_per_year"] = float(get(rates.values, 0, "occasions_per_year"))
    people = somebody(people_looked_at(with_values(rates, start), looked, seed, replications), looked.reading)
    return Problem(start, borrowed, targets_of(report, looked, people), measures_at)


def pooled(*studies: Mapping[str, Borrowed]) -> dict[str, Borrowed]:
    """What several matched comparisons say of a rate elsewhere: the mean of the logarithms, spread by their differences.

    The level of offending is left out: that is each scheme's own; so is a rate that none of the studies has.
    """
    found = {}
    for name in RATES:
        told = [study[name] for study in studies if name in study]
        if told and name != "occasions_per_year":
            logs = [math.log(each.value) for each in told]
            within = float(np.mean([each.log_error**2 for each in told]))
            between = float(np.var(logs, ddof=1)) if len(logs) > 1 else 0.0
            found[name] = Borrowed(math.exp(float(np.mean(logs))), math.sqrt(within + between))
    return found
