"""Scenario files that are refused: where, why, and what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_runs import library, write_scenario

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
    lines = said.splitlines()
    shown = next(number for number, line in enumerate(lines) if line.strip() == setting)
    known_name = "there is no value named" not in said and "=" in setting
    expected = lines[shown].index(setting) + (setting.index("=") + 1 if known_name else 0)
    assert lines[shown + 1].index("^") == expected


def test_a_faulty_number_of_managers_is_reported_once_and_not_again_by_every_arm(tmp_path: Path) -> None:
    said = refused(tmp_path, TOP + 'programme: {offender_managers: "7,000"}\n')
    assert "Write 7000, without the comma" in said
    assert "1 problem found." in said
