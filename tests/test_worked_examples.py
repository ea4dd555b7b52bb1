"""The reports' own money: recomputed from their inputs, to the pound as printed."""

from __future__ import annotations

import functools
import math

import pytest
from small_runs import library

from simulator.evaluation.lines import ARITHMETIC, Line
from simulator.evaluation.worked_examples import (
    case_by_agency,
    cost_of_burglaries,
    cost_of_custody,
    public_cost_by_agency,
    whole_percent,
    worked_examples,
)
from simulator.evidence import Report, catalogue, load_reports
from simulator.places import data_folder
from simulator.report.worked_examples import case_rows, case_text, example_rows, examples_text

PRINTED = {
    "bedfordshire_2019.figure_5.cost_per_burglary": 5930.0,
    "bedfordshire_2019.figure_5.cost_before": 444_750.0,
    "bedfordshire_2019.figure_5.cost_after": 59_300.0,
    "bedfordshire_2019.figure_5.saving": 385_450.0,
    "bedfordshire_2019.figure_5.decrease_percent": 87.0,
    "bedfordshire_2019.offender_a.custody_cost_before": 12_195.0,
    "bedfordshire_2019.offender_a.custody_cost_after": 8152.0,
    "bedfordshire_2019.offender_a.custody_decrease_percent": 33.0,
    "sussex_2013.case_study.housing_cost": 33_550.0,
    "sussex_2013.case_study.prison_cost": 10_370.0,
    "sussex_2013.case_study.nhs_cost": 6100.0,
    "sussex_2013.case_study.police_cost": 4880.0,
    "sussex_2013.case_study.probation_cost": 2440.0,
    "sussex_2013.case_study.rest_share": 6.0,
}


@functools.cache
def reports() -> dict[str, Report]:
    return load_reports(data_folder("evidence"))


@functools.cache
def lines() -> tuple[Line, ...]:
    return tuple(worked_examples(library(), reports()))


def test_every_worked_example_is_recomputed_exactly_as_printed() -> None:
    assert {line.figure: line.simulated for line in lines()} == PRINTED
    assert {line.figure: line.reported for line in lines()} == PRINTED


def test_every_line_is_arithmetic_on_a_figure_of_its_report() -> None:
    known = catalogue(data_folder("cost_tables"), data_folder("evidence"))
    for line in lines():
        assert known[line.figure].value == line.reported
        assert line.figure.startswith(f"{line.report}.")
        assert (line.standard_error, line.miss_in_standard_errors, line.role) == (None, None, ARITHMETIC)
        assert line.protocol


def test_burglaries_are_priced_by_the_cost_table() -> None:
    dearer = library().with_cost("horr99.domestic_burglary", 7720.0)
    assert cost_of_burglaries(75.0, dearer) == pytest.approx(75 * 7720.0, abs=1e-6)
    assert cost_of_burglaries(0.0, library()) == 0.0


def test_days_in_custody_are_priced_by_the_cost_table() -> None:
    dearer = library().with_cost("justice.custody_day_bedfordshire", 100.0)
    assert cost_of_custody(178.0, dearer) == pytest.approx(17_800.0)


def test_no_price_to_the_penny_gives_both_custody_costs() -> None:
    prices = [pence / 100.0 for pence in range(6800, 6901)]
    for rounded in (math.floor, round):
        assert not [each for each in prices if (rounded(178 * each), rounded(119 * each)) == (12_195, 8152)]


def test_of_offender_b_no_custody_is_printed() -> None:
    named = [name for name in reports()["bedfordshire_2019"].figures if name.startswith("offender_b")]
    assert named
    assert not [name for name in named if "custody" in name]


def test_whole_percent_rounds_halves_up() -> None:
    assert [whole_percent(part, 1000.0) for part in (865.0, 866.66, 864.9)] == [87.0, 87.0, 86.0]


def test_the_case_by_agency_adds_up_to_what_the_report_prints() -> None:
    shares = case_by_agency(library(), reports()["sussex_2013"])
    assert math.fsum(each.reported_percent for each in shares) == 100.0
    assert math.fsum(each.reported_gbp for each in shares) == pytest.approx(61_000.0)
    assert [each.agency for each in shares][-1] == "not named"


def test_the_tables_split_is_of_public_cost_and_has_no_housing() -> None:
    shares = {each.agency: each for each in case_by_agency(library(), reports()["sussex_2013"])}
    assert set(shares["housing"].of_a_crime.values()) == {None}
    amounts = public_cost_by_agency(library(), "iom_toolkit_2011")
    police = shares["police"].of_a_crime["iom_toolkit_2011"]
    assert police == pytest.approx(100.0 * amounts["police"] / sum(amounts.values()))
    assert set(amounts) == {"police", "probation", "courts", "prison", "other_cjs", "nhs"}
    # 12% of Sussex's mix is domestic burglary, at 683 to the police in the toolkit.
    assert amounts["police"] > 0.12 * 683.0


def test_the_text_shows_every_figure() -> None:
    text = examples_text(lines())
    assert all(figure in text for figure in PRINTED)
    assert "444,750" in text and "12,195.14" in text
    assert list(example_rows(lines())[0]) == [
        "report",
        "figure",
        "protocol",
        "reported",
        "simulated",
        "standard_error",
        "miss_in_standard_errors",
        "role",
    ]
    shares = case_by_agency(library(), reports()["sussex_2013"])
    assert "not named" in case_text(shares) and case_rows(shares)[0]["horr99_percent_of_a_crime"] is None
