"""Choices of pricing: counting units, the price of prison, detection and optimism bias."""

from __future__ import annotations

import numpy as np
import pytest
from priced import amounts, priced, with_burglaries, with_custody_days
from small_runs import library

from simulator.costing.costs import in_whole_wings
from simulator.costing.counting import ProvenOffences, RecordedCrimes, as_crimes, crimes_for, recorded_for
from simulator.model.states import NO_EFFECT, UNDER_MANAGEMENT

# Counting units.


def test_multiplying_proven_offences_without_the_factor_between_is_refused() -> None:
    with pytest.raises(TypeError, match="recorded_per_proven"):
        crimes_for(ProvenOffences(np.ones(1)), 2.17)  # type: ignore[arg-type]


def test_crimes_behind_proven_offences_go_through_recorded_crimes() -> None:
    recorded = recorded_for(ProvenOffences(np.array([3.0])), 4.0)
    assert isinstance(recorded, RecordedCrimes)
    assert crimes_for(recorded, 2.5).count.tolist() == [30.0]
    assert as_crimes(ProvenOffences(np.array([3.0]))).count.tolist() == [3.0]


def test_multiplied_counting_uses_both_factors() -> None:
    costs = priced(with_burglaries(10), "appraisal.counting=multiplied")
    multiplier = library().crime["horr99"].multipliers["domestic_burglary"].value
    recorded = library().appraisal["recorded_per_proven"].value
    (line,) = [each for each in costs.lines if each.name == "domestic_burglary"]
    assert line.quantity.sum() == pytest.approx(10 * recorded * multiplier)


def test_offences_under_the_programme_are_brought_to_baseline_detection() -> None:
    watched = priced(with_burglaries(10, UNDER_MANAGEMENT), "effect.detection_ratio=1.25")
    free = priced(with_burglaries(10, NO_EFFECT), "effect.detection_ratio=1.25")
    assert [line.quantity.sum() for line in watched.lines if line.name == "domestic_burglary"] == [8.0]
    assert [line.quantity.sum() for line in free.lines if line.name == "domestic_burglary"] == [10.0]


# Prison by choice.


def test_a_marginal_day_costs_its_own_row_and_nothing_else_moves() -> None:
    average = amounts(priced(with_custody_days(100)))
    marginal = amounts(priced(with_custody_days(100), "appraisal.prison_cost=marginal"))
    rows, factor = library().justice, library().deflators.factor
    expected = 100 * rows["custody_day_marginal"].value * factor("2016/17", "2015/16")
    assert marginal.pop("custody_day") == pytest.approx(expected)
    assert average.pop("custody_day") > expected
    assert marginal == average


def test_step_fixed_prison_cost_changes_by_whole_wings_only() -> None:
    places = library().justice["prison_wing_places"].value
    reference = np.array([[500.0, 500.0, 500.0, 500.0]])
    years = np.array([[500.0 - places + 1, 500.0 - places, 500.0 + 2.5 * places, 500.0]])
    expected = [[500.0, 500.0 - places, 500.0 + 2 * places, 500.0]]
    assert in_whole_wings(years, reference, places).tolist() == expected


def test_a_few_days_less_save_nothing_at_step_fixed_cost() -> None:
    chosen = "appraisal.prison_cost=step_fixed"
    reference = priced(with_custody_days(10_000), chosen)
    fewer = priced(with_custody_days(9_000), chosen, reference=with_custody_days(10_000))
    assert amounts(fewer)["custody_day"] == amounts(reference)["custody_day"] > 0.0
