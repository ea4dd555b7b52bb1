"""``bench``: how fast both engines are on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulator.cli.main import app
from simulator.cli.options import Format, Formatted


@app.command()
def bench(
    form: Formatted = Format.TABLE,
    out: Annotated[Path | None, typer.Option("--out", help="Write tables and a chart to this new folder.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Seconds instead of minutes; rougher.")] = False,
) -> None:
    """Measure both engines: nanoseconds per event, growth with people, two cores, a sweep, memory."""
    from simulator.cli.output import check_folder
    from simulator.report.bench import FULL, QUICK, as_json, headline_rows, measure
    from simulator.report.text import rendered

    check_folder(out)
    document = measure(QUICK if quick else FULL, lambda what: typer.echo(f"Measuring: {what}", err=True))
    if form is Format.JSON:
        typer.echo(as_json(document))
    elif form is Format.CSV:
        typer.echo(rendered(headline_rows(document), "csv").rstrip("\n"))
    else:
        typer.echo(text_of(document))
    if out is not None:
        write_bench(out, document)


def text_of(document: dict) -> str:  # type: ignore[type-arg]
    """The tables of a measurement, one below the other."""
    from simulator.report.bench import headline_rows
    from simulator.report.text import rendered

    parts = [headline_rows(document), document["schemes"], document["by_people"], document["by_replications"]]
    return "\n\n".join(rendered(rows, "table") for rows in parts)


def write_bench(folder: Path, document: dict) -> None:  # type: ignore[type-arg]
    """The measurement as JSON, its tables as text and CSV, and a chart of growth with people."""
    from simulator.charts.speed import growth_chart
    from simulator.report.bench import as_json
    from simulator.report.text import rendered

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bench.json").write_text(as_json(document) + "\n", "utf-8")
    (folder / "bench.txt").write_text(text_of(document) + "\n", "utf-8")
    (folder / "by_people.csv").write_text(rendered(document["by_people"], "csv"), "utf-8")
    (folder / "growth.svg").write_text(growth_chart(document).svg, "utf-8")
