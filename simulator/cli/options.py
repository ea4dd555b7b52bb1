"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from simulator.scenario.fields import COST_TABLES, COSTINGS, COUNTINGS


class Format(StrEnum):
    """How a table is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class Engine(StrEnum):
    """What runs the rules. Both give the same bits."""

    COMPILED = "compiled"
    SIMPY = "simpy"


EngineName = Annotated[
    Engine | None,
    typer.Option(
        "--engine",
        help="compiled for volume, simpy as the readable reference; both give the same bits.",
        show_default="compiled where numba is installed",
    ),
]


def chosen_engine(engine: Engine | None) -> str:
    """The engine asked for, else the compiled one where there is a compiler."""
    import importlib.util

    if engine is not None:
        return engine.value
    return "compiled" if importlib.util.find_spec("numba") else "simpy"


def chosen_replications(replications: int | None, engine: str, compiled: int = 200) -> int:
    """As many as asked for; by default many where they are cheap."""
    return replications or (compiled if engine == "compiled" else 20)


Costing = StrEnum("Costing", {name.upper(): name for name in COSTINGS})  # type: ignore[misc]
Counting = StrEnum("Counting", {name.upper(): name for name in COUNTINGS})  # type: ignore[misc]
CostTable = StrEnum("CostTable", {name.upper(): name for name in COST_TABLES})  # type: ignore[misc]

Formatted = Annotated[Format, typer.Option("--format", help="How to print.")]
Seed = Annotated[int, typer.Option("--seed", min=0, max=2**62, help="Luck: the same seed gives the same bits.")]
Workers = Annotated[int, typer.Option("--workers", min=0, help="Processes at work; 0 means one per core.")]
Replications = Annotated[
    int | None,
    typer.Option(
        "--replications",
        "-n",
        min=1,
        max=10_000_000,
        help="Replications per arm.",
        show_default="200 compiled, 20 simpy",
    ),
]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", help="Change a named value, e.g. --set programme.places=120; may be repeated."),
]
EffectName = Annotated[
    str | None, typer.Option("--effect", help="Effect by name; `list effects` shows them; none for no effect.")
]
CostTableName = Annotated[CostTable | None, typer.Option("--cost-table", help="Unit costs of crime.")]
PriceBase = Annotated[str | None, typer.Option("--price-base", help="Financial year of all money, e.g. 2023/24.")]
CountingName = Annotated[Counting | None, typer.Option("--counting", help="Crimes for each proven offence.")]
CostingName = Annotated[Costing | None, typer.Option("--costing", help="How arrests and custody are paid for.")]


def as_settings(
    settings: list[str] | None,
    effect: str | None,
    cost_table: CostTable | None,
    price_base: str | None,
    counting: Counting | None,
    costing: Costing | None,
) -> list[str]:
    """Options that stand for a named value, as ``name=value`` settings."""
    named = {
        "effect": effect,
        "appraisal.cost_table": cost_table,
        "appraisal.price_base": price_base,
        "appraisal.counting": counting,
        "appraisal.costing": costing,
    }
    return [*(settings or []), *(f"{name}={value}" for name, value in named.items() if value is not None)]


FEWEST_DRAWS = 20  # ends of a 95% interval of fewer are the least and the greatest of them


def check_draws(draws: int) -> None:
    """Refuse draws too few for a chance or a bracket; none at all is a choice. Raises InputProblems."""
    from simulator.tables import InputProblems, Problem

    if 0 < draws < FEWEST_DRAWS:
        said = f"{draws} draw{'' if draws == 1 else 's'} cannot give a chance or a bracket"
        hint = f"Write --draws {FEWEST_DRAWS} or more (200 for figures to quote), or --draws 0 for none."
        raise InputProblems([Problem("--draws", 0, 0, said, hint, str(draws))])
