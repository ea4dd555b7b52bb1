"""``sweep`` as people type it: every kind, its answer kept beside its rows, bad input, and a run that is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commands import ROOT, Run, left_in
from small_sweeps import SHORT, plain_npsv

SETTINGS = [word for each in SHORT for word in ("--set", each)]
SMALL = ["southwark:as_run", *SETTINGS, "--workers", "1", "-n", "3"]
KINDS = {
    "tornado": ["--tornado", "--only", "effect"],
    "grid": ["--vary", "programme.places=20:40:20", "--vary", "effect.occasions_ratio=0.5,0.9"],
    "psa": ["--psa", "60", "--only", "effect", "--only", "programme cost", "--study", "100", "--study-cost", "20000"],
    "sobol": ["--sobol", "8", "--only", "effect", "--factors", "2"],
    "structure": ["--structure"],
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_sweep_answers_and_keeps_its_answer(run: Run, tmp_path: Path, kind: str) -> None:
    answer = run("sweep", *SMALL, *KINDS[kind], "--format", "json")
    assert answer.code == 0, answer.err
    document = json.loads(answer.out)
    assert document["kind"] == kind
    (folder,) = (tmp_path / "runs").iterdir()
    assert json.loads((folder / "answer.json").read_text("utf-8")) == document
    assert any(name.endswith(".svg") for name in left_in(folder))
    assert (folder / "charts" / "descriptions.txt").read_text("utf-8").strip()
    words = (folder / "answer.txt").read_text("utf-8")
    assert "NPSV" in words
    assert "As run" in words
    assert max(map(len, words.splitlines())) <= 125


def test_the_same_command_only_reads_what_is_done(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["sweep", *SMALL, *KINDS["tornado"]]
    first = run(*words)
    monkeypatch.setattr("simulator.uncertainty.jobs.done_job", None)  # nothing may be run again
    assert run(*words).out == first.out
    listed = json.loads(run("runs", "--format", "json").out)
    assert [each["state"] for each in listed] == ["finished"]
    rows = json.loads(run("results", listed[0]["run"], "--format", "json").out)["rows"]
    assert rows[0]["npsv_gbp"] == plain_npsv(*SHORT)["as_run"]


def test_reach_is_said_in_words_and_rows(run: Run) -> None:
    words = ["sweep", "southwark:as_run", *SETTINGS, "--workers", "1", "--reach"]
    assert "reach a result" in run(*words).out
    assert json.loads(run(*words, "--format", "json").out) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "no kind of sweep"),
        (["--tornado", "--psa", "50"], "several kinds"),
        (["leeds", "--tornado"], "one scheme at a time"),
        (["--vary", "programme.placez=1,2"], "programme.places"),
        (["--vary", "programme.places"], "from:to:step"),
        (["--psa", "50", "--only", "efect"], "Did you mean 'effect'"),
        (["--sobol", "100"], "the nearest are 64 and 128"),
        (["--tornado", "--arm", "as_rum"], "Did you mean 'as_run'"),
        (["--tornado", "--cluster", "nowhere"], "not the address of a scheduler"),
        (["--structure", "--only", "effect"], "--only: this belongs to --tornado and --psa and --sobol"),
        (["--tornado", "--study", "100"], "--study: this belongs to --psa"),
        (["--vary", "appraisal.comparator=no_iom,as_run"], "cannot be varied"),
        (["--vary", "programme.places=40,40"], "given twice"),
        (["--vary", "programme.places=40:20:5"], "Turn the sign"),
    ],
)
def test_what_cannot_be_swept_is_refused_and_nothing_is_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    monkeypatch.setattr("simulator.uncertainty.cluster.SECONDS_TO_ANSWER", 1)
    answer = run("sweep", *SMALL, *words)
    assert answer.code == 2
    assert said in answer.err
    assert left_in(tmp_path) == []


def test_an_unknown_name_is_said_once_whatever_its_values(run: Run) -> None:
    answer = run("sweep", *SMALL, "--vary", "programme.placez=40:80:20")
    assert answer.err.count("no value named") == 1
    assert "--vary programme.placez" in answer.err
    assert "1 problem found" in answer.err


def test_the_help_names_every_group() -> None:
    from simulator.cli.sweep import GROUPS
    from simulator.uncertainty.inputs import GROUPS as KNOWN

    assert GROUPS.split(", ") == list(KNOWN)


def test_few_draws_ask_no_study(run: Run) -> None:
    answer = run("sweep", *SMALL, "--psa", "20", "--only", "effect", "--format", "json")
    assert answer.code == 0, answer.err
    assert json.loads(answer.out)["worths"]["studies"] == []


def started(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, str(ROOT / "run.py"), *words],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "IOM_RUNS": str(folder)},
    )


@pytest.mark.slow
def test_a_sweep_that_is_killed_again_and_again_ends_with_the_same_bytes(tmp_path: Path) -> None:
    words = ["sweep", "bedfordshire:as_run", "--psa", "50", "-n", "100", "--seed", "4"]
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    for folder in (whole, broken):
        folder.mkdir()
    assert started(whole, *words).wait() == 0
    kills = 0
    while True:
        process = started(broken, *words)
        shards = len(list(broken.glob("*/shards/*.parquet")))
        while process.poll() is None and len(list(broken.glob("*/shards/*.parquet"))) < shards + 1:
            time.sleep(0.02)
        if process.poll() is not None:
            break
        process.send_signal(signal.SIGKILL)
        process.wait()
        kills += 1
    assert process.returncode == 0
    assert kills >= 2
    (one,), (other,) = (list(folder.glob("*/results.parquet")) for folder in (whole, broken))
    assert one.read_bytes() == other.read_bytes()
    assert one.parent.name == other.parent.name
