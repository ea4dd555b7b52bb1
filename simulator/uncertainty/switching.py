"""Switching values: how far an input, or two at once, must move until another arm is preferred."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import combinations
from typing import NamedTuple

from simulator.uncertainty.decision import End, Standing
from simulator.uncertainty.points import Point

At = Callable[[Sequence[Point]], list[Standing]]
NARROW = 0.002  # of the way to the end
ROUNDS = 10  # halving takes nine to get there
TIE = 0.002  # of the lead at the base
NEAR = 0.05  # of the way: pairs farther behind the nearest are not followed
INFLUENTIAL = 8  # inputs whose pairs are looked at
PROMISING = 16  # corners of pairs that are simulated


class Move(NamedTuple):
    """One input, or two, moved the same share of the way to an end."""

    ends: tuple[End, ...]

    def point(self, share: float) -> Point:
        """Where the inputs are then."""
        return Point({name: value for end in self.ends for name, value in end.point(share).items()})


class Switch(NamedTuple):
    """Where another arm comes to be preferred on the way to an end.

    ``share`` of the way; ``error`` is its standard error from luck. ``there`` is the standing at that share, ``end`` that
    at the end of the way.
    """

    move: Move
    share: float
    error: float
    there: Standing
    end: Standing

    @property
    def values(self) -> dict[str, float]:
        """Values of the inputs at the switch."""
        return dict(self.move.point(self.share).values)


class Bracket:
    """A share of the way with a lead, and a farther one without, narrowed by the ITP method.

    Oliveira and Takahashi 2020: as quick as false position where the lead is nearly straight, and never more than one
    round slower than halving whatever its shape.
    """

    def __init__(self, move: Move, base: float, end: Standing, arm: str) -> None:
        self.move, self.arm = move, arm
        self.low, self.high = 0.0, 1.0
        self.at_low, self.at_high = base, end.lead(arm)
        self.best, self.found, self.rounds = 1.0, end, 0

    def proposal(self) -> float:
        """Where to look next: where a straight line has no lead, moved towards the middle as far as need be."""
        middle = (self.low + self.high) / 2.0
        straight = self.low + (self.high - self.low) * self.at_low / (self.at_low - self.at_high)
        side = math.copysign(1.0, middle - straight)
        nudge = 0.2 * (self.high - self.low) ** 2
        moved = straight + side * nudge if nudge <= abs(middle - straight) else middle
        room = NARROW / 2.0 * 2.0 ** (ROUNDS - self.rounds) - (self.high - self.low) / 2.0
        return moved if abs(moved - middle) <= room else middle - side * room

    def narrow(self, share: float, standing: Standing) -> None:
        """Take what was found at a share."""
        lead = standing.lead(self.arm)
        self.rounds += 1
        if abs(lead) <= abs(self.found.lead(self.arm)):
            self.best, self.found = share, standing
        if lead > 0.0:
            self.low, self.at_low = share, lead
        else:
            self.high, self.at_high = share, lead

    def is_open(self, tie: float) -> bool:
        """Whether it is worth another look."""
        return self.high - self.low > NARROW and abs(self.found.lead(self.arm)) > tie

    def switch(self, base: float, end: Standing) -> Switch:
        """Where the lead is nearest to nil. Luck moves that place by its error in the lead over the mean slope."""
        slope = base / self.best if self.best > 0.0 else float("inf")
        return Switch(self.move, self.best, self.found.error(self.arm) / slope, self.found, end)


def switches(
    base: Standing, moves: Sequence[Move], ends: Sequence[Standing], at: At, smallest: bool = False
) -> list[Switch]:
    """The switch on each way that ends with another arm preferred, in order; the others have none.

    Args:
        base: the standing with no move at all.
        ends: the standing at the end of each way.
        smallest: only ways are followed that may still have the smallest share of all.
    """
    arm, lead = base.preferred, base.lead(base.preferred)
    flipping = [(move, end) for move, end in zip(moves, ends, strict=True) if end.preferred != arm]
    brackets = [Bracket(move, lead, end, arm) for move, end in flipping]
    for _ in range(ROUNDS):
        least = min((each.high for each in brackets), default=1.0)
        going = [each for each in brackets if each.is_open(TIE * lead) and not (smallest and each.low > least + NEAR)]
        if not going:
            break
        shares = [each.proposal() for each in going]
        found = at([each.move.point(share) for each, share in zip(going, shares, strict=True)])
        for each, share, standing in zip(going, shares, found, strict=True):
            each.narrow(share, standing)
    return [each.switch(lead, end) for each, (_, end) in zip(brackets, flipping, strict=True)]


def single_switches(base: Standing, ends: Sequence[End], at: At) -> list[Switch]:
    """The switch of every input that has one, the smallest share of the way first."""
    moves = [Move((end,)) for end in ends]
    return sorted(switches(base, moves, [end.standing for end in ends], at), key=lambda each: each.share)


def lost(base: Standing, end: Standing) -> float:
    """How much of the lead an end takes away."""
    arm = base.preferred
    return base.lead(arm) - end.lead(arm)


def influential(base: Standing, ends: Sequence[End], most: int = INFLUENTIAL) -> list[str]:
    """The inputs whose worse end takes away most of the lead, the worst first."""
    worst: dict[str, float] = {}
    for end in ends:
        worst[end.each.name] = max(worst.get(end.each.name, 0.0), lost(base, end.standing))
    return sorted((name for name in worst if worst[name] > 0.0), key=lambda name: -worst[name])[:most]


def promising(base: Standing, ends: Sequence[End]) -> list[Move]:
    """Corners of the pairs of influential inputs, in the order in which single moves added up would take the lead away."""
    names = influential(base, ends)
    mine = sorted((end for end in ends if end.each.name in names), key=lambda end: names.index(end.each.name))
    corners = [Move(pair) for pair in combinations(mine, 2) if pair[0].each.name != pair[1].each.name]
    corners.sort(key=lambda move: -sum(lost(base, end.standing) for end in move.ends))
    return corners[:PROMISING]


def nearest_pairs(base: Standing, ends: Sequence[End], at: At) -> list[Switch]:
    """The pair that changes the decision with the smallest equal step of both, then those as near within noise.

    Looked for among the promising corners only; none where none of them changes it.
    """
    moves = promising(base, ends)
    standings = at([move.point(1.0) for move in moves]) if moves else []
    found = sorted(switches(base, moves, standings, at, smallest=True), key=lambda each: each.share)
    return [each for each in found if each.share - found[0].share <= base.wide * math.hypot(each.error, found[0].error)]
