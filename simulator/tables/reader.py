"""Read quantities, with their standing, source, range and price year, out of a document."""

from __future__ import annotations

from typing import NamedTuple

from simulator.quantities import (
    Quantity,
    Standing,
    financial_year,
    is_money,
    price_year_fault,
    quantity_faults,
)
from simulator.tables.checks import Bounds, named, number_fault
from simulator.tables.mapping_reader import MappingReader
from simulator.tables.problems import did_you_mean, nearest

QUANTITY_KEYS = (
    "value",
    "unit",
    "low",
    "high",
    "range",
    "standing",
    "source",
    "where",
    "price_year",
    "why",
)
# What a fault of a whole quantity rests on: where one of these is faulty, enough is said.
_RANGE = {"value", "low", "high", "range"}
_BEHIND = {
    "value": _RANGE,
    "low": _RANGE | {"standing"},
    "high": _RANGE,
    "unit": {"unit"},
    "price_year": {"unit", "price_year"},
    "source": {"standing", "source"},
    "why": {"standing", "why"},
}
STANDINGS = tuple(standing.value for standing in Standing)


class _Expected(NamedTuple):
    name: str
    units: tuple[str, ...]
    bounds: Bounds
    source: str
    price_year: str | None


class Reader(MappingReader):
    """A MappingReader that also reads quantities."""

    def quantity(
        self,
        name: str,
        *,
        unit: str | tuple[str, ...] | None = None,
        minimum: float | None = None,
        maximum: float | None = None,
        above: float | None = None,
        bare: Standing | None = None,
        source: str = "",
        price_year: str | None = None,
        default: Quantity | None = None,
        called: str = "",
    ) -> Quantity:
        """The quantity under a name: a mapping with ``value``, ``standing`` and so on.

        Args:
            name: the name in this mapping.
            unit: the unit, which the file may repeat; several, of which the file names one; or
                None, and the file names any.
            minimum: least value; holds for the range too.
            maximum: greatest value; holds for the range too.
            above: what the value and the range have to exceed.
            bare: the standing of a plain number without a mapping (a lever is a CHOICE); None
                refuses a plain number.
            source: the source where the mapping names none.
            price_year: the price year of money where the mapping names none.
            default: what to return when the name is absent; None requires it.
            called: the name of the quantity itself, by default its place in the file.
        """
        units = (unit,) if isinstance(unit, str) else unit or ()
        bounds = Bounds(minimum, maximum, above)
        expected = _Expected(called or self.label(name), units, bounds, source, price_year)
        if not self.has(name):
            if default is None:
                self._given(name, required=True)
            return default or _stand_in(expected)
        if isinstance(self.raw(name), dict):
            return self._child(name)._full_quantity(expected)
        return self._bare_quantity(name, expected, bare)

    def standing(self, name: str = "standing", *, default: Standing | None = None) -> Standing:
        """How well a figure is known: read, transcribed, derived, assumed, unverified or choice."""
        return Standing(self.choice(name, STANDINGS, default=default))

    def source(self, name: str = "source", *, default: str = "") -> str:
        """A source's key, known where the known ones were given; the default when absent."""
        key = self.text(name, default=default)
        if self.has(name) and self.sources is not None and key and key not in self.sources:
            hint = did_you_mean(key, self.sources) or "Add it to cost_tables/sources.yaml."
            self.problem(name, f"'{key}' is not a source in sources.yaml", hint)
        return key

    def price_year(self, name: str = "price_year", *, default: str | None = None) -> str | None:
        """A financial year such as 2015/16; the default when absent."""
        if not self.has(name):
            return default
        given = self.raw(name)
        if isinstance(given, int) and not isinstance(given, bool):
            hint = f"Write {financial_year(given)}." if 1000 <= given < 9999 else ""
            self.problem(name, f"{given} is not a financial year", hint)
            return default
        text = self.text(name)
        fault = price_year_fault(text) if text else ""
        if fault:
            hint = price_year_hint(text)
            self.problem(name, fault, hint)
        return default if fault or not text else text

    def _bare_quantity(self, name: str, expected: _Expected, bare: Standing | None) -> Quantity:
        value = self.raw(name)
        fault = number_fault(value, expected.bounds)
        if isinstance(value, list):
            self.problem(name, f"{named(value)} is not a number")
        elif fault:
            self.problem(name, *fault)
        elif bare is None:
            hint = f"Write {{value: {value}, standing: ..., source: ..., where: ...}}."
            self.problem(name, "a number alone does not say where it comes from", hint)
        else:
            return self._built(name, expected, float(value), bare)
        return _stand_in(expected)

    def _built(self, name: str, expected: _Expected, value: float, bare: Standing) -> Quantity:
        unit = expected.units[0] if expected.units else "number"
        year = expected.price_year if is_money(unit) else None
        try:
            return Quantity(expected.name, value, unit, bare, source=expected.source, price_year=year)
        except ValueError as error:
            self.problem(name, str(error))
            return _stand_in(expected)

    def _full_quantity(self, expected: _Expected) -> Quantity:
        self.only(QUANTITY_KEYS)
        bounds = expected.bounds
        value = self.number("value", minimum=bounds.minimum, maximum=bounds.maximum, above=bounds.above)
        unit = self._unit(expected.units)
        low, high = self._range(bounds)
        year = self.price_year(default=expected.price_year if is_money(unit) else None)
        standing = self.standing()
        source = self.source(default=expected.source)
        where = self.text("where", default="")
        why = self.text("why", default="")
        if not (self.has("value") and self.has("standing")):
            return _stand_in(expected)
        for field, message in quantity_faults(
            value, unit, standing, source=source, price_year=year, low=low, high=high, why=why
        ):
            if self._faulty.isdisjoint(_BEHIND[field]):
                place = "range" if field in ("low", "high") and self.has("range") else field
                self.problem(place if self.has(place) else None, message)
        try:
            return Quantity(expected.name, value, unit, standing, source, where, year, low, high, why)
        except ValueError:
            return _stand_in(expected)

    def _unit(self, units: tuple[str, ...]) -> str:
        unit = self.text("unit", default=units[0] if len(units) == 1 else None)
        if units and unit and unit not in units:
            hint = did_you_mean(unit, units) if nearest(unit, units) else f"Use {_either(units)}."
            self.problem("unit", f"the unit is '{unit}', and {_either(units)} is expected", hint)
            return units[0]
        return unit or (units[0] if units else "number")

    def _range(self, bounds: Bounds) -> tuple[float | None, float | None]:
        if self.has("range"):
            for name in ("low", "high"):
                if self.has(name):
                    self.problem(name, "'range' already gives the range; leave one of them out")
            ends = self._range_list(bounds)
            return (ends[0], ends[1]) if ends else (None, None)
        return self._end("low", bounds), self._end("high", bounds)

    def _range_list(self, bounds: Bounds) -> list[float]:
        ends = self.numbers("range", minimum=bounds.minimum, maximum=bounds.maximum)
        given = self.raw("range")
        if isinstance(given, list) and len(given) != 2:
            self.problem("range", "a range has two ends", "Write range: [low, high].")
        return ends if len(ends) == 2 else []

    def _end(self, name: str, bounds: Bounds) -> float | None:
        if not self.has(name):
            return None
        given = self.raw(name)
        fault = number_fault(given, bounds)
        if fault:
            self.problem(name, *fault)
            return None
        return float(given)


def price_year_hint(text: str) -> str:
    """The financial year that a mistyped one such as 2015-16 or 2015/2016 probably means."""
    digits = text.replace("/", "").replace("-", "").replace("–", "").replace(" ", "")
    if len(digits) in (4, 6, 8) and digits.isdecimal() and 1000 <= int(digits[:4]) < 9999:
        return f"Write {financial_year(int(digits[:4]))}."
    return ""


def _either(units: tuple[str, ...]) -> str:
    return " or ".join(f"'{unit}'" for unit in units)


def _stand_in(expected: _Expected) -> Quantity:
    """A harmless quantity to read on with after a refusal."""
    unit = expected.units[0] if expected.units else "number"
    year = "2000/01" if is_money(unit) else None
    value = expected.bounds.stand_in()
    return Quantity(expected.name, value, unit, Standing.CHOICE, price_year=year)
