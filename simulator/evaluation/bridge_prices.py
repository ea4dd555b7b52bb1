"""What a state of the bridge costs and gains: the same simulations, priced in one of many ways."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.activity import Activity
from simulator.appraisal.discounting import discount_factors
from simulator.appraisal.intervals import half_width
from simulator.appraisal.library import Library
from simulator.appraisal.results import is_benefit, is_programme
from simulator.costing.costs import costs_of
from simulator.costing.lines import Costs, Line
from simulator.costing.prices import PROGRAMME_COSTS, Tables
from simulator.evaluation.bridge_runs import ARM, Life, Simulated
from simulator.model import measures
from simulator.quantities import Quantity, Standing
from simulator.scenario.funding import paid_for_by_year
from simulator.scenario.records import Settings

Array = NDArray[np.float64]

TOOLKIT = "iom_toolkit_2011"
CONVICTION, PROVEN, RECORDED, MULTIPLIED = "conviction", "proven", "recorded", "multiplied"
COUNTINGS = (PROVEN, CONVICTION, RECORDED, MULTIPLIED)
SOLVED, ASSUMED = "solved", "assumed"
PLACE_YEAR = "place_year"


class State(NamedTuple):
    """One way to take the scheme and to price it. ``cost``: the solved one a place, or the assumed lines of today."""

    level: str
    occasions: str
    custody: str
    table: str
    counting: str
    costing: str
    discount_rate: float
    horizon_years: int
    cost: str

    @property
    def life(self) -> Life:
        """The simulation it prices."""
        return Life(self.level, self.occasions, self.custody)


class Point(NamedTuple):
    """Present values by replication, in the price base of the state's table: benefit and programme cost."""

    benefit: Array
    cost: Array

    @property
    def ratio(self) -> float:
        """Benefit per £1: mean benefit over mean cost."""
        return float(self.benefit.mean()) / float(self.cost.mean())

    @property
    def npsv(self) -> float:
        """Mean benefit less mean cost."""
        return float(self.benefit.mean()) - float(self.cost.mean())

    @property
    def influence(self) -> Array:
        """What each replication adds to the ratio, to first order; means of differences are paired."""
        return np.asarray((self.benefit - self.ratio * self.cost) / float(self.cost.mean()))


def noise_between(one: Point, other: Point) -> float:
    """95% half-width of the difference of two ratios under the same luck."""
    return half_width(other.influence - one.influence)


def by_year(costs: Costs, of_interest: Callable[[Line], bool]) -> Array:
    """Pounds of the chosen lines by (replication, year), undiscounted."""
    total = np.zeros(costs.lines[0].quantity.shape)
    for line in costs.lines:
        if of_interest(line):
            total += line.quantity * sum(price.gbp for price in line.prices)
    return total


def per_conviction(activity: Activity) -> Activity:
    """The same activity with one offence for each conviction, that is each occasion, in the mix of its offences."""
    totals = activity.totals.copy()
    proven = activity.offences.sum(axis=-1)
    occasions = activity.totals[..., measures.ARRESTS]
    share = np.divide(occasions, proven, out=np.zeros_like(proven), where=proven > 0.0)
    totals[..., measures.OFFENCES_FROM :] *= share[..., None]
    return replace(activity, totals=totals)


def counted(activity: Activity, counting: str) -> Activity:
    """The activity in the unit that a counting starts from."""
    return per_conviction(activity) if counting == CONVICTION else activity


def with_solved_cost(settings: Settings, gbp: float, price_year: str) -> Settings:
    """Settings in which a place-year costs ``gbp`` and the scheme nothing else."""

    def chosen(name: str, own: Quantity) -> Quantity:
        value, why = (gbp, "solved for") if name == PLACE_YEAR else (0.0, "all in the cost of a place")
        return replace(
            own, value=value, price_year=price_year, low=None, high=None, standing=Standing.CHOICE, source="", why=why
        )

    made = {f"costs.{name}": chosen(name, settings.quantities[f"costs.{name}"]) for name in PROGRAMME_COSTS}
    return replace(settings, quantities={**settings.quantities, **made})


@dataclass(frozen=True)
class Prices:
    """Prices any state of the bridge; every costing is done once and kept."""

    runs: Simulated
    library: Library
    gains: dict[tuple[object, ...], Array] = field(default_factory=dict)
    charges: dict[tuple[object, ...], Array] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        """The scheme's own settings, as run."""
        return self.runs.scenario.arm(ARM).settings

    @property
    def report_year(self) -> str:
        """Price year of the cost table of the time, in which the solved cost is given."""
        return self.library.crime[TOOLKIT].price_year

    def library_for(self, state: State) -> Library:
        """The cost tables; where recorded crimes are counted, every one of them is taken as proven."""
        return (
            self.library.with_cost("appraisal.recorded_per_proven", 1.0) if state.counting == RECORDED else self.library
        )

    def tables(self, state: State) -> Tables:
        """The prices of a state."""
        return self.library_for(state).tables(state.table)

    def chosen(self, state: State) -> Settings:
        """The scheme's settings with the state's choices of pricing, in the price base of its table."""
        counting = PROVEN if state.counting in (CONVICTION, PROVEN) else MULTIPLIED
        levers = {
            **self.settings.levers,
            "appraisal.cost_table": state.table,
            "appraisal.counting": counting,
            "appraisal.costing": state.costing,
        }
        made = replace(self.settings, levers=levers)
        return with_solved_cost(made, 1.0, self.report_year) if state.cost == SOLVED else made

    def benefit_by_year(self, state: State) -> Array:
        """Gained over the comparator by (replication, year), undiscounted."""
        key = (state.life, state.table, state.counting, state.costing)
        if key not in self.gains:
            settings, tables = self.chosen(state), self.tables(state)
            without, managed = (
                counted(each, state.counting)
                for each in (self.runs.without[state.level], self.runs.managed[state.life])
            )
            costs = [costs_of(each, settings, tables, without) for each in (without, managed)]
            self.gains[key] = by_year(costs[0], is_benefit) - by_year(costs[1], is_benefit)
        return self.gains[key]

    def cost_by_year(self, state: State) -> Array:
        """Programme cost by (replication, year), undiscounted; where it is solved for, at £1 a place-year."""
        key = (state.life, state.table, state.cost)
        if key not in self.charges:
            costs = costs_of(self.runs.managed[state.life], self.chosen(state), self.tables(state))
            self.charges[key] = by_year(costs, is_programme)
        return self.charges[key]

    def point(self, state: State, solved_gbp: float) -> Point:
        """Present values in a state, where a place-year costs ``solved_gbp`` in the states that are solved for."""
        factors = discount_factors(state.discount_rate, state.horizon_years)
        times = solved_gbp if state.cost == SOLVED else 1.0
        benefit = self.benefit_by_year(state)[:, : len(factors)] @ factors
        return Point(benefit, self.cost_by_year(state)[:, : len(factors)] @ factors * times)

    def solved_cost(self, state: State, published: float) -> float:
        """Pounds a place-year, in the report's prices, at which the state's benefit per £1 is the published one.

        The cost is linear in it, so it is one division.
        """
        return self.point(state, 1.0).ratio / published

    def place_years(self, horizon_years: int) -> float:
        """Place-years paid for over the horizon."""
        return float(paid_for_by_year(self.settings, horizon_years)[PLACE_YEAR].sum())

    def managed_years(self, state: State) -> float:
        """Person-years managed over the horizon, mean over replications."""
        return float(self.runs.managed[state.life].managed_years()[:, : state.horizon_years].sum(axis=1).mean())
