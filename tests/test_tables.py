"""Files are read strictly, or refused with file, line, column and remedy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.tables import (
    Document,
    InputProblems,
    Problem,
    Problems,
    did_you_mean,
    nearest,
    read_yaml,
)

IN_ONE_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def written(folder: Path, text: str | bytes, name: str = "input.yaml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def yaml_problems(folder: Path, text: str | bytes) -> list[Problem]:
    with pytest.raises(InputProblems) as refused:
        read_yaml(written(folder, text))
    return refused.value.problems


# Problems.


def test_a_problem_shows_place_line_caret_and_suggestion() -> None:
    problem = Problem("a.yaml", 7, 3, "no such key", "Did you mean 'capacity'?", "  capacitty: 20")
    assert problem.text().splitlines() == [
        "a.yaml:7:3: no such key",
        "      capacitty: 20",
        "      ^",
        "  Did you mean 'capacity'?",
    ]


def test_a_long_line_is_cut_around_its_column() -> None:
    row = "x" * 500 + "HERE" + "y" * 500
    shown, caret = Problem("a.csv", 1, 501, "?", "", row).text().splitlines()[1:]
    assert len(shown) < 120
    assert shown[caret.index("^") :].startswith("HERE")


def test_problems_come_out_together_sorted_and_counted() -> None:
    problems = Problems()
    problems.stop_if_any()
    problems.add(Problem("b.yaml", 1, 1, "third"))
    problems.extend([Problem("a.yaml", 9, 1, "second"), Problem("a.yaml", 2, 1, "first")])
    problems.add(Problem("b.yaml", 1, 1, "third"))
    with pytest.raises(InputProblems) as refused:
        problems.stop_if_any()
    assert [each.message for each in refused.value.problems] == ["first", "second", "third"]
    assert str(refused.value).splitlines()[-1] == "3 problems found."


def test_the_nearest_name_ignores_case_and_separators() -> None:
    names = ["domestic_burglary", "commercial_burglary", "robbery"]
    assert nearest("Domestic Burglary", names)[0] == "domestic_burglary"
    assert nearest("robery", names) == ["robbery"]
    assert nearest("commercial", names) == ["commercial_burglary"]
    assert nearest("xyz", names) == []
    assert did_you_mean("xyz", names).startswith("Known here: ")
    assert did_you_mean("robery", names) == "Did you mean 'robbery'?"


# YAML.


def test_scalars_follow_yaml_1_2(tmp_path: Path) -> None:
    text = (
        "a: 1e5\nb: no\nc: true\nd: 2027-02-30\ne: 12:30:45\nf: ~\ng: '012'\nh: -0.5\n"
        "i: 2015/16\nj: 0x1F\nk: .inf\nl: [1, 2.0, x]\n2019: y\nm:\n"
    )
    assert read_yaml(written(tmp_path, text)).data == {
        "a": 1e5,
        "b": "no",
        "c": True,
        "d": "2027-02-30",
        "e": "12:30:45",
        "f": None,
        "g": "012",
        "h": -0.5,
        "i": "2015/16",
        "j": 31,
        "k": float("inf"),
        "l": [1, 2.0, "x"],
        "2019": "y",
        "m": None,
    }


def test_every_key_and_value_knows_its_place(tmp_path: Path) -> None:
    document = read_yaml(written(tmp_path, "# é\na:\n  - b: {c: 1, d: 'é'}\n"))
    assert document.mark(("a", 0, "b", "d"), key=True) == (3, 15)
    assert document.mark(("a", 0, "b", "d")) == (3, 18)
    assert document.mark(("a", 0, "missing")) == document.mark(("a", 0)) == (3, 5)
    assert document.line_text(3) == "  - b: {c: 1, d: 'é'}"
    assert document.line_text(99) == ""


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, 1, "'a' is given twice (first on line 1)"),
        ("a:\n\tb: 1\n", 2, 1, "a tab"),
        ("a: 012\n", 1, 4, "'012' begins with a zero"),
        ("a: &x 1\n", 1, 4, "leave the name out"),
        ("a: 1\nb: *a\n", 2, 4, "write the value out"),
        ("a: {<<: {b: 1}}\n", 1, 5, "takes in another mapping"),
        ("a: !!str 1\n", 1, 4, "the tag"),
        ("a: x: y\n", 1, 5, "a second colon"),
        ("a: 'x\nb: 1\n", 1, 4, "a quotation mark is opened and not closed"),
        ("a: [1, 2\nb: 3\n", 2, 2, "a bracket is not closed"),
        ("a: 1\n---\nb: 1\n", 2, 1, "a second document"),
        ("[a, b]: 1\n", 1, 1, "a name is expected"),
        ("'': 1\n", 1, 1, "the name before the colon is missing"),
        ("- a\n- b\n", 1, 1, "it holds a list"),
        ("a:1\nb:2\n", 1, 1, "it holds one piece of text"),
        (f"a: {'9' * 50}\n", 1, 4, "more than 40 characters"),
        ("a: " + "[" * 60 + "]" * 60, 1, 44, "levels deep"),
        (b"a: 1\nb: caf\xe9\n", 2, 7, "not UTF-8"),
        (b"a: 1\x00\n", 1, 5, "a control character"),
        ("", 0, 0, "the file is empty"),
        ("# only words\n", 0, 0, "the file is empty"),
        ("---\n", 0, 0, "the file is empty"),
        (b"PK\x03\x04...", 0, 0, "a spreadsheet"),
        ("a: 1".encode("utf-16"), 0, 0, "UTF-16"),
    ],
)
def test_a_file_that_is_not_strict_yaml_is_refused(
    tmp_path: Path, text: str | bytes, line: int, column: int, said: str
) -> None:
    problem = yaml_problems(tmp_path, text)[0]
    assert said in problem.message
    assert (problem.line, problem.column) == (line, column)
    assert problem.file == str(tmp_path / "input.yaml")


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault(tmp_path: Path) -> None:
    path = written(tmp_path, b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert read_yaml(path).data == {"a": 1, "b": 2}
    assert read_yaml(path).mark(("b",)) == (2, 4)


def test_a_missing_file_brings_the_nearest_name(tmp_path: Path) -> None:
    written(tmp_path, "a: 1\n", "southwark.yaml")
    for name in ("southwrak.yaml", "Southwark.yml"):
        with pytest.raises(InputProblems, match=r"Did you mean 'southwark\.yaml'\?"):
            read_yaml(tmp_path / name)
    with pytest.raises(InputProblems, match="there is no folder"):
        read_yaml(tmp_path / "nowhere" / "a.yaml")
    with pytest.raises(InputProblems, match="this is a folder"):
        read_yaml(tmp_path)


plain_data = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), inner, max_size=3)
    ),
    max_leaves=12,
)


@IN_ONE_FOLDER
@given(st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), plain_data, min_size=1))
def test_json_is_read_back_as_it_was(tmp_path: Path, data: dict[str, Any]) -> None:
    assert read_yaml(written(tmp_path, json.dumps(data))).data == data


@IN_ONE_FOLDER
@given(st.text(max_size=60) | st.binary(max_size=60))
def test_any_text_is_read_or_refused_never_a_crash(tmp_path: Path, text: str | bytes) -> None:
    if isinstance(text, str):
        text = text.encode("utf-8", errors="surrogatepass")
    try:
        document = read_yaml(written(tmp_path, text))
    except InputProblems as refused:
        assert str(refused)
    else:
        assert isinstance(document, Document)
