"""The structural choices that a before/after fall hangs on, for each report: none of them is measured anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from simulator.appraisal.library import Library
from simulator.evaluation.before_after import bedfordshire
from simulator.evaluation.before_after_reports import Looked, reported
from simulator.evaluation.regression import Choice, Regression, regression_of
from simulator.evidence import Report
from simulator.rates import rates_of
from simulator.scenario.read import read_scenario

AS_SHIPPED = Choice("as in the scenario")
WITHOUT_SPELLS = Choice("always active, no spells", ("population.spells=false",))
SMALL_POOL = Choice("chosen from a pool of 4 per place", ("population.pool_per_place=4",))
LARGE_POOL = Choice("chosen from a pool of 12 per place", ("population.pool_per_place=12",))
BY_OFFENCES = Choice("chosen by recent offences, not arrests", ("programme.selection_rule=recent offences",))
BY_ARRESTS = Choice("chosen by recent arrests, not referred", ("programme.selection_rule=recent arrests",))
WRITTEN_RULE = Choice(
    "quiet people deselected after seven months, as the code says", ("programme.assessment_months=3",)
)
KEPT = Choice("quiet people kept on the list for years", ("programme.assessment_months=60",))

CHOICES: Mapping[str, tuple[Choice, ...]] = {
    "bedfordshire_2019": (
        AS_SHIPPED, WITHOUT_SPELLS, SMALL_POOL, LARGE_POOL, BY_OFFENCES, WRITTEN_RULE,
        Choice("the year before made up to a full year at liberty", (), partial(bedfordshire, at_liberty=True)),
        Choice("its offences are arrests", (), None, True),
    ),
    "leicestershire_2016": (AS_SHIPPED, WITHOUT_SPELLS, SMALL_POOL, LARGE_POOL, BY_OFFENCES, KEPT),
    "sussex_2013": (AS_SHIPPED, WITHOUT_SPELLS, BY_ARRESTS, Choice(
        "chosen by recent arrests from a pool of 12", ("programme.selection_rule=recent arrests", *LARGE_POOL.settings)
    )),
}  # fmt: skip
OWN_CHOICES = (AS_SHIPPED, WITHOUT_SPELLS, SMALL_POOL, LARGE_POOL, BY_OFFENCES, KEPT)


def choices_for(report: Report) -> Sequence[Choice]:
    """The choices that matter for a report; for one of one's own, those that do for most."""
    return CHOICES.get(report.source, OWN_CHOICES)


def with_settings(*parts: Sequence[str]) -> list[str]:
    """Settings by name: a later one replaces an earlier one of the same name."""
    return [f"{name}={value}" for name, value in dict(each.split("=", 1) for part in parts for each in part).items()]


def regressions_of(
    report: Report, looked: Looked, scenario: str, library: Library, seed: int, replications: int
) -> list[Regression]:
    """The protocol with no effect at all, under each choice."""
    figures = {measure: value for measure, (_, value) in reported(report, looked).items()}
    people = int(report.figures[looked.people].value)
    found = []
    for choice in choices_for(report):
        settings = with_settings(["effect=none"], looked.settings, choice.settings)
        read = read_scenario(scenario, library.known(), settings)
        rates = rates_of(read, read.arm("as_run"), library.offence_types)
        found.append(regression_of(looked, choice, rates, figures, people, seed, replications))
    return found
