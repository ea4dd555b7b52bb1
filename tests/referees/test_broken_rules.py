"""Every referee must be able to fail: a list of broken rules, each with a referee that catches it.

Each rule is broken in a copy of the package, and the referee named beside it is run against the copy, as plain Python and
in small worlds. The text to be replaced must be found exactly once, so that the list cannot rot silently.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .broken_lives import BROKEN_LIVES, Broken
from .broken_schemes import BROKEN_SCHEMES

ROOT = Path(__file__).resolve().parents[2]
BROKEN = [*BROKEN_LIVES, *BROKEN_SCHEMES]
REFEREES = sorted({broken.referee.split("::")[0] for broken in BROKEN})


def run_referees(folder: Path, chosen: list[str]) -> subprocess.CompletedProcess[str]:
    """Run referees against the package in ``folder``, as plain Python in small worlds."""
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("PYTEST_ADDOPTS", None)
    files = sorted({name.split("::")[0] for name in chosen})
    wanted = [name.split("::")[1].split("[")[0] for name in chosen]
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-x",
        "--no-header",
        "--tb=line",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
    ]
    command += [f"tests/referees/{name}" for name in files] + ["-k", " or ".join(sorted(set(wanted)))]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=240, check=False
    )


def copy_package(folder: Path) -> None:
    """The package and its referees, and nothing else."""
    leave_out = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "simulator", folder / "simulator", ignore=leave_out)
    shutil.copytree(ROOT / "tests" / "referees", folder / "tests" / "referees", ignore=leave_out)
    shutil.copy(ROOT / "pyproject.toml", folder)


@pytest.mark.parametrize("broken", BROKEN, ids=[broken.what.replace(" ", "_") for broken in BROKEN])
def test_the_rule_to_be_broken_is_found_exactly_once(broken: Broken) -> None:
    source = (ROOT / "simulator" / broken.file).read_text(encoding="utf-8")
    assert source.count(broken.text) == 1
    referee, name = broken.referee.split("::")
    assert f"def {name.split('[')[0]}" in (ROOT / "tests" / "referees" / referee).read_text(encoding="utf-8")


def test_every_file_of_referees_catches_something() -> None:
    """A referee that catches nothing is worth a second look."""
    files = {path.name for path in (ROOT / "tests" / "referees").glob("test_*.py")} - {Path(__file__).name}
    assert files == set(REFEREES)


@pytest.mark.slow
@pytest.mark.parametrize("broken", BROKEN, ids=[broken.what.replace(" ", "_") for broken in BROKEN])
def test_a_broken_rule_is_caught(broken: Broken, tmp_path: Path) -> None:
    copy_package(tmp_path)
    path = tmp_path / "simulator" / broken.file
    path.write_text(path.read_text(encoding="utf-8").replace(broken.text, broken.instead), encoding="utf-8")
    result = run_referees(tmp_path, [broken.referee])
    assert result.returncode == 1, f"not caught by {broken.referee}: {broken.what}\n{result.stdout}{result.stderr}"


@pytest.mark.slow
def test_the_rules_as_they_stand_pass_the_same_referees(tmp_path: Path) -> None:
    copy_package(tmp_path)
    result = run_referees(tmp_path, [broken.referee for broken in BROKEN])
    assert result.returncode == 0, result.stdout
