"""Why two results differ, as people read it: words, waterfalls, pages and the command."""

from __future__ import annotations

import copy
import csv
import functools
import importlib
import io
import json
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from commands import Run
from difference_runs import (
    MONEY,
    PAIRS,
    REPLICATIONS,
    SEED,
    by_choices,
    by_effects,
    read,
)

from simulator.appraisal.intervals import student_t
from simulator.charts.difference import steps_of, waterfall, waterfall_png
from simulator.report.difference import Asked, document_of
from simulator.report.difference_words import difference_page, difference_text, doubt
from simulator.report.text import pounds
from simulator.uncertainty.difference import COLUMNS

importlib.import_module("simulator.cli.difference")  # registers the command

GOLDEN = Path(__file__).parent / "golden" / "difference.txt"


@functools.cache
def shipped(first: str = "as_run", second: str = "no_iom") -> dict[str, Any]:
    asked = Asked(read(), first, second, REPLICATIONS, SEED, "compiled")
    return document_of(asked, [by_effects(first, second), *([] if second == "no_iom" else [by_choices(first, second)])])


def test_the_answer_reads_as_it_did() -> None:
    said = "\n\n\n".join(difference_text(shipped(*pair)) for pair in (PAIRS[0], ("fuller_caseload", "as_run")))
    assert said + "\n" == GOLDEN.read_text("utf-8")


def test_bars_end_where_the_next_begins_and_the_last_is_the_total() -> None:
    (found,) = shipped()["tables"]
    for column in ("npsv_gbp", "reoffences_prevented"):
        steps = steps_of(found, column)
        assert all(one.end == other.start for one, other in pairwise(steps[:-1]))
        assert steps[-1].whole
        assert steps[-2].end == pytest.approx(steps[-1].end, abs=MONEY)
        assert (steps[0].start, steps[-1].end) == (0.0, found["total"][column])


def test_a_waterfall_is_accessible_and_the_same_to_the_byte() -> None:
    chart = waterfall(shipped(), shipped()["tables"][0], pounds)
    assert chart == waterfall(shipped(), shipped()["tables"][0], pounds)
    root = ET.fromstring(chart.svg)
    assert root.get("role") == "img"
    words = [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]
    for line in (shipped()["tables"][0]["opening"], *shipped()["tables"][0]["rows"]):
        assert pounds(line["npsv_gbp"]) in words
        assert f"{line['title']} {pounds(line['npsv_gbp'])}" in chart.description
    assert waterfall_png(shipped(), shipped()["tables"][0], pounds).startswith(b"\x89PNG")


def test_the_page_has_each_chart_with_its_table_under_it() -> None:
    page = difference_page(shipped("fuller_caseload", "as_run"))
    assert page.index("waterfall-effect.svg") < page.index("| Less custody |")
    assert "waterfall-choice.svg" not in page  # one group only: a sentence says it


SMALL = ["-n", "2", "--workers", "1", "--set", "appraisal.horizon_years=2"]


def test_the_command_answers_in_three_formats(run: Run) -> None:
    document = json.loads(run("difference", "leeds:as_run", *SMALL, "--format", "json").out)
    assert (document["arm"]["name"], document["other"]["name"]) == ("as_run", "no_iom")
    assert [column["name"] for column in document["columns"]] == list(COLUMNS)
    (found,) = document["tables"]
    assert [row["cause"] for row in found["rows"]] == ["occasions_ratio", "custody_ratio"]
    rows = list(csv.DictReader(io.StringIO(run("difference", "leeds:as_run", *SMALL, "--format", "csv").out)))
    assert [row["cause"] for row in rows] == ["opening", "occasions_ratio", "custody_ratio", "total"]
    assert float(rows[-1]["npsv_gbp"]) == found["total"]["npsv_gbp"]
    text = run("difference", "leeds", *SMALL).out
    assert "in the time at liberty that this gives back" in text
    assert "Before you quote a figure" in text


def test_the_command_explains_settings_and_says_when_prices_move(run: Run) -> None:
    asked = ["difference", "leeds:as_run", *SMALL, "--set", "justice.court_event=4000"]
    said = run(
        *asked, "--versus-set", "justice.court_event=5000", "--versus-set", "appraisal.cost_table=ho_2019_20"
    ).out
    assert "justice.court_event from 4000 to 5000" in said
    assert "Prices move from those of 2015/16 to those of 2019/20" in said


def test_what_settings_change_is_said_as_it_comes_out(run: Run) -> None:
    asked = ["--versus-set", "programme.places=40", "--versus-set", "appraisal.price_base=2023/24"]
    said = run("difference", "bedfordshire:cut_a_quarter", *SMALL, *asked).out
    assert "offender managers from none" not in said and " from none" not in said
    assert "places from 70 to " in said
    assert "appraisal.price_base from 2015/16 to 2023/24" in said
    assert "holds them" not in said
    assert "superseded by ho_2019_20" in said
    assert max(len(line) for line in said.split("\n")) <= 110


def test_a_share_that_luck_could_make_is_marked() -> None:
    document = shipped()
    found = copy.deepcopy(document["tables"][0])
    row = found["rows"][0]
    for error, marked in ((0.99, False), (1.01, True)):
        row["standard_error"]["npsv_gbp"] = error * abs(row["npsv_gbp"]) / student_t(REPLICATIONS - 1)
        chart = waterfall(document, found, pounds)
        assert f"{pounds(row['npsv_gbp'])} (within simulation noise) and" in chart.description or not marked
        assert bool(doubt(row, REPLICATIONS)) == marked == steps_of(found, "npsv_gbp", REPLICATIONS)[1].lucky
    assert "within noise" in chart.svg


def test_the_command_writes_a_folder(run: Run, tmp_path: Path) -> None:
    answer = run("difference", "leeds:quicker_deselection", "as_run", *SMALL, "--out", "why")
    assert answer.code == 0
    assert sorted(path.name for path in (tmp_path / "why").iterdir()) == [
        "difference.csv", "difference.json", "difference.md", "difference.txt",
        "waterfall-choice.png", "waterfall-choice.svg", "waterfall-effect.png", "waterfall-effect.svg",
    ]  # fmt: skip
    again = run("difference", "leeds:as_run", *SMALL, "--out", "why")
    assert again.code == 2
    assert "there is something here already" in again.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["leeds:as_run", "as_run"], "'as_run' does not differ from itself"),
        (["leeds:as_runn"], "as_run"),
        (["leeds:no_iom"], "Name another arm."),
        (["leeds:as_run", "no_iomm"], "no_iom"),
        (["leeds:as_run", *(w for n in range(7) for w in ("--versus-set", f"justice.court_event={n}"))], "at most 6"),
        (["leeds:as_run", "--versus-set", "justice.court_evnt=1"], "justice.court_event"),
    ],
)
def test_what_cannot_be_explained_is_refused_with_a_hint(run: Run, words: list[str], said: str) -> None:
    answer = run("difference", *words, *SMALL)
    assert answer.code == 2
    assert said in answer.err
