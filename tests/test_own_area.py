"""How much of my fall is selection? A template that works as it stands, and every slip in it answered at its line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from commands import Run, left_in

from simulator.evaluation.before_after_reports import PROTOCOLS
from simulator.evidence import load_fit
from simulator.places import data_folder
from simulator.report import cases
from simulator.report.own_evidence import BY_SCHEME, WAYS, evidence_template
from simulator.scenario.layers import scheme_names
from simulator.scenario.read import read_scenario

FILE = "my_area_evidence.yaml"


@pytest.fixture(autouse=True)
def few_areas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough to look at somebody, few enough to be quick."""
    monkeypatch.setattr(cases, "OWN_REPLICATIONS", 2)


@pytest.fixture
def made(run: Run, tmp_path: Path) -> Path:
    """The files as `new` writes them."""
    assert run("new", "my_area", "--evidence").code == 0
    return tmp_path / FILE


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


# Writing it.


def test_the_file_comes_with_its_scenario_and_the_commands_to_try(run: Run, tmp_path: Path) -> None:
    answer = run("new", "my_area", "--evidence")
    assert answer.code == 0
    assert left_in(tmp_path) == ["my_area.yaml", FILE]
    for command in (
        f"reproduce {FILE} ",
        f"reproduce {FILE} --part regression",
        f"calibrate {FILE} --out my_area_fit.yaml",
        "fit: my_area_fit.yaml",
    ):
        assert command in answer.out
        assert command in (tmp_path / FILE).read_text("utf-8") + " "
    assert "# fit: my_area_fit.yaml" in (tmp_path / "my_area.yaml").read_text("utf-8")


def test_a_scenario_that_is_there_is_kept_and_an_evidence_file_is_never_written_over(run: Run, tmp_path: Path) -> None:
    assert run("new", "my_area", "--from", "leeds").code == 0
    scenario = (tmp_path / "my_area.yaml").read_text("utf-8")
    assert run("new", "my_area", "--evidence").code == 0
    assert (tmp_path / "my_area.yaml").read_text("utf-8") == scenario
    (tmp_path / FILE).write_text("precious", "utf-8")
    answer = run("new", "my_area", "--evidence")
    assert (answer.code, answer.out) == (2, "")
    assert "nothing is written over it" in answer.err
    assert (tmp_path / FILE).read_text("utf-8") == "precious"


def test_both_files_are_written_or_none(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.write_text

    def full(self: Path, *words: str) -> int:
        if self.name == FILE:
            raise OSError(28, "No space left on device")
        return real(self, *words)

    monkeypatch.setattr(Path, "write_text", full)
    answer = run("new", "my_area", "--evidence")
    assert (answer.code, answer.out) == (2, "")
    assert "No space left on device" in answer.err
    assert left_in(tmp_path) == []


def test_every_number_is_marked_as_made_up(made: Path) -> None:
    text = made.read_text("utf-8")
    assert "EVERY NUMBER IN THIS FILE IS A MADE-UP PLACEHOLDER" in text
    assert text.count("standing: assumed\n    why: Placeholder") == text.count("- name: ") == 5


def test_every_way_of_looking_is_explained_and_each_scheme_has_its_own() -> None:
    assert len(WAYS) == len(PROTOCOLS)
    assert set(BY_SCHEME) < set(scheme_names())
    for scheme in scheme_names():
        text = evidence_template(Path("x.yaml"), scheme)
        for name, way in zip(PROTOCOLS, WAYS, strict=True):
            assert f"  # {name} (as {way.like} did)" in text
        (chosen,) = re.findall("^  protocol: (.*)$", text, re.MULTILINE)
        assert chosen == list(PROTOCOLS)[BY_SCHEME.get(scheme, 0)]
        assert max(map(len, text.splitlines())) <= 120


# As it stands.


@pytest.mark.parametrize("scheme", scheme_names())
def test_the_template_of_any_scheme_is_reproduced_unedited(run: Run, scheme: str) -> None:
    assert run("new", "my_area", "--evidence", "--from", scheme).code == 0
    rows = json.loads(run("reproduce", FILE, "--format", "json").out)
    assert [row["figure"] for row in rows] == [
        f"my_area_evidence.{name}" for name in ("before", "after", "people_before", "people_after")
    ]
    assert [row["reported"] for row in rows] == [240.0, 110.0, 38.0, 26.0]
    assert {row["role"] for row in rows} == {"predicted"}
    assert all(row["standard_error"] > 0.0 for row in rows)


def test_how_much_of_my_fall_is_selection(run: Run, made: Path) -> None:
    rows = json.loads(run("reproduce", FILE, "--part", "regression", "--format", "json").out)
    assert len(rows) == 6
    for row in rows:
        assert row["reported_fall"] == pytest.approx(1.0 - 110.0 / 240.0)
        assert row["left"] == pytest.approx(row["reported_fall"] - row["fall"])
        assert row["reported_before"] == 6.0
    text = run("reproduce", FILE, "--part", "regression").out
    assert "What you cannot say" in text
    assert "95% offended before and 65% after" in text


def test_people_with_any_offence_may_be_left_out(run: Run, made: Path) -> None:
    text = made.read_text("utf-8")
    made.write_text(re.sub(r"  - name: people_before.*?(?=\nextras)", "", text, flags=re.DOTALL), "utf-8")
    rows = json.loads(run("reproduce", FILE, "--format", "json").out)
    assert [row["figure"].partition(".")[2] for row in rows] == ["before", "after"]
    assert "offended before and" not in run("reproduce", FILE, "--part", "regression").out


def test_a_fit_to_my_own_figures_reaches_my_comparison_and_says_how_it_was_made(
    run: Run, made: Path, tmp_path: Path
) -> None:
    answer = run("calibrate", FILE, "--out", "my_area_fit.yaml", "-n", "2")
    assert answer.code == 0, answer.err
    fit = load_fit(tmp_path / "my_area_fit.yaml")
    assert fit.report == "my_area_evidence"
    assert fit.made_by == f"python run.py calibrate {FILE} --seed 1 -n 2"
    change(tmp_path / "my_area.yaml", "# fit: my_area_fit.yaml", "fit: my_area_fit.yaml")
    from small_runs import library

    rate = read_scenario("my_area.yaml", library().known()).baseline.quantities["population.occasions_per_year"]
    assert rate.value == fit.readings["with_spells"].parameters["occasions_per_year"].value
    found = json.loads(
        run("compare", "my_area.yaml:as_run", "-n", "2", "--set", "appraisal.horizon_years=1", "--format", "json").out
    )
    assert found["fit"]["report"] == "my_area_evidence"
    roles = {row["role"] for row in json.loads(run("reproduce", FILE, "--format", "json").out)}
    assert roles == {"fitted"}


# Slips.


@pytest.mark.parametrize(
    ("before", "after", "place", "message"),
    [
        ("protocol: year before", "protocol: year befor", "protocol: year befor ", "Did you mean 'year before selection"),
        ("protocol: year before selection against latest year", "protocol: cohort", "protocol: cohort", "Known: year"),
        ("  protocol: year", "  protocl: year", "protocl: year", "Write protocol: instead."),
        ("- name: after ", "- name: aftr ", "name: aftr", "Is 'aftr' meant? Write name: after."),
        ("- name: people ", "- name: xyz ", "figures:", "'people' is missing"),
        ("scenario: my_area.yaml", "scenario: my_aera.yaml", "scenario: my_aera", "Did you mean 'my_area.yaml'?"),
        ("  scenario: my_area.yaml", "  # ", "extras:", "'scenario' is missing"),
        ("value: 38", "value: 41", "value: 41", "more than the 40 people"),
        ("value: 240", "value: 0", "value: 0", "too few to look at"),
        ("value: 110", "value: -1", "value: -1", "too few to look at"),
        ("value: 40", "value: 0", "value: 0", "too few to look at"),
        ("design: before_after", "design: matched_comparison", "design:", "Write design: before_after."),
        ("design: before_after", "design: before", "design:", "Did you mean 'before_after'"),
        ("source: my_area_evidence", "source: my_area", "source:", "Write source: my_area_evidence"),
        ("value: 110", "value: 1,110", "value: 1,110", "Write 1110, without the comma."),
    ],
)  # fmt: skip
def test_a_slip_is_answered_at_its_line_with_what_to_type(
    run: Run, made: Path, before: str, after: str, place: str, message: str
) -> None:
    change(made, before, after)
    lines = made.read_text("utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if place.strip() in text and not text.startswith("#"))
    answer = run("reproduce", FILE)
    assert (answer.code, answer.out) == (2, "")
    assert f"{FILE}:{line}:" in answer.err
    assert message in answer.err
    assert run("calibrate", FILE).err == answer.err


def test_slips_are_reported_together(run: Run, made: Path) -> None:
    for before, after in (
        ("value: 38", "value: 48"),
        ("protocol: year", "protocol: yaer"),
        ("my_area.yaml  ", "no.yaml  "),
    ):
        change(made, before, after)
    assert "3 problems found." in run("reproduce", FILE).err


def test_a_shipped_scheme_may_stand_for_mine(run: Run, made: Path) -> None:
    change(made, "  scenario: my_area.yaml", "  scenario: leicestershire")
    assert run("reproduce", FILE, "--format", "json").code == 0


def test_a_scenario_without_the_scheme_as_it_ran_is_refused(run: Run, made: Path, tmp_path: Path) -> None:
    shipped = (data_folder("scenarios") / "leeds.yaml").read_text("utf-8")
    (tmp_path / "my_area.yaml").write_text(shipped.replace("  as_run:", "  as_it_was:"), "utf-8")
    answer = run("reproduce", FILE)
    assert (answer.code, answer.out) == (2, "")
    assert "there is no arm 'as_run'" in answer.err
