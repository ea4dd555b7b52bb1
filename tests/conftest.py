"""Fixtures that several test files share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from commands import Answer, Run


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command in this process, in an empty folder: quicker, and through the program's own ``main``."""
    monkeypatch.chdir(tmp_path)

    def here(*words: str) -> Answer:
        from simulator.cli import main

        monkeypatch.setattr(sys, "argv", ["run.py", *words])
        code: Any = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code
        said = capsys.readouterr()
        return Answer(int(code or 0), said.out, said.err)

    return here
