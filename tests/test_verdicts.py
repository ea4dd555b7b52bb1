"""What a report says of its results: no more than the intervals, the evidence and the readings carry."""

from __future__ import annotations

import functools
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from report_pages import Page, document, html_of

from simulator.charts.figures import headline_arm
from simulator.report import verdicts

# Words that claim more than a simulation can, from the architecture's list.
TO_AVOID = [
    r"\bprov(?:es|ed)\b",
    r"\bsaves £(?![\d,.]+ of programme cost \(cashable)",
    r"\bno effect\b",
    r"(?<!proven )\breoffending\b(?! rate)",
    r"\bcost of crime\b",
    r"\bBCR\b",
    r"good value",
]


def with_interval(low: float, high: float, cost: float = 1e6) -> dict[str, Any]:
    """A document whose headline arm has this interval of NPSV and this programme cost."""
    made = document()
    arm = headline_arm(made)
    arm["npsv_interval"], arm["npsv_gbp"] = [low, high], (low + high) / 2.0
    arm["programme_cost_gbp"] = cost
    made["alternatives"] = [row for row in made["alternatives"] if row["name"] != arm["name"]]
    return made


@functools.cache
def own_words() -> str:
    """The page without the sentences and names that it passes on as they are."""
    made = document()
    made["warnings"] = []
    made["reported_fall"] = None
    for row in made["inputs"]:
        row["where"] = row["why"] = ""
    with tempfile.TemporaryDirectory() as folder:
        return Page(html_of(made, Path(folder))).text


@pytest.mark.parametrize("words", TO_AVOID)
def test_words_that_claim_too_much_are_not_on_the_page(words: str):
    assert not re.search(words, own_words(), flags=re.I)


@pytest.mark.parametrize(
    ("interval", "where"),
    [
        ((-2.0, -1.0), "below zero"),
        ((-2.0, 0.0), "holds zero"),
        ((-1.0, 1.0), "holds zero"),
        ((0.0, 0.0), "holds zero"),
        ((0.0, 2.0), "holds zero"),
        ((1.0, 2.0), "above zero"),
        (None, "no interval"),
    ],
)
def test_an_interval_that_touches_zero_holds_it(interval: tuple[float, float] | None, where: str):
    assert verdicts.position(interval) == where


@pytest.mark.parametrize(
    ("low", "high", "cost", "said"),
    [
        (-2e6, -1e6, 1e6, "'As run' is worth less than it costs"),
        (1e6, 2e6, 1e6, "'As run' is worth more than it costs"),
        (-2e6, -1e6, -1e6, "'As run' gives up more than it spares in cost"),
        (1e6, 2e6, -1e6, "'As run' spares more cost than it gives up"),
        (-2e6, 1e6, 1e6, "it cannot be said whether 'As run' is worth what it costs"),
        (0.0, 2e6, 1e6, "it cannot be said whether 'As run' is worth what it costs"),
        (-2e6, 0.0, 1e6, "it cannot be said whether 'As run' is worth what it costs"),
    ],
)
def test_the_headline_says_no_more_than_the_interval(low: float, high: float, cost: float, said: str):
    assert said in verdicts.headline(with_interval(low, high, cost))


def test_a_headline_without_an_interval_says_so():
    made = document()
    headline_arm(made)["npsv_interval"] = None
    assert "no interval says how sure that is" in verdicts.headline(made)


def test_inconclusive_evidence_is_said_in_the_headline_and_below():
    made = document()
    ratio = {"value": 0.9, "low": 0.7, "high": 1.0, "standing": "derived"}
    headline_arm(made)["effect"] = {"name": "x", "design": "matched_comparison", "ratios": {"occasions_ratio": ratio}}
    assert "inconclusive" in verdicts.headline(made)
    assert any("0.70 to 1.00" in said for said in verdicts.cannot_be_said(made))
    ratio["high"] = 0.99
    assert "inconclusive" not in verdicts.headline(made)


def test_a_sign_that_depends_on_the_reading_is_said_in_the_headline():
    made = with_interval(-2e6, -1e6)
    assert "Other ways of counting" not in verdicts.headline(made)
    made["alternatives"] = [{"name": headline_arm(made)["name"], "npsv_gbp": value} for value in (-3e6, 4e6)]
    assert "Other ways of counting and pricing the same runs give −£3.00m to £4.00m." in verdicts.headline(made)
    assert any("That the sign is settled" in said for said in verdicts.cannot_be_said(made))


def test_a_design_without_a_comparison_group_is_not_called_a_cause():
    made = document()
    headline_arm(made)["effect"]["design"] = "before_after"
    assert any("without a matched comparison group" in said for said in verdicts.cannot_be_said(made))
    headline_arm(made)["effect"]["design"] = "matched_comparison"
    assert not any("without a matched comparison group" in said for said in verdicts.cannot_be_said(made))


def test_an_arm_that_costs_less_is_not_said_to_pay_for_itself():
    said = " ".join(verdicts.can_be_said(with_interval(1e6, 2e6, cost=-1e6)))
    assert "pays for itself" not in said and "pay for itself" not in said


def test_cashable_benefit_is_always_spoken_of():
    made = document()
    arm = headline_arm(made)
    arm["benefit_gbp"] = 5e5
    for row in arm["by_kind"]:
        row["benefit_gbp"] = 0.0
    assert any("None of the benefit" in said and "cashable" in said for said in verdicts.can_be_said(made))
    arm["by_kind"][0] |= {"cashable": True, "benefit_gbp": 2e5}
    assert any("£200k is priced as cashable" in said for said in verdicts.can_be_said(made))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("simulated: -0.01", "simulated: −0.01"),
        ("simulated: -0.00", "simulated: 0.00"),
        ("-£0.00", "£0.00"),
        ("-£5 and -3", "−£5 and −3"),
        ("2018-19, before-after", "2018-19, before-after"),
    ],
)
def test_minus_signs_are_minus_signs_and_nothing_is_not_negative(written: str, read: str):
    assert verdicts.proper_minus(written) == read
