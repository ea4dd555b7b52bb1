"""Net benefits as a smooth function of some inputs: a penalised regression, and its predictions of draws it has not seen."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

KNOTS = np.linspace(0.025, 0.975, 6)  # quantiles of an input; straight beyond the outer two
CROSSED = 10  # in a larger group only this many inputs, those that tell most by themselves, enter products
PARTS = 10
LEAST_DRAWS = 50
DRAWS_PER_COLUMN = 3
PENALTIES = 10.0 ** np.arange(-6.0, 2.01, 0.5)  # a draw, on terms of unit variance
SINGULAR = 1e-10
APART = 1e-6  # standard deviations between knots; closer ones count as one


class Fits(NamedTuple):
    """Fitted net benefits, (draws, arms): with the draw's own net benefit among those fitted, and without it."""

    own: Array
    held_out: Array


class Moments(NamedTuple):
    """What a regression needs to know of some draws: sums of products of terms, of terms and outcomes, of outcomes."""

    draws: int
    gram: Array  # (terms, terms)
    cross: Array  # (terms, arms)
    squares: Array  # (arms,)

    def without(self, part: Moments) -> Moments:
        """The moments of the draws that are not in a part."""
        return Moments(
            self.draws - part.draws, self.gram - part.gram, self.cross - part.cross, self.squares - part.squares
        )


def standardised(columns: Array) -> Array:
    """Columns less their mean over their standard deviation; constant ones are left out."""
    centred = columns - columns.mean(axis=0)
    scale, size = centred.std(axis=0), np.abs(columns).max(axis=0, initial=0.0)
    varying = scale > 1e-12 * size
    return np.asarray(centred[:, varying] / scale[varying])


def varying_columns(inputs: Array, draws: int) -> Array:
    """The inputs as (draws, columns), standardised, without constant ones.

    Raises ValueError for another number of draws, for too few of them, and for an input that is not a number.
    """
    table = np.asarray(inputs, dtype=float)
    if table.ndim not in (1, 2) or len(table) != draws:
        raise ValueError(f"inputs come as (draws,) or (draws, columns) for {draws} draws, not as {table.shape}")
    if not np.isfinite(table).all():
        raise ValueError("an input is not a number or is infinite")
    kept = standardised(table.reshape(draws, -1))
    least = max(LEAST_DRAWS, DRAWS_PER_COLUMN * kept.shape[1])
    if draws < least:
        raise ValueError(f"{draws} draws are too few for {kept.shape[1]} varying columns: take {least} or more")
    return kept


def curves(column: Array) -> Array:
    """Natural cubic splines through a column's quantiles, less the straight line (Hastie et al. 2009, section 5.2.1).

    One column for every distinct knot but two: none for an input of two values, which a straight line fits.
    """
    knots = np.unique(np.quantile(column, KNOTS))
    knots = knots[np.diff(knots, prepend=-np.inf) > APART]
    if len(knots) < 3:
        return np.empty((len(column), 0))
    beyond = np.maximum(column[:, None] - knots, 0.0) ** 3
    slopes = (beyond[:, :-1] - beyond[:, -1:]) / (knots[-1] - knots[:-1])
    return np.asarray(slopes[:, :-1] - slopes[:, -1:])


def products(columns: Array, net: Array) -> Array:
    """Products of every two columns, of those that by themselves tell most of the net benefits if there are many."""
    told = np.abs(columns.T @ standardised(net)).max(axis=1, initial=0.0)
    chosen = np.sort(np.argsort(-told, kind="stable")[:CROSSED])
    pairs = [columns[:, one] * columns[:, other] for one, other in combinations(chosen, 2)]
    return np.stack(pairs, axis=1) if pairs else np.empty((len(columns), 0))


def terms_of(columns: Array, net: Array) -> tuple[Array, int]:
    """The terms of the regression, (draws, terms), and how many of them come first and are never held back.

    Those are a constant and straight lines; a penalty holds back the curves and products behind them.
    """
    straight = np.concatenate([np.ones((len(columns), 1)), columns], axis=1)
    bent = [curves(column) for column in columns.T]
    held_back = standardised(np.concatenate([*bent, products(columns, net)], axis=1))
    return np.concatenate([straight, held_back], axis=1), straight.shape[1]


def moments_of(terms: Array, outcomes: Array) -> Moments:
    """The moments of some draws."""
    return Moments(len(terms), terms.T @ terms, terms.T @ outcomes, (outcomes**2).sum(axis=0))


def coefficients(moments: Moments, free: int) -> Array:
    """Ridge coefficients, (terms, arms), the first ``free`` terms unpenalised; each arm's penalty by GCV.

    Generalised cross-validation (Golub, Heath and Wahba 1979): least residual squares over (draws - degrees of freedom)^2.
    """
    inverse = np.linalg.pinv(moments.gram[:free, :free], rcond=SINGULAR, hermitian=True)
    lines = inverse @ moments.gram[:free, free:]
    plain = inverse @ moments.cross[:free]
    sizes, turned = np.linalg.eigh(moments.gram[free:, free:] - moments.gram[free:, :free] @ lines)
    told = turned.T @ (moments.cross[free:] - lines.T @ moments.cross[:free])
    sizes = np.maximum(sizes, 0.0)
    shrunk = 1.0 / (sizes + PENALTIES[:, None] * moments.draws)
    residual = moments.squares - (moments.cross[:free] * plain).sum(axis=0)
    residual = residual - 2.0 * shrunk @ told**2 + (sizes * shrunk**2) @ told**2
    spare = np.maximum(moments.draws - free - (sizes * shrunk).sum(axis=1), 1.0)
    best = np.argmin(np.maximum(residual, 0.0) / spare[:, None] ** 2, axis=0)
    bent = turned @ (told * shrunk[best].T)
    return np.concatenate([plain - lines @ bent, bent])


def fits_of(net: Array, columns: Array, seed: int) -> Fits:
    """Net benefits fitted as a smooth function of inputs, (draws, columns) and standardised.

    Straight lines, splines and products of two (Strong, Oakley and Brennan 2014, with a ridge penalty). Held out: draws
    are put into ten parts at random, and each part is predicted from the other nine.
    """
    centre, scale = net.mean(axis=0), net.std(axis=0)
    outcomes = (net - centre) / np.where(scale > 0.0, scale, 1.0)
    terms, free = terms_of(columns, net)
    part_of = np.random.default_rng(seed).permutation(len(net)) % PARTS
    whole = moments_of(terms, outcomes)
    held_out = np.empty_like(outcomes)
    for part in range(PARTS):
        inside = part_of == part
        learnt = coefficients(whole.without(moments_of(terms[inside], outcomes[inside])), free)
        held_out[inside] = terms[inside] @ learnt
    return Fits(centre + terms @ coefficients(whole, free) * scale, centre + held_out * scale)
