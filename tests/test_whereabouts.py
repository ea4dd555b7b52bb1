"""Where people are: every person in one place at any time, the same totals as the engine's own, and lives chosen by rule."""

from __future__ import annotations

import csv
import functools
import io
import json
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from commands import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from referees.worlds import BUSY, activity, group, log_of, world
from small_runs import compared, library, scenario_with

from simulator.cli import whereabouts as command  # registers the command
from simulator.evaluation.lanes import area_of, arrests_of, candidates_of, chosen, happenings_of
from simulator.evaluation.whereabouts import NAMES, counts_of, month_starts, problems_of, stretches_of
from simulator.evaluation.whereabouts import events_of as sorted_events
from simulator.model import measures
from simulator.model.rates import Places, Rates
from simulator.model.states import ARRIVES, CUSTODY, LEFT, MANAGED, OUTSIDE
from simulator.report.whereabouts import Asked, whereabouts_of
from simulator.report.whereabouts_words import month_rows, whereabouts_text

YEARS, HISTORY, PEOPLE = 3, 4.0, 24
PLACES = (Places(0.0, 6, False), Places(1.5, 9, False), Places(2.5, 0, True))
CHANGES: dict[str, dict[str, float]] = {
    "busy": {"arrivals_per_year": 3.0},
    "no day of arrest": {"arrest_years": 0.0},
    "long arrests": {"arrest_years": 0.4},
    "dying out": {"deaths_per_year": 0.5, "moves_away_per_year": 0.5},
    "nothing": {"occasions_per_year": 1e-12, "deaths_per_year": 0.0, "moves_away_per_year": 0.0},
}


@functools.cache
def rates_of(kind: str, schedule: tuple[Places, ...] = PLACES) -> Rates:
    groups = [group(14, offence_mix=[0.2, 0.7, 1.0]), group(10, offence_mix=[0.6, 0.6, 1.0], rate_ratio=1.5)]
    before = (Places(-HISTORY + 1.0, 6, False),)
    return world(groups, schedule, before, BUSY, history_years=HISTORY, **CHANGES[kind])


def told_one_by_one(rates: Rates, seed: int, date: float) -> dict[str, int]:
    """How many people are where, from the log read line by line."""
    state: dict[int, tuple[int, int]] = dict.fromkeys(range(PEOPLE), (0, 0))
    for event in log_of(rates, YEARS, seed, 0):
        if event.date <= date:
            state[event.person] = event.justice, event.scheme
        elif event.event == ARRIVES:
            state.setdefault(event.person, (OUTSIDE, 0))
    found = dict.fromkeys(NAMES, 0)
    for justice, scheme in state.values():
        if justice == LEFT:
            found["left"] += 1
        elif justice != OUTSIDE:
            where = "custody" if justice == CUSTODY else "liberty"
            found[f"{where}_{'managed' if scheme == MANAGED else 'not_managed'}"] += 1
    return found


@pytest.mark.parametrize("kind", CHANGES)
def test_people_on_a_date_are_those_of_the_log_read_line_by_line(kind: str) -> None:
    rates = rates_of(kind)
    found = stretches_of(rates, YEARS, sorted_events(rates, YEARS, 1, 0))
    for date in (0.0, 0.25, 1.0, 1.5, 2.0, 2.5, 2.75):
        wanted = told_one_by_one(rates, 1, date)
        assert {name: found.people_at(np.array([date]), place)[0] for place, name in enumerate(NAMES)} == wanted, date


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(sorted(CHANGES)), st.integers(0, 10_000), st.integers(1, 3))
def test_person_years_are_those_that_the_engine_adds_up(kind: str, seed: int, replications: int) -> None:
    rates = rates_of(kind)
    counts = counts_of(rates, YEARS, seed, replications, workers=1)
    assert problems_of(counts, activity(rates, YEARS, seed, replications)) == []


@pytest.mark.parametrize("kind", sorted(set(CHANGES) - {"busy"}))
def test_in_a_closed_pool_states_add_up_to_the_people_every_month(kind: str) -> None:
    counts = counts_of(rates_of(kind), YEARS, 3, 4, workers=2)
    assert counts.people.shape == (4, len(month_starts(YEARS)), len(NAMES))
    assert np.all(counts.people.sum(axis=2) == PEOPLE)
    assert np.all(counts.person_years.sum(axis=1) == PEOPLE * YEARS)


def test_who_arrives_is_counted_from_the_day_of_arrival() -> None:
    rates = rates_of("busy")
    there = counts_of(rates, YEARS, 1, 3).people.sum(axis=2)
    assert np.all(there[:, 0] == PEOPLE)
    assert np.all(np.diff(there, axis=1) >= 0)
    assert there[:, -1].mean() > PEOPLE + 3


def test_managed_people_are_never_more_than_places_and_none_after_the_end() -> None:
    counts = counts_of(rates_of("no day of arrest"), YEARS, 1, 5)
    managed = counts.people[..., NAMES.index("custody_managed")] + counts.people[..., NAMES.index("liberty_managed")]
    assert managed.max() <= 9
    assert np.all(managed[:, 30:] == 0)
    assert managed[:, 1:18].max() <= 6
    assert managed[:, 20].max() > 0


def test_the_number_of_workers_changes_nothing() -> None:
    one, two = (counts_of(rates_of("busy"), YEARS, 1, 6, workers) for workers in (1, 2))
    assert np.array_equal(one.people, two.people)
    assert np.array_equal(one.person_years, two.person_years)


def test_counts_that_differ_from_the_activity_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    import simulator.evaluation.whereabouts as module

    whole = module.stretches_of

    def without_the_last(rates: Rates, years: int, events: Any) -> Any:
        return whole(rates, years, events[:-40])

    monkeypatch.setattr(module, "stretches_of", without_the_last)
    with pytest.raises(RuntimeError, match="person-years in custody differ between the events and the activity"):
        counts_of(rates_of("long arrests"), YEARS, 1, 2, workers=1)


@pytest.mark.parametrize("kind", CHANGES)
def test_a_life_is_without_gaps_and_its_neighbours_differ(kind: str) -> None:
    area = area_of(rates_of(kind), YEARS, 2, 0)
    for person in range(PEOPLE):
        told = area.stretches.of_person(person)
        assert told[0][1] == 0.0
        assert told[-1][2] == YEARS
        for (place, _, until), (following, since, _) in pairwise(told):
            assert until == since
            assert place != following


# Who is shown.


def both(kind: str = "busy") -> tuple[Any, Any]:
    return area_of(rates_of(kind), YEARS, 1, 0), area_of(rates_of(kind, ()), YEARS, 1, 0)


def test_those_shown_are_spread_evenly_over_those_who_hold_a_place_by_arrests_without_it() -> None:
    arm, other = both()
    among = candidates_of(arm, other)
    told = {person for person in range(200) if any(e.event == "selected" for e in happenings_of(arm, person))}
    assert told <= set(among.tolist())
    ranked = sorted(among.tolist(), key=lambda person: (-int(arrests_of(other, np.array([person]))[0]), person))
    assert chosen(arm, other, 4) == [ranked[int((n + 0.5) * len(ranked) / 4)] for n in range(4)]
    assert len(set(chosen(arm, other, 4))) == 4


def test_all_are_shown_where_there_are_few_and_everybody_may_be_where_nobody_is_managed() -> None:
    arm, other = both()
    assert sorted(chosen(arm, other, 1000)) == sorted(candidates_of(arm, other).tolist())
    nobody = area_of(world(5), 2, 1, 0)
    assert len(chosen(nobody, nobody)) == 5
    empty = area_of(world(0), 2, 1, 0)
    assert chosen(empty, empty) == []


def test_arrests_are_counted_from_the_start_and_everybody_has_a_number() -> None:
    arm, _ = both()
    people = np.arange(PEOPLE)
    counted = [sum(e.event == "arrest" for e in happenings_of(arm, person)) for person in range(PEOPLE)]
    assert arrests_of(arm, people).tolist() == counted
    assert sum(counted) == activity(rates_of("busy"), YEARS).totals[..., measures.ARRESTS].sum() - sum(
        sum(e.event == "arrest" for e in happenings_of(arm, person)) for person in range(PEOPLE, PEOPLE + 60)
    )


def test_a_deselection_says_under_which_code() -> None:
    arm, _ = both()
    for person in range(PEOPLE):
        events = happenings_of(arm, person)
        assert all(bool(event.why) == (event.event == "deselected") for event in events)
        assert [event.year for event in events] == sorted(event.year for event in events)
    ends = sum(e.event == "deselected" for person in range(PEOPLE + 60) for e in happenings_of(arm, person))
    counted = activity(rates_of("busy"), YEARS).totals[..., measures.DESELECTIONS : measures.OFFENCES_FROM]
    assert ends == counted.sum() > 0


# The document.


@functools.cache
def document(*chosen_settings: str, replications: int = 3, arm: str = "as_run") -> dict[str, Any]:
    scenario = scenario_with(*chosen_settings)
    return whereabouts_of(Asked(scenario, library(), arm, "no_iom", 1, replications, 1))


def test_the_document_agrees_with_compare_on_custody_and_management() -> None:
    by_name = {appraised.plan.name: appraised.pair.arm.activity for appraised in compared().arms}
    for arm in document()["arms"]:
        rows = {row["name"]: row for row in arm["by_state"]}
        assert rows["in_custody"]["days"] == pytest.approx(by_name[arm["name"]].custody_days().sum(axis=1).mean())
        managed = by_name[arm["name"]].managed_years().sum(axis=1).mean()
        assert rows["managed"]["person_years"] == pytest.approx(managed)


def test_sums_in_the_document_are_those_of_their_states() -> None:
    for arm in document()["arms"]:
        assert [row["month"] for row in arm["by_month"]] == list(range(61))
        for row in [*arm["by_month"]]:
            assert row["people"] == pytest.approx(sum(row[name] for name in NAMES))
            assert row["people"] == pytest.approx(document()["people_at_start"])
            assert row["in_custody"] == pytest.approx(row["custody_managed"] + row["custody_not_managed"])
            assert row["managed"] == pytest.approx(row["custody_managed"] + row["liberty_managed"])


def test_increments_are_against_the_comparator_and_of_the_comparator_nothing() -> None:
    arm, other = document()["arms"]
    for mine, base in zip(arm["by_state"], other["by_state"], strict=True):
        assert mine["increment"] == pytest.approx(mine["person_years"] - base["person_years"])
        assert (base["increment"], base["increment_standard_error"]) == (0.0, 0.0)


def test_a_single_replication_has_no_standard_error() -> None:
    row = document(replications=1)["arms"][0]["by_state"][0]
    assert row["standard_error"] is None
    assert row["increment_standard_error"] is None
    assert "in a single simulated run" in " ".join(whereabouts_text(document(replications=1)).split())


def test_the_rule_says_who_could_be_shown() -> None:
    told = document()["lives"]
    assert len(told["people"]) == 12
    assert f"Of the {told['candidates']} people who hold a place at some time under 'As run'" in told["rule"]
    arrests = [person["arms"][1]["arrests"] for person in told["people"]]
    assert arrests == sorted(arrests, reverse=True)


def test_the_document_is_strict_json_and_the_same_twice() -> None:
    json.dumps(document(), allow_nan=False)
    assert whereabouts_of(Asked(scenario_with(), library(), "as_run", "no_iom", 1, 3, 2)) == document()


def test_rows_for_csv_hold_every_month_of_both_arms() -> None:
    rows = month_rows(document())
    assert len(rows) == 2 * 61
    assert {row["arm"] for row in rows} == {"as_run", "no_iom"}
    assert "name" not in rows[0]


SHORT = ("-n", "2", "--workers", "1", "--set", "appraisal.horizon_years=1")


def test_the_command_prints_a_table_json_and_csv(run: Run) -> None:
    assert command.REPLICATIONS >= 50
    said = run("whereabouts", "leeds", *SHORT)
    assert said.code == 0, said.err
    assert "Single lives." in said.out
    found = json.loads(run("whereabouts", "leeds", *SHORT, "--format", "json").out)
    assert (found["arm"], found["comparator"], found["replications"]) == ("as_run", "no_iom", 2)
    rows = list(csv.DictReader(io.StringIO(run("whereabouts", "leeds", *SHORT, "--format", "csv").out)))
    assert len(rows) == 2 * 13


def test_an_arm_beside_itself_is_refused(run: Run) -> None:
    said = run("whereabouts", "leeds:no_iom", *SHORT)
    assert said.code == 2
    assert "'no_iom' is what the others are compared with" in said.err
