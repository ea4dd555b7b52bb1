"""``report``: a business case that can be quoted, checked and defended."""

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
    PriceBase,
    Seed,
    Set,
    Workers,
    as_settings,
    check_draws,
    chosen_engine,
    chosen_replications,
)
from simulator.cli.runs import DEFAULT_RUNS, RunsFolder

if TYPE_CHECKING:
    from simulator.cli.answering import Asker


@app.command()
def report(
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(help="Schemes, scenario files, or scheme:arm for some arms only.", metavar="[SCENARIO...]"),
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="The new folder to write to.")] = Path("report"),
    replications: Annotated[
        int | None,
        typer.Option(
            "--replications",
            "-n",
            min=2,
            max=1_000_000,
            help="Of the comparison.",
            show_default="2000 compiled, 20 simpy",
        ),
    ] = None,
    draws: Annotated[
        int,
        typer.Option(
            "--draws",
            min=0,
            max=1_000_000,
            help="Draws of everything uncertain; 0 for the comparison alone, in seconds.",
        ),
    ] = 500,
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
    pdf: Annotated[bool, typer.Option(help="Print the page too, where a browser or WeasyPrint is at hand.")] = True,
    base: RunsFolder = DEFAULT_RUNS,
) -> None:
    """Write the documents of a business case: a page, a workbook, a Word file, charts, every figure, an assurance pack.

    The first run of a scenario takes some minutes; its results are kept in the runs folder, and the next report of the same
    scenario takes seconds.
    """
    from simulator.appraisal.loading import chosen_arms, load
    from simulator.cli.answering import Question, answers_to, asker_of, whole_program_digest
    from simulator.cli.loading import waiting
    from simulator.cli.output import check_folder, check_names, whole_folder
    from simulator.documents.folder import write_documents

    check_folder(out)
    check_draws(draws)
    chosen = chosen_engine(engine)
    named = tuple(as_settings(settings, effect, cost_table, price_base, counting, costing))
    number = chosen_replications(replications, chosen, 2000)
    wanted = scenarios or ["bedfordshire"]
    check_names(out, load(wanted, named, comparator)[0])
    askers: list[Asker] = []
    for names in by_scheme(chosen_arms(wanted)):
        question = Question(names, named, comparator, number, draws, seed, chosen, workers)
        askers.append(asker_of(question, base, say))
    documents: list[tuple[Asker, dict[str, Any]]] = [(asker, answers_to(asker)) for asker in askers]
    notes: list[str] = []
    program = whole_program_digest()
    with whole_folder(out) as made, waiting("writing"):
        for asker, answers in documents:
            folder = made / asker.variant.scenario.name if len(documents) > 1 else made
            notes += write_documents(folder, asker.variant.scenario, answers, question_of(asker.question), program, pdf)
    for sentence in [*dict.fromkeys(notes), f"Written to {out}"]:
        say(sentence)


def by_scheme(chosen: dict[str, list[str]]) -> list[tuple[str, ...]]:
    """The names of each scheme together, in the order given."""
    return [tuple(f"{scheme}:{arm}" for arm in arms) or (scheme,) for scheme, arms in chosen.items()]


def question_of(question: Any) -> dict[str, Any]:
    """A question as a report carries it: without what moves no bit."""
    asked: dict[str, Any] = question._asdict()
    del asked["workers"], asked["engine"]
    return {**asked, "scenarios": list(asked["scenarios"]), "settings": list(asked["settings"])}


def say(sentence: str) -> None:
    """Tell the person at the terminal what is being done."""
    typer.echo(sentence, err=True)
