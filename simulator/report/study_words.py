"""A planned study in words: what n people could see, how many are needed, and what the Data Lab's own studies could see."""

from __future__ import annotations

import math
from collections.abc import Sequence

from simulator.closed_forms import sample_size
from simulator.evaluation.published_studies import IMPLIED_POWER, people_analysed, people_submitted, printed
from simulator.evaluation.studies import DAYS, FREQUENCY, RATE, SIMULATION, Simulated, Study
from simulator.evidence import Effect, Report
from simulator.report.studies import Answer
from simulator.report.text import listed, table, wrapped

IN_A_COLUMN = {
    RATE.name: "reoffending rate, points",
    FREQUENCY.name: "reoffences per 100 people",
    DAYS.name: "days to first reoffence",
}
RATIOS = {
    "occasions_ratio": "occasions",
    "offences_per_occasion_ratio": "offences per occasion",
    "custody_ratio": "custody",
}
PLAN_HEADINGS = ("By", "People", "Expected difference [95%]", "Power", "Noise ±")
PUBLISHED_HEADINGS = ("Report", "Measure", "People", "Reported difference [95%]", "Could see", "People needed")
NEEDED_HEADINGS = ("Report", "Rates", "Printed", "Computed [by rounding]", "Implied power [by rounding]")


def number(value: float, decimals: int = 1) -> str:
    """A number with a proper minus sign, and none for nothing."""
    return f"{round(value, decimals) + 0.0:,.{decimals}f}".replace("-", "−")


def percent(share: float, decimals: int = 0) -> str:
    """A share in percent."""
    return f"{100.0 * share:.{decimals}f}%"


def difference_cell(study: Study) -> str:
    """The expected difference with the interval that a study would report."""
    value = number(study.expected_difference)
    return f"{value} [{number(study.interval[0])} to {number(study.interval[1])}]" if study.interval else value


def people_cell(n: int | None) -> str:
    """A number of people; a dash where none is enough."""
    return f"{n:,}" if n is not None else "–"


def plan_row(study: Study, people: int) -> list[str]:
    """One planned study as a line of its measure's table."""
    how = study.method if study.n == people else f"{study.method}, people needed"
    noise = percent(study.monte_carlo_error, 1) if study.monte_carlo_error is not None else ""
    return [how, people_cell(study.n), difference_cell(study), percent(study.power), noise]


def answer_text(answer: Answer) -> str:
    """The whole answer for the terminal."""
    parts = [heading_of(answer)]
    parts += [measure_text(answer, each, plan) for each, plan in zip(answer.found, answer.plans, strict=True)]
    parts += [published_text(answer), needed_text(answer)]
    parts.append("\n".join(["Before you quote a figure:", *map(wrapped, cautions(answer))]))
    return "\n\n".join(parts)


def heading_of(answer: Answer) -> str:
    """What is planned, for whom, and on what simulated people."""
    asked = answer.question
    what = (
        f"Planning a matched comparison of {answer.scenario.title}, '{answer.scenario.arm(answer.arm).title}': "
        f"{asked.people:,} people against a far larger group, followed for one year; two-sided tests at 5%, "
        f"wanted power {percent_exact(asked.power)}."
    )
    effect = effect_in_words(answer.effect)
    drawn = f" {asked.studies:,} studies are drawn from them."
    if asked.differences:
        effect, drawn = "The difference is stated, so it is formula only: nobody is simulated under it.", ""
    luck = f"{asked.replications} replications, {answer.followed:,} people followed, seed {asked.seed}.{drawn}"
    return "\n".join([wrapped(what, ""), wrapped(f"{effect} {luck}", "")])


def effect_in_words(effect: Effect) -> str:
    """The effect with the ratios that it moves; studies are planned for its central values alone."""
    ratios = [
        f"{RATIOS.get(name, name)} {ratio.value:g}"
        + (f" [{ratio.low:g} to {ratio.high:g}]" if ratio.low is not None and ratio.high is not None else "")
        for name, ratio in effect.ratios.items()
        if ratio.value != 1.0
    ]
    return f"Effect: {effect.name}" + (f", taken at its central ratios ({', '.join(ratios)})." if ratios else ".")


def percent_exact(share: float) -> str:
    """A share in percent with as many decimals as it has."""
    return f"{round(100.0 * share, 6):g}%"


def measure_text(answer: Answer, found: Simulated, plan: Sequence[Study]) -> str:
    """One measure: a table, what n people could see, and how many the expected difference needs."""
    first, asked = plan[0], answer.question
    levels = f"{number(found.comparison.mean)} without the scheme's effect"
    levels += f", {number(found.comparison.mean + first.expected_difference)} with it"
    unit = "percent" if found.measure is RATE else found.measure.unit
    title = found.measure.title
    rows = [plan_row(study, asked.people) for study in plan]
    said = [seen_in_words(first, title), needed_in_words(first, found.noise)]
    return "\n".join(
        [f"{title[:1].upper()}{title[1:]} ({unit}): {levels}", table(PLAN_HEADINGS, rows), wrapped(" ".join(said), "")]
    )


def seen_in_words(study: Study, title: str) -> str:
    """What a study of this size could not have seen."""
    wanted = percent_exact(study.wanted_power)
    if study.detectable_difference is None:
        return f"With {study.n:,} people not even the largest possible difference is seen with a power of {wanted}."
    size = f"{number(abs(study.detectable_difference))} {study.unit}"
    change = "fall" if study.detectable_difference < 0.0 else "delay"
    where = f"in the {title}" if change == "fall" else "of the first reoffence"
    return f"With a power of {wanted}, {study.n:,} people cannot show a {change} {where} of less than {size}."


def needed_in_words(study: Study, noise: float) -> str:
    """How many people the expected difference needs, with the error that simulating the difference leaves."""
    if study.required_n is None:
        return "No difference is expected here; 5% of studies would report one by luck alone, however many people they have."
    share = (
        2.0 * noise / abs(study.expected_difference) if study.monte_carlo_error else 0.0
    )  # n goes as 1 / difference^2
    if share > 1.0:
        return "Simulation noise is too large to tell from this run how many people the difference expected here needs."
    rough = f" (± {share:.0%} of them, from simulation noise)" if share else ""
    return f"The difference expected here needs {study.required_n:,} people{rough}."


def published_text(answer: Answer) -> str:
    """What each Data Lab study could see, with the wanted power."""
    wanted = percent_exact(answer.question.power)
    rows = [
        [
            report_of(study),
            IN_A_COLUMN[study.measure],
            f"{study.n:,}",
            difference_cell(study),
            "–" if study.detectable_difference is None else number(study.detectable_difference),
            people_cell(study.required_n),
        ]
        for study in answer.published
        if study.power_range is None
    ]
    heading = (
        f"The Data Lab's studies, from their printed figures: the least that they could see with a power of {wanted}"
    )
    said = f"People needed: for a difference as large as the one reported to be seen with a power of {wanted}."
    return "\n".join([heading, table(PUBLISHED_HEADINGS, rows), wrapped(said, "")])


def report_of(study: Study) -> str:
    """The report in a published study's design."""
    return study.design.removeprefix("Justice Data Lab, ").partition(":")[0]


def needed_text(answer: Answer) -> str:
    """The sample sizes that the Data Lab printed, computed again, and the power that they imply."""
    studies = [study for study in answer.published if study.power_range is not None]
    rows = [needed_row(study, answer.reports[report_of(study)]) for study in studies]
    others = [f"{people_at(0.8, answer.reports[report_of(study)]):,}" for study in studies]
    said = (
        f"Both are the sizes for a power of {percent(IMPLIED_POWER)}, as far as the rounding of the rates lets one tell; "
        f"a power of 80% would ask for {listed(others)} people."
    )
    heading = (
        f"People needed for the {RATE.title} as the Data Lab printed it, computed again for {percent(IMPLIED_POWER)}"
    )
    return "\n".join([heading, table(NEEDED_HEADINGS, rows), wrapped(said, "")])


def needed_row(study: Study, report: Report) -> list[str]:
    """One printed sample size as a line of the table."""
    rates = printed(report, RATE)
    low, high = study.required_n_range or (0, 0)
    powers = " to ".join(f"{100.0 * each:.1f}" for each in study.power_range or ())
    return [
        report.source,
        f"{rates.treatment} against {rates.comparison}",
        f"{study.n:,}",
        f"{people_cell(study.required_n)} [{low:,} to {high:,}]",
        f"{percent(study.power, 1)} [{powers}]",
    ]


def people_at(power: float, report: Report) -> int:
    """People for another power, from the printed rates."""
    rates = printed(report, RATE)
    return math.ceil(
        sample_size((rates.treatment - rates.comparison) / 100.0, (rates.treatment + rates.comparison) / 200.0, power)
    )


def cautions(answer: Answer) -> list[str]:
    """What a plan does not say."""
    analysed = listed([f"{people_analysed(each):,} of {people_submitted(each):,}" for each in answer.reports.values()])
    return [
        "An inconclusive study means that more people would need to be analysed; it should not be taken to mean that a "
        "scheme fails to affect the reoffending rate or frequency.",
        "The comparison group here is the same people without the effect, so the match is perfect. A real one also differs "
        "in what nobody recorded, and more people do not mend that.",
        f"People means people analysed: of the records sent to it the Data Lab analysed {analysed}.",
        "Noise ±: one standard error of the power, from the number of people simulated (it moves formula and simulation "
        "together) and of studies drawn; more --replications and --studies narrow it.",
        *blurred(answer),
        *skewed(answer),
        *other_levels(answer),
    ]


def blurred(answer: Answer) -> list[str]:
    """Simulated differences that are hardly larger than their own noise."""
    names = [
        f"the {each.measure.title} ({number(plan[0].expected_difference)} ± {number(each.noise)})"
        for each, plan in zip(answer.found, answer.plans, strict=True)
        if 0.0 < abs(plan[0].expected_difference) < 4.0 * each.noise
    ]
    if not names:
        return []
    return [f"Not yet clear of simulation noise, so power and people needed are rough: {listed(names)}."]


def skewed(answer: Answer) -> list[str]:
    """Measures whose power by simulation is not that by formula, beyond what the number of studies explains."""
    names = []
    for found, plan in zip(answer.found, answer.plans, strict=True):
        by_method = {study.method: study for study in reversed(plan)}  # with the n asked for, not the n needed
        if SIMULATION in by_method:
            share = by_method[SIMULATION].power
            gap, error = share - plan[0].power, math.sqrt(max(share * (1.0 - share), 0.01) / answer.question.studies)
            names += [f"the {found.measure.title}"] if abs(gap) > 4.0 * error else []
    if not names:
        return []
    return [
        f"Formula and simulation differ for {listed(names)}: counts are skewed, and a rate moves by whole people, so a "
        "study of this size is not quite normal. Prefer the simulation."
    ]


def other_levels(answer: Answer) -> list[str]:
    """Where the scenario is one of the Data Lab's, its printed comparison group beside the simulated one."""
    report = answer.reports.get(answer.scenario.source)
    if report is None:
        return []
    said = [
        f"{each.measure.title} {number(each.comparison.mean)} (printed {number(printed(report, each.measure).comparison)})"
        for each in answer.found
    ]
    return [f"The simulated comparison group beside the one that the report prints: {'; '.join(said)}."]
