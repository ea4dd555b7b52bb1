"""The arithmetic of the workbook's formulas, in Python: what each cell holds before anybody changes an input.

It follows ``simulator.appraisal.results``: discounted differences from the comparator, times unit costs, times weights.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

Document = Mapping[str, Any]
PROGRAMME = "programme"
# What the scheme does is counted beside what is paid for: break-even and cost per person managed need it.
COUNTED = {"proven_offences": "proven offences", "managed_person_years": "person-years"}


class Counted(NamedTuple):
    """A quantity of one arm: what it is of, its section and unit, and its mean in each year."""

    arm: str
    line: str
    section: str
    unit: str
    by_year: tuple[float, ...]


def cash_word(kind: str, cashable: bool) -> str:
    """Whether money moves: cashable; capacity released (public, but no budget falls); or not cashable (nobody's budget)."""
    if cashable:
        return "cashable"
    return "capacity released" if kind == "fiscal" else "not cashable"


@dataclass(frozen=True)
class Sums:
    """Amounts of one comparison, from the answers ``comparison`` and ``costs``. Years count from 0, pounds are unrounded."""

    comparison: Document
    costs: Document

    @property
    def years(self) -> int:
        """Years appraised."""
        return int(self.costs["horizon_years"])

    @property
    def base(self) -> str:
        """The comparator's name."""
        return str(self.costs["comparator"])

    @cached_property
    def arms(self) -> list[Document]:
        """Every arm of the comparison, the comparator first."""
        return sorted(self.comparison["arms"], key=lambda arm: arm["name"] != self.base)

    @property
    def compared(self) -> list[Document]:
        """The arms other than the comparator."""
        return self.arms[1:]

    @cached_property
    def quantities(self) -> dict[tuple[str, str], Counted]:
        """Mean quantities by arm and line: those that are paid for and that occur in some arm, and two that are counted."""
        by_key = {(row["arm"], row["line"]): tuple(row["by_year"]) for row in self.costs["quantities"]}
        found = {}
        for arm in self.arms:
            for line in self.lines:
                by_year = by_key[arm["name"], line["line"]]
                found[arm["name"], line["line"]] = Counted(
                    arm["name"], line["line"], line["section"], line["unit"], by_year
                )
            for name, unit in COUNTED.items():
                by_year = tuple(row[name]["level"] for row in arm["by_year"])
                found[arm["name"], name] = Counted(arm["name"], name, "counted only", unit, by_year)
        return found

    @cached_property
    def lines(self) -> list[Document]:
        """The cost lines of which there is something in some arm."""
        used = {row["line"] for row in self.costs["quantities"] if any(row["by_year"])}
        return [line for line in self.costs["lines"] if line["line"] in used]

    @property
    def unused(self) -> list[str]:
        """The cost lines of which there is nothing in any arm."""
        used = {line["line"] for line in self.lines}
        return [line["line"] for line in self.costs["lines"] if line["line"] not in used]

    @cached_property
    def prices(self) -> list[Document]:
        """The unit costs of the lines in use."""
        section = self.section
        return [price for price in self.costs["prices"] if price["line"] in section]

    @cached_property
    def section(self) -> dict[str, str]:
        """The section of each line in use."""
        return {line["line"]: line["section"] for line in self.lines}

    def discounted(self, arm: str, line: str, factors: str = "discount_factors") -> float:
        """Quantity of a line in one arm, each year times its discount factor."""
        return dot(self.quantities[arm, line].by_year, self.costs[factors])

    def more(self, arm: str, line: str) -> float:
        """How much more of a line than under the comparator, discounted."""
        return self.discounted(arm, line) - self.discounted(self.base, line)

    def weight(self, arm: str, line: str) -> float:
        """What a line counts for: a dearer programme line 1 + bias, a line that gains 1 - cut, any other 1."""
        more = self.more(arm, line)
        if self.section[line] == PROGRAMME:
            return 1.0 + self.costs["optimism_bias"] if more > 0.0 else 1.0
        return 1.0 - self.costs["benefit_cut"] if more < 0.0 else 1.0

    @cached_property
    def noises(self) -> dict[tuple[str, str], tuple[float, ...]]:
        """Half-width of the 95% interval of how much more there is of a line than under the comparator, by year."""
        return {
            (row["arm"], row["line"]): tuple(row["more_half_width_by_year"])
            for row in self.costs["quantities"]
            if row["line"] in self.section
        }

    def noise(self, arm: str, line: str) -> float:
        """The most that the half-width of the discounted difference can be, whatever the years have in common."""
        return dot(self.noises[arm, line], self.costs["discount_factors"])

    def unit_cost(self, line: str) -> float:
        """Pounds for one unit of a line, in the price base."""
        return math.fsum(price["unit_cost_in_price_base_gbp"] for price in self.prices if price["line"] == line)

    @cached_property
    def saved(self) -> dict[tuple[str, str], list[float]]:
        """Present value by year of what an arm costs less than the comparator, by arm and price; more is negative."""
        return {
            (arm["name"], price["name"]): self.saved_at(arm["name"], price)
            for arm in self.arms
            for price in self.prices
        }

    def saved_at(self, arm: str, price: Document) -> list[float]:
        """The same for one arm and price."""
        mine, other = (self.quantities[each, price["line"]].by_year for each in (arm, self.base))
        each = price["unit_cost_in_price_base_gbp"] * self.weight(arm, price["line"])
        factors = self.costs["discount_factors"]
        return [-(one - two) * factor * each for one, two, factor in zip(mine, other, factors, strict=True)]

    def total(self, arm: str, of_interest: Callable[[Document], bool], year: int | None = None) -> float:
        """The sum of ``saved`` over the prices of interest, in one year or in all."""
        chosen = slice(None) if year is None else slice(year, year + 1)
        return math.fsum(
            amount for price in self.prices if of_interest(price) for amount in self.saved[arm, price["name"]][chosen]
        )

    def is_programme(self, price: Document) -> bool:
        """Whether a price is of what the scheme itself costs."""
        return self.section[price["line"]] == PROGRAMME

    def fiscal_benefit(self, arm: str, year: int | None = None) -> float:
        """What public bodies spend less on, in one year or in all."""
        return self.total(arm, lambda price: price["kind"] == "fiscal" and not self.is_programme(price), year)

    def benefit(self, arm: str, kind: str, cash: str = "") -> float:
        """Benefit of one kind; of one sort of cash where named."""
        return self.total(
            arm,
            lambda price: (
                price["kind"] == kind
                and not self.is_programme(price)
                and cash in ("", cash_word(kind, bool(price["cashable"])))
            ),
        )

    def cost_at_present_value(self, arm: str, line: str) -> float:
        """What a line costs in one arm by itself, bias aside."""
        return self.discounted(arm, line) * self.unit_cost(line)

    def whole_programme(self, arm: str) -> float:
        """What the dearer of an arm and the comparator spends on the scheme altogether, bias aside."""
        own = [line for line, section in self.section.items() if section == PROGRAMME]
        return max(math.fsum(self.cost_at_present_value(each, line) for line in own) for each in (arm, self.base))


def dot(left: Iterable[float], right: Iterable[float]) -> float:
    """The sum of products, correctly rounded."""
    return math.fsum(one * two for one, two in zip(left, right, strict=True))


def running(amounts: Sequence[float]) -> list[float]:
    """Running totals."""
    return [math.fsum(amounts[: number + 1]) for number in range(len(amounts))]


def check_same_run(comparison: Document, costs: Document) -> None:
    """Refuse two answers that are not of the same run.

    Raises ValueError.
    """
    mine, other = comparison["run"]["digest"], costs["run"]["digest"]
    if mine != other or comparison["comparator"] != costs["comparator"]:
        raise ValueError(f"the answers 'comparison' ({mine}) and 'costs' ({other}) are of different runs")
    sums = Sums(comparison, costs)
    for arm in sums.compared:
        again = sums.total(arm["name"], lambda price: True)
        if not math.isclose(again, arm["npsv_gbp"], rel_tol=1e-9, abs_tol=1e-6):
            raise ValueError(
                f"the quantities and prices of 'costs' give '{arm['name']}' an NPSV of {again}, not {arm['npsv_gbp']}"
            )
