"""The funding curve as a document, words, figures and a command."""

from __future__ import annotations

import json
import math
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from commands import Run, left_in
from funded import NEW, PLACES, SMALL, document, loaded, shipped

import simulator.cli.funding  # noqa: F401  (registers the command)
from simulator.charts.funding import BAND, figures_of
from simulator.charts.style import AXIS_GREY, DARK_BLUE, contrast
from simulator.cli.funding import arm_of, levels_of
from simulator.report import funding_words as words
from simulator.report.funding import curve_rows
from simulator.report.funding_words import curve_text, said_of
from simulator.report.text import pounds
from simulator.tables import InputProblems
from simulator.uncertainty.funding_curve import (
    stopping_place,
)

GOLDEN = Path(__file__).parent / "golden" / "funding.txt"
GOLDEN_COMMAND = [
    "funding", "bedfordshire", "--places", "47,94,141", "--draws", "20", "-n", "3", "--workers", "1",
    "--set", "appraisal.horizon_years=3",
]  # fmt: skip

# The document and the words.


@pytest.mark.parametrize("settings", [(), NEW, ("effect=none", *NEW)])
def test_the_document_is_strict_json_and_adds_up(settings: tuple[str, ...]) -> None:
    found = document(*settings)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    last = found["levels"][-1]
    assert math.fsum(step["benefit_gbp"] for step in found["steps"]) == pytest.approx(last["benefit_gbp"], rel=1e-9)
    assert math.fsum(step["cost_gbp"] for step in found["steps"]) == pytest.approx(last["cost_gbp"], rel=1e-9)
    for level in found["levels"]:
        assert level["npsv_gbp"] == pytest.approx(level["benefit_gbp"] - level["cost_gbp"], abs=1e-6)
    assert math.fsum(level["chance_best"] for level in found["levels"]) == pytest.approx(1.0)


def test_the_document_says_what_ran() -> None:
    found = document(*NEW)
    assert found["settings"] == list(NEW)
    assert found["run"]["scenario_digest"] == loaded(*NEW)[0].digest
    assert (found["seed"], found["draws"], found["replications_per_draw"], found["replications"]) == (1, 6, 2, 100)


def test_places_for_the_next_hundred_thousand_are_those_that_it_buys() -> None:
    step = document(*NEW)["steps"][1]
    assert step["places_per_unit"] == pytest.approx(100_000.0 / step["cost_gbp"] * (94 - 40))


def test_without_draws_there_are_no_bands_and_no_chances() -> None:
    found = shipped(*NEW, effort=SMALL._replace(draws=0))
    levels, steps = found["levels"], found["steps"]
    assert {level["npsv_interval"] for level in levels} == {level["chance_best"] for level in levels} == {None}
    assert {step["chance_pays"] for step in steps} == {step["benefit_per_pound_interval"] for step in steps} == {None}
    assert found["stops"]["drawn"] is None
    text = curve_text(found)
    assert "no draws" in text and "How sure" not in text


def test_one_flat_row_for_each_level() -> None:
    rows = curve_rows(document(*NEW))
    assert [row["places"] for row in rows] == [0, *PLACES]
    assert [row["next_to_places"] for row in rows] == [*PLACES, None]
    assert len({tuple(row) for row in rows}) == 1
    assert not any(isinstance(value, list | dict) for row in rows for value in row.values())


def test_a_scheme_that_runs_already_is_said_to_and_a_new_one_is_not() -> None:
    running, new = " ".join(document()["said"]), " ".join(document(*NEW)["said"])
    assert "stay until they leave" in running and "with 94 places" in running
    assert "start_year=0" in running
    assert "stay until" not in new


def paying(*per_pound: float) -> dict[str, Any]:
    """The document with steps that bring so much for each pound."""
    found = document(*NEW)
    for step, each in zip(found["steps"], per_pound, strict=True):
        step["benefit_per_pound"] = step["after_fixed"]["benefit_per_pound"] = each
    middles = [(step["from_places"] + step["to_places"]) / 2.0 for step in found["steps"]]
    stop = stopping_place(middles, per_pound)
    where = "from the start" if stop == 0.0 else "between levels" if math.isfinite(stop) else "not within these levels"
    found["stops"]["central"] = {"where": where, "places": stop if where == "between levels" else None}
    return found


def test_what_is_said_of_where_the_next_pound_stops_paying() -> None:
    assert "no further £100,000 ever does" in said_of(paying(0.5, 0.4, 0.3))[0]
    assert "at about 97 places" in said_of(paying(1.5, 1.5, 0.5))[0]
    assert "not within these levels" in said_of(paying(1.5, 1.4, 1.2))[0]
    assert "still brings £1.20" in said_of(paying(1.5, 1.4, 1.2))[0]


@pytest.mark.parametrize(
    ("beyond", "said"),
    [
        (0.49, "Half of the draws stop at 120 places or before."),
        (0.5, "Half of the draws do not stop up to 160 places."),
        (0.51, "More than half of the draws do not stop up to 160 places."),
    ],
)
def test_where_half_of_the_draws_stop_is_only_said_where_half_of_them_do(beyond: float, said: str) -> None:
    found = document(*NEW)
    found["stops"]["drawn"] |= {"chance_beyond": beyond, "median_places": 120.0}
    words = " ".join(said_of(found))
    assert said in words
    assert ("or before" in words) == (beyond < 0.5)


def test_amounts_and_counts_are_written_as_people_read_them() -> None:
    assert [words.pounds(each) for each in (-0.4, 999.4e6, 1e12, -2.5e9)] == [
        "£0",
        "£999.40m",
        "£1,000.00bn",
        "−£2.50bn",
    ]
    assert [words.counted(each, "draw") for each in (1, 20)] == ["1 draw", "20 draws"]


def test_what_is_to_know_of_prices_is_said_as_by_compare() -> None:
    said = " ".join(document()["warnings"])
    assert "superseded by ho_2019_20" in said and "not cashable" in said and "unverified" in said
    assert "superseded" not in " ".join(document("appraisal.cost_table=ho_2019_20", *NEW)["warnings"])


def test_losses_have_a_proper_minus_sign_and_no_jargon_is_used() -> None:
    for settings in ((), NEW, ("effect=none", *NEW)):
        text = curve_text(document(*settings))
        assert not re.search(r"£-|\[-|BCR|nan|None|inf\b", text)
        assert max(len(line) for line in text.split("\n")) <= 110


def test_the_text_is_the_golden_one(run: Run) -> None:
    answer = run(*GOLDEN_COMMAND)
    assert answer.code == 0, answer.err
    assert answer.out == GOLDEN.read_text("utf-8")


# Figures.


def test_figures_have_words_and_are_the_same_every_time() -> None:
    found = document(*NEW)
    once, again = figures_of(found, pounds), figures_of(found, pounds)
    assert [chart.name for chart, _ in once] == ["funding-npsv", "funding-next-pound"]
    for (chart, picture), (other, twin) in zip(once, again, strict=True):
        assert (chart, picture) == (other, twin)
        assert ET.fromstring(chart.svg).get("role") == "img"
        assert picture.startswith(b"\x89PNG")
    assert all(pounds(level["npsv_gbp"]) in once[0][0].description for level in found["levels"])
    assert f"40 to 94 places {found['steps'][1]['benefit_per_pound']:.2f}" in once[1][0].description


def test_lines_in_a_band_stand_out_from_it() -> None:
    assert min(contrast(BAND, DARK_BLUE), contrast(BAND, AXIS_GREY)) >= 3.0


def test_figures_without_draws_have_no_band() -> None:
    found = shipped(*NEW, effort=SMALL._replace(draws=0))
    for chart, _ in figures_of(found, pounds):
        assert "no band" in chart.svg
        assert "#c3d3e2" not in chart.svg
    assert "#c3d3e2" in figures_of(document(*NEW), pounds)[0][0].svg


# The command.


def test_levels_are_asked_for_as_a_row_or_a_list_and_else_reach_twice_the_present() -> None:
    assert levels_of("20:160:20", 94) == [20, 40, 60, 80, 100, 120, 140, 160]
    assert levels_of("0:50:25", 94) == [25, 50]
    assert levels_of("94,47,94", 94) == [47, 94]
    assert levels_of(None, 94) == [24, 47, 70, 94, 118, 141, 164, 188]
    assert levels_of(None, 1) == [1, 2]


@pytest.mark.parametrize(
    "text", ["", "x", "10:20", "10:20:0", "20:10:5", "1:2:3:4", "10:20,30:5", "-5,10", "0", "1:9999:1", "2000000"]
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InputProblems, match=r"--places 20:160:20"):
        levels_of(text, 94)


def test_an_arm_without_a_scheme_has_no_curve() -> None:
    scenario, _ = loaded("programme.open=false")
    with pytest.raises(InputProblems, match="no scheme"):
        arm_of("bedfordshire", scenario)
    assert arm_of("bedfordshire", loaded(name="bedfordshire")[0]) == "as_run"
    assert arm_of("bedfordshire:add_a_quarter", loaded(name="bedfordshire")[0]) == "add_a_quarter"


QUICK = ["--places", "10,20", "--draws", "20", "-n", "2", "--workers", "1", "--set", "appraisal.horizon_years=1"]


def test_the_command_prints_all_formats_and_writes_a_folder(run: Run, tmp_path: Path) -> None:
    found = json.loads(run("funding", "leeds", *QUICK, "--format", "json", "--out", "here").out)
    assert [level["places"] for level in found["levels"]] == [0, 10, 20]
    assert left_in(tmp_path / "here") == [
        "charts", "funding-next-pound.png", "funding-next-pound.svg", "funding-npsv.png", "funding-npsv.svg",
        "funding.csv", "funding.json", "summary.txt",
    ]  # fmt: skip
    assert json.loads((tmp_path / "here" / "funding.json").read_text("utf-8")) == found
    again = run("funding", "leeds", *QUICK, "--out", "here")
    assert again.code == 2 and "nothing is written over" in again.err
    lines = run("funding", "leeds", *QUICK, "--format", "csv").out.strip().split("\n")
    assert len(lines) == 4


def test_prices_are_chosen_as_for_compare(run: Run) -> None:
    priced = [
        "--cost-table",
        "ho_2019_20",
        "--price-base",
        "2023/24",
        "--counting",
        "multiplied",
        "--costing",
        "inclusive",
    ]
    found = json.loads(run("funding", "leeds", *QUICK, *priced, "--format", "json").out)
    assert [found[name] for name in ("cost_table", "price_base", "counting", "costing")] == priced[1::2]


def test_wrong_words_are_answered_with_what_to_type(run: Run) -> None:
    for typed, said in (
        (["--places", "5:1:1"], "first:last:step"),
        (["--places", "5", "--split-budget", "5"], "Leave one of them out"),
        (["bedfordshire:as_rn"], "Did you mean 'as_run'?"),
        (["bedfordshire:no_iom"], "Name another arm."),
        (["--draws", "19"], "--draws 20 or more"),
        (["--draws", "1"], "1 draw cannot"),
    ):
        answer = run("funding", *typed)
        assert answer.code == 2 and said in answer.err, answer.err
