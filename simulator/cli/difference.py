"""``difference``: why two arms differ, cause by cause."""

from __future__ import annotations

from collections.abc import Sequence
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
    Replications,
    Seed,
    Set,
    Workers,
    as_settings,
    chosen_engine,
    chosen_replications,
)

if TYPE_CHECKING:
    from simulator.report.difference import Asked
    from simulator.tables import InputProblems
    from simulator.uncertainty.difference import Question

MOST_SETTINGS = 6  # every set of them is simulated: 64 states


@app.command()
def difference(
    choice: Annotated[
        str, typer.Argument(help="Scheme or scenario file, and the arm to explain.", metavar="[SCENARIO:arm]")
    ] = "bedfordshire:as_run",
    other: Annotated[
        str | None,
        typer.Argument(help="Arm that it is set against.", show_default="the comparator", metavar="[OTHER_ARM]"),
    ] = None,
    versus: Annotated[
        list[str] | None,
        typer.Option("--versus-set", help="Explain what NAME=VALUE changes, in place of two arms; may be repeated."),
    ] = None,
    replications: Replications = None,
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
    out: Annotated[Path | None, typer.Option("--out", help="Write tables and waterfalls to this new folder.")] = None,
) -> None:
    """Why two arms differ: fewer occasions, less custody and the time at liberty it gives back, places, prices.

    Shares do not hang on the order in which causes are named, and add up to the difference that `compare` prints.
    """
    from simulator.cli.loading import progress_bar
    from simulator.cli.output import check_folder
    from simulator.experiment import Plan
    from simulator.report.difference import document_of
    from simulator.uncertainty.difference import answers_of
    from simulator.uncertainty.states import work_in

    check_folder(out)
    named = as_settings(settings, effect, cost_table, price_base, counting, costing)
    plan = Plan(0, seed, chosen_engine(engine), workers)
    number = chosen_replications(replications, plan.engine)
    asked, questions = asked_for(choice, other, named, versus or [], number, plan)
    states = [state for question in questions for state in question.states.values()]
    with progress_bar(work_in(states, number), f"Simulating {asked.variant.scenario.name}") as progress:
        found = answers_of(questions, number, plan, progress)
    document = document_of(asked, found)
    if out is not None:
        write_difference(out, document)
    typer.echo(shown(document, form))
    if out is not None:
        typer.echo(f"Written to {out}", err=True)


def asked_for(
    choice: str, other: str | None, named: Sequence[str], versus: Sequence[str], number: int, plan: Any
) -> tuple[Asked, list[Question]]:
    """What to explain, and what has to be simulated for it.

    Raises InputProblems for arms or settings that there are not, for the same arm twice, and for too many settings.
    """
    from simulator.appraisal.loading import is_arm
    from simulator.cli.funding import loaded_for
    from simulator.report.difference import Asked
    from simulator.uncertainty.causes import by_choice, by_effect, by_setting
    from simulator.uncertainty.outcomes import Variant

    scheme, _, arm = choice.rpartition(":") if is_arm(choice) else (choice, "", "")
    names = [f"{scheme}:{each}" for each in (arm, other) if each]

    def read(settings: Sequence[str]) -> Variant:
        (scenario,), library = loaded_for(names or [scheme], settings)
        return Variant(scenario, library)

    variant = read(named)
    first = arm or first_arm(variant)
    second = other or variant.scenario.baseline.text("appraisal.comparator")
    if first == second:
        raise refused(choice, f"'{first}' does not differ from itself", f"Name another: {arms_beside(variant, first)}.")
    asked = Asked(variant, first, second, number, plan.seed, plan.engine)
    if versus:
        check_number(versus)
        question = by_setting(read, named, versus, first, second)
        after = question.states[frozenset(range(len(versus)))]
        return asked._replace(versus=tuple(versus), after=after), [question]
    scenario = variant.scenario
    both_open = all(scenario.arm(name).settings.flag("programme.open") for name in (first, second))
    return asked, [by_effect(variant, first, second), *([by_choice(variant, first, second)] if both_open else [])]


def first_arm(variant: Any) -> str:
    """The scheme as run where there is one, else the first arm that is not the comparator."""
    scenario = variant.scenario
    names = [arm.name for arm in scenario.arms if arm.name != scenario.baseline.text("appraisal.comparator")]
    return "as_run" if "as_run" in names else str(names[0])


def arms_beside(variant: Any, name: str) -> str:
    """The other arms of what was read."""
    return ", ".join(arm.name for arm in variant.scenario.arms if arm.name != name)


def refused(where: str, message: str, hint: str) -> InputProblems:
    """A fault of the command line."""
    from simulator.tables import InputProblems, Problem

    return InputProblems([Problem(where, 0, 0, message, hint)])


def check_number(versus: Sequence[str]) -> None:
    """Refuse more settings than can be switched in every combination."""
    if len(versus) > MOST_SETTINGS:
        said = f"{len(versus)} settings give {2 ** len(versus):,} combinations"
        raise refused("--versus-set", said, f"Leave some out: at most {MOST_SETTINGS}.")


def shown(document: dict[str, Any], form: Format) -> str:
    """The answer in the chosen format."""
    import json

    from simulator.report.difference import difference_rows
    from simulator.report.difference_words import difference_text
    from simulator.report.text import rendered

    if form is Format.JSON:
        return json.dumps(document, indent=2, ensure_ascii=False)
    return rendered(difference_rows(document), "csv") if form is Format.CSV else difference_text(document)


def write_difference(folder: Path, document: dict[str, Any]) -> None:
    """The document, its words and tables, and a waterfall for each table; everything is made before it is written."""
    from simulator.charts.difference import waterfall, waterfall_png
    from simulator.cli.output import whole_folder
    from simulator.report.difference_words import difference_page
    from simulator.report.text import pounds

    files = {
        "difference.json": shown(document, Format.JSON) + "\n",
        "difference.txt": shown(document, Format.TABLE) + "\n",
        "difference.csv": shown(document, Format.CSV) + "\n",
        "difference.md": difference_page(document) + "\n",
    }
    pictures = {}
    for found in document["tables"]:
        chart = waterfall(document, found, pounds)
        files[f"{chart.name}.svg"] = chart.svg
        pictures[f"{chart.name}.png"] = waterfall_png(document, found, pounds)
    with whole_folder(folder) as made:
        for name, words in files.items():
            (made / name).write_text(words, "utf-8", newline="\n")
        for name, picture in pictures.items():
            (made / name).write_bytes(picture)
