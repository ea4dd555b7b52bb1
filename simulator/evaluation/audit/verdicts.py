"""Whether a printed figure can follow from the figures it is computed from, rounding allowed for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

from simulator.evaluation.audit.intervals import Interval
from simulator.evaluation.audit.kinds import KINDS, Kind
from simulator.evaluation.audit.printed import Printed
from simulator.evaluation.audit.relations import Audited, Relation, load_audited
from simulator.evidence import Report, load_report
from simulator.tables import InputProblems, Problem


class Verdict(StrEnum):
    """What can be said of a derived figure, worst last."""

    FOLLOWS = "follows"
    NOT_A_SIMPLE_RATIO = "not_a_simple_ratio"
    FOLLOWS_TRUNCATED = "follows_truncated"
    DOES_NOT_FOLLOW = "does_not_follow"


@dataclass(frozen=True)
class Finding:
    """The verdict on one relation. ``interval`` is what follows from the inputs, in the unit of the figure.

    ``figure`` is the evidence's own: ``x`` where the relation is about ``x.p_value``.
    """

    report: str
    figure: str
    relation: Relation
    reported: Printed
    inputs: tuple[Printed, ...]
    interval: Interval
    verdict: Verdict


def verdict_of(kind: Kind, reported: Printed, inputs: Sequence[Printed]) -> tuple[Verdict, Interval]:
    """The verdict, and the interval that follows from the inputs.

    In this order: everything rounded; the figure cut off; the inputs cut off too. Where nothing fits, the interval is that
    of rounded inputs, nearest to the figure. Raises ZeroDivisionError where a divisor may be nought.
    """
    rounded = kind.of([each.rounded() for each in inputs], reported.value)
    for interval in rounded:
        if interval.meets(reported.rounded()):
            return Verdict.FOLLOWS, interval
    nearest = min(rounded, key=lambda each: each.distance(reported.value))
    if kind.weighted:
        return Verdict.NOT_A_SIMPLE_RATIO, nearest
    cut = kind.of([each.rounded_or_cut() for each in inputs], reported.value)
    for interval in (*rounded, *cut):
        if reported.is_cut_from(interval):
            return Verdict.FOLLOWS_TRUNCATED, interval
    for interval in cut:
        if interval.meets(reported.rounded()):
            return Verdict.FOLLOWS_TRUNCATED, interval
    return Verdict.DOES_NOT_FOLLOW, nearest


def audit(evidence: Path, sources: Collection[str] | None = None) -> list[Finding]:
    """One finding for each relation of a report, in the order of its relations file.

    Raises:
        InputProblems: the evidence file or its relations are faulty, or there are none.
    """
    report = load_report(evidence, sources)
    audited = load_audited(evidence)
    return [_finding(report, relation, audited) for relation in audited.relations]


def _finding(report: Report, relation: Relation, audited: Audited) -> Finding:
    figure = relation.figure if relation.figure in report.figures else relation.figure.rpartition(".")[0]
    reported = audited.numbers[relation.figure]
    inputs = tuple(audited.numbers[name] for name in relation.inputs)
    try:
        verdict, interval = verdict_of(KINDS[relation.how], reported, inputs)
    except ZeroDivisionError as fault:
        said = f"'{relation.figure}' cannot be recomputed: {fault}"
        raise InputProblems([Problem(audited.file, relation.line, 1, said)]) from None
    return Finding(report.source, figure, relation, reported, inputs, interval, verdict)


def explained(finding: Finding) -> str:
    """What follows, in a sentence with the figures in it."""
    texts = [each.text for each in finding.inputs]
    words = KINDS[finding.relation.how].words
    said = words.format(*texts, all=_listed(texts), rest=_listed(texts[1:]), x=shown(finding))
    return f"{said}; {finding.reported.text} is printed"


def shown(finding: Finding) -> str:
    """What follows from the inputs, as a number or from one to another, to three decimals or one more than printed."""
    low, high = finding.interval
    if finding.relation.figure.endswith(".significant"):
        return "either" if low != high else "significant" if low else "not significant"
    digits = max(3, 1 + _digits(finding.reported.unit))
    ends = [_plain(each, digits) for each in (low, high)]
    return " to ".join(dict.fromkeys(ends))


def _plain(number: Fraction, digits: int) -> str:
    said = f"{float(number):,.{digits}f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


def _digits(unit: Fraction) -> int:
    """Decimals of a number rounded to a unit: 1 for 0.1; 0 for 1, 1,000 and a count."""
    digits = 0
    while 0 < unit < 1:
        unit, digits = unit * 10, digits + 1
    return digits


def _listed(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}" if texts else ""
