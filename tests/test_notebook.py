"""The interface for notebooks: tidy frames with units that say what the commands say, and the document's own code."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from commands import ROOT, Run
from small_sweeps import SHORT, plain_npsv

import simulator
from simulator import compare, load, sweep
from simulator.tables import InputProblems

SCHEME = "southwark:as_run"
SETTINGS = dict(each.split("=") for each in SHORT)


def test_the_code_in_the_document_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import matplotlib

    matplotlib.use("Agg")
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "docs" / "notebooks.md").read_text("utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(blocks[0].strip().splitlines()) <= 10
    code = "\n".join(blocks).replace('"bedfordshire:as_run", {', '"southwark:as_run", {"appraisal.horizon_years": 1, ')
    code = code.replace("replications=100", "replications=2").replace("replications=20", "replications=2")
    exec(compile(code, "docs/notebooks.md", "exec"), {})
    assert (tmp_path / "npsv.png").read_bytes().startswith(b"\x89PNG")


def test_settings_may_be_a_mapping_or_texts() -> None:
    one, other = (
        load(SCHEME, {"population.spells": False, **SETTINGS}),
        load(SCHEME, ["population.spells=false", *SHORT]),
    )
    assert one.scenario == other.scenario
    assert repr(one) == repr(other)
    assert "no_iom, as_run" in repr(one) and "population.spells=false" in repr(one)


def test_bad_input_says_what_to_write_instead() -> None:
    with pytest.raises(InputProblems, match="Did you mean 'bedfordshire'"):
        load("bedfordshir")
    with pytest.raises(InputProblems, match="one kind of sweep at a time"):
        sweep(SCHEME)
    with pytest.raises(InputProblems, match="one kind of sweep at a time"):
        sweep(SCHEME, tornado=True, psa=20)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        simulator.nothing  # noqa: B018


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"vary": {"programme.places": "40"}}, "not a list"),
        ({"vary": {"programme.places": 40}}, "not a list"),
        ({"tornado": True, "only": "effect"}, "not a list"),
        ({"tornado": True, "arm": "bogus"}, "no such arm"),
        ({"tornado": True, "replications": 0}, "whole number of 1"),
        ({"psa": 2.5}, "whole number of 20"),
        ({"psa": 5}, "whole number of 20"),
        ({"psa": -1}, "whole number of 20"),
        ({"psa": 50, "seed": -1}, "whole number of 0"),
        ({"sobol": 8, "factors": 0}, "whole number of 1"),
        ({"structure": True, "only": ["effect"]}, "Leave it out"),
    ],
)
def test_what_cannot_be_swept_is_refused(asked: dict[str, object], said: str) -> None:
    with pytest.raises(InputProblems, match=said):
        sweep(load(SCHEME, SETTINGS), **asked)  # type: ignore[arg-type]


def test_a_text_is_no_list_of_settings() -> None:
    with pytest.raises(InputProblems, match="not a list"):
        load(SCHEME, "programme.places=4")
    with pytest.raises(InputProblems, match="whole number"):
        compare(load(SCHEME, SETTINGS), replications=0)


def test_compare_says_what_the_command_says(run: Run) -> None:
    frame = compare(load(SCHEME, SETTINGS), replications=3, workers=1)
    words = ["--workers", "1", *(word for each in SHORT for word in ("--set", each))]
    arms = json.loads(run("compare", SCHEME, "-n", "3", *words, "--format", "json").out)["arms"]
    (mine,) = frame.to_dict("records")
    (theirs,) = [arm for arm in arms if arm["name"] == "as_run"]
    assert mine["npsv_gbp"] == theirs["npsv_gbp"] == plain_npsv(*SHORT)["as_run"]
    assert [mine["npsv_low_gbp"], mine["npsv_high_gbp"]] == theirs["npsv_interval"]
    assert mine["reoffences_prevented"] == -theirs["proven_offences"]["increment"]
    assert set(frame.attrs["units"]) == set(frame.columns)


@pytest.mark.parametrize(
    "kind",
    [{"vary": {"programme.places": [20, 40]}}, {"psa": 20}, {"structure": True}, {"tornado": True}, {"sobol": 4}],
)
def test_every_kind_of_sweep_gives_a_tidy_frame(kind: dict[str, object]) -> None:
    only = () if "vary" in kind or "structure" in kind else ("effect.occasions_ratio", "costs.place_year")
    frame = sweep(load(SCHEME, SETTINGS), replications=2, only=only, **kind)  # type: ignore[arg-type]
    assert isinstance(frame, pd.DataFrame)
    assert len(frame) >= 2
    assert frame.attrs["units"]
    assert set(frame.attrs["units"]) <= set(frame.columns)


def test_a_kept_sweep_is_the_same_as_one_that_is_not(tmp_path: Path) -> None:
    scheme = load(SCHEME, SETTINGS)
    kept, not_kept = (sweep(scheme, psa=20, replications=2, runs=runs) for runs in (tmp_path, None))
    pd.testing.assert_frame_equal(kept, not_kept, check_exact=True)
    duckdb = pytest.importorskip("duckdb")
    (path,) = tmp_path.glob("*/results.parquet")
    assert duckdb.sql(f"select count(*) from '{path}'").fetchall() == [(20,)]
