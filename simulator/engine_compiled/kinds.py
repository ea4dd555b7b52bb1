"""The types of the offences of logged occasions, drawn again by the names of their draws."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.draws import two_uniforms
from simulator.jit import compiled
from simulator.model.justice import band_of
from simulator.model.states import MORE_TYPES, OFFENCES


@compiled
def draw_kinds(
    persons: Any, ordinals: Any, offences: Any, groups_of: Any, groups: Any, types: int, seed: int, replication: int,
    counts: Any,
) -> None:  # fmt: skip
    """Add one to ``counts[row, type]`` for each offence of each row, as ``model.justice`` drew it."""
    for row in range(len(persons)):
        mix = groups[groups_of[persons[row]]].offence_mix
        _, first = two_uniforms(seed, replication, persons[row], OFFENCES, ordinals[row], 0)
        counts[row, band_of(mix, types, first)] += 1
        for other in range(1, offences[row]):
            one, two = two_uniforms(seed, replication, persons[row], MORE_TYPES, ordinals[row], (other - 1) // 2)
            counts[row, band_of(mix, types, one if other % 2 == 1 else two)] += 1


def offence_kinds(
    persons: NDArray[np.int64],
    ordinals: NDArray[np.int64],
    offences: NDArray[np.int64],
    groups_of: NDArray[np.int64],
    groups: Any,
    types: int,
    seed: int,
    replication: int,
) -> NDArray[np.int64]:
    """Offences by occasion and type.

    Args:
        persons, ordinals, offences: of each occasion: who, which of that person's occasions (from 1), how many offences.
        groups_of: the cohort group of each person.
        groups: the Group records.
    """
    counts = np.zeros((len(persons), types), np.int64)
    draw_kinds(persons, ordinals, offences, groups_of, groups, types, seed, replication, counts)
    return counts
