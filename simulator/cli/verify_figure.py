"""``verify-figure``: one number of a report, made again from the inputs that the report carries."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.main import app
from simulator.cli.options import Format, Formatted, Workers, chosen_engine

if TYPE_CHECKING:
    from simulator.documents.verification import Page


@app.command("verify-figure")
def verify_figure(
    figure: Annotated[str, typer.Argument(help="Identifier, as figures.csv has it.")],
    page: Annotated[Path, typer.Argument(help="The report.html that prints it.")],
    workers: Workers = 0,
    form: Formatted = Format.TABLE,
) -> None:
    """Make one number of a report again, offline, from the inputs inside the report, and say whether it agrees.

    A changed byte of the inputs is found first, and named by file and line. Exit code 1: the number does not agree.
    """
    import json

    from simulator.documents.verification import bundle_in, page_in, unpack
    from simulator.report.text import rendered

    read = page_in(page)
    bundle = bundle_in(read, page)
    check_name(figure, read, page)
    with tempfile.TemporaryDirectory() as folder:
        unpack(bundle, Path(folder))
        found = made_or_refused(figure, bundle, Path(folder), workers, page)
    verdict = verdict_on(figure, read, found, bundle)
    if form is Format.TABLE:
        typer.echo(in_words(verdict))
    else:
        typer.echo(
            json.dumps(verdict, indent=2, ensure_ascii=False) if form is Format.JSON else rendered([verdict], "csv")
        )
    if not verdict["agrees"]:
        raise typer.Exit(1)


def check_name(figure: str, read: Page, page: Path) -> None:
    """Refuse an identifier that the report does not print. Raises InputProblems with the nearest."""
    from simulator.documents.workbook.cells import ROOT
    from simulator.tables import InputProblems, Problem, did_you_mean

    if figure.startswith(f"{ROOT}."):
        said = "this is a cell of workbook.xlsx, not a number of the page"
        hint = "The workbook recalculates it itself: its formula is in the cell, and in figures.csv."
        raise InputProblems([Problem(str(page), 0, 0, said, hint)])
    if figure not in read.numbers:
        hint = did_you_mean(figure, list(read.numbers)) or "figures.csv beside the report lists every identifier."
        raise InputProblems([Problem(str(page), 0, 0, f"no number of this report is called '{figure}'", hint)])


def made_or_refused(figure: str, bundle: dict[str, Any], folder: Path, workers: int, page: Path) -> Any:
    """What ``made_again`` gives.

    Raises InputProblems where this program cannot make anything of the bundle: another program's, or a damaged one.
    """
    from simulator.tables import InputProblems, Problem

    try:
        return made_again(figure, bundle, folder, workers)
    except InputProblems:
        raise
    except Exception as error:  # whatever a foreign or damaged bundle leads to
        said = f"nothing can be made again from the inputs inside ({type(error).__name__}: {error})"
        hint = f"The report was made by version {bundle.get('version')}: try that version, or get the report again."
        raise InputProblems([Problem(str(page), 0, 0, said, hint)]) from None


def made_again(figure: str, bundle: dict[str, Any], folder: Path, workers: int) -> Any:
    """The number as the report's own steps give it from the unpacked inputs; None where they print no such number."""
    from simulator.cli.answering import Question, asker_of, fresh_answers
    from simulator.cli.report import say
    from simulator.documents.bundle import GIVEN
    from simulator.documents.business_case import business_case_of
    from simulator.documents.register import printed_in
    from simulator.documents.report import report_of
    from simulator.places import OTHER_DATA

    asked = dict(bundle["question"])
    if any(Path(name).suffix in (".yaml", ".yml") and not name.startswith(f"{GIVEN}/") for name in asked["scenarios"]):
        raise ValueError("a scenario outside the bundle is named")
    names = [str(folder / name) if name.startswith(f"{GIVEN}/") else name for name in asked["scenarios"]]
    question = Question(
        **{**asked, "scenarios": tuple(names), "settings": tuple(asked["settings"])},
        engine=chosen_engine(None),
        workers=workers,
    )
    before = os.environ.get(OTHER_DATA)
    os.environ[OTHER_DATA] = str(folder)
    try:
        asker = asker_of(question, folder / "runs", say)
        answers = fresh_answers(asker, figure)
        on_page = printed_in(report_of(answers, [], bundle["digest"]))
        return on_page.get(figure) or printed_in(business_case_of(answers)).get(figure)
    finally:
        if before is None:
            del os.environ[OTHER_DATA]
        else:
            os.environ[OTHER_DATA] = before


def verdict_on(figure: str, read: Page, found: Any, bundle: dict[str, Any]) -> dict[str, Any]:
    """What the report prints, what came out again, and whether they agree."""
    from simulator import __version__
    from simulator.cli.answering import whole_program_digest
    from simulator.documents.verification import shown_in, unlike_shipped

    shown = shown_in(read, figure)
    assert shown is not None  # checked by name
    again = found.printed if found else []
    exact = repr(found.exact) if found else None
    return {
        "figure": figure,
        "printed": list(shown.printed),
        "exact": list(shown.exact),
        "made_again": list(again),
        "exact_made_again": exact,
        "agrees": bool(found) and set(shown.printed) <= set(again) and set(shown.exact) == {exact},
        "inputs_digest": bundle["digest"],
        "files_checked": len(bundle["files"]),
        "unlike_shipped": unlike_shipped(bundle),
        "made_by_version": bundle["version"],
        "this_version": __version__,
        "same_program": bundle["program"] == whole_program_digest(),
    }


def in_words(verdict: dict[str, Any]) -> str:
    """The verdict for people."""
    unlike = verdict["unlike_shipped"]
    lines = [
        f"{verdict['files_checked']} bundled input files, unchanged since the report was made "
        f"(digest {verdict['inputs_digest'][:16]}…).",
        f"NOT those of this program: {'; '.join(unlike)}."
        if unlike
        else "Tables and reports are those of this program.",
        f"{verdict['figure']}",
        f"  printed     {' and '.join(verdict['printed'])}  ({' and '.join(verdict['exact'])})",
        f"  made again  {' and '.join(verdict['made_again']) or 'nothing'}  ({verdict['exact_made_again']})",
        "The two agree to the last bit, wherever the page marks this number."
        if verdict["agrees"]
        else "THE TWO DO NOT AGREE.",
    ]
    if not verdict["same_program"]:
        lines.append(
            f"The report was made by another state of the program (version {verdict['made_by_version']}, this is "
            f"{verdict['this_version']}): a difference may be the program's."
        )
    return "\n".join(lines)
