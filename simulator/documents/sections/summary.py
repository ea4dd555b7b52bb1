"""The first page: what a commissioner may say, what not, and the few figures that carry it."""

from __future__ import annotations

from typing import Any

from simulator.documents.contents import Block, Bullets, Notice, Pair, Paragraph, Section
from simulator.documents.sections.material import Material, table_of
from simulator.report import text, verdicts
from simulator.report.mark_words import explained
from simulator.report.sweeps.wording import percent

COSTINGS = {
    "explicit": "Explicit costing prices arrests, court events, days in custody and supervision one by one.",
    "inclusive": "Inclusive costing takes average police, court and prison costs for each crime.",
}
COUNTINGS = {
    "proven": "One crime is counted for each proven offence.",
    "multiplied": "Crimes are multiplied up from proven offences.",
}


def lead(material: Material) -> tuple[Block, ...]:
    """What stands on the first page, before the sections."""
    document = material.comparison
    can = tuple(verdicts.can_be_said(document))
    cannot = tuple(verdicts.cannot_be_said(document))
    return (
        Paragraph(subtitle(material), "subtitle"),
        Paragraph(verdicts.headline(document), "headline"),
        *([Paragraph(explained(document), "small")] if explained(document) else []),
        key_figures(material),
        Pair(
            (
                Section("can", "What can be said", (Bullets(can),)),
                Section("cannot", "What cannot be said", (Bullets(cannot),)),
            )
        ),
    )


def subtitle(material: Material) -> str:
    """What is compared, for how long, and how it is priced."""
    document = material.comparison
    return (
        f"Funding choices over {verdicts.years(document)}, each against '{material.other['title']}'. Present value at "
        f"{document['discount_rate']:.1%} a year in {document['price_base']} prices, unit costs of "
        f"`{document['cost_table']}`. {COSTINGS[document['costing']]} {COUNTINGS[document['counting']]}"
    )


def key_figures(material: Material) -> Block:
    """The figures that the first page stands on, one a row."""
    arm, document = material.arm, material.comparison
    rows = [
        ["Programme cost", text.pounds(arm["programme_cost_gbp"]), cost_words(material)],
        ["Net present social value", text.pounds(arm["npsv_gbp"]), verdicts.spoken(arm["npsv_interval"])],
        ["Benefit per £1", verdicts.ratio(arm["benefit_per_pound"]), ratio_words(arm)],
        *chance_rows(material),
        *fall_rows(document),
    ]
    price = f"present value over {verdicts.years(document)} in {document['price_base']} prices"
    return table_of(
        "key-figures",
        f"'{arm['title']}' against '{material.other['title']}', {price}",
        ["Figure", "Value", "95% interval, or what it is"],
        rows,
    )


def drawn_arm(material: Material) -> dict[str, Any]:
    """The headline arm over the draws, with its part of the cost-effectiveness plane; empty where nothing was drawn."""
    chances = material.answer("chances")
    if chances is None:
        return {}
    name = material.arm["name"]
    found = [each for rows in (chances["arms"], chances["plane"]["by_arm"]) for each in rows if each["name"] == name]
    return {field: value for each in found for field, value in each.items()}


def cost_words(material: Material) -> str:
    """What the cost is, and its span over the draws."""
    span = drawn_arm(material).get("programme_cost_interval_gbp")
    said = "what the choice itself costs more"
    return f"{said}; {verdicts.spoken(span)} over the draws" if span else said


def ratio_words(arm: dict[str, object]) -> str:
    """The interval of benefit per £1, or why there is no ratio."""
    if arm["benefit_per_pound"] is None:
        return f"not given: {arm['ratio_reason']}"
    return verdicts.ratio_interval(arm["benefit_per_pound_interval"]) or "no interval"  # type: ignore[arg-type]


def chance_rows(material: Material) -> list[list[str]]:
    """How likely the headline arm is to pay, and what is lost if it does not, where draws were made."""
    chances, arm = material.answer("chances"), drawn_arm(material)
    if arm.get("chance_benefits_exceed_costs") is None:
        return []
    loss = arm["loss_where_it_loses_gbp"]
    return [
        [
            "Mean NPSV with everything uncertain drawn",
            text.pounds(arm["npsv_gbp"]),
            f"{verdicts.spoken(arm['npsv_interval_gbp'])} in 95% of draws; not the central NPSV, as ranges are lopsided",
        ],
        [
            "Chance that benefits exceed costs",
            percent(arm["chance_benefits_exceed_costs"]),
            f"over {chances['draws']:,} draws of everything uncertain",
        ],
        ["Mean loss where they do not", "–" if loss is None else text.pounds(loss), "over the same draws"],
    ]


def fall_rows(document: dict[str, object]) -> list[list[str]]:
    """How much of the report's own fall selection alone would show."""
    fall = document["reported_fall"]
    if not isinstance(fall, dict):
        return []
    reported, expected = fall["reported"], fall["without_effect"]
    return [
        [
            "Fall that the scheme's own report shows",
            f"{reported['value']:.0%}",
            f"selection and custody alone would show {expected['low']:.0%} to {expected['high']:.0%}",
        ]
    ]


def before_you_quote(material: Material) -> Section:
    """Every caveat of the comparison."""
    return Section("quote", "Before you quote a figure", (Notice(tuple(material.comparison["warnings"])),))
