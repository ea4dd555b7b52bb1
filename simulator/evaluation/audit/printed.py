"""Numbers as a report prints them: what was rounded to give 55.7, or cut off to give 66.

A figure's digits count: 54.0 says more than 54, so they are taken from the text of the evidence file, not from the number
it stands for. A count is exact.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from simulator.evaluation.audit.intervals import Interval
from simulator.tables import Document

NUMBER = re.compile(r"[-+]?[0-9.]+([eE][-+]?[0-9]+)?")
PARTS = ("low", "high", "p_value")  # of a figure, beside its value; named x.low and so on


@dataclass(frozen=True)
class Printed:
    """A number in print.

    ``unit`` is the rounding unit, 0 for a count: 0.1 for 55.7. ``below``: printed as less than the value, such as <0.01.
    ``one_number`` is false for what is made of several printed numbers, which cannot be said to be cut off.
    """

    value: Fraction
    unit: Fraction
    text: str
    below: bool = False
    one_number: bool = True

    def rounded(self) -> Interval:
        """What rounds to it, halves either way."""
        if self.below:
            return Interval(Fraction(0), self.value)
        return Interval(self.value - self.unit / 2, self.value + self.unit / 2)

    def rounded_or_cut(self) -> Interval:
        """What rounds to it or is cut off to it, towards nought."""
        if self.below or not self.one_number:
            return self.rounded()
        low = self.value - (self.unit if self.value <= 0 else self.unit / 2)
        high = self.value + (self.unit if self.value >= 0 else self.unit / 2)
        return Interval(low, high)

    def is_cut_from(self, interval: Interval) -> bool:
        """Whether some number of the interval, its digits cut off, prints as this. The next printed number does not."""
        if self.below or not self.one_number:
            return False
        reaches_up = interval.high >= self.value or (self.value <= 0 and interval.high > self.value - self.unit)
        reaches_down = interval.low <= self.value or (self.value >= 0 and interval.low < self.value + self.unit)
        return reaches_up and reaches_down


@dataclass(frozen=True)
class Precision:
    """What the digits alone do not say, for the figures of one report.

    ``exact_units`` are units of counts; ``roundings`` the rounding unit of figures printed to fewer digits than they have;
    ``printed_below`` the figures printed as less than a value.
    """

    exact_units: Collection[str] = ()
    roundings: Mapping[str, Fraction] = field(default_factory=dict)
    printed_below: Collection[str] = ()


def printed_numbers(document: Document, precision: Precision) -> dict[str, Printed]:
    """Every printed number of a sound evidence file by name: ``x``, and ``x.low``, ``x.high``, ``x.p_value`` where printed.

    ``x.centre`` is the middle of a printed interval, ``x.significant`` is 1 or 0.
    """
    found: dict[str, Printed] = {}
    items = document.data["figures"]
    for index, item in enumerate(items):
        found[item["name"]] = _number(document, index, "value", item["name"], precision)
    for index, item in enumerate(items):
        for name, number in _parts(document, index, item, precision).items():
            found.setdefault(name, number)
    return found


def _parts(document: Document, index: int, item: Mapping[str, Any], precision: Precision) -> dict[str, Printed]:
    name = item["name"]
    parts = {
        f"{name}.{each}": _number(document, index, each, f"{name}.{each}", precision) for each in PARTS if each in item
    }
    if "low" in item and "high" in item:
        parts[f"{name}.centre"] = _centre(parts[f"{name}.low"], parts[f"{name}.high"])
    if "significant" in item:
        said = "significant" if item["significant"] else "not significant"
        parts[f"{name}.significant"] = Printed(Fraction(item["significant"]), Fraction(0), said, one_number=False)
    return parts


def _number(document: Document, index: int, key: str, name: str, precision: Precision) -> Printed:
    text = _text_at(document, ("figures", index, key))
    value = Decimal(text)
    exponent = value.as_tuple().exponent
    unit = Fraction(10) ** int(exponent)
    if document.data["figures"][index]["unit"] in precision.exact_units and key != "p_value":
        unit = Fraction(0)
    below = name in precision.printed_below
    said = f"{'<' if below else ''}{value:,f}"
    return Printed(Fraction(value), precision.roundings.get(name, unit), said, below)


def _text_at(document: Document, path: tuple[str | int, ...]) -> str:
    """The number at a place of the file, letter by letter."""
    line, column = document.mark(path)
    found = NUMBER.match(document.line_text(line), column - 1)
    return found[0] if found else "nan"


def _centre(low: Printed, high: Printed) -> Printed:
    middle = (low.value + high.value) / 2
    return Printed(middle, (low.unit + high.unit) / 2, f"{float(middle):g}", one_number=False)
