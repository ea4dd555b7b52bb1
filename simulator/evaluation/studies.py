"""How large a study has to be: a matched comparison planned by formula and by simulation.

People are simulated on the scheme and followed for a year, without its effect (the comparison group, far larger than any
study) and with it. Studies are then drawn from those with it, with replacement, and each is tested as a Data Lab report
tests: the difference over its standard error among the treated, Student's t, two-sided 5%.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from simulator.closed_forms import (
    interval_around,
    least_difference,
    least_fall,
    people_needed,
    power_at,
    power_slope,
    rate_spread,
    study_error,
)
from simulator.evaluation.lives import Floats, Lives, over_replications
from simulator.evaluation.matched import DAYS_PER_YEAR, YEARS, Followed, followed, index_rows
from simulator.evidence import Effect
from simulator.model.rates import Rates
from simulator.rates import rates_of
from simulator.scenario.records import Scenario, Settings

FORMULA, SIMULATION = "formula", "simulation"
MOST_PEOPLE = 10_000_000  # of a study that is still drawn


class Measure(NamedTuple):
    """A headline measure of the Data Lab. ``hoped`` is the sign of a difference that a scheme hopes for."""

    name: str
    title: str
    unit: str
    hoped: float


RATE = Measure("rate", "reoffending rate", "percentage points", -1.0)
FREQUENCY = Measure("frequency", "frequency of reoffending", "reoffences per 100 people", -1.0)
DAYS = Measure("days_to_first", "days to first reoffence", "days", 1.0)
MEASURES = (RATE, FREQUENCY, DAYS)


class Group(NamedTuple):
    """One measure of many people: how often each value occurs. ``people`` counts those without a value too."""

    values: Floats  # in the measure's unit
    numbers: Floats
    people: float

    @property
    def mean(self) -> float:
        """The mean value; 0 where nobody has one."""
        return float(self.values @ self.numbers) / max(float(self.numbers.sum()), 1.0)

    @property
    def spread(self) -> float:
        """Standard deviation of the values."""
        return math.sqrt(float((self.values - self.mean) ** 2 @ self.numbers) / max(float(self.numbers.sum()), 1.0))

    @property
    def counted(self) -> float:
        """Share of the people who have a value: all, but for days to first those who reoffended."""
        return float(self.numbers.sum()) / self.people


class Setting(NamedTuple):
    """What a study of one measure looks into, in the measure's unit. ``noise`` is the error that simulating adds."""

    measure: Measure
    comparison: float  # mean of the comparison group
    difference: float  # expected, treated less comparison
    spread: float
    counted: float  # share of the people studied who have a value
    noise: float = 0.0


class Study(NamedTuple):
    """A planned or published study. ``interval`` is the 95% interval of the difference that it would report."""

    design: str
    n: int
    power: float
    interval: tuple[float, float] | None  # None where no study drawn has two people with a value
    required_n: int | None  # for the wanted power; None where there is no difference to see
    measure: str
    method: str
    expected_difference: float
    unit: str
    wanted_power: float
    monte_carlo_error: float | None  # of the power; None where nothing is simulated
    detectable_difference: float | None  # with the wanted power; None where no possible difference is large enough
    power_range: tuple[float, float] | None = None  # what rounding of the printed rates leaves open
    required_n_range: tuple[int, int] | None = None


class Simulated(NamedTuple):
    """One measure of the simulated people. Without a treated group, where the difference is stated, ``noise`` is 0."""

    measure: Measure
    comparison: Group
    treated: Group
    noise: float


def values_of(measure: Measure, people: Followed) -> Floats:
    """The measure's value of each person who has one. Days are whole, as reports count them."""
    if measure is RATE:
        return np.where(people.offences > 0.0, 100.0, 0.0)
    if measure is FREQUENCY:
        return 100.0 * people.offences
    return np.asarray(np.rint(people.days[people.offences > 0.0]), np.float64)


def group_of(measure: Measure, parts: Sequence[Followed]) -> Group:
    """One measure of the people of several replications."""
    values, numbers = np.unique(np.concatenate([values_of(measure, part) for part in parts]), return_counts=True)
    return Group(values, numbers.astype(np.float64), float(sum(part.people for part in parts)))


def difference_noise(measure: Measure, treated: Sequence[Followed], comparison: Sequence[Followed]) -> float:
    """Standard error of the simulated difference, leaving out one replication at a time; luck is shared between arms."""

    def means(parts: Sequence[Followed]) -> Floats:
        each = [values_of(measure, part) for part in parts]
        sums = np.array([(values.sum(), values.size) for values in each], dtype=np.float64)
        rest: Floats = sums.sum(axis=0) - sums
        return rest[:, 0] / np.maximum(rest[:, 1], 1.0)

    left_out = means(treated) - means(comparison)
    return math.sqrt((len(left_out) - 1.0) * float(left_out.var()))


def with_effect(scenario: Scenario, effect: Effect) -> Scenario:
    """The scenario with one effect in every arm and in the history, whatever it had."""

    def changed(settings: Settings) -> Settings:
        return replace(settings, effect=effect)

    arms = tuple(replace(arm, settings=changed(arm.settings)) for arm in scenario.arms)
    return replace(scenario, baseline=changed(scenario.baseline), arms=arms)


def arm_rates(scenario: Scenario, arm: str, offence_types: Mapping[str, int], effect: Effect | None = None) -> Rates:
    """The rates of one arm, under its own effect or another."""
    chosen = with_effect(scenario, effect) if effect else scenario
    return rates_of(chosen, chosen.arm(arm), offence_types)


def followed_people(
    rates: Rates, seed: int, replications: int, progress: Callable[[int], object] = lambda _: None
) -> list[Followed]:
    """Everybody with an index date on the scheme, followed for a year, by replication."""

    def follow(lives: Lives) -> Followed:
        found = followed(lives, index_rows(lives))
        progress(1)
        return found

    return over_replications(follow, rates, YEARS, seed, replications)


def simulated(treated: Sequence[Followed], comparison: Sequence[Followed]) -> list[Simulated]:
    """Every measure of two sets of simulated people."""
    return [
        Simulated(
            each, group_of(each, comparison), group_of(each, treated), difference_noise(each, treated, comparison)
        )
        for each in MEASURES
    ]


def setting_of(found: Simulated, stated: float | None = None) -> Setting:
    """What a study would look into: the simulated difference, or a stated one."""
    level = found.comparison.mean
    difference = found.treated.mean - level if stated is None else stated
    spread = found.treated.spread
    if found.measure is RATE:
        spread = 100.0 * rate_spread(level / 100.0, (level + difference) / 100.0)
    counted = found.treated.counted
    return Setting(found.measure, level, difference, spread, counted, found.noise if stated is None else 0.0)


def required(setting: Setting, power: float) -> int | None:
    """People for a power by formula; None without a difference, or where not even a very large study is enough."""
    if setting.difference == 0.0:
        return None
    needed = people_needed(setting.difference, setting.spread, power, setting.counted)
    return math.ceil(needed) if needed < 1e15 else None


def detectable(setting: Setting, n: int, power: float) -> float | None:
    """The least difference, in the hoped-for direction, that n people show with a power; None where none can be so large."""
    level = setting.comparison
    if setting.measure is RATE:
        least = 100.0 * least_fall(level / 100.0, n, power)
    else:
        least = least_difference(setting.spread, n, power, setting.counted)
    room = DAYS_PER_YEAR - level if setting.measure is DAYS else level
    return setting.measure.hoped * least if least <= room else None


def by_formula(design: str, setting: Setting, n: int, power: float) -> Study:
    """A study of n people by the normal approximation."""
    error = study_error(setting.spread, n, setting.counted)
    return Study(
        design=f"{design}, {FORMULA}",
        n=n,
        power=power_at(setting.difference, error),
        interval=interval_around(setting.difference, error),
        required_n=required(setting, power),
        measure=setting.measure.name,
        method=FORMULA,
        expected_difference=setting.difference,
        unit=setting.measure.unit,
        wanted_power=power,
        monte_carlo_error=power_slope(setting.difference, error) * setting.noise if setting.noise else None,
        detectable_difference=detectable(setting, n, power),
    )


class Drawn(NamedTuple):
    """Many studies: the mean of each, its standard error, and how many of its people have a value."""

    mean: Floats
    error: Floats
    number: Floats


def drawn(group: Group, n: int, studies: int, key: Sequence[int]) -> Drawn:
    """Studies of n people from a group, with replacement: how many have each value is multinomial.

    ``key`` names the luck. A study without two different values has no error (NaN), and shows nothing.
    """
    shares = np.append(group.numbers, group.people - group.numbers.sum()) / group.people
    counts = np.random.default_rng(list(key)).multinomial(n, shares, studies)[:, :-1].astype(np.float64)
    number = np.where(np.count_nonzero(counts, axis=1) > 1, counts.sum(axis=1), 0.0)
    away = group.values - group.mean  # smaller numbers, less rounding
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = counts @ away / number
        variance = np.maximum(counts @ away**2 / number - mean**2, 0.0) * number / (number - 1.0)
        return Drawn(group.mean + mean, np.sqrt(variance / number), number)


def half_widths(studies: Drawn) -> Floats:
    """Half of each study's 95% interval, by Student's t."""
    return np.asarray(stdtrit(np.maximum(studies.number - 1.0, 1.0), 0.975) * studies.error, np.float64)


def share_error(seen: float, studies: int) -> float:
    """Monte Carlo error of a share seen; one study each way is added, so that none or all is not taken as certain."""
    share = (seen + 1.0) / (studies + 2.0)
    return math.sqrt(share * (1.0 - share) / studies)


def by_simulation(design: str, found: Simulated, plan: Study, n: int, studies: int, seed: int) -> Study:
    """The same study, drawn many times. Required and detectable figures stay those of the formula, in ``plan``."""
    many = drawn(found.treated, n, studies, (seed, MEASURES.index(found.measure), n))
    difference, half = many.mean - found.comparison.mean, half_widths(many)
    seen = int(np.count_nonzero(np.abs(difference) > half))  # NaN is never seen
    told = np.isfinite(half)
    low, high = difference[told] - half[told], difference[told] + half[told]
    setting = setting_of(found)
    slope = power_slope(setting.difference, study_error(setting.spread, n, setting.counted))
    return plan._replace(
        design=f"{design}, {SIMULATION}" + ("" if n == plan.n else " at the required n"),
        n=n,
        power=seen / studies,
        interval=(float(low.mean()), float(high.mean())) if told.any() else None,
        method=SIMULATION,
        monte_carlo_error=math.hypot(share_error(seen, studies), slope * found.noise),
        detectable_difference=plan.detectable_difference if n == plan.n else None,
    )


def studies_of(found: Simulated, n: int, power: float, studies: int, seed: int) -> list[Study]:
    """One measure by formula and by simulation with n people, and by simulation with the n that the formula asks for."""
    design = f"matched comparison: {found.measure.title}"
    plan = by_formula(design, setting_of(found), n, power)
    sizes = [n, *([plan.required_n] if plan.required_n and n != plan.required_n <= MOST_PEOPLE else [])]
    return [plan, *(by_simulation(design, found, plan, each, studies, seed) for each in sizes if each > 1)]


def stated_study(found: Simulated, difference: float, n: int, power: float) -> Study:
    """One measure for a stated difference, by formula alone: nobody is simulated under it."""
    design = f"matched comparison: {found.measure.title}, stated difference"
    return by_formula(design, setting_of(found, difference), n, power)
