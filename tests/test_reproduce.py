"""The commands ``reproduce`` and ``calibrate``, on shipped reports and on a small one of a test's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from commands import Run

from simulator.appraisal.library import load_library
from simulator.evaluation import reproduction
from simulator.evaluation.reproduction import immortal_time
from simulator.evidence import load_fit
from simulator.report.cases import cases_of
from simulator.report.reproduction import KEYS, immortal_text

SCENARIO = """extends: leeds
title: Mine
why: A small area of a test's own.
fit: none
cohort:
  - {people: 12, offence_mix: mixed_acquisitive, statutory_share: {value: 0.9, range: [0.6, 1], standing: assumed, why: x}}
programme: {places: 12, start_year: -3}
population: {history_years: 5}
"""
EVIDENCE = """source: my_area
design: before_after
maryland_level: {value: 2, standing: assumed, why: people compared with themselves}
figures:
  - {name: people, value: 30, unit: people, where: my table, standing: read}
  - {name: before, value: 150, unit: offences, where: my table, standing: read}
  - {name: after, value: 60, unit: offences, where: my table, standing: read}
extras: {protocol: two successive years, scenario: my.yaml}
"""


def strict(text: str) -> Any:
    """JSON that every reader takes: no NaN."""

    def refuse(constant: str) -> None:
        raise ValueError(constant)

    return json.loads(text, parse_constant=refuse)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two simulated areas for every report, in place of tens or hundreds."""
    for name in list(reproduction.REPLICATIONS):
        monkeypatch.setitem(reproduction.REPLICATIONS, name, 2)  # type: ignore[arg-type]
    monkeypatch.setattr("simulator.report.cases.OWN_REPLICATIONS", 3)


@pytest.fixture
def area(tmp_path: Path) -> Path:
    (tmp_path / "my.yaml").write_text(SCENARIO, "utf-8")
    return evidence(tmp_path)


def evidence(folder: Path, text: str = EVIDENCE) -> Path:
    path = folder / "my_area.yaml"
    path.write_text(text, "utf-8")
    return path


def test_json_is_a_list_with_the_promised_keys(run: Run, few: None) -> None:
    rows = strict(run("reproduce", "leeds", "--format", "json").out)
    assert {tuple(row) for row in rows} == {KEYS}
    assert KEYS == (
        "report", "figure", "protocol", "reported", "simulated", "standard_error", "miss_in_standard_errors", "role",
    )  # fmt: skip
    assert {row["role"] for row in rows} <= {"fitted", "predicted", "arithmetic"}
    assert {row["report"] for row in rows} == {"leeds_2017"}
    tables = {row["figure"].split(".")[1] for row in rows}
    assert {f"table_{number}" for number in range(1, 9)} <= tables
    assert len({row["figure"] for row in rows}) == len(rows)
    for row in rows:
        if row["standard_error"]:
            miss = (row["simulated"] - row["reported"]) / row["standard_error"]
            assert row["miss_in_standard_errors"] == pytest.approx(miss)


def test_a_matched_comparison_has_no_fall_before_and_after(run: Run, few: None) -> None:
    assert strict(run("reproduce", "leeds", "--part", "regression", "--format", "json").out) == []
    assert "no fall before and after" in " ".join(run("reproduce", "leeds", "--part", "regression").out.split())


@pytest.mark.parametrize("command", ["reproduce", "calibrate"])
def test_a_mistyped_scheme_gets_the_nearest_name(run: Run, command: str) -> None:
    answer = run(command, "ledes")
    assert answer.code == 2
    assert "there is no report or scheme 'ledes'" in answer.err
    assert "Did you mean 'leeds'?" in answer.err


def test_only_sussex_has_a_bridge(run: Run) -> None:
    answer = run("reproduce", "leeds", "--part", "bridge")
    assert answer.code == 2
    assert "python run.py reproduce sussex --part bridge" in answer.err


@pytest.mark.parametrize(
    ("old", "new", "said", "hint"),
    [
        ("protocol: two successive years, ", "", "protocol", "two successive years"),
        ("two successive years", "two sucessive years", "two sucessive years", "two successive years"),
        (", scenario: my.yaml", "", "scenario", ".yaml"),
        ("scenario: my.yaml", "scenario: mine.yaml", "mine.yaml", "my.yaml"),
        ("name: before", "name: befor", "before", ""),
        ("source: my_area", "source: other", "the file is named 'my_area'", ""),
    ],
)
@pytest.mark.parametrize("command", ["reproduce", "calibrate"])
def test_a_faulty_evidence_file_is_refused_with_what_to_type(
    run: Run, area: Path, command: str, old: str, new: str, said: str, hint: str
) -> None:
    path = evidence(area.parent, EVIDENCE.replace(old, new))
    answer = run(command, str(path))
    assert answer.code == 2
    assert said in answer.err
    assert hint in answer.err
    assert "my_area.yaml" in answer.err
    assert "Traceback" not in answer.err


def test_figures_that_nothing_can_be_divided_by_are_refused(run: Run, area: Path, few: None) -> None:
    for name in ("people, value: 30", "before, value: 150"):
        path = evidence(area.parent, EVIDENCE.replace(name, name.partition(",")[0] + ", value: 0"))
        assert run("reproduce", str(path), "--part", "regression").code == 2


def test_a_file_that_is_not_there(run: Run, area: Path) -> None:
    answer = run("reproduce", str(area.with_name("my_aera.yaml")))
    assert answer.code == 2
    assert "there is no such file" in answer.err
    assert "my_area.yaml" in answer.err


def test_a_fit_is_not_written_over_a_file(run: Run, area: Path) -> None:
    before = area.read_bytes()
    answer = run("calibrate", str(area), "-n", "2", "--out", str(area))
    assert answer.code == 2
    assert "nothing is written over it" in answer.err
    assert area.read_bytes() == before
    assert "Make it first" in run("calibrate", str(area), "--out", str(area.parent / "no" / "fit.yaml")).err


def test_how_much_of_my_own_fall_is_selection(run: Run, area: Path, few: None) -> None:
    rows = strict(run("reproduce", str(area), "--part", "regression", "--format", "json").out)
    assert {row["report"] for row in rows} == {"my_area"}
    assert len({row["choice"] for row in rows}) == len(rows) >= 4
    for row in rows:
        assert row["reported_fall"] == pytest.approx(0.6)
        assert row["reported_before"] == 5.0
        assert row["low"] < row["fall"] < row["high"]
        assert row["by_selection"] + row["by_custody"] == pytest.approx(row["fall"])
        assert row["left"] == pytest.approx(0.6 - row["fall"])
    area.with_name("my.yaml").write_text(SCENARIO + "effect: none\n", "utf-8")
    assert strict(run("reproduce", str(area), "--part", "regression", "--format", "json").out) == rows
    said = " ".join(run("reproduce", str(area), "--part", "regression").out.split())
    assert "The report has a fall of 60%." in said
    assert "What you cannot say" in said
    figures = strict(run("reproduce", str(area), "--format", "json").out)
    assert {row["figure"] for row in figures} == {"my_area.before", "my_area.after"}
    assert {row["role"] for row in figures} == {"predicted"}


def test_nobody_is_looked_at_where_the_scheme_has_only_begun(run: Run, area: Path, few: None) -> None:
    area.with_name("my.yaml").write_text(SCENARIO.replace("start_year: -3", "start_year: 0"), "utf-8")
    answer = run("reproduce", str(area), "--part", "regression")
    assert answer.code == 2
    assert "nobody is looked at" in answer.err
    assert "programme.start_year" in answer.err


def test_a_history_that_does_not_reach_back_is_refused(run: Run, area: Path, few: None) -> None:
    text = EVIDENCE.replace("two successive years", "year before selection against latest year")
    scenario = SCENARIO.replace("history_years: 5", "history_years: 1").replace("start_year: -3", "start_year: -1")
    area.with_name("my.yaml").write_text(scenario, "utf-8")
    answer = run("reproduce", str(evidence(area.parent, text)), "--part", "figures")
    assert answer.code == 2
    assert "Set population.history_years in the scenario to 2 or more." in answer.err


def test_rates_fitted_to_my_own_figures(run: Run, area: Path) -> None:
    out = area.with_name("fit.yaml")
    answer = run("calibrate", str(area), "-n", "4", "--out", str(out), "--format", "json")
    document = strict(answer.out)
    assert f"fit: {out}" in answer.err
    fit = load_fit(out)
    assert fit.report == document["report"] == "my_area"
    assert set(document["readings"]) == {"with_spells", "without_spells"}
    for reading in document["readings"].values():
        assert {each["figure"] for each in reading["targets"] if each["role"] == "fitted"} == {
            "my_area.before",
            "my_area.after",
        }
        for each in reading["parameters"].values():
            assert each["low"] <= each["value"] <= each["high"]
        assert reading["not_identified"]
    again = area.with_name("again.yaml")
    said = run("calibrate", str(area), "-n", "4", "--out", str(again)).out
    assert again.read_bytes() == out.read_bytes()
    assert "Not identified" in said
    assert "95% interval" in said


def test_a_fit_of_ones_own_is_named_in_a_scenario_and_made_again_by_its_own_command(run: Run, area: Path) -> None:
    out = area.with_name("fit.yaml")
    run("calibrate", "my_area.yaml", "-n", "2", "--out", "fit.yaml")
    words = load_fit(out).made_by.split()
    assert words[:3] == ["python", "run.py", "calibrate"]
    assert run(*words[2:], "--out", "again.yaml").code == 0
    assert area.with_name("again.yaml").read_bytes() == out.read_bytes()
    fitted = SCENARIO.replace("fit: none", "fit: fit.yaml")
    area.with_name("fitted.yaml").write_text(fitted, "utf-8")
    small = ["-n", "2", "--workers", "1", "--set", "appraisal.horizon_years=2"]
    assert run("compare", "fitted.yaml", *small).code == 0


def test_leaving_out_those_who_reoffended_before_they_started_lowers_the_rate() -> None:
    """Immortal time: the people left out all reoffend, and most within the year."""
    library = load_library()
    (case,) = cases_of("leeds", library)
    index_only, left_out, everybody = immortal_time(case.report, case.scenario, library, case.fit, 1, 20)
    assert index_only.people < left_out.people < everybody.people
    assert left_out.rate < everybody.rate - 2.0
    assert left_out.days_to_first > everybody.days_to_first
    share = 100.0 * (1.0 - left_out.people / everybody.people)
    text = immortal_text([index_only, left_out, everybody])
    assert f"{share:.0f}% of those who start in time" in text.replace("\n", " ")
