"""Everything that the data folders hold, read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from simulator.costing.prices import APPRAISAL_FIGURES, JUSTICE_COSTS, PROGRAMME_COSTS, Tables
from simulator.evidence import Effect, load_effects
from simulator.places import data_folder
from simulator.quantities import Quantity, Source, Standing, UnitCost
from simulator.scenario.fields import COST_TABLES, MOST_POUNDS
from simulator.scenario.overrides import ON_THE_COMMAND_LINE, VALUE, is_in_a_scenario, parsed
from simulator.scenario.read import Known
from simulator.tables import Problems
from simulator.tables.checks import Bounds, number_fault
from simulator.tables.cost_tables import (
    CrimeCosts,
    Deflators,
    load_completion,
    load_deflators,
    load_offence_types,
    load_rows,
    load_sources,
)


@dataclass(frozen=True)
class Library:
    """Cost tables, sources and effects as shipped, or as changed on the command line."""

    sources: Mapping[str, Source]
    deflators: Deflators
    crime: Mapping[str, CrimeCosts]
    justice: Mapping[str, UnitCost]
    programme: Mapping[str, UnitCost]
    appraisal: Mapping[str, Quantity]
    offence_types: Mapping[str, int]  # severity tier by type, in the order of the table
    effects: Mapping[str, Effect]

    def known(self) -> Known:
        """What scenarios may refer to by name."""
        return Known(
            sources=list(self.sources),
            offence_types=list(self.offence_types),
            effects=self.effects,
            cost_names=self.cost_names(),
            programme_costs={name: self.programme[name] for name in PROGRAMME_COSTS},
            table_years={name: table.price_year for name, table in self.crime.items()},
            price_factor=self.deflators.factor,
        )

    def cost_names(self) -> Sequence[str]:
        """Names of unit costs that may be set on the command line: those that a costing reads."""
        return [
            *(f"{table}.{kind}" for table, costs in self.crime.items() for kind in costs.parts),
            *(f"justice.{name}" for name in JUSTICE_COSTS),
            *(f"programme.{name}" for name in PROGRAMME_COSTS),
            *(f"appraisal.{name}" for name in APPRAISAL_FIGURES),
        ]

    def changed(self, settings: Sequence[str]) -> Library:
        """The library with unit costs set on the command line.

        A crime's parts keep their proportions. Raises InputProblems for unknown names and impossible amounts.
        """
        problems = Problems()
        made = self
        for override in parsed(settings, self.cost_names(), problems):
            if is_in_a_scenario(override.name):
                continue
            fault = number_fault(override.value, Bounds(minimum=0.0, maximum=MOST_POUNDS))
            if fault:
                problems.add(override.document.problem(VALUE, f"{override.name}: {fault.message}", fault.suggestion))
            else:
                made = made.with_cost(override.name, float(override.value))
        problems.stop_if_any()
        return made

    def with_cost(self, name: str, value: float) -> Library:
        """One unit cost replaced by a chosen one."""
        table, _, inner = name.partition(".")
        if table in self.crime:
            return replace(self, crime={**self.crime, table: scaled(self.crime[table], inner, value)})
        if table == "justice":
            return replace(self, justice={**self.justice, inner: chosen(self.justice[inner], value)})
        if table == "programme":
            return replace(self, programme={**self.programme, inner: chosen(self.programme[inner], value)})
        return replace(self, appraisal={**self.appraisal, inner: chosen(self.appraisal[inner], value)})

    def tables(self, cost_table: str) -> Tables:
        """The prices of one costing."""
        return Tables(self.crime[cost_table], self.justice, self.programme, self.appraisal, self.deflators)


def chosen(quantity: Quantity, value: float) -> Any:
    """A figure set by hand: its range no longer speaks of it."""
    return replace(quantity, value=value, low=None, high=None, standing=Standing.CHOICE, why=ON_THE_COMMAND_LINE)


def scaled(costs: CrimeCosts, kind: str, total: float) -> CrimeCosts:
    """One crime's cost set by hand, its parts in proportion; all of it in the first part where it cost nothing."""
    old = costs.total(kind)
    first = costs.parts[kind][0]
    parts = tuple(
        chosen(part, part.value * (total / old) if old else total * (part is first)) for part in costs.parts[kind]
    )
    return replace(
        costs,
        parts={**costs.parts, kind: parts},
        totals={**costs.totals, kind: chosen(costs.totals[kind], total)},
    )


def load_library() -> Library:
    """Read every cost table and the effects. Raises InputProblems with every fault found."""
    costs = data_folder("cost_tables")
    completion = load_completion(costs)
    return Library(
        sources=load_sources(costs),
        deflators=load_deflators(costs),
        crime={edition: completion.crime_costs(edition) for edition in COST_TABLES},
        justice=load_rows(costs, "justice"),
        programme=load_rows(costs, "programme"),
        appraisal=load_rows(costs, "appraisal"),
        offence_types={row.name: row.severity_tier for row in load_offence_types(costs)},
        effects=load_effects(data_folder("evidence") / "effects.yaml"),
    )
