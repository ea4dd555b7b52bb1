"""The workbook of a comparison: live formulas beside the program's own figures."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simulator.documents.workbook.amounts import amount_layouts, amounts_sheet
from simulator.documents.workbook.cases import case_layouts, fiscal_sheet, social_sheet
from simulator.documents.workbook.file import write_file
from simulator.documents.workbook.frame import fixed_lead
from simulator.documents.workbook.front import cautions_sheet, contents_sheet, cover_sheet, sources_sheet
from simulator.documents.workbook.inputs import factors_sheet, input_layouts, inputs_sheet
from simulator.documents.workbook.notes import notes_sheet
from simulator.documents.workbook.others import other_sheets
from simulator.documents.workbook.public_value import economic_sheet, net_sheet, public_layouts
from simulator.documents.workbook.quantities import lines_sheet, noise_sheet, quantities_sheet, quantity_layouts
from simulator.documents.workbook.run_results import run_layouts, run_sheet
from simulator.documents.workbook.sheets import Sheet
from simulator.documents.workbook.splits import agencies_sheet, balance_sheet, by_year_sheet, kinds_sheet, split_layouts
from simulator.documents.workbook.summary import summary_layouts, summary_sheet
from simulator.documents.workbook.sums import Sums, check_same_run
from simulator.documents.workbook.toolkit import break_even_sheet, managed_sheet, toolkit_layouts
from simulator.documents.workbook.unit_costs import deflators_sheet, ranges_sheet, unit_cost_layouts, unit_costs_sheet

LAYOUTS = (
    input_layouts,
    unit_cost_layouts,
    quantity_layouts,
    amount_layouts,
    split_layouts,
    case_layouts,
    public_layouts,
    summary_layouts,
    run_layouts,
    toolkit_layouts,
)
LIVE = (
    summary_sheet,
    fiscal_sheet,
    economic_sheet,
    social_sheet,
    net_sheet,
    agencies_sheet,
    by_year_sheet,
    kinds_sheet,
    balance_sheet,
    break_even_sheet,
    managed_sheet,
    inputs_sheet,
    unit_costs_sheet,
    ranges_sheet,
    deflators_sheet,
    factors_sheet,
    quantities_sheet,
    noise_sheet,
    lines_sheet,
    amounts_sheet,
    run_sheet,
)


def write_workbook(path: Path, answers: Mapping[str, Any]) -> list[Sheet]:
    """Write ``workbook.xlsx`` from the answers ``comparison`` and ``costs``; the same answers give the same bytes.

    Args:
        answers: documents by name; ``chances``, ``funding``, ``tornado`` and ``regression`` get a sheet where given.

    Returns the sheets, whose cells hold every formula and its value.

    Raises ValueError where the two are not of the same run.
    """
    sums = Sums(answers["comparison"], answers["costs"])
    check_same_run(sums.comparison, sums.costs)
    run = sums.comparison["run"]
    comments = f"version {run['version']}, run {run['digest']}, data {run['data_digest']}"
    sheets = sheets_of(sums, answers)
    write_file(Path(path), sheets, f"{sums.comparison['title']}: costs and benefits", comments)
    return sheets


def sheets_of(sums: Sums, answers: Mapping[str, Any]) -> list[Sheet]:
    """Every sheet in order: what the workbook is, results, inputs, workings, other answers, sources."""
    places = {layout.sheet: layout for layouts in LAYOUTS for layout in layouts(sums)}
    notes = notes_sheet(sums, fixed_lead("Headings quote these notes by their numbers."))
    cautions, sources = cautions_sheet(sums), sources_sheet(sums)
    inner = [notes, cautions, *(sheet(sums, places) for sheet in LIVE), *other_sheets(answers), sources]
    return [cover_sheet(sums), contents_sheet(inner), *inner]
