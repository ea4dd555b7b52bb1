"""The report page: complete, self-contained, accessible, in honest words, and saying nothing that the document does not."""

from __future__ import annotations

import copy
import functools
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from small_runs import compared

from simulator.charts.figures import comparator_of, compared_arms, headline_arm
from simulator.charts.style import contrast
from simulator.report import verdicts
from simulator.report.page import TEMPLATES, write_report
from simulator.report.page_rows import command, is_unverified
from simulator.report.results import results_of
from simulator.report.text import number, pounds

OPEN = "\u2018"
VOID = {"meta", "link", "img", "br", "hr", "col", "input", "wbr"}
# Words that claim more than a simulation can, from the architecture's list.
TO_AVOID = [
    r"\bprov(?:es|ed)\b",
    r"\bsaves £(?![\d,.]+ of programme cost \(cashable)",
    r"\bno effect\b",
    r"(?<!proven )\breoffending\b(?! rate)",
    r"\bcost of crime\b",
    r"\bBCR\b",
    r"good value",
]


@functools.cache
def shipped() -> dict[str, Any]:
    return results_of(compared())


def document() -> dict[str, Any]:
    return copy.deepcopy(shipped())


class Page(HTMLParser):
    """Elements in order with their attributes, and the text of each table's cells."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            return
        self.words.append(data)
        if self.tables and ("td" in self.open or "th" in self.open):
            self.tables[-1][-1][-1] += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.words))


def html_of(made: dict[str, Any], folder: Path) -> str:
    write_report(folder, made)
    return (folder / "report.html").read_text("utf-8")


@functools.cache
def shipped_html() -> str:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return html_of(document(), Path(folder))


@functools.cache
def page() -> Page:
    return Page(shipped_html())


def with_interval(low: float, high: float, cost: float = 1e6) -> dict[str, Any]:
    """A document whose headline arm has this interval of NPSV and this programme cost."""
    made = document()
    arm = headline_arm(made)
    arm["npsv_interval"], arm["npsv_gbp"] = [low, high], (low + high) / 2.0
    arm["programme_cost_gbp"] = cost
    made["alternatives"] = [row for row in made["alternatives"] if row["name"] != arm["name"]]
    return made


# What is written.


def test_the_folder_holds_the_page_and_each_figure(tmp_path: Path):
    write_report(tmp_path, document())
    names = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert names == [
        "charts/by-agency.svg",
        "charts/by-kind.svg",
        "charts/cumulative-value.svg",
        "charts/npsv-by-arm.svg",
        "charts/proven-offences.svg",
        "report.html",
    ]


def test_the_same_document_gives_the_same_bytes(tmp_path: Path):
    assert html_of(document(), tmp_path) == shipped_html()


def test_writing_does_not_change_the_document(tmp_path: Path):
    made = document()
    write_report(tmp_path, made)
    assert made == shipped()


def test_a_title_cannot_become_markup(tmp_path: Path):
    made = document()
    made["title"] = headline_arm(made)["title"] = "<script>alert(1)</script>"
    made["warnings"] = ["`<b>` and <i>"]
    html = html_of(made, tmp_path)
    assert "<script" not in html
    assert "<code>&lt;b&gt;</code> and &lt;i&gt;" in html


# Self-contained.


def test_the_page_loads_nothing():
    for tag, attributes in page().elements:
        assert tag not in ("script", "link", "img", "iframe", "object", "embed", "video", "audio", "base"), tag
        for name in ("src", "srcset", "data", "poster", "action", "style"):
            assert "http" not in (attributes.get(name) or "")
        assert not any(name.startswith("on") for name in attributes)
        if tag in ("use", "image"):
            assert (attributes.get("xlink:href") or "").startswith("#")
    assert not re.search(r"@import|url\(\s*['\"]?(?!#)", shipped_html())


# Accessible.


def test_the_page_says_its_language_and_title():
    assert page().named("html") == [{"lang": "en"}]
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
    assert tags.count("figure") == tags.count("svg") == tags.count("figcaption") == 5
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
    assert not re.search(r"(?<!min-)(?<!max-)\bwidth:\s*\d+px", style)
    assert "user-scalable" not in shipped_html()


# Complete, and only what the document says.


def summary() -> list[list[str]]:
    (start,) = [place for place, attributes in enumerate(page().named("table")) if attributes.get("id") == "summary"]
    return page().tables[start][1:]


def test_every_number_of_the_summary_table_is_in_the_document_at_its_rounding():
    for arm, row in zip(compared_arms(shipped()), summary(), strict=True):
        allowed = {
            pounds(arm["programme_cost_gbp"]),
            pounds(arm["benefit_gbp"]),
            pounds(arm["npsv_gbp"]),
            pounds(arm["denominator"]["gbp"]),
            number(-arm["proven_offences"]["increment"]),
            number(-arm["custody_days"]["increment"]),
            *(pounds(end) for end in arm["npsv_interval"] or []),
            *(pounds(end) for end in arm["simulation_interval"]["npsv_gbp"] or []),
        }
        ratios = [arm["benefit_per_pound"], *(arm["benefit_per_pound_interval"] or [])]
        ratios += arm["simulation_interval"]["benefit_per_pound"] or []
        allowed |= {verdicts.ratio(value) for value in ratios if value is not None}
        assert row[0] == arm["title"]
        said = set(re.findall(r"[−-]?£?\d[\d,.]*[mk]?", " ".join(cell + " " for cell in row[1:])))
        assert said == allowed


def test_every_warning_is_on_the_page():
    for warning in shipped()["warnings"]:
        plain = re.sub(r"\s+", " ", warning.replace("`", ""))
        assert plain.replace("'", "") in re.sub(f"[{OPEN}’']", "", page().text)


def test_every_input_is_on_the_page_with_its_standing():
    rows = {row[0]: row for table in page().tables if table[0][-1] == "Standing" for row in table[1:]}
    assert rows.keys() == {row["name"] for row in shipped()["inputs"]}
    for given in shipped()["inputs"]:
        row = rows[given["name"]]
        assert row[-1].startswith(given["standing"])
        assert row[4] == (given["price_year"] or "") and row[5] == given["source"]


def test_a_figure_not_seen_in_a_source_is_marked():
    rows = {row[0]: row for table in page().tables if table[0][-1] == "Standing" for row in table[1:]}
    marked = {name for name, row in rows.items() if "Not seen" in row[-1]}
    assert marked == {row["name"] for row in shipped()["inputs"] if is_unverified(row)}
    assert all(row["name"] in marked for row in shipped()["inputs"] if row["standing"] == "unverified")


def test_every_source_is_listed():
    for row in shipped()["inputs"]:
        assert not row["source"] or f"<code>{row['source']}</code>" in shipped_html()


def test_sources_that_the_document_describes_are_described(tmp_path: Path):
    made = document()
    made["sources"] = [
        {
            "name": "leeds_2017",
            "title": "A report",
            "publisher": "A ministry",
            "date": "July 2017",
            "url": "https://example.org/report",
            "licence": "A licence",
            "superseded_by": "",
            "note": "A note.",
        }
    ]
    html = html_of(made, tmp_path)
    assert 'A report. A ministry, July 2017. <a href="https://example.org/report">' in html


def test_the_run_can_be_made_again_from_the_page():
    said = command(shipped())
    assert said in page().text
    assert f"--seed {shipped()['seed']} " in said
    assert shipped()["run"]["digest"] in page().text and shipped()["run"]["version"] in page().text


def test_values_set_by_hand_are_in_the_command():
    made = document()
    made["run"]["overrides"] = {"programme.caseload": "20", "effect": "a name"}
    assert command(made).endswith("--set programme.caseload=20 --set 'effect=a name'")


def test_the_page_says_why_the_old_unit_costs_are_the_default(tmp_path: Path):
    assert "Bedfordshire report itself used, at £5,930 for each domestic burglary" in page().text
    assert "--cost-table ho_2019_20" in page().text
    made = document()
    made["cost_table"] = "ho_2019_20"
    assert "This run takes unit costs of crime from ho_2019_20." in Page(html_of(made, tmp_path)).text


def test_both_costings_and_both_counting_units_are_shown():
    for costing in ("Explicit", "Inclusive"):
        for counting in ("proven", "multiplied"):
            assert f"{costing} costing, {counting} counting" in page().text


def test_a_refused_ratio_gives_its_reason_and_no_number(tmp_path: Path):
    made = document()
    for arm in compared_arms(made):
        arm["benefit_per_pound"] = arm["benefit_per_pound_interval"] = None
        arm["simulation_interval"]["benefit_per_pound"] = None
        arm["ratio_reason"] = "there is nothing to divide by"
    read = Page(html_of(made, tmp_path))
    assert read.text.count("Not given: there is nothing to divide by.") == len(compared_arms(made))
    assert f"is not given for {OPEN}As run’: there is nothing to divide by." in read.text


def test_results_without_any_interval_still_make_a_page(tmp_path: Path):
    made = document()
    for arm in made["arms"]:
        arm["npsv_interval"] = arm["benefit_per_pound_interval"] = None
        arm["simulation_interval"] = {"npsv_gbp": None, "benefit_per_pound": None}
        arm["benefit_per_pound_of_net_public_cost"]["interval"] = None
    read = Page(html_of(made, tmp_path))
    assert "not available" in read.text
    assert "None" not in re.sub("None of the benefit", "", read.text)


# In honest words.


@pytest.mark.parametrize("words", TO_AVOID)
def test_words_that_claim_too_much_are_not_on_the_page(words: str, tmp_path: Path):
    made = document()
    # Sentences and names that the page passes on as they are belong to others.
    made["warnings"] = []
    made["reported_fall"] = None
    for row in made["inputs"]:
        row["where"] = row["why"] = ""
    assert not re.search(words, Page(html_of(made, tmp_path)).text, flags=re.I)


@pytest.mark.parametrize(
    ("interval", "where"),
    [
        ((-2.0, -1.0), "below zero"),
        ((-2.0, 0.0), "holds zero"),
        ((-1.0, 1.0), "holds zero"),
        ((0.0, 0.0), "holds zero"),
        ((0.0, 2.0), "holds zero"),
        ((1.0, 2.0), "above zero"),
        (None, "no interval"),
    ],
)
def test_an_interval_that_touches_zero_holds_it(interval: tuple[float, float] | None, where: str):
    assert verdicts.position(interval) == where


@pytest.mark.parametrize(
    ("low", "high", "cost", "said"),
    [
        (-2e6, -1e6, 1e6, "'As run' is worth less than it costs"),
        (1e6, 2e6, 1e6, "'As run' is worth more than it costs"),
        (-2e6, -1e6, -1e6, "'As run' gives up more than it spares in cost"),
        (1e6, 2e6, -1e6, "'As run' spares more cost than it gives up"),
        (-2e6, 1e6, 1e6, "it cannot be said whether 'As run' is worth what it costs"),
        (0.0, 2e6, 1e6, "it cannot be said whether 'As run' is worth what it costs"),
        (-2e6, 0.0, 1e6, "it cannot be said whether 'As run' is worth what it costs"),
    ],
)
def test_the_headline_says_no_more_than_the_interval(low: float, high: float, cost: float, said: str):
    assert said in verdicts.headline(with_interval(low, high, cost))


def test_a_headline_without_an_interval_says_so():
    made = document()
    headline_arm(made)["npsv_interval"] = None
    assert "no interval says how sure that is" in verdicts.headline(made)


def test_inconclusive_evidence_is_said_in_the_headline_and_below():
    made = document()
    ratio = {"value": 0.9, "low": 0.7, "high": 1.0, "standing": "derived"}
    headline_arm(made)["effect"] = {"name": "x", "design": "matched_comparison", "ratios": {"occasions_ratio": ratio}}
    assert "inconclusive" in verdicts.headline(made)
    assert any("0.70 to 1.00" in said for said in verdicts.cannot_be_said(made))
    ratio["high"] = 0.99
    assert "inconclusive" not in verdicts.headline(made)


def test_a_sign_that_depends_on_the_reading_is_said_in_the_headline():
    made = with_interval(-2e6, -1e6)
    assert "Other ways of counting" not in verdicts.headline(made)
    made["alternatives"] = [{"name": headline_arm(made)["name"], "npsv_gbp": value} for value in (-3e6, 4e6)]
    assert "Other ways of counting and pricing the same runs give −£3.00m to £4.00m." in verdicts.headline(made)
    assert any("That the sign is settled" in said for said in verdicts.cannot_be_said(made))


def test_a_design_without_a_comparison_group_is_not_called_a_cause():
    made = document()
    headline_arm(made)["effect"]["design"] = "before_after"
    assert any("without a matched comparison group" in said for said in verdicts.cannot_be_said(made))
    headline_arm(made)["effect"]["design"] = "matched_comparison"
    assert not any("without a matched comparison group" in said for said in verdicts.cannot_be_said(made))


def test_an_arm_that_costs_less_is_not_said_to_pay_for_itself():
    said = " ".join(verdicts.can_be_said(with_interval(1e6, 2e6, cost=-1e6)))
    assert "pays for itself" not in said and "pay for itself" not in said


def test_cashable_benefit_is_always_spoken_of():
    made = document()
    arm = headline_arm(made)
    arm["benefit_gbp"] = 5e5
    for row in arm["by_kind"]:
        row["benefit_gbp"] = 0.0
    assert any("None of the benefit" in said and "cashable" in said for said in verdicts.can_be_said(made))
    arm["by_kind"][0] |= {"cashable": True, "benefit_gbp": 2e5}
    assert any("£200k is priced as cashable" in said for said in verdicts.can_be_said(made))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("simulated: -0.01", "simulated: −0.01"),
        ("simulated: -0.00", "simulated: 0.00"),
        ("-£0.00", "£0.00"),
        ("-£5 and -3", "−£5 and −3"),
        ("2018-19, before-after", "2018-19, before-after"),
    ],
)
def test_minus_signs_are_minus_signs_and_nothing_is_not_negative(written: str, read: str):
    assert verdicts.proper_minus(written) == read


def test_the_comparator_is_named_throughout():
    assert f"each against {OPEN}{comparator_of(shipped())['title']}’" in page().text
