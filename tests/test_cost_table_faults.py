"""Every fault in the cost tables is named at its file and line; the shipped ones have none."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import pytest

from simulator.evidence import load_effects, load_reports
from simulator.places import data_folder
from simulator.tables import (
    EDITIONS,
    InputProblems,
    load_crime_costs,
    load_deflators,
    load_offence_types,
    load_rows,
    load_sources,
)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the shipped cost tables, to be spoilt."""
    return Path(shutil.copytree(data_folder("cost_tables"), tmp_path / "cost_tables"))


def spoilt(folder: Path, name: str, old: str, new: str) -> int:
    """Replace the first occurrence of ``old`` in a file; return the line it is on."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{name} no longer has {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    return text[: text.index(old)].count("\n") + 1


BURGLARY = "domestic_burglary,total,,,5930,gbp per crime,2015/16,"


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("horr99.csv", ",5930,gbp", ',"5,930",gbp', "Write 5930, without the comma."),
        ("horr99.csv", ",5930,gbp", ",£5930,gbp", "Write 5930, without the pound sign."),
        ("horr99.csv", ",5930,gbp", ",,gbp", "value: a number is missing"),
        ("horr99.csv", ",5930,gbp", ",#REF!,gbp", "an error of the spreadsheet"),
        ("horr99.csv", ",5930,gbp", ",NaN,gbp", "'NaN' is not a number"),
        ("horr99.csv", ",5930,gbp", ",-5930,gbp", "-5930 is negative"),
        ("horr99.csv", BURGLARY, BURGLARY.replace("2015/16", ""), "money needs a price_year"),
        ("horr99.csv", BURGLARY, BURGLARY.replace("2015/16", "2015-16"), "Write 2015/16."),
        ("horr99.csv", BURGLARY, BURGLARY.replace("2015/16", "2016/17"), "in 2015/16 prices"),
        ("horr99.csv", BURGLARY, BURGLARY + "9", "is above the value 5930"),
        ("horr99.csv", BURGLARY, BURGLARY.replace("total", "totl"), "Did you mean 'total'?"),
        ("horr99.csv", "domestic_burglary,", "domestic burglary,", "'domestic_burglary'"),
        ("horr99.csv", "cyber_crime,total", "fraud,total", "'horr99.fraud' is there twice"),
        ("horr99.csv", ",bedfordshire_2019,", ",bedforshire_2019,", "'bedfordshire_2019'?"),
        ("horr99.csv", ",bedfordshire_2019,", ",,", "a figure that is read needs a source"),
        ("horr99.csv", ",assumed,", ",assumd,", "Did you mean 'assumed'?"),
        ("ho_2019_20.csv", ",economic,", ",economical,", "Did you mean 'economic'?"),
        ("iom_toolkit_2011.csv", "range_why", "range why", "Did you mean 'range_why'?"),
        ("deflators.csv", "2015/16,75", "2014/15,75", "2014/15 is there twice"),
        ("deflators.csv", "2015/16,75.479", "2015/16,0", "an index cannot be zero"),
    ],
)
def test_a_fault_is_refused_at_its_line(copied: Path, name: str, old: str, new: str, said: str) -> None:
    line = spoilt(copied, name, old, new)
    with pytest.raises(InputProblems) as refused:
        load_crime_costs(copied, "horr99")
    assert said in str(refused.value)
    at = {(Path(each.file).name, each.line) for each in refused.value.problems}
    assert (name, line) in at


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("deflators.csv", "2010/11,", "2030/31,", "deflators.csv has no 2010/11"),
        ("offence_types.csv", "drug_offence,", "no_offence,", "is not an offence type"),
        ("sources.yaml", "horr99:", "horr98:", "Did you mean 'horr98'?"),
    ],
)
def test_what_the_tables_lack_together_is_refused(copied: Path, name: str, old: str, new: str, said: str) -> None:
    spoilt(copied, name, old, new)
    with pytest.raises(InputProblems) as refused:
        load_crime_costs(copied, "horr99")
    assert said in str(refused.value)


def test_a_category_that_no_edition_prices_is_refused(copied: Path) -> None:
    path = copied / "offence_types.csv"
    path.write_text(path.read_text(encoding="utf-8") + "arson,2,,,,assumed,x\n", encoding="utf-8")
    with pytest.raises(InputProblems, match="no edition has a cost for 'arson'"):
        load_crime_costs(copied, "horr99")


def test_faults_of_several_files_come_out_together(copied: Path) -> None:
    spoilt(copied, "deflators.csv", "2015/16,75.479", '2015/16,"75,479"')
    spoilt(copied, "horr99.csv", ",5930,gbp", ",5930.0.0,gbp")
    with pytest.raises(InputProblems) as refused:
        load_crime_costs(copied, "horr99")
    assert {Path(each.file).name for each in refused.value.problems} == {
        "deflators.csv",
        "horr99.csv",
    }


# The shipped files.


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_shipped_editions_load_and_add_up(edition: str) -> None:
    folder = data_folder("cost_tables")
    costs = load_crime_costs(folder, edition)
    types = [each.name for each in load_offence_types(folder)]
    assert list(costs.parts) == list(costs.totals) == types
    for category in types:
        parts = costs.parts[category]
        assert math.fsum(each.value for each in parts) == costs.totals[category].value
        assert len({each.name for each in parts}) == len(parts)
        for each in parts:
            assert each.name.startswith(f"{edition}.{category}.")
            assert each.kind in ("fiscal", "economic", "social")
            assert each.agency
            assert each.price_year == costs.price_year
            assert each.part in ("anticipation", "consequence", "response")
        if costs.total(category):
            assert costs.multipliers[category].value > 0.0


def test_the_shipped_totals_are_the_published_ones() -> None:
    folder = data_folder("cost_tables")
    assert load_crime_costs(folder, "horr99").totals["domestic_burglary"].value == 5930.0
    assert load_crime_costs(folder, "ho_2019_20").total("domestic_burglary") == 7720.0
    toolkit = load_crime_costs(folder, "iom_toolkit_2011")
    assert toolkit.total("domestic_burglary") == 3910.0


def test_the_other_shipped_tables_load() -> None:
    folder = data_folder("cost_tables")
    sources, deflators = load_sources(folder), load_deflators(folder)
    assert sources["horr99"].superseded_by == "ho_2019_20"
    for name in ("justice", "programme", "appraisal"):
        for row in load_rows(folder, name).values():
            assert row.source in sources or row.standing in ("assumed", "choice", "unverified")
            assert row.price_year is None or row.price_year in deflators.index
    reports = load_reports(data_folder("evidence"), sources)
    assert set(reports) == {
        "bedfordshire_2019",
        "diamond_2011",
        "leeds_2017",
        "leicestershire_2016",
        "southwark_2018",
        "sussex_2013",
    }
    assert "matched_pooled" in load_effects(data_folder("evidence") / "effects.yaml", sources)
