"""What a reader must know before quoting a figure, in plain English."""

from __future__ import annotations

from simulator.appraisal.comparison import Comparison
from simulator.costing.prices import choices_of
from simulator.evidence import Fit
from simulator.rates import drawn_inputs
from simulator.report.inputs import prices_used
from simulator.report.text import drawn_in_words
from simulator.scenario.fields import PLACES_FROM
from simulator.scenario.layers import scheme_names
from simulator.scenario.records import Scenario, Settings

FEW_REPLICATIONS = 100
STEADY_REPLICATIONS = 2000
POOR_MISS = 2.0  # standard errors
MOST_MISSES = 3  # named in a warning
FILLED = 0.95
SIZES = {*PLACES_FROM, "programme.caseload"}


def warnings_of(comparison: Comparison) -> list[str]:
    """Every caveat that applies to this comparison."""
    scenario = comparison.runs.scenario
    return [
        *effect_warnings(scenario),
        *fit_warnings(scenario.baseline),
        *price_warnings(comparison),
        *standing_warnings(comparison),
        *place_warnings(comparison),
        *run_warnings(comparison),
    ]


def effect_warnings(scenario: Scenario) -> list[str]:
    """About the effect: its design, whether its interval reaches no effect, and what it is used for."""
    effect = scenario.baseline.effect
    said = []
    if effect.warning and "Inconclusive" not in effect.warning:
        said.append(f"Effect '{effect.name}': {effect.warning}")
    ratio = effect.ratios.get("occasions_ratio")
    if ratio is not None and ratio.low is not None and ratio.high is not None and ratio.low < 1.0 < ratio.high:
        said.append(
            f"The evidence for the effect is inconclusive: occasions are multiplied by {ratio.value:.2f}, with an interval "
            f"from {ratio.low:.2f} to {ratio.high:.2f} that holds 1. The scheme may decrease "
            "or increase the frequency of proven reoffending."
        )
    custody = effect.ratios.get("custody_ratio")
    if custody is not None and custody.value < 1.0:
        said.append(
            f"Custody chances are multiplied by {custody.value:.2f} under the programme. Fewer days in custody also mean "
            "more time at liberty to offend; the reoffences prevented are what is left after that."
        )
    if any("caseload" in name for arm in scenario.arms for name in arm.changes):
        said.append("A fuller caseload is assumed to work as well for each person; no report says whether it would.")
    return said


def shown_by(fit: Fit) -> str:
    """The command that sets a fit's figures beside the simulated ones: for a scheme of one's own, the one that made it."""
    return f"reproduce {fit.scheme}" if fit.scheme in scheme_names() else fit.made_by.removeprefix("python run.py ")


def fit_warnings(settings: Settings) -> list[str]:
    """About the fit: what it is of, what it does not tell, and how it stands up to figures that it was not fitted to."""
    if settings.fit is None:
        return []
    fit, reading = settings.fit.fit, settings.reading
    if reading is None:
        spells = "on" if settings.flag("population.spells") else "off"
        return [
            f"{settings.fit.where} has no reading with spells {spells}: the scenario's own rates stand, and are not drawn."
        ]
    names = drawn_inputs(settings)
    said = [
        f"Rates of offending are fitted to {fit.report} ({fit.scheme}, {fit.protocol}): {settings.fit.where}, made by "
        f"`{fit.made_by}`."
    ]
    if any(name.startswith("population.") for name in names):
        said[0] += " The brackets carry how far that report pins them down, not whether its people are like yours."
    if names and not any(name.startswith("effect.") for name in names):
        said.append(
            "Only rates are drawn, and lives under other rates soon part company: the brackets then hold much of the "
            "simulation's luck too. They are too wide, not too narrow."
        )
    poor = [each for each in reading.targets if each.miss is not None and abs(each.miss) > POOR_MISS]
    if poor:
        worst = sorted(poor, key=lambda each: -abs(each.miss or 0.0))[:MOST_MISSES]
        said.append(
            f"The fit misses {len(poor)} of {len(reading.targets)} reported figures by more than {POOR_MISS:g} standard "
            f"errors, worst {', '.join(f'{each.figure} ({each.role}, {each.miss:+.1f})' for each in worst)}: "
            f"`python run.py {shown_by(fit)}` shows them all, and what that means."
        )
    if reading.not_identified:
        said.append(f"The report does not tell, so the brackets do not hold: {'; '.join(reading.not_identified)}.")
    return said


def price_warnings(comparison: Comparison) -> list[str]:
    """About the cost table, counting unit and costing."""
    scenario = comparison.runs.scenario
    table = scenario.baseline.text("appraisal.cost_table")
    choices = choices_of(scenario.baseline, comparison.library.crime[table])
    said = []
    newer = comparison.library.sources[table].superseded_by if table in comparison.library.sources else None
    if newer:
        said.append(
            f"Unit costs are those of {table}, since superseded by {newer}: `--cost-table {newer}` shows what that changes."
        )
    if choices.counting == "proven":
        said.append(
            "One crime is counted for each proven offence, as the reports do. Most crimes are never proven: "
            "`--counting multiplied` shows the other reading, with an assumed factor."
        )
    if choices.costing == "explicit":
        said.append(
            f"Much of the benefit can be prison days, priced here at prison_cost: {choices.prison_cost} ('average' is "
            "Bedfordshire's £68.51, near the direct cost of a place): `--set appraisal.prison_cost=marginal` or overall "
            "shows how much hangs on it."
        )
        said.append(
            "Explicit costing counts arrests, courts, custody and supervision; police work on crimes without an arrest is "
            "left out. Savings in police, court and prison time are not cashable unless posts, sittings or wings are closed."
        )
    else:
        said.append(
            "Inclusive unit costs hold average police, court and prison costs for each crime, so they leave out what the "
            "scheme itself does to custody: `--costing explicit` counts it."
        )
    return said


def standing_warnings(comparison: Comparison) -> list[str]:
    """Figures remembered and not seen, and how many of the others are assumed."""
    scenario = comparison.runs.scenario
    base = scenario.baseline
    used = [*base.quantities.values(), *base.effect.ratios.values(), *prices_used(comparison)]
    crime = comparison.library.crime[base.text("appraisal.cost_table")]
    mixes = [scenario.mixes[row.offence_mix] for row in scenario.cohort]
    kinds = {kind for mix in mixes for kind, share in mix.shares.items() if share > 0.0}
    used += [crime.totals[kind] for kind in sorted(kinds) if kind in crime.totals]
    remembered = sorted({figure.name for figure in used if figure.standing == "unverified"})
    assumed = {figure.name for figure in used if figure.standing == "assumed"}
    said = []
    if remembered:
        said.append(f"Remembered, not seen in a source (unverified): {', '.join(remembered)}.")
    if assumed:
        said.append(
            f"{len(assumed)} values are assumed, and so is the offence mix, because no report gives them: "
            f"`python run.py assumptions {scenario.name}` shows how much they matter. {held(base)} "
            f"`python run.py sweep {scenario.name} --psa 2000` draws them all."
        )
    return said


def held(settings: Settings) -> str:
    """What the intervals hold, and that they do not hold what is assumed."""
    names = drawn_inputs(settings)
    return (
        f"The brackets hold {drawn_in_words(names)} only, not these." if names else "No input is drawn, these included."
    )


def place_warnings(comparison: Comparison) -> list[str]:
    """About arms that pay for places which the modelled pool does not fill."""
    thin = []
    for each in comparison.arms:
        arm = each.pair.arm
        paid = next(float(line.quantity.sum(axis=1).mean()) for line in arm.costs.lines if line.name == "place_year")
        held = float(arm.activity.managed_years().sum(axis=1).mean())
        if held < FILLED * paid:
            thin.append(f"{each.plan.name} {held / paid:.0%}")
    if not thin:
        return []
    return [
        "Places paid for and not always held, since the modelled pool runs short of people with a recent arrest: "
        f"{', '.join(thin)}. A cut looks cheaper than it is where places stand empty."
    ]


def run_warnings(comparison: Comparison) -> list[str]:
    """About the number of replications and values set by hand."""
    runs = comparison.runs
    said = []
    if runs.replications < FEW_REPLICATIONS:
        said.append(
            f"{runs.replications} replications: read `simulation_interval` before comparing arms; more narrow it."
        )
    elif runs.replications < STEADY_REPLICATIONS and drawn_inputs(runs.scenario.baseline):
        said.append(
            f"With {runs.replications} replications the ends of the 95% intervals still move with the seed, by about a "
            f"tenth of their width: use -n {STEADY_REPLICATIONS} before you quote them."
        )
    start = runs.scenario.baseline.value("programme.start_year")
    if start < 0.0 and any(not arm.settings.flag("programme.open") for arm in runs.scenario.arms):
        said.append(
            f"The scheme has run {-start:g} years before the appraisal starts: an arm without it closes it then, and what "
            "it did before is still fading."
        )
    if runs.scenario.overrides:
        changed = ", ".join(f"{name}={value}" for name, value in runs.scenario.overrides.items())
        said.append(f"Values set on the command line: {changed}.")
        own = [
            arm.name
            for arm in runs.scenario.arms
            if any(name in SIZES and not isinstance(value, dict) for name, value in arm.stated.items())
        ]
        if own and not SIZES.isdisjoint(runs.scenario.overrides):
            said.append(f"These funding choices keep the size that they state themselves: {', '.join(own)}.")
    return said
