"""What a tornado and a grid say of small results made by hand."""

from __future__ import annotations

import math
from typing import Any

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
from simulator.report.sweeps.subject import Subject
from simulator.report.sweeps.tornado import tornado_document
from simulator.uncertainty.grids import Axis
from simulator.uncertainty.tornado import Tornado

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


# Noise.


def points_at(
    *npsv: float, noise: float = 10e3, cost: float = 1e6, ratio: float = 1.0, replications: int = 20
) -> dict[str, Any]:
    """A grid over as many values; ``fuller`` gains ``ratio`` times as much as ``as_run``."""
    axes = [Axis("effect.occasions_ratio", tuple(f"{0.5 + 0.1 * place:.1f}" for place in range(len(npsv))))]
    amounts = dict(zip(axes[0].values, npsv, strict=True))
    found = frame(lambda value: amounts[value], axes, noise)
    fuller = found["arm"] == "fuller"
    found.loc[fuller, "npsv_gbp"] *= ratio / 1.5
    found["programme_cost_gbp"] = [cost if value else 0.0 for value in found["npsv_gbp"]]
    subject = SUBJECT._replace(fields={**SUBJECT.fields, "replications": replications})
    return grid_document(subject, found, axes, "as_run")


def verdicts(document: dict[str, Any]) -> list[str]:
    return [point["by_arm"][0]["verdict"] for point in document["points"]]


def test_a_point_pays_costs_more_cannot_be_told_or_is_neither() -> None:
    document = points_at(100e3, 5e3, 0.0, -5e3, -100e3)
    assert verdicts(document) == ["pays", "cannot_be_told", "neither", "cannot_be_told", "costs_more"]
    assert "benefits exceed costs at every point" not in said_of(points_at(100e3, 5e3))
    said = said_of(points_at(100e3, 5e3))
    assert (
        "'As run': benefits exceed costs at 1 of 2 points; which is more, benefits or costs, cannot be told from noise at 1"
        in said
    )
    assert "cannot be told from noise at every point" in said_of(points_at(5e3, 6e3))


def test_an_empty_point_is_no_break_even() -> None:
    assert points_at(0.0, 100e3, 200e3)["break_evens"] == []
    assert points_at(-50e3, 100e3)["break_evens"] != []


def test_an_arm_that_leads_by_less_than_noise_is_not_preferred() -> None:
    document = points_at(100e3, 200e3, ratio=1.1)  # leads of £10k and £20k; noise ± £21k
    assert [point["preferred_is_clear"] for point in document["points"]] == [False, False]
    assert "Preferred at every point: cannot be told from noise." in said_of(document)
    wide = points_at(100e3, 400e3, ratio=1.1)
    assert [point["preferred_is_clear"] for point in wide["points"]] == [False, True]
    assert "Preferred: cannot be told from noise at 0.5; 'Fuller caseload' at 0.6." in said_of(wide)
    assert [point["preferred_is_clear"] for point in points_at(-5e3, -50e3)["points"]] == [False, True]


def test_noise_is_as_wide_as_in_a_comparison() -> None:
    assert verdicts(points_at(100e3)) == ["pays"]
    assert verdicts(points_at(100e3, replications=2)) == ["cannot_be_told"]  # ± 12.7 standard errors
    assert "£127k" in said_of(points_at(100e3, replications=2))
    assert "± £254k" in said_of(tornado_document(two_replications(), made_tornado()))


def two_replications() -> Subject:
    return SUBJECT._replace(fields={**SUBJECT.fields, "replications": 2})


def made_tornado() -> Tornado:
    return Tornado("as_run", "nothing", -500e3, 20e3, "nothing", {"as_run": -500e3}, BARS)


def test_one_replication_says_that_it_knows_no_noise() -> None:
    document = points_at(5e3, noise=math.nan, replications=1)
    assert verdicts(document) == ["pays"]
    assert "One replication does not tell its own noise" in said_of(document)


def test_two_axes_say_their_largest_noise() -> None:
    assert "NPSV of 'As run' (noise ± £21k at most), columns by programme.places:" in said_of(grid_plane())


def test_varied_years_are_not_said_to_be_five() -> None:
    axes = [Axis("appraisal.horizon_years", ("2", "5"))]
    said = said_of(grid_document(SUBJECT, frame(lambda _: 1e5, axes), axes, "as_run"))
    assert "5 years" not in said
    assert ", 5 years, against" in said_of(grid_line())


def test_a_name_given_twice_is_moved_once() -> None:
    document = tornado_document(SUBJECT._replace(only=("effect", "effect")), made_tornado())
    assert "Only effect moved." in said_of(document)
