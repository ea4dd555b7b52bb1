"""Draws, indices, other structures and inputs that reach nothing: what each makes of its trials."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from small_sweeps import SHORT, plain_npsv, reading, variant

from simulator.scenario.layers import scheme_names
from simulator.uncertainty.inputs import uncertain_inputs
from simulator.uncertainty.jobs import in_memory
from simulator.uncertainty.outcomes import Trial, Trials, outcomes_of
from simulator.uncertainty.points import Point
from simulator.uncertainty.probabilistic import chances_of, draws_of, psa
from simulator.uncertainty.reach import other_values, unreached_inputs, unreached_levers
from simulator.uncertainty.structures import alternatives_of, structures, structures_of
from simulator.uncertainty.sweeps import SHARED_REPLICATIONS, inputs_of, psa_sweep
from simulator.uncertainty.variance import LUCK, REST, names_of, order_of, sobol, sobol_of, with_rest
from simulator.uncertainty.worths import log_errors_of, worths_of

# Draws.


def test_draws_with_no_spread_are_the_plain_run() -> None:
    """Group H5: every range closed on its value."""
    base = variant(*SHORT)
    inputs = uncertain_inputs(base.scenario, base.library)
    point = Point({name: each.value for name, each in inputs.items()})
    found = outcomes_of(Trials((base,), inputs, (Trial(point),), 3, 1))
    assert found["npsv_gbp"] == pytest.approx([plain_npsv(*SHORT)["as_run"]], rel=1e-9)


def test_draw_k_is_the_same_however_many_there_are() -> None:
    base = variant(*SHORT)
    inputs = uncertain_inputs(base.scenario, base.library)
    few, many = (psa(base, inputs, draws, 2, 1, "compiled").trials for draws in (20, 30))
    assert few == many[:20]
    assert [trial.first_replication for trial in few] == [2 * draw for draw in range(20)]


def drawn(draws: int = 60, replications: int = 2):
    base = variant(*SHORT, name="bedfordshire")
    three = tuple(arm for arm in base.scenario.arms if arm.name in ("no_iom", "as_run", "cut_a_quarter"))
    base = base._replace(scenario=replace(base.scenario, arms=three))
    inputs = uncertain_inputs(base.scenario, base.library)
    work = psa(base, inputs, draws, replications, 1, "compiled")
    return base, inputs, draws_of(in_memory(work, 2), "no_iom", work)


def test_chances_add_up_and_losses_are_what_the_draws_lose() -> None:
    base, inputs, draws = drawn()
    chances = chances_of(draws)
    assert draws.arms == ("no_iom", "as_run", "cut_a_quarter")
    assert 0.0 <= sum(each.chance_preferred for each in chances) <= 1.0
    for each in chances:
        net = draws.net[:, draws.column(each.arm)]
        assert each.npsv.mean == pytest.approx(net.mean())
        assert each.npsv.low < each.npsv.mean < each.npsv.high
        assert each.loss.expected_gain_gbp - each.loss.expected_loss_gbp == pytest.approx(net.mean())
        assert each.benefit_per_pound.ratio == pytest.approx(
            draws.benefit[:, draws.column(each.arm)].mean() / draws.cost[:, draws.column(each.arm)].mean()
        )
    assert draws.noise[1, 2] == draws.noise[2, 1] > 0.0
    assert not draws.noise[0].any()
    worths = worths_of(draws, inputs, base.library.effects, [100, 10_000], 1)
    assert 0.0 <= max(each.value_gbp for each in worths.inputs) <= worths.everything.value_gbp
    told = {each.name for each in worths.groups}
    assert told | set(worths.too_few_draws_for) == {each.group for each in inputs.values()}
    assert worths.too_few_draws_for == ("cohort", "offence mix")
    assert len(worths.studies) == 2


def test_draws_of_prices_only_share_their_noise_which_is_kept_apart() -> None:
    base = variant(*SHORT)
    work = psa(base, inputs_of(base, ["programme cost"]), 20, 3, 1, "compiled")
    draws = draws_of(in_memory(work, 1), "no_iom", work)
    assert not draws.noise.any()
    assert draws.shared_noise[0] == 0.0
    assert draws.shared_noise[1] == pytest.approx(
        outcomes_of(Trials((base,), {}, (Trial(Point()),), 3, 1))["noise_gbp"][0], rel=0.01
    )
    assert chances_of(draws)[0].npsv.mean == pytest.approx(draws.net[:, 1].mean())
    prepared = psa_sweep(base, ["programme cost"], 20, 3, 1, "compiled")
    assert prepared.trials.replications == SHARED_REPLICATIONS
    assert prepared.title.endswith("20 draws of programme cost")


def test_a_study_sees_as_far_as_the_published_intervals_say() -> None:
    effects = variant().library.effects
    leeds, southwark = (
        effects["leeds_2017"].ratios["occasions_ratio"],
        effects["southwark_2018"].ratios["occasions_ratio"],
    )
    variances = [(math.log(each.high / each.low) / 3.919928) ** 2 for each in (leeds, southwark)]
    assert log_errors_of(effects, 200)["occasions_ratio"] == pytest.approx(
        math.sqrt((variances[0] * 142 + variances[1] * 71) / 2 / 200)
    )
    assert log_errors_of(effects, 800)["custody_ratio"] == pytest.approx(
        log_errors_of(effects, 200)["custody_ratio"] / 2
    )


# Indices.


def test_indices_find_the_input_that_matters_and_give_luck_a_line_of_its_own() -> None:
    base = variant(*SHORT)
    inputs = inputs_of(base, ["effect.occasions_ratio", "justice.court_event", "costs.selection"])
    chosen = ["effect.occasions_ratio", "justice.court_event"]
    work = sobol(base, inputs, chosen, 32, 10, 1, "compiled")
    from simulator.uncertainty.factors import factors_of

    groups = with_rest(factors_of(base.scenario, inputs), chosen)
    names = names_of(groups, chosen)
    assert names == [*chosen, REST, LUCK]
    assert order_of(groups, inputs) == [0, 3, 4, 1, 2, 5]
    assert len(work.trials) == 32 * 6
    found = {each.name: each for each in sobol_of(in_memory(work, 2), "as_run", groups, inputs, names, 1)}
    assert found["effect.occasions_ratio"].first > 0.7
    assert found["effect.occasions_ratio"].total > 10 * max(found[name].total for name in ("justice.court_event", REST))
    assert 0.0 < found[LUCK].total < 0.3


# Structure and reach.


def test_each_structure_is_a_plain_run_and_flips_are_marked() -> None:
    base = variant(*SHORT)
    rows = in_memory(structures(base, {}, reading(*SHORT), 3, 1, "compiled"), 2)
    found = structures_of(rows, "no_iom")
    assert [(each.name, each.value) for each in found[1:]] == alternatives_of(base)
    assert {each.name for each in found} > {
        "appraisal.costing",
        "appraisal.counting",
        "effect",
        "programme.fade_out_years",
    }
    assert found[0].npsv_by_arm == plain_npsv(*SHORT)
    (multiplied,) = [each for each in found if each.value == "multiplied"]
    assert multiplied.npsv_by_arm == plain_npsv(*SHORT, "appraisal.counting=multiplied")
    assert all(each.flips == (each.preferred != found[0].preferred) for each in found)


def test_an_input_that_is_never_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    base = variant(*SHORT)
    assert unreached_inputs(base, workers=1) == []
    monkeypatch.setattr(
        "simulator.uncertainty.points.moved_row", lambda row, values: row
    )  # a rule that forgets the cohort's rows
    assert unreached_inputs(base, workers=1) == [
        name for name in uncertain_inputs(base.scenario, base.library) if name.startswith("cohort.")
    ]


def test_a_lever_that_is_never_read_is_named() -> None:
    base = variant(*SHORT)

    def deaf(more: tuple[str, ...]) -> object:
        return base if more and more[0].startswith("programme.caseload") else reading(*SHORT)(more)

    assert unreached_levers(base, deaf, workers=1) == ["programme.caseload"]  # type: ignore[arg-type]


def test_levers_are_moved_to_values_that_they_may_have() -> None:
    from simulator.scenario.fields import LEVERS

    assert other_values(LEVERS["appraisal.costing"], "explicit") == ["inclusive"]
    assert other_values(LEVERS["population.spells"], True) == ["false"]
    assert other_values(LEVERS["programme.places"], 40) == ["60", "27", "41"]
    assert other_values(LEVERS["programme.ramp_years"], 0) == ["0.5"]
    assert other_values(LEVERS["appraisal.discount_rate"], 0.9) == ["0.6"]


@pytest.mark.slow
@pytest.mark.parametrize("scheme", scheme_names())
def test_every_declared_input_of_a_shipped_scheme_reaches_a_result(scheme: str) -> None:
    name = f"{scheme}:as_run"
    assert unreached_inputs(variant(name=name)) == []
    assert unreached_levers(variant(name=name), reading(name=name)) == []
