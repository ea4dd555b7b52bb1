"""The STRESS-DES table (version 1.0), all 24 rows: from the code's states and clocks, the scenario and the run record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from simulator.charts.model_map import TITLE
from simulator.documents.assurance import stress_logic as logic
from simulator.documents.assurance import stress_run as run
from simulator.documents.assurance.logs import Answers, Log, log_of

HEADINGS = ("Section", "Item", "Recommendation", "Description")
ABOUT = (
    "Strengthening the Reporting of Empirical Simulation Studies, discrete-event simulation (STRESS-DES, version "
    "1.0; Monks and others 2019). Every row is written by the program from its own states, clocks and rules, from "
    "the scenario and from the run record of this report; nothing in it is copied by hand from another run.",
)
OBJECTIVES, LOGIC, DATA = "1 Objectives", "2 Logic", "3 Data"
EXPERIMENTS, IMPLEMENTATION, ACCESS = "4 Experimentation", "5 Implementation", "6 Code access"
Words = Callable[[Mapping[str, Any]], str]


class Item(NamedTuple):
    """One row: section, number, heading, and what is said, from the answers."""

    section: str
    number: str
    heading: str
    words: Words


ITEMS = (
    Item(OBJECTIVES, "1.1", "Purpose of the model", run.purpose),
    Item(OBJECTIVES, "1.2", "Model outputs", run.outputs),
    Item(OBJECTIVES, "1.3", "Experimentation aims", run.aims),
    Item(LOGIC, "2.1", "Base model overview diagram", logic.diagram),
    Item(LOGIC, "2.2", "Base model logic", logic.base_logic),
    Item(LOGIC, "2.3", "Scenario logic", run.scenario_logic),
    Item(LOGIC, "2.4", "Algorithms", logic.algorithms),
    Item(LOGIC, "2.5.1", "Components: entities", logic.entities),
    Item(LOGIC, "2.5.2", "Components: activities", logic.activities),
    Item(LOGIC, "2.5.3", "Components: resources", logic.resources),
    Item(LOGIC, "2.5.4", "Components: queues", logic.queues),
    Item(LOGIC, "2.5.5", "Components: entry and exit points", logic.entry_and_exit),
    Item(DATA, "3.1", "Data sources", run.data_sources),
    Item(DATA, "3.2", "Pre-processing", run.pre_processing),
    Item(DATA, "3.3", "Input parameters", run.input_parameters),
    Item(DATA, "3.4", "Assumptions", run.assumptions),
    Item(EXPERIMENTS, "4.1", "Initialisation", run.initialisation),
    Item(EXPERIMENTS, "4.2", "Run length", run.run_length),
    Item(EXPERIMENTS, "4.3", "Estimation approach", run.estimation),
    Item(IMPLEMENTATION, "5.1", "Software or programming language", run.software),
    Item(IMPLEMENTATION, "5.2", "Random sampling", logic.random_sampling),
    Item(IMPLEMENTATION, "5.3", "Model execution", run.execution),
    Item(IMPLEMENTATION, "5.4", "System specification", run.system),
    Item(ACCESS, "6.1", "Computer model sharing statement", run.sharing),
)


def stress_table(answers: Answers) -> Log:
    """The table from a comparison, and whichever other answers there are."""
    rows = [[each.section, each.number, each.heading, each.words(answers)] for each in ITEMS]
    return log_of("stress_des", "STRESS-DES checklist", ABOUT, HEADINGS, rows)


def stress_markdown(answers: Answers) -> str:
    """The same as a Markdown table, section by section, and the map beside it (``model_map.svg``)."""
    table = stress_table(answers)
    lines = [f"# {table.title}: {answers['comparison']['title']}", "", *table.about]
    section = ""
    for row in table.rows:
        if row["Section"] != section:
            section = row["Section"]
            lines += ["", f"## {section}", "", "| Item | Recommendation | Description |", "| --- | --- | --- |"]
        cells = [row[name].replace("|", "\\|").replace("\n", " ") for name in HEADINGS[1:]]
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", "## Model map", "", f"![{TITLE}](model_map.svg)"]
    return "\n".join(lines) + "\n"
