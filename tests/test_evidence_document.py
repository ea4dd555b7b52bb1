"""The evidence document: made from what is there now, the same bytes each time, and sound for a writer who quotes it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from commands import Run
from small_runs import library

from simulator.evaluation.audit import Verdict
from simulator.evaluation.lines import ARITHMETIC, FITTED, PREDICTED, Line
from simulator.evidence import load_reports
from simulator.places import data_folder
from simulator.report import evidence_document, markdown
from simulator.report.audit import findings_of
from simulator.report.cases import Case, cases_of
from simulator.report.evidence_document import document_text, inputs, inputs_digest, path_of_document, staleness
from simulator.report.evidence_fits import fit_section
from simulator.report.evidence_sections import audit_section, figure_parts, is_headline, not_simulated, overview
from simulator.report.evidence_studies import studies_section
from simulator.report.evidence_words import PARAGRAPHS, UNTOLD, paragraph_of, reason_not_simulated

REPORTS = load_reports(data_folder("evidence"))


def case(name: str) -> Case:
    return cases_of(name, library())[0]


def a_line(report: str, name: str, simulated: float, role: str = PREDICTED, miss: float | None = 0.5) -> Line:
    figure = REPORTS[report].figures[name]
    return Line(report, figure.name, "protocol", figure.value, simulated, 1.0, miss, role)


# Staleness.


def test_the_document_is_made_from_what_is_there_now() -> None:
    assert staleness() == ""


@pytest.mark.slow
def test_the_document_is_made_again_to_the_byte() -> None:
    assert document_text() == path_of_document().read_text("utf-8")


def test_evidence_scenarios_cost_tables_rules_and_evaluation_are_all_among_its_inputs() -> None:
    names = {name for name, _ in inputs()}
    assert {
        "evidence/leeds_2017.yaml",
        "evidence/effects.yaml",
        "evidence/relations/leeds_2017.yaml",
        "scenarios/bedfordshire.yaml",
        "scenarios/england_and_wales.yaml",
        "cost_tables/horr99.csv",
        "cost_tables/sources.yaml",
        "draws.py",
        "evaluation/regression.py",
        "evaluation/audit/kinds.py",
        "report/evidence_words.py",
    } <= names
    assert {f"evidence/fits/{path.name}" for path in (data_folder("evidence") / "fits").glob("*.yaml")} <= names
    assert not [name for name in names if name.endswith(".expected.json")]


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8", newline="")
    return path


def test_the_digest_changes_with_any_byte_and_any_name_but_not_with_the_ends_of_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def digest(*files: tuple[str, Path]) -> str:
        monkeypatch.setattr(evidence_document, "inputs", lambda: iter(files))
        return inputs_digest()

    one, other = write(tmp_path / "one", "a\nb\n"), write(tmp_path / "other", "a\nc\n")
    windows = write(tmp_path / "windows", "a\r\nb\r\n")
    assert digest(("x", one)) == digest(("x", windows))
    assert len({digest(("x", one)), digest(("x", other)), digest(("y", one)), digest(("x", one), ("y", other))}) == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "is missing"),
        ("# no first line\n", "is stale"),
        ("<!-- Inputs: 000000000000 -->\n# other inputs\n", "is stale"),
        ("# below\n<!-- Inputs: {digest} -->\n", "is stale"),
        ("<!-- Inputs: {digest} -->\n# same\n", ""),
    ],
)
def test_a_document_made_from_anything_else_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None, said: str
) -> None:
    path = tmp_path / "evidence.md"
    monkeypatch.setattr(evidence_document, "path_of_document", lambda: path)
    if text is not None:
        path.write_text(text.format(digest=inputs_digest()), "utf-8")
    assert staleness().startswith("docs/evidence.md " + said) if said else staleness() == ""
    assert not said or "check --accept" in staleness()


def test_accepting_writes_the_expected_answers_and_then_the_document(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.report.expected.write_answers", lambda: [Path("leeds.expected.json")])
    monkeypatch.setattr(evidence_document, "path_of_document", lambda: tmp_path / "evidence.md")
    monkeypatch.setattr(evidence_document, "simulated", lambda progress: progress(9))
    monkeypatch.setattr(evidence_document, "contents_of", lambda _: "# all of it\n")
    answer = run("check", "--accept")
    assert answer.out == f"Wrote leeds.expected.json\nWrote {tmp_path / 'evidence.md'}\n"
    text = (tmp_path / "evidence.md").read_bytes().decode()
    assert (
        text
        == f"<!-- Made by `python run.py check --accept`, not by hand. Inputs: {inputs_digest()} -->\n# all of it\n"
    )
    assert staleness() == ""


# What it says.


@pytest.mark.parametrize("source", PARAGRAPHS)
def test_each_report_is_told_in_a_paragraph_with_its_own_figures(source: str) -> None:
    words = paragraph_of(REPORTS[source])
    assert "{" not in words
    assert len(words) > 300
    assert len(re.findall(r"\{[a-z0-9_.]+\}", PARAGRAPHS[source])) >= 4
    written_by_hand = re.findall(r"(?<![\d.,£])\d{2,}(?:\.\d+)?%?", re.sub(r"\{[^}]*\}", "", PARAGRAPHS[source]))
    assert [each for each in written_by_hand if each not in ("2010", "2015", "2018", "2019", "12", "24")] == []


SIMULATED = ("convictions", "reconvicted", "figure_3", "figure_4")  # all figures of these


def test_every_figure_that_is_not_simulated_has_a_reason() -> None:
    untold = [
        f"{source}.{name}"
        for source in PARAGRAPHS
        for name in REPORTS[source].figures
        if reason_not_simulated(source, name) == UNTOLD and not name.startswith(SIMULATED)
    ]
    assert untold == []
    assert UNTOLD not in path_of_document().read_text("utf-8")
    assert "mode of trial" in reason_not_simulated("southwark_2018", "table_4.national.summary.treatment_rate")
    assert "mode of trial" not in reason_not_simulated("leeds_2017", "table_4.overall_national.tier_2.treatment_n")


def test_the_headline_is_the_national_overall_analysis_and_all_areas_together() -> None:
    assert is_headline(a_line("leeds_2017", "table_1.overall_national.treatment_rate", 60.0))
    assert is_headline(a_line("leeds_2017", "key_findings.days_difference", 60.0))
    assert not is_headline(a_line("leeds_2017", "table_1.over_12_week_national.treatment_rate", 60.0))
    assert not is_headline(a_line("southwark_2018", "table_1.regional.treatment_rate", 60.0))
    assert is_headline(a_line("bedfordshire_2019", "figure_1.total.before", 600.0))
    assert not is_headline(a_line("bedfordshire_2019", "figure_1.luton.before", 600.0))
    assert not is_headline(a_line("sussex_2013", "case_study.nhs_cost", 6100.0, ARITHMETIC, None))


def sussex_lines() -> list[Line]:
    return [
        a_line("sussex_2013", "reconvicted.after", 50.0, FITTED, 12.9),
        a_line("sussex_2013", "convictions.before", 1.2, FITTED, -0.04),
        a_line("sussex_2013", "convictions.reduction", 55.0, PREDICTED, -3.6),
        a_line("sussex_2013", "case_study.nhs_cost", 6100.0, ARITHMETIC, None),
    ]


def test_fitted_and_predicted_figures_stand_apart_with_unit_miss_and_flag() -> None:
    text = "\n\n".join(figure_parts(case("sussex"), sussex_lines()))
    fitted, predicted = text.split("**Predicted")
    assert "| `reconvicted.after` | percent | 19 | 50.0 | 1.00 | +12.9! |" in fitted
    assert "| `convictions.before` | convictions per offender | 1.24 | 1.20 | 1.00 | +0.0 |" in fitted
    assert "| `convictions.reduction` † | percent | 68.7 | 55.0 | 1.00 | −3.6! |" in predicted
    assert "`case_study.nhs_cost` | 6,100 | 6,100 |" in predicted
    assert f"Not simulated: {len(REPORTS['sussex_2013'].figures) - 4} of the report's" in predicted


def test_the_overview_counts_what_becomes_of_every_figure() -> None:
    lines = {source: sussex_lines() if source == "sussex_2013" else [] for source in REPORTS}

    class Found:
        pass

    found = Found()
    found.lines = lines  # type: ignore[attr-defined]
    rows = overview(cases_of(None, library()), found, findings_of(None)).splitlines()  # type: ignore[arg-type]
    figures = len(REPORTS["sussex_2013"].figures)
    assert len(rows) == 7
    assert rows[-1] == (
        f"| [Sussex](#sussex_2013) | observed against predicted | 2 | {figures} | 2 | 1 | 1 | 1 | {figures - 4} | 1 |"
    )
    assert len(not_simulated(REPORTS["sussex_2013"], sussex_lines())) == figures - 4


def test_every_figure_that_does_not_simply_follow_is_listed_before_any_report() -> None:
    findings = findings_of(None)
    text = audit_section(findings)
    wrong = [each for each in findings if each.verdict is not Verdict.FOLLOWS]
    assert len(wrong) > 20
    for each in wrong:
        assert f"| `{each.report}.{each.relation.figure}` |" in text
    assert text.count("\n| `") == len(wrong)
    assert "13.05 would need 381" in text


@pytest.mark.parametrize("scheme", ["leeds", "bedfordshire"])
def test_a_fit_is_told_with_rates_intervals_misses_and_what_is_not_identified(scheme: str) -> None:
    chosen = case(scheme)
    if chosen.fit is None:
        pytest.skip("no fit is kept")
    text = "\n".join(fit_section(chosen, library()))
    for reading in chosen.fit.readings.values():
        for name, each in reading.parameters.items():
            assert f"| `{name}`: " in text
            assert f"{each.value:.3g} [{each.low:.3g} to {each.high:.3g}]" in text
        for target in reading.targets:
            if target.role == FITTED and abs(target.miss or 0.0) > 1.0:
                assert f"`{target.figure.partition('.')[2]}` (" in text
        assert all(f"- {each}" in text for each in reading.not_identified)
    assert chosen.fit.made_by in text


def test_a_report_without_a_fit_says_so() -> None:
    assert "No fit is kept" in "\n".join(fit_section(case("leeds")._replace(fit=None), library()))


def test_sizes_of_studies_are_those_that_the_data_lab_printed() -> None:
    text = studies_section({name: REPORTS[name] for name in ("leeds_2017", "southwark_2018")})
    assert "| Leeds | 59.9 against 55.7 | 1,797 | 1,797 [1,715 to 1,886] | 95.0% [94.1 to 95.8] |" in text
    assert "| Southwark | 62.0 against 56.5 | 1,032 | 1,038 [1,001 to 1,076] | 94.9% [94.2 to 95.6] |" in text
    assert "1,086 and 627 people analysed" in text
    derived = (path_of_document().parent / "derivations.md").read_text("utf-8")
    for cell in ("1,797 [1,715 to 1,886]", "95.0% [94.1 to 95.8]", "1,038 [1,001 to 1,076]", "94.9% [94.2 to 95.6]"):
        assert cell in text
        assert cell in derived


def test_wording_keeps_to_the_habits_of_the_data_lab() -> None:
    text = path_of_document().read_text("utf-8")
    assert "proves" not in text
    assert "no effect for" not in text
    assert "What you cannot say" in text
    assert not re.search(r"[−+]0\.0!|−0\.0\b|−0%|\| -\d|\bnan\b|\binf\b", text)


def test_a_table_has_numbers_to_the_right_and_sentences_to_the_left() -> None:
    rows = [["a", "1.0 [0.5 to 2.0]", "26 of 39 is 66.667%, which is more than was printed"], ["b|c", "−3", "40 of it"]]
    lines = markdown.table(("Name", "Number", "Why"), rows).splitlines()
    assert lines[1] == "| --- | ---: | --- |"
    assert lines[3] == "| b/c | −3 | 40 of it |"
