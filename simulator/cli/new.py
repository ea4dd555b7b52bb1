"""``new``: a commented scenario to edit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulator.cli.main import app


@app.command()
def new(
    name: Annotated[
        str, typer.Argument(help="Name of your area; the file is NAME.yaml in this folder unless it is a path.")
    ],
    like: Annotated[str, typer.Option("--from", help="Shipped scheme to start from.")] = "bedfordshire",
) -> None:
    """Write a commented scenario file for your area. Every command takes it by its path."""
    from simulator.report.template import template_of
    from simulator.scenario.checks import PLAIN_NAME
    from simulator.tables import InputProblems, Problem

    path = Path(name if name.endswith((".yaml", ".yml")) else f"{name}.yaml")
    if not PLAIN_NAME.fullmatch(path.stem):
        said = f"'{path.stem}' cannot be the name of an area: use letters, digits, - and _ only"
        raise InputProblems([Problem("new", 0, 0, said, "For example: new my_area")])
    if path.exists():
        raise InputProblems(
            [
                Problem(
                    str(path),
                    0,
                    0,
                    "this file is there already, and nothing is written over it",
                    "Choose another name.",
                )
            ]
        )
    if not path.parent.is_dir():
        raise InputProblems([Problem(str(path), 0, 0, f"there is no folder {path.parent}", "Make it first.")])
    text = template_of(like, path.stem)
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise InputProblems(
            [Problem(str(path), 0, 0, f"the file cannot be written: {error.strerror or error}")]
        ) from None
    typer.echo(f"Wrote {path}. Edit it, then: python run.py compare {path}")
