"""Killed at any moment, and two processes on one run."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commands import ROOT
from test_store import begun, completed, fill

from simulator.store.readings import contents_of, summary_of
from simulator.tables import InputProblems

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="no such thing on this system")

PRELUDE = f"""
import os, signal, sys
from pathlib import Path
sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "tests")!r}]
from test_store import begun, completed, fill
base = Path(sys.argv[1])
"""

# Each step in a process of its own, split off from one that has imported everything.
KILLS = """
import pandas, pyarrow.parquet
import simulator.store
HERE = os.path.dirname(simulator.store.__file__)
FIRST, EVERY = int(sys.argv[2]), int(sys.argv[3])

def in_child(work):
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    try:
        work()
    except BaseException as error:
        print(repr(error), flush=True)
        os._exit(1)
    os._exit(0)

def killed_at(last, folder):
    seen = 0

    def watch(frame, event, what):
        nonlocal seen
        if event in ("c_call", "c_return") and frame.f_code.co_filename.startswith(HERE):
            seen += 1
            if seen == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)
    completed(folder, 3)
    sys.setprofile(None)

def gone_on(folder):
    with begun(folder, 3) as run:
        assert run.notes == (), run.notes
    assert completed(folder, 3) == (base / "plain.parquet").read_bytes(), "other bytes"

in_child(lambda: (base / "plain.parquet").write_bytes(completed(base / "plain", 3)))
last, kills = FIRST, 0
while True:
    folder = base / str(last)
    if in_child(lambda: killed_at(last, folder)) == 0:
        break
    kills += 1
    if in_child(lambda: gone_on(folder)) != 0:
        sys.exit(f"killed at {last}: not the same afterwards")
    last += EVERY
print(kills)
"""


def script(text: str, *words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PRELUDE + text, *map(str, words)]
    ends = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    return subprocess.Popen(command, **ends, text=True)  # type: ignore[call-overload, no-any-return]


def kills_survived(base: Path, first: int, every: int) -> int:
    """Kill a run of three jobs at one call into SQLite or the system after another, going on after each; how many."""
    process = script(KILLS, base, first, every)
    said, _ = process.communicate()
    assert process.returncode == 0, said
    return int(said.split()[-1])


@needs_fork
def test_a_kill_at_some_calls_changes_no_byte(tmp_path: Path) -> None:
    assert kills_survived(tmp_path, first=7, every=101) > 2


EVERY_SO_MANY = 13  # calls; each one takes over a minute


@needs_fork
@pytest.mark.slow
def test_a_kill_at_many_more_calls_changes_no_byte(tmp_path: Path) -> None:
    assert kills_survived(tmp_path, first=3, every=EVERY_SO_MANY) > 20


WORK = """
import time
with begun(base, 40) as run:
    print(len(run.missing()), flush=True)
    for number in run.missing():
        fill(run, [number])
        time.sleep(0.002)
    run.finish()
"""


def killed_after(base: Path, seconds: float) -> bool:
    """Whether a process at work was killed that long after it had begun, before it came to its end."""
    process = script(WORK, base)
    assert process.stdout is not None
    assert process.stdout.readline().strip().isdigit()
    time.sleep(seconds)
    process.kill()
    process.communicate()
    return process.returncode != 0


def survives(base: Path, kills: int, longest: float) -> None:
    """Kill a run again and again at random moments, to its end; then compare it with one never interrupted."""
    luck = random.Random(1)
    done = killed = 0
    for _ in range(kills):
        killed += killed_after(base / "killed", luck.uniform(0.0, longest))
        with begun(base / "killed", 40) as run:
            assert run.notes == ()
            assert 40 - len(run.missing()) >= done
            done = 40 - len(run.missing())
    assert killed > 0
    assert completed(base / "killed", 40) == completed(base / "plain", 40)
    shards = [sorted(path.name for path in (base / name).rglob("shards/*")) for name in ("killed", "plain")]
    assert shards[0] == shards[1]


def test_a_process_killed_at_random_moments_loses_nothing(tmp_path: Path) -> None:
    survives(tmp_path, 2, 0.1)


@pytest.mark.slow
def test_a_process_killed_many_times_loses_nothing(tmp_path: Path) -> None:
    survives(tmp_path, 15, 0.06)


HOLD = """
with begun(base) as run:
    fill(run, [0])
    print(os.getpid(), flush=True)
    sys.stdin.read()
"""


def test_a_second_process_is_told_who_is_at_work_and_since_when(tmp_path: Path) -> None:
    with script(HOLD, tmp_path) as first:
        assert first.stdout is not None
        pid = int(first.stdout.readline())
        said = (
            rf"another process \(pid {pid}\) has been at work on this run since \d{{4}}-.* UTC\n  Wait for it, or stop"
        )
        with pytest.raises(InputProblems, match=said):
            begun(tmp_path)
        (folder,) = tmp_path.iterdir()
        assert (summary_of(folder).state, summary_of(folder).done) == (f"at work, pid {pid}", 1)
        assert sorted(path.name for path in folder.glob("l*.sqlite*")) == [
            "ledger.sqlite",
            "ledger.sqlite-shm",
            "ledger.sqlite-wal",
            "lock.sqlite",
        ]
        first.kill()
        first.wait()
    assert summary_of(folder).state == "stopped"
    with begun(tmp_path) as run:
        assert run.missing() == [1, 2, 3, 4, 5]
        assert summary_of(folder).state == f"at work, pid {os.getpid()}"


def test_one_process_does_not_open_a_run_twice_and_may_open_it_again(tmp_path: Path) -> None:
    with begun(tmp_path) as run:
        fill(run, [0])
        with pytest.raises(InputProblems, match=f"pid {os.getpid()}"):
            begun(tmp_path)
        fill(run, [1])
        with begun(tmp_path, seed=2) as other:
            assert other.folder != run.folder
    with begun(tmp_path) as run:
        assert run.missing() == [2, 3, 4, 5]


def test_a_run_that_failed_to_open_is_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched, pytest.raises(InputProblems, match="Input/output error"):
        patched.setattr("simulator.store.recovery.shards_in", broken)
        begun(tmp_path)
    (folder,) = tmp_path.iterdir()
    assert contents_of(folder)[0].pid is None
    begun(tmp_path).close()


RACE = """
import time
from simulator.tables import InputProblems
sys.stdin.readline()
try:
    with begun(base) as run:
        fill(run, run.missing())
        while len(list(base.glob("refused-*"))) < 2:
            time.sleep(0.01)
        print("done")
except InputProblems as refused:
    (base / f"refused-{os.getpid()}").write_text("x")
    print("another process" in str(refused))
"""


def test_of_many_processes_at_once_one_gets_the_run(tmp_path: Path) -> None:
    processes = [script(RACE, tmp_path) for _ in range(3)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = sorted(process.communicate(timeout=60)[0].strip() for process in processes)
    assert said == ["True", "True", "done"]
    assert completed(tmp_path) == completed(tmp_path / "plain")
