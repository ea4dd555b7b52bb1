"""The justice rules: the offending occasion, its disposal, custody, release and recall."""

from __future__ import annotations

from typing import Any

from simulator.draws import two_uniforms
from simulator.jit import compiled, inlined
from simulator.model.clocks import NEVER, TICK, draw_budget, on_grid, run_on, stand_still
from simulator.model.hazards import in_effect, set_recall_hazard
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
from simulator.model.scheme import deselect, note_arrest, restart_rag
from simulator.model.states import (
    ARREST,
    ARREST_ENDS,
    CODE_6A,
    CUSTODY,
    DISPOSAL,
    LIBERTY,
    LICENCE_ENDS,
    MANAGED,
    MORE_TYPES,
    OCCASION,
    OCCASION_PURPOSES,
    OFFENCES,
    RAG_TURNS,
    RELEASED,
    SENTENCE,
)
from simulator.model.tally import count, count_person

LONG_SENTENCE_YEARS = 5.0


@compiled
def draw_luck(person: Any, occasion: int, purposes: int) -> None:
    """Draw the luck of one occasion, all purposes side by side, before anything waits for it.

    ``purposes`` is an argument for the same reason as in ``clocks.draw_budgets_ahead``.
    """
    seed, replication, number = person.seed, person.replication, person.number
    firsts, seconds = person.first_words, person.second_words
    for purpose in range(purposes):
        firsts[purpose], seconds[purpose] = two_uniforms(seed, replication, number, OFFENCES + purpose, occasion, 0)


@compiled
def luck(person: Any, purpose: int) -> tuple[float, float]:
    """The two uniforms of one purpose at the person's latest occasion."""
    return person.first_words[purpose - OFFENCES], person.second_words[purpose - OFFENCES]


@compiled
def luck_of_types(person: Any, item: int) -> tuple[float, float]:
    """The two uniforms for the types of two more offences of the latest occasion; few have more than three."""
    if item == 0:
        return luck(person, MORE_TYPES)
    return two_uniforms(person.seed, person.replication, person.number, MORE_TYPES, person.occasions, item)


@compiled
def band_of(cumulative: Any, bands: int, u: float) -> int:
    """The first of ``bands`` cumulative shares above ``u``; the last where rounding leaves none.

    Counted without stopping early, because a processor compares many at once but guesses badly where to stop.
    """
    band = 0
    for share in range(bands - 1):
        band += 1 if u >= cumulative[share] else 0
    return band


@inlined
def geometric(mean: float, u: float) -> int:
    """A number 1, 2, ... with the given mean, from one uniform: more than n with chance (1 - 1/mean)^n."""
    number = 1
    more = 1.0 - 1.0 / mean
    chance = more
    while u < chance:
        number += 1
        chance *= more
    return number


@compiled
def book_offence(person: Any, group: Any, values: Any, activity: Any, u: float, now: float) -> int:
    """Book one proven offence under a type drawn from the mix; its severity tier, 1 the most severe."""
    kind = band_of(group.offence_mix, values.offence_types, u)
    count(person, activity, OFFENCES_FROM + kind, 1.0, now)
    return int(values.severity_tier[kind])


@inlined
def draw_offences(person: Any, group: Any, values: Any, activity: Any, mean: float, now: float) -> int:
    """How many proven offences the occasion has, each booked by its type; the severity tier of the worst."""
    u, first = luck(person, OFFENCES)
    person.offences = geometric(mean, u)
    worst = book_offence(person, group, values, activity, first, now)
    left = person.offences - 1
    item = 0
    while left > 0:
        one, other = luck_of_types(person, item)
        worst = min(worst, book_offence(person, group, values, activity, one, now))
        if left > 1:
            worst = min(worst, book_offence(person, group, values, activity, other, now))
        left -= 2
        item += 1
    return worst


@inlined
def occasion(person: Any, group: Any, values: Any, activity: Any, now: float) -> None:
    """An offending occasion: one arrest, one or more proven offences, the ratios now in force."""
    person.occasions += 1
    person.justice = ARREST
    stand_still(person, now)
    years = on_grid(draw_budget(person, OCCASION) / person.hazards[OCCASION])
    person.dates[OCCASION] = person.years_at_liberty + years
    effect = in_effect(person)
    more = values.offences_per_occasion - 1.0
    if effect:
        more *= values.offences_per_occasion_ratio
    before = person.severity
    person.severity = draw_offences(person, group, values, activity, 1.0 + more, now)
    person.as_severe = before > 0 and person.severity <= before
    person.custody_chance = values.first_custody_chance if person.occasions == 1 else values.later_custody_chance
    if effect:
        person.custody_chance *= values.custody_ratio
    count(person, activity, ARRESTS, 1.0, now)
    count_person(person, activity, now)
    note_arrest(person, values, now)
    person.dates[ARREST_ENDS] = on_grid(now + values.arrest_years)
    person.dates[RAG_TURNS] = NEVER
    person.rag_stage = 0


@inlined
def arrest_ends(person: Any, values: Any, activity: Any, now: float) -> None:
    """Disposal; the luck of this occasion has been used up."""
    dispose(person, values, activity, now)
    draw_luck(person, person.occasions + 1, OCCASION_PURPOSES)


@inlined
def dispose(person: Any, values: Any, activity: Any, now: float) -> None:
    """Disposal: custody, a community sentence, or other."""
    for_custody, for_community = luck(person, DISPOSAL)
    if for_custody < person.custody_chance:
        count(person, activity, CUSTODY_DISPOSALS, 1.0, now)
        # The Data Lab counts custodial sentences per offence.
        count(person, activity, CUSTODIAL_SENTENCES, float(person.offences), now)
        start_sentence(person, values, activity, now)
        return
    community = for_community < values.community_chance
    count(person, activity, COMMUNITY_DISPOSALS if community else OTHER_DISPOSALS, 1.0, now)
    return_to_liberty(person, values, now)


@inlined
def return_to_liberty(person: Any, values: Any, now: float) -> None:
    """Everything that runs only at liberty runs on."""
    person.justice = LIBERTY
    run_on(person, now)
    set_recall_hazard(person, values, now)
    restart_rag(person, values, now)


@inlined
def start_sentence(person: Any, values: Any, activity: Any, now: float) -> None:
    """Custody for the served share of a sentence drawn uniformly within its band; the rest will be on licence."""
    for_band, within = luck(person, SENTENCE)
    band = band_of(values.sentence_band_share, values.sentence_bands, for_band)
    low = values.sentence_from_years[band]
    high = values.sentence_to_years[band]
    person.sentence_years = low + (high - low) * within
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


@inlined
def release(person: Any, values: Any, activity: Any, now: float) -> None:
    """Release, on licence while any of the sentence is left."""
    count(person, activity, RELEASES, 1.0, now)
    person.barred = False
    if person.licence_until > now:
        person.dates[LICENCE_ENDS] = person.licence_until
    return_to_liberty(person, values, now)


@inlined
def recall(person: Any, values: Any, activity: Any, now: float) -> None:
    """Recall to custody without a proven offence, for the standard term or the rest of the licence if shorter."""
    count(person, activity, RECALLS, 1.0, now)
    stand_still(person, now)
    go_to_custody(person, min(now + values.recall_years, person.licence_until), now)
