"""A planned study: what is asked, what is simulated for it, and the answer as rows for JSON and CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from simulator.appraisal.library import Library
from simulator.evaluation.matched import Followed
from simulator.evaluation.published_studies import ANALYSES, published_studies
from simulator.evaluation.studies import (
    Simulated,
    Study,
    arm_rates,
    followed_people,
    simulated,
    stated_study,
    studies_of,
)
from simulator.evidence import Effect, Report, load_reports
from simulator.experiment import Progress
from simulator.places import data_folder
from simulator.scenario.records import Scenario
from simulator.tables import InputProblems, Problem

RANGES = ("interval", "power_range", "required_n_range")


class Question(NamedTuple):
    """What is asked of a study. ``differences`` by measure, where they are stated rather than simulated."""

    people: int
    power: float
    differences: Mapping[str, float]
    replications: int
    studies: int
    seed: int


class Answer(NamedTuple):
    """Everything that is said of the plan. ``plans`` and ``found`` go together; ``reports`` are the Data Lab's two."""

    question: Question
    scenario: Scenario
    arm: str
    effect: Effect
    followed: int
    found: Sequence[Simulated]
    plans: Sequence[Sequence[Study]]
    published: Sequence[Study]
    reports: Mapping[str, Report]


def answer_to(question: Question, scenario: Scenario, arm: str, library: Library, progress: Progress) -> Answer:
    """Simulate the arm without its effect and, unless differences are stated, with it; then plan.

    Raises InputProblems where nobody could be followed, or a stated difference cannot be.
    """

    def people(effect: Effect | None) -> list[Followed]:
        rates = arm_rates(scenario, arm, library.offence_types, effect)
        return followed_people(rates, question.seed, question.replications, progress)

    comparison = people(library.effects["none"])
    treated = comparison if question.differences else people(None)
    found = [each for each in simulated(treated, comparison) if asked_for(question, each)]
    refuse_nothing_to_see(scenario, arm, found)
    reports = load_reports(data_folder("evidence"))
    return Answer(
        question,
        scenario,
        arm,
        scenario.arm(arm).settings.effect,
        sum(part.people for part in treated),
        found,
        [planned(question, each) for each in found],
        published_studies(reports, question.power),
        {name: reports[name] for name in ANALYSES},
    )


def asked_for(question: Question, found: Simulated) -> bool:
    """Whether a measure is planned for: all, or those for which a difference is stated."""
    return not question.differences or found.measure.name in question.differences


def planned(question: Question, found: Simulated) -> list[Study]:
    """The studies of one measure."""
    if found.measure.name not in question.differences:
        return studies_of(found, question.people, question.power, question.studies, question.seed)
    difference = question.differences[found.measure.name]
    refuse_impossible(found, difference)
    return [stated_study(found, difference, question.people, question.power)]


def refuse_nothing_to_see(scenario: Scenario, arm: str, found: Sequence[Simulated]) -> None:
    """Raise InputProblems where nobody can be followed, or all those followed are alike."""
    groups = [group for each in found for group in (each.comparison, each.treated)]
    if any(not group.people for group in groups):
        said = (
            f"under '{arm}' nobody on the scheme has a sentence or release in the index year, so nobody can be followed"
        )
        hint = f"Choose an arm with places, such as {scenario.name}:as_run, or more --replications."
    elif any(group.spread == 0.0 for group in groups):
        said = "the people simulated do not differ from each other, so no study of them can be planned"
        hint = "Simulate more people: --replications 200."
    else:
        return
    raise InputProblems([Problem(scenario.name, 0, 0, said, hint)])


def refuse_impossible(found: Simulated, difference: float) -> None:
    """Raise InputProblems for a stated difference that leads below nothing or above everybody."""
    level, most = found.comparison.mean, {"rate": 100.0, "days_to_first": 365.0}.get(found.measure.name, float("inf"))
    if not 0.0 <= level + difference <= most:
        said = f"a difference of {difference:g} {found.measure.unit} from {level:.1f} is not possible"
        hint = (
            f"Stay between {-level:.1f} and {most - level:.1f}." if most < float("inf") else f"Stay above {-level:.1f}."
        )
        raise InputProblems([Problem("--difference", 0, 0, said, hint)])


def study_rows(answer: Answer) -> list[dict[str, Any]]:
    """One row for each study: the plans, then the published ones."""
    studies = [*(study for plan in answer.plans for study in plan), *answer.published]
    return [{name: plain(value) for name, value in study._asdict().items()} for study in studies]


def plain(value: Any) -> Any:
    """A pair as a list."""
    return list(value) if isinstance(value, tuple) else value


def flat(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows with each range in two columns, for CSV."""
    made = []
    for row in rows:
        cells: dict[str, Any] = {}
        for name, value in row.items():
            if name in RANGES:
                cells[f"{name}_low"], cells[f"{name}_high"] = value or (None, None)
            else:
                cells[name] = value
        made.append(cells)
    return made
