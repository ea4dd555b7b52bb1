"""Unit costs of crime by category, complete: gaps filled and totals split from other editions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from simulator.quantities import Quantity, Standing, UnitCost
from simulator.tables.deflators import Deflators
from simulator.tables.editions import EDITIONS, SHARES_EDITION, TOOLKIT, Edition, OffenceType

# Parts are rounded to 2⁻²⁰ of a pound, so that they add up to their total exactly in any order.
_GRID = 2.0**20


@dataclass(frozen=True)
class CrimeCosts:
    """What a crime of each category costs, in pounds of ``price_year``.

    ``parts`` add up to the category's total; ``totals`` keep the standing of the table's own row;
    ``multipliers`` are crimes per recorded crime; a category that costs nothing may have none.
    """

    edition: str
    price_year: str
    parts: Mapping[str, tuple[UnitCost, ...]]
    totals: Mapping[str, UnitCost]
    multipliers: Mapping[str, Quantity]

    def total(self, category: str) -> float:
        """Pounds per crime: the sum of the category's parts."""
        return math.fsum(part.value for part in self.parts[category])


class _Share(NamedTuple):
    part: str
    kind: str
    agency: str
    share: float

    @property
    def suffix(self) -> str:
        """How the part is named after its category: ``anticipation``, ``response.police``."""
        last = self.agency if self.kind == "fiscal" else self.kind
        return self.part if self.part == "anticipation" else f"{self.part}.{last}"


class Completion:
    """Fills and splits the categories of one edition with the help of the others."""

    def __init__(
        self,
        editions: Mapping[str, Edition],
        types: Mapping[str, OffenceType],
        deflators: Deflators,
    ) -> None:
        self.editions = editions
        self.types = types
        self.deflators = deflators

    def crime_costs(self, edition: str) -> CrimeCosts:
        """Every offence type's costs in one edition; only where ``lacking`` finds nothing."""
        parts = {category: self.parts(edition, category) for category in self.types}
        totals = {category: self.total(edition, category) for category in self.types}
        multipliers = {
            category: self.multiplier(edition, category) for category in self.types if self._has_multiplier(category)
        }
        year = self.editions[edition].price_year
        return CrimeCosts(edition, year, parts, totals, multipliers)

    def lacking(self) -> list[str]:
        """What no edition has, in plain English; an empty list when the editions are complete."""
        found = []
        tables = self.editions.values()
        for category in self.types:
            if not any(each.has(category) for each in tables):
                found.append(f"no edition has a cost for '{category}'")
            bare = [each.totals[category] for each in tables if category in each.totals]
            free = bool(bare) and not any(each.value for each in bare)
            if not free and not self._has_multiplier(category):
                found.append(f"no edition has a multiplier for '{category}'")
            if any(each.value for each in bare) and not self._split_shares(category):
                found.append(f"'{category}' has a total, and {SHARES_EDITION} no parts to split it")
        return found

    def parts(self, edition: str, category: str) -> tuple[UnitCost, ...]:
        """The parts of a category by agency and kind, in the edition's own prices."""
        table = self.editions[edition]
        if category in table.totals:
            return self._of_total(edition, category, table.totals[category])
        if category not in table.parts:
            other = self._filler(edition, category)
            return tuple(self._filled(each, edition, other) for each in self.parts(other, category))
        if edition == TOOLKIT:
            return table.parts[category]
        return tuple(leaf for given in table.parts[category] for leaf in self._of_part(edition, category, given))

    def total(self, edition: str, category: str) -> UnitCost:
        """The whole cost: the table's own row, or the sum of the parts, ``derived``."""
        table = self.editions[edition]
        if category in table.totals:
            return table.totals[category]
        parts = self.parts(edition, category)
        filled = not table.has(category)
        why = self._fill_why(edition, self._filler(edition, category)) if filled else "sum of its parts"
        return replace(
            parts[0],
            name=f"{edition}.{category}",
            value=math.fsum(each.value for each in parts),
            low=_sum_of(each.low for each in parts),
            high=_sum_of(each.high for each in parts),
            standing=Standing.DERIVED,
            why=why,
            part="total",
            kind="",
            agency="",
        )

    def multiplier(self, edition: str, category: str) -> UnitCost:
        """Crimes per recorded crime, from the edition or the first other that has it."""
        own = self.editions[edition].multipliers.get(category)
        if own:
            return own
        other = next(each for each in EDITIONS if category in self.editions[each].multipliers)
        found = self.editions[other].multipliers[category]
        why = _joined(f"filled from {other}; this edition has none", found.why)
        name = found.name.replace(other, edition, 1)
        standing = Standing.DERIVED if found.source else found.standing  # what nobody reports is assumed here too
        return replace(found, name=name, standing=standing, why=why)

    def _has_multiplier(self, category: str) -> bool:
        return any(category in each.multipliers for each in self.editions.values())

    def _filler(self, edition: str, category: str) -> str:
        others = (each for each in EDITIONS if each != edition)
        return next(each for each in others if self.editions[each].has(category))

    def _fill_why(self, edition: str, other: str) -> str:
        years = self.editions[other].price_year, self.editions[edition].price_year
        factor = self.deflators.factor(*years)
        return f"filled from {other} ({years[0]} prices) by GDP deflator {factor:.3f}"

    def _filled(self, part: UnitCost, edition: str, other: str) -> UnitCost:
        year = self.editions[edition].price_year
        factor = self.deflators.factor(self.editions[other].price_year, year)
        return replace(
            _scaled(part, _on_grid(part.value * factor), factor),
            name=part.name.replace(other, edition, 1),
            price_year=year,
            standing=Standing.DERIVED,
            why=_joined(self._fill_why(edition, other), part.why),
        )

    def _of_part(self, edition: str, category: str, given: UnitCost) -> tuple[UnitCost, ...]:
        if given.part == "anticipation":  # borne by one party, so there is nothing to split
            return (replace(given, kind="economic", agency="victims"),)
        why = f"{given.name} of {given.value:g} split: {self._like(given.part, category)}"
        return _split(given, f"{edition}.{category}", self._leaves(given.part, category), why)

    def _of_total(self, edition: str, category: str, total: UnitCost) -> tuple[UnitCost, ...]:
        if total.value == 0.0:
            name, part = f"{edition}.{category}.consequence.economic", "consequence"
            return (replace(total, name=name, part=part, kind="economic", agency="victims"),)
        shares = self._split_shares(category)
        leaves = [
            leaf._replace(share=leaf.share * share)
            for part, share in shares.items()
            for leaf in self._leaves(part, category)
        ]
        said = ", ".join(f"{part} {share:.1%}" for part, share in shares.items())
        why = f"{total.name} of {total.value:g} split as in {SHARES_EDITION} ({said})"
        if total.standing is Standing.UNVERIFIED:
            why += "; the total itself is unverified"
        likes = dict.fromkeys(self._like(part, category) for part in shares)
        why = "; ".join([why, *(f"{like}" for like in likes if like)])
        return _split(total, f"{edition}.{category}", leaves, why)

    def _split_shares(self, category: str) -> dict[str, float]:
        """Anticipation, consequence and response as shares of the whole; empty when unknown."""
        given = self.editions[SHARES_EDITION].parts.get(category, ())
        whole = math.fsum(each.value for each in given)
        return {each.part: each.value / whole for each in given} if whole else {}

    def _leaves(self, part: str, category: str) -> list[_Share]:
        """Who bears a part, as shares that add up to 1."""
        if part == "anticipation":
            return [_Share(part, "economic", "victims", 1.0)]
        own = self._toolkit_shares(part, category)
        if own:
            return own
        others = [self._toolkit_shares(part, each) for each in self.editions[TOOLKIT].parts]
        return _average([shares for shares in others if shares])

    def _toolkit_shares(self, part: str, category: str) -> list[_Share]:
        """The toolkit's own shares; the health service's part of a consequence is left aside."""
        given = [
            each
            for each in self.editions[TOOLKIT].parts.get(category, ())
            if each.part == part and (part == "response") == (each.kind == "fiscal")
        ]
        whole = math.fsum(each.value for each in given)
        if not whole:
            return []
        return [_Share(part, each.kind, each.agency, each.value / whole) for each in given]

    def _like(self, part: str, category: str) -> str:
        """Whose shares a part is split by, in words."""
        if part == "anticipation":
            return ""
        by = "agencies" if part == "response" else "economic and social"
        if not self._toolkit_shares(part, category):
            return f"{by} as on average in {TOOLKIT}"
        label = self.types[category].labels.get(TOOLKIT) or category
        return f"{by} as in {TOOLKIT} ({label})"


def _split(whole: UnitCost, name: str, shares: list[_Share], why: str) -> tuple[UnitCost, ...]:
    """Parts that add up to the whole exactly: the largest takes what rounding leaves over."""
    kept = [each for each in shares if each.share > 0.0] if whole.value else shares[:1]
    values = [_on_grid(whole.value * each.share) for each in kept]
    largest = max(range(len(kept)), key=lambda index: kept[index].share)
    others = math.fsum(values[:largest] + values[largest + 1 :])
    values[largest] = whole.value - others
    return tuple(
        replace(
            _scaled(whole, value, value / whole.value if whole.value else 1.0),
            name=f"{name}.{each.suffix}",
            standing=Standing.DERIVED,
            why=_joined(why, whole.why),
            part=each.part,
            kind=each.kind,
            agency=each.agency,
        )
        for each, value in zip(kept, values, strict=True)
    )


def _average(several: list[list[_Share]]) -> list[_Share]:
    """The mean share of each agency and kind over several splits; a missing one counts as zero."""
    sums: dict[tuple[str, str, str], list[float]] = {}
    for shares in several:
        for each in shares:
            sums.setdefault(each[:3], []).append(each.share)
    return [_Share(*key, math.fsum(found) / len(several)) for key, found in sums.items()]


def _scaled(cost: UnitCost, value: float, factor: float) -> UnitCost:
    """The cost with another value, its range scaled by the factor and still around the value."""
    low = None if cost.low is None else min(cost.low * factor, value)
    high = None if cost.high is None else max(cost.high * factor, value)
    return replace(cost, value=value, low=low, high=high)


def _on_grid(pounds: float) -> float:
    return round(pounds * _GRID) / _GRID


def _sum_of(ends: Iterable[float | None]) -> float | None:
    known = list(ends)
    sound = [each for each in known if each is not None]
    return math.fsum(sound) if len(sound) == len(known) else None


def _joined(why: str, before: str) -> str:
    return f"{why}; {before}" if before else why
