"""Where nobody asks for the groups of a cohort, they are booked together, to the bit."""

from __future__ import annotations

from typing import Any

import pytest

from simulator import engine_compiled, engine_simpy
from simulator.appraisal.loading import load
from simulator.rates import rates_of


@pytest.mark.parametrize("engine", [engine_simpy, engine_compiled])
def test_groups_booked_together_are_the_groups_added_up(engine: Any) -> None:
    """To the bit, since counts and times add up exactly in any order."""
    (scenario,), library = load(["leicestershire"], [])
    arms = [rates_of(scenario, arm, library.offence_types) for arm in scenario.arms[:2]]
    apart, together = (engine.run(arms, 2, 1, 0, 2, by_group=each) for each in (True, False))
    for one, other in zip(apart, together, strict=True):
        assert len(one.groups) > 1
        assert other.groups == one.over_groups().groups
        assert other.totals.tobytes() == one.over_groups().totals.tobytes()
        assert other.people.tolist() == one.over_groups().people.tolist()
