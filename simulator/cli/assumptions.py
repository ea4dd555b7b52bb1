"""``assumptions``: what is assumed, and how much each assumption matters."""

from __future__ import annotations

from typing import Annotated

import typer

from simulator.cli.main import app
from simulator.cli.options import (
    EffectName,
    EngineName,
    Format,
    Formatted,
    Replications,
    Seed,
    Set,
    Workers,
    as_settings,
    chosen_engine,
    chosen_replications,
)


@app.command()
def assumptions(
    scenario: Annotated[str, typer.Argument(help="Scheme or scenario file.")] = "bedfordshire",
    arm: Annotated[str, typer.Option("--arm", help="Whose NPSV, against the comparator.")] = "as_run",
    replications: Replications = None,
    seed: Seed = 1,
    workers: Workers = 0,
    engine: EngineName = None,
    effect: EffectName = None,
    settings: Set = None,
    form: Formatted = Format.TABLE,
) -> None:
    """How NPSV moves when each assumed or derived value goes to either end of its range; widest swing first."""
    from simulator.appraisal.swings import swings_of, variants_of
    from simulator.cli.loading import load, progress_bar
    from simulator.experiment import Plan
    from simulator.report.text import pounds, rendered, table

    named = as_settings(settings, effect, None, None, None, None)
    (loaded,), library = load([f"{scenario}:{arm}"], named)
    years = int(loaded.baseline.value("appraisal.horizon_years"))
    plan = Plan(years, seed, chosen_engine(engine), workers)
    number = chosen_replications(replications, plan.engine, compiled=50)
    total = len(variants_of(loaded)) * 2 * number
    with progress_bar(total, f"Moving {loaded.name}") as progress:
        central, rows = swings_of(loaded, library, arm, number, plan, progress)
    if form is not Format.TABLE:
        typer.echo(rendered([row._asdict() for row in rows], form.value))
        return
    typer.echo(
        f"NPSV of {loaded.name}:{arm} is {pounds(central)} ({number} replications, the same luck in every row).\n"
    )
    cells = [
        [
            row.name,
            *ends(row.value, row.low, row.high),
            row.standing,
            pounds(row.npsv_at_low),
            pounds(row.npsv_at_high),
            pounds(row.swing),
        ]
        for row in rows
    ]
    typer.echo(table(("Value", "Central", "Low", "High", "Standing", "NPSV at low", "NPSV at high", "Swing"), cells))
    typer.echo(
        "\nRates and spells were fitted together; moved one at a time they leave the reported figures, so read those rows "
        "as how\nmuch it matters, not as what is likely. Programme costs and the pool are nobody's figures but assumptions."
    )


def ends(*values: float | None) -> list[str]:
    """Numbers as a person reads them, empty where there is none."""
    return ["" if value is None else f"{value:,.4g}" for value in values]
