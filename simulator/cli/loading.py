"""Read what a command was given: cost tables, scenarios and chosen arms."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.appraisal.library import Library
    from simulator.experiment import Progress
    from simulator.scenario.records import Scenario


def load(
    names: Sequence[str], settings: Sequence[str], comparator: str | None = None
) -> tuple[list[Scenario], Library]:
    """Scenarios by name, path, or ``scheme:arm`` for some arms only; and the cost tables, with settings applied.

    Raises InputProblems with every fault found.
    """
    from simulator.appraisal.library import load_library
    from simulator.scenario.read import read_scenario
    from simulator.tables import InputProblems, Problem

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
    from simulator.tables import InputProblems, Problem, did_you_mean

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


RULES = 72  # that the compiled engine keeps on disk; only a progress line depends on it


def compile_first() -> None:
    """Compile the rules where they are not on disk yet, with a message, and on a terminal a line that moves."""
    from threading import Event, Thread

    from tqdm import tqdm

    from simulator.jit import first_use_message, rules_compiled

    message = first_use_message()
    if not message:
        return
    print(message, file=sys.stderr, flush=True)
    from simulator.engine_compiled import warm_up

    over = Event()
    with tqdm(total=RULES, desc="compiling", unit="rule", leave=False, disable=None) as bar:

        def watch() -> None:
            while not over.wait(0.2):
                bar.update(min(rules_compiled(), RULES) - bar.n)

        watcher = Thread(target=watch, daemon=True)
        watcher.start()
        try:
            warm_up()
        finally:
            over.set()
            watcher.join()


@contextmanager
def waiting(label: str = "simulating") -> Iterator[Callable[[str], object]]:
    """On a terminal, what is being done and for how long, on stderr; a call says what comes next."""
    from tqdm import tqdm

    compile_first()
    with tqdm(total=None, desc=label, bar_format="{desc} {elapsed}", leave=False, disable=None) as bar:
        yield bar.set_description_str


@contextmanager
def progress_bar(total: int, label: str) -> Iterator[Progress]:
    """A bar on stderr for anything that takes over two seconds."""
    from tqdm import tqdm

    compile_first()
    pause = 0.2 if sys.stderr.isatty() else 10.0
    with tqdm(total=total or None, desc=label, unit="run", delay=2, leave=False, mininterval=pause) as bar:
        yield bar.update
