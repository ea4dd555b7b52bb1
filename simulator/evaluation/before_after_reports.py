"""How each before/after report looked at its people, its figures by measure, and the same for a report of one's own."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from simulator.evaluation.before_after import Protocol, Windows, bedfordshire, joined, leicestershire, sussex
from simulator.evaluation.lives import over_replications
from simulator.evidence import Report
from simulator.model.rates import Rates


class Looked(NamedTuple):
    """How a report looked: its protocol, years to simulate after t = 0, and settings of the scheme as it then ran."""

    report: str
    protocol: Protocol
    years: int
    settings: tuple[str, ...]
    people: str  # the figure with the number of people
    means: Mapping[str, tuple[str, bool]]  # measure: figure, and whether it is a total over all people
    shares: Mapping[str, tuple[str, bool]]  # measure: figure, and whether it is a number of people
    reading: str
    years_before: float = 1.0
    years_after: float = 1.0
    note: str = ""  # what the report compares that is not alike


# Offender B was deselected in April 2018 after a last arrest in 2016, offender A after almost seven years, and 92 of a list
# of 94 had been on it for six months: code 1 was not applied after seven quiet months, as its text has it.
AS_PRACTISED = ("programme.assessment_months=60",)

BEDFORDSHIRE = Looked(
    "bedfordshire_2019", bedfordshire, 1, AS_PRACTISED, "sample.people",
    {"before": ("figure_1.total.before", True), "after": ("figure_1.total.after", True)},
    {
        "any_before": ("figure_2.total.reoffenders_before", True),
        "any_after": ("figure_2.total.reoffenders_after", True),
    },
    "people who hold a place at the end of March 2019; quiet people stay on the list, as offenders A and B did",
)  # fmt: skip
LEICESTERSHIRE = Looked(
    "leicestershire_2016", leicestershire, 1, (), "reoffending.overall.offenders",
    {"before": ("reoffending.overall.before", True), "after": ("reoffending.overall.after", True)},
    {},
    "people on the scheme and at liberty on 1 April 2015 who had offended in the year before",
)  # fmt: skip
SUSSEX = Looked(
    "sussex_2013", sussex, 3, (), "reoffending.offenders",
    {"occasions_before": ("convictions.before", False), "occasions_after": ("convictions.after", False)},
    {"any_before": ("reconvicted.before", False), "any_after": ("reconvicted.after", False)},
    "everybody registered in the first month; convictions are occasions",
    years_before=2.0,
    note="The report's own 68.7% sets 24 months before against 12 months after; a year against a year is 0.62 to 0.42.",
)  # fmt: skip
SHIPPED = (BEDFORDSHIRE, LEICESTERSHIRE, SUSSEX)
LOOKED = {"bedfordshire": BEDFORDSHIRE, "leicestershire": LEICESTERSHIRE, "sussex": SUSSEX}


# How a report of one's own may have looked at its people, by the name in its file.
PROTOCOLS: Mapping[str, tuple[Protocol, int, float, float]] = {
    "year before selection against latest year": (bedfordshire, 1, 1.0, 1.0),
    "two successive years": (leicestershire, 1, 1.0, 1.0),
    "two years before registration against one after": (sussex, 3, 2.0, 1.0),
}


def looked_of(report: Report) -> Looked | None:
    """How a report looked at its people: a shipped one, or one's own by the protocol it names; None for another design."""
    for looked in SHIPPED:
        if looked.report == report.source:
            return looked
    name = str(report.extras.get("protocol", ""))
    if name not in PROTOCOLS:
        return None
    protocol, years, before, after = PROTOCOLS[name]
    shares = {
        measure: (figure, True)
        for measure, figure in (("any_before", "people_before"), ("any_after", "people_after"))
        if figure in report.figures
    }
    means = {"before": ("before", True), "after": ("after", True)}
    return Looked(report.source, protocol, years, (), "people", means, shares, name, before, after)


def people_looked_at(rates: Rates, looked: Looked, seed: int, replications: int) -> Windows:
    """Everybody looked at in all replications."""
    return joined(over_replications(looked.protocol, rates, looked.years, seed, replications))


def measures_of(people: Windows) -> dict[str, float]:
    """Counts per person in both windows, and the share with any."""
    return {
        "before": float(people.before.mean()),
        "after": float(people.after.mean()),
        "occasions_before": float(people.occasions_before.mean()),
        "occasions_after": float(people.occasions_after.mean()),
        "any_before": float((people.before > 0.0).mean()),
        "any_after": float(people.any_after.mean()),
    }


def standard_errors_of(people: Windows, studied: int) -> dict[str, float]:
    """Sampling error of each measure in a report on so many people, from the spread of those simulated."""
    root = math.sqrt(studied)
    shares = {"any_before": people.before > 0.0, "any_after": people.any_after > 0.0}
    counts = {
        "before": people.before,
        "after": people.after,
        "occasions_before": people.occasions_before,
        "occasions_after": people.occasions_after,
    }
    # A share of nought or one in the simulation still has the error of one person.
    return {name: float(count.std()) / root for name, count in counts.items()} | {
        name: max(float(share.std()), root / studied) / root for name, share in shares.items()
    }


def reported(report: Report, looked: Looked) -> dict[str, tuple[str, float]]:
    """Each measure's figure and its value per person."""
    people = report.figures[looked.people].value
    found = {}
    for measure, (name, total) in {**looked.means, **looked.shares}.items():
        figure = report.figures[name]
        per = people if total else (100.0 if figure.unit == "percent" else 1.0)
        found[measure] = (f"{looked.report}.{name}", figure.value / per)
    return found
