"""The QA log: what the program checks by kind of verification, what this run found, and what people have yet to do.

A check that runs with the program's tests has its result in no answer, so the log says how to get it and claims nothing. A
check that every run makes is said to have held, because there is no answer where it did not.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from simulator.charts.arms import headline_arm
from simulator.documents.assurance.logs import Answers, Document, Log, filled_in_by, log_of
from simulator.documents.assurance.sources import findings_of, is_doubtful
from simulator.evidence import EFFECTS_FILE
from simulator.report.text import counted, noise, pounds

HEADINGS = (
    "QA Round",
    "QA Type",
    "Name of reviewer(s)",
    "Contact email for review team",
    "Start Date",
    "End Date",
    "Summary of Findings",
    "URL link(s) to review results",
    "Sign off By Assurer",
)
PROGRAM, RUN, PEOPLE = "1: the program", "2: this run", "3: people"
NOBODY = "None: checked by the program"
RUN_CHECK = "Result not in this report's answers: run `python run.py check` and enter it here."
NOT_DONE = "Not yet done."
FAR = 2.0  # standard errors, as in reproduce
ABOUT = (
    "The columns are those of the ONS analytical assurance template; the types are those of the AQuA Book (2025): "
    "verification informal, static, dynamic, symbolic, constraint and formal, validation conceptual and operational.",
    "Round 1 says what the program's own tests do; their result is not in this report, so none is claimed. Round 2 "
    "is what the answers of this report show. Round 3 is for people, and not yet done.",
    "The program keeps no dates and names no reviewers; links are files of the program, or commands that show the "
    "result.",
)


class Check(NamedTuple):
    """One row: round, type, what is done or was found, and where to look."""

    round: str
    kind: str
    found: str
    link: str


OF_THE_PROGRAM = (
    Check(
        PROGRAM,
        "Verification: static",
        "Style, strict types, and contracts on which part may use which; inputs are read strictly, and a value "
        f"without source, unit or range is refused. {RUN_CHECK}",
        "pyproject.toml; tests/test_tables.py; tests/test_scenario_faults.py; tests/test_cost_table_faults.py",
    ),
    Check(
        PROGRAM,
        "Verification: dynamic, unit",
        "Small functions against hand-made cases, one life priced by hand, and the reports' own sums to the pound. "
        f"{RUN_CHECK}",
        "tests/test_one_life.py; tests/test_worked_examples.py; tests/test_costing.py; tests/test_appraisal.py",
    ),
    Check(
        PROGRAM,
        "Verification: dynamic, integration",
        "Two engines give the same bits; each shipped scenario still gives the answer that stands beside it; "
        f"commands as people type them. {RUN_CHECK}",
        "tests/test_engines.py; tests/test_expected.py; tests/test_cli.py",
    ),
    Check(
        PROGRAM,
        "Verification: dynamic, stress",
        "Inputs at the ends of their ranges, where the answer is known without arithmetic; runs killed, disks full, "
        f"files damaged. {RUN_CHECK}",
        "tests/referees/test_extremes.py; tests/test_store_kills.py; tests/test_store_disks.py; "
        "tests/test_store_damage.py",
    ),
    Check(
        PROGRAM,
        "Verification: symbolic",
        "Cause and effect: which state can follow which is watched in simulated lives and held against the model "
        f"map; a null effect changes nothing, to the bit. {RUN_CHECK}",
        "tests/test_model_map.py; tests/referees/test_nulls.py",
    ),
    Check(
        PROGRAM,
        "Verification: constraint",
        "Nobody is lost, every life is whole, places are never exceeded and given in order, totals equal the sum of "
        f"their parts to the penny. {RUN_CHECK}",
        "tests/referees/test_conservation.py; tests/referees/test_line.py; tests/test_json.py",
    ),
    Check(
        PROGRAM,
        "Verification: formal",
        "Simulated counts, custody, spells and queues against closed forms; each rule broken on purpose must be "
        f"noticed. {RUN_CHECK}",
        "tests/referees/test_counts.py; tests/referees/test_custody.py; tests/referees/test_spells.py; "
        "tests/referees/test_queues.py; tests/referees/test_broken_rules.py; docs/derivations.md",
    ),
)
OF_PEOPLE = (
    Check(PEOPLE, "Verification: informal", f"{NOT_DONE} A second analyst reads the code and the scenario file.", ""),
    Check(
        PEOPLE,
        "Validation: conceptual",
        f"{NOT_DONE} Somebody who runs the scheme reads the structural assumptions and the model map, and says what "
        "is wrong.",
        "",
    ),
    Check(
        PEOPLE,
        "Validation: input data",
        f"{NOT_DONE} The scheme's own figures of people, places and costs are set against the assumptions log.",
        "",
    ),
    Check(
        PEOPLE,
        "Validation: operational",
        f"{NOT_DONE} The analyst runs the command of the run record and gets the same numbers; the finance lead "
        "recalculates the workbook.",
        "",
    ),
    Check(
        PEOPLE,
        "Sign-off",
        f"{NOT_DONE} The assurer reads this pack and the approver accepts the analysis for its use.",
        "",
    ),
)


def qa_log(answers: Answers) -> Log:
    """The log from whichever answers there are; a comparison at least."""
    checks = [*OF_THE_PROGRAM, *of_the_run(answers), *OF_PEOPLE]
    return log_of("qa", "QA log", ABOUT, HEADINGS, [row_of(each) for each in checks])


def row_of(check: Check) -> list[str]:
    """One row; who and when are left to people."""
    by_people = check.round == PEOPLE
    return [
        check.round,
        check.kind,
        filled_in_by("the reviewer") if by_people else NOBODY,
        filled_in_by("the reviewer") if by_people else "None",
        *(filled_in_by("the reviewer" if by_people else "whoever runs the check") for _ in range(2)),
        check.found,
        check.link or filled_in_by("the reviewer"),
        filled_in_by("the assurer"),
    ]


def of_the_run(answers: Answers) -> list[Check]:
    """What the answers of this report show."""
    comparison = answers["comparison"]
    return [
        identities(comparison),
        luck(comparison),
        *calibration(comparison),
        inputs_audited(comparison),
        *regression(answers),
        *uncertainty(answers),
    ]


def identities(comparison: Document) -> Check:
    """The identities that every run checks."""
    runs = counted(comparison["replications"] * len(comparison["arms"]), "run")
    return Check(
        RUN,
        "Verification: constraint",
        f"Held in all {runs} ({comparison['replications']:,} replications of "
        f"{counted(len(comparison['arms']), 'funding choice')}): person-years over justice states equal people times "
        "years (where nobody arrives), managed time is the same by justice state and by RAG status, arrests and disposals "
        "agree but for those under way, and every arrest has an offence. A run in which they do not hold gives no answer.",
        f"simulator/activity.py; run {comparison['run']['digest']}",
    )


def luck(comparison: Document) -> Check:
    """How much of the headline is simulation noise."""
    arm = headline_arm(comparison)
    width = noise(arm)
    said = f"± {width}" if width else "not known from one replication"
    return Check(
        RUN,
        "Verification: dynamic, simulation noise",
        f"NPSV of '{arm['title']}' {pounds(arm['npsv_gbp'])}; 95% noise of the mean over "
        f"{comparison['replications']:,} replications: {said}.",
        "python run.py compare --precision 5%",
    )


def calibration(comparison: Document) -> list[Check]:
    """Misses of the fit: fitted figures, and those held out as predictions."""
    fit = comparison["fit"]
    if not fit:
        said = "No fit: the scenario's own rates stand, and are not held against any report."
        return [Check(RUN, "Validation: operational, calibration", said, "python run.py calibrate")]
    return [missed(fit, role) for role in ("fitted", "predicted")]


def missed(fit: dict[str, Any], role: str) -> Check:
    """How many figures of one role miss by more than two standard errors, and the worst."""
    targets = [each for each in fit["targets"] if each["role"] == role]
    poor = sorted((each for each in targets if abs(each["miss"] or 0.0) > FAR), key=lambda each: -abs(each["miss"]))
    worst = "; ".join(f"{each['figure']} ({each['miss']:+.1f})".replace("-", "−") for each in poor[:3])
    held_out = " Not used to fit: where they miss, the model is not to be trusted." if role == "predicted" else ""
    return Check(
        RUN,
        f"Validation: operational, {'calibration' if role == 'fitted' else 'held-out predictions'}",
        f"{len(poor)} of {counted(len(targets), 'figure')} of {fit['report']} that were {role} miss by more than "
        f"{FAR:g} standard errors{f', worst: {worst}' if worst else ''}.{held_out}",
        f"python run.py reproduce {fit['scheme']}; {fit['where']}",
    )


def inputs_audited(comparison: Document) -> Check:
    """Whether the figures of the reports used follow from their own inputs."""
    found = {source["name"]: findings_of(source["name"]) for source in comparison["sources"]}
    doubtful = [
        f"{name}.{each.relation.figure}" for name, findings in found.items() for each in findings if is_doubtful(each)
    ]
    number = sum(len(findings) for findings in found.values())
    said = f"; do not quote as they stand: {', '.join(doubtful)}" if doubtful else ""
    return Check(
        RUN,
        "Validation: input data",
        f"{counted(number, 'figure')} computed again from the other figures of the reports used here; {len(doubtful)} "
        f"do not follow{said}.",
        f"python run.py audit; evidence/relations; evidence/{EFFECTS_FILE}",
    )


def regression(answers: Answers) -> list[Check]:
    """What a before/after fall would have been without any effect."""
    found = answers.get("regression")
    if not found:
        return []
    rows = found["rows"]
    falls = [row["fall"] for row in rows]
    return [
        Check(
            RUN,
            "Validation: operational, without effect",
            f"The protocol of {rows[0]['report']} run without any effect shows falls of {min(falls):.0%} to "
            f"{max(falls):.0%} over {counted(len(rows), 'structural choice')}, beside a reported fall of "
            f"{rows[0]['reported_fall']:.0%}.",
            f"python run.py reproduce {found['scheme']} --part regression",
        )
    ]


def uncertainty(answers: Answers) -> list[Check]:
    """What was moved to see how far the answer moves."""
    made = []
    if tornado := answers.get("tornado"):
        flips = [bar["label"] for bar in tornado["bars"] if bar["flips"]]
        said = f"preferred choice changes with: {', '.join(flips)}" if flips else "none changes the preferred choice"
        moved = f"{counted(len(tornado['bars']), 'input')} moved one at a time; {said}."
        made.append(Check(RUN, "Validation: operational, one input at a time", moved, "python run.py sweep --tornado"))
    if chances := answers.get("chances"):
        moved = f"{counted(chances['draws'], 'draw')} of everything uncertain. {chances['sentences'][0]}"
        made.append(Check(RUN, "Validation: operational, all inputs together", moved, "python run.py sweep --psa"))
    return made
