"""Every input with source and standing, the sources, the audit of the reports, and the record of the run."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

from simulator.documents.contents import Block, Bullets, Code, Fold, Paragraph, Section
from simulator.documents.sections.material import Material, table_of
from simulator.report import text

GROUPS = {
    "population": "People and how they offend",
    "fit": "People and how they offend",
    "cohort": "Cohort",
    "offence_mixes": "Offence mix",
    "sentence_bands": "Sentences",
    "effect": "Effect of the scheme",
    "programme": "The scheme",
    "arms": "Funding choices",
    "costs": "What the scheme costs",
    "justice": "Arrests, courts, custody and supervision",
    "appraisal": "Appraisal",
}
STANDINGS = {
    "read": "seen in the source itself",
    "transcribed": "seen in somebody's copy of the source",
    "derived": "worked out from other figures, as it says",
    "assumed": "not given by any report; chosen for the reason it says, with a range",
    "unverified": "remembered and not seen in a source; check it before you rely on it",
    "choice": "a lever that somebody chooses",
}
HEADINGS = ("Name", "Value", "Unit", "Range", "Price year", "Source", "Where, and why", "Standing")


def inputs(material: Material) -> Section:
    """Every value that the comparison used."""
    rows = material.comparison["inputs"]
    unseen = sum(is_unverified(row) for row in rows)
    flagged = (
        f" **Not seen** marks {unseen} of them: figures that were remembered and not seen in a source, and figures worked "
        "out from one. Check them before you rely on them."
        if unseen
        else ""
    )
    groups: dict[str, list[list[str]]] = {}
    for row in rows:
        groups.setdefault(GROUPS.get(row["name"].split(".")[0], "Unit costs of crime"), []).append(input_cells(row))
    tables = [
        Fold(
            f"{title} ({len(cells)})",
            (table_of(f"inputs-{number}", f"Inputs: {title.lower()}", HEADINGS, cells, wide=True),),
        )
        for number, (title, cells) in enumerate(groups.items(), start=1)
    ]
    return Section(
        "inputs",
        "Inputs",
        (
            Paragraph(f"Every value that this comparison used, {len(rows)} in all.{flagged}"),
            Fold(
                "What the standings mean",
                (Bullets(tuple(f"**{name}**: {meaning}." for name, meaning in STANDINGS.items())),),
            ),
            *tables,
            Section("sources", "Sources", (Bullets(tuple(source_words(row) for row in source_rows(material))),)),
        ),
    )


def is_unverified(row: Mapping[str, Any]) -> bool:
    """Whether a figure, or the one that it is worked out from, was remembered and not seen."""
    return row["standing"] == "unverified" or "not seen" in row["where"]


def input_cells(row: Mapping[str, Any]) -> list[str]:
    """One input as text."""
    money_unit = row["unit"].startswith("gbp")
    ends = [row["low"], row["high"]]
    return [
        f"`{row['name']}`",
        amount(row["value"], money_unit),
        row["unit"].replace("gbp", "£", 1) if money_unit else row["unit"],
        "" if None in ends else " to ".join(amount(end, money_unit) for end in ends),
        row["price_year"] or "",
        f"`{row['source']}`" if row["source"] else "",
        ": ".join(part for part in (row["where"], row["why"]) if part),
        f"{row['standing']} **Not seen**" if is_unverified(row) else row["standing"],
    ]


def amount(value: Any, is_money: bool) -> str:
    """A value as people read it, money to the penny below £1,000 and to the pound above."""
    if is_money:
        return f"£{value:,.0f}" if abs(value) >= 1000 else f"£{value:,.2f}"
    return text.shown(value).replace("-", "−") if isinstance(value, int | float) else text.shown(value)


def source_rows(material: Material) -> list[dict[str, Any]]:
    """Sources by key, with what the answer says of each and how many inputs come from it."""
    document = material.comparison
    keys = [row["source"] for row in document["inputs"] if row["source"]]
    described = {row["name"]: row for row in document.get("sources", [])}
    empty = dict.fromkeys(("title", "publisher", "date", "url", "licence", "superseded_by", "note"), "")
    return [{"key": key, "uses": keys.count(key), **empty, **described.get(key, {})} for key in sorted(set(keys))]


def source_words(source: Mapping[str, Any]) -> str:
    """A source in a sentence or two."""
    uses = f"Inputs from it: {source['uses']}."
    if not source["title"]:
        return f"`{source['key']}` (title and address in `cost_tables/sources.yaml`). {uses}"
    said = f"`{source['key']}`: {source['title']}. {source['publisher']}, {source['date']}."
    parts = [
        said,
        *([str(source["url"])] if source["url"] else []),
        *([f"Superseded by `{source['superseded_by']}`."] if source["superseded_by"] else []),
        f"{source['licence']}.",
        *([str(source["note"])] if source["note"] else []),
        uses,
    ]
    return " ".join(parts)


def unit_costs(material: Material) -> Section:
    """Why these unit costs of crime."""
    document = material.comparison
    default = (
        "This run takes unit costs of crime from `horr99`, the Home Office's second edition (July 2018), although a newer "
        "edition has superseded it. It is the default because it is the edition that the Bedfordshire report itself used, "
        "at £5,930 for each domestic burglary (2015/16 prices), so that results can be laid beside that report. One flag "
        "switches to the newer edition: `--cost-table ho_2019_20`."
        if document["cost_table"] == "horr99"
        else f"This run takes unit costs of crime from `{document['cost_table']}`. The default is `horr99`, the Home "
        "Office's second edition (July 2018), which a newer edition has superseded but which the Bedfordshire report "
        "itself used, at £5,930 for each domestic burglary (2015/16 prices). The flag is `--cost-table`."
    )
    return Section(
        "unit-costs",
        "Why these unit costs",
        (
            Paragraph(default),
            *burglary(material),
            Paragraph(
                "Inclusive unit costs hold average police, court and prison costs for each crime. So they leave out what "
                "the scheme itself does to custody and arrests: a scheme that brings people back to prison sooner, or keeps "
                "them out, looks the same. Explicit costing counts that, and leaves out police work on crimes without an "
                "arrest."
            ),
        ),
    )


def burglary(material: Material) -> list[Block]:
    """The unit cost of a domestic burglary in this run, where it has one."""
    document = material.comparison
    for row in material.arm["by_offence_type"]:
        if row["offence_type"] == "domestic_burglary" and "unit_cost_gbp" in row:
            left = (
                ", which leaves the police, court and prison part to arrests, court events and days in custody"
                if document["costing"] == "explicit"
                else ""
            )
            said = (
                f"In this run a domestic burglary is priced at £{row['unit_cost_gbp']:,.0f} in {document['price_base']} "
                f"prices under {document['costing']} costing{left}."
            )
            return [Paragraph(said)]
    return []


def command(document: Mapping[str, Any]) -> str:
    """The command that gives these results again."""
    run = document["run"]
    words = ["python", "run.py", "compare", document["scenario"], "--comparator", document["comparator"]]
    words += ["--replications", f"{int(document['replications'])}", "--seed", str(document["seed"])]
    words += ["--engine", run["engine"]]
    for name, value in run["overrides"].items():
        words += ["--set", f"{name}={value}"]
    return shlex.join(words)


def record(material: Material) -> Section:
    """How to make it again."""
    document = material.comparison
    run = document["run"]
    fit = document["fit"]
    rows = [
        ["Program version", run["version"]],
        ["Digest of inputs and luck", run["digest"]],
        ["Digest of the scenario", run["scenario_digest"]],
        ["Digest of cost tables and evidence", run["data_digest"]],
        ["Scenario", document["scenario"]],
        ["Effect", document["effect"]],
        ["Fit", f"{fit['where']}: {fit['made_by']}" if fit else "none"],
        ["Seed", str(document["seed"])],
        ["Replications of each arm", f"{int(document['replications']):,}"],
        ["Engine", run["engine"]],
        ["Values set by hand", ", ".join(f"{name}={value}" for name, value in run["overrides"].items()) or "none"],
        ["Python", run["python"]],
        ["Packages", ", ".join(f"{name} {version}" for name, version in run["packages"].items())],
    ]
    quoted = [[name, f"`{value}`"] for name, value in rows]
    return Section(
        "record",
        "How to make this again",
        (
            Paragraph(
                "The same digest means the same inputs and the same luck; the command below gives these figures again to "
                "the last bit."
            ),
            Code(command(document)),
            table_of("record-table", "Record of the run", ["What", "Value"], quoted),
            *carried(material),
        ),
    )


def carried(material: Material) -> list[Block]:
    """How a figure is checked with the inputs that the document carries, where it does."""
    if not material.inputs_digest:
        return []
    return [
        Paragraph(
            "Every input that these figures rest on is inside this page. `figures.csv` lists every number printed here with "
            "its identifier; the command below makes one of them again from the inputs inside, without a network, and names "
            "the file and line if any byte of them was changed."
        ),
        Code(f"python run.py verify-figure comparison.arms.{material.arm['name']}.npsv_gbp report.html"),
        Paragraph(f"Digest of the inputs inside: `{material.inputs_digest}`"),
    ]
