"""``funding``: what each further place brings, where the next pound stops paying, and the best split of a budget."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
    check_draws,
    chosen_engine,
    chosen_replications,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.appraisal.library import Library
    from simulator.scenario.records import Scenario
    from simulator.uncertainty.funding_levels import Effort

MOST_LEVELS = 60
MOST_PLACES = 1_000_000
MOST_BUDGET = 1e10  # pounds a year, as programme.yearly_budget_gbp may have
QUARTERS = 4  # levels up to the places that the arm has, and as many again beyond


@app.command()
def funding(
    scenario: Annotated[
        str, typer.Argument(help="Scheme or scenario file, or scheme:arm (default arm: as_run).")
    ] = "bedfordshire",
    places: Annotated[
        str | None,
        typer.Option(
            "--places",
            help="Numbers of places: first:last:step, such as 20:160:20, or a list, such as 20,47,94.",
            show_default="eight, up to twice those of the arm",
        ),
    ] = None,
    budget: Annotated[
        float | None,
        typer.Option(
            "--split-budget",
            min=0.0,
            max=MOST_BUDGET,
            help="Instead of the curve: the best split over cohort types of so many pounds a year, in the price base, "
            "for offender managers and places; fixed costs and selections come on top.",
        ),
    ] = None,
    draws: Annotated[
        int,
        typer.Option(
            "--draws", min=0, max=100_000, help="Draws over everything uncertain, 20 or more; 0 for no bands."
        ),
    ] = 200,
    replications: Annotated[
        int | None,
        typer.Option(
            "--replications",
            "-n",
            min=2,
            max=100_000,
            help="Replications of each draw; the central run has as many as all draws, or as fifty, together.",
            show_default="10 compiled, 2 simpy",
        ),
    ] = None,
    seed: Seed = 1,
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
        Path | None, typer.Option("--out", help="Write the answer, its rows and charts to this new folder.")
    ] = None,
) -> None:
    """What does the next £100,000 bring as places grow, where does it stop paying for itself, and how sure is that?

    With --split-budget: the best split of a yearly budget over the scheme's cohort types. Both are set against no
    scheme, whatever the scenario's comparator is; `compare --comparator` sets one funding choice against another.
    """
    from simulator.cli.output import check_folder, whole_folder
    from simulator.tables import InputProblems, Problem
    from simulator.uncertainty.funding_levels import Effort

    check_folder(out)
    check_draws(draws)
    if places is not None and budget is not None:
        hint = "Leave one of them out."
        raise InputProblems(
            [Problem("--places", 0, 0, "--places is for the curve and --split-budget for a split", hint)]
        )
    (loaded,), library = loaded_for(
        [scenario], as_settings(settings, effect, cost_table, price_base, counting, costing)
    )
    chosen = chosen_engine(engine)
    each = chosen_replications(replications, chosen, compiled=10) if replications or chosen == "compiled" else 2
    effort = Effort(draws, each, seed, chosen, workers)
    arm = arm_of(scenario, loaded)
    if budget is None:
        document = curve_document_of(loaded, library, arm, places, effort)
    else:
        document = split_document_of(loaded, library, arm, budget, effort)
    if out is not None:
        with whole_folder(out) as made:
            fill(made, document)
    typer.echo(shown(document, form))
    if out is not None:
        typer.echo(f"Written to {out}", err=True)


def loaded_for(names: Sequence[str], settings: Sequence[str]) -> tuple[list[Scenario], Library]:
    """What `load` gives, for a command without --comparator: its hints name no option that there is not."""
    from dataclasses import replace

    from simulator.appraisal.loading import load
    from simulator.tables import InputProblems

    try:
        return load(names, settings)
    except InputProblems as fault:
        hint = ", or another with --comparator"
        raise InputProblems(
            [replace(each, suggestion=each.suggestion.replace(hint, "")) for each in fault.problems]
        ) from None


def arm_of(named: str, scenario: Scenario) -> str:
    """The arm asked for, else as_run, else the last that is not the comparator.

    Raises InputProblems for one without a scheme to fund.
    """
    from simulator.appraisal.loading import is_arm
    from simulator.cli.trace import default_arm
    from simulator.tables import InputProblems, Problem

    comparator = scenario.baseline.text("appraisal.comparator")
    arms = [arm.name for arm in scenario.arms if arm.name != comparator] or [comparator]
    name = named.rpartition(":")[2] if is_arm(named) else default_arm(arms)
    if scenario.arm(name).settings.flag("programme.open"):
        return name
    said, hint = f"'{name}' has no scheme, so it cannot have more or fewer places", f"Name another: {', '.join(arms)}."
    raise InputProblems([Problem(named, 0, 0, said, hint)])


def levels_of(text: str | None, present: int) -> list[int]:
    """Numbers of places, rising, without zero, which is always there.

    Args:
        text: ``first:last:step`` or a list with commas; None for eight levels up to twice those that the arm has.

    Raises InputProblems for anything else.
    """
    if text is None:
        found = {round(present * number / QUARTERS) for number in range(1, 2 * QUARTERS + 1)}
        return sorted(found - {0}) or refuse("the arm itself has no places", "--places")
    try:
        numbers = [int(each) for each in text.replace(":", ",").split(",")]
    except ValueError:
        return refuse(f"'{text}' is not a row of whole numbers", text)
    if ":" in text:
        if text.count(":") != 2 or "," in text or numbers[2] < 1 or numbers[1] < numbers[0]:
            return refuse(f"'{text}' is not first:last:step", text)
        numbers = list(range(numbers[0], min(numbers[1], MOST_PLACES) + 1, numbers[2]))
    levels = sorted(set(numbers) - {0})
    if not levels or levels[0] < 0 or levels[-1] > MOST_PLACES:
        return refuse(f"numbers of places lie between 1 and {MOST_PLACES:,}", text)
    if len(levels) > MOST_LEVELS:
        return refuse(f"{len(levels):,} levels; at most {MOST_LEVELS} are possible", text)
    return levels


def refuse(said: str, text: str) -> list[int]:
    """Raise InputProblems about --places."""
    from simulator.tables import InputProblems, Problem

    hint = "Write first:last:step, such as --places 20:160:20, or a list, such as --places 20,47,94."
    raise InputProblems([Problem("--places", 0, 0, said, hint, text)])


def curve_document_of(
    scenario: Scenario, library: Library, arm: str, places: str | None, effort: Effort
) -> dict[str, Any]:
    """Simulate the curve."""
    from simulator.cli.loading import progress_bar
    from simulator.report.funding import curve_document
    from simulator.scenario.funding import places_of
    from simulator.uncertainty.funding_curve import curve_of, work_in

    levels = levels_of(places, places_of(scenario.arm(arm).settings))
    with progress_bar(work_in(len(levels), effort), f"Funding {scenario.name}") as progress:
        curve = curve_of(scenario, library, arm, levels, effort, progress)
    return curve_document(curve, library, arm, effort)


def split_document_of(scenario: Scenario, library: Library, arm: str, budget: float, effort: Effort) -> dict[str, Any]:
    """Simulate every cohort type's own scheme."""
    from simulator.cli.loading import progress_bar
    from simulator.report.budget_split import split_document
    from simulator.uncertainty.budget_split import split_of, work_in
    from simulator.uncertainty.cohort_schemes import task_of

    task = task_of(scenario, library, arm, budget)
    with progress_bar(work_in(task, effort), f"Splitting {scenario.name}") as progress:
        return split_document(split_of(task, effort, progress), task, effort)


def shown(document: dict[str, Any], form: Format) -> str:
    """The answer in the chosen format."""
    import json

    from simulator.report.budget_split import split_text
    from simulator.report.funding_words import curve_text
    from simulator.report.text import rendered

    if form is Format.JSON:
        return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)
    if form is Format.CSV:
        return rendered(rows_of(document), "csv")
    return split_text(document) if "splits" in document else curve_text(document)


def rows_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of the answer, for CSV."""
    from simulator.report.budget_split import split_rows
    from simulator.report.funding import curve_rows

    return split_rows(document) if "splits" in document else curve_rows(document)


def fill(folder: Path, document: dict[str, Any]) -> None:
    """Write the files of an answer to a folder that exists."""
    from simulator.charts.funding import figures_of
    from simulator.report.text import pounds

    (folder / "funding.json").write_text(shown(document, Format.JSON) + "\n", "utf-8", newline="\n")
    (folder / "funding.csv").write_text(shown(document, Format.CSV) + "\n", "utf-8", newline="\n")
    (folder / "summary.txt").write_text(shown(document, Format.TABLE) + "\n", "utf-8", newline="\n")
    (folder / "charts").mkdir()
    for chart, picture in figures_of(document, pounds):
        (folder / "charts" / f"{chart.name}.svg").write_text(chart.svg, "utf-8", newline="\n")
        (folder / "charts" / f"{chart.name}.png").write_bytes(picture)
