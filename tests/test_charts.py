"""Figures: the same bytes every time, legible colours, text alternatives, and nothing clipped or fetched."""

from __future__ import annotations

import copy
import functools
import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import Any

import pytest
from small_runs import compared

from simulator.charts import Chart, charts_of
from simulator.charts.figures import compared_arms, headline_arm
from simulator.charts.style import AXIS_GREY, INK, PALETTE, WHITE, contrast
from simulator.report.results import results_of
from simulator.report.text import pounds

NAMES = ["npsv-by-arm", "by-agency", "by-kind", "cumulative-value", "proven-offences"]
SVG = "{http://www.w3.org/2000/svg}"


@functools.cache
def shipped() -> dict[str, Any]:
    return results_of(compared())


@functools.cache
def drawn() -> tuple[Chart, ...]:
    return tuple(charts_of(shipped(), pounds))


def document() -> dict[str, Any]:
    return copy.deepcopy(shipped())


def words_in(chart: Chart) -> list[str]:
    return [element.text or "" for element in ET.fromstring(chart.svg).iter(f"{SVG}text")]


def test_black_on_white_has_the_greatest_contrast_there_is():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#123456", "#123456") == 1.0


@pytest.mark.parametrize("colour", [*PALETTE, AXIS_GREY])
def test_every_colour_stands_out_from_white(colour: str):
    assert contrast(colour, WHITE) >= 3.0


@pytest.mark.parametrize("pair", [*pairwise(PALETTE)])
def test_colours_that_meet_can_be_told_apart(pair: tuple[str, str]):
    assert contrast(*pair) >= 3.0


def test_text_in_figures_is_legible():
    assert contrast(INK, WHITE) >= 7.0


def test_figures_are_the_same_to_the_byte():
    assert charts_of(document(), pounds) == list(drawn())


def test_figures_do_not_change_with_the_readers_own_settings():
    import matplotlib

    with matplotlib.rc_context(
        {"font.size": 30, "axes.facecolor": "red", "svg.fonttype": "path", "lines.linewidth": 9}
    ):
        assert charts_of(document(), pounds) == list(drawn())


def test_every_figure_is_there_and_is_xml():
    assert [chart.name for chart in drawn()] == NAMES
    for chart in drawn():
        assert ET.fromstring(chart.svg).tag == f"{SVG}svg"


@pytest.mark.parametrize("chart", NAMES)
def test_every_figure_has_a_text_alternative(chart: str):
    made = next(each for each in drawn() if each.name == chart)
    root = ET.fromstring(made.svg)
    assert root.get("role") == "img"
    named = (root.get("aria-labelledby") or "").split()
    texts = {element.get("id"): element.text for element in root if element.tag in (f"{SVG}title", f"{SVG}desc")}
    assert [texts[name] for name in named] == [made.title, made.description]
    assert len(made.description) > 40


def test_names_in_figures_never_meet_on_one_page():
    names = [name for chart in drawn() for name in re.findall(r'\bid="([^"]*)"', chart.svg)]
    assert len(names) == len(set(names))


def test_every_reference_in_a_figure_is_to_itself():
    for chart in drawn():
        names = set(re.findall(r'\bid="([^"]*)"', chart.svg))
        used = re.findall(r'href="([^"]*)"', chart.svg) + re.findall(r"url\(([^)]*)\)", chart.svg)
        assert used
        assert {each.lstrip("#") for each in used} <= names
        assert all(each.startswith("#") for each in used)


def test_text_is_text_sans_serif_and_at_least_twelve_points():
    for chart in drawn():
        styles = [element.get("style") or "" for element in ET.fromstring(chart.svg).iter(f"{SVG}text")]
        assert styles
        assert all("sans-serif" in style for style in styles)
        sizes = [float(size) for style in styles for size in re.findall(r"([\d.]+)px", style)]
        assert min(sizes) >= 12.0


def test_every_arm_and_its_npsv_are_labelled():
    said = words_in(drawn()[0])
    for arm in compared_arms(shipped()):
        assert pounds(arm["npsv_gbp"]) in said
        low, high = arm["npsv_interval"]
        assert f"{pounds(low)} to {pounds(high)}" in said


def test_thousands_have_commas():
    made = document()
    for arm in made["arms"]:
        for row in arm["by_year"]:
            row["proven_offences"]["level"] *= 100.0
    said = words_in(charts_of(made, pounds)[-1])
    assert any(re.fullmatch(r"\d{1,3},\d{3}", words) for words in said)


def straight_lines(chart: Chart) -> list[tuple[float, float]]:
    """Where the straight lines of a figure start and end, from left to right."""
    lines = re.findall(r'<path d="M ([\d.]+) [\d.]+ \nL ([\d.]+) [\d.]+ \n"', chart.svg)
    return [(float(left), float(right)) for left, right in lines]


def test_an_interval_is_drawn_in_full_on_both_sides_of_zero():
    made = document()
    for arm in compared_arms(made):
        arm["npsv_gbp"], arm["npsv_interval"] = 0.0, [-1e6, 1e6]
        arm["simulation_interval"]["npsv_gbp"] = [-1e5, 1e5]
    lines = [line for line in straight_lines(charts_of(made, pounds)[0]) if line[0] != line[1]]
    widths = sorted({round(right - left, 2) for left, right in lines})
    assert len({round((left + right) / 2.0, 1) for left, right in lines}) == 1
    simulation, effect, axis = widths
    assert effect == pytest.approx(10.0 * simulation, rel=1e-3)
    assert effect < axis


def test_an_arm_without_an_interval_is_a_dot_that_says_so():
    made = document()
    for arm in compared_arms(made):
        arm["npsv_interval"] = arm["simulation_interval"]["npsv_gbp"] = None
    assert "no interval" in words_in(charts_of(made, pounds)[0])


def test_a_scheme_without_costs_or_benefits_can_be_drawn():
    made = document()
    arm = headline_arm(made)
    for row in [*arm["by_agency"], *arm["by_kind"], *arm["by_budget"]]:
        row["programme_cost_gbp"] = row["benefit_gbp"] = 0.0
    chart = charts_of(made, pounds)[1]
    assert "No cost and no benefit" in chart.description


@pytest.mark.parametrize("years", [1, 40])
def test_short_and_long_horizons_can_be_drawn(years: int):
    made = document()
    for arm in made["arms"]:
        arm["by_year"] = [{**arm["by_year"][0], "year": year + 1} for year in range(years)]
    assert len(charts_of(made, pounds)) == len(NAMES)


def test_a_dollar_sign_or_an_angle_bracket_in_a_title_is_only_a_sign():
    made = document()
    headline_arm(made)["title"] = "As $run$ <b> & more"
    for chart in charts_of(made, pounds):
        ET.fromstring(chart.svg)
        assert "<b>" not in chart.svg


def test_the_scheme_as_run_is_the_headline_and_else_the_first_arm():
    made = document()
    assert headline_arm(made)["name"] == "as_run"
    made["comparator"] = "as_run"
    assert headline_arm(made)["name"] == made["arms"][0]["name"]
