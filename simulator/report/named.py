"""Numbers that know which field of an answer they are, and say so wherever they are printed.

``named(answer, "comparison")`` is the answer with every number replaced by one that carries its path, such as
``comparison.arms.as_run.npsv_gbp``. It is the same number in arithmetic and comparisons; formatted into text it leaves an
invisible mark around what is printed. ``pieces`` takes such a text apart again, so that a document can say of every number
in it what it is, and no sentence has to be written twice. Text that goes to a terminal is never made of such numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, Self

# From the private use area of Unicode, which no text of ours holds: mark, name, printed, end. Name and exact value are
# shifted to a plane of their own, where nothing that rewrites the text (quotation marks, minus signs) finds them.
START, PRINTED, END = "\ue000", "\ue001", "\ue002"
SHIFT = 0xF0000
MARK = re.compile(f"([−-]?£)?{START}([^{PRINTED}]*){PRINTED}([^{END}]*){END}((?:%|bn|m|k)(?![^\\W\\d_]))?")
ANY_MARK = re.compile(f"{START}[^{PRINTED}]*{PRINTED}|{END}")
# Fields whose numbers only say which row it is, or how it was asked for.
LABELS = ("year", "seed")


class Piece(NamedTuple):
    """A part of a text: plain words, or a printed number with its name and exact value."""

    words: str
    name: str = ""
    exact: float = 0.0


def shifted(words: str, by: int) -> str:
    """Every character so many places further on."""
    return "".join(chr(ord(each) + by) for each in words)


def as_printed(value: float, words: str) -> str:
    """The words that a value is printed as, marked with its name where it has one."""
    return value.marked(words) if isinstance(value, Number) else words


class Number:
    """What named whole numbers and named fractions have in common."""

    name: str
    exact: float

    def marked(self, words: str) -> str:
        """Words with this number's name and exact value, unseen."""
        return f"{START}{shifted(f'{self.name}|{self.exact!r}', SHIFT)}{PRINTED}{words}{END}"

    def alike(self, value: float, name: str, exact: float | None = None) -> Any:
        """Another named number, whole where the value is."""
        made = NamedCount(value) if isinstance(value, int) else NamedFraction(value)
        made.name, made.exact = name, float(value) if exact is None else exact
        return made

    def plain(self) -> Any:
        """The number without its name."""
        return int(self) if isinstance(self, int) else float(self)  # type: ignore[arg-type]

    def with_other(self, sign: str, other: Any, turned: bool, value: float) -> Any:
        """The outcome of arithmetic, named by what went in; adding nothing changes no name."""
        plain = other.plain() if isinstance(other, Number) else other
        if (sign in "+−" and plain == 0 and not turned) or (sign == "+" and plain == 0):
            return self.alike(value, self.name, self.exact)
        theirs = other.name if isinstance(other, Number) else f"{plain:g}"
        one, two = (theirs, self.name) if turned else (self.name, theirs)
        return self.alike(value, f"{one} {sign} {two}")

    def __format__(self, spec: str) -> str:
        return self.marked(format(self.plain(), spec).replace("-", "−"))

    def __str__(self) -> str:
        return self.marked(str(self.plain()).replace("-", "−"))

    def __neg__(self) -> Any:
        return self.alike(-self.plain(), f"{self.name} turned")

    def __abs__(self) -> Any:
        return self.alike(abs(self.plain()), f"{self.name} size")

    def __round__(self, digits: Any = None, /) -> Any:
        return self.alike(round(self.plain(), digits), self.name, self.exact)

    def __add__(self, other: Any) -> Any:
        return self.with_other("+", other, False, self.plain() + plain_of(other))

    def __radd__(self, other: Any) -> Any:
        return self.with_other("+", other, True, plain_of(other) + self.plain())

    def __sub__(self, other: Any) -> Any:
        return self.with_other("−", other, False, self.plain() - plain_of(other))

    def __rsub__(self, other: Any) -> Any:
        return self.with_other("−", other, True, plain_of(other) - self.plain())

    def __mul__(self, other: Any) -> Any:
        return self.with_other("×", other, False, self.plain() * plain_of(other))

    def __rmul__(self, other: Any) -> Any:
        return self.with_other("×", other, True, plain_of(other) * self.plain())

    def __truediv__(self, other: Any) -> Any:
        return self.with_other("÷", other, False, self.plain() / plain_of(other))

    def __rtruediv__(self, other: Any) -> Any:
        return self.with_other("÷", other, True, plain_of(other) / self.plain())

    def __deepcopy__(self, memo: Any) -> Self:
        return self


class NamedFraction(Number, float):
    """A named float."""


class NamedCount(Number, int):
    """A named int."""


def plain_of(value: Any) -> Any:
    """A number without a name, whether it had one or not."""
    return value.plain() if isinstance(value, Number) else value


def named(answer: Any, name: str) -> Any:
    """An answer (what JSON knows) whose numbers carry their path below ``name``."""
    if isinstance(answer, bool) or answer is None or isinstance(answer, str):
        return answer
    if isinstance(answer, int | float):
        return Number().alike(answer, name)
    if isinstance(answer, Mapping):
        return {
            key: value if key in LABELS and isinstance(value, int) else named(value, f"{name}.{key}")
            for key, value in answer.items()
        }
    return [named(value, f"{name}.{key}") for key, value in zip(keys_of(answer), answer, strict=True)]


def keys_of(rows: list[Any]) -> list[str]:
    """What the entries of a list are called: by what tells them apart, an interval low and high, others by number from 1."""
    if len(rows) == 2 and all(isinstance(each, float | int) for each in rows):
        return ["low", "high"]
    by_name = [str(row.get("name", "")).replace(" ", "_") if isinstance(row, Mapping) else "" for row in rows]
    for found in (by_name, [key_of(each) for each in rows]):
        if all(found) and len(set(found)) == len(found):
            return found
    return [str(number + 1) for number in range(len(rows))]


# What tells the rows of a list apart, alone or together.
KEYS = (
    "name",
    "year",
    "agency",
    "kind",
    "cashable",
    "offence_type",
    "line",
    "costing",
    "counting",
    "arm",
    "input",
    "cause",
)


def key_of(row: Any) -> str:
    """An entry's own name, or the properties that tell it apart; empty for one that has none."""
    if not isinstance(row, Mapping):
        return ""
    words = []
    for key in KEYS:
        value = row.get(key)
        if key == "cashable" and isinstance(value, bool):
            words.append("cashable" if value else "not_cashable")
        elif value is not None and not isinstance(value, float | bool | Mapping | list):
            words.append(str(value).replace(" ", "_"))
    return "_".join(words)


def pieces(words: str) -> Iterator[Piece]:
    """A text in parts, plain and named. A pound sign before a number and its %, k, m or bn are part of what is printed."""
    after = 0
    for found in MARK.finditer(words):
        if found.start() > after:
            yield Piece(words[after : found.start()])
        pound, hidden, printed, tail = found.groups()
        name, _, exact = shifted(hidden, -SHIFT).rpartition("|")
        if pound and printed.startswith("−"):
            pound, printed = f"−{pound[-1]}", printed[1:]
        yield Piece(f"{(pound or '').replace('-', '−')}{printed}{tail or ''}", name, float(exact))
        after = found.end()
    if after < len(words):
        yield Piece(words[after:])


def without_names(words: str) -> str:
    """A text as it is read."""
    return "".join(piece.words for piece in pieces(words))
