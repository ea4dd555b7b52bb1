"""For notebooks: scenarios in, tidy frames out, with a unit for every column in ``frame.attrs["units"]``.

Ten lines from a scenario to a plot are in docs/notebooks.md.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Mapping, Sequence
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.appraisal import comparison as comparing
from simulator.appraisal import loading
from simulator.appraisal.library import Library
from simulator.experiment import Plan
from simulator.report.results import results_of
from simulator.scenario.records import Scenario
from simulator.tables import InputProblems, Problem
from simulator.uncertainty.factors import factors_of
from simulator.uncertainty.indices import Index
from simulator.uncertainty.kept import Place, run_and_keep
from simulator.uncertainty.outcomes import Variant
from simulator.uncertainty.recipes import Prepared, columns_of
from simulator.uncertainty.sweeps import (
    grid_sweep,
    most_important,
    psa_sweep,
    shown_arm,
    sobol_sweep,
    structure_sweep,
    tornado_sweep,
)
from simulator.uncertainty.tornado import Bar, tornado_of
from simulator.uncertainty.variance import names_of, sobol_of, with_rest

if TYPE_CHECKING:
    import pandas as pd

FACTORS = 12
COMPARED = {
    "arm": "funding choice",
    "title": "what it is called",
    "programme_cost_gbp": "additional programme cost, pounds at present value",
    "benefit_gbp": "benefit to society, pounds at present value",
    "npsv_gbp": "net present social value, pounds at present value",
    "npsv_low_gbp": "lower end of its 95% interval: the effect's evidence and the fitted rates drawn",
    "npsv_high_gbp": "upper end",
    "npsv_half_width_gbp": "half-width of the 95% interval of npsv_gbp from luck alone, pounds",
    "benefit_per_pound": "pounds of benefit per pound of programme cost; empty where a ratio would mislead",
    "reoffences_prevented": "proven reoffences over the horizon",
    "custody_days_saved": "days in custody over the horizon",
}


class Loaded(NamedTuple):
    """A scenario with its arms and prices, as read with some settings."""

    name: str
    settings: tuple[str, ...]
    comparator: str
    scenario: Scenario
    library: Library

    @property
    def arms(self) -> list[str]:
        """Names of the funding choices."""
        return [arm.name for arm in self.scenario.arms]

    def __repr__(self) -> str:
        changed = f", {', '.join(self.settings)}" if self.settings else ""
        return f"<{self.scenario.title}: {', '.join(self.arms)}{changed}; compared with {self.comparator}>"


Settings = Mapping[str, object] | Sequence[str]


def as_texts(settings: Settings) -> tuple[str, ...]:
    """Settings as ``name=value``; true and false as YAML has them."""
    if not isinstance(settings, Mapping):
        return tuple(settings)
    return tuple(
        f"{name}={str(value).lower() if isinstance(value, bool) else value}" for name, value in settings.items()
    )


def load(name: str = "bedfordshire", settings: Settings = (), comparator: str | None = None) -> Loaded:
    """A scheme by name, a scenario file by path, or ``scheme:arm``, with named values changed.

    Args:
        settings: such as ``{"programme.places": 80}``, or ``["programme.places=80"]``.
        comparator: the arm that the others are compared with, if another than the scenario's.

    Raises InputProblems (a ValueError would say less): every fault, with file, line and what to write instead.
    """
    check_list("settings", settings)
    texts = as_texts(settings)
    (scenario,), library = loading.load([name], texts, comparator)
    return Loaded(name, texts, scenario.baseline.text("appraisal.comparator"), scenario, library)


def check_list(what: str, given: object) -> None:
    """Refuse a text where several are meant: it would be read letter by letter. Raises InputProblems."""
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise InputProblems([Problem(what, 0, 0, f"{given!r} is not a list", f"Write [{given!r}].")])


def check_whole(what: str, given: object, least: int) -> None:
    """Refuse what is no whole number from ``least`` up. Raises InputProblems."""
    if isinstance(given, bool) or not isinstance(given, Integral) or int(given) < least:
        raise InputProblems([Problem(what, 0, 0, f"{given!r} is not a whole number of {least} or more", "")])


def engine() -> str:
    """The compiled engine where there is a compiler."""
    return "compiled" if importlib.util.find_spec("numba") else "simpy"


def compare(loaded: Loaded | str, replications: int = 200, seed: int = 1, workers: int = 0) -> pd.DataFrame:
    """One row for each funding choice against the comparator, as the command ``compare`` gives it."""
    import pandas as pd

    for what, given, least in (("replications", replications, 1), ("seed", seed, 0), ("workers", workers, 0)):
        check_whole(what, given, least)
    mine = load(loaded) if isinstance(loaded, str) else loaded
    years = int(mine.scenario.baseline.value("appraisal.horizon_years"))
    runs = comparing.run(mine.scenario, mine.library, replications, Plan(years, seed, engine(), workers))
    document = results_of(comparing.appraise(runs, mine.library))
    rows = [compared_row(arm) for arm in document["arms"] if arm["name"] != mine.comparator]
    return with_units(pd.DataFrame(rows, columns=list(COMPARED)), COMPARED)


def compared_row(arm: Mapping[str, Any]) -> dict[str, Any]:
    """One row of ``compare``."""
    low, high = arm["npsv_interval"] or (None, None)
    simulated = arm["simulation_interval"]["npsv_gbp"]
    return {
        "arm": arm["name"],
        "title": arm["title"],
        "programme_cost_gbp": arm["programme_cost_gbp"],
        "benefit_gbp": arm["benefit_gbp"],
        "npsv_gbp": arm["npsv_gbp"],
        "npsv_low_gbp": low,
        "npsv_high_gbp": high,
        "npsv_half_width_gbp": (simulated[1] - simulated[0]) / 2.0 if simulated else None,
        "benefit_per_pound": arm["benefit_per_pound"],
        "reoffences_prevented": -arm["proven_offences"]["increment"],
        "custody_days_saved": -arm["custody_days"]["increment"],
    }


def sweep(
    loaded: Loaded | str,
    *,
    tornado: bool = False,
    vary: Mapping[str, Sequence[object]] | None = None,
    psa: int = 0,
    sobol: int = 0,
    structure: bool = False,
    only: Sequence[str] = (),
    arm: str | None = None,
    factors: int = FACTORS,
    replications: int = 50,
    seed: int = 1,
    workers: int = 0,
    runs: str | Path | None = None,
) -> pd.DataFrame:
    """One kind of sweep as a tidy frame.

    ``vary``, ``psa`` and ``structure`` give a row for each trial and funding choice; ``tornado`` one for each uncertain
    input, widest first, and ``sobol`` one for each factor, both for one ``arm``.

    Args:
        vary: values by name, such as ``{"programme.places": range(40, 161, 20)}``.
        only: names of inputs, or groups of them, to move or draw; else all.
        runs: folder in which the run is kept and from which it goes on after a stop; None keeps nothing.

    Raises InputProblems for what cannot be swept, and when not exactly one kind is asked for.
    """
    mine = load(loaded) if isinstance(loaded, str) else loaded
    if only and (vary or structure):
        raise InputProblems([Problem("only", 0, 0, "grids and structures move what they are told to", "Leave it out.")])
    kinds = {"tornado": tornado, "vary": vary, "psa": psa, "sobol": sobol, "structure": structure}
    wanted = [kind for kind, asked in kinds.items() if asked]
    if len(wanted) != 1:
        raise InputProblems([Problem("sweep", 0, 0, "one kind of sweep at a time", f"Choose one: {', '.join(kinds)}.")])
    limits = {"psa": (psa, 20), "sobol": (sobol, 2)}
    limits = {what: limit for what, limit in limits.items() if what in wanted}
    limits |= {"replications": (replications, 1), "seed": (seed, 0), "workers": (workers, 0), "factors": (factors, 1)}
    for what, (given, least) in limits.items():
        check_whole(what, given, least)
    check_list("only", only)
    for name, values in (vary or {}).items():
        check_list(f"vary of {name}", values)
    base = Variant(mine.scenario, mine.library)
    shown = shown_arm(base, arm, mine.comparator)

    def read(more: Sequence[str]) -> Variant:
        found = load(mine.name, (*mine.settings, *more), mine.comparator)
        return Variant(found.scenario, found.library)

    def kept(prepared: Prepared) -> pd.DataFrame:
        place = Place(Path(runs), mine.settings, "") if runs is not None else None
        return run_and_keep(prepared, place, workers).rows

    if sobol:
        return indices(base, mine.comparator, shown, only, factors, sobol, replications, seed, workers, kept)
    if vary:
        axes = [f"{name}={','.join(str(value) for value in values)}" for name, values in vary.items()]
        prepared = grid_sweep(base, axes, read, replications, seed, engine())
    elif psa:
        prepared = psa_sweep(base, only, psa, replications, seed, engine())
    elif structure:
        prepared = structure_sweep(base, read, replications, seed, engine())
    else:
        prepared = tornado_sweep(base, only, replications, seed, engine())
        return bars(tornado_of(kept(prepared), prepared.trials.inputs, shown, mine.comparator).bars)
    return with_units(kept(prepared), columns_of(prepared.trials))


BARS = {
    "npsv_at_low": "NPSV with the input at its low, pounds at present value",
    "npsv_at_high": "NPSV with the input at its high, pounds at present value",
    "swing": "distance between the two, pounds",
    "preferred_at_low": "funding choice with the highest NPSV there",
    "preferred_at_high": "funding choice with the highest NPSV there",
    "value": "central value, in the unit of the row",
}
INDICES = {
    "first": "share of the variance of NPSV that goes away once this factor is known",
    "total": "share that stays while this factor alone is unknown",
}


def bars(found: Sequence[Bar]) -> pd.DataFrame:
    """A tornado as a frame."""
    import pandas as pd

    return with_units(pd.DataFrame([bar._asdict() for bar in found], columns=list(Bar._fields)), BARS)


def indices(
    base: Variant,
    comparator: str,
    arm: str,
    only: Sequence[str],
    factors: int,
    base_points: int,
    replications: int,
    seed: int,
    workers: int,
    kept: Any,
) -> pd.DataFrame:
    """Sobol indices as a frame."""
    import pandas as pd

    from simulator.uncertainty.sweeps import inputs_of, pair_of

    two = pair_of(base, arm, comparator)
    inputs = inputs_of(two, only)
    chosen = most_important(two, inputs, arm, factors, seed, engine(), workers)
    rows = kept(sobol_sweep(two, only, chosen, base_points, replications, seed, engine()))
    groups = with_rest(factors_of(two.scenario, inputs), chosen)
    found = sobol_of(rows, arm, groups, inputs, names_of(groups, chosen), seed)
    return with_units(pd.DataFrame([each._asdict() for each in found], columns=list(Index._fields)), INDICES)


def with_units(frame: pd.DataFrame, units: Mapping[str, str]) -> pd.DataFrame:
    """The frame with a description and unit of its columns."""
    frame.attrs["units"] = {name: units[name] for name in frame.columns if name in units}
    return frame
