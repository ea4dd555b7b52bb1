"""Read what a command was given: cost tables, scenarios and chosen arms."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.appraisal.library import Library
    from simulator.experiment import Progress
    from simulator.scenario.records import Scenario


def load(
    names: Sequence[str], settings: Sequence[str], comparator: str | None = None
) -> tuple[list[Scenario], Library]:
    """Scenarios and cost tables; what it takes is only imported now. Raises InputProblems with every fault found."""
    from simulator.appraisal import loading

    return loading.load(names, settings, comparator)


RULES = 75  # that the compiled engine keeps on disk; only a progress line depends on it


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
