"""One question of ``explain``, answered: a published figure, an input of a scheme, or a result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.appraisal.library import load_library
from simulator.appraisal.loading import load
from simulator.report.cautions import of_no_arms
from simulator.report.explained.inputs import REPLICATIONS, input_explained
from simulator.report.explained.names import DEFAULT, Meant, meaning_of, row_named
from simulator.report.explained.results import result_explained
from simulator.report.explained.words import input_text, labelled, moves_text, result_text, steps_words
from simulator.report.explanation import explanation_of, figure_named
from simulator.report.inputs import inputs_of

Found = Mapping[str, Any]


def explained(
    name: str, scenario: str | None, settings: Sequence[str], number: int, asked: int | None, seed: int, engine: str
) -> dict[str, Any]:
    """Everything known about a name.

    Args:
        number: replications of a result; ``asked`` of an input's ends, 100 where none were asked for.

    Raises InputProblems, with the nearest names, where it is neither figure nor input nor result.
    """
    if scenario is None and not settings and figure_named(name, load_library()) is not None:
        figure = explanation_of(name)
        return {**figure, **in_use(name, figure["used_by"], asked or REPLICATIONS, seed)}
    meant = meaning_of(name, scenario, settings)
    if meant.row:
        return input_explained(meant, asked or REPLICATIONS, seed)
    return result_explained(meant, number, seed, engine)


def in_use(name: str, users: Sequence[str], replications: int, seed: int) -> dict[str, Any]:
    """Price steps of a published figure and what moves with it, in a shipped scheme that has it as an input.

    Args:
        users: the schemes that use it; the one that compare takes by itself goes first.
    """
    scheme = next(iter(sorted(users, key=lambda each: each != DEFAULT)), "")
    meant = input_meant(scheme, name.removeprefix(f"{scheme}.")) if scheme else None
    if meant is None:
        return {}
    found = input_explained(meant, replications, seed)
    return {key: found[key] for key in ("scheme", "price_steps", "rests_on_it", "moves")}


def input_meant(scheme: str, row: str) -> Meant | None:
    """An input of a scheme by the name that the catalogue has; None where it is no input of it."""
    effect, _, ratio = row.removeprefix("effects.").partition(".")
    own = f"effect.{ratio}" if row.startswith("effects.") and effect and ratio else row
    (read,), library = load([scheme], [])
    found = row_named(own, [each["name"] for each in inputs_of(of_no_arms(read, library))])
    return Meant(read, library, row=found) if found else None


def text_of(found: Found) -> str:
    """What was found, for the terminal."""
    kind = found.get("kind")
    if kind == "result":
        return result_text(found)
    return input_text(found) if kind == "input" else figure_text(found)


def figure_text(found: Found) -> str:
    """A published figure, one thing known a line, and what moves with it."""
    plain = {key.replace("_", " "): value for key, value in found.items() if key not in ("moves", "price_steps")}
    parts = ["\n".join(labelled(plain))]
    if found.get("price_steps"):
        parts[0] += "\n" + "\n".join(labelled({"price steps": steps_words(found["price_steps"])}))
    return "\n\n".join([*parts, *([moves_text(found["moves"])] if found.get("moves") else [])])


def rows_of(found: Found) -> list[dict[str, Any]]:
    """What was found as flat rows: the lines of a sum, the ends of an input, else one row."""
    path = found.get("path") or {}
    if found.get("kind") == "result" and path.get("lines"):
        return [flat({"result": found["name"], **line}) for line in path["lines"]]
    return [flat(found)]


def flat(row: Found) -> dict[str, Any]:
    """A row whose lists are one cell, with semicolons; records within it are left out."""
    return {
        key: "; ".join(map(str, value)) if isinstance(value, list) else value
        for key, value in row.items()
        if not isinstance(value, Mapping)
        and not (isinstance(value, list) and any(isinstance(e, Mapping) for e in value))
    }
