"""Names with placeholders, such as ``figure_1.{area}.before``, written out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import product

PLACEHOLDER = re.compile(r"\{(\w*)\}")
Values = Mapping[str, Sequence[str]]


def placeholders_in(*names: str) -> list[str]:
    """The placeholders in some names, each once, in order."""
    return list(dict.fromkeys(found for name in names for found in PLACEHOLDER.findall(name)))


def written_out(name: str, values: Values) -> list[tuple[dict[str, str], str]]:
    """Every name that a pattern stands for, with the value of each placeholder in it."""
    inside = placeholders_in(name)
    chosen = [dict(zip(inside, each, strict=True)) for each in product(*(values[one] for one in inside))]
    return [(bound, filled(name, bound)) for bound in chosen]


def inputs_of(names: Sequence[str], bound: Mapping[str, str], values: Values) -> tuple[str, ...]:
    """The inputs of one figure: its own placeholders filled; any other stands for all of its values, one after another."""
    partly = [filled(name, bound) for name in names]
    return tuple(full for name in partly for _, full in written_out(name, values))


def filled(name: str, bound: Mapping[str, str]) -> str:
    """A name with the placeholders that have a value replaced."""
    return PLACEHOLDER.sub(lambda found: bound.get(found[1], found[0]), name)
