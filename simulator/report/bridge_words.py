"""What the bridge from Sussex's £1.59 says, in sentences."""

from __future__ import annotations

import math

from simulator.evaluation.bridge import Bridge
from simulator.evaluation.bridge_prices import TOOLKIT
from simulator.evaluation.bridge_readings import Reading
from simulator.evaluation.bridge_runs import FACE_VALUE, FITTED, MATCHED, PREDICTED, Life


def money(amount: float) -> str:
    """A ratio in pounds to the penny with a proper minus sign."""
    return f"{round(amount, 2) + 0.0:.2f}".replace("-", "−")


def signed(amount: float) -> str:
    """A contribution with its sign; nothing is 0.00."""
    return f"+{amount:.2f}" if round(amount, 2) > 0.0 else money(amount)


def thousandths(amount: float) -> str:
    """A contribution with its sign, to a tenth of a penny; nothing is 0."""
    if amount == 0.0:
        return "0"
    return f"{'+' if amount > 0.0 else '−'}{abs(amount):.3f}"


def finite(half_width: float) -> float | None:
    """A half-width, or None where one replication gives none."""
    return half_width if math.isfinite(half_width) else None


def give_or_take(half_width: float, form: str) -> str:
    """A half-width after its number; nothing where there is none."""
    return f" ± {half_width:{form}}" if math.isfinite(half_width) else ""


def whole_pounds(amounts: list[float]) -> str:
    """The range of some amounts."""
    return f"£{min(amounts):,.0f} to £{max(amounts):,.0f}"


def sentences(bridge: Bridge) -> list[str]:
    """How the report is read, what the solved cost is near, what rests on the 78%, and what today's answer is."""
    return [
        as_read(bridge),
        solved(bridge),
        held_against(bridge),
        at_face_value(bridge),
        the_prediction(bridge),
        seen_in_the_model(bridge),
        custody(bridge),
        order(),
        today(bridge),
    ]


def as_read(bridge: Bridge) -> str:
    """The headline reading and why it is the likeliest."""
    return (
        f"How the report is read: one crime for each proven offence, undiscounted, {bridge.price_years[TOOLKIT]} prices, "
        "response costs within the unit costs, the scenario's own people. It states neither counting unit, discount rate "
        "nor price year. Its evidence is reconvictions, and the same evaluation's break-even analysis of March 2012 counted "
        "reduced reconvictions only, so proven offences come nearest; the toolkit's table is the likeliest by its date; no "
        "rate is stated, so none is applied."
    )


def solved(bridge: Bridge) -> str:
    """The solved cost, and how far the readings pull it."""
    reading, years = bridge.reading, bridge.price_years[TOOLKIT]
    fitted = [each.gbp_per_place_year for each in bridge.readings if each.state.level == FITTED]
    predicted = [each.gbp_per_place_year for each in bridge.readings if each.state.level == PREDICTED]
    held = reading.gbp_per_place_year / reading.gbp_per_managed_year
    return (
        f"Read so, £{reading.gbp_per_place_year:,.0f}{give_or_take(reading.half_width_gbp, '.0f')} for each place and year "
        f"in {years} prices gives £{money(bridge.first_ratio)}; with places held {held:.0%} of the time, "
        f"£{reading.gbp_per_managed_year:,.0f} for each person managed for a year. Other readings of counting and "
        f"discounting give {whole_pounds(fitted)} a place-year, and {whole_pounds(predicted)} where people would have "
        "offended as much as the prediction asks for: the published figure alone does not say what the scheme cost."
    )


def held_against(bridge: Bridge) -> str:
    """Where the solved cost and today's assumed one lie against the ranges known."""
    year = bridge.price_years[TOOLKIT]
    assumed = bridge.assumed_gbp_per_place_year[year]
    said = [
        f"{each.name[0].upper()}{each.name[1:]}, £{each.low_then:,.0f} to £{each.high_then:,.0f} ({each.standing}): "
        f"solved {where(bridge.reading, each.low_then, each.high_then)}, "
        f"today's assumed £{assumed:,.0f} {place(assumed, each.low_then, each.high_then)}"
        for each in bridge.anchors
    ]
    ranges = ". ".join(said)
    return f"Held against what else is known, in {year} prices. {ranges}. Neither range is an account of the scheme."


def place(amount: float, low: float, high: float) -> str:
    """Where an amount lies against a range."""
    if amount < low:
        return "below it"
    return "above it" if amount > high else "within it"


def where(reading: Reading, low: float, high: float) -> str:
    """Where a reading lies against a range, by place and by person managed."""
    by_place = place(reading.gbp_per_place_year, low, high)
    by_person = place(reading.gbp_per_managed_year, low, high)
    return by_place if by_place == by_person else f"{by_place} by place, {by_person} by person managed"


def at_face_value(bridge: Bridge) -> str:
    """How much of the published figure rests on taking the 78% at face value."""
    step, whole = bridge.steps[0], bridge.first_ratio
    shares = [1.0 - each.matched_ratio / whole for each in bridge.readings]
    low, high = f"{min(shares):.0%}", f"{max(shares):.0%}"
    over = f"In every reading it is {low}" if low == high else f"Over the readings it is {low} to {high}"
    return (
        f"£{money(-step.contribution)} of the £{money(whole)} ({-step.contribution / whole:.0%}) rests on taking the "
        f"{bridge.published.below_predicted:.0%} at face value: with the pooled matched comparisons' ratio on occasions in "
        f"its place and all else as the report is read, £{money(step.ratio)} of benefit is left for each £1. {over} of the "
        "published figure. That part holds all that a comparison with a prediction holds besides an effect: regression to "
        "the mean, time in custody, and a prediction that may not fit."
    )


def the_prediction(bridge: Bridge) -> str:
    """What the 78% asks one to believe of the same people without the scheme."""
    published = bridge.published
    times = published.convictions_predicted / published.convictions_before
    return (
        f"{published.below_predicted:.0%} below predicted asks for {published.convictions_after:.2f} / "
        f"{1.0 - published.below_predicted:.2f} = {published.convictions_predicted:.2f} convictions a year without the "
        f"scheme, were it to hold for convictions: {times:.1f} times the {published.convictions_before:.2f} a year of "
        "the 24 months before it. Where readings take people as the prediction has them, they offend "
        f"{bridge.level_ratio:.1f} times as often as the scenario's."
    )


def seen_in_the_model(bridge: Bridge) -> str:
    """Modelled convictions under the scheme beside those that the report saw."""
    lives = (
        Life(FITTED, FACE_VALUE, FACE_VALUE),
        Life(PREDICTED, FACE_VALUE, FACE_VALUE),
        Life(FITTED, MATCHED, MATCHED),
    )
    less, predicted, matched = (bridge.convictions[life] for life in lives)
    return (
        f"The report saw {bridge.published.convictions_after:.2f} convictions in the first year of the scheme. For each "
        f"managed person-year of its first year the model shows {less:.2f} with the 78% taken off the scenario's people, "
        f"{predicted:.2f} with it taken off the prediction's, {matched:.2f} with the matched effect. It picks people at "
        "random from the pool, also those who have paused and those in custody, so it lies lower throughout."
    )


def custody(bridge: Bridge) -> str:
    """Why the custody step looks small and the costing step large."""
    costing = next(step for step in bridge.steps if step.name == "costing")
    return (
        "Matched studies found fewer custodial sentences for each reoffence, so less custody and more time at liberty to "
        "offend. Inclusive costing prices no prison day of its own, so what those days are worth shows in the step to "
        f"explicit costing ({signed(costing.contribution)}), with arrests and court events, and is not cashable unless "
        "wings close."
    )


def order() -> str:
    """What the order of the steps does."""
    return (
        "What a step adds depends on what has been changed before it. 'In any order' is its mean over every order of the "
        "changes; both columns add up to the same difference."
    )


def today(bridge: Bridge) -> str:
    """Today's answer with both intervals."""
    interval = bridge.last.interval
    drawn = "95% of what is drawn from intervals of evidence, the effect's, and a fit's where the scenario names one"
    evidence = f", {money(interval[0])} to {money(interval[1])} over {drawn}" if interval else ""
    noise = f"simulation noise{give_or_take(bridge.last_half_width, '.3f') or ' not known from one replication'}"
    return (
        f"Today's answer for the same scheme is £{money(bridge.last_ratio)} for each £1{evidence} ({noise}). "
        f"The effect's own warning: {bridge.warning} Today's programme cost is assumed."
    )
