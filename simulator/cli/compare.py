"""``compare``: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

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
    Replications,
    Seed,
    Set,
    Workers,
    as_settings,
    chosen_engine,
    chosen_replications,
)


@app.command()
def compare(
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(help="Schemes, scenario files, or scheme:arm for some arms only.", metavar="[SCENARIO...]"),
    ] = None,
    replications: Replications = None,
    precision: Annotated[
        str | None,
        typer.Option("--precision", help="e.g. 5%: replications until the 95% half-width of every NPSV is that small."),
    ] = None,
    seed: Seed = 1,
    comparator: Annotated[
        str | None, typer.Option("--comparator", help="Arm that the others are compared with.")
    ] = None,
    workers: Workers = 0,
    engine: EngineName = None,
    effect: EffectName = None,
    cost_table: CostTableName = None,
    price_base: PriceBase = None,
    counting: CountingName = None,
    costing: CostingName = None,
    settings: Set = None,
    form: Formatted = Format.TABLE,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write a report, tables and charts to this new folder.")
    ] = None,
) -> None:
    """Compare the funding choices of a scheme: cost, what it prevents, NPSV and benefit per £1.

    Without arguments: Bedfordshire. Every figure's source is in the JSON under `inputs`, or ask `explain`.
    """
    from simulator.appraisal import comparison as comparing
    from simulator.cli.loading import load, progress_bar
    from simulator.cli.output import check_folder, check_names, write_folders
    from simulator.experiment import Plan
    from simulator.report.results import results_of
    from simulator.report.text import comparison_text

    check_folder(out)
    wanted = share_of(precision) if precision else 0.0
    named = as_settings(settings, effect, cost_table, price_base, counting, costing)
    loaded, library = load(scenarios or ["bedfordshire"], named, comparator)
    check_names(out, loaded)
    plan = Plan(0, seed, chosen_engine(engine), workers)
    number = chosen_replications(replications, plan.engine)
    comparisons = []
    for scenario in loaded:
        years = int(scenario.baseline.value("appraisal.horizon_years"))
        total = comparing.work_in(scenario, number)
        with progress_bar(0 if wanted else total, f"Simulating {scenario.name}") as progress:
            if wanted:
                least = replications or 30
                runs = comparing.run_to_precision(
                    scenario, library, wanted, plan._replace(years=years), least, MOST_REPLICATIONS, progress
                )
            else:
                runs = comparing.run(scenario, library, number, plan._replace(years=years), progress)
        comparisons.append(comparing.appraise(runs, library))
    documents = [results_of(comparison) for comparison in comparisons]
    if out is not None:
        write_folders(out, comparisons, documents)
    typer.echo(shown(documents, form, comparison_text))
    if out is not None:
        typer.echo(f"Written to {out}", err=True)


MOST_REPLICATIONS = 20_000


def share_of(text: str) -> float:
    """A percentage such as 5%, or a share such as 0.05."""
    from simulator.tables import InputProblems, Problem

    try:
        value = float(text.removesuffix("%")) / (100.0 if text.endswith("%") else 1.0)
    except ValueError:
        value = 0.0
    if not 0.0 < value < 1.0:
        raise InputProblems([Problem("--precision", 0, 0, f"'{text}' is not a precision", "Write --precision 5%")])
    return value


def shown(documents: list[dict], form: Format, as_text) -> str:  # type: ignore[no-untyped-def, type-arg]
    """Documents in the chosen format; one alone is not wrapped in a list."""
    import json

    from simulator.report.arms import arm_rows
    from simulator.report.text import rendered

    if form is Format.JSON:
        return json.dumps(documents[0] if len(documents) == 1 else documents, indent=2, ensure_ascii=False)
    if form is Format.CSV:
        return rendered([row for document in documents for row in arm_rows(document)], "csv")
    return "\n\n\n".join(as_text(document) for document in documents)
