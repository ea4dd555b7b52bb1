"""The Justice Data Lab's matched comparison, run on simulated people.

A person on the scheme is followed for a year from an index date: the first sentence without custody, or release, of the
index year. The comparison group are people of the same scheme, run without its effect: nearly all are the same people, and
the mean hazard is the same within 1%, so matching is about perfect. Intention to treat is kept: deselection does not end
the year.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from simulator.evaluation.lives import Floats, Lives, Whole
from simulator.model.records import get
from simulator.model.states import ARREST_ENDS, LIBERTY, MANAGED, RELEASED

DAYS_PER_YEAR = 365.25
TIERS = 3
FOLLOWED_YEARS = 1.0
OVER_12_WEEKS = 12.0 * 7.0 / DAYS_PER_YEAR
YEARS = 2  # an index year, and one more to follow the last of its people


class Followed(NamedTuple):
    """One entry for each person followed; the last four only say something of those who reoffended."""

    offences: Floats  # proven reoffences in the year
    sentences: Floats  # custodial sentences, counted per offence
    offences_by_tier: Floats  # (people, tiers)
    index_tier: Floats  # the most severe tier of the index occasion, 0 where there was none
    stay_years: Floats  # on the scheme from selection to deselection
    days: Floats  # to the first reoffence, NaN for none
    custodial: Floats  # whether the first reoffence ended in custody
    tier: Floats  # of the first reoffence

    @property
    def people(self) -> int:
        """How many people."""
        return len(self.offences)

    def only(self, chosen: Whole | Floats) -> Followed:
        """Some of the people."""
        return Followed(*(each[chosen] for each in self))


def joined(parts: Sequence[Followed]) -> Followed:
    """The people of several replications."""
    return Followed(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def index_rows(lives: Lives) -> Whole:
    """Each person's first sentence without custody, or release, in the index year while on the scheme; -1 for none."""
    rows = lives.rows_of(ARREST_ENDS, RELEASED)
    free = lives.column("justice")[rows] == LIBERTY
    managed = lives.column("scheme")[rows] == MANAGED
    return lives.first(rows[free & managed], lives.ever(0.0), lives.ever(1.0))


def index_rows_before_start(lives: Lives, most_years: float = 0.5, leave_out: bool = True) -> Whole:
    """The same with people who were selected up to ``most_years`` after the index date, unless they reoffended first.

    Those who did are left out, as the Data Lab left out 16 and 15 people: time in which nobody counted could reoffend.
    ``leave_out`` false keeps them.
    """
    rows = lives.rows_of(ARREST_ENDS, RELEASED)
    rows = rows[lives.column("justice")[rows] == LIBERTY]
    index = lives.first(rows, lives.ever(0.0), lives.ever(1.0))
    date = lives.value_at(index, "date", np.inf)
    person, selected, deselected = lives.stays
    held = np.full(lives.people, np.inf)
    reaches = (deselected > date[person]) & (selected <= date[person] + most_years)
    np.minimum.at(held, person[reaches], np.maximum(selected[reaches], date[person[reaches]]))
    first = lives.first(lives.occasions, date, lives.ever(np.inf))
    offends = lives.value_at(first, "date", np.inf)
    return np.where(np.isfinite(held) & ((offends > held) | (not leave_out)), index, -1)


def followed(lives: Lives, index: Whole) -> Followed:
    """The year after the index row of each person who has one."""
    who = np.flatnonzero(index >= 0)
    start = lives.value_at(index, "date", np.inf)
    end = start + FOLLOWED_YEARS
    occasions = lives.occasions
    offences = lives.occasion_offences
    tiers = by_tier(lives)
    first = lives.first(occasions, start, end)[who]
    place = np.searchsorted(occasions, np.maximum(first, 0))
    there = first >= 0
    before = np.searchsorted(occasions, index[who], side="right") - 1
    same = (before >= 0) & (lives.person[occasions[np.maximum(before, 0)]] == who)
    custodial = lives.custodial
    return Followed(
        offences=lives.count(occasions, start, end, offences)[who],
        sentences=lives.count(occasions, start, end, offences * custodial)[who],
        offences_by_tier=np.stack(
            [lives.count(occasions, start, end, tiers[:, each])[who] for each in range(TIERS)], 1
        ),
        index_tier=np.where(same, worst(tiers)[np.maximum(before, 0)], 0.0),
        stay_years=stay_at(lives, start)[who],
        days=np.where(there, (lives.value_at(first, "date", np.nan) - start[who]) * DAYS_PER_YEAR, np.nan),
        custodial=np.where(there, custodial[np.minimum(place, len(occasions) - 1)], 0.0),
        tier=np.where(there, worst(tiers)[np.minimum(place, len(occasions) - 1)], 0.0),
    )


def by_tier(lives: Lives) -> Floats:
    """Offences of each occasion by severity tier."""
    tier_of = np.asarray(get(lives.rates.values, 0, "severity_tier")[: lives.kinds.shape[1]], np.int64)
    return np.stack([lives.kinds[:, tier_of == tier].sum(axis=1) for tier in range(1, TIERS + 1)], 1).astype(float)


def worst(tiers: Floats) -> Floats:
    """The most severe tier of each occasion, 1 the most severe."""
    return np.asarray(np.argmax(tiers > 0.0, axis=1) + 1.0)


def stay_at(lives: Lives, dates: Floats) -> Floats:
    """Length of the stay on the scheme that each person's date falls in; 0 outside one."""
    person, selected, deselected = lives.stays
    within = (selected <= dates[person]) & (deselected > dates[person])
    length = np.zeros(lives.people)
    length[person[within]] = (deselected - selected)[within]
    return length


def measures_of(people: Followed) -> dict[str, float]:
    """The Data Lab's measures by name, in its own units, and what its intervals imply about spread.

    Rates in percent; frequencies per person, or per reoffender where the name says so; days of reoffenders.
    """
    again = people.only(np.flatnonzero(people.offences > 0.0))
    share = 100.0 / max(again.people, 1)
    compared = again.only(np.flatnonzero(again.index_tier > 0.0))
    of_compared = 100.0 / max(compared.people, 1)
    measures = {
        "rate": 100.0 * again.people / max(people.people, 1),
        "frequency": mean(people.offences),
        "days_to_first": mean(again.days),
        "custodial_rate": share * float(again.custodial.sum()),
        "custodial_frequency": mean(again.sentences),
        "less_severe": of_compared * float((compared.tier > compared.index_tier).sum()),
        "same_severity": of_compared * float((compared.tier == compared.index_tier).sum()),
        "more_severe": of_compared * float((compared.tier < compared.index_tier).sum()),
        "standard_deviation_of_offences": float(people.offences.std()) if people.people else 0.0,
        "standard_deviation_of_days": float(again.days.std()) if again.people else 0.0,
    }
    for tier in range(1, TIERS + 1):
        measures[f"tier_{tier}_rate"] = share * float((again.tier == tier).sum())
        measures[f"tier_{tier}_frequency"] = mean(again.offences_by_tier[:, tier - 1])
    return measures


def mean(values: Floats) -> float:
    """The mean; 0 of nothing."""
    return float(values.mean()) if len(values) else 0.0


def standard_errors_of(people: Followed, studied: int) -> dict[str, float]:
    """Standard error of each headline measure in a study of so many people, from the spread of those simulated.

    Binomial for rates, spread over the root of the number for means; of reoffenders only, so many as the rate gives.
    """
    measures = measures_of(people)
    rate = measures["rate"] / 100.0
    again = people.only(np.flatnonzero(people.offences > 0.0))
    reoffenders = max(studied * rate, 1.0)
    custodial = measures["custodial_rate"] / 100.0
    return {
        "rate": 100.0 * float(np.sqrt(rate * (1.0 - rate) / studied)),
        "frequency": measures["standard_deviation_of_offences"] / float(np.sqrt(studied)),
        "days_to_first": measures["standard_deviation_of_days"] / float(np.sqrt(reoffenders)),
        "custodial_rate": 100.0 * float(np.sqrt(custodial * (1.0 - custodial) / reoffenders)),
        "custodial_frequency": float(again.sentences.std() / np.sqrt(reoffenders)) if again.people else 0.0,
    }
