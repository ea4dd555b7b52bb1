"""What the evidence document says in sentences: each report in a paragraph, and why some of its figures are not simulated.

A figure of the report stands in braces by its name, and is filled in from the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from simulator.evaluation.audit import Verdict
from simulator.evidence import Report

TITLES: Mapping[str, str] = {
    "leeds_2017": "Leeds",
    "southwark_2018": "Southwark",
    "bedfordshire_2019": "Bedfordshire",
    "leicestershire_2016": "Leicestershire",
    "sussex_2013": "Sussex",
}

PARAGRAPHS: Mapping[str, str] = {
    "leeds_2017": (
        "A Justice Data Lab analysis of the Leeds programme. {key_findings.people_analysed} of "
        "{key_findings.records_submitted} people whose records were sent in could be analysed: each was set against a "
        "large group of people with similar histories, and both were followed for one year from release or sentence. "
        "Proven reoffences are counted. Four analyses (overall and over 12 weeks, national and regional). The "
        "reoffending rate was {table_1.overall_national.treatment_rate}% against "
        "{table_1.overall_national.comparison_rate}% and the interval of the difference includes nought: the report is "
        "inconclusive on the rate and the frequency of proven reoffending. It shows fewer custodial sentences for each "
        "reoffender. People who reoffended before they started ({exclusions.reoffended_before_start}) were left out."
    ),
    "southwark_2018": (
        "A Justice Data Lab analysis of the Southwark programme, made like that of Leeds, with a national and a regional "
        "analysis. {key_findings.people_analysed} people were analysed and {key_findings.people_not_analysed} were not. "
        "The reoffending rate was {table_1.national.treatment_rate}% against {table_1.national.comparison_rate}%; the "
        "report is inconclusive on the rate and the frequency of proven reoffending, and shows fewer either way "
        "reoffences and fewer custodial sentences for each reoffender. People who reoffended before they started "
        "({exclusions.reoffended_before_start}) were left out."
    ),
    "bedfordshire_2019": (
        "A performance report of the scheme on itself. The {sample.people} people on the list at the end of March 2019 "
        "are compared with themselves: the year before their own selection, which may lie years back, against "
        "April 2018 to March 2019. There is no comparison group. Under {sample.least_time_on_cohort} months on the list "
        "or over {sample.most_time_in_prison} months of the year in prison: left out. Counts of those with "
        "{sample.scaling_from} to {sample.scaling_to} months on it are scaled up. \"Offences\" may be arrests with a "
        "positive disposal. The headline is a fall from {figure_1.total.before} to {figure_1.total.after}, "
        "{figure_1.total.decrease_percent}%."
    ),
    "leicestershire_2016": (
        "A performance report of the scheme on itself. {reoffending.overall.offenders} people on the scheme and in the "
        "community who had offended in the year to March 2015 are compared with themselves in the year after. There is "
        "no comparison group, and having offended in the first year is what put them in the table. The headline is a "
        "change from {reoffending.overall.before} to {reoffending.overall.after} offences, "
        "{reoffending.overall.change_percent}%."
    ),
    "sussex_2013": (
        "The summary of an evaluation of {reoffending.offenders} people who started by October 2010. Its "
        "{reoffending.below_predicted}% is reoffending observed against reoffending predicted; it is not a fall, and "
        "there is no comparison group. Beside it stand reconvictions: {reconvicted.before}% in the 24 months before and "
        "{reconvicted.after}% in the 24 months after, and {convictions.before} convictions a person in the 24 months "
        "before against {convictions.after} in the 12 months after: unlike windows. It states £{benefit_per_pound} of "
        "benefit for each £1 over {benefit_horizon} years, and tells of one person who cost "
        "£{case_study.cost_per_year} in a year."
    ),
}  # fmt: skip

PERSONAL = "who the people are and how they were matched: what goes in, or what the model has not"
NUMBERS_BEHIND = "how many people and offences stand behind each cell of the tables"
BENEFIT = "the benefit for each £1, its horizon and what it rests on: taken apart below"
UNTOLD = "for a reason that is still to be said"
BY_TRIAL = "offences by mode of trial, which the model has not"
# Why figures are not simulated, by the first part of their name, with the report where its name means another thing there.
NOT_SIMULATED: Mapping[str, str] = {
    "profile": PERSONAL,
    "profile_not_included": PERSONAL,
    "group_sizes": NUMBERS_BEHIND,
    "exclusions": "how many records were left out, and why",
    "needs": "needs that were assessed; the model has none",
    "key_findings": "how large the study was, and how large it says it had to be: see the sizes of studies below",
    "programme": "how the scheme was run: goes in",
    "cohort": "the cohort by area and type: goes in, but for the number in custody",
    "sample": "how people were chosen: the protocol follows it",
    "figure_1": "people in each area: goes in",
    "figure_2": "people in each area: goes in",
    "figure_5": "counts that its own pounds are worked out from",
    "offender_a": "one person's years and arrests; his custody costs are recomputed",
    "offender_b": "one person's years, arrests and offences; no custody is printed",
    "criteria": "rules of selection and deselection: go in",
    "rag": "rules of the RAG status: go in",
    "pathways": "needs that were scored; the model has none",
    "deselections": "how many people the text describes",
    "caseload": "caseload by area and quarter; the model does not tell the areas apart",
    "priority": "caseload by quarter and agency; of it, only who is in custody on the day is simulated",
    "age": "ages; the model does not tell them apart",
    "text": "sentences that repeat a table",
    "reoffending": "how many people were looked at: goes in",
    "sussex_2013.reoffending": "how many people there were, and the 78% below a prediction that is not printed",
    **dict.fromkeys(("benefit_per_pound", "benefit_horizon", "benefit_based_on_reduction"), BENEFIT),
    **{f"table_{number}": NUMBERS_BEHIND for number in range(1, 9)},
    "southwark_2018.table_4": BY_TRIAL,
    "southwark_2018.table_5": BY_TRIAL,
    "case_study": "the case and its shares, from which the amounts are recomputed",
}  # fmt: skip
NAMED = re.compile(r"\{([a-z0-9_.]+)\}")


def paragraph_of(report: Report) -> str:
    """What a report is and how it was made, with its own figures filled in."""
    return NAMED.sub(lambda found: as_printed(report.figures[found[1]].value), PARAGRAPHS[report.source])


def as_printed(value: float) -> str:
    """A figure as a report has it: no zeros behind it, thousands separated, a proper minus sign."""
    return f"{value:,.10g}".replace("-", "−")


def reason_not_simulated(report: str, name: str) -> str:
    """Why a figure, by its name in the report, is not simulated."""
    section = name.partition(".")[0]
    return NOT_SIMULATED.get(f"{report}.{section}", NOT_SIMULATED.get(section, UNTOLD))


INTRODUCTION = (
    "For whoever writes a business case. Every number is made by the program from `evidence/`, `scenarios/` and "
    "`cost_tables/`, and none is copied by hand: `python run.py check --accept` makes this page again, and the tests fail "
    "when it is stale.",
    "Two reports compare people with others like them (Leeds, Southwark). Three compare people with themselves, or with a "
    "prediction, after choosing them for what they had done (Bedfordshire, Leicestershire, Sussex): part of their fall "
    "would have been seen anyway.",
)
READING = (
    "**Reported** is the figure as printed; its name is what `python run.py explain REPORT.NAME` takes.",
    "**Simulated** is the same figure from simulated people, looked at as the report looked at its own.",
    "**Standard error** is how far chance alone moves such a figure: from the report's own interval where it prints one, "
    "else from samples of simulated people as many as the report had.",
    "**Miss** is simulated less reported, in standard errors; ! marks more than two.",
    "**Fitted** figures were used to choose rates, so that meeting them says little. **Predicted** figures were not: a miss "
    "there says where the model is not to be trusted, and stays in.",
    "**†** marks a figure that is not simply what the report's own figures give; see the next section.",
)
DESIGN_WORDS: Mapping[str, str] = {
    "matched_comparison": "matched comparison",
    "before_after": "before and after",
    "observed_against_predicted": "observed against predicted",
}
AUDIT_WORDS: Mapping[Verdict, tuple[str, str]] = {
    Verdict.DOES_NOT_FOLLOW: (
        "Do not quote as they stand",
        "Computed again from the report's own figures, with rounding allowed for, these cannot come out as printed.",
    ),
    Verdict.FOLLOWS_TRUNCATED: (
        "Cut off, not rounded",
        "These follow only if decimals were cut off. Quote them as printed, or rounded anew, and say which.",
    ),
    Verdict.NOT_A_SIMPLE_RATIO: (
        "Not simple ratios",
        "Comparison records are weighted by how well they match the treated, so each rate is a weighted mean. Quote the "
        "printed rate; do not compute it again from the counts, and do not read the counts as the size of the study.",
    ),
}
