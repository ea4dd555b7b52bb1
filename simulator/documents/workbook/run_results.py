"""Results of the run: what the simulation gave before anybody changed an input. Fixed; live sheets lean on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.documents.workbook.frame import fixed_lead, marked, signed
from simulator.documents.workbook.notes import note
from simulator.documents.workbook.sheets import Cell, Column, Layout, Plain, Sheet, row_of
from simulator.documents.workbook.sums import Sums

Places = Mapping[str, Layout]

SHEET = "Results of the run"
COLUMNS = (
    Column("choice", "Funding choice", 30),
    Column("cost", "Additional programme cost (£)", 17, "pounds", measure="programme_cost_gbp"),
    Column("benefit", f"Benefit (£) {note('losses')}", 17, "pounds", measure="benefit_gbp"),
    Column("npsv", "Net present social value (£)", 17, "pounds", measure="npsv_gbp"),
    Column("npsv_low", f"NPSV, 95% interval from (£) {note('intervals')}", 17, "pounds"),
    Column("npsv_high", "NPSV, 95% interval to (£)", 17, "pounds"),
    Column("noise", f"Noise of the simulation ± (£) {note('intervals')}", 17, "pounds"),
    Column("ratio", f"Benefit per £1 {note('ratio')}", 12, "ratio", measure="benefit_per_pound"),
    Column("ratio_low", "Benefit per £1, 95% interval from", 13, "ratio"),
    Column("ratio_high", "Benefit per £1, 95% interval to", 13, "ratio"),
    Column("reason", "Why no ratio", 30, "wrap"),
    Column("public", "Other benefit per £1 of net public cost", 15, "ratio", measure="benefit_per_pound"),
    Column("public_low", "Net public cost ratio, 95% interval from", 14, "ratio"),
    Column("public_high", "Net public cost ratio, 95% interval to", 14, "ratio"),
    Column("public_reason", "Why none", 30, "wrap"),
    Column("payback", "Payback (year)", 10, "count"),
    Column("prevented", "Reoffences prevented are told from nil", 14, "aid", aid=True),
    Column("arm", "Arm", 26, "aid", aid=True),
)
NO_DRAWS, NO_RATIO, NOT_GIVEN = "none: no input drawn", "none: no ratio", "not given"


def run_layouts(sums: Sums) -> list[Layout]:
    """Where the results of the run stand."""
    return [Layout(SHEET, signed(COLUMNS, sums), len(run_lead(sums)), len(sums.compared))]


def run_lead(sums: Sums) -> tuple[Cell, ...]:
    """The rows above the results of the run."""
    document = sums.comparison
    basis = (
        f"Pounds at present value in {document['price_base']} prices, discounted at "
        f"{round(document['discount_rate'] * 100.0, 2):g}% a year. Each choice is set against '{sums.arms[0]['title']}'."
    )
    luck = f"{document['replications']:,} runs, seed {document['seed']}. These figures do not follow the inputs."
    return (*fixed_lead(luck, basis), *marked(sums))


def run_sheet(sums: Sums, places: Places) -> Sheet:
    """One row for each arm but the comparator."""
    rows = [run_row(arm) for arm in sums.compared]
    about = "What the simulation gave, with its intervals (fixed)"
    return Sheet(places[SHEET], "Results of the run", about, run_lead(sums), rows)


def run_row(arm: Mapping[str, Any]) -> tuple[Cell, ...]:
    """One arm as the program reports it."""
    public = arm["benefit_per_pound_of_net_public_cost"]
    told = arm["cost_per_proven_reoffence_prevented_gbp"] is not None
    payback = arm["payback_year"]
    return row_of(
        arm["title"],
        arm["programme_cost_gbp"],
        arm["benefit_gbp"],
        arm["npsv_gbp"],
        *ends(arm["npsv_interval"], NO_DRAWS),
        half(arm["simulation_interval"]["npsv_gbp"]),
        given(arm["benefit_per_pound"]),
        *ends(arm["benefit_per_pound_interval"], interval_reason(arm["benefit_per_pound"])),
        arm["ratio_reason"] or "–",
        given(public["value"]),
        *ends(public["interval"], interval_reason(public["value"])),
        public["ratio_reason"] or "–",
        payback if payback is not None else "–",
        "yes" if told else "no",
        arm["name"],
    )


def ends(interval: Sequence[float] | None, reason: str) -> tuple[Plain, Plain]:
    """Both ends of an interval, or the reason why there is none."""
    return (interval[0], interval[1]) if interval else (reason, reason)


def half(interval: Sequence[float] | None) -> Plain:
    """Half the width of an interval."""
    return (interval[1] - interval[0]) / 2.0 if interval else "none: one run"


def given(ratio: float | None) -> Plain:
    """A ratio, or that there is none."""
    return NOT_GIVEN if ratio is None else ratio


def interval_reason(ratio: float | None) -> str:
    """Why a ratio has no interval."""
    return NO_RATIO if ratio is None else NO_DRAWS
