"""Every shipped scheme gives the same lives on both engines, event by event and to the bit; ``bench`` measures the two."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator import engine_compiled, engine_simpy
from simulator.activity import Event
from simulator.appraisal.library import load_library
from simulator.cli.bench import write_bench
from simulator.model.states import SELECTED
from simulator.report import bench

YEARS = 5
SLOW = {"leicestershire", "sussex"}  # some 85,000 events each


@pytest.mark.parametrize("seed", [1, pytest.param(2**40 + 7, marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "scheme", [pytest.param(name, marks=[pytest.mark.slow] if name in SLOW else []) for name in bench.SCHEMES]
)
def test_both_engines_live_the_same_lives(scheme: str, seed: int) -> None:
    arms = bench.shipped(scheme, load_library())
    logs: list[list[Event]] = [[], []]
    reference = engine_simpy.run(arms, YEARS, seed, 3, 1, [log.append for log in logs])
    compiled = engine_compiled.run(arms, YEARS, seed, 3, 1)
    for one, other in zip(compiled, reference, strict=True):
        assert one.totals.tobytes() == other.totals.tobytes()
    history = [event for event in logs[0] if event.date < 0.0]  # logged with the first arm
    for rates, log in zip(arms, logs, strict=True):
        after = [event for event in log if event.date >= 0.0]
        assert engine_compiled.event_log(rates, YEARS, seed, 3) == [*history, *after]
    assert any(event.event == SELECTED for event in logs[1])


def test_a_measurement_has_every_figure_and_is_written_as_tables_and_a_chart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "SCHEMES", ("leeds",))
    found = bench.measure(bench.Size(2_000, 1_000, 1, (100,), 2))
    asked = ("compiled_ns_per_event", "simpy_ns_per_event", "ratio", "two_core_speedup", "sweep_seconds", "peak_mib")
    assert all(found[name] > 0 for name in asked)
    assert [row["people"] for row in found["by_people"]] == [100]
    assert "event log" in found["event"]
    write_bench(tmp_path / "bench", found)
    assert json.loads((tmp_path / "bench" / "bench.json").read_text("utf-8")) == found
    assert {path.name for path in (tmp_path / "bench").iterdir()} == {
        "bench.json", "bench.txt", "by_people.csv", "growth.svg",
    }  # fmt: skip
