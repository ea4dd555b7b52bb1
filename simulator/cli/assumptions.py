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

GUESSED = ("assumed", "unverified", "derived")


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
    from simulator.appraisal.loading import load
    from simulator.cli.loading import progress_bar
    from simulator.report.text import pounds, rendered, table
    from simulator.uncertainty.inputs import uncertain_inputs
    from simulator.uncertainty.jobs import in_memory
    from simulator.uncertainty.outcomes import Trials, Variant
    from simulator.uncertainty.tornado import tornado_of, trials_of

    (loaded,), library = load([f"{scenario}:{arm}"], as_settings(settings, effect, None, None, None, None))
    which = chosen_engine(engine)
    number = chosen_replications(replications, which, compiled=50)
    guessed = {name: each for name, each in uncertain_inputs(loaded, library).items() if each.standing in GUESSED}
    trials = Trials((Variant(loaded, library),), guessed, trials_of(guessed), number, seed, which)
    with progress_bar(len(trials.trials), f"Moving {loaded.name}") as progress:
        rows = in_memory(trials, workers, progress)
    tornado = tornado_of(rows, guessed, arm, loaded.baseline.text("appraisal.comparator"))
    if form is not Format.TABLE:
        typer.echo(rendered([row._asdict() for row in tornado.bars], form.value))
        return
    typer.echo(
        f"NPSV of {loaded.name}:{arm} is {pounds(tornado.npsv)} ({number} replications, the same luck in every row).\n"
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
        for row in tornado.bars
    ]
    typer.echo(table(("Value", "Central", "Low", "High", "Standing", "NPSV at low", "NPSV at high", "Swing"), cells))
    typer.echo(
        "\nRates and spells were fitted together; moved one at a time they leave the reported figures, so read those rows "
        "as how\nmuch it matters, not as what is likely. Programme costs and the pool are nobody's figures but assumed.\n"
        "`sweep --tornado` moves what is read or transcribed as well, `sweep --structure` the choices of structure."
    )


def ends(*values: float | None) -> list[str]:
    """Numbers as a person reads them, empty where there is none."""
    return ["" if value is None else f"{value:,.4g}" for value in values]
