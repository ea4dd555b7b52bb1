"""Grids: NPSV at chosen values of one name or several, as a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

from simulator.report.sweeps.break_evens import Crossing, crossings
from simulator.report.sweeps.grid_words import notes_of, sentences_of
from simulator.report.sweeps.plain_names import label_of, unit_of
from simulator.report.sweeps.subject import COST_TABLE, PRICE_BASE, Subject
from simulator.report.sweeps.verdicts import NEITHER, leads_clearly, verdict
from simulator.report.sweeps.wording import finite, is_within_noise
from simulator.uncertainty.grids import Axis, number_or_text
from simulator.uncertainty.tornado import preferred

if TYPE_CHECKING:
    import pandas as pd


def grid_document(subject: Subject, results: pd.DataFrame, axes: Sequence[Axis], arm: str) -> dict[str, Any]:
    """Every point of a grid, every arm, and where each arm breaks even.

    Args:
        results: one row for each trial and arm, trials in the order of the grid, the last axis fastest.
        arm: whose NPSV is shown where there is room for one.
    """
    axis_rows = [axis_of(axis, subject) for axis in axes]
    points = points_of(subject, results, axes)
    names = [name for name in subject.titles if name != subject.comparator]
    names = [name for name in names if name in set(map(str, results["arm"]))]
    document = {
        **subject.head("grid", arm),
        "arms": [{"name": name, "title": subject.title(name)} for name in (subject.comparator, *names)],
        "axes": axis_rows,
        "points": points,
        "break_evens": break_evens_of(axis_rows, points, names, arm, subject),
    }
    return {**document, "sentences": sentences_of(document), "notes": notes_of(document)}


def axis_of(axis: Axis, subject: Subject) -> dict[str, Any]:
    """One axis: what is varied, and its values as numbers where they are."""
    values = [number_or_text(value) for value in axis.values]
    return {
        "name": axis.name,
        "label": label_of(axis.name) if label_of(axis.name) else axis.name,
        "unit": unit_of(axis.name, subject.units),
        "values": values,
        "is_numeric": all(isinstance(value, float) for value in values),
    }


def points_of(subject: Subject, results: pd.DataFrame, axes: Sequence[Axis]) -> list[dict[str, Any]]:
    """Points in the order of the trials."""
    combinations = list(product(*([number_or_text(value) for value in axis.values] for axis in axes)))
    found: list[dict[str, Any]] = []
    for trial, rows in results.groupby("trial", sort=True):
        values = combinations[int(str(trial))]
        arms = [arm_of(row, subject.noise_width) for row in rows.to_dict("records")]
        npsv = {each["name"]: each["npsv_gbp"] for each in arms}
        errors = {each["name"]: each["standard_error_gbp"] for each in arms}
        best = preferred(npsv, subject.comparator)
        found.append(
            {
                "values": list(values),
                "price_base": price_base(subject, dict(zip([axis.name for axis in axes], values, strict=True))),
                "preferred": best,
                "preferred_title": subject.title(best),
                "preferred_is_clear": leads_clearly(npsv, errors, subject.comparator, best, subject.noise_width),
                "by_arm": arms,
            }
        )
    return found


def arm_of(row: Mapping[Any, Any], width: float) -> dict[str, Any]:
    """One arm at one point, against the comparator.

    Args:
        width: standard errors in a half-width of noise.
    """
    npsv, error, cost = float(row["npsv_gbp"]), finite(row["noise_gbp"]), float(row["programme_cost_gbp"])
    return {
        "name": str(row["arm"]),
        "npsv_gbp": npsv,
        "standard_error_gbp": error,
        "within_noise": is_within_noise(npsv, error, width),
        "verdict": verdict(npsv, error, cost, width),
        "programme_cost_gbp": cost,
        "benefit_gbp": float(row["benefit_gbp"]),
        "reoffences_prevented": float(row["reoffences_prevented"]),
    }


def price_base(subject: Subject, values: Mapping[str, Any]) -> str:
    """The financial year in whose prices a point is: a cost table brings its own unless the scenario states one."""
    if PRICE_BASE in values:
        return str(values[PRICE_BASE])
    table = values.get(COST_TABLE)
    return subject.price_bases.get(str(table), "") if table else str(subject.fields["price_base"])


def break_evens_of(
    axes: Sequence[Mapping[str, Any]],
    points: Sequence[Mapping[str, Any]],
    names: Sequence[str],
    arm: str,
    subject: Subject,
) -> list[dict[str, Any]]:
    """Where arms break even: every arm along a single axis; along one of two axes, the chosen arm.

    Of two axes that one is solved for along which there are more crossings, the second where they are even. With three
    axes or more, or along words, there are none.
    """
    if len(axes) == 1:
        return along(0, axes, points, names, subject)
    if len(axes) != 2:
        return []
    ways = [along(number, axes, points, [arm], subject) for number in (1, 0)]
    return max(ways, key=len)


def along(
    number: int,
    axes: Sequence[Mapping[str, Any]],
    points: Sequence[Mapping[str, Any]],
    names: Sequence[str],
    subject: Subject,
) -> list[dict[str, Any]]:
    """Crossings along one axis, at each value of the other if there is one."""
    if not axes[number]["is_numeric"]:
        return []
    lines: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for point in points:
        fixed = tuple(value for place, value in enumerate(point["values"]) if place != number)
        lines.setdefault(fixed, []).append(point)
    return [
        break_even(each, name, axes[number], fixed, axes, subject)
        for fixed, line in lines.items()
        for name in names
        for each in crossings(
            [(point["values"][number], *npsv_of(point, name)) for point in line if compares(point, name)],
            subject.noise_width,
        )
    ]


def compares(point: Mapping[str, Any], arm: str) -> bool:
    """Whether an arm has costs or benefits at a point; without, its NPSV of zero is no break-even."""
    return any(each["name"] == arm and each["verdict"] != NEITHER for each in point["by_arm"])


def npsv_of(point: Mapping[str, Any], arm: str) -> tuple[float, float | None]:
    """NPSV and standard error of an arm at a point."""
    found = next(each for each in point["by_arm"] if each["name"] == arm)
    return found["npsv_gbp"], found["standard_error_gbp"]


def break_even(
    each: Crossing,
    arm: str,
    axis: Mapping[str, Any],
    fixed: tuple[Any, ...],
    axes: Sequence[Mapping[str, Any]],
    subject: Subject,
) -> dict[str, Any]:
    """One crossing, with where it lies."""
    others = [other for other in axes if other is not axis]
    return {
        "arm": arm,
        "arm_title": subject.title(arm),
        "axis": axis["name"],
        "unit": axis["unit"],
        "value": each.value,
        "standard_error": each.standard_error,
        "between": list(each.between),
        "pays": "above" if each.pays_above else "below",
        "is_clear": each.is_clear,
        "at": [{"name": other["name"], "value": value} for other, value in zip(others, fixed, strict=True)],
    }
