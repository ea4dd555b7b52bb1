"""Sheets of the other answers, where they are given: chances, funding, tornado, regression. Fixed figures all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from simulator.documents.workbook.frame import fixed_lead
from simulator.documents.workbook.run_results import ends
from simulator.documents.workbook.sheets import Cell, Column, Layout, Plain, Sheet, row_of

Document = Mapping[str, Any]
NONE = "–"

CHANCE_COLUMNS = (
    Column("choice", "Funding choice", 30),
    Column("mean", "Mean NPSV of the draws (£)", 17, "pounds"),
    Column("low", "NPSV, 95% interval from (£)", 17, "pounds"),
    Column("high", "NPSV, 95% interval to (£)", 17, "pounds"),
    Column("chance", "Chance that benefits exceed costs", 16, "whole_percent"),
    Column("loss", "Mean loss where they do not (£)", 16, "pounds"),
    Column("expected", "Expected loss over all draws (£)", 16, "pounds"),
    Column("best", "Chance to have the highest NPSV of all", 16, "whole_percent"),
)
LEVEL_COLUMNS = (
    Column("places", "Places", 10, "count"),
    Column("use", "Share in use", 12, "whole_percent"),
    Column("cost", "Cost of the scheme (£)", 17, "pounds"),
    Column("benefit", "Benefit (£)", 17, "pounds"),
    Column("npsv", "NPSV (£)", 17, "pounds"),
    Column("low", "NPSV, 95% interval from (£)", 17, "pounds"),
    Column("high", "NPSV, 95% interval to (£)", 17, "pounds"),
    Column("ratio", "Benefit per £1", 13, "ratio"),
    Column("ratio_low", "Benefit per £1, 95% interval from", 15, "ratio"),
    Column("ratio_high", "Benefit per £1, 95% interval to", 15, "ratio"),
    Column("reason", "Why no ratio", 48, "wrap"),
    Column("chance", "Chance that benefits exceed costs", 16, "whole_percent"),
)
BAR_COLUMNS = (
    Column("label", "Input", 46, "wrap"),
    Column("value", "Value in the run", 14, "general"),
    Column("low", "Low end", 14, "general"),
    Column("high", "High end", 14, "general"),
    Column("at_low", "NPSV at the low end (£)", 17, "pounds"),
    Column("at_high", "NPSV at the high end (£)", 17, "pounds"),
    Column("swing", "Swing (£)", 16, "pounds"),
    Column("noise", "Within noise?", 11),
    Column("flips", "Another choice preferred at an end?", 15),
    Column("standing", "Standing", 14),
    Column("name", "Name of the input", 46),
)
FALL_COLUMNS = (
    Column("choice", "Structural choice", 60, "wrap"),
    Column("counted", "Counted", 14),
    Column("reported", "Fall reported", 13, "whole_percent"),
    Column("fall", "Fall with no effect at all", 14, "whole_percent"),
    Column("low", "95% interval from", 13, "whole_percent"),
    Column("high", "95% interval to", 13, "whole_percent"),
    Column("selection", "Of it by selection", 13, "whole_percent"),
    Column("custody", "Of it by custody", 13, "whole_percent"),
)


def other_sheets(answers: Mapping[str, Any]) -> list[Sheet]:
    """One sheet for each of the four answers that is given."""
    made: dict[str, Callable[[Any], Sheet]] = {
        "chances": chances_sheet,
        "funding": levels_sheet,
        "tornado": tornado_sheet,
        "regression": falls_sheet,
    }
    return [make(answers[name]) for name, make in made.items() if answers.get(name)]


def fixed_sheet(
    name: str, title: str, about: str, columns: tuple[Column, ...], said: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> Sheet:
    """A sheet that no input changes."""
    lead = fixed_lead(*said, "These figures are of the simulation: they do not follow the inputs of this workbook.")
    return Sheet(Layout(name, columns, len(lead), len(rows)), title, about, lead, rows)


def basis(document: Document) -> str:
    """What the pounds are."""
    rate = f"{round(document['discount_rate'] * 100.0, 2):g}%"
    return f"Pounds at present value in {document['price_base']} prices, discounted at {rate} a year."


def or_none(value: Plain) -> Plain:
    """A value, or a dash for none."""
    return NONE if value is None else value


def chances_sheet(document: Document) -> Sheet:
    """How often each choice pays back when everything uncertain is drawn, and what is lost when it does not."""
    keys = ("chance_benefits_exceed_costs", "loss_where_it_loses_gbp", "expected_loss_gbp", "chance_preferred")
    rows = [
        row_of(
            arm["title"],
            arm["npsv_gbp"],
            *ends(arm.get("npsv_interval_gbp"), NONE),
            *(or_none(arm.get(key)) for key in keys),
        )
        for arm in document["arms"]
    ]
    said = f"{document['draws']:,} draws of everything uncertain, {document['replications']:,} runs each. {basis(document)}"
    about = "How often each funding choice pays back, and the size of the loss if not (fixed)"
    return fixed_sheet("Chances", "Chance of paying back", about, CHANCE_COLUMNS, (said,), rows)


def levels_sheet(document: Document) -> Sheet:
    """What each number of places costs and brings."""
    rows = [
        row_of(
            level["places"],
            or_none(level["share_in_use"]),
            level["cost_gbp"],
            level["benefit_gbp"],
            level["npsv_gbp"],
            *ends(level["npsv_interval"], NONE),
            or_none(level["benefit_per_pound"]),
            *ends(level["benefit_per_pound_interval"], NONE),
            level["ratio_reason"] or NONE,
            or_none(level["chance_benefits_exceed_costs"]),
        )
        for level in document["levels"]
    ]
    said = (f"'{document['arm_title']}' with more or fewer places. {basis(document)}",)
    about = "Cost, benefit and NPSV by number of places (fixed)"
    return fixed_sheet("Funding levels", "Levels of funding", about, LEVEL_COLUMNS, said, rows)


def tornado_sheet(document: Document) -> Sheet:
    """NPSV with one input moved at a time."""
    rows = [
        row_of(
            bar["label"],
            *(or_none(bar[key]) for key in ("value", "low", "high")),
            *(bar[f"{key}_gbp"] for key in ("npsv_at_low", "npsv_at_high", "swing")),
            yes_or_no(bar["within_noise"]),
            yes_or_no(bar["flips"]),
            bar["standing"],
            bar["name"],
        )
        for bar in document["bars"]
    ]
    said = (f"NPSV of '{document['arm_title']}' with one input moved at a time. {basis(document)}",)
    about = "What moves the result most: NPSV with one input moved at a time (fixed)"
    return fixed_sheet("Tornado", "What moves the result", about, BAR_COLUMNS, said, rows)


def yes_or_no(value: bool | None) -> str:
    """A flag in words."""
    return NONE if value is None else "yes" if value else "no"


def falls_sheet(document: Document) -> Sheet:
    """What a scheme's own before-and-after figures would show with no effect at all."""
    keys = ("reported_fall", "fall", "low", "high", "by_selection", "by_custody")
    rows = [row_of(row["choice"], row["counted"], *(or_none(row.get(key)) for key in keys)) for row in document["rows"]]
    said = (
        "The fall in proven reoffences before and after selection, as reported and as simulated with no effect at all.",
    )
    about = "What of a reported fall would be seen with no effect at all (fixed)"
    return fixed_sheet("Regression to the mean", "Regression to the mean", about, FALL_COLUMNS, said, rows)
