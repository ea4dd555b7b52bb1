"""From the options of ``sweep`` to trials, and from their rows to what is shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import NamedTuple

from simulator.cli.loading import compile_first
from simulator.cli.options import Format
from simulator.experiment import Progress
from simulator.tables import InputProblems, Problem
from simulator.uncertainty.outcomes import Variant
from simulator.uncertainty.recipes import Prepared
from simulator.uncertainty.sweeps import (
    grid_sweep,
    inputs_of,
    most_important,
    pair_of,
    psa_sweep,
    shown_arm,
    sobol_sweep,
    structure_sweep,
    tornado_sweep,
)

Reading = Callable[..., Variant]


class Asked(NamedTuple):
    """What was asked for on the command line."""

    kind: str
    vary: tuple[str, ...]
    draws: int
    base_points: int
    only: tuple[str, ...]
    factors: int
    studies: tuple[int, ...]
    study_cost: float | None
    arm: str | None
    replications: int
    seed: int
    engine: str
    workers: int


class Ready(NamedTuple):
    """A sweep that can be run, whose arm is shown, and against what."""

    asked: Asked
    base: Variant
    arm: str
    comparator: str
    prepared: Prepared
    chosen: tuple[str, ...] = ()  # factors of the indices


# Options that only some kinds of sweep know.
BELONGS_TO = {
    "--only": ("tornado", "psa", "sobol"),
    "--factors": ("sobol",),
    "--study": ("psa",),
    "--study-cost": ("psa",),
}


def check_options(kind: str, given: Mapping[str, object]) -> None:
    """Refuse options that the kind of sweep would pass over in silence. Raises InputProblems."""
    problems = [
        Problem(name, 0, 0, f"this belongs to --{' and --'.join(BELONGS_TO[name])}", "Leave it out.")
        for name, value in given.items()
        if value is not None and value != [] and kind not in BELONGS_TO[name]
    ]
    if problems:
        raise InputProblems(problems)


def prepared_for(asked: Asked, read: Reading) -> Ready:
    """The trials of what was asked for. Raises InputProblems for what cannot be swept."""
    base = read()
    comparator = base.scenario.baseline.text("appraisal.comparator")
    arm = shown_arm(base, asked.arm, comparator)
    replications, seed, engine = asked.replications, asked.seed, asked.engine
    if asked.kind == "tornado":
        prepared = tornado_sweep(base, asked.only, replications, seed, engine)
    elif asked.kind == "grid":
        prepared = grid_sweep(base, asked.vary, read, replications, seed, engine)
    elif asked.kind == "psa":
        prepared = psa_sweep(base, asked.only, asked.draws, replications, seed, engine)
    elif asked.kind == "structure":
        prepared = structure_sweep(base, read, replications, seed, engine)
    else:
        return ready_for_indices(asked, base, arm, comparator)
    return Ready(asked, base, arm, comparator, prepared)


def ready_for_indices(asked: Asked, base: Variant, arm: str, comparator: str) -> Ready:
    """Indices of one arm only: the others are not simulated."""
    two = pair_of(base, arm, comparator)
    inputs = inputs_of(two, asked.only)
    compile_first()
    chosen = most_important(two, inputs, arm, asked.factors, asked.seed, asked.engine, asked.workers)
    prepared = sobol_sweep(two, asked.only, chosen, asked.base_points, asked.replications, asked.seed, asked.engine)
    return Ready(asked, two, arm, comparator, prepared, tuple(chosen))


@contextmanager
def executor_on(address: str | None) -> Iterator[Executor | None]:
    """Workers of a cluster, or None for those of this machine."""
    if address is None:
        yield None
        return
    from simulator.uncertainty.cluster import cluster_executor

    with cluster_executor(address) as executor:
        yield executor


@contextmanager
def trials_bar(prepared: Prepared) -> Iterator[Progress]:
    """On a terminal: trials done, how many a second, and how long it will take; else nothing."""
    from tqdm import tqdm

    compile_first()
    unit = {"psa": "draw"}.get(prepared.kind, "trial")
    total = len(prepared.trials.trials)
    scenario = prepared.trials.variants[0].scenario.name
    with tqdm(
        total=total, desc=f"Sweeping {scenario}", unit=unit, leave=False, disable=not sys.stderr.isatty(), delay=1
    ) as bar:
        yield bar.update


def reach_text(read: Reading, seed: int, workers: int, form: Format) -> str:
    """Which inputs and levers move nothing, in words or as rows."""
    from simulator.cli.loading import waiting
    from simulator.report.text import rendered
    from simulator.uncertainty.inputs import uncertain_inputs
    from simulator.uncertainty.reach import moves_of, unreached_inputs, unreached_levers

    base = read()
    with waiting("moving every input and lever"):
        inputs, levers = unreached_inputs(base, seed, workers), unreached_levers(base, read, seed, workers)
    if form is not Format.TABLE:
        rows = [("uncertain input", name) for name in inputs] + [("lever", name) for name in levers]
        return rendered([{"kind": kind, "moves_nothing": name} for kind, name in rows], form.value)
    counted = len(uncertain_inputs(base.scenario, base.library)), sum(1 for moves in moves_of(base).values() if moves)
    if not inputs and not levers:
        return f"All {counted[0]} uncertain inputs and all {counted[1]} levers of {base.scenario.name} reach a result."
    years = int(base.scenario.baseline.value("appraisal.horizon_years"))
    span = "1 year" if years == 1 else f"{years} years"
    return "\n".join(
        f"{name} moves nothing in {base.scenario.name}: no outcome of any arm changes with it in {span}"
        for name in [*inputs, *levers]
    )
