"""Whether one value from a file is the number, text or date it should be."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass
from typing import Any, NamedTuple

from simulator.tables.number_text import date_or_fault, number_hint, plain


class Fault(NamedTuple):
    """What is wrong with a value, and what to write instead (may be empty)."""

    message: str
    suggestion: str = ""


@dataclass(frozen=True)
class Bounds:
    """What a number may be: ``minimum`` to ``maximum``, both allowed, and ``above`` a limit."""

    minimum: float | None = None
    maximum: float | None = None
    above: float | None = None

    def fault(self, number: float) -> Fault | None:
        """What is wrong with a number outside the bounds; None inside them."""
        shown = plain(number)
        if self.maximum is not None and number > self.maximum:
            if self.maximum == 1.0 and number <= 100.0:
                return Fault(
                    f"{shown} is above 1", f"{shown} means {plain(number * 100.0)}%; did you mean "
                    f"{plain(number / 100.0)}?"
                )  # fmt: skip
            return Fault(f"{shown} is more than the most allowed, {plain(self.maximum)}")
        if self.minimum is not None and number < self.minimum:
            if self.minimum == 0.0:
                return Fault(f"{shown} is negative, and this cannot be")
            return Fault(f"{shown} is less than the least allowed, {plain(self.minimum)}")
        if self.above is not None and number <= self.above:
            return Fault(f"{shown} has to be more than {plain(self.above)}")
        return None

    def stand_in(self) -> float:
        """A number inside the bounds, to read on with after a refusal."""
        for candidate in (0.0, 1.0, self.minimum, self.maximum):
            if candidate is not None and self.fault(candidate) is None:
                return candidate
        return math.nextafter(self.above, math.inf) if self.above is not None else 0.0


def number_fault(value: Any, bounds: Bounds) -> Fault | None:
    """What is wrong with a value that should be a number within bounds; None for a sound one."""
    if value is None:
        return Fault("there is no value")
    if isinstance(value, str):
        return Fault(f"'{value}' is text, not a number", number_hint(value))
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return Fault(f"{named(value)} is not a number")
    if not math.isfinite(value):
        return Fault(f"{value} is not a finite number")
    return bounds.fault(float(value))


def whole_fault(value: Any, bounds: Bounds) -> Fault | None:
    """As number_fault, for whole numbers."""
    fault = number_fault(value, bounds)
    if fault is None and value != math.floor(value):  # not as a float, which has no room for whole numbers above 2**53
        return Fault(f"{plain(value)} is not a whole number", f"Write {round(value)}?")
    return fault


def text_fault(value: Any) -> Fault | None:
    """What is wrong with a value that should be text; None for a sound one."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return Fault("there is no text")
    if isinstance(value, str):
        return None
    if isinstance(value, (bool, int, float)):
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        return Fault(f"{shown} is not text", f"If it is meant as text, write '{shown}' in quotes.")
    return Fault(f"{named(value)} is not text")


def shown_fault(value: Any) -> Fault | None:
    """What is wrong with a value that should be text for people to read; None for a sound one."""
    odd = next((each for each in value if each < " " and each not in "\n\t"), None) if isinstance(value, str) else None
    if odd is None:
        return text_fault(value)
    return Fault(f"it holds {odd!r}, which cannot be printed", "Take that character out.")


def date_of(value: Any) -> datetime.date | Fault:
    """The date an ISO text stands for, or what is wrong with it."""
    if isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 9999:
        return Fault(f"{value} is a year, not a date", f"Write the day, such as {value}-04-01.")
    fault = text_fault(value)
    if fault or not isinstance(value, str):
        return Fault("a date is expected, such as 2027-03-31")
    found = date_or_fault(value.strip())
    return found if isinstance(found, datetime.date) else Fault(*found)


def named(value: Any) -> str:
    """What a value is, in words for a message."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a set of 'name: value' lines"
    if isinstance(value, list):
        return "a list"
    return "nothing" if value is None else f"'{value}'"
