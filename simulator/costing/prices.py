"""From a cost table and the appraisal's choices to the price of each thing that happens, in one price base."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from simulator.costing.lines import Price
from simulator.quantities import Quantity, UnitCost
from simulator.scenario.records import Settings
from simulator.tables.cost_tables import CrimeCosts, Deflators

# What a scheme itself is charged for, in units of cost_tables/programme.csv.
PROGRAMME_COSTS = ("offender_manager_year", "place_year", "selection", "fixed_year")

# The price of a day in custody, by choice. step_fixed pays the average, but only for whole wings.
CUSTODY_DAY = {
    "average": "custody_day_bedfordshire",
    "overall": "custody_day_overall_2016_17",
    "marginal": "custody_day_marginal",
    "step_fixed": "custody_day_bedfordshire",
}

# What else a costing reads from cost_tables/justice.csv and cost_tables/appraisal.csv.
JUSTICE_COSTS = (
    "arrest_detained",
    "court_event",
    "recall",
    "supervision_year_licence",
    "supervision_year_community",
    "prison_wing_places",
    *dict.fromkeys(CUSTODY_DAY.values()),
)
APPRAISAL_FIGURES = ("recorded_per_proven", "discount_rate_health")


@dataclass(frozen=True)
class Tables:
    """Every price that a costing may need, in its own price year."""

    crime: CrimeCosts
    justice: Mapping[str, UnitCost]
    programme: Mapping[str, UnitCost]
    appraisal: Mapping[str, Quantity]
    deflators: Deflators


@dataclass(frozen=True)
class Choices:
    """How an appraisal prices what happened."""

    price_base: str
    costing: str
    counting: str
    prison_cost: str
    anticipation: str


def choices_of(settings: Settings, crime: CrimeCosts) -> Choices:
    """The appraisal's choices; the price base is the cost table's own year unless stated."""
    return Choices(
        price_base=str(settings.levers["appraisal.price_base"] or crime.price_year),
        costing=settings.text("appraisal.costing"),
        counting=settings.text("appraisal.counting"),
        prison_cost=settings.text("appraisal.prison_cost"),
        anticipation=settings.text("appraisal.anticipation"),
    )


def price_of(cost: UnitCost, tables: Tables, base: str, cashable: bool = False) -> Price:
    """A unit cost brought to the price base by the GDP deflator."""
    factor = tables.deflators.factor(cost.price_year, base) if cost.price_year and cost.price_year != base else 1.0
    return Price(cost.value * factor, cost.part, cost.kind, cost.agency, cashable, cost)


def crime_prices(parts: Iterable[UnitCost], tables: Tables, choices: Choices) -> tuple[Price, ...]:
    """Prices of one crime: without its response part when arrests and custody are paid for separately.

    Fiscal parts are not cashable: fewer crimes free officers' and courts' time, not their budgets.
    """
    left_out = set()
    if choices.costing == "explicit":
        left_out.add("response")
    if choices.anticipation == "exclude":
        left_out.add("anticipation")
    return tuple(price_of(part, tables, choices.price_base) for part in parts if part.part not in left_out)


def justice_price(name: str, tables: Tables, choices: Choices) -> tuple[Price, ...]:
    """The one price of an arrest, a court event, a day in custody or a year of supervision."""
    return (price_of(tables.justice[name], tables, choices.price_base),)


def programme_price(name: str, settings: Settings, tables: Tables, choices: Choices) -> tuple[Price, ...]:
    """The scheme's own cost where the scenario states one, else the cost table's; cashable."""
    row = tables.programme[name]
    own = settings.quantities[f"costs.{name}"]
    cost = UnitCost(
        own.name, own.value, own.unit, own.standing, own.source, own.where, own.price_year, own.low, own.high, own.why,
        part=row.part, kind=row.kind, agency=row.agency,
    )  # fmt: skip
    return (price_of(cost, tables, choices.price_base, cashable=True),)
