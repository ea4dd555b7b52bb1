"""What sweeps say: documents and words of small results made by hand, and of a few runs of shipped schemes."""

from __future__ import annotations

import functools
import json

import pytest
from made_sweeps import (
    GOLDEN,
    MADE,
    SUBJECT,
    said_of,
)
from small_runs import library, scenario_with

from simulator.report.sweeps.grid import grid_document
from simulator.report.sweeps.kinds import rows_of, text_of
from simulator.report.sweeps.plain_names import label_of
from simulator.report.sweeps.subject import Subject, subject_of
from simulator.report.sweeps.tornado import tornado_document
from simulator.report.sweeps.wording import percent, tall_table
from simulator.report.text import WIDTH
from simulator.uncertainty.grids import axes_of, grid
from simulator.uncertainty.inputs import uncertain_inputs
from simulator.uncertainty.jobs import in_memory
from simulator.uncertainty.outcomes import Trials, Variant
from simulator.uncertainty.tornado import tornado_of, trials_of


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
