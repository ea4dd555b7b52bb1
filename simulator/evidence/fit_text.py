"""A fit as the text of its file: the same fit gives the same text, and the text gives the same fit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from simulator.evidence.fits import Fit, Parameter, Reading, Target
from simulator.tables.yaml_events import core_scalar

# Words that YAML takes for text without quotation marks, inside braces too.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*")


def write_fit(fit: Fit) -> str:
    """The YAML text of a fit; ``load_fit`` of it gives an equal fit, to the last bit."""
    lines = [
        f"scheme: {word(fit.scheme)}",
        f"report: {word(fit.report)}",
        f"protocol: {word(fit.protocol)}",
        f"made_by: {word(fit.made_by)}",
        f"seed: {fit.seed}",
        f"inputs_digest: {word(fit.inputs_digest)}",
        "readings:",
    ]
    for name, reading in fit.readings.items():
        lines += [f"  {name}:", *("    " + line for line in reading_lines(reading))]
    return "\n".join(lines) + "\n"


def reading_lines(reading: Reading) -> list[str]:
    """One reading, its names at the left margin."""
    return [
        "parameters:",
        *parameter_lines(reading.parameters),
        "correlations:",
        *(f"  - [{', '.join(number(value) for value in row)}]" for row in reading.correlations),
        *(["effect:", *parameter_lines(reading.effect)] if reading.effect else []),
        *list_lines("targets", [target_line(target) for target in reading.targets]),
        *list_lines("not_identified", [word(each) for each in reading.not_identified]),
    ]


def parameter_lines(parameters: Mapping[str, Parameter]) -> list[str]:
    """One line for each parameter."""
    return [
        f"  {name}: {{value: {number(each.value)}, low: {number(each.low)}, high: {number(each.high)}, "
        f"log_error: {number(each.log_error)}}}"
        for name, each in parameters.items()
    ]


def target_line(target: Target) -> str:
    """One target in braces."""
    return (
        f"{{figure: {word(target.figure)}, reported: {number(target.reported)}, modelled: {number(target.modelled)}, "
        f"standard_error: {number(target.standard_error)}, miss: {number(target.miss)}, role: {target.role}}}"
    )


def list_lines(name: str, items: Sequence[str]) -> list[str]:
    """A list under its name; nothing where it is empty."""
    return [f"{name}:", *(f"  - {item}" for item in items)] if items else []


def number(value: float | None) -> str:
    """The shortest digits that give the same number back, zero without a sign; null for none."""
    return "null" if value is None else repr(float(value) + 0.0).removesuffix(".0")


def word(text: str) -> str:
    """Text as YAML has it: plain where that is safe, else in double quotation marks on one line."""
    if _PLAIN.fullmatch(text) and core_scalar(text) == text:
        return text
    import yaml

    return yaml.dump(text, default_style='"', allow_unicode=True, width=float("inf")).rstrip("\n")
