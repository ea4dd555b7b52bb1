"""The audit of the reports as rows and as text: first what a writer must not quote as it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Any

from simulator.evaluation.audit import Finding, Verdict, audit, explained, report_paths, shown
from simulator.places import data_folder
from simulator.report.text import table, wrapped
from simulator.tables import InputProblems, Problem, did_you_mean, load_sources

HEADINGS = ("Figure", "Printed", "What follows", "How")
SECTIONS = (
    (
        Verdict.DOES_NOT_FOLLOW,
        "Do not quote as they stand: these do not follow from the report's own figures",
        "",
    ),
    (
        Verdict.FOLLOWS_TRUNCATED,
        "Cut off, not rounded: these follow only so",
        "",
    ),
    (
        Verdict.NOT_A_SIMPLE_RATIO,
        "Not simple ratios: rates of weighted comparison groups",
        "Quote the printed rate; do not recompute it from the counts, and do not read the counts as the study's size.",
    ),
)


def findings_of(what: str | None) -> list[Finding]:
    """The findings of every shipped report, of one by its name or the start of it, or of a local evidence file.

    Raises:
        InputProblems: there is no such report or file, or one of the files is faulty.
    """
    known = load_sources(data_folder("cost_tables"))
    shipped = {path.stem: path for path in report_paths(data_folder("evidence"))}
    if what is None:
        return [finding for path in shipped.values() for finding in audit(path, known)]
    path = path_of(what, shipped)
    return audit(path, known if path in shipped.values() else None)


def path_of(what: str, shipped: dict[str, Path]) -> Path:
    """The evidence file that a word on the command line stands for."""
    if Path(what).suffix in (".yaml", ".yml") or Path(what).is_file():
        return Path(what)
    started = [path for name, path in shipped.items() if name == what or name.startswith(f"{what}_")]
    if len(started) == 1:
        return started[0]
    hint = (
        did_you_mean(what, [*shipped, *(name.partition("_")[0] for name in shipped)]) or f"Known: {', '.join(shipped)}."
    )
    raise InputProblems([Problem("audit", 0, 0, f"there is no report named '{what}'", hint)])


def audit_rows(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """One row for each relation. ``reported``, ``low`` and ``high`` are numbers; significance is 1 or 0."""
    return [
        {
            "report": each.report,
            "figure": each.relation.figure,
            "reported": plain(each.reported.value),
            "low": plain(each.interval.low),
            "high": plain(each.interval.high),
            "verdict": each.verdict.value,
            "how": each.relation.how,
            "from": list(each.relation.inputs),
            "note": note_of(each),
        }
        for each in findings
    ]


def plain(number: Fraction) -> int | float:
    """A whole number as such, any other as a float."""
    return int(number) if number.denominator == 1 else float(number)


def note_of(finding: Finding) -> str:
    """What follows, where the figure does not simply follow, and what the relations file adds."""
    said = "" if finding.verdict is Verdict.FOLLOWS else f"{sentence(explained(finding))} "
    return f"{said}{sentence(finding.relation.note) if finding.relation.note else ''}".strip()


def sentence(words: str) -> str:
    """Words with a capital and a full stop."""
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


def audit_text(findings: Sequence[Finding], everything: bool) -> str:
    """All findings for the terminal; those that follow as a count, or as a list too."""
    lines = ["Every figure that a report computes from others, computed again from those; rounding is allowed for."]
    for verdict, heading, advice in SECTIONS:
        chosen = [each for each in findings if each.verdict is verdict]
        if chosen:
            lines += ["", f"{heading} ({len(chosen)})", *([advice] if advice else []), *in_words(chosen)]
    following = [each for each in findings if each.verdict is Verdict.FOLLOWS]
    lines += ["", wrapped(counted(following), "")]
    if everything and following:
        lines += ["", table(HEADINGS, [cells(each) for each in following])]
    elif following:
        lines.append("--all lists them.")
    return "\n".join(lines)


def in_words(findings: Sequence[Finding]) -> list[str]:
    """Each finding as a bullet, and a note that several in a row share once, below them."""
    lines = []
    for note, together in groupby(findings, key=lambda each: each.relation.note):
        lines += [wrapped(f"{name_of(each)}: {explained(each)}.") for each in together]
        lines += [wrapped(sentence(note), "    ")] if note else []
    return lines


def name_of(finding: Finding) -> str:
    """The full name of a finding's figure."""
    return f"{finding.report}.{finding.relation.figure}"


def counted(findings: Sequence[Finding]) -> str:
    """How many checks hold, by report."""
    by_report = Counter(each.report for each in findings)
    said = ", ".join(f"{report} {number}" for report, number in by_report.items())
    return f"All other checks hold: {len(findings)}" + (f" ({said})." if said else ".")


def cells(finding: Finding) -> list[str]:
    """One finding as a line of the table."""
    how = finding.relation.how.replace("_", " ")
    return [name_of(finding), finding.reported.text, shown(finding), how]
