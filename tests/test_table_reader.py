"""Reading a document part by part: every fault at its line, with what to write, none lost."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.quantities import Quantity, Standing
from simulator.tables import InputProblems, Problem, Problems, Reader, read_yaml

IN_ONE_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def reader_of(folder: Path, text: str, sources: list[str] | None = None) -> Reader:
    path = folder / "input.yaml"
    path.write_text(text, encoding="utf-8")
    return Reader(read_yaml(path), Problems(), sources=sources)


def only_problem(reader: Reader) -> Problem:
    (problem,) = reader.problems
    return problem


MANGLED = st.builds(
    lambda number, dress: dress.format(number),
    st.integers(1000, 999_999),
    st.sampled_from(["{:,}", "£{:,}", "£{}", "{} GBP", "{}k", "{}%", "'{}'", "{}m", "{} days"]),
)


@IN_ONE_FOLDER
@given(indent=st.integers(1, 9), above=st.integers(0, 5), mangled=MANGLED)
def test_a_mangled_number_is_refused_at_its_place_with_what_to_write(
    tmp_path: Path, indent: int, above: int, mangled: str
) -> None:
    text = "# line\n" * above + "programme:\n" + " " * indent + f"places: {mangled}\n"
    reader = reader_of(tmp_path, text)
    reader.at("programme").number("places")
    problem = only_problem(reader)
    assert (problem.line, problem.column) == (above + 2, indent + len("places: ") + 1)
    assert problem.message.startswith("programme.places: ")
    assert problem.suggestion.startswith("Write ")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("7,000", "Write 7000, without the comma."),
        ("3.5%", "Write 0.035 (a share, not a percentage)."),
        ("5k", "Write 5000, without 'k'."),
        ("£5,930", "Write 5930, without the pound sign and the comma."),
        ("'12'", "Write 12, without the quotation marks."),
        ("0,5", "Write 0.5, with a point for the comma."),
        ("1.2m", "Write 1200000, without 'm'."),
        ("\N{MINUS SIGN}3", "Write -3."),
        ("many", ""),
    ],
)
def test_what_was_probably_meant(tmp_path: Path, typed: str, meant: str) -> None:
    reader = reader_of(tmp_path, f"a: {typed}\n")
    reader.number("a")
    assert only_problem(reader).suggestion == meant


@pytest.mark.parametrize(
    ("value", "said", "hint"),
    [
        ("3.5", "3.5 is above 1", "3.5 means 350%; did you mean 0.035?"),
        ("-0.1", "negative", ""),
        ("yes", "'yes' is text", ""),
        ("true", "true is not a number", ""),
        (".nan", "not a finite number", ""),
        ("1e999", "not a finite number", ""),
        ("", "there is no value", ""),
        ("[1]", "a list is not a number", ""),
    ],
)
def test_a_share_lies_between_0_and_1(tmp_path: Path, value: str, said: str, hint: str) -> None:
    reader = reader_of(tmp_path, f"a: {value}\n")
    assert 0.0 <= reader.share("a") <= 1.0
    assert said in only_problem(reader).message
    assert only_problem(reader).suggestion == hint


@pytest.mark.parametrize(
    ("value", "said", "hint"),
    [
        ("2027-02-30", "2027-02-30 is not a date: February 2027 has 28 days", ""),
        ("2027-13-01", "there is no month 13", ""),
        ("28/02/2027", "is not a date, year first", "Write 2027-02-28."),
        ("2027-2-3", "is not a date, year first", "Write 2027-02-03."),
        ("2027", "2027 is a year, not a date", "Write the day, such as 2027-04-01."),
        ("0000-01-01", "there is no year 0", ""),
        ("[1]", "a date is expected", ""),
    ],
)
def test_an_impossible_date_is_refused(tmp_path: Path, value: str, said: str, hint: str) -> None:
    reader = reader_of(tmp_path, f"start: {value}\n")
    reader.date("start")
    assert said in only_problem(reader).message
    assert only_problem(reader).suggestion == hint


@IN_ONE_FOLDER
@given(st.dates())
def test_every_date_is_read(tmp_path: Path, day: datetime.date) -> None:
    reader = reader_of(tmp_path, f"start: {day.isoformat()}\n")
    assert reader.date("start") == day
    assert not len(reader.problems)


def test_words_flags_and_lists(tmp_path: Path) -> None:
    reader = reader_of(tmp_path, "a: x\nb: true\nc: [1, 2.5]\nd: [p, q]\ne: 20.0\nf: read\ng: {h: 1}\n")
    assert reader.text("a") == "x"
    assert reader.flag("b") is True
    assert reader.numbers("c") == [1.0, 2.5]
    assert reader.texts("d") == ["p", "q"]
    assert reader.whole_number("e") == 20
    assert reader.standing("f") is Standing.READ
    assert reader.mapping("g") == {"h": 1}
    assert reader.text("z", default="none") == "none"
    assert reader.number("z", default=0.0) == 0.0
    assert reader.flag("z", default=False) is False
    assert not len(reader.problems)


@pytest.mark.parametrize(
    ("text", "line", "column", "said", "hint"),
    [
        ("a: 2018", 1, 4, "2018 is not text", "If it is meant as text, write '2018' in quotes."),
        ("b: yes", 1, 4, "'yes' is neither true nor false", "Write true."),
        ("c: frist come", 1, 4, "not one of the choices", "Did you mean 'first come'?"),
        ("d: 2.5", 1, 4, "2.5 is not a whole number", "Write 2?"),
        ("e: 1", 1, 4, "'1' is not a list", "Begin each item with '- '."),
        ("e: [1, x]", 1, 8, "e item 2: 'x' is text, not a number", ""),
        ("f: 1", 1, 4, "'1' is not a set of 'name: value' lines", "Write its lines below it"),
        ("g:\n  - 1", 2, 5, "g item 1: '1' is not 'name: value' lines", ""),
        ("h: -3", 1, 4, "-3 is less than the least allowed, 1", ""),
        ("h: 11", 1, 4, "11 is more than the most allowed, 10", ""),
        ("i: 0", 1, 4, "0 has to be more than 0", ""),
        ("z: 1", 1, 1, "'z' is not known in this file", ""),
    ],
)
def test_each_kind_of_fault_is_noted_at_its_place(
    tmp_path: Path, text: str, line: int, column: int, said: str, hint: str
) -> None:
    reader = reader_of(tmp_path, text)
    reader.only("abcdefghi")
    reader.text("a", default="x")
    reader.flag("b", default=True)
    reader.choice("c", ["first come", "recent arrests"], default="first come")
    reader.whole_number("d", default=1)
    reader.numbers("e", required=False)
    reader.at("f", required=False)
    reader.items("g", required=False)
    reader.number("h", minimum=1.0, maximum=10.0, default=1.0)
    reader.number("i", above=0.0, default=1.0)
    problem = only_problem(reader)
    assert said in problem.message
    assert problem.suggestion.startswith(hint)
    assert (problem.line, problem.column) == (line, column)


def test_what_is_missing_is_named_once_and_not_what_was_in_it(tmp_path: Path) -> None:
    reader = reader_of(tmp_path, "a: {x: 1}\n")
    section = reader.at("programme")
    assert not section.present
    assert section.number("places", minimum=1.0) == 1.0
    assert section.at("deeper").text("name") == ""
    reader.at("a").choice("rule", ["first", "last"])
    said = [(each.line, each.message, each.suggestion) for each in reader.problems]
    assert said == [
        (0, "'programme' is missing", ""),
        (1, "a: 'rule' is missing", "Allowed: first, last."),
    ]


def test_all_faults_of_all_parts_come_out_together(tmp_path: Path) -> None:
    reader = reader_of(tmp_path, "a: {x: 7,000}\nb:\n  - {y: 2}\n  - {y: 5k}\n")
    assert not reader.sections()["b"].present
    for item in reader.items("b"):
        item.share("y")
    reader.at("a").only(["x"])
    with pytest.raises(InputProblems) as refused:
        reader.problems.stop_if_any()
    assert [each.line for each in refused.value.problems] == [1, 3, 3, 4]
    assert "b item 2, y: '5k' is text" in str(refused.value)
    assert "write 7000, without the comma" in str(refused.value)


# Quantities.

SOUND = (
    "cost: {value: 5930, unit: gbp per crime, price_year: 2015/16, standing: read, "
    "source: horr99, where: page 3, range: [5000, 7000]}\n"
)


def test_a_quantity_is_read_with_everything_it_says(tmp_path: Path) -> None:
    reader = reader_of(tmp_path, SOUND, ["horr99"])
    cost = reader.quantity("cost", unit="gbp per crime", called="horr99.domestic_burglary")
    reader.problems.stop_if_any()
    assert cost == Quantity(
        "horr99.domestic_burglary",
        5930.0,
        "gbp per crime",
        Standing.READ,
        source="horr99",
        where="page 3",
        price_year="2015/16",
        low=5000.0,
        high=7000.0,
    )
    assert reader.quantity("cost").name == "cost"


@pytest.mark.parametrize(
    ("old", "new", "said", "hint", "column"),
    [
        ("standing: read", "standing: reed", "'reed' is not one", "Did you mean 'read'?", 73),
        ("horr99", "horr98", "'horr98' is not a source", "Did you mean 'horr99'?", 87),
        ("source: horr99, ", "", "a figure that is read needs a source", "", 1),
        ("price_year: 2015/16, ", "", "money needs a price_year", "", 1),
        ("2015/16", "2015-16", "'2015-16' is not a financial year", "Write 2015/16.", 54),
        ("2015/16", "2015", "2015 is not a financial year", "Write 2015/16.", 54),
        ("value: 5930", "value: '£5,930'", "'£5,930' is text", "Write 5930,", 15),
        ("value: 5930", "value: -1", "-1 is negative", "", 15),
        ("[5000, 7000]", "[6000, 7000]", "low 6000 is above the value 5930", "", 117),
        ("[5000, 7000]", "[5000]", "a range has two ends", "Write range: [low, high].", 117),
        ("range: [5000, 7000]", "low: 5000", "'high' is missing", "", 115),
        ("range: [", "low: 1, range: [", "'range' already gives the range", "", 115),
        ("gbp per crime", "gbp per crim", "'gbp per crim', and 'gbp per crime' is", "Did you", 27),
        ("where:", "were:", "'were' is not known in 'cost'", "Did you mean 'where'?", 95),
        ("value: 5930, ", "", "'value' is missing", "", 1),
        ("standing: read", "standing: derived", "a derived figure needs 'why'", "", 1),
        ("where: page 3", "where: 3", "3 is not text", "If it is meant", 102),
    ],
)
def test_an_unsound_quantity_is_refused_at_its_place(
    tmp_path: Path, old: str, new: str, said: str, hint: str, column: int
) -> None:
    assert old in SOUND
    reader = reader_of(tmp_path, SOUND.replace(old, new), ["horr99"])
    stand_in = reader.quantity("cost", unit="gbp per crime", minimum=0.0)
    assert stand_in.value >= 0.0
    problem = only_problem(reader)
    assert said in problem.message
    assert problem.suggestion.startswith(hint)
    assert (problem.line, problem.column) == (1, column)


def test_a_number_alone_is_a_quantity_only_where_its_standing_is_given(tmp_path: Path) -> None:
    reader = reader_of(tmp_path, "places: 120\n")
    places = reader.quantity("places", unit="places", bare=Standing.CHOICE)
    assert (places.value, places.standing) == (120.0, Standing.CHOICE)
    assert not len(reader.problems)
    reader.quantity("places", unit="places")
    assert "does not say where it comes from" in only_problem(reader).message


def test_a_quantity_may_be_absent_where_there_is_a_default(tmp_path: Path) -> None:
    reader = reader_of(tmp_path, "a: 1\n")
    default = Quantity("x", 1.0, "ratio", Standing.CHOICE)
    assert reader.quantity("x", unit="ratio", default=default) is default
    assert not len(reader.problems)
    assert reader.quantity("x", unit=("days", "years"), above=0.0).value > 0.0
    assert only_problem(reader).message == "'x' is missing"
