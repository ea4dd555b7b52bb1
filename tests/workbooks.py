"""Workbooks for tests: made from small runs, changed as a reviewer would, and recalculated by two programs.

LibreOffice trusts the values stored in a file unless a setting says otherwise, so it runs with a profile of its own that
always recalculates; and openpyxl drops stored values when it saves, so what is read afterwards was computed anew.
"""

from __future__ import annotations

import functools
import json
import math
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from small_runs import runs_with

from simulator.appraisal import comparison as comparing
from simulator.appraisal.comparison import Comparison
from simulator.appraisal.library import Library
from simulator.cli.loading import load
from simulator.documents.workbook.book import sheets_of, write_workbook
from simulator.documents.workbook.sheets import Sheet
from simulator.documents.workbook.sums import Sums
from simulator.report.cost_rows import cost_rows
from simulator.report.results import results_of

Answers = Mapping[str, Any]
Reader = Callable[[str, str], Any]  # the value of a cell, by sheet and place

ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
TOLERANCE = 1e-9
PENNY = 1e-6


def priced_anew(*settings: str, change: Callable[[Library], Library] | None = None, **made_with: Any) -> Comparison:
    """The very runs of ``runs_with(**made_with)``, priced under other settings and by a changed library."""
    before = made_with.pop("before", ())
    runs = runs_with(*before, **made_with)
    name, comparator = made_with.get("name", "bedfordshire"), made_with.get("comparator")
    said = {setting.partition("=")[0]: setting for setting in (*before, *settings)}  # what is said later counts
    (scenario,), library = load([name], list(said.values()), comparator)
    return comparing.appraise(replace(runs, scenario=scenario), change(library) if change else library)


@functools.cache
def answers_of(*settings: str, **made_with: Any) -> Answers:
    """Both answers of a small run, as JSON has them."""
    compared = priced_anew(before=settings, **made_with)
    return json.loads(json.dumps({"comparison": results_of(compared), "costs": cost_rows(compared)}))


def sheets_by_name(answers: Answers) -> dict[str, Sheet]:
    """The sheets as they were laid out."""
    return {sheet.name: sheet for sheet in sheets_of(Sums(answers["comparison"], answers["costs"]), answers)}


def made(folder: Path, answers: Answers) -> Path:
    """The workbook in a folder."""
    path = folder / "workbook.xlsx"
    write_workbook(path, answers)
    return path


def stored(path: Path) -> Reader:
    """The values stored in a file."""
    book = openpyxl.load_workbook(path, data_only=True)
    return lambda sheet, place: book[sheet][place].value


def place_of(book: openpyxl.Workbook, name: str) -> Any:
    """The cell that a name of the workbook stands for."""
    ((sheet, place),) = book.defined_names[name].destinations
    return book[sheet][place]


def changed(path: Path, inputs: Mapping[str, Any]) -> Path:
    """A copy with other values in the cells of these names; every stored value of a formula is gone from it."""
    book = openpyxl.load_workbook(path)
    for name, value in inputs.items():
        place_of(book, name).value = value
    other = path.with_name("changed.xlsx")
    book.save(other)
    return other


def by_libreoffice(path: Path) -> Reader:
    """The values that LibreOffice computes. It must be there: a test that skips proves nothing."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.fail("LibreOffice recalculates the workbook: install libreoffice-calc")
    folder = path.parent / "recalculated"
    profile = path.parent / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, "utf-8")
    words = ["--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", "xlsx", "--outdir", str(folder)]
    subprocess.run([office, *words, str(path)], check=True, capture_output=True, timeout=180)
    return stored(folder / path.name)


def by_formulas(path: Path) -> Reader:
    """The values that the package ``formulas`` computes."""
    import formulas

    solution = formulas.ExcelModel().loads(str(path)).finish().calculate()

    def value(sheet: str, place: str) -> Any:
        found = solution[f"'[{path.name}]{sheet.upper()}'!{place}"].value[0, 0]
        return found.item() if hasattr(found, "item") else found

    return value


def rows_of(sheet: Sheet, read: Reader) -> list[dict[str, Any]]:
    """The rows of a sheet by the keys of its columns."""
    keys = [column.key for column in sheet.layout.columns]
    return [{key: read(sheet.name, sheet.layout.here(key, row)) for key in keys} for row in range(len(sheet.rows))]


def same(one: Any, other: Any) -> bool:
    """Whether two cells agree: words exactly, numbers to a billionth."""
    if isinstance(one, str) or isinstance(other, str):
        return bool(one == other)
    return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=PENNY)


def differences(sheets: Mapping[str, Sheet], read: Reader, document: Mapping[str, Any]) -> list[str]:
    """Where recalculated amounts differ from what the program gives at the same inputs: a line for each."""
    arms = {arm["name"]: arm for arm in document["arms"]}

    def rows(name: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        return [(row, arms[row["arm"]]) for row in rows_of(sheets[name], read)]

    pairs = [
        *(pair for row, arm in rows("Summary") for pair in summary_pairs(row, arm)),
        *(pair for row, arm in rows("Agencies") for pair in part_pairs(row, arm["by_agency"], agency=row["agency"])),
        *(
            pair
            for row, arm in rows("Kinds")
            for pair in part_pairs(row, arm["by_kind"], kind=row["kind"], cashable=row["cash"] == "cashable")
        ),
        *(pair for row, arm in rows("Balance by year") for pair in part_pairs(row, arm["by_year"], year=row["year"])),
        *(
            (
                f"{row['arm']} balance",
                row["cumulative"],
                sum(each["net_gbp"] for each in arm["by_year"][: int(row["year"])]),
            )
            for row, arm in rows("Balance by year")
        ),
        *(
            (f"line {row['name']}", row[key], part[f"{field}_gbp"])
            for row, arm in rows("Lines")
            for part in [each for each in arm["by_line"] if each["line"] == row["name"]]
            for key, field in (("cost", "programme_cost"), ("benefit", "benefit"), ("unit_cost", "unit_cost"))
        ),
        *(pair for row, arm in rows("Break-even") for pair in break_even_pairs(row, arm["break_even"])),
        *(
            ("per managed year", row["each"], "none" if (each := arm[PER_YEAR]) is None else each)
            for row, arm in rows("Cost per managed offender")
        ),
        *(("health", row["health"], arm["npsv_with_health_discounting_gbp"]) for row, arm in rows("Social case")),
        *(("NPSV", row["npsv"], arm["npsv_gbp"]) for row, arm in rows("Economic case")),
        *(
            ("net cost", row["ratio"], or_not(arm["benefit_per_pound_of_net_public_cost"]["value"]))
            for row, arm in rows("Net public cost")
            if not (row["reason"].startswith("Luck may be all"))
        ),
    ]
    assert pairs
    return [f"{what}: {mine} is not {theirs}" for what, mine, theirs in pairs if not same(mine, theirs)]


def or_not(ratio: float | None) -> float | str:
    """A ratio as the workbook shows it."""
    return "not given" if ratio is None else ratio


def summary_pairs(row: Mapping[str, Any], arm: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """Amounts, ratio, deepest point and payback of one arm."""
    amounts = [(f"{arm['name']} {key}", row[key], arm[f"{field}_gbp"]) for key, field in TOTALS.items()]
    payback = arm["payback_year"]
    words = row["payback"] in ("nothing to pay back", f"not within {len(arm['by_year'])} years", "not within 1 year")
    return [
        *amounts,
        (f"{arm['name']} ratio", row["ratio"], or_not(arm["benefit_per_pound"])),
        (f"{arm['name']} payback", row["payback"], row["payback"] if payback is None and words else payback or "none"),
        (f"{arm['name']} deepest", row["deepest"], min(0.0, *accumulate(each["net_gbp"] for each in arm["by_year"]))),
    ]


PER_YEAR = "cost_per_managed_person_year_gbp"
TOTALS = {"cost": "programme_cost", "benefit": "benefit", "npsv": "npsv"}
PARTS = {"cost": "programme_cost", "benefit": "benefit", "net": "net"}


def part_pairs(row: Mapping[str, Any], parts: list[dict[str, Any]], **which: Any) -> list[tuple[str, Any, Any]]:
    """The three amounts of a part of an arm."""
    (part,) = [each for each in parts if all(each[key] == value for key, value in which.items())]
    return [(f"{row['arm']} {which} {key}", row[key], part[f"{field}_gbp"]) for key, field in PARTS.items()]


def break_even_pairs(row: Mapping[str, Any], found: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """What break-even takes, and what was achieved."""
    keys = {
        "needed": "prevented_per_person_year",
        "achieved": "achieved_per_person_year",
        "value": "value_per_proven_offence_gbp",
    }
    return [
        (f"break-even {key}", row[key], "none" if found[field] is None else found[field]) for key, field in keys.items()
    ]
