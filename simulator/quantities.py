"""Numbers that know their unit, range, price year, source and standing."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Standing(StrEnum):
    """How well a figure is known."""

    READ = "read"  # seen in the source itself
    TRANSCRIBED = "transcribed"  # seen in someone's copy of the source
    DERIVED = "derived"  # computed from other figures; says from what
    ASSUMED = "assumed"  # a judgement; says why and has a range
    UNVERIFIED = "unverified"  # remembered, not seen; shown with a flag wherever it is used
    CHOICE = "choice"  # a lever somebody sets; not an estimate


PARTS = ("total", "anticipation", "consequence", "response")
KINDS = ("fiscal", "economic", "social", "")

_WITHOUT_SOURCE = (Standing.ASSUMED, Standing.CHOICE, Standing.UNVERIFIED)
_FINANCIAL_YEAR = re.compile(r"(\d{4})/(\d{2})")


class Fault(NamedTuple):
    """What is wrong with one field of a quantity, in plain English."""

    field: str
    message: str


@dataclass(frozen=True)
class Source:
    """A publication. ``superseded_by`` names the source that replaces it, if any."""

    name: str
    title: str
    publisher: str
    date: str
    url: str
    licence: str
    superseded_by: str | None = None
    note: str = ""


@dataclass(frozen=True)
class Quantity:
    """A number with its unit and where it comes from. ``low`` and ``high`` are in the same unit.

    Raises:
        ValueError: a range that does not hold the value, or a source, reason or price year missing.
    """

    name: str
    value: float
    unit: str
    standing: Standing
    source: str = ""  # a key of sources.yaml; empty only where assumed, unverified or a choice
    where: str = ""  # table, page or section of the source
    price_year: str | None = None  # financial year such as 2015/16; money only
    low: float | None = None
    high: float | None = None
    why: str = ""

    def __post_init__(self) -> None:
        found = quantity_faults(
            self.value,
            self.unit,
            self.standing,
            source=self.source,
            price_year=self.price_year,
            low=self.low,
            high=self.high,
            why=self.why,
        )
        _refuse(self.name, found)

    @property
    def has_range(self) -> bool:
        """Whether both ends of a range are known."""
        return self.low is not None and self.high is not None


@dataclass(frozen=True)
class UnitCost(Quantity):
    """A quantity that is a cost, or part of one, and the agency that bears it.

    Raises:
        ValueError: as a Quantity, or an unknown part or kind.
    """

    part: str = "total"  # one of PARTS
    kind: str = ""  # one of KINDS
    agency: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        _refuse(self.name, unit_cost_faults(self.part, self.kind))


def is_money(unit: str) -> bool:
    """Whether a unit is an amount of money, such as ``gbp per crime``."""
    return "gbp" in unit.lower()


def price_year_fault(price_year: str) -> str:
    """What is wrong with a price year, empty when nothing is: financial years such as 2015/16."""
    match = _FINANCIAL_YEAR.fullmatch(price_year)
    if not match:
        return f"'{price_year}' is not a financial year such as 2015/16"
    if int(match[2]) != (int(match[1]) + 1) % 100:
        return f"'{price_year}' is not a financial year: {financial_year(int(match[1]))} would be"
    return ""


def financial_year(year: int) -> str:
    """The financial year that begins in April of ``year``: 2015 gives 2015/16."""
    return f"{year}/{(year + 1) % 100:02d}"


def quantity_faults(
    value: float,
    unit: str,
    standing: Standing,
    *,
    source: str = "",
    price_year: str | None = None,
    low: float | None = None,
    high: float | None = None,
    why: str = "",
) -> list[Fault]:
    """Everything wrong with the fields of a quantity; an empty list for a sound one."""
    return [
        *range_faults(value, low, high),
        *_money_faults(unit, price_year),
        *_standing_faults(standing, source, why, low is not None and high is not None),
    ]


def unit_cost_faults(part: str, kind: str) -> list[Fault]:
    """Everything wrong with the fields that a unit cost has besides those of a quantity."""
    found = []
    if part not in PARTS:
        found.append(Fault("part", f"'{part}' is not a part of a cost: {', '.join(PARTS)}"))
    if kind not in KINDS:
        found.append(Fault("kind", f"'{kind}' is not a kind of cost: fiscal, economic, social, or empty"))
    return found


def range_faults(value: float, low: float | None, high: float | None) -> list[Fault]:
    """What is wrong with a value and its range: not finite, one end missing, ends crossed."""
    ends = {"value": value, "low": low, "high": high}
    found = [
        Fault(field, f"{end} is not a finite number")
        for field, end in ends.items()
        if end is not None and not math.isfinite(end)
    ]
    if found:
        return found
    if (low is None) != (high is None):
        missing, given = ("low", "high") if low is None else ("high", "low")
        found.append(Fault(given, f"a range needs both ends, and '{missing}' is missing"))
    if low is not None and low > value:
        found.append(Fault("low", f"low {_plain(low)} is above the value {_plain(value)}"))
    if high is not None and high < value:
        found.append(Fault("high", f"high {_plain(high)} is below the value {_plain(value)}"))
    return found


def _money_faults(unit: str, price_year: str | None) -> list[Fault]:
    if not unit:
        return [Fault("unit", "the unit is missing")]
    if price_year:
        message = price_year_fault(price_year)
        if message:
            return [Fault("price_year", message)]
        if not is_money(unit):
            return [Fault("price_year", f"a price year is for money, and the unit is '{unit}', not gbp")]
    elif is_money(unit):
        return [Fault("price_year", "money needs a price_year, such as 2015/16")]
    return []


def _standing_faults(standing: Standing, source: str, why: str, ranged: bool) -> list[Fault]:
    found = []
    if not source and standing not in _WITHOUT_SOURCE:
        found.append(Fault("source", f"a figure that is {standing} needs a source"))
    if standing is Standing.DERIVED and not why:
        found.append(Fault("why", "a derived figure needs 'why': derived from what, and how"))
    if standing is Standing.ASSUMED and not why:
        found.append(Fault("why", "an assumed figure needs 'why': the reason for the assumption"))
    if standing is Standing.UNVERIFIED and not (why or source):
        found.append(Fault("why", "an unverified figure needs 'why': what is remembered, of what"))
    if standing is Standing.ASSUMED and not ranged:
        found.append(Fault("low", "an assumed figure needs a range: low and high"))
    return found


def _refuse(name: str, found: list[Fault]) -> None:
    if found:
        raise ValueError(f"{name}: " + "; ".join(fault.message for fault in found))


def _plain(number: float) -> str:
    return f"{number:.12g}"
