"""``explain``: where a number comes from."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from simulator.cli.main import app
from simulator.cli.options import Format, Formatted


@app.command()
def explain(
    name: Annotated[
        str, typer.Argument(help="e.g. horr99.domestic_burglary, bedfordshire.population.occasions_per_year")
    ],
    form: Formatted = Format.TABLE,
) -> None:
    """Value, unit, price year, range, source, place in the source, standing, and which scenarios use it."""
    import json

    from simulator.report.explanation import explanation_of

    found = explanation_of(name)
    if form is Format.JSON:
        typer.echo(json.dumps(found, indent=2, ensure_ascii=False))
    elif form is Format.CSV:
        from simulator.report.text import rendered

        typer.echo(
            rendered(
                [{key: "; ".join(value) if isinstance(value, list) else value for key, value in found.items()}], "csv"
            )
        )
    else:
        typer.echo(as_lines(found))


def as_lines(found: dict[str, Any]) -> str:
    """One line for each thing that is known, long ones wrapped."""
    import textwrap

    lines = []
    for key, value in found.items():
        if value is None or value == "" or value == []:
            continue
        said = ", ".join(value) if isinstance(value, list) else str(value)
        lines.append(
            textwrap.fill(said, 110, initial_indent=f"{key.replace('_', ' ') + ':':<16}", subsequent_indent=" " * 16)
        )
    return "\n".join(lines)
