"""One arm against the comparator: NPSV, benefit per £1, break-even and payback, with every part of each total."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.activity import Activity
from simulator.appraisal import intervals
from simulator.appraisal.discounting import payback_year
from simulator.costing.lines import PROGRAMME, SUPERVISION, Cell, Costs, Line
from simulator.model import measures

Array = NDArray[np.float64]
Interval = tuple[float, float]


class Change(NamedTuple):
    """Mean level over replications, and how much it differs from the comparator."""

    level: float
    increment: float


class Arm(NamedTuple):
    """One arm's activity and costs from one set of replications."""

    activity: Activity
    costs: Costs


class Pair(NamedTuple):
    """An arm and its comparator under the same luck."""

    arm: Arm
    comparator: Arm


def is_programme(line: Line) -> bool:
    """Lines that the scheme itself costs."""
    return line.section == PROGRAMME


def is_benefit(line: Line) -> bool:
    """Everything else: what the scheme changes."""
    return line.section != PROGRAMME


def is_crime_or_process(line: Line) -> bool:
    """Costs that come with a proven offence itself: victims, arrest, court; neither custody nor supervision."""
    return line.section not in (PROGRAMME, SUPERVISION) and line.name not in ("custody_day", "recall")


@dataclass(frozen=True)
class Streams:
    """Present values by replication: what the arm costs more and what it gains over its comparator."""

    programme_cost: Array
    benefit: Array
    fiscal_benefit: Array

    @property
    def npsv(self) -> Array:
        """Net present social value by replication."""
        return self.benefit - self.programme_cost


class Bias(NamedTuple):
    """Optimism bias: an uplift on programme costs and a cut on benefits. It never improves a line."""

    on_costs: float = 0.0
    on_benefits: float = 0.0


NO_BIAS = Bias()


def bias_weights(pair: Pair, factors: Array, bias: Bias) -> dict[str, float]:
    """What each line counts for: dearer programme lines 1 + uplift, lines that gain 1 - cut, all others 1."""
    if bias == NO_BIAS:
        return {}
    base = {line.name: line for line in pair.comparator.costs.lines}
    weights = {}
    for line in pair.arm.costs.lines:
        more = float((line.quantity.mean(axis=0) - base[line.name].quantity.mean(axis=0)) @ factors)
        if is_programme(line):
            weights[line.name] = 1.0 + bias.on_costs if more > 0.0 else 1.0
        else:
            weights[line.name] = 1.0 - bias.on_benefits if more < 0.0 else 1.0
    return weights


def fiscal_only(costs: Costs) -> Costs:
    """The same lines with fiscal prices only."""
    return Costs(
        costs.arm,
        tuple(
            replace(line, prices=tuple(price for price in line.prices if price.kind == "fiscal"))
            for line in costs.lines
        ),
    )


def streams_of(pair: Pair, factors: Array, bias: Bias = NO_BIAS) -> Streams:
    """Programme cost, benefit and fiscal benefit of an arm over its comparator, replication by replication."""
    arm, comparator = pair.arm.costs, pair.comparator.costs
    weights = bias_weights(pair, factors, bias)

    def gained(mine: Costs, other: Costs) -> Array:
        return other.by_replication(factors, is_benefit, weights) - mine.by_replication(factors, is_benefit, weights)

    return Streams(
        arm.by_replication(factors, is_programme, weights) - comparator.by_replication(factors, is_programme, weights),
        gained(arm, comparator),
        gained(fiscal_only(arm), fiscal_only(comparator)),
    )


class Part(NamedTuple):
    """A part of the totals: pounds of additional programme cost and of benefit, at present value."""

    programme_cost: float
    benefit: float

    @property
    def net(self) -> float:
        """Benefit less programme cost."""
        return self.benefit - self.programme_cost


def parts_by(
    pair: Pair,
    factors: Array,
    key: Callable[[Cell], Hashable],
    bias: Bias = NO_BIAS,
    social_factors: Array | None = None,
) -> dict[Hashable, Part]:
    """Totals split by any property of a cell. Each sum is correctly rounded, so parts add up to the totals.

    Args:
        bias: optimism bias.
        social_factors: discount factors of social costs where they differ (health-related harm at 1.5%).
    """
    weights = bias_weights(pair, factors, bias)
    costs: dict[Hashable, list[float]] = {}
    gains: dict[Hashable, list[float]] = {}
    for costs_of_arm, sign in ((pair.arm.costs, 1.0), (pair.comparator.costs, -1.0)):
        for cell in costs_of_arm.cells(factors, social_factors):
            name = key(cell)
            costs.setdefault(name, [])
            gains.setdefault(name, [])
            if is_programme(cell.line):
                costs[name].append(sign * cell.gbp * weights.get(cell.line.name, 1.0))
            else:
                gains[name].append(-sign * cell.gbp * weights.get(cell.line.name, 1.0))
    return {name: Part(math.fsum(costs[name]), math.fsum(gains[name])) for name in costs}


def total_of(parts: Iterable[Part]) -> Part:
    """The sum of parts."""
    parts = list(parts)
    return Part(math.fsum(p.programme_cost for p in parts), math.fsum(p.benefit for p in parts))


def change(arm: Array, comparator: Array) -> Change:
    """Mean level of something counted by replication, and its increment over the comparator."""
    return Change(float(arm.mean()), float((arm - comparator).mean()))


@dataclass(frozen=True)
class Ratio:
    """Benefit per £1, or the reason why there is none."""

    value: float | None
    interval: Interval | None
    simulation_interval: Interval | None
    reason: str | None
    denominator: str
    denominator_gbp: float


# A difference in cost below this share of what the scheme costs is no basis for a ratio.
TRIVIAL_SHARE = 0.01


def ratio_of(
    top: Array, bottom: Array, drawn_top: Array | None, denominator: str, saved: str = "", whole: float = 0.0
) -> Ratio:
    """Mean ``top`` over mean ``bottom``, refused where the denominator is not clearly positive.

    Args:
        drawn_top: ``top`` of runs with the uncertain inputs drawn, paired with ``top`` by replication.
        saved: the sentence to give instead when the denominator is negative.
        whole: what the dearer of the two arms costs altogether; a denominator that is a trivial part of it is refused.
    """
    below = float(bottom.mean())
    refusal = None
    if below == 0.0 and not np.any(bottom):
        refusal = f"no {denominator}: there is nothing to divide by"
    elif intervals.reaches_zero(bottom):
        refusal = f"the interval of the {denominator} reaches zero, so the ratio has no meaning"
    elif below < 0.0:
        refusal = saved or f"the {denominator} is negative: the arm costs less than its comparator"
    elif below < TRIVIAL_SHARE * whole:
        refusal = "the two cost nearly the same, so a ratio would say nothing: compare their NPSV"
    if refusal:
        return Ratio(None, None, None, refusal, denominator, below)
    value = float(top.mean()) / below
    drawn = None
    if drawn_top is not None:
        spread = intervals.of_draws(float(top.mean()), drawn_top - top[: len(drawn_top)])
        drawn = (spread[0] / below, spread[1] / below) if spread else None
    return Ratio(value, drawn, intervals.of_ratio(top, bottom), None, denominator, below)


class BreakEven(NamedTuple):
    """How many proven reoffences per managed person-year pay for the programme, and how many were prevented."""

    prevented_per_person_year: float | None
    achieved_per_person_year: float | None
    value_per_proven_offence_gbp: float | None
    words: str


def signed(value: float) -> str:
    """Two decimals with a proper minus sign, and no sign for nothing."""
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def break_even_of(pair: Pair, factors: Array, programme_cost: float) -> BreakEven:
    """The reoffences to prevent per person-year so that victims', arrest and court costs saved equal the cost.

    Custody and supervision are left out of the value of a reoffence prevented: they move with sentencing too.
    """
    base = pair.comparator
    offences = float((base.activity.proven_offences() @ factors).mean())
    years = (pair.arm.activity.managed_years() - base.activity.managed_years()) @ factors
    person_years = float(years.mean())
    if offences <= 0.0 or person_years <= 0.0 or programme_cost <= 0.0:
        return BreakEven(None, None, None, "no break-even: no additional programme cost or no managed time")
    value = float(base.costs.by_replication(factors, is_crime_or_process).mean()) / offences
    fewer = (base.activity.proven_offences() - pair.arm.activity.proven_offences()) @ factors
    achieved = float(fewer.mean()) / person_years
    if value <= 0.0:
        return BreakEven(None, achieved, value, "no break-even: a reoffence prevented saves nothing here")
    needed = programme_cost / (value * person_years)
    return BreakEven(needed, achieved, value, break_even_words(needed, achieved, value))


def break_even_words(needed: float, achieved: float, value: float) -> str:
    """A break-even in operational words; the arguments are the fields of BreakEven."""
    return (
        f"pays for itself if it prevents at least {needed:.2f} proven reoffences per managed person-year "
        f"(each worth £{value:,.0f} to victims, police and courts; custody left out); simulated: {signed(achieved)}"
    )


def measured(pair: Pair) -> dict[str, Change]:
    """Proven offences, arrests, custody days, people reoffending and managed person-years over the horizon."""
    arm, base = pair.arm.activity, pair.comparator.activity
    return {
        "proven_offences": change(arm.proven_offences().sum(axis=1), base.proven_offences().sum(axis=1)),
        "arrests": change(arm.total(measures.ARRESTS), base.total(measures.ARRESTS)),
        "custody_days": change(arm.custody_days().sum(axis=1), base.custody_days().sum(axis=1)),
        "people_reoffending": change(arm.total(measures.PEOPLE_OFFENDING), base.total(measures.PEOPLE_OFFENDING)),
        "managed_person_years": change(arm.managed_years().sum(axis=1), base.managed_years().sum(axis=1)),
        "selections": change(arm.total(measures.SELECTIONS), base.total(measures.SELECTIONS)),
    }


def crimes_of(costs: Costs) -> Array:
    """Crimes in the counting unit of the costs, by (replication, year)."""
    quantities = [line.quantity for line in costs.lines if line.section == "crime"]
    return np.asarray(np.sum(quantities, axis=0))


def payback(parts: Mapping[Hashable, Part]) -> int | None:
    """The year by whose end the scheme has paid for itself; ``parts`` by year, counted from 0."""
    if total_of(parts.values()).programme_cost <= 0.0:
        return None  # an arm that costs no more has nothing to pay back
    return payback_year(np.array([parts[year].net for year in range(len(parts))]))
