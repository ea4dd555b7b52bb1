"""Figures in the rows of the tables of an arm, and what each rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.report.behind.figure import Rule
from simulator.report.behind.paths import Step
from simulator.report.behind.people import Names
from simulator.report.behind.prices import Priced
from simulator.report.behind.rests import Rests
from simulator.report.behind.sides import COUNTS, LESS, SIDES, Keep, Luck, against, both, of_count
from simulator.report.splits import NOT_BY_OFFENCE_TYPE


def of_split(arm: str, steps: Sequence[Step], luck: Luck, rests: Rests) -> Rule:
    """A figure in a row of one of the tables of an arm."""
    row, field = steps[0].value, steps[1].key
    kept = kept_by(row)
    if field in SIDES:
        first_year = row.get("year") == 1
        names = rests.money(arm, both(SIDES[field], kept), discounted=not first_year)
        rate = "not discounted" if first_year else luck.rate
        how = f"{LESS[field]}, of this row alone, {luck.mean}, {rate}, {luck.prices} (simulator.appraisal.results.parts_by)"
        return Rule(how if names else "nothing is charged on this side of this row: always £0", names)
    if field == "unit_cost_gbp":
        prices = [price for price in rests.prices if kept(price)]
        how = f"sum of the parts that are charged, each × index of {rests.pricing.price_base} ÷ index of its price year"
        return Rule(f"{how} (simulator.costing.prices.price_of)", unit_cost(row, prices, rests))
    if field == "quantity":
        return of_quantity(arm, row["line"], steps[-1].key, luck, rests)
    if field not in COUNTS:
        return Rule("the row itself")
    rule = of_count(arm, field, steps[-1].key, luck, rests)
    if "offence_type" not in row:
        return rule
    return rule._replace(names=of_type(arm, row["offence_type"], field, steps[-1].key, rests))


def of_type(arm: str, kind: str, field: str, part: str, rests: Rests) -> Names:
    """What the crimes, or the proven offences, of one type rest on."""
    arms = (arm,) if part == "level" else (arm, rests.comparator)
    names = rests.of_types([kind], *arms)
    if field == "proven_offences":
        names -= rests.counting([kind], *arms)
    return names if part == "level" else against(arm, names, rests)


def unit_cost(row: Mapping[str, Any], prices: Sequence[Priced], rests: Rests) -> Names:
    """What a unit cost rests on, also that of an offence type that nobody commits."""
    line = row.get("offence_type") or row.get("line")
    if prices or line is None:
        return rests.unit_cost(prices)
    idle = [price for price in rests.idle() if price.line == line]
    return rests.unit_cost(idle)


def of_quantity(arm: str, line: str, part: str, luck: Luck, rests: Rests) -> Rule:
    """What a cost line is charged for."""
    arms = (arm,) if part == "level" else (arm, rests.comparator)
    names = rests.quantity(line, *arms)
    how = f"{luck.mean} of the quantity of line {line} in this arm, not discounted (simulator.costing.costs)"
    return Rule(how, names if part == "level" else against(arm, names, rests))


def kept_by(row: Mapping[str, Any]) -> Keep:
    """The prices that belong to a row, by whichever of line, offence type, agency, kind and cashable it names.

    Only what the scheme is charged for is cashable.
    """
    wanted = {name: row[name] for name in ("line", "agency", "kind") if name in row}
    if "offence_type" in row:
        wanted["offence_type"] = None if row["offence_type"] == NOT_BY_OFFENCE_TYPE else row["offence_type"]
    if "cashable" in row:
        wanted["is_programme"] = row["cashable"]
    return lambda price: all(getattr(price, name) == value for name, value in wanted.items())
