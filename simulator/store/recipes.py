"""What a run computes, and the digest that names it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

COMMAND, COLUMNS = "command", "columns"  # keys of a recipe that have a meaning here


def digest_of(kind: str, recipe: Mapping[str, object], jobs: int) -> str:
    """SHA-256 of what is computed, in hexadecimal digits.

    Raises TypeError or ValueError when the recipe holds what JSON does not know, such as NaN.
    """
    named = {"kind": kind, "jobs": jobs, "recipe": json.loads(computed(recipe))}
    return hashlib.sha256(canonical(named).encode()).hexdigest()


def computed(recipe: Mapping[str, object]) -> str:
    """The parts of a recipe on which results depend, as canonical JSON; not how the command was typed."""
    return canonical({key: value for key, value in recipe.items() if key != COMMAND})


def canonical(value: object) -> str:
    """JSON with one spelling: keys sorted, no spaces, no NaN."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
