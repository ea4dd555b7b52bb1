"""CSV is read strictly, or refused with file, line, column and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.tables import InputProblems, Problem, Problems, read_csv

IN_ONE_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "input.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def csv_problems(folder: Path, text: str | bytes) -> list[Problem]:
    with pytest.raises(InputProblems) as refused:
        read_csv(written(folder, text), ("name", "value"), ("note",))
    return refused.value.problems


def test_rows_know_their_lines_and_cells(tmp_path: Path) -> None:
    text = 'value,name\r\n 1 ,"a, ""b"""\r\n\r\n2,"two\nlines"\r\n,\r\n3,c'
    rows = read_csv(written(tmp_path, text), ("name", "value"), ("note",))
    assert [row.line for row in rows] == [2, 4, 7]
    assert rows[0].values == {"value": "1", "name": 'a, "b"', "note": ""}
    assert rows[1].values["name"] == "two\nlines"
    problem = rows[0].problem("name", "odd")
    assert (problem.line, problem.column, problem.excerpt) == (2, 5, ' 1 ,"a, ""b"""')


@pytest.mark.parametrize(
    ("text", "line", "column", "said", "hint"),
    [
        ("", 0, 0, "the file is empty", ""),
        ("\n,\n", 0, 0, "the file is empty", ""),
        ("name,value\n", 0, 0, "no rows", ""),
        ("name\na\n", 1, 1, "the column 'value' is missing", ""),
        ("name,valu\na,1\n", 1, 6, "'valu' is not known", "Did you mean 'value'?"),
        ("name,value,name\na,1,b\n", 1, 12, "'name' is there twice", ""),
        ("name,value,\na,1,\n", 1, 12, "column 3 has no name", "Name or delete it."),
        ("name;value\na;1\n", 1, 1, "separated by semicolons", "Save it with commas"),
        ("name,value\na\n", 2, 1, "this row has 1 cells, and there are 2 columns", ""),
        ("name,value\na,7,000\n", 2, 1, "this row has 3 cells", "Put a cell that holds a comma"),
        ("name,value\na,#DIV/0!\n", 2, 3, "an error of the spreadsheet", ""),
        ("name,value\na,#####\n", 2, 3, "an error of the spreadsheet", ""),
        ('name,value\na,"1\n', 2, 3, "opened and not closed", "Close it"),
        ('name,value\n"a"b,1\n', 2, 1, "text after the closing quotation mark", "A quotation mark"),
        (b"name,value\ncaf\xe9,1\n", 2, 4, "not UTF-8", "Save it again with the encoding UTF-8"),
        (b"\xd0\xcf\x11\xe0", 0, 0, "an old Excel", ""),
    ],
)
def test_a_file_that_is_not_strict_csv_is_refused(
    tmp_path: Path, text: str | bytes, line: int, column: int, said: str, hint: str
) -> None:
    problems = csv_problems(tmp_path, text)
    (problem,) = [each for each in problems if said in each.message]
    assert (problem.line, problem.column) == (line, column)
    assert problem.suggestion.startswith(hint)


CELLS = st.lists(st.text(st.characters(exclude_categories=["C", "Z"])), min_size=2, max_size=2)


@IN_ONE_FOLDER
@given(st.lists(CELLS.filter(any), min_size=1, max_size=5))
def test_quoted_cells_are_read_back_as_they_were(tmp_path: Path, rows: list[list[str]]) -> None:
    quoted = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    path = written(tmp_path, "name,value\n" + quoted)
    try:
        read = read_csv(path, ("name", "value"))
    except InputProblems as refused:
        assert all("spreadsheet" in each.message for each in refused.problems)
    else:
        assert [[row.values["name"], row.values["value"]] for row in read] == rows


@pytest.mark.parametrize(
    ("cell", "said", "hint"),
    [
        ('"7,000"', "'7,000' is not a number", "Write 7000, without the comma."),
        ("£12", "'£12' is not a number", "Write 12, without the pound sign."),
        ("12%", "'12%' is not a number", "Write 0.12 (a share, not a percentage)."),
        ("NaN", "'NaN' is not a number", ""),
        ("inf", "'inf' is not a number", ""),
        ("1e999", "'1e999' is not a number", ""),
        ("-1", "-1 is negative", ""),
        ("", "a number is missing", ""),
    ],
)
def test_a_cell_that_is_no_number_is_refused(tmp_path: Path, cell: str, said: str, hint: str) -> None:
    (row,) = read_csv(written(tmp_path, f"name,value\na,{cell}\n"), ("name", "value"))
    problems = Problems()
    assert row.number("value", problems, minimum=0.0) == 0.0
    (problem,) = problems
    assert said in problem.message
    assert problem.suggestion == hint
    assert (problem.line, problem.column) == (2, 3)


@IN_ONE_FOLDER
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_finite_number_in_a_cell_is_read_exactly(tmp_path: Path, number: float) -> None:
    (row,) = read_csv(written(tmp_path, f"name,value\na,{number!r}\n"), ("name", "value"))
    problems = Problems()
    assert row.number("value", problems) == number
    assert row.number_or_none("name", problems) is None
    assert len(problems) == 1
