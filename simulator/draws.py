"""Luck as a pure function of (seed, replication, person, purpose, occasion, item).

The generator is Threefry2x64 with 20 rounds (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3",
SC11, 2011); its published known answers are tests. Key = (seed, replication); counter = (person << 16 | purpose,
occasion << 20 | item). Nothing is hashed, so no two different draws share a block by construction.

Logarithm and exponential are our own (the method of fdlibm's ``e_log.c`` and ``e_exp.c``: only + - * / and changes of
exponent), so the same draw has the same bits in every engine and on every platform.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from simulator.jit import COMPILED, compiled, merged

# In compiled code unsigned 64-bit words wrap by themselves; in plain Python the mask does it.
Word: Any = np.uint64 if COMPILED else int

MASK = Word(0xFFFFFFFFFFFFFFFF)
PARITY = Word(0x1BD11BDAA9FC1A22)
ZERO, ONE, TWO, THREE, FOUR, FIVE = (Word(n) for n in range(6))
ROTATIONS = (16, 42, 12, 31, 16, 32, 24, 21)
L0, L1, L2, L3, L4, L5, L6, L7 = (Word(r) for r in ROTATIONS)
R0, R1, R2, R3, R4, R5, R6, R7 = (Word(64 - r) for r in ROTATIONS)
PERSON_SHIFT = Word(16)
OCCASION_SHIFT = Word(20)
MANTISSA_SHIFT = Word(12)
UNIT = 2.0**-52


@merged
def four_rounds_even(x: Any, y: Any) -> tuple[Any, Any]:
    """Threefry rounds with the first four rotations."""
    x = (x + y) & MASK
    y = (((y << L0) | (y >> R0)) & MASK) ^ x
    x = (x + y) & MASK
    y = (((y << L1) | (y >> R1)) & MASK) ^ x
    x = (x + y) & MASK
    y = (((y << L2) | (y >> R2)) & MASK) ^ x
    x = (x + y) & MASK
    y = (((y << L3) | (y >> R3)) & MASK) ^ x
    return x, y


@merged
def four_rounds_odd(x: Any, y: Any) -> tuple[Any, Any]:
    """Threefry rounds with the last four rotations."""
    x = (x + y) & MASK
    y = (((y << L4) | (y >> R4)) & MASK) ^ x
    x = (x + y) & MASK
    y = (((y << L5) | (y >> R5)) & MASK) ^ x
    x = (x + y) & MASK
    y = (((y << L6) | (y >> R6)) & MASK) ^ x
    x = (x + y) & MASK
    y = (((y << L7) | (y >> R7)) & MASK) ^ x
    return x, y


@merged
def threefry(key0: Any, key1: Any, counter0: Any, counter1: Any) -> tuple[Any, Any]:
    """Threefry2x64-20 of a 128-bit counter under a 128-bit key, all as 64-bit words."""
    key2 = PARITY ^ key0 ^ key1
    x, y = four_rounds_even((counter0 + key0) & MASK, (counter1 + key1) & MASK)
    x, y = four_rounds_odd((x + key1) & MASK, (y + key2 + ONE) & MASK)
    x, y = four_rounds_even((x + key2) & MASK, (y + key0 + TWO) & MASK)
    x, y = four_rounds_odd((x + key0) & MASK, (y + key1 + THREE) & MASK)
    x, y = four_rounds_even((x + key1) & MASK, (y + key2 + FOUR) & MASK)
    return (x + key2) & MASK, (y + key0 + FIVE) & MASK


@merged
def unit(word: Any) -> float:
    """A number strictly between 0 and 1: the upper 52 bits of a word, centred in their cell."""
    return (float(word >> MANTISSA_SHIFT) + 0.5) * UNIT


@merged
def two_uniforms(
    seed: int, replication: int, person: int, purpose: int, occasion: int, item: int
) -> tuple[float, float]:
    """Two independent numbers strictly between 0 and 1: both words of the block of that name."""
    one, other = threefry(
        Word(seed),
        Word(replication),
        (Word(person) << PERSON_SHIFT) | Word(purpose),
        (Word(occasion) << OCCASION_SHIFT) | Word(item),
    )
    return unit(one), unit(other)


@merged
def uniform(seed: int, replication: int, person: int, purpose: int, occasion: int, item: int) -> float:
    """The first of the two uniforms of that name."""
    return two_uniforms(seed, replication, person, purpose, occasion, item)[0]


@merged
def exponential(seed: int, replication: int, person: int, purpose: int, occasion: int, item: int) -> float:
    """A unit-exponential waiting budget: minus the logarithm of the uniform of the same name."""
    return -log(uniform(seed, replication, person, purpose, occasion, item))


if COMPILED:
    EXPONENT_BITS = np.int64(0x7FF0000000000000)
    HALF_BITS = np.int64(0x3FE0000000000000)

    @merged
    def split(x: float) -> tuple[Any, Any]:
        """``x`` as mantissa in [0.5, 1) and power of two, for normal positive ``x``."""
        bits = np.float64(x).view(np.int64)
        power = ((bits & EXPONENT_BITS) >> 52) - 1022
        return np.int64((bits & ~EXPONENT_BITS) | HALF_BITS).view(np.float64), power

    @compiled
    def power_of_two(power: int) -> float:
        """Two to a whole power within the range of normal numbers."""
        return np.int64((power + 1023) << 52).view(np.float64)

else:

    def split(x: float) -> tuple[float, int]:
        """``x`` as mantissa in [0.5, 1) and power of two."""
        return math.frexp(x)

    def power_of_two(power: int) -> float:
        """Two to a whole power."""
        return math.ldexp(1.0, power)


LN2_HIGH = 6.93147180369123816490e-01
LN2_LOW = 1.90821492927058770002e-10
SQRT_HALF = 0.7071067811865476


@merged
def log(x: float) -> float:
    """Natural logarithm of a normal positive number, to under one unit in the last place (fdlibm ``e_log.c``)."""
    mantissa, power = split(x)
    if mantissa < SQRT_HALF:
        mantissa *= 2.0
        power -= 1
    f = mantissa - 1.0
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01))
    odd = z * (
        6.666666666666735130e-01
        + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01))
    )
    half_square = 0.5 * f * f
    k = float(power)
    return float(k * LN2_HIGH - ((half_square - (s * (half_square + (even + odd)) + k * LN2_LOW)) - f))


@compiled
def exp(x: float) -> float:
    """Exponential of a number between -700 and 700, to under one unit in the last place (fdlibm ``e_exp.c``)."""
    k = math.floor(x * 1.44269504088896338700 + 0.5)
    high = x - k * LN2_HIGH
    low = k * LN2_LOW
    r = high - low
    t = r * r
    c = r - t * (
        1.66666666666666019037e-01
        + t
        * (
            -2.77777777770155933842e-03
            + t * (6.61375632143793436117e-05 + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))
        )
    )
    y = 1.0 - ((low - (r * c) / (2.0 - c)) - high)
    return float(y * power_of_two(int(k)))


@compiled
def normal(seed: int, replication: int, person: int, purpose: int, occasion: int) -> float:
    """A standard normal by Marsaglia's polar method; tries are items of the same occasion."""
    item = 0
    while True:
        u, v = two_uniforms(seed, replication, person, purpose, occasion, item)
        a, b = 2.0 * u - 1.0, 2.0 * v - 1.0
        s = a * a + b * b
        if 0.0 < s < 1.0:
            return a * math.sqrt(-2.0 * log(s) / s)
        item += 1


@compiled
def gamma(seed: int, replication: int, person: int, purpose: int, shape: float) -> float:
    """A Gamma(shape, scale 1) variate (Marsaglia and Tsang, ACM TOMS 26, 2000); tries are occasions of the purpose."""
    boosted = shape if shape >= 1.0 else shape + 1.0
    d = boosted - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    attempt = 1
    while True:
        x = normal(seed, replication, person, purpose, 2 * attempt)
        v = 1.0 + c * x
        if v > 0.0:
            v = v * v * v
            u = uniform(seed, replication, person, purpose, 2 * attempt + 1, 0)
            # The first test implies the second, and spares most of its logarithms.
            if u < 1.0 - 0.0331 * (x * x) * (x * x) or log(u) < 0.5 * x * x + d - d * v + d * log(v):
                break
        attempt += 1
    if shape >= 1.0:
        return d * v
    return d * v * exp(log(uniform(seed, replication, person, purpose, 0, 0)) / shape)
