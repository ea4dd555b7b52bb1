"""``whereabouts``: where people are month by month, and single lives, under an arm and its comparator."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from simulator.cli.main import app
from simulator.cli.options import EffectName, Format, Formatted, Seed, Set, Workers, as_settings

REPLICATIONS = 200


@app.command()
def whereabouts(
    choice: Annotated[
        str, typer.Argument(help="Scheme or scenario file, and the arm to look at.", metavar="[SCENARIO:arm]")
    ] = "bedfordshire",
    comparator: Annotated[str | None, typer.Option("--comparator", help="Arm that is looked at beside it.")] = None,
    replications: Annotated[int, typer.Option("--replications", "-n", min=1, max=100_000)] = REPLICATIONS,
    seed: Seed = 1,
    workers: Workers = 0,
    effect: EffectName = None,
    settings: Set = None,
    form: Formatted = Format.TABLE,
) -> None:
    """Where people are over the years: in custody, managed, at liberty or gone; and twelve lives of one run.

    The lives are chosen by a stated rule, and shown under both arms with the same luck.
    """
    from simulator.appraisal.loading import is_arm, load
    from simulator.cli.difference import first_arm
    from simulator.cli.loading import waiting
    from simulator.report.whereabouts import Asked, whereabouts_of
    from simulator.uncertainty.outcomes import Variant

    named = as_settings(settings, effect, None, None, None, None)
    (scenario,), library = load([choice], named, comparator)
    arm = choice.rpartition(":")[2] if is_arm(choice) else first_arm(Variant(scenario, library))
    base = scenario.baseline.text("appraisal.comparator")
    with waiting("following people"):
        document = whereabouts_of(Asked(scenario, library, arm, base, seed, replications, workers))
    typer.echo(shown(document, form))


def shown(document: dict[str, Any], form: Format) -> str:
    """The answer in the chosen format."""
    import json

    from simulator.report.text import rendered
    from simulator.report.whereabouts_words import month_rows, whereabouts_text

    if form is Format.JSON:
        return json.dumps(document, indent=2, ensure_ascii=False)
    return rendered(month_rows(document), "csv") if form is Format.CSV else whereabouts_text(document)
