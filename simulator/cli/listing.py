"""``list``: what there is."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from simulator.cli.main import app
from simulator.cli.options import Format, Formatted


class Kind(StrEnum):
    """What can be listed."""

    SCHEMES = "schemes"
    ARMS = "arms"
    EFFECTS = "effects"
    SOURCES = "sources"
    NAMES = "names"
    FIGURES = "figures"


@app.command("list")
def list_things(
    kind: Annotated[Kind, typer.Argument(help="What to list.")] = Kind.SCHEMES,
    form: Formatted = Format.TABLE,
) -> None:
    """List schemes, their arms, effects, sources, names for --set, or every sourced figure."""
    from simulator.report.listings import rows_for
    from simulator.report.text import rendered

    rows: list[dict[str, Any]] = rows_for(kind.value)
    typer.echo(rendered(rows, form.value))
