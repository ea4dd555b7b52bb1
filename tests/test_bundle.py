"""The inputs that a report carries: all of them, unharmed, and a changed byte is named by file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from simulator.appraisal.loading import load
from simulator.documents.bundle import bundle_of, digest_of
from simulator.documents.contents import Document
from simulator.documents.page import page_of
from simulator.documents.verification import Page, bundle_in, page_in, unpack
from simulator.places import data_folder
from simulator.tables import InputProblems

QUESTION = {"scenarios": ["bedfordshire"], "settings": [], "comparator": None, "replications": 2, "draws": 0, "seed": 1}
BUNDLE = bundle_of(load(["bedfordshire"], [])[0][0], QUESTION)
PLACE = Path("report.html")


def page_with(bundle: dict, printed: str | None = None) -> Page:
    """A page that prints the digest of the bundle as it was made."""
    from simulator.documents.contents import Paragraph, Section

    lead = (Paragraph(f"Digest: `{printed or BUNDLE['digest']}`"),)
    return Page(page_of(Document("A page", lead, (Section("a", "A", ()),)), bundle))


def changed(**files: str) -> dict:
    """The bundle with the text of some files replaced."""
    made = json.loads(json.dumps(BUNDLE))
    for name, words in files.items():
        made["files"][name]["text"] = words
    return made


def problems_of(bundle: dict, printed: str | None = None) -> list:
    with pytest.raises(InputProblems) as found:
        bundle_in(page_with(bundle, printed), PLACE)
    return found.value.problems


def test_a_bundle_comes_back_from_the_page_as_it_was():
    assert bundle_in(page_with(BUNDLE), PLACE) == json.loads(json.dumps(BUNDLE))


def test_every_shipped_table_report_and_scenario_is_in_it(tmp_path: Path):
    unpack(BUNDLE, tmp_path)
    for name in ("cost_tables", "evidence", "scenarios"):
        shipped = {
            path.relative_to(data_folder(name))
            for path in data_folder(name).rglob("*.*")
            if path.suffix in (".csv", ".yaml")
        }
        assert {path.relative_to(tmp_path / name) for path in (tmp_path / name).rglob("*.*")} == shipped
        assert shipped
        for path in shipped:
            assert (tmp_path / name / path).read_bytes() == (data_folder(name) / path).read_bytes().replace(
                b"\r\n", b"\n"
            )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.data())
def test_any_changed_character_is_named_by_file_and_line(data):
    name = data.draw(some.sampled_from(sorted(BUNDLE["files"])))
    words = BUNDLE["files"][name]["text"]
    place = data.draw(some.integers(0, len(words) - 1).filter(lambda at: words[at] != "\n"))
    new = data.draw(some.sampled_from([each for each in "0123456789ax" if each != words[place]]))
    found = problems_of(changed(**{name: words[:place] + new + words[place + 1 :]}))
    assert [(name in str(each.file), each.line) for each in found] == [(True, words[:place].count("\n") + 1)]


def test_a_line_more_or_less_is_named_where_it_begins():
    name = "cost_tables/horr99.csv"
    lines = BUNDLE["files"][name]["text"].split("\n")
    (without,) = problems_of(changed(**{name: "\n".join([*lines[:4], *lines[5:]])}))
    (doubled,) = problems_of(changed(**{name: "\n".join([*lines[:4], lines[3], *lines[4:]])}))
    assert without.line == doubled.line == 5


def test_a_file_changed_together_with_its_digests_is_found_by_the_printed_one():
    from simulator.documents.bundle import with_digests

    name = "cost_tables/horr99.csv"
    made = changed()
    made["files"][name] = with_digests(made["files"][name]["text"].replace("5930", "9530"))
    assert "digest of question and inputs" in problems_of(made)[0].message
    made["digest"] = digest_of(made["question"], made["files"])
    assert "digest of question and inputs" in problems_of(made)[0].message


def test_a_changed_question_is_found():
    made = changed()
    made["question"]["seed"] = 2
    assert "digest" in problems_of(made)[0].message


def test_a_damaged_bundle_or_a_page_without_one_is_said(tmp_path: Path):
    page = page_with(BUNDLE)
    page.bundle = page.bundle[:-20]
    with pytest.raises(InputProblems, match="damaged"):
        bundle_in(page, PLACE)
    (tmp_path / "other.html").write_text("<html><p>Hello</p></html>")
    with pytest.raises(InputProblems, match="carries no inputs"):
        page_in(tmp_path / "other.html")
    with pytest.raises(InputProblems, match="cannot be read"):
        page_in(tmp_path / "missing.html")


def test_nothing_is_unpacked_outside_the_folder(tmp_path: Path):
    made = {"files": {"../outside.yaml": {"text": "x"}}}
    with pytest.raises(InputProblems, match="outside"):
        unpack(made, tmp_path / "inside")
    assert not (tmp_path / "outside.yaml").exists()


def test_own_files_travel_with_what_they_extend_and_their_fit(tmp_path: Path):
    fit = (data_folder("evidence") / "fits" / "bedfordshire.yaml").read_text("utf-8")
    (tmp_path / "fits").mkdir()
    (tmp_path / "fits" / "mine.yaml").write_text(fit, "utf-8")
    (tmp_path / "below.yaml").write_text("extends: bedfordshire\ntitle: Below\nwhy: A test.\nfit: fits/mine.yaml\n")
    (tmp_path / "deep").mkdir()
    top = tmp_path / "deep" / "mine.yaml"
    top.write_text("extends: ../below.yaml\ntitle: Mine\nwhy: A test.\n")
    (scenario,), _ = load([f"{top}:as_run"], [])
    bundle = bundle_of(scenario, {**QUESTION, "scenarios": [f"{top}:as_run"]})
    own = {name for name in bundle["files"] if name.startswith("given/")}
    assert own == {"given/deep/mine.yaml", "given/below.yaml", "given/fits/mine.yaml"}
    assert bundle["question"]["scenarios"] == ["given/deep/mine.yaml:as_run"]
    unpack(bundle, tmp_path / "again")
    (again,), _ = load([str(tmp_path / "again" / "given/deep/mine.yaml:as_run")], [])
    assert again.digest == scenario.digest
    assert again.baseline.fit is not None and scenario.baseline.fit is not None
    assert again.baseline.fit.fit == scenario.baseline.fit.fit
