"""Where a number comes from, and who uses it: what ``explain`` prints."""

from __future__ import annotations

from typing import Any

from simulator.appraisal.library import Library, load_library
from simulator.evaluation.audit import flags_of
from simulator.evidence import FITS_FOLDER, Figure, Reading, Target, catalogue, load_fit
from simulator.places import data_folder
from simulator.quantities import Quantity, Source
from simulator.report.effects import evidence_behind
from simulator.scenario.layers import scheme_names
from simulator.scenario.read import read_scenario
from simulator.scenario.records import Scenario
from simulator.tables import InputProblems, Problem, did_you_mean

Known = Quantity | Figure


def shipped_scenarios(library: Library) -> list[Scenario]:
    """Every shipped scheme."""
    known = library.known()
    return [read_scenario(name, known) for name in scheme_names()]


def values_in(scenario: Scenario) -> dict[str, Known]:
    """A scenario's own quantities under their full names."""
    found: dict[str, Known] = {f"{scenario.name}.{name}": each for name, each in scenario.baseline.quantities.items()}
    found |= {f"{scenario.name}.{each.name}": each for each in scenario.baseline.without_spells.values()}
    for row in scenario.cohort:
        found[f"{scenario.name}.cohort.{row.name}.rate_ratio"] = row.rate_ratio
        found[f"{scenario.name}.cohort.{row.name}.statutory_share"] = row.statutory_share
    return found


def catalogue_of_everything() -> dict[str, Known]:
    """Every named figure: cost tables, evidence, effects, and the values of the shipped scenarios."""
    library = load_library()
    found: dict[str, Known] = dict(catalogue(data_folder("cost_tables"), data_folder("evidence")))
    for scenario in shipped_scenarios(library):
        found |= values_in(scenario)
    return found


def figure_named(name: str, library: Library) -> Known | None:
    """The figure of a name, reading no more than the place that it speaks of; None where there is none."""
    scheme = name.partition(".")[0]
    if scheme in scheme_names():
        return values_in(read_scenario(scheme, library.known())).get(name)
    return catalogue(data_folder("cost_tables"), data_folder("evidence")).get(name)


def explanation_of(name: str) -> dict[str, Any]:
    """Everything known about one figure.

    Raises InputProblems with the nearest names when there is no such figure.
    """
    library = load_library()
    figure = figure_named(name, library)
    if figure is None:
        hint = did_you_mean(name, catalogue_of_everything()) or "`python run.py list figures` prints every name."
        raise InputProblems([Problem("explain", 0, 0, f"there is no figure named '{name}'", hint)])
    return {**about_figure(name, figure, library), "used_by": users_of(name, figure, library)}


def about_figure(name: str, figure: Known, library: Library) -> dict[str, Any]:
    """Value, standing and origin of a figure, and what it is made of."""
    source = library.sources.get(figure.source)
    return {
        "name": name,
        "value": figure.value,
        "unit": figure.unit,
        "price_year": getattr(figure, "price_year", None),
        "low": figure.low,
        "high": figure.high,
        "standing": standing_in_words(str(figure.standing)),
        "source": named_source(source) if source else figure.source,
        "where": figure.where,
        "url": source.url if source else "",
        "window": getattr(figure, "window", None),
        "population": getattr(figure, "population", None),
        "why": figure.why,
        "note": getattr(figure, "note", None),
        "audit": flags_of(data_folder("evidence")).get(name),
        "superseded_by": source.superseded_by if source else None,
        **evidence_behind(name, library.effects, library.sources),
        **fit_behind(name, figure),
        "made_of": parts_of(name, library),
    }


def fit_behind(name: str, figure: Known) -> dict[str, Any]:
    """The fit that a scenario's value comes from: file, command, figures beside the reported ones; empty for others."""
    folder, _, file = figure.where.rpartition("/")
    if folder != f"evidence/{FITS_FOLDER}" or figure.standing != "derived":
        return {}
    fit = load_fit(data_folder("evidence") / FITS_FOLDER / file)
    rates, inner = (
        ("without_spells", "without_spells.") if ".without_spells." in name else ("with_spells", "population.")
    )
    reading, parameter = fit.readings[rates], name.partition(inner)[2]
    return {
        "fit": figure.where,
        "fit_made_by": fit.made_by,
        "fit_digest": fit.inputs_digest,
        "fit_log_error": reading.parameters[parameter].log_error,
        "fit_correlated": correlations_in_words(reading, parameter),
        "fit_targets": [target_in_words(target) for target in reading.targets],
        "not_identified": list(reading.not_identified),
    }


def correlations_in_words(reading: Reading, parameter: str) -> list[str]:
    """How the error of one rate goes together with those of the others."""
    row = reading.correlations[list(reading.parameters).index(parameter)]
    return [f"{other} {value:+.2f}" for other, value in zip(reading.parameters, row, strict=True) if other != parameter]


def target_in_words(target: Target) -> str:
    """A reported and a modelled figure, and how far apart they are."""
    miss = "" if target.miss is None else f" {target.miss:+.2f} standard errors"
    return f"{target.figure} reported {target.reported:g} modelled {target.modelled:g}{miss} ({target.role})"


def standing_in_words(standing: str) -> str:
    """A standing with what it means."""
    meaning = {
        "read": "seen in the source itself",
        "transcribed": "seen in someone's copy of the source",
        "derived": "computed from other figures",
        "assumed": "a judgement, with a range",
        "unverified": "remembered, NOT seen in a source",
        "choice": "a lever, chosen by somebody",
    }
    return f"{standing} ({meaning[standing]})" if standing in meaning else standing


def named_source(source: Source) -> str:
    """A source in one line."""
    return f"{source.name}: {source.title}, {source.publisher}, {source.date}"


def parts_of(name: str, library: Library) -> list[str]:
    """The parts of a unit cost of crime."""
    table, _, kind = name.partition(".")
    if table not in library.crime or kind not in library.crime[table].parts:
        return []
    return [
        f"{part.name.removeprefix(name + '.')} £{part.value:,.2f} ({part.standing})"
        for part in library.crime[table].parts[kind]
    ]


def users_of(name: str, figure: Known, library: Library) -> list[str]:
    """Shipped scenarios whose results rest on a figure."""
    if name.partition(".")[0] in scheme_names():
        return [name.partition(".")[0]]
    return [each.name for each in shipped_scenarios(library) if is_used_by(name, figure, each, library)]


def is_used_by(name: str, figure: Known, scenario: Scenario, library: Library) -> bool:
    """Whether a scenario's default results change when the figure changes."""
    table, _, rest = name.partition(".")
    base = scenario.baseline
    if table in library.crime:
        kind = rest.partition(".")[0]
        shares = [scenario.mixes[row.offence_mix].shares.get(kind, 0.0) for row in scenario.cohort]
        return table == base.text("appraisal.cost_table") and any(share > 0.0 for share in shares)
    if table == "programme":
        return base.quantities.get(f"costs.{rest}") == figure
    if table == "justice":
        return base.text("appraisal.costing") == "explicit" and rest in PRICED_SEPARATELY
    if table == "effects":
        return rest.partition(".")[0] == base.effect.name
    if table == "appraisal":
        return rest == "discount_rate" and base.optional("appraisal.discount_rate") is None
    if isinstance(figure, Figure):
        return rests_on(figure, scenario)
    return False


def rests_on(figure: Figure, scenario: Scenario) -> bool:
    """Whether a scenario's fit met a published figure, or any of its values names the report and the figure's table."""
    reading = scenario.baseline.reading
    if reading and any(target.figure == figure.name and target.role == "fitted" for target in reading.targets):
        return True
    values = [*scenario.baseline.quantities.values(), *scenario.baseline.effect.ratios.values()]
    return any(value.source == figure.source and figure.where and figure.where in value.where for value in values)


PRICED_SEPARATELY = (
    "arrest_detained",
    "court_event",
    "custody_day_bedfordshire",
    "recall",
    "supervision_year_licence",
    "supervision_year_community",
)
