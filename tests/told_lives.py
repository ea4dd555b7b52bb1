"""A person's events told one by one, slowly and plainly: what the sorted arrays of an evaluation are checked against."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from referees.worlds import QUIET, group, world

from simulator.activity import Event
from simulator.evaluation.lives import lives_of
from simulator.model.rates import Places
from simulator.model.states import ARREST_ENDS, CUSTODY, MANAGED, SELECTED, SPELL_TURNS

Spans = list[tuple[float, float]]
Story = tuple[Event, ...]  # in the order in which they happened
LONG = 1e3


def spans_where(story: Story, name: str, wanted: float, at_first: float) -> Spans:
    """From when to when a state held; from long before the start of history to long after the end."""
    dates = [-LONG, *(event.date for event in story), LONG]
    states = [at_first, *(float(getattr(event, name)) for event in story)]
    return [(dates[n], dates[n + 1]) for n, state in enumerate(states) if state == wanted]


def overlap(one: Spans, other: Spans) -> float:
    """Years in both."""
    return math.fsum(max(0.0, min(b, d) - max(a, c)) for a, b in one for c, d in other)


def was_active(story: Story) -> bool:
    """At the start of history: as the first event leaves it, or the opposite where that is a turn."""
    return not story or story[0].active != (story[0].event == SPELL_TURNS)


def ended_in_custody(story: Story, occasion: Event) -> bool:
    """At the end of the arrest that follows an occasion."""
    for event in story[story.index(occasion) :]:
        if event.event == ARREST_ENDS:
            return event.justice == CUSTODY
    return False


def stays_in(story: Story) -> Iterator[tuple[float, float | None]]:
    """Selection and deselection, None for a stay that goes on."""
    for place, event in enumerate(story):
        if event.event == SELECTED:
            ends = [later.date for later in story[place:] if later.scheme != MANAGED]
            yield event.date, (ends[0] if ends else None)


def told_in_brief() -> list[object]:
    """What the arrays say of one tiny world, as plain numbers."""
    groups = [group(3, offence_mix=[0.3, 1.0]), group(2, offence_mix=[0.5, 1.0])]
    base = {**QUIET, "offence_types": 2, "severity_tier": [1.0, 3.0], "offences_per_occasion": 2.0}
    rates = world(
        groups, (Places(0.0, 2, False),), (), base, history_years=1.0, later_custody_chance=0.5, first_custody_chance=0.5,
        occasions_per_year=3.0, active_spells_end_per_year=1.0, paused_spells_end_per_year=1.0,
    )  # fmt: skip
    here = lives_of(rates, 1, 5, 2)
    begin, stop = here.ever(-1.0), here.ever(1.0)
    return [
        here.events.tolist(),
        here.kinds.tolist(),
        here.custodial.tolist(),
        here.hazard.tolist(),
        here.custody_years(begin, stop).tolist(),
        [column.tolist() for column in here.stays],
        here.active_until(np.arange(5), stop).tolist(),
    ]
