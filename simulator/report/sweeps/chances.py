"""Draws of everything uncertain: chances, losses, curves and the worth of finding out, as a document."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from simulator.report.sweeps.chances_notes import notes_of
from simulator.report.sweeps.chances_words import sentences_of
from simulator.report.sweeps.curves import by_cost, by_value, plane
from simulator.report.sweeps.subject import HALF_WIDTH, Subject
from simulator.report.sweeps.wording import finite
from simulator.report.sweeps.worths import worths_rows
from simulator.uncertainty.probabilistic import Chances, Draws
from simulator.uncertainty.worths import Worths


def chances_document(
    subject: Subject,
    draws: Draws,
    chances: Sequence[Chances],
    arm: str,
    worths: Worths | None = None,
    central: Mapping[str, float] | None = None,
    study_cost_gbp: float | None = None,
    central_noise: Mapping[str, float] | None = None,
) -> dict[str, Any]:
    """What the draws say of every arm.

    Args:
        arm: the one that is spoken of first.
        worths: what finding out is worth, where it was worked out.
        central: NPSV by arm of the run with everything at its central value, in pounds.
        study_cost_gbp: what the next study would cost, in pounds.
        central_noise: standard errors of ``central`` from luck alone, in pounds; None where they are not known.
    """
    rows = [arm_row(each, draws, subject, central or {}, central_noise or {}) for each in chances]
    comparator = 1.0 - math.fsum(row["chance_preferred"] for row in rows)
    document = {
        **subject.head("psa", arm),
        "draws": len(draws.net),
        "inputs_drawn": len(draws.inputs.columns),
        "noise_is_known": bool(np.isfinite(draws.noise).all()),
        "arms": [comparator_row(subject, max(comparator, 0.0)), *rows],
        "chosen_by_mean": chosen_by_mean(draws),
        "by_value": by_value(draws, subject),
        "by_cost": by_cost(draws, subject),
        "plane": plane(draws, in_order(rows, arm), subject),
        "worths": None if worths is None else worths_rows(worths, study_cost_gbp),
    }
    return {**document, "sentences": sentences_of(document), "notes": notes_of(document)}


def chosen_by_mean(draws: Draws) -> str:
    """The arm with the highest mean NPSV; the comparator where none is above zero."""
    return draws.arms[int(draws.net.mean(axis=0).argmax())]


def in_order(rows: Sequence[Mapping[str, Any]], arm: str) -> list[str]:
    """Arms with the chosen one first, then those that are most often preferred."""
    ordered = sorted(rows, key=lambda row: (row["name"] != arm, -row["chance_preferred"]))
    return [str(row["name"]) for row in ordered]


def comparator_row(subject: Subject, chance_preferred: float) -> dict[str, Any]:
    """The comparator, which is nothing against itself."""
    return {
        "name": subject.comparator,
        "title": subject.title(subject.comparator),
        "npsv_gbp": 0.0,
        "chance_preferred": chance_preferred,
    }


def arm_row(
    each: Chances, draws: Draws, subject: Subject, central: Mapping[str, float], central_noise: Mapping[str, float]
) -> dict[str, Any]:
    """One arm against the comparator."""
    number = draws.column(each.arm)
    net, count = draws.net[:, number], len(draws.net)
    ratio, loss = each.benefit_per_pound, each.loss
    error = float(net.std(ddof=1)) / math.sqrt(count) if count > 1 else None
    shared = shared_noise_of(draws, number)
    return {
        "name": each.arm,
        "title": subject.title(each.arm),
        "npsv_gbp": each.npsv.mean,
        "npsv_standard_error_gbp": error,
        "shared_noise_gbp": shared,
        "npsv_half_width_gbp": None if error is None else half_width(error, shared, subject.noise_width),
        "npsv_interval_gbp": list(each.npsv.interval),
        "npsv_median_gbp": each.npsv.median,
        "central_npsv_gbp": finite(central.get(each.arm)),
        "central_standard_error_gbp": finite(central_noise.get(each.arm)),
        "noise_of_a_draw_gbp": noise_of(draws, number),
        "programme_cost_gbp": float(draws.cost[:, number].mean()),
        "benefit_gbp": float(draws.benefit[:, number].mean()),
        "reoffences_prevented": float(draws.reoffences_prevented[:, number].mean()),
        "benefit_per_pound": ratio.ratio,
        "benefit_per_pound_interval": None if ratio.low is None else [ratio.low, ratio.high],
        "ratio_reason": ratio.refused or None,
        "chance_benefits_exceed_costs": each.chance_positive,
        "chance_standard_error": math.sqrt(each.chance_positive * (1.0 - each.chance_positive) / count),
        "chance_preferred": each.chance_preferred,
        "expected_loss_gbp": loss.expected_loss_gbp,
        "loss_where_it_loses_gbp": loss.loss_if_losing_gbp,
        "expected_gain_gbp": loss.expected_gain_gbp,
        "gain_where_it_gains_gbp": loss.gain_if_gaining_gbp,
    }


def shared_noise_of(draws: Draws, number: int) -> float | None:
    """Standard error of the one simulation that all draws share; 0 where each has its own, None where it is not known."""
    return finite(float(draws.shared_noise[number]))


def half_width(error: float, shared: float | None, width: float) -> float:
    """Half-width of the 95% interval of the mean of draws: from their number, and from the simulation that they share.

    Args:
        width: standard errors in a half-width of simulation noise.
    """
    return math.hypot(HALF_WIDTH * error, width * shared) if shared else HALF_WIDTH * error


def noise_of(draws: Draws, number: int) -> float | None:
    """Standard error of one draw's NPSV from luck alone; None where every draw had a single replication."""
    return finite(float(np.sqrt(draws.noise[number, number])))
