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


from simulator.cli import assumptions, bench, check, compare, explain, listing, new, trace  # noqa: E402,F401  (they register commands)


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
        typer.echo("\nStopped. Nothing was written.", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        if type(error).__name__ != "InputProblems":
            raise
        typer.echo(str(error), err=True)
        sys.exit(2)
