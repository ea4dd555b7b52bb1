"""Workers on other machines, by Dask (extra ``cluster``); the results are the same to the byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from simulator.tables import InputProblems, Problem
from simulator.uncertainty.recipes import program_digest

ADDRESS = re.compile(r"(tcp|tls|ws|wss|ucx)://[^/:]+:\d+")
SECONDS_TO_ANSWER = 15
# A worker that dies takes its jobs with it; each is tried again so often before the run stops.
TRIES = 10


@contextmanager
def cluster_executor(address: str) -> Iterator[Executor]:
    """An executor on the cluster whose scheduler listens at ``address``, such as tcp://host:8786.

    Raises InputProblems: Dask is not installed, nobody answers, there are no workers, or theirs is another program.
    """
    try:
        from distributed import Client
    except ImportError:
        raise refused(address, "Dask is not installed here", "pip install 'iom-simulator[cluster]'") from None
    if not ADDRESS.fullmatch(address):
        raise refused(address, "this is not the address of a scheduler", "Write --cluster tcp://host:8786")
    make: Any = Client  # Dask has no types of its own
    try:
        client = make(address, timeout=SECONDS_TO_ANSWER, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        said = str(error).splitlines()[0] if str(error) else "no answer"
        raise refused(address, f"no scheduler answers: {said}", "Start one with: dask scheduler") from None
    with client:
        check_workers(client, address)
        yield client.get_executor(pure=False, retries=TRIES)


def check_workers(client: Any, address: str) -> None:
    """Refuse a cluster without workers, or with a worker that runs another program."""
    try:
        found = client.run(program_digest, on_error="return")
    except Exception as error:
        raise refused(address, f"its workers do not answer: {error}", "Are they up?") from None
    if not found:
        raise refused(address, "it has no workers", f"Start some with: dask worker {address}")
    for worker, digest in found.items():
        if digest != program_digest():
            said = f"worker {worker} has another version of this program, or none"
            raise refused(address, said, "Install the same version there, with its data folders.")


def refused(address: str, message: str, suggestion: str) -> InputProblems:
    """A cluster that cannot be used, in words."""
    return InputProblems([Problem(f"--cluster {address}", 0, 0, message, suggestion)])
