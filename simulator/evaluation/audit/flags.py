"""What to say beside a figure that does not simply follow."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from simulator.evaluation.audit.relations import relations_path
from simulator.evaluation.audit.verdicts import Finding, Verdict, audit, explained
from simulator.evidence import EFFECTS_FILE

IN_WORDS = {
    Verdict.DOES_NOT_FOLLOW: "does not follow from the report's own figures",
    Verdict.FOLLOWS_TRUNCATED: "follows only if cut off instead of rounded",
    Verdict.NOT_A_SIMPLE_RATIO: "not a simple ratio of its counts, for the group is weighted",
}


def report_paths(folder: Path) -> list[Path]:
    """The evidence files of a folder, in order of name."""
    return [path for path in sorted(Path(folder).glob("*.yaml")) if path.name != EFFECTS_FILE]


@cache
def flags_of(folder: Path) -> dict[str, str]:
    """What to say beside each figure, by full name, that does not simply follow from others; the rest are left out.

    Where several relations lead to one figure, or to its interval or p-value, all that do not simply follow are said, the
    worst first. Reports without a relations file have no flags.

    Raises:
        InputProblems: a file is faulty.
    """
    flagged: dict[str, list[Finding]] = {}
    for path in report_paths(folder):
        for finding in audit(path) if relations_path(path).is_file() else []:
            if finding.verdict is not Verdict.FOLLOWS:
                flagged.setdefault(f"{finding.report}.{finding.figure}", []).append(finding)
    return {name: "; ".join(flag(each) for each in worst_first(found)) for name, found in flagged.items()}


def worst_first(findings: list[Finding]) -> list[Finding]:
    """Findings in order of verdict, the worst first."""
    order = list(reversed(Verdict))
    return sorted(findings, key=lambda each: order.index(each.verdict))


def flag(finding: Finding) -> str:
    """One finding in words."""
    return f"{IN_WORDS[finding.verdict]}: {explained(finding)}"
