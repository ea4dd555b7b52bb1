"""Fits by simulated moments with the same luck at every point, and the spread that the reported errors leave.

The same luck makes each simulated figure a function of the rates that a step of a few per cent moves smoothly, so
least squares on central differences finds the fit. The posterior is normal on the scale on which the rates are free:
the inverse of what targets and borrowed values say of them (Laplace's approximation).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.calibration.problems import Measures, Problem, bound, free, log_slope

Array = NDArray[np.float64]

STEP = 0.06  # of a difference, on the free scale: wide enough to step over the luck of single people
WIDE = 1.5  # standard error on the free scale of a rate that nothing speaks of: a factor of 1/19 to 19 in 95%
NOT_IDENTIFIED = 0.6  # a standard error above this share of WIDE: the targets hardly speak of the rate
MOST_STEPS = 16
CLOSE = 0.02  # change of the misfit, in squared standard errors, that ends the search
GOOD = 0.02  # a misfit that ends it: every target within a seventh of its standard error
LONGEST_STEP = 0.7  # on the free scale
HALVINGS = 4


class Solution(NamedTuple):
    """Where the search ended, and what it leaves open."""

    names: tuple[str, ...]
    values: dict[str, float]
    measures: Measures
    covariance: Array  # of the logarithms of the values
    not_identified: tuple[str, ...]

    @property
    def log_errors(self) -> Array:
        """Standard errors of the logarithms."""
        return np.asarray(np.sqrt(np.diag(self.covariance)))

    @property
    def correlations(self) -> Array:
        """Of the logarithms."""
        errors = self.log_errors
        return np.asarray(self.covariance / np.outer(errors, errors))


def solved(problem: Problem) -> Solution:
    """The rates that bring modelled figures nearest to reported ones, and their posterior.

    Gauss-Newton with halved steps, the slopes brought up to date by Broyden's rule (Mathematics of Computation 19, 1965).
    ``scipy.optimize.least_squares`` cannot be told a step for its differences that is absolute on the free scale and wide
    against the luck of single people, and takes ten times the simulations.
    """
    names = tuple(problem.start)
    point = np.array([free(name, problem.start[name]) for name in names])
    measures = measures_at(problem, names, point)
    miss = residuals(problem, names, point, measures)
    slopes = jacobian(problem, names, point)
    fresh = True
    for _ in range(MOST_STEPS):
        before = float(miss @ miss)
        if before < GOOD:
            break
        moved = nearer(problem, names, point, miss, slopes)
        if moved is None or before - float(moved[1] @ moved[1]) < CLOSE:
            if fresh:
                break
            slopes, fresh = jacobian(problem, names, point), True
            continue
        step = moved[0] - point
        slopes = slopes + np.outer(moved[1] - miss - slopes @ step, step) / float(step @ step)
        point, miss, measures = moved
        fresh = False
    return solution(problem, names, point, measures, slopes if fresh else jacobian(problem, names, point))


def nearer(
    problem: Problem, names: Sequence[str], point: Array, miss: Array, slopes: Array
) -> tuple[Array, Array, Measures] | None:
    """A point with a smaller misfit along the step that the slopes suggest, its residuals and measures; None for none."""
    step, *_ = np.linalg.lstsq(slopes, -miss, rcond=1e-3)
    step *= min(1.0, LONGEST_STEP / max(float(np.abs(step).max()), 1e-12))
    for _ in range(HALVINGS):
        tried = measures_at(problem, names, point + step)
        new = residuals(problem, names, point + step, tried)
        if float(new @ new) < float(miss @ miss):
            return point + step, new, tried
        step = step / 3.0
    return None


def measures_at(problem: Problem, names: Sequence[str], point: Array) -> Measures:
    """Modelled figures at a point of the free scale."""
    return problem.measures_at({name: bound(name, x) for name, x in zip(names, point, strict=True)})


def residuals(problem: Problem, names: Sequence[str], point: Array, measures: Measures) -> Array:
    """Misses in standard errors: of the targets, then of the borrowed values."""
    rows = [(measures[each.measure] - each.reported) / each.standard_error for each in problem.targets]
    for name, x in zip(names, point, strict=True):
        if name in problem.borrowed:
            value, error = problem.borrowed[name]
            rows.append((x - free(name, value)) * log_slope(name, value) / error)
    return np.array(rows)


def jacobian(problem: Problem, names: Sequence[str], point: Array) -> Array:
    """Central differences of the residuals: (targets and borrowed values, rates)."""
    columns = []
    for place in range(len(point)):
        ends = []
        for side in (-STEP, STEP):
            moved = point.copy()
            moved[place] += side
            ends.append(residuals(problem, names, moved, measures_at(problem, names, moved)))
        columns.append((ends[1] - ends[0]) / (2.0 * STEP))
    return np.stack(columns, axis=1)


def solution(problem: Problem, names: tuple[str, ...], point: Array, measures: Measures, slopes: Array) -> Solution:
    """Values and posterior at the end of the search."""
    values = {name: bound(name, x) for name, x in zip(names, point, strict=True)}
    spread = np.linalg.inv(slopes.T @ slopes + np.eye(len(names)) / WIDE**2)
    scale = np.array([log_slope(name, values[name]) for name in names])
    open_ones = tuple(
        name for name, error in zip(names, np.sqrt(np.diag(spread)), strict=True) if error > NOT_IDENTIFIED * WIDE
    )
    return Solution(names, values, measures, np.asarray(spread * np.outer(scale, scale)), open_ones)
