"""``sweep``: how far the answer hangs on what is uncertain."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.main import app
from simulator.cli.options import (
    CostingName,
    CostTableName,
    CountingName,
    EffectName,
    EngineName,
    Format,
    Formatted,
    PriceBase,
    Seed,
    Set,
    Workers,
    as_settings,
    chosen_engine,
)
from simulator.cli.runs import DEFAULT_RUNS, RunsFolder

if TYPE_CHECKING:
    from simulator.scenario.records import Scenario

# Replications of a trial unless asked for: many where there are few trials.
USUAL_REPLICATIONS = {"tornado": 100, "grid": 100, "structure": 100, "psa": 50, "sobol": 10}
FACTORS = 12
GROUPS = (
    "effect, offending, population, cohort, offence mix, programme, programme cost, crime cost, justice cost, counting"
)
STUDIES = (50, 100, 200, 500, 1000)


@app.command()
def sweep(
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(help="Scheme or scenario file, or scheme:arm for some arms only.", metavar="[SCENARIO...]"),
    ] = None,
    tornado: Annotated[bool, typer.Option("--tornado", help="Every uncertain input at its low and its high.")] = False,
    vary: Annotated[
        list[str] | None,
        typer.Option("--vary", help="A grid: NAME=from:to:step or NAME=one,other; may be repeated."),
    ] = None,
    psa: Annotated[
        int | None, typer.Option("--psa", min=20, max=1_000_000, help="So many draws of everything.")
    ] = None,
    sobol: Annotated[
        int | None,
        typer.Option("--sobol", min=2, max=2**20, help="Shares of the uncertainty, from so many base points."),
    ] = None,
    structure: Annotated[bool, typer.Option("--structure", help="Choices of structure made differently.")] = False,
    reach: Annotated[
        bool, typer.Option("--reach", help="Name inputs and levers that move nothing: there should be none.")
    ] = False,
    arm: Annotated[str | None, typer.Option("--arm", help="Whose NPSV is shown.", show_default="the first")] = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", help=f"Draw or move only this input, or this group: {GROUPS}; may be repeated."),
    ] = None,
    factors: Annotated[
        int | None,
        typer.Option("--factors", min=1, max=60, help="Lines of --sobol; the rest is one.", show_default=str(FACTORS)),
    ] = None,
    study: Annotated[
        list[int] | None, typer.Option("--study", min=2, help="With --psa: people in the next matched comparison.")
    ] = None,
    study_cost: Annotated[
        float | None, typer.Option("--study-cost", min=0.0, help="What that study would cost, in pounds.")
    ] = None,
    replications: Annotated[
        int | None,
        typer.Option(
            "--replications",
            "-n",
            min=1,
            max=10_000_000,
            help="Replications of every arm in each trial.",
            show_default="100; 50 with --psa, 10 with --sobol",
        ),
    ] = None,
    seed: Seed = 1,
    comparator: Annotated[
        str | None, typer.Option("--comparator", help="Arm that the others are compared with.")
    ] = None,
    workers: Workers = 0,
    cluster: Annotated[
        str | None, typer.Option("--cluster", help="Dask scheduler, e.g. tcp://host:8786; same results to the byte.")
    ] = None,
    engine: EngineName = None,
    effect: EffectName = None,
    cost_table: CostTableName = None,
    price_base: PriceBase = None,
    counting: CountingName = None,
    costing: CostingName = None,
    settings: Set = None,
    form: Formatted = Format.TABLE,
    base: RunsFolder = DEFAULT_RUNS,
) -> None:
    """How far the answer hangs on what is uncertain: one input at a time, grids, draws, indices, other structures.

    Results are kept in a run folder: stopped in any way, the same command goes on where it was.
    """
    from simulator.appraisal.loading import load
    from simulator.cli.sweep_answers import answer_of, keep_beside, shown
    from simulator.cli.sweeping import Asked, check_options, executor_on, prepared_for, reach_text, trials_bar
    from simulator.store.faults import told
    from simulator.uncertainty.kept import Place, run_and_keep
    from simulator.uncertainty.outcomes import Variant

    kind = kind_of(
        {"tornado": tornado, "grid": vary, "psa": psa, "sobol": sobol, "structure": structure, "reach": reach}
    )
    check_options(kind, {"--only": only, "--factors": factors, "--study": study, "--study-cost": study_cost})
    named = as_settings(settings, effect, cost_table, price_base, counting, costing)

    def read(more: Sequence[str] = ()) -> Variant:
        found, library = load(scenarios or ["bedfordshire"], [*named, *more], comparator)
        return Variant(the_one(found), library)

    if kind == "reach":
        typer.echo(reach_text(read, seed, workers, form))
        return
    asked = Asked(
        kind, tuple(vary or ()), psa or 0, sobol or 0, tuple(only or ()), factors or FACTORS, tuple(study or STUDIES),
        study_cost, arm, replications or USUAL_REPLICATIONS[kind], seed, chosen_engine(engine), workers,
    )  # fmt: skip
    ready = prepared_for(asked, read)
    place = Place(base, named, command_line())
    with executor_on(cluster) as executor, trials_bar(ready.prepared) as progress:
        kept = run_and_keep(ready.prepared, place, workers, progress, executor, note)
    document = answer_of(ready, kept)
    typer.echo(shown(document, form))
    if kept.folder is not None:
        with told(kept.folder):
            keep_beside(document, kept.folder)
        note(f"Rows, this answer and its charts are kept in {kept.folder}")


def kind_of(wanted: Mapping[str, object]) -> str:
    """The one kind of sweep that was asked for.

    Raises InputProblems for none or several.
    """
    from simulator.tables import InputProblems, Problem

    chosen = [kind for kind, value in wanted.items() if value]
    if len(chosen) != 1:
        said = "several kinds of sweep at once" if chosen else "no kind of sweep"
        hint = "Choose one: --tornado, --vary NAME=from:to:step, --psa 2000, --sobol 1024, --structure or --reach."
        raise InputProblems([Problem("sweep", 0, 0, said, hint)])
    return chosen[0]


def the_one(scenarios: Sequence[Scenario]) -> Scenario:
    """The scenario, of which several arms may have been named. Raises InputProblems for two schemes."""
    from simulator.tables import InputProblems, Problem

    if len(scenarios) > 1:
        names = " and ".join(scenario.name for scenario in scenarios)
        raise InputProblems([Problem("sweep", 0, 0, f"{names} at once", "Sweep one scheme at a time.")])
    return scenarios[0]


def command_line() -> str:
    """What was typed, to be typed again."""
    return shlex.join(["python", "run.py", *sys.argv[1:]])


def note(sentence: str) -> None:
    """Say something to the person at the terminal, apart from the results."""
    typer.echo(sentence, err=True)
