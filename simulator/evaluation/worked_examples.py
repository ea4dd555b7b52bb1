"""Money that the reports work out themselves, recomputed from their inputs through the program's own costing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from simulator.activity import DAYS_PER_YEAR, Activity
from simulator.appraisal.library import Library
from simulator.costing.costs import costs_of
from simulator.costing.prices import CUSTODY_DAY
from simulator.evaluation.lines import ARITHMETIC, Line
from simulator.evidence import Report
from simulator.model import measures
from simulator.model.states import EFFECT_STATES, NO_EFFECT
from simulator.quantities import UnitCost
from simulator.scenario.read import read_scenario

BEDFORDSHIRE, SUSSEX = "bedfordshire_2019", "sussex_2013"
BURGLARY = "domestic_burglary"
ONE_YEAR = np.ones(1)
CASE = "case_study"
# The agencies that Sussex names, and what the cost tables call them; no table has housing.
AGENCIES = {"housing": "", "prison": "prison", "nhs": "nhs", "police": "police", "probation": "probation"}


class AgencyShare(NamedTuple):
    """One agency's part of Sussex's case, and of the public cost of a crime of Sussex's mix, in percent by cost table."""

    agency: str
    reported_percent: float
    reported_gbp: float
    of_a_crime: Mapping[str, float | None]  # None: the table has no such agency


def worked_examples(library: Library, reports: Mapping[str, Report]) -> list[Line]:
    """Bedfordshire's burglaries and custody days, and Sussex's case by agency, each in its report's own price base."""
    return [
        *burglary_lines(library, reports[BEDFORDSHIRE]),
        *custody_lines(library, reports[BEDFORDSHIRE]),
        *case_lines(reports[SUSSEX]),
    ]


def line_of(report: Report, name: str, simulated: float, protocol: str) -> Line:
    """The line of one figure. Raises KeyError for a figure that the report does not have."""
    figure = report.figures[name]
    return Line(report.source, figure.name, protocol, figure.value, simulated, None, None, ARITHMETIC)


def nothing_happened(library: Library) -> Activity:
    """A year of one replication in which nothing happens, to be filled in."""
    types = tuple(library.offence_types)
    shape = (1, 1, 1, len(EFFECT_STATES), measures.OFFENCES_FROM + len(types))
    return Activity("report", np.zeros(shape), np.ones((1, 1)), ("all",), types)


def pounds(activity: Activity, library: Library, line: str, price_base: str, costing: str) -> float:
    """What one line of an activity costs, as costing prices it for Bedfordshire without a scheme."""
    settings = [f"appraisal.costing={costing}", f"appraisal.price_base={price_base}", "appraisal.cost_table=horr99"]
    scenario = read_scenario("bedfordshire", library.known(), settings)
    chosen = scenario.arm(scenario.baseline.text("appraisal.comparator")).settings
    costs = costs_of(activity, chosen, library.tables("horr99"))
    return float(costs.by_replication(ONE_YEAR, lambda each: each.name == line)[0])


def cost_of_burglaries(count: float, library: Library) -> float:
    """Pounds for so many burglaries dwelling, one crime each, in the cost table's own prices."""
    activity = nothing_happened(library)
    kind = activity.offence_types.index(BURGLARY)
    activity.totals[0, 0, 0, NO_EFFECT, measures.OFFENCES_FROM + kind] = count
    return pounds(activity, library, BURGLARY, library.crime["horr99"].price_year, "inclusive")


def custody_price(library: Library) -> UnitCost:
    """The average price of a day in custody."""
    return library.justice[CUSTODY_DAY["average"]]


def cost_of_custody(days: float, library: Library) -> float:
    """Pounds for so many days in custody, in the price's own year."""
    activity = nothing_happened(library)
    activity.totals[0, 0, 0, NO_EFFECT, measures.CUSTODY_YEARS] = days / DAYS_PER_YEAR
    return pounds(activity, library, "custody_day", str(custody_price(library).price_year), "explicit")


def whole_percent(part: float, whole: float) -> float:
    """A percentage as the reports print it, without decimals; halves up."""
    return float(math.floor(100.0 * part / whole + 0.5))


def burglary_lines(library: Library, report: Report) -> list[Line]:
    """Figure 5: burglaries times the unit cost."""
    counts = [report.figures[f"figure_5.burglaries_{when}"].value for when in ("before", "after")]
    before, after = (cost_of_burglaries(count, library) for count in counts)
    unit = cost_of_burglaries(1.0, library)
    base = f"horr99, {library.crime['horr99'].price_year} prices"
    said = [f"{count:.0f} burglaries x £{unit:,.0f} ({base}), response costs within" for count in counts]
    fall = f"before less after, over before: {100.0 * (before - after) / before:.2f}, to the whole percent"
    return [
        line_of(report, "figure_5.cost_per_burglary", unit, f"sum of the parts of a burglary dwelling ({base})"),
        line_of(report, "figure_5.cost_before", before, said[0]),
        line_of(report, "figure_5.cost_after", after, said[1]),
        line_of(report, "figure_5.saving", before - after, "before less after; not cashable, and no comparison group"),
        line_of(report, "figure_5.decrease_percent", whole_percent(before - after, before), fall),
    ]


def custody_lines(library: Library, report: Report) -> list[Line]:
    """Offender A: days times the price of a day, pence cut off. Of Offender B no custody is printed."""
    price = custody_price(library)
    days = {when: report.figures[f"offender_a.custody_days_{when}"].value for when in ("before", "after")}
    costs = {when: cost_of_custody(each, library) for when, each in days.items()}
    lines = [
        line_of(
            report,
            f"offender_a.custody_cost_{when}",
            float(math.floor(costs[when])),
            f"{days[when]:.0f} days x £{price.value:.3f} ({price.price_year} prices) = {costs[when]:,.2f}, pence cut off; "
            "the price is worked out from the two amounts",
        )
        for when in days
    ]
    fell = costs["before"] - costs["after"]
    said = f"cost before less after, over before: {100.0 * fell / costs['before']:.2f}, to the whole percent"
    percent = whole_percent(fell, costs["before"])
    return [*lines, line_of(report, "offender_a.custody_decrease_percent", percent, said)]


def case_lines(report: Report) -> list[Line]:
    """Sussex's £61,000 by agency, and what is left unnamed. The report states no price year."""
    total = report.figures[f"{CASE}.cost_per_year"].value
    shares = {agency: report.figures[f"{CASE}.{agency}_share"].value for agency in AGENCIES}
    lines = [
        line_of(
            report,
            f"{CASE}.{agency}_cost",
            total * share / 100.0,
            f"{share:.0f}% of £{total:,.0f}; the report prints the share",
        )
        for agency, share in shares.items()
    ]
    named = " + ".join(f"{share:.0f}" for share in shares.values())
    rest = 100.0 - math.fsum(shares.values())
    return [*lines, line_of(report, f"{CASE}.rest_share", rest, f"100 - ({named}): not named in the report")]


def public_cost_by_agency(library: Library, table: str) -> dict[str, float]:
    """Pounds that a crime of Sussex's mix costs each public agency."""
    scenario = read_scenario("sussex", library.known())
    found: dict[str, list[float]] = {}
    for kind, share in scenario.mixes[scenario.cohort[0].offence_mix].shares.items():
        for part in library.crime[table].parts[kind]:
            if part.kind == "fiscal":
                found.setdefault(part.agency, []).append(share * part.value)
    return {agency: math.fsum(amounts) for agency, amounts in found.items()}


def case_by_agency(
    library: Library, report: Report, tables: tuple[str, ...] = ("iom_toolkit_2011", "horr99")
) -> list[AgencyShare]:
    """Sussex's case beside the cost tables' split of the public cost of a crime: another thing, for scale only.

    The last row is what the report does not name.
    """
    total = report.figures[f"{CASE}.cost_per_year"].value
    split = {table: public_cost_by_agency(library, table) for table in tables}

    def percent(table: str, agency: str) -> float | None:
        amounts = split[table]
        return 100.0 * amounts[agency] / math.fsum(amounts.values()) if amounts.get(agency) else None

    return [
        AgencyShare(
            "not named" if agency == "rest" else agency,
            share := report.figures[f"{CASE}.{agency}_share"].value,
            total * share / 100.0,
            {table: percent(table, known) for table in tables},
        )
        for agency, known in {**AGENCIES, "rest": ""}.items()
    ]
