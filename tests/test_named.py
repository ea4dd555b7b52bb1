"""Numbers that know their name: the same numbers in arithmetic, marked in text, and the text is read unchanged."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as some

from simulator.report import text, verdicts
from simulator.report.named import named, pieces, without_names

AMOUNTS = some.floats(-1e12, 1e12, allow_nan=False)


def one(value: float):
    return named({"it": value}, "answer")["it"]


def test_paths_name_entries_by_what_tells_them_apart():
    answer = {
        "arms": [{"name": "as_run", "npsv_gbp": 1.5, "npsv_interval": [0.5, 2.5]}],
        "by_year": [{"year": 1, "net_gbp": 2.0}],
        "by_kind": [
            {"kind": "fiscal", "cashable": True, "net_gbp": 3.0},
            {"kind": "fiscal", "cashable": False, "net_gbp": 4.0},
        ],
        "curve": [1.0, 2.0, 3.0],
    }
    found = named(answer, "comparison")
    said = "".join(
        f"{each}"
        for each in (
            found["arms"][0]["npsv_gbp"],
            found["arms"][0]["npsv_interval"][1],
            found["by_year"][0]["net_gbp"],
            found["by_kind"][1]["net_gbp"],
            found["curve"][2],
        )
    )
    assert [piece.name for piece in pieces(said)] == [
        "comparison.arms.as_run.npsv_gbp",
        "comparison.arms.as_run.npsv_interval.high",
        "comparison.by_year.1.net_gbp",
        "comparison.by_kind.fiscal_not_cashable.net_gbp",
        "comparison.curve.3",
    ]


def test_rows_that_share_a_name_are_told_apart_by_number():
    found = named([{"name": "a", "x": 1.0}, {"name": "a", "x": 2.0}], "rows")
    assert [piece.name for row in found for piece in pieces(f"{row['x']}")] == ["rows.1.x", "rows.2.x"]


def test_a_year_is_a_label_and_text_flags_and_nothing_stay_as_they_are():
    found = named({"year": 3, "seed": 1, "open": True, "why": "because", "none": None}, "row")
    assert found == {"year": 3, "seed": 1, "open": True, "why": "because", "none": None}
    assert without_names(f"{found['year']}") == f"{found['year']}" == "3"


@given(AMOUNTS)
def test_every_way_of_printing_reads_as_for_a_plain_number(value: float):
    for form in (
        text.pounds,
        text.number,
        verdicts.ratio,
        lambda x: f"{x:,.2f}".replace("-", "−"),
        lambda x: f"{x:.1%}".replace("-", "−"),
    ):
        assert without_names(form(one(value))) == form(value)
        (piece,) = [piece for piece in pieces(form(one(value))) if piece.name]
        assert piece.name == "answer.it"
        assert piece.exact == value


@given(AMOUNTS, AMOUNTS, some.integers(1, 1000))
def test_arithmetic_gives_the_same_numbers(a: float, b: float, n: int):
    x, y = named([a, b, 0.0], "rows")[:2]
    count = one(n)
    assert (x + y, x - y, x * y, -x, abs(x)) == (a + b, a - b, a * b, -a, abs(a))
    assert (x + 1, 1 + x, 2 * x, x * 2, x / count, 1 - x) == (a + 1, 1 + a, 2 * a, a * 2, a / n, 1 - a)
    assert round(x, 2) == round(a, 2)
    assert (x < y, x == a, hash(x)) == (a < b, True, hash(a))
    assert math.isclose(sum([x, y]), a + b, rel_tol=1e-12, abs_tol=1e-9)
    assert json.dumps([x, count]) == json.dumps([a, n])


def test_arithmetic_says_what_went_in_and_nothing_changes_no_name():
    x, y = named({"a": 1.0, "b": 2.0}, "r").values()
    said = f"{x + y} {x - 2} {1 - x} {sum([x, y])} {x + 0.0} {round(x, 1)} {-x} {abs(x)}"
    assert [piece.name for piece in pieces(said) if piece.name] == [
        "r.a + r.b",
        "r.a − 2",
        "1 − r.a",
        "r.a + r.b",
        "r.a",
        "r.a",
        "r.a turned",
        "r.a size",
    ]


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("£{:.2f}", "−£1.50"),
        ("{:.0f}%", "−2%"),
        ("up to {:.1f}k", "up to −1.5k"),
        ("{:.1f} more", "−1.5 more"),
        ("{:.1f} km", "−1.5 km"),
    ],
)
def test_signs_and_units_belong_to_what_is_printed(words: str, read: str):
    found = words.format(one(-1.5))
    assert without_names(found) == read


def test_rewriting_a_text_leaves_names_alone():
    found = f"'it' is {one(-3.25):.2f}".replace("-", "−").replace("'", "*").upper()
    (piece,) = [piece for piece in pieces(found) if piece.name]
    assert (piece.words, piece.name, piece.exact) == ("−3.25", "answer.it", -3.25)
