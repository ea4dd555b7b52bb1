"""The commands as people type them: results on stdout, everything else on stderr, and nothing half-done."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commands import ROOT, SMALL, TWO_ARMS, Run, command, left_in
from typer.testing import CliRunner

from simulator.cli import app

# Help.


def test_help_answers_at_once_without_heavy_packages() -> None:
    watch = (
        "import sys; sys.argv = ['run.py', '--help']\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        "from simulator.cli import app\n"
        "try:\n    app()\nexcept SystemExit:\n    pass\n"
        "heavy = {'pandas', 'numpy', 'numba', 'matplotlib', 'scipy', 'simpy', 'jinja2', 'pydantic'} & set(sys.modules)\n"
        "print(sorted(heavy), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", watch], capture_output=True, text=True, check=True)
    assert "compare" in done.stdout
    assert done.stderr.strip() == "[]"


@pytest.mark.slow
def test_help_takes_less_than_half_a_second() -> None:
    times = []
    for _ in range(5):
        start = time.perf_counter()
        assert command("--help").code == 0
        times.append(time.perf_counter() - start)
    assert min(times) < 0.5


def commands() -> list[str]:
    return sorted(str(each.name or each.callback.__name__) for each in app.registered_commands if each.callback)


def test_there_are_the_expected_commands() -> None:
    assert {
        "assumptions", "audit", "bench", "calibrate", "check", "compare", "decision", "difference", "evaluate", "explain",
        "funding", "list", "new", "reproduce", "results", "runs", "sweep", "test", "trace",
    } <= set(commands())  # fmt: skip


@pytest.mark.parametrize("name", commands())
def test_every_command_and_option_says_what_it_does(name: str) -> None:
    answer = CliRunner().invoke(app, [name, "--help"], env={"COLUMNS": "200", "TERMINAL_WIDTH": "200"})
    assert answer.exit_code == 0
    lines = answer.stdout.splitlines()
    assert len(lines[2].strip()) > 15, "the command has no description"
    (found,) = [each for each in app.registered_commands if (each.name or each.callback.__name__) == name]  # type: ignore[union-attr]
    assert found.callback is not None
    assert found.callback.__doc__


TABLES = [
    "assumptions", "audit", "calibrate", "compare", "decision", "difference", "evaluate", "explain", "funding", "list",
    "reproduce", "results", "runs", "sweep", "trace",
]  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_every_command_that_prints_a_table_has_three_formats(name: str) -> None:
    text = CliRunner().invoke(app, [name, "--help"], env={"COLUMNS": "200"}).stdout
    assert "--format" in text
    assert "table" in text
    assert "json" in text
    assert "csv" in text


def test_the_version_is_printed() -> None:
    from simulator import __version__

    assert CliRunner().invoke(app, ["--version"]).stdout == f"iom-simulator {__version__}\n"


# Compare.


def test_stdout_holds_the_result_only_and_the_same_seed_gives_the_same_bytes() -> None:
    one, other = command(*TWO_ARMS, "--format", "json"), command(*TWO_ARMS, "--format", "json", "--workers", "2")
    assert one.code == other.code == 0
    assert one.out == other.out
    assert json.loads(one.out)["scenario"] == "leeds"
    different = command(*TWO_ARMS, "--format", "json", "--seed", "2")
    assert different.out != one.out


def test_the_three_formats_tell_the_same(run: Run) -> None:
    found = json.loads(run(*TWO_ARMS, "--format", "json").out)
    rows = list(csv.DictReader(io.StringIO(run(*TWO_ARMS, "--format", "csv").out)))
    assert [row["arm"] for row in rows] == [arm["name"] for arm in found["arms"]]
    assert float(rows[1]["npsv_gbp"]) == found["arms"][1]["npsv_gbp"]
    text = run(*TWO_ARMS).out
    assert found["arms"][1]["title"] in text
    assert "Before you quote a figure:" in text
    assert len(text.splitlines()[0]) < 120


def test_several_schemes_are_compared_one_after_another(run: Run) -> None:
    found = json.loads(run("compare", "leeds", "southwark", *SMALL, "--format", "json").out)
    assert [each["scenario"] for each in found] == ["leeds", "southwark"]
    assert run("compare", "leeds:as_run", "southwark:as_run", *SMALL).out.count("Before you quote a figure:") == 2


def test_one_arm_is_compared_with_the_comparator(run: Run) -> None:
    found = json.loads(run("compare", "bedfordshire:cut_a_quarter", *SMALL, "--format", "json").out)
    assert [arm["name"] for arm in found["arms"]] == ["no_iom", "cut_a_quarter"]


def test_any_arm_may_be_the_comparator(run: Run) -> None:
    answer = run("compare", "bedfordshire:cut_a_quarter", "--comparator", "as_run", *SMALL)
    assert answer.code == 0
    assert "each choice against 'As run'" in answer.out
    assert "costs less than its comparator: saves £" in answer.out


def test_an_arm_gives_the_same_answer_alone_and_in_company(run: Run) -> None:
    alone = json.loads(run("compare", "leeds:cut_a_quarter", *SMALL, "--format", "json").out)
    all_arms = json.loads(run("compare", "leeds", *SMALL, "--format", "json").out)
    (same,) = [arm for arm in all_arms["arms"] if arm["name"] == "cut_a_quarter"]
    assert alone["arms"][1] == same


def test_no_effect_prevents_nothing(run: Run) -> None:
    found = json.loads(run(*TWO_ARMS, "--effect", "none", "--format", "json").out)
    assert found["arms"][1]["benefit_gbp"] == 0.0
    assert found["arms"][1]["npsv_gbp"] == -found["arms"][1]["programme_cost_gbp"]


def test_choices_of_pricing_have_options_of_their_own(run: Run) -> None:
    options = [
        "--cost-table",
        "ho_2019_20",
        "--price-base",
        "2023/24",
        "--counting",
        "multiplied",
        "--costing",
        "inclusive",
    ]
    found = json.loads(run(*TWO_ARMS, *options, "--format", "json").out)
    assert [found[name] for name in ("cost_table", "price_base", "counting", "costing")] == [
        "ho_2019_20",
        "2023/24",
        "multiplied",
        "inclusive",
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["compare", "bedford"], "Did you mean 'bedfordshire'?"),
        (["compare", "bedfordshire:cut"], "Did you mean 'cut_a_quarter'?"),
        (["compare", "bedfordshire:no_iom"], "there is no other"),
        (["compare", "bedfordshire", "--comparator", "as_rum"], "Did you mean 'as_run'?"),
        (["compare", "nothing.yaml"], "there is no such file"),
        (["compare", "leeds", "--set", "programme.places=many"], "is text, not a number"),
        (["compare", "leeds", "--set", "horr99.robery=1"], "Did you mean 'horr99.robbery'"),
        (["compare", "leeds", "--set", "horr99.robbery=-1"], "-1 is negative"),
        (["compare", "leeds", "--set", "horr99.robbery=1e308"], "more than the most allowed"),
        (["compare", "leeds", "--set", "programme.police_officer_hour=1"], "there is no value named"),
        (["compare", "leeds", "--price-base", "2050/51"], "there is no GDP deflator"),
        (["compare", "leeds", "--set", "effect=none", "--effect", "matched_pooled"], "'effect' is set twice"),
        (
            ["compare", "leeds", "--set", "programme.places=9", "--set", "programme.offender_managers=3"],
            "both say how many places",
        ),
        (["compare", "leeds", "--effect", "wishful"], "is not one of the choices"),
        (["explain", "horr99.domestic_burglry"], "Did you mean 'horr99.domestic_burglary'?"),
        (["trace", "leeds", "--person", "1000000"], "there is no person 1000000"),
        (["new", "area", "--from", "leads"], "Did you mean 'leeds'?"),
        (["new", "my area: #1"], "cannot be the name of an area"),
        (["new", "nowhere/area"], "there is no folder nowhere"),
        (["new", "area", "--evidence", "--from", "leads"], "Did you mean 'leeds'?"),
        (["audit", "leads"], "Did you mean 'leeds'"),
        (["reproduce", "leads"], "Did you mean 'leeds'"),
        (["reproduce", "leeds", "--part", "bridge"], "only Sussex's report"),
        (["reproduce", "nothing.yaml"], "there is no such file"),
        (["calibrate", "bedford"], "Did you mean 'bedfordshire'"),
        (["calibrate", "leeds", "--out", "nowhere/fit.yaml"], "there is no folder nowhere"),
        (["evaluate", "leeds:as_rum"], "Did you mean 'as_run'?"),
        (["evaluate", "--power", "most"], "not a power"),
        (["evaluate", "--difference", "rat=-5"], "Did you mean 'rate'"),
    ],
)
def test_a_slip_is_answered_in_plain_english_with_code_2(
    run: Run, tmp_path: Path, words: list[str], message: str
) -> None:
    answer = run(*words)
    assert answer.code == 2
    assert message in answer.err
    assert "found." in answer.err
    assert "Traceback" not in answer.err
    assert answer.out == ""
    assert left_in(tmp_path) == []


def test_slips_in_scenarios_options_and_costs_are_all_reported_at_once(run: Run) -> None:
    answer = run("compare", "leads", "southwark:as_rum", "--set", "horr99.robbery=-1")
    for message in ("'leeds'", "'as_run'", "-1 is negative", "3 problems found."):
        assert message in answer.err


# Trace, assumptions.


def test_a_life_is_told_and_listed_and_the_same_each_time(run: Run) -> None:
    told = run("trace", "leeds", "--person", "3")
    assert told.code == 0
    assert "Person 3 of " in told.out
    assert "In 5 years:" in told.out
    assert run("trace", "leeds", "--person", "3").out == told.out
    rows = json.loads(run("trace", "leeds", "--person", "3", "--format", "json").out)
    assert all(row["person"] == 3 for row in rows)
    listed = list(csv.DictReader(io.StringIO(run("trace", "leeds", "--person", "3", "--format", "csv").out)))
    assert [row["date"] for row in listed] == [row["date"] for row in rows]
    assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)


@pytest.mark.slow
def test_assumptions_are_listed_widest_swing_first(run: Run) -> None:
    options = ["-n", "2", "--workers", "1", "--set", "appraisal.horizon_years=1"]
    rows = json.loads(run("assumptions", "leeds", *options, "--format", "json").out)
    swings = [row["swing"] for row in rows]
    assert swings == sorted(swings, reverse=True)
    assert {"population.pool_per_place", "population.occasions_per_year"} <= {row["name"] for row in rows}
    assert rows[0]["swing"] == abs(rows[0]["npsv_at_high"] - rows[0]["npsv_at_low"])


# Stopping.


def test_ctrl_c_ends_with_code_130_and_says_that_nothing_was_written(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from simulator.report import listings

    def stop(_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(listings, "rows_for", stop)
    answer = run("list", "schemes")
    assert answer.code == 130
    assert "Nothing was written" in answer.err


def test_a_reader_that_stops_reading_is_no_error() -> None:
    line = f"{sys.executable} {ROOT / 'run.py'} list figures --format csv | head -1"
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, check=False)
    assert done.stdout.startswith("name,value")
    assert "Traceback" not in done.stderr
