"""Sweeps from trials to rows: same luck, same bits whoever works, and what each kind makes of its rows."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_sweeps import SHORT, plain_npsv, reading, variant

from simulator.tables import InputProblems
from simulator.uncertainty.grids import axes_of, grid, stepped
from simulator.uncertainty.inputs import uncertain_inputs
from simulator.uncertainty.jobs import InMemory, done_job, in_memory, jobs_of, part_of, run_jobs
from simulator.uncertainty.kept import Place, run_and_keep
from simulator.uncertainty.outcomes import OUTCOMES, Trial, Trials, outcomes_of, simulated
from simulator.uncertainty.points import Point
from simulator.uncertainty.probabilistic import psa
from simulator.uncertainty.recipes import columns_of, recipe_of
from simulator.uncertainty.sweeps import inputs_of, psa_sweep, tornado_sweep
from simulator.uncertainty.tornado import preferred, tornado_of, trials_of

PLACES = ("programme.places=40", "programme.places=60")


def small(*names: str, replications: int = 3, settings: tuple[str, ...] = SHORT) -> Trials:
    """A tornado over some inputs of a short Southwark."""
    base = variant(*settings)
    inputs = {name: each for name, each in uncertain_inputs(base.scenario, base.library).items() if name in names}
    return Trials((base,), inputs, trials_of(inputs), replications, 1)


BOTH = ("effect.occasions_ratio", "justice.court_event", "population.recalls_per_year")


# Jobs.


def test_jobs_are_the_same_whoever_does_them_and_rows_come_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.uncertainty.jobs.MOST_IN_A_JOB", 6)
    work = small(*BOTH)
    assert len(jobs_of(work)) == 5
    assert [number for job in jobs_of(work) for number in job] == list(range(len(work.trials)))
    alone = in_memory(work, workers=1)
    with ThreadPoolExecutor(3) as pool:
        others = in_memory(work, executor=pool)
    pd.testing.assert_frame_equal(alone, others, check_exact=True)
    assert alone["trial"].tolist() == list(range(len(work.trials)))


def test_a_job_can_be_sent_to_another_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.uncertainty.jobs.MOST_IN_A_JOB", 6)
    work = small(*BOTH)
    numbers = jobs_of(work)[1]
    there = pickle.loads(pickle.dumps(part_of(work, numbers)))
    assert (
        done_job(there, numbers, work.moved()).columns
        == done_job(part_of(work, numbers), numbers, work.moved()).columns
    )


def test_only_missing_jobs_are_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.uncertainty.jobs.MOST_IN_A_JOB", 6)
    work = small(*BOTH)
    keeping, told = InMemory(len(jobs_of(work))), []
    keeping.add(0, {"mark": ["kept"]}, 0.0)
    run_jobs(work, keeping, 1, told.append)
    assert keeping.done[0] == {"mark": ["kept"]}
    assert told[0] == len(jobs_of(work)[0])
    assert sum(told) == len(work.trials)


def test_prices_never_simulate_again(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def counted(*arguments: object) -> object:
        seen.append(arguments)
        return simulated(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("simulator.uncertainty.outcomes.simulated", counted)
    base = variant(*SHORT)
    prices = {name: each for name, each in uncertain_inputs(base.scenario, base.library).items() if each.priced}
    outcomes_of(Trials((base,), prices, trials_of(prices), 2, 1))
    outcomes_of(psa(base, prices, 20, 2, 1, "compiled"))
    assert len(seen) == 2


def test_a_doubled_unit_cost_doubles_what_it_moves_and_nothing_that_happens() -> None:
    work = small("costs.fixed_year")
    base = (
        Point({"costs.fixed_year": 10_000.0}),
        Point({"costs.fixed_year": 20_000.0}),
        Point({"costs.fixed_year": 30_000.0}),
    )
    found = pd.DataFrame(outcomes_of(work._replace(trials=tuple(Trial(each) for each in base))))
    cost = found["programme_cost_gbp"].to_numpy()
    assert cost[2] - cost[1] == pytest.approx(cost[1] - cost[0])
    happened = ["crimes_prevented", "reoffences_prevented", "custody_days_saved", "managed_person_years", "benefit_gbp"]
    assert len(found[happened].drop_duplicates()) == 1


def test_the_noise_of_a_mean_is_its_standard_error_over_replications() -> None:
    base = variant(*SHORT)
    rows = pd.DataFrame(outcomes_of(Trials((base,), {}, tuple(Trial(Point(), first) for first in range(400)), 1, 1)))
    together = outcomes_of(Trials((base,), {}, (Trial(Point()),), 400, 1))
    assert together["npsv_gbp"][0] == pytest.approx(rows["npsv_gbp"].mean())
    assert together["noise_gbp"][0] == pytest.approx(rows["npsv_gbp"].std() / 20.0)
    assert together["noise_with_as_run_gbp2"][0] == pytest.approx(together["noise_gbp"][0] ** 2)
    assert rows["noise_gbp"].isna().all()


# One at a time.


def test_a_tornado_marks_base_ends_and_whoever_is_preferred_there() -> None:
    work = small(*BOTH)
    found = tornado_of(in_memory(work, 1), work.inputs, "as_run", "no_iom")
    assert found.npsv == plain_npsv(*SHORT)["as_run"]
    widths = [bar.swing for bar in found.bars]
    assert widths == sorted(widths, reverse=True)
    assert found.bars[0].name == "effect.occasions_ratio"
    assert found.bars[0].npsv_at_low > found.npsv > found.bars[0].npsv_at_high
    assert found.bars[0].preferred_at_high == "no_iom"
    assert found.flips(found.bars[0]) == ({found.bars[0].preferred_at_low, "no_iom"} != {found.preferred})


def test_the_comparator_is_preferred_unless_an_arm_is_worth_more() -> None:
    assert preferred({"one": -1.0, "other": -2.0}, "none") == "none"
    assert preferred({"one": 0.0}, "none") == "none"
    assert preferred({"one": 1.0, "other": 2.0}, "none") == "other"


# Grids.


def test_steps_are_decimal_and_end_where_they_should() -> None:
    assert stepped("0.7:1:0.05") == ("0.7", "0.75", "0.8", "0.85", "0.9", "0.95", "1")
    assert stepped("160:40:-60") == ("160", "100", "40")
    assert stepped("0:1:0.4") == ("0", "0.4", "0.8")
    assert stepped("1:1:1") == ("1",)
    for wrong in ("1:2", "1:2:0", "2:1:1", "a:b:c", "1:inf:1", "1:2:nan", "::", ""):
        assert stepped(wrong) == ()


@given(st.integers(-50, 50), st.integers(1, 40), st.integers(0, 12))
def test_steps_of_hundredths_are_all_there(first: int, step: int, count: int) -> None:
    last = first + step * count
    found = stepped(f"{first / 100}:{last / 100}:{step / 100}")
    assert [round(float(each) * 100) for each in found] == [first + step * number for number in range(count + 1)]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (["programme.places"], "not a name and its values"),
        (["=1:2:1"], "not a name and its values"),
        (["programme.places=40:20:5"], "Turn the sign"),
        (["programme.places=1,2", "programme.places=3"], "varied twice"),
        (["costs.place_year=1", "programme.place_year=2"], "varied twice"),
        (["programme.places=0:1000000:1"], "points"),
    ],
)
def test_a_grid_that_makes_no_sense_is_refused(wanted: list[str], said: str) -> None:
    with pytest.raises(InputProblems, match=said):
        axes_of(wanted)


def test_every_point_of_a_grid_is_a_plain_run() -> None:
    """Levers by reading again, uncertain inputs as points, words as they are."""
    base = variant(*SHORT)
    inputs = uncertain_inputs(base.scenario, base.library)
    axes = axes_of(
        ["programme.places=20,40", "effect.occasions_ratio=0.7:0.9:0.2", "appraisal.costing=inclusive,explicit"]
    )
    rows = in_memory(grid(axes, base, inputs, reading(*SHORT), 3, 1), 1)
    assert len(rows) == 8
    for row in rows.to_dict("records"):
        settings = [f"{axis.name}={row[axis.name]}" for axis in axes]
        settings[0] = f"programme.places={row['programme.places']:g}"
        assert row["npsv_gbp"] == plain_npsv(*SHORT, *settings)["as_run"]


def test_a_cost_is_one_axis_under_either_name_in_its_range_and_beyond() -> None:
    base = variant(*SHORT)
    inputs = uncertain_inputs(base.scenario, base.library)
    for name in ("costs.fixed_year", "programme.fixed_year"):
        for values in ("0,100000", "0,100000,300000"):
            axes = axes_of([f"{name}={values}"])
            assert axes[0].name == "costs.fixed_year"
            rows = in_memory(grid(axes, base, inputs, reading(*SHORT), 3, 1), 1)
            assert rows["costs.fixed_year"].tolist() == axes[0].numbers
            wanted = [plain_npsv(*SHORT, f"costs.fixed_year={value}")["as_run"] for value in axes[0].values]
            assert rows["npsv_gbp"].tolist() == wanted


def test_a_grid_beyond_a_range_is_a_plain_run_and_beyond_what_is_possible_refused() -> None:
    base = variant(*SHORT)
    inputs = uncertain_inputs(base.scenario, base.library)
    rows = in_memory(grid(axes_of(["effect.occasions_ratio=0.1"]), base, inputs, reading(*SHORT), 3, 1), 1)
    assert rows["npsv_gbp"].tolist() == [plain_npsv(*SHORT, "effect.occasions_ratio=0.1")["as_run"]]
    for wrong in (
        "effect.occasions_ratio=-1",
        "programme.placez=3",
        "programme.places=2.5",
        "offence_mixes.mixed_acquisitive=3",
    ):
        with pytest.raises(InputProblems):
            grid(axes_of([wrong]), base, inputs, reading(*SHORT), 3, 1)


# Kept.


def test_a_kept_sweep_is_run_once_and_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = variant(*SHORT)
    prepared = tornado_sweep(base, ["effect"], 2, 1, "compiled")
    place = Place(tmp_path / "runs", SHORT, "python run.py sweep")
    first = run_and_keep(prepared, place, 2)
    monkeypatch.setattr("simulator.uncertainty.jobs.done_job", None)
    again = run_and_keep(prepared, place, 1)
    assert first.folder == again.folder
    pd.testing.assert_frame_equal(first.rows, again.rows, check_exact=True)
    pd.testing.assert_frame_equal(first.rows, in_memory_again(prepared.trials), check_exact=True)
    assert list(first.rows.columns) == list(columns_of(prepared.trials))


def in_memory_again(work: Trials) -> pd.DataFrame:
    return pd.DataFrame({**moved_columns(work), **outcomes_of(work)})


def moved_columns(work: Trials) -> dict[str, list[object]]:
    values = {name: [work.value(trial, name) for trial in work.trials] for name in work.moved()}
    return {"trial": list(range(len(work.trials))), **values}


def test_the_recipe_says_everything_that_the_results_depend_on() -> None:
    base = variant(*SHORT)
    prepared = psa_sweep(base, [], 20, 2, 1, "compiled")
    recipe = recipe_of(prepared, SHORT, "python run.py sweep")
    assert {"seed", "replications", "draws", "scenario_digest", "program_digest", "settings", "arms"} <= set(recipe)
    assert set(OUTCOMES) <= set(recipe["columns"])
    other = recipe_of(psa_sweep(base, ["effect"], 20, 2, 1, "compiled"), SHORT, "python run.py sweep")
    assert other["inputs"] != recipe["inputs"]


def test_only_names_and_groups_that_are_there() -> None:
    base = variant(*SHORT)
    costs = ("offender_manager_year", "place_year", "selection", "fixed_year")
    assert set(inputs_of(base, ["programme cost"])) == {f"costs.{name}" for name in costs}
    with pytest.raises(InputProblems, match="occasions_ratio"):
        inputs_of(base, ["effect.occasion_ratio"])
    with pytest.raises(InputProblems, match="nothing of the group 'counting' is uncertain"):
        inputs_of(base, ["counting"])


def test_numbers_of_a_sweep_are_finite() -> None:
    rows = in_memory(small(*BOTH), 1)
    numbers = rows.select_dtypes("number").to_numpy(np.float64)
    assert np.isfinite(numbers).all()
