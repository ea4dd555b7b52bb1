"""Which inputs are one assumption: a mix, not its twelve shares; a unit cost, not its eight parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from simulator.documents.assurance.logs import Document
from simulator.report.sweeps.plain_names import label_of
from simulator.uncertainty.inputs import COHORT, COSTS, MIXES, PROGRAMME

BANDS, TIERS, DEFLATORS = "sentence_bands", "offence_types.severity_tier", "deflators"
MULTIPLIERS, NOT_OCCURRING = "multipliers", "offences_that_do_not_occur"
WORDS = {
    "cohort.people": "people who hold a place, by row of the cohort table",
    "cohort.rate_ratio": "rate of offending against the average, by row of the cohort table",
    "cohort.statutory_share": "share of statutory cases, by row of the cohort table",
    BANDS: "length of custodial sentences: share and both ends of each band",
    TIERS: "severity tier of each offence type, by which arrests are put in order",
    DEFLATORS: "price index that brings other years to the price base",
    MULTIPLIERS: "crimes behind each recorded crime, by offence type; in the multiplied reading only",
    NOT_OCCURRING: "unit costs of offence types that do not occur in these runs",
    "appraisal.discount_rate": "discount rate",
    "appraisal.discount_rate_health": "discount rate of harm to health, a sensitivity",
}


class Assumption(NamedTuple):
    """Inputs that stand or fall together. ``bars`` are the names by which a tornado may hold them."""

    name: str
    rows: tuple[Mapping[str, Any], ...]
    bars: tuple[str, ...]

    @property
    def label(self) -> str:
        """What is assumed, in plain words."""
        words = WORDS.get(self.name) or WORDS.get(self.name.partition(".")[2]) or label_of(self.bars[0])
        return words[0].upper() + words[1:]


def assumptions_of(comparison: Document) -> list[Assumption]:
    """Every input value that is not a choice, put together, in the order of the inputs."""
    absent = absent_offences(comparison)
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for row in comparison["inputs"]:
        if row["standing"] != "choice":
            groups.setdefault(group_of(row, comparison["cost_table"], absent), []).append(row)
    return [
        Assumption(name, tuple(rows), tuple(dict.fromkeys(bar_name(row) for row in rows)))
        for name, rows in groups.items()
    ]


def absent_offences(comparison: Document) -> set[str]:
    """Offence types that occur in no arm."""
    seen: dict[str, float] = {}
    for arm in comparison["arms"]:
        for row in arm["by_offence_type"]:
            if "proven_offences" in row:
                kind = row["offence_type"]
                seen[kind] = max(seen.get(kind, 0.0), row["proven_offences"]["level"])
    return {kind for kind, level in seen.items() if level == 0.0}


def group_of(row: Mapping[str, Any], table: str, absent: set[str]) -> str:
    """The name of the assumption that an input belongs to."""
    name: str = row["name"]
    first, _, rest = name.partition(".")
    if first in (BANDS, DEFLATORS):
        return first
    if name.startswith(MIXES):
        return name.rpartition(".")[0]
    if name.startswith(COHORT):
        return f"{COHORT}{name.rpartition('.')[2]}"
    if name.endswith(".severity_tier"):
        return TIERS
    if first != table:
        return name
    if name.endswith(".multiplier"):
        return f"{table}.{MULTIPLIERS}"
    kind = rest.partition(".")[0]
    return f"{table}.{NOT_OCCURRING}" if kind in absent else f"{table}.{kind}"


def bar_name(row: Mapping[str, Any]) -> str:
    """The name by which a tornado holds an input: parts of a whole under the whole, the scheme's prices under costs."""
    name: str = row["name"]
    if name.startswith(MIXES):
        return name.rpartition(".")[0]
    if name.startswith(PROGRAMME) and "agency" in row:
        return f"{COSTS}{name.removeprefix(PROGRAMME)}"
    if "agency" in row and row["part"] != "total":
        return ".".join(name.split(".")[:2])
    return name
