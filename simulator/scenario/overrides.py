"""``--set name=value``: any named value from the command line, with the same checks as a file."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from simulator.scenario.fields import EFFECT_RATIOS, LEVERS, PLACES_FROM, QUANTITIES, names
from simulator.scenario.funding import HAIR
from simulator.scenario.layers import Layered
from simulator.tables import Document, Problem, Problems, did_you_mean
from simulator.tables.yaml_events import core_scalar

COMMAND_LINE = "command line"
ON_THE_COMMAND_LINE = "set on the command line"
VALUE: tuple[str | int, ...] = ("value",)


class Override(NamedTuple):
    """A name, the value as YAML would read it, and where on the command line it stands."""

    name: str
    value: Any
    document: Document

    @property
    def origin(self) -> tuple[Document, tuple[str | int, ...]]:
        """Where the value stands, for messages about it."""
        return self.document, VALUE

    @property
    def text(self) -> str:
        """The value as it was typed."""
        return self.document.lines[0].split("=", 1)[1].strip()


def parsed(settings: Sequence[str], other_names: Sequence[str], problems: Problems) -> list[Override]:
    """Each ``name=value``; unknown names and missing values are noted with the nearest known name.

    Args:
        other_names: names that are not in a scenario, such as those of unit costs.
    """
    made = []
    said: dict[str, str] = {}
    for setting in settings:
        name, equals, text = (part.strip() for part in setting.partition("="))
        where = f"{COMMAND_LINE}, --set"
        if not equals or not text:
            problems.add(
                Problem(where, 1, 1, f"'{setting}' is not name=value", "Write --set programme.places=120", setting)
            )
            continue
        document = document_of(where, setting, len(name) + 2)
        if name.startswith("costs."):
            name = "programme." + name.removeprefix("costs.")  # a scheme's own cost stands in for the table's
        known = [*names(), *other_names]
        if name not in known:
            hint = did_you_mean(name, known) or "`python run.py list names` prints every name."
            problems.add(Problem(where, 1, 1, f"there is no value named '{name}'", hint, setting))
            continue
        about = "how many places" if name in PLACES_FROM else name
        if about in said:
            message = (
                f"'{name}' and '{said[about]}' both say {about}" if said[about] != name else f"'{name}' is set twice"
            )
            problems.add(Problem(where, 1, 1, message, "Leave one of them out.", setting))
            continue
        said[about] = name
        made.append(Override(name, core_scalar(text), document))
    return made


def document_of(where: str, text: str, column: int) -> Document:
    """A one-line document, so that problems point at the place on the command line."""
    return Document(where, {}, (text,), {(): (1, 1), VALUE: (1, column)})


def path_in(name: str) -> tuple[str, ...]:
    """Where a dotted name stands in the data of a scenario."""
    section, _, rest = name.partition(".")
    if section == "effect" and rest in EFFECT_RATIOS:
        return ("effect_ratios", rest)
    return (section, rest) if rest else (section,)


def value_in_file(name: str, value: Any) -> Any:
    """How a value set by hand stands in the data: a quantity becomes a choice without a range."""
    if name in QUANTITIES or path_in(name)[0] == "effect_ratios":
        return {"value": value, "standing": "choice", "why": ON_THE_COMMAND_LINE}
    return value


def applied(layers: Layered, name: str, value: Any, origin: tuple[Document, tuple[Any, ...]]) -> Layered:
    """Scenario data with one named value changed; one way of stating places replaces the others."""
    made = layers
    if name in PLACES_FROM:
        for other in PLACES_FROM:
            made = made.without(path_in(other))
    return made.without(("without_spells", name.partition(".")[2])).with_value(
        path_in(name), value_in_file(name, value), origin
    )


class Change(NamedTuple):
    """A change of one value; ``fault`` says in words why it cannot be made."""

    name: str
    value: Any
    fault: str = ""


def worked_out(data: Mapping[str, Any], name: str, stated: Any) -> Change:
    """A change as a plain value: ``{times: 0.75}`` is so many times what the baseline has.

    Places, offender managers and budget are three ways of saying one thing, so a multiple is of whichever the baseline
    states; places are rounded down.
    """
    if not isinstance(stated, dict):
        return Change(name, stated)
    factor = stated.get("times")
    if list(stated) != ["times"] or isinstance(factor, bool) or not isinstance(factor, int | float) or factor < 0.0:
        return Change(name, None, "a change is a value, or {times: a number} for a multiple of the baseline's value")
    for other in PLACES_FROM if name in PLACES_FROM else (name,):
        section, inner = path_in(other)
        base = data.get(section, {}).get(inner)
        if isinstance(base, int | float) and not isinstance(base, bool):
            times = base * factor
            whole = other == "programme.places" and math.isfinite(times)
            return Change(other, math.floor(times + HAIR) if whole else times)
    return Change(name, None, f"the baseline has no number for '{name}' to multiply")


def is_in_a_scenario(name: str) -> bool:
    """Whether a name belongs to a scenario, not to the cost tables."""
    return name in LEVERS or name in QUANTITIES or name.partition(".")[0] in ("effect", "fit")
