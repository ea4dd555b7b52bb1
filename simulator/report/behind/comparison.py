"""How each figure of a comparison is made, and the inputs it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.report.behind.figure import Rule
from simulator.report.behind.paths import Step
from simulator.report.behind.people import HORIZON, NONE, Names
from simulator.report.behind.rests import (
    COMPARATOR,
    COST_TABLE,
    COSTING,
    COUNTING,
    DISCOUNT_RATE,
    PRICE_BASE,
    PRISON_COST,
    Rests,
)
from simulator.report.behind.sides import (
    COUNTS,
    LESS,
    SIDES,
    Luck,
    against,
    everything,
    fiscal_benefit,
    of_count,
    programme,
    victims_and_process,
)
from simulator.report.behind.splits import of_split

HEALTH_RATE = "appraisal.discount_rate_health"
# Top-level fields that say a choice, and the inputs that make it.
CHOICES = {
    "comparator": (COMPARATOR,),
    "horizon_years": (HORIZON,),
    "price_base": (PRICE_BASE, COST_TABLE),
    "discount_rate": (DISCOUNT_RATE,),
    "cost_table": (COST_TABLE,),
    "costing": (COSTING,),
    "counting": (COUNTING,),
    "prison_cost": (PRISON_COST,),
    "effect": ("effect",),
    "fit": ("fit",),
}


def of_comparison(steps: Sequence[Step], document: Mapping[str, Any], rests: Rests) -> Rule:
    """The rule of a figure of ``comparison``, by the steps to it below that name."""
    top = steps[0].key
    if top == "arms" and len(steps) > 2:
        return of_arm(steps[1].value["name"], steps[2:], document, rests)
    if top == "alternatives":
        return of_alternative(steps[1].value, steps[2:], document, rests)
    if top == "inputs":
        row = steps[1].value
        return Rule(f"an input: {row['why']}" if row["why"] else "an input", rests.known(row["name"]))
    if top == "fit":
        return Rule(
            "calibrated: free rates moved until modelled figures met the reported ones (simulator.calibration)",
            rests.known("fit"),
        )
    if top in CHOICES:
        return Rule("as the scenario or the command line has it", choice(top, rests))
    if top == "reported_fall":
        return Rule(f"as the scenario has it: {steps[1].value['why']}")
    return Rule("as asked for on the command line, or a record of the run")


def choice(top: str, rests: Rests) -> Names:
    """The inputs that make a top-level choice; a price base of the scenario's own stands before the table's year."""
    names = rests.known(*CHOICES[top])
    return rests.known(PRICE_BASE) or names if top == "price_base" else names


def of_alternative(row: Mapping[str, Any], steps: Sequence[Step], document: Mapping[str, Any], rests: Rests) -> Rule:
    """A figure of the same runs under another reading."""
    rule = of_arm(row["name"], steps, document, rests.repriced(row["costing"], row["counting"]))
    return rule._replace(how=f"{rule.how}; under {row['costing']} costing, {row['counting']} counting")


def of_arm(arm: str, steps: Sequence[Step], document: Mapping[str, Any], rests: Rests) -> Rule:
    """A figure of one arm."""
    field, luck = steps[0].key, Luck(document)
    if field.startswith("by_"):
        return of_split(arm, steps[1:], luck, rests)
    if field in COUNTS:
        return of_count(arm, field, steps[-1].key, luck, rests)
    if field == "deselections":
        return Rule(f"{luck.mean} of people deselected with this code (simulator.activity)", rests.happenings(arm))
    if field == "effect":
        return Rule("an input", rests.known("effect", *(f"effect.{step.key}" for step in steps[2:3])))
    if field == "break_even":
        return of_break_even(arm, steps[-1].key, luck, rests)
    return of_total(arm, field, steps, luck, rests)


def of_total(arm: str, field: str, steps: Sequence[Step], luck: Luck, rests: Rests) -> Rule:
    """Money of an arm as a whole, and what is made of it."""
    what = f"{luck.mean}, {luck.rate}, {luck.prices}"
    if field in SIDES:
        return Rule(f"{LESS[field]}, {what} (simulator.appraisal.results.parts_by)", rests.money(arm, SIDES[field]))
    whole = rests.money(arm, everything)
    if field == "npsv_interval":
        how = f"2.5th to 97.5th percentile of NPSV when the inputs in `drawn_inputs` are drawn, {luck.rate}, {luck.prices}"
        return Rule(f"{how} (simulator.appraisal.intervals.of_draws)", whole)
    if field == "simulation_interval":
        return of_simulation(steps[1].key, whole)
    if field == "npsv_with_health_discounting_gbp":
        how = f"benefit_gbp − programme_cost_gbp, {what}, social costs at the rate of health"
        return Rule(f"{how} (simulator.report.results.health_discounted)", whole | health(arm, rests))
    if field == "denominator":
        return Rule(
            f"additional programme cost, {what} (simulator.appraisal.results.ratio_of)", rests.money(arm, programme)
        )
    if field == "payback_year":
        how = "first year by whose end the running total of net_gbp of by_year is not below zero"
        return Rule(f"{how} (simulator.appraisal.results.payback)", whole)
    return of_ratio(arm, field, steps, luck, rests, whole)


def health(arm: str, rests: Rests) -> Names:
    """The rate of health counts where social costs are paid."""
    social = any(price.kind == "social" for price in rests.prices)
    return rests.known(HEALTH_RATE) if social and arm != rests.comparator else NONE


def of_simulation(field: str, names: Names) -> Rule:
    """The noise of the simulation alone."""
    by = "Fieller's theorem on paired replications" if field == "benefit_per_pound" else "Student t over replications"
    how = f"95% interval of the mean by {by}: noise of the simulation alone (simulator.appraisal.intervals)"
    return Rule(how, names)


def of_ratio(arm: str, field: str, steps: Sequence[Step], luck: Luck, rests: Rests, whole: Names) -> Rule:
    """Benefit per £1 and costs for each of something."""
    if field.startswith("benefit_per_pound"):
        if field == "benefit_per_pound_of_net_public_cost":
            if steps[1].key == "denominator":
                how = (
                    f"programme cost − fiscal benefit, {luck.mean}, {luck.rate} (simulator.appraisal.results.ratio_of)"
                )
                return Rule(how, rests.money(arm, lambda price: programme(price) or fiscal_benefit(price)))
            return Rule("(benefit − fiscal benefit) ÷ (programme cost − fiscal benefit), means (ratio_of)", whole)
        return Rule(f"mean benefit ÷ mean programme cost, {luck.rate} (simulator.appraisal.results.ratio_of)", whole)
    cost = rests.money(arm, programme, discounted=False, unbiased=True)
    per, count = (
        ("managed person-years", rests.happenings)
        if field == "cost_per_managed_person_year_gbp"
        else ("proven reoffences prevented", rests.offences)
    )
    how = f"programme cost ÷ {per}, both not discounted, {luck.mean} (simulator.report.results.unit_costs)"
    return Rule(how, cost | against(arm, count(arm, rests.comparator), rests))


def of_break_even(arm: str, field: str, luck: Luck, rests: Rests) -> Rule:
    """Reoffences to prevent in each managed person-year, those prevented, and the worth of one."""
    base = rests.comparator
    if arm == base:
        return Rule("the comparator has nothing to break even on", rests.known(COMPARATOR))
    told = rests.known(COMPARATOR, DISCOUNT_RATE)
    achieved = rests.offences(arm, base) | told
    prices = [price for price in rests.prices if victims_and_process(price)]
    worth = rests.unit_cost(prices) | rests.of_types(rests.kinds, base) | told
    cost = rests.money(arm, programme) | rests.happenings(arm, base)
    hows = {
        "prevented_per_person_year": (
            "programme_cost_gbp ÷ (worth of an offence × managed person-years)",
            cost | worth,
        ),
        "achieved_per_person_year": ("proven reoffences prevented ÷ managed person-years, discounted", achieved),
        "value_per_proven_offence_gbp": ("crimes, arrests and courts of the comparator ÷ its offences", worth),
    }
    how, names = hows.get(field, ("", cost | worth))
    return Rule(f"{how}, {luck.mean} (simulator.appraisal.results.break_even_of)", names)
