"""Sussex's £1.59 for each £1: which programme cost gives it, and step by step from there to today's answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from simulator.appraisal import comparison as comparing
from simulator.appraisal.intervals import half_width, student_t
from simulator.appraisal.library import Library
from simulator.appraisal.results import Ratio, ratio_of
from simulator.evaluation.bridge_anchors import Anchor, anchors_of
from simulator.evaluation.bridge_prices import ASSUMED, PLACE_YEAR, TOOLKIT, Prices, State
from simulator.evaluation.bridge_readings import CLOSE, Published, Reading, published_in, readings_of
from simulator.evaluation.bridge_runs import FACE_VALUE, FITTED, MATCHED, Life, level_ratio, simulated, sussex
from simulator.evaluation.bridge_runs import work_in as work_in_lives
from simulator.evaluation.bridge_steps import Step, on_grid, steps_between
from simulator.evaluation.lines import FITTED as SOLVED_FOR
from simulator.evaluation.lines import Line
from simulator.evidence import Report, load_reports
from simulator.experiment import Plan, Progress
from simulator.model import measures
from simulator.places import data_folder
from simulator.scenario.records import Scenario

SOURCE = "sussex_2013"
HORIZONS = (1, 5, 10)
MANAGED_STATE = 1  # of activity's effect states


class Horizon(NamedTuple):
    """Benefit per £1 over some years: as the report is read, at the cost solved for its own years, and today."""

    years: int
    report: float
    today: float


@dataclass(frozen=True)
class Bridge:
    """From the published benefit per £1 to today's answer. Every half-width is 95% simulation noise."""

    published: Published
    readings: tuple[Reading, ...]  # the headline's first
    anchors: tuple[Anchor, ...]
    steps: tuple[Step, ...]
    first_npsv_gbp: float  # in the report's prices
    first_half_width: float  # with the solved cost held fast
    last: Ratio  # with both intervals, as the appraisal gives it
    last_half_width: float
    assumed_gbp_per_place_year: Mapping[str, float]  # today's, by price year
    horizons: tuple[Horizon, ...]
    convictions: Mapping[Life, float]  # per managed person-year, first year
    level_ratio: float
    ratios: Mapping[str, tuple[float, float]]  # of the effect: at face value, and matched
    gbp_to_set: float  # the headline's solved cost as `compare` takes it, in the cost table's own price year
    price_years: Mapping[str, str]  # by cost table
    recorded_per_proven: float  # where crimes are multiplied
    warning: str  # of today's effect
    replications: int
    seed: int

    @property
    def reading(self) -> Reading:
        """The headline's reading of the report."""
        return self.readings[0]

    @property
    def first_ratio(self) -> float:
        """The published figure."""
        return self.published.benefit_per_pound

    @property
    def last_ratio(self) -> float:
        """Today's answer."""
        return self.steps[-1].ratio


def todays_state(scenario: Scenario, library: Library) -> State:
    """The headline of today, as the scenario has it."""
    base = scenario.baseline
    return State(
        FITTED,
        MATCHED,
        MATCHED,
        base.text("appraisal.cost_table"),
        base.text("appraisal.counting"),
        base.text("appraisal.costing"),
        comparing.discount_rate(scenario, library),
        int(base.value("appraisal.horizon_years")),
        ASSUMED,
    )


def todays_ratio(
    scenario: Scenario, library: Library, replications: int, plan: Plan, progress: Progress | None
) -> Ratio:
    """Today's benefit per £1 as ``compare`` gives it, with its interval over what is drawn."""
    years = int(scenario.baseline.value("appraisal.horizon_years"))
    runs = comparing.run(scenario, library, replications, plan._replace(years=years), progress)
    arm = comparing.appraise(runs, library).arms[1]
    drawn = arm.drawn.benefit if arm.drawn else None
    return ratio_of(arm.streams.benefit, arm.streams.programme_cost, drawn, "programme cost")


def assumed_cost(prices: Prices, end: State) -> dict[str, float]:
    """Today's assumed programme cost over the places paid for, in today's prices and in the report's."""
    years = prices.place_years(end.horizon_years)
    states = (end, end._replace(table=TOOLKIT))
    return {
        prices.library.crime[state.table].price_year: float(
            prices.cost_by_year(state)[:, : state.horizon_years].sum(axis=1).mean() / years
        )
        for state in states
    }


def horizons_of(prices: Prices, start: State, end: State, gbp: float) -> tuple[Horizon, ...]:
    """The two ends of the bridge over other horizons; everything else as it is."""
    return tuple(
        Horizon(years, *(prices.point(each._replace(horizon_years=years), gbp).ratio for each in (start, end)))
        for years in HORIZONS
    )


def convictions_of(prices: Prices) -> dict[Life, float]:
    """Convictions per managed person-year in the first year, each occasion being one."""
    return {
        life: float(
            activity.totals[:, 0, :, MANAGED_STATE, measures.ARRESTS].sum() / activity.managed_years()[:, 0].sum()
        )
        for life, activity in prices.runs.managed.items()
    }


def ratios_of(library: Library) -> dict[str, tuple[float, float]]:
    """The two ratios that a step replaces."""
    face, matched = (library.effects[name].ratios for name in (FACE_VALUE, MATCHED))
    return {name: (face[name].value, matched[name].value) for name in ("occasions_ratio", "custody_ratio")}


def work_in(replications: int) -> int:
    """Arm-replications to run, for a progress bar."""
    return work_in_lives(replications) + 4 * replications


def line_of(bridge: Bridge) -> Line:
    """The published £1.59 beside the appraisal's own at the cost solved for; fitted, since the cost is free."""
    reading, figure = bridge.reading, bridge.published
    protocol = (
        f"{figure.horizon_years} years, {figure.below_predicted:.0%} at face value, {TOOLKIT}, one crime per proven "
        f"offence, undiscounted; £{reading.gbp_per_place_year:,.0f} a place-year solved for "
        f"({bridge.price_years[TOOLKIT]} prices)"
    )
    error = bridge.first_half_width / student_t(bridge.replications - 1) if bridge.replications > 1 else None
    miss = (reading.checked_ratio - figure.benefit_per_pound) / error if error else None
    name = f"{SOURCE}.benefit_per_pound"
    return Line(SOURCE, name, protocol, figure.benefit_per_pound, reading.checked_ratio, error, miss, SOLVED_FOR)


def bridge_of(
    library: Library,
    replications: int,
    seed: int,
    reports: Mapping[str, Report] | None = None,
    workers: int = 0,
    progress: Progress | None = None,
) -> Bridge:
    """The bridge from Sussex's published figure to today's answer, on the compiled engine.

    Args:
        reports: evidence by source; read from the evidence folder where not given.
        progress: called with the arm-replications just finished, ``work_in(replications)`` altogether.

    Raises:
        ArithmeticError: a ratio worked out in two ways differs, or the steps do not add up.
    """
    published = published_in((reports or load_reports(data_folder("evidence")))[SOURCE])
    scenario = sussex(library)
    plan = Plan(0, seed, "compiled", workers)
    prices = Prices(simulated(scenario, library, replications, plan, progress), library)
    end = todays_state(scenario, library)
    readings = readings_of(prices, end, published, seed)
    start, gbp = readings[0].state, readings[0].gbp_per_place_year

    @cache
    def ratio(state: State) -> float:
        # The published figure itself, which the solved cost gives to within a rounding.
        return published.benefit_per_pound if state == start else on_grid(prices.point(state, gbp).ratio)

    last = todays_ratio(scenario, library, replications, plan, progress)
    if last.value is None or abs(ratio(end) - last.value) > CLOSE:
        raise ArithmeticError(f"the bridge ends at {ratio(end)}, the appraisal at {last.value}")
    first_point, last_point = prices.point(start, gbp), prices.point(end, gbp)
    return Bridge(
        published,
        readings,
        anchors_of(library, prices.report_year),
        steps_between(lambda state: prices.point(state, gbp), ratio, start, end),
        first_point.npsv,
        half_width(first_point.influence),
        last,
        half_width(last_point.influence),
        assumed_cost(prices, end),
        horizons_of(prices, start, end, gbp),
        convictions_of(prices),
        level_ratio(library),
        ratios_of(library),
        gbp * library.deflators.factor(prices.report_year, str(library.programme[PLACE_YEAR].price_year)),
        {name: library.crime[name].price_year for name in (TOOLKIT, end.table)},
        library.appraisal["recorded_per_proven"].value,
        library.effects[MATCHED].warning,
        replications,
        seed,
    )
