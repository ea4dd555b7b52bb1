"""Why two results differ, as a JSON document and as rows; docs/json.md describes every field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from simulator import __version__
from simulator.costing.prices import choices_of
from simulator.report.cautions import price_cautions
from simulator.report.difference_words import sentences_of
from simulator.report.marks import marks_before
from simulator.report.provenance import data_digest
from simulator.report.text import listed
from simulator.report.warnings import effect_warnings
from simulator.uncertainty.difference import COLUMNS, COUNTS, Decomposition, Row
from simulator.uncertainty.outcomes import Variant

# Titles of the ratios of the effect: below 1, above 1; and what they multiply.
RATIOS = {
    "occasions_ratio": ("Fewer occasions", "More occasions", "offending occasions"),
    "offences_per_occasion_ratio": (
        "Fewer offences per occasion", "More offences per occasion", "offences beyond the first of an occasion",
    ),
    "custody_ratio": ("Less custody", "More custody", "chances of custody"),
    "detection_ratio": ("Looser watching", "Closer watching", "detection of crimes"),
    "frailty_exponent": ("More for the most prolific", "Less for the most prolific", ""),
}  # fmt: skip
GROUPS = {
    "places": "Places and money",
    "time": "Start, ramp and end",
    "selection": "Who is selected",
    "deselection": "Deselection and stay",
    "effect_in_time": "Start and fading of the effect",
}
ENDS = {
    "effect": ("The programme itself", "Altogether"),
    "choice": ("", "Altogether"),
    "setting": ("Before", "With all of them"),
}
EVERY_RATIO_AT_1 = "no effect: every ratio at 1"
Document = Mapping[str, Any]
Line = Mapping[str, Any]


class Asked(NamedTuple):
    """What was asked: two arms of a scenario, or one of them under other settings too."""

    variant: Variant
    first: str
    second: str
    replications: int
    seed: int
    engine: str
    versus: tuple[str, ...] = ()
    after: Variant | None = None  # under those settings


def document_of(asked: Asked, found: Sequence[Decomposition]) -> dict[str, Any]:
    """Every cause with its share of every column; see docs/json.md."""
    scenario = asked.variant.scenario
    base = scenario.baseline
    document = {
        "scenario": scenario.name,
        "title": scenario.title,
        "arm": arm_of(asked, asked.first),
        "other": arm_of(asked, asked.second),
        "comparator": arm_of(asked, base.text("appraisal.comparator")),
        "versus_settings": list(asked.versus),
        "horizon_years": int(base.value("appraisal.horizon_years")),
        "price_base": price_base(asked.variant),
        "price_base_after": price_base(asked.after or asked.variant),
        "cost_table": base.text("appraisal.cost_table"),
        "costing": base.text("appraisal.costing"),
        "counting": base.text("appraisal.counting"),
        "effect": base.effect.name,
        "seed": asked.seed,
        "replications": asked.replications,
        "columns": [
            {"name": name, "unit": COUNTS.get(name, "pounds at present value"), "meaning": meaning}
            for name, meaning in COLUMNS.items()
        ],
        "tables": [table_of(each, ", given up" if gives_up(asked) else "") for each in found],
        "warnings": [*effect_warnings(scenario), *price_cautions(scenario, asked.variant.library)],
        "marks": marks_before(scenario, asked.variant.library),
        "run": {
            "version": __version__,
            "scenario_digest": scenario.digest,
            "data_digest": data_digest(),
            "overrides": dict(scenario.overrides),
            "engine": asked.engine,
        },
    }
    return {**document, "sentences": sentences_of(document)}


def price_base(variant: Variant) -> str:
    """The year whose prices all money is in."""
    base = variant.scenario.baseline
    return choices_of(base, variant.library.crime[base.text("appraisal.cost_table")]).price_base


def arm_of(asked: Asked, name: str) -> dict[str, str]:
    """An arm's name and title."""
    return {"name": name, "title": asked.variant.scenario.arm(name).title}


def gives_up(asked: Asked) -> bool:
    """Whether a scheme is set against the arm without one, which lacks what the scheme does."""
    first, second = (asked.variant.scenario.arm(name).settings for name in (asked.first, asked.second))
    return second.flag("programme.open") and not first.flag("programme.open")


def table_of(found: Decomposition, given_up: str = "") -> dict[str, Any]:
    """One way to take the difference apart."""
    opening, total = ENDS[found.by]
    if found.by != "effect":
        given_up = ""
    named = [(each, *words_of(found.by, each)) for each in found.rows]
    return {
        "by": found.by,
        "opening": row_of(found.opening, opening + given_up, EVERY_RATIO_AT_1 if found.by == "effect" else ""),
        "rows": [row_of(each, title + given_up, what) for each, title, what in named],
        "total": row_of(found.total, total, ""),
    }


def row_of(row: Row, title: str, what: str) -> dict[str, Any]:
    """A cause with its shares and their standard errors."""
    return {
        "cause": row.cause.name,
        "title": title,
        "what": what,
        "changes": [change._asdict() for change in row.cause.changes],
        **{name: row.shares[name].value for name in COLUMNS},
        "standard_error": {name: row.shares[name].noise for name in COLUMNS},
    }


def words_of(by: str, row: Row) -> tuple[str, str]:
    """A cause's title, and what it is in figures."""
    changes = row.cause.changes
    if by == "effect":
        below, above, of = RATIOS[row.cause.name]
        ratio = float(changes[0].after or 0.0)
        return (below if ratio < 1.0 else above), f"{of} × {ratio:.3g}" if of else f"frailty exponent {ratio:.3g}"
    said = listed([f"{plain(each.name)} from {shown(each.before)} to {shown(each.after)}" for each in changes])
    return (GROUPS[row.cause.name], said) if by == "choice" else (row.cause.name, said)


def plain(name: str) -> str:
    """A name of the programme without its section; others as they are typed."""
    return name.removeprefix("programme.").replace("_", " ") if name.startswith("programme.") else name


def shown(value: Any) -> str:
    """A value as a person reads it."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:g}" if isinstance(value, float) else str(value)


def difference_rows(document: Document) -> list[dict[str, Any]]:
    """One flat row for each line of every table, for CSV."""
    return [
        {
            "by": found["by"],
            "cause": line["cause"],
            "title": line["title"],
            "what": line["what"],
            **{name: line[name] for name in COLUMNS},
            **{f"{name}_standard_error": line["standard_error"][name] for name in COLUMNS},
        }
        for found in document["tables"]
        for line in (found["opening"], *found["rows"], found["total"])
    ]
