"""How sure: chances and losses over draws, what one input can do, what would change the decision, what to find out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.documents.contents import Block, Bullets, Fold, Paragraph, Section
from simulator.documents.sections.material import Material, table_of
from simulator.report import decision_words, text
from simulator.report.sweeps import chances_words, tornado, worths
from simulator.report.sweeps.wording import percent, value_words

BARS = 12
Answer = Mapping[str, Any]


def chances(material: Material) -> Section | None:
    """The chance of paying back and the size of the loss if not."""
    answer = material.answer("chances")
    if answer is None:
        return None
    return Section(
        "chances",
        "How likely it is to pay, and what is lost if it does not",
        (
            Bullets(tuple(chances_words.sentences_of(answer))),
            chances_table(material, answer),
            *curve_blocks(material, answer),
            Section("worth-finding-out", "What would be worth finding out", worth_blocks(material, answer)),
            Fold("How to read these figures", (Bullets(tuple(answer["notes"])),)),
        ),
    )


def one_line(headings: tuple[str, ...]) -> list[str]:
    """Headings of a terminal's table on one line."""
    return [each.replace("\n", " ") for each in headings]


def chances_table(material: Material, answer: Answer) -> Block:
    """Chances, losses and intervals by arm."""
    rows = [chances_words.chance_cells(arm, answer) for arm in answer["arms"]]
    return material.picture(
        "psa-npsv",
        "Mean over the draws, and the span that 95% of the draws lie in.",
        table_of(
            "chances-table",
            f"Over {answer['draws']:,} draws of everything uncertain, {answer['price_base']} prices",
            one_line(chances_words.CHANCES),
            rows,
        ),
    )


def curve_blocks(material: Material, answer: Answer) -> list[Block]:
    """Chances by what a funder adds for each offence, and by the cost of the scheme."""
    curve = answer["by_value"]
    values = curve["added_gbp_per_offence_prevented"]
    places = [round(share * (len(values) - 1)) for share in chances_words.QUARTERS]
    rows = [
        [arm["title"], *(percent(arm["chance_best"][place]) for place in places)]
        for arm in curve["by_arm"]
        if max(arm["chance_best"]) >= chances_words.SEEN
    ]
    said = (
        "Chance to be the best, if a funder adds so much for each proven offence prevented, on top of the costs of crime "
        "that NPSV holds already. Adding the same harm again would count it twice. "
    )
    by_value = material.picture(
        "psa-by-value",
        said + chances_words.chosen_words(curve),
        table_of(
            "value-table",
            "Chance to be the best choice, by what a funder adds for each proven offence prevented",
            ["Funding choice", *(text.pounds(values[place]) for place in places)],
            rows,
        ),
    )
    return [by_value, *cost_block(material, answer)]


def cost_block(material: Material, answer: Answer) -> list[Block]:
    """How dear the scheme may be."""
    curve = answer["by_cost"]
    if not curve["by_arm"]:
        return []
    shares = curve["shares_of_programme_cost"]
    wanted = chances_words.COST_COLUMNS
    places = [min(range(len(shares)), key=lambda each: abs(shares[each] - share)) for share in wanted]
    rows = [
        [
            arm["title"],
            *(percent(arm["chance_benefits_exceed_costs"][place]) for place in places),
            chances_words.even_words(arm),
        ]
        for arm in curve["by_arm"]
    ]
    return [
        material.picture(
            "psa-by-cost",
            "How dear the scheme may be: chance that benefits exceed costs, were its cost another and all else the same.",
            table_of(
                "cost-table",
                "Chance that benefits exceed costs, by the share of its programme cost",
                [
                    "Funding choice",
                    *(percent(shares[place]) for place in places),
                    "Even chance at",
                ],
                rows,
            ),
        )
    ]


def worth_blocks(material: Material, answer: Answer) -> tuple[Block, ...]:
    """What finding out would be worth, before choosing."""
    found = answer["worths"]
    if not found:
        return (Paragraph("Nothing was drawn that could be found out."),)
    rows = [
        found["everything"],
        *found["groups"],
        *(row for row in found["inputs"] if row["told_from_zero"]),
        *worths.asked(found["studies"]),
    ]
    return (
        material.picture(
            "psa-worth",
            "An amount is the most that could be gained by knowing before choosing; most inputs cannot be told from zero.",
            table_of(
                "worths-table",
                f"Worth of finding out before choosing, {answer['price_base']} prices",
                ["Finding out", "Worth up to", "± (95%)", "Of everything", "Note"],
                [[row["label"], *worths.cells_of(row)] for row in rows],
            ),
        ),
    )


def one_at_a_time(material: Material) -> Section | None:
    """The tornado on NPSV."""
    answer = material.answer("tornado")
    if answer is None:
        return None
    bars = answer["bars"][:BARS]
    rows = [
        [
            f"{bar['label']} (`{bar['name']}`)",
            text.pounds(bar["npsv_at_low_gbp"]),
            text.pounds(bar["npsv_at_high_gbp"]),
            text.pounds(bar["swing_gbp"]),
            value_words(bar["low"]),
            value_words(bar["high"]),
            "; ".join([f"{bar['unit']}, {bar['standing']}", *remarks(bar, answer)]),
        ]
        for bar in bars
    ]
    left = len(answer["bars"]) - len(bars)
    return Section(
        "tornado",
        "One input at a time",
        (
            Bullets(tuple(tornado.sentences_of(answer))),
            material.picture(
                "tornado",
                "The widest bars matter most. A bar that crosses zero changes the sign of NPSV.",
                table_of(
                    "tornado-table",
                    f"NPSV of '{answer['arm_title']}' with one input at its low and its high, {answer['price_base']} prices",
                    ["Input", "NPSV at low", "NPSV at high", "Swing", "Low", "High", "Unit, standing and remarks"],
                    rows,
                    [f"And {left} more inputs, none with a wider swing."] if left else [],
                    wide=True,
                ),
            ),
            Fold("How to read these figures", (Bullets(tuple(answer["notes"])),)),
        ),
    )


def remarks(bar: Answer, answer: Answer) -> list[str]:
    """At which ends another choice is preferred, and whether the bar is more than noise."""
    return [
        *(
            f"at {end} → {bar[f'preferred_at_{end}_title']}"
            for end in ("low", "high")
            if bar[f"preferred_at_{end}"] != answer["preferred"]
        ),
        *(["both ends on one side"] if bar["is_one_sided"] else []),
        *(["within noise"] if bar["within_noise"] else []),
    ]


def what_would_change_it(material: Material) -> Section | None:
    """The smallest moves that make another choice preferred."""
    answer = material.answer("decision")
    if answer is None:
        return None
    blocks: list[Block] = [Bullets(tuple(decision_words.sentences_of(answer)))]
    if answer["singles"]:
        blocks.append(
            table_of(
                "switching-table",
                "Where one input alone changes the decision",
                decision_words.SINGLE_HEADINGS,
                [decision_words.single_cells(answer, each) for each in answer["singles"]],
            )
        )
    blocks.append(Fold("How to read these figures", (Paragraph(decision_words.NOTE),)))
    return Section("decision", "What would change the decision", tuple(blocks))
