"""The list of commands, and what happens when one goes wrong."""

from __future__ import annotations

import sys

import typer

from simulator import __version__

app = typer.Typer(
    name="iom-simulator",
    help="Is Integrated Offender Management worth its money? Compare funding choices by simulation, with sourced costs.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)


INTERRUPTED = 130  # as shells have it; typer ends with it too


def show_version(wanted: bool) -> None:
    """Print the version and stop."""
    if wanted:
        typer.echo(f"iom-simulator {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: bool = typer.Option(False, "--version", callback=show_version, is_eager=True, help="Print the version."),
) -> None:
    """Options of the program itself."""


# They register their commands.
from simulator.cli import (  # noqa: E402
    assumptions,  # noqa: F401
    audit,  # noqa: F401
    bench,  # noqa: F401
    calibrate,  # noqa: F401
    check,  # noqa: F401
    compare,  # noqa: F401
    decision,  # noqa: F401
    difference,  # noqa: F401
    evaluate,  # noqa: F401
    explain,  # noqa: F401
    funding,  # noqa: F401
    listing,  # noqa: F401
    new,  # noqa: F401
    report,  # noqa: F401
    reproduce,  # noqa: F401
    runs,  # noqa: F401
    sweep,  # noqa: F401
    trace,  # noqa: F401
    verify_figure,  # noqa: F401
    whereabouts,  # noqa: F401
)


def what_is_left(words: list[str]) -> str:
    """What a command that was interrupted leaves behind."""
    if words[:1] in (["sweep"], ["report"]):
        return "What was done is kept: the same command goes on from there; `runs` lists it."
    return "Nothing was written."


def main() -> None:
    """Run a command; bad input ends with code 2 and every problem listed, Ctrl-C with code 130."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except (KeyboardInterrupt, SystemExit) as stop:
        if not isinstance(stop, KeyboardInterrupt) and stop.code != INTERRUPTED:
            raise
        typer.echo(f"\nStopped. {what_is_left(sys.argv[1:])}", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        typer.echo(f"The output could not be written: {error.strerror or error}", err=True)
        sys.exit(2)
    except Exception as error:
        if type(error).__name__ != "InputProblems":
            raise
        typer.echo(str(error), err=True)
        sys.exit(2)
