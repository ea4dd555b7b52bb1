"""Fit files: written, read back, and refused where they do not say what they are."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from fit_texts import (
    CORRELATIONS,
    FIT,
    line_of,
    written,
)
from hypothesis import given
from hypothesis import strategies as st
from small_runs import library

from simulator.calibration.schemes import Request, inputs_digest
from simulator.evidence import (
    FITS_FOLDER,
    PARAMETERS,
    RATIOS,
    READINGS,
    Fit,
    Parameter,
    Reading,
    Target,
    load_fit,
    load_fits,
    square_root,
    write_fit,
)
from simulator.places import data_folder
from simulator.report.cases import cases_of
from simulator.scenario.layers import scheme_names
from simulator.tables import InputProblems


@st.composite
def parameters(draw: st.DrawFn) -> Parameter:
    low, value, high = sorted(draw(st.floats(1e-3, 1e3)) for _ in range(3))
    return Parameter(value, low, high, draw(st.floats(0.0, 10.0)))


@st.composite
def correlations(draw: st.DrawFn, size: int) -> tuple[tuple[float, ...], ...]:
    """Those of some vectors, so that numbers can have them; a vector may be another one again."""
    rows = [[draw(st.floats(-1.0, 1.0)) for _ in range(size)] for _ in range(draw(st.integers(1, max(size, 1))))]
    units = [np.array(row) / np.linalg.norm(row) for row in rows if np.linalg.norm(row) > 1e-3] or [np.ones(1)]
    chosen = [units[draw(st.integers(0, len(units) - 1))] for _ in range(size)]
    return tuple(
        tuple(1.0 if a == b else float(np.clip(chosen[min(a, b)] @ chosen[max(a, b)], -1.0, 1.0)) for b in range(size))
        for a in range(size)
    )


WORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12).filter(lambda text: text.strip())
NUMBERS = st.floats(-1e9, 1e9)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    names = draw(st.lists(st.sampled_from(PARAMETERS), min_size=1, max_size=4, unique=True))
    targets = st.builds(
        Target,
        WORDS,
        NUMBERS,
        NUMBERS,
        st.none() | st.floats(0.0, 9.0),
        st.none() | NUMBERS,
        st.sampled_from(("fitted", "predicted")),
    )
    return Reading(
        {name: draw(parameters()) for name in names},
        draw(correlations(len(names))),
        draw(st.dictionaries(st.sampled_from(RATIOS), parameters(), max_size=2)),
        tuple(draw(st.lists(targets, max_size=2))),
        tuple(draw(st.lists(WORDS, max_size=2))),
    )


FITS = st.builds(
    Fit, WORDS, WORDS, WORDS, WORDS, st.integers(0, 2**53), WORDS | st.from_regex("[0-9]{1,3}e?[0-9]{1,8}", fullmatch=True),
    st.dictionaries(st.sampled_from(READINGS), readings(), min_size=1, max_size=2),
)  # fmt: skip


@given(FITS)
def test_what_is_written_is_read_back_to_the_last_bit(tmp_path_factory: pytest.TempPathFactory, fit: Fit) -> None:
    path = written(tmp_path_factory.getbasetemp(), write_fit(fit))
    again = load_fit(path)
    assert again == fit
    assert [list(each.parameters) for each in again.readings.values()] == [
        list(each.parameters) for each in fit.readings.values()
    ]
    assert write_fit(again) == write_fit(fit)


def test_long_words_stay_on_their_line(tmp_path: Path) -> None:
    fit = load_fit(written(tmp_path, FIT.replace("spells: 1.5", "spells: " + "and so on; " * 20 + "1.5")))
    text = write_fit(fit)
    assert len(text.splitlines()) == len(FIT.splitlines()) + 1
    assert load_fit(written(tmp_path, text)) == fit


def test_a_written_fit_reads_like_one_written_by_hand(tmp_path: Path) -> None:
    text = write_fit(load_fit(written(tmp_path)))
    assert text == FIT.replace(
        '["spells: 1.5 to 8 years fit as well"]', '\n      - "spells: 1.5 to 8 years fit as well"'
    ).replace("inputs_digest: 0123456789ab", 'inputs_digest: "0123456789ab"').replace(
        "not_identified: \n", "not_identified:\n"
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("seed: 1\n", "seed: -1\n", "-1 is negative"),
        ("inputs_digest: 0123456789ab", "inputs_digest: 123456", "is not text"),
        ("protocol: matched", "protocoll: matched", "Did you mean 'protocol'?"),
        ("frailty_shape: {value: 2.6", "frailty_shap: {value: 2.6", "Did you mean 'frailty_shape'?"),
        ("value: 1.3, low: 1.1", "value: 1.3, low: 1.4", "low 1.4 is above the value 1.3"),
        ("value: 2.6, low: 1.9, high: 3.5", "value: 2.6, low: 1.9, high: 2.5", "high 2.5 is below the value 2.6"),
        ("value: 1.3", "value: 0", "has to be more than 0"),
        ("log_error: 0.155", "log_error: -0.1", "-0.1 is negative"),
        ("log_error: 0.155", "log_error: 11", "more than the most allowed"),
        ("- [1, -0.3, 0.1, 0]", "- [1, -0.3, 0.1]", "row 1 has 3 numbers, and there are 4 parameters"),
        ("- [-0.3, 1, 0.2, 0]", "- [-0.31, 1, 0.2, 0]", "-0.31 here and -0.3 in row 1"),
        ("- [0, 0, 0, 1]", "- [0, 0, 0, 0.9]", "0.9 on the diagonal"),
        ("- [1, -0.3, 0.1, 0]", "- [1, -1.3, 0.1, 0]", "-1.3 is less than the least allowed"),
        ("- [1, -0.3, 0.1, 0]", "- [1, x, 0.1, 0]", "'x' is text"),
        ("occasions_ratio: {value", "ocasions_ratio: {value", "Did you mean 'occasions_ratio'?"),
        ("role: fitted", "role: guessed", "'guessed' is not one of the choices"),
        ("standard_error: 0.03", "standard_error: -0.03", "is negative"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(InputProblems) as caught:
        load_fit(written(tmp_path, FIT.replace(old, new, 1)))
    lines = [each.line for each in caught.value.problems if said in f"{each.message} {each.suggestion}"]
    assert lines == [line_of(old)]


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputProblems) as caught:
        load_fit(
            written(
                tmp_path,
                FIT.replace("seed: 1\n", "").replace("role: fitted", "role: x").replace("low: 1.1", "low: 1.4"),
            )
        )
    assert len(caught.value.problems) == 3
    with pytest.raises(InputProblems, match="'leeds_2017' is not a source"):
        load_fit(written(tmp_path), ["southwark_2018"])


@pytest.mark.parametrize("text", [FIT[: FIT.index("readings")] + "readings: {}\n", FIT.replace(CORRELATIONS, "")])
def test_a_fit_without_readings_or_correlations_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputProblems, match=r"there is no reading|'correlations' is missing"):
        load_fit(written(tmp_path, text))


def test_correlations_that_no_numbers_can_have_are_refused(tmp_path: Path) -> None:
    impossible = FIT.replace("-0.3", "0.9").replace("0.1, 0]", "-0.9, 0]").replace("- [0.1, 0.2, 1", "- [-0.9, 0.9, 1")
    with pytest.raises(InputProblems, match="positive semi-definite") as caught:
        load_fit(written(tmp_path, impossible.replace("1, 0.2, 0]", "1, 0.9, 0]")))
    assert caught.value.problems[0].line == line_of("      - [1, -0.3")


def test_correlations_rounded_to_three_decimals_are_drawn_in() -> None:
    angles = (0.0, 0.3, 1.0, 1.9)
    exact = [[math.cos(a - b) for b in angles] for a in angles]  # vectors in a plane: rank two
    rounded = [[round(value, 3) for value in row] for row in exact]
    assert np.linalg.eigvalsh(rounded).min() < -1e-6
    for matrix in (exact, rounded):
        found = square_root(matrix)
        assert found is not None
        root = np.array([[*row, *[0.0] * (4 - len(row))] for row in found])
        np.testing.assert_allclose(root @ root.T, exact, atol=0.004)
        np.testing.assert_allclose((root**2).sum(axis=1), 1.0, atol=1e-12)
    assert square_root([[1.0, 0.9, -0.9], [0.9, 1.0, 0.9], [-0.9, 0.9, 1.0]]) is None
    assert square_root([[1.0, 1.0, 0.5], [1.0, 1.0, -0.5], [0.5, -0.5, 1.0]]) is None


def test_every_fit_that_comes_with_the_evidence_is_sound_and_of_a_scheme() -> None:
    for fit in load_fits(data_folder("evidence") / FITS_FOLDER, library().sources).values():
        assert fit.scheme in scheme_names()


@pytest.mark.parametrize("scheme", ["leeds", "southwark", "bedfordshire", "leicestershire", "sussex"])
def test_a_shipped_fit_was_made_from_the_inputs_of_today(scheme: str) -> None:
    """A changed figure, rate or effect makes a fit stale: make it anew by the command that stands in it."""
    known = library()
    fits = load_fits(data_folder("evidence") / FITS_FOLDER, known.sources)
    (case,) = cases_of(scheme, known)
    request = Request(scheme, fits[scheme].seed, case.replications)
    assert fits[scheme].inputs_digest == inputs_digest(request, known, case.report, case.looked, list(fits.values()))
