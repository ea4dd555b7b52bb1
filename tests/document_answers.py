"""Small answers of every kind that documents are made of, and answers of nasty shapes."""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable
from typing import Any

import difference_runs
import funded
from made_sweeps import psa, tornado
from small_runs import compared, library, scenario_with

from simulator.report.budgets import budgets_of
from simulator.report.difference import Asked as AskedDifference
from simulator.report.difference import document_of
from simulator.report.results import results_of
from simulator.report.whereabouts import Asked, whereabouts_of

Answers = dict[str, Any]
LONG = (
    "A scheme of a very long name, with more offender managers, fewer places & a <b> longer stay than anybody asked for"
)


@functools.cache
def comparison(*settings: str, replications: int = 3) -> Answers:
    found = compared(*settings, replications=replications)
    document = results_of(found)
    for arm, appraised in zip(document["arms"], found.arms, strict=True):
        arm["by_budget"] = budgets_of(appraised, found)
    return document


@functools.cache
def whereabouts(*settings: str, arm: str = "as_run", comparator: str = "no_iom", replications: int = 3) -> Answers:
    return whereabouts_of(Asked(scenario_with(*settings), library(), arm, comparator, 1, replications, 1))


@functools.cache
def difference() -> Answers:
    asked = AskedDifference(
        difference_runs.read(), "as_run", "no_iom", difference_runs.REPLICATIONS, difference_runs.SEED, "compiled"
    )
    return document_of(asked, [difference_runs.by_effects("as_run", "no_iom")])


@functools.cache
def shipped() -> Answers:
    return {
        "comparison": comparison(),
        "whereabouts": whereabouts(),
        "difference": difference(),
        "funding": funded.shipped(),
        "chances": psa(),
        "tornado": tornado(),
    }


def answers() -> Answers:
    return copy.deepcopy(shipped())


def changed(value: Any, by: Callable[[str, float], float], key: str = "") -> Any:
    """An answer whose pounds are others."""
    if isinstance(value, dict):
        return {name: changed(each, by, str(name)) for name, each in value.items()}
    if isinstance(value, list):
        return [changed(each, by, key) for each in value]
    is_number = isinstance(value, float) and not isinstance(value, bool)
    return by(key, value) if is_number and ("gbp" in key or "npsv" in key) else value


def with_long_titles() -> Answers:
    found = answers()
    for name in ("comparison", "whereabouts", "chances"):
        for arm in [*found[name]["arms"], *found[name].get("plane", {}).get("by_arm", [])]:
            arm["title"] = f"{LONG} ({arm['name']})"
    for curve in ("by_value", "by_cost"):
        for arm in found["chances"][curve]["by_arm"]:
            arm["title"] = f"{LONG} ({arm['name']})"
    found["difference"]["arm"]["title"] = found["tornado"]["arm_title"] = LONG
    for bar in found["tornado"]["bars"]:
        bar["label"] = LONG
        bar["preferred_at_low_title"] = LONG
    for person in found["whereabouts"]["lives"]["people"]:
        person["group"] = f"{LONG} · {LONG}"
    return found


def with_nothing() -> Answers:
    """Every amount of the comparison nil."""
    return {"comparison": changed(comparison(), lambda _, value: 0.0)}


def with_all_costs_negative() -> Answers:
    """Arms that are all cheaper than the comparator, and give up benefit."""
    document = changed(comparison(), lambda _, value: -value)
    for arm in document["arms"]:
        if arm["npsv_interval"]:
            arm["npsv_interval"] = sorted(arm["npsv_interval"])
        arm["payback_year"] = None
    return {"comparison": document}


def of_one_year() -> Answers:
    one = "appraisal.horizon_years=1"
    return {"comparison": comparison(one), "whereabouts": whereabouts(one)}


def of_one_replication() -> Answers:
    return {"comparison": comparison(replications=1), "whereabouts": whereabouts(replications=1)}


def of_a_cut() -> Answers:
    """A comparator with a programme and an arm without one."""
    return {"whereabouts": whereabouts(arm="no_iom", comparator="as_run")}


def of_nobody_managed() -> Answers:
    """Neither arm has a place."""
    return {"whereabouts": whereabouts("programme.places=0")}


def of_forty_years() -> Answers:
    found = answers()
    for arm in found["comparison"]["arms"]:
        arm["by_year"] = [{**arm["by_year"][0], "year": year + 1} for year in range(40)]
        first = [row for row in arm["by_budget"] if row["year"] == 1]
        arm["by_budget"] = [{**row, "year": year + 1} for year in range(40) for row in first]
    found["comparison"]["horizon_years"] = 40
    return {"comparison": found["comparison"]}


def paid_back() -> Answers:
    """An arm that pays back in its third year, after going deep in its second."""
    found = {"comparison": answers()["comparison"]}
    for arm in found["comparison"]["arms"]:
        for row, net in zip(arm["by_year"], (-900e3, -400e3, 1.5e6, 300e3, 200e3), strict=True):
            row["net_gbp"] = net
        arm["payback_year"] = 3
    return found


def with_every_part() -> Answers:
    """An agency with costs, cashable benefits, capacity released and benefits in nobody's budget."""
    found = {"comparison": answers()["comparison"]}
    for arm in found["comparison"]["arms"]:
        arm["by_budget"] = [
            {
                "year": year, "agency": agency, "kind": kind, "cashable": cashable, "net_gbp": 0.0,
                "programme_cost_gbp": 90e3 if cashable else 0.0, "benefit_gbp": 40e3 * year,
            }
            for year in range(1, 6)
            for agency in ("police", "nhs", "victims")
            for kind, cashable in (("fiscal", True), ("fiscal", False), ("social", False))
        ]  # fmt: skip
        arm["by_agency"] = [
            {"agency": agency, "programme_cost_gbp": 450e3, "benefit_gbp": 1.8e6, "net_gbp": 1.35e6}
            for agency in ("police", "nhs", "victims")
        ]
    return found


SHAPES: dict[str, Callable[[], Answers]] = {
    "shipped": answers,
    "long titles": with_long_titles,
    "nothing": with_nothing,
    "negative": with_all_costs_negative,
    "one year": of_one_year,
    "forty years": of_forty_years,
    "one replication": of_one_replication,
    "a cut": of_a_cut,
    "nobody managed": of_nobody_managed,
    "paid back": paid_back,
    "every part": with_every_part,
}
