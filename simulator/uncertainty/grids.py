"""Grids: chosen values of one name or several, every combination run with the same luck.

A name is an uncertain input, moved as a point, or anything else that ``--set`` knows, such as a lever, for which the
scenario is read again; both give what a plain run with ``--set`` gives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import product
from typing import NamedTuple

from simulator.costing.prices import PROGRAMME_COSTS
from simulator.tables import InputProblems, Problem
from simulator.uncertainty.inputs import COHORT, COSTS, MIXES, Uncertain
from simulator.uncertainty.outcomes import Trial, Trials, Variant
from simulator.uncertainty.points import Point

MOST_POINTS = 100_000
EXAMPLE = "Write --vary programme.places=40:160:20 (from:to:step) or --vary effect.occasions_ratio=0.7,0.8,0.9"
# A grid sets the same arms against the same comparator everywhere.
FIXED = {"appraisal.comparator": "Use --comparator, and compare two sweeps."}
Reading = Callable[[Sequence[str]], Variant]  # the scenario and its prices, read with settings such as name=value


class Axis(NamedTuple):
    """One name and its values, as they were typed or stepped through."""

    name: str
    values: tuple[str, ...]

    @property
    def numbers(self) -> list[float]:
        """The values as numbers; NaN for words."""
        return [float(value) if is_number(value) else float("nan") for value in self.values]


def is_number(text: str) -> bool:
    """Whether a value is a number."""
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def axes_of(wanted: Sequence[str]) -> list[Axis]:
    """Axes from ``name=from:to:step`` or ``name=one,other``.

    Raises InputProblems for what cannot be read, a name given twice, or more points than anybody could want.
    """
    problems: list[Problem] = []
    axes: list[Axis] = []
    for text in wanted:
        name, equals, said = (part.strip() for part in text.partition("="))
        if name.removeprefix("programme.") in PROGRAMME_COSTS:
            name = COSTS + name.removeprefix("programme.")  # one name for a scheme's own cost, which has two
        values = stepped(said) if ":" in said else tuple(part.strip() for part in said.split(",") if part.strip())
        if not equals or not name or not values:
            problems.append(Problem(f"--vary {text}", 0, 0, *what_is_wrong(name, said)))
        elif name in FIXED:
            problems.append(Problem(f"--vary {text}", 0, 0, f"'{name}' cannot be varied", FIXED[name]))
        elif len(set(values)) < len(values):
            problems.append(Problem(f"--vary {text}", 0, 0, "the same value is given twice", "Leave one of them out."))
        elif name in [axis.name for axis in axes]:
            problems.append(Problem(f"--vary {text}", 0, 0, f"'{name}' is varied twice", "Leave one of them out."))
        else:
            axes.append(Axis(name, values))
    points = 1
    for axis in axes:
        points *= len(axis.values)
    if points > MOST_POINTS:
        said = f"{points:,} points; at most {MOST_POINTS:,}"
        problems.append(Problem("--vary", 0, 0, said, "Take longer steps."))
    if problems:
        raise InputProblems(problems)
    return axes


def what_is_wrong(name: str, said: str) -> tuple[str, str]:
    """Why values cannot be read, and what to write."""
    ends = [part.strip() for part in said.split(":")]
    if name and len(ends) == 3 and all(is_number(each) for each in ends):
        return "steps of that size never lead from the first value to the last", "Turn the sign of the step."
    return "this is not a name and its values", EXAMPLE


def stepped(said: str) -> tuple[str, ...]:
    """Values from ``from:to:step``, both ends included where the step meets them; empty where that says nothing.

    Worked out in decimals, so that 0.7 to 1 by 0.05 has 0.85 and not a neighbour of it.
    """
    try:
        first, last, step = (Decimal(part.strip()) for part in said.split(":"))
    except (InvalidOperation, ValueError):
        return ()
    if not all(each.is_finite() for each in (first, last, step)) or step == 0 or (last - first) / step < 0:
        return ()
    count = int((last - first) / step) + 1
    if count > MOST_POINTS:
        return tuple(map(str, range(MOST_POINTS + 1)))  # too many, which is said with the others
    return tuple(plain(first + number * step) for number in range(count))


def plain(number: Decimal) -> str:
    """A decimal without an exponent and without trailing zeros."""
    text = f"{number.normalize():f}"
    return "0" if text == "-0" else text


def grid(
    axes: Sequence[Axis], base: Variant, inputs: Mapping[str, Uncertain], reading: Reading, replications: int, seed: int
) -> Trials:
    """Every combination, the last axis fastest.

    Raises InputProblems where a value is refused, as a plain run with it would be.
    """
    problems: dict[Problem, None] = {}
    found: dict[tuple[str, ...], int] = {}
    variants: list[Variant] = []
    trials = []
    for axis in axes:
        problems |= dict.fromkeys(beyond(axis, inputs))
    movable = {axis.name for axis in axes if can_move(axis, inputs)}
    for values in product(*(axis.values for axis in axes)):
        pairs = list(zip([axis.name for axis in axes], values, strict=True))
        moved = {name: float(value) for name, value in pairs if name in movable}
        set_anew = [(name, value) for name, value in pairs if name not in movable]
        settings = tuple(f"{name}={value}" for name, value in set_anew)
        if settings not in found:
            found[settings] = len(variants)
            try:
                labels = {name: number_or_text(value) for name, value in set_anew}
                variants.append((reading(settings) if settings else base)._replace(labels=labels))
            except InputProblems as refused:
                problems |= {about_vary(each): None for each in refused.problems}
                variants.append(base)
        trials.append(Trial(Point(moved), 0, found[settings]))
    if problems:
        raise InputProblems(problems)
    return Trials(tuple(variants), inputs, tuple(trials), replications, seed)


def number_or_text(value: str) -> float | str:
    """A number where it is one."""
    return float(value) if is_number(value) else value


def about_vary(problem: Problem) -> Problem:
    """A problem of a setting as one of the axis; of an unknown name only once, whatever the values."""
    if not problem.file.startswith("command line"):
        return problem
    name, _, value = problem.excerpt.partition("=")
    unknown = problem.message.startswith("there is no value named")
    said = name if unknown else f"{name}={value}"
    return Problem(f"--vary {said}", 0, 0, problem.message, problem.suggestion)


def beyond(axis: Axis, inputs: Mapping[str, Uncertain]) -> list[Problem]:
    """Values of a cohort row or a mix, which only a point can move, that are no numbers or outside the range."""
    if not axis.name.startswith((COHORT, MIXES)) or axis.name not in inputs:
        return []
    low, high = inputs[axis.name].low, inputs[axis.name].high
    return [
        Problem(f"--vary {axis.name}", 0, 0, f"{value} is not between {low:g} and {high:g}", "Stay within its range.")
        for value, number in zip(axis.values, axis.numbers, strict=True)
        if not low <= number <= high
    ]


def can_move(axis: Axis, inputs: Mapping[str, Uncertain]) -> bool:
    """Whether all values lie within the range of an uncertain input.

    Beyond it the scenario is read again for all of them, and its checks judge.
    """
    each = inputs.get(axis.name)
    return each is not None and all(each.low <= number <= each.high for number in axis.numbers)
