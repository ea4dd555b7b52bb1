"""What a reader must see in the figures of the documents, read from the figures themselves."""

from __future__ import annotations

import itertools
import re

import pytest
from document_answers import SHAPES, shipped
from drawn_documents import chart, charts, words_in
from drawn_shapes import shapes_of

from simulator.report.named import without_names
from simulator.report.text import pounds


def test_the_balance_marks_its_deepest_point_and_payback() -> None:
    said = words_in(chart("cumulative-value", "paid back"))
    assert "deepest −£1.30m" in said
    assert "paid back, year 3" in said
    message = without_names(chart("cumulative-value", "paid back").message)
    assert message == (
        "The balance of 'As run' is deepest at the end of year 2, at −£1.30m; it has paid for itself by the end of year 3."
    )
    assert "paid back" not in words_in(chart("cumulative-value"))
    assert "it has not paid for itself by the end of year 5" in without_names(chart("cumulative-value").message)


def test_cashable_capacity_and_what_is_in_no_budget_are_kept_apart() -> None:
    found = chart("by-agency", "every part")
    for words in ("cost £450k", "cashable £600k", "capacity £600k", "no budget £600k"):
        assert words_in(found).count(words) == 3, words
    assert [without_names(cell) for cell in found.table.rows[0]] == [
        "Police",
        "£450k",
        "£600k",
        "£600k",
        "£600k",
        "£1.35m",
    ]
    assert "not cashable" in found.chart.note


def test_the_message_says_whether_the_largest_benefit_is_cashable() -> None:
    said = without_names(chart("by-agency").message)
    assert re.search(r"The largest benefit, £\d+k \(capacity released, not cashable\), falls to Prison\.", said)
    every = without_names(chart("by-agency", "every part").message)
    assert "(cashable; capacity released, not cashable; in nobody's budget, not cashable)" in every


def test_panels_of_agencies_share_one_scale() -> None:
    found = shapes_of(chart("agency-years", "every part").chart.svg)
    heights = {
        colour: [round(each.box[3] - each.box[1], 1) for each in found if each.fill == colour and each.is_bar][1:]
        for colour in ("#f46a25", "#12436d")
    }  # without the key
    assert len(heights["#12436d"]) == 15
    assert heights["#12436d"] == heights["#12436d"][:5] * 3
    assert max(heights["#12436d"]) / heights["#f46a25"][0] == pytest.approx(200.0 / 90.0, rel=0.01)
    shipped_heights = [each.box[3] - each.box[1] for each in shapes_of(chart("agency-years").chart.svg) if each.is_bar]
    arm = next(each for each in shipped()["comparison"]["arms"] if each["name"] == "as_run")
    costs = sorted(
        (row["programme_cost_gbp"] for row in arm["by_budget"] if row["programme_cost_gbp"] > 1.0), reverse=True
    )
    tall = sorted(shipped_heights, reverse=True)
    assert tall[0] / tall[1] == pytest.approx(costs[0] / costs[1], rel=0.01)


def test_parts_by_agency_and_year_add_up_to_the_arm() -> None:
    arm = next(each for each in shipped()["comparison"]["arms"] if each["name"] == "as_run")
    for name in ("programme_cost_gbp", "benefit_gbp", "net_gbp"):
        whole = arm["npsv_gbp" if name == "net_gbp" else name]
        assert sum(row[name] for row in arm["by_budget"]) == pytest.approx(whole, abs=0.005)
        for year in arm["by_year"]:
            mine = sum(row[name] for row in arm["by_budget"] if row["year"] == year["year"])
            assert mine == pytest.approx(year[name], abs=0.005)
        for agency in arm["by_agency"]:
            mine = sum(row[name] for row in arm["by_budget"] if row["agency"] == agency["agency"])
            assert mine == pytest.approx(agency[name], abs=0.005)
        for kind in arm["by_kind"]:
            same = [
                row for row in arm["by_budget"] if (row["kind"], row["cashable"]) == (kind["kind"], kind["cashable"])
            ]
            assert sum(row[name] for row in same) == pytest.approx(kind[name], abs=0.005)


def test_the_bands_of_people_are_as_high_as_they_are_many() -> None:
    bands = [each for each in shapes_of(chart("occupancy").chart.svg) if each.stroke == "#ffffff"]
    arm, other = shipped()["whereabouts"]["arms"]
    assert [each.fill for each in bands] == ["#f46a25", "#12436d", "#28a197", "#f46a25", "#28a197"]
    wanted = [
        row[state]
        for row, states in (
            (arm["by_month"][-1], ("in_custody", "liberty_managed", "liberty_not_managed")),
            (other["by_month"][-1], ("in_custody", "liberty_not_managed")),
        )
        for state in states
    ]
    right = max(x for each in bands for x, _ in each.points)
    ends = [[y for x, y in each.points if x == pytest.approx(right)] for each in bands]
    heights = [max(ys) - min(ys) for ys in ends]
    for lower, upper in ((0, 1), (1, 2), (3, 4)):  # each stands on the one below
        assert max(ends[upper]) == pytest.approx(min(ends[lower]))
    scale = heights[0] / wanted[0]
    assert heights == pytest.approx([each * scale for each in wanted], rel=1e-3, abs=0.01)


def test_a_lane_shows_every_arrest_and_every_year_in_custody() -> None:
    people = shipped()["whereabouts"]["lives"]["people"]
    shapes = shapes_of(chart("lives").chart.svg)
    triangles = [each for each in shapes if each.mark.endswith("z") and each.fill == "#0b0c0c"]
    arrests = sum(life["arrests"] for person in people for life in person["arms"])
    assert len(triangles) == arrests + 1  # and the one of the key
    boxes = [each for each in shapes if each.fill == "#f46a25"][:-1]
    held = sum(life["custody_years"] for person in people for life in person["arms"])
    managed = [each for each in shapes if each.fill == "#12436d"][:-1]
    stays = sum(life["managed_years"] for person in people for life in person["arms"])
    wide = [sum(each.box[2] - each.box[0] for each in some) for some in (boxes, managed)]
    assert wide[0] / held == pytest.approx(wide[1] / stays, rel=1e-3)


def test_lives_of_people_under_neither_scheme_are_of_everybody() -> None:
    found = chart("lives", "nobody managed")
    assert "people of the pool, in order of their number of arrests" in found.chart.note
    assert len(found.table.rows) == 12


def test_no_label_is_lost_where_titles_are_long() -> None:
    for name in ("npsv-by-arm", "cumulative-value"):
        said = words_in(chart(name, "long titles"))
        for arm in shipped()["comparison"]["arms"]:
            if arm["name"] != "no_iom":
                assert pounds(arm["npsv_gbp"]) in said, name
    rows = chart("npsv-by-arm", "long titles").table.rows
    assert all("(" in row[0] for row in rows)  # whole in the table


def test_the_interval_message_names_every_arm_once() -> None:
    arms = [arm["title"] for arm in shipped()["comparison"]["arms"] if arm["name"] != "no_iom"]
    message = chart("npsv-by-arm").message
    assert all(message.count(f"'{title}'") == 1 for title in arms)
    assert "The 95% interval holds zero, so it may be a gain or a loss" in message


@pytest.mark.slow
@pytest.mark.parametrize(("one", "other"), list(itertools.pairwise(SHAPES)))
def test_another_shape_gives_another_figure(one: str, other: str) -> None:
    assert [each.png for each in charts(one)] != [each.png for each in charts(other)]
