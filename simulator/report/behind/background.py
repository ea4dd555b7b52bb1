"""What is behind any figure of the answers: its meaning, unit, making, inputs, sources, standing and marks."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Mapping
from typing import Any

from simulator.report.behind.comparison import of_comparison
from simulator.report.behind.fields import meaning_of, unit_of
from simulator.report.behind.figure import Behind, Mark, Rule, Source
from simulator.report.behind.marks import Marker
from simulator.report.behind.others import of_other
from simulator.report.behind.paths import Step, parts_of, steps_to
from simulator.report.behind.people import NONE
from simulator.report.behind.rests import Rests

COMPARISON = "comparison"
DRAWN = ("chances", "tornado", "decision", "difference", "funding")
STANDINGS = ("read", "transcribed", "derived", "assumed", "unverified", "choice")


class Background:
    """The answers of one scheme, ready to be asked what is behind any figure in them.

    Args:
        answers: JSON documents by name; ``comparison``, as ``compare`` gives it, is the one that names the inputs.
    """

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self.answers = answers
        self.document: Mapping[str, Any] = answers[COMPARISON]
        self.rests = Rests(self.document)
        self.marker = Marker.of(self.document)
        self.known: dict[str, Behind] = {}

    @functools.cached_property
    def rests_of_draws(self) -> Rests:
        """What rests on what where inputs are moved through their ranges."""
        return Rests(self.document, drawn=True)

    def behind(self, path: str) -> Behind:
        """What is behind a figure, or behind a little arithmetic with figures such as ``a − b``.

        Raises InputProblems, with the nearest identifiers, for a figure that is not there.
        """
        if path not in self.known:
            self.known[path] = self.found(path)
        return self.known[path]

    def found(self, path: str) -> Behind:
        """What ``behind`` says, worked out."""
        parts = parts_of(path, self.answers)
        if list(parts) == [path]:
            return self.one(path)
        found = [self.one(part) for part in parts]
        names = NONE.union(*(frozenset(each.inputs) for each in found))
        words = "; ".join(f"{each.name}: {each.how}" for each in found)
        first = found[0]
        return self.record(path, None, first.meaning, first.unit, Rule(f"{path}, where {words}", names))

    def one(self, path: str) -> Behind:
        """What is behind one figure."""
        steps = steps_to(self.answers, path)
        answer, below = steps[0].key, steps[1:]
        rule = self.rule(answer, below)
        return self.record(path, steps[-1].value, meaning_of(answer, below), unit_of(answer, below), rule)

    def rule(self, answer: str, below: list[Step]) -> Rule:
        """How a figure is made and what it rests on."""
        if answer == COMPARISON:
            return of_comparison(below, self.document, self.rests)
        rests = self.rests_of_draws if answer in DRAWN else self.rests
        return of_other(answer, below, self.answers[answer], rests)

    def record(self, path: str, value: object, meaning: str, unit: str, rule: Rule) -> Behind:
        """A figure with everything behind it, inputs in the order in which the comparison lists them."""
        inputs = tuple(name for name in self.rests.rows if name in rule.names)
        return Behind(
            path,
            value,
            meaning,
            unit,
            rule.how,
            inputs,
            self.sources(inputs),
            self.standing(inputs),
            self.marks(inputs),
        )

    def sources(self, inputs: tuple[str, ...]) -> tuple[Source, ...]:
        """The publications behind some inputs, each once with every place."""
        places: dict[str, dict[str, None]] = {}
        for row in (self.rests.rows[name] for name in inputs):
            if row["source"]:
                places.setdefault(row["source"], {}).setdefault(row["where"])
        return tuple(Source(name, tuple(each for each in where if each)) for name, where in places.items())

    def standing(self, inputs: tuple[str, ...]) -> str:
        """What a figure stands on, in a sentence."""
        if not inputs:
            return "rests on no input"
        counts = Counter(str(self.rests.rows[name]["standing"]) for name in inputs)
        if len(inputs) == 1:
            return f"rests on one input, {next(iter(counts))}"
        parts = [f"{counts[each]} {each}" for each in STANDINGS if counts[each]]
        made = "simulated from" if self.is_simulated(inputs) else "computed from"
        return f"{made} {len(inputs)} inputs, of which {', '.join(parts)}"

    def is_simulated(self, inputs: tuple[str, ...]) -> bool:
        """Whether what people do has a say."""
        return any(name.startswith("population.") for name in inputs)

    def marks(self, inputs: tuple[str, ...]) -> tuple[Mark, ...]:
        """The marks that come with some inputs."""
        return self.marker.marks(inputs)


def behind(answers: Mapping[str, Any], path: str) -> Behind:
    """What is behind one figure; for many, make one ``Background``.

    Raises InputProblems, with the nearest identifiers, for a figure that is not there.
    """
    return Background(answers).behind(path)
