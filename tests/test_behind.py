"""What is behind a figure: moving an input that is not named never moves it, and what is named is no idle list."""

from __future__ import annotations

import re

import pytest
from behind_runs import World, figures_of, world
from small_runs import arm_of, compared

from simulator.report.behind.prices import JUSTICE_LINES
from simulator.report.results import results_of

# Inputs of every kind, and settings under which each kind has something of its own to go wrong.
SAMPLE = (
    "horr99.domestic_burglary", "horr99.homicide", "justice.custody_day_bedfordshire", "justice.arrest_detained",
    "programme.offender_manager_year", "programme.selection", "deflators.2008/09", "deflators.2015/16",
    "population.served_share", "population.community_share", "population.offences_per_occasion",
    "effect.occasions_ratio", "effect.detection_ratio", "programme.fade_out_years", "offence_mixes.burglary_led",
    "cohort.Luton · High Impact.rate_ratio", "appraisal.recorded_per_proven", "appraisal.discount_rate_health",
)  # fmt: skip
WORLDS: dict[str, tuple[str, tuple[str, ...], str | None, tuple[str, ...]]] = {
    "multiplied and inclusive": (
        "leeds:as_run", ("appraisal.counting=multiplied", "appraisal.costing=inclusive"), None,
        ("justice.recall", "horr99.robbery", "population.community_share", "appraisal.recorded_per_proven",
         "deflators.2006/07", "offence_mixes.mixed_acquisitive"),
    ),
    "whole wings, bias, another base and comparator": (
        "leeds:add_a_quarter",
        ("justice.prison_wing_places=0.1", "appraisal.prison_cost=step_fixed",
         "appraisal.optimism_bias=0.1", "appraisal.benefit_cut=0.1",
         "appraisal.price_base=2023/24"),
        "as_run",
        ("justice.prison_wing_places", "deflators.2023/24", "population.served_share", "programme.place_year"),
    ),
    "a budget buys places": (
        "southwark:as_run", ("programme.yearly_budget_gbp=150000",), None,
        ("programme.place_year", "programme.fixed_year", "horr99.robbery"),
    ),
    "selection by offences": (
        "southwark:as_run", ("programme.selection_rule=recent offences", "population.spells=false"), None,
        ("population.offences_per_occasion", "population.arrivals_per_year"),
    ),
    "a scheme that starts anew": (
        "sussex:as_run", (), None, ("effect.occasions_ratio", "programme.not_engaged_quiet_per_year"),
    ),
}  # fmt: skip


def wrong(here: World, name: str) -> list[str]:
    """The figures that an input moves without being named behind them."""
    return sorted(here.changed(here.moved(name)) - here.resting_on(name))


@pytest.mark.parametrize("name", SAMPLE)
def test_moving_an_input_never_moves_a_figure_that_it_is_not_behind(name: str) -> None:
    assert wrong(world(), name) == []


@pytest.mark.parametrize("kind", WORLDS)
def test_so_it_is_under_every_way_of_pricing_and_choosing(kind: str) -> None:
    name, settings, comparator, inputs = WORLDS[kind]
    here = world(name, *settings, comparator=comparator)
    for each in inputs:
        assert wrong(here, each) == [], each


LEVERS = (
    "appraisal.discount_rate=0.05", "appraisal.counting=multiplied", "appraisal.prison_cost=marginal",
    "appraisal.prison_cost=step_fixed", "appraisal.anticipation=exclude", "appraisal.cost_table=ho_2019_20",
    "appraisal.costing=inclusive", "programme.caseload=10", "programme.start_year=-2", "effect=southwark_2018",
)  # fmt: skip


@pytest.mark.parametrize("setting", LEVERS)
def test_moving_a_lever_never_moves_a_figure_that_it_is_not_behind(setting: str) -> None:
    here, name = world("leeds:as_run"), setting.partition("=")[0]
    there = figures_of(results_of(here.with_settings(setting)))
    assert sorted(here.changed(there) - here.resting_on(name)) == []


YEARLY = re.compile(r"\.by_(year|budget)\.")

# The other way round: where a move must show, an input behind a figure shows in nearly every one.


@pytest.mark.parametrize(
    "name",
    ["justice.arrest_detained", "justice.custody_day_bedfordshire", "programme.place_year", "deflators.2015/16",
     "horr99.homicide", "appraisal.discount_rate_health"],
)  # fmt: skip
def test_a_price_moves_every_figure_that_it_is_behind(name: str) -> None:
    here = world()
    idle = here.resting_on(name) - here.changed(here.moved(name))
    # In a single year of so few runs an arm may have as many arrests as its comparator, so those are left out.
    told = {path for path in idle if here.figures[path] != 0.0 and not YEARLY.search(path)}
    assert told == set()


def test_money_of_the_plan_rests_on_no_behaviour_and_counts_rest_on_no_price() -> None:
    here = world()
    place = here.rests["comparison.arms.as_run.by_line.place_year.programme_cost_gbp"]
    assert not {name for name in place if name.startswith(("population.", "effect.", "cohort."))}
    offences = here.rests["comparison.arms.as_run.proven_offences.level"]
    assert not {name for name in offences if "part" in here.rows[name] or name.startswith("deflators.")}
    assert "appraisal.discount_rate" not in offences
    assert not {name for name in offences if name.startswith("offence_mixes.")}


def test_the_first_year_is_not_discounted_and_the_second_is() -> None:
    rests = world().rests
    first, second = (rests[f"comparison.arms.as_run.by_year.{year}.net_gbp"] for year in (1, 2))
    assert "appraisal.discount_rate" in second
    assert "appraisal.discount_rate" not in first


def test_the_comparator_against_itself_rests_on_its_being_the_comparator() -> None:
    rests = world().rests
    for field in ("npsv_gbp", "benefit_gbp", "proven_offences.increment"):
        assert rests[f"comparison.arms.no_iom.{field}"] == {"appraisal.comparator"}


def test_an_arm_rests_on_its_own_changes_and_on_those_of_the_comparator() -> None:
    names = world("bedfordshire:cut_a_quarter").rests["comparison.arms.cut_a_quarter.npsv_gbp"]
    assert {name for name in names if name.startswith("arms.")} == {
        "arms.cut_a_quarter.programme.offender_managers",
        "arms.no_iom.programme.open",
    }


def test_every_priced_line_is_known_and_its_price_is_the_one_that_is_paid() -> None:
    costs = arm_of(compared("appraisal.prison_cost=overall", name="leeds"), "as_run").pair.arm.costs
    paid = {line.name: (line.section, line.prices[0].source.name) for line in costs.lines}
    for line, (section, price) in JUSTICE_LINES.items():
        assert paid[line] == (section, f"justice.{price or 'custody_day_overall_2016_17'}")
