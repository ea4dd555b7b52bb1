"""What the evidence carries: how much of a reported fall is selection, the effect in use, and how the fit stands up."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from simulator.documents.contents import Block, Bullets, Fold, Paragraph, Section
from simulator.documents.sections.material import Material, table_of
from simulator.report import reproduction
from simulator.report.text import shown
from simulator.report.verdicts import proper_minus

RATIOS = {
    "occasions_ratio": "Offending occasions are multiplied by",
    "offences_per_occasion_ratio": "Offences beyond the first of an occasion are multiplied by",
    "custody_ratio": "Chances of custody are multiplied by",
    "detection_ratio": "Detection is multiplied by",
    "frailty_exponent": "How much it bites on the most prolific (1: alike on all)",
}


def regression_to_the_mean(material: Material) -> Section | None:
    """The reported fall beside the falls that nobody caused."""
    answer = material.answer("regression")
    if answer is None:
        return None
    rows: list[Any] = [SimpleNamespace(**row) for row in answer["rows"]]
    uneven = bool(answer["a_year_each"])
    said = [
        reproduction.range_in_words(rows, uneven),
        *reproduction.what_can_be_said(rows, uneven),
        reproduction.people_in_words(rows, answer["reported"]),
        answer["looked"],
    ]
    notes = [] if all(row.reached for row in rows) else [reproduction.NOT_REACHED]
    return Section(
        "regression",
        "How much of the reported fall would have been seen anyway",
        (
            Bullets(tuple(each for each in said if each)),
            table_of(
                "regression-table",
                "The report's own protocol on simulated people managed without any effect",
                reproduction.REGRESSION_HEADINGS,
                [reproduction.regression_cells(row) for row in rows],
                notes,
            ),
        ),
    )


def effect_in_use(material: Material) -> Section:
    """The ratios that stand for what the scheme does, and the fit that the rates come from."""
    effect = material.arm["effect"]
    rows = [
        [
            RATIOS.get(name, name),
            shown(ratio["value"]),
            "–" if ratio["low"] is None else f"{shown(ratio['low'])} to {shown(ratio['high'])}",
            ratio["standing"],
        ]
        for name, ratio in effect["ratios"].items()
    ]
    title = "The effect in use, and how the model stands up to the report"
    if not rows:
        said = f"The effect is set to none (`{effect['name']}`): in this run the scheme changes nothing by itself."
        return Section("effect", title, (Paragraph(said), *fit_blocks(material)))
    blocks: list[Block] = [
        Paragraph(
            f"The effect is `{effect['name']}`, from the design: {effect['design'].replace('_', ' ')}. Below 1 is fewer. "
            f"`python run.py explain effects.{effect['name']}.occasions_ratio` shows the studies behind it."
        ),
        table_of(
            "effect-table",
            "What the scheme is taken to change, while somebody is managed",
            ["What", "Central", "95% interval or range", "Standing"],
            rows,
        ),
    ]
    return Section("effect", title, (*blocks, *fit_blocks(material)))


def fit_blocks(material: Material) -> list[Block]:
    """Reported figures beside simulated ones, fitted and predicted."""
    fit = material.comparison["fit"]
    if fit is None or not fit["targets"]:
        return [Paragraph("The rates of offending are the scenario's own; no fit to a report stands behind them.")]
    told = [f"Not told by the report: {each}." for each in fit["not_identified"]]
    rows = [target_row(target) for target in fit["targets"]]
    table = table_of(
        "fit-table",
        f"Figures of {fit['report']} beside simulated ones",
        ["Figure", "Reported", "Simulated", "Miss, in standard errors", "Role"],
        rows,
        ["Fitted figures were used to choose rates, so meeting them says little. Predicted ones were not: a miss there says "
         "where the model is not to be trusted.", *told],
        wide=True,
    )  # fmt: skip
    return [Paragraph(f"The rates are fitted: {fit['where']}, made by `{fit['made_by']}`."), Fold("The fit", (table,))]


def target_row(target: Mapping[str, Any]) -> list[str]:
    """One figure of the fit."""
    miss = target["miss"]
    return [
        f"`{target['figure']}`",
        shown(target["reported"]),
        shown(target["modelled"]),
        "–" if miss is None else proper_minus(f"{miss:+.1f}"),
        str(target["role"]),
    ]
