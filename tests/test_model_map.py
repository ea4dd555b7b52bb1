"""The model map: it holds every step that lives take and no other, names every state and event, and draws them all."""

from __future__ import annotations

import functools
import xml.etree.ElementTree as ET
from itertools import combinations
from typing import Any

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from watched_lives import Step, everything_seen, of_scheme

from simulator.charts import transitions as steps
from simulator.charts.model_map import arrows_of, drawing_of, model_map, transition_rows
from simulator.charts.model_map_places import BOXES, COURSES, FRAMES
from simulator.charts.style import house_style
from simulator.charts.sweeps.pictures import Picture
from simulator.charts.transitions import STATES, TRANSITIONS, Transition
from simulator.model import states
from simulator.scenario.layers import scheme_names

seen_everywhere = functools.cache(everything_seen)


def in_the_map() -> set[Step]:
    return {(each.part, each.before, states.EVENTS[event], each.after) for each in TRANSITIONS for event in each.events}


def test_the_map_holds_exactly_the_steps_that_lives_take() -> None:
    assert in_the_map() == seen_everywhere()[0]


@pytest.mark.parametrize("name", scheme_names())
def test_a_shipped_scheme_takes_no_step_outside_the_map(name: str) -> None:
    taken = of_scheme(name)
    assert len(taken) > 30
    assert taken <= in_the_map()


def test_every_event_makes_a_step_of_the_map() -> None:
    assert {event for each in TRANSITIONS for event in each.events} == set(range(len(states.EVENTS)))
    assert seen_everywhere()[1] == set(states.EVENTS)


def test_every_state_of_the_model_is_in_the_map() -> None:
    named = {name for part in STATES.values() for name in part}
    assert named >= {*states.JUSTICE_STATES, *states.SCHEME_STATES, *states.RAG_STATUSES}
    used = {(each.part, end) for each in TRANSITIONS for end in (each.before, each.after)}
    assert used == {(part, name) for part, names in STATES.items() for name in names}


def test_steps_are_listed_once() -> None:
    ends = [(each.part, each.before, each.after) for each in TRANSITIONS]
    assert len(ends) == len(set(ends))
    assert all(len(each.events) == len(set(each.events)) for each in TRANSITIONS)


def test_a_clock_is_of_the_kind_that_the_rules_make_it() -> None:
    assert steps.kind_of_clock(states.OCCASION) == "hazard clock"
    assert steps.kind_of_clock(states.EFFECT_FADES) == "hazard clock"
    assert steps.kind_of_clock(states.ARREST_ENDS) == "fixed clock"
    assert steps.kind_of_clock(states.ARRIVES) == "fixed clock"
    assert steps.kind_of_clock(states.SELECTED) == "done by the scheme"


def without(before: str, after: str) -> list[Transition]:
    return [each for each in TRANSITIONS if (each.before, each.after) != (before, after)]


@functools.cache
def picture() -> Picture:
    return model_map()


def texts_in(figure: Figure) -> list[Text]:
    return [text for text in figure.axes[0].texts if text.get_text()]


@functools.cache
def drawn() -> Figure:
    with house_style("model-map"):
        figure = drawing_of(TRANSITIONS)
        FigureCanvasAgg(figure).draw()
    return figure


def extents(artist: Any) -> Bbox:
    return artist.get_window_extent(drawn().canvas.get_renderer())


def test_steps_that_a_whole_frame_shares_are_one_arrow() -> None:
    arrows = {(each.part, each.before, each.after) for each in arrows_of(TRANSITIONS)}
    assert (steps.JUSTICE, "at liberty", "arrest") in arrows
    assert (steps.JUSTICE, "liberty", "arrest") not in arrows
    assert (steps.JUSTICE, steps.ON_LICENCE, "custody") in arrows  # nobody else is recalled
    fewer = {(each.part, each.before, each.after) for each in arrows_of(without("liberty", "arrest"))}
    assert (steps.JUSTICE, "at liberty", "arrest") not in fewer
    assert (steps.JUSTICE, steps.ON_LICENCE, "arrest") in fewer


def test_arrows_taken_apart_at_their_frames_are_the_steps() -> None:
    taken_apart = set()
    for arrow in arrows_of(TRANSITIONS):
        ends = [members(arrow.part, name) for name in (arrow.before, arrow.after)]
        taken_apart |= {(arrow.part, one, other, arrow.events) for one in ends[0] for other in ends[1]}
    assert taken_apart == set(map(tuple, TRANSITIONS))


def members(part: str, name: str) -> tuple[str, ...]:
    return FRAMES[part][name].members if name in FRAMES[part] else (name,)


def test_every_arrow_has_a_course_and_no_course_is_left_over() -> None:
    assert {(each.part, each.before, each.after) for each in arrows_of(TRANSITIONS)} == set(COURSES)


def test_a_step_without_a_course_is_drawn_all_the_same() -> None:
    more = [*TRANSITIONS, Transition(steps.SCHEME, "pool", "deselected", (states.DIES,))]
    assert (
        model_map(more).chart.svg.count("dies or is deported") == picture().chart.svg.count("dies or is deported") + 1
    )


def test_every_state_has_a_box_and_every_event_its_words() -> None:
    for part, names in STATES.items():
        assert set(BOXES[part]) == set(names)
    words = " ".join(" ".join(text.get_text().split()) for text in texts_in(drawn()))
    assert all(name in words for names in STATES.values() for name in names)
    assert all(event in words for event in states.EVENTS)


def test_nothing_is_clipped_and_no_words_lie_on_others_or_on_a_box() -> None:
    texts = {text: extents(text) for text in texts_in(drawn())}
    figure = drawn().bbox
    for one, room in texts.items():
        assert figure.x0 <= room.x0 and room.x1 <= figure.x1 and figure.y0 <= room.y0 and room.y1 <= figure.y1, one
    for one, other in combinations(texts, 2):
        assert not overlap(texts[one], texts[other]), (one.get_text(), other.get_text())
    names = {name for part in STATES.values() for name in part}
    boxes = [patch for patch in drawn().axes[0].patches if to_hex(patch.get_facecolor()) == "#ffffff"]
    assert len(boxes) == sum(len(part) for part in STATES.values())
    for text, room in texts.items():
        assert text.get_text() in names or not any(overlap(room, extents(box)) for box in boxes), text.get_text()


def overlap(one: Bbox, other: Bbox) -> bool:
    common = Bbox.intersection(one, other)
    return common is not None and min(common.width, common.height) > 1.0


def test_the_picture_is_the_same_every_time_and_says_what_it_shows() -> None:
    assert model_map() == picture()
    svg = ET.fromstring(picture().chart.svg)
    assert svg.get("role") == "img"
    assert picture().png.startswith(b"\x89PNG")
    assert all(part in picture().chart.description for part in STATES)


def test_the_table_has_every_step_and_names_the_kind_of_clock() -> None:
    rows = transition_rows()
    assert [(row["From"], row["To"]) for row in rows] == [(each.before, each.after) for each in TRANSITIONS]
    (ends,) = [row for row in rows if (row["From"], row["To"]) == ("managed", "deselected")]
    assert ends["What makes it"] == "hazard clock; fixed clock; done by the scheme"
    assert ends["When"].split("; ") == [states.EVENTS[event] for event in steps.STAY_ENDS]
