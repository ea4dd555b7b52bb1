"""What would change a decision, in plain sentences and as tables for the terminal."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from simulator.appraisal.intervals import student_t
from simulator.rates import Z_95
from simulator.report.mark_words import explained, under
from simulator.report.text import counted, listed, pounds, table, wrapped
from simulator.uncertainty.inputs import GROUPS, MIXES

# What an input is, where its name alone does not say it.
MEANT = {
    "effect.occasions_ratio": "offending occasions under the programme are multiplied by",
    "effect.offences_per_occasion_ratio": "offences beyond the first of an occasion are multiplied by",
    "effect.custody_ratio": "chances of custody under the programme are multiplied by",
    "effect.detection_ratio": "detection under the programme is multiplied by",
}
MOST_SAID = 5  # switching values in sentences; the table has all
MOST_NEAR = 3  # pairs named beside the nearest
Document = Mapping[str, Any]
Line = Mapping[str, Any]


def figure(value: float, unit: str = "") -> str:
    """A value as a person reads it, with its unit where that is money."""
    if unit.startswith("gbp"):
        return f"£{value:,.2f}" if 0.0 < abs(value) < 100.0 else f"£{value:,.0f}"
    return (f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.3g}").replace("-", "−")


def apart(value: float, other: float, unit: str) -> str:
    """A value with as many digits as it takes to tell it from another."""
    shown = figure(value, unit)
    for digits in range(4, 9):
        if shown != figure(other, unit):
            break
        shown = f"{value:.{digits}g}".replace("-", "−")
        if shown != f"{other:.{digits}g}":
            break
    return shown


def condition(each: Line, value: float) -> str:
    """An input at a value or beyond it, seen from where it is now."""
    name, unit = str(each["name"]), str(each["unit"])
    beyond = "or less" if each["end"] < each["now"] else "or more"
    if name.startswith(MIXES):
        kind = "cheaper" if each["end"] < each["now"] else "dearer"
        return f"{name} goes {abs(value):.0%} or more of the way to its {kind} mix"
    return (
        f"{MEANT.get(name, f'{name} is')} {apart(value, each['now'], unit)} {beyond} (now {figure(each['now'], unit)})"
    )


def titles(document: Document) -> dict[str, str]:
    """Titles of the arms, in quotation marks, by name."""
    return {arm["name"]: f"'{arm['title']}'" for arm in document["arms"]}


def half_width(document: Document, error: float) -> float:
    """Half-width of the 95% interval that luck leaves, by Student t of the replications, as `compare` has it."""
    return student_t(document["replications"] - 1) * error


def noise(document: Document, error: float) -> str:
    """The same in words."""
    return f"± {pounds(half_width(document, error))} of simulation noise"


def chance(share: float, draws: int) -> str:
    """A chance counted over draws, and how far luck of the draws may move it: half of Wilson's (1927) 95% interval."""
    spread = share * (1.0 - share) / draws + Z_95**2 / (4.0 * draws**2)
    return f"{share:.0%} (±{Z_95 * math.sqrt(spread) / (1.0 + Z_95**2 / draws):.0%})"


def sentences_of(document: Document) -> list[str]:
    """The answer in plain sentences."""
    return [
        *lead_sentences(document),
        *single_sentences(document),
        rest_sentence(document),
        pair_sentence(document),
        *draw_sentences(document),
    ]


def lead_sentences(document: Document) -> list[str]:
    """Who is preferred, by how much, and whether that is more than luck."""
    lead, title = document["lead"], titles(document)
    said = [
        f"Preferred: {title[document['preferred']]}, ahead of {title[lead['rival']]} by {pounds(lead['lead_gbp'])} of NPSV "
        f"({noise(document, lead['standard_error'])})."
    ]
    if not lead["clear"]:
        said.append(
            "That lead is within simulation noise: with more replications (-n) another may come first. Read what follows "
            "as a sketch."
        )
    return said


def single_sentences(document: Document) -> list[str]:
    """The nearest switching values, and how many more there are; those that luck may have made are only counted."""
    clear = [each for each in document["singles"] if each["at_end"]["clear"]]
    said = [single_sentence(document, each) for each in clear[:MOST_SAID]]
    if len(clear) > MOST_SAID:
        said.append(f"{len(clear) - MOST_SAID} more ends of ranges change it farther along the way: see the table.")
    doubtful = len(document["singles"]) - len(clear)
    if doubtful:
        said.append(
            f"At {doubtful} more {'end' if doubtful == 1 else 'ends'} of ranges another choice comes first by less than "
            "simulation noise (~ in the table): raise -n to tell."
        )
    return said


def single_sentence(document: Document, each: Line) -> str:
    """Where one input changes the decision."""
    title, beyond_it = titles(document), each["chance_beyond"]
    likely = "" if beyond_it is None else f"; by the evidence, values beyond that have a chance of {beyond_it:.0%}"
    end, now_tied = each["at_end"], each["there"]["rival"]
    beyond = f"{title[now_tied]} is then level with {title[document['preferred']]}"
    if end["preferred"] != now_tied:
        beyond += f", and {title[end['preferred']]} is preferred at the end of the range"
    return (
        f"The decision changes if {condition(each, each['value'])}: {beyond}. That is {each['share_of_the_way']:.0%} of the "
        f"way to the end of its range ({figure(each['end'], each['unit'])}){likely}."
    )


def rest_sentence(document: Document) -> str:
    """The inputs that change nothing within their ranges, and which comes nearest."""
    moving = {each["name"] for each in document["singles"]}
    rest = [end for end in document["ends"] if end["name"] not in moving]
    if not rest:
        return "Every uncertain input changes the decision somewhere in its range."
    names = dict.fromkeys(end["name"] for end in rest)
    groups = Counter({end["name"]: end["group"] for end in rest}.values())
    kinds = "; ".join(f"{GROUPS[group]}: {number}" for group, number in groups.items())
    nearest = min(rest, key=lambda end: float(end["lead_gbp"]))
    first = "No single input changes the decision within its range" if not moving else "No other input does by itself"
    return (
        f"{first}: {len(names)} were moved to both ends ({kinds}). Nearest comes {nearest['name']} at "
        f"{figure(nearest['end'], nearest['unit'])}, which leaves a lead of {pounds(nearest['lead_gbp'])}."
    )


def pair_sentence(document: Document) -> str:
    """The smallest equal step of two inputs, and the pairs that need no clearly larger one."""
    pair, looked = document["pair"], document["pairs_looked_at"]
    among = f"of the pairs of the {looked['inputs']} inputs that cost the lead most"
    if pair is None:
        return f"Two at once: {among}, none changes the decision even with both at the ends of their ranges."
    title = titles(document)
    said = listed([condition(each, each["value"]) for each in pair["inputs"]])
    luck = half_width(document, pair["share_standard_error"])
    way = f"{pair['share_of_the_way']:.0%} (± {luck:.0%}) of the way to their ends"
    level = f"{title[pair['there']['rival']]} is then level with {title[document['preferred']]}."
    doubt = (
        "" if pair["at_end"]["clear"] else " Even at their ends the difference is within simulation noise: raise -n."
    )
    others = [names_of(each) for each in document["pairs_as_near"]]
    more = [f"{len(others) - MOST_NEAR} more"] if len(others) > MOST_NEAR else []
    near = f" As near, within simulation noise: {'; '.join([*others[:MOST_NEAR], *more])}." if others else ""
    return f"Two at once, {among}, each moved as far: the decision changes at {way}, if {said}. {level}{doubt}{near}"


def names_of(pair: Line) -> str:
    """The two inputs of a pair."""
    return listed([f"{each['name']} {figure(each['value'], each['unit'])}" for each in pair["inputs"]])


def draw_sentences(document: Document) -> list[str]:
    """Draws of everything at once, and the commonest pair among those with another arm preferred."""
    drawn, title = document["draws"], titles(document)
    if not drawn["draws"]:
        return []
    others = [
        f"{title[arm]} in {chance(share, drawn['draws'])}"
        for arm, share in drawn["preferred"].items()
        if arm != document["preferred"]
    ]
    first = f"With everything uncertain drawn at once ({counted(drawn['draws'], 'draw')}), "
    if not others:
        return [f"{first}{title[document['preferred']]} is preferred in every one."]
    another = chance(drawn["another_preferred"], drawn["draws"])
    said = [f"{first}another is preferred in {another} of them: {listed(others)}."]
    common = drawn["commonest_pair"]
    if common is None:
        return [
            *said,
            "Too few of them, or too unlike each other, to name the commonest pair of inputs: raise --draws.",
        ]
    if not common["stands_out"]:
        return [
            *said,
            "No pair of inputs stands out: where the likeliest two hold, it is hardly more often than anywhere.",
        ]
    both = listed([half(each) for each in common["conditions"]])
    return [
        *said,
        f"The commonest pair behind these: {both}. Where both hold, another is preferred in "
        f"{chance(common['density'], common['draws_under_both'])} of draws ({common['overall']:.0%} of all), "
        f"and {common['coverage']:.0%} of draws with another preferred lie there.",
    ]


def half(each: Line) -> str:
    """A condition: an input in one half of its draws."""
    if str(each["name"]).startswith(MIXES):
        return f"{each['name']} in its {'dearer' if each['above'] else 'cheaper'} half"
    return f"{each['name']} {'above' if each['above'] else 'below'} {figure(each['median'], each['unit'])}"


SINGLE_HEADINGS = ("Input", "Now", "Switches at", "±", "End of range", "Way", "Chance beyond", "Level with")


def single_cells(document: Document, each: Line) -> list[str]:
    """One line of the table of switching values."""
    beyond = each["chance_beyond"]
    return [
        each["name"],
        figure(each["now"], each["unit"]),
        apart(each["value"], each["now"], each["unit"]),
        figure(half_width(document, each["value_standard_error"]), each["unit"]),
        figure(each["end"], each["unit"]),
        ("" if each["at_end"]["clear"] else "~ ") + f"{each['share_of_the_way']:.0%}",
        "–" if beyond is None else f"{beyond:.0%}",
        titles(document)[each["there"]["rival"]].strip("'"),
    ]


def arm_cells(document: Document, arm: Line) -> list[str]:
    """One line of the table of arms."""
    return [arm["title"], pounds(arm["npsv_gbp"]), pounds(half_width(document, arm["standard_error"]))]


def near_misses(document: Document, most: int = 6) -> Sequence[Line]:
    """The ends that leave the smallest lead without changing the decision."""
    left = [end for end in document["ends"] if end["preferred"] == document["preferred"]]
    return sorted(left, key=lambda end: float(end["lead_gbp"]))[:most]


NOTE = (
    "±: 95% half-width of simulation noise, which more replications narrow, and beside a chance of the luck of the draws; "
    "~: within noise even at the end of the range. "
    "Every row has the same luck. What changes the decision in the middle of a range and not at its end is not found. "
    "Moving one input at a time leaves rates that were fitted together at odds with the report: read those rows as how "
    "much matters. A chance by the evidence is of the input's own 95% interval; a range that is a judgement has none. The "
    "commonest pair is chosen among the inputs that move the lead most, by coverage times density, on every other draw; "
    "its figures are of the draws between."
)


def decision_text(document: Document) -> str:
    """The whole answer for the terminal."""
    heading = (
        f"What would change the decision? {document['title']}, {document['horizon_years']} years, against "
        f"{titles(document)[document['comparator']]}\nPresent value in {document['price_base']} prices "
        f"({document['cost_table']}), {document['costing']} costing.\n"
        f"Effect: {document['effect']}. {counted(document['replications'], 'replication')}, seed {document['seed']}."
    )
    said = [*([explained(document)] if document.get("marks") else []), "", *document["sentences"]]
    parts = ["\n".join([heading, *(wrapped(each, "") for each in said)])]
    net = under("NPSV", document, "npsv_gbp")
    parts.append(table(("Funding choice", net, "Noise ±"), [arm_cells(document, arm) for arm in document["arms"]]))
    if document["singles"]:
        parts.append(table(SINGLE_HEADINGS, [single_cells(document, each) for each in document["singles"]]))
    misses = [
        [
            end["name"],
            figure(end["now"], end["unit"]),
            figure(end["end"], end["unit"]),
            pounds(end["lead_gbp"]),
            titles(document)[end["rival"]].strip("'"),
        ]
        for end in near_misses(document)
    ]
    if misses:
        parts.append(
            "Nearest of those that do not change it:\n"
            + table(("Input", "Now", "End", under("Lead left", document, "npsv_gbp"), "Over"), misses)
        )
    warnings = [wrapped(each) for each in document["warnings"]]
    return "\n\n".join([*parts, wrapped(NOTE, ""), "\n".join(["Before you quote a figure:", *warnings])])
