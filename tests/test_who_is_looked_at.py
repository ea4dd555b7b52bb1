"""Who a before/after protocol looks at and what it counts, against the same people looked at one by one."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from referees.worlds import BUSY, group, world
from told_lives import Spans, Story, overlap, spans_where, stays_in

from simulator.activity import Event
from simulator.evaluation.before_after import (
    BURGLARY,
    Protocol,
    Windows,
    bedfordshire,
    leicestershire,
    sussex,
    windows,
)
from simulator.evaluation.before_after_lines import (
    in_custody,
)
from simulator.evaluation.lives import Lives, lives_of
from simulator.model.rates import Places, Rates
from simulator.model.states import CUSTODY, LIBERTY, MANAGED, OCCASION, SELECTED

TYPES = (BURGLARY, "shoplifting", "other")


def everybody(lives: Lives) -> Windows:
    return windows(
        lives, np.ones(lives.people, bool), lives.ever(-1.0), lives.ever(0.0), lives.ever(0.0), lives.ever(1.0)
    )


HISTORY = 8.0


def busy(start: float, **changes: object) -> Rates:
    groups = [group(40, offence_mix=[0.3, 0.7, 1.0]), group(30, offence_mix=[0.6, 0.9, 1.0], rate_ratio=1.4)]
    places = 30
    before = (Places(start, places, False),) if start < 0.0 else ()
    made = world(
        groups, (Places(0.0, places, False),), before, BUSY, history_years=HISTORY, longest_stay_years=math.inf,
        green_years=1.0, reactive_years=2.0, desistance_years=3.0, **changes,
    )  # fmt: skip
    return made._replace(offence_types=TYPES)


@functools.cache
def observed(start: float, seed: int) -> tuple[Lives, tuple[Story, ...]]:
    lives = lives_of(busy(start), 3, seed, 0)
    rows = list(zip(*(lives.column(name) for name in Event._fields), strict=True))
    return lives, tuple(
        tuple(Event(*rows[row]) for row in np.flatnonzero(lives.person == person)) for person in range(lives.people)
    )


def number(story: Story, start: float, end: float, offences: bool) -> float:
    inside = [event for event in story if event.event == OCCASION and start < event.date <= end]
    return float(sum(event.offences for event in inside) if offences else len(inside))


def holding(story: Story, date: float) -> float | None:
    for since, until in stays_in(story):
        if since <= date and (until is None or until > date):
            return since
    return None


def inside(story: Story) -> Spans:
    return spans_where(story, "justice", CUSTODY, LIBERTY)


Told = tuple[float, float, float, float, float, float]  # two windows, scale, end of the longer one


def bedford(story: Story, stretched: bool = False) -> Told | None:
    selected = holding(story, 0.0)
    if selected is None or selected > -0.5 or overlap(inside(story), [(-1.0, 0.0)]) > 0.5:
        return None
    before = selected - 1.0
    if stretched:
        before -= overlap(inside(story), [(selected - 1.0, selected)])
    after = max(-1.0, selected)
    return before, selected, after, 0.0, 1.0 / -after, 0.0


def leicester(story: Story) -> Told | None:
    free = not any(start <= -1.0 < end for start, end in inside(story)) and all(
        state.justice == LIBERTY for state in [event for event in story if event.date <= -1.0][-1:]
    )
    if holding(story, -1.0) is None or not free or not number(story, -2.0, -1.0, False):
        return None
    return -2.0, -1.0, -1.0, 0.0, 1.0, 0.0


def southern(story: Story) -> Told | None:
    first = next((event.date for event in story if event.event == SELECTED), math.inf)
    if not 0.0 <= first <= 1.0 / 12.0:
        return None
    return first - 2.0, first, first, first + 1.0, 1.0, first + 2.0


@pytest.mark.parametrize(
    ("protocol", "told", "start", "least"),
    [
        (bedfordshire, bedford, -6.0, 20),
        (partial(bedfordshire, at_liberty=True), partial(bedford, stretched=True), -6.0, 20),
        (leicestershire, leicester, -6.0, 20),
        (sussex, southern, 0.0, 60),
    ],
)
def test_who_is_looked_at_and_what_is_counted(
    protocol: Protocol, told: Callable[[Story], Told | None], start: float, least: int
) -> None:
    looked = 0
    for seed in (1, 2, 3):
        lives, stories = observed(start, seed)
        people = protocol(lives)
        expected = [(person, found) for person, story in enumerate(stories) if (found := told(story)) is not None]
        assert people.people == len(expected)
        looked += len(expected)
        for at, (person, (before, until, after, end, scale, longer)) in enumerate(expected):
            story = stories[person]
            assert people.group[at] == lives.group[person]
            assert people.before[at] == number(story, before, until, True)
            assert people.occasions_before[at] == number(story, before, until, False)
            assert people.after[at] == pytest.approx(scale * number(story, after, end, True))
            assert people.occasions_after[at] == pytest.approx(scale * number(story, after, end, False))
            assert people.any_after[at] == (number(story, after, longer, False) > 0)
            active = spans_where(story, "active", 1.0, bool(lives.at_first_active[person]))
            within = [span for span in ((max(a, after), min(b, end)) for a, b in inside(story)) if span[0] < span[1]]
            taken = scale * lives.hazard[person] * overlap(within, active)
            assert people.lost[at] == pytest.approx(taken, abs=1e-6)
            within = [span for span in ((max(a, before), min(b, until)) for a, b in inside(story)) if span[0] < span[1]]
            made_up = 0.0 if isinstance(protocol, partial) else 1.0
            taken = made_up * lives.hazard[person] * overlap(within, active)
            assert people.lost_before[at] == pytest.approx(taken, abs=1e-6)
    assert looked >= least


def test_burglaries_are_those_among_the_offences() -> None:
    lives, _ = observed(-6.0, 1)
    people = everybody(lives)
    kinds = lives.kinds[:, 0].astype(float)
    assert people.burglaries_after.sum() == lives.count(lives.occasions, lives.ever(0.0), lives.ever(1.0), kinds).sum()
    assert 0 < people.burglaries_after.sum() < people.after.sum()
    other = lives_of(busy(-6.0)._replace(offence_types=("a", "b", "c")), 1, 1, 0)
    assert not everybody(other).burglaries_after.any()


def test_in_custody_are_those_with_a_place_who_are_inside_on_the_day() -> None:
    lives, stories = observed(-6.0, 2)
    told = [
        (lives.group[person], any(a <= 0.0 < b for a, b in inside(story)))
        for person, story in enumerate(stories)
        if holding(story, 0.0) is not None
    ]
    groups, within = in_custody(lives)
    assert groups.tolist() == [each for each, _ in told]
    assert within.tolist() == [each for _, each in told]
    assert 0 < within.sum() < len(within)
    last = [[event for event in story if event.date <= 0.0][-1:] for story in stories]
    assert len(told) == sum(each[0].scheme == MANAGED for each in last if each)
