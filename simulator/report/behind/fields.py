"""What each field of an answer means, and its unit: read from docs/json.md, the one place where that is written."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from simulator.places import data_folder
from simulator.report.behind.paths import Step

# Headings in docs/json.md where the fields of each answer are described, the nearest first; those of compare stand in last.
ENTRIES = {
    "arms": "Each entry of `arms`",
    "alternatives": "Each entry of `alternatives`",
    "fit": "`fit`",
    "inputs": "Each entry of `inputs`",
    "run": "`run`",
}
TOP = "Top level"
ANSWERS = {
    "tornado": "`sweep`",
    "chances": "`sweep`",
    "grid": "`sweep`",
    "structures": "`sweep`",
    "funding": "`funding`",
    "difference": "`difference`",
    "decision": "`decision`",
    "regression": "`reproduce`",
    "whereabouts": "`whereabouts`",
    "costs": "`costs`",
    "budget": "`budget`",
}
# A list of two numbers is an interval, and its ends are no fields.
ENDS = {"low": "lower end", "high": "upper end"}
NO_UNIT = ("", "–", "its unit", "as its column", "the figure's", "the measure's")  # say no unit of their own


class Field(NamedTuple):
    """What docs/json.md says of a field."""

    unit: str
    meaning: str


@functools.cache
def sections() -> Mapping[str, str]:
    """docs/json.md by heading."""
    text = (data_folder("docs") / "json.md").read_text("utf-8")
    parts = re.split(r"^## +", text, flags=re.MULTILINE)
    return {heading.strip(): body for heading, _, body in (part.partition("\n") for part in parts)}


@functools.cache
def described(heading: str) -> Mapping[str, Field]:
    """Every field that a section describes in its tables; the first description of a field counts."""
    found: dict[str, Field] = {}
    for line in sections().get(heading, "").splitlines():
        if line.startswith("| `"):
            for name, each in row_of(line):
                found.setdefault(name, each)
    return found


def row_of(line: str) -> list[tuple[str, Field]]:
    """The fields of one row of a table: several may share a meaning, and have units in their order."""
    cells = [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]
    names = re.findall(r"`([a-z_0-9]+)`", cells[0])
    units = [""] if len(cells) < 3 else [cells[1]]
    listed = units[0].split(", ")
    each = listed if len(listed) == len(names) else units * len(names)
    return [(name, Field(unit, cells[-1])) for name, unit in zip(names, each, strict=True)]


def sentence_on(name: str, heading: str) -> Field | None:
    """The sentence of a section's prose that speaks of a field that no table has."""
    prose = " ".join(line for line in sections().get(heading, "").splitlines() if not line.startswith("|"))
    for sentence in re.split(r"(?<=\.)\s+", prose):
        if f"`{name}`" in sentence:
            return Field("£" if name.endswith("_gbp") else "", sentence.strip().rstrip("."))
    return None


def aside_on(name: str, heading: str) -> Field | None:
    """What a section says of a field in passing, where it describes another: `name` (words), or `name`: words."""
    for each in described(heading).values():
        if f"`{name}`" in each.meaning:
            found = re.search(rf"`{name}` \(([^()]*)\)|`{name}`: ([^;.]*)", each.meaning)
            return Field("", (found[1] or found[2]).strip() if found else each.meaning)
    return None


def field(name: str, headings: Sequence[str]) -> Field | None:
    """What is said of a field under the first heading that speaks of it: in a table, in passing, or in its prose."""
    for said in (lambda name, heading: described(heading).get(name), aside_on, sentence_on):
        found = next((found for heading in headings if (found := said(name, heading))), None)
        if found:
            return found
    return None


def headings_for(answer: str, steps: Sequence[Step]) -> list[str]:
    """Where the fields of a path are described, nearest first."""
    compare = [ENTRIES["arms"], TOP]
    if answer != "comparison":
        own = ANSWERS.get(answer)
        return [*([own] if own else []), *compare]
    inner = ENTRIES.get(steps[0].key) if steps else None
    return list(dict.fromkeys([*([inner] if inner else []), *compare, ENTRIES["inputs"]]))


def said_on(answer: str, steps: Sequence[Step]) -> list[tuple[str, Field]]:
    """Every field on a path with what is said of it, the last first; the list that an entry belongs to is left out."""
    headings = headings_for(answer, steps)
    names = [step.key for place, step in enumerate(steps) if not step.is_entry and not is_container(steps, place)]
    return [(name, found) for name in reversed(names) if (found := field(name, headings))]


def is_container(steps: Sequence[Step], place: int) -> bool:
    """Whether a field is only the list at the top of an answer in which the entry stands."""
    return place == 0 and len(steps) > 2 and isinstance(steps[0].value, list)


def meaning_of(answer: str, steps: Sequence[Step]) -> str:
    """What a figure means: its own field, then the fields that it lies in; empty where nothing is said."""
    said = said_on(answer, steps)
    first = said[0][1].meaning if said else ""
    words = [first, *(f"in `{name}`: {each.meaning}" for name, each in said[1:] if first not in each.meaning)]
    end = ENDS.get(steps[-1].key, "") if steps[-1].is_entry else ""
    return "; ".join(each for each in (end, *words) if each)


def unit_of(answer: str, steps: Sequence[Step]) -> str:
    """The unit of a figure: of its row where that names one, else of the nearest field that has one."""
    own = row_unit(steps)
    if own:
        return own
    names = [step.key for step in reversed(steps) if not step.is_entry]
    if names[0] == "gbp" or names[0].endswith("_gbp"):
        return "£"
    headings = headings_for(answer, steps)
    said = (described(heading).get(name) for name in names for heading in headings)
    found = next((each.unit for each in said if each and each.unit not in NO_UNIT), "")
    return found or plain_unit(names) or NUMBER


def plain_unit(names: Sequence[str]) -> str:
    """The unit that a field's own name tells, or that of the field around it."""
    for name in names[:2]:
        found = next((unit for unit, pattern in UNITS.items() if re.search(pattern, name)), "")
        if found:
            return found
    return ""


NUMBER = "number"
# Units of fields by their names, where docs/json.md needs none beside the words.
UNITS = {
    "£": r"(^|_)gbp($|_per_)|^(lead|there|at_end)$",
    "offences a managed person-year": r"_per_person_year$",
    "offences": r"reoffences_prevented",
    "crimes": r"^crimes_prevented$",
    "days": r"^custody_days_saved$",
    "people": r"^people",
    "ratio": r"^ratios$|_factor(s?)$",
    "index": r"^index$",
    "year": r"^year$",
    "share": r"^(chance|optimism_bias|benefit_cut|fall|reported_fall|by_selection|by_custody|left|any_before|any_after)",
    "£ for each £1": r"^benefit_per_pound",
    "the figure's": r"^(reported|modelled)$",
    "standard errors": r"^miss$",
}


UNIT_IN_ROW = ("value", "low", "high", "now", "end", "quantity", "median")


def row_unit(steps: Sequence[Step]) -> str:
    """The unit that a row names for its own values: of an input, or of the quantity of a cost line."""
    for place in range(len(steps) - 1, 0, -1):
        row = steps[place - 1].value
        if steps[place].key in UNIT_IN_ROW and isinstance(row, Mapping) and isinstance(row.get("unit"), str):
            return str(row["unit"]).removeprefix("gbp per ") if steps[place].key == "quantity" else str(row["unit"])
    return ""
