"""Where a figure stands in the answers: its identifier taken apart, step by step.

An identifier is the path of a number, ``comparison.arms.as_run.by_agency.police.benefit_gbp``. Entries of a list go by the
names of ``simulator.report.named``; names may hold dots, as those of inputs do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from simulator.report.named import keys_of
from simulator.tables import InputProblems, Problem, did_you_mean


class Step(NamedTuple):
    """One step of a path: the name, what is there, and whether the name is that of an entry of a list."""

    key: str
    value: Any
    is_entry: bool = False


def inside(value: Any) -> Iterator[Step]:
    """What lies directly below a value."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield Step(str(key), each)
    elif isinstance(value, list | tuple):
        for key, each in zip(keys_of(list(value)), value, strict=True):
            yield Step(key, each, True)


def trail(value: Any, path: str) -> list[Step] | None:
    """The steps from a value to what stands at a path below it; None where nothing does."""
    for step in sorted(inside(value), key=lambda each: -len(each.key)):
        if path == step.key:
            return [step]
        if path.startswith(f"{step.key}."):
            rest = trail(step.value, path[len(step.key) + 1 :])
            if rest is not None:
                return [step, *rest]
    return None


def figures(value: Any, path: str = "") -> Iterator[tuple[str, float]]:
    """Every number below a value with its path; flags, words and nothing are no numbers."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        yield path, value
    for step in inside(value):
        yield from figures(step.value, f"{path}.{step.key}" if path else step.key)


def steps_to(answers: Mapping[str, Any], path: str) -> list[Step]:
    """The steps to a figure.

    Raises InputProblems, with the nearest identifiers, where there is none.
    """
    found = trail(answers, path)
    if found is None:
        hint = did_you_mean(path, [name for name, _ in figures(answers)])
        raise InputProblems([Problem("figure", 0, 0, f"there is no figure '{path}' in these answers", hint)])
    return found


# How ``named`` names what is computed from named numbers.
OPERATORS = re.compile(r" [+−×÷] ")
TURNED = re.compile(r"( turned| size)+$")


def parts_of(name: str, answers: Mapping[str, Any]) -> Sequence[str]:
    """The identifiers in a name that says a little arithmetic, such as ``a − b``; numbers among them are left out."""
    if trail(answers, name) is not None:
        return [name]
    parts = [TURNED.sub("", each) for each in OPERATORS.split(name)]
    return [each for each in parts if not is_number(each)]


def is_number(words: str) -> bool:
    """Whether a part of a name is a plain number."""
    try:
        float(words)
    except ValueError:
        return False
    return True


def rows_on(steps: Sequence[Step]) -> list[Mapping[str, Any]]:
    """The rows that a figure lies in, the innermost last."""
    return [step.value for step in steps if isinstance(step.value, Mapping)]


def arm_on(steps: Sequence[Step], arms: Iterable[str]) -> str | None:
    """The arm whose row a figure lies in."""
    known = set(arms)
    return next((row["name"] for row in reversed(rows_on(steps)) if row.get("name") in known), None)


def named_field(steps: Sequence[Step]) -> str:
    """The innermost field of a path, ends of intervals and numbered entries left out."""
    return str(next(step.key for step in reversed(steps) if not step.is_entry))
