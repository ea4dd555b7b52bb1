"""The report page: complete, self-contained, accessible, and saying nothing that the document does not."""

from __future__ import annotations

import re
from pathlib import Path

from report_pages import Page, document, html_of, page, shipped, shipped_html
from small_runs import compared

from simulator.charts.arms import comparator_of, compared_arms, headline_arm
from simulator.documents.folder import write_comparison
from simulator.documents.sections.inputs import command, is_unverified
from simulator.report import verdicts
from simulator.report.results import results_of
from simulator.report.text import number, pounds

OPEN = "\u2018"


# What is written.


def test_the_folder_holds_the_page_and_each_figure(tmp_path: Path):
    write_comparison(tmp_path, document())
    names = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    drawn = ["agency-years", "by-agency", "by-kind", "cumulative-value", "model-map", "npsv-by-arm", "proven-offences"]
    assert names == [
        *(f"charts/{name}.{ending}" for name in drawn for ending in ("png", "svg")),
        "charts/text_alternatives.txt",
        "report.html",
    ]


def test_the_same_document_gives_the_same_bytes(tmp_path: Path):
    assert html_of(document(), tmp_path) == shipped_html()


def test_writing_does_not_change_the_document(tmp_path: Path):
    made = document()
    write_comparison(tmp_path, made)
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
        assert said <= allowed
        assert pounds(arm["npsv_gbp"]) in said


def test_every_warning_is_on_the_page():
    for warning in shipped()["warnings"]:
        plain = re.sub(r"(?<![\w-])-(?=\d)", "−", re.sub(r"\s+", " ", warning.replace("`", "")))
        assert plain.replace("'", "") in re.sub(f"[{OPEN}’']", "", page().text)


def test_every_input_is_on_the_page_with_its_standing():
    rows = {row[0]: row for table in page().tables if table[0][:2] == ["Name", "Value"] for row in table[1:]}
    assert rows.keys() == {row["name"] for row in shipped()["inputs"]}
    for given in shipped()["inputs"]:
        row = rows[given["name"]]
        assert row[-1].startswith(given["standing"])
        assert row[4] == (given["price_year"] or "") and row[5] == given["source"]


def test_a_figure_not_seen_in_a_source_is_marked():
    rows = {row[0]: row for table in page().tables if table[0][:2] == ["Name", "Value"] for row in table[1:]}
    marked = {name for name, row in rows.items() if "Not seen" in row[-1]}
    assert marked == {row["name"] for row in shipped()["inputs"] if is_unverified(row)}
    assert all(row["name"] in marked for row in shipped()["inputs"] if row["standing"] == "unverified")


def test_every_source_is_listed():
    for row in shipped()["inputs"]:
        assert not row["source"] or f"<code>{row['source']}</code>" in shipped_html().replace("<wbr>", "")


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
    made = results_of(compared("appraisal.cost_table=ho_2019_20"))
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
    for arm in compared_arms(made):
        assert f"{arm['title']}: there is nothing to divide by." in read.text
    assert f"is not given for {OPEN}As run’: there is nothing to divide by." in read.text


def test_results_without_any_interval_still_make_a_page(tmp_path: Path):
    made = document()
    for arm in made["arms"]:
        arm["npsv_interval"] = arm["benefit_per_pound_interval"] = None
        arm["simulation_interval"] = {"npsv_gbp": None, "benefit_per_pound": None}
        arm["benefit_per_pound_of_net_public_cost"]["interval"] = None
    read = Page(html_of(made, tmp_path))
    assert "not available" in read.text
    assert "None" not in re.sub("None(?: of the benefit|: both ends)", "", read.text)


def test_the_comparator_is_named_throughout():
    assert f"each against {OPEN}{comparator_of(shipped())['title']}’" in page().text
