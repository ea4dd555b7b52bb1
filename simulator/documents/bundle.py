"""The inputs that a report carries along: every file that it was made from, each with digests that name a changed line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simulator import __version__
from simulator.places import data_folder
from simulator.scenario.layers import documents_of
from simulator.scenario.records import Scenario

SHIPPED = ("cost_tables", "evidence", "scenarios")
GIVEN = "given"  # the folder of files that are the user's own
SUFFIXES = (".csv", ".yaml", ".yml")
LINE_DIGITS = 8
ELSEWHERE = "elsewhere"  # numbers that other documents of the folder print and the page does not


def bundle_of(scenario: Scenario, question: Mapping[str, Any], program: str = "") -> dict[str, Any]:
    """Every file that the scenario's answers rest on, with the question that was asked.

    Args:
        question: what was asked for, in values that JSON knows; ``scenarios`` in it are replaced by where the file lies
            in the bundle, if it is the user's own.
        program: digest of the program's own sources.
    """
    files = {**shipped_files(), **own_files(scenario)}
    asked = {**question, "scenarios": [named_in(scenario, name) for name in question["scenarios"]]}
    listed = {path: with_digests(text) for path, text in sorted(files.items())}
    return {
        "version": __version__,
        "program": program,
        "question": asked,
        "files": listed,
        "digest": digest_of(asked, listed),
        ELSEWHERE: {},
    }


def shipped_files() -> dict[str, str]:
    """Every shipped table, report and scenario, by its path from the top."""
    return {
        f"{name}/{path.relative_to(data_folder(name)).as_posix()}": path.read_text("utf-8")
        for name in SHIPPED
        for path in data_folder(name).rglob("*")
        if path.suffix in SUFFIXES
    }


def own_files(scenario: Scenario) -> dict[str, str]:
    """The user's own files that a scenario is read from: it, what it extends, and its fit; none for a shipped scheme."""
    return {f"{GIVEN}/{path.relative_to(top).as_posix()}": path.read_text("utf-8") for top, path in own_paths(scenario)}


def own_paths(scenario: Scenario) -> list[tuple[Path, Path]]:
    """Own files, each with the folder that holds them all."""
    shipped = data_folder("scenarios").resolve()
    read = [Path(document.file).resolve() for document in documents_of(scenario.path)]
    own = [path for path in read if not path.is_relative_to(shipped)]
    fit = scenario.baseline.fit
    if own and fit is not None and Path(fit.where).suffix in (".yaml", ".yml"):
        own += [path for folder in {each.parent for each in own} if (path := (folder / fit.where).resolve()).is_file()]
    if not own:
        return []
    top = Path(*shared_start([path.parent.parts for path in own]))
    return [(top, path) for path in dict.fromkeys(own)]


def shared_start(paths: list[tuple[str, ...]]) -> list[str]:
    """The first parts that all paths share."""
    same = []
    for parts in zip(*paths, strict=False):
        if len(set(parts)) > 1:
            break
        same.append(parts[0])
    return same


def named_in(scenario: Scenario, asked: str) -> str:
    """What the scenario is called within the bundle, with the arm that was asked for, if any."""
    own = own_paths(scenario)
    arm = asked[len(asked.rpartition(":")[0]) :] if ":" in Path(asked).name else ""
    if not own:
        return asked
    top, path = next((top, path) for top, path in own if path == scenario.path.resolve())
    return f"{GIVEN}/{path.relative_to(top).as_posix()}{arm}"


def with_digests(text: str) -> dict[str, Any]:
    """A file's text with its SHA-256 and the first digits of that of each line."""
    return {
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "lines": "".join(line_digest(line) for line in text.split("\n")),
        "text": text,
    }


def line_digest(line: str) -> str:
    """A few digits that tell a changed line from the one that was there."""
    return hashlib.sha256(line.encode()).hexdigest()[:LINE_DIGITS]


def digest_of(question: Mapping[str, Any], files: Mapping[str, Any]) -> str:
    """SHA-256 of the question and of the digests of all files: what the report itself prints."""
    named = {"question": dict(question), "files": {path: each["sha256"] for path, each in files.items()}}
    return hashlib.sha256(json.dumps(named, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
