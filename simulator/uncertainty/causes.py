"""What can make two results differ: ratios of the effect, groups of levers, settings; and the scenario of each mixture.

Ratios of the effect are switched from t = 0 on: people and their past stay those of the scenario. With all of them at
1 the scheme changes nothing but what it costs itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from simulator.appraisal.comparison import discount_rate
from simulator.closed_forms.order_free import subsets
from simulator.costing.prices import choices_of
from simulator.scenario.fields import EFFECT_RATIOS, LEVERS, QUANTITIES
from simulator.scenario.funding import staffing_of
from simulator.scenario.records import Arm, Lever, Scenario, Settings
from simulator.uncertainty.difference import Cause, Change, Question, Switched, between
from simulator.uncertainty.outcomes import Variant

# Levers and quantities that an arm may choose, by what they are about.
GROUPS = {
    "places": ("open", "places", "offender_managers", "yearly_budget_gbp", "caseload"),
    "time": ("start_year", "ramp_years", "ends_after_years"),
    "selection": ("selection_rule", "by_priority", "reselection"),
    "deselection": (
        "green_months", "reactive_management_after_months", "assessment_months", "longest_stay_years",
        "pathways_stabilised_per_year", "not_engaged_quiet_per_year", "not_engaged_active_per_year",
        "no_longer_fits_per_year",
    ),
    "effect_in_time": ("start_delay_days", "fade_out_years"),
}  # fmt: skip
HYBRID = "hybrid"


def by_effect(variant: Variant, first: str, second: str) -> Question:
    """Why two arms differ, by ratio of the effect."""
    ratios = variant.scenario.baseline.effect.ratios
    names = [name for name in EFFECT_RATIOS if name in ratios and ratios[name].value != 1.0]
    causes = tuple(Cause(name, (Change(f"effect.{name}", 1.0, ratios[name].value),)) for name in names)
    states = {
        chosen: variant._replace(scenario=with_ratios(variant.scenario, [names[number] for number in chosen]))
        for chosen in subsets(len(names))
    }
    return Question("effect", causes, states, between(first, second))


def with_ratios(scenario: Scenario, kept: Sequence[str]) -> Scenario:
    """The scenario with every ratio of the effect at 1 in every arm from t = 0 on, but those kept."""

    def switched(settings: Settings) -> Settings:
        ratios = {
            name: each if name in kept else replace(each, value=1.0) for name, each in settings.effect.ratios.items()
        }
        return replace(settings, effect=replace(settings.effect, ratios=ratios))

    return replace(
        scenario, arms=tuple(replace(arm, settings=switched(arm.settings)) for arm in scenario.arms)
    )  # the baseline, which rules the past, keeps its own


def group_of(name: str) -> str:
    """The group of levers that a name of the programme belongs to."""
    inner = name.partition(".")[2]
    return next(group for group, members in GROUPS.items() if inner in members)


def values_of(settings: Settings) -> dict[str, Lever]:
    """Everything of the programme that an arm may choose."""
    names = [name for name in (*LEVERS, *QUANTITIES) if name.startswith("programme.")]
    return {
        name: settings.levers[name] if name in settings.levers else settings.quantities[name].value for name in names
    }


def chosen_causes(before: Settings, after: Settings) -> tuple[Cause, ...]:
    """Groups in which two arms choose differently, with what differs."""
    old, new = values_of(before), values_of(after)
    changes = [
        Change(name, effective(before, name, old[name]), effective(after, name, new[name]))
        for name in old
        if old[name] != new[name]
    ]
    return tuple(
        Cause(group, mine)
        for group in GROUPS
        if (mine := tuple(each for each in changes if group_of(each.name) == group))
    )


def effective(settings: Settings, name: str, stated: Lever) -> Lever:
    """What a lever comes to: places and offender managers follow from each other where one of them is not stated."""
    if stated is not None or not settings.flag("programme.open"):
        return stated
    if name == "programme.places":
        return staffing_of(settings).places
    return staffing_of(settings).offender_managers if name == "programme.offender_managers" else None


def switched_settings(before: Settings, after: Settings, causes: Sequence[Cause]) -> Settings:
    """One arm's settings with another's values for some causes."""
    names = [change.name for cause in causes for change in cause.changes]
    return replace(
        before,
        levers={**before.levers, **{name: after.levers[name] for name in names if name in after.levers}},
        quantities={
            **before.quantities,
            **{name: after.quantities[name] for name in names if name in after.quantities},
        },
    )


def by_choice(variant: Variant, first: str, second: str) -> Question:
    """Why two arms differ, by what was chosen."""
    scenario = variant.scenario
    after, before = scenario.arm(first).settings, scenario.arm(second).settings
    causes = chosen_causes(before, after)

    def with_hybrid(chosen: Switched) -> Variant:
        settings = switched_settings(before, after, [causes[number] for number in chosen])
        hybrid = Arm(HYBRID, HYBRID, "", {}, settings)
        return variant._replace(scenario=replace(scenario, arms=(*scenario.arms, hybrid)))

    states = {chosen: with_hybrid(chosen) for chosen in subsets(len(causes))}
    return Question("choice", causes, states, between(HYBRID, second))


def values_named(before: Variant, after: Variant, name: str, arms: Sequence[str]) -> tuple[Lever, Lever]:
    """What a name stands for in two variants: in the first of the arms in which it differs, since arms may state it."""
    pairs = [(value_named(before, name, arm), value_named(after, name, arm)) for arm in arms]
    return next((pair for pair in pairs if pair[0] != pair[1]), pairs[0])


def value_named(variant: Variant, name: str, arm: str) -> Lever:
    """What a name stands for in one arm of a scenario or in its prices; what is not stated as it comes out."""
    base, library = variant.scenario.arm(arm).settings, variant.library
    section, _, inner = name.partition(".")
    if name == "appraisal.price_base":
        return choices_of(base, library.crime[base.text("appraisal.cost_table")]).price_base
    if name == "appraisal.discount_rate":
        return discount_rate(variant.scenario, library)
    if name == "effect":
        return base.effect.name
    if name == "fit":
        return base.fit.name if base.fit else None
    if section == "effect":
        return base.ratio(inner)
    if name in base.levers:
        return effective(base, name, base.levers[name])
    if name in base.quantities:
        return base.value(name)
    if f"costs.{inner}" in base.quantities:
        return base.value(f"costs.{inner}")
    if section in library.crime:
        return library.crime[section].total(inner)
    return (library.justice if section == "justice" else library.appraisal)[inner].value


def by_setting(
    read: Callable[[Sequence[str]], Variant], named: Sequence[str], versus: Sequence[str], first: str, second: str
) -> Question:
    """What changed settings do to the difference of two arms.

    Args:
        read: the scenario and its prices under settings; raises InputProblems for one that there is not.
        named: the settings to begin with; one of the same name is replaced.
        versus: the settings that are switched, ``name=value`` each.
    """
    names = [each.partition("=")[0].strip() for each in versus]

    def at(chosen: Switched) -> Variant:
        new = [names[number] for number in chosen]
        kept = [each for each in named if each.partition("=")[0].strip() not in new]
        return read([*kept, *(versus[number] for number in sorted(chosen))])

    states = {chosen: at(chosen) for chosen in reversed(list(subsets(len(versus))))}  # faults of all of them first
    before, after = states[frozenset()], states[frozenset(range(len(versus)))]
    arms = (first, second)
    causes = tuple(Cause(name, (Change(name, *values_named(before, after, name, arms)),)) for name in names)
    return Question("setting", causes, states, between(first, second))
