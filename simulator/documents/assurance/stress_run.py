"""STRESS-DES, what this report says: aims, choices, data, initial state, replications, software, from the answers alone."""

from __future__ import annotations

from collections import Counter

from simulator.charts.arms import comparator_of
from simulator.documents.assurance.grouping import assumptions_of
from simulator.documents.assurance.logs import Answers, Document, filled_in_by
from simulator.documents.assurance.stress_logic import value_of
from simulator.documents.assurance.structure import STRUCTURE, as_chosen
from simulator.documents.sections.inputs import command
from simulator.documents.sections.summary import COSTINGS, COUNTINGS
from simulator.report.named import plain_of
from simulator.report.text import counted, drawn_in_words, listed

INPUT_GROUPS = {
    "costs": "what the scheme costs, as the scenario states it",
    "population": "how people offend, come and go",
    "programme": "places, selection, deselection, start and what the scheme costs",
    "appraisal": "horizon, prices, counting and discounting",
    "effect": "ratios of the programme's effect",
    "fit": "which fit the rates come from",
    "arms": "what each funding choice changes",
    "cohort": "people by row of the cohort table",
    "offence_mixes": "shares of offence types",
    "sentence_bands": "lengths of custodial sentences",
    "offence_types": "severity tiers",
    "justice": "costs of arrests, courts, custody and supervision",
    "deflators": "price index",
}
CRIME_COSTS = "unit costs of crime and crimes per recorded crime"
EXPERIMENTS = {
    "tornado": "each uncertain input at both ends of its range",
    "chances": "draws of everything uncertain",
    "funding": "numbers of places from none upwards",
    "decision": "where the preferred choice would change",
    "difference": "the difference of two choices taken apart by cause",
    "regression": "the report's own protocol without any effect",
}


def purpose(answers: Answers) -> str:
    """1.1."""
    comparison = answers["comparison"]
    return (
        "To set ways of funding an Integrated Offender Management scheme against each other: what happens to the "
        "same people under each, what it costs and what it is worth, by agency and year. In this report: "
        f"{comparison['title']}, each choice against '{comparator_of(comparison)['title']}', over "
        f"{counted(comparison['horizon_years'], 'year')}."
    )


def outputs(answers: Answers) -> str:
    """1.2."""
    comparison = answers["comparison"]
    return (
        "By funding choice, year and agency, against the comparator: proven reoffences, crimes, arrests, days in "
        "custody, people with a proven reoffence, person-years managed, deselections by code; programme cost, benefit, net "
        "present social value (NPSV = benefit − programme cost) and benefit per £1 (mean benefit / mean cost), at "
        f"present value in {comparison['price_base']} prices at {comparison['discount_rate']:.1%}. "
        f"{COSTINGS[comparison['costing']]} {COUNTINGS[comparison['counting']]} Errors: a simulation interval "
        "(replications; Student t, Fieller for ratios) and an interval of the inputs drawn, never one for the other."
    )


def aims(answers: Answers) -> str:
    """1.3."""
    arms = "; ".join(f"'{arm['title']}': {arm['why'].rstrip('.')}" for arm in answers["comparison"]["arms"])
    made = [words for name, words in EXPERIMENTS.items() if answers.get(name)]
    design = f"Besides: {'; '.join(made)}. " if made else ""
    return f"Scenario analysis of funding choices. {arms}. {design}Nothing is optimised."


def scenario_logic(answers: Answers) -> str:
    """2.3: what each arm changes."""
    comparison = answers["comparison"]
    changes: dict[str, list[str]] = {arm["name"]: [] for arm in comparison["arms"]}
    for row in comparison["inputs"]:
        _, arm, name = [*row["name"].split(".", 2), "", ""][:3]
        if row["name"].startswith("arms.") and arm in changes:
            changes[arm].append(f"{name} = {as_chosen(row['value'])}")
    said = "; ".join(f"'{arm['title']}': {listed(changes[arm['name']]) or 'nothing'}" for arm in comparison["arms"])
    same = "All choices share people, history and luck; a choice changes the programme only, from t = 0."
    return f"{same} What each changes: {said}."


def data_sources(answers: Answers) -> str:
    """3.1."""
    comparison = answers["comparison"]
    uses = Counter(row["source"] for row in comparison["inputs"] if row["source"])
    said = "; ".join(
        f"{each['title']} ({each['publisher']}, {each['date']}): {counted(uses[each['name']], 'value')}"
        for each in comparison["sources"]
    )
    return f"Published reports and cost tables only; no records of persons. {said}. Details: data log."


def pre_processing(answers: Answers) -> str:
    """3.2."""
    comparison = answers["comparison"]
    fit = comparison["fit"]
    derived = sum(row["standing"] == "derived" for row in comparison["inputs"])
    fitted = (
        f"Rates fitted to {fit['report']} by simulating its own protocol ({fit['made_by']}): "
        f"{', '.join(fit['rates'])}. "
        if fit and fit["rates"]
        else "No rates are fitted. "
    )
    return (
        f"{fitted}Prices of other years are brought to {comparison['price_base']} by the GDP deflator. "
        f"{counted(derived, 'value')} are derived from others, offence types that a cost table lacks from another "
        "edition among them; each says how."
    )


def input_parameters(answers: Answers) -> str:
    """3.3: every group of inputs, and how they are drawn."""
    comparison = answers["comparison"]
    groups = Counter(row["name"].partition(".")[0] for row in comparison["inputs"])
    said = "; ".join(f"{name}: {group_words(name, comparison)} ({number})" for name, number in groups.items())
    drawn = drawn_in_words(comparison["drawn_inputs"])
    held = f"Drawn for the intervals of this report: {drawn}. " if drawn else "No input is drawn for intervals. "
    return (
        f"{counted(len(comparison['inputs']), 'value')}, each with unit, range, source and standing in this report's "
        f"table of inputs. Groups: {said}. {held}Waiting times are exponential under the hazard in force, frailty is "
        "gamma, offences on an occasion geometric, types and bands by their shares. In sweeps: intervals of studies "
        "and fits lognormal, other ranges triangular, offence mixes Dirichlet."
    )


def group_words(name: str, comparison: Document) -> str:
    """A group of inputs in words; prices of crime stand under the name of their table.

    Raises KeyError for a group that nobody has put into words.
    """
    return CRIME_COSTS if name == comparison["cost_table"] else INPUT_GROUPS[name]


def assumptions(answers: Answers) -> str:
    """3.4."""
    comparison = answers["comparison"]
    values = sum(
        any(row["standing"] in ("assumed", "unverified") for row in each.rows) for each in assumptions_of(comparison)
    )
    named = " ".join(each.words for each in STRUCTURE)
    besides = f"Besides, {counted(values, 'input')} or groups of inputs are assumed or unverified"
    return f"{named} {besides}; all are in the assumptions log."


def initialisation(answers: Answers) -> str:
    """4.1."""
    years, start = (value_of(answers, name) for name in ("population.history_years", "programme.start_year"))
    running = (
        f"The scheme has run since {as_chosen(-start)} years before t = 0 in the history of all choices. "
        if start < 0.0
        else "The scheme starts no earlier than the appraisal. "
    )
    return (
        f"Terminating. Every replication starts {as_chosen(years)} years before t = 0 with everybody at liberty and "
        "nobody managed, active or paused by the long-run share of time; that history is simulated, shared by all "
        f"choices and not counted. {running}So the state at t = 0 is an outcome and stochastic. The length of that "
        "history is a choice; no warm-up method set it."
    )


def run_length(answers: Answers) -> str:
    """4.2."""
    years = answers["comparison"]["horizon_years"]
    return f"{counted(years, 'year')} from t = 0. Time in years; days are 1/365.25 and months 1/12 of a year."


def estimation(answers: Answers) -> str:
    """4.3."""
    comparison = answers["comparison"]
    again = (
        "each replication is run once more with inputs drawn" if comparison["drawn_inputs"] else "no inputs were drawn"
    )
    return (
        f"{counted(comparison['replications'], 'independent replication')} of each choice, with common random numbers "
        "between choices; means, and Student t on paired differences. The number was chosen by whoever ran it "
        "(--replications, or --precision for replications until the noise is small enough). For intervals of the "
        f"inputs {again}."
    )


def software(answers: Answers) -> str:
    """5.1."""
    run = answers["comparison"]["run"]
    packages = ", ".join(f"{name} {version}" for name, version in run["packages"].items())
    system = "The operating system is not recorded; answers do not depend on it."
    return f"IOM simulator {run['version']}, Python {run['python']}, {packages}. {system}"


def execution(answers: Answers) -> str:
    """5.3."""
    engine = answers["comparison"]["run"]["engine"]
    return (
        "Process interaction on SimPy, one process for each person (the readable reference), or next-event "
        f"scheduling in a compiled loop; both call the same rules and give the same bits. This report: {engine}. At "
        "one instant events of persons come first, by kind and number, then the scheme's own dates, then free places "
        "are filled, once. Replications run in parallel over threads or processes, or on a cluster; the number of "
        "workers changes no bit."
    )


def system(answers: Answers) -> str:
    """5.4."""
    return (
        "Any computer that runs Python 3.11 or later. Hardware and run time are not kept with the answers "
        f"(python run.py bench measures them): {filled_in_by('the analyst').lower()}."
    )


def sharing(answers: Answers) -> str:
    """6.1."""
    comparison = answers["comparison"]
    record = comparison["run"]
    again = command({**comparison, "replications": plain_of(comparison["replications"])})
    return (
        f"IOM simulator {record['version']}, MIT licence, tables under the Open Government Licence where their source "
        f"says so. `{again}` gives the comparison again, digest {record['digest']} (scenario "
        f"{record['scenario_digest']}, data {record['data_digest']}). Where the copy used is kept: "
        f"{filled_in_by('the analyst').lower()}."
    )
