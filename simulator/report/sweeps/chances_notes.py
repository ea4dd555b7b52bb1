"""What a reader of draws must know before quoting a chance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.report.sweeps.subject import noise_width
from simulator.report.sweeps.wording import CHEAPER, arms_of
from simulator.report.sweeps.worths import worths_notes
from simulator.report.text import listed, pounds

NOISY = 0.25  # share of the spread of draws that may be luck before a reader is told


def notes_of(document: Mapping[str, Any]) -> list[str]:
    """What a reader must know before quoting a chance."""
    errors = [arm["chance_standard_error"] for arm in arms_of(document)]
    notes = [
        "Benefits exceed costs: the chance that NPSV is above zero. Expected loss: the mean over all draws, a draw that "
        "pays counting as nothing. Chance to be preferred: highest NPSV of all, the comparator included; together 100%.",
        f"± of the mean and the chances (± {196.0 * max(errors):.0f} percentage points at most) come from the number "
        f"of draws; more draws narrow them.{and_shared(document)} "
        "The ranges are what the sources or judgement give; a chance is no better than "
        "they are.",
    ]
    if document["only"]:
        notes.append(
            f"Only {listed(document['only'])} was drawn, and all else stands at its central value: spreads are too narrow, "
            "chances too sure, and 'everything' is what was drawn."
        )
    if any(is_cheaper(arm) for arm in arms_of(document)):
        notes.append(CHEAPER)
    if document["worths"]:
        notes += worths_notes(document["worths"])
    if not document["noise_is_known"]:
        notes.append(
            "Each draw had a single replication: luck cannot be told from the inputs, so all spreads hold both. Take two "
            "replications or more."
        )
        return notes
    if shares_luck(document):
        return [*notes, shared_note(document)]
    notes.append("Noise ± of a draw: simulation noise, taken out of the intervals, chances and losses.")
    if any(is_noisy(arm) for arm in arms_of(document)):
        notes.append(
            "Noise is a large part of the spread of these draws: take more replications before you quote chances."
        )
    return notes


def shares_luck(document: Mapping[str, Any]) -> bool:
    """Whether all draws share one simulation."""
    return any(arm["shared_noise_gbp"] != 0.0 for arm in arms_of(document))


def and_shared(document: Mapping[str, Any]) -> str:
    """That the ± of the mean holds the noise of a shared simulation too, where it is known."""
    known = any(arm["shared_noise_gbp"] for arm in arms_of(document))
    return " The ± of the mean also holds the noise of the simulation that all draws share." if known else ""


def shared_note(document: Mapping[str, Any]) -> str:
    """That one simulation is behind all draws, and how far its luck moves them together."""
    shared = next(arm for arm in arms_of(document) if arm["name"] == document["arm"])["shared_noise_gbp"]
    if shared is None:
        return (
            "All draws share one simulation of a single replication, since only prices are drawn: its noise moves every "
            "draw alike, is in no ± and not in the chances, and cannot be told. Take two replications or more."
        )
    return (
        "All draws share one simulation, since only prices are drawn: its noise, "
        f"± {pounds(noise_width(document) * shared)}, moves every draw alike and is not in the chances; more replications "
        "shrink it."
    )


def is_noisy(arm: Mapping[str, Any]) -> bool:
    """Whether the luck of a draw is a large part of the spread that is left."""
    low, high = arm["npsv_interval_gbp"]
    spread = (high - low) / (2.0 * 1.96)
    noise = arm["noise_of_a_draw_gbp"]
    return noise is not None and noise**2 > NOISY * (spread**2 + noise**2)


def is_cheaper(arm: Mapping[str, Any]) -> bool:
    """Whether an arm costs less than the comparator, so that its benefit is what it gives up."""
    return bool(arm["programme_cost_gbp"] < 0.0)
