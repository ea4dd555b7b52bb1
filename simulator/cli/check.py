"""``test`` and ``check``: what a developer and CI run."""

from __future__ import annotations

import subprocess
import sys
from typing import Annotated

import typer

from simulator.cli.main import app
from simulator.places import data_folder

CHECKS = (
    ("formatting", ("ruff", "format", "--check", "."), "ruff format ."),
    ("lint", ("ruff", "check", "."), "ruff check --fix ."),
    ("types", ("mypy",), ""),
    ("import contracts", ("importlinter.cli",), ""),
)


def run(module: str, *arguments: str) -> int:
    """Run a module of this Python in the project's folder; its exit code."""
    command = [sys.executable, "-m", module, *arguments]
    if module == "importlinter.cli":
        command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", *arguments]
    return subprocess.run(command, cwd=data_folder("scenarios").parent, check=False).returncode


def tests(*marks: str) -> int:
    """Run the tests, in parallel where that is possible."""
    return run("pytest", "-q", "-n", "auto", *marks)


@app.command()
def test(
    everything: Annotated[bool, typer.Option("--all", help="Slow tests too.")] = False,
) -> None:
    """Run the quick tests."""
    raise typer.Exit(tests(*([] if everything else ["-m", "not slow"])))


def write_anew() -> None:
    """Write what is kept of the program's own answers: the expected answers, then the evidence document."""
    from simulator.cli.loading import progress_bar
    from simulator.report.evidence_document import write_document
    from simulator.report.expected import write_answers

    for path in write_answers():
        typer.echo(f"Wrote {path}")
    with progress_bar(9, "Simulating the reports") as progress:
        path = write_document(progress)
    typer.echo(f"Wrote {path}")


@app.command()
def check(
    accept: Annotated[
        bool,
        typer.Option(
            "--accept", help="Write the expected answers of the shipped scenarios and docs/evidence.md anew, and stop."
        ),
    ] = False,
) -> None:
    """Everything CI runs: formatting, lint, types, import contracts, then all tests."""
    if accept:
        write_anew()
        return
    failed = []
    for name, (module, *arguments), remedy in CHECKS:
        typer.echo(f"== {name}", err=True)
        if run(module, *arguments):
            failed.append(f"{name}" + (f" (try: {remedy})" if remedy else ""))
    typer.echo("== tests", err=True)
    if tests():
        failed.append("tests")
    if failed:
        typer.echo("Not green: " + "; ".join(failed), err=True)
        raise typer.Exit(1)
    typer.echo("All green.", err=True)
