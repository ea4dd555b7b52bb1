"""Scenario files: what may be written, what is refused and where, and what stands on what."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_runs import library, scenario_with, write_scenario

from simulator.quantities import Standing
from simulator.report.template import template_of
from simulator.scenario.fields import LEVERS, QUANTITIES
from simulator.scenario.funding import open_share_by_year, paid_for_by_year, places_of, staffing_of
from simulator.scenario.layers import scheme_names
from simulator.scenario.overrides import worked_out
from simulator.scenario.read import read_scenario
from simulator.scenario.records import Scenario
from simulator.tables import InputProblems

TOP = "extends: bedfordshire\ntitle: t\nwhy: w\n"
MIX = "offence_mixes:\n  m:\n    standing: assumed\n    why: x\n    shares: "


def read(folder: Path, text: str, *settings: str) -> Scenario:
    return read_scenario(write_scenario(folder, text), library().known(), settings)


def refused(folder: Path, text: str, *settings: str) -> str:
    """What the reader says of a faulty file."""
    with pytest.raises(InputProblems) as caught:
        read(folder, text, *settings)
    return str(caught.value)


def guessed(value: str, ends: str = "[0, 9]") -> str:
    return f"{{value: {value}, range: {ends}, standing: assumed, why: x}}"


def row(people: str = "3", area: str = "A", more: str = "") -> str:
    share = "statutory_share: {value: 0, standing: choice}"
    return f"  - {{area: {area}, people: {people}, offence_mix: mixed_acquisitive, {share}{more}}}\n"


# What stands on what.


def test_a_file_states_places_its_own_way_whatever_its_base_does(tmp_path: Path) -> None:
    mine = read(tmp_path, TOP + "programme: {places: 60}\n")
    assert places_of(mine.baseline) == 60
    assert places_of(scenario_with().baseline) == 94
    assert places_of(read(tmp_path, TOP + "programme: {caseload: 10}\n").baseline) == 50


def test_two_ways_of_stating_places_in_one_file_are_refused(tmp_path: Path) -> None:
    said = refused(tmp_path, TOP + "programme: {places: 60, offender_managers: 4}\n")
    assert "one of the three" in said
    assert "programme.places and programme.offender_managers" in said


def test_a_file_of_the_name_of_a_scheme_may_stand_on_that_scheme(tmp_path: Path) -> None:
    path = write_scenario(tmp_path, TOP, "bedfordshire.yaml")
    assert read_scenario(path, library().known()).cohort == scenario_with().cohort


def test_a_table_of_offence_shares_replaces_the_whole_mix(tmp_path: Path) -> None:
    mine = read(tmp_path, TOP + MIX.replace("  m:", "  mixed_acquisitive:") + "{robbery: 1}\n")
    assert dict(mine.mixes["mixed_acquisitive"].shares) == {"robbery": 1.0}
    assert mine.mixes["domestic_abuse"] == scenario_with().mixes["domestic_abuse"]


def test_the_order_of_keys_changes_nothing(tmp_path: Path) -> None:
    one = read(tmp_path, TOP + "programme: {places: 60, caseload: 15}\nappraisal: {horizon_years: 3}\n")
    other = read(
        tmp_path,
        "appraisal: {horizon_years: 3}\nprogramme: {caseload: 15, places: 60}\nwhy: w\ntitle: t\nextends: bedfordshire\n",
    )
    assert one == other
    assert one.digest == other.digest


def test_another_value_gives_another_digest(tmp_path: Path) -> None:
    one = read(tmp_path, TOP + "programme: {places: 60}\n")
    assert one.digest != read(tmp_path, TOP + "programme: {places: 61}\n").digest


def test_a_value_set_on_the_command_line_is_a_choice_and_is_remembered() -> None:
    scenario = scenario_with("population.occasions_per_year=2")
    quantity = scenario.baseline.quantities["population.occasions_per_year"]
    assert (quantity.value, quantity.standing, quantity.low) == (2.0, Standing.CHOICE, None)
    assert quantity.why == "set on the command line"
    assert scenario.overrides == {"population.occasions_per_year": "2"}
    assert all(arm.settings.value("population.occasions_per_year") == 2.0 for arm in scenario.arms)


def test_an_arm_is_the_baseline_with_its_changes_and_nothing_else() -> None:
    scenario = scenario_with()
    for arm in scenario.arms:
        for name, value in arm.settings.levers.items():
            touched = name in arm.changes or ("offender_managers" in str(arm.changes) and name == "programme.places")
            assert touched or value == scenario.baseline.levers[name], (arm.name, name)
        assert arm.settings.quantities == scenario.baseline.quantities
        assert arm.settings.effect == scenario.baseline.effect


def test_people_stated_in_a_file_are_not_passed_off_as_read_in_the_base_s_source(tmp_path: Path) -> None:
    mine = read(tmp_path, TOP + "cohort:\n" + row())
    assert (mine.cohort_from.standing, mine.cohort_from.source) == ("choice", "")
    assert scenario_with().cohort_from.source == "bedfordshire_2019"
    named = read(tmp_path, TOP + "source: sussex_2013\ncohort:\n" + row())
    assert (named.cohort_from.standing, named.cohort_from.source) == ("read", "sussex_2013")


# From funding to places, and to what is paid.


def test_a_budget_buys_places_at_their_yearly_cost() -> None:
    settings = scenario_with("programme.yearly_budget_gbp=300000").baseline
    factor = library().deflators.factor("2013/14", "2015/16")
    per_place = settings.value("costs.offender_manager_year") * factor / 18.8 + settings.value("costs.place_year")
    assert places_of(settings) == int(300_000 // per_place) > 0


def test_offender_managers_times_caseload_are_rounded_down_to_whole_places() -> None:
    assert places_of(scenario_with("programme.offender_managers=2.5", "programme.caseload=15").baseline) == 37
    assert places_of(scenario_with("programme.offender_managers=3", "programme.caseload=0.1").baseline) == 0
    assert staffing_of(scenario_with("programme.places=30", "programme.caseload=15").baseline).offender_managers == 2.0


def test_what_is_paid_follows_the_years_in_which_the_scheme_is_open() -> None:
    settings = scenario_with("programme.start_year=0.5", "programme.ends_after_years=3.25", name="leeds").baseline
    assert open_share_by_year(settings, 5).tolist() == [0.5, 1.0, 1.0, 0.25, 0.0]
    paid = paid_for_by_year(settings, 5)
    assert paid["place_year"].tolist() == [142 * 0.5, 142.0, 142.0, 142 * 0.25, 0.0]
    closed = scenario_with("programme.open=false").baseline
    assert all(not units.any() for units in paid_for_by_year(closed, 5).values())


# Shipped files and names.


@pytest.mark.parametrize("scheme", scheme_names())
def test_a_shipped_scheme_has_a_reason_a_source_and_a_reason_for_every_arm(scheme: str) -> None:
    scenario = scenario_with(name=scheme)
    assert scenario.title
    assert scenario.why
    assert scenario.source in library().sources
    assert {"no_iom", "as_run"} <= {arm.name for arm in scenario.arms}
    assert all(arm.title and arm.why for arm in scenario.arms)
    for mix in scenario.mixes.values():
        assert sum(mix.shares.values()) == pytest.approx(1.0)
    for quantity in scenario.baseline.quantities.values():
        assert quantity.source in library().sources or not quantity.source
        assert quantity.source or quantity.why, quantity.name


@pytest.mark.parametrize("scheme", scheme_names())
def test_the_template_of_a_scheme_is_that_scheme_with_one_choice_more(scheme: str, tmp_path: Path) -> None:
    mine, shipped = read(tmp_path, template_of(scheme, "mine")), scenario_with(name=scheme)
    assert [arm.name for arm in mine.arms] == [*(arm.name for arm in shipped.arms), "my_choice"]
    assert mine.published_people == shipped.published_people
    assert places_of(mine.baseline) == places_of(shipped.baseline)
    for arm in shipped.arms:
        assert places_of(mine.arm(arm.name).settings) == places_of(arm.settings)
    assert [(row.name, row.rate_ratio.value, row.offence_mix, row.priority) for row in mine.cohort] == [
        (row.name, row.rate_ratio.value, row.offence_mix, row.priority) for row in shipped.cohort
    ]


@pytest.mark.parametrize("scheme", scheme_names())
def test_what_a_template_has_behind_a_hash_may_be_used_as_it_stands(scheme: str, tmp_path: Path) -> None:
    lines = template_of(scheme, "mine").splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith("# costs:"))
    freed = [
        line[2:] if i >= first and line.startswith(("# costs", "# pop", "#  ")) else line
        for i, line in enumerate(lines)
    ]
    mine = read(tmp_path, "\n".join(freed))
    assert mine.baseline.value("costs.offender_manager_year") == 60_000.0


def test_every_name_says_what_it_means() -> None:
    for name, field in {**QUANTITIES, **LEVERS}.items():
        assert field.help, name
        assert name.count(".") == 1


# Changes that are a multiple of the baseline.


@pytest.mark.parametrize(
    ("setting", "places"),
    [("programme.places=60", 45), ("programme.offender_managers=8", 112), ("programme.caseload=20", 75)],
)
def test_a_quarter_less_is_of_what_the_baseline_has(setting: str, places: int) -> None:
    scenario = read_scenario("bedfordshire", library().known(), [setting])
    assert places_of(scenario.arm("cut_a_quarter").settings) == places


@pytest.mark.parametrize("stated", [{"times": -1}, {"times": "much"}, {"plus": 3}, {"times": 0.5, "plus": 1}])
def test_a_multiple_that_is_none_is_refused(stated: dict[str, object]) -> None:
    assert "{times: a number}" in worked_out({"programme": {"caseload": 10}}, "programme.caseload", stated).fault
    assert worked_out({"programme": {}}, "programme.caseload", {"times": 2}).fault


def test_a_title_that_cannot_be_printed_is_refused_with_its_line(tmp_path: Path):
    path = tmp_path / "odd.yaml"
    path.write_text('extends: leeds\ntitle: "A \\a title"\nwhy: A test.\n', "utf-8")
    with pytest.raises(InputProblems, match=r"odd\.yaml:2:8: title: it holds '\\x07'"):
        read_scenario(str(path), library().known())
