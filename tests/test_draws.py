"""Luck: published known answers, the open interval, and our own logarithm and exponential."""

from __future__ import annotations

import math
import random

import pytest

from simulator import draws

# Known answers for threefry2x64, 20 rounds: counter, key, result (kat_vectors of Random123, Salmon et al. 2011).
ALL_ONES = 2**64 - 1
KNOWN = [
    ((0, 0), (0, 0), (0xC2B6E3A8C2C69865, 0x6F81ED42F350084D)),
    ((ALL_ONES, ALL_ONES), (ALL_ONES, ALL_ONES), (0xE02CB7C4D95D277A, 0xD06633D0893B8B68)),
    (
        (0x243F6A8885A308D3, 0x13198A2E03707344),
        (0xA4093822299F31D0, 0x082EFA98EC4E6C89),
        (0x263C7D30BB0F0AF1, 0x56BE8361D3311526),
    ),
]


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN)
def test_the_generator_gives_its_published_answers(
    counter: tuple[int, int], key: tuple[int, int], answer: tuple[int, int]
) -> None:
    words = draws.threefry(*(draws.Word(word) for word in (*key, *counter)))
    assert tuple(int(word) for word in words) == answer


def test_uniforms_lie_strictly_inside_zero_and_one() -> None:
    assert draws.unit(draws.Word(0)) == 2.0**-53
    assert draws.unit(draws.Word(ALL_ONES)) == 1.0 - 2.0**-53


def test_draws_are_told_apart_by_every_part_of_their_name() -> None:
    names = {(1, 2, 3, 4, 5, 6)} | {
        tuple(n + (k == place) for k, n in enumerate((1, 2, 3, 4, 5, 6))) for place in range(6)
    }
    assert len({draws.two_uniforms(*name) for name in names}) == 7


def test_logarithm_and_exponential_are_within_one_unit_in_the_last_place() -> None:
    luck = random.Random(1)
    for _ in range(5_000):
        x = luck.random() * 10.0 ** luck.randint(-15, 15) + 1e-300
        assert abs(draws.log(x) - math.log(x)) <= math.ulp(math.log(x))
        y = luck.uniform(-300.0, 300.0)
        assert abs(draws.exp(y) - math.exp(y)) <= math.ulp(math.exp(y))
