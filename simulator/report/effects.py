"""The named effects as rows, and the evidence that a figure of an effect rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.evidence import Effect, Grade
from simulator.quantities import Quantity, Source

SHOWN = ("occasions_ratio", "custody_ratio")


def effect_rows(effects: Mapping[str, Effect]) -> list[dict[str, Any]]:
    """One row an effect: on what evidence, its main ratios with intervals, and the sources."""
    return [
        {
            "effect": name,
            "design": effect.design,
            "n": effect.n,
            "p": effect.p_value,
            "level": effect.maryland_level.value,
            **{ratio: with_interval(effect.ratios.get(ratio)) for ratio in SHOWN},
            "source": ", ".join(effect.sources),
        }
        for name, effect in effects.items()
    ]


def with_interval(ratio: Quantity | None) -> str:
    """A ratio with its interval; empty for none."""
    if ratio is None:
        return ""
    return f"{ratio.value:.2f} [{ratio.low:.2f} to {ratio.high:.2f}]" if ratio.has_range else f"{ratio.value:.2f}"


def evidence_behind(name: str, effects: Mapping[str, Effect], sources: Mapping[str, Source]) -> dict[str, Any]:
    """The evidence that a figure of an effect rests on, by the full name of the figure; empty for other figures.

    The p-value is of the difference in frequency, so it is told of the ratio on occasions only.
    """
    table, _, inner = name.partition(".")
    effect = effects.get(inner.partition(".")[0]) if table == "effects" else None
    if effect is None:
        return {}
    return {
        "design": effect.design,
        "n": effect.n,
        "p_value": effect.p_value if name.endswith(".occasions_ratio") else None,
        "maryland_level": grade_in_words(effect.maryland_level),
        "evidence": effect.where,
        "also_from": [f"{each}: {sources[each].title}" for each in effect.also],
        "correction": effect.correction,
        "about": effect.why,
        "warning": effect.warning,
        "spread_prior": with_interval(effect.spread_prior),
    }


def grade_in_words(grade: Grade) -> str:
    """A grade on the Maryland scale of 1 to 5, how well it stands and why; empty where there is none."""
    return f"{grade.value} of 5 ({grade.standing}: {grade.why})" if grade.value is not None else ""
