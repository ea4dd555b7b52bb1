"""Every figure of the documents, by the rules of the Analysis Function read from the figure itself; and its words."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from chart_rules import problems_of
from document_answers import SHAPES, answers, shipped
from drawn_documents import chart, charts, words_in
from drawn_shapes import root_of

from simulator.charts.style import PALETTE
from simulator.documents.picture_tables import TABLES
from simulator.documents.picture_words import MESSAGES
from simulator.documents.pictures import document_charts
from simulator.report.named import named, without_names
from simulator.report.text import pounds

ORDER = [
    "npsv-by-arm", "psa-npsv", "psa-by-value", "psa-by-cost", "psa-plane", "psa-worth", "psa-study", "funding-npsv",
    "funding-next-pound", "by-agency", "agency-years", "by-kind", "cumulative-value", "occupancy", "lives",
    "proven-offences", "waterfall-effect", "tornado",
]  # fmt: skip


# The shipped scheme is looked at every time, nasty shapes in the slow tests.
NASTY_SLOW = [name if number == 0 else pytest.param(name, marks=pytest.mark.slow) for number, name in enumerate(SHAPES)]


def test_the_palette_is_that_of_the_analysis_function() -> None:
    afcharts = pytest.importorskip("afcharts.af_colours")
    assert [each.upper() for each in afcharts.get_af_colours("categorical", number_of_colours=6)] == list(PALETTE)


def test_every_figure_is_there_in_the_order_of_the_report() -> None:
    assert [each.chart.name for each in charts()] == ORDER


def test_a_figure_is_drawn_only_where_there_is_an_answer() -> None:
    assert document_charts({}) == []
    assert [each.chart.name for each in document_charts({"tornado": shipped()["tornado"]})] == ["tornado"]
    without = answers()
    for arm in without["comparison"]["arms"]:
        del arm["by_budget"]
    names = [each.chart.name for each in document_charts({"comparison": without["comparison"]})]
    assert names == ["npsv-by-arm", "by-agency", "by-kind", "cumulative-value", "proven-offences"]


@pytest.mark.parametrize("shape", NASTY_SLOW)
def test_every_figure_keeps_every_rule(shape: str) -> None:
    found = {each.chart.name: problems_of(each.chart.svg) for each in charts(shape)}
    assert found
    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.parametrize("shape", NASTY_SLOW)
def test_every_figure_has_its_words_and_its_table(shape: str) -> None:
    for each in charts(shape):
        root = root_of(each.chart.svg)
        assert root.get("role") == "img"
        named_by = [root.find(f".//*[@id='{name}']") for name in (root.get("aria-labelledby") or "").split()]
        assert [part.text for part in named_by if part is not None] == [each.chart.title, each.chart.description]
        message = without_names(each.message)
        assert len(message) > 30
        assert each.chart.description.startswith(message)
        assert len(each.chart.description) > len(message) + 20
        assert each.table.rows
        assert all(len(row) == len(each.table.headings) for row in each.table.rows)
        assert each.png[:8] == b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize("shape", NASTY_SLOW)
def test_nothing_is_said_that_may_not_be(shape: str) -> None:
    for each in charts(shape):
        said = " ".join([without_names(each.message), each.chart.description, each.chart.note, words_in(each)])
        assert not re.search(r"\bproves\b|no effect|saves £|\bnan\b|\binf\b|\ue000|[-]£|£-|−£0\b", said), said


def test_titles_and_notes_are_left_to_the_page() -> None:
    for each in charts():
        assert each.chart.title not in words_in(each)
        assert not each.chart.note or each.chart.note not in words_in(each)
    assert "Blue: the input at its low end" in chart("tornado").chart.note


def test_names_in_figures_never_meet_on_one_page() -> None:
    names = [name for each in charts() for name in re.findall(r'\bid="([^"]*)"', each.chart.svg)]
    assert len(names) == len(set(names))


def test_every_kind_of_figure_has_a_message_and_a_table() -> None:
    kinds = {"waterfall" if name.startswith("waterfall") else name for name in ORDER}
    assert set(MESSAGES) == set(TABLES) == kinds


# The same bytes.


def digests(found: Any) -> list[str]:
    return [
        hashlib.sha256(each.chart.svg.encode() + each.png + repr((each.message, each.table)).encode()).hexdigest()
        for each in found
    ]


def test_figures_are_the_same_to_the_byte_whatever_the_readers_settings() -> None:
    import matplotlib

    told = answers()
    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "red", "savefig.dpi": 30, "svg.fonttype": "path"}):
        assert digests(document_charts(told)) == digests(charts())
    assert json.dumps(told) == json.dumps(shipped()), "drawing changes the answers"


PROGRAM = """
import hashlib, json, locale, sys
sys.path.insert(0, {tests!r})
locale.setlocale(locale.LC_ALL, "C.UTF-8")
from test_document_pictures import digests
from simulator.documents.pictures import document_charts
print(json.dumps(digests(document_charts(json.load(open({path!r}, encoding="utf-8"))))))
"""


def test_figures_are_the_same_in_another_process_with_another_locale_and_backend(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(shipped()), "utf-8")
    program = PROGRAM.format(tests=str(Path(__file__).parent), path=str(path))
    around = {**os.environ, "MPLBACKEND": "svg", "LC_ALL": "C.UTF-8", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "7"}
    around |= {"PYTHONPATH": str(Path(__file__).parent.parent), "TZ": "Asia/Tokyo"}
    done = subprocess.run([sys.executable, "-c", program], env=around, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == digests(charts())


def test_numbers_with_names_are_drawn_as_numbers_and_told_with_their_names() -> None:
    told = {name: named(answer, name) for name, answer in answers().items()}
    assert digests(document_charts(told)) == digests(charts())
    (row,) = [row for row in chart("npsv-by-arm").table.rows if row[0] == "As run"]
    assert "\ue000" in row[1]
    assert without_names(row[1]) == pounds(shipped()["comparison"]["arms"][1]["npsv_gbp"])
