"""Break-even and payback, on streams made by hand and on runs."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
import pytest
from small_runs import PENNY, compared, made_activity, total

from simulator.appraisal.discounting import payback_year
from simulator.appraisal.results import (
    Arm,
    Pair,
    Part,
    break_even_of,
    is_crime_or_process,
    payback,
    streams_of,
)
from simulator.costing.lines import CRIME, PROGRAMME, Costs, Line, Price
from simulator.model import measures
from simulator.quantities import Quantity, Standing


def made_pair(offences: tuple[float, float], cost: float, years: int = 1) -> Pair:
    """An arm and a comparator with so many robberies in each year at £1,000 each, and a programme of so much a year."""
    figure = Quantity("made", 1000.0, "gbp per crime", Standing.CHOICE, price_year="2015/16")
    crime = Price(1000.0, "consequence", "social", "victims", False, figure)
    scheme = Price(1.0, "total", "fiscal", "police", True, figure)
    arms = []
    for count, spent in zip(offences, (cost, 0.0), strict=True):
        activity = made_activity(("robbery",), years)
        activity.totals[0, :, 0, 0, measures.OFFENCES_FROM] = count
        activity.totals[0, :, 0, 0, measures.RAG_YEARS] = 2.0 if spent else 0.0
        crimes = Line("robbery", CRIME, "crimes", np.full((1, years), count), (crime,), "robbery")
        spend = Line("scheme", PROGRAMME, "gbp", np.full((1, years), spent), (scheme,))
        arms.append(Arm(activity, Costs("made", (crimes, spend))))
    return Pair(*arms)


def test_the_break_even_by_hand() -> None:
    found = break_even_of(made_pair((7.0, 10.0), 4000.0), np.ones(1), 4000.0)
    assert found.value_per_proven_offence_gbp == 1000.0
    assert found.prevented_per_person_year == 2.0  # 4,000 over 1,000 each over 2 person-years
    assert found.achieved_per_person_year == 1.5


def test_preventing_exactly_the_break_even_number_gives_an_npsv_of_nothing() -> None:
    factors = np.ones(1)
    needed = break_even_of(made_pair((7.0, 10.0), 4000.0), factors, 4000.0).prevented_per_person_year
    assert needed is not None
    pair = made_pair((10.0 - needed * 2.0, 10.0), 4000.0)
    assert streams_of(pair, factors).npsv.tolist() == [0.0]


def test_the_break_even_of_a_run_pays_for_the_programme_with_what_it_speaks_of() -> None:
    comparison = compared()
    for each in comparison.arms[1:]:
        cost = total(comparison, each.plan.name).programme_cost
        found = break_even_of(each.pair, comparison.factors, cost)
        base = each.pair.comparator
        years = (each.pair.arm.activity.managed_years() - base.activity.managed_years()) @ comparison.factors
        process = base.costs.by_replication(comparison.factors, is_crime_or_process).mean()
        offences = (base.activity.proven_offences() @ comparison.factors).mean()
        assert found.prevented_per_person_year is not None
        worth = found.prevented_per_person_year * years.mean() * process / offences
        assert worth - cost == pytest.approx(0.0, abs=PENNY)


def test_no_break_even_where_nothing_is_spent() -> None:
    assert break_even_of(made_pair((10.0, 10.0), 0.0), np.ones(1), 0.0).prevented_per_person_year is None


@pytest.mark.parametrize(
    ("net", "year"),
    [
        ([-100.0, 40.0, 40.0, 40.0], 4),
        ([-100.0, 100.0, -1.0], None),
        ([-100.0, 100.0, -1.0, 2.0], 4),
        ([-100.0, 10.0], None),
        ([5.0, 5.0], 1),
        ([0.0, 0.0], None),
        ([0.0, -5.0, 10.0], 3),
    ],
)
def test_payback_is_the_year_by_whose_end_the_money_is_back_for_good(net: list[float], year: int | None) -> None:
    assert payback_year(np.array(net)) == year


def test_payback_counts_years_as_numbers_beyond_the_ninth() -> None:
    parts: dict[Hashable, Part] = {year: Part(100.0 if year == 0 else 0.0, 10.0) for year in range(15)}
    assert payback(parts) == 10
    parts = {year: Part(10.0, 1000.0 if year == 11 else 0.0) for year in range(12)}
    assert payback(parts) == 12
