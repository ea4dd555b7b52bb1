"""Read the parts of a document one by one; every fault is noted at its line, none raises."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable
from typing import Any, Self

from simulator.tables.checks import (
    Bounds,
    Fault,
    date_of,
    named,
    number_fault,
    shown_fault,
    text_fault,
    whole_fault,
)
from simulator.tables.number_text import thousands_hint
from simulator.tables.problems import Problems, did_you_mean
from simulator.tables.strict_yaml import Document, KeyPath

_ABSENT = object()


class MappingReader:
    """Reads one mapping of a document.

    A read that finds a fault notes it in ``problems`` and returns a stand-in of the right type, so
    that reading goes on and all faults come out together. Call ``problems.stop_if_any()`` before
    anything read is used. A read without ``default`` requires its name to be there. Reads in a
    section that is itself absent note nothing and return stand-ins or defaults.
    """

    def __init__(
        self,
        document: Document,
        problems: Problems,
        path: KeyPath = (),
        *,
        sources: Collection[str] | None = None,
        _present: bool = True,
    ) -> None:
        self.document = document
        self.problems = problems
        self.path = path
        self.sources = sources  # known keys of sources.yaml; None: not checked
        self.present = _present
        self._data = self._found_at(path) if _present else {}
        self._faulty: set[str] = set()  # names with a fault noted through this reader

    def has(self, name: str) -> bool:
        """Whether this mapping has the name."""
        return name in self._data

    @property
    def names(self) -> list[str]:
        """The names in this mapping, in the order of the file."""
        return list(self._data)

    def raw(self, name: str) -> Any:
        """The plain value under a name, unchecked; None when it is absent."""
        return self._data.get(name)

    def problem(self, name: str | None, message: str, suggestion: str = "", *, key: bool = False) -> None:
        """Note a fault at the value (or the key) of ``name``, or of this mapping (None)."""
        if name is not None:
            self._faulty.add(name)
        path = self.path if name is None else (*self.path, name)
        label = self.label(name)
        said = f"{label}: {message}" if label else message
        on_key = key or name is None
        self.problems.add(self.document.problem(path, said, suggestion, key=on_key))

    def label(self, name: str | None = None) -> str:
        """Where in the file a name is: ``programme.places``, ``groups item 2, share``."""
        label = ""
        for step in self.path if name is None else (*self.path, name):
            if isinstance(step, int):
                label += f" item {step + 1}"
            else:
                label += (", " if label.split(" ")[-1].isdigit() else "." if label else "") + step
        return label.strip()

    def only(self, allowed: Iterable[str]) -> None:
        """Note every name of this mapping that is not allowed, with the nearest that is."""
        known = list(allowed)
        for name in self._data:
            if name not in known:
                place = f"in '{self.label()}'" if self.path else "in this file"
                message = f"'{name}' is not known {place}"
                path = (*self.path, name)
                hint = thousands_hint(name) or did_you_mean(name, known)
                self.problems.add(self.document.problem(path, message, hint, key=True))

    # Numbers.

    def number(
        self,
        name: str,
        *,
        minimum: float | None = None,
        maximum: float | None = None,
        above: float | None = None,
        default: float | None = None,
    ) -> float:
        """A finite number."""
        bounds = Bounds(minimum, maximum, above)
        value = self._checked(name, default, lambda given: number_fault(given, bounds))
        return bounds.stand_in() if value is _ABSENT else float(value)

    def share(self, name: str, *, default: float | None = None) -> float:
        """A share or a chance, from 0 to 1."""
        return self.number(name, minimum=0.0, maximum=1.0, default=default)

    def whole_number(
        self,
        name: str,
        *,
        minimum: int | None = None,
        maximum: int | None = None,
        default: int | None = None,
    ) -> int:
        """A whole number; 20 and 20.0 are the same."""
        bounds = Bounds(minimum, maximum)
        value = self._checked(name, default, lambda given: whole_fault(given, bounds))
        return int(bounds.stand_in() if value is _ABSENT else value)

    # Words.

    def text(self, name: str, *, default: str | None = None) -> str:
        """Text that is not empty."""
        value = self._checked(name, default, text_fault)
        return "" if value is _ABSENT else str(value)

    def choice(self, name: str, allowed: Iterable[str], *, default: str | None = None) -> str:
        """One of the allowed words."""
        known = list(allowed)

        def fault(given: Any) -> Fault | None:
            if isinstance(given, str) and given in known:
                return None
            hint = did_you_mean(str(given), known) or f"Allowed: {', '.join(known)}."
            return Fault(f"{named(given)} is not one of the choices here", hint)

        value = self._checked(name, default, fault, hint=f"Allowed: {', '.join(known)}.")
        return known[0] if value is _ABSENT else str(value)

    def flag(self, name: str, *, default: bool | None = None) -> bool:
        """True or false."""

        def fault(given: Any) -> Fault | None:
            if isinstance(given, bool):
                return None
            meant = {"yes": "true", "on": "true", "no": "false", "off": "false"}
            word = meant.get(str(given).lower(), "true or false")
            return Fault(f"{named(given)} is neither true nor false", f"Write {word}.")

        value = self._checked(name, default, fault, hint="Write true or false.")
        return value is True

    def date(self, name: str, *, default: datetime.date | None = None) -> datetime.date:
        """A date, year first: 2027-03-31."""

        def fault(given: Any) -> Fault | None:
            found = date_of(given)
            return found if isinstance(found, Fault) else None

        if default is not None and not self.has(name):
            return default
        value = self._checked(name, None, fault)
        found = date_of(value)
        return datetime.date(2000, 1, 1) if isinstance(found, Fault) else found

    # Parts.

    def at(self, name: str, *, required: bool = True) -> Self:
        """The reader of the mapping under a name; one that is ``present`` or not."""
        value = self._given(name, required=required)
        if value is _ABSENT:
            return self._child(name, present=False)
        if not isinstance(value, dict):
            hint = "Write its lines below it, indented, in the form 'name: value'."
            self.problem(name, f"{named(value)} is not a set of 'name: value' lines", hint)
        return self._child(name, present=isinstance(value, dict))

    def mapping(self, name: str, *, required: bool = True) -> dict[str, Any]:
        """The mapping under a name as plain data, unchecked inside; empty when absent."""
        section = self.at(name, required=required)
        return {each: section.raw(each) for each in section.names}

    def sections(self, name: str | None = None, *, required: bool = True) -> dict[str, Self]:
        """Readers of the mappings inside the mapping under a name, or inside this one."""
        parent = self if name is None else self.at(name, required=required)
        return {each: parent.at(each) for each in parent.names}

    def items(self, name: str, *, required: bool = True) -> list[Self]:
        """Readers of the mappings in the list under a name."""
        readers = []
        for index, value in enumerate(self._list(name, required=required)):
            if isinstance(value, dict):
                readers.append(self._child(name, index))
            else:
                self._item_problem(name, index, f"{named(value)} is not 'name: value' lines")
        return readers

    def shown_text(self, name: str) -> str:
        """Text for people to read, without control characters."""
        value = self._checked(name, None, shown_fault)
        return "" if value is _ABSENT else str(value)

    def texts(self, name: str, *, required: bool = True) -> list[str]:
        """The texts in the list under a name."""
        return [str(each) for each in self._checked_items(name, text_fault, required)]

    def numbers(
        self,
        name: str,
        *,
        minimum: float | None = None,
        maximum: float | None = None,
        required: bool = True,
    ) -> list[float]:
        """The numbers in the list under a name."""
        bounds = Bounds(minimum, maximum)
        found = self._checked_items(name, lambda given: number_fault(given, bounds), required)
        return [float(each) for each in found]

    # Inside.

    def _found_at(self, path: KeyPath) -> dict[str, Any]:
        data: Any = self.document.data
        for step in path:
            data = data[step]
        return data if isinstance(data, dict) else {}

    def _child(self, *steps: str | int, present: bool = True) -> Self:
        path = (*self.path, *steps)
        return type(self)(self.document, self.problems, path, sources=self.sources, _present=present)

    def _given(self, name: str, *, required: bool, hint: str = "") -> Any:
        if self.has(name):
            return self._data[name]
        if required and self.present:
            self.problem(None, f"'{name}' is missing", hint)
        return _ABSENT

    def _checked(self, name: str, default: Any, fault: Callable[[Any], Fault | None], hint: str = "") -> Any:
        """The value when sound, the default when absent, _ABSENT after a fault."""
        value = self._given(name, required=default is None, hint=hint)
        if value is _ABSENT:
            return _ABSENT if default is None else default
        found = fault(value)
        if found is None:
            return value
        self.problem(name, *found)
        return _ABSENT if default is None else default

    def _list(self, name: str, *, required: bool) -> list[Any]:
        value = self._given(name, required=required)
        if value is _ABSENT:
            return []
        if isinstance(value, list):
            return value
        self.problem(name, f"{named(value)} is not a list", "Begin each item with '- '.")
        return []

    def _checked_items(self, name: str, fault: Callable[[Any], Fault | None], required: bool) -> list[Any]:
        sound = []
        for index, value in enumerate(self._list(name, required=required)):
            found = fault(value)
            if found is None:
                sound.append(value)
            else:
                self._item_problem(name, index, *found)
        return sound

    def _item_problem(self, name: str, index: int, message: str, suggestion: str = "") -> None:
        said = f"{self.label(name)} item {index + 1}: {message}"
        path = (*self.path, name, index)
        self._faulty.add(name)
        self.problems.add(self.document.problem(path, said, suggestion))
