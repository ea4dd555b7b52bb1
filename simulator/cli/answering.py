"""The answers that documents are made of: made once by the same code as each command, kept beside the runs, read again."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from simulator.appraisal.comparison import Comparison
    from simulator.scenario.records import Scenario
    from simulator.uncertainty.outcomes import Variant

Answers = dict[str, Any]
KEPT = "answers"
DECISION_REPLICATIONS, DECISION_DRAWS = 40, 300
TORNADO_REPLICATIONS = 100
DRAW_REPLICATIONS = 50
FUNDING_DRAWS, FUNDING_REPLICATIONS = 200, 10
DIFFERENCE_REPLICATIONS = 200
WHEREABOUTS_REPLICATIONS = 200


class Question(NamedTuple):
    """What the documents are about, and how hard to look."""

    scenarios: tuple[str, ...]  # a scheme, a file, or scheme:arm once or more often
    settings: tuple[str, ...]
    comparator: str | None
    replications: int
    draws: int
    seed: int
    engine: str
    workers: int


class Asker(NamedTuple):
    """A question with its scenario read, where its answers are kept, and whom to tell what is being done."""

    question: Question
    variant: Variant
    runs: Path
    say: Callable[[str], object]


def answers_to(asker: Asker) -> Answers:
    """Every answer that the documents of one scenario need, by name; those kept from before are read."""
    makers: dict[str, Callable[[Asker], Answers]] = {"comparison": compared}
    if asker.question.draws:
        makers |= {"chances": chances, "tornado": tornado, "decision": decision, "difference": difference}
        makers |= {"whereabouts": whereabouts}
        makers |= {"funding": funding} if arm_to_fund(asker.variant.scenario) else {}
        makers |= {"regression": regression} if asker.variant.scenario.reported_fall else {}
    return {name: answer for maker, make in makers.items() for name, answer in kept_or_made(maker, make, asker).items()}


def fresh_answers(asker: Asker, figure: str) -> Answers:
    """The comparison, and the answers that a figure's identifier names, all made now."""
    makers = {
        "comparison": compared, "chances": chances, "tornado": tornado, "decision": decision, "difference": difference,
        "funding": funding, "whereabouts": whereabouts, "regression": regression,
    }  # fmt: skip
    section = figure.partition(".")[2].partition(".")[0] if figure.startswith("said.") else ""
    wanted = [name for name in makers if f"{name}." in figure or name in NEEDED_BY.get(section, ())]
    made: Answers = {}
    for name in ["comparison", *(name for name in wanted if name != "comparison")]:
        asker.say(f"{asker.variant.scenario.name}: {SAID[name]}")
        made |= makers[name](asker)
    return made


# The answers behind each section's own sentences, beside the comparison.
NEEDED_BY = {
    "summary": ("chances",),
    "chances": ("chances",),
    "tornado": ("tornado",),
    "decision": ("decision",),
    "causes": ("difference",),
    "funding": ("funding",),
    "whereabouts": ("whereabouts",),
    "regression": ("regression",),
    "economic-case": ("chances", "tornado", "decision", "regression"),
}


def kept_or_made(name: str, make: Callable[[Asker], Answers], asker: Asker) -> Answers:
    """What was kept for the same question and the same program, or else made now and kept.

    Raises InputProblems when the folder cannot be written.
    """
    path = asker.runs / KEPT / f"{asker.variant.scenario.name}-{name}-{digest_of(name, asker)}.json"
    try:
        kept = json.loads(path.read_text("utf-8"))
        if kept["digest"] == digest_of_answers(kept["answers"]):
            return dict(kept["answers"])
    except (OSError, ValueError, KeyError, TypeError):
        pass  # not there, or not whole: it is made again
    asker.say(f"{asker.variant.scenario.name}: {SAID[name]}")
    made = make(asker)
    keep(path, {"digest": digest_of_answers(made), "answers": made})
    return made


SAID = {
    "comparison": "comparing the funding choices",
    "chances": "drawing everything uncertain",
    "tornado": "moving one input at a time",
    "decision": "looking for what would change the decision",
    "difference": "taking the difference apart by cause",
    "funding": "following the funding curve",
    "whereabouts": "following people month by month",
    "regression": "how much of the reported fall is selection",
}


def digest_of_answers(answers: Answers) -> str:
    """SHA-256 of answers, so that a damaged file is never believed."""
    return hashlib.sha256(json.dumps(answers, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def keep(path: Path, kept: Mapping[str, Any]) -> None:
    """Write a file whole or not at all. Raises InputProblems when it cannot be written."""
    from simulator.store.faults import told

    with told(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(kept, file, ensure_ascii=False)
        Path(name).replace(path)


def digest_of(name: str, asker: Asker) -> str:
    """What names an answer: the question, the scenario as read, and every source and table of the program."""
    from simulator.store.recipes import canonical

    question = asker.question._asdict()
    del question["workers"], question["engine"]  # neither moves a bit
    if name in ("comparison", "regression"):
        del question["draws"]
    asked = {"name": name, **question, "scenario": asker.variant.scenario.digest, "program": whole_program_digest()}
    return hashlib.sha256(canonical(asked).encode()).hexdigest()[:20]


@cache
def whole_program_digest() -> str:
    """SHA-256 of every source and every shipped table, wording included: an answer holds sentences too."""
    import simulator
    from simulator.places import data_folder

    whole = hashlib.sha256()
    for root in (Path(simulator.__file__).parent, data_folder("cost_tables"), data_folder("evidence")):
        for path in sorted(root.rglob("*")):
            if path.suffix in (".py", ".csv", ".yaml"):
                whole.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def comparison_of(asker: Asker) -> Comparison:
    """Every arm simulated and priced."""
    from simulator.appraisal import comparison as comparing
    from simulator.cli.loading import progress_bar
    from simulator.experiment import Plan

    question, scenario = asker.question, asker.variant.scenario
    years = int(scenario.baseline.value("appraisal.horizon_years"))
    plan = Plan(years, question.seed, question.engine, question.workers)
    with progress_bar(comparing.work_in(scenario, question.replications), f"Simulating {scenario.name}") as progress:
        runs = comparing.run(scenario, asker.variant.library, question.replications, plan, progress)
    return comparing.appraise(runs, asker.variant.library)


def compared(asker: Asker) -> Answers:
    """What `compare` says, and the costs and the cash behind it."""
    from simulator.report.budget import budget_document
    from simulator.report.cost_rows import cost_rows
    from simulator.report.results import results_of

    found = comparison_of(asker)
    return {"comparison": results_of(found), "costs": cost_rows(found), "budget": budget_document(found)}


def swept(asker: Asker, kind: str, replications: int, draws: int = 0) -> Any:
    """What `sweep` says of one kind of sweep."""
    from simulator.cli.sweep_answers import answer_of
    from simulator.cli.sweeping import Asked, prepared_for, trials_bar
    from simulator.uncertainty.kept import Place, run_and_keep

    question = asker.question
    asked = Asked(
        kind, (), draws, 0, (), 12, STUDIES, None, None, replications, question.seed, question.engine, question.workers
    )  # fmt: skip
    ready = prepared_for(asked, lambda *more: asker.variant)
    with trials_bar(ready.prepared) as progress:
        place = Place(asker.runs, question.settings, f"python run.py report {' '.join(question.scenarios)}")
        kept = run_and_keep(ready.prepared, place, question.workers, progress)
    return answer_of(ready, kept)


STUDIES = (50, 100, 200, 500, 1000)


def chances(asker: Asker) -> Answers:
    """What `sweep --psa` says."""
    return {"chances": swept(asker, "psa", DRAW_REPLICATIONS, asker.question.draws)}


def tornado(asker: Asker) -> Answers:
    """What `sweep --tornado` says."""
    return {"tornado": swept(asker, "tornado", TORNADO_REPLICATIONS)}


def decision(asker: Asker) -> Answers:
    """What `decision` says."""
    from simulator.cli.decision import found_by
    from simulator.report.decision import document_of
    from simulator.uncertainty.decision import Setting
    from simulator.uncertainty.inputs import uncertain_inputs

    question, variant = asker.question, asker.variant
    inputs = uncertain_inputs(variant.scenario, variant.library)
    setting = Setting(variant, inputs, DECISION_REPLICATIONS, question.seed, question.engine, question.workers)
    return {"decision": document_of(setting, found_by(setting, DECISION_DRAWS, lambda words: None))}


def difference(asker: Asker) -> Answers:
    """What `difference` says of the headline arm and the comparator."""
    from simulator.cli.difference import first_arm
    from simulator.experiment import Plan
    from simulator.report.difference import Asked, document_of
    from simulator.uncertainty.causes import by_choice, by_effect
    from simulator.uncertainty.difference import answers_of

    question, variant = asker.question, asker.variant
    arm, other = first_arm(variant), variant.scenario.baseline.text("appraisal.comparator")
    plan = Plan(0, question.seed, question.engine, question.workers)
    both_open = all(variant.scenario.arm(name).settings.flag("programme.open") for name in (arm, other))
    questions = [by_effect(variant, arm, other), *([by_choice(variant, arm, other)] if both_open else [])]
    asked = Asked(variant, arm, other, DIFFERENCE_REPLICATIONS, question.seed, question.engine)
    return {"difference": document_of(asked, answers_of(questions, DIFFERENCE_REPLICATIONS, plan))}


def arm_to_fund(scenario: Scenario) -> str | None:
    """The arm whose places are moved: as run, else the first with a scheme; None where no arm has one."""
    comparator = scenario.baseline.text("appraisal.comparator")
    open_arms = [arm.name for arm in scenario.arms if arm.name != comparator and arm.settings.flag("programme.open")]
    return "as_run" if "as_run" in open_arms else next(iter(open_arms), None)


def funding(asker: Asker) -> Answers:
    """What `funding` says."""
    from simulator.cli.funding import curve_document_of
    from simulator.uncertainty.funding_levels import Effort

    question, variant = asker.question, asker.variant
    draws = min(FUNDING_DRAWS, question.draws)
    effort = Effort(draws, FUNDING_REPLICATIONS, question.seed, question.engine, question.workers)
    arm = arm_to_fund(variant.scenario)
    return {"funding": curve_document_of(variant.scenario, variant.library, str(arm), None, effort)}


def whereabouts(asker: Asker) -> Answers:
    """What `whereabouts` says of the headline arm and the comparator."""
    from simulator.cli.difference import first_arm
    from simulator.report.whereabouts import Asked, whereabouts_of

    question, variant = asker.question, asker.variant
    arm, other = first_arm(variant), variant.scenario.baseline.text("appraisal.comparator")
    asked = Asked(
        variant.scenario, variant.library, arm, other, question.seed, WHEREABOUTS_REPLICATIONS, question.workers
    )  # fmt: skip
    return {"whereabouts": whereabouts_of(asked)}


def regression(asker: Asker) -> Answers:
    """What `reproduce --part regression` says of the scheme's own report."""
    from simulator.report.cases import SCENARIOS, case_regressions, cases_of, regression_document

    scheme = asker.variant.scenario.name
    if scheme not in SCENARIOS.values():
        return {}
    for case in cases_of(scheme, asker.variant.library):
        rows = case_regressions(case, asker.variant.library, 1)
        if rows:
            return {"regression": regression_document(case, rows)}
    return {}


def asker_of(question: Question, runs: Path, say: Callable[[str], object]) -> Asker:
    """A question with its scenario read. Raises InputProblems with every fault found in it."""
    from simulator.appraisal.loading import load
    from simulator.uncertainty.outcomes import Variant

    (scenario,), library = load(question.scenarios, question.settings, question.comparator)
    return Asker(question, Variant(scenario, library), runs, say)
