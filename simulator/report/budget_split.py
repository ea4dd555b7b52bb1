"""The best split of a yearly budget over cohort types: a document, rows, and tables with plain sentences."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from simulator.appraisal.intervals import student_t
from simulator.report.cautions import price_cautions
from simulator.report.funding import few_draws, runs_already, setting_of
from simulator.report.funding_words import MEASURES, heading_lines, per_pound, percent, pounds_interval
from simulator.report.mark_words import marked
from simulator.report.marks import marks_before
from simulator.report.text import counted, pounds, table, wrapped
from simulator.report.warnings import effect_warnings
from simulator.uncertainty.budget_split import ALL_SPENT, BEST, PRESENT, Plan, Share, Split
from simulator.uncertainty.cohort_schemes import Task
from simulator.uncertainty.funding_levels import Effort

UNNAMED = "not named"
TITLES = {
    PRESENT: "By published people (present)",
    ALL_SPENT: "Best, all spent",
    BEST: "Best, money may be left",
}
SHORT = {PRESENT: "Present", ALL_SPENT: "All spent", BEST: "Best"}
MONEY_HEADINGS = ("Split", "Places", "A year", "Left over", "Fixed a year", "Selections a year", "Cost", "Benefit")
NPSV_HEADINGS = ("Split", "NPSV [95%]", "Noise ±", "Pays", "Over present", "Noise ±", "Better")

Document = dict[str, Any]


def split_document(split: Split, task: Task, effort: Effort) -> Document:
    """Everything of the split as plain values."""
    scenario = split.scenario
    own = replace(scenario, arms=(task.arm,))
    document: Document = {
        "scenario": scenario.name,
        "title": scenario.title,
        "arm": task.arm.name,
        "arm_title": task.arm.title,
        **setting_of(scenario, task.library, effort),
        "budget_gbp_per_year": split.budget,
        "place_gbp_per_year": split.prices.place,
        "fixed_gbp_per_year": split.prices.fixed,
        "affordable_places": split.affordable,
        "already_running": runs_already(scenario),
        "cohorts": [
            {
                "cohort": cohort.name or UNNAMED,
                "published_people": cohort.people,
                "people_in_pool": cohort.pool,
                "places_before": cohort.present if runs_already(scenario) else 0,
            }
            for cohort in split.cohorts
        ],
        "splits": [plan_row(split, plan) for plan in split.plans],
        "one_scheme_npsv_gbp": split.one_scheme,
        "marks": marks_before(own, task.library),
    }
    warnings = [*effect_warnings(own), *price_cautions(scenario, task.library), *few_draws(document)]
    return {**document, "said": said_of(document), "warnings": warnings}


def plan_row(split: Split, plan: Plan) -> Document:
    """One split."""
    spent = split.spent(plan)
    return {
        "split": plan.name,
        "places": plan.places,
        "spent_gbp_per_year": spent,
        "left_over_gbp_per_year": split.budget - spent,
        "selections_gbp_per_year": plan.selections * split.prices.selection,
        "fixed_cost_gbp": plan.fixed,
        "cost_gbp": math.fsum([plan.fixed, *(share.cost for share in plan.shares)]),
        "benefit_gbp": math.fsum(share.benefit for share in plan.shares),
        "npsv_gbp": plan.npsv,
        "npsv_noise_gbp": half_width(plan.noise, split.measured),
        "npsv_interval": None if plan.interval is None else list(plan.interval),
        "chance_benefits_exceed_costs": plan.chance_positive,
        "over_present_gbp": plan.over_present,
        "over_present_noise_gbp": half_width(plan.over_present_noise, split.measured),
        "chance_better_than_present": plan.beats_present,
        "shares": [share_row(share) for share in plan.shares],
    }


def half_width(standard_error: float, replications: int) -> float | None:
    """Half of a 95% interval by Student t; None where a single replication leaves it unknown."""
    return student_t(replications - 1) * standard_error if math.isfinite(standard_error) else None


def share_row(share: Share) -> Document:
    """One cohort's part of a split, fixed costs apart."""
    return {
        "cohort": share.cohort or UNNAMED,
        "places": share.places,
        "cost_gbp": share.cost,
        "benefit_gbp": share.benefit,
        "npsv_gbp": share.npsv,
        "benefit_per_pound": share.benefit / share.cost if share.cost > 0.0 else None,
        "chance_pays": share.chance_pays,
    }


def split_rows(document: Document) -> list[Document]:
    """One flat row for each split and cohort, for CSV."""
    return [{"split": plan["split"], **share} for plan in document["splits"] for share in plan["shares"]]


def split_text(document: Document) -> str:
    """The whole answer for the terminal."""
    first = (
        f"{document['title']}: £{document['budget_gbp_per_year']:,.0f} a year over {len(document['cohorts'])} cohort types, "
        f"'{document['arm_title']}', {document['horizon_years']} years"
    )
    lines = [
        *heading_lines(document, wrapped(first, "")),
        wrapped(bought(document), ""),
        "",
        table(cohort_headings(document), cohort_cells(document)),
        "",
        table(marked(MONEY_HEADINGS, document, MEASURES), [money_cells(document, plan) for plan in document["splits"]]),
        "",
        table(marked(NPSV_HEADINGS, document, MEASURES), [npsv_cells(plan) for plan in document["splits"]]),
        wrapped(
            "Per £1 and Pays: each cohort's own benefit over its own cost, fixed costs apart; a split pays those once. "
            "Pays: chance that benefits exceed costs. A year: of the budget. Noise ±: simulation noise, 95%. Splits are "
            "chosen on one half of the runs and measured on the other.",
            "",
        ),
        "",
        *[wrapped(sentence, "") for sentence in document["said"]],
    ]
    if document["warnings"]:
        lines += ["", "Before you quote a figure:", *[wrapped(each) for each in document["warnings"]]]
    return "\n".join(lines)


def bought(document: Document) -> str:
    """What the budget buys, and what comes on top of it."""
    present = document["splits"][0]
    return (
        f"£{document['budget_gbp_per_year']:,.0f} a year in {document['price_base']} prices buys "
        f"{counted(document['affordable_places'], 'place')} at £{document['place_gbp_per_year']:,.0f} a year, offender "
        "managers included, as programme.yearly_budget_gbp does in a scenario. On top, and in the costs below, come the "
        f"fixed costs of £{document['fixed_gbp_per_year']:,.0f} a year and what selections cost, about "
        f"{pounds(present['selections_gbp_per_year'])} a year with the split by published people."
    )


def cohort_headings(document: Document) -> list[str]:
    """Headings of the table of cohorts."""
    made = ["Cohort type", "People"]
    for plan in document["splits"]:
        made += [SHORT[plan["split"]], "Per £1", "Pays"]
    return made


def cohort_cells(document: Document) -> list[list[str]]:
    """One line for each cohort, under every split."""
    rows = []
    for number, cohort in enumerate(document["cohorts"]):
        cells = [cohort["cohort"], f"{cohort['published_people']:,}"]
        for plan in document["splits"]:
            share = plan["shares"][number]
            cells += [f"{share['places']:,}", per_pound(share["benefit_per_pound"]), percent(share["chance_pays"])]
        rows.append(cells)
    return rows


def money_cells(document: Document, plan: Document) -> list[str]:
    """What one split spends, in a year and over the horizon."""
    return [
        TITLES[plan["split"]],
        f"{plan['places']:,}",
        pounds(plan["spent_gbp_per_year"]),
        pounds(plan["left_over_gbp_per_year"]),
        pounds(document["fixed_gbp_per_year"] if plan["places"] else 0.0),
        pounds(plan["selections_gbp_per_year"]),
        pounds(plan["cost_gbp"]),
        pounds(plan["benefit_gbp"]),
    ]


def npsv_cells(plan: Document) -> list[str]:
    """What one split is worth, and over the present one."""
    present = plan["split"] == PRESENT
    return [
        TITLES[plan["split"]],
        f"{pounds(plan['npsv_gbp'])} {pounds_interval(plan['npsv_interval'])}".rstrip(),
        known_pounds(plan["npsv_noise_gbp"]),
        percent(plan["chance_benefits_exceed_costs"]),
        "" if present else pounds(plan["over_present_gbp"]),
        "" if present else known_pounds(plan["over_present_noise_gbp"]),
        percent(plan["chance_better_than_present"]),
    ]


def known_pounds(amount: float | None) -> str:
    """Pounds, or nothing."""
    return "" if amount is None else pounds(amount)


def said_of(document: Document) -> list[str]:
    """The answer in plain sentences."""
    plans = {plan["split"]: plan for plan in document["splits"]}
    return [
        best_words(plans[BEST]),
        bought_words(plans[ALL_SPENT], plans[PRESENT], document["draws"]),
        *cohort_words(plans[ALL_SPENT]["shares"]),
        "Each cohort type is a scheme of its own here: a place that it leaves empty is not lent to another. One scheme with "
        f"{document['affordable_places']:,} places that picks from all cohorts by its own rule: NPSV "
        f"{pounds(document['one_scheme_npsv_gbp'])}.",
        *running_words(document),
    ]


def running_words(document: Document) -> list[str]:
    """What it means that the scheme runs already."""
    if not document["already_running"]:
        return []
    before = ", ".join(f"{cohort['cohort']} {cohort['places_before']:,}" for cohort in document["cohorts"])
    return [
        f"The scheme has run before: each cohort type starts with its part of the places ({before}). With fewer places its "
        "people stay until they leave, and those beyond the places paid for are charged at the price of a place."
    ]


def best_words(plan: Document) -> str:
    """What the best split is when money may be left over."""
    if not plan["places"]:
        return (
            "The best split at central values is to spend nothing: no cohorts' places bring enough to pay for themselves "
            "and the fixed costs." + better_words(plan)
        )
    return (
        f"The best split at central values spends £{plan['spent_gbp_per_year']:,.0f} a year on "
        f"{counted(plan['places'], 'place')} and leaves £{plan['left_over_gbp_per_year']:,.0f}, fixed costs and selections "
        f"on top: NPSV {pounds(plan['npsv_gbp'])}." + better_words(plan)
    )


def bought_words(plan: Document, present: Document, draws: int) -> str:
    """What the best split is when the budget is to be spent."""
    if [share["places"] for share in plan["shares"]] == [share["places"] for share in present["shares"]]:
        return (
            "If the whole budget is to be spent, the best split is the one by published people: NPSV of "
            f"{pounds(plan['npsv_gbp'])}."
        )
    gain, noise = plan["over_present_gbp"], plan["over_present_noise_gbp"]
    told = "" if noise is None or abs(gain) > noise else ", which luck alone could make"
    return (
        f"If the whole budget is to be spent, the best split has an NPSV of {pounds(plan['npsv_gbp'])}, "
        f"{pounds(abs(gain))} {'above' if gain >= 0.0 else 'below'} the split by published people"
        f"{'' if noise is None else f' (noise ±{pounds(noise)})'}{told}." + told_words(plan, draws)
    )


def better_words(plan: Document) -> str:
    """How often a split is better than the present one."""
    chance = plan["chance_better_than_present"]
    return "" if chance is None else f" It is better than the present split in {percent(chance)} of the draws."


def told_words(plan: Document, draws: int) -> str:
    """The same, or that it cannot be told."""
    if draws and plan["chance_better_than_present"] is None and plan["over_present_gbp"]:
        return " How often it is better over the draws cannot be told from simulation noise: a larger -n narrows it."
    return better_words(plan)


def cohort_words(shares: Sequence[Document]) -> list[str]:
    """How often each cohort's money pays for itself."""
    known = sorted((share["chance_pays"], share["cohort"]) for share in shares if share["chance_pays"] is not None)
    if not known:
        return []
    (low, least), (high, most) = known[0], known[-1]
    told = f"from {percent(low)} ({least}) to {percent(high)} ({most})" if high > low else f"of {percent(low)}"
    return [f"Spent so, each cohort's places bring what they cost, fixed costs apart, with a chance {told}."]
