"""``reproduce``: each report's own protocol on simulated people."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from simulator.cli.main import app
from simulator.cli.options import Format, Formatted, Seed


class Part(StrEnum):
    """What of a reproduction is shown."""

    ALL = "all"
    FIGURES = "figures"
    REGRESSION = "regression"
    BRIDGE = "bridge"


@app.command()
def reproduce(
    scheme: Annotated[
        str | None,
        typer.Argument(help="Scheme, report or evidence file of your own; all five by default.", show_default=False),
    ] = None,
    part: Annotated[
        Part,
        typer.Option(
            "--part",
            help="figures, regression to the mean, or Sussex's bridge; JSON and CSV hold one part, figures if all.",
        ),
    ] = Part.ALL,
    seed: Seed = 1,
    form: Formatted = Format.TABLE,
) -> None:
    """Every published figure beside the simulated one, and how much of a before/after fall is selection."""
    from simulator.appraisal.library import load_library
    from simulator.cli.loading import waiting
    from simulator.report.cases import case_bridge, case_figures, case_regressions, cases_of, in_form, in_words

    library = load_library()
    cases = cases_of(scheme, library)
    wanted = Part.FIGURES if part is Part.ALL and form is not Format.TABLE else part
    with waiting():
        if form is Format.TABLE:
            typer.echo(in_words(cases, wanted.value, library, seed))
        elif wanted is Part.BRIDGE:
            typer.echo(in_form(case_bridge(cases, library, seed), form.value))
        elif wanted is Part.REGRESSION:
            typer.echo(in_form([row for case in cases for row in case_regressions(case, library, seed)], form.value))
        else:
            typer.echo(in_form([row for case in cases for row in case_figures(case, library, seed)], form.value))
