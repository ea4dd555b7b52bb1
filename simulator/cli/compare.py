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
    from simulator.cli.output import check_folder, write_folder
    from simulator.experiment import Plan
    from simulator.report.results import results_of
    from simulator.report.text import comparison_text

    check_folder(out)
    named = as_settings(settings, effect, cost_table, price_base, counting, costing)
    loaded, library = load(scenarios or ["bedfordshire"], named, comparator)
    plan = Plan(0, seed, chosen_engine(engine), workers)
    number = chosen_replications(replications, plan.engine)
    documents = []
    for scenario in loaded:
        years = int(scenario.baseline.value("appraisal.horizon_years"))
        total = comparing.work_in(scenario, number)
        with progress_bar(total, f"Simulating {scenario.name}") as progress:
            runs = comparing.run(scenario, library, number, plan._replace(years=years), progress)
        comparison = comparing.appraise(runs, library)
        documents.append(results_of(comparison))
        if out is not None:
            write_folder(out / scenario.name if len(loaded) > 1 else out, comparison, documents[-1])
    typer.echo(shown(documents, form, comparison_text))
    if out is not None:
        typer.echo(f"Written to {out}", err=True)


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
