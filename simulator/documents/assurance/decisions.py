"""The decision log: the choices of this run, each with what its alternative gives, then the decisions of the program."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from simulator.charts.arms import comparator_of, headline_arm
from simulator.documents.assurance.logs import Answers, Document, Log, filled_in_by, log_of
from simulator.documents.assurance.readings import what_it_gives
from simulator.documents.assurance.structure import as_chosen
from simulator.documents.sections.summary import COSTINGS, COUNTINGS
from simulator.places import data_folder
from simulator.report.text import pounds

HEADINGS = (
    "Decision ID",
    "Decision name",
    "Date of decision",
    "Plain English description of decision",
    "Name of person or group signing off",
    "Role of person or group signing off",
    "Decision Status",
    "Date of last review or update",
    "Reviewed by",
    "Date of next review",
)
FOLDER = "docs/decisions"
COMMISSIONER, FINANCE, ANALYST = "the commissioner", "the finance lead", "the analyst"


class Choice(NamedTuple):
    """One choice of a run: what was chosen, what an alternative gives, and who would be expected to sign it off."""

    name: str
    title: str
    words: str
    who: str


class Decided(NamedTuple):
    """One decision record: number, title, when, what was decided, and its file."""

    number: str
    title: str
    date: str
    words: str
    file: str


def decision_log(answers: Answers) -> Log:
    """The log from a comparison and the decision records that are shipped with the program."""
    comparison = answers["comparison"]
    version = comparison["run"]["version"]
    rows = [choice_row(each) for each in choices_of(comparison)]
    rows += [record_row(each, version) for each in decision_records(data_folder(FOLDER))]
    return log_of("decisions", "Decision log", ABOUT, HEADINGS, rows)


ABOUT = (
    "The columns are those of the ONS analytical assurance template. R-: a choice made in this run, with what its "
    "alternative gives where this report's answers say so. D-: a decision about the program, from its decision "
    "records.",
    "Nobody has signed any of these off here. Names, dates and reviews that the program does not know are left for "
    "you; a role is the one that would usually be asked.",
)


def choice_row(each: Choice) -> list[str]:
    """A choice of this run."""
    return [
        f"R-{each.name}",
        each.title,
        filled_in_by(each.who),
        each.words,
        filled_in_by(each.who),
        f"{each.who.removeprefix('the ').capitalize()} (expected; to be confirmed)",
        "Made in this run; not signed off",
        *(filled_in_by(who) for who in (each.who, "the reviewer", each.who)),
    ]


def record_row(each: Decided, version: str) -> list[str]:
    """A decision about the program."""
    return [
        f"D-{each.number}",
        each.title,
        each.date or "not stated in the record",
        f"{each.words} In full: {FOLDER}/{each.file}.",
        filled_in_by("the assurer"),
        "The program's authors decided; the assurer of your organisation accepts (to be confirmed)",
        f"In force in version {version}; not signed off by your organisation",
        *(filled_in_by("the assurer") for _ in range(3)),
    ]


def choices_of(comparison: Document) -> list[Choice]:
    """The choices of a run that move its NPSV, and the values set by hand."""
    values = {row["name"]: row["value"] for row in comparison["inputs"]}
    return [
        Choice("comparator", "What every choice is set against", comparator_words(comparison), COMMISSIONER),
        Choice("horizon", "Years appraised", f"{comparison['horizon_years']} years from the start.", COMMISSIONER),
        Choice("effect", "Evidence for the effect", effect_words(comparison), COMMISSIONER),
        Choice("fit", "Rates of offending", fit_words(comparison), ANALYST),
        Choice("cost-table", "Unit costs of crime", table_words(comparison), FINANCE),
        Choice("costing", "How arrests, courts and custody are priced", reading_words(comparison, "costing"), FINANCE),
        Choice("counting", "Which crimes are counted", reading_words(comparison, "counting"), COMMISSIONER),
        Choice("prison-cost", "Price of a day in custody", prison_words(comparison, values), FINANCE),
        Choice("anticipation", "Costs in anticipation of crime", anticipation_words(values), FINANCE),
        Choice("discount-rate", "Discount rate", discount_words(comparison), FINANCE),
        Choice("price-base", "Price base", f"All pounds are in {comparison['price_base']} prices.", FINANCE),
        Choice("spells", "Spells of activity", spells_words(comparison, values), ANALYST),
        *(
            Choice(f"arm-{arm['name']}", f"Funding choice: {arm['title']}", arm["why"], COMMISSIONER)
            for arm in comparison["arms"]
            if arm["name"] != comparison["comparator"]
        ),
        *(
            Choice(f"set-{name}", "Value set by hand", f"{name} = {value}, in place of the scenario's own.", ANALYST)
            for name, value in comparison["run"]["overrides"].items()
        ),
    ]


def try_it(comparison: Document, option: str) -> str:
    """How to see an alternative that these answers do not hold."""
    return f"To see another: python run.py compare {comparison['scenario']} {option}."


def comparator_words(comparison: Document) -> str:
    """The comparator, and what it means."""
    base = comparator_of(comparison)
    return f"'{base['title']}': {base['why']} {try_it(comparison, '--comparator NAME')}"


def effect_words(comparison: Document) -> str:
    """The evidence object, its design, and the NPSV that rests on it."""
    arm = headline_arm(comparison)
    ratio = arm["effect"]["ratios"].get("occasions_ratio")
    said = f"{comparison['effect']} ({arm['effect']['design'].replace('_', ' ')})"
    if ratio:
        said += f": offending occasions times {ratio['value']:.2f}"
        said += f" ({ratio['low']:.2f} to {ratio['high']:.2f})" if ratio["low"] is not None else ""
    return f"{said}. {try_it(comparison, '--effect NAME')}"


def fit_words(comparison: Document) -> str:
    """Where the rates of offending come from."""
    fit = comparison["fit"]
    if not fit:
        return "Not fitted: the scenario's own values stand."
    return f"Fitted to {fit['report']} by its own protocol, {fit['protocol']} ({fit['where']}); made by `{fit['made_by']}`."


def table_words(comparison: Document) -> str:
    """The cost table, and whether another replaces it."""
    table = comparison["cost_table"]
    newer = {each["name"]: each["superseded_by"] for each in comparison["sources"]}.get(table)
    said = f"{table}, superseded by {newer}" if newer else table
    return f"{said}. {try_it(comparison, f'--cost-table {newer}' if newer else '--cost-table NAME')}"


def reading_words(comparison: Document, choice: str) -> str:
    """Costing or counting in words, and what the other gives."""
    words = (COSTINGS if choice == "costing" else COUNTINGS)[comparison[choice]]
    return f"{words} {what_it_gives(comparison, choice)}."


def prison_words(comparison: Document, values: Mapping[str, Any]) -> str:
    """The price of a day in custody."""
    price = values["appraisal.prison_cost"]
    return f"{price}. {try_it(comparison, '--set appraisal.prison_cost=marginal (or average, overall, step_fixed)')}"


def anticipation_words(values: Mapping[str, Any]) -> str:
    """Whether alarms and insurance are counted."""
    if values["appraisal.anticipation"] == "include":
        return "Included, as the cost table has them; a small change in crime may not sell fewer alarms."
    return "Left out: a small change in crime does not sell fewer alarms."


def discount_words(comparison: Document) -> str:
    """The rate, and the NPSV with harm to health at its own rate."""
    arm = headline_arm(comparison)
    here, there = arm["npsv_gbp"], arm["npsv_with_health_discounting_gbp"]
    return (
        f"{comparison['discount_rate']:.1%} a year, real, the first year not discounted. NPSV of '{arm['title']}' is "
        f"{pounds(here)}; with social costs at the Green Book's rate for health it is {pounds(there)}, a change of "
        f"{pounds(there - here)}."
    )


def spells_words(comparison: Document, values: Mapping[str, Any]) -> str:
    """Whether offending comes in spells."""
    on = values["population.spells"]
    other = try_it(comparison, f"--set population.spells={as_chosen(not on)}")
    return f"{'On: people are active or paused.' if on else 'Off: people are always active.'} {other}"


def decision_records(folder: Path) -> list[Decided]:
    """Every decision record of a folder, in order of number."""
    return [decided(path) for path in sorted(folder.glob("*.md"))]


def decided(path: Path) -> Decided:
    """One record, read from its file.

    Raises ValueError where the file has no numbered title.
    """
    text = path.read_text("utf-8")
    title = re.match(r"# \d+\. (.+)\n", text)
    if title is None:
        raise ValueError(f"{path.name}: the first line has to be '# NUMBER. TITLE'")
    date = re.search(r"^\*Decided\* (.+?)\.?$", text, re.M)
    body = text[(date.end() if date else title.end()) :].strip()
    return Decided(path.name[:4], title[1], date[1] if date else "", first_sentences(body), path.name)


def first_sentences(body: str) -> str:
    """The first paragraph, and those after it that open with what they are about, without marks, as whole sentences."""
    first, *rest = re.split(r"\n\s*\n", body)
    return " ".join(whole_sentences(each) for each in (first, *(each for each in rest if each.startswith("*"))))


def whole_sentences(paragraph: str) -> str:
    """A paragraph on one line without marks, up to the end of its last whole sentence."""
    plain = re.sub(r"[*`]", "", " ".join(paragraph.split()))
    whole = re.match(r".*[.!?](?=\s|$)", plain)
    return whole[0] if whole else plain
