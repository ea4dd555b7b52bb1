"""Commands as people type them, for tests: in a process of their own, or quicker in this one (fixture ``run``)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from simulator.places import data_folder

ROOT = data_folder("scenarios").parent
SMALL = ["-n", "2", "--workers", "1", "--set", "appraisal.horizon_years=2"]
TWO_ARMS = ["compare", "leeds:as_run", *SMALL]


class Answer:
    """What a command left behind."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


def command(*words: str, folder: Path | None = None) -> Answer:
    """A command in a process of its own, in a folder outside the repository where that matters."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "run.py"), *words],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "COLUMNS": "100"},
    )
    return Answer(done.returncode, done.stdout, done.stderr)


Run = Callable[..., Answer]


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


def described() -> str:
    """What docs/json.md says."""
    return (ROOT / "docs" / "json.md").read_text("utf-8")
