"""The report in a real browser, offline: no accessibility violation, readable at 400% zoom, worked by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from report_text import report_html

from simulator.documents.pdf import BROWSERS, QUIET, converter, write_pdf

pytestmark = pytest.mark.slow
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(report_html(), "utf-8")
    return path


@pytest.fixture(scope="module")
def page(written: Path) -> Iterator[Any]:
    """The page, open in a browser without a network, with the addresses that it asked for."""
    from playwright.sync_api import sync_playwright

    browser_path = converter()
    assert browser_path and Path(browser_path).name in BROWSERS, "these tests need Chromium; .ci/run installs it"
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=browser_path, args=[*QUIET, "--no-sandbox"])
        context = browser.new_context(offline=True)
        opened = context.new_page()
        opened.asked = []
        opened.on("request", lambda request: opened.asked.append(request.url))
        opened.goto(written.as_uri())
        yield opened
        browser.close()


def open_all(page: Any) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")


def test_nothing_is_fetched(page: Any, written: Path):
    assert page.asked == [written.as_uri()]


def test_axe_finds_no_violation_with_every_fold_open(page: Any):
    from axe_playwright_python.sync_playwright import Axe

    open_all(page)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": STANDARDS}})
    assert found.violations_count == 0, found.generate_report()
    assert len(found.response["passes"]) > 20  # it looked at something


def test_axe_would_find_one(page: Any):
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img id=bad src=data:,>')")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": STANDARDS}})
    page.evaluate("document.getElementById('bad').remove()")
    assert "image-alt" in {each["id"] for each in found.response["violations"]}


@pytest.mark.parametrize("width", [320, 640, 1280])  # 320 pixels: a window of 1280 enlarged to 400%
def test_no_line_needs_scrolling_sideways(page: Any, width: int):
    open_all(page)
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_fold_and_wide_table_can_be_reached_and_worked_by_keyboard(page: Any):
    page.set_viewport_size({"width": 640, "height": 800})
    page.reload()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached = set()
    for _ in range(page.evaluate("document.querySelectorAll('a, summary, [tabindex]').length") + 5):
        reached.add(
            page.evaluate("document.activeElement.id || document.activeElement.textContent.trim().slice(0, 60)")
        )
        page.keyboard.press("Tab")
    for title in page.evaluate(
        "[...document.querySelectorAll('details.section > summary')].map(x => x.textContent.trim().slice(0, 60))"
    ):
        assert title in reached
    fold = page.query_selector("details.section:not([open]) > summary")
    fold.focus()
    page.keyboard.press("Enter")
    assert fold.evaluate("each => each.parentElement.open")


def test_focus_can_be_seen(page: Any):
    page.keyboard.press("Tab")
    fold = page.locator("summary").first
    fold.focus()
    assert fold.evaluate("each => getComputedStyle(each).outlineStyle") != "none"


def test_the_page_prints_with_every_fold_open(written: Path, tmp_path: Path):
    assert write_pdf(written, tmp_path / "report.pdf") == ""
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")
