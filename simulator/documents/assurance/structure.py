"""Assumptions that no single number stands for: how the model is built, where that is said, what shows how much it matters.

``bars`` are inputs whose ranges are this very assumption, ``reading`` the choice that is; where neither is given, moving a
value would not test it. ``quality`` is Red where nobody has measured it or a report speaks against it, Amber where a report
or a convention of the field is behind it.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from simulator.documents.assurance.logs import Document


class Structural(NamedTuple):
    """One structural assumption. ``levers`` are inputs whose present values are shown beside it."""

    name: str
    words: str
    basis: str
    source: str
    quality: str
    see: str
    bars: tuple[str, ...] = ()
    levers: tuple[str, ...] = ()
    reading: str = ""


DECISIONS: Final = "docs/decisions"
STRUCTURE: Final = (
    Structural(
        "spells",
        "Prolific offending comes in spells: a person is active or paused, and does not offend while paused.",
        "One-year matched figures fit as well with spells of several lengths as with none; before/after falls and "
        "later years hang on it.",
        "docs/derivations.md, Not identified",
        "Red",
        "sweep SCENARIO --structure (spells on or off)",
        (),
        ("population.spells",),
    ),
    Structural(
        "frailty",
        "People differ in how much they offend, for life, by a gamma distribution.",
        "Fitted to the spread of a report's figures; the form is a convention, and its long tail is not tested by "
        "one-year figures.",
        "docs/derivations.md, Formulas",
        "Amber",
        "calibrate SCHEME (the shape and its interval)",
    ),
    Structural(
        "constant_rates",
        "Spells apart, a person's rate of offending does not change with age, time or record.",
        "No report follows the same people for long enough to say.",
        "simulator/model/hazards.py",
        "Red",
        "Nothing here: shorten the horizon (--set appraisal.horizon_years=2) to rest on it less",
        (),
        ("appraisal.horizon_years",),
    ),
    Structural(
        "occasions",
        "An offending occasion ends in one arrest; how many offences are proven on it is geometric, and each type is "
        "drawn alone from the mix.",
        "Rates and frequencies of the matched comparisons together ask for more than one offence an occasion; no "
        "report shows which go together.",
        "simulator/model/justice.py; docs/derivations.md, Not identified",
        "Amber",
        "reproduce SCHEME (predicted figures of severity)",
    ),
    Structural(
        "disposal",
        "Custody is as likely after any offence, but for the first occasion; a sentence is drawn from bands, uniform "
        "within each.",
        "Custody chances come from matched comparisons, sentence bands from index sentences of one area.",
        "simulator/model/justice.py",
        "Amber",
        "reproduce SCHEME (predicted custody figures)",
    ),
    Structural(
        "no_remand",
        "An arrest lasts as many days as stated here; there is no remand and no wait for a court.",
        "Simplification: no report gives time on remand.",
        "simulator/model/justice.py",
        "Red",
        "--set population.arrest_days=NUMBER",
        (),
        ("population.arrest_days", "population.recall_days"),
    ),
    Structural(
        "pool",
        "The scheme picks from a pool of so many prolific offenders for each place.",
        "No report says from how many its scheme picks; with fewer than about four the places cannot be kept filled.",
        f"{DECISIONS}/0006-the-pool-fills-the-places.md",
        "Red",
        "--set population.pool_per_place=NUMBER",
        ("population.pool_per_place",),
    ),
    Structural(
        "closed_pool",
        "The pool is closed: nobody new becomes prolific unless a rate of arrivals is set.",
        "So that arms differ by the programme only; arrivals have a range and are moved in sweeps.",
        "scenarios/england_and_wales.yaml, population.arrivals_per_year",
        "Red",
        "--set population.arrivals_per_year=NUMBER",
        ("population.arrivals_per_year",),
    ),
    Structural(
        "one_history",
        "All funding choices share one history and then the same people with the same luck; a choice changes the "
        "programme only.",
        "Makes a comparison of like with like; a choice cannot change who offends, or when the scheme began.",
        f"{DECISIONS}/0001-one-history-then-arms.md",
        "Amber",
        "difference SCENARIO:ARM (what makes two choices differ)",
        (),
        ("population.history_years", "programme.start_year"),
    ),
    Structural(
        "selection",
        "A free place goes at once to the first in line by the stated rule, among those with an arrest on record.",
        "Real schemes also choose on intelligence and referral, and take time to do so; that would leave less "
        "regression to the mean.",
        f"{DECISIONS}/0007-rates-are-fitted-on-the-scheme-not-on-an-index-cohort.md; simulator/model/scheme.py",
        "Amber",
        "--set programme.selection_rule='first come' (also: referral, recent offences)",
        (),
        ("programme.selection_rule", "programme.by_priority", "programme.reselection"),
    ),
    Structural(
        "deselection",
        "Deselection follows the written rule: so many calm months at liberty, then green, reactive management and "
        "the assessment end a stay.",
        "One report's own sample suggests that quiet people were kept on the list for longer; how much of a fall is "
        "selection hangs on it.",
        f"{DECISIONS}/0008-how-much-of-a-fall-is-selection.md",
        "Red",
        "--set programme.assessment_months=NUMBER; reproduce SCHEME --part regression",
        (),
        ("programme.green_months", "programme.reactive_management_after_months", "programme.assessment_months"),
    ),
    Structural(
        "form_of_effect",
        "The effect is a ratio on the rate of occasions and on the chance of custody, from selection until it has "
        "faded after the stay.",
        "Matched comparisons measure one year by intention to treat; nothing is known of the time course, nor of "
        "whom it helps most.",
        "docs/derivations.md, Effects; simulator/model/hazards.py",
        "Red",
        "sweep SCENARIO --structure (other evidence, other fading)",
        ("effect.frailty_exponent", "programme.fade_out_years", "programme.start_delay_days"),
        ("effect",),
    ),
    Structural(
        "effect_of_another_scheme",
        "This scheme is one of a family of schemes, and its effect is drawn from the spread between them.",
        "Two matched studies cannot estimate their own spread: it is a stated prior.",
        "docs/derivations.md, Effects",
        "Red",
        "--effect NAME (list effects has the names)",
        ("effect.occasions_ratio", "effect.custody_ratio"),
        ("effect",),
    ),
    Structural(
        "detection",
        "Being managed changes how many crimes are detected by the stated ratio only.",
        "Only crimes times detection shows in proven offences; closer watching would hide a fall.",
        "docs/derivations.md, Not identified",
        "Red",
        "sweep SCENARIO --tornado --only effect.detection_ratio",
        ("effect.detection_ratio",),
    ),
    Structural(
        "counting",
        "Crimes are counted as proven offences, or multiplied up from them, as chosen here.",
        "Proven offences are what the reports measured; the factor to recorded crimes is assumed.",
        f"{DECISIONS}/0004-headline-is-explicit-proven-horr99.md",
        "Amber",
        "--counting multiplied",
        (),
        ("appraisal.counting",),
        "counting",
    ),
    Structural(
        "costing",
        "Police, courts and custody are priced one by one as they happen, or as an average inside each crime, as "
        "chosen here.",
        "A scheme that changes custody can change sign between the two.",
        f"{DECISIONS}/0004-headline-is-explicit-proven-horr99.md",
        "Amber",
        "--costing inclusive",
        (),
        ("appraisal.costing",),
        "costing",
    ),
    Structural(
        "supervision",
        "Supervision by probation happens in every choice; the programme's cost is what comes on top.",
        "Most cases are statutory, and the comparator's people are supervised too.",
        f"{DECISIONS}/0004-headline-is-explicit-proven-horr99.md; simulator/costing/lines.py",
        "Amber",
        "costs: in a scenario of your own",
    ),
    Structural(
        "caseload",
        "A fuller caseload works as well for each person.",
        "No report says whether it would.",
        "simulator/scenario/funding.py",
        "Red",
        "Leave out the choices that change the caseload",
        (),
        ("programme.caseload",),
    ),
    Structural(
        "nothing_outside",
        "Nobody outside the pool is affected: no displacement, no deterrence of others, no benefit to families, and "
        "no cost to other services.",
        "Left out because no report measures it; the NPSV may be too low or too high by it.",
        "simulator/model (no rule for it)",
        "Red",
        "Say in words what you expect; do not add it to the NPSV",
    ),
    Structural(
        "fitted_elsewhere",
        "Rates fitted to a report's people hold for the people of this appraisal, in these years.",
        "The fit says how well its own report pins the rates down, not whether its people are like yours.",
        f"{DECISIONS}/0007-rates-are-fitted-on-the-scheme-not-on-an-index-cohort.md",
        "Red",
        "calibrate FILE (rates fitted to figures of your own)",
        (),
        ("fit",),
    ),
    Structural(
        "independent_inputs",
        "Uncertain inputs are drawn independently of each other, but for fitted rates; ranges that nobody measured "
        "are triangles.",
        "Nobody knows the correlations; unit costs from the same editions would swing wider together.",
        f"{DECISIONS}/0009-what-is-drawn-and-how.md",
        "Amber",
        "sweep SCENARIO --psa 2000",
    ),
)  # fmt: skip


def levers_in_words(item: Structural, comparison: Document) -> str:
    """The present values of the levers that an assumption is about."""
    values = {row["name"]: row["value"] for row in comparison["inputs"]}
    return "; ".join(f"{name} = {as_chosen(values[name])}" for name in item.levers if name in values)


def as_chosen(value: object) -> str:
    """A chosen value in print: true or false for a flag."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}".replace("-", "−") if isinstance(value, float) else str(value)
