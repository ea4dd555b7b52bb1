"""Which inputs a result of a comparison rests on: moving any other of them moves nothing in it.

Counts rest on what people do and on the funding choice, money on that and on the prices of its cost lines, on the indices
that bring them to the price base, and on the discount rate. The names are those of the rows of ``inputs``.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from simulator.costing.lines import CRIME
from simulator.report.behind.people import COMMUNITY, DETECTION, HORIZON, NONE, Names, People
from simulator.report.behind.prices import MULTIPLIER, Priced, Pricing, Row, crime_prices, priced_rows

DISCOUNT_RATE = "appraisal.discount_rate"
COST_TABLE, PRICE_BASE = "appraisal.cost_table", "appraisal.price_base"
COSTING, COUNTING = "appraisal.costing", "appraisal.counting"
PRISON_COST, ANTICIPATION = "appraisal.prison_cost", "appraisal.anticipation"
COMPARATOR = "appraisal.comparator"
ON_COSTS, ON_BENEFITS = "appraisal.optimism_bias", "appraisal.benefit_cut"
RECORDED = "appraisal.recorded_per_proven"
BUDGET = "programme.yearly_budget_gbp"
# What decides how many offender managers, places and years of fixed costs are paid for.
FUNDING = (
    "programme.open",
    "programme.places",
    "programme.offender_managers",
    BUDGET,
    "programme.caseload",
    "programme.start_year",
    "programme.ends_after_years",
)
PAID_BY_PLAN = ("offender_manager_year", "place_year", "fixed_year")
PRICE_OF_A_PLACE = ("offender_manager_year", "place_year")


def pricing_of(document: Mapping[str, Any], rows: Mapping[str, Row]) -> Pricing:
    """How a comparison prices what happened."""
    return Pricing(
        document["cost_table"],
        document["costing"],
        document["counting"],
        document["prison_cost"],
        str(rows[ANTICIPATION]["value"]),
        document["price_base"],
    )


class Rests:
    """The inputs of one comparison, by what rests on them.

    Args:
        document: the JSON of a comparison, or as much of it as is known before it is run.
        drawn: whether inputs are moved to the ends of their ranges, where an offence type may occur that else does not.
    """

    def __init__(self, document: Mapping[str, Any], drawn: bool = False) -> None:
        self.rows: Mapping[str, Row] = {row["name"]: row for row in document["inputs"]}
        self.comparator: str = document["comparator"]
        self.pricing = pricing_of(document, self.rows)
        self.people = People(self.rows, drawn)
        self.kinds = self.people.kinds
        self.every_kind = frozenset(name.split(".")[1] for name in self.rows if name.startswith("offence_types."))
        self.prices = priced_rows(self.rows, self.pricing, self.kinds)
        self.arms = list(dict.fromkeys(name.split(".")[1] for name in self.rows if name.startswith("arms.")))
        self.biased = not {ON_COSTS, ON_BENEFITS}.isdisjoint(self.rows)

    @functools.cache  # noqa: B019  (one for each comparison, and as short-lived as the program)
    def repriced(self, costing: str, counting: str) -> Rests:
        """The same inputs under another reading."""
        made = object.__new__(Rests)
        made.__dict__.update(self.__dict__)
        made.pricing = self.pricing._replace(costing=costing, counting=counting)
        made.prices = priced_rows(self.rows, made.pricing, self.kinds)
        return made

    def idle(self) -> list[Priced]:
        """Prices of the offence types that nobody commits."""
        kinds = sorted(self.every_kind - self.kinds)
        return [each for kind in kinds for each in crime_prices(self.rows, self.pricing, kind)]

    def known(self, *names: str) -> Names:
        """Those of the names that are inputs here."""
        return frozenset(name for name in names if name in self.rows)

    # What people do.

    @functools.cache  # noqa: B019  (one for each comparison, and as short-lived as the program)
    def happenings(self, *arms: str) -> Names:
        """Everything that occasions, arrests, custody and places in some arms rest on."""
        return self.people.happenings(*arms) | self.budget_of(*arms)

    @functools.cache  # noqa: B019
    def offences(self, *arms: str) -> Names:
        """Everything that the number of proven offences in some arms rests on."""
        return self.people.offences(*arms) | self.budget_of(*arms)

    def crimes(self, *arms: str) -> Names:
        """Crimes in the counting unit, of all types together; their types only matter where each has its multiplier."""
        multiplied = self.pricing.counting == "multiplied"
        found = self.of_types(self.kinds, *arms) if multiplied else self.offences(*arms)
        return found | self.counting(self.kinds, *arms)

    def of_types(self, kinds: Iterable[str], *arms: str) -> Names:
        """Crimes of some offence types, in the counting unit."""
        return self.people.types(*arms) | self.happenings(*arms) | self.counting(kinds, *arms)

    def counting(self, kinds: Iterable[str], *arms: str) -> Names:
        """What turns proven offences into crimes."""
        watched = not all(map(self.people.never_runs, arms))
        names = [COUNTING, *([DETECTION] if watched else [])]
        if self.pricing.counting == "multiplied":
            names += [RECORDED, *(f"{self.pricing.cost_table}.{kind}{MULTIPLIER}" for kind in kinds)]
        return self.known(*names)

    def budget_of(self, *arms: str) -> Names:
        """The prices of a place, where a yearly budget buys the places of some arm: who is managed then rests on them."""
        return NONE if all(map(self.people.never_runs, arms)) else self.budget()

    @functools.cache  # noqa: B019
    def budget(self) -> Names:
        """The prices of a place, where a yearly budget buys the places: who is managed then rests on them."""
        if not any(name.endswith(BUDGET) for name in self.rows):
            return NONE
        prices = [each for each in self.prices if each.line in PRICE_OF_A_PLACE]
        return frozenset(name for each in prices for name in each.names) | self.price_steps(prices)

    @functools.cache  # noqa: B019
    def funding(self, *arms: str) -> Names:
        """What the plan pays for rests on the levers of funding alone."""
        levers = [*FUNDING, *(f"arms.{arm}.{name}" for arm in arms for name in FUNDING)]
        return self.known(*levers, HORIZON) | self.budget()

    # Money.

    @functools.cache  # noqa: B019
    def quantity(self, line: str, *arms: str) -> Names:
        """The quantity of one cost line."""
        if line in PAID_BY_PLAN:
            return self.funding(*arms)
        if line in self.every_kind:
            return self.of_types([line], *arms)
        if line == "community_supervision":
            return self.happenings(*arms) | self.known(COMMUNITY)
        if line == "custody_day":
            return self.happenings(*arms) | self.wings()
        return self.happenings(*arms)

    def wings(self) -> Names:
        """Days in custody that are paid for in whole wings rest on the size of a wing and on the comparator."""
        wing = self.known("justice.prison_wing_places") if self.pricing.prison_cost == "step_fixed" else NONE
        return (
            wing
            | (self.happenings(self.comparator) | self.known(COMPARATOR) if wing else NONE)
            | self.known(PRISON_COST)
        )

    def unit_cost(self, prices: Iterable[Priced]) -> Names:
        """What some prices rest on: their rows, the choices that leave parts out, and the steps to the price base."""
        prices = list(prices)
        choices: list[str] = []
        if any(each.section == CRIME for each in prices):
            choices += [COST_TABLE, COSTING, ANTICIPATION]
        if any(each.section not in (CRIME, "programme") for each in prices):
            choices.append(COSTING)
        if any(each.line == "custody_day" for each in prices):
            choices.append(PRISON_COST)
        rows = {name for each in prices for name in each.names}
        return self.known(*rows, *choices) | self.price_steps(prices)

    def price_steps(self, prices: Iterable[Priced]) -> Names:
        """The indices of the price years and of the price base, and what sets that base; nothing without a price."""
        years = {year for each in prices for year in each.price_years}
        if not years:
            return NONE
        base = self.pricing.price_base
        steps = [f"deflators.{year}" for year in (*(years - {base}), base)] if years != {base} else []
        return self.known(*steps, PRICE_BASE if PRICE_BASE in self.rows else COST_TABLE)

    @functools.cache  # noqa: B019
    def own_choices(self, *arms: str) -> Names:
        """Choices of pricing that an arm makes for itself."""
        return frozenset(name for name in self.rows if any(name.startswith(f"arms.{arm}.appraisal.") for arm in arms))

    def money(
        self, arm: str, keep: Callable[[Priced], bool], *, discounted: bool = True, unbiased: bool = False
    ) -> Names:
        """Pounds of an arm against the comparator over the prices kept; the comparator against itself is nothing.

        Args:
            discounted: False for sums that are not brought to present value, and for the first year.
            unbiased: whether optimism bias is left out.
        """
        kept = [each for each in self.prices if keep(each)]
        if arm == self.comparator or not kept:
            return self.known(COMPARATOR) if kept else NONE
        arms = (arm, self.comparator)
        found = self.unit_cost(kept) | self.known(COMPARATOR, HORIZON) | self.own_choices(*arms)
        for line in {each.line for each in kept}:
            found |= self.quantity(line, *arms)
        bias = [ON_COSTS] if any(each.is_programme for each in kept) else []
        bias += [ON_BENEFITS] if any(not each.is_programme for each in kept) else []
        found |= NONE if unbiased else self.known(*bias)
        # The sign of a discounted change says which line bias weighs on, so the rate matters even in the first year.
        rate = discounted or (self.biased and not unbiased)
        return found | (self.known(DISCOUNT_RATE) if rate else NONE)
