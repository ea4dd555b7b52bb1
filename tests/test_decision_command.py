"""What would change a decision, as people read it: plain words, tables and the command."""

from __future__ import annotations

import csv
import importlib
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from commands import Run
from made_standings import At, bedfordshire, standing

from simulator.report.decision import Findings, document_of
from simulator.report.decision_words import decision_text, sentences_of
from simulator.uncertainty.commonest import Drawn
from simulator.uncertainty.decision import Setting, Standing, ends_of
from simulator.uncertainty.inputs import Uncertain
from simulator.uncertainty.points import Point
from simulator.uncertainty.switching import nearest_pairs, single_switches

importlib.import_module("simulator.cli.decision")  # registers the command

GOLDEN = Path(__file__).parent / "golden" / "decision.txt"

# Words and the command.


NO_DRAWS = Drawn((), {})


def findings(at: At, drawn_ones: Drawn, **inputs: Uncertain) -> Findings:
    base, ends = ends_of(inputs, at)
    pairs = nearest_pairs(base, ends, at)
    return Findings(base, ends, single_switches(base, ends, at), pairs, drawn_ones, None, 5)


def told(at: At, drawn_ones: Drawn = NO_DRAWS) -> dict[str, Any]:
    """The document for Bedfordshire's arms and two real inputs, with standings by a formula."""
    variant, inputs = bedfordshire()
    chosen = {name: inputs[name] for name in ("effect.occasions_ratio", "justice.court_event")}
    names = ("no_iom", "as_run", "cut_a_quarter")

    def named(points: Sequence[Point]) -> list[Standing]:
        return [each._replace(arms=names[: len(each.arms)]) for each in at(points)]

    setting = Setting(variant, chosen, 4, 1, "compiled", 1)
    return document_of(setting, findings(named, drawn_ones, **chosen))


def by_inputs(formula: Callable[[float, float], Sequence[float]], error: float = 0.0) -> At:
    def at(points: Sequence[Point]) -> list[Standing]:
        return [
            standing(
                0.0,
                *formula(
                    each.values.get("effect.occasions_ratio", 0.882), each.values.get("justice.court_event", 3730.0)
                ),
                error=error,
            )
            for each in points
        ]

    return at


def test_a_switching_value_is_said_in_plain_words_with_its_chance() -> None:
    said = " ".join(told(by_inputs(lambda a, b: (1e6 * (0.8 - a), -9e5)))["sentences"])
    assert "multiplied by 0.8 or less (now 0.882): 'As run' is then level with 'No IOM'" in said
    assert "a chance of 35%" in said
    assert "within simulation noise" not in said


def test_a_value_is_said_with_digits_enough_to_differ() -> None:
    said = " ".join(told(by_inputs(lambda a, b: (1e6 * (0.8819 - a),)))["sentences"])
    assert "multiplied by 0.8819 or less (now 0.882)" in said


def test_nothing_that_flips_is_said_plainly() -> None:
    document = told(by_inputs(lambda a, b: (-9e5 - b,)))
    assert (document["singles"], document["pair"]) == ([], None)
    said = " ".join(document["sentences"])
    assert "No single input changes the decision within its range: 2 were moved to both ends" in said
    assert "none changes the decision even with both at the ends" in said


def test_a_lead_or_a_flip_within_noise_is_owned_up_to() -> None:
    said = " ".join(told(by_inputs(lambda a, b: (-1e4 + 1e2 * (0.882 - a),), error=1e4))["sentences"])
    assert "within simulation noise: with more replications (-n) another may come first" in said
    said = " ".join(told(by_inputs(lambda a, b: (1e6 * (0.55 - a),), error=2e4))["sentences"])
    assert "At 1 more end of ranges another choice comes first by less than simulation noise" in said
    assert "The decision changes if offending" not in said


def test_draws_without_a_pair_say_so() -> None:
    flips = Drawn(("no_iom",) * 95 + ("as_run",) * 5, {})
    said = told(by_inputs(lambda a, b: (-1e6,)), flips)["sentences"][-2:]
    assert "another is preferred in 5% (±5%) of them: 'As run' in 5% (±5%)" in said[0]
    assert "raise --draws" in said[1]
    never = Drawn(("no_iom",) * 10, {})
    assert "is preferred in every one" in told(by_inputs(lambda a, b: (-1e6,)), never)["sentences"][-1]


COMMAND = [
    "decision",
    "leeds:as_run",
    "-n",
    "4",
    "--draws",
    "60",
    "--workers",
    "1",
    "--set",
    "appraisal.horizon_years=2",
]


def test_the_command_reads_as_it_did_in_three_formats(run: Run) -> None:
    document = json.loads(run(*COMMAND, "--format", "json").out)
    assert decision_text(document) + "\n" == GOLDEN.read_text("utf-8")
    assert sentences_of(document) == document["sentences"]
    assert document["draws"]["draws"] == 60
    assert sum(document["draws"]["preferred"].values()) == pytest.approx(1.0)
    json.dumps(document, allow_nan=False)


def test_rows_are_all_ends_with_their_switches(run: Run) -> None:
    few = [
        "decision",
        "leeds:as_run",
        "-n",
        "2",
        "--draws",
        "0",
        "--workers",
        "1",
        "--set",
        "appraisal.horizon_years=1",
    ]
    rows = list(csv.DictReader(io.StringIO(run(*few, "--format", "csv").out)))
    document = json.loads(run(*few, "--format", "json").out)
    assert len(rows) == len(document["ends"]) > 60
    with_switch = [row["name"] for row in rows if row["switching_value"]]
    assert sorted(with_switch) == sorted(each["name"] for each in document["singles"])
    assert document["draws"]["another_preferred"] is None


def test_few_draws_are_called_rough_and_fewer_refused(run: Run) -> None:
    said = told(by_inputs(lambda a, b: (-1e6,)), Drawn(("no_iom",) * 199, {}))["warnings"]
    assert "With 199 draws the brackets and chances are rough" in said[-1]
    said = told(by_inputs(lambda a, b: (-1e6,)), Drawn(("no_iom",) * 200, {}))["warnings"]
    assert not any("rough" in each for each in said)
    assert any("superseded by ho_2019_20" in each for each in said)
    answer = run("decision", "leeds", "--draws", "19")
    assert answer.code == 2 and "--draws 20 or more" in answer.err


def test_one_replication_is_refused(run: Run) -> None:
    assert run("decision", "leeds", "-n", "1").code == 2
