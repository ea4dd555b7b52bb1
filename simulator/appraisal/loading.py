"""Scenarios and cost tables as a person names them: scheme, file, or ``scheme:arm`` for some arms only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from simulator.appraisal.library import Library, load_library
from simulator.scenario.read import read_scenario
from simulator.scenario.records import Scenario
from simulator.tables import InputProblems, Problem, did_you_mean


def load(
    names: Sequence[str], settings: Sequence[str], comparator: str | None = None
) -> tuple[list[Scenario], Library]:
    """Scenarios by name, path, or ``scheme:arm`` for some arms only; and the cost tables, with settings applied.

    Raises InputProblems with every fault found.
    """
    library = load_library()
    problems: list[Problem] = []
    try:
        library = library.changed(settings)
    except InputProblems as found:
        problems += found.problems
    scenarios = []
    for scheme, arms in chosen_arms(names).items():
        try:
            scenario = read_scenario(scheme, library.known(), settings)
            scenarios.append(with_arms(scenario, arms, comparator))
        except InputProblems as found:
            problems += found.problems
    if problems:
        raise InputProblems(dict.fromkeys(problems))
    return scenarios, library


def chosen_arms(names: Sequence[str]) -> dict[str, list[str]]:
    """Each scheme once, with the arms asked for; no arms means all of them."""
    wanted: dict[str, list[str]] = {}
    for name in names:
        scheme, colon, arm = name.rpartition(":") if is_arm(name) else (name, "", "")
        wanted.setdefault(scheme, [])
        if colon:
            wanted[scheme].append(arm)
    return wanted


def is_arm(name: str) -> bool:
    """Whether a name ends in ``:arm``; the colon of a Windows drive is not one."""
    scheme, colon, arm = name.rpartition(":")
    return bool(colon) and len(scheme) > 1 and not any(mark in arm for mark in "/\\.")


def with_arms(scenario: Scenario, arms: Sequence[str], comparator: str | None) -> Scenario:
    """The scenario with only some arms, and always its comparator."""
    known = [arm.name for arm in scenario.arms]
    problems = [
        Problem(
            scenario.name, 0, 0, f"there is no arm '{name}'", did_you_mean(name, known) or f"Arms: {', '.join(known)}."
        )
        for name in [*arms, *([comparator] if comparator else [])]
        if name not in known
    ]
    if not known:
        problems.append(
            Problem(str(scenario.path), 0, 0, "this file has no arms to compare", "Add `arms:`, or name a scheme.")
        )
    if problems:
        raise InputProblems(problems)
    base = comparator or scenario.baseline.text("appraisal.comparator")
    chosen = [arm for arm in scenario.arms if not arms or arm.name in (*arms, base)]
    if len(chosen) < 2:
        hint = "Name another arm, or another with --comparator." if len(known) > 1 else "Add a second under `arms:`."
        said = f"'{base}' is what the others are compared with, and there is no other"
        raise InputProblems([Problem(scenario.name, 0, 0, said, hint)])
    return replace(
        scenario,
        arms=tuple(chosen),
        baseline=replace(scenario.baseline, levers={**scenario.baseline.levers, "appraisal.comparator": base}),
    )
