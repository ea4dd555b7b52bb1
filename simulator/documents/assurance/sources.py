"""The data log: every publication behind the inputs, what was taken from it, how it was seen, what an audit of it found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from simulator.documents.assurance.logs import Answers, Document, Log, filled_in_by, log_of
from simulator.documents.sections.inputs import GROUPS
from simulator.evaluation.audit import Finding, Verdict, audit, explained, relations_path
from simulator.places import data_folder
from simulator.report.text import counted
from simulator.tables import load_sources

HEADINGS = (
    "Source ID",
    "Title",
    "Publisher",
    "Date of publication",
    "Licence",
    "URL",
    "What was taken",
    "Number of values",
    "How the values were seen",
    "Price years",
    "Superseded by",
    "Checks of its own figures",
    "Figures not to quote as they stand",
    "Note",
    "Date obtained",
)
STANDINGS = ("read", "transcribed", "derived", "assumed", "unverified")
NO_AUDIT = "Not audited: no figure of it is recorded here as computed from others."


def data_log(answers: Answers) -> Log:
    """The log from a comparison and the audit of the reports among its sources."""
    comparison = answers["comparison"]
    rows = [source_row(source, taken_from(source["name"], comparison), comparison) for source in comparison["sources"]]
    return log_of("data", "Data log", about(comparison), HEADINGS, rows)


def about(comparison: Document) -> list[str]:
    """How the log was made, and what no source stands behind."""
    without = [row for row in comparison["inputs"] if not row["source"] and row["standing"] != "choice"]
    return [
        "Every publication behind an input of this report. Licences and dates are as far as they were seen; the date "
        "on which a file was obtained is not recorded.",
        f"{counted(len(without), 'input value')} have no source: they are assumed, and stand in the assumptions log.",
        "Checks: every figure that a report computes from its own figures is computed again from those, rounding "
        "allowed for (python run.py audit). A figure that does not follow may still be right; it should not be "
        "quoted as it stands.",
        "Seen: read in the source itself; transcribed from a copy; derived from such values; assumed with the source "
        "as a guide; unverified, remembered and not seen.",
    ]


def taken_from(name: str, comparison: Document) -> list[Mapping[str, Any]]:
    """The input values that name a source."""
    return [row for row in comparison["inputs"] if row["source"] == name]


def source_row(source: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], comparison: Document) -> list[str]:
    """One source."""
    findings = findings_of(source["name"])
    return [
        source["name"],
        source["title"],
        source["publisher"] or "not stated",
        source["date"] or "not stated",
        source["licence"] or "not stated",
        source["url"] or "none known",
        taken_in_words(rows, comparison, source["name"]),
        str(len(rows)),
        "; ".join(f"{number} {standing}" for standing, number in standings_of(rows)) or "none",
        ", ".join(sorted({row["price_year"] for row in rows if row["price_year"]})) or "not money",
        source["superseded_by"] or "not superseded, as far as known",
        checks_in_words(findings),
        "; ".join(f"{each.relation.figure}: {explained(each)}" for each in findings if is_doubtful(each)) or "none",
        source["note"],
        filled_in_by("the analyst"),
    ]


def taken_in_words(rows: Sequence[Mapping[str, Any]], comparison: Document, source: str) -> str:
    """How many values of each group of inputs, and whether rates were fitted to its figures."""
    groups = Counter(group_words(row["name"]) for row in rows)
    said = [f"{words} ({number})" for words, number in groups.items()]
    fit = comparison["fit"]
    if fit and fit["report"] == source:
        said.append(f"its reported figures, to which rates were fitted ({len(fit['targets'])})")
    return "; ".join(said) or "background only"


def group_words(name: str) -> str:
    """The group of an input, in words."""
    first = name.partition(".")[0]
    other = {"deflators": "Price index", "offence_types": "Severity tiers"}
    return GROUPS.get(first) or other.get(first, "Unit costs of crime and crimes per recorded crime")


def standings_of(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, int]]:
    """How many values have each standing, the best first."""
    found = Counter(row["standing"] for row in rows)
    return [(standing, found[standing]) for standing in STANDINGS if found[standing]]


def findings_of(report: str) -> list[Finding]:
    """The audit of a shipped report; nothing for a source that is not one, or has no relations to check."""
    path = data_folder("evidence") / f"{report}.yaml"
    if not path.is_file() or not relations_path(path).is_file():
        return []
    return audit(path, load_sources(data_folder("cost_tables")))


def is_doubtful(finding: Finding) -> bool:
    """Whether a figure should not be quoted as it stands."""
    return finding.verdict is Verdict.DOES_NOT_FOLLOW


def checks_in_words(findings: Sequence[Finding]) -> str:
    """How many checks hold, and how many do not."""
    if not findings:
        return NO_AUDIT
    found = Counter(each.verdict for each in findings)
    words = {
        Verdict.FOLLOWS: "follow",
        Verdict.FOLLOWS_TRUNCATED: "only if cut off, not rounded",
        Verdict.NOT_A_SIMPLE_RATIO: "not simple ratios (weighted group)",
        Verdict.DOES_NOT_FOLLOW: "do not follow",
    }
    said = ", ".join(f"{found[verdict]} {what}" for verdict, what in words.items() if found[verdict])
    return f"{counted(len(findings), 'check')}: {said}."
