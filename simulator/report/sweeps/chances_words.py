"""Draws of everything uncertain, in words and tables for the terminal."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from simulator.report.mark_words import marked
from simulator.report.sweeps.chances_notes import is_cheaper
from simulator.report.sweeps.subject import HALF_WIDTH, closing, counted, heading, luck_words, paragraph
from simulator.report.sweeps.wording import (
    arms_of,
    give_or_take,
    percent,
    tall_table,
    with_interval,
)
from simulator.report.sweeps.worths import worths_sentences, worths_table
from simulator.report.text import listed, pounds, ratio

COST_COLUMNS = (0.0, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)
SEEN = 0.05  # chance to be best, somewhere along the curve, that earns a row
CHANCES = (
    "Funding choice",
    "Mean NPSV\n[95% of the draws]",
    "Benefits\nexceed costs",
    "Expected\nloss",
    "Loss where\nit loses",
    "Chance to be\npreferred",
)
BESIDE = (
    "Funding choice",
    "NPSV, mean\nof draws",
    "± of the\nmean",
    "NPSV,\ncentral run",
    "Noise ±\nof a draw",
    "Programme\ncost",
    "Benefit per £1\n[95% of the draws]",
)


# The measure whose marks a heading bears, by the word that it begins with.
NPSV = "npsv_gbp"
MEASURES = {"Programme": "programme_cost_gbp", "Benefit per": "benefit_per_pound"}


def chances_text(document: Mapping[str, Any]) -> str:
    """A probabilistic analysis for the terminal."""
    what = f"{counted(document['draws'], 'draw')} of {drawn_words(document)}"
    worths = document["worths"]
    return "\n".join(
        [
            heading(document, what, luck_words(document, " a draw")),
            "",
            *lines(document["sentences"]),
            "",
            tall_table(
                marked(CHANCES, document, MEASURES, NPSV), [chance_cells(arm, document) for arm in document["arms"]]
            ),
            "",
            tall_table(marked(BESIDE, document, MEASURES, NPSV), [beside_cells(arm) for arm in arms_of(document)]),
            *lines([f"{arm['title']}: {arm['ratio_reason']}." for arm in arms_of(document) if arm["ratio_reason"]]),
            "",
            *value_lines(document),
            "",
            *cost_lines(document),
            "",
            *([worths_table(worths), ""] if worths else []),
            *closing(document),
        ]
    )


def lines(sentences: Sequence[str]) -> list[str]:
    """Sentences, wrapped."""
    return [line for sentence in sentences for line in paragraph(sentence)]


def drawn_words(document: Mapping[str, Any]) -> str:
    """What was drawn."""
    return f"{listed(document['only'])} alone" if document["only"] else "everything uncertain"


def sentences_of(document: Mapping[str, Any]) -> list[str]:
    """What a commissioner wants to know first."""
    arm = next(each for each in arms_of(document) if each["name"] == document["arm"])
    worths = document["worths"]
    return [
        pays_back(arm, document),
        preferred_words(document),
        *none_beats(document),
        *central_words(arm, document),
        *(worths_sentences(worths) if worths else []),
    ]


def pays_back(arm: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    """How often an arm pays back, and what is lost where it does not."""
    draws, chance = (
        f"In {counted(document['draws'], 'draw')} of {drawn_words(document)}",
        arm["chance_benefits_exceed_costs"],
    )
    loss = arm["loss_where_it_loses_gbp"]
    does = "saves more than it gives up" if is_cheaper(arm) else "pays back"
    if loss is None:
        return f"{draws}, '{arm['title']}' {does} in every one, by {pounds(arm['npsv_gbp'])} on average."
    often = "none" if chance == 0.0 else percent(chance)
    return (
        f"{draws}, '{arm['title']}' {does} in {often}; where it does not, the mean loss is {pounds(loss)}. Over all "
        f"draws the expected loss is {pounds(arm['expected_loss_gbp'])}, the mean NPSV {pounds(arm['npsv_gbp'])}."
    )


def preferred_words(document: Mapping[str, Any]) -> str:
    """Which arm the mean speaks for, and which are most often the best."""
    chosen = next(each for each in document["arms"] if each["name"] == document["chosen_by_mean"])
    often = sorted(document["arms"], key=lambda each: -each["chance_preferred"])
    best = [
        f"'{each['title']}' in {percent(each['chance_preferred'])}" for each in often if each["chance_preferred"] > 0
    ]
    return f"The highest mean NPSV: '{chosen['title']}'. The highest NPSV by draw: {listed(best[:3])}" + (
        f"; {len(best) - 3} more now and then." if len(best) > 3 else "."
    )


def none_beats(document: Mapping[str, Any]) -> list[str]:
    """That nothing ever pays, where that is so."""
    if any(arm["chance_benefits_exceed_costs"] > 0.0 for arm in arms_of(document)):
        return []
    return [f"In no draw does any funding choice beat '{document['comparator_title']}'."]


def central_words(arm: Mapping[str, Any], document: Mapping[str, Any]) -> list[str]:
    """Whether the mean of the draws differs from the central run by more than luck, and then the likely reason."""
    central, reach = arm["central_npsv_gbp"], arm["npsv_half_width_gbp"]
    if central is None or reach is None:
        return []
    own_reach = HALF_WIDTH * (arm["central_standard_error_gbp"] or 0.0)
    mean = f"{pounds(arm['npsv_gbp'])} ± {pounds(reach)}"
    give = f" ± {pounds(own_reach)}" if own_reach else ""
    told = (
        "They differ by more than luck, most likely because ranges are lopsided about the central value and the model is "
        "not linear; the mean of the draws is what to expect."
        if abs(arm["npsv_gbp"] - central) > math.hypot(reach, own_reach)
        else "They do not differ by more than luck."
    )
    return [
        f"The mean of the draws is {mean}, the run with every input at its central value {pounds(central)}{give}. {told}"
    ]


def chance_cells(arm: Mapping[str, Any], document: Mapping[str, Any]) -> list[str]:
    """Chances and losses of one arm; the comparator only has a chance to be preferred."""
    preferred = percent(arm["chance_preferred"])
    if arm["name"] == document["comparator"]:
        return [f"{arm['title']} (comparator)", "£0", "", "", "", preferred]
    loss = arm["loss_where_it_loses_gbp"]
    return [
        arm["title"],
        with_interval(arm["npsv_gbp"], arm["npsv_interval_gbp"]),
        percent(arm["chance_benefits_exceed_costs"]),
        pounds(arm["expected_loss_gbp"]),
        "–" if loss is None else pounds(loss),
        preferred,
    ]


def beside_cells(arm: Mapping[str, Any]) -> list[str]:
    """What stands beside the chances."""
    central = arm["central_npsv_gbp"]
    return [
        arm["title"],
        pounds(arm["npsv_gbp"]),
        "–" if arm["npsv_half_width_gbp"] is None else pounds(arm["npsv_half_width_gbp"]),
        "–" if central is None else pounds(central),
        give_or_take(arm["noise_of_a_draw_gbp"]),
        pounds(arm["programme_cost_gbp"]),
        ratio(dict(arm)),
    ]


def value_lines(document: Mapping[str, Any]) -> list[str]:
    """Chances to be the best by what a funder adds for each prevented offence."""
    curve = document["by_value"]
    values = curve["added_gbp_per_offence_prevented"]
    places = [round(share * (len(values) - 1)) for share in QUARTERS]
    rows = [
        [arm["title"], *(percent(arm["chance_best"][place]) for place in places)]
        for arm in curve["by_arm"]
        if max(arm["chance_best"]) >= SEEN
    ]
    said = (
        "Chance to be the best, if a funder adds so much for each proven offence prevented, on top of the costs of crime "
        "that NPSV holds already (adding the same harm again would count it twice):"
    )
    return [
        *paragraph(said),
        tall_table(["Funding choice", *(pounds(values[place]) for place in places)], rows),
        *paragraph(chosen_words(curve)),
    ]


def chosen_words(curve: Mapping[str, Any]) -> str:
    """Which arm the mean speaks for at which added value."""
    parts = [f"'{each['title']}' from {pounds(each['from_gbp'])}" for each in curve["chosen"]]
    if len(parts) == 1:
        return f"The highest mean at every added value shown: '{curve['chosen'][0]['title']}'."
    return f"The highest mean: {listed(parts)}."


def cost_lines(document: Mapping[str, Any]) -> list[str]:
    """How dear the scheme may be: chances by the share of today's programme cost."""
    curve = document["by_cost"]
    if not curve["by_arm"]:
        return ["No funding choice costs more than the comparator, so none has a cost to pay back."]
    shares = curve["shares_of_programme_cost"]
    places = [min(range(len(shares)), key=lambda each: abs(shares[each] - wanted)) for wanted in COST_COLUMNS]
    rows = [
        [arm["title"], *(percent(arm["chance_benefits_exceed_costs"][place]) for place in places), even_words(arm)]
        for arm in curve["by_arm"]
    ]
    headings = ["Share of its programme cost", *(percent(shares[place]) for place in places), "Even chance at"]
    said = "How dear may the scheme be? Chance that benefits exceed costs, were its cost another and all else the same:"
    return [*paragraph(said), tall_table(headings, rows)]


def even_words(arm: Mapping[str, Any]) -> str:
    """The cost at which paying back is as likely as not."""
    share = arm["even_chance_share"]
    if share is not None:
        return f"{percent(share)} ({pounds(arm['even_chance_cost_gbp'])})"
    return "above 200%" if arm["chance_benefits_exceed_costs"][-1] >= 0.5 else "no cost"
