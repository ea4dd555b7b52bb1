"""What finding out is worth: as rows, and in words that a commissioner can use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.report.sweeps.plain_names import group_label, label_of
from simulator.report.sweeps.subject import HALF_WIDTH
from simulator.report.sweeps.wording import give_or_take, percent, tall_table
from simulator.report.text import listed, pounds
from simulator.uncertainty.information import Worth
from simulator.uncertainty.worths import Study, Worths

TELLS = 2.0  # standard errors from zero
SHOWN = 10
MANY = 20  # inputs, of which some come out above two standard errors by luck alone
NOT_ASKED = "not asked: what a matched comparison measures was not drawn"
NOTHING = "nothing that these draws can tell from zero"


def worths_rows(worths: Worths, study_cost_gbp: float | None) -> dict[str, Any]:
    """Worth of everything, of the dearest inputs, of every group, and of studies."""
    told = [each for each in worths.inputs if tells(each)]
    return {
        "everything": row_of(worths.everything, "everything"),
        "inputs": [row_of(each, label_of(each.name)) for each in worths.inputs[:SHOWN]],
        "inputs_looked_at": len(worths.inputs),
        "inputs_told_from_zero": len(told),
        "groups": [row_of(each, group_label(each.name)) for each in worths.groups],
        "studies": [study_row(each, study_cost_gbp) for each in worths.studies],
    }


def tells(worth: Worth) -> bool:
    """Whether a worth is two standard errors or more above zero."""
    return worth.value_gbp > 0.0 and worth.value_gbp >= TELLS * worth.standard_error_gbp


def row_of(worth: Worth, label: str) -> dict[str, Any]:
    """One worth."""
    return {
        "name": worth.name,
        "label": label,
        "worth_gbp": worth.value_gbp,
        "standard_error_gbp": worth.standard_error_gbp,
        "told_from_zero": tells(worth),
        "share_of_everything": worth.share_of_perfect,
        "without_correction_gbp": worth.naive_gbp,
    }


def study_row(study: Study, cost_gbp: float | None) -> dict[str, Any]:
    """A study of so many people, and its worth against its cost."""
    return {
        "people": study.people,
        **row_of(study.worth, f"a matched comparison of {study.people:,} people"),
        "asked": bool(study.log_errors),
        "log_errors": [{"ratio": name, "log_error": error} for name, error in study.log_errors.items()],
        "cost_gbp": cost_gbp,
        "verdict": study_verdict(study, cost_gbp),
    }


def study_verdict(study: Study, cost_gbp: float | None) -> str:
    """Whether a study is worth its cost, or that nothing which it measures was drawn."""
    if not study.log_errors:
        return NOT_ASKED
    return "" if cost_gbp is None else verdict(study.worth, cost_gbp)


def verdict(worth: Worth, cost_gbp: float) -> str:
    """Whether a study is worth its cost, as far as the draws tell."""
    if not tells(worth):
        return "costs more than these draws can show it to be worth" if cost_gbp > 0.0 else NOTHING
    reach = HALF_WIDTH * worth.standard_error_gbp
    if worth.value_gbp - reach > cost_gbp:
        return "worth more than it costs"
    if worth.value_gbp + reach < cost_gbp:
        return "costs more than it is worth"
    return "worth about what it costs: these draws cannot tell which is more"


def amount(row: Mapping[str, Any]) -> str:
    """A worth in words, with the half-width of its 95% interval."""
    if not row["told_from_zero"]:
        return NOTHING
    return f"up to {pounds(row['worth_gbp'])} (± {give_or_take(row['standard_error_gbp'])})"


def worths_sentences(worths: Mapping[str, Any]) -> list[str]:
    """What finding out everything, one thing, or a study's result is worth."""
    everything = worths["everything"]
    if everything["worth_gbp"] == 0.0:
        return [
            "Finding out everything would not change the choice in any draw: it is worth nothing for this decision.",
            *([] if asked(worths["studies"]) else studies_words(worths["studies"])),
        ]
    return [
        f"Finding out everything before choosing is worth {amount(everything)}.",
        *inputs_words(worths),
        *studies_words(worths["studies"]),
    ]


def inputs_words(worths: Mapping[str, Any]) -> list[str]:
    """The inputs that are worth finding out, and that the others are not."""
    told = [row for row in worths["inputs"] if row["told_from_zero"]]
    looked = worths["inputs_looked_at"]
    if not told:
        return [f"No single input of the {looked}: finding one out is worth {NOTHING}."] if looked > 1 else []
    first = "; ".join(f"{row['label']} {amount(row)}" for row in told)
    rest = looked - worths["inputs_told_from_zero"]
    others = f" The other {rest}, one at a time: {NOTHING}." if rest else ""
    return [f"Finding out one input exactly, before choosing: {first}.{others}"]


def studies_words(studies: Sequence[Mapping[str, Any]]) -> list[str]:
    """What the next matched comparison of this scheme would be worth."""
    if not studies:
        return []
    if not asked(studies):
        return [f"Worth of the next matched comparison of this scheme: {NOT_ASKED}."]
    told = [row for row in studies if row["told_from_zero"]]
    if not told:
        sizes = listed([f"{row['people']:,}" for row in studies])
        return [f"A matched comparison of {sizes} people would be worth {NOTHING}."]
    worth = [f"{row['people']:,} people {amount(row)}{cost_words(row)}" for row in studies]
    return [f"The next matched comparison of this scheme, by its size: {'; '.join(worth)}."]


def asked(studies: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The studies that measure something which was drawn."""
    return [row for row in studies if row["asked"]]


def cost_words(row: Mapping[str, Any]) -> str:
    """The verdict on a study's cost, where one was given."""
    return "" if row["cost_gbp"] is None else f", for a cost of {pounds(row['cost_gbp'])}: {row['verdict']}"


def worths_table(worths: Mapping[str, Any]) -> str:
    """The worth of finding out: everything, groups, the inputs that are told from zero, and studies."""
    rows = [
        worths["everything"],
        *worths["groups"],
        *(row for row in worths["inputs"] if row["told_from_zero"]),
        *asked(worths["studies"]),
    ]
    cells = [[row["label"], *cells_of(row)] for row in rows]
    return tall_table(("Finding out, before choosing", "Worth\nup to", "±", "Of\neverything", ""), cells)


def cells_of(row: Mapping[str, Any]) -> list[str]:
    """Worth, its give or take, its share; or that it is nothing that can be told."""
    width = give_or_take(row["standard_error_gbp"])
    if not row["told_from_zero"]:
        return ["–", width, "", "cannot be told from zero"]
    share = row["share_of_everything"]
    return [pounds(row["worth_gbp"]), width, "" if share is None else percent(share), row.get("verdict", "")]


def worths_notes(worths: Mapping[str, Any]) -> list[str]:
    """What a reader must know before quoting a worth."""
    looked = worths["inputs_looked_at"]
    lucky = f" Of {looked} inputs one or two may stand out by luck." if looked >= MANY else ""
    notes = [
        "Worth of finding out: the mean gain from choosing after the answer is known instead of now, for this one decision "
        "between these funding choices; 'up to', since no study finds out everything. ±: 95%, of the draws; an amount below "
        f"two standard errors reads as {NOTHING}.{lucky}",
    ]
    if asked(worths["studies"]):
        notes.append(
            "A study's worth takes its error from the published intervals of the Data Lab's studies, and this scheme's own "
            "effect as what it measures. What is lost while waiting for it is not taken off."
        )
    return notes
