"""``calibrate``: rates fitted to a report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulator.cli.main import app
from simulator.cli.options import Format, Formatted, Seed


@app.command()
def calibrate(
    scheme: Annotated[str, typer.Argument(help="Scheme or report, or an evidence file of your own.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write the fit here, for a scenario to name under `fit:`; nothing is written over."),
    ] = None,
    seed: Seed = 1,
    replications: Annotated[
        int | None,
        typer.Option(
            "--replications",
            "-n",
            min=2,
            max=100_000,
            help="Simulated areas at each point.",
            show_default="20 to 200 by size",
        ),
    ] = None,
    form: Formatted = Format.TABLE,
) -> None:
    """Fit rates so that the report's own protocol, run on simulated people, meets its figures. Takes about a minute."""
    import json

    from simulator.appraisal.library import load_library
    from simulator.cli.loading import waiting
    from simulator.report.calibration import fit_document, fit_text, target_rows
    from simulator.report.cases import cases_of, fit_of
    from simulator.report.text import rendered

    library = load_library()
    case = cases_of(scheme, library)[0]
    if out is not None:
        check_new(out)
    with waiting("fitting") as say:
        fit = fit_of(case, library, seed, replications, say)
    if out is not None:
        write(out, fit)
    if form is Format.TABLE:
        typer.echo(fit_text(fit))
    else:
        typer.echo(
            json.dumps(fit_document(fit), indent=2) if form is Format.JSON else rendered(target_rows(fit), form.value)
        )
    if out is not None:
        typer.echo(f"Written to {out}. Name it in a scenario: `fit: {out}`", err=True)


def check_new(path: Path) -> None:
    """Refuse a file that is there already, or a folder that is not.

    Raises InputProblems.
    """
    from simulator.tables import InputProblems, Problem

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


def write(path: Path, fit) -> None:  # type: ignore[no-untyped-def]
    """Write a fit under a temporary name, then give it its own.

    Raises InputProblems when it cannot be written.
    """
    from simulator.evidence import write_fit
    from simulator.tables import InputProblems, Problem

    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(write_fit(fit), "utf-8")
        part.rename(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputProblems(
            [Problem(str(path), 0, 0, f"the file cannot be written: {error.strerror or error}")]
        ) from None
