"""The assumptions log: structural ones, then every input value that is not a choice, each rated for quality and impact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.documents.assurance.grouping import NOT_OCCURRING, Assumption, assumptions_of
from simulator.documents.assurance.logs import Answers, Document, Log, filled_in_by, log_of
from simulator.documents.assurance.ratings import (
    IMPACT_RULE,
    IMPACTS,
    QUALITY_RULE,
    Rating,
    bars_of,
    impact_of,
    largest_swing,
    quality_of,
    superseded_sources,
    tornado_of,
    worst,
)
from simulator.documents.assurance.readings import impact_of_reading
from simulator.documents.assurance.structure import STRUCTURE, Structural, levers_in_words
from simulator.report.text import counted, pounds, shown
from simulator.scenario.fields import QUANTITIES

HEADINGS = (
    "Assumption ID",
    "Plain English description",
    "Value",
    "Range",
    "Basis",
    "Source",
    "Where in the source",
    "Standing",
    "Quality RAG",
    "Reason for quality",
    "Impact",
    "Reason for impact",
    "What you should do",
    "How to change it or see more",
    "Owner",
    "Date of last review",
)
MOST_SHARE_ONE_PLACE = 2
NOT_REVIEWED = "Not reviewed: to be filled in by the owner"


def assumptions_log(answers: Answers) -> Log:
    """The log from a comparison and, for impacts, a tornado of the same scenario."""
    comparison = answers["comparison"]
    structural = [structural_row(item, answers) for item in STRUCTURE]
    bars, superseded = bars_of(answers), superseded_sources(comparison)
    values = [(impact, value_row(each, impact, comparison, superseded)) for each, impact in by_impact(comparison, bars)]
    return log_of(
        "assumptions", "Assumptions log", about(answers), HEADINGS, [*structural, *(row for _, row in values)]
    )


def by_impact(comparison: Document, bars: Mapping[str, Mapping[str, Any]]) -> list[tuple[Assumption, Rating]]:
    """Assumptions about values with their impacts: the highest impact first, then the widest swing."""
    absent = f"{comparison['cost_table']}.{NOT_OCCURRING}"
    found = [
        (each, nothing_to_move() if each.name == absent else impact_of(each.bars, bars))
        for each in assumptions_of(comparison)
    ]
    swing = {
        each.name: max((bars[name]["swing_gbp"] for name in each.bars if name in bars), default=0.0)
        for each, _ in found
    }
    return sorted(found, key=lambda each: (-IMPACTS.index(each[1].grade), -swing[each[0].name]))


def nothing_to_move() -> Rating:
    """The impact of prices that nothing is multiplied by."""
    return Rating("Low", "no such offence occurs in these runs, so nothing moves with it")


def about(answers: Answers) -> list[str]:
    """How the log was made, and what it is not."""
    tornado = tornado_of(answers)
    base = (
        f"Impacts are those of '{tornado['arm_title']}' against '{tornado['comparator_title']}'; the largest swing of "
        f"NPSV is {pounds(largest_swing(bars_of(answers)))} ({tornado['replications']:,} replications)."
        if tornado
        else "No tornado of this scenario, with these prices and evidence, is among the answers: no input has been tested."
    )
    return [
        "Made from the answers behind this report, in the manner of the ONS analytical assurance template. Values "
        "that are choices are in the decision log. IDs are the inputs' own names, S. before structural ones.",
        QUALITY_RULE,
        "Quality of a structural assumption is our judgement: Red where nobody has measured it or a report speaks "
        "against it, Amber where a report or a convention of the field is behind it.",
        IMPACT_RULE,
        base,
        "Owner and date of last review are left to you: nobody has signed for any of these.",
    ]


def structural_row(item: Structural, answers: Answers) -> list[str]:
    """One structural assumption."""
    comparison, bars = answers["comparison"], bars_of(answers)
    read = item.reading
    impact = impact_of_reading(comparison, read, largest_swing(bars)) if read else impact_of(item.bars, bars)
    return [
        f"S.{item.name}",
        item.words,
        levers_in_words(item, comparison),
        "",
        item.basis,
        item.source,
        "",
        "structural",
        item.quality,
        "our judgement",
        impact.grade,
        impact.why,
        "Quote the NPSV under both." if item.reading else advice(item.quality, impact.grade),
        item.see.replace("SCENARIO", comparison["scenario"]),
        filled_in_by("the reader"),
        NOT_REVIEWED,
    ]


def value_row(each: Assumption, impact: Rating, comparison: Document, superseded: Mapping[str, str]) -> list[str]:
    """One assumption about values."""
    quality = worst(quality_of(row, superseded) for row in each.rows)
    rows = each.rows[:1] if is_whole_with_parts(each.rows) else each.rows
    titles = {source["name"]: source["title"] for source in comparison["sources"]}
    sources = distinct(titles.get(row["source"], row["source"]) for row in each.rows)
    return [
        each.name,
        each.label,
        value_words(rows),
        range_words(rows),
        few(distinct(row["why"] for row in rows)),
        "; ".join(sources) or "None: assumed",
        few(distinct(row["where"] for row in rows)),
        "; ".join(distinct(row["standing"] for row in rows)),
        quality.grade,
        quality.why,
        impact.grade,
        impact.why,
        advice(quality.grade, impact.grade),
        how_to_change(each, comparison),
        filled_in_by("the reader"),
        NOT_REVIEWED,
    ]


def distinct(words: Any) -> list[str]:
    """Words that say something, each once."""
    return [each for each in dict.fromkeys(words) if each]


def few(words: Sequence[str]) -> str:
    """A few texts one after another; of many the first, and how many there are."""
    if len(words) <= MOST_SHARE_ONE_PLACE:
        return "; ".join(words)
    return f"{words[0]} (and {counted(len(words) - 1, 'other')})"


def is_whole_with_parts(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the first is a whole cost, and the others its parts."""
    return rows[0].get("part") == "total" and all(row["name"].startswith(f"{rows[0]['name']}.") for row in rows[1:])


def value_words(rows: Sequence[Mapping[str, Any]]) -> str:
    """One value with its unit; of several how many, and from which to which."""
    if len(rows) == 1:
        return amount_words(rows[0], "value")
    values = [row["value"] for row in rows]
    units = distinct(row["unit"] for row in rows)
    least, most = (shown(each) for each in (min(values), max(values)))
    span = f", from {least} to {most} {units[0]}".replace("gbp", "£") if len(units) == 1 else ""
    return f"{counted(len(rows), 'value')}{span}"


def amount_words(row: Mapping[str, Any], field: str) -> str:
    """One number of an input with its unit, pounds with their price year."""
    number, unit = shown(row[field]), row["unit"]
    words = f"£{number}{unit.removeprefix('gbp')}" if unit.startswith("gbp") else f"{number} {unit}".rstrip()
    return f"{words} ({row['price_year']} prices)" if row["price_year"] else words


def range_words(rows: Sequence[Mapping[str, Any]]) -> str:
    """The range of one value; of several, how many have one of their own."""
    if len(rows) > 1:
        return f"{sum(row['low'] is not None for row in rows)} of {len(rows)} have a range of their own"
    low, high = rows[0]["low"], rows[0]["high"]
    if low is None:
        return "None given"
    return f"{shown(low)} to {shown(high)}" if low < high else "None: both ends are the value"


def advice(quality: str, impact: str) -> str:
    """What the reader should do, by quality and impact."""
    if impact == "High":
        if quality == "Green":
            return "Check that it holds for your scheme, and quote the NPSV at both ends of its range."
        return (
            "Find a figure of your own before you quote the NPSV; until then quote the NPSV at both ends of its range."
        )
    if impact == "Medium":
        return "Replace it if you have a figure of your own; say beside the NPSV that it is " + (
            "uncertain." if quality == "Green" else "assumed or poorly sourced."
        )
    if impact == "Low":
        return "Nothing for this decision; look again at the next review."
    return (
        "Nothing tells how much it matters: have somebody who knows your scheme say whether it holds."
        if quality == "Red"
        else "Not tested here: look at it at the next review."
    )


def how_to_change(each: Assumption, comparison: Document) -> str:
    """Where a reader puts a value of their own."""
    name, scenario = each.name, comparison["scenario"]
    if name in QUANTITIES or name.startswith("effect."):
        return f"python run.py compare {scenario} --set {name}=NUMBER"
    first = name.partition(".")[0]
    places = {
        "cohort": "cohort: in a scenario of your own",
        "offence_mixes": "offence_mixes: in a scenario of your own",
        "sentence_bands": "sentence_bands: in a scenario of your own",
        "programme": "costs: in a scenario of your own",
        "offence_types": "cost_tables/offence_types.csv",
    }
    return places.get(first, f"cost_tables/{first}.csv")
