"""Who of many has the highest key: a tree of keys in which each entry is the highest of a whole block of those below.

Blocks are wide, so that a processor compares many keys at once; with two to choose from, it would have to guess each time
which is higher.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from simulator.draws import Word
from simulator.jit import merged

NO_KEY = -(2**63)
BLOCK_BITS = 5
BLOCK = 1 << BLOCK_BITS
ALL_BUT_SIGN = 2**63 - 1


class Ranking(NamedTuple):
    """Keys by person, NO_KEY for who has none, then level upon level of the highest of each block, up to a single entry."""

    keys: Any
    starts: Any  # where each level begins
    block: int  # BLOCK; a compiler that knew it would compare the keys one after another


def empty_ranking(people: int) -> Ranking:
    """Room for so many people; every level but the last is padded to whole blocks."""
    sizes = [people]
    while len(sizes) == 1 or sizes[-1] > 1:
        sizes.append(max(-(-sizes[-1] // BLOCK), 1))
    padded = [max(-(-size // BLOCK), 1) * BLOCK for size in sizes[:-1]]
    return Ranking(np.full(sum(padded) + 1, NO_KEY), np.cumsum([0, *padded]), BLOCK)


@merged
def in_order(number: float) -> int:
    """The bits of a number as a whole number in the same order."""
    bits = np.float64(number).view(np.int64)
    return int(bits if bits >= 0 else bits ^ ALL_BUT_SIGN)


@merged
def highest(keys: Any, start: int, block: int) -> int:
    """The highest key of a block."""
    best = NO_KEY
    for at in range(start, start + block):
        best = max(best, keys[Word(at)])
    return best


@merged
def place_of(keys: Any, start: int, block: int, key: int) -> int:
    """Where in a block a key is, the first place of several, counted from its start."""
    place = block
    for each in range(block):
        place = min(place, each if keys[Word(start + each)] == key else block)
    return place


@merged
def times(keys: Any, start: int, block: int, key: int) -> int:
    """How often a key is in a block."""
    number = 0
    for each in range(block):
        number += 1 if keys[Word(start + each)] == key else 0
    return number


@merged
def rank(ranking: Any, place: int, key: int) -> None:
    """Give one person a key, or NO_KEY, and put every level right that this changes."""
    keys, starts = ranking.keys, ranking.starts
    before, at = keys[Word(place)], place
    keys[Word(place)] = key
    for level in range(1, len(starts)):
        start = starts[level - 1] + (at >> BLOCK_BITS << BLOCK_BITS)
        at >>= BLOCK_BITS
        top = keys[Word(starts[level] + at)]
        new = max(top, key)
        if (before == top) & (key < top):
            new = highest(keys, start, ranking.block)
        if new == top:
            return
        keys[Word(starts[level] + at)] = new
        before, key = top, new


@merged
def highest_of_all(ranking: Any) -> int:
    """The highest key there is."""
    return int(ranking.keys[len(ranking.keys) - 1])


@merged
def first_with(ranking: Any, key: int) -> int:
    """The first person with the highest key."""
    at = 0
    for level in range(len(ranking.starts) - 2, -1, -1):
        at = (at << BLOCK_BITS) + place_of(ranking.keys, ranking.starts[level] + (at << BLOCK_BITS), ranking.block, key)
    return int(at)


@merged
def is_shared(ranking: Any, key: int) -> bool:
    """Whether more than one person has the highest key."""
    at, others = 0, 0
    for level in range(len(ranking.starts) - 2, -1, -1):
        start = ranking.starts[level] + (at << BLOCK_BITS)
        others += times(ranking.keys, start, ranking.block, key) - 1
        at = (at << BLOCK_BITS) + place_of(ranking.keys, start, ranking.block, key)
    return bool(others > 0)


@merged
def clear(ranking: Any) -> None:
    """Nobody has a key."""
    ranking.keys[:] = NO_KEY
