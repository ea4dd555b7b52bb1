"""``audit``: which figures of the reports do not follow from their own inputs."""

from __future__ import annotations

from typing import Annotated

import typer

from simulator.cli.main import app
from simulator.cli.options import Format, Formatted


@app.command()
def audit(
    report: Annotated[
        str | None,
        typer.Argument(
            help="A report, such as leeds_2017 or leeds, or an evidence file with a file of the same name in a folder "
            "'relations' beside it; all reports by default.",
            show_default=False,
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="List the figures that follow too.")] = False,
    form: Formatted = Format.TABLE,
) -> None:
    """Percentages, totals, intervals and p-values of the reports, recomputed: read it before you quote a figure."""
    from simulator.report.audit import audit_rows, audit_text, findings_of
    from simulator.report.text import rendered

    findings = findings_of(report)
    if form is Format.TABLE:
        typer.echo(audit_text(findings, everything))
        return
    rows = audit_rows(findings)
    if form is Format.CSV:
        rows = [{**row, "from": "; ".join(row["from"])} for row in rows]
    typer.echo(rendered(rows, form.value))
