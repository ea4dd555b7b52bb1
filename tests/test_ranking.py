"""Who has the highest key: blocks of keys against looking at every one of them."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.engine_compiled.ranking import (
    NO_KEY,
    Ranking,
    empty_ranking,
    first_with,
    highest_of_all,
    in_order,
    is_shared,
    rank,
)

# Few keys, so that many are equal.
KEYS = st.one_of(st.integers(-3, 3), st.just(NO_KEY), st.sampled_from([NO_KEY + 1, 2**63 - 1, -(2**53), 2**53]))


def ranked(people: int, changes: list[tuple[int, int]]) -> tuple[Ranking, list[int]]:
    """A ranking after changes, and the same as a plain list."""
    ranking, plain = empty_ranking(people), [NO_KEY] * people
    for place, key in changes:
        rank(ranking, place % people, key)
        plain[place % people] = key
    return ranking, plain


@settings(deadline=None)
@given(st.integers(1, 3000), st.lists(st.tuples(st.integers(0, 10**6), KEYS), max_size=60))
def test_the_highest_key_and_its_first_person_are_those_of_a_search_through_all(
    people: int, changes: list[tuple[int, int]]
) -> None:
    ranking, plain = ranked(people, changes)
    best = max(plain)
    assert highest_of_all(ranking) == best
    if best == NO_KEY:
        return
    assert first_with(ranking, best) == plain.index(best)
    assert is_shared(ranking, best) == (plain.count(best) > 1)


@settings(deadline=None)
@given(st.integers(1, 300), st.lists(st.tuples(st.integers(0, 10**6), st.integers(-9, 9)), min_size=1, max_size=60))
def test_taking_off_the_first_again_and_again_gives_everybody_in_order(
    people: int, changes: list[tuple[int, int]]
) -> None:
    ranking, plain = ranked(people, changes)
    order = []
    while (key := highest_of_all(ranking)) != NO_KEY:
        order.append(first_with(ranking, key))
        rank(ranking, order[-1], NO_KEY)
    assert order == sorted((place for place in range(people) if plain[place] != NO_KEY), key=lambda p: (-plain[p], p))


@settings(deadline=None)
@given(st.lists(st.floats(allow_nan=False), min_size=2, max_size=30))
def test_numbers_keep_their_order_as_whole_numbers(numbers: list[float]) -> None:
    for one in numbers:
        for other in numbers:
            if one < other:
                assert in_order(one) < in_order(other)


def test_nobody_has_no_key() -> None:
    ranking = empty_ranking(0)
    assert highest_of_all(ranking) == NO_KEY
    assert np.all(ranking.keys == NO_KEY)
