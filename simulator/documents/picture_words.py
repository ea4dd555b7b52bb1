"""What each figure shows, in a sentence or two: the message above it and the beginning of its text alternative."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from simulator.charts.agencies import CAPACITY, CASHABLE, NO_BUDGET, agency_rows, part_of
from simulator.charts.arms import agency_name, comparator_of, compared_arms, headline_arm
from simulator.charts.balance import balance_words
from simulator.charts.occupancy import custody_words
from simulator.report import difference_words, funding_words, verdicts
from simulator.report.sweeps import chances_words, tornado, worths
from simulator.report.text import listed, number, pounds

Answers = Mapping[str, Any]
Row = Mapping[str, Any]

# A benefit in words that say whether a budget falls.
KINDS = {
    CASHABLE: "cashable",
    CAPACITY: "capacity released, not cashable",
    NO_BUDGET: "in nobody's budget, not cashable",
}


def message_of(name: str, answers: Answers) -> str:
    """The message of a figure, by its name."""
    return MESSAGES[kind_of(name)](name, answers)


def kind_of(name: str) -> str:
    """The name that messages and tables go by: there is a waterfall for each table of causes."""
    return "waterfall" if name.startswith("waterfall-") else name


def npsv(_: str, answers: Answers) -> str:
    """Where the intervals of the arms lie."""
    found: dict[str, list[str]] = {}
    for arm in compared_arms(answers["comparison"]):
        found.setdefault(verdicts.position(arm["npsv_interval"]), []).append(f"'{arm['title']}'")
    return " ".join(POSITIONS[where].format(listed(arms)) for where, arms in found.items())


POSITIONS = {
    verdicts.BELOW: "All of the 95% interval is below zero, so on these inputs worth less than it costs: {}.",
    verdicts.ABOVE: "All of the 95% interval is above zero, so on these inputs worth more than it costs: {}.",
    verdicts.HOLDS_ZERO: "The 95% interval holds zero, so it may be a gain or a loss: {}.",
    verdicts.UNKNOWN: "Without an interval, since no input was drawn, or fewer than twice: {}.",
}


def by_agency(_: str, answers: Answers) -> str:
    """Who bears most of the cost, and to whom most of the benefit goes."""
    arm = headline_arm(answers["comparison"])
    payer = max(arm["by_agency"], key=lambda row: float(row["programme_cost_gbp"]))
    gainer = max(arm["by_agency"], key=lambda row: float(row["benefit_gbp"]))
    said = []
    if payer["programme_cost_gbp"] > 0.0:
        said.append(
            f"{agency_name(payer['agency'])} bears most of the additional programme cost, "
            f"{pounds(payer['programme_cost_gbp'])} of {pounds(arm['programme_cost_gbp'])}."
        )
    if gainer["benefit_gbp"] > 0.0:
        kind = kind_words(row for row in agency_rows(answers["comparison"]) if row["agency"] == gainer["agency"])
        said.append(
            f"The largest benefit, {pounds(gainer['benefit_gbp'])}{kind}, falls to {agency_name(gainer['agency'])}."
        )
    return " ".join(said) or f"'{arm['title']}' costs no agency more than the comparator and benefits none."


def kind_words(rows: Iterable[Row]) -> str:
    """Whether the benefit in some rows is cashable; nothing where the rows do not say."""
    parts = {part_of(row) for row in rows if row["benefit_gbp"]}
    words = [KINDS[part] for part in KINDS if part in parts]
    return f" ({'; '.join(words)})" if words else ""


def agency_years(_: str, answers: Answers) -> str:
    """Costs and benefits in the first and the last year."""
    arm = headline_arm(answers["comparison"])
    first, last = arm["by_year"][0], arm["by_year"][-1]
    words = [year_words(row) for row in ((first,) if first is last else (first, last))]
    return f"'{arm['title']}', all agencies together: {listed(words)}; the panels say whose they are."


def year_words(row: Row) -> str:
    """Cost and benefit of a year."""
    return (
        f"{pounds(row['programme_cost_gbp'])} of cost and {pounds(row['benefit_gbp'])} of benefit in year {row['year']}"
    )


def by_kind(_: str, answers: Answers) -> str:
    """How much could lower a budget."""
    arm = headline_arm(answers["comparison"])
    return " ".join(verdicts.cashable_sentence(arm)) or f"'{arm['title']}' has no benefit in the mean of the runs."


def balance(_: str, answers: Answers) -> str:
    """The deepest point and payback."""
    return balance_words(headline_arm(answers["comparison"]), pounds)


def offences(_: str, answers: Answers) -> str:
    """Proven offences and days in custody over the horizon."""
    document = answers["comparison"]
    return verdicts.counts_sentence(document, headline_arm(document), comparator_of(document))


def occupancy(_: str, answers: Answers) -> str:
    """People in custody on average."""
    return custody_words(answers["whereabouts"])


def lives(_: str, answers: Answers) -> str:
    """How many of the people shown are arrested less, as often, or more under the arm."""
    document = answers["whereabouts"]
    arm, other = document["arms"]
    pairs = [[int(life["arrests"]) for life in person["arms"]] for person in document["lives"]["people"]]
    fewer, same, more = (sum(sign == (mine > base) - (mine < base) for mine, base in pairs) for sign in (-1, 0, 1))
    return (
        f"Under '{arm['title']}', of {len(pairs)} people shown {fewer} are arrested less often than under "
        f"'{other['title']}', {same} as often and {more} more often: what a scheme changes is seen over many people, "
        "hardly in single lives."
    )


def funding(_: str, answers: Answers) -> str:
    """Which number of places has the highest NPSV."""
    return funding_words.as_a_whole(answers["funding"])


def next_pound(_: str, answers: Answers) -> str:
    """Where the next pound stops paying for itself."""
    return funding_words.where(answers["funding"])


def tornado_words(_: str, answers: Answers) -> str:
    """What would flip the decision, moved alone."""
    return " ".join(tornado.sentences_of(answers["tornado"]))


def pays_back(_: str, answers: Answers) -> str:
    """How often the arm pays back, and what is lost where it does not."""
    document = answers["chances"]
    return chances_words.pays_back(chosen_arm(document), document)


def chosen_arm(document: Row) -> Row:
    """The arm that an answer is about."""
    found: Row = next(arm for arm in document["arms"] if arm["name"] == document["arm"])
    return found


def by_value(_: str, answers: Answers) -> str:
    """Which arm has the highest mean at which added value."""
    return chances_words.chosen_words(answers["chances"]["by_value"])


def by_cost(_: str, answers: Answers) -> str:
    """At which cost paying back is as likely as not."""
    curve = answers["chances"]["by_cost"]["by_arm"]
    arm = next((each for each in curve if each["name"] == answers["chances"]["arm"]), curve[0])
    even = chances_words.even_words(arm)
    return f"'{arm['title']}' is as likely as not to pay back at this cost, as a share of its own: {even}."


def plane(_: str, answers: Answers) -> str:
    """Mean offences prevented and cost, with 95% of the draws."""
    arm = answers["chances"]["plane"]["by_arm"][0]
    low, high = arm["reoffences_prevented_interval"]
    spread = "on both sides of zero" if low < 0.0 < high else "all on one side of zero"
    return (
        f"'{arm['title']}' prevents {number(arm['mean_reoffences_prevented'])} proven reoffences on average for "
        f"{pounds(arm['mean_programme_cost_gbp'])}; 95% of the draws lie between {number(low)} and {number(high)}, {spread}."
    )


def worth(_: str, answers: Answers) -> str:
    """What finding out everything is worth."""
    return worths.worths_sentences(answers["chances"]["worths"])[0]


def study(_: str, answers: Answers) -> str:
    """What the next study is worth by its size."""
    return " ".join(worths.studies_words(answers["chances"]["worths"]["studies"]))


def waterfall(_: str, answers: Answers) -> str:
    """What the causes come to."""
    return difference_words.sentences_of(answers["difference"])[-1]


MESSAGES: Mapping[str, Callable[[str, Answers], str]] = {
    "npsv-by-arm": npsv,
    "psa-npsv": pays_back,
    "psa-by-value": by_value,
    "psa-by-cost": by_cost,
    "psa-plane": plane,
    "psa-worth": worth,
    "psa-study": study,
    "funding-npsv": funding,
    "funding-next-pound": next_pound,
    "by-agency": by_agency,
    "agency-years": agency_years,
    "by-kind": by_kind,
    "cumulative-value": balance,
    "occupancy": occupancy,
    "lives": lives,
    "proven-offences": offences,
    "waterfall": waterfall,
    "tornado": tornado_words,
}
