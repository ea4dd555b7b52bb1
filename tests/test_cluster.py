"""A sweep on a Dask cluster of this machine: the same bytes, also when a worker is killed on the way."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from commands import ROOT
from small_sweeps import SHORT, variant

from simulator.tables import InputProblems
from simulator.uncertainty.cluster import cluster_executor
from simulator.uncertainty.kept import Place, run_and_keep
from simulator.uncertainty.recipes import Prepared
from simulator.uncertainty.sweeps import psa_sweep

pytest.importorskip("distributed")
SECONDS = 60.0


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def started(module: str, *words: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__ADMIN__EVENT_LOOP": "asyncio"}
    return subprocess.Popen(
        [sys.executable, "-m", module, *words], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


class Cluster:
    """A scheduler and workers of one thread each, on this machine only."""

    def __init__(self, folder: Path, workers: int) -> None:
        self.address = f"tcp://127.0.0.1:{free_port()}"
        place = ["--host", "127.0.0.1", "--no-dashboard"]
        port = self.address.rpartition(":")[2]
        self.scheduler = started("distributed.cli.dask_scheduler", *place, "--port", port)
        self.workers = [
            started("distributed.cli.dask_worker", self.address, *place, "--nthreads", "1", "--no-nanny",
                    "--local-directory", str(folder / str(number)))
            for number in range(workers)
        ]  # fmt: skip

    def wait_for_workers(self) -> None:
        from distributed import Client

        with Client(self.address, timeout=SECONDS, set_as_default=False) as client:
            client.wait_for_workers(len(self.workers), timeout=SECONDS)

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    made = Cluster(tmp_path, 2)
    try:
        made.wait_for_workers()
        yield made
    finally:
        made.close()


def prepared() -> Prepared:
    return psa_sweep(variant(*SHORT), [], 60, 10, 1, "compiled")


@pytest.mark.slow
def test_a_cluster_gives_the_same_bytes_although_a_worker_is_killed(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.uncertainty.jobs.MOST_IN_A_JOB", 20)  # sixty jobs
    here = run_and_keep(prepared(), Place(tmp_path / "here", SHORT, ""), 1)
    done: list[int] = []

    def progress(trials: int) -> None:
        done.append(trials)
        if sum(done) >= 5 and cluster.workers[0].poll() is None:
            cluster.workers[0].send_signal(signal.SIGKILL)

    with cluster_executor(cluster.address) as executor:
        there = run_and_keep(prepared(), Place(tmp_path / "there", SHORT, ""), 0, progress, executor)
    assert cluster.workers[0].wait(10) == -signal.SIGKILL
    assert sum(done) == 60
    assert here.folder is not None and there.folder is not None
    assert (here.folder / "results.parquet").read_bytes() == (there.folder / "results.parquet").read_bytes()


def test_a_scheduler_that_does_not_answer_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.uncertainty.cluster.SECONDS_TO_ANSWER", 1)
    with pytest.raises(InputProblems, match="no scheduler answers"), cluster_executor(f"tcp://127.0.0.1:{free_port()}"):
        pass
    for wrong in ("nonsense://x", "127.0.0.1:8786", "tcp://here"):
        with pytest.raises(InputProblems, match="not the address of a scheduler"), cluster_executor(wrong):
            pass


@pytest.mark.slow
def test_a_cluster_without_workers_or_with_another_program_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = Cluster(tmp_path, 0)
    try:
        with pytest.raises(InputProblems, match="no workers"), cluster_executor(empty.address):
            pass
    finally:
        empty.close()
    one = Cluster(tmp_path, 1)
    try:
        one.wait_for_workers()
        monkeypatch.setattr("simulator.uncertainty.cluster.program_digest", lambda: str(os.getpid()))
        with pytest.raises(InputProblems, match="another version"), cluster_executor(one.address):
            pass
    finally:
        one.close()
