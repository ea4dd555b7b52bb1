"""``trace``: one offender's years as a story, or every event as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.main import app
from simulator.cli.options import EffectName, Format, Formatted, Seed, Set, as_settings

if TYPE_CHECKING:
    from simulator.activity import Event


@app.command()
def trace(
    scenario: Annotated[
        str, typer.Argument(help="Scheme or scenario file, or scheme:arm (default arm: as_run).")
    ] = "bedfordshire",
    person: Annotated[int, typer.Option("--person", min=0, help="Which offender; they are numbered from 0.")] = 7,
    everybody: Annotated[bool, typer.Option("--all", help="Every event of everybody, as a table.")] = False,
    history: Annotated[bool, typer.Option("--history", help="Also what happened before the appraisal starts.")] = False,
    replication: Annotated[int, typer.Option("--replication", min=0)] = 0,
    seed: Seed = 1,
    effect: EffectName = None,
    settings: Set = None,
    form: Formatted = Format.TABLE,
) -> None:
    """Tell one offender's five years: date, event, state, RAG status and why."""
    from simulator import engine_simpy
    from simulator.appraisal.loading import is_arm
    from simulator.cli.loading import load
    from simulator.rates import rates_of
    from simulator.report.story import rows_of, summary
    from simulator.report.text import rendered
    from simulator.tables import InputProblems, Problem

    name, arm_name = scenario.rpartition(":")[::2] if is_arm(scenario) else (scenario, "")
    (loaded,), library = load([name], as_settings(settings, effect, None, None, None, None))
    arm_name = arm_name or default_arm([arm.name for arm in loaded.arms])
    (loaded,), library = load([f"{name}:{arm_name}"], as_settings(settings, effect, None, None, None, None))
    years = int(loaded.baseline.value("appraisal.horizon_years"))
    events: list[Event] = []
    rates = rates_of(loaded, loaded.arm(arm_name), library.offence_types)
    (activity,) = engine_simpy.run([rates], years, seed, replication, 1, [events.append])
    people = int(activity.people.sum())
    if person >= people and not everybody:
        hint = f"There are {people}: choose from 0 to {people - 1}."
        raise InputProblems([Problem("--person", 0, 0, f"there is no person {person} in {loaded.name}", hint)])
    mine = [event for event in events if everybody or event.person == person]
    rows = [row for row in rows_of(mine, loaded.starts) if history or row.years >= 0.0]
    if form is not Format.TABLE or everybody:
        typer.echo(rendered([row._asdict() for row in rows], form.value))
        return
    title = loaded.arm(arm_name).title
    typer.echo(f"Person {person} of {people}, {loaded.title}, '{title}', replication {replication}, seed {seed}\n")
    columns = ("date", "event", "justice", "scheme", "rag", "why")
    told = [{name: getattr(row, name) for name in columns} for row in rows]
    typer.echo(rendered(told, "table") if told else f"Nothing happened. {somebody_busier(events)}")
    typer.echo("\n" + summary(mine, years))


def somebody_busier(events: list[Event]) -> str:
    """Whose story is worth asking for instead: the person with the most events after t = 0."""
    from collections import Counter

    counts = Counter(event.person for event in events if event.date >= 0.0)
    if not counts:
        return "Nothing happened to anybody."
    person, number = counts.most_common(1)[0]
    return f"Frailty differs widely: most people offend rarely, a few often. Try --person {person} ({number} events)."


def default_arm(names: list[str]) -> str:
    """``as_run`` where there is one, else the last arm."""
    return "as_run" if "as_run" in names else names[-1]
