"""A report's fit in the evidence document: which figures it meets, rates and intervals, and what is not identified."""

from __future__ import annotations

from simulator.appraisal.library import Library
from simulator.evidence import FITS_FOLDER, Fit, Parameter, Reading
from simulator.report import markdown
from simulator.report.calibration import HALF_UNIT
from simulator.report.cases import Case
from simulator.report.evidence_words import TITLES
from simulator.report.reproduction import plain, short
from simulator.report.text import listed
from simulator.scenario.fields import QUANTITIES
from simulator.scenario.read import read_scenario

READINGS = {"with_spells": "With spells [95%]", "without_spells": "Without spells [95%]"}
RATIO_WORDS = {
    "occasions_ratio": "effect on offending occasions, a ratio",
    "offences_per_occasion_ratio": "effect on offences per occasion, a ratio",
    "custody_ratio": "effect on custody, a ratio",
    "frailty_exponent": "effect on the most prolific; 1 is the same for all",
}


def fit_section(case: Case, library: Library) -> list[str]:
    """The fit that goes with a report, or that there is none."""
    heading = f"### {TITLES[case.report.source]}: the fit"
    if case.fit is None:
        return [heading, "No fit is kept: the scenario's rates come from closed forms ([derivations](derivations.md))."]
    fit = case.fit
    return [
        heading,
        made_in_words(case, fit, library),
        markdown.table(("Rate", *(READINGS[name] for name in fit.readings)), rate_rows(fit)),
        *(met_in_words(name, reading, fit.report) for name, reading in fit.readings.items()),
        "Not identified, so that another value would fit as well:",
        markdown.bullets(open_questions(fit)),
    ]


def made_in_words(case: Case, fit: Fit, library: Library) -> str:
    """Where the fit is, how it was made, and whether the scenario takes it."""
    named = read_scenario(case.scenario, library.known()).baseline.fit
    file = f"evidence/{FITS_FOLDER}/{case.scenario}.yaml"
    used = named is not None and named.where == file
    return (
        f"Rates under which the simulated protocol ({fit.protocol}) comes nearest to the report's figures, once with spells "
        f"of activity and once without: `{fit.made_by}`, kept in `{file}`, which the scenario "
        f"{'takes its rates from' if used else 'does not use'}."
    )


def rate_rows(fit: Fit) -> list[list[str]]:
    """Each rate, then each ratio of the effect, under both readings."""
    found = [{**reading.parameters, **reading.effect} for reading in fit.readings.values()]
    names = dict.fromkeys(name for each in found for name in each)
    return [[rate_in_words(name), *(cell(each.get(name)) for each in found)] for name in names]


def rate_in_words(name: str) -> str:
    """What a rate is, with the name that `--set` takes."""
    field = QUANTITIES.get(f"population.{name}")
    return f"`{name}`: {field.help if field else RATIO_WORDS.get(name, 'a ratio of the effect')}"


def cell(found: Parameter | None) -> str:
    """A value with its interval; a dash where the reading has none."""
    return "–" if found is None else f"{found.value:.3g} [{found.low:.3g} to {found.high:.3g}]"


def met_in_words(name: str, reading: Reading, report: str) -> str:
    """Whether the fitted figures are met, and by how much those that are not miss."""
    fitted = [target for target in reading.targets if target.role == "fitted"]
    far = [target for target in fitted if target.miss is not None and abs(target.miss) > HALF_UNIT]
    reading_name = name.replace("_", " ").capitalize()
    if not far:
        return f"{reading_name}: all {len(fitted)} fitted figures are met within one standard error."
    misses = [
        f"`{short(target.figure, report)}` ({plain(target.modelled)} for {plain(target.reported)}, "
        f"{target.miss:+.1f} standard errors)".replace("-", "−")
        for target in far
    ]
    return (
        f"{reading_name}: {len(fitted) - len(far)} of {len(fitted)} fitted figures are met within one standard error. Not "
        f"{listed(misses)}: the figures together ask for more than these rates can give."
    )


def open_questions(fit: Fit) -> list[str]:
    """What either reading leaves open, each once."""
    return list(dict.fromkeys(each for reading in fit.readings.values() for each in reading.not_identified))
