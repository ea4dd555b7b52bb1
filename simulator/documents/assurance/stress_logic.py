"""STRESS-DES, what the rules say: states, clocks, entities, places and the line for them, in the model's own names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.charts.model_map import TITLE
from simulator.charts.transitions import STATES, TRANSITIONS, kind_of_clock
from simulator.documents.assurance.logs import Answers
from simulator.documents.assurance.structure import as_chosen
from simulator.model.person import Person
from simulator.model.states import DESELECTION_CODES, EVENTS, SELECTION_RULES
from simulator.report.text import counted, shown

RULE_WORDS = {
    "recent arrests": "the highest count of arrests first, each weighted by exp(−age / 1 year)",
    "first come": "the longest in line first",
    "referral": "by a position drawn once for each person, as if referred",
    "recent offences": "as recent arrests, each counted as often as it carries proven offences",
}
# Attributes of a person that a reader would ask for; the rest is bookkeeping of clocks and luck.
ATTRIBUTES = {
    "group": "row of the cohort table (area, cohort type, offence mix, statutory share)",
    "frailty": "how much more, or less, than the average this person offends, for life (gamma, mean 1)",
    "statutory": "whether on statutory supervision, for life",
    "referral": "position by referral, for life",
    "justice": "justice state",
    "scheme": "scheme state",
    "rag_stage": "calm months passed, from which RAG status is derived",
    "active": "spell of activity",
    "effect_started": "whether the effect is in force",
    "fading": "whether it is fading after the stay",
    "licence_until": "end of licence",
    "barred": "barred from selection after a sentence over five years, until release",
    "eligible_since": "in line since",
    "recent_arrests": "weighted count of arrests",
    "recent_offences": "the same, counted by offences",
    "severity": "tier of the latest occasion",
    "selected_at": "date of the latest selection",
    "code": "code of the latest deselection",
}


def value_of(answers: Answers, name: str) -> Any:
    """An input of the comparison by name; None where it has none of that name."""
    return next((row["value"] for row in answers["comparison"]["inputs"] if row["name"] == name), None)


def diagram(answers: Answers) -> str:
    """2.1: the parts of the state and every state in them."""
    parts = "; ".join(f"{part}: {', '.join(names)}" for part, names in STATES.items())
    return (
        f"See '{TITLE}', with a table of its {len(TRANSITIONS)} steps beneath. A person's state has {len(STATES)} "
        f"parts, which change side by side. {parts}. Deselection codes: {'; '.join(DESELECTION_CODES)}."
    )


def base_logic(answers: Answers) -> str:
    """2.2: how a life goes."""
    return (
        "At liberty and active, a person has offending occasions at a rate of their own; each ends in an arrest and "
        "carries one or more proven offences with types drawn from the offence mix. At the end of the arrest the "
        "disposal is custody, a community sentence or other; custody lasts the served share of a sentence drawn from "
        "bands, and release is on licence, with recall. The scheme gives its places to those first in line. While "
        "managed, and until the effect has faded after the stay, the programme's ratios act on the rate of "
        "occasions, offences for each occasion and the chance of custody. RAG status is derived: months at liberty "
        f"without arrest lead to GREEN after {month_words(answers, 'programme.green_months')}, to REACTIVE MANAGEMENT "
        f"after {month_words(answers, 'programme.reactive_management_after_months')} more, and after "
        f"{month_words(answers, 'programme.assessment_months')} more to deselection. Money is counted afterwards, "
        "from what happened."
    )


def month_words(answers: Answers, name: str) -> str:
    """A number of months as the scenario has it."""
    value = value_of(answers, name)
    return f"{as_chosen(value)} month{'' if value == 1.0 else 's'}"


def algorithms(answers: Answers) -> str:
    """2.4: clocks, draws of offences and sentences, ranks."""
    return (
        "Two kinds of clock and no other. A hazard clock holds a budget (a unit exponential), the hazard now in "
        "force and since when; it rings when the budget is used up, and only a changed hazard moves it: "
        f"{events_of('hazard clock')}. A fixed clock holds a date: {events_of('fixed clock')}. Done to a person by "
        f"the scheme: {events_of('done by the scheme')}. Dates are rounded to 2^-30 year. Offences on an occasion are "
        "geometric. A sentence is uniform within a band drawn by the bands' shares. Fitting of rates is in 3.2, "
        "random numbers are in 5.2."
    )


def events_of(kind: str) -> str:
    """Names of the events of one kind, as the code has them."""
    return "; ".join(words for number, words in enumerate(EVENTS) if kind_of_clock(number) == kind)


def entities(answers: Answers) -> str:
    """2.5.1: people and what is known of them."""
    known = [f"{name} ({words})" for name, words in ATTRIBUTES.items() if name in Person.__annotations__]
    groups = [row for row in answers["comparison"]["inputs"] if row["name"].endswith(".people")]
    pool = value_of(answers, "population.pool_per_place")
    return (
        f"One kind: a prolific offender. The pool has {shown(pool)} people for each of "
        f"{sum(row['value'] for row in groups):,.0f} published places, in {counted(len(groups), 'row')} of the cohort "
        f"table. Attributes: {'; '.join(known)}."
    )


def activities(answers: Answers) -> str:
    """2.5.2: every event, with the steps that it makes."""
    said = (f"{words[0].upper()}{words[1:]}: {'; '.join(steps_of(number))}." for number, words in enumerate(EVENTS))
    return " ".join(said)


def steps_of(event: int) -> Sequence[str]:
    """The parts of the state that an event changes, with the states it may lead to."""
    parts: dict[str, list[str]] = {}
    for each in TRANSITIONS:
        if event in each.events:
            parts.setdefault(each.part, []).append(each.after)
    return [f"{part} to {' or '.join(dict.fromkeys(after))}" for part, after in parts.items()]


def resources(answers: Answers) -> str:
    """2.5.3: places."""
    given = {
        name: value_of(answers, name)
        for name in (
            "programme.places",
            "programme.offender_managers",
            "programme.caseload",
            "programme.yearly_budget_gbp",
        )
    }
    stated = "; ".join(f"{name} = {as_chosen(value)}" for name, value in given.items() if value is not None)
    return (
        "One kind: places, each held by one managed person. Their number is given directly, or as offender managers "
        f"times caseload, or as a yearly budget over the cost of a place, rounded down ({stated}). Each funding "
        "choice may change it (2.3). Police, courts and prisons have no limits: their costs follow from what happens."
    )


def queues(answers: Answers) -> str:
    """2.5.4: the line for a free place."""
    rule = value_of(answers, "programme.selection_rule")
    first = "by cohort priority, then " if value_of(answers, "programme.by_priority") else ""
    again = (
        "may come back into the line at the next arrest"
        if value_of(answers, "programme.reselection")
        else "do not return"
    )
    others = ", ".join(name for name in SELECTION_RULES if name != rule)
    return (
        f"One line for free places, without limit. Discipline here: {first}{rule}: {RULE_WORDS[str(rule)]}; ties by "
        f"waiting time, then number (other rules: {others}). In line: in the pool or deselected with an arrest on "
        "record, not barred, not gone. Custody neither bars nor ends a stay, but for a sentence over five years. No "
        f"balking; people leave the line by leaving the area. The deselected {again}. Places without anybody in line "
        "stay empty."
    )


def entry_and_exit(answers: Answers) -> str:
    """2.5.5: who comes and goes."""
    arrivals = value_of(answers, "population.arrivals_per_year")
    come = (
        f"a Poisson stream from t = 0, {shown(arrivals)} a year for each person in the pool"
        if arrivals
        else "the pool is closed: nobody arrives after the start"
    )
    return (
        f"Entry: everybody in the pool is there at the start of history; {come}. Exit: people move away (at liberty "
        "only), die or are deported, and never return. Others are in the model until the horizon."
    )


def random_sampling(answers: Answers) -> str:
    """5.2: luck, and how it is shared."""
    return (
        "Threefry2x64 with 20 rounds (Salmon and others 2011), a counter-based generator: each draw is a function of "
        "seed, replication, person, purpose and occasion, and of nothing else. Key: seed and replication; counter: "
        "person and purpose, occasion and item. So funding choices share luck person by person (common random "
        "numbers), whatever happens to others, and neither the order of events nor the number of workers changes a "
        f"bit. Seed {answers['comparison']['seed']}; replications are numbered from 0."
    )
