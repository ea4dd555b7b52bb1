"""Two engines, one answer: totals and event logs are compared as bits, on small random schemes and with forced ties."""

from __future__ import annotations

import math
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator import engine_compiled, engine_simpy, jit
from simulator.activity import Activity, Event
from simulator.experiment import Plan, Task, by_arm, in_blocks, run_tasks
from simulator.model.rates import Group, Places, Rates, Values
from simulator.model.records import filled
from simulator.model.states import SELECTED, SELECTION_RULES

YEARS = 3
ROOT = Path(__file__).resolve().parents[1]
ORDINARY = {
    "occasions_per_year": 3.0,
    "frailty_shape": 1.0,
    "offences_per_occasion": 1.8,
    "first_custody_chance": 0.4,
    "later_custody_chance": 0.5,
    "community_chance": 0.5,
    "arrest_years": 1.0 / 365.25,
    "served_share": 0.5,
    "recalls_per_year": 0.4,
    "recall_years": 28.0 / 365.25,
    "active_spells_end_per_year": 0.5,
    "paused_spells_end_per_year": 0.7,
    "moves_away_per_year": 0.05,
    "deaths_per_year": 0.02,
    "arrivals_per_year": 0.0,
    "offence_types": 3,
    "severity_tier": [1, 2, 3],
    "sentence_bands": 2,
    "sentence_band_share": [0.8, 1.0],
    "sentence_from_years": [0.1, 0.5],
    "sentence_to_years": [0.5, 7.0],
    "rule": 0,
    "by_priority": False,
    "reselection": True,
    "green_years": 1.0 / 12.0,
    "reactive_years": 4.0 / 12.0,
    "desistance_years": 7.0 / 12.0,
    "longest_stay_years": math.inf,
    "pathways_stabilised_per_year": 0.1,
    "not_engaged_quiet_per_year": 0.2,
    "not_engaged_active_per_year": 0.1,
    "no_longer_fits_per_year": 0.1,
    "occasions_ratio": 0.8,
    "offences_per_occasion_ratio": 0.9,
    "custody_ratio": 0.8,
    "frailty_exponent": 1.0,
    "start_delay_years": 0.0,
    "fade_out_years": 0.5,
    "history_years": 2.0,
}


def arm(
    schedule: list[Places], history: list[Places] | None = None, people: tuple[int, int] = (9, 5), **changed: object
) -> Rates:
    """One arm of a small scheme; whatever is not named is ordinary."""
    values = {**ORDINARY, **changed}
    past = {**ORDINARY, **{name: values[name] for name in changed if name != "occasions_ratio"}}
    groups = [
        {"people": people[0], "priority": 2, "rate_ratio": 1.0, "statutory_share": 0.5, "offence_mix": [0.2, 0.6, 1]},
        {"people": people[1], "priority": 1, "rate_ratio": 1.5, "statutory_share": 1.0, "offence_mix": [0.1, 0.2, 1]},
    ]
    return Rates(
        "arm",
        filled(Values, [values]),
        filled(Values, [past]),
        filled(Group, groups),
        tuple(schedule),
        tuple(history or []),
        float(values["history_years"]),  # type: ignore[arg-type]
        ("one", "other"),
        ("a", "b", "c"),
    )


def log_of(rates: Rates, seed: int = 1) -> list[Event]:
    events: list[Event] = []
    engine_simpy.run([rates], YEARS, seed, 0, 1, [events.append])
    return events


def bits(activities: list[Activity]) -> list[bytes]:
    return [activity.totals.tobytes() for activity in activities]


def assert_engines_agree(arms: list[Rates], seed: int = 1, replications: int = 2) -> None:
    """The same totals to the bit, and the same event log of each arm."""
    reference = engine_simpy.run(arms, YEARS, seed, 0, replications)
    assert bits(engine_compiled.run(arms, YEARS, seed, 0, replications)) == bits(reference)
    for rates in arms:
        assert engine_compiled.event_log(rates, YEARS, seed, 0) == log_of(rates, seed)


# Values on coarse grids and lengths that are whole ticks force events of several people onto one instant.
coarse = st.sampled_from([0.0, 0.25, 1.0, 4.0])
lengths = st.sampled_from([0.0, 2.0**-30, 1.0 / 365.25, 0.25])
schedules = st.lists(
    st.tuples(st.sampled_from([0.0, 0.25, 0.5, 1.0, 1.0, 2.0, 2.75]), st.sampled_from([0, 1, 3, 1000]), st.booleans()),
    max_size=5,
).map(lambda rows: [Places(date, 0 if closed else places, closed) for date, places, closed in sorted(rows)])
choices = st.fixed_dictionaries(
    {
        "occasions_per_year": st.sampled_from([0.0, 1.0, 12.0]),
        "frailty_shape": st.sampled_from([0.3, 2.0, math.inf]),
        "later_custody_chance": st.sampled_from([0.0, 0.5, 1.0]),
        "arrest_years": lengths,
        "served_share": st.sampled_from([0.0, 0.5, 1.0]),
        "recalls_per_year": coarse,
        "recall_years": lengths,
        "active_spells_end_per_year": coarse,
        "moves_away_per_year": st.sampled_from([0.0, 0.1]),
        "arrivals_per_year": st.sampled_from([0.0, 3.0]),
        "rule": st.integers(0, len(SELECTION_RULES) - 1),
        "by_priority": st.booleans(),
        "reselection": st.booleans(),
        "green_years": lengths,
        "reactive_years": st.just(0.25),
        "desistance_years": st.just(0.25),
        "longest_stay_years": st.sampled_from([0.0, 0.25, 1.0, math.inf]),
        "no_longer_fits_per_year": coarse,
        "occasions_ratio": st.sampled_from([0.0, 0.5, 1.0]),
        "frailty_exponent": st.sampled_from([1.0, 0.5]),
        "start_delay_years": lengths,
        "fade_out_years": st.sampled_from([0.0, 0.5]),
        "history_years": st.sampled_from([0.0, 1.0]),
    }
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changed=choices, schedule=schedules, past=st.booleans(), seed=st.integers(0, 2**40))
def test_engines_agree_to_the_bit_on_random_schemes(
    changed: dict[str, object], schedule: list[Places], past: bool, seed: int
) -> None:
    history = [Places(-1.0, 2, False)] if past and changed["history_years"] else []
    assert_engines_agree([arm(schedule, history, **changed)], seed)


@pytest.mark.parametrize("places", [0, 1, 4, 1000])
def test_engines_agree_whether_places_are_none_scarce_or_unlimited(places: int) -> None:
    assert_engines_agree([arm([Places(0.0, places, False)], [Places(-1.0, places, False)])])


@pytest.mark.parametrize("rule", range(len(SELECTION_RULES)))
def test_engines_agree_under_every_selection_rule(rule: int) -> None:
    assert_engines_agree([arm([Places(0.0, 3, False)], people=(30, 20), rule=rule, by_priority=rule == 1)])


def test_engines_agree_while_a_scheme_ramps_up_shrinks_and_closes() -> None:
    ramp = [Places(step / 4.0, 2 * step, False) for step in range(5)]
    assert_engines_agree([arm([*ramp, Places(1.5, 2, False), Places(2.0, 0, True), Places(2.5, 5, False)])])


def test_engines_agree_with_arrivals_and_sentences_over_five_years() -> None:
    long = {"sentence_band_share": [0.2, 1.0], "sentence_from_years": [0.1, 5.5], "arrivals_per_year": 6.0}
    assert_engines_agree([arm([Places(0.0, 4, False)], [Places(-1.0, 4, False)], **long)])


@pytest.mark.parametrize("shape", [0.02, 0.1])
def test_engines_agree_on_people_who_next_to_never_offend(shape: float) -> None:
    """Their next occasion may be beyond any whole number of ticks, and must not wrap round to the past."""
    assert_engines_agree([arm([Places(0.0, 4, False)], people=(200, 0), frailty_shape=shape)])


def test_engines_agree_on_arms_that_share_a_history() -> None:
    past = [Places(-1.0, 4, False)]
    arms = [
        arm([Places(0.0, 0, True)], past),
        arm([Places(0.0, 4, False)], past, occasions_ratio=0.5),
        arm([Places(0.0, 8, False)], past),
    ]
    reference = engine_simpy.run(arms, YEARS, 1, 0, 3)
    assert bits(engine_compiled.run(arms, YEARS, 1, 0, 3)) == bits(reference)


def test_simultaneous_events_do_occur_in_these_tests() -> None:
    """Else agreement on ties would show nothing."""
    events = log_of(arm([Places(0.0, 5, False), Places(1.0, 9, False)], people=(30, 20)))
    dates = [event.date for event in events if event.event == SELECTED]
    assert len(set(dates)) < len(dates)


def test_an_arm_in_which_nothing_differs_is_identical() -> None:
    one = arm([Places(0.0, 3, False)], [Places(-1.0, 3, False)])
    first, second = bits(engine_compiled.run([one, one], YEARS, 1, 0, 3))
    assert first == second


def test_without_an_effect_places_do_not_change_a_life() -> None:
    """Offending, arrests and custody of a scheme with no effect are those of no scheme."""
    none = {"occasions_ratio": 1.0, "offences_per_occasion_ratio": 1.0, "custody_ratio": 1.0}
    lives = []
    for places in (0, 5):
        log = log_of(arm([Places(0.0, places, False)], **none))
        lives.append(
            [(event.date, event.person, event.event, event.offences) for event in log if event.event in (0, 10, 11)]
        )
    assert lives[0] == lives[1] != []


def test_a_replication_is_the_same_whatever_the_number_of_replications() -> None:
    rates = arm([Places(0.0, 3, False)], [Places(-1.0, 3, False)])
    few = engine_compiled.run([rates], YEARS, 1, 0, 10)[0].totals
    many = engine_compiled.run([rates], YEARS, 1, 0, 1000)[0].totals
    assert few.tobytes() == many[:10].tobytes()
    assert engine_compiled.run([rates], YEARS, 1, 7, 2)[0].totals.tobytes() == many[7:9].tobytes()


@pytest.mark.parametrize(("workers", "size"), [(1, 3), (2, 1), (2, 7), (5, 4)])
def test_any_number_of_workers_and_any_blocks_give_the_same_bits(workers: int, size: int) -> None:
    arms = [arm([Places(0.0, 0, True)]), arm([Places(0.0, 3, False)])]
    plan = Plan(YEARS, 1, "compiled", workers)
    whole = by_arm(run_tasks(in_blocks(arms, 20, 20), plan))
    assert bits(by_arm(run_tasks(in_blocks(arms, 20, size), plan))) == bits(whole)


def test_tasks_done_in_any_order_give_the_same_bits() -> None:
    arms = (arm([Places(0.0, 3, False)]),)
    tasks = [Task(arms, first, 2) for first in range(0, 12, 2)]
    plan = Plan(YEARS, 1)
    with ThreadPoolExecutor(3) as executor:
        backwards = run_tasks(tasks[::-1], plan, executor=executor)
    assert bits(by_arm(backwards[::-1])) == bits(by_arm(run_tasks(tasks, plan._replace(workers=1))))


def test_every_event_is_counted() -> None:
    rates = arm([Places(0.0, 3, False)], [Places(-1.0, 3, False)])
    assert engine_compiled.count_events([rates], YEARS, 1, 0, 1) == len(log_of(rates))


def test_every_file_with_a_compiled_rule_is_part_of_the_digest() -> None:
    package = ROOT / "simulator"
    covered = {source for pattern in jit.COMPILED_SOURCES for source in package.glob(pattern)}
    marked = {
        source
        for source in package.rglob("*.py")
        if re.search(r"^\s*@(compiled|inlined|merged)$", source.read_text("utf-8"), re.M)
    }
    assert marked <= covered


TINY = """
import hashlib, sys
sys.path[:0] = [{root!r}, {tests!r}]
from test_engines import Places, arm, bits
from simulator import engine_compiled
rates = arm([Places(0.0, 2, False)], people=(4, 2))
print(hashlib.sha256(bits(engine_compiled.run([rates], 1, 1, 0, 1))[0]).hexdigest())
"""


def digest_of_run(root: Path, **environment: str) -> str:
    """What a fresh Python makes of a tiny run of the package at ``root``."""
    code = TINY.format(root=str(root), tests=str(ROOT / "tests"))
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env={**os.environ, **environment}
    )
    return done.stdout.strip()


@pytest.mark.slow
def test_rules_give_the_same_bits_with_and_without_a_compiler() -> None:
    assert digest_of_run(ROOT, NUMBA_DISABLE_JIT="1") == digest_of_run(ROOT, NUMBA_DISABLE_JIT="0")


@pytest.mark.slow
@pytest.mark.skipif(not jit.COMPILED, reason="nothing is compiled")
def test_an_edited_rule_is_never_served_from_an_older_compilation(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "simulator", tmp_path / "simulator", ignore=shutil.ignore_patterns("__pycache__"))
    cache = str(tmp_path / "cache")
    before = digest_of_run(tmp_path, IOM_SIMULATOR_CACHE=cache, NUMBA_DISABLE_JIT="0")
    assert digest_of_run(tmp_path, IOM_SIMULATOR_CACHE=cache, NUMBA_DISABLE_JIT="0") == before
    rule = tmp_path / "simulator" / "draws.py"
    text = rule.read_text("utf-8")
    assert text.count("UNIT = 2.0**-52") == 1
    rule.write_text(text.replace("UNIT = 2.0**-52", "UNIT = 2.0**-53"), "utf-8")
    assert digest_of_run(tmp_path, IOM_SIMULATOR_CACHE=cache, NUMBA_DISABLE_JIT="0") != before
