"""Cost tables: gaps are filled, totals split exactly, and every fault is named at its cell."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.quantities import Quantity, Standing
from simulator.tables import (
    EDITIONS,
    Deflators,
    cost_catalogue,
    load_crime_costs,
    load_deflators,
    load_offence_types,
    load_rows,
    load_sources,
)

SOURCES = "".join(
    f"{key}:\n  title: T\n  publisher: P\n  date: '2018'\n  licence: OGL\n{more}"
    for key, more in (
        ("horr99", "  superseded_by: ho_2019_20\n  note: N\n"),
        ("ho_2019_20", "  url: https://example.org/\n"),
        ("iom_toolkit_2011", ""),
        ("gdp", ""),
    )
)
DEFLATORS = """financial_year,index,source,where,standing
2010/11,69.55,gdp,row,derived
2015/16,75.479,gdp,row,derived
2019/20,82.135,gdp,row,derived
"""
TYPES = """offence_type,severity_tier,horr99,ho_2019_20,iom_toolkit_2011,standing,why
domestic_burglary,2,Domestic burglary,Domestic burglary,Burglary dwelling,assumed,x
fraud,3,Fraud,Fraud (individual),,assumed,x
commercial_burglary,2,,Commercial burglary,"Burglary, not in a dwelling",assumed,x
drug_offence,3,,,,assumed,x
"""
HEAD = "category,part,agency,kind,value,unit,price_year,low,high,range_why,source,where,standing,why\n"


def rows_of(edition: str, year: str, standing: str, rows: str) -> str:
    """Rows of ``category|part|agency|kind|value`` in the form of an edition's table."""
    text = HEAD
    for row in rows.strip().splitlines():
        category, part, agency, kind, value = row.split("|")
        money = part != "multiplier"
        unit, price_year = ("gbp per crime", year) if money else ("crimes per recorded crime", "")
        low, high = float(value) * 0.75, float(value) * 1.5
        text += f"{category},{part},{agency},{kind},{value},{unit},{price_year},{low},{high},"
        text += f"editions,{edition},table 1,{standing},because\n"
    return text


HORR99 = rows_of(
    "horr99",
    "2015/16",
    "unverified",
    "domestic_burglary|total|||5930\nfraud|total|||1290\ndrug_offence|total|||0",
)
HO = rows_of(
    "ho_2019_20",
    "2019/20",
    "transcribed",
    """domestic_burglary|anticipation|||1030
domestic_burglary|consequence|||5510
domestic_burglary|response|||1180
domestic_burglary|multiplier|||2.17
fraud|anticipation|||260
fraud|consequence|||1600
fraud|response|||0
fraud|multiplier|||11.78
commercial_burglary|anticipation|||3690
commercial_burglary|consequence|||5460
commercial_burglary|response|||870
drug_offence|total|||0""",
)
TOOLKIT = rows_of(
    "iom_toolkit_2011",
    "2010/11",
    "transcribed",
    """domestic_burglary|response|police|fiscal|683
domestic_burglary|response|courts|fiscal|129
domestic_burglary|consequence|nhs|fiscal|50
domestic_burglary|consequence|victims|economic|1746
domestic_burglary|consequence|victims|social|803
commercial_burglary|response|police|fiscal|788
commercial_burglary|response|prison|fiscal|525
commercial_burglary|consequence|victims|economic|2050
commercial_burglary|consequence|victims|social|943
commercial_burglary|multiplier|||1.9""",
)
JUSTICE = """name,agency,kind,value,unit,price_year,low,high,source,where,standing,why
arrest_detained,police,fiscal,719,gbp per arrest,2015/16,593,800,gdp,CR7.0,transcribed,
"""
PROGRAMME = JUSTICE.replace("arrest_detained", "place_year")
APPRAISAL = """name,agency,kind,value,unit,price_year,low,high,source,where,standing,why
discount_rate,,,0.035,per year,,,,gdp,p 5,transcribed,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        "sources.yaml": SOURCES,
        "deflators.csv": DEFLATORS,
        "offence_types.csv": TYPES,
        "horr99.csv": HORR99,
        "ho_2019_20.csv": HO,
        "iom_toolkit_2011.csv": TOOLKIT,
        "justice.csv": JUSTICE,
        "programme.csv": PROGRAMME,
        "appraisal.csv": APPRAISAL,
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_sources_types_and_rows_are_read(folder: Path) -> None:
    sources = load_sources(folder)
    assert sources["horr99"].superseded_by == "ho_2019_20"
    assert sources["ho_2019_20"].superseded_by is None
    assert sources["ho_2019_20"].url == "https://example.org/"
    types = load_offence_types(folder)
    assert [each.severity_tier for each in types] == [2, 3, 2, 3]
    assert types[0].labels["iom_toolkit_2011"] == "Burglary dwelling"
    arrest = load_rows(folder, "justice")["arrest_detained"]
    assert (arrest.name, arrest.agency, arrest.kind) == (
        "justice.arrest_detained",
        "police",
        "fiscal",
    )
    assert load_rows(folder, "appraisal")["discount_rate"].value == 0.035


def test_deflators_bring_money_to_other_years(folder: Path) -> None:
    deflators = load_deflators(folder)
    assert deflators.factor("2019/20", "2015/16") == 75.479 / 82.135
    assert deflators.factor("1066/67", "1066/67") == 1.0
    with pytest.raises(ValueError, match=r"from 2010/11 to 2019/20\. The nearest is 2019/20\."):
        deflators.factor("2015/16", "2030/31")
    with pytest.raises(ValueError, match=r"Write 2015/16\."):
        deflators.factor("2015", "2019/20")


def test_uprating_a_quantity_scales_its_range_and_says_so(folder: Path) -> None:
    deflators = load_deflators(folder)
    arrest = load_rows(folder, "justice")["arrest_detained"]
    newer = deflators.in_prices_of(arrest, "2019/20")
    factor = 82.135 / 75.479
    assert (newer.value, newer.low, newer.high) == (719 * factor, 593 * factor, 800 * factor)
    assert newer.standing is Standing.DERIVED
    assert newer.why == "from 2015/16 to 2019/20 prices by GDP deflator 1.088"
    assert deflators.in_prices_of(arrest, "2015/16") is arrest
    ratio = Quantity("r", 1.0, "ratio", Standing.CHOICE)
    assert deflators.in_prices_of(ratio, "2019/20") is ratio


years = st.sampled_from(["2010/11", "2015/16", "2019/20"])


@given(years, years, years)
def test_factors_multiply_along_the_way(a: str, b: str, c: str) -> None:
    deflators = Deflators({"2010/11": 69.55, "2015/16": 75.479, "2019/20": 82.135})
    assert math.isclose(deflators.factor(a, c), deflators.factor(a, b) * deflators.factor(b, c))


def test_5930_stays_5930_and_its_parts_add_up_exactly_in_any_order(folder: Path) -> None:
    costs = load_crime_costs(folder, "horr99")
    assert costs.price_year == "2015/16"
    total, parts = costs.totals["domestic_burglary"], costs.parts["domestic_burglary"]
    assert (total.value, total.standing) == (5930.0, Standing.UNVERIFIED)
    assert [part.name.removeprefix("horr99.domestic_burglary.") for part in parts] == [
        "anticipation",
        "consequence.economic",
        "consequence.social",
        "response.police",
        "response.courts",
    ]
    for order in itertools.permutations(part.value for part in parts):
        assert sum(order) == 5930.0
    assert costs.total("domestic_burglary") == 5930.0


def test_a_bare_total_is_split_by_the_newer_editions_shares(folder: Path) -> None:
    parts = {part.name: part for part in load_crime_costs(folder, "horr99").parts["domestic_burglary"]}
    response = 5930 * 1180 / 7720
    police = parts["horr99.domestic_burglary.response.police"]
    assert police.value == pytest.approx(response * 683 / (683 + 129), abs=1e-5)
    assert (police.part, police.kind, police.agency) == ("response", "fiscal", "police")
    assert police.standing is Standing.DERIVED
    assert "split as in ho_2019_20 (anticipation 13.3%" in police.why
    assert "the total itself is unverified" in police.why
    assert "agencies as in iom_toolkit_2011 (Burglary dwelling)" in police.why
    assert police.low == pytest.approx(police.value * 0.75)
    social = parts["horr99.domestic_burglary.consequence.social"]
    assert social.value == pytest.approx(5930 * 5510 / 7720 * 803 / (1746 + 803), abs=1e-5)
    anticipation = parts["horr99.domestic_burglary.anticipation"]
    assert (anticipation.kind, anticipation.agency) == ("economic", "victims")


def test_a_category_without_toolkit_row_takes_the_average_of_the_others(folder: Path) -> None:
    costs = load_crime_costs(folder, "ho_2019_20")
    parts = {part.name: part.value for part in costs.parts["fraud"]}
    economic = (1746 / (1746 + 803) + 2050 / (2050 + 943)) / 2
    assert parts["ho_2019_20.fraud.consequence.economic"] == pytest.approx(1600 * economic)
    assert math.fsum(parts.values()) == 1860.0
    anticipation = costs.parts["fraud"][0]
    assert (anticipation.value, anticipation.standing) == (260.0, Standing.TRANSCRIBED)
    assert (anticipation.kind, anticipation.agency) == ("economic", "victims")


def test_a_missing_category_is_filled_by_deflator(folder: Path) -> None:
    costs = load_crime_costs(folder, "horr99")
    total = costs.totals["commercial_burglary"]
    assert total.standing is Standing.DERIVED
    assert total.why == "filled from ho_2019_20 (2019/20 prices) by GDP deflator 0.919"
    assert total.value == pytest.approx(10020 * 75.479 / 82.135)
    assert total.value == costs.total("commercial_burglary")
    first = costs.parts["commercial_burglary"][0]
    assert first.name == "horr99.commercial_burglary.anticipation"
    assert first.price_year == "2015/16"
    assert first.why.startswith("filled from ho_2019_20 (2019/20 prices) by GDP deflator 0.919")
    fraud = load_crime_costs(folder, "iom_toolkit_2011").totals["fraud"]
    assert fraud.value == pytest.approx(1860 * 69.55 / 82.135)


def test_the_toolkits_own_parts_are_kept_as_they_are(folder: Path) -> None:
    parts = load_crime_costs(folder, "iom_toolkit_2011").parts["domestic_burglary"]
    assert [part.value for part in parts] == [683, 129, 50, 1746, 803]
    assert parts[2].name == "iom_toolkit_2011.domestic_burglary.consequence.nhs"
    assert parts[0].standing is Standing.TRANSCRIBED


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_edition_is_complete(folder: Path, edition: str) -> None:
    costs = load_crime_costs(folder, edition)
    for category in ("domestic_burglary", "fraud", "commercial_burglary", "drug_offence"):
        assert math.fsum(part.value for part in costs.parts[category]) == costs.total(category)
        assert costs.totals[category].value == costs.total(category)
    assert costs.total("drug_offence") == 0.0
    assert set(costs.multipliers) == {"domestic_burglary", "fraud", "commercial_burglary"}
    burglary = costs.multipliers["domestic_burglary"]
    assert burglary.name == f"{edition}.domestic_burglary.multiplier"
    assert (burglary.standing is Standing.DERIVED) == (edition != "ho_2019_20")


def test_an_unknown_edition_brings_the_nearest(folder: Path) -> None:
    with pytest.raises(ValueError, match=r"Did you mean 'horr99'\?"):
        load_crime_costs(folder, "HORR 99")


def test_the_catalogue_names_every_figure(folder: Path) -> None:
    found = cost_catalogue(folder)
    assert found["horr99.domestic_burglary"].value == 5930.0
    for name in (
        "horr99.domestic_burglary.response.police",
        "ho_2019_20.fraud.multiplier",
        "justice.arrest_detained",
        "programme.place_year",
        "appraisal.discount_rate",
    ):
        assert found[name].name == name
