"""The justice rules: the offending occasion, its disposal, custody, release and recall."""

from __future__ import annotations

import math
from typing import Any

from simulator.draws import log, uniform
from simulator.jit import compiled
from simulator.model.clocks import NEVER, TICK, on_grid
from simulator.model.measures import (
    ARRESTS,
    COMMUNITY_DISPOSALS,
    CUSTODIAL_SENTENCES,
    CUSTODY_DISPOSALS,
    OFFENCES_FROM,
    OTHER_DISPOSALS,
    RECALLS,
    RELEASES,
)
from simulator.model.scheme import deselect, in_effect, note_arrest, restart_rag
from simulator.model.states import (
    ARREST,
    ARREST_ENDS,
    CODE_6A,
    COMMUNITY_DECISION,
    CUSTODY,
    CUSTODY_DECISION,
    LIBERTY,
    LICENCE_ENDS,
    MANAGED,
    OFFENCE_TYPE,
    OFFENCES,
    RAG_TURNS,
    RELEASED,
    SENTENCE_BAND,
    SENTENCE_LENGTH,
)
from simulator.model.tally import count, count_person

LONG_SENTENCE_YEARS = 5.0


@compiled
def luck(person: Any, purpose: int, item: int) -> float:
    """The uniform of one purpose at the person's latest occasion."""
    return uniform(person.seed, person.replication, person.number, purpose, person.occasions, item)


@compiled
def band_of(cumulative: Any, bands: int, u: float) -> int:
    """The first of ``bands`` cumulative shares above ``u``; the last where rounding leaves none."""
    band = 0
    while band < bands - 1 and u >= cumulative[band]:
        band += 1
    return band


@compiled
def geometric(mean: float, u: float) -> int:
    """A number 1, 2, ... with the given mean, from one uniform: the number of trials to a success of chance 1/mean."""
    if mean <= 1.0:
        return 1
    return 1 + int(math.floor(log(u) / log(1.0 - 1.0 / mean)))


@compiled
def draw_offences(person: Any, groups: Any, values: Any, activity: Any, now: float) -> int:
    """Book each proven offence of the occasion by its type; the severity tier of the worst (1 the most severe)."""
    worst = 99
    for offence in range(person.offences):
        kind = band_of(
            groups[person.group].offence_mix,
            values.offence_types,
            luck(person, OFFENCE_TYPE, offence),
        )
        worst = min(worst, int(values.severity_tier[kind]))
        count(person, activity, OFFENCES_FROM + kind, 1.0, now)
    return worst


@compiled
def occasion(person: Any, groups: Any, values: Any, activity: Any, now: float) -> None:
    """An offending occasion: one arrest, one or more proven offences, the ratios now in force."""
    person.occasions += 1
    effect = in_effect(person)
    more = values.offences_per_occasion - 1.0
    if effect:
        more *= values.offences_per_occasion_ratio
    person.offences = geometric(1.0 + more, luck(person, OFFENCES, 0))
    before = person.severity
    person.severity = draw_offences(person, groups, values, activity, now)
    person.as_severe = before > 0 and person.severity <= before
    person.custody_chance = values.first_custody_chance if person.occasions == 1 else values.later_custody_chance
    if effect:
        person.custody_chance *= values.custody_ratio
    count(person, activity, ARRESTS, 1.0, now)
    count_person(person, activity, now)
    note_arrest(person, values, now)
    person.justice = ARREST
    person.dates[ARREST_ENDS] = on_grid(now + values.arrest_years)
    person.dates[RAG_TURNS] = NEVER
    person.rag_stage = 0


@compiled
def arrest_ends(person: Any, values: Any, activity: Any, now: float) -> None:
    """Disposal: custody, a community sentence, or other."""
    if luck(person, CUSTODY_DECISION, 0) < person.custody_chance:
        count(person, activity, CUSTODY_DISPOSALS, 1.0, now)
        # The Data Lab counts custodial sentences per offence.
        count(person, activity, CUSTODIAL_SENTENCES, float(person.offences), now)
        start_sentence(person, values, activity, now)
        return
    community = luck(person, COMMUNITY_DECISION, 0) < values.community_chance
    count(person, activity, COMMUNITY_DISPOSALS if community else OTHER_DISPOSALS, 1.0, now)
    person.justice = LIBERTY
    restart_rag(person, values, now)


@compiled
def start_sentence(person: Any, values: Any, activity: Any, now: float) -> None:
    """Custody for the served share of a sentence drawn uniformly within its band; the rest will be on licence."""
    band = band_of(values.sentence_band_share, values.sentence_bands, luck(person, SENTENCE_BAND, 0))
    low = values.sentence_from_years[band]
    high = values.sentence_to_years[band]
    person.sentence_years = low + (high - low) * luck(person, SENTENCE_LENGTH, 0)
    person.licence_until = max(person.licence_until, on_grid(now + person.sentence_years))
    if person.sentence_years > LONG_SENTENCE_YEARS:
        person.barred = True
        if person.scheme == MANAGED:
            deselect(person, activity, values, CODE_6A, now)
    go_to_custody(person, now + person.sentence_years * values.served_share, now)


@compiled
def go_to_custody(person: Any, until: float, now: float) -> None:
    """Custody from now until a date at least one tick away."""
    person.justice = CUSTODY
    person.dates[RELEASED] = max(on_grid(until), now + TICK)
    person.dates[LICENCE_ENDS] = NEVER
    person.dates[RAG_TURNS] = NEVER


@compiled
def release(person: Any, values: Any, activity: Any, now: float) -> None:
    """Release, on licence while any of the sentence is left."""
    count(person, activity, RELEASES, 1.0, now)
    person.justice = LIBERTY
    person.barred = False
    if person.licence_until > now:
        person.dates[LICENCE_ENDS] = person.licence_until
    restart_rag(person, values, now)


@compiled
def recall(person: Any, values: Any, activity: Any, now: float) -> None:
    """Recall to custody without a proven offence, for the standard term or the rest of the licence if shorter."""
    count(person, activity, RECALLS, 1.0, now)
    go_to_custody(person, min(now + values.recall_years, person.licence_until), now)
