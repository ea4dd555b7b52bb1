"""The commonest pair: the two conditions that best tell the draws in which another arm is preferred."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.rates import Z_95
from simulator.scenario.records import OffenceMix
from simulator.uncertainty.decision import Standing
from simulator.uncertainty.inputs import MIXES, Uncertain
from simulator.uncertainty.noise import without_noise
from simulator.uncertainty.points import Point

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
CANDIDATES = 12  # inputs, those that move the lead most
FEWEST = 10  # draws that flip, in either half, below which no pair is named


class Condition(NamedTuple):
    """An input above or below the middle of its draws."""

    name: str
    above: bool
    median: float


class Commonest(NamedTuple):
    """Two conditions; the figures are from draws that they were not chosen on.

    ``coverage``: share of the draws with another arm preferred in which both hold. ``density``: share of the draws in
    which both hold with another arm preferred; ``overall`` is that share among all draws.
    """

    conditions: tuple[Condition, Condition]
    coverage: float
    density: float
    overall: float
    draws: int
    under: int

    @property
    def stands_out(self) -> bool:
        """Whether another arm is preferred there more often than among all draws, by more than luck of the draws."""
        error = math.sqrt(self.overall * (1.0 - self.overall) / self.under) if self.under else math.inf
        return self.density - self.overall > Z_95 * error


class Drawn(NamedTuple):
    """Draws: who is preferred in each, simulation noise taken out of the spread, and the drawn values."""

    preferred: tuple[str, ...]
    values: Mapping[str, Array]

    def flips(self, arm: str) -> Flags:
        """In which draws another arm than this one is preferred."""
        return np.array([each != arm for each in self.preferred])

    def another(self, arm: str) -> float | None:
        """In what share of the draws another arm than this one is preferred; None without draws."""
        return float(self.flips(arm).mean()) if self.preferred else None

    def shares(self) -> dict[str, float]:
        """In what share of the draws each arm is preferred, the commonest first."""
        shares = {arm: self.preferred.count(arm) / len(self.preferred) for arm in dict.fromkeys(self.preferred)}
        return dict(sorted(shares.items(), key=lambda pair: -pair[1]))


def drawn_of(
    standings: Sequence[Standing],
    points: Sequence[Point],
    inputs: Mapping[str, Uncertain],
    mixes: Mapping[str, OffenceMix],
) -> Drawn:
    """Draws from their standings and points; a drawn mix is told by how dear it is."""
    if not standings:
        return Drawn((), {})
    arms = standings[0].arms
    noise = np.nan_to_num(np.mean([each.noise for each in standings], axis=0))
    net = without_noise(np.array([each.npsv for each in standings]), noise)
    values = {
        name: np.array(
            [
                dearness(mixes[name.removeprefix(MIXES)], point) if name.startswith(MIXES) else point.values[name]
                for point in points
            ]
        )
        for name in inputs
    }
    return Drawn(tuple(arms[number] for number in np.argmax(net, axis=1)), values)


def dearness(mix: OffenceMix, point: Point) -> float:
    """Where a drawn mix lies between the cheaper (-1) and the dearer one (1), by least squares over the shares."""
    drawn = point.mixes[mix.name]
    kinds = {**mix.shares, **mix.cheaper, **mix.dearer}
    way = {kind: (mix.dearer.get(kind, 0.0) - mix.cheaper.get(kind, 0.0)) / 2.0 for kind in kinds}
    length = sum(each**2 for each in way.values())
    return sum((drawn.get(kind, 0.0) - mix.shares.get(kind, 0.0)) * way[kind] for kind in kinds) / length


def conditions_of(values: Mapping[str, Array]) -> tuple[list[Condition], Flags]:
    """Both halves of every input that varies, and in which draws each holds, by (condition, draw)."""
    made, held = [], []
    for name, drawn in values.items():
        median = float(np.median(drawn))
        above = drawn > median
        if above.any() and not above.all():
            made += [Condition(name, True, median), Condition(name, False, median)]
            held += [above, ~above]
    return made, np.array(held, dtype=bool)


def best_pair(conditions: Sequence[Condition], held: Flags, flips: Flags) -> tuple[int, int] | None:
    """The pair of conditions on different inputs with the highest coverage times density; the first of equals."""
    both = held.astype(np.float64)
    hits, sizes = (both * flips) @ both.T, both @ both.T
    score = np.where(sizes > 0.0, hits**2 / np.maximum(sizes, 1.0), 0.0)  # coverage x density x flips
    names = np.array([each.name for each in conditions])
    score[names[:, None] == names[None, :]] = -1.0
    if not len(conditions) or score.max() <= 0.0:
        return None
    one, other = divmod(int(np.argmax(score)), len(conditions))
    return one, other


def commonest_pair(drawn: Drawn, arm: str, among: Sequence[str]) -> Commonest | None:
    """The pair chosen on every other draw, with its figures from the draws between; None where too few flip.

    Args:
        arm: the arm preferred at the central values.
        among: inputs that move the lead when they are moved alone; among many that hardly do, luck would choose.
    """
    flips = drawn.flips(arm)
    if not flips.any():
        return None
    learning = np.arange(len(flips)) % 2 == 0
    if min(flips[learning].sum(), flips[~learning].sum()) < FEWEST:
        return None
    conditions, held = conditions_of({name: drawn.values[name] for name in among})
    pair = best_pair(conditions, held[:, learning], flips[learning])
    if pair is None:
        return None
    one, other = pair
    there, flipped = (held[one] & held[other])[~learning], flips[~learning]
    hits, under = int((there & flipped).sum()), int(there.sum())
    return Commonest(
        (conditions[one], conditions[other]),
        hits / int(flipped.sum()),
        hits / under if under else 0.0,
        float(flipped.mean()),
        len(flipped),
        under,
    )
