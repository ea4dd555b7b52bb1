"""A run whose counts contradict each other is never handed on: every task is checked, all its arms at once."""

from __future__ import annotations

from typing import Any

import pytest

from simulator import engine_compiled
from simulator.activity import Activity
from simulator.appraisal.library import load_library
from simulator.experiment import Task, perform
from simulator.model import measures
from simulator.report.bench import SCHEMES, shipped

BROKEN = {
    "person-years over justice states": measures.LIBERTY_YEARS,
    "arrests and disposals": measures.ARRESTS,
    "fewer custodial sentences": measures.CUSTODY_DISPOSALS,
    "a negative count": measures.RECALLS,
}


@pytest.mark.parametrize("said", BROKEN)
@pytest.mark.parametrize("arm", [0, 1])
def test_one_wrong_number_in_one_arm_is_told_with_the_arm(said: str, arm: int, monkeypatch: pytest.MonkeyPatch) -> None:
    arms = shipped(SCHEMES[0], load_library())
    true_run = engine_compiled.run

    def wrong_run(*given: Any, **options: Any) -> list[Activity]:
        activities = true_run(*given, **options)
        activities[arm].totals[1, 0, 0, 0, BROKEN[said]] += -1e6 if "negative" in said else 1e6
        return activities

    monkeypatch.setattr(engine_compiled, "run", wrong_run)
    with pytest.raises(RuntimeError, match=f"^{arms[arm].name}: .*{said}"):
        perform(Task(arms, 0, 3), 5, 1, "compiled")


def test_people_who_come_later_excuse_only_their_own_replications(monkeypatch: pytest.MonkeyPatch) -> None:
    arms = shipped(SCHEMES[0], load_library())
    true_run = engine_compiled.run

    def wrong_run(*given: Any, **options: Any) -> list[Activity]:
        activities = true_run(*given, **options)
        activities[0].totals[0, 0, 0, 0, measures.ENTRIES] += 1.0
        activities[1].totals[1, 0, 0, 0, measures.LIBERTY_YEARS] += 1e-9
        return activities

    monkeypatch.setattr(engine_compiled, "run", wrong_run)
    with pytest.raises(RuntimeError, match=f"^{arms[1].name}: person-years over justice states"):
        perform(Task(arms, 0, 2), 5, 1, "compiled")
