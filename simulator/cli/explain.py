"""``explain``: where a number comes from, how it was computed, and what moves with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from simulator.cli.main import app
from simulator.cli.options import Format, Formatted, Replications, Seed, Set, chosen_engine, chosen_replications


@app.command()
def explain(
    name: Annotated[
        str,
        typer.Argument(
            help="e.g. horr99.domestic_burglary, bedfordshire.justice.arrest_detained, bedfordshire.as_run.npsv_gbp, "
            "bedfordshire.as_run.by_agency.police.benefit_gbp"
        ),
    ],
    scenario: Annotated[
        str | None, typer.Option("--scenario", help="Scheme or scenario file that the name speaks of.")
    ] = None,
    replications: Replications = None,
    seed: Seed = 1,
    settings: Set = None,
    form: Formatted = Format.TABLE,
) -> None:
    """Any published figure, input or result: value, source and place, standing, how it was made, and what moves with it.

    A result is simulated anew, as `compare` does it, and taken apart down to lines that add up as printed.
    """
    from simulator.report.explained.answers import explained

    number = chosen_replications(replications, chosen_engine(None))
    found = explained(name, scenario, settings or [], number, replications, seed, chosen_engine(None))
    typer.echo(shown(found, form))


def shown(found: Mapping[str, Any], form: Format) -> str:
    """What was found, in the chosen format."""
    import json

    from simulator.report.explained.answers import rows_of, text_of
    from simulator.report.text import rendered

    if form is Format.JSON:
        return json.dumps(found, indent=2, ensure_ascii=False)
    return rendered(rows_of(found), "csv") if form is Format.CSV else text_of(found)
