"""``docs/evidence.md``: made by ``python run.py check --accept``, and stale as soon as what it is made from changes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import simulator
from simulator.jit import COMPILED_SOURCES
from simulator.places import data_folder
from simulator.report.evidence_parts import simulated
from simulator.report.evidence_sections import contents_of

HEAD = "<!-- Made by `python run.py check --accept`, not by hand. Inputs: {digest} -->"
STATED = re.compile(r"Inputs: ([0-9a-f]{12}) -->")
REMEDY = "python run.py check --accept"

FIGURES = {"evidence": "**/*.yaml", "scenarios": "*.yaml", "cost_tables": "*.*"}
# Sources behind the numbers and the words. What reaches them from elsewhere is found by making the document again.
SOURCES = (
    *COMPILED_SOURCES,
    "rates.py",
    "closed_forms/*.py",
    "evaluation/**/*.py",
    "report/evidence_*.py",
    "report/bridge*.py",
    "report/cases.py",
    "report/meanings.py",
    "report/reproduction.py",
)


def path_of_document() -> Path:
    """Where the document is kept."""
    return data_folder("scenarios").parent / "docs" / "evidence.md"


def inputs() -> Iterator[tuple[str, Path]]:
    """Every file that the document is made from, with its name in the project, in one order everywhere."""
    package = Path(simulator.__file__).parent
    for folder, pattern in FIGURES.items():
        root = data_folder(folder)
        yield from ((f"{folder}/{path.relative_to(root).as_posix()}", path) for path in sorted(root.glob(pattern)))
    for pattern in SOURCES:
        yield from ((path.relative_to(package).as_posix(), path) for path in sorted(package.glob(pattern)))


def inputs_digest() -> str:
    """Twelve digits that change with any of those files; not with the ends of their lines."""
    digest = hashlib.sha256()
    for name, path in inputs():
        if path.is_file():
            digest.update(name.encode() + b"\0")
            digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:12]


def staleness() -> str:
    """Why the document has to be made again, in words; empty when it was made from what is there now."""
    path = path_of_document()
    if not path.is_file():
        return f"docs/{path.name} is missing: {REMEDY}"
    stated = STATED.search(path.read_text("utf-8").partition("\n")[0])
    if stated is None or stated[1] != inputs_digest():
        return f"docs/{path.name} is stale, for evidence, scenarios, cost tables or rules have changed: {REMEDY}"
    return ""


def document_text(progress: Callable[[int], object] = lambda done: None) -> str:
    """The whole document; takes about a minute."""
    return f"{HEAD.format(digest=inputs_digest())}\n{contents_of(simulated(progress))}"


def write_document(progress: Callable[[int], object] = lambda done: None) -> Path:
    """Write the document anew."""
    path = path_of_document()
    path.write_text(document_text(progress), "utf-8", newline="\n")
    return path
