"""Which inputs what people do rests on, arm by arm: when they offend, where they are, who is managed.

Three circles, each within the next: happenings (occasions, arrests, custody, places), then how many proven offences an
occasion has, then of which types they are. The number of offences, and their types, decide no happening, except where the
rule of selection looks at offences; severity tiers decide none at all, they only colour the RAG status.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Any

Row = Mapping[str, Any]
Names = frozenset[str]
NONE: Names = frozenset()
HORIZON = "appraisal.horizon_years"
DETECTION = "effect.detection_ratio"  # turns proven offences into crimes, and touches nothing that happens
COMMUNITY = "population.community_share"  # says which disposals are community orders, and nothing else hangs on that
OFFENCES = ("population.offences_per_occasion", "effect.offences_per_occasion_ratio")
OPEN, START, RULE = "programme.open", "programme.start_year", "programme.selection_rule"
BY_OFFENCES = "recent offences"
SPELLS = ("population.active_years", "population.paused_years")
# Of a row of the cohort table, what only selection and deselection ask for.
ASKED_BY_SCHEME = ("statutory_share", "priority")


class People:
    """What people do, by the inputs of one comparison.

    Args:
        rows: the inputs by name.
        drawn: whether inputs are moved to the ends of their ranges, where an offence type may occur that else does not.
    """

    def __init__(self, rows: Mapping[str, Row], drawn: bool = False) -> None:
        self.rows = rows
        self.mixes = self.mixes_in_use()
        self.kinds = self.kinds_in_use(drawn)

    def value(self, name: str, arm: str | None = None) -> Any:
        """What a lever is set to, in an arm where that has its own; None where there is no such lever."""
        row = self.rows.get(f"arms.{arm}.{name}") or self.rows.get(name)
        return row["value"] if row else None

    def has_people(self, group: str) -> bool:
        """Whether a row of the cohort table has people."""
        return bool(self.rows[f"{group}.people"]["value"])

    def mixes_in_use(self) -> Names:
        """Offence mixes of the rows of the cohort table that have people."""
        ending = ".offence_mix"
        return frozenset(
            str(row["value"])
            for name, row in self.rows.items()
            if name.startswith("cohort.") and name.endswith(ending) and self.has_people(name.removesuffix(ending))
        )

    def kinds_in_use(self, drawn: bool) -> Names:
        """Offence types with a share in some mix in use; with drawn inputs, also those that a range lets in."""
        found = set()
        for prefix in (f"offence_mixes.{mix}." for mix in self.mixes):
            for name, row in self.rows.items():
                if name.startswith(prefix) and (row["value"] > 0.0 or (drawn and (row["high"] or 0.0) > 0.0)):
                    found.add(name.removeprefix(prefix))
        return frozenset(found)

    @functools.cache  # noqa: B019  (one for each comparison, and as short-lived as the program)
    def happenings(self, *arms: str) -> Names:
        """Everything that occasions, arrests, custody and places in some arms rest on."""
        found = NONE.union(*(self.of_arm(arm) for arm in arms))
        return found | (self.types(*arms) if any(self.looks_at_offences(arm) for arm in arms) else NONE)

    @functools.cache  # noqa: B019
    def offences(self, *arms: str) -> Names:
        """Everything that the number of proven offences in some arms rests on."""
        with_effect = [name for name in OFFENCES if name in self.rows]
        without = [name for name in with_effect if name.startswith("population.")]
        return self.happenings(*arms) | frozenset(without if all(map(self.never_runs, arms)) else with_effect)

    @functools.cache  # noqa: B019
    def types(self, *arms: str) -> Names:
        """Everything that the offences of single types in some arms rest on."""
        found = NONE.union(*(self.of_arm(arm) for arm in arms))
        mixes = {
            name
            for name in self.rows
            if any(name.startswith(f"offence_mixes.{mix}.") for mix in self.mixes)
            or (name.endswith(".offence_mix") and self.has_people(name.removesuffix(".offence_mix")))
        }
        return found | frozenset(mixes) | frozenset(name for name in OFFENCES if name in self.rows)

    def looks_at_offences(self, arm: str) -> bool:
        """Whether the number of offences decides who is selected, in the arm or before t = 0."""
        return not self.never_runs(arm) and BY_OFFENCES in (self.value(RULE), self.value(RULE, arm))

    def never_runs(self, arm: str) -> bool:
        """Whether there is no scheme in an arm, neither after t = 0 nor before."""
        return not self.value(OPEN, arm) and self.value(START) >= 0.0

    @functools.cache  # noqa: B019
    def of_arm(self, arm: str) -> Names:
        """Everything that happenings in one arm rest on, but for rules that look at offences."""
        never = self.never_runs(arm)
        return frozenset(
            name for name, row in self.rows.items() if self.matters(name, row, arm) and not (never and of_scheme(name))
        )

    def matters(self, name: str, row: Row, arm: str) -> bool:
        """Whether an input has a say in what happens in an arm."""
        section = name.partition(".")[0]
        if "part" in row or section in ("deflators", "offence_mixes", "offence_types"):
            return False
        if name in (DETECTION, COMMUNITY, *OFFENCES):
            return False
        if section == "appraisal":
            return name == HORIZON
        if section == "arms":
            return name.startswith(f"arms.{arm}.")
        if section == "cohort":
            group, _, field = name.rpartition(".")
            return field == "people" or (field != "offence_mix" and self.has_people(group))
        return name not in SPELLS or bool(self.value("population.spells"))

    def known(self, names: Iterable[str]) -> Names:
        """Those of the names that are inputs here."""
        return frozenset(name for name in names if name in self.rows)


def of_scheme(name: str) -> bool:
    """Whether an input only matters where there is a scheme; its being open and its start say whether there is one."""
    if name.startswith(("programme.", "effect.")):
        return name not in (OPEN, START)
    return name == "effect" or (name.startswith("cohort.") and name.rpartition(".")[2] in ASKED_BY_SCHEME)
