"""Figures of sweeps: the same bytes every time, few colours, text alternatives, and what a reader must see in them."""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_pictures import NAMES, SVG, pictures, pictures_of, said_in, words_in
from made_sweeps import (
    BARS,
    LINE,
    MADE,
    SUBJECT,
    WORDS,
    bar,
    draws,
    frame,
    psa,
    tornado,
    worths,
)

from simulator.charts.style import PALETTE, TEXT_POINTS
from simulator.charts.sweeps.chances import drawings_for, interval_picture
from simulator.charts.sweeps.curves import cost_picture, value_picture
from simulator.charts.sweeps.grid import grid_pictures
from simulator.charts.sweeps.heat import has_numbers
from simulator.charts.sweeps.pictures import apart, reach, value_with_unit
from simulator.charts.sweeps.plane import plane_picture
from simulator.charts.sweeps.tornado import tornado_picture
from simulator.charts.sweeps.worths import studies_picture, worths_picture
from simulator.report.sweeps.grid import grid_document
from simulator.report.sweeps.kinds import drawn_in
from simulator.report.text import pounds
from simulator.uncertainty.grids import Axis


@pytest.mark.parametrize("name", MADE)
def test_every_figure_is_written_twice_and_has_its_text_alternative(name: str, tmp_path: Path) -> None:
    drawn = drawn_in(MADE[name](), tmp_path)
    assert [each.name for each in drawn] == NAMES[name]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        f"{each}.{form}" for each in NAMES[name] for form in ("svg", "png")
    )
    for each in drawn:
        root = ET.fromstring(each.svg.read_text("utf-8"))
        assert root.get("role") == "img"
        texts = {element.get("id"): element.text for element in root if element.tag in (f"{SVG}title", f"{SVG}desc")}
        assert [texts[part] for part in (root.get("aria-labelledby") or "").split()] == [each.title, each.description]
        assert len(each.description) > 60
        assert each.png.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize("name", MADE)
def test_figures_are_the_same_to_the_byte_in_both_formats_whatever_the_readers_settings(name: str) -> None:
    import matplotlib

    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "red", "savefig.dpi": 30, "lines.linewidth": 9}):
        document = MADE[name]()
        assert pictures_of(document) == list(pictures(name))
    assert document == MADE[name]()  # drawing changes nothing in it


def test_no_date_and_no_version_is_in_a_figure() -> None:
    (picture,) = pictures("tornado")
    assert b"Software" not in picture.png
    assert b"tEXt" not in picture.png
    assert not re.search(r"https?://matplotlib|<dc:|Matplotlib v", picture.chart.svg)


def test_a_picture_is_as_large_as_the_drawing() -> None:
    (picture,) = pictures("tornado")
    width, _ = struct.unpack(">II", picture.png[16:24])
    assert width == 1338  # 6.69 inches at 200 dots


@pytest.mark.parametrize("name", MADE)
def test_text_is_at_least_twelve_points_and_at_most_four_colours_of_the_palette_are_used(name: str) -> None:
    for picture in pictures(name):
        sizes = [float(size) for size in re.findall(r"font(?:-size)?: (?:bold )?([\d.]+)px", picture.chart.svg)]
        assert sizes
        assert min(sizes) >= TEXT_POINTS
        used = {colour for colour in PALETTE if colour.lower() in picture.chart.svg}
        assert len(used) <= 4


@pytest.mark.parametrize("name", MADE)
def test_every_figure_says_what_it_is_of_and_how_it_is_priced(name: str) -> None:
    for picture in pictures(name):
        said = said_in(picture)
        assert picture.chart.title in said
        assert "A small scheme, 5 years against 'No scheme', present value in 2015/16 prices" in said
        assert "seed 1." in said


@pytest.mark.parametrize("name", MADE)
def test_no_text_leaves_the_figure_at_the_left_or_above(name: str) -> None:
    for picture in pictures(name):
        for element in ET.fromstring(picture.chart.svg).iter(f"{SVG}text"):
            moved = re.search(r"translate\(([-\d.]+) ([-\d.]+)\)", element.get("transform") or "")
            x, y = (moved[1], moved[2]) if moved else (element.get("x") or "0", element.get("y") or "0")
            assert float(x) >= 0.0
            assert float(y) >= 0.0


def test_a_sign_in_a_title_is_only_a_sign(tmp_path: Path) -> None:
    document = tornado()
    document["title"] = "As $run$ <b> & more"
    document["bars"][0]["preferred_at_low_title"] = "$x_1$ <i>"
    (picture,) = pictures_of(document)
    ET.fromstring(picture.chart.svg)
    assert "$x_1$ <i>" in said_in(picture)


# Tornado.


def test_a_tornado_names_base_ends_and_the_arm_at_a_flip() -> None:
    words = words_in(pictures("tornado")[0])
    assert "base −£500k" in words
    assert "0.5 → Fuller caseload" in words
    assert words.count("2") == len(BARS)


def test_fifteen_bars_are_drawn_and_the_others_counted() -> None:
    many = tuple(bar(f"costs.made_{number}", -600e3 - number, -400e3) for number in range(19))
    said = said_in(tornado_picture(tornado(many), pounds))
    assert sum(f"made {number}" in said for number in range(4, 19)) == 15
    assert "4 narrower bars are not shown" in said


def test_a_bar_within_noise_says_so_in_the_figure() -> None:
    assert "within noise" in said_in(pictures("tornado")[0])
    assert "within noise" not in said_in(tornado_picture(tornado(noise=1.0), pounds)).lower()


def test_bars_that_all_lie_on_the_base_can_be_drawn() -> None:
    tornado_picture(tornado((bar("costs.place_year", -500e3, -500e3),)), pounds)
    tornado_picture(tornado(()), pounds)


def test_limits_leave_room_for_the_labels() -> None:
    low, high = reach([0.0, 100.0], [(100.0, 1, 20), (0.0, -1, 10)], 6.0)
    inch = (high - low) / 6.0
    assert high == pytest.approx(100.0 + (20 * 0.098 + 0.12) * inch)
    assert low == pytest.approx(-(10 * 0.098 + 0.12) * inch)


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (2000.0, "gbp per place per year", "£2,000"),
        (-1.0, "position from the cheaper mix (-1) to the dearer (1)", "cheaper mix"),
        (0.534, "ratio", "0.534"),
        (0.75317, "chance", "75%"),
        (1.0, "years", "1 year"),
        (90.0, "days", "90 days"),
        ("explicit", "", "explicit"),
    ],
)
def test_values_carry_what_makes_their_unit_plain(value: float | str, unit: str, words: str) -> None:
    assert value_with_unit(value, unit) == words


# Grids.


def test_the_line_chart_marks_where_the_chosen_arm_breaks_even() -> None:
    said = said_in(pictures("grid_line")[0])
    assert "breaks even at 0.73" in said
    assert "● As run −£1.70m" in said
    assert "■ Fuller caseload −£2.55m" in said


def test_values_in_any_order_give_the_same_line() -> None:
    axes = [Axis(LINE[0].name, ("0.9", "0.7", "0.6", "0.8"))]
    mixed = grid_document(SUBJECT, frame(lambda ratio: 1e7 * (0.73 - float(ratio)), axes), axes, "as_run")
    (drawn,) = grid_pictures(mixed, pounds)
    assert drawn.png == pictures("grid_line")[0].png


def test_at_most_four_arms_are_in_colour_and_the_others_counted() -> None:
    arms = {f"arm_{number}": f"Choice {number}" for number in range(7)}
    subject = SUBJECT._replace(titles={"nothing": "No scheme", **arms})
    one = frame(lambda ratio: 1e7 * (0.73 - float(ratio)), LINE)
    rows = one[one["arm"] == "as_run"]
    many = (
        rows.loc[rows.index.repeat(7)]
        .assign(arm=lambda each: [f"arm_{number % 7}" for number in range(len(each))])
        .reset_index(drop=True)
    )
    many["npsv_gbp"] += 1e4 * many["arm"].str[-1].astype(float)
    (picture,) = grid_pictures(grid_document(subject, many, LINE, "arm_2"), pounds)
    said = said_in(picture)
    assert all(f"Choice {number}" in said for number in range(7))  # every line has its label
    assert sum(f"{mark} Choice" in said for mark in "●■▲◆") == 4
    assert "Grey: 3 other funding choices." in said


def test_a_heat_map_has_its_numbers_in_the_cells_and_a_line_at_zero() -> None:
    words = words_in(pictures("grid_plane")[0])
    for amount in ("£1.90m", "−£100k", "−£1.90m"):
        assert amount in words
    assert "Black line: break-even" in said_in(pictures("grid_plane")[0])


def plane_of(rows: int, columns: int, shift: float = 0.0) -> dict[str, Any]:
    axes = [
        Axis("effect.occasions_ratio", tuple(f"{0.5 + 0.01 * place:.2f}" for place in range(rows))),
        Axis("programme.places", tuple(str(40 + place) for place in range(columns))),
    ]
    npsv = frame(lambda ratio, places: 1e7 * (0.6 - float(ratio)) + 1e4 * (float(places) - 40) + shift, axes)
    return grid_document(SUBJECT, npsv, axes, "as_run")


def test_many_cells_have_lines_of_equal_npsv_instead() -> None:
    assert [has_numbers(np.zeros(shape)) for shape in ((30, 20), (30, 5), (3, 12), (5, 5))] == [
        False,
        False,
        False,
        True,
    ]
    words = words_in(grid_pictures(plane_of(30, 20), pounds)[0])
    assert sum(words_.startswith(("£", "−£")) for words_ in words) >= 6


@pytest.mark.parametrize(
    ("rows", "columns", "shift"), [(1, 3, 0.0), (3, 1, 0.0), (2, 2, 1e9), (20, 20, 1e9), (1, 30, 0.0)]
)
def test_thin_and_one_sided_planes_can_be_drawn(rows: int, columns: int, shift: float) -> None:
    grid_pictures(plane_of(rows, columns, shift), pounds)


def test_words_are_points_without_a_line() -> None:
    svg = pictures("grid_words")[0].chart.svg
    assert "breaks even nowhere in this range" in svg
    assert "explicit" in said_in(pictures("grid_words")[0])


def test_three_axes_have_no_figure(tmp_path: Path) -> None:
    axes = [*LINE, *WORDS, Axis("programme.places", ("40", "80"))]
    document = grid_document(SUBJECT, frame(lambda *_: 1.0, axes), axes, "as_run")
    assert drawn_in(document, tmp_path) == []


# Draws, indices, structures.


def test_every_arm_has_its_mean_and_its_chance() -> None:
    said = said_in(pictures("chances")[0])
    assert "−£500k 25% above zero" in said
    assert "32% above zero" in said


def test_the_curve_by_value_warns_of_counting_twice() -> None:
    said = said_in(pictures("chances")[1])
    assert "adding the same harm again would count it twice" in said
    assert "- - No scheme 30%" in said


def test_the_plane_says_what_an_offence_prevented_brings() -> None:
    found = psa()["plane"]["by_arm"][0]
    assert found["benefit_per_reoffence_prevented_gbp"] == pytest.approx(10e3)
    assert "Dashed: break-even, £10k for each offence prevented" in said_in(pictures("chances")[3])


def test_without_a_clear_number_prevented_there_is_no_line_of_break_even() -> None:
    made = draws()
    nothing = made._replace(reoffences_prevented=made.reoffences_prevented - [0.0, 50.0, 60.0])
    assert "No line of break-even" in said_in(plane_picture(psa(nothing), pounds))


def test_worths_and_studies_are_drawn_only_where_there_is_something_to_show() -> None:
    assert len(drawings_for(psa())) == 6
    assert drawings_for(psa(worths=None)) == [interval_picture, value_picture, cost_picture, plane_picture]
    assert worths_picture not in drawings_for(psa(worths=worths(0.0)))
    assert cost_picture not in drawings_for(psa(draws(cost=-1e6)))


def test_what_cannot_be_told_has_no_bar() -> None:
    assert "nothing told" in said_in(pictures("chances")[4])
    assert "£360k ± £39k" in said_in(pictures("chances")[4])


def test_the_cost_of_a_study_is_a_line() -> None:
    assert "its cost £150k" in said_in(studies_picture(psa(study_cost_gbp=150e3), pounds))
    assert "its cost" not in said_in(pictures("chances")[-1])


def test_luck_has_its_own_bars() -> None:
    said = said_in(pictures("variance")[0])
    assert "luck (simulation noise)" in said
    assert "4%, 5%" in said


def test_bounds_are_drawn() -> None:
    document = MADE["variance"]()
    document["indices"][0]["first_interval"] = [0.3, 0.9]
    (wider,) = pictures_of(document)
    assert wider.chart.description == pictures("variance")[0].chart.description
    assert wider.png != pictures("variance")[0].png


def test_an_alternative_that_flips_names_the_arm_and_a_figure_that_is_no_estimate_says_so() -> None:
    said = said_in(pictures("structures")[0])
    assert "£300k → Fuller caseload" in said
    assert "Hollow: not an estimate of effect." in said
    assert "prices of" not in said


def test_labels_stay_within_the_axes() -> None:
    assert apart([1.0, 5.0, 12.0], [1.0, 1.0, 1.0], 0.0, 10.0) == [1.0, 5.0, 9.5]
    assert apart([-2.0, 5.0], [1.0, 1.0], 0.0, 10.0) == [0.5, 5.0]
    assert apart([5.0, 5.0], [1.0, 3.0], 0.0, 10.0) == pytest.approx([4.0, 6.0])
    assert apart([], [], 0.0, 1.0) == []


@given(st.lists(st.tuples(st.floats(-20.0, 20.0), st.floats(0.1, 2.0)), max_size=9))
def test_labels_never_touch_and_keep_the_order_of_their_lines(labels: list[tuple[float, float]]) -> None:
    middles, heights = [middle for middle, _ in labels], [height for _, height in labels]
    placed = apart(middles, heights, -10.0, 10.0)
    order = sorted(range(len(middles)), key=lambda each: middles[each])
    for lower, upper in pairwise(order):
        assert placed[upper] - placed[lower] >= (heights[lower] + heights[upper]) / 2.0 - 1e-9
    for place, height in zip(placed, heights, strict=True):
        assert place - height / 2.0 >= -10.0 - 1e-9
        assert place + height / 2.0 <= 10.0 + 1e-9
