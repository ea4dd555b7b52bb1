"""Worlds for the matched comparison: everybody is held on the scheme and followed from an index date."""

from __future__ import annotations

import functools

import numpy as np
from referees.worlds import NEVER_CALM, world

from simulator.evaluation.lives import over_replications
from simulator.evaluation.matched import (
    YEARS,
    Followed,
    followed,
    index_rows,
    joined,
)
from simulator.model.rates import Places, Rates

PEOPLE, HISTORY = 3000, 2.0
M, B = 1.3, 1.8


def held(people: int | list = PEOPLE, **changes: object) -> Rates:
    """Everybody is selected at the first arrest and kept; no day of arrest."""
    values = {**NEVER_CALM, "occasions_per_year": M, "offences_per_occasion": B, **changes}
    start = -float(values.setdefault("history_years", HISTORY))
    return world(people, (Places(0.0, PEOPLE, False),), (Places(start, PEOPLE, False),), **values)


@functools.cache
def people_of(**changes: float) -> Followed:
    rates = held(**changes)
    return joined(over_replications(lambda lives: followed(lives, index_rows(lives)), rates, YEARS, 3, 4, workers=1))


CUSTODY = {"first_custody_chance": 0.4, "later_custody_chance": 0.4}
SHORT = {"sentence_from_years": [0.2], "sentence_to_years": [0.3]}


def again(people: Followed) -> Followed:
    return people.only(np.flatnonzero(people.offences > 0.0))


@functools.cache
def people_of_custody(ratio: float) -> Followed:
    rates = held(**CUSTODY, **SHORT, custody_ratio=ratio)
    return joined(over_replications(lambda lives: followed(lives, index_rows(lives)), rates, YEARS, 3, 3, workers=1))
