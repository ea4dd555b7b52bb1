"""Choices of structure made differently: how the answer hangs on them, as a document and in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from simulator.report.sweeps.plain_names import label_of
from simulator.report.sweeps.subject import Subject, closing, counted, heading, luck_words, noise_width, paragraph
from simulator.report.sweeps.verdicts import CANNOT, beats_clearly, leads_clearly
from simulator.report.sweeps.wording import (
    NEAR,
    arms_of,
    finite,
    give_or_take,
    is_within_noise,
    marked,
    tall_table,
    with_noise,
)
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
        "price_base": subject.fields["price_base"],  # other cost tables are brought to it
        "npsv_gbp": each.npsv_by_arm[arm],
        "standard_error_gbp": noise_of(each, arm),
        "within_noise": is_untold(each, arm, subject),
        "by_arm": [
            {
                "name": name,
                "npsv_gbp": npsv,
                "standard_error_gbp": noise_of(each, name),
                "within_noise": is_untold(each, name, subject),
            }
            for name, npsv in each.npsv_by_arm.items()
        ],
        "preferred": each.preferred,
        "preferred_title": subject.title(each.preferred),
        "preferred_is_clear": is_clear(each, subject),
        "design": design,
        "warning": warning,
        "is_estimate": design != NO_ESTIMATE,
        "flips": each.flips,
        "flip_is_told": flip_is_told(each, base, subject),
        "changes_sign": changes_sign(each, base, arm),
        "sign_change_is_clear": changes_sign(each, base, arm)
        and not (is_untold(each, arm, subject) or is_untold(base, arm, subject)),
    }


def noise_of(each: Alternative, arm: str) -> float | None:
    """Standard error of an arm's NPSV from luck alone; None where it is not known."""
    return finite(each.noise_by_arm.get(arm))


def is_untold(each: Alternative, arm: str, subject: Subject) -> bool:
    """Whether the sign of an arm's NPSV cannot be told from noise."""
    return is_within_noise(each.npsv_by_arm[arm], noise_of(each, arm), subject.noise_width)


def is_clear(each: Alternative, subject: Subject) -> bool:
    """Whether the preferred arm leads by more than noise."""
    errors = {name: noise_of(each, name) for name in each.npsv_by_arm}
    return leads_clearly(each.npsv_by_arm, errors, subject.comparator, each.preferred, subject.noise_width)


def flip_is_told(each: Alternative, base: Alternative, subject: Subject) -> bool:
    """Whether more than noise says that another arm is preferred than in the scenario as it is, or that none is.

    For a change, both arms must be apart by more than noise in both; a third may still be as good as the new one.
    """
    if not each.flips:
        return is_clear(each, subject) and is_clear(base, subject)
    return is_ahead(each, each.preferred, base.preferred, subject) and is_ahead(
        base, base.preferred, each.preferred, subject
    )


def is_ahead(each: Alternative, best: str, other: str, subject: Subject) -> bool:
    """Whether one arm is above another by more than noise."""
    errors = {name: noise_of(each, name) for name in each.npsv_by_arm}
    return beats_clearly(each.npsv_by_arm, errors, subject.comparator, best, other, subject.noise_width)


def changes_sign(each: Alternative, base: Alternative, arm: str) -> bool:
    """Whether an arm's NPSV is on the other side of zero than in the scenario as it is."""
    return (each.npsv_by_arm[arm] > 0.0) != (base.npsv_by_arm[arm] > 0.0)


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
            *closing(document),
        ]
    )


def table_of(document: Mapping[str, Any], shown: Sequence[Mapping[str, Any]]) -> str:
    """A row for each alternative, a column for each arm that is shown."""
    first, *others = (folded(arm["title"]) for arm in shown)
    headings = ["Choice", "Made as", first, "Noise ±", *others, "Preferred", "Changes"]
    return tall_table(headings, [cells_of(row, shown, noise_width(document)) for row in document["alternatives"]])


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


def cells_of(row: Mapping[str, Any], shown: Sequence[Mapping[str, Any]], width: float) -> list[str]:
    """One line of the table."""
    npsv = {each["name"]: marked(each["npsv_gbp"], each["within_noise"]) for each in row["by_arm"]}
    first, *others = (npsv[arm["name"]] for arm in shown)
    changes = [
        *(["arm" + ("" if row["flip_is_told"] else NEAR)] if row["flips"] else []),
        *(["sign" + ("" if row["sign_change_is_clear"] else NEAR)] if row["changes_sign"] else []),
    ]
    return [
        row["label"],
        row["alternative_words"] + ("" if row["is_estimate"] else "*"),
        first,
        give_or_take(row["standard_error_gbp"], width),
        *others,
        row["preferred_title"] + ("" if row["preferred_is_clear"] else NEAR),
        ", ".join(changes),
    ]


def sentences_of(document: Mapping[str, Any]) -> list[str]:
    """Which choices change the preferred arm, and which the sign; what is no estimate is not counted."""
    base = next(row for row in document["alternatives"] if row["is_base"])
    rows = [row for row in document["alternatives"] if not row["is_base"] and row["is_estimate"]]
    count = f"{counted(len(rows), 'alternative')}, one at a time"
    arm = document["arm_title"]
    amount = with_noise(base["npsv_gbp"], base["standard_error_gbp"], noise_width(document))
    return [
        f"As the scenario has it: NPSV of '{arm}' {amount}{unsure(base, 'within_noise', True, 'its sign')}, preferred "
        f"'{document['preferred_title']}'{unsure(base, 'preferred_is_clear', False, 'its lead')}.",
        changed_words(
            [f"{named(row)} ({arrow(row)})" for row in rows if row["flips"] and row["flip_is_told"]],
            f"Of {count}, these change the preferred funding choice",
            "No alternative, taken alone, changes the preferred funding choice",
            untold(rows, base["preferred_is_clear"], lambda row: row["flip_is_told"]),
        ),
        changed_words(
            [f"{named(row)} ({pounds(row['npsv_gbp'])})" for row in rows if row["sign_change_is_clear"]],
            f"These change the sign of the NPSV of '{arm}'",
            f"None changes the sign of the NPSV of '{arm}'",
            untold(rows, not base["within_noise"], lambda row: not row["within_noise"]),
        ),
    ]


def untold(
    rows: Sequence[Mapping[str, Any]], base_is_told: bool, is_told: Callable[[Mapping[str, Any]], bool]
) -> list[str]:
    """The alternatives for which noise hides the answer; all of them where it hides that of the scenario as it is."""
    if not base_is_told:
        return ["any alternative, since noise hides what the scenario as it is comes to"]
    return [named(row) for row in rows if not is_told(row)]


def arrow(row: Mapping[str, Any]) -> str:
    """The arm that is preferred instead, and whether noise hides if it is that one or another."""
    doubt = "" if row["preferred_is_clear"] else f", whose lead over the next {CANNOT} from noise"
    return f"→ '{row['preferred_title']}'{doubt}"


def unsure(row: Mapping[str, Any], field: str, doubtful: bool, what: str) -> str:
    """That something of a row cannot be told from noise, where that is so."""
    return f" ({what} {CANNOT} from noise)" if row[field] is doubtful else ""


def named(row: Mapping[str, Any]) -> str:
    """A choice and how it is made."""
    return f"{row['label']} {row['alternative_words']}"


def changed_words(said: Sequence[str], some: str, none: str, untold: Sequence[str]) -> str:
    """The alternatives that change something, or that none does, and those for which noise hides it."""
    left = f"; {CANNOT} for {'; '.join(untold)}" if untold else ""
    if said:
        return f"{some}: {'; '.join(said)}{left}."
    return f"{none}{' by more than noise' if untold else ''}{left}."


def notes_of(document: Mapping[str, Any]) -> list[str]:
    """What a reader must know before quoting an alternative."""
    rows = document["alternatives"]
    return [
        "All alternatives have the same luck. They are choices of method and of whose evidence is believed, not ranges: no "
        "chance can be put on one. Changes: another funding choice is preferred (arm), or the sign of the NPSV of "
        f"'{document['arm_title']}' (sign). ±: simulation noise, 95%; {NEAR}: cannot be told from it.",
        *(
            f"{'* ' if not row['is_estimate'] else ''}{row['alternative']}: {row['warning']}"
            for row in rows
            if row["warning"] and (row["flips"] or row["changes_sign"] or not row["is_estimate"])
        ),
    ]
