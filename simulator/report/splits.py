"""Totals taken apart: by year, agency, kind, offence type and cost line. Each split adds up to the total."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from typing import Any

from simulator.appraisal.comparison import Appraised, Comparison
from simulator.appraisal.results import Part, change, crimes_of, parts_by
from simulator.costing.lines import PROGRAMME, Cell
from simulator.model import measures

NOT_BY_OFFENCE_TYPE = "not by offence type"


def years_of(appraised: Appraised, parts: Mapping[Hashable, Part]) -> list[dict[str, Any]]:
    """Money and counts year by year; money at present value."""
    arm, base = appraised.pair.arm, appraised.pair.comparator
    crimes, base_crimes = crimes_of(arm.costs), crimes_of(base.costs)
    counts = {
        "crimes": (crimes, base_crimes),
        "proven_offences": (arm.activity.proven_offences(), base.activity.proven_offences()),
        "arrests": (arm.activity.by_year(measures.ARRESTS), base.activity.by_year(measures.ARRESTS)),
        "custody_days": (arm.activity.custody_days(), base.activity.custody_days()),
        "people_reoffending": (
            arm.activity.by_year(measures.PEOPLE_OFFENDING_IN_YEAR),
            base.activity.by_year(measures.PEOPLE_OFFENDING_IN_YEAR),
        ),
        "managed_person_years": (arm.activity.managed_years(), base.activity.managed_years()),
    }
    return [
        {
            "year": year + 1,
            **money(parts[year]),
            **{name: change(mine[:, year], other[:, year])._asdict() for name, (mine, other) in counts.items()},
        }
        for year in range(arm.activity.years)
    ]


def money(part: Part) -> dict[str, float]:
    """The three amounts of a part."""
    return {"programme_cost_gbp": part.programme_cost, "benefit_gbp": part.benefit, "net_gbp": part.net}


def named(parts: Mapping[Hashable, Part], label: str) -> list[dict[str, Any]]:
    """Parts in the order of their names."""
    return [{label: str(name), **money(parts[name])} for name in sorted(parts, key=str)]


def kinds_of(parts: Mapping[Hashable, Part]) -> list[dict[str, Any]]:
    """Parts by kind of cost and whether anybody's budget falls."""
    rows = []
    for key in sorted(parts, key=str):
        assert isinstance(key, tuple)
        rows.append({"kind": key[0], "cashable": key[1], **money(parts[key])})
    return rows


def cell_offence_type(cell: Cell) -> str:
    """The offence type of a crime line; everything else together."""
    return cell.line.offence_type or NOT_BY_OFFENCE_TYPE


def offence_types_of(appraised: Appraised, comparison: Comparison) -> list[dict[str, Any]]:
    """Crimes and money by offence type, and what is not by offence type, so that the rows add up to the total."""
    parts = parts_by(appraised.pair, comparison.factors, cell_offence_type, comparison.bias)
    arm = {line.offence_type: line for line in appraised.pair.arm.costs.lines if line.offence_type}
    base = {line.offence_type: line for line in appraised.pair.comparator.costs.lines if line.offence_type}
    rows = []
    for kind in [*arm, NOT_BY_OFFENCE_TYPE]:
        row: dict[str, Any] = {"offence_type": kind}
        if kind in arm:
            number = appraised.pair.arm.activity.offence_types.index(str(kind))
            mine = appraised.pair.arm.activity.offences[..., number].sum(axis=(1, 2, 3))
            other = appraised.pair.comparator.activity.offences[..., number].sum(axis=(1, 2, 3))
            crimes = change(arm[kind].quantity.sum(axis=1), base[kind].quantity.sum(axis=1))
            row |= {
                "crimes": crimes._asdict(),
                "proven_offences": change(mine, other)._asdict(),
                "unit_cost_gbp": math.fsum(price.gbp for price in arm[kind].prices),
            }
        rows.append({**row, **money(parts[kind])})
    return rows


def lines_of(appraised: Appraised, comparison: Comparison) -> list[dict[str, Any]]:
    """Every cost line: quantity, unit cost and present value."""
    parts = parts_by(appraised.pair, comparison.factors, lambda cell: cell.line.name, comparison.bias)
    base = {line.name: line for line in appraised.pair.comparator.costs.lines}
    return [
        {
            "line": line.name,
            "section": line.section,
            "unit": line.unit,
            "quantity": change(line.quantity.sum(axis=1), base[line.name].quantity.sum(axis=1))._asdict(),
            "unit_cost_gbp": math.fsum(price.gbp for price in line.prices),
            "is_programme": line.section == PROGRAMME,
            **money(parts[line.name]),
        }
        for line in appraised.pair.arm.costs.lines
    ]
