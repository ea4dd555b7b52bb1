"""From luck to values: how a number between 0 and 1 becomes a value of an uncertain input.

Every map is the inverse of a distribution function, so that the same maps serve keyed draws and designed points.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from simulator.quantities import Quantity
from simulator.rates import Z_95, log_error_beside


def triangular(u: float, low: float, mode: float, high: float) -> float:
    """Inverse of the triangular distribution on [low, high] with its peak at ``mode``, which may be an end."""
    if low >= high:
        return mode
    width, left, right = high - low, mode - low, high - mode
    if u * width < left:
        return low + math.sqrt(u * width * left)
    return high - math.sqrt((1.0 - u) * width * right)


def standard_normal(u: float) -> float:
    """Inverse of the standard normal distribution."""
    from scipy.special import ndtri

    return float(ndtri(u))


def two_sided_lognormal(u: float, ratio: Quantity) -> float:
    """A ratio whose 2.5% and 97.5% points are the ends of its interval and whose median is its value."""
    z = standard_normal(u)
    return ratio.value * math.exp(log_error_beside(ratio, z) * z)


def concentration(shares: Mapping[str, float], cheaper: Mapping[str, float], dearer: Mapping[str, float]) -> float:
    """Concentration of a Dirichlet distribution about ``shares`` as wide, on average, as the two ends are apart.

    The ends are read as 95% intervals; a share p of a Dirichlet distribution has variance p(1 - p)/(concentration + 1),
    and the sums of both over all shares are made equal. Infinite where the ends do not differ.
    """
    kinds = {**shares, **cheaper, **dearer}
    wanted = math.fsum(((dearer.get(kind, 0.0) - cheaper.get(kind, 0.0)) / (2.0 * Z_95)) ** 2 for kind in kinds)
    return math.fsum(p * (1.0 - p) for p in shares.values()) / wanted - 1.0 if wanted > 0.0 else math.inf


def dirichlet(u: Sequence[float], shares: Mapping[str, float], spread: float) -> dict[str, float]:
    """Shares about ``shares`` with the given concentration: gamma numbers over their sum, one ``u`` for each share."""
    from scipy.special import gammaincinv

    if not math.isfinite(spread):
        return dict(shares)
    made = {
        kind: float(gammaincinv(spread * share, each)) if share > 0.0 else 0.0
        for (kind, share), each in zip(shares.items(), u, strict=True)
    }
    total = math.fsum(made.values())
    return {kind: value / total for kind, value in made.items()}


def between(
    position: float, cheaper: Mapping[str, float], shares: Mapping[str, float], dearer: Mapping[str, float]
) -> dict[str, float]:
    """The mix at a position from the cheaper end (-1) over the shares (0) to the dearer end (1)."""
    if position == 0.0:
        return dict(shares)
    end, part = (dearer, position) if position > 0.0 else (cheaper, -position)
    kinds = [*shares, *(kind for kind in end if kind not in shares)]
    return {kind: (1.0 - part) * shares.get(kind, 0.0) + part * end.get(kind, 0.0) for kind in kinds}
