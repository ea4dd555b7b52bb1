"""Risks and issues: what could mislead a decision that rests on this report, scored by a stated judgement."""

from __future__ import annotations

from typing import NamedTuple

from simulator.charts.arms import headline_arm
from simulator.documents.assurance.logs import Answers, Document, Log, filled_in_by, log_of
from simulator.documents.assurance.quality import FAR
from simulator.documents.assurance.ratings import superseded_sources
from simulator.documents.assurance.readings import as_it_is, beside, what_it_gives
from simulator.report.text import counted, noise, pounds
from simulator.report.verdicts import inconclusive, spoken

HEADINGS = (
    "Risk ID",
    "Type",
    "Risk or issue",
    "In this report",
    "Likelihood (1 to 5, our judgement)",
    "Impact (1 to 5, our judgement)",
    "Score",
    "Band",
    "What to do",
    "Owner",
    "Date of last review",
)
GREEN_TO, AMBER_TO = 10, 14
SMALL_NOISE = 0.1  # of the NPSV
MANY_MISSES = 0.2  # of the reported figures
ABOUT = (
    "Likelihood and impact, 1 to 5 each, are the program's assumed judgement by what the answers show; put your own "
    f"in their place. Score is their product: green up to {GREEN_TO}, amber up to {AMBER_TO}, red above.",
    "An issue is already so in this report; a risk may come to be. Owners and dates are left for you.",
)
RISK, ISSUE = "Risk", "Issue"


class Risk(NamedTuple):
    """One risk or issue as this report has it."""

    name: str
    kind: str
    what: str
    here: str
    likelihood: int
    impact: int
    remedy: str


def band_of(score: int) -> str:
    """The band of a score from 1 to 25."""
    if score <= GREEN_TO:
        return "Green"
    return "Amber" if score <= AMBER_TO else "Red"


def risk_log(answers: Answers) -> Log:
    """The log, the highest score first."""
    risks = sorted(risks_of(answers), key=lambda each: -each.likelihood * each.impact)
    return log_of("risks", "Risks and issues", ABOUT, HEADINGS, [row_of(each) for each in risks])


def row_of(risk: Risk) -> list[str]:
    """One row."""
    score = risk.likelihood * risk.impact
    return [
        risk.name,
        risk.kind,
        risk.what,
        risk.here,
        str(risk.likelihood),
        str(risk.impact),
        str(score),
        band_of(score),
        risk.remedy,
        filled_in_by("the reader"),
        filled_in_by("the owner"),
    ]


def risks_of(answers: Answers) -> list[Risk]:
    """Every risk and issue that holds here."""
    comparison = answers["comparison"]
    found = [
        effect(answers),
        reading(comparison, "counting"),
        reading(comparison, "costing"),
        superseded(comparison),
        unseen(comparison),
        assumed(comparison),
        poor_fit(comparison),
        fall(comparison),
        not_cashable(comparison),
        few_replications(comparison),
        elsewhere(comparison),
        wrong_program(),
    ]
    return [each for each in found if each is not None]


def effect(answers: Answers) -> Risk:
    """The effect may not be what the evidence says."""
    comparison = answers["comparison"]
    arm = headline_arm(comparison)
    span = f" (95% interval {spoken(arm['npsv_interval'])})" if arm["npsv_interval"] else ""
    said = f"NPSV of '{arm['title']}' {pounds(arm['npsv_gbp'])}{span}"
    if answers.get("chances"):
        row = next((each for each in answers["chances"]["arms"] if each["name"] == arm["name"]), None)
        said += f"; pays back in {row['chance_benefits_exceed_costs']:.0%} of draws" if row else ""
    open_to_both = inconclusive(arm["effect"])
    return Risk(
        "effect",
        ISSUE if open_to_both else RISK,
        "The scheme's effect on offending differs from the evidence used.",
        f"{'The evidence is inconclusive' if open_to_both else 'The evidence has no interval that holds 1'}. {said}.",
        4 if open_to_both else 2,
        5,
        "Quote intervals, never the middle alone; plan a study (python run.py evaluate).",
    )


def reading(comparison: Document, choice: str) -> Risk | None:
    """Another way of counting or pricing gives another sign or another preferred choice."""
    here, there = as_it_is(comparison), beside(comparison, choice)
    if here is None or there is None:
        return None
    if (here.npsv < 0.0) == (there.npsv < 0.0) and here.preferred == there.preferred:
        return None
    return Risk(
        choice,
        ISSUE,
        f"The answer turns with the {'counting unit' if choice == 'counting' else 'costing'}.",
        f"{what_it_gives(comparison, choice)}.",
        4,
        4,
        "Agree on the reading before the result is seen, and quote both.",
    )


def superseded(comparison: Document) -> Risk | None:
    """Unit costs that a newer edition replaces."""
    table = comparison["cost_table"]
    newer = superseded_sources(comparison).get(table)
    if not newer:
        return None
    return Risk(
        "superseded-costs",
        ISSUE,
        "Unit costs of crime are superseded.",
        f"{table} has been superseded by {newer}.",
        5,
        2,
        f"Run with --cost-table {newer} and quote both.",
    )


def unseen(comparison: Document) -> Risk | None:
    """Values that were remembered and not seen."""
    names = [row["name"] for row in comparison["inputs"] if row["standing"] == "unverified"]
    if not names:
        return None
    return Risk(
        "unverified",
        ISSUE,
        "Some inputs were remembered and not seen in a source.",
        f"{counted(len(names), 'value')}: {', '.join(names)}.",
        3,
        3,
        "See each in its source, or replace it, before the result is published.",
    )


def assumed(comparison: Document) -> Risk:
    """Values that no report gives."""
    number = sum(row["standing"] == "assumed" for row in comparison["inputs"])
    return Risk(
        "assumed",
        ISSUE,
        "Many inputs are assumed, because no report gives them.",
        f"{counted(number, 'value')} of {len(comparison['inputs']):,}; which of them matter is in the assumptions log.",
        4,
        3,
        "Replace those of high or medium impact by figures of your own.",
    )


def poor_fit(comparison: Document) -> Risk | None:
    """Reported figures that the fitted model does not meet."""
    fit = comparison["fit"]
    if not fit:
        return None
    poor = [each for each in fit["targets"] if abs(each["miss"] or 0.0) > FAR]
    share = len(poor) / max(len(fit["targets"]), 1)
    return Risk(
        "fit",
        ISSUE if poor else RISK,
        "The model does not behave as the scheme that it was fitted to.",
        f"{len(poor)} of {counted(len(fit['targets']), 'reported figure')} miss by more than {FAR:g} standard errors.",
        4 if share > MANY_MISSES else 3 if poor else 1,
        3,
        f"Read what each miss means: python run.py reproduce {fit['scheme']}.",
    )


def fall(comparison: Document) -> Risk | None:
    """A before/after fall read as an effect."""
    if not comparison["reported_fall"]:
        return None
    reported, without = comparison["reported_fall"]["reported"], comparison["reported_fall"]["without_effect"]
    return Risk(
        "before-after",
        RISK,
        "A reported fall is read as the scheme's doing.",
        f"Reported: {reported['value']:.0%}; without any effect {without['low']:.0%} to {without['high']:.0%}.",
        3,
        5,
        "Quote the fall only beside the fall that would be expected without any effect.",
    )


def not_cashable(comparison: Document) -> Risk:
    """Capacity released read as money saved."""
    arm = headline_arm(comparison)
    cashable = sum(row["benefit_gbp"] for row in arm["by_kind"] if row["cashable"])
    return Risk(
        "cashable",
        RISK,
        "Capacity released is read as money saved.",
        f"Of the benefit of '{arm['title']}', {pounds(arm['benefit_gbp'])}, {pounds(cashable)} is priced as cashable.",
        3,
        4,
        "Keep cashable, not cashable and capacity released apart in every sentence.",
    )


def few_replications(comparison: Document) -> Risk:
    """Simulation noise read as a difference."""
    arm = headline_arm(comparison)
    interval = arm["simulation_interval"]["npsv_gbp"]
    said = f"± {noise(arm)}" if interval else "not known from one replication"
    likelihood = 5
    if interval:
        half, size = (interval[1] - interval[0]) / 2.0, abs(arm["npsv_gbp"])
        likelihood = 1 if half < SMALL_NOISE * size else 3 if half < size else 5
    return Risk(
        "noise",
        RISK,
        "Simulation noise is read as a difference between funding choices.",
        f"{comparison['replications']:,} replications; 95% noise of the NPSV of '{arm['title']}': {said}.",
        likelihood,
        3,
        "More replications (-n), or --precision 5%.",
    )


def elsewhere(comparison: Document) -> Risk:
    """People of one area and time standing in for those of another."""
    fit = comparison["fit"]
    return Risk(
        "transfer",
        RISK,
        "People, practice and prices differ from those of the reports.",
        f"Rates come from {fit['report']}." if fit else "Rates are the scenario's own and fitted to no report.",
        3,
        4,
        "Fit to figures of your own (python run.py new NAME --evidence).",
    )


def wrong_program() -> Risk:
    """A mistake in the program itself."""
    return Risk(
        "program",
        RISK,
        "The program computes something other than it says.",
        "Two engines, closed forms and rules broken on purpose stand against it; see the QA log.",
        1,
        5,
        "Run python run.py check, and have a second analyst read what matters to you.",
    )
