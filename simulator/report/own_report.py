"""An evidence file of one's own: what a before/after protocol needs of it, each fault at its line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from simulator.evaluation.before_after_reports import PROTOCOLS, Looked, looked_of
from simulator.evidence import Report, load_report
from simulator.scenario.layers import scheme_names
from simulator.tables import Document, Problem, Problems, did_you_mean, nearest, read_yaml

NEEDED = ("people", "before", "after")
OPTIONAL = ("people_before", "people_after")
# A report of so many people, or offences, would be a country's; a simulation of it would take hours.
MOST = {"people": 20_000.0, "before": 1e6, "after": 1e6, "people_before": 20_000.0, "people_after": 20_000.0}
TEMPLATE = "`python run.py new my_area --evidence` writes a file to start from."


class OwnReport(NamedTuple):
    """A report of one's own, how it looked at its people, and the scenario that stands for its scheme."""

    report: Report
    looked: Looked
    scenario: str


def own_report(path: Path) -> OwnReport:
    """The report in a file.

    Raises:
        InputProblems: everything that is wrong in the file, or that a before/after protocol needs and is not there.
    """
    report, document, problems = load_report(path), read_yaml(path), Problems()
    problems.extend(design_faults(report, document))
    problems.extend(protocol_faults(report, document))
    problems.extend(figure_faults(report, document))
    scenario, faults = scenario_of(report, document, path.parent)
    problems.extend(faults)
    problems.stop_if_any()
    looked = looked_of(report)
    assert looked is not None  # its protocol is known
    return OwnReport(report, looked, scenario)


def design_faults(report: Report, document: Document) -> Iterable[Problem]:
    """Only people compared with themselves can be looked at."""
    if report.design not in ("before_after", "observed_against_predicted"):
        said = f"design: a report of one's own is looked at before and after, not as '{report.design}'"
        yield document.problem(("design",), said, "Write design: before_after.")


def protocol_faults(report: Report, document: Document) -> Iterable[Problem]:
    """A protocol that is missing or not known, with the nearest."""
    given = report.extras.get("protocol")
    if given is None:
        yield absent(document, "protocol", report.extras, f"Write protocol: {next(iter(PROTOCOLS))}; or {others()}.")
    elif given not in PROTOCOLS:
        hint = (
            did_you_mean(str(given), PROTOCOLS) if nearest(str(given), PROTOCOLS) else f"Known: {', '.join(PROTOCOLS)}."
        )
        yield document.problem(
            ("extras", "protocol"), f"extras.protocol: '{given}' is no way of looking that is known", hint
        )


def others() -> str:
    """All protocols but the first."""
    return " or ".join(list(PROTOCOLS)[1:])


def absent(document: Document, name: str, names: Iterable[str], hint: str) -> Problem:
    """A name that is missing under ``extras``, or written another way."""
    meant = nearest(name, names)
    if meant:
        said = f"extras: '{name}' is missing, and '{meant[0]}' is not known"
        return document.problem(("extras", meant[0]), said, f"Write {name}: instead.", key=True)
    return document.problem(("extras",), f"extras: '{name}' is missing", hint, key=True)


def figure_faults(report: Report, document: Document) -> Iterable[Problem]:
    """Figures that are missing, or that cannot be."""
    lines = {name: ("figures", place) for place, name in enumerate(report.figures)}
    unknown = [name for name in report.figures if name not in (*NEEDED, *OPTIONAL)]
    for name in NEEDED:
        if name not in report.figures:
            meant = nearest(name, unknown)
            hint = f"Is '{meant[0]}' meant? Write name: {name}." if meant else TEMPLATE
            place = (*lines[meant[0]], "name") if meant else ("figures",)
            yield document.problem(place, f"figures: '{name}' is missing", hint, key=not meant)
    people = report.figures["people"].value if "people" in report.figures else None
    for name, least in (("people", 1.0), ("before", 0.0), ("after", 0.0), *((each, 0.0) for each in OPTIONAL)):
        if name in report.figures:
            value = report.figures[name].value
            place = (*lines[name], "value")
            if value < least or (name == "before" and value == 0.0):
                yield document.problem(place, f"figures, {name}: {value:g} is too few to look at")
            elif value > MOST[name]:
                yield document.problem(
                    place, f"figures, {name}: {value:g} is more than {MOST[name]:g}, the most that is simulated"
                )
            elif name in OPTIONAL and people is not None and value > people:
                yield document.problem(
                    place, f"figures, {name}: {value:g} is more than the {people:g} people looked at"
                )


def scenario_of(report: Report, document: Document, folder: Path) -> tuple[str, list[Problem]]:
    """The scenario beside the file, or a shipped one, and what is wrong with its name."""
    given = report.extras.get("scenario")
    if given is None:
        hint = "Write scenario: with the file of your scheme, beside this one."
        return "", [absent(document, "scenario", report.extras, hint)]
    if given in scheme_names():
        return str(given), []
    path = folder / str(given)
    if path.suffix in (".yaml", ".yml") and path.is_file():
        return str(path), []
    beside = [each.name for each in sorted(folder.glob("*.y*ml")) if each.name != Path(document.file).name]
    hint = did_you_mean(str(given), [*beside, *scheme_names()])
    hint = hint or "`python run.py new my_area` writes one; or the name of a shipped scheme."
    return "", [document.problem(("extras", "scenario"), f"extras.scenario: there is no scenario '{given}' here", hint)]
