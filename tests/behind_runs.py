"""Small comparisons whose inputs are moved one at a time, for the tests of what is behind a figure."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from small_runs import compared

from simulator.appraisal import comparison as comparing
from simulator.appraisal.comparison import Comparison
from simulator.appraisal.library import Library
from simulator.experiment import Plan
from simulator.report.behind import Background
from simulator.report.behind.paths import figures
from simulator.report.results import results_of
from simulator.uncertainty.inputs import uncertain_inputs
from simulator.uncertainty.points import Point, at_point

SHORT = "appraisal.horizon_years=2"
REPLICATIONS = 2
Figures = dict[str, float]


class World:
    """One small comparison: its figures, and the inputs that each of them is said to rest on."""

    def __init__(self, name: str, settings: tuple[str, ...], comparator: str | None = None) -> None:
        self.name, self.settings, self.comparator = name, (SHORT, *settings), comparator
        self.base = self.with_settings()
        self.document = results_of(self.base)
        self.figures = figures_of(self.document)
        background = Background({"comparison": self.document})
        self.rests = {path: frozenset(background.behind(path).inputs) for path in self.figures}
        self.rows: Mapping[str, Any] = background.rests.rows

    def with_settings(self, *more: str) -> Comparison:
        """The comparison under more settings."""
        return compared(*self.settings, *more, name=self.name, comparator=self.comparator, replications=REPLICATIONS)

    def priced_with(self, library: Library) -> Figures:
        """The figures with other prices; what happened stays."""
        return figures_of(results_of(comparing.appraise(self.base.runs, library, self.comparator)))

    def moved(self, name: str) -> Figures:
        """The figures with one input moved: a price by half, an index by a tenth, anything else to an end of its range."""
        library = self.base.library
        if name.startswith("deflators."):
            index = {**library.deflators.index, name.removeprefix("deflators."): self.rows[name]["value"] * 1.1}
            return self.priced_with(replace(library, deflators=replace(library.deflators, index=index)))
        if name in library.cost_names() and name.partition(".")[0] != "programme":
            return self.priced_with(library.with_cost(name, self.rows[name]["value"] * 1.5 + 1.0))
        scenario = self.base.runs.scenario
        own = name.replace("programme.", "costs.", 1) if "part" in self.rows.get(name, {}) else name
        each = uncertain_inputs(scenario, library)[own]
        there, prices = at_point(scenario, library, Point({own: each.high if each.high > each.value else each.low}))
        years = len(self.base.factors)
        runs = comparing.run(there, prices, REPLICATIONS, Plan(years, 1, workers=1))
        return figures_of(results_of(comparing.appraise(runs, prices, self.comparator)))

    def changed(self, there: Figures) -> set[str]:
        """The figures that are not what they were, or are refused now; rows that have gone are a choice of the costing."""
        gone = (".by_line.", ".by_budget.", ".by_agency.", ".by_kind.")
        return {
            path
            for path, value in self.figures.items()
            if there.get(path) != value and (path in there or not any(each in path for each in gone))
        }

    def resting_on(self, name: str) -> set[str]:
        """The figures that are said to rest on an input; an offence mix goes as a whole."""
        rows = {row for row in self.rows if row == name or (row.startswith(f"{name}.") and "offence_mixes" in name)}
        assert rows, name
        return {path for path, names in self.rests.items() if names & rows}


def figures_of(document: Mapping[str, Any]) -> Figures:
    """Every number of the arms and of the alternatives, by identifier."""
    parts = {top: document[top] for top in ("arms", "alternatives")}
    return dict(figures({"comparison": parts}))


@functools.cache
def world(name: str = "bedfordshire:as_run", *settings: str, comparator: str | None = None) -> World:
    """A world, made once."""
    return World(name, settings, comparator)
