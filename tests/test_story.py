"""The story of one offender, from a log of events made up by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from simulator.activity import Event
from simulator.model import states
from simulator.report.story import calendar_date, duration, rows_of, summary

START = date(2026, 4, 1)
DAY = 1 / 365.25
MONTH = 1 / 12


def happens(when: float, kind: int, **changes: Any) -> Event:
    """An event to person 7, at liberty in the pool unless said otherwise."""
    plain = Event(when, 7, kind, states.LIBERTY, states.POOL, -1, -1, 0, 0.0, True, False)
    return plain._replace(**changes)


MANAGED: dict[str, Any] = {"scheme": states.MANAGED}
LIFE = [
    happens(-0.5, states.OCCASION, justice=states.ARREST, offences=4),
    happens(-0.5 + DAY, states.ARREST_ENDS, offences=4),
    happens(0.0, states.SELECTED, **MANAGED, rag=states.AMBER, offences=4),
    happens(0.1, states.EFFECT_STARTS, **MANAGED, rag=states.AMBER, offences=4),
    happens(1.0, states.OCCASION, **MANAGED, justice=states.ARREST, rag=states.RED, offences=1),
    happens(1.0 + DAY, states.ARREST_ENDS, **MANAGED, justice=states.CUSTODY, rag=states.BLUE, offences=1, until=1.5),
    happens(1.5, states.RELEASED, **MANAGED, rag=states.AMBER, offences=1),
    happens(1.6, states.RECALLED, **MANAGED, justice=states.CUSTODY, rag=states.BLUE, offences=1, until=1.6 + 28 * DAY),
    happens(1.6 + 28 * DAY, states.RELEASED, **MANAGED, rag=states.AMBER, offences=1),
    happens(1.9, states.RAG_TURNS, **MANAGED, rag=states.GREEN, offences=1),
    happens(2.0, states.SPELL_TURNS, **MANAGED, rag=states.GREEN, offences=1, active=False),
    happens(2.3, states.RAG_TURNS, scheme=states.DESELECTED, code=states.CODE_1, offences=1, active=False, fading=True),
    happens(2.6, states.SPELL_TURNS, scheme=states.DESELECTED, code=states.CODE_1, offences=1, fading=True),
    happens(3.0, states.OCCASION, scheme=states.DESELECTED, code=states.CODE_1, justice=states.ARREST, offences=2),
    happens(3.0 + DAY, states.ARREST_ENDS, scheme=states.DESELECTED, code=states.CODE_1, offences=2),
    happens(4.0, states.DIES, scheme=states.DESELECTED, code=states.CODE_1, justice=states.LEFT, offences=2),
]
ROWS = rows_of(LIFE, START)
AT = {round(row.years, 6): row for row in ROWS}


def at(when: float) -> str:
    """The sentence at a date."""
    return AT[round(when, 6)].why


def test_every_event_is_told_in_order_with_its_date_and_states() -> None:
    assert len(ROWS) == len(LIFE)
    assert [row.years for row in ROWS] == [event.date for event in LIFE]
    assert [row.date for row in ROWS] == sorted(row.date for row in ROWS)
    first, selected = ROWS[0], ROWS[2]
    assert (first.event, first.justice, first.scheme, first.rag) == ("offending occasion", "arrest", "pool", "")
    assert (selected.date, selected.person) == ("2026-04-01", 7)
    assert (selected.event, selected.scheme, selected.rag) == ("selected", "managed", "AMBER")


def test_arrests_say_how_many_offences_with_singular_and_plural() -> None:
    assert at(-0.5) == "arrested with 4 proven offences to answer for"
    assert at(1.0) == "arrested with 1 proven offence to answer for"


def test_custody_says_how_long_and_whether_it_is_a_sentence_or_a_recall() -> None:
    assert at(1.0 + DAY) == "custodial sentence; 6 months to serve"
    assert at(1.6) == "licence recalled, no new offence proven; 28 days in custody"
    assert at(1.5) == "sentence or recall served"
    assert at(3.0 + DAY).startswith("a community or other sentence")


def test_rag_says_what_it_turned_to_and_deselection_says_its_code() -> None:
    assert at(1.9) == "no arrest for long enough: now GREEN"
    assert at(2.3).startswith("deselected under code 1: consistent desistance")
    assert AT[2.3].rag == ""


def test_a_later_event_of_the_deselected_is_not_told_as_a_deselection() -> None:
    assert "deselected" not in at(2.6)
    assert at(3.0) == "arrested with 2 proven offences to answer for"


def test_spells_and_selection_are_explained() -> None:
    assert at(2.0) == "stops offending for a spell"
    assert at(2.6) == "becomes active again"
    assert at(0.0) == "a place was free and this person first in line"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (states.CODE_5, states.MOVES_AWAY),
        (states.CODE_6A, states.ARREST_ENDS),
        (states.CODE_6B, states.DIES),
        (states.CODE_6C, states.LONGEST_STAY),
        (states.CLOSED, states.SCHEME_CLOSES),
    ],
)
def test_every_way_out_is_told_under_its_code(code: int, kind: int) -> None:
    stay = happens(0.0, states.SELECTED, **MANAGED, rag=states.AMBER)
    out = happens(1.0, kind, scheme=states.DESELECTED, code=code)
    assert states.DESELECTION_CODES[code] in rows_of([stay, out], START)[1].why


def test_two_peoples_stories_are_kept_apart() -> None:
    """Another person's stay must not make this person's event a deselection."""
    other = happens(0.0, states.SELECTED, **MANAGED, rag=states.AMBER)._replace(person=8)
    mine = happens(0.5, states.SPELL_TURNS, scheme=states.DESELECTED, code=states.CODE_1)
    assert rows_of([other, mine], START)[1].why == "becomes active again"


def test_the_summary_adds_up_the_appraised_years_only() -> None:
    text = summary(LIFE, 5)
    assert text.startswith("In 5 years: 2 arrests, 3 proven offences, ")
    assert "7 months served of sentences begun in that time" in text  # 182 days and 28
    assert "selected 1 time" in text
    assert "selected 1 times" not in text
    assert text.endswith("then gone from the area.")


def test_custody_beyond_the_horizon_is_not_added_up() -> None:
    sentence = happens(4.9, states.ARREST_ENDS, justice=states.CUSTODY, until=7.0)
    assert "37 days served" in summary([sentence], 5)


def test_a_life_without_events_is_a_story_too() -> None:
    assert rows_of([], START) == []
    assert summary([], 5).startswith("In 5 years: 0 arrests, 0 proven offences, 0 days served")
    assert summary([], 5).endswith("selected 0 times.")


def test_durations_are_in_days_then_months_then_years() -> None:
    assert duration(DAY) == "1 day"
    assert duration(28 * DAY) == "28 days"
    assert duration(7 * MONTH) == "7 months"
    assert duration(2.5) == "2.5 years"


def test_calendar_dates_count_from_the_start_both_ways() -> None:
    assert calendar_date(0.0, START) == "2026-04-01"
    assert calendar_date(1.0, START) == "2027-04-01"
    assert calendar_date(-1.0, START) == "2025-04-01"
