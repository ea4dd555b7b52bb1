"""Choices of structure made differently: how the answer hangs on them, as a document and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.report.sweeps.plain_names import label_of
from simulator.report.sweeps.subject import COST_TABLE, Subject, bullets, heading, luck_words, paragraph
from simulator.report.sweeps.wording import arms_of, tall_table
from simulator.report.text import WIDTH, pounds
from simulator.uncertainty.structures import AS_IT_IS, Alternative

NO_ESTIMATE = "observed_against_predicted"  # the design of a figure that only reproduces a report
ON_OFF = {"true": "on", "false": "off"}
WITH_UNIT = {"programme.fade_out_years": " years"}


def structures_document(subject: Subject, alternatives: Sequence[Alternative], arm: str) -> dict[str, Any]:
    """The scenario as it is and every alternative, with what changes the sign or the preferred arm.

    Args:
        alternatives: the scenario as it is first.
        arm: whose sign is looked at.
    """
    base = alternatives[0]
    document = {
        **subject.head("structure", arm),
        "arms": [
            {"name": name, "title": subject.title(name), "npsv_gbp": npsv}
            for name, npsv in {subject.comparator: 0.0, **base.npsv_by_arm}.items()
        ],
        "preferred": base.preferred,
        "preferred_title": subject.title(base.preferred),
        "alternatives": [row_of(each, base, subject, arm) for each in alternatives],
    }
    return {**document, "sentences": sentences_of(document), "notes": notes_of(document)}


def row_of(each: Alternative, base: Alternative, subject: Subject, arm: str) -> dict[str, Any]:
    """One alternative."""
    design, warning = subject.effects.get(each.value, ("", "")) if each.name == "effect" else ("", "")
    return {
        "choice": each.name,
        "label": each.name if each.name == AS_IT_IS else label_of(each.name),
        "alternative": each.value,
        "alternative_words": ON_OFF.get(each.value, each.value) + WITH_UNIT.get(each.name, ""),
        "is_base": each is base,
        "price_base": subject.price_bases.get(each.value, subject.fields["price_base"])
        if each.name == COST_TABLE
        else subject.fields["price_base"],
        "npsv_gbp": each.npsv_by_arm[arm],
        "by_arm": [{"name": name, "npsv_gbp": npsv} for name, npsv in each.npsv_by_arm.items()],
        "preferred": each.preferred,
        "preferred_title": subject.title(each.preferred),
        "design": design,
        "warning": warning,
        "is_estimate": design != NO_ESTIMATE,
        "flips": each.flips,
        "changes_sign": (each.npsv_by_arm[arm] > 0.0) != (base.npsv_by_arm[arm] > 0.0),
    }


def structures_text(document: Mapping[str, Any]) -> str:
    """Alternatives for the terminal."""
    shown = shown_arms(document)
    return "\n".join(
        [
            heading(document, "choices of structure made differently", luck_words(document), "As it is: "),
            "",
            *[line for each in document["sentences"] for line in paragraph(each)],
            "",
            *paragraph(f"NPSV by choice{left_out(document, shown)}:"),
            table_of(document, shown),
            "",
            *bullets(document["notes"]),
        ]
    )


def table_of(document: Mapping[str, Any], shown: Sequence[Mapping[str, Any]]) -> str:
    """A row for each alternative, a column for each arm that is shown."""
    headings = ["Choice", "Made as", *(folded(arm["title"]) for arm in shown), "Preferred", "Changes"]
    return tall_table(headings, [cells_of(row, shown) for row in document["alternatives"]])


def folded(title: str) -> str:
    """A title in two lines where it is long."""
    words = title.split()
    half = (len(words) + 1) // 2
    return "\n".join([" ".join(words[:half]), " ".join(words[half:])]) if len(title) > 12 and len(words) > 1 else title


def shown_arms(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The chosen arm, then those that are preferred somewhere, then the others, as far as the width holds."""
    best = [row["preferred"] for row in document["alternatives"]]
    ordered = sorted(arms_of(document), key=lambda arm: (arm["name"] != document["arm"], arm["name"] not in best))
    while len(ordered) > 1 and max(map(len, table_of(document, ordered).split("\n"))) > WIDTH:
        ordered = ordered[:-1]
    return ordered


def left_out(document: Mapping[str, Any], shown: Sequence[Mapping[str, Any]]) -> str:
    """How many arms are not shown."""
    left = len(arms_of(document)) - len(shown)
    return f" ({left} more funding choice{'s' if left > 1 else ''} in --format json)" if left else ""


def cells_of(row: Mapping[str, Any], shown: Sequence[Mapping[str, Any]]) -> list[str]:
    """One line of the table."""
    npsv = {each["name"]: each["npsv_gbp"] for each in row["by_arm"]}
    changes = [*(["arm"] if row["flips"] else []), *(["sign"] if row["changes_sign"] else [])]
    return [
        row["label"],
        row["alternative_words"] + ("" if row["is_estimate"] else "*"),
        *(pounds(npsv[arm["name"]]) for arm in shown),
        row["preferred_title"],
        ", ".join(changes),
    ]


def sentences_of(document: Mapping[str, Any]) -> list[str]:
    """Which choices change the preferred arm, and which the sign; what is no estimate is not counted."""
    base = next(row for row in document["alternatives"] if row["is_base"])
    rows = [row for row in document["alternatives"] if not row["is_base"] and row["is_estimate"]]
    count = f"{len(rows)} alternatives, one at a time"
    arm = document["arm_title"]
    return [
        f"As the scenario has it: NPSV of '{arm}' {pounds(base['npsv_gbp'])}, preferred '{document['preferred_title']}'.",
        changed_words(
            [f"{named(row)} (→ '{row['preferred_title']}')" for row in rows if row["flips"]],
            f"Of {count}, these change the preferred funding choice",
            "No alternative, taken alone, changes the preferred funding choice.",
        ),
        changed_words(
            [f"{named(row)} ({pounds(row['npsv_gbp'])})" for row in rows if row["changes_sign"]],
            f"These change the sign of the NPSV of '{arm}'",
            f"None changes the sign of the NPSV of '{arm}'.",
        ),
    ]


def named(row: Mapping[str, Any]) -> str:
    """A choice and how it is made."""
    return f"{row['label']} {row['alternative_words']}"


def changed_words(said: Sequence[str], some: str, none: str) -> str:
    """The alternatives that change something, or that none does."""
    return f"{some}: {'; '.join(said)}." if said else none


def notes_of(document: Mapping[str, Any]) -> list[str]:
    """What a reader must know before quoting an alternative."""
    rows = document["alternatives"]
    return [
        "All alternatives have the same luck. They are choices of method and of whose evidence is believed, not ranges: no "
        "chance can be put on one. Changes: another funding choice is preferred (arm), or the sign of the NPSV of "
        f"'{document['arm_title']}' (sign).",
        *(
            f"{'* ' if not row['is_estimate'] else ''}{row['alternative']}: {row['warning']}"
            for row in rows
            if row["warning"] and (row["flips"] or row["changes_sign"] or not row["is_estimate"])
        ),
        *price_notes(document),
    ]


def price_notes(document: Mapping[str, Any]) -> list[str]:
    """That cost tables count in prices of different years, where they do."""
    others = [
        f"{row['alternative']} in {row['price_base']} prices"
        for row in document["alternatives"]
        if row["price_base"] != document["price_base"]
    ]
    if not others:
        return []
    return [
        f"Each cost table counts in the prices of its own year ({', '.join(others)}): compare signs and who is preferred, "
        "or state --price-base to compare amounts."
    ]
