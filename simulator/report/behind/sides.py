"""The sides of the balance: which prices are programme cost and which benefit, and how sums and means are said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from simulator.report.behind.figure import Rule
from simulator.report.behind.people import NONE, Names
from simulator.report.behind.prices import Priced
from simulator.report.behind.rests import COMPARATOR, Rests

Keep = Callable[[Priced], bool]
COUNTS = (
    "crimes",
    "proven_offences",
    "arrests",
    "custody_days",
    "people_reoffending",
    "managed_person_years",
    "selections",
)


def everything(_: Priced) -> bool:
    """All prices."""
    return True


def programme(price: Priced) -> bool:
    """What the scheme itself is charged for."""
    return price.is_programme


def benefit(price: Priced) -> bool:
    """All that the scheme changes."""
    return not price.is_programme


def fiscal_benefit(price: Priced) -> bool:
    """The part of the benefit that falls to public budgets."""
    return not price.is_programme and price.kind == "fiscal"


def victims_and_process(price: Priced) -> bool:
    """What comes with a proven offence itself: victims, arrest, court."""
    return price.section == "crime" or price.line in ("arrest", "court_event")


def both(one: Keep, other: Keep) -> Keep:
    """Prices that two conditions keep."""
    return lambda price: one(price) and other(price)


SIDES: Mapping[str, Keep] = {
    "programme_cost_gbp": programme,
    "benefit_gbp": benefit,
    "net_gbp": everything,
    "npsv_gbp": everything,
}
LESS = {
    "programme_cost_gbp": "cost of the programme lines of the arm − that of the comparator",
    "benefit_gbp": "cost of all other lines of the comparator − that of the arm",
    "net_gbp": "benefit_gbp − programme_cost_gbp",
    "npsv_gbp": "benefit_gbp − programme_cost_gbp",
}


class Luck:
    """How a mean over replications is said of one comparison."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        count = document.get("replications")
        self.mean = f"mean over {count:,} replications" if count else "mean over replications"
        self.rate = f"discounted at {document['discount_rate']:.1%}" if "discount_rate" in document else "discounted"
        self.prices = f"in {document.get('price_base', 'price-base')} prices"


def of_count(arm: str, field: str, part: str, luck: Luck, rests: Rests) -> Rule:
    """Something counted: its level in the arm, or the difference from the comparator."""
    arms = (arm,) if part == "level" else (arm, rests.comparator)
    count = rests.crimes if field == "crimes" else rests.offences if field == "proven_offences" else rests.happenings
    names: Names = count(*arms)
    if part == "level":
        return Rule(f"{luck.mean} of {field} in this arm, not discounted (simulator.appraisal.results.measured)", names)
    how = f"{luck.mean} of {field} in this arm − in the comparator, same luck, not discounted"
    return Rule(f"{how} (simulator.appraisal.results.change)", against(arm, names, rests))


def against(arm: str, names: Names, rests: Rests) -> Names:
    """What a difference from the comparator rests on; the comparator's own is nothing, whatever is moved but itself."""
    return rests.known(COMPARATOR) | (NONE if arm == rests.comparator else names)
