"""A fit in words: each target with its miss, the rates with intervals and correlations, and what is not identified."""

from __future__ import annotations

from typing import Any

from simulator.calibration.schemes import BEFORE_AFTER
from simulator.evidence import Fit, Reading
from simulator.report.reproduction import plain, short
from simulator.report.text import table, wrapped

HALF_UNIT = 1.0  # standard errors within which a fitted target is met


def target_rows(fit: Fit) -> list[dict[str, Any]]:
    """One row a target and reading."""
    return [
        {
            "scheme": fit.scheme,
            "report": fit.report,
            "reading": name,
            "figure": target.figure,
            "reported": target.reported,
            "modelled": target.modelled,
            "standard_error": target.standard_error,
            "miss_in_standard_errors": target.miss,
            "role": target.role,
        }
        for name, reading in fit.readings.items()
        for target in reading.targets
    ]


def fit_document(fit: Fit) -> dict[str, Any]:
    """The fit as plain values, for JSON."""
    return {
        "scheme": fit.scheme,
        "report": fit.report,
        "protocol": fit.protocol,
        "made_by": fit.made_by,
        "seed": fit.seed,
        "inputs_digest": fit.inputs_digest,
        "readings": {
            name: {
                "parameters": {key: vars(each) for key, each in reading.parameters.items()},
                "correlations": [list(row) for row in reading.correlations],
                "effect": {key: vars(each) for key, each in reading.effect.items()},
                "targets": [vars(each) for each in reading.targets],
                "not_identified": list(reading.not_identified),
            }
            for name, reading in fit.readings.items()
        },
    }


def fit_text(fit: Fit) -> str:
    """Both readings of a fit for people."""
    title = f"{fit.scheme}: fitted to {fit.report} ({fit.protocol})"
    parts = [title, "=" * len(title)]
    for name, reading in fit.readings.items():
        parts += ["", f"{name.replace('_', ' ').capitalize()} of activity", "", *reading_text(fit, reading)]
    return "\n".join(parts)


def reading_text(fit: Fit, reading: Reading) -> list[str]:
    """One reading: targets, rates, correlations, what stays open."""
    fitted = [each for each in reading.targets if each.role == "fitted"]
    far = [each for each in fitted if each.miss is not None and abs(each.miss) > HALF_UNIT]
    rows = [
        [
            short(each.figure, fit.report),
            plain(each.reported),
            plain(each.modelled),
            "" if each.standard_error is None else plain(each.standard_error),
            "" if each.miss is None else f"{each.miss:+.1f}",
            each.role,
        ]
        for each in [*fitted, *(each for each in reading.targets if each.role != "fitted" and headline(each.figure))]
    ]
    said = (
        f"All {len(fitted)} fitted figures are met within one standard error."
        if not far
        else f"Not met within one standard error: {', '.join(short(each.figure, fit.report) for each in far)}. The figures "
        "ask for more than these rates can give; see `reproduce` for what that means."
    )
    if far and fit.protocol == BEFORE_AFTER:
        said += " Shares of people were given 15 points besides chance when fitted; the misses here leave that out."
    return [
        table(("Figure", "Reported", "Modelled", "Standard error", "Miss", "Role"), rows),
        wrapped(said, ""),
        "",
        parameters_table(reading),
        "",
        correlations_table(reading),
        "",
        *(wrapped(f"Not identified: {each}") for each in reading.not_identified),
    ]


def headline(figure: str) -> bool:
    """Whether a predicted figure is one that a reader looks for first; `reproduce` has them all."""
    name = figure.partition(".")[2]
    return (
        "over_12" not in name and "regional" not in name and "key_findings" not in name.partition(" ")[0]
    ) or "implied" in name


def parameters_table(reading: Reading) -> str:
    """Rates and ratios with their 95% intervals."""
    rows = [
        [name, f"{each.value:.3f}", f"{each.low:.3f} to {each.high:.3f}"]
        for name, each in [*reading.parameters.items(), *reading.effect.items()]
    ]
    return table(("Fitted", "Value", "95% interval"), rows)


def correlations_table(reading: Reading) -> str:
    """Correlations of the logarithms of the rates."""
    names = list(reading.parameters)
    rows = [[name, *(f"{value:+.2f}" for value in row)] for name, row in zip(names, reading.correlations, strict=True)]
    return table(("Correlation", *names), rows)
