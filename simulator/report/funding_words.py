"""The funding curve in words: a table of levels, where the next pound stops paying for itself, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.report.mark_words import explained, marked
from simulator.report.text import counted, pounds, table, wrapped

BY_NEED = ("recent arrests", "recent offences")
FULL = 0.995  # of the place-years paid for: below, there are not people enough for every place
FROM_THE_START, BETWEEN, BEYOND = "from the start", "between levels", "not within these levels"
HEADINGS = ("Places", "In use", "Cost", "Benefit", "NPSV [95%]", "Noise ±", "Benefit per £1 [95%]", "Pays")
STEP_HEADINGS = ("Next £100,000", "Per £1 [95%]", "Noise ±", "Pays", "Fixed costs apart [95%]", "Noise ±", "Pays")
HALF = 0.5

Document = dict[str, Any]


def pounds_interval(interval: Sequence[float] | None) -> str:
    """An interval of pounds in brackets; nothing where there is none."""
    return f"[{pounds(interval[0])} to {pounds(interval[1])}]" if interval else ""


def per_pound(value: float | None) -> str:
    """Pounds and pence for each £1, with a proper minus sign; a dash where there is no ratio."""
    return "–" if value is None else f"£{round(value, 2) + 0.0:.2f}".replace("£-", "−£")


def with_interval(value: float | None, interval: Sequence[float] | None) -> str:
    """A benefit per £1 with its interval."""
    if value is None or interval is None:
        return per_pound(value)
    return per_pound(value) + f" [{interval[0]:.2f} to {interval[1]:.2f}]".replace("-", "−")


def percent(share: float | None) -> str:
    """A whole percentage; nothing where there is none."""
    return "" if share is None else f"{share:.0%}"


def heading_lines(document: Document, first: str) -> list[str]:
    """How things are priced, and what the figures rest on."""
    crimes = "one crime per proven offence" if document["counting"] == "proven" else "crimes multiplied up"
    drawn = (
        f"brackets and chances from {counted(document['draws'], 'draw')} of everything uncertain, "
        f"{counted(document['replications_per_draw'], 'replication')} each"
        if document["draws"]
        else "no draws, so no brackets and no chances"
    )
    return [
        first,
        f"Present value at {document['discount_rate']:.1%} in {document['price_base']} prices ({document['cost_table']}), "
        f"{document['costing']} costing, {crimes}.",
        wrapped(
            f"Effect: {document['effect']}. {counted(document['replications'], 'replication')} at central values; {drawn}; "
            f"seed {document['seed']}.",
            "",
        ),
        *([wrapped(explained(document), "")] if document.get("marks") else []),
    ]


def curve_text(document: Document) -> str:
    """The whole answer for the terminal."""
    first = (
        f"{document['title']}: what each further place brings, '{document['arm_title']}' with other numbers of places, "
        f"{document['horizon_years']} years, against '{document['no_scheme']}'"
    )
    lines = [
        *heading_lines(document, wrapped(first, "")),
        "",
        table(marked(HEADINGS, document, MEASURES), [level_cells(level) for level in document["levels"]]),
        "",
        table(marked(STEP_HEADINGS, document, MEASURES), [step_cells(step) for step in document["steps"]]),
        wrapped(note(document), ""),
        "",
        *[wrapped(sentence, "") for sentence in document["said"]],
    ]
    if document["warnings"]:
        lines += ["", "Before you quote a figure:", *[wrapped(each) for each in document["warnings"]]]
    return "\n".join(lines)


# The measure whose marks a heading bears, by the word that it begins with.
MEASURES = {
    "Cost": "programme_cost_gbp",
    "Benefit per": "benefit_per_pound",
    "Benefit": "benefit_gbp",
    "NPSV": "npsv_gbp",
    "Per £1": "benefit_per_pound",
    "Fixed costs apart": "benefit_per_pound",
    "Pays": "npsv_gbp",
    "Over present": "npsv_gbp",
}


def level_cells(level: Document) -> list[str]:
    """One level as a line of the table."""
    return [
        f"{level['places']:,}",
        percent(level["share_in_use"]),
        pounds(level["cost_gbp"]),
        pounds(level["benefit_gbp"]),
        f"{pounds(level['npsv_gbp'])} {pounds_interval(level['npsv_interval'])}".rstrip(),
        "" if level["npsv_noise_gbp"] is None or not level["places"] else pounds(level["npsv_noise_gbp"]),
        with_interval(level["benefit_per_pound"], level["benefit_per_pound_interval"]) if level["places"] else "",
        percent(level["chance_benefits_exceed_costs"]),
    ]


def step_cells(step: Document) -> list[str]:
    """One step between neighbouring levels as a line of the second table."""
    return [span(step), *ratio_cells(step), *ratio_cells(step["after_fixed"])]


def ratio_cells(found: Document) -> list[str]:
    """A step's benefit per £1, its simulation noise, and its chance to pay."""
    noise = found["simulation_interval"]
    return [
        with_interval(found["benefit_per_pound"], found["benefit_per_pound_interval"]),
        f"{(noise[1] - noise[0]) / 2.0:.2f}" if noise else "",
        percent(found["chance_pays"]),
    ]


def note(document: Document) -> str:
    """What the columns are."""
    ratios = [step["places_per_unit"] for step in document["steps"] if step["places_per_unit"] is not None]
    bought = f", about {ratios[-1]:.1f} places" if ratios else ""
    return (
        f"Next £100,000: of cost at present value over the {document['horizon_years']} years{bought}; the average of the "
        "step. Noise ±: simulation noise, 95%. In use: share of the place-years paid for "
        "in which somebody holds the place. Pays: chance that benefits exceed costs."
    )


def said_of(document: Document) -> list[str]:
    """The answer in plain sentences."""
    return [
        said
        for said in (
            where(document),
            how_sure(document),
            as_a_whole(document),
            bend(document),
            empty_places(document),
            people_there_already(document),
        )
        if said
    ]


def span(step: Document) -> str:
    """A step in words."""
    return f"from {step['from_places']:,} to {step['to_places']:,} places"


def where(document: Document) -> str:
    """Where the next pound stops paying for itself at central values, fixed costs apart."""
    steps, stop = document["steps"], document["stops"]["central"]
    if stop is None:
        return "Where the next pound stops paying for itself cannot be said: further places cost nothing at some level."
    asked = "Where does the next pound stop paying for itself? "
    if stop["where"] == FROM_THE_START:
        best = max(steps, key=lambda step: float(step["after_fixed"]["benefit_per_pound"]))
        brings = per_pound(best["after_fixed"]["benefit_per_pound"])
        said = f"At central values no further £100,000 ever does: the best step, {span(best)}, brings {brings} for each £1."
    elif stop["where"] == BEYOND:
        brings = per_pound(steps[-1]["after_fixed"]["benefit_per_pound"])
        said = f"At central values not within these levels: the last, {span(steps[-1])}, still brings {brings} for each £1."
    else:
        said = f"At central values at about {stop['places']:.0f} places: beyond, no further £100,000 pays for itself."
    return asked + said + first_step(document)


def first_step(document: Document) -> str:
    """What the fixed costs make of the first step."""
    step = document["steps"][0]
    if step["fixed_cost_gbp"] <= 0.0 or step["benefit_per_pound"] is None:
        return ""
    return (
        f" The first step, {span(step)}, also pays the fixed costs of {pounds(step['fixed_cost_gbp'])}: it brings "
        f"{per_pound(step['benefit_per_pound'])} for each £1 with them and "
        f"{per_pound(step['after_fixed']['benefit_per_pound'])} without."
    )


def how_sure(document: Document) -> str:
    """How sure that is, over the draws."""
    drawn, last = document["stops"]["drawn"], document["levels"][-1]["places"]
    if drawn is None:
        return ""
    return (
        f"How sure is that? In {percent(drawn['chance_from_the_start'])} of {document['draws']:,} draws no further £100,000 "
        f"pays for itself, not even the first with fixed costs left aside; in {percent(drawn['chance_beyond'])} the last "
        f"step, to {last:,} places, still does. {over_draws(document)}"
    )


def over_draws(document: Document) -> str:
    """Where it stops for mean benefit over mean cost of the draws, and in the middle of them."""
    mean = document["stops"]["mean_of_draws"]
    said = ""
    if mean is not None:
        words = {FROM_THE_START: "none does", BEYOND: "the last step does"}.get(mean["where"], "")
        average = words or f"it stops at about {mean['places']:.0f} places"
        said = f"On average over the draws, in which a few large benefits weigh, {average}."
    return f"{said} {middle_words(document)}".strip()


def middle_words(document: Document) -> str:
    """Where half of the draws stop; draws that do not stop within the levels have no place, so a half of them no middle."""
    drawn, last = document["stops"]["drawn"], document["levels"][-1]["places"]
    if drawn["chance_beyond"] >= HALF:
        share = "Half" if drawn["chance_beyond"] == HALF else "More than half"
        return f"{share} of the draws do not stop up to {counted(last, 'place')}."
    if drawn["median_places"] <= 0.0:
        return ""
    return f"Half of the draws stop at {drawn['median_places']:.0f} places or before."


def as_a_whole(document: Document) -> str:
    """Which level has the highest NPSV, and how often spending nothing is best."""
    levels = document["levels"]
    best = max(levels, key=lambda level: float(level["npsv_gbp"]))
    named = (
        f"{best['places']:,} places ({pounds(best['npsv_gbp'])})"
        if best["places"]
        else f"no scheme at all: every level shown costs more than it brings, {closest(levels)}"
    )
    said = f"As a whole, fixed costs included, the highest NPSV at central values is that of {named}."
    nothing = levels[0]["chance_best"]
    if nothing is None:
        return said
    mean = max(levels, key=lambda level: float(level["npsv_mean_of_draws_gbp"]))
    on_average = (
        f"{mean['places']:,} places ({pounds(mean['npsv_mean_of_draws_gbp'])})" if mean["places"] else "no scheme"
    )
    return (
        f"{said} On average over the draws it is that of {on_average}; spending nothing is best in {percent(nothing)}."
    )


def closest(levels: Sequence[Document]) -> str:
    """The level that loses least."""
    level = max(levels[1:], key=lambda each: float(each["npsv_gbp"]))
    return f"least at {level['places']:,} places ({pounds(level['npsv_gbp'])})"


def bend(document: Document) -> str:
    """Whether further places bring less, as far as the noise lets that be seen."""
    found = document["bend"]
    if found is None:
        return ""
    held = f"between {found['from_places']:,} and {found['to_places']:,} places"
    noise = f"(noise ±£{found['half_width']:.3f})"
    if not found["seen"]:
        change = f"£{found['per_ten_places']:.3f}".replace("£-", "−£")
        return (
            f"No bend can be told from noise {held}: ten more places change the next £1's benefit by {change} {noise}."
        )
    size, less = abs(found["per_ten_places"]), found["per_ten_places"] < 0.0
    why = ", since the first places go to those arrested most" if less and document["selection_rule"] in BY_NEED else ""
    said = f"{'lower' if less else 'raise'} the benefit of the next £1 by £{size:.3f} {noise}"
    return f"The curve bends {held}, while nearly all places are in use: every ten more places {said}{why}."


def empty_places(document: Document) -> str:
    """From where on places stand empty."""
    empty = [level for level in document["levels"] if level["places"] and level["share_in_use"] < FULL]
    if not empty:
        return ""
    first, last = empty[0], empty[-1]
    also = f", {percent(last['share_in_use'])} at {last['places']:,}" if last is not first else ""
    return (
        f"At {first['places']:,} places and above some stand empty ({percent(first['share_in_use'])} in use{also}): too few "
        "people have an arrest on record, so further places add cost and little benefit."
    )


def people_there_already(document: Document) -> str:
    """What the curve means for a scheme that runs already."""
    if not document["already_running"]:
        return ""
    most = max(document["levels"], key=lambda level: float(level["run_down_gbp"]))
    charged = (
        f" and those beyond the places paid for are charged at the price of a place (most at {most['places']:,} places, "
        f"{pounds(most['run_down_gbp'])}; `compare` does not charge them)"
        if most["run_down_gbp"] > 0.0
        else ""
    )
    return (
        f"The scheme has run before, with {document['places_before']:,} places: this is the curve of keeping, cutting or "
        f"widening it. With fewer places its people stay until they leave,{charged}; '{document['no_scheme']}' closes it at "
        "once, so the first step also holds what they bring. For a scheme that starts anew: --set programme.start_year=0"
    )
