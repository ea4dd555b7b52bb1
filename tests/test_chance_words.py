"""What draws, indices and other structures say of small results made by hand."""

from __future__ import annotations

import json
import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_sweeps import (
    ALTERNATIVES,
    INDICES,
    SUBJECT,
    draws,
    psa,
    said_of,
    structures,
    variance,
    worths,
)

from simulator.report.sweeps.chances import chances_document
from simulator.report.sweeps.curves import even_chance, nice
from simulator.report.sweeps.kinds import text_of
from simulator.report.sweeps.structures import structures_document
from simulator.report.sweeps.variance import variance_document
from simulator.report.text import WIDTH
from simulator.uncertainty.indices import Index
from simulator.uncertainty.probabilistic import chances_of
from simulator.uncertainty.structures import AS_IT_IS, Alternative
from simulator.uncertainty.variance import LUCK, REST

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
    assert "lopsided" not in said_of(psa())  # £100k apart, and ± £186k


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
