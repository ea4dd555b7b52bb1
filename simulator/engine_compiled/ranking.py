"""Who of many has the highest key: keys of people in blocks, and the highest of each block.

Ranges that are searched are always whole, a power of two long, so that a processor compares many keys at once. There is no
tree, because it guesses badly which of two keys is higher.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from simulator.draws import Word
from simulator.jit import merged

NO_KEY = -(2**63)
LEAST_BLOCK_BITS = 4
ALL_BUT_SIGN = 2**63 - 1


class Ranking(NamedTuple):
    """Keys by person and the highest of each block of them; who has none has NO_KEY."""

    keys: Any
    blocks: Any
    bits: int  # blocks hold two to the power of this many keys


def empty_ranking(people: int) -> Ranking:
    """Room for so many people, in blocks of about as many keys as there are blocks."""
    bits = LEAST_BLOCK_BITS
    while 1 << (2 * bits) < people:
        bits += 1
    blocks = max((people + (1 << bits) - 1) >> bits, 1)
    return Ranking(np.full(blocks << bits, NO_KEY), np.full(1 << bits, NO_KEY), bits)


@merged
def in_order(number: float) -> int:
    """The bits of a number as a whole number in the same order."""
    bits = np.float64(number).view(np.int64)
    return int(bits if bits >= 0 else bits ^ ALL_BUT_SIGN)


@merged
def highest(keys: Any, start: int, end: int) -> int:
    """The highest key of a range."""
    best = NO_KEY
    for at in range(start, end):
        best = max(best, keys[Word(at)])
    return best


@merged
def place_of(keys: Any, start: int, end: int, key: int) -> int:
    """Where in a range a key is, the first place of several."""
    place = end
    for at in range(start, end):
        place = min(place, at if keys[Word(at)] == key else end)
    return place


@merged
def rank(ranking: Any, place: int, key: int) -> None:
    """Give one person a key, or NO_KEY."""
    before = ranking.keys[Word(place)]
    ranking.keys[Word(place)] = key
    block = place >> ranking.bits
    top = ranking.blocks[Word(block)]
    ranking.blocks[Word(block)] = max(top, key)
    if (before == top) & (key < top):
        ranking.blocks[Word(block)] = highest(ranking.keys, block << ranking.bits, (block + 1) << ranking.bits)


@merged
def highest_of_all(ranking: Any) -> int:
    """The highest key there is."""
    return highest(ranking.blocks, 0, 1 << ranking.bits)


@merged
def first_with(ranking: Any, key: int) -> int:
    """The first person with the highest key."""
    block = place_of(ranking.blocks, 0, 1 << ranking.bits, key)
    return place_of(ranking.keys, block << ranking.bits, (block + 1) << ranking.bits, key)


@merged
def times(ranking: Any, key: int) -> int:
    """How often the highest key is in the block of its first place and in other blocks, together."""
    size = 1 << ranking.bits
    start = place_of(ranking.blocks, 0, size, key) << ranking.bits
    number = -1
    for at in range(size):
        number += (ranking.blocks[Word(at)] == key) + (ranking.keys[Word(start + at)] == key)
    return number


@merged
def clear(ranking: Any) -> None:
    """Nobody has a key."""
    ranking.keys[:] = NO_KEY
    ranking.blocks[:] = NO_KEY
