"""``explain``: results down to lines that add up as printed, inputs with their price steps and what moves with them."""

from __future__ import annotations

import csv
import functools
import io
import json
import re
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from commands import Run, command
from hypothesis import given
from hypothesis import strategies as st
from small_runs import compared, write_scenario

from simulator.report.behind.paths import steps_to
from simulator.report.explained.answers import explained, text_of
from simulator.report.explained.sums import apportioned, pence
from simulator.report.results import results_of
from simulator.tables import InputProblems

SHORT = "appraisal.horizon_years=3"
MONEY = (
    "npsv_gbp", "benefit_gbp", "programme_cost_gbp", "by_agency.police.benefit_gbp", "by_agency.pcc.net_gbp",
    "by_kind.fiscal_not_cashable.benefit_gbp", "by_kind.fiscal_cashable.programme_cost_gbp", "by_year.2.net_gbp",
    "by_offence_type.robbery.benefit_gbp", "by_line.custody_day.net_gbp", "denominator.gbp",
)  # fmt: skip


@functools.cache
def found(name: str, *settings: str) -> dict[str, Any]:
    return explained(f"leeds.{name}", None, [SHORT, *settings], 3, 3, 1, "compiled")


@functools.cache
def document(*settings: str) -> dict[str, Any]:
    return results_of(compared(SHORT, *settings, name="leeds:as_run", replications=3))


def value_of(name: str, *settings: str) -> Any:
    path = name if name.startswith("alternatives.") else f"arms.{name}"
    return steps_to({"comparison": document(*settings)}, f"comparison.{path}")[-1].value


def printed(words: str) -> Decimal:
    return Decimal(words.replace("−", "-").replace("£", "").replace(",", ""))


# Results.


@pytest.mark.parametrize("field", MONEY)
@pytest.mark.parametrize("settings", [(), ("appraisal.optimism_bias=0.2", "appraisal.benefit_cut=0.1")])
def test_lines_add_up_to_the_value_that_compare_has(field: str, settings: tuple[str, ...]) -> None:
    here = found(f"as_run.{field}", *settings)
    assert here["value"] == value_of(f"as_run.{field}", *settings)
    path = here["path"]
    amounts = {side: sum((pence(each["gbp"]) for each in path["lines"] if each["side"] == side), Decimal(0))
               for side in ("benefit", "programme cost")}  # fmt: skip
    assert amounts["benefit"] == pence(path["benefit_gbp"])
    assert amounts["programme cost"] == pence(path["programme_cost_gbp"])
    net = {"benefit_gbp": path["benefit_gbp"], "programme_cost_gbp": path["programme_cost_gbp"]}
    assert pence(net.get(path["field"], path["net_gbp"])) == pence(here["value"])


def rows_under(text: str, heading: str) -> list[list[str]]:
    """The cells of a printed table, from the heading of its section on."""
    block = text.split(heading)[1].split("\n\n")[0].splitlines()
    ruler = next(number for number, line in enumerate(block) if line.startswith("---"))
    ends = [(each.start(), each.end()) for each in re.finditer("-+", block[ruler])]
    return [[line[start:end].strip() for start, end in ends] for line in block[ruler + 1 :]]


@pytest.mark.parametrize("settings", [(), ("appraisal.optimism_bias=0.2", "appraisal.price_base=2023/24")])
def test_a_reviewer_can_do_it_again_by_hand_from_what_is_printed(settings: tuple[str, ...]) -> None:
    text = text_of(found("as_run.npsv_gbp", *settings))
    lines = rows_under(text, "Lines: quantity x unit cost")
    total = Decimal(0)
    for row in lines:
        quantity, cost, amount = printed(row[2]), printed(row[4]), printed(row[-1])
        weight = Decimal(row[5]) if len(row) == 7 else Decimal(1)
        assert abs(quantity * cost * weight - amount) <= Decimal("0.02") + abs(cost) * Decimal("0.000001")
        total += -amount if row[1] == "programme cost" else amount
    said = re.search(r"= (−?£[\d,.]+)\n", text)
    assert said is not None
    assert printed(said[1]) == total
    assert f"value:          {said[1]} in " in text
    years = rows_under(text, "Quantity: units of each year")
    factors = [Decimal(cell) for cell in years[0][1:-1]]
    assert len(years) == len(lines) + 1
    for row, line in zip(years[1:], lines, strict=True):
        by_hand = sum((printed(cell) * factor for cell, factor in zip(row[1:-1], factors, strict=True)), Decimal(0))
        assert abs(by_hand - printed(row[-1])) <= Decimal("0.00001") + abs(by_hand) * Decimal("1e-8")
        assert row[-1] == line[2]
    prices = rows_under(text, "Unit cost: each price")
    for row in prices:
        if row[4] != "–":
            base, own = (Decimal(each) for each in row[4].split(" / "))
            assert abs(printed(row[2]) * base / own - printed(row[5])) <= abs(printed(row[5])) * Decimal("1e-6")
    whole = sum((printed(row[5]) for row in prices if row[0].startswith("horr99.robbery.")), Decimal(0))
    robbery = next(row for row in lines if row[0] == "robbery")
    assert abs(whole - printed(robbery[4])) < Decimal("0.00001")


def test_another_reading_is_taken_apart_under_its_own_prices() -> None:
    here = found("alternatives.as_run_inclusive_multiplied.benefit_gbp")
    assert not {line["line"] for line in here["path"]["lines"]} & {"arrest", "custody_day"}
    assert pence(here["path"]["benefit_gbp"]) == pence(here["value"])
    assert any(price["part"] == "response" for price in here["path"]["prices"])


def test_one_year_has_that_year_alone() -> None:
    here = found("as_run.by_year.2.net_gbp")
    assert [factor > 0.0 for factor in here["path"]["discount_factors"]] == [False, True, False]


def test_counts_are_shown_by_year_in_both_arms() -> None:
    here = found("as_run.custody_days.increment")
    *years, whole = here["path"]["counted"]
    assert sum(row["difference"] for row in years) == pytest.approx(whole["difference"])
    assert whole["difference"] == pytest.approx(here["value"])
    assert all(row["in_arm"] - row["in_comparator"] == pytest.approx(row["difference"]) for row in years)
    assert "In the comparator" in text_of(here)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("benefit_per_pound", "benefit ÷ programme cost = "),
        ("cost_per_managed_person_year_gbp", ", not discounted"),
        ("break_even.prevented_per_person_year", "needed: £"),
    ],
)
def test_quotients_are_shown_in_figures(field: str, words: str) -> None:
    assert words in text_of(found(f"as_run.{field}"))


def test_a_cost_for_each_of_something_is_not_discounted() -> None:
    path = found("as_run.cost_per_managed_person_year_gbp")["path"]
    assert path["discount_factors"] == [1.0, 1.0, 1.0]
    assert path["programme_cost_gbp"] / path["divided_by"] == pytest.approx(
        found("as_run.cost_per_managed_person_year_gbp")["value"], rel=1e-6
    )


def test_intervals_marks_sources_and_standing_stand_beside_the_value() -> None:
    here, text = found("as_run.npsv_gbp"), text_of(found("as_run.npsv_gbp"))
    assert here["interval"] == value_of("as_run.npsv_interval")
    assert here["simulation_interval"] == value_of("as_run.simulation_interval")["npsv_gbp"]
    assert [mark["sign"] for mark in here["marks"]] == ["[u]", "[old]"]
    assert "[u][old]" in text.splitlines()[1]
    horr99 = next(each for each in here["sources"] if each["name"] == "horr99")
    assert horr99["superseded_by"] == "ho_2019_20"
    assert any("Table E1" in where for where in horr99["where"])
    assert set(horr99["standings"]) == {"transcribed", "unverified", "derived"}
    assert found("as_run.by_agency.police.benefit_gbp")["interval"] is None


def test_the_identifier_of_the_documents_is_understood(run: Run) -> None:
    words = ["-n", "2", "--set", SHORT, "--format", "json"]
    one = json.loads(run("explain", "comparison.arms.as_run.benefit_gbp", "--scenario", "leeds", *words).out)
    other = json.loads(run("explain", "leeds.as_run.benefit_gbp", *words).out)
    assert one == other


def test_a_scenario_of_one_s_own_is_explained(run: Run, tmp_path: Path) -> None:
    path = write_scenario(tmp_path, "extends: leeds\ntitle: Mine\nwhy: w\n")
    here = json.loads(run("explain", "as_run.npsv_gbp", "--scenario", path, "-n", "2", "--format", "json").out)
    assert (here["name"], here["scheme"]) == ("mine.as_run.npsv_gbp", "mine")


def test_the_csv_of_a_result_has_a_row_for_each_line(run: Run) -> None:
    out = run("explain", "leeds.as_run.by_agency.police.net_gbp", "-n", "2", "--set", SHORT, "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["line"] for row in rows] == ["arrest", "offender_manager_year"]


# Sums to the penny.


@given(st.lists(st.floats(-1e7, 1e7), min_size=1, max_size=40))
def test_pence_are_shared_out_so_that_parts_add_up(amounts: list[float]) -> None:
    total = pence(sum(amounts))
    parts = apportioned(amounts, total)
    assert sum(parts, Decimal(0)) == total
    assert all(
        abs(part - Decimal(repr(amount))) <= Decimal("0.0151") for part, amount in zip(parts, amounts, strict=True)
    )


def test_parts_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="no parts of"):
        apportioned([1.0, 2.0], Decimal("3.10"))


# Inputs.


def test_an_input_has_its_price_steps_with_both_indices() -> None:
    (step,) = found("justice.arrest_detained")["price_steps"]
    assert (step["from_year"], step["to_year"], step["index_source"]) == ("2006/07", "2015/16", "hmt_gdp_deflators")
    assert step["value_in_price_base"] == pytest.approx(593.0 * step["to_index"] / step["from_index"])
    assert found("population.served_share")["price_steps"] == []


def test_what_moves_is_what_rests_on_the_input_and_nothing_else() -> None:
    here = found("justice.arrest_detained")
    moved = {each["outcome"] for each in here["moves"]["outcomes"] if each["moves"]}
    assert moved == {"npsv_gbp", "benefit_gbp", "fiscal_benefit_gbp"}
    assert set(here["rests_on_it"]) == {"npsv_gbp", "benefit_gbp", "benefit_per_pound"}
    assert here["moves"]["arm"] == "as_run"
    low, high = (next(each for each in here["moves"]["outcomes"])[end] for end in ("at_low", "at_high"))
    assert low != high


def test_a_part_moves_with_its_whole_and_a_share_with_its_mix() -> None:
    assert found("horr99.robbery.consequence.social")["moves"]["moved"] == "horr99.robbery"
    assert found("offence_mixes.mixed_acquisitive.robbery")["moves"]["moved"] == "offence_mixes.mixed_acquisitive"
    assert found("programme.place_year")["moves"]["moved"] == "costs.place_year"


def test_a_lever_has_no_range_and_says_so() -> None:
    here = found("programme.caseload")
    assert here["moves"] == {}
    assert "no range" in text_of(here)


def test_a_published_figure_says_in_which_scheme_it_moves_what(run: Run) -> None:
    here = json.loads(run("explain", "horr99.robbery", "-n", "2", "--format", "json").out)
    assert here["used_by"][0] == here["scheme"] == here["moves"]["scheme"] == "bedfordshire"
    assert here["made_of"]
    assert "What moves with horr99.robbery: bedfordshire, 'As run'" in run("explain", "horr99.robbery", "-n", "2").out
    ratio = json.loads(run("explain", "effects.matched_pooled.occasions_ratio", "-n", "2", "--format", "json").out)
    assert ratio["moves"]["moved"] == "effect.occasions_ratio"
    report = json.loads(run("explain", "sussex_2013.convictions.before", "--format", "json").out)
    assert "moves" not in report


def test_a_bare_name_is_of_the_scheme_that_compare_takes(run: Run) -> None:
    here = json.loads(run("explain", "population.served_share", "-n", "2", "--format", "json").out)
    assert here["scheme"] == "bedfordshire"
    own = json.loads(
        run("explain", "population.served_share", "--scenario", "leeds", "-n", "2", "--format", "json").out
    )
    assert own["scheme"] == "leeds"


# Names.


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("horr99.domestic_burglry", "'horr99.domestic_burglary'"),
        ("leeds.as_rnu.npsv_gbp", "'leeds.as_run.npsv_gbp'"),
        ("leeds.population.served_shaer", "'leeds.population.served_share'"),
        ("leeds.as_run.npsv_gb", "as_run.npsv_gbp"),
        ("leeds.as_run.by_agency.polise.benefit_gbp", "by_agency.police.benefit_gbp"),
    ],
)
def test_a_mistyped_name_gets_the_nearest_of_figures_inputs_and_results(name: str, nearest: str) -> None:
    with pytest.raises(InputProblems) as refused:
        explained(name, None, [], 1, 1, 1, "compiled")
    assert nearest in str(refused.value)


def test_help_is_there_at_once() -> None:
    start = time.perf_counter()
    assert command("explain", "--help").code == 0
    assert time.perf_counter() - start < 2.5  # alone it takes a third of a second; the machine may be busy
