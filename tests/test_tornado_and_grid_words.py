"""What a tornado and a grid say of small results made by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_sweeps import (
    BARS,
    LINE,
    PLANE,
    SUBJECT,
    WORDS,
    bar,
    falling,
    frame,
    grid_line,
    grid_plane,
    grid_words,
    said_of,
    tornado,
)

from simulator.report.sweeps.break_evens import crossings
from simulator.report.sweeps.grid import grid_document
from simulator.report.sweeps.kinds import text_of
from simulator.uncertainty.grids import Axis

# Tornado.


def test_a_flip_is_named_with_its_end_and_its_arm() -> None:
    document = tornado()
    assert [each["name"] for each in document["bars"] if each["flips"]] == ["effect.occasions_ratio"]
    assert "effect on the frequency of offending (at its low → 'Fuller caseload')" in document["sentences"][1]
    assert "; at low → Fuller caseload" in said_of(document)


def test_without_a_flip_it_says_so() -> None:
    assert "No input, moved alone within its range, would flip the decision." in said_of(tornado(BARS[1:]))


def test_a_sign_that_changes_is_told_from_a_decision_that_flips() -> None:
    pays = bar("costs.place_year", 100e3, -600e3)  # at its low end it pays, and still another arm may be preferred
    assert "rises above zero with cost of a place at its low (£100k)" in said_of(tornado((pays,)))
    assert "stays below zero whichever" in said_of(tornado(BARS[1:]))
    assert "falls below zero with effect on the frequency of offending at its high" in said_of(tornado(npsv=100e3))


def test_a_bar_on_one_side_of_the_base_reaches_to_the_base() -> None:
    found = next(each for each in tornado()["bars"] if each["name"] == "population.paused_years")
    assert (found["is_one_sided"], found["swing_gbp"]) == (True, 200e3)


def test_bars_narrower_than_the_noise_are_marked_and_no_others() -> None:
    assert [each["within_noise"] for each in tornado(noise=2e3)["bars"]] == [False, False, False, True]
    assert not any(each["within_noise"] for each in tornado(noise=1e3)["bars"])
    assert not any(each["within_noise"] for each in tornado(noise=math.nan)["bars"])


def test_twenty_bars_are_shown_and_the_others_counted() -> None:
    many = tuple(bar(f"costs.made_{number}", -600e3 - number, -400e3) for number in range(23))
    said = said_of(tornado(many))
    assert sum(line.startswith("costs.made_") for line in text_of(tornado(many)).split("\n")) == 20
    assert "And 3 more" in said
    assert said.index("costs.made_22 ") < said.index("costs.made_3 ")


def test_fitted_rates_have_their_warning_only_where_they_are_moved() -> None:
    assert "Rates fitted together leave the reported figures" in said_of(tornado())
    assert "Rates fitted together" not in said_of(tornado(BARS[:1]))


# Grids.


def test_break_even_lies_where_a_straight_line_crosses_zero() -> None:
    (found,) = [each for each in grid_line()["break_evens"] if each["arm"] == "as_run"]
    assert found["value"] == pytest.approx(0.73)
    assert (found["between"], found["pays"], found["is_clear"]) == ([0.7, 0.8], "below", True)


lines = st.tuples(
    st.floats(-5.0, 5.0), st.floats(0.1, 10.0), st.lists(st.floats(-9.0, 9.0), min_size=2, max_size=8, unique=True)
)


@given(lines)
def test_a_straight_line_is_crossed_once_and_exactly_wherever_its_points_lie(
    line: tuple[float, float, list[float]],
) -> None:
    zero, slope, places = line
    found = crossings([(place, slope * (place - zero), 0.1) for place in places])
    inside = min(places) <= zero < max(places)
    assert len(found) == int(inside)
    for each in found:
        assert each.value == pytest.approx(zero, abs=1e-9)
        assert each.pays_above
        assert each.standard_error is not None
        assert each.standard_error <= 0.1 / slope * (1.0 + 1e-9)


def test_noise_of_a_break_even_is_that_of_npsv_over_its_slope() -> None:
    (found,) = crossings([(1.0, -100.0, 30.0), (3.0, 100.0, 40.0)])
    assert (found.value, found.standard_error) == (2.0, pytest.approx(math.hypot(15.0, 20.0) / 100.0))
    assert crossings([(1.0, -100.0, None), (3.0, 100.0, 40.0)])[0].standard_error is None


def test_a_crossing_beside_a_point_within_noise_is_not_clear() -> None:
    found = grid_line(noise=200e3)["break_evens"][0]
    assert not found["is_clear"]
    assert "within noise of zero" in said_of(grid_line(noise=200e3))


def test_the_line_of_break_even_runs_as_it_was_made() -> None:
    found = grid_plane()["break_evens"]
    assert [(each["axis"], each["at"][0]["value"]) for each in found] == [
        ("effect.occasions_ratio", places) for places in (40.0, 80.0, 120.0)
    ]
    assert [each["value"] for each in found] == pytest.approx([0.79, 0.75, 0.71])
    assert {each["pays"] for each in found} == {"below"}


def test_whichever_axis_comes_first_the_line_is_solved_for_the_one_that_crosses_more_often() -> None:
    axes = PLANE[::-1]
    found = grid_document(SUBJECT, frame(lambda places, ratio: falling(ratio, places), axes), axes, "as_run")
    assert [each["value"] for each in found["break_evens"]] == pytest.approx([0.79, 0.75, 0.71])
    assert {each["axis"] for each in found["break_evens"]} == {"effect.occasions_ratio"}


def test_an_arm_that_pays_nowhere_is_said_to() -> None:
    axes = [Axis("programme.places", ("40", "80"))]
    said = said_of(grid_document(SUBJECT, frame(lambda _: -1e6, axes), axes, "as_run"))
    assert "'As run': costs exceed benefits at every point" in said
    assert "Preferred at every point: 'No scheme'." in said


def test_words_have_no_break_even() -> None:
    assert grid_words()["break_evens"] == []
    assert "benefits exceed costs at 1 of 2 points" in said_of(grid_words())


def test_points_within_noise_are_marked() -> None:
    assert "£0~" in said_of(grid_document(SUBJECT, frame(lambda _: 0.0, LINE), LINE, "as_run"))


def test_three_axes_are_a_table_of_points() -> None:
    axes = [*PLANE, *WORDS]
    document = grid_document(SUBJECT, frame(lambda ratio, places, _: falling(ratio, places), axes), axes, "as_run")
    assert len(document["points"]) == 24
    assert document["points"][5]["values"] == [0.6, 120.0, "inclusive"]
    assert said_of(document).count("inclusive") == 12
    assert document["break_evens"] == []


def test_the_preferred_arms_of_two_axes_have_letters() -> None:
    said = said_of(grid_plane())
    assert "Preferred: A Fuller caseload, B No scheme" in said


def test_other_cost_tables_count_in_other_prices() -> None:
    axes = [Axis("appraisal.cost_table", ("horr99", "ho_2019_20"))]
    document = grid_document(SUBJECT, frame(lambda _: 1e5, axes), axes, "as_run")
    assert [point["price_base"] for point in document["points"]] == ["2015/16", "2019/20"]
    assert "--price-base makes amounts comparable" in said_of(document)


def test_a_cheaper_arm_saves_and_gives_up() -> None:
    cheaper = frame(falling, LINE).assign(programme_cost_gbp=-1e6)
    assert "saves programme cost" in said_of(grid_document(SUBJECT, cheaper, LINE, "as_run"))
    assert "saves programme cost" not in said_of(grid_line())
