"""The folder of documents of one scenario: every file of it, from the answers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from simulator.charts.model_map import model_map
from simulator.charts.sweeps.pictures import Picture
from simulator.documents.assurance.files import write_assurance
from simulator.documents.bundle import ELSEWHERE, bundle_of
from simulator.documents.business_case import business_case_of, case_pictures
from simulator.documents.figures_table import figures_tables
from simulator.documents.marking import signs_by, with_signs
from simulator.documents.page import page_of
from simulator.documents.pdf import write_pdf
from simulator.documents.pictures import document_charts
from simulator.documents.register import Printed, printed_in
from simulator.documents.report import report_of
from simulator.documents.word import word_of
from simulator.documents.workbook.book import write_workbook
from simulator.report.behind import Background
from simulator.report.text import rendered
from simulator.scenario.records import Scenario


def write_documents(
    folder: Path,
    scenario: Scenario,
    answers: Mapping[str, Any],
    question: Mapping[str, Any],
    program: str = "",
    with_pdf: bool = True,
) -> list[str]:
    """Write every document to a folder, which is made; what could not be written, in words.

    Args:
        question: what was asked for, carried along in the page so that any figure can be made again.
        program: digest of the program's own sources.
        with_pdf: print the page too, where something that can print is at hand.
    """
    folder.mkdir(exist_ok=True)
    bundle = bundle_of(scenario, question, program)
    pictures = pictures_of(answers)
    background = Background(answers)
    report = report_of(answers, [each.chart for each in pictures], bundle["digest"], background)
    drawn = case_pictures(answers)
    case = with_signs(business_case_of(answers, [each.chart for each in drawn]), signs_by(background))
    (folder / "business_case.docx").write_bytes(word_of(case, {each.chart.name: each.png for each in drawn}))
    workbook = write_workbook(folder / "workbook.xlsx", answers)
    on_page, in_case = printed_in(report), printed_in(case)
    elsewhere = {name: each.as_said for name, each in in_case.items() if name not in on_page}
    write(folder / "report.html", page_of(report, {**bundle, ELSEWHERE: elsewhere}))
    printed = together(on_page, in_case)
    figures, sets = figures_tables(printed, background, bundle["digest"], workbook)
    write(folder / "figures.csv", figures)
    write(folder / "input_sets.csv", sets)
    write(folder / "inputs.csv", rendered(with_all_keys(answers["comparison"]["inputs"]), "csv") + "\n")
    write_pictures(folder / "charts", pictures)
    (folder / "assurance").mkdir()
    write_assurance(folder / "assurance", answers)
    write_answers(folder / "answers", answers)
    fault = write_pdf(folder / "report.html", folder / "report.pdf") if with_pdf else ""
    return [fault] if fault else []


def write_comparison(folder: Path, document: Mapping[str, Any]) -> None:
    """The page of a comparison alone, and its charts: what ``compare --out`` writes."""
    pictures = pictures_of({"comparison": document})
    write(folder / "report.html", page_of(report_of({"comparison": document}, [each.chart for each in pictures])))
    write_pictures(folder / "charts", pictures)


def together(*found: Mapping[str, Printed]) -> dict[str, Printed]:
    """The numbers of several documents, each once with all its printed forms and places."""
    whole: dict[str, Printed] = {}
    for printed in found:
        for name, each in printed.items():
            here = whole.setdefault(name, Printed(name, each.exact))
            here.printed += [form for form in each.printed if form not in here.printed]
            here.sections += [section for section in each.sections if section not in here.sections]
    return whole


def with_all_keys(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows with the keys of all of them, in the order in which they first appear."""
    keys = dict.fromkeys(key for row in rows for key in row)
    return [{key: row.get(key) for key in keys} for row in rows]


def pictures_of(answers: Mapping[str, Any]) -> list[Picture]:
    """Every figure of the report with its text alternative, as SVG and as PNG."""
    drawn = [Picture(each.chart, each.png) for each in document_charts(answers)]
    return [*drawn, model_map()]


def write_pictures(folder: Path, pictures: Iterable[Picture]) -> None:
    """Each figure as SVG and PNG, and a file with the text alternatives, for whoever pastes a figure elsewhere."""
    folder.mkdir()
    described = []
    for picture in pictures:
        chart = picture.chart
        write(folder / f"{chart.name}.svg", chart.svg)
        (folder / f"{chart.name}.png").write_bytes(picture.png)
        described += [chart.name, f"  Title: {chart.title}", f"  Text alternative: {chart.description}", ""]
    write(folder / "text_alternatives.txt", "\n".join(described))


def write_answers(folder: Path, answers: Mapping[str, Any]) -> None:
    """The answers themselves, as docs/json.md describes them."""
    folder.mkdir()
    for name, answer in answers.items():
        write(folder / f"{name}.json", json.dumps(answer, indent=2, ensure_ascii=False) + "\n")


def write(path: Path, text: str) -> None:
    """A text file with the same bytes on every system."""
    path.write_text(text, "utf-8", newline="\n")
