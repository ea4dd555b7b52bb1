"""How fast the two engines are, measured on this machine in interleaved rounds.

An event is a line of the event log: something that happens to a person on a date, be it an offending occasion, a release, a
turn of RAG or a selection. Both engines produce the same lines, so nanoseconds per event compare like with like; all else
that an engine does (births, drawing, booking) is paid for by them. Of several rounds the quickest counts: other programs
can only slow a round down.
"""

from __future__ import annotations

import importlib.util
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from simulator import engine_compiled, engine_simpy
from simulator.appraisal.library import Library, load_library
from simulator.experiment import Plan, Task, run_tasks
from simulator.jit import COMPILED
from simulator.model.rates import Rates
from simulator.model.records import copied, get, put
from simulator.rates import rates_of
from simulator.scenario.read import read_scenario

COUNTED = "every line of the event log, history before t = 0 included"
SCHEMES = ("bedfordshire", "leeds", "leicestershire", "southwark", "sussex")
YEARS = 5
SEED = 1
PEOPLE_PER_PLACE = 6


class Size(NamedTuple):
    """How much to measure: events per timed run of each engine, rounds, people, parameter sets."""

    compiled_events: int
    simpy_events: int
    rounds: int
    people: tuple[int, ...]
    sets: int


FULL = Size(8_000_000, 60_000, 5, (100, 1_000, 10_000, 100_000), 1_000)
QUICK = Size(400_000, 20_000, 2, (100, 1_000), 10)
SIMPY_PEOPLE = 1_000
SWEEP_REPLICATIONS = 100
SWEEP_PEOPLE = 100
SETS_AT_ONCE = 50


def shipped(scheme: str, library: Library) -> tuple[Rates, Rates]:
    """The comparator of a shipped scheme, and its first other arm."""
    scenario = read_scenario(scheme, library.known())
    base = scenario.baseline.text("appraisal.comparator")
    other = next(arm for arm in scenario.arms if arm.name != base)
    types = library.offence_types
    return rates_of(scenario, scenario.arm(base), types), rates_of(scenario, other, types)


def people_in(rates: Rates) -> int:
    """People in the pool at the start."""
    return sum(int(get(rates.groups, group, "people")) for group in range(len(rates.groups)))


def with_people(rates: Rates, people: int) -> Rates:
    """The same rates with another number of people, and places in proportion."""
    share = people / people_in(rates)
    groups = copied(rates.groups)
    left = people
    for group in range(len(groups)):
        number = round(get(groups, group, "people") * share) if group + 1 < len(groups) else left
        put(groups, group, "people", min(number, left))
        left -= min(number, left)
    places = max(people // PEOPLE_PER_PLACE, 1)
    schedule = tuple(entry._replace(places=places if entry.places else 0) for entry in rates.schedule)
    history = tuple(entry._replace(places=places if entry.places else 0) for entry in rates.history_schedule)
    return rates._replace(groups=groups, schedule=schedule, history_schedule=history)


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock seconds that something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compiled_run(rates: Rates, replications: int, first: int = 0) -> Callable[[], object]:
    """Replications of one arm on the compiled engine."""
    return lambda: engine_compiled.run([rates], YEARS, SEED, first, replications)


def simpy_run(rates: Rates, replications: int) -> Callable[[], object]:
    """Replications of one arm on the SimPy engine."""
    return lambda: engine_simpy.run([rates], YEARS, SEED, 0, replications)


def events_of(rates: Rates, replications: int) -> int:
    """Events in so many replications."""
    return engine_compiled.count_events([rates], YEARS, SEED, 0, replications)


def enough(rates: Rates, events: int) -> int:
    """Replications that hold about so many events."""
    return max(1, round(events / max(events_of(rates, 1), 1)))


def engine_row(rates: Rates, size: Size, with_simpy: bool = True) -> dict[str, Any]:
    """Nanoseconds per event of the engines on one arm, on one core, in interleaved rounds."""
    many, few = enough(rates, size.compiled_events), enough(rates, size.simpy_events)
    many_events, few_events = events_of(rates, many), events_of(rates, few)
    compiled, simpy = [], []
    for _ in range(size.rounds):
        compiled.append(seconds(compiled_run(rates, many)) / many_events * 1e9)
        if with_simpy:
            simpy.append(seconds(simpy_run(rates, few)) / few_events * 1e9)
    return {
        "people": people_in(rates),
        "events_per_replication": round(many_events / many),
        "compiled_ns_per_event": round(min(compiled), 1),
        "compiled_events_per_second": round(1e9 / min(compiled)),
        "simpy_ns_per_event": round(min(simpy)) if simpy else None,
        "ratio": round(min(simpy) / min(compiled), 1) if simpy else None,
    }


def two_core_speedup(rates: Rates, size: Size) -> float:
    """Replications per second of two threads over those of one."""
    many = enough(rates, size.compiled_events)
    halves = [compiled_run(rates, many, 0), compiled_run(rates, many, many)]
    gains = []
    with ThreadPoolExecutor(2) as threads:
        for _ in range(size.rounds):
            one = sum(seconds(half) for half in halves)
            gains.append(one / seconds(lambda: list(threads.map(seconds, halves))))
    return round(max(gains), 2)


def by_replications(rates: Rates, size: Size) -> list[dict[str, float]]:
    """Nanoseconds per event as the number of replications grows."""
    most = enough(rates, size.compiled_events)
    rows = []
    for number in (1, 10, 100, 1_000):
        if number <= most or number == 1:
            quickest = min(seconds(compiled_run(rates, number)) for _ in range(size.rounds))
            rows.append(
                {"replications": number, "compiled_ns_per_event": round(quickest / events_of(rates, number) * 1e9, 1)}
            )
    return rows


def sweep_seconds(arms: tuple[Rates, Rates], sets: int) -> float:
    """Seconds for parameter sets x 100 replications x 100 people x 5 years x 2 arms on all cores, checks included."""
    small = [with_people(rates, SWEEP_PEOPLE) for rates in arms]
    plan = Plan(YEARS, SEED)

    def task(number: int) -> Task:
        changed = []
        for rates in small:
            values = copied(rates.values)
            put(values, 0, "occasions_per_year", get(values, 0, "occasions_per_year") * (0.5 + number / sets))
            changed.append(rates._replace(values=values, history=values))
        return Task(tuple(changed), 0, SWEEP_REPLICATIONS)

    def sweep() -> None:
        for first in range(0, sets, SETS_AT_ONCE):
            run_tasks([task(number) for number in range(first, min(first + SETS_AT_ONCE, sets))], plan)

    return round(seconds(sweep), 2)


def peak_mib() -> float | None:
    """The most memory that this process has had in use, in MiB; None where the system does not say."""
    status = Path("/proc/self/status")
    if status.exists():  # not getrusage here: on Linux it starts from what the parent had
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return float(line.split()[1]) / 1024.0
    if importlib.util.find_spec("resource") is None:
        return None
    resource: Any = importlib.import_module("resource")
    peak = float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return peak / (1024.0**2 if sys.platform == "darwin" else 1024.0)


def in_another_process(code: str) -> float:
    """Seconds that a few lines take in a Python of their own, its start included."""
    return seconds(lambda: output_of(code))


def output_of(code: str) -> str:
    """What a few lines print in a Python of their own."""
    root = str(Path(__file__).resolve().parents[2])
    environment = {**os.environ, "PYTHONPATH": root}
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environment)
    return done.stdout


def one_replication(scheme: str, people: int) -> float | None:
    """One replication of a scheme with so many people in this process; the memory that took."""
    _, rates = shipped(scheme, load_library())
    compiled_run(with_people(rates, people), 1)()
    return peak_mib()


def measure(size: Size = FULL, progress: Callable[[str], object] = lambda what: None) -> dict[str, Any]:
    """Everything that ``bench`` reports."""
    library = load_library()
    progress("compiling, where needed")
    base, headline = shipped(SCHEMES[0], library)
    compiled_run(headline, 1)()
    rows = []
    for scheme in SCHEMES:
        progress(scheme)
        rows.append({"scheme": scheme, **engine_row(shipped(scheme, library)[1], size)})
    by_people = []
    for people in size.people:
        progress(f"{people:,} people")
        by_people.append(engine_row(with_people(headline, people), size, people <= SIMPY_PEOPLE))
    progress("two cores, replications, sweep, memory, start")
    most = size.people[-1]
    code = "from simulator.report.bench import one_replication\nprint(one_replication({!r}, {}))"
    memory = output_of(code.format(SCHEMES[0], most)).strip()
    return {
        "event": COUNTED,
        "compiled": COMPILED,
        "compiled_ns_per_event": rows[0]["compiled_ns_per_event"],
        "simpy_ns_per_event": rows[0]["simpy_ns_per_event"],
        "ratio": rows[0]["ratio"],
        "two_core_speedup": two_core_speedup(headline, size),
        "growth_with_people": round(
            max(row["compiled_ns_per_event"] for row in by_people)
            / min(row["compiled_ns_per_event"] for row in by_people), 2
        ),
        "sweep_sets": size.sets,
        "sweep_seconds": sweep_seconds((base, headline), size.sets),
        "peak_mib": None if memory == "None" else round(float(memory)),
        "peak_mib_people": most,
        "start_seconds": round(in_another_process("import simulator.engine_compiled"), 2),
        "first_replication_seconds": round(in_another_process(code.format(SCHEMES[0], 100)), 2),
        "rounds": size.rounds,
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "schemes": rows,
        "by_people": by_people,
        "by_replications": by_replications(headline, size),
    }  # fmt: skip


def headline_rows(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The single figures, one a row."""
    return [{"figure": name, "value": value} for name, value in document.items() if not isinstance(value, list | dict)]


def as_json(document: dict[str, Any]) -> str:
    """The document as JSON."""
    return json.dumps(document, indent=2, ensure_ascii=False)
