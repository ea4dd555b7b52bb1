"""How each figure of the other answers is made, and the inputs it rests on: sweeps, funding, difference, decision and more.

They simulate and price as a comparison does, so what rests on what is the same; only the sums are others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from simulator.report.behind.comparison import CHOICES, choice
from simulator.report.behind.figure import Rule
from simulator.report.behind.paths import Step, arm_on, named_field, rows_on
from simulator.report.behind.people import NONE, Names
from simulator.report.behind.pounds import of_budget, of_costs
from simulator.report.behind.rests import COMPARATOR, Rests
from simulator.report.behind.sides import Luck, benefit, everything, programme

Document = Mapping[str, Any]
# Fields that are counts of work asked for, or say how one looked.
ASKED = (
    "seed", "draws", "replications", "inputs_drawn", "replications_per_draw", "unit_gbp", "added_gbp_per_offence_prevented",
    "shares_of_programme_cost", "pairs_looked_at", "people", "inputs_looked_at", "corners_simulated", "cost_gbp",
)  # fmt: skip
# Of an input as it stands, in a row that has its name.
OF_THE_INPUT = ("low", "high", "now", "end")


def arms_in(document: Document, rests: Rests) -> list[str]:
    """Every arm of an answer but the comparator, which is nothing against itself."""
    names = [str(arm["name"]) for arm in document.get("arms", [])] or [str(document["arm"])]
    return [name for name in names if name != rests.comparator]


def of_all(document: Document, rests: Rests) -> Names:
    """What NPSV of all arms rests on: who is preferred, and by how much."""
    return NONE.union(*(rests.money(arm, everything) for arm in arms_in(document, rests)))


def prevented(arm: str, rests: Rests) -> Names:
    """What a difference in counts rests on."""
    return rests.offences(arm, rests.comparator) | rests.known(COMPARATOR)


def of_sweep(steps: Sequence[Step], document: Document, rests: Rests) -> Rule:
    """A figure of a tornado or of draws."""
    field, luck = named_field(steps), Luck(document)
    draws = document.get("draws")
    if steps[0].key == "bars":
        return of_bar(steps, document, rests, luck)
    if steps[0].key == "worths":
        how = f"mean over {draws:,} draws of the best NPSV were it known − the best mean (simulator.uncertainty.worths)"
        return Rule(how, of_all(document, rests))
    if field in ("chance_preferred", "chance_best") or "chosen" in [step.key for step in steps]:
        how = f"share of {draws:,} draws in which the arm has the highest NPSV (simulator.uncertainty.probabilistic)"
        return Rule(how, of_all(document, rests))
    arm = arm_on(steps, arms_in(document, rests))
    if arm is None:
        arm = str(document["arm"]) if len(steps) == 1 and "arm" in document else rests.comparator
    over = f"over {draws:,} draws of every uncertain input" if draws else f"at central values, {luck.mean}"
    return Rule(
        f"{sum_of(field)}, {over}, {luck.rate}, {luck.prices} (simulator.uncertainty)", of_field(field, arm, rests)
    )


def sum_of(field: str) -> str:
    """The sum behind a field, in words."""
    for words, said in (
        ("programme_cost", "additional programme cost"),
        ("reoffences_prevented", "proven reoffences of the comparator − of the arm"),
        ("benefit_per_pound", "mean benefit ÷ mean programme cost"),
        ("benefit_gbp", "benefit"),
        ("chance", "share with benefits above programme costs"),
    ):
        if words in field:
            return said
    return "benefit − programme cost"


def of_field(field: str, arm: str, rests: Rests) -> Names:
    """What a field of one arm rests on."""
    if field.startswith("benefit_per_"):
        return rests.money(arm, everything)
    if "programme_cost" in field:
        return rests.money(arm, programme)
    if "reoffences_prevented" in field:
        return prevented(arm, rests)
    if field.startswith("benefit_gbp"):
        return rests.money(arm, benefit)
    return rests.money(arm, everything)


def of_bar(steps: Sequence[Step], document: Document, rests: Rests, luck: Luck) -> Rule:
    """One bar: the input itself, or NPSV with it at an end of its range."""
    row, field = steps[1].value, named_field(steps)
    if field in (*OF_THE_INPUT, "value"):
        return Rule("the input itself: where it stands and how far it may lie", input_named(row["name"], rests))
    end = "low" if "low" in field else "high" if "high" in field else "either"
    how = f"NPSV with {row['name']} at its {end} end and all else central, same luck, {luck.mean}, {luck.rate}"
    return Rule(f"{how} (simulator.uncertainty.tornado)", rests.money(str(document["arm"]), everything))


def input_named(name: str, rests: Rests) -> Names:
    """The rows of an input as sweeps name it: an offence mix is moved as a whole."""
    return rests.known(name, *(each for each in rests.rows if each.startswith(f"{name}.")))


def of_funding(steps: Sequence[Step], document: Document, rests: Rests) -> Rule:
    """A figure of the funding curve."""
    field, arm, luck = named_field(steps), str(document["arm"]), Luck(document)
    if field in ("places", "from_places", "to_places") and steps[0].key in ("levels", "steps"):
        return Rule("as asked for, or round numbers of places", rests.known(*FUNDED_BY))
    if field == "places_before":
        return Rule("places of the scenario before t = 0 (simulator.scenario.funding)", rests.funding())
    if field == "share_in_use":
        return Rule(
            f"managed person-years ÷ place-years paid for, {luck.mean}", rests.happenings(arm, rests.comparator)
        )
    how = f"{FUNDING_SUMS.get(field, 'benefit − cost of the scheme')}, each level with its own places, {luck.mean}"
    names = rests.money(arm, FUNDING_SIDES.get(field, everything))
    if field == "fixed_cost_gbp":
        names = rests.money(arm, lambda price: price.line == "fixed_year")
    return Rule(f"{how}, {luck.rate}, {luck.prices} (simulator.uncertainty.funding_curve)", names)


FUNDED_BY = ("programme.offender_managers", "programme.caseload", "programme.places")
FUNDING_SIDES = {"cost_gbp": programme, "run_down_gbp": programme, "benefit_gbp": benefit, "places_per_unit": programme}
FUNDING_SUMS = {
    "cost_gbp": "programme cost, people beyond the places paid for included",
    "run_down_gbp": "people beyond the places paid for × the price of a place",
    "benefit_gbp": "benefit against no scheme",
    "places_per_unit": "£100,000 ÷ what a place costs within the step",
    "fixed_cost_gbp": "fixed costs alone",
    "benefit_per_pound": "mean benefit ÷ mean cost",
    "chance_pays": "share of draws in which benefit exceeds cost",
    "chance_benefits_exceed_costs": "share of draws in which benefit exceeds cost",
    "chance_best": "share of draws in which this level has the highest NPSV",
}


def of_difference(steps: Sequence[Step], document: Document, rests: Rests) -> Rule:
    """A share of the difference between two arms; each rests on what either rests on."""
    field, luck = named_field(steps), Luck(document)
    if steps[-1].key == "replications":
        return Rule("as asked for on the command line")
    pairs = [str(document[end]["name"]) for end in ("arm", "other")]
    side = DIFFERENCE_SIDES.get(steps[-1].key)
    how = f"share of this cause over every order of the causes, same luck, {luck.mean} (simulator.uncertainty.causes)"
    if steps[-1].key in ("reoffences_prevented", "custody_days_saved", "crimes_prevented"):
        names = NONE.union(*(prevented(arm, rests) for arm in pairs if arm != rests.comparator))
        if steps[-1].key == "crimes_prevented":
            names |= rests.crimes(*pairs)
        return Rule(how, names)
    keep = everything if side is None else side
    names = NONE.union(*(rests.money(arm, keep) for arm in pairs))
    return Rule(f"{how}; {luck.rate}, {luck.prices}" if field else how, names)


DIFFERENCE_SIDES = {
    "programme_gbp": programme,
    "crime_gbp": lambda price: price.section == "crime",
    "police_and_courts_gbp": lambda price: price.line in ("arrest", "court_event"),
    "prison_gbp": lambda price: price.line == "custody_day",
    "supervision_gbp": lambda price: price.section == "supervision" or price.line == "recall",
}


def of_decision(steps: Sequence[Step], document: Document, rests: Rests) -> Rule:
    """Where another choice would be preferred: everything that NPSV of any arm rests on."""
    row = rows_on(steps)[-1] if rows_on(steps) else {}
    field = named_field(steps)
    if field in OF_THE_INPUT and "name" in row:
        return Rule("the input itself: where it stands, or the end of its range", input_named(str(row["name"]), rests))
    arm = arm_on(steps, arms_in(document, rests))
    if steps[0].key == "arms":
        luck = Luck(document)
        names = rests.money(arm or rests.comparator, everything)
        return Rule(f"benefit − programme cost, {luck.mean} (simulator.uncertainty.decision)", names)
    how = f"NPSV of all arms, {Luck(document).mean}, as inputs move (simulator.uncertainty.{module_of(steps)})"
    return Rule(how, of_all(document, rests))


def module_of(steps: Sequence[Step]) -> str:
    """Where a part of the decision is worked out."""
    modules = {"draws": "commonest", "singles": "switching", "pair": "switching", "pairs_as_near": "switching"}
    return modules.get(steps[0].key, "decision")


def of_regression(steps: Sequence[Step], document: Any, rests: Rests) -> Rule:
    """What selection and custody show without any effect; of reports, not of a comparison."""
    # What stands beside the rows is the report's own.
    row = next((each for each in rows_on(steps) if "choice" in each), document)
    if "choice" not in row or named_field(steps).startswith("reported"):
        return Rule(f"as {row['report']} has it, or from its own counts")
    how = f"{row['report']}'s protocol on simulated people without any effect, reading '{row['choice']}'"
    every = rests.happenings(*rests.arms) | rests.of_types(rests.kinds, *rests.arms)
    people = frozenset(name for name in every if name.partition(".")[0] in SELECTED_BY)
    return Rule(f"{how} (simulator.evaluation.regression)", people)


SELECTED_BY = ("population", "programme", "cohort", "fit", "offence_mixes", "sentence_bands", "offence_types")


def of_whereabouts(steps: Sequence[Step], document: Document, rests: Rests) -> Rule:
    """Where people are: what they do in the arm, no price; in single lives and differences, under both arms."""
    both = [str(document["arm"]), str(document["comparator"])]
    field, arm = named_field(steps), arm_on(steps, both)
    alone = arm is not None and steps[0].key == "arms" and not field.startswith("increment")
    how = "the first replication" if steps[0].key == "lives" else Luck(document).mean
    chosen = [str(arm)] if alone else both
    names = rests.offences(*chosen) if "offences" in field else rests.happenings(*chosen)
    return Rule(f"people or person-years by state, {how} (simulator.evaluation.whereabouts)", names)


RULES: Mapping[str, Callable[[Sequence[Step], Any, Rests], Rule]] = {
    "tornado": of_sweep,
    "chances": of_sweep,
    "funding": of_funding,
    "difference": of_difference,
    "decision": of_decision,
    "regression": of_regression,
    "whereabouts": of_whereabouts,
    "costs": of_costs,
    "budget": of_budget,
}


def of_other(answer: str, steps: Sequence[Step], document: Any, rests: Rests) -> Rule:
    """The rule of a figure of any answer but the comparison."""
    field = named_field(steps)
    if len(steps) == 1 and field in CHOICES:
        return Rule("as the scenario or the command line has it", choice(field, rests))
    if field in ASKED and not (answer == "funding" and field == "cost_gbp"):
        return Rule("as asked for on the command line")
    return RULES[answer](steps, document, rests)
