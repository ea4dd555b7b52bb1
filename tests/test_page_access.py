"""The report page can be read by everybody: headings, labels, tables, alternatives, contrast, enlarging and printing."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from report_pages import page, shipped_html

from simulator.charts.style import contrast
from simulator.documents.page import TEMPLATES


def test_the_page_says_its_language_and_title():
    assert page().named("html") == [{"lang": "en-GB"}]
    assert "<title>" in shipped_html()
    assert "width=device-width" in shipped_html()


def test_headings_are_in_order_with_one_first():
    levels = [int(tag[1]) for tag, _ in page().elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_id_is_used_once_and_every_label_exists():
    ids = [attributes["id"] for _, attributes in page().elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in page().elements:
        for name in (attributes.get("aria-labelledby") or "").split():
            assert name in ids


def test_every_figure_has_an_alternative_and_is_followed_by_its_table():
    tags = [tag for tag, _ in page().elements if tag in ("figure", "svg", "figcaption", "table")]
    assert tags.count("figure") == tags.count("svg") == tags.count("figcaption") == 7
    for place, tag in enumerate(tags):
        if tag == "figure":
            assert tags[place : place + 4] == ["figure", "figcaption", "svg", "table"]
    for svg in page().named("svg"):
        assert svg["role"] == "img" and svg["aria-labelledby"]


def test_every_table_has_a_caption_and_headers_with_scope():
    tags = [tag for tag, _ in page().elements]
    assert tags.count("caption") == tags.count("table")
    assert all(header.get("scope") in ("col", "row") for header in page().named("th"))


def test_every_row_has_as_many_cells_as_its_headings():
    for table in page().tables:
        assert {len(row) for row in table} == {len(table[0])}


def test_tables_that_scroll_can_be_reached_by_keyboard():
    scrolling = [attributes for _, attributes in page().elements if "scroll" in (attributes.get("class") or "").split()]
    assert scrolling
    assert all(attributes.get("tabindex") == "0" for attributes in scrolling)
    assert all(attributes.get("aria-labelledby") or attributes.get("aria-label") for attributes in scrolling)


@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        ("#0b0c0c", "#ffffff"),
        ("#12436d", "#ffffff"),
        ("#3d3d3d", "#ffffff"),
        ("#ffffff", "#801650"),
        ("#0b0c0c", "#fbeef4"),
        ("#0b0c0c", "#f3f2f1"),
    ],
)
def test_text_on_the_page_is_legible(ink: str, paper: str):
    assert contrast(ink, paper) >= 4.5


def test_the_page_uses_no_colour_whose_contrast_was_not_looked_at():
    known = {"#0b0c0c", "#fff", "#12436d", "#3d3d3d", "#801650", "#fbeef4", "#f3f2f1", "#595959", "#b1b4b6"}
    used = set(re.findall(r"#[0-9a-f]{3,6}\b", (TEMPLATES / "style.html.j2").read_text("utf-8")))
    assert used <= known


def test_the_page_can_be_enlarged_and_printed():
    style = (TEMPLATES / "style.html.j2").read_text("utf-8")
    assert "@media print" in style
    assert not re.search(r"(?<!min-)(?<!max-)\bwidth:\s*\d\d+px", style)
    assert "user-scalable" not in shipped_html()
