"""Back test: each shipped scenario still gives the answer that stands beside it."""

import pytest

from simulator.report.expected import differences, same
from simulator.scenario.layers import scheme_names


@pytest.mark.parametrize("scheme", scheme_names())
def test_a_shipped_scenario_gives_its_expected_answer(scheme: str) -> None:
    moved = differences(scheme)
    advice = "If the answer should move: python run.py check --accept, and a line marked RESULTS in CHANGELOG.md.\n"
    assert not moved, advice + "\n".join(moved)


def test_a_moved_penny_is_noticed() -> None:
    assert same(1_000_000.0, 1_000_000.0)
    assert not same(1_000_000.0, 1_000_000.01)
    assert not same([1.0, 2.0], [1.0, 2.1])
    assert not same(None, 1.0)
