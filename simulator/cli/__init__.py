"""The commands. Heavy packages are imported inside commands, so that ``--help`` answers at once."""

from simulator.cli.main import app, main

__all__ = ["app", "main"]
