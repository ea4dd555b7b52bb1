"""The command ``evaluate``: a plan as people read it, as JSON and as CSV, and what is refused."""

from __future__ import annotations

import csv
import io
import json

import pytest
from commands import Run

from simulator.evaluation.studies import MEASURES

KEYS = ["design", "n", "power", "interval", "required_n", "measure", "method", "expected_difference", "unit",
        "wanted_power", "monte_carlo_error", "detectable_difference", "power_range", "required_n_range"]  # fmt: skip
SMALL = ["evaluate", "leeds", "-n", "4", "--studies", "200"]


def test_the_formats_tell_the_same_and_the_same_seed_the_same_bytes(run: Run) -> None:
    text = run(*SMALL, "--format", "json").out
    rows = json.loads(text)
    assert all(list(row) == KEYS for row in rows)
    assert [row["measure"] for row in rows if row["method"] == "formula"][:3] == [each.name for each in MEASURES]
    assert {row["n"] for row in rows if row["design"].endswith((", formula", ", simulation"))} == {142}
    assert run(*SMALL, "--format", "json").out == text
    assert run(*SMALL, "--format", "json", "--seed", "2").out != text
    cells = list(csv.DictReader(io.StringIO(run(*SMALL, "--format", "csv").out)))
    assert [float(cell["interval_low"]) for cell in cells] == [row["interval"][0] for row in rows]


def test_without_an_effect_one_study_in_twenty_is_significant(run: Run) -> None:
    answer = run("evaluate", "-n", "20", "--studies", "4000", "--effect", "none", "--people", "400", "--format", "json")
    planned = [row for row in json.loads(answer.out) if row["design"].startswith("matched")]
    assert {row["method"] for row in planned} == {"formula", "simulation"}
    for row in planned:
        assert row["expected_difference"] == 0.0
        assert row["required_n"] is None
        assert abs(row["power"] - 0.05) < (4.0 * row["monte_carlo_error"] if row["method"] == "simulation" else 1e-9)


def test_an_effect_is_simulated_and_the_comparison_group_is_without_it(run: Run) -> None:
    found = {}
    for ratio in ("1", "0.4"):
        settings = ("--set", f"effect.occasions_ratio={ratio}", "--set", "effect.custody_ratio=1", "--format", "json")
        rows = json.loads(run(*SMALL, *settings).out)
        found[ratio] = {
            row["measure"]: row["expected_difference"] for row in rows if row["design"].endswith(", formula")
        }
    assert found["1"] == {"rate": 0.0, "frequency": 0.0, "days_to_first": 0.0}
    assert found["0.4"]["rate"] < -10.0
    assert found["0.4"]["frequency"] < -60.0
    assert found["0.4"]["days_to_first"] > 10.0


def test_the_text_says_what_cannot_be_said(run: Run) -> None:
    said = " ".join(run(*SMALL, "--people", "100").out.split())
    assert "With a power of 80%, 100 people cannot show a fall in the reoffending rate of less than" in said
    assert "should not be taken to mean that a scheme fails to affect the reoffending rate or frequency" in said
    assert "142 of 203 and 71 of 103" in said
    assert "(printed 55.7)" in said
    assert not {word for word in ("proves", "no effect", "saves") if word in said.lower()}


def test_a_stated_difference_is_planned_by_formula_only(run: Run) -> None:
    words = ("--difference", "rate=-5", "--difference", "days=10", "--power", "90%", "--format", "json")
    rows = [row for row in json.loads(run(*SMALL, *words).out) if row["design"].startswith("matched")]
    assert [(row["measure"], row["method"], row["expected_difference"]) for row in rows] == [
        ("rate", "formula", -5.0),
        ("days_to_first", "formula", 10.0),
    ]
    assert all(row["wanted_power"] == 0.9 and row["monte_carlo_error"] is None for row in rows)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--power", "80"], "is not a power"),
        (["--power", "4%"], "is not a power"),
        (["--difference", "rte=-5"], "Did you mean 'rate'?"),
        (["--difference", "rate=some"], "Write a number"),
        (["--difference", "rate=-95"], "is not possible"),
        (["--set", "programme.places=0"], "nobody can be followed"),
        (["--set", "population.occasions_per_year=0.001"], "do not differ"),
    ],
)
def test_what_cannot_be_planned_is_refused_with_a_remedy(words: list[str], said: str, run: Run) -> None:
    answer = run(*SMALL, *words)
    assert answer.code == 2
    assert said in answer.err
    assert not answer.out


def test_a_difference_stated_twice_is_refused(run: Run) -> None:
    answer = run("evaluate", "leeds", "--difference", "rate=-5", "--difference", "rate=-6")
    assert answer.code == 2
    assert "'rate' is stated twice" in answer.err
