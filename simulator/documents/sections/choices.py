"""The funding choices side by side: cost, what each prevents, NPSV and benefit per £1 with their intervals, break-even."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.documents.contents import Block, Bullets, Paragraph, Section
from simulator.documents.sections.material import Material, table_of
from simulator.report import text, verdicts

Arm = Mapping[str, Any]


def funding_choices(material: Material) -> Section:
    """The comparison itself."""
    document = material.comparison
    held = verdicts.held_by_intervals(document) or "nothing in this run: no input was drawn"
    return Section(
        "choices",
        "Funding choices compared",
        (
            Paragraph(
                f"Everything is the difference from '{material.other['title']}' over {verdicts.years(document)}, as the "
                f"mean of {verdicts.runs(document)}. The **uncertainty interval** (95%) carries {held}; the **simulation "
                "interval** (95%) holds the luck of simulated lives, which more runs narrow. A minus sign before offences "
                "or days means more of them."
            ),
            summary_table(material),
            Paragraph(
                "NPSV is net present social value: benefit less programme cost. A ratio is refused where its denominator is "
                "not clearly above zero, because it then has no meaning; read the NPSV."
            ),
            material.figure("npsv-by-arm"),
            Section("what-choices", "What each choice is", (Bullets(reasons(material)),)),
        ),
    )


def reasons(material: Material) -> tuple[str, ...]:
    """Each choice with why somebody would weigh it."""
    return tuple(f"**{arm['title']}.** {arm['why']}" for arm in material.comparison["arms"])


def summary_table(material: Material) -> Block:
    """One row an arm."""
    headings = [
        "Funding choice", "Programme cost", "Fewer proven offences", "Fewer days in custody", "Benefit", "NPSV",
        "Uncertainty interval", "Benefit per £1", "Uncertainty interval of the ratio",
    ]  # fmt: skip
    refused = [
        f"{arm['title']}: {arm['ratio_reason']}." for arm in material.compared if arm["benefit_per_pound"] is None
    ]
    return table_of(
        "summary",
        f"Cost, what is prevented, and value for money; present value in {material.comparison['price_base']} prices",
        headings,
        [summary_row(arm) for arm in material.compared],
        refused,
    )


def summary_row(arm: Arm) -> list[str]:
    """One arm of the summary table."""
    return [
        arm["title"],
        text.pounds(arm["programme_cost_gbp"]),
        text.number(-arm["proven_offences"]["increment"]),
        text.number(-arm["custody_days"]["increment"]),
        text.pounds(arm["benefit_gbp"]),
        text.pounds(arm["npsv_gbp"]),
        verdicts.spoken(arm["npsv_interval"]),
        verdicts.ratio(arm["benefit_per_pound"]) if arm["benefit_per_pound"] is not None else "not given, see below",
        (verdicts.ratio_interval(arm["benefit_per_pound_interval"]) or "not available")
        if arm["benefit_per_pound"] is not None
        else "–",
    ]


def break_even(material: Material) -> Section:
    """What would pay for each choice, in operational words, and what a person managed costs."""
    rows = [
        [
            arm["title"],
            amount(arm["break_even"]["prevented_per_person_year"], "{:.2f}"),
            amount(arm["break_even"]["achieved_per_person_year"], "{:.2f}"),
            pounds_or_dash(arm["break_even"]["value_per_proven_offence_gbp"]),
            pounds_or_dash(arm["cost_per_managed_person_year_gbp"]),
            pounds_or_dash(arm["cost_per_proven_reoffence_prevented_gbp"]),
        ]
        for arm in material.compared
    ]
    arm = material.arm
    said = f"**{arm['title']}**: {verdicts.proper_minus(text.break_even_of(arm))}."
    return Section(
        "break-even",
        "What would pay for the scheme",
        (
            Paragraph(said),
            table_of(
                "break-even-table",
                f"Break-even and cost per managed offender, {material.comparison['price_base']} prices; the last two "
                "columns are not discounted",
                [
                    "Funding choice", "Reoffences to prevent per managed person-year", "Prevented in the simulation",
                    "What one is worth to victims, police and courts", "Cost per managed person-year",
                    "Cost per proven reoffence prevented",
                ],
                rows,
                ["A dash stands where the number prevented may be nil, or where there is nothing to divide by."],
            ),
        ),
    )  # fmt: skip


def amount(value: float | None, form: str) -> str:
    """A number in a format, or a dash."""
    return "–" if value is None else verdicts.proper_minus(form.format(value))


def pounds_or_dash(value: float | None) -> str:
    """Whole pounds, or a dash."""
    return "–" if value is None else verdicts.proper_minus(f"£{value:,.0f}")


def readings(material: Material) -> Section:
    """The same runs under other costings and countings, and over the other denominator."""
    document, arm = material.comparison, material.arm
    mine = [row for row in document["alternatives"] if row["name"] == arm["name"]]
    names = list(dict.fromkeys(reading_name(row, document) for row in document["alternatives"]))
    cells = {
        (row["name"], reading_name(row, document)): text.pounds(row["npsv_gbp"]) for row in document["alternatives"]
    }
    return Section(
        "readings",
        "Other readings of the same runs",
        (
            Paragraph(
                "The same simulated lives, priced in other ways. Explicit costing counts arrests, courts, custody and "
                "supervision as they happen; inclusive costing takes average police, court and prison costs for each crime. "
                "Proven counting counts one crime for each proven offence; multiplied counting adds crimes that are never "
                "proven, by an assumed factor."
            ),
            table_of(
                "readings-table",
                f"'{arm['title']}' under both costings and both counting units",
                ["Reading", "Programme cost", "Benefit", "NPSV", "Benefit per £1"],
                [reading_row(row, document) for row in mine],
            ),
            table_of(
                "all-readings-table",
                "NPSV of every choice under each reading",
                ["Funding choice", *names, "Headline, social costs discounted at the rate for health"],
                [
                    [
                        each["title"],
                        *(cells[each["name"], name] for name in names),
                        text.pounds(each["npsv_with_health_discounting_gbp"]),
                    ]
                    for each in material.compared
                ],
            ),
            Section("net-public", "Benefit per £1 of net public-sector cost", net_public(material)),
        ),
    )


def net_public(material: Material) -> tuple[Block, ...]:
    """The other ratio, whose denominator has fiscal benefits taken off."""
    return (
        Paragraph(
            "Here fiscal benefits are taken off the cost instead of being counted as benefits. The two ratios answer "
            "different questions and cannot be compared with each other."
        ),
        table_of(
            "net-public-table",
            "Benefit to society per £1 of programme cost less fiscal benefits",
            ["Funding choice", "Denominator", "Benefit per £1", "Uncertainty interval"],
            [net_public_row(arm) for arm in material.compared],
        ),
    )


def net_public_row(arm: Arm) -> list[str]:
    """One arm of it."""
    public = arm["benefit_per_pound_of_net_public_cost"]
    value = public["value"]
    return [
        arm["title"],
        text.pounds(public["denominator"]["gbp"]),
        verdicts.ratio(value) if value is not None else f"Not given: {public['ratio_reason']}",
        (verdicts.ratio_interval(public["interval"]) or "not available") if value is not None else "–",
    ]


def reading_name(row: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    """A costing and a counting unit, and whether they are those of the headline."""
    headline = row["costing"] == document["costing"] and row["counting"] == document["counting"]
    return f"{row['costing'].capitalize()} costing, {row['counting']} counting" + (" (headline)" if headline else "")


def reading_row(row: Mapping[str, Any], document: Mapping[str, Any]) -> list[str]:
    """One reading of the headline arm."""
    ratio = row["benefit_per_pound"]
    return [
        reading_name(row, document),
        *(text.pounds(row[name]) for name in ("programme_cost_gbp", "benefit_gbp", "npsv_gbp")),
        verdicts.ratio(ratio) if ratio is not None else f"Not given: {row['ratio_reason']}",
    ]
