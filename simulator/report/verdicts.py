"""What a comparison lets one say, and what it does not, in the manner of the Justice Data Lab's reports."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from simulator.charts.figures import comparator_of, headline_arm
from simulator.report import text
from simulator.report.named import as_printed

Document = Mapping[str, Any]

BELOW, ABOVE, HOLDS_ZERO, UNKNOWN = "below zero", "above zero", "holds zero", "no interval"
FEW_REPLICATIONS = 100


def position(interval: Sequence[float] | None) -> str:
    """Where an interval lies; an end at zero counts as holding it."""
    if interval is None:
        return UNKNOWN
    low, high = interval
    if low > 0.0:
        return ABOVE
    return BELOW if high < 0.0 else HOLDS_ZERO


def years(document: Document) -> str:
    """The horizon in words."""
    number = document["horizon_years"]
    return "one year" if number == 1 else f"{number} years"


def runs(document: Document) -> str:
    """The number of replications in words."""
    number = document["replications"]
    return "one simulated run" if number == 1 else f"{number:,} simulated runs"


def headline(document: Document) -> str:
    """One sentence that a reader may quote."""
    arm, other = headline_arm(document), comparator_of(document)
    start = f"Over {years(document)}, on these inputs, "
    if not arm["effect"]["ratios"]:
        start = f"With the scheme's effect set to none, over {years(document)}: "
    value = f"net present social value of {text.pounds(arm['npsv_gbp'])}"
    span = f"95% interval {spoken(arm['npsv_interval'])}"
    match position(arm["npsv_interval"]):
        case "below zero":
            said = f"'{arm['title']}' is worth less than it costs against '{other['title']}' ({value}, {span})."
            if arm["programme_cost_gbp"] < 0.0:
                said = f"'{arm['title']}' gives up more than it spares in cost against '{other['title']}' ({value}, {span})."
        case "above zero":
            said = f"'{arm['title']}' is worth more than it costs against '{other['title']}' ({value}, {span})."
            if arm["programme_cost_gbp"] < 0.0:
                said = (
                    f"'{arm['title']}' spares more cost than it gives up against '{other['title']}' ({value}, {span})."
                )
        case "holds zero":
            said = f"it cannot be said whether '{arm['title']}' is worth what it costs ({value}, {span}, which holds zero)."
        case _:
            said = f"'{arm['title']}' has a {value} against '{other['title']}', and no interval says how sure that is."
    if inconclusive(arm["effect"]):
        said += " The evidence for its effect on the frequency of proven reoffending is inconclusive."
    if sign_changes(document):
        said += f" Other ways of counting and pricing the same runs give {span_of_readings(document)}."
    if document["replications"] < FEW_REPLICATIONS:
        said += f" This is a sketch from {runs(document)}: make more before you quote it."
    return start + said


def inconclusive(effect: Mapping[str, Any]) -> bool:
    """Whether the interval of the ratio of offending occasions holds 1; an end at 1 counts as holding it."""
    ratio = effect["ratios"].get("occasions_ratio")
    return bool(ratio and ratio["low"] is not None and ratio["low"] <= 1.0 <= ratio["high"])


def readings_of(document: Document) -> list[float]:
    """NPSV of the headline arm under each costing and counting unit."""
    name = headline_arm(document)["name"]
    return [row["npsv_gbp"] for row in document["alternatives"] if row["name"] == name]


def sign_changes(document: Document) -> bool:
    """Whether the headline arm gains under one reading and loses under another."""
    values = readings_of(document)
    return bool(values) and min(values) < 0.0 < max(values)


def span_of_readings(document: Document) -> str:
    """From the lowest to the highest NPSV among the readings."""
    return spoken([min(readings_of(document)), max(readings_of(document))])


def spoken(interval: Sequence[float] | None) -> str:
    """An interval of pounds without brackets."""
    return f"{text.pounds(interval[0])} to {text.pounds(interval[1])}" if interval else "not available"


def can_be_said(document: Document) -> list[str]:
    """Statements that the results carry, each with its interval or its reason."""
    arm, other = headline_arm(document), comparator_of(document)
    return [
        value_sentence(arm, other),
        ratio_sentence(arm),
        counts_sentence(document, arm, other),
        *cashable_sentence(arm),
        *pay_sentences(document, arm),
        *([text.fall_in_words(document["reported_fall"])] if document.get("reported_fall") else []),
    ]


def pay_sentences(document: Document, arm: Mapping[str, Any]) -> list[str]:
    """What would pay for an arm, and when it does; nothing for an arm that costs no more than the comparator."""
    if arm["programme_cost_gbp"] <= 0.0:
        return []
    paid = arm["payback_year"]
    when = f"pays for itself by the end of year {paid}" if paid else f"does not pay for itself within {years(document)}"
    return [
        f"'{arm['title']}': {proper_minus(text.break_even_of(arm))}.",
        f"In the mean of the runs '{arm['title']}' {when}.",
    ]


def value_sentence(arm: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """NPSV and where its interval lies."""
    start = (
        f"The net present social value of '{arm['title']}' against '{other['title']}' is {text.pounds(arm['npsv_gbp'])}"
    )
    where = position(arm["npsv_interval"])
    if where == UNKNOWN:
        return f"{start}. It has no interval, because no input was drawn, or fewer than twice."
    said = "which holds zero: it may be a gain or a loss" if where == HOLDS_ZERO else f"all of it {where}"
    return f"{start}, with a 95% interval of {spoken(arm['npsv_interval'])}, {said}."


def ratio_sentence(arm: Mapping[str, Any]) -> str:
    """Benefit per £1, or why there is none."""
    name = arm["denominator"]["name"]
    if arm["benefit_per_pound"] is None:
        return f"Benefit per £1 of {name} is not given for '{arm['title']}': {arm['ratio_reason']}."
    value, span = ratio(arm["benefit_per_pound"]), ratio_interval(arm["benefit_per_pound_interval"])
    return f"Each £1 of {name} ({text.pounds(arm['denominator']['gbp'])} in all) brings {value} of benefit" + (
        f", with a 95% interval of {span}." if span else "; it has no interval."
    )


def counts_sentence(document: Document, arm: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """Proven offences and days in custody against the comparator, means over runs."""
    return (
        f"In the mean of {runs(document)} there are {more_or_fewer(arm, 'proven_offences')} "
        f"proven offences than the {text.number(other['proven_offences']['level'])} with '{other['title']}', and "
        f"{more_or_fewer(arm, 'custody_days')} days in custody than {text.number(other['custody_days']['level'])}."
    )


def more_or_fewer(arm: Mapping[str, Any], name: str) -> str:
    """A change as a count and a word."""
    by = arm[name]["increment"]
    return f"{text.number(abs(by))} {'more' if by > 0.0 else 'fewer'}"


def cashable_sentence(arm: Mapping[str, Any]) -> list[str]:
    """How much of the benefit could lower anybody's budget; nothing where there is no benefit."""
    whole, cashable = arm["benefit_gbp"], [row["benefit_gbp"] for row in arm["by_kind"] if row["cashable"]]
    if whole == 0.0:
        return []
    name = f"the benefit of '{arm['title']}'" if whole > 0.0 else f"the benefit that '{arm['title']}' gives up"
    if any(cashable):
        return [f"Of {name}, {text.pounds(abs(whole))}, {text.pounds(abs(sum(cashable)))} is priced as cashable."]
    return [f"None of {name} ({text.pounds(abs(whole))}) is cashable as priced: no budget moves by itself."]


def cannot_be_said(document: Document) -> list[str]:
    """Statements that a reader may be tempted to make, and why these results do not carry them."""
    arm = headline_arm(document)
    return [
        *effect_limits(arm["effect"]),
        *value_limits(document, arm),
        "That a budget will fall by the benefit. Economic and social benefits are in nobody's budget, and time saved in "
        "police stations, courts and prisons is cashable only if posts, sittings or wings are closed.",
        interval_limits(document),
        "That one funding choice beats another because its figure is larger. These intervals compare each with "
        f"'{comparator_of(document)['title']}'; to compare two choices, make one of them the comparator (`--comparator`).",
    ]


def interval_limits(document: Document) -> str:
    """What the intervals leave out."""
    held = held_by_intervals(document)
    rates = "other rates" if "fitted rates" in held else "rates"
    if not held:
        return (
            "That the figures are as sure as they look. No input was drawn, so they have no interval; unit costs, rates and "
            "the effect stand at their central values. The inputs below show their ranges."
        )
    return (
        f"That the intervals hold everything that is unsure. They carry {held} only; unit costs and {rates} stand at their "
        "central values. The inputs below show their ranges."
    )


def held_by_intervals(document: Document) -> str:
    """What the intervals hold, from the inputs drawn for them; empty for none."""
    names = document["drawn_inputs"]
    held = ["the interval of the effect's evidence"] if any(name.startswith("effect.") for name in names) else []
    held += ["the errors of the fitted rates"] if any(name.startswith("population.") for name in names) else []
    return " and ".join(held)


def effect_limits(effect: Mapping[str, Any]) -> list[str]:
    """What the evidence for the effect leaves open."""
    said = []
    if not effect["ratios"]:
        said.append("Anything about what the scheme changes: in this run it is set to change nothing.")
    if inconclusive(effect):
        occasions = effect["ratios"]["occasions_ratio"]
        said.append(
            "That the scheme lowers, or raises, the frequency of proven reoffending. The evidence is inconclusive: "
            f"offending occasions are multiplied by {occasions['value']:.2f}, with an interval of {occasions['low']:.2f} "
            f"to {occasions['high']:.2f} that holds 1. Inconclusive is not the same as unchanged."
        )
    if effect["ratios"] and effect["design"] != "matched_comparison":
        said.append(
            "That the scheme is the cause of the change. The effect comes from a design "
            f"({effect['design'].replace('_', ' ')}) without a matched comparison group: people chosen at their worst tend "
            "to offend less later in any case."
        )
    return said


def value_limits(document: Document, arm: Mapping[str, Any]) -> list[str]:
    """What the value for money leaves open."""
    said = []
    if position(arm["npsv_interval"]) == HOLDS_ZERO:
        said.append(
            f"That '{arm['title']}' is, or is not, value for money. The interval of its net present social value holds zero."
        )
    if sign_changes(document):
        said.append(
            f"That the sign is settled. Both costings and both counting units give '{arm['title']}' a net present social "
            f"value from {span_of_readings(document)}: below zero in one and above it in another."
        )
    if position(arm["npsv_interval"]) == BELOW:
        said.append(
            f"That '{arm['title']}' has no worth. Only what has a unit cost here is counted, and one way of counting is the "
            "headline: see the other readings."
        )
    if document["replications"] < FEW_REPLICATIONS:
        said.append(
            f"That small differences are real: {runs(document)} leave a part to luck, which the simulation "
            "interval shows. More runs narrow it."
        )
    return said


def proper_minus(words: str) -> str:
    """A sentence with minus signs for hyphens before amounts, and none before nothing."""
    return re.sub(r"(?<![\w–-])-(?=£?\d)", "−", re.sub(r"(?<![\w–-])-(?=£?0(?:\.0+)?(?![\d.]*\d))", "", words))


def ratio(value: float | None) -> str:
    """Benefit per £1 as the terminal shows it, or a dash."""
    return "–" if value is None else as_printed(value, proper_minus(f"£{float(value):.2f}".replace("£-", "-£")))


def ratio_interval(interval: Sequence[float] | None) -> str:
    """An interval of a ratio; nothing where there is none."""
    return f"{ratio(interval[0])} to {ratio(interval[1])}" if interval else ""
