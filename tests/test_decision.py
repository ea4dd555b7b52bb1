"""What would change a decision: switching values give a tie, pairs and draws find what was put there, luck is owned to."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable

import numpy as np
import pytest
from made_standings import bedfordshire

from simulator.appraisal import comparison as comparing
from simulator.appraisal.loading import load
from simulator.experiment import Plan
from simulator.uncertainty.commonest import Commonest, Condition, Drawn, best_pair, commonest_pair, dearness
from simulator.uncertainty.decision import Setting, chance_beyond, ends_of
from simulator.uncertainty.inputs import uncertain_inputs
from simulator.uncertainty.outcomes import Trial, Variant
from simulator.uncertainty.points import CENTRAL, Point, moved_mix
from simulator.uncertainty.switching import single_switches

# How likely.


def test_a_value_at_the_end_of_an_interval_leaves_two_and_a_half_per_cent_beyond() -> None:
    (scenario, _, _), inputs = bedfordshire()
    each = inputs["effect.occasions_ratio"]
    assert chance_beyond(scenario, each, each.low) == pytest.approx(0.025)
    assert chance_beyond(scenario, each, each.high) == pytest.approx(0.025)
    assert chance_beyond(scenario, each, each.value) == pytest.approx(0.5)
    fitted = inputs["population.occasions_per_year"]
    error = scenario.baseline.fitted["occasions_per_year"].log_error
    assert chance_beyond(scenario, fitted, fitted.value * math.exp(error)) == pytest.approx(0.158655, abs=1e-5)


def test_a_judgement_has_no_chance() -> None:
    (scenario, _, _), inputs = bedfordshire()
    for name in ("effect.detection_ratio", "population.paused_years", "offence_mixes.burglary_led"):
        assert chance_beyond(scenario, inputs[name], inputs[name].high) is None


# Draws.


def drawn(flips: Callable[[np.ndarray], np.ndarray], count: int = 400, seed: int = 5) -> Drawn:
    values = np.random.default_rng(seed).uniform(size=(4, count))
    there = flips(values)
    return Drawn(tuple("large" if each else "nothing" for each in there), dict(zip("abcd", values, strict=True)))


def test_the_commonest_pair_is_the_one_that_was_put_there() -> None:
    found = commonest_pair(drawn(lambda v: (v[0] < 0.5) & (v[2] > 0.5)), "nothing", "abcd")
    assert found is not None
    assert {(each.name, each.above) for each in found.conditions} == {("a", False), ("c", True)}
    assert found.coverage > 0.8 < found.density
    assert found.stands_out
    assert found.overall == pytest.approx(0.25, abs=0.08)


def test_a_pair_that_covers_many_goes_before_one_that_never_fails_but_is_rare() -> None:
    flips = np.array([True] * 9 + [False] * 10 + [True])
    often, rare = np.arange(20) < 10, np.arange(20) == 19
    held = np.array([often, often, rare, rare])
    conditions = [Condition(name, True, 0.0) for name in "abcd"]
    assert best_pair(conditions, held, flips) == (0, 1)
    assert best_pair(conditions[2:], held[2:], flips) == (0, 1)
    assert best_pair(conditions[:1], held[:1], flips) is None


def test_coverage_and_density_are_counted_on_the_draws_between() -> None:
    draws = drawn(lambda v: (v[0] < 0.5) & (v[2] > 0.5) | (v[1] > 0.9))
    found = commonest_pair(draws, "nothing", "abcd")
    assert found is not None
    held = np.ones(400, bool)
    for each in found.conditions:
        column = draws.values[each.name]
        held &= (column > each.median) if each.above else ~(column > each.median)
    flips, other = draws.flips("nothing"), np.arange(400) % 2 == 1
    assert found.coverage == (held & flips & other).sum() / (flips & other).sum()
    assert found.density == (held & flips & other).sum() / (held & other).sum()
    assert (found.draws, found.under) == (200, (held & other).sum())
    assert draws.another("nothing") == flips.mean()


def test_a_pair_stands_out_only_beyond_the_luck_of_the_draws() -> None:
    pair = Commonest((Condition("a", True, 0.5), Condition("b", True, 0.5)), 0.3, 0.6, 0.5, 150, 36)
    assert not pair.stands_out
    assert pair._replace(density=0.7).stands_out
    assert not pair._replace(overall=1.0, density=1.0).stands_out


def test_too_few_flips_name_no_pair() -> None:
    assert commonest_pair(drawn(lambda v: v[0] < 0.02), "nothing", "abcd") is None
    assert commonest_pair(drawn(lambda v: v[0] < -1.0), "nothing", "abcd") is None
    assert commonest_pair(Drawn((), {}), "nothing", ()) is None


def test_a_drawn_mix_is_told_by_how_dear_it_is() -> None:
    variant, _ = bedfordshire()
    mix = variant.scenario.mixes["burglary_led"]
    middle = dearness(mix, Point({}, {mix.name: mix.shares}))
    assert middle == 0.0
    for position in (-1.0, 1.0):
        shares = moved_mix(mix.name, mix, Point({f"offence_mixes.{mix.name}": position})).shares
        assert position * dearness(mix, Point({}, {mix.name: shares})) > 0.5


# On people.


@functools.cache
def small(*names: str, replications: int = 4) -> Setting:
    """Leeds over two years, with some of its inputs."""
    (scenario,), library = load(["leeds"], SMALL)
    inputs = uncertain_inputs(scenario, library)
    chosen = {name: inputs[name] for name in names} if names else inputs
    return Setting(Variant(scenario, library), chosen, replications, 1, "compiled", 1)


SMALL = ["appraisal.horizon_years=2", "appraisal.counting=multiplied", "effect.detection_ratio=1"]
FEW = ("effect.occasions_ratio", "justice.court_event", "costs.offender_manager_year", "programme.fade_out_years")


def npsv_with(setting: Setting, *settings: str) -> dict[str, float]:
    """NPSV of every arm as `compare` has it."""
    (scenario,), library = load(["leeds"], [*SMALL, *settings])
    runs = comparing.run(scenario, library, setting.replications, Plan(2, setting.seed, workers=1))
    return {each.plan.name: float(each.streams.npsv.mean()) for each in comparing.appraise(runs, library).arms}


def test_feeding_the_switching_value_back_gives_a_tie() -> None:
    setting = small(*FEW)
    base, ends = ends_of(setting.inputs, setting.at)
    found = single_switches(base, ends, setting.at)
    assert "effect.occasions_ratio" in [name for each in found for name in each.values]
    for switch in found:
        ((name, value),) = switch.values.items()
        typed = name.replace("costs.", "programme.")
        npsv = npsv_with(setting, f"{typed}={value!r}")
        lead = npsv[base.preferred] - max(each for arm, each in npsv.items() if arm != base.preferred)
        assert lead == pytest.approx(switch.there.lead(base.preferred), abs=1e-6)
        assert abs(lead) < max(0.05 * base.lead(base.preferred), 2.0 * switch.there.error(base.preferred))


def test_standings_are_those_of_compare_whatever_else_is_asked() -> None:
    setting = small(*FEW)
    points = [Point({"effect.occasions_ratio": 0.8}), CENTRAL, Point({"justice.court_event": 9000.0})]
    alone = [setting.at([point])[0] for point in points]
    together = setting.at(points)
    threads = setting._replace(workers=2).at(points)
    for one, other, third in zip(alone, together, threads, strict=True):
        assert one.npsv.tolist() == other.npsv.tolist() == third.npsv.tolist()
        assert one.noise.tolist() == other.noise.tolist()
    npsv = npsv_with(setting)
    assert [npsv[arm] for arm in together[1].arms] == pytest.approx(together[1].npsv.tolist(), abs=1e-6)


def test_prices_move_npsv_in_a_straight_line_and_are_not_simulated_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from simulator.uncertainty import outcomes

    calls: list[int] = []
    simulated = outcomes.simulated
    monkeypatch.setattr(outcomes, "simulated", lambda *each: calls.append(1) or simulated(*each))
    setting = small(*FEW)
    for name in ("justice.court_event", "costs.offender_manager_year"):
        each = setting.inputs[name]
        low, middle, high = setting.at([Point({name: v}) for v in (each.low, (each.low + each.high) / 2.0, each.high)])
        assert middle.npsv == pytest.approx((low.npsv + high.npsv) / 2.0, rel=1e-9)
    assert len(calls) == 2
    lives = Point({"effect.occasions_ratio": 0.8})
    setting.at([Point({"justice.court_event": 9000.0}), lives, Point({"justice.court_event": 5000.0}), CENTRAL])
    assert len(calls) == 4


def test_draws_of_a_setting_are_of_their_own_luck() -> None:
    setting = small(*FEW)
    one, other = setting.of([Trial(CENTRAL), Trial(CENTRAL, 4)])
    assert one.npsv.tolist() != other.npsv.tolist()
