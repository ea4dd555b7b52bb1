"""``evaluate``: plan a study before anybody commissions one."""

from __future__ import annotations

import math
from typing import Annotated

import typer

from simulator.cli.main import app
from simulator.cli.options import EffectName, Format, Formatted, Seed, Set, as_settings, chosen_engine

MEASURES = {"rate": "rate", "frequency": "frequency", "days": "days_to_first", "days_to_first": "days_to_first"}


@app.command()
def evaluate(
    scenario: Annotated[
        str, typer.Argument(help="Scheme or scenario file, or scheme:arm (default arm: as_run).")
    ] = "leeds",
    people: Annotated[
        int | None,
        typer.Option(
            "--people", min=2, max=10_000_000, help="Participants analysed.", show_default="those that the report has"
        ),
    ] = None,
    power: Annotated[str, typer.Option("--power", help="Wanted chance that the difference is seen, e.g. 80%.")] = "80%",
    difference: Annotated[
        list[str] | None,
        typer.Option(
            "--difference",
            help="Plan for a stated difference instead of a simulated effect, by formula only: rate=-5 (percentage points), "
            "frequency=-30 (reoffences per 100 people), days=10; may be repeated.",
        ),
    ] = None,
    effect: EffectName = None,
    replications: Annotated[
        int | None,
        typer.Option(
            "--replications",
            "-n",
            min=2,
            max=100_000,
            help="Simulated runs of the scheme.",
            show_default="200 compiled",
        ),
    ] = None,
    studies: Annotated[
        int, typer.Option("--studies", min=100, max=20_000, help="Studies drawn from the simulated people.")
    ] = 2000,
    seed: Seed = 1,
    settings: Set = None,
    form: Formatted = Format.TABLE,
) -> None:
    """Plan a study: what n people could see, and how many are needed, by formula and by simulation.

    For the reoffending rate, the frequency and the days to first reoffence; beside it what the Data Lab's studies could see.
    """
    from simulator.appraisal.loading import is_arm
    from simulator.cli.loading import load, progress_bar
    from simulator.cli.options import chosen_replications
    from simulator.cli.trace import default_arm
    from simulator.report.studies import Question, answer_to, flat, study_rows
    from simulator.report.study_words import answer_text
    from simulator.report.text import rendered

    wanted, stated = wanted_power(power), stated_differences(difference or [])
    (loaded,), library = load([scenario], as_settings(settings, effect, None, None, None, None))
    arm = scenario.rpartition(":")[2] if is_arm(scenario) else default_arm([each.name for each in loaded.arms])
    number = chosen_replications(replications, chosen_engine(None))
    question = Question(people or loaded.published_people, wanted, stated, number, studies, seed)
    with progress_bar(number * (1 if stated else 2), f"Simulating {loaded.name}") as progress:
        answer = answer_to(question, loaded, arm, library, progress)
    if form is Format.TABLE:
        typer.echo(answer_text(answer))
        return
    rows = study_rows(answer)
    typer.echo(rendered(flat(rows) if form is Format.CSV else rows, form.value))


def wanted_power(text: str) -> float:
    """A power such as 80%, or 0.8."""
    from simulator.tables import InputProblems, Problem

    try:
        value = float(text.removesuffix("%")) / (100.0 if text.endswith("%") else 1.0)
    except ValueError:
        value = math.nan
    if not 0.05 < value <= 0.9999:
        hint = "Write --power 80%: above 5%, which luck alone gives, and at most 99.99%."
        raise InputProblems([Problem("--power", 0, 0, f"'{text}' is not a power that can be planned for", hint)])
    return value


def stated_differences(texts: list[str]) -> dict[str, float]:
    """Differences by measure, from words such as ``rate=-5``; each measure once."""
    from simulator.tables import InputProblems, Problem, did_you_mean

    problems, found = [], {}
    for text in texts:
        name, _, value = text.partition("=")
        try:
            amount = float(value)
        except ValueError:
            amount = math.nan
        if name not in MEASURES:
            said, hint = f"there is no measure '{name}'", did_you_mean(name, MEASURES)
            problems.append(Problem("--difference", 0, 0, said, hint))
        elif not math.isfinite(amount):
            said = f"'{text}' states no difference"
            problems.append(Problem("--difference", 0, 0, said, f"Write a number, such as {name}=-5."))
        elif MEASURES[name] in found:
            problems.append(Problem("--difference", 0, 0, f"'{name}' is stated twice", "Leave one of them out."))
        else:
            found[MEASURES[name]] = amount
    if problems:
        raise InputProblems(problems)
    return found
