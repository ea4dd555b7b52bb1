"""Amounts, shares and tables as all sweeps write them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from simulator.report.sweeps.subject import HALF_WIDTH
from simulator.report.text import RIGHT, listed, pounds, pounds_interval

NEAR = "~"  # after what cannot be told from noise
CHEAPER = (
    "A funding choice that costs less than the comparator saves programme cost (cashable if posts and contracts really end) "
    "and gives up benefit (not cashable); an NPSV above zero says that it saves more than it gives up."
)


def finite(value: float | None) -> float | None:
    """A number as JSON has it; None where there is none."""
    return None if value is None or not math.isfinite(value) else float(value)


def give_or_take(error: float | None, width: float = HALF_WIDTH) -> str:
    """Half the width of a 95% interval in pounds, from a standard error; a dash where there is none.

    Args:
        width: standard errors in the half-width: those of ``noise_width`` for replications.
    """
    return "–" if error is None else pounds(width * error)


def with_noise(amount: float, error: float | None, width: float = HALF_WIDTH) -> str:
    """An amount with its simulation noise."""
    return pounds(amount) if error is None else f"{pounds(amount)} ± {give_or_take(error, width)}"


def is_within_noise(amount: float, error: float | None, width: float) -> bool:
    """Whether an amount is smaller than the noise of the simulation."""
    return error is not None and abs(amount) < width * error


def marked(amount: float, within_noise: bool) -> str:
    """An amount, with a mark where its sign cannot be told from noise."""
    return pounds(amount) + (NEAR if within_noise else "")


def with_interval(amount: float, interval: Sequence[float] | None) -> str:
    """An amount and its interval in brackets."""
    return f"{pounds(amount)} {pounds_interval(list(interval) if interval else None)}".rstrip()


def percent(share: float) -> str:
    """A share as a whole percentage; never a bare 0% or 100% where it is neither."""
    if 0.0 < share < 0.005:
        return "<1%"
    if 0.995 <= share < 1.0:
        return ">99%"
    return f"{share:.0%}"


def value_words(value: float | str) -> str:
    """A value of an input or a lever, to four figures, with a proper minus sign."""
    if isinstance(value, str):
        return value
    text = f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.4g}"
    return text.replace("-", "−")


def arm_words(titles: Sequence[str]) -> str:
    """Some arms in a sentence."""
    return listed([f"'{title}'" for title in titles])


def arms_of(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Arms other than the comparator."""
    return [arm for arm in document["arms"] if arm["name"] != document["comparator"]]


def tall_table(headings: Sequence[str], rows: Sequence[Sequence[str]], under: Sequence[str] = ()) -> str:
    """An aligned table as ``table`` makes it, its headings on as many lines as they have line breaks.

    Args:
        under: a line below each row, indented; none for no such lines.
    """
    parts = [heading.split("\n") for heading in headings]
    most = max(len(lines) for lines in parts)
    tall = [[""] * (most - len(lines)) + lines for lines in parts]
    widths = [max(len(line) for line in [*lines, *(row[column] for row in rows)]) for column, lines in enumerate(tall)]
    right = [is_numeric([row[column] for row in rows]) for column in range(len(headings))]

    def line(cells: Sequence[str]) -> str:
        padded = (
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(cells, widths, right, strict=True)
        )
        return "  ".join(padded).rstrip()

    body = [each for number, row in enumerate(rows) for each in (line(row), *below(under, number))]
    tops = [line([lines[level] for lines in tall]) for level in range(most)]
    return "\n".join([*tops, "  ".join("-" * width for width in widths), *body])


def below(under: Sequence[str], number: int) -> list[str]:
    """The line below a row, if it has one."""
    return [f"  {under[number]}"] if under and under[number] else []


def is_numeric(cells: Sequence[str]) -> bool:
    """Whether a column is one of numbers, which stand to the right."""
    return any(cells) and all(not cell or cell[0] in RIGHT | {"<", ">"} for cell in cells)
