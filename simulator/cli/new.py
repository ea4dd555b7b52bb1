"""``new``: a commented scenario to edit, and a commented evidence file to go with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from simulator.cli.calibrate import check_new
from simulator.cli.main import app


@app.command()
def new(
    name: Annotated[
        str, typer.Argument(help="Name of your area; the file is NAME.yaml in this folder unless it is a path.")
    ],
    like: Annotated[str, typer.Option("--from", help="Shipped scheme to start from.")] = "bedfordshire",
    evidence: Annotated[
        bool,
        typer.Option(
            "--evidence", help="Also NAME_evidence.yaml, for before and after figures of your own; NAME.yaml may exist."
        ),
    ] = False,
) -> None:
    """Write a commented scenario file for your area. Every command takes it by its path."""
    from simulator.report.own_evidence import SUFFIX, evidence_template
    from simulator.report.template import template_of

    path = Path(name if name.endswith((".yaml", ".yml")) else f"{name}.yaml")
    check_name(path)
    beside = path.with_name(f"{path.stem}{SUFFIX}.yaml")
    texts = {}
    if not evidence or not path.exists():
        check_new(path)
        texts[path] = template_of(like, path.stem)
    if evidence:
        check_new(beside)
        texts[beside] = evidence_template(path, like)
    write_all(texts)
    for written in texts:
        typer.echo(f"Wrote {written}" + ("" if evidence else f". Edit it, then: python run.py compare {path}"))
    if evidence:
        typer.echo(next_steps(path, beside))


def next_steps(path: Path, evidence: Path) -> str:
    """The commands to try on a new evidence file."""
    fit = path.with_name(f"{path.stem}_fit.yaml")
    commands = {
        f"python run.py reproduce {evidence}": "your figures beside simulated ones",
        f"python run.py reproduce {evidence} --part regression": "how much of your fall is selection",
        f"python run.py calibrate {evidence} --out {fit}": "rates fitted to your figures",
    }
    width = max(map(len, commands))
    return "\n".join([
        f"The numbers in {evidence} are placeholders, made up. Put in your own, then:",
        *(f"  {command.ljust(width)}  # {what}" for command, what in commands.items()),
        f"With `fit: {fit.name}` in {path}, `python run.py compare {path}` takes the fitted rates.",
    ])  # fmt: skip


def check_name(path: Path) -> None:
    """Refuse a file that cannot be an area's.

    Raises InputProblems.
    """
    from simulator.scenario.checks import PLAIN_NAME
    from simulator.tables import InputProblems, Problem

    if not PLAIN_NAME.fullmatch(path.stem):
        said = f"'{path.stem}' cannot be the name of an area: use letters, digits, - and _ only"
        raise InputProblems([Problem("new", 0, 0, said, "For example: new my_area")])


def write_all(texts: Mapping[Path, str]) -> None:
    """Write files, all or none.

    Raises InputProblems when one cannot be written.
    """
    from simulator.tables import InputProblems, Problem

    for number, (path, text) in enumerate(texts.items()):
        try:
            path.write_text(text, "utf-8")
        except OSError as error:
            for written in [*texts][: number + 1]:
                written.unlink(missing_ok=True)
            said = f"the file cannot be written: {error.strerror or error}"
            raise InputProblems([Problem(str(path), 0, 0, said)]) from None
