"""Whether an arm pays, and whether the best arm leads: yes, no, or what noise does not tell."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.report.sweeps.wording import is_within_noise

PAYS, COSTS_MORE, UNTOLD, NEITHER = "pays", "costs_more", "cannot_be_told", "neither"
CANNOT = "cannot be told"


def verdict(npsv: float, error: float | None, cost: float, width: float) -> str:
    """Whether benefits exceed costs, costs exceed benefits, noise hides which, or there is nothing to compare.

    Args:
        error: standard error of the NPSV; None where it is not known, and the sign alone decides.
        cost: additional programme cost in pounds; without any, an NPSV of exactly zero is neither.
        width: standard errors in a half-width.
    """
    if npsv == 0.0 and (cost == 0.0 or not error):
        return NEITHER
    if is_within_noise(npsv, error, width):
        return UNTOLD
    return PAYS if npsv > 0.0 else COSTS_MORE


def leads_clearly(
    npsv: Mapping[str, float], errors: Mapping[str, float | None], comparator: str, best: str, width: float
) -> bool:
    """Whether the best arm leads the next by no less than the noise of its own NPSV; of the next's, for the comparator.

    All arms have the same luck, which cancels a part of the noise in a lead: the rule is on the safe side.
    """
    others = {comparator: 0.0, **npsv}.items()
    second = max((value, name) for name, value in others if name != best)[1]
    return beats_clearly(npsv, errors, comparator, best, second, width)


def beats_clearly(
    npsv: Mapping[str, float], errors: Mapping[str, float | None], comparator: str, best: str, other: str, width: float
) -> bool:
    """Whether one arm is above another by no less than the noise of its own NPSV; of the other's, for the comparator."""
    lead = npsv.get(best, 0.0) - npsv.get(other, 0.0)
    return lead >= 0.0 and not is_within_noise(lead, errors.get(other if best == comparator else best), width)
