"""Ways to read Sussex's report, and the programme cost at which each of them gives its £1.59 for each £1."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from simulator.activity import Activity
from simulator.appraisal.comparison import Appraised, Runs, appraise
from simulator.appraisal.intervals import half_width
from simulator.evaluation.bridge_prices import (
    COUNTINGS,
    PROVEN,
    SOLVED,
    TOOLKIT,
    Prices,
    State,
    counted,
    with_solved_cost,
)
from simulator.evaluation.bridge_runs import FACE_VALUE, FITTED, PREDICTED, with_settings
from simulator.evaluation.bridge_steps import FACTORS, moved, order_free
from simulator.evidence import Report
from simulator.scenario.records import Settings

CLOSE = 1e-9  # one ratio, worked out in two ways
PRICING = ("appraisal.cost_table", "appraisal.counting", "appraisal.costing")


class Published(NamedTuple):
    """What the report prints. Convictions are for each person and year."""

    benefit_per_pound: float
    horizon_years: int
    below_predicted: float  # share
    convictions_before: float  # over the 24 months before
    convictions_after: float  # over the 12 months after registration

    @property
    def convictions_predicted(self) -> float:
        """Convictions a year without the scheme, if those seen are so much below it."""
        return self.convictions_after / (1.0 - self.below_predicted)


@dataclass(frozen=True)
class Reading:
    """One reading, and the programme cost in the report's prices at which it gives the published ratio.

    ``checked_ratio`` is the appraisal's own at that cost. ``matched_ratio``: with the matched effect on occasions in
    place of the 78%, all else as read; ``order_free``: what that change adds, averaged over orders of all changes.
    """

    state: State
    gbp_per_place_year: float
    half_width_gbp: float  # 95%, simulation noise
    gbp_per_managed_year: float
    checked_ratio: float
    matched_ratio: float
    order_free: float


def published_in(report: Report) -> Published:
    """The report's own figures. Raises KeyError for one that is not there."""
    value = {name: figure.value for name, figure in report.figures.items()}
    return Published(
        value["benefit_per_pound"],
        int(value["benefit_horizon"]),
        value["benefit_based_on_reduction"] / 100.0,
        value["convictions.before"] / 2.0,
        value["convictions.after"],
    )


def report_state(years: int, level: str = FITTED, counting: str = PROVEN, rate: float = 0.0) -> State:
    """The report as read: the 78% at face value, the cost table of the time, response costs within the unit costs."""
    return State(level, FACE_VALUE, FACE_VALUE, TOOLKIT, counting, "inclusive", rate, years, SOLVED)


def first_years(activity: Activity, years: int) -> Activity:
    """An activity cut off after some years."""
    return replace(activity, totals=activity.totals[:, :years])


def appraised_with(prices: Prices, state: State, gbp: float, seed: int) -> Appraised:
    """The scheme as any scenario is appraised, in a state of the report with a place-year at ``gbp``."""
    chosen = prices.chosen(state).levers
    levers = {
        **{name: chosen[name] for name in PRICING},
        "appraisal.discount_rate": state.discount_rate,
        "appraisal.horizon_years": state.horizon_years,
    }

    def changed(settings: Settings) -> Settings:
        made = replace(settings, levers={**settings.levers, **levers})
        return with_solved_cost(made, gbp, prices.report_year)

    lives = (prices.runs.without[state.level], prices.runs.managed[state.life])
    activities = tuple(first_years(counted(each, state.counting), state.horizon_years) for each in lives)
    runs = Runs(with_settings(prices.runs.scenario, changed), activities, None, seed, "compiled")
    return appraise(runs, prices.library_for(state)).arms[1]


def checked_ratio(prices: Prices, state: State, gbp: float, seed: int) -> float:
    """The appraisal's benefit per £1 with a place-year at ``gbp``."""
    streams = appraised_with(prices, state, gbp, seed).streams
    return float(streams.benefit.mean()) / float(streams.programme_cost.mean())


def reading_of(prices: Prices, start: State, end: State, published: float, seed: int) -> Reading:
    """Solve one reading for its programme cost, and see what replacing the 78% does to it.

    Raises ArithmeticError when the appraisal at that cost does not give the published ratio.
    """
    gbp = prices.solved_cost(start, published)
    checked = checked_ratio(prices, start, gbp, seed)
    if abs(checked - published) > CLOSE:
        raise ArithmeticError(f"a place-year at £{gbp} gives {checked}, not {published}")

    @cache
    def ratio(state: State) -> float:
        return prices.point(state, gbp).ratio

    return Reading(
        start,
        gbp,
        half_width(prices.point(start, 1.0).influence) / published,
        gbp * prices.place_years(start.horizon_years) / prices.managed_years(start),
        checked,
        ratio(moved(start, end, FACTORS[:1])),
        order_free(ratio, start, end)[FACTORS[0].name],
    )


def readings_of(prices: Prices, end: State, published: Published, seed: int) -> tuple[Reading, ...]:
    """Every reading: two levels, four counting units, undiscounted or at today's rate; the headline's first."""
    return tuple(
        reading_of(
            prices,
            report_state(published.horizon_years, level, counting, rate),
            end,
            published.benefit_per_pound,
            seed,
        )
        for level in (FITTED, PREDICTED)
        for counting in COUNTINGS
        for rate in (0.0, end.discount_rate)
    )
