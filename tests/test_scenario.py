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


FAULTS = {
    "a key given twice": (TOP + "title: again\n", "4:1: 'title' is given twice (first on line 2)", ""),
    "an unknown key": (TOP + "cohrot: []\n", "4:1: 'cohrot' is not known in this file", "Did you mean 'cohort'?"),
    "an impossible date": (TOP + "starts: 2026-02-30\n", "4:9: starts: 2026-02-30 is not a date", "28 days"),
    "a date in words": (TOP + "starts: 1 April 2026\n", "4:9: starts: '1 April 2026' is not a date", "2027-03-31"),
    "a date far away": (TOP + "starts: 9999-12-31\n", "4:9: starts: 9999-12-31 is not between the years", ""),
    "a percentage for a rate": (
        TOP + "appraisal:\n  discount_rate: 3.5\n",
        "5:18: appraisal.discount_rate: 3.5 is above 1",
        "did you mean 0.035?",
    ),
    "a comma in a number": (
        TOP + f"population:\n  occasions_per_year: {guessed('7,000', '[1, 9]')}\n",
        "'000' is not known",
        "write 7000, without the comma",
    ),
    "a source that is missing": (
        TOP + "population:\n  occasions_per_year: {value: 2, standing: read}\n",
        "5:3: population.occasions_per_year: a figure that is read needs a source",
        "",
    ),
    "a source that nobody knows": (
        TOP + "source: leed_2017\n",
        "4:9: source: 'leed_2017'",
        "Did you mean 'leeds_2017'?",
    ),
    "a number without its origin": (
        TOP + "population:\n  occasions_per_year: 2\n",
        "5:23: population.occasions_per_year: a number alone does not say where it comes from",
        "standing",
    ),
    "money without a price year": (
        TOP + f"costs:\n  place_year: {guessed('2')}\n",
        "money needs a price_year",
        "2015/16",
    ),
    "a price year without a deflator": (
        TOP + "costs:\n  place_year: {value: 2, range: [1, 3], standing: assumed, why: x, price_year: 2030/31}\n",
        "5:15: costs.place_year: there is no GDP deflator for '2030/31'",
        "The nearest is",
    ),
    "a price base without a deflator": (TOP + "appraisal: {price_base: 2030/31}\n", "price_base: there is no GDP", ""),
    "a price base written otherwise": (TOP + "appraisal: {price_base: 2015-16}\n", "'2015-16'", "Write 2015/16."),
    "a price base that is a year": (TOP + "appraisal: {price_base: 2015}\n", "2015 is not a fin", "Write 2015/16."),
    "shares that do not sum to one": (
        TOP + MIX + "{domestic_burglary: 0.5, robbery: 0.4}\n",
        "8:13: offence_mixes.m.shares: the shares sum to 0.9, not 1",
        "+0.1",
    ),
    "no shares at all": (TOP + MIX + "{}\n", "the shares sum to 0, not 1", ""),
    "an unknown offence type": (
        TOP + MIX + "{domestic_burglery: 0.5, robbery: 0.5}\n",
        "8:14: 'domestic_burglery' is not known",
        "Did you mean 'domestic_burglary'?",
    ),
    "places without cost": (
        TOP
        + "costs:\n"
        + "".join(
            f"  {name}: {{value: 0, range: [0, 3], standing: assumed, why: x, price_year: 2015/16}}\n"
            for name in ("place_year", "selection", "fixed_year", "offender_manager_year")
        ),
        "places without cost",
        "State at least one under costs:",
    ),
    "a comparator that does not exist": (
        TOP + "appraisal: {comparator: no_iim}\n",
        "4:25: appraisal.comparator: there is no arm 'no_iim'",
        "Did you mean 'no_iom'?",
    ),
    "an empty file": ("", "the file is empty", ""),
    "a file of comments": ("# nothing\n", "the file is empty", ""),
    "a file that is not YAML": ("a: [1, 2\nb: }", "2:2: this is not YAML", ""),
    "a list": ("- a\n- b\n", "1:1: the file should hold lines of the form 'name: value', but it holds a list", ""),
    "a tab": (TOP + "population:\n\tspells: true\n", "5:1: there is a tab here", "spaces"),
    "a base that is missing": (
        "extends: bedfordshre\n",
        "1:10: there is no scenario 'bedfordshre' to extend",
        "Did you mean 'bedfordshire'?",
    ),
    "a file that extends itself": ("extends: mine\n", "1:10: 'mine' extends this file: a circle", ""),
    "a path that extends itself": ("extends: ./mine.yaml\n", "1:10: './mine.yaml' extends this file: a circle", ""),
    "a base that is a number": ("extends: 3\n", "1:10: 3 is not the name of a scenario", ""),
    "not a number": (TOP + f"population:\n  occasions_per_year: {guessed('.nan')}\n", "nan is not a finite number", ""),
    "no end of a number": (TOP + f"population:\n  occasions_per_year: {guessed('.inf')}\n", "inf is not a finite", ""),
    "negative places": (TOP + "programme:\n  places: -5\n", "5:11: programme.places: -5 is negative", ""),
    "half a place": (TOP + "programme:\n  places: 3.5\n", "5:11: programme.places: 3.5 is not a whole number", ""),
    "an absurd number of managers": (
        TOP + "programme:\n  offender_managers: 1e99\n",
        "is more than the most allowed",
        "",
    ),
    "an absurd rate": (
        TOP + f"population:\n  occasions_per_year: {guessed('1e300', '[1, 1e301]')}\n",
        "most allowed",
        "",
    ),
    "an absurd cost": (
        TOP
        + "costs:\n  place_year: {value: 1e300, range: [1, 1e300], standing: assumed, why: x, price_year: 2015/16}\n",
        "1e+300 is more than the most allowed",
        "",
    ),
    "more people than there are": (TOP + "cohort:\n" + row("1000000000000"), "more than the most allowed", ""),
    "a pool that no computer holds": (TOP + "cohort:\n" + row("900000"), "at most 1,000,000 can be simulated", ""),
    "negative people": (TOP + "cohort:\n" + row("-3"), "people: -3 is negative", ""),
    "nobody": (TOP + "cohort:\n" + row("0"), "nobody is in the cohort", ""),
    "no cohort rows": (TOP + "cohort: []\n", "the cohort table has no rows", ""),
    "two rows of one name": (TOP + "cohort:\n" + row() + row(), "rows 1 and 2 are both 'A'", "add the people up"),
    "an unknown mix": (
        TOP + "cohort:\n" + row().replace("mixed_acquisitive", "mixed_aquisitive"),
        "there is no offence mix 'mixed_aquisitive'",
        "Did you mean 'mixed_acquisitive'?",
    ),
    "an end beyond the horizon": (
        TOP + "programme:\n  ends_after_years: 10\n",
        "5:21: programme.ends_after_years: the scheme would end after 10 years, and 5 are appraised",
        "horizon_years",
    ),
    "a start beyond the horizon": (TOP + "programme:\n  start_year: 8\n", "start after 8 years, and 5 are", ""),
    "an end before the start": (
        TOP + "programme:\n  start_year: 3\n  ends_after_years: 2\n",
        "the scheme would end after 2 years and start after 3",
        "open: false",
    ),
    "an unknown effect": (
        TOP + "effect: matched_poled\n",
        "4:9: effect: 'matched_poled'",
        "Did you mean 'matched_pooled'?",
    ),
    "no detection at all": (
        TOP + f"effect_ratios:\n  detection_ratio: {guessed('0')}\n",
        "detection_ratio.value: 0 has to be more than 0",
        "",
    ),
    "a range without the value": (
        TOP + f"effect_ratios:\n  occasions_ratio: {guessed('0.5', '[0.6, 0.8]')}\n",
        "low 0.6 is above the value 0.5",
        "",
    ),
    "a custody chance above one": (
        TOP + f"effect_ratios:\n  custody_ratio: {guessed('3')}\n",
        "custody_ratio 3 is above 1",
        "",
    ),
    "an arm that changes who offends": (
        TOP + "arms:\n  x: {title: X, why: y, changes: {population.occasions_per_year: 3}}\n",
        "an arm may not change 'population.occasions_per_year'",
        "",
    ),
    "an arm that changes an unknown value": (
        TOP + "arms:\n  x: {title: X, why: y, changes: {programme.plaes: 3}}\n",
        "there is no value named 'programme.plaes'",
        "Did you mean 'programme.places'?",
    ),
    "an arm with half a place": (
        TOP + "arms:\n  x: {title: X, why: y, changes: {programme.places: 3.5}}\n",
        "5:53: programme.places: 3.5 is not a whole number",
        "",
    ),
    "an arm whose name cannot be typed": (
        TOP + "arms:\n  'a:b/c': {title: X, why: y, changes: {}}\n",
        "cannot be typed as scheme:arm",
        "",
    ),
    "an arm without a title": (TOP + "arms:\n  x: {titel: X, why: y}\n", "'titel' is not known", "'title'"),
    "sentence bands that lie backwards": (
        TOP + "sentence_bands:\n  - {name: a, share: 1, from_months: 3, to_months: 1}\n",
        "to_months: 1 is less than the least allowed, 3",
        "",
    ),
    "sentence bands of unknown origin": (
        TOP + "sentence_bands:\n  - {name: a, share: 1, from_months: 1, to_months: 3}\n",
        "4:1: sentence_bands: these bands replace others",
        "sentence_bands_source",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_is_refused_at_its_place_with_what_to_write_instead(fault: str, tmp_path: Path) -> None:
    text, message, hint = FAULTS[fault]
    said = refused(tmp_path, text)
    assert message in said
    assert hint in said
    assert said.splitlines()[-1].endswith("found.")
    assert "Traceback" not in said


def test_every_fault_of_a_file_is_reported_at_once_in_the_order_of_its_lines(tmp_path: Path) -> None:
    text = TOP + "starts: 2026-13-01\ncohrot: 3\nprogramme: {caseload: 0, selection_rule: rnd}\neffect: x\n"
    said = refused(tmp_path, text, "population.served_share=50%", "programe.places=3")
    places = [line.split("mine.yaml:")[1].split(":")[0] for line in said.splitlines() if "mine.yaml:" in line]
    assert places == ["4", "5", "6", "6", "7"]
    assert "Write 0.5" in said
    assert "programme.places" in said
    assert said.endswith("7 problems found.")


def test_a_caret_stands_under_the_fault(tmp_path: Path) -> None:
    lines = refused(tmp_path, TOP + "appraisal:\n  discount_rate: 3.5\n").splitlines()
    at = lines.index("      discount_rate: 3.5")
    assert lines[at + 1].index("^") == lines[at].index("3.5")


def test_a_faulty_base_is_reported_in_its_own_file(tmp_path: Path) -> None:
    write_scenario(tmp_path, TOP + "effect: x\n", "below.yaml")
    said = refused(tmp_path, "extends: below\ntitle: t\nwhy: w\nprogramme: {caseload: 0}\n")
    assert "below.yaml:4:9: effect" in said
    assert "mine.yaml:4:23: programme.caseload" in said


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("programme.place=3", "Did you mean 'programme.places'"),
        ("programme.places", "is not name=value"),
        ("programme.places=abc", "'abc' is text, not a number"),
        ("programme.places=3.5", "3.5 is not a whole number"),
        ("programme.places=nan", "not a number"),
        ("programme.places=1e400", "inf is not a finite number"),
        ("population.occasions_per_year=7,000", "Write 7000, without the comma."),
        ("population.frailty_shape=0", "is less than the least allowed"),
        ("population.pool_per_place=1e9", "is more than the most allowed"),
        ("population.served_share=50%", "Write 0.5"),
        ("appraisal.horizon_years=0", "is less than the least allowed"),
        ("appraisal.price_base=2050/51", "there is no GDP deflator for '2050/51'"),
        ("appraisal.cost_table=horr98", "Did you mean 'horr99'?"),
        ("appraisal.comparator=nobody", "there is no arm 'nobody'"),
        ("programme.open=maybe", "'maybe' is neither true nor false"),
        ("effect=nonsense", "Did you mean 'none'?"),
        ("effect.occasions_ratio=-1", "-1 is negative"),
        ("programme.ends_after_years=9", "and 5 are appraised"),
    ],
)
def test_a_bad_setting_is_refused_with_a_caret_under_it(setting: str, message: str) -> None:
    with pytest.raises(InputProblems) as caught:
        read_scenario("bedfordshire", library().known(), [setting])
    said = str(caught.value)
    assert message in said
    assert "command line, --set:1:" in said
    assert "^" in said


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
