"""What sweeps say: documents and words from small results made by hand, and from a few runs of shipped schemes."""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Callable
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_runs import library, scenario_with

from simulator.report.sweeps.break_evens import crossings
from simulator.report.sweeps.chances import chances_document
from simulator.report.sweeps.curves import even_chance, nice
from simulator.report.sweeps.grid import grid_document
from simulator.report.sweeps.kinds import rows_of, text_of
from simulator.report.sweeps.plain_names import label_of
from simulator.report.sweeps.structures import structures_document
from simulator.report.sweeps.subject import Subject, subject_of
from simulator.report.sweeps.tornado import tornado_document
from simulator.report.sweeps.variance import variance_document
from simulator.report.sweeps.wording import percent, tall_table
from simulator.report.text import WIDTH
from simulator.uncertainty.grids import Axis, axes_of, grid
from simulator.uncertainty.indices import Index
from simulator.uncertainty.information import Worth
from simulator.uncertainty.inputs import uncertain_inputs
from simulator.uncertainty.jobs import in_memory
from simulator.uncertainty.outcomes import Trials, Variant
from simulator.uncertainty.probabilistic import Draws, chances_of
from simulator.uncertainty.structures import AS_IT_IS, Alternative
from simulator.uncertainty.tornado import Bar, Tornado, tornado_of, trials_of
from simulator.uncertainty.variance import LUCK, REST
from simulator.uncertainty.worths import Study, Worths

GOLDEN = Path(__file__).parent / "golden"
Document = dict[str, Any]

SUBJECT = Subject(
    {
        "scenario": "small",
        "title": "A small scheme",
        "comparator": "nothing",
        "comparator_title": "No scheme",
        "horizon_years": 5,
        "price_base": "2015/16",
        "discount_rate": 0.035,
        "cost_table": "horr99",
        "costing": "explicit",
        "counting": "proven",
        "effect": "matched_pooled",
        "replications": 20,
        "seed": 1,
    },
    "nothing",
    {"nothing": "No scheme", "as_run": "As run", "fuller": "Fuller caseload"},
    {"effect.occasions_ratio": "ratio", "costs.place_year": "gbp per place per year"},
    {"horr99": "2015/16", "ho_2019_20": "2019/20"},
    {
        "face_value": ("observed_against_predicted", "NOT AN ESTIMATE OF EFFECT."),
        "leeds_2017": ("matched", "One study."),
    },
)

# A tornado.


def bar(name: str, low: float, high: float, at_low: str = "nothing", at_high: str = "nothing", group: str = "x") -> Bar:
    ends = (low, high, -500e3)
    swing = max(ends) - min(ends)
    return Bar(name, group, 1.0, 0.5, 2.0, "ratio", "assumed", low, high, at_low, at_high, swing, "a guess")


BARS = (
    bar("effect.occasions_ratio", 900e3, -2e6, at_low="fuller", group="effect"),
    bar("population.occasions_per_year", -700e3, -400e3, group="offending"),
    bar("population.paused_years", -700e3, -650e3),
    bar("horr99.robbery", -502e3, -499e3),
)


def tornado(bars: tuple[Bar, ...] = BARS, noise: float = 20e3, npsv: float = -500e3) -> Document:
    found = Tornado("as_run", "nothing", npsv, noise, "nothing", {"as_run": npsv, "fuller": -450e3}, bars)
    return tornado_document(SUBJECT, found)


# Grids.


def frame(npsv: Callable[..., float], axes: list[Axis], noise: float = 10e3) -> pd.DataFrame:
    """Trials over every combination; ``fuller`` gains half as much again as ``as_run``."""
    rows = []
    for trial, values in enumerate(product(*(axis.values for axis in axes))):
        for arm, times in (("as_run", 1.0), ("fuller", 1.5)):
            amount = times * npsv(*values)
            rows.append(
                {
                    "trial": trial,
                    "arm": arm,
                    "npsv_gbp": amount,
                    "noise_gbp": noise,
                    "programme_cost_gbp": 1e6,
                    "benefit_gbp": 1e6 + amount,
                    "reoffences_prevented": 50.0,
                }
            )
    return pd.DataFrame(rows)


LINE = [Axis("effect.occasions_ratio", ("0.6", "0.7", "0.8", "0.9"))]
PLANE = [*LINE, Axis("programme.places", ("40", "80", "120"))]
WORDS = [Axis("appraisal.costing", ("explicit", "inclusive"))]


def falling(ratio: str, places: str = "100") -> float:
    """Zero at a ratio of 0.73 with 100 places, and 0.001 lower for each place more."""
    return 1e7 * (0.73 - 0.001 * (float(places) - 100.0) - float(ratio))


def grid_line(noise: float = 10e3) -> Document:
    return grid_document(SUBJECT, frame(falling, LINE, noise), LINE, "as_run")


def grid_plane() -> Document:
    return grid_document(SUBJECT, frame(falling, PLANE), PLANE, "as_run")


def grid_words() -> Document:
    return grid_document(SUBJECT, frame(lambda word: 2e5 if word == "explicit" else -1e5, WORDS), WORDS, "as_run")


# Draws.

COUNT = 40


def draws(shift: float = -0.5e6, cost: float = 1e6, noise: float = 30e3) -> Draws:
    """Forty draws of two arms, evenly spread over two million pounds about ``shift``; the second dearer and steeper."""
    spread = np.linspace(-1e6, 1e6, COUNT)
    net = np.stack([np.zeros(COUNT), shift + spread, shift + 1.5 * spread], axis=1)
    costs = np.stack([np.zeros(COUNT), np.full(COUNT, cost), np.full(COUNT, 1.2 * cost)], axis=1)
    prevented = np.stack([np.zeros(COUNT), 50.0 + spread / 1e5, 60.0 + spread / 1e5], axis=1)
    covariance = np.diag([0.0, noise**2, noise**2])
    inputs = pd.DataFrame({"effect.occasions_ratio": np.linspace(1.5, 0.5, COUNT)})
    return Draws("nothing", ("nothing", "as_run", "fuller"), net, costs + net, costs, prevented, covariance, inputs)


def worth(name: str, value: float, error: float = 20e3) -> Worth:
    return Worth(name, value, error, value, value / 400e3 if value else 0.0, "")


def worths(everything: float = 400e3) -> Worths:
    inputs = (
        worth("effect.occasions_ratio", 0.9 * everything),
        worth("costs.place_year", 30e3),
        worth("horr99.rape", 0.0),
    )
    groups = (worth("effect", 0.9 * everything), worth("crime cost", 0.0))
    errors = {"occasions_ratio": 0.1}
    studies = tuple(
        Study(people, errors, worth(f"a matched comparison of {people} people", share * everything))
        for people, share in ((100, 0.6), (400, 0.8))
    )
    return Worths(worth("everything", everything), inputs, groups, studies)


def psa(found: Draws | None = None, **others: Any) -> Document:
    made = draws() if found is None else found
    given_worths = others.pop("worths", worths())
    central = {"as_run": -600e3, "fuller": -700e3}
    return chances_document(SUBJECT, made, chances_of(made), "as_run", given_worths, central, **others)


# Indices and structures.

INDICES = (
    Index("effect.occasions_ratio", 0.62, 0.55, 0.70, 0.80, 0.70, 0.90),
    Index("costs.place_year", 0.15, 0.10, 0.20, 0.16, 0.12, 0.20),
    Index("horr99.robbery", -0.01, -0.02, 0.01, 0.004, 0.001, 0.008),
    Index(REST, 0.03, 0.01, 0.05, 0.12, 0.10, 0.15),
    Index(LUCK, 0.04, 0.02, 0.06, 0.05, 0.03, 0.07),
)


def variance() -> Document:
    return variance_document(SUBJECT, "as_run", INDICES, 256)


def alternative(name: str, value: str, as_run: float, fuller: float) -> Alternative:
    best = max((0.0, "nothing"), (as_run, "as_run"), (fuller, "fuller"))[1]
    return Alternative(name, value, {"as_run": as_run, "fuller": fuller}, best, best != "nothing")


ALTERNATIVES = (
    alternative(AS_IT_IS, "", -500e3, -450e3),
    alternative("appraisal.costing", "inclusive", -900e3, -950e3),
    alternative("appraisal.counting", "multiplied", 300e3, 500e3),
    alternative("appraisal.cost_table", "ho_2019_20", -480e3, 20e3),
    alternative("effect", "leeds_2017", -800e3, -850e3),
    alternative("effect", "face_value", 2e6, 1.9e6),
    alternative("population.spells", "false", -510e3, -460e3),
)


def structures(alternatives: tuple[Alternative, ...] = ALTERNATIVES) -> Document:
    return structures_document(SUBJECT, alternatives, "as_run")


MADE: dict[str, Callable[[], Document]] = {
    "tornado": tornado,
    "grid_line": grid_line,
    "grid_plane": grid_plane,
    "grid_words": grid_words,
    "chances": psa,
    "variance": variance,
    "structures": structures,
}


@pytest.mark.parametrize("name", MADE)
def test_the_words_are_those_that_were_agreed(name: str) -> None:
    assert text_of(MADE[name]()) + "\n" == (GOLDEN / f"sweep_{name}.txt").read_text("utf-8")


@pytest.mark.parametrize("name", MADE)
def test_no_line_is_wider_than_a_terminal(name: str) -> None:
    assert max(map(len, text_of(MADE[name]()).split("\n"))) <= WIDTH


@pytest.mark.parametrize("name", MADE)
def test_documents_are_strict_json_and_begin_alike(name: str) -> None:
    document = MADE[name]()
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    assert set(SUBJECT.fields) | {"kind", "arm", "arm_title", "only", "sentences", "notes"} <= set(document)


@pytest.mark.parametrize("name", MADE)
def test_rows_for_csv_are_flat_and_alike(name: str) -> None:
    rows = rows_of(MADE[name]())
    assert len({tuple(row) for row in rows}) == 1
    assert all(isinstance(value, str | float | int | bool | None) for row in rows for value in row.values())


@pytest.mark.parametrize("name", MADE)
def test_nothing_is_proved_and_no_study_shows_no_effect(name: str) -> None:
    said = text_of(MADE[name]()).lower()
    assert not [words for words in ("proves", "no effect", "bcr", "good value", "reoffending") if words in said]


def said_of(document: Document) -> str:
    """The words on one line, wherever they are wrapped."""
    return " ".join(text_of(document).split())


# Tornado.


def test_a_flip_is_named_with_its_end_and_its_arm() -> None:
    document = tornado()
    assert [each["name"] for each in document["bars"] if each["flips"]] == ["effect.occasions_ratio"]
    assert "effect on the frequency of offending (at its low → 'Fuller caseload')" in document["sentences"][1]
    assert "; at low → Fuller caseload" in said_of(document)


def test_without_a_flip_it_says_so() -> None:
    assert "No input, moved alone within its range, would flip the decision." in said_of(tornado(BARS[1:]))


def test_a_sign_that_changes_is_told_from_a_decision_that_flips() -> None:
    pays = bar("costs.place_year", 100e3, -600e3)  # at its low end it pays, and still another arm may be preferred
    assert "rises above zero with cost of a place at its low (£100k)" in said_of(tornado((pays,)))
    assert "stays below zero whichever" in said_of(tornado(BARS[1:]))
    assert "falls below zero with effect on the frequency of offending at its high" in said_of(tornado(npsv=100e3))


def test_a_bar_on_one_side_of_the_base_reaches_to_the_base() -> None:
    found = next(each for each in tornado()["bars"] if each["name"] == "population.paused_years")
    assert (found["is_one_sided"], found["swing_gbp"]) == (True, 200e3)


def test_bars_narrower_than_the_noise_are_marked_and_no_others() -> None:
    assert [each["within_noise"] for each in tornado(noise=2e3)["bars"]] == [False, False, False, True]
    assert not any(each["within_noise"] for each in tornado(noise=1e3)["bars"])
    assert not any(each["within_noise"] for each in tornado(noise=math.nan)["bars"])


def test_twenty_bars_are_shown_and_the_others_counted() -> None:
    many = tuple(bar(f"costs.made_{number}", -600e3 - number, -400e3) for number in range(23))
    said = said_of(tornado(many))
    assert sum(line.startswith("costs.made_") for line in text_of(tornado(many)).split("\n")) == 20
    assert "And 3 more" in said
    assert said.index("costs.made_22 ") < said.index("costs.made_3 ")


def test_fitted_rates_have_their_warning_only_where_they_are_moved() -> None:
    assert "Rates fitted together leave the reported figures" in said_of(tornado())
    assert "Rates fitted together" not in said_of(tornado(BARS[:1]))


# Grids.


def test_break_even_lies_where_a_straight_line_crosses_zero() -> None:
    (found,) = [each for each in grid_line()["break_evens"] if each["arm"] == "as_run"]
    assert found["value"] == pytest.approx(0.73)
    assert (found["between"], found["pays"], found["is_clear"]) == ([0.7, 0.8], "below", True)


lines = st.tuples(
    st.floats(-5.0, 5.0), st.floats(0.1, 10.0), st.lists(st.floats(-9.0, 9.0), min_size=2, max_size=8, unique=True)
)


@given(lines)
def test_a_straight_line_is_crossed_once_and_exactly_wherever_its_points_lie(
    line: tuple[float, float, list[float]],
) -> None:
    zero, slope, places = line
    found = crossings([(place, slope * (place - zero), 0.1) for place in places])
    inside = min(places) <= zero < max(places)
    assert len(found) == int(inside)
    for each in found:
        assert each.value == pytest.approx(zero, abs=1e-9)
        assert each.pays_above
        assert each.standard_error is not None
        assert each.standard_error <= 0.1 / slope * (1.0 + 1e-9)


def test_noise_of_a_break_even_is_that_of_npsv_over_its_slope() -> None:
    (found,) = crossings([(1.0, -100.0, 30.0), (3.0, 100.0, 40.0)])
    assert (found.value, found.standard_error) == (2.0, pytest.approx(math.hypot(15.0, 20.0) / 100.0))
    assert crossings([(1.0, -100.0, None), (3.0, 100.0, 40.0)])[0].standard_error is None


def test_a_crossing_beside_a_point_within_noise_is_not_clear() -> None:
    found = grid_line(noise=200e3)["break_evens"][0]
    assert not found["is_clear"]
    assert "within noise of zero" in said_of(grid_line(noise=200e3))


def test_the_line_of_break_even_runs_as_it_was_made() -> None:
    found = grid_plane()["break_evens"]
    assert [(each["axis"], each["at"][0]["value"]) for each in found] == [
        ("effect.occasions_ratio", places) for places in (40.0, 80.0, 120.0)
    ]
    assert [each["value"] for each in found] == pytest.approx([0.79, 0.75, 0.71])
    assert {each["pays"] for each in found} == {"below"}


def test_whichever_axis_comes_first_the_line_is_solved_for_the_one_that_crosses_more_often() -> None:
    axes = PLANE[::-1]
    found = grid_document(SUBJECT, frame(lambda places, ratio: falling(ratio, places), axes), axes, "as_run")
    assert [each["value"] for each in found["break_evens"]] == pytest.approx([0.79, 0.75, 0.71])
    assert {each["axis"] for each in found["break_evens"]} == {"effect.occasions_ratio"}


def test_an_arm_that_pays_nowhere_is_said_to() -> None:
    axes = [Axis("programme.places", ("40", "80"))]
    said = said_of(grid_document(SUBJECT, frame(lambda _: -1e6, axes), axes, "as_run"))
    assert "'As run': costs exceed benefits at every point" in said
    assert "Preferred at every point: 'No scheme'." in said


def test_words_have_no_break_even() -> None:
    assert grid_words()["break_evens"] == []
    assert "benefits exceed costs at 1 of 2 points" in said_of(grid_words())


def test_points_within_noise_are_marked() -> None:
    assert "£0~" in said_of(grid_document(SUBJECT, frame(lambda _: 0.0, LINE), LINE, "as_run"))


def test_three_axes_are_a_table_of_points() -> None:
    axes = [*PLANE, *WORDS]
    document = grid_document(SUBJECT, frame(lambda ratio, places, _: falling(ratio, places), axes), axes, "as_run")
    assert len(document["points"]) == 24
    assert document["points"][5]["values"] == [0.6, 120.0, "inclusive"]
    assert said_of(document).count("inclusive") == 12
    assert document["break_evens"] == []


def test_the_preferred_arms_of_two_axes_have_letters() -> None:
    said = said_of(grid_plane())
    assert "Preferred: A Fuller caseload, B No scheme" in said


def test_other_cost_tables_count_in_other_prices() -> None:
    axes = [Axis("appraisal.cost_table", ("horr99", "ho_2019_20"))]
    document = grid_document(SUBJECT, frame(lambda _: 1e5, axes), axes, "as_run")
    assert [point["price_base"] for point in document["points"]] == ["2015/16", "2019/20"]
    assert "--price-base makes amounts comparable" in said_of(document)


def test_a_cheaper_arm_saves_and_gives_up() -> None:
    cheaper = frame(falling, LINE).assign(programme_cost_gbp=-1e6)
    assert "saves programme cost" in said_of(grid_document(SUBJECT, cheaper, LINE, "as_run"))
    assert "saves programme cost" not in said_of(grid_line())


# Draws.


def test_the_commissioner_reads_chance_and_loss_first() -> None:
    document = psa()
    arm = document["arms"][1]
    assert document["sentences"][0].startswith("In 40 draws of everything uncertain, 'As run' pays back in 25%;")
    assert arm["chance_benefits_exceed_costs"] == 0.25
    assert arm["expected_gain_gbp"] - arm["expected_loss_gbp"] == pytest.approx(arm["npsv_gbp"])
    assert arm["loss_where_it_loses_gbp"] * 0.75 == pytest.approx(arm["expected_loss_gbp"])


def test_chances_to_be_preferred_add_up_with_the_comparator() -> None:
    document = psa()
    assert math.fsum(arm["chance_preferred"] for arm in document["arms"]) == pytest.approx(1.0)
    assert document["arms"][0]["chance_preferred"] > 0.5


def test_the_curve_by_value_starts_at_the_chances_of_the_table_and_adds_up() -> None:
    document = psa()
    curve = document["by_value"]
    assert curve["added_gbp_per_offence_prevented"][0] == 0.0
    first = {arm["name"]: arm["chance_best"][0] for arm in curve["by_arm"]}
    assert first == pytest.approx({arm["name"]: arm["chance_preferred"] for arm in document["arms"]})
    for chances in zip(*(arm["chance_best"] for arm in curve["by_arm"]), strict=True):
        assert math.fsum(chances) == pytest.approx(1.0)


def test_the_curve_by_value_ends_beyond_break_even() -> None:
    document = psa()
    top = document["by_value"]["added_gbp_per_offence_prevented"][-1]
    assert top == 20e3  # the second arm is best from half a million over 60 offences on; twice that, rounded up
    assert document["by_value"]["chosen"][0]["arm"] == "nothing"
    assert document["by_value"]["chosen"][-1]["arm"] == "fuller"


def test_an_arm_that_prevents_next_to_nothing_does_not_stretch_the_curve_by_value() -> None:
    made = draws()
    prevented = made.reoffences_prevented.copy()
    prevented[:, 1] = 0.01
    values = psa(made._replace(reoffences_prevented=prevented))["by_value"]["added_gbp_per_offence_prevented"]
    assert values[-1] == 20e3
    nothing = made._replace(reoffences_prevented=np.zeros_like(prevented))
    assert psa(nothing)["by_value"]["added_gbp_per_offence_prevented"][-1] == 10e3


def test_the_curve_by_cost_goes_through_the_chance_of_the_table() -> None:
    document = psa()
    curve = document["by_cost"]
    now = curve["shares_of_programme_cost"].index(1.0)
    for arm, row in zip(document["arms"][1:], curve["by_arm"], strict=True):
        chances = row["chance_benefits_exceed_costs"]
        assert chances[now] == arm["chance_benefits_exceed_costs"]
        assert all(before >= after for before, after in pairwise(chances))
    free = curve["by_arm"][0]["chance_benefits_exceed_costs"][0]  # a million more: pays where npsv is above -1 million
    assert free == pytest.approx(0.75)
    assert curve["by_arm"][0]["even_chance_share"] == pytest.approx(0.5, abs=0.03)


def test_an_arm_that_costs_less_has_no_cost_to_pay_back() -> None:
    document = psa(draws(cost=-1e6))
    assert document["by_cost"]["by_arm"] == []
    said = said_of(document)
    assert "'As run' saves more than it gives up in 25%" in said
    assert "none has a cost to pay back" in said
    assert "cashable if posts and contracts really end" in said
    assert document["arms"][1]["benefit_per_pound"] is None
    assert "read the NPSV instead" in said


def test_where_nothing_ever_pays_it_is_said_plainly() -> None:
    said = said_of(psa(draws(shift=-5e6)))
    assert "pays back in none" in said
    assert "In no draw does any funding choice beat 'No scheme'." in said


def test_where_it_always_pays_there_is_no_loss() -> None:
    said = said_of(psa(draws(shift=5e6)))
    assert "pays back in every one" in said
    assert "In no draw" not in said


def test_the_mean_of_the_draws_stands_beside_the_central_run() -> None:
    assert "the run with every input at its central value −£600k" in said_of(psa())
    assert "lopsided" in said_of(psa())


def test_a_single_replication_says_that_luck_is_in_everything() -> None:
    made = draws()._replace(noise=np.full((3, 3), np.nan))
    document = psa(made)
    json.dumps(document, allow_nan=False)
    assert document["arms"][1]["noise_of_a_draw_gbp"] is None
    assert "luck cannot be told from the inputs" in said_of(document)


def test_much_noise_asks_for_more_replications() -> None:
    assert "Noise is a large part" in said_of(psa(draws(noise=500e3)))
    assert "Noise is a large part" not in said_of(psa())


def test_only_some_inputs_drawn_are_named() -> None:
    made = draws()
    document = chances_document(SUBJECT._replace(only=("effect",)), made, chances_of(made), "as_run")
    assert document["sentences"][0].startswith("In 40 draws of effect alone,")
    assert document["worths"] is None
    assert "Only effect was drawn" in said_of(document)
    assert "was drawn, and all else" not in said_of(psa())


@pytest.mark.parametrize(
    ("cost", "verdict"),
    [
        (150e3, "worth more than it costs"),
        (220e3, "worth about what it costs: these draws cannot tell which is more"),
        (250e3, "worth about what it costs: these draws cannot tell which is more"),
        (900e3, "costs more than it is worth"),
    ],
)
def test_a_study_is_set_against_its_cost(cost: float, verdict: str) -> None:
    document = psa(study_cost_gbp=cost)
    assert document["worths"]["studies"][0]["verdict"] == verdict
    assert verdict in said_of(document)


def test_a_worth_below_two_standard_errors_is_nothing_that_can_be_told() -> None:
    document = psa()
    assert [row["told_from_zero"] for row in document["worths"]["inputs"]] == [True, False, False]
    assert "The other 2, one at a time: nothing that these draws can tell from zero." in " ".join(document["sentences"])
    assert "cost of a place up to" not in " ".join(document["sentences"])


def test_where_the_choice_never_changes_finding_out_is_worth_nothing() -> None:
    assert "worth nothing for this decision" in said_of(psa(worths=worths(everything=0.0)))


@given(st.floats(1e-6, 1e12))
def test_a_nice_number_is_the_next_of_one_two_five(amount: float) -> None:
    found = nice(amount)
    assert amount * (1.0 - 1e-9) <= found <= amount * 2.5 * (1.0 + 1e-9)
    assert f"{found:.3e}"[0] in "125"


def test_an_even_chance_lies_between_its_neighbours() -> None:
    assert even_chance([0.0, 1.0, 2.0], [0.9, 0.6, 0.4]) == pytest.approx(1.5)
    assert even_chance([0.0, 1.0], [0.4, 0.2]) is None
    assert even_chance([0.0, 1.0], [0.9, 0.6]) is None


# Indices.


def test_luck_has_a_line_of_its_own_and_comes_last() -> None:
    document = variance()
    assert [row["name"] for row in document["indices"]][-2:] == [REST, LUCK]
    assert document["runs"] == 256 * 7
    assert "Luck, the noise of the simulation, has 5% [3% to 7%] in a line of its own" in said_of(document)
    assert "More replications shrink that line, not the others." in said_of(document)


def test_what_is_done_together_is_total_less_by_itself_where_it_can_be_told() -> None:
    said = said_of(variance())
    assert "effect on the frequency of offending 18% and all other inputs 9%" in said
    alone = (Index("effect.occasions_ratio", 0.9, 0.8, 1.1, 0.95, 0.9, 1.0), INDICES[-1])
    assert "cannot be told from nothing" in said_of(variance_document(SUBJECT, "as_run", alone, 256))


def test_estimates_beyond_nothing_and_all_are_shown_as_those() -> None:
    assert "0% [0% to 1%]" in said_of(variance())
    assert "−" not in text_of(variance()).split("\n\n")[2]


# Structures.


def test_what_changes_the_arm_and_what_the_sign_is_named() -> None:
    document = structures()
    assert [row["alternative"] for row in document["alternatives"] if row["flips"]] == [
        "multiplied", "ho_2019_20", "face_value",
    ]  # fmt: skip
    assert [row["alternative"] for row in document["alternatives"] if row["changes_sign"]] == [
        "multiplied",
        "face_value",
    ]
    assert "counting unit multiplied (→ 'Fuller caseload')" in document["sentences"][1]


def test_what_is_no_estimate_of_effect_is_not_counted_and_carries_its_warning() -> None:
    document = structures()
    assert not any("face_value" in sentence for sentence in document["sentences"])
    assert "Of 5 alternatives" in document["sentences"][1]
    assert "* face_value: NOT AN ESTIMATE OF EFFECT." in " ".join(document["notes"])
    assert "face_value*" in said_of(document)


def test_where_nothing_changes_it_is_said() -> None:
    said = said_of(structures(ALTERNATIVES[:2]))
    assert "No alternative, taken alone, changes the preferred funding choice." in said
    assert "None changes the sign" in said


def test_many_arms_leave_the_table_within_the_width() -> None:
    arms = {f"arm_{number}": f"A funding choice with a long title {number}" for number in range(9)}
    subject = SUBJECT._replace(titles={"nothing": "No scheme", **arms})
    found = [Alternative(AS_IT_IS, "", dict.fromkeys(arms, -1e6), "nothing", False)]
    document = structures_document(subject, found, "arm_4")
    assert max(map(len, text_of(document).split("\n"))) <= WIDTH
    assert "more funding choices in --format json" in said_of(document)


# Shared words.


@pytest.mark.parametrize(
    ("share", "words"), [(0.0, "0%"), (0.001, "<1%"), (0.314, "31%"), (0.999, ">99%"), (1.0, "100%")]
)
def test_a_chance_is_never_rounded_to_certainty(share: float, words: str) -> None:
    assert percent(share) == words


def test_tall_headings_stand_on_their_columns() -> None:
    made = tall_table(("Name", "Mean\nNPSV"), [["a", "£1"], ["b", "−£20"]], ["below a", ""])
    assert made.split("\n") == ["      Mean", "Name  NPSV", "----  ----", "a       £1", "  below a", "b     −£20"]


@functools.cache
def shipped(name: str) -> tuple[str, ...]:
    return tuple(uncertain_inputs(scenario_with(name=name), library()))


@pytest.mark.parametrize("name", ["bedfordshire", "leeds", "leicestershire", "southwark", "sussex"])
def test_every_input_of_every_shipped_scheme_has_a_plain_name(name: str) -> None:
    labels = [label_of(each) for each in shipped(name)]
    assert len(set(labels)) == len(labels)
    assert not [label for label in labels if "_" in label or label != label.strip() or "." in label]


# End to end.


@functools.cache
def base() -> tuple[Variant, Subject]:
    variant = Variant(scenario_with("appraisal.horizon_years=1", name="leeds"), library())
    inputs = uncertain_inputs(variant.scenario, variant.library)
    return variant, subject_of(variant, inputs, 2, 1)


def test_a_tornado_of_a_shipped_scheme_has_words() -> None:
    variant, subject = base()
    inputs = {
        name: each
        for name, each in uncertain_inputs(variant.scenario, variant.library).items()
        if each.group in ("effect", "programme cost")
    }
    work = Trials((variant,), inputs, trials_of(inputs), 2, 1)
    found = tornado_of(in_memory(work, workers=1), inputs, "as_run", subject.comparator)
    document = tornado_document(subject, found)
    json.dumps(document, allow_nan=False)
    assert len(document["bars"]) == len(inputs)
    assert said_of(document).startswith(
        f"{variant.scenario.title}: NPSV of 'As run' with one input moved at a time, 1 year,"
    )


def test_a_grid_of_a_shipped_scheme_has_the_points_that_were_asked_for() -> None:
    variant, subject = base()
    inputs = uncertain_inputs(variant.scenario, variant.library)
    axes = axes_of(["effect.occasions_ratio=0.7:0.9:0.1"])
    work = grid(axes, variant, inputs, lambda _: variant, 2, 1)
    document = grid_document(subject, in_memory(work, workers=1), axes, "as_run")
    assert [point["values"] for point in document["points"]] == [[0.7], [0.8], [0.9]]
    assert document["axes"][0]["unit"] == "ratio"
    assert "0.8" in said_of(document)
