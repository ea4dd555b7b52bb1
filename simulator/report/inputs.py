"""Every value that a comparison used, with unit, range, price year, source, place in the source and standing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from simulator.appraisal.comparison import Comparison
from simulator.costing.lines import Price
from simulator.costing.prices import CUSTODY_DAY, choices_of, crime_prices, programme_price
from simulator.quantities import Quantity, UnitCost
from simulator.report.behind.prices import JUSTICE_LINES
from simulator.scenario.records import Provenance, Scenario


def input_of(quantity: Quantity, name: str = "") -> dict[str, Any]:
    """One value and where it comes from."""
    row = {
        "name": name or quantity.name,
        "value": quantity.value,
        "unit": quantity.unit,
        "low": quantity.low,
        "high": quantity.high,
        "price_year": quantity.price_year,
        "source": quantity.source,
        "where": quantity.where,
        "standing": str(quantity.standing),
        "why": quantity.why,
    }
    if isinstance(quantity, UnitCost):
        row |= {"part": quantity.part, "kind": quantity.kind, "agency": quantity.agency}
    return row


def lever_of(name: str, value: object) -> dict[str, Any]:
    """One chosen value."""
    return {
        "name": name,
        "value": value,
        "unit": "",
        "low": None,
        "high": None,
        "price_year": None,
        "source": "",
        "where": "",
        "standing": "choice",
        "why": "",
    }


def inputs_of(comparison: Comparison) -> list[dict[str, Any]]:
    """Every value used, once, in the order scenario, cohort, effect, prices."""
    scenario = comparison.runs.scenario
    base = scenario.baseline
    rows = [input_of(base.quantity(name), name) for name in base.quantities if not name.startswith("costs.")]
    rows += [lever_of(name, value) for name, value in base.levers.items() if value is not None]
    rows.append(lever_of("effect", base.effect.name))
    rows += [lever_of("fit", base.fit.name)] if base.fit else []
    for arm in scenario.arms:
        rows += [lever_of(f"arms.{arm.name}.{name}", value) for name, value in arm.changes.items()]
    rows += [*cohort_inputs(scenario), *mix_inputs(scenario), *band_inputs(scenario)]
    rows += [input_of(ratio, f"effect.{name}") for name, ratio in base.effect.ratios.items()]
    rows += tier_inputs(comparison)
    rows += [input_of(price) for price in prices_used(comparison)]
    rows += [*figures_used(comparison), *deflators_used(comparison)]
    return list({row["name"]: row for row in reversed(rows)}.values())[::-1]


def stated(name: str, value: object, unit: str, provenance: Provenance) -> dict[str, Any]:
    """One value of a table in a scenario."""
    return {
        **lever_of(name, value),
        "unit": unit,
        "standing": provenance.standing,
        "source": provenance.source,
        "where": provenance.where,
        "why": provenance.why,
    }


def cohort_inputs(scenario: Scenario) -> list[dict[str, Any]]:
    """The cohort table, row by row."""
    rows = []
    for group in scenario.cohort:
        name = f"cohort.{group.name}"
        rows.append(stated(f"{name}.people", group.people, "people", scenario.cohort_from))
        rows.append(input_of(group.statutory_share, f"{name}.statutory_share"))
        rows.append(input_of(group.rate_ratio, f"{name}.rate_ratio"))
        rows.append(lever_of(f"{name}.offence_mix", group.offence_mix))
        rows.append(lever_of(f"{name}.priority", group.priority))
    return rows


def mix_inputs(scenario: Scenario) -> list[dict[str, Any]]:
    """The offence mixes that the cohort uses, with the cheaper and the dearer mix as range."""
    used = {group.offence_mix for group in scenario.cohort}
    rows = []
    for name, mix in scenario.mixes.items():
        provenance = Provenance(mix.standing, mix.source, mix.where, mix.why)
        for kind, share in mix.shares.items() if name in used else ():
            row = stated(f"offence_mixes.{name}.{kind}", share, "share of proven offences", provenance)
            ends = (share, mix.cheaper.get(kind, 0.0), mix.dearer.get(kind, 0.0))
            rows.append({**row, "low": min(ends), "high": max(ends)})
    return rows


def band_inputs(scenario: Scenario) -> list[dict[str, Any]]:
    """The sentence bands: share and both ends of each."""
    rows = []
    for band in scenario.sentence_bands:
        name = f"sentence_bands.{band.name}"
        rows.append(stated(f"{name}.share", band.share, "share of custodial sentences", scenario.bands_from))
        rows.append(stated(f"{name}.from_months", band.from_months, "months", scenario.bands_from))
        rows.append(stated(f"{name}.to_months", band.to_months, "months", scenario.bands_from))
    return rows


def tier_inputs(comparison: Comparison) -> list[dict[str, Any]]:
    """Severity tiers, by which the rule of recent arrests puts people in order."""
    why = "1 is the most severe of three tiers, in the manner of the Data Lab; its own list was not at hand"
    provenance = Provenance("assumed", "", "cost_tables/offence_types.csv", why)
    return [
        {**stated(f"offence_types.{kind}.severity_tier", tier, "tier", provenance), "low": 1, "high": 3}
        for kind, tier in comparison.library.offence_types.items()
    ]


def prices_used(comparison: Comparison) -> Iterable[Quantity]:
    """Each figure behind a price, once, in the order of the cost lines; before anything is run as well."""
    library, base = comparison.library, comparison.runs.scenario.baseline
    tables = library.tables(base.text("appraisal.cost_table"))
    choices = choices_of(base, tables.crime)
    crimes = [crime_prices(tables.crime.parts[kind], tables, choices) for kind in library.offence_types]
    programme = [programme_price(name, base, tables, choices) for name in PAID_FOR]
    justice = justice_figures(comparison) if choices.costing == "explicit" else []
    sources = [*sources_in(crimes), *justice, *sources_in(programme)]
    return {source.name: source for source in sources}.values()


def sources_in(prices: Iterable[tuple[Price, ...]]) -> list[Quantity]:
    """The figures that prices come from."""
    return [price.source for line in prices for price in line]


PAID_FOR = ("offender_manager_year", "place_year", "fixed_year", "selection")


def justice_figures(comparison: Comparison) -> list[Quantity]:
    """The unit costs of arrests, courts, custody and supervision, which explicit costing reads."""
    choice = comparison.runs.scenario.baseline.text("appraisal.prison_cost")
    return [comparison.library.justice[name or CUSTODY_DAY[choice]] for _, name in JUSTICE_LINES.values()]


def figures_used(comparison: Comparison) -> list[dict[str, Any]]:
    """Whole unit costs and their other parts, rates and factors, those of the readings beside the headline included."""
    library, base = comparison.library, comparison.runs.scenario.baseline
    crime = library.crime[base.text("appraisal.cost_table")]
    figures: list[Quantity] = []
    for kind, parts in crime.parts.items():
        figures += [crime.totals[kind], *parts]
    figures += [library.appraisal["recorded_per_proven"], *crime.multipliers.values()]
    figures.append(library.appraisal["discount_rate_health"])
    if base.optional("appraisal.discount_rate") is None:
        figures.append(library.appraisal["discount_rate"])
    figures += justice_figures(comparison)  # explicit costing stands beside an inclusive headline
    if base.text("appraisal.prison_cost") == "step_fixed":
        figures.append(library.justice["prison_wing_places"])
    return [input_of(figure) for figure in figures]


def deflators_used(comparison: Comparison) -> list[dict[str, Any]]:
    """The index of the price base and of each price year brought to it."""
    library, base = comparison.library, comparison.runs.scenario.baseline
    to_year = choices_of(base, library.crime[base.text("appraisal.cost_table")]).price_base
    prices = [*prices_used(comparison), *justice_figures(comparison)]
    years = {str(price.price_year) for price in prices if price.price_year}
    why = "financial years from the series by calendar year"
    provenance = Provenance("derived", library.deflators.source, "cost_tables/deflators.csv", why)
    return [
        stated(f"deflators.{year}", library.deflators.index[year], "index", provenance)
        for year in sorted(years | {to_year})
        if years != {to_year}
    ]
