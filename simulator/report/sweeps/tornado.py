"""One input at a time: what a tornado says, as a document and in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.report.mark_words import marked
from simulator.report.sweeps.plain_names import label_of
from simulator.report.sweeps.subject import Subject, closing, heading, luck_words, noise_width, paragraph
from simulator.report.sweeps.wording import finite, is_within_noise, tall_table, value_words, with_noise
from simulator.report.text import listed, pounds
from simulator.uncertainty.tornado import Bar, Tornado

SHOWN = 20
FITTED_GROUP = "offending"
ENDS = ("low", "high")
HEADINGS = ("Input", "NPSV\nat low", "NPSV\nat high", "Swing", "Low", "High")
MEASURES = {"NPSV": "npsv_gbp", "Swing": "npsv_gbp"}  # whose marks a heading bears


def tornado_document(subject: Subject, tornado: Tornado) -> dict[str, Any]:
    """Base and bars, widest first, with what flips the decision."""
    error = finite(tornado.noise)
    bars = [bar_of(bar, subject, tornado, error) for bar in tornado.bars]
    bars.sort(key=lambda bar: -float(bar["swing_gbp"]))
    document = {
        **subject.head("tornado", tornado.arm),
        "npsv_gbp": tornado.npsv,
        "standard_error_gbp": error,
        "preferred": tornado.preferred,
        "preferred_title": subject.title(tornado.preferred),
        "arms": [
            {"name": name, "title": subject.title(name), "npsv_gbp": npsv}
            for name, npsv in {subject.comparator: 0.0, **tornado.npsv_by_arm}.items()
        ],
        "bars": bars,
    }
    return {**document, "sentences": sentences_of(document), "notes": notes_of(document)}


def bar_of(bar: Bar, subject: Subject, tornado: Tornado, error: float | None) -> dict[str, Any]:
    """One bar."""
    return {
        "name": bar.name,
        "label": label_of(bar.name),
        "group": bar.group,
        "unit": bar.unit,
        "standing": bar.standing,
        "why": bar.why,
        "value": bar.value,
        "low": bar.low,
        "high": bar.high,
        "npsv_at_low_gbp": bar.npsv_at_low,
        "npsv_at_high_gbp": bar.npsv_at_high,
        "swing_gbp": bar.swing,
        "is_one_sided": is_one_sided(bar, tornado.npsv),
        "within_noise": is_within_noise(bar.swing, error, subject.noise_width),
        "preferred_at_low": bar.preferred_at_low,
        "preferred_at_low_title": subject.title(bar.preferred_at_low),
        "preferred_at_high": bar.preferred_at_high,
        "preferred_at_high_title": subject.title(bar.preferred_at_high),
        "flips": tornado.flips(bar),
    }


def is_one_sided(bar: Bar, base: float) -> bool:
    """Whether both ends are below the base, or both above."""
    low, high = bar.npsv_at_low - base, bar.npsv_at_high - base
    return low * high > 0.0


def sentences_of(document: Mapping[str, Any]) -> list[str]:
    """The base, and what would flip the decision."""
    error = document["standard_error_gbp"]
    noise = "" if error is not None else " (its noise cannot be told from one replication)"
    amount = with_noise(document["npsv_gbp"], error, noise_width(document))
    return [
        f"Base: NPSV of '{document['arm_title']}' {amount}{noise}; preferred, with the "
        f"highest NPSV of all: '{document['preferred_title']}'.",
        what_flips(document),
        what_changes_the_sign(document),
    ]


def flip_words(bar: Mapping[str, Any], preferred: str) -> str:
    """At which ends of a bar another arm is preferred, and which."""
    ends = [
        f"at its {end} → '{bar[f'preferred_at_{end}_title']}'"
        for end in ENDS
        if bar[f"preferred_at_{end}"] != preferred
    ]
    return f"{bar['label']} ({listed(ends)})"


def what_flips(document: Mapping[str, Any]) -> str:
    """The inputs that change the decision when they are moved alone."""
    flips = [bar for bar in document["bars"] if bar["flips"]]
    if not flips:
        return "No input, moved alone within its range, would flip the decision."
    words = "; ".join(flip_words(bar, document["preferred"]) for bar in flips)
    rest = "nothing else, moved alone within its range, would" if len(flips) < len(document["bars"]) else ""
    return f"What would flip the decision: {words}" + (f"; {rest}." if rest else ".")


def what_changes_the_sign(document: Mapping[str, Any]) -> str:
    """The inputs at an end of which the NPSV of the arm is on the other side of zero."""
    pays = document["npsv_gbp"] > 0.0
    found = [
        f"{bar['label']} at its {end} ({pounds(bar[f'npsv_at_{end}_gbp'])})"
        for bar in document["bars"]
        for end in ENDS
        if (bar[f"npsv_at_{end}_gbp"] > 0.0) != pays
    ]
    if not found:
        side = "above" if pays else "below"
        return f"The NPSV of '{document['arm_title']}' stays {side} zero whichever single input is moved."
    turns = "falls below" if pays else "rises above"
    return f"The NPSV of '{document['arm_title']}' {turns} zero with {listed(found)}."


def notes_of(document: Mapping[str, Any]) -> list[str]:
    """What a reader must know before quoting a bar."""
    bars = document["bars"]
    notes = [
        "All runs have the same luck, which cancels much of the noise in a bar but not all. 'Within noise': the bar is "
        "narrower than the ± of the base; more replications would tell whether it is real.",
        "One input at a time says nothing of inputs that move together: `--psa` draws them all, `--sobol` shares out the "
        "uncertainty.",
    ]
    if any(bar["is_one_sided"] for bar in bars):
        notes.append(
            "'Both ends on one side': NPSV does not rise or fall with the input throughout; the swing is counted from "
            "the base."
        )
    if any(bar["group"] == FITTED_GROUP for bar in bars):
        notes.append(
            "Rates fitted together leave the reported figures when one is moved alone: read their bars as how much they "
            "matter, not as what is likely."
        )
    return notes


def tornado_text(document: Mapping[str, Any]) -> str:
    """A tornado for the terminal: the widest bars, two lines each."""
    bars = document["bars"][:SHOWN]
    left = len(document["bars"]) - len(bars)
    rows = [
        [
            bar["name"],
            pounds(bar["npsv_at_low_gbp"]),
            pounds(bar["npsv_at_high_gbp"]),
            pounds(bar["swing_gbp"]),
            value_words(bar["low"]),
            value_words(bar["high"]),
        ]
        for bar in bars
    ]
    more = [f"And {left} more, none of them wider ({flips_among(document)}): all are in --format json."] if left else []
    moved = f" Only {listed(document['only'])} moved." if document["only"] else ""
    return "\n".join(
        [
            heading(
                document, f"NPSV of '{document['arm_title']}' with one input moved at a time", luck_words(document)
            ),
            *(paragraph(moved.strip()) if moved else []),
            "",
            *[line for each in document["sentences"] for line in paragraph(each)],
            "",
            tall_table(marked(HEADINGS, document, MEASURES), rows, [under(bar, document["preferred"]) for bar in bars]),
            *more,
            "",
            *closing(document),
        ]
    )


def flips_among(document: Mapping[str, Any]) -> str:
    """How many of the bars that are not shown flip the decision."""
    flips = sum(1 for bar in document["bars"][SHOWN:] if bar["flips"])
    return f"{flips} of them flip the decision" if flips else "none flips the decision"


def under(bar: Mapping[str, Any], preferred: str) -> str:
    """The second line of a row: what it is, its unit and standing, and what to know of the bar."""
    marks = [
        *(f"at {end} → {bar[f'preferred_at_{end}_title']}" for end in ENDS if bar[f"preferred_at_{end}"] != preferred),
        *(["both ends on one side"] if bar["is_one_sided"] else []),
        *(["within noise"] if bar["within_noise"] else []),
    ]
    return "; ".join([bar["label"], f"{bar['unit']}, {bar['standing']}", *marks])
