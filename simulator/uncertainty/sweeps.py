"""The kinds of sweep, from what somebody asks for to trials that can be run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from simulator.tables import InputProblems, Problem, did_you_mean
from simulator.uncertainty.factors import factors_of
from simulator.uncertainty.grids import Reading, axes_of, grid
from simulator.uncertainty.inputs import GROUPS, Uncertain, uncertain_inputs
from simulator.uncertainty.jobs import in_memory
from simulator.uncertainty.outcomes import Trials, Variant
from simulator.uncertainty.probabilistic import psa
from simulator.uncertainty.recipes import Prepared
from simulator.uncertainty.structures import structures
from simulator.uncertainty.tornado import tornado_of, trials_of
from simulator.uncertainty.variance import sobol, widest

# Where only prices are drawn all draws share one simulation, whose noise moves every one of them alike.
SHARED_REPLICATIONS = 2_000
SCREENING = 10  # replications of the tornado by which the factors of the indices are chosen


def inputs_of(base: Variant, only: Sequence[str] = ()) -> dict[str, Uncertain]:
    """The uncertain inputs, or those of some names or groups only.

    Raises InputProblems for a name or group that is not among them, with the nearest, or when nothing is uncertain.
    """
    every = uncertain_inputs(base.scenario, base.library)
    wanted = {name for each in only for name, one in every.items() if each in (name, one.group)}
    known = [*every, *GROUPS]
    unknown = [each for each in only if not any(each in (name, one.group) for name, one in every.items())]
    if unknown:
        raise InputProblems([Problem(f"--only {each}", 0, 0, *nothing_of(each, known)) for each in unknown])
    chosen = {name: each for name, each in every.items() if not only or name in wanted}
    if not chosen:
        said = "no input of this scenario has a range, so nothing is uncertain"
        raise InputProblems([Problem(base.scenario.name, 0, 0, said, "State ranges, or sweep levers with --vary.")])
    return chosen


def nothing_of(name: str, known: Sequence[str]) -> tuple[str, str]:
    """What is wrong with a name that is neither an uncertain input nor a group of them, and what might be meant."""
    if name in GROUPS:
        return f"nothing of the group '{name}' is uncertain in this scenario", "Leave it out."
    hint = did_you_mean(name, known) or f"Groups: {', '.join(GROUPS)}."
    return f"'{name}' is no uncertain input of this scenario, nor a group of them", hint


def tornado_sweep(base: Variant, only: Sequence[str], replications: int, seed: int, engine: str) -> Prepared:
    """Every uncertain input at both ends."""
    inputs = inputs_of(base, only)
    trials = Trials((base,), inputs, trials_of(inputs), replications, seed, engine)
    moved = f" of {', '.join(only)}" if only else ""
    return Prepared("tornado", f"{base.scenario.title}: one input{moved} at a time", trials, {"inputs": list(inputs)})


def grid_sweep(
    base: Variant, wanted: Sequence[str], reading: Reading, replications: int, seed: int, engine: str
) -> Prepared:
    """Every combination of chosen values."""
    axes = axes_of(wanted)
    trials = grid(axes, base, uncertain_inputs(base.scenario, base.library), reading, replications, seed)
    asked = {"axes": {axis.name: list(axis.values) for axis in axes}}
    return Prepared("grid", f"{base.scenario.title}: grid", trials._replace(engine=engine), asked)


def psa_sweep(base: Variant, only: Sequence[str], draws: int, replications: int, seed: int, engine: str) -> Prepared:
    """Draws over everything uncertain."""
    inputs = inputs_of(base, only)
    if all(each.priced for each in inputs.values()):
        replications = max(replications, SHARED_REPLICATIONS)
    trials = psa(base, inputs, draws, replications, seed, engine)
    what = ", ".join(only) if only else "everything uncertain"
    title = f"{base.scenario.title}: {draws:,} draws of {what}"
    return Prepared("psa", title, trials, {"draws": draws, "inputs": list(inputs)})


def structure_sweep(base: Variant, reading: Reading, replications: int, seed: int, engine: str) -> Prepared:
    """Choices of structure made differently, one at a time."""
    inputs = uncertain_inputs(base.scenario, base.library)
    trials = structures(base, inputs, reading, replications, seed, engine)
    return Prepared("structure", f"{base.scenario.title}: other choices of structure", trials, {})


def pair_of(base: Variant, arm: str, comparator: str) -> Variant:
    """One arm and its comparator only."""
    pair = tuple(each for each in base.scenario.arms if each.name in (arm, comparator))
    return base._replace(scenario=replace(base.scenario, arms=pair))


def most_important(
    base: Variant, inputs: Mapping[str, Uncertain], arm: str, count: int, seed: int, engine: str, workers: int
) -> list[str]:
    """The factors with the widest bars in a quick tornado of one arm."""
    comparator = base.scenario.baseline.text("appraisal.comparator")
    two = pair_of(base, arm, comparator)
    rows = in_memory(Trials((two,), inputs, trials_of(inputs), SCREENING, seed, engine), workers)
    tornado = tornado_of(rows, inputs, arm, comparator)
    return widest(tornado, factors_of(base.scenario, inputs), count)


def shown_arm(base: Variant, wanted: str | None, comparator: str) -> str:
    """The arm asked for, or the first that is not the comparator. Raises InputProblems for an arm that is not there."""
    names = [arm.name for arm in base.scenario.arms if arm.name != comparator]
    if wanted is None:
        return names[0]
    if wanted not in names:
        hint = did_you_mean(wanted, names) or f"Arms: {', '.join(names)}."
        raise InputProblems([Problem(f"--arm {wanted}", 0, 0, "there is no such arm to compare", hint)])
    return wanted


def sobol_sweep(
    base: Variant,
    only: Sequence[str],
    chosen: Sequence[str],
    base_points: int,
    replications: int,
    seed: int,
    engine: str,
) -> Prepared:
    """Runs from which the indices of the chosen factors are worked out.

    Raises InputProblems when the number of base points is no power of two.
    """
    inputs = inputs_of(base, only)
    try:
        trials = sobol(base, inputs, chosen, base_points, replications, seed, engine)
    except ValueError as error:
        raise InputProblems([Problem(f"--sobol {base_points}", 0, 0, str(error), "Write --sobol 1024.")]) from None
    title = f"{base.scenario.title}: where the uncertainty comes from"
    asked = {"base_points": base_points, "factors": list(chosen), "inputs": list(inputs)}
    return Prepared("sobol", title, trials, asked)
