"""A number knows its unit, range, price year, source and standing, or is refused."""

import dataclasses
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.quantities import (
    Quantity,
    Standing,
    UnitCost,
    financial_year,
    is_money,
    price_year_fault,
    quantity_faults,
)

SOUND: dict[str, Any] = {
    "name": "horr99.domestic_burglary",
    "value": 5930.0,
    "unit": "gbp per crime",
    "standing": Standing.READ,
    "source": "horr99",
    "price_year": "2015/16",
}


def test_a_sound_quantity_keeps_what_it_was_given() -> None:
    burglary = Quantity(**SOUND, low=5000, high=7000)
    assert burglary.value == 5930.0
    assert burglary.has_range
    assert not Quantity(**SOUND).has_range


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"low": 6000, "high": 7000}, "low 6000 is above the value 5930"),
        ({"low": 10, "high": 20}, "high 20 is below the value 5930"),
        ({"low": 10}, "'high' is missing"),
        ({"high": 9000}, "'low' is missing"),
        ({"value": math.nan}, "not a finite number"),
        ({"value": math.inf}, "not a finite number"),
        ({"low": -math.inf, "high": 9000}, "not a finite number"),
        ({"unit": ""}, "the unit is missing"),
        ({"price_year": None}, "money needs a price_year"),
        ({"price_year": "2015"}, "'2015' is not a financial year such as 2015/16"),
        ({"price_year": "2015/17"}, "2015/16 would be"),
        ({"unit": "ratio"}, "the unit is 'ratio', not gbp"),
        ({"source": ""}, "a figure that is read needs a source"),
        ({"source": "", "standing": Standing.TRANSCRIBED}, "needs a source"),
        ({"source": "", "standing": Standing.DERIVED, "why": "x"}, "needs a source"),
        ({"source": "", "standing": Standing.UNVERIFIED}, "an unverified figure needs 'why'"),
        ({"standing": Standing.DERIVED}, "a derived figure needs 'why'"),
        ({"standing": Standing.ASSUMED, "low": 1, "high": 9999}, "assumed figure needs 'why'"),
        ({"standing": Standing.ASSUMED, "why": "a guess"}, "needs a range: low and high"),
    ],
)
def test_an_unsound_quantity_is_refused_in_plain_english(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=r"horr99\.domestic_burglary: ") as refused:
        Quantity(**(SOUND | changed))
    assert said in str(refused.value)


def test_assumed_chosen_and_remembered_figures_need_no_source() -> None:
    Quantity("a", 1, "ratio", Standing.ASSUMED, low=1, high=1, why="nothing is known")
    Quantity("a", 1, "places", Standing.CHOICE)
    Quantity("a", 1, "ratio", Standing.UNVERIFIED, why="remembered")


def test_a_quantity_cannot_be_changed() -> None:
    quantity = Quantity(**SOUND)
    with pytest.raises(dataclasses.FrozenInstanceError):
        quantity.value = 1.0  # type: ignore[misc]


def test_a_unit_cost_has_a_known_part_and_kind() -> None:
    cost = UnitCost(**SOUND, part="response", kind="fiscal", agency="police")
    assert isinstance(cost, Quantity)
    with pytest.raises(ValueError, match="'reponse' is not a part of a cost"):
        UnitCost(**SOUND, part="reponse")
    with pytest.raises(ValueError, match="'fiscl' is not a kind of cost"):
        UnitCost(**SOUND, kind="fiscl")
    with pytest.raises(ValueError, match="needs a price_year"):
        UnitCost(**(SOUND | {"price_year": None}))


def test_money_is_told_by_its_unit() -> None:
    assert is_money("gbp per crime")
    assert is_money("GBP")
    assert not is_money("crimes per recorded crime")


@given(st.integers(min_value=1000, max_value=9998))
def test_every_financial_year_is_accepted_and_its_neighbours_are_not(year: int) -> None:
    assert price_year_fault(financial_year(year)) == ""
    assert price_year_fault(f"{year}/{(year + 2) % 100:02d}") != ""
    assert price_year_fault(f"{year}-{(year + 1) % 100:02d}") != ""


finite = st.floats(allow_nan=False, allow_infinity=False)


@given(value=finite, low=finite, high=finite)
def test_a_range_is_sound_exactly_when_it_holds_the_value(value: float, low: float, high: float) -> None:
    faults = quantity_faults(value, "ratio", Standing.CHOICE, low=low, high=high)
    assert (not faults) == (low <= value <= high)
