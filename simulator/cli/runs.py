"""``runs`` and ``results``: long runs listed, and read back."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.main import app
from simulator.cli.options import Format, Formatted

if TYPE_CHECKING:
    from pandas import DataFrame

    from simulator.store.readings import Summary

RunsFolder = Annotated[Path, typer.Option("--runs", envvar="IOM_RUNS", help="Folder in which long runs are kept.")]
DEFAULT_RUNS = Path("runs")
FIRST_ROWS = 20


@app.command("runs")
def list_runs(base: RunsFolder = DEFAULT_RUNS, form: Formatted = Format.TABLE) -> None:
    """List long runs: how far they are, and what to type to go on with one that was stopped."""
    from simulator.report.text import rendered
    from simulator.store.readings import summaries

    found, notes = summaries(base)
    if not found:
        notes.append(f"There are no runs in {base} yet: a long run makes its folder there. --runs names another place.")
    for note in notes:
        typer.echo(note, err=True)
    if form is not Format.TABLE:
        typer.echo(rendered([run_row(each) for each in found], form.value))
    elif found:
        typer.echo("\n".join([rendered([line(each) for each in found], "table"), *going_on(found)]))


def run_row(run: Summary) -> dict[str, Any]:
    """A run as a row of plain values; sizes in bytes."""
    return {
        "run": run.folder.name,
        "kind": run.kind,
        "title": run.title,
        "jobs_done": run.done,
        "jobs": run.jobs,
        "state": run.state,
        "begun": run.begun,
        "bytes": run.size,
        "folder": run.folder.as_posix(),
        "digest": run.digest,
        "command": run.command,
    }


def line(run: Summary) -> dict[str, Any]:
    """A run as a line for people."""
    from simulator.store.readings import shown_time

    return {
        "run": run.folder.name,
        "kind": run.kind,
        "title": run.title,
        "jobs": f"{run.done:,} of {run.jobs:,}",
        "state": run.state,
        "begun": shown_time(run.begun),
        "size": shown_size(run.size),
    }


def shown_size(size: int) -> str:
    """Bytes as people read them."""
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{size / 1e3:,.0f} kB"


def going_on(found: list[Summary]) -> list[str]:
    """What to type to go on with the runs that were stopped."""
    stopped = [run for run in found if run.state == "stopped"]
    typed = [f"  {run.command or f'the command that began {run.folder.name}'}" for run in stopped]
    return ["", "To go on with a stopped run, type its command again; what is done is kept:", *typed] if stopped else []


@app.command("results")
def show_results(
    name: Annotated[str, typer.Argument(metavar="RUN", help="Name of a run, the beginning of one, or its folder.")],
    base: RunsFolder = DEFAULT_RUNS,
    form: Formatted = Format.TABLE,
    rows: Annotated[
        int | None,
        typer.Option(
            "--rows", min=0, help="The first so many rows.", show_default=f"{FIRST_ROWS} in a table, else all"
        ),
    ] = None,
) -> None:
    """Read back the rows of a long run, whole or as far as it is."""
    from simulator.store.readings import found_run, summary_of

    run = summary_of(found_run(base, name))
    frame = rows_of(run)
    if form is Format.JSON:
        typer.echo(json_text(run, frame.head(len(frame) if rows is None else rows)))
    elif form is Format.CSV:
        typer.echo(frame.head(len(frame) if rows is None else rows).to_csv(index=False, lineterminator="\n"), nl=False)
    else:
        typer.echo(table_text(run, frame, FIRST_ROWS if rows is None else rows))


def rows_of(run: Summary) -> DataFrame:
    """The rows of a run; of an unfinished one those that there are, with a word on stderr."""
    from simulator.store.readings import read_partial, read_results

    if run.finished:
        return read_results(run.folder)
    partial = read_partial(run.folder)
    typer.echo(f"This run is unfinished: these are the rows of {partial.done:,} of {partial.jobs:,} jobs.", err=True)
    for note in partial.notes:
        typer.echo(note, err=True)
    if run.state == "stopped" and run.command:
        typer.echo(f"To go on: {run.command}", err=True)
    return partial.rows


def json_text(run: Summary, frame: DataFrame) -> str:
    """The run, a description of each column and the rows; a value that is missing or no number is null."""
    import json

    document = {
        "run": run_row(run),
        "columns": {str(name): described(run, str(name)) for name in frame.columns},
        "rows": [{key: plain_value(value) for key, value in row.items()} for row in records_of(frame)],
    }
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)


def records_of(frame: DataFrame) -> list[dict[str, Any]]:
    """The rows as plain Python values by the names of their columns."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def plain_value(value: Any) -> Any:
    """A value as JSON has it: null for what is missing, infinite or no number, text for times."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)


def described(run: Summary, column: str) -> str:
    """What a column is, with its unit, as the recipe says; empty where it does not."""
    return str(run.recipe.get("columns", {}).get(column, ""))


def table_text(run: Summary, frame: DataFrame, rows: int) -> str:
    """The first rows, what the columns are, how many rows there are, and how to read them elsewhere."""
    from simulator.report.text import rendered

    records = records_of(frame.head(rows))
    shown = f", of which the first {len(records):,} are shown" if len(records) < len(frame) else ""
    meanings = [f"  {name}: {described(run, str(name))}" for name in frame.columns if described(run, str(name))]
    return "\n".join(
        [
            f"{run.title} ({run.kind}, {run.done:,} of {run.jobs:,} jobs)",
            "",
            *([rendered(records, "table"), ""] if records else []),
            f"{len(frame):,} rows{shown}. To read them in a notebook, either of:",
            *one_liners(run),
            *(["", "Columns:", *meanings] if meanings else []),
        ]
    )


def one_liners(run: Summary) -> list[str]:
    """How to read the rows with pandas and with DuckDB; those of an unfinished run from its shards."""
    import json

    from simulator.store.shards import FOLDER, RESULTS

    file = (run.folder / RESULTS).as_posix()
    shards = (run.folder / FOLDER).as_posix()
    pandas_path, duckdb_path = (file, file) if run.finished else (shards, f"{shards}/*.parquet")
    quoted = duckdb_path.replace("'", "''")
    return [
        f"  pd.read_parquet({json.dumps(pandas_path, ensure_ascii=False)})",
        "  duckdb.sql(" + json.dumps(f"from '{quoted}'", ensure_ascii=False) + ")",
    ]
