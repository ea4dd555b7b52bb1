"""Other readings of the same reports: rates that fit without spells, and a before/after fall with what explains it."""

from __future__ import annotations

from simulator.quantities import Quantity
from simulator.scenario.fields import QUANTITIES
from simulator.scenario.records import ReportedFall
from simulator.tables import Reader


def read_reported_fall(reader: Reader) -> ReportedFall | None:
    """The fall that the scheme's report claims, where it is a before/after report."""
    if not reader.has("reported_fall") or reader.raw("reported_fall") == "none":
        return None
    section = reader.at("reported_fall")
    section.only(("reported", "without_effect"))
    return ReportedFall(
        section.quantity("reported", unit="share", maximum=1.0),
        section.quantity("without_effect", unit="share", maximum=1.0),
    )


def read_without_spells(reader: Reader) -> dict[str, Quantity]:
    """Rates of the population that take the place of its own where spells of activity are off."""
    section = reader.at("without_spells", required=False)
    section.only(name.removeprefix("population.") for name in QUANTITIES if name.startswith("population."))
    found = {}
    for inner in section.names:
        name = f"population.{inner}"
        if name in QUANTITIES:
            unit, _, minimum, maximum, above = QUANTITIES[name]
            found[name] = section.quantity(
                inner, unit=unit, minimum=minimum, maximum=maximum, above=above, called=f"without_spells.{inner}"
            )
    return found
