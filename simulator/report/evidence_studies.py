"""The Data Lab's sizes of studies, for the evidence document."""

from __future__ import annotations

from simulator.evaluation.published_studies import IMPLIED_POWER, published_studies
from simulator.evidence import Report
from simulator.report import markdown
from simulator.report.evidence_words import TITLES
from simulator.report.study_words import (
    IN_A_COLUMN,
    NEEDED_HEADINGS,
    PUBLISHED_HEADINGS,
    difference_cell,
    needed_row,
    number,
    people_at,
    people_cell,
    percent,
    report_of,
)
from simulator.report.text import listed

POWER = 0.8


def studies_section(reports: dict[str, Report]) -> str:
    """The Data Lab's own sizes of studies: what power they imply, and what its studies could see."""
    studies = published_studies(reports, POWER)
    needed = [each for each in studies if each.power_range is not None]
    seen = [
        [
            TITLES[report_of(each)], IN_A_COLUMN[each.measure], f"{each.n:,}", difference_cell(each),
            number(each.detectable_difference) if each.detectable_difference is not None else "–",
            people_cell(each.required_n),
        ]
        for each in studies if each.power_range is None
    ]  # fmt: skip
    others = listed([people_cell(people_at(POWER, reports[report_of(each)])) for each in needed])
    rows = [[TITLES[report_of(each)], *needed_row(each, reports[report_of(each)])[1:]] for each in needed]
    return "\n\n".join([
        "## How large a study has to be",
        "Both reports print how many people would have been needed to tell the direction of the difference in the "
        f"reoffending rate. Computed again for a power of {percent(IMPLIED_POWER)}:",
        markdown.table(NEEDED_HEADINGS, rows),
        f"Brackets: what the rounding of the printed rates leaves open. A power of {percent(POWER)} would ask for {others} "
        "people analysed.",
        f"What each study could see with a power of {percent(POWER)}, from its printed figures:",
        markdown.table(PUBLISHED_HEADINGS, seen),
        "People needed: for a difference as large as the one reported to be seen with that power. An inconclusive study "
        "means that more people would need to be analysed; it should not be taken to mean that a scheme fails to affect the "
        "reoffending rate or frequency. `python run.py evaluate --people 300` plans another.",
    ])  # fmt: skip
