"""Correlations as a report of a fit prints them: whether numbers can have them, and how to draw numbers that do."""

from __future__ import annotations

import math
from collections.abc import Sequence

Matrix = Sequence[Sequence[float]]

# A pivot below the first counts as nothing left to explain, and what still hangs on it must then be nothing as well.
NOTHING, NOTHING_LEFT = 1e-10, 1e-5
# Correlations printed to three decimals may miss a possible matrix by so much; the matrix is then drawn in by as much.
ROUNDED = 0.002


def square_root(correlations: Matrix) -> list[list[float]] | None:
    """Lower triangle L with L times its transpose equal to the correlations, so its rows have length one.

    None where no numbers can have such correlations (the matrix is not positive semi-definite). One that rounding to
    three decimals has pushed just outside is multiplied by 1 / 1.002 off the diagonal first. Row i rests on the first
    i + 1 rows and columns only (Cholesky's algorithm), so a variable put in behind the others leaves them as they were.
    """
    return _cholesky(correlations) or _cholesky(
        [
            [1.0 if row == column else value / (1.0 + ROUNDED) for column, value in enumerate(values)]
            for row, values in enumerate(correlations)
        ]
    )


def _cholesky(matrix: Matrix) -> list[list[float]] | None:
    root: list[list[float]] = []
    for row, values in enumerate(matrix):
        made: list[float] = []
        for column in range(row):
            left = values[column] - math.fsum(map(_product, made, root[column]))
            pivot = root[column][column]
            if pivot == 0.0 and abs(left) > NOTHING_LEFT:
                return None
            made.append(left / pivot if pivot else 0.0)
        pivot_squared = values[row] - math.fsum(each * each for each in made)
        if pivot_squared < -NOTHING:
            return None
        made.append(math.sqrt(pivot_squared) if pivot_squared > NOTHING else 0.0)
        root.append(made)
    return root


def _product(one: float, other: float) -> float:
    return one * other


def correlated(root: Matrix, independent: Sequence[float]) -> list[float]:
    """Standard normals with the correlations whose square root is given, from independent ones."""
    return [math.fsum(map(_product, row, independent)) for row in root]
