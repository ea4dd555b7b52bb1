"""What sweeps say of noise, of what was not asked, and of too few points."""

from __future__ import annotations

import json
import math

import pytest
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

from simulator.appraisal.intervals import student_t
from simulator.report.sweeps.chances import chances_document
from simulator.report.sweeps.kinds import rows_of, text_of
from simulator.report.sweeps.variance import variance_document
from simulator.uncertainty.indices import Index
from simulator.uncertainty.probabilistic import chances_of
from simulator.uncertainty.structures import Alternative
from simulator.uncertainty.variance import LUCK

# Noise.


def with_noise_of(error: float, rows: tuple[Alternative, ...] = ALTERNATIVES) -> tuple[Alternative, ...]:
    return tuple(each._replace(noise_by_arm={"as_run": error, "fuller": error}) for each in rows)


def test_an_alternative_within_noise_is_marked_and_not_counted() -> None:
    document = structures(with_noise_of(30e3))  # half-width about £63k: only the £20k of ho_2019_20 is within it
    said = said_of(document)
    assert "£20k~" in said
    assert "these change the preferred funding choice: counting unit multiplied (→ 'Fuller caseload')" in said
    assert "; cannot be told for unit costs of crime ho_2019_20." in said
    assert "−£500k ± £63k" in said
    row = next(each for each in document["alternatives"] if each["alternative"] == "ho_2019_20")
    assert (row["flips"], row["flip_is_told"], row["preferred_is_clear"], row["within_noise"]) == (
        True, False, False, False,
    )  # fmt: skip


def test_a_new_arm_that_ties_with_a_third_still_changes_the_choice() -> None:
    rows = (
        ALTERNATIVES[0],
        Alternative("appraisal.counting", "multiplied", {"as_run": 490e3, "fuller": 500e3}, "fuller", True),
    )
    said = said_of(structures(with_noise_of(30e3, rows)))
    assert "(→ 'Fuller caseload', whose lead over the next cannot be told from noise)" in said


def test_where_noise_hides_the_scenario_as_it_is_nothing_can_be_told_to_change() -> None:
    said = said_of(structures(with_noise_of(1e6)))
    assert said.count("cannot be told for any alternative") == 2
    assert "(its sign cannot be told from noise)" in said
    assert "these change" not in said.lower()


def test_all_alternatives_are_in_the_price_year_of_the_scenario() -> None:
    document = structures()
    assert {row["price_base"] for row in document["alternatives"]} == {"2015/16"}
    assert "2019/20 prices" not in said_of(document)


def test_each_arm_of_an_alternative_has_its_own_noise_in_csv() -> None:
    rows = (ALTERNATIVES[0]._replace(noise_by_arm={"as_run": 1.0, "fuller": 2.0}),)
    assert [row["standard_error_gbp"] for row in rows_of(structures(rows))] == [1.0, 2.0]


def test_the_mean_differs_from_the_central_run_only_beyond_luck() -> None:
    made = draws()  # mean −£500k ± £186k
    central = {"as_run": -600e3, "fuller": -700e3}

    def said(central_npsv: float, error: float | None = None) -> str:
        noise = None if error is None else {"as_run": error}
        given_central = {**central, "as_run": central_npsv}
        return said_of(
            chances_document(SUBJECT, made, chances_of(made), "as_run", None, given_central, central_noise=noise)
        )

    assert "They do not differ by more than luck." in said(-600e3)
    assert "differ by more than luck, most likely because ranges are lopsided" in said(-690e3)
    assert "They do not differ by more than luck." in said(-690e3, 60e3)
    assert "central value −£690k ± £118k" in said(-690e3, 60e3)
    assert "central value −£690k." in said(-690e3)


def test_one_simulation_shared_by_all_draws_widens_the_mean_and_is_said() -> None:
    document = psa(draws(noise=0.0, shared=100e3))
    arm = document["arms"][1]
    assert arm["npsv_half_width_gbp"] == pytest.approx(
        math.hypot(1.96 * arm["npsv_standard_error_gbp"], student_t(19) * 100e3)
    )
    said = said_of(document)
    assert (
        "All draws share one simulation, since only prices are drawn: its noise, ± £209k, moves every draw alike and is not "
        "in the chances; more replications shrink it."
    ) in said
    assert "The ± of the mean also holds the noise of the simulation that all draws share." in said
    assert "taken out of the intervals" not in said
    assert "All draws share" not in said_of(psa())


def test_a_shared_simulation_of_one_replication_does_not_know_its_noise() -> None:
    document = psa(draws(noise=0.0, shared=math.nan))
    json.dumps(document, allow_nan=False)
    assert "its noise moves every draw alike, is in no ± and not in the chances, and cannot be told" in said_of(
        document
    )


# What was not asked, and too few points.


def test_a_study_of_what_was_not_drawn_is_not_asked() -> None:
    found = worths()
    silent = found._replace(studies=tuple(study._replace(log_errors={}) for study in found.studies))
    document = psa(worths=silent, study_cost_gbp=1e3)
    said = said_of(document)
    assert said.count("not asked: what a matched comparison measures was not drawn") == 1
    assert "a matched comparison of 100 people" not in said
    assert "published intervals" not in said
    assert [row["asked"] for row in document["worths"]["studies"]] == [False, False]
    assert all(row["verdict"].startswith("not asked") for row in document["worths"]["studies"])
    nothing = worths(0.0)._replace(studies=silent.studies)
    assert "not asked: what a matched comparison measures was not drawn" in said_of(psa(worths=nothing))


def test_shares_that_may_be_nothing_are_not_named_as_going_away() -> None:
    indices = (
        Index("effect.occasions_ratio", 0.5, 0.3, 0.7, 0.6, 0.4, 0.8),
        Index("costs.place_year", 0.2, -0.1, 0.5, 0.01, 0.0, 0.02),
        Index(LUCK, 0.04, 0.02, 0.06, 0.05, 0.03, 0.07),
    )
    first, *others = variance_document(SUBJECT, "as_run", indices, 64)["sentences"]
    assert first.endswith("if it were known: effect on the frequency of offending 50%.")
    assert any("Hardly any" in each and "cost of a place" in each for each in others)
    told = (indices[0], indices[1]._replace(first_low=0.1), indices[2])
    assert "Hardly any" not in " ".join(variance_document(SUBJECT, "as_run", told, 64)["sentences"])
    none = (indices[1], indices[2])
    assert "No single input" in variance_document(SUBJECT, "as_run", none, 64)["sentences"][0]


def test_too_few_base_points_are_said_and_nothing_is_named() -> None:
    said = " ".join(variance_document(SUBJECT, "as_run", INDICES, 32)["sentences"])
    assert "too few base points (32) to tell which share is whose: take 64 or more." in said
    assert "62%" not in said
    assert "too few" not in said_of(variance())
    more = (*INDICES[:3], INDICES[3]._replace(first=0.3), INDICES[4])
    assert "add up to 110%" in variance_document(SUBJECT, "as_run", more, 256)["sentences"][0]


def test_one_of_a_thing_is_in_the_singular() -> None:
    made = draws()
    one = made._replace(
        net=made.net[:1], benefit=made.benefit[:1], cost=made.cost[:1], inputs=made.inputs[:1],
        reoffences_prevented=made.reoffences_prevented[:1],
    )  # fmt: skip
    subject = SUBJECT._replace(fields={**SUBJECT.fields, "replications": 1})
    said = said_of(chances_document(subject, one, chances_of(one), "as_run"))
    assert "1 draw of" in said
    assert "1 draws" not in said
    assert "1 replication a draw" in said


def test_the_cautions_of_a_comparison_end_every_sweep() -> None:
    subject = SUBJECT._replace(cautions=("Not cashable.",))
    document = variance_document(subject, "as_run", INDICES, 256)
    assert document["warnings"] == ["Not cashable."]
    assert text_of(document).endswith("\n\nBefore you quote a figure:\n- Not cashable.")
    assert "Before you quote" not in text_of(variance())
