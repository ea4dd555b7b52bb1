"""The economic case: the question, the options and what each is worth, what may be said of it, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.documents.contents import Block, Bullets, Paragraph, Section
from simulator.documents.sections import choices, evidence
from simulator.documents.sections.material import Material, table_of
from simulator.report import decision_words, mark_words, text, verdicts
from simulator.report.sweeps import chances_words, tornado
from simulator.report.sweeps.wording import percent

BARS = 8
TOP_TORNADO = "tornado-top"
NOT_DRAWN = "not drawn"
Arm = Mapping[str, Any]


def question(material: Material) -> Section:
    """The strategic question, and which parts of a business case are for its author."""
    budget = material.answer("budget")
    asked = [Paragraph(f"**{budget['why']}**")] if budget and budget["why"] else []
    return Section(
        "question",
        "The question",
        (
            *asked,
            Paragraph(
                f"Each funding choice is weighed against '{material.other['title']}' over "
                f"{verdicts.years(material.comparison)}: what it costs, what it changes, and what that is worth to society. "
                "The strategic, commercial and management cases are for the author of the business case; nothing here "
                "stands in for them."
            ),
        ),
    )


def options(material: Material) -> Section:
    """Each choice and why somebody would weigh it."""
    said = tuple(option(arm, arm["name"] == material.other["name"]) for arm in material.comparison["arms"])
    return Section("what-choices", "The options", (Bullets(said),))


def option(arm: Arm, is_comparator: bool) -> str:
    """One choice; the comparator is called so once."""
    called = " (the comparator)" if is_comparator and "comparator" not in arm["why"].lower() else ""
    return f"**{arm['title']}**{called}. {arm['why']}"


def appraisal(material: Material) -> Section:
    """The options appraisal: two tables and the figure of NPSV."""
    document = material.comparison
    said = Paragraph(
        f"Everything is the difference from '{material.other['title']}', as the mean of {verdicts.runs(document)}. NPSV is "
        "net present social value: benefit less programme cost, each discounted. Benefit per £1 is benefit over programme "
        "cost. Read both with their intervals; a ratio is refused where it would have no meaning."
    )
    parts = (value_table(material), sureness_table(material), material.figure("npsv-by-arm"))
    return Section("appraisal", "Options appraisal", (said, *parts))


def value_table(material: Material) -> Block:
    """Programme cost, benefit and NPSV with its interval."""
    document = material.comparison
    rows = [
        [
            arm["title"],
            text.pounds(arm["programme_cost_gbp"]),
            text.pounds(arm["benefit_gbp"]),
            text.pounds(arm["npsv_gbp"]),
            verdicts.spoken(arm["npsv_interval"]),
        ]
        for arm in material.compared
    ]
    return table_of(
        "options-value",
        f"Cost, benefit and NPSV over {verdicts.years(document)}; present value in {document['price_base']} prices",
        [
            "Funding choice",
            mark_words.under("Programme cost", document, "programme_cost_gbp"),
            mark_words.under("Benefit", document, "benefit_gbp"),
            mark_words.under("NPSV", document, "npsv_gbp"),
            "95% interval of NPSV",
        ],
        rows,
        [f"The interval carries {verdicts.held_by_intervals(document) or 'nothing: no input was drawn'}."],
    )


def sureness_table(material: Material) -> Block:
    """Benefit per £1 with its interval, and over the draws the chance to pay and the expected loss."""
    document, drawn = material.comparison, material.answer("chances")
    found = {arm["name"]: arm for arm in drawn["arms"]} if drawn else {}
    refused = [
        f"{arm['title']}: {arm['ratio_reason']}." for arm in material.compared if arm["benefit_per_pound"] is None
    ]
    over = (
        f"Chances and losses are over {drawn['draws']:,} draws of everything uncertain. The expected loss is the mean over "
        "all draws, a draw that pays counting as nothing."
        if drawn
        else "How likely benefits are to exceed costs was not looked into: no draws were made."
    )
    return table_of(
        "options-sureness",
        f"Benefit per £1, and how sure it is, in {document['price_base']} prices",
        [
            "Funding choice",
            mark_words.under("Benefit per £1", document, "benefit_per_pound"),
            "95% interval of the ratio",
            *(["Chance that benefits exceed costs", "Expected loss"] if drawn else []),
        ],
        [[*ratio_cells(arm), *(chance_cells(found.get(arm["name"])) if drawn else [])] for arm in material.compared],
        [*refused, over],
    )


def ratio_cells(arm: Arm) -> list[str]:
    """An arm's benefit per £1 and its interval; the reason for a missing one stands in a note."""
    ratio = arm["benefit_per_pound"]
    if ratio is None:
        return [arm["title"], "not given", "see below"]
    return [
        arm["title"],
        verdicts.ratio(ratio),
        verdicts.ratio_interval(arm["benefit_per_pound_interval"]) or "not available",
    ]


def chance_cells(drawn: Arm | None) -> list[str]:
    """An arm's chance to pay and its expected loss."""
    if drawn is None:
        return [NOT_DRAWN, NOT_DRAWN]
    return [percent(drawn["chance_benefits_exceed_costs"]), text.pounds(drawn["expected_loss_gbp"])]


def wording(material: Material) -> Section:
    """What may be said of the results, and what not, in the manner of the Justice Data Lab."""
    cannot = verdicts.cannot_be_said(material.comparison)
    return Section(
        "wording",
        "What can and cannot be said",
        (
            Paragraph(
                "Please keep to these sentences when you quote the results; the second list is as much a finding."
            ),
            Section("can", "What can be said", (Bullets(tuple(verdicts.can_be_said(material.comparison))),)),
            Section("cannot", "What cannot be said", (Bullets(tuple(map(elsewhere, cannot))),)),
        ),
    )


def elsewhere(words: str) -> str:
    """A sentence of the report for a document that has not every table of it."""
    return words.replace("The inputs below show", "The inputs in `report.html` show")


def optimism_bias(material: Material) -> Section:
    """What was added to costs and taken off benefits, and what a further uplift would do."""
    budget, arm = material.answer("budget"), material.arm
    on_costs, on_benefits = (budget["optimism_bias"], budget["benefit_cut"]) if budget else (0.0, 0.0)
    said = (
        f"Programme costs are raised by {on_costs:.0%} and benefits cut by {on_benefits:.0%}, on lines that cost more or "
        "gain; no line is improved by it."
        if on_costs or on_benefits
        else "No optimism bias is applied: programme costs are not raised and benefits not cut. Treasury values for capital "
        "projects do not fit a service, and the grades for services in the Greater Manchester guidance were not at hand. "
        "The range that each input has, and the share of a reported fall that is selection, stand in its place; an uplift "
        "on top of them for the same risk would count it twice."
    )
    share = arm["programme_cost_gbp"] * 0.1 if arm["programme_cost_gbp"] > 0.0 else None
    tried = (
        []
        if share is None
        else [
            Paragraph(
                f"A further 10% on the programme cost of '{arm['title']}' would take {text.pounds(share)} off its NPSV. "
                "`--set appraisal.optimism_bias=0.1` and `--set appraisal.benefit_cut=0.1` apply an uplift to every choice."
            )
        ]
    )
    return Section("optimism-bias", "Optimism bias", (Paragraph(said), *tried))


def sensitivity(material: Material) -> Section:
    """Draws, one input at a time, what would change the decision, and the other readings of the same runs."""
    found = [draws(material), tops(material), switches(material), other_readings(material)]
    return Section("sensitivity", "Sensitivity", tuple(each for each in found if each is not None))


def draws(material: Material) -> Section | None:
    """How likely the choice is to pay when everything uncertain is drawn."""
    answer = material.answer("chances")
    if answer is None:
        return None
    return Section("draws", "Everything at once", (Bullets(tuple(chances_words.sentences_of(answer))),))


def tops(material: Material) -> Section | None:
    """The widest bars of the tornado."""
    answer = material.answer("tornado")
    if answer is None:
        return None
    bars = answer["bars"][:BARS]
    rows = [
        [
            f"{bar['label'][:1].upper()}{bar['label'][1:]}",
            text.pounds(bar["npsv_at_low_gbp"]),
            text.pounds(bar["npsv_at_high_gbp"]),
            text.pounds(bar["swing_gbp"]),
            bar["standing"],
        ]
        for bar in bars
    ]
    left = len(answer["bars"]) - len(bars)
    table = table_of(
        "tops",
        f"NPSV of '{answer['arm_title']}' with one input at its low and its high, {answer['price_base']} prices",
        ["Input", "NPSV at its low", "NPSV at its high", "Swing", "Standing"],
        rows,
        [f"{left} more inputs were moved; none has a wider swing."] if left else [],
    )
    picture = material.picture(
        TOP_TORNADO, "The widest bars matter most. A bar that crosses zero changes the sign.", table
    )
    return Section("tops", "One input at a time", (Bullets(tuple(tornado.sentences_of(answer))), picture))


def switches(material: Material) -> Section | None:
    """The smallest moves that make another choice preferred."""
    answer = material.answer("decision")
    if answer is None:
        return None
    return Section("switches", "What would change the decision", (Bullets(tuple(decision_words.sentences_of(answer))),))


def other_readings(material: Material) -> Section:
    """The same runs under both costings and both counting units."""
    document, arm = material.comparison, material.arm
    rows = [choices.reading_row(row, document) for row in document["alternatives"] if row["name"] == arm["name"]]
    return Section(
        "other-readings",
        "Other readings of the same runs",
        (
            Paragraph(
                "The same simulated lives, priced in other ways. Explicit costing counts arrests, courts, custody and "
                "supervision as they happen; inclusive costing takes average police, court and prison costs for each crime. "
                "Proven counting counts one crime for each proven offence; multiplied counting adds crimes that are never "
                "proven, by an assumed factor."
            ),
            table_of(
                "other-readings-table",
                f"'{arm['title']}' under both costings and both counting units; present value in "
                f"{document['price_base']} prices",
                ["Reading", "Programme cost", "Benefit", "NPSV", "Benefit per £1"],
                rows,
            ),
            Paragraph(
                f"With social costs discounted at the lower rate for health, NPSV is "
                f"{text.pounds(arm['npsv_with_health_discounting_gbp'])} in place of {text.pounds(arm['npsv_gbp'])}."
            ),
        ),
    )


def regression(material: Material) -> Section:
    """How much of a reported fall would have been seen anyway."""
    found = evidence.regression_to_the_mean(material)
    fall = material.comparison["reported_fall"]
    if found is not None:
        blocks: tuple[Block, ...] = found.blocks
    elif fall is not None:
        blocks = (Paragraph(text.fall_in_words(fall)),)
    else:
        blocks = (Paragraph("No fall in a report of the scheme's own stands behind these results."),)
    warning = Paragraph(
        "People are chosen for a scheme like this one at their worst. Many of them would have offended less in the "
        "following year without it, and none of that is counted as a benefit here: every choice is compared with the same "
        "people under the comparator."
    )
    return Section("regression-to-the-mean", "Regression to the mean", (warning, *blocks))
