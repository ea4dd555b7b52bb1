"""``fit: leeds``: rates fitted by the calibration, laid over those that a scenario inherits."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from simulator.evidence import FITS_FOLDER, WITH_SPELLS, WITHOUT_SPELLS, fit_of, known_fits
from simulator.evidence.fits import reason
from simulator.places import data_folder
from simulator.quantities import Standing
from simulator.scenario.layers import Layered, Origin, documents_of, stacked
from simulator.scenario.overrides import Override
from simulator.scenario.records import NamedFit, Scenario, Settings
from simulator.tables import Document, InputProblems, Problems, did_you_mean, nearest, read_yaml

FIT = "fit"
NO_FIT = "none"
# Where the rates of a reading stand in a scenario.
SECTIONS = {WITH_SPELLS: "population", WITHOUT_SPELLS: "without_spells"}


class LaidFit(NamedTuple):
    """A fit with the document of its file, for faults in it, and the place that names it."""

    named: NamedFit
    document: Document
    origin: Origin


def read_layers(path: Path, chosen: Override | None, sources: Collection[str]) -> tuple[Layered, LaidFit | None]:
    """A scenario file on the files that it extends, with the rates of the fit that is named last.

    Args:
        chosen: the fit set on the command line, which lies over every file.
        sources: the known source keys.

    Raises InputProblems for files that cannot be read, a fit that is not there or is faulty, and a rate that the file
    naming the fit states as well.
    """
    documents = documents_of(path)
    naming = [document for document in documents if FIT in document.data]
    layers: Layered | None = None
    laid = None
    for document in documents:
        layers = stacked(layers, document)
        if chosen is None and naming and document is naming[-1]:
            laid = fit_named(document.data[FIT], (document, (FIT,)), Path(document.file).parent, sources)
            layers = layers if laid is None else with_fit(layers, laid)
    assert layers is not None  # a scenario is at least one file
    if chosen is not None:
        laid = fit_named(chosen.value, chosen.origin, Path(), sources)
        layers = layers if laid is None else with_fit(layers, laid)
    return layers, laid


def fit_named(name: Any, origin: Origin, folder: Path, sources: Collection[str]) -> LaidFit | None:
    """The fit of a name, or of a path from ``folder`` on; None for ``none``.

    A fit of one's own may be to a report that is not among the sources.
    """
    if name == NO_FIT:
        return None
    if not isinstance(name, str):
        raise refused(origin, f"{name!r} is not the name of a fit", f"A name, the path of a .yaml file, or {NO_FIT}.")
    if Path(name).suffix in (".yaml", ".yml"):
        path, where, checked = folder / name, name, None
    else:
        path, where, checked = fits_folder() / f"{name}.yaml", f"evidence/{FITS_FOLDER}/{name}.yaml", sources
    if not path.is_file():
        raise refused(origin, f"there is no fit '{name}'", hint_for(name))
    document = read_yaml(path)
    laid = LaidFit(NamedFit(Path(name).stem, where, fit_of(document, checked)), document, origin)
    refuse_twice_stated(laid)
    return laid


def hint_for(name: str) -> str:
    """What may have been meant by the name of a fit that is not there."""
    known = known_fits(fits_folder().parent)
    if nearest(name, known):
        return did_you_mean(name, known)
    return f"Fits: {', '.join([*known, NO_FIT])}; or the path of a .yaml file."


def fits_folder() -> Path:
    """Where the fits are that come with the evidence."""
    return data_folder("evidence") / FITS_FOLDER


def refused(origin: Origin, message: str, suggestion: str) -> InputProblems:
    """The refusal of a fit where it is named."""
    document, place = origin
    return InputProblems([document.problem(place, f"{FIT}: {message}", suggestion)])


def refuse_twice_stated(laid: LaidFit) -> None:
    """Refuse rates that the file naming the fit states itself: nobody could tell which of the two is meant."""
    document, problems = laid.origin[0], Problems()
    for reading, each in laid.named.fit.readings.items():
        section = document.data.get(SECTIONS[reading])
        stated = section if isinstance(section, dict) else {}
        for name in each.parameters:
            if name in stated:
                line, _ = laid.document.mark(place_in_fit(reading, name), key=True)
                message = (
                    f"{SECTIONS[reading]}.{name} is stated here, and by fit: {laid.named.name} in the same file "
                    f"({laid.named.where}, line {line})"
                )
                hint = f"Delete {name} here, or write fit: {NO_FIT}."
                problems.add(document.problem((SECTIONS[reading], name), message, hint, key=True))
    problems.stop_if_any()


def place_in_fit(reading: str, name: str) -> tuple[str, ...]:
    """Where a parameter stands in a fit's file."""
    return ("readings", reading, "parameters", name)


def with_fit(layers: Layered, laid: LaidFit) -> Layered:
    """Scenario data with the fitted rates in place of its own."""
    made = layers
    readings = laid.named.fit.readings
    for name in readings[WITH_SPELLS].parameters if WITH_SPELLS in readings else ():
        made = with_rate(keeping_own(made, name), laid, WITH_SPELLS, name)
    for name in readings[WITHOUT_SPELLS].parameters if WITHOUT_SPELLS in readings else ():
        made = with_rate(made, laid, WITHOUT_SPELLS, name)
    return made


def keeping_own(layers: Layered, name: str) -> Layered:
    """Scenario data in which its own rate stays for when spells are off: a fit with spells does not speak of that."""
    own = layers.data.get("population", {})
    other = layers.data.get("without_spells", {})
    if not isinstance(own, dict) or not isinstance(other, dict) or name not in own or name in other:
        return layers
    return layers.with_value(("without_spells", name), own[name], layers.origin(("population", name)))


def with_rate(layers: Layered, laid: LaidFit, reading: str, name: str) -> Layered:
    """Scenario data with one fitted rate."""
    parameter = laid.named.fit.readings[reading].parameters[name]
    value = {
        "value": parameter.value,
        "low": parameter.low,
        "high": parameter.high,
        "standing": str(Standing.DERIVED),
        "source": laid.named.fit.report,
        "where": laid.named.where,
        "why": reason(laid.named.fit),
    }
    return layers.with_value((SECTIONS[reading], name), value, (laid.document, place_in_fit(reading, name)))


def check_reading(layers: Layered, settings: Settings, problems: Problems) -> None:
    """Spells are off, and neither the fit nor the scenario says what the rates then are."""
    with_spells = settings.fit.fit.readings.get(WITH_SPELLS) if settings.fit else None
    if settings.fit is None or with_spells is None or settings.flag("population.spells"):
        return
    for name, each in with_spells.parameters.items():
        if f"population.{name}" not in settings.without_spells and settings.comes_from_fit(name, each.value):
            message = f"{FIT}: {settings.fit.where} says nothing of {name} without spells, and nor does the scenario"
            hint = f"State it under without_spells:, or set population.spells to true, or fit to {NO_FIT}."
            problems.add(layers.problem((FIT,), message, hint))


def carrying(scenario: Scenario, laid: LaidFit) -> Scenario:
    """The scenario with its fit, errors and correlations included, in every arm and in its digest."""
    whole = json.dumps([scenario.digest, laid.document.data], sort_keys=True)

    def with_it(settings: Settings) -> Settings:
        return replace(settings, fit=laid.named)

    return replace(
        scenario,
        baseline=with_it(scenario.baseline),
        arms=tuple(replace(arm, settings=with_it(arm.settings)) for arm in scenario.arms),
        digest=hashlib.sha256(whole.encode()).hexdigest()[:16],
    )
