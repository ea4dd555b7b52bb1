"""The evidence document's sections in Markdown: an overview, what not to quote, each report, and sizes of studies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from simulator.appraisal.library import Library, load_library
from simulator.evaluation.audit import Finding, Verdict, explained
from simulator.evaluation.before_after_reports import reported
from simulator.evaluation.lines import ARITHMETIC, FITTED, PREDICTED, Line
from simulator.evaluation.published_studies import ANALYSES
from simulator.evaluation.regression import years_alike
from simulator.evidence import Report
from simulator.quantities import Source
from simulator.report import markdown
from simulator.report.audit import findings_of, sentence
from simulator.report.cases import SUSSEX, Case, cases_of
from simulator.report.evidence_bridge import bridge_section, case_section
from simulator.report.evidence_fits import fit_section
from simulator.report.evidence_parts import SEED, Simulated
from simulator.report.evidence_studies import studies_section
from simulator.report.evidence_words import (
    AUDIT_WORDS,
    DESIGN_WORDS,
    INTRODUCTION,
    READING,
    TITLES,
    as_printed,
    paragraph_of,
    reason_not_simulated,
)
from simulator.report.meanings import meanings_of
from simulator.report.reproduction import (
    ARITHMETIC_HEADINGS,
    FAR,
    HEADINGS,
    NOT_REACHED,
    REGRESSION_HEADINGS,
    arithmetic_cells,
    line_cells,
    looked_in_words,
    people_in_words,
    range_in_words,
    regression_cells,
    short,
    what_can_be_said,
)

AUDITED = (Verdict.DOES_NOT_FOLLOW, Verdict.FOLLOWS_TRUNCATED, Verdict.NOT_A_SIMPLE_RATIO)


def contents_of(simulated: Simulated) -> str:
    """Everything below the first line."""
    library = load_library()
    cases, findings = cases_of(None, library), findings_of(None)
    parts = [
        "# What the five reports claim, and what they can claim",
        *INTRODUCTION,
        overview(cases, simulated, findings),
        "## How to read the tables",
        markdown.bullets(READING),
        audit_section(findings),
        *(part for case in cases for part in report_parts(case, simulated, library)),
        studies_section({case.report.source: case.report for case in cases if case.looked is None}),
    ]
    return "\n\n".join(each for each in parts if each) + "\n"


def overview(cases: Sequence[Case], simulated: Simulated, findings: Sequence[Finding]) -> str:
    """One row a report: how strong its design is, and what becomes of its figures."""
    wrong = Counter(each.report for each in findings if each.verdict is Verdict.DOES_NOT_FOLLOW)
    headings = ("Report", "Design", "Maryland level", "Figures", "Fitted", "Predicted", "of which miss", "Recomputed",
                "Not simulated", "Do not follow")  # fmt: skip
    rows = []
    for case in cases:
        source, lines = case.report.source, simulated.lines[case.report.source]
        roles = Counter(line.role for line in lines)
        counts = [
            roles[FITTED], roles[PREDICTED], missing(lines, PREDICTED), roles[ARITHMETIC],
            len(not_simulated(case.report, lines)), wrong[source],
        ]  # fmt: skip
        rows.append([
            f"[{TITLES[source]}](#{source})", DESIGN_WORDS[case.report.design],
            str(case.report.maryland_level.value or "–"), f"{len(case.report.figures)}", *map(str, counts),
        ])  # fmt: skip
    return markdown.table(headings, rows)


def missing(lines: Sequence[Line], role: str) -> int:
    """How many figures of a role miss by more than two standard errors."""
    return sum(line.role == role and abs(line.miss_in_standard_errors or 0.0) > FAR for line in lines)


def not_simulated(report: Report, lines: Sequence[Line]) -> list[str]:
    """Names of the figures, within the report, that are neither simulated nor recomputed."""
    found = {short(line.figure, line.report) for line in lines}
    return [name for name in report.figures if name not in found]


def audit_section(findings: Sequence[Finding]) -> str:
    """What must not be quoted as it stands, what is cut off, and what is no simple ratio."""
    parts = ["## Before you quote a figure"]
    for verdict in AUDITED:
        chosen = [each for each in findings if each.verdict is verdict]
        if chosen:
            heading, words = AUDIT_WORDS[verdict]
            parts += [f"### {heading} ({len(chosen)})", words, markdown.table(("Figure", "Why"), finding_rows(chosen))]
    following = sum(each.verdict is Verdict.FOLLOWS for each in findings)
    parts.append(
        f"The other {following:,} checks, several of some figures, hold; `python run.py audit --all` has them."
    )
    return "\n\n".join(parts)


def finding_rows(findings: Sequence[Finding]) -> list[list[str]]:
    """Each figure with what its inputs give, and its note; weighted rates have one note for all, above the table."""
    rows = []
    for each in findings:
        note = each.relation.note if each.verdict is not Verdict.NOT_A_SIMPLE_RATIO else ""
        words = sentence(explained(each)) + (f" {sentence(note)}" if note else "")
        rows.append([markdown.code(f"{each.report}.{each.relation.figure}"), words])
    return rows


def report_parts(case: Case, simulated: Simulated, library: Library) -> list[str]:
    """Everything on one report."""
    report, lines = case.report, simulated.lines[case.report.source]
    parts = [
        f'<a id="{report.source}"></a>\n\n## {TITLES[report.source]}',
        source_line(library.sources[report.source], case),
        paragraph_of(report),
        grade_line(report),
        *figure_parts(case, lines),
        *fit_section(case, library),
    ]
    if report.source in simulated.regressions:
        parts += regression_parts(case, simulated)
    if report.source == SUSSEX:
        parts += [*case_section(library, report), *bridge_section(simulated.bridge)]
    return parts


def source_line(source: Source, case: Case) -> str:
    """Title, publisher and date, and the command that prints this section's figures."""
    return (
        f"*{source.title}.* {source.publisher}, {source.date}. Scenario `{case.scenario}`, {case.replications} "
        f"replications, seed {SEED}: `python run.py reproduce {case.scenario}`."
    )


def grade_line(report: Report) -> str:
    """The strength of the design."""
    level = report.maryland_level
    if level.value is None:
        return f"Not graded on the Maryland scale. {sentence(level.why)}"
    return f"Maryland scale of 1 to 5: level {level.value}, graded here ({level.standing}). {sentence(level.why)}"


def figure_parts(case: Case, lines: Sequence[Line]) -> list[str]:
    """The headline figures, fitted and predicted apart; the others as a count; what is recomputed; what is left out."""
    report, shown = case.report, [line for line in lines if is_headline(line)]
    parts = [f"### {TITLES[report.source]}: reported and simulated"]
    for role, words in (
        (FITTED, "Fitted: rates were chosen to meet these."),
        (PREDICTED, "Predicted: nothing was fitted to these."),
    ):
        chosen = [line for line in shown if line.role == role]
        if chosen:
            parts += [f"**{words}**", lines_table(report, chosen)]
    if meanings := meanings_of(lines):
        parts += ["What the misses of predicted figures mean:", markdown.bullets(meanings)]
    others = [line for line in lines if not is_headline(line) and line.role != ARITHMETIC]
    if others:
        parts.append(others_in_words(case, others))
    recomputed = [line for line in lines if line.role == ARITHMETIC]
    if recomputed:
        rows = [[as_code(name), *rest] for name, *rest in map(arithmetic_cells, recomputed)]
        parts += ["**Recomputed from the report's own inputs.**", markdown.table(ARITHMETIC_HEADINGS, rows)]
    return [*parts, left_out(report, not_simulated(report, lines))]


def is_headline(line: Line) -> bool:
    """Whether a figure stands here: for the Data Lab the national overall analysis, for Bedfordshire all areas together."""
    if line.role == ARITHMETIC:
        return False
    name = short(line.figure, line.report)
    if line.report in ANALYSES and name.startswith("table_"):
        return name.split(".")[1] == ANALYSES[line.report]
    area = name.split(".")[1] if name.startswith("figure_") else "total"
    return area == "total"


def lines_table(report: Report, lines: Sequence[Line]) -> str:
    """Reported, as printed, and simulated, with units."""
    rows = []
    for line in lines:
        name, shown, *rest, _ = line_cells(line)
        figure = report.figures.get(short(line.figure, line.report))
        unit, printed = (figure.unit, as_printed(figure.value)) if figure else ("", shown)
        rows.append([as_code(name), unit, printed, *(each.replace("-", "−") for each in rest)])
    return markdown.table((HEADINGS[0], "Unit", *HEADINGS[1:5]), rows)


def as_code(name: str) -> str:
    """A figure's name as code, with what stands behind it."""
    bare, *mark = name.split(" ", 1)
    return " ".join([markdown.code(bare), *mark])


def others_in_words(case: Case, lines: Sequence[Line]) -> str:
    """How many figures of the other analyses or areas are predicted too, and how many miss."""
    what = "areas one by one" if case.looked else "the other analyses"
    return (
        f"{len(lines)} more figures, of {what}, are simulated as well; {missing(lines, PREDICTED)} of them miss by more "
        f"than {FAR:.0f} standard errors. `python run.py reproduce {case.scenario}` prints them all."
    )


def left_out(report: Report, names: Sequence[str]) -> str:
    """What is not simulated, and why."""
    reasons = Counter(reason_not_simulated(report.source, name) for name in names)
    return "\n\n".join([
        f"**Not simulated: {len(names)} of the report's {len(report.figures)} figures.**",
        markdown.bullets([f"{count}: {reason}." for reason, count in reasons.items()]),
    ])  # fmt: skip


def regression_parts(case: Case, simulated: Simulated) -> list[str]:
    """How much of the fall is selection, with what can be said and what cannot."""
    assert case.looked is not None
    rows = simulated.regressions[case.report.source]
    figures = {measure: value for measure, (_, value) in reported(case.report, case.looked).items()}
    cells = [[each.replace("-", "−") if n else each for n, each in enumerate(regression_cells(row))] for row in rows]
    parts = [
        f"### {TITLES[case.report.source]}: how much of the fall would have been seen anyway",
        range_in_words(rows, years_alike(case.looked) != 1.0),
        markdown.table(REGRESSION_HEADINGS, cells),
        "" if all(row.reached for row in rows) else f"\\{NOT_REACHED}.",
        looked_in_words(case.looked),
        people_in_words(rows, figures),
    ]
    return [*parts, markdown.bullets(what_can_be_said(rows, years_alike(case.looked) != 1.0))]
