"""What figures of sweeps show of noise, and of what cannot be told."""

from __future__ import annotations

import re

import pytest
from made_pictures import pictures, said_in, words_in
from made_sweeps import (
    ALTERNATIVES,
    LINE,
    SUBJECT,
    frame,
    psa,
    structures,
    worths,
)

from simulator.charts.style import DARK_BLUE, ORANGE
from simulator.charts.sweeps.chances import drawings_for
from simulator.charts.sweeps.grid import grid_pictures
from simulator.charts.sweeps.pictures import Picture
from simulator.charts.sweeps.structures import structures_picture
from simulator.charts.sweeps.worths import studies_picture, whisker
from simulator.report.sweeps.grid import grid_document
from simulator.report.text import pounds
from simulator.uncertainty.grids import Axis

# Noise, and what cannot be told.


def test_cells_whose_sign_noise_hides_are_marked_and_hatched() -> None:
    axes = [LINE[0], Axis("programme.places", ("40", "80"))]

    def drawn(noise: float) -> Picture:
        npsv = frame(lambda ratio, places: 1e7 * (0.73 - float(ratio)) + 1e3 * float(places), axes, noise)
        return grid_pictures(grid_document(SUBJECT, npsv, axes, "as_run"), pounds)[0]

    assert "£380k~" in words_in(drawn(200e3))
    assert "Hatched, ~: which is more cannot be told from noise." in said_in(drawn(200e3))
    assert "<pattern" in drawn(200e3).chart.svg
    assert "~" not in said_in(drawn(1e3))
    assert "<pattern" not in drawn(1e3).chart.svg


def test_keys_of_lines_are_in_the_colour_of_the_line() -> None:
    for name, place in (("grid_line", 0), ("chances", 1), ("chances", 2), ("chances", 3)):
        svg = pictures(name)[place].chart.svg
        keys = {text: style for style, text in re.findall(r"<text[^>]*style=\"([^\"]*)\"[^>]*>([●■])<", svg)}
        assert set(keys) == {"●", "■"}
        assert f"fill: {DARK_BLUE.lower()}" in keys["●"]
        assert f"fill: {ORANGE.lower()}" in keys["■"]


def test_the_plane_says_the_range_of_its_means() -> None:
    found = psa()["plane"]["by_arm"][0]
    assert found["reoffences_prevented_interval"] == pytest.approx([40.5, 59.5])
    assert found["programme_cost_interval_gbp"] == [1e6, 1e6]
    assert "50 prevented [40 to 60] for £1.00m [£1.00m to £1.00m]" in said_in(pictures("chances")[3])


def test_a_study_that_cannot_be_told_is_hollow_and_said() -> None:
    document = psa()
    document["worths"]["studies"][0]["told_from_zero"] = False
    changed = studies_picture(document, pounds)
    assert "Hollow: cannot be told from zero." in said_in(changed)
    assert "100 people nothing told" in changed.chart.description
    assert "Hollow" not in said_in(pictures("chances")[-1])
    white = "fill: #ffffff; stroke: "
    assert changed.chart.svg.count(white) == pictures("chances")[-1].chart.svg.count(white) + 1


def test_no_whisker_goes_beyond_everything_or_below_nothing() -> None:
    line = {"worth_gbp": 90.0, "standard_error_gbp": 10.0}
    assert whisker(line, 100.0) == pytest.approx((70.4, 100.0))
    assert whisker(line, 80.0)[1] == 90.0
    assert whisker({"worth_gbp": 5.0, "standard_error_gbp": 10.0}, 100.0) == pytest.approx((0.0, 24.6))


def test_a_study_of_nothing_drawn_has_no_figure() -> None:
    found = worths()
    silent = found._replace(studies=tuple(study._replace(log_errors={}) for study in found.studies))
    assert studies_picture not in drawings_for(psa(worths=silent))
    assert studies_picture in drawings_for(psa())


def test_varied_years_are_not_in_the_foot() -> None:
    axes = [Axis("appraisal.horizon_years", ("2", "5"))]
    (picture,) = grid_pictures(grid_document(SUBJECT, frame(lambda _: 1e5, axes), axes, "as_run"), pounds)
    assert "A small scheme against 'No scheme'" in said_in(picture)


def test_alternatives_have_their_noise() -> None:
    rows = tuple(each._replace(noise_by_arm={"as_run": 300e3, "fuller": 1.0}) for each in ALTERNATIVES)
    drawn = structures_picture(structures(rows), pounds)
    said = said_in(drawn)
    assert drawn.chart.svg.count("<use") > pictures("structures")[0].chart.svg.count("<use")
    assert "£300k~" in said
    assert "Thin lines: simulation noise (95%). ~: the sign cannot be told from it." in said
    assert "Thin lines" not in said_in(pictures("structures")[0])
