"""What is uncertain in a scenario, how it is drawn, and where a point puts it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_sweeps import plain_npsv, variant

from simulator.quantities import Quantity, Standing
from simulator.rates import rates_of
from simulator.scenario.layers import scheme_names
from simulator.uncertainty.factors import FIT, Sampler, factors_of, keyed_row
from simulator.uncertainty.inputs import GROUPS, Spread, uncertain_inputs
from simulator.uncertainty.outcomes import Trial, Trials, outcomes_of
from simulator.uncertainty.points import CENTRAL, Point, at_point, behaviour_of
from simulator.uncertainty.spreads import between, concentration, dirichlet, triangular, two_sided_lognormal

UNIT = st.floats(1e-12, 1.0 - 1e-12)
SHORT = ("appraisal.horizon_years=2", "population.history_years=3")
SHARES = {"a": 0.5, "b": 0.3, "c": 0.2}


@given(UNIT, st.floats(-5, 5), st.floats(0, 5), st.floats(0, 5))
def test_a_range_is_drawn_within_its_ends_and_never_falls(u: float, low: float, left: float, right: float) -> None:
    mode, high = low + left, low + left + right
    value = triangular(u, low, mode, high)
    assert low - 1e-9 <= value <= high + 1e-9
    assert triangular(min(u * 1.01, 1.0 - 1e-12), low, mode, high) >= value - 1e-9


@pytest.mark.parametrize(("low", "mode", "high"), [(0, 1, 4), (0, 0, 2), (1, 3, 3), (2, 2, 2)])
def test_a_range_has_the_mean_and_spread_of_a_triangle(low: float, mode: float, high: float) -> None:
    """Mean (a + b + c) / 3 and variance (a² + b² + c² - ab - ac - bc) / 18."""
    u = (np.arange(200_000) + 0.5) / 200_000
    drawn = np.array([triangular(each, low, mode, high) for each in u])
    assert drawn.mean() == pytest.approx((low + mode + high) / 3, abs=1e-4)
    variance = (low**2 + mode**2 + high**2 - low * mode - low * high - mode * high) / 18
    assert drawn.var() == pytest.approx(variance, abs=1e-4)


def test_the_ends_of_an_interval_are_its_percentiles_and_its_value_the_median() -> None:
    ratio = Quantity("ratio", 0.88, "ratio", Standing.READ, "somewhere", low=0.5, high=1.4)
    assert [two_sided_lognormal(u, ratio) for u in (0.025, 0.5, 0.975)] == pytest.approx([0.5, 0.88, 1.4])


def test_a_drawn_mix_has_the_mean_of_its_shares_and_the_spread_of_its_ends() -> None:
    cheaper, dearer = {"a": 0.6, "b": 0.3, "c": 0.1}, {"a": 0.4, "b": 0.3, "c": 0.3}
    spread = concentration(SHARES, cheaper, dearer)
    u = np.random.default_rng(1).random((20_000, 3))
    drawn = np.array([list(dirichlet(row, SHARES, spread).values()) for row in u])
    assert drawn.sum(axis=1) == pytest.approx(1.0)
    assert drawn.mean(axis=0) == pytest.approx(list(SHARES.values()), abs=0.002)
    wanted = sum(((dearer[kind] - cheaper[kind]) / (2 * 1.959964)) ** 2 for kind in SHARES)
    assert drawn.var(axis=0).sum() == pytest.approx(wanted, rel=0.03)


def test_a_mix_without_ends_is_not_drawn() -> None:
    assert concentration(SHARES, SHARES, SHARES) == math.inf
    assert dirichlet([0.1, 0.5, 0.9], SHARES, math.inf) == SHARES


@given(st.floats(-1, 1))
def test_a_position_between_two_mixes_is_a_mix(position: float) -> None:
    shares = between(position, {"a": 1.0}, SHARES, {"c": 0.5, "d": 0.5})
    assert sum(shares.values()) == pytest.approx(1.0)
    assert min(shares.values()) >= 0.0
    assert list(shares)[:3] == ["a", "b", "c"]


def test_the_ends_of_a_position_are_the_ends_of_the_mix() -> None:
    assert between(1.0, {"a": 1.0}, SHARES, {"d": 1.0}) == {"a": 0.0, "b": 0.0, "c": 0.0, "d": 1.0}
    assert between(-1.0, {"a": 1.0}, SHARES, {"d": 1.0}) == {"a": 1.0, "b": 0.0, "c": 0.0}
    assert between(0.0, {"a": 1.0}, SHARES, {"d": 1.0}) == SHARES


@pytest.mark.parametrize("scheme", scheme_names())
def test_every_shipped_scheme_has_inputs_with_true_ranges_in_known_groups(scheme: str) -> None:
    inputs = uncertain_inputs(*variant(name=f"{scheme}:as_run")[:2])
    assert len(inputs) > 40
    for name, each in inputs.items():
        assert each.low <= each.value <= each.high, name
        assert each.low < each.high, name
        assert each.group in GROUPS, name
        assert each.unit, name


def test_what_the_choices_do_not_use_is_not_uncertain() -> None:
    explicit = uncertain_inputs(*variant()[:2])
    inclusive = uncertain_inputs(*variant("appraisal.costing=inclusive")[:2])
    multiplied = uncertain_inputs(*variant("appraisal.counting=multiplied")[:2])
    off = uncertain_inputs(*variant("population.spells=false")[:2])
    fixed = uncertain_inputs(*variant("appraisal.prison_cost=step_fixed")[:2])
    assert "justice.court_event" in explicit
    assert not any(name.startswith("justice.") for name in inclusive)
    assert "appraisal.recorded_per_proven" in multiplied
    assert "appraisal.recorded_per_proven" not in explicit
    assert "horr99.domestic_burglary.multiplier" in multiplied
    assert "population.active_years" in explicit
    assert "population.active_years" not in off
    assert "justice.prison_wing_places" in fixed
    assert "justice.prison_wing_places" not in explicit
    assert "horr99.homicide" not in explicit  # in nobody's mix


def test_a_value_set_by_hand_is_not_uncertain_any_more() -> None:
    inputs = uncertain_inputs(*variant("population.recalls_per_year=0.4", "justice.court_event=3730")[:2])
    assert "population.recalls_per_year" not in inputs
    assert "justice.court_event" not in inputs


def test_fitted_rates_are_one_factor_and_keep_their_correlations() -> None:
    base = variant()
    inputs = uncertain_inputs(base.scenario, base.library)
    fitted = {name: each for name, each in inputs.items() if each.spread is Spread.FIT}
    (factor,) = factors_of(base.scenario, fitted)
    assert factor.name == FIT
    sampler = Sampler(base.scenario, inputs, [factor])
    draws = [sampler.point(keyed_row([factor], 1, draw)).values for draw in range(4000)]
    logs = np.log([[draw[name] for name in factor.inputs] for draw in draws])
    reading = base.scenario.baseline.reading
    assert reading is not None
    names = [name.removeprefix("population.") for name in factor.inputs]
    assert np.corrcoef(logs.T) == pytest.approx(np.array(reading.correlations_of(names)), abs=0.05)
    assert logs.std(axis=0) == pytest.approx([reading.parameters[name].log_error for name in names], rel=0.04)


def test_draws_stay_within_every_support_and_levers_are_never_drawn() -> None:
    base = variant()
    inputs = uncertain_inputs(base.scenario, base.library)
    factors = factors_of(base.scenario, inputs)
    sampler = Sampler(base.scenario, inputs, factors)
    for draw in range(300):
        point = sampler.point(keyed_row(factors, 3, draw))
        assert set(point.values) | {f"offence_mixes.{name}" for name in point.mixes} == set(inputs)
        for name, value in point.values.items():
            if inputs[name].spread is Spread.RANGE:
                assert inputs[name].low <= value <= inputs[name].high
        chances = [point.values.get(name, base.scenario.baseline.value(name)) for name in
                   ("population.first_custody_chance", "population.later_custody_chance")]  # fmt: skip
        assert max(chances) * point.values["effect.custody_ratio"] <= 1.0 + 1e-12


def test_a_draw_does_not_move_when_another_input_is_left_out() -> None:
    base = variant()
    inputs = uncertain_inputs(base.scenario, base.library)
    fewer = {name: each for name, each in inputs.items() if each.group in ("effect", "justice cost")}
    points = []
    for some in (inputs, fewer):
        factors = factors_of(base.scenario, some)
        points.append(Sampler(base.scenario, some, factors).point(keyed_row(factors, 1, 7)))
    assert all(points[0].values[name] == points[1].values[name] for name in fewer)


def test_the_central_point_is_the_scenario_itself() -> None:
    base = variant()
    assert at_point(base.scenario, base.library, CENTRAL) == (base.scenario, base.library)


def test_a_point_at_the_central_values_gives_the_central_rates_and_prices() -> None:
    base = variant()
    inputs = uncertain_inputs(base.scenario, base.library)
    scenario, library = at_point(
        base.scenario, base.library, Point({name: each.value for name, each in inputs.items()})
    )
    for before, after in zip(base.scenario.arms, scenario.arms, strict=True):
        mine = rates_of(base.scenario, before, base.library.offence_types)
        theirs = rates_of(scenario, after, library.offence_types)
        assert mine.values.tobytes() == theirs.values.tobytes()
        assert mine.groups.tobytes() == theirs.groups.tobytes()
    for kind in base.library.crime["horr99"].parts:
        assert library.crime["horr99"].total(kind) == pytest.approx(base.library.crime["horr99"].total(kind))


SETTABLE = [
    name
    for name in uncertain_inputs(*variant("appraisal.counting=multiplied")[:2])
    if not name.startswith(("cohort.", "offence_mixes.")) and not name.endswith(".multiplier")
]


@pytest.mark.parametrize("name", SETTABLE)
def test_an_end_of_a_bar_is_a_plain_run_at_that_value(name: str) -> None:
    """Group H11 of the verification suite, for every input that ``--set`` knows."""
    settings = (*SHORT, "appraisal.counting=multiplied")
    base = variant(*settings)
    inputs = uncertain_inputs(base.scenario, base.library)
    low = inputs[name].low
    found = outcomes_of(Trials((base,), inputs, (Trial(Point({name: low})),), 3, 1))
    assert dict(zip(found["arm"], found["npsv_gbp"], strict=True)) == plain_npsv(*settings, f"{name}={low!r}")


def test_an_arm_with_a_value_of_its_own_keeps_it() -> None:
    base = variant()
    last = base.scenario.arms[-1]
    own = replace(last.settings.quantity("programme.fade_out_years"), value=1.5)
    settings = replace(last.settings, quantities={**last.settings.quantities, "programme.fade_out_years": own})
    arms = (*base.scenario.arms[:-1], replace(last, settings=settings))
    moved, _ = at_point(replace(base.scenario, arms=arms), base.library, Point({"programme.fade_out_years": 0.1}))
    assert moved.arms[-1].settings.value("programme.fade_out_years") == 1.5
    assert moved.baseline.value("programme.fade_out_years") == 0.1


def test_prices_are_no_behaviour_but_a_budget_makes_them_one() -> None:
    base = variant()
    inputs = uncertain_inputs(base.scenario, base.library)
    point = Point({"costs.place_year": 900.0, "effect.detection_ratio": 1.1, "population.recalls_per_year": 0.6})
    assert behaviour_of(point, inputs).values == {"population.recalls_per_year": 0.6}
    budget = variant("programme.yearly_budget_gbp=200000")
    with_budget = uncertain_inputs(budget.scenario, budget.library)
    assert not with_budget["costs.place_year"].priced
    dear, _ = at_point(budget.scenario, budget.library, Point({"costs.place_year": 2000.0}))
    assert dear.baseline.value("programme.places") < budget.scenario.baseline.value("programme.places")
    read_so = variant("programme.yearly_budget_gbp=200000", "costs.place_year=2000").scenario.baseline
    assert dear.baseline.levers == read_so.levers
