"""Rows for ``list``."""

from __future__ import annotations

from typing import Any

from simulator.appraisal.library import load_library
from simulator.evaluation.audit import flags_of
from simulator.places import data_folder
from simulator.report.effects import effect_rows
from simulator.scenario.fields import LEVERS, QUANTITIES
from simulator.scenario.layers import scheme_names
from simulator.scenario.read import read_scenario


def rows_for(kind: str) -> list[dict[str, Any]]:
    """One row for each thing of a kind."""
    return {
        "schemes": schemes,
        "arms": arms,
        "effects": effects,
        "sources": sources,
        "names": names,
        "figures": figures,
    }[kind]()


def schemes() -> list[dict[str, Any]]:
    """Shipped schemes."""
    known = load_library().known()
    rows = []
    for name in scheme_names():
        scenario = read_scenario(name, known)
        rows.append(
            {"scheme": name, "title": scenario.title, "people": scenario.published_people, "arms": len(scenario.arms)}
        )
    return rows


def arms() -> list[dict[str, Any]]:
    """Arms of every shipped scheme."""
    known = load_library().known()
    return [
        {"arm": f"{name}:{arm.name}", "title": arm.title, "why": arm.why}
        for name in scheme_names()
        for arm in read_scenario(name, known).arms
    ]


def effects() -> list[dict[str, Any]]:
    """Named effects: on what evidence, their ratios with intervals, and the sources."""
    return effect_rows(load_library().effects)


def sources() -> list[dict[str, Any]]:
    """Every publication behind a figure."""
    return [
        {
            "source": name,
            "title": each.title,
            "publisher": each.publisher,
            "date": each.date,
            "licence": each.licence,
            "superseded_by": each.superseded_by,
        }
        for name, each in load_library().sources.items()
    ]


def names() -> list[dict[str, Any]]:
    """Names that `--set` takes."""
    rows = [
        {"name": name, "kind": "quantity", "unit or values": each.unit, "meaning": each.help}
        for name, each in QUANTITIES.items()
    ]
    for name, lever in LEVERS.items():
        rows.append(
            {
                "name": name,
                "kind": "lever",
                "unit or values": " | ".join(lever.allowed) or lever.kind,
                "meaning": lever.help,
            }
        )
    library = load_library()
    tables = {"justice": library.justice, "programme": library.programme, "appraisal": library.appraisal}
    for name in library.cost_names():
        table, _, inner = name.partition(".")
        figure = library.crime[table].totals[inner] if table in library.crime else tables[table][inner]
        kind = "unit cost" if "gbp" in figure.unit else "quantity"
        rows.append({"name": name, "kind": kind, "unit or values": figure.unit, "meaning": figure.where})
    return rows


def figures() -> list[dict[str, Any]]:
    """Every sourced figure with value, unit and standing."""
    from simulator.report.explanation import catalogue_of_everything

    flags = flags_of(data_folder("evidence"))
    return [
        {
            "name": name,
            "value": figure.value,
            "unit": figure.unit,
            "source": figure.source,
            "standing": str(figure.standing),
            "audit": flags.get(name, "").partition(":")[0],
        }
        for name, figure in catalogue_of_everything().items()
    ]
